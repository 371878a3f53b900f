"""Text is read, never evaluated: no source calls eval, exec, parse_expr, …."""

import ast
from pathlib import Path

import pytest

import cebook_utils

EVALUATES = {"eval", "exec", "compile", "parse_expr", "sympify", "nsimplify", "__import__", "S"}
FOLDER = Path(cebook_utils.__file__).parent
SOURCES = sorted(FOLDER.rglob("*.py"))


def evaluations(source):
    """The calls in a source that evaluate text."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            is_of_re = isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) == "re"
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = called.id if isinstance(called, ast.Name) else called
            if name in EVALUATES and not is_of_re:
                yield f"line {node.lineno} calls {name}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(FOLDER)))
def test_no_text_is_evaluated(path):
    assert list(evaluations(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    "source", ["eval(text)", "sp.parse_expr(text)", "sp.sympify(text)", "compile(text, '', 'eval')"]
)
def test_the_scan_sees_an_evaluation(source):
    assert len(SOURCES) >= 30
    assert list(evaluations(source))


def test_a_pattern_is_no_evaluation():
    assert list(evaluations("re.compile('a')")) == []
