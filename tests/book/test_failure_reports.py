"""A failed cell says what to do, and a distributed run says which file it has tested."""

import re
import shutil
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebooks import ROOT, execute, text


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """What pytest prints of a folder with a notebook that fails and two files of tests."""
    folder = tmp_path_factory.mktemp("reports")
    notebook = execute(new_notebook(cells=[new_code_cell("print(0.68)")]), folder)
    notebook.cells[0].outputs[0].text = "0.69"
    (folder / "entropy.ipynb").write_text(text(notebook), encoding="utf-8")
    (folder / "test_sound.py").write_text("def test_one(): pass\ndef test_two(): pass\n")
    (folder / "test_broken.py").write_text("def test_one(): pass\ndef test_two(): assert 0\n")
    shutil.copy(ROOT / "conftest.py", folder)
    tools = (ROOT / "tools").as_posix()
    (folder / "pytest.ini").write_text(f'[pytest]\npythonpath = "{tools}"\n', encoding="utf-8")
    options = ["--nbval", "--nbval-current-env", "-n", "1", "--dist", "loadfile"]
    run = subprocess.run(
        [sys.executable, "-m", "pytest", *options],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 1
    return run.stdout


def test_a_failed_cell_says_how_to_see_more_and_how_to_store_what_was_meant(said):
    assert f"{sys.executable} -m pytest -vv entropy.ipynb\n" in said
    assert "make notebooks CHAPTER=entropy\n" in said


def test_each_file_has_its_line(said):
    lines = re.findall(r"^\[(\d)/3\] (\S+) (.*), \d+ s$", said, re.MULTILINE)
    assert [number for number, _, _ in lines] == ["1", "2", "3"]
    assert {file: verdict for _, file, verdict in lines} == {
        "entropy.ipynb": "1 FAILED",
        "test_sound.py": "passed",
        "test_broken.py": "1 FAILED",
    }


def test_failures_are_reported_as_ever(said):
    assert "assert 0" in said
    assert "2 failed, 3 passed" in said
