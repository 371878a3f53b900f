"""The kernel as code: what it imports, how long its modules are, what it keeps."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

KERNEL = Path(__file__).parents[2] / "cebook_utils" / "kernel"
MODULES = sorted(KERNEL.glob("*.py"))


def test_there_are_modules():
    assert len(MODULES) > 8


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_imports_the_standard_library_and_its_neighbours(path):
    neighbours = {x.stem for x in MODULES}
    for node in ast.walk(ast.parse(path.read_text())):
        match node:
            case ast.Import(names):
                assert all(x.name.split(".")[0] in sys.stdlib_module_names for x in names)
            case ast.ImportFrom(module, _, 0):
                assert module.split(".")[0] in sys.stdlib_module_names
            case ast.ImportFrom(None, names, 1):
                assert {x.name for x in names} <= neighbours
            case ast.ImportFrom(module, _, level):
                assert level == 1 and module in neighbours


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_is_short(path):
    assert len(path.read_text().splitlines()) <= 250


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.stem)
def test_a_module_keeps_nothing_that_changes(path):
    """No list, dict or set at the top of a module is filled later, and nothing is cached."""
    tree = ast.parse(path.read_text())
    assert not [x for x in ast.walk(tree) if isinstance(x, ast.Global)]
    assert "lru_cache" not in path.read_text() and "functools.cache" not in path.read_text()
    tops = {
        target.id
        for node in tree.body
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Store | ast.Del):
            assert not (isinstance(node.value, ast.Name) and node.value.id in tops)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            named = isinstance(node.func.value, ast.Name) and node.func.value.id in tops
            assert not (named and node.func.attr in {"append", "add", "update", "setdefault"})


def test_the_kernel_stands_alone():
    """A fresh process without site-packages proves a line."""
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]);"
        "from kernel.certificates import replay;"
        "replay({'setting': [['real', 'z']], 'cited': [], 'title': 't', 'start': 'z + z',"
        " 'steps': [{'sign': '=', 'line': '2*z'}]}); print('proved')"
    )
    ran = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program, str(KERNEL.parent)],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert ran.stdout == "proved\n", ran.stderr
