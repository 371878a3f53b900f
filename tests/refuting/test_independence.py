"""The refuter shares with the kernel the terms and what is declared, and none of its algebra."""

import ast
from pathlib import Path

import pytest

import cebook_utils.refuting

FOLDER = Path(cebook_utils.refuting.__file__).parent
SHARED = {"kernel.terms", "kernel.setting"}


def borrowed(source):
    """The modules of the package outside refuting/ that a source imports."""
    found = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.level != 1:
            if node.level == 2 or (node.module or "").startswith("cebook_utils"):
                found.add((node.module or "").removeprefix("cebook_utils."))
        elif isinstance(node, ast.Import):
            found |= {x.name for x in node.names if x.name.startswith(("cebook_utils", "sympy"))}
    return found


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_only_terms_and_declarations_are_shared(path):
    assert borrowed(path.read_text(encoding="utf-8")) <= SHARED


def test_an_import_of_the_algebra_would_be_seen():
    assert borrowed("from ..kernel.slopes import Slopes") == {"kernel.slopes"}
    assert borrowed("from cebook_utils.kernel.values import Values") == {"kernel.values"}
    assert borrowed("import sympy") == {"sympy"}
    assert borrowed("from .reals import Reals") == set()
