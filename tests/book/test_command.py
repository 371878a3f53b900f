"""A command leaves no half-written file, and Ctrl-C ends it in one line."""

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import command
import nbformat
import notebooks
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from notebooks import ROOT

TOOLS = sorted((ROOT / "tools").glob("*.py"))
WRITES = {"write_text", "write_bytes", "writelines"}


@contextmanager
def disk_that_takes(size):
    """Writing more than so many bytes to a file fails, as on a full disk."""
    resource = pytest.importorskip("resource")
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_file_is_written(tmp_path):
    command.write(tmp_path / "a.json", "Σ\n")
    command.write(tmp_path / "b.png", b"\x89PNG")
    assert (tmp_path / "a.json").read_bytes() == "Σ\n".encode()
    assert (tmp_path / "b.png").read_bytes() == b"\x89PNG"
    assert len(list(tmp_path.iterdir())) == 2


def test_a_fault_on_the_way_leaves_the_old_file_and_no_other(tmp_path):
    path = tmp_path / "bench.json"
    command.write(path, "old")
    with disk_that_takes(8192), pytest.raises(OSError):
        command.write(path, "new" * 8192)
    assert path.read_text() == "old"
    assert list(tmp_path.iterdir()) == [path]


def test_a_fault_while_a_chapter_is_stored_leaves_the_old_chapter(tmp_path, monkeypatch):
    path = tmp_path / "chapter.ipynb"
    path.write_text(notebooks.text(new_notebook(cells=[new_markdown_cell("# Old")])))
    before = path.read_bytes()
    fresh = new_notebook(cells=[new_markdown_cell("# New" * 8192)])
    monkeypatch.setattr(notebooks, "execute", lambda notebook, folder: fresh)
    with disk_that_takes(8192), pytest.raises(OSError):
        notebooks.refresh(path)
    assert path.read_bytes() == before
    assert notebooks.refresh(path)
    assert nbformat.read(path, as_version=4).cells[0].source == "# New" * 8192


def writes(source):
    """What a program writes to a file by itself."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = ast.unparse(node.func).rpartition(".")[2]
            modes = [*node.args, *(given.value for given in node.keywords)]
            opened = name == "open" and any(
                re.match(r"'[wax]", ast.unparse(mode)) for mode in modes
            )
            if opened or name in WRITES or any(given.arg == "path" for given in node.keywords):
                yield f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.stem)
def test_a_command_writes_its_files_whole(tool):
    found = list(writes(tool.read_text(encoding="utf-8")))
    assert bool(found) == (tool.stem == "command"), found


@pytest.mark.parametrize(
    "source",
    ["path.write_text(x)", "open('x', 'w')", "path.open(mode='w')", "page.screenshot(path=p)"],
)
def test_a_command_that_writes_in_place_is_found(source):
    assert list(writes(source))


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.stem)
def test_a_command_that_writes_is_run_so_that_ctrl_c_ends_it(tool):
    source = tool.read_text(encoding="utf-8")
    if "command.write(" in source:
        assert "    command.run(main" in source.partition('if __name__ == "__main__":')[2]


def test_ctrl_c_gives_one_line_and_the_status_130(capsys):
    def interrupted(argument):
        raise KeyboardInterrupt

    with pytest.raises(SystemExit) as ended:
        command.run(interrupted, "x")
    assert ended.value.code == 130
    assert len(capsys.readouterr().err.split("\n")) == 3  # the line of ^C, this one, and its end


def test_a_command_ends_with_the_status_of_its_main():
    with pytest.raises(SystemExit) as ended:
        command.run(lambda: 1)
    assert ended.value.code == 1


@pytest.mark.skipif(os.name == "nt", reason="no process group to interrupt")
def test_ctrl_c_while_a_chapter_runs(tmp_path):
    """The whole command, on a chapter that says that it has begun and then takes a minute."""
    shutil.copytree(ROOT / "tools", tmp_path / "tools")
    path = tmp_path / "chapters" / "slow.ipynb"
    path.parent.mkdir()
    slow = "import pathlib, time\npathlib.Path('begun').touch()\ntime.sleep(60)"
    path.write_text(notebooks.text(new_notebook(cells=[new_code_cell(slow)])))
    before = path.read_bytes()
    process = subprocess.Popen(
        [sys.executable, tmp_path / "tools" / "notebooks.py", "slow"],
        start_new_session=True,
        # Tests that run in the background inherit a deaf ear to Ctrl-C.
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # noqa: PLW1509
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    while not (path.parent / "begun").exists() and process.poll() is None:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGINT)
    out, err = process.communicate(timeout=90)
    assert process.returncode == 130, err
    assert out == "" and err.strip().splitlines() == [
        "Interrupted; what was written before is whole."
    ]
    assert path.read_bytes() == before
