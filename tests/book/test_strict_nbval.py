"""Each hole that nbval leaves open is closed: a notebook that uses it fails.

One notebook, one cell for each hole, run once by pytest in a folder of its own.
"""

import os
import re
import shutil
import subprocess
import sys

import pytest
from nbformat.v4 import new_code_cell, new_notebook
from notebooks import ROOT, execute, text

PNG = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="


def sound(cell):
    pass


def changed_png(cell):
    data = cell.outputs[0].data
    data["image/png"] = data["image/png"].replace("Nk", "Nj", 1)


def moved_by_rounding(cell):
    data = cell.outputs[0].data
    data["image/svg+xml"] = data["image/svg+xml"].replace("M 1 2", "M 1.000001 2")


def moved_to_be_seen(cell):
    data = cell.outputs[0].data
    data["image/svg+xml"] = data["image/svg+xml"].replace("M 1 2", "M 2 2")


def drawn_twice(cell):
    cell.outputs.append(cell.outputs[0])


def changed_metadata(cell):
    cell.outputs[0].metadata["width"] = 2


def changed_count(cell):
    cell.outputs[0].execution_count += 7


def changed_order(cell):
    cell.outputs.reverse()


def changed_lesson(cell):
    cell.outputs[0].traceback = ["All is well."]


def never_run(cell):
    cell.execution_count, cell.outputs = None, []


def skipped_by_tag(cell):
    cell.metadata["tags"] = ["nbval-skip"]
    cell.outputs[0].data["text/plain"] = "4"


def ignored_by_tag(cell):
    cell.metadata["tags"] = ["nbval-ignore-output"]
    cell.outputs[0].data["text/plain"] = "4"


def skipped_by_comment(cell):
    cell.outputs[0].data["text/plain"] = "4"


def changed_digit(cell):
    cell.outputs[0].text = "0.69"


SHOW_PNG = (
    f"import base64\nfrom IPython.display import Image\nImage(base64.b64decode('{PNG}'), width=1)"
)
SHOW_SVG = """from IPython.display import SVG
SVG('<svg xmlns="http://www.w3.org/2000/svg"><path d="M 1 2 L 3 4"/></svg>')"""
REFUTED = """class StepError(Exception):
    def _render_traceback_(self):
        return [str(self)]

raise StepError("Step 2 is wrong.")"""

CELLS = [
    (sound, "1 + 1"),
    (sound, "3;"),
    (sound, "__debug__"),  # asserts are on, whatever the environment says
    (sound, REFUTED),
    (sound, SHOW_PNG),
    (changed_png, SHOW_PNG),
    (moved_by_rounding, SHOW_SVG),
    (moved_to_be_seen, SHOW_SVG),
    (drawn_twice, SHOW_SVG),
    (changed_metadata, SHOW_PNG),
    (changed_count, "1 + 1"),
    (changed_order, "print('first')\n2"),
    (changed_lesson, REFUTED),
    (never_run, "1 + 1"),
    (skipped_by_tag, "1 + 1"),
    (ignored_by_tag, "1 + 1"),
    (skipped_by_comment, "# NBVAL_SKIP\n1 + 1"),
    (changed_digit, "print(0.68)"),
]


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    """What pytest says of each cell, in order."""
    folder = tmp_path_factory.mktemp("holes")
    cells = [new_code_cell(source) for _, source in CELLS]
    for cell in cells:
        if "raise " in cell.source:
            cell.metadata["tags"] = ["raises-exception"]
    notebook = execute(new_notebook(cells=cells), folder)
    for (damage, _), cell in zip(CELLS, notebook.cells, strict=True):
        damage(cell)
    (folder / "holes.ipynb").write_text(text(notebook), encoding="utf-8")
    shutil.copy(ROOT / "conftest.py", folder)
    (folder / "pytest.ini").write_text(
        f'[pytest]\npythonpath = "{(ROOT / "tools").as_posix()}"\n', encoding="utf-8"
    )
    command = [sys.executable, "-m", "pytest", "--nbval", "--nbval-current-env", "-v", "--tb=no"]
    run = subprocess.run(
        command,
        cwd=folder,
        env={**os.environ, "PYTHONOPTIMIZE": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    return re.findall(r"::Cell \d+ (\w+)", run.stdout)


PASS = {sound, moved_by_rounding}


@pytest.mark.parametrize("number", range(len(CELLS)), ids=lambda n: CELLS[n][0].__name__)
def test_hole_is_closed(outcomes, number):
    assert len(outcomes) == len(CELLS)
    assert outcomes[number] == ("PASSED" if CELLS[number][0] in PASS else "FAILED")
