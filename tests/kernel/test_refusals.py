"""The class of each refusal is the one that the specification says: second kernels compare it."""

import re
from pathlib import Path
from typing import get_args

import pytest

from cebook_utils.kernel.certificates import replay
from cebook_utils.kernel.terms import Kind, Refused

SPECIFICATION = Path(__file__).parents[2] / "docs" / "kernel.md"

SETTING = (
    ("index", "i j k c", "C", "1"), ("index", "n", "N", "1"), ("real", "x"), ("real", "z[i]"),
    ("real", "m"), ("binary", "b"), ("positive", "s"), ("nonnegative", "y[i]"),
    ("let", "ell", "z[k]**2"), ("let", "p[i]", "exp(z[i])"), ("let", "u", "2*x"),
    ("fact", "m is x", "m", "x"), ("fact", "m is 1", "m", "1"), ("sums to one", "y"),
    ("let", "f(t)", "t**2"),
)  # fmt: skip


def certificate(start="x", line="x", sign="=", more=(), **step):
    return {
        "setting": [list(x) for x in (*SETTING, *more)], "cited": [], "title": "", "start": start,
        "steps": [{"sign": sign, "line": line, **step}],
    }  # fmt: skip


def kind_of(made) -> str:
    with pytest.raises(Refused) as refused:
        replay(made)
    return refused.value.kind


LINES = {
    "unreadable": (
        "x^2", "2x", "", "x +", "(x", "x)", "i", "f", "f(x, x)", "z", "z[n]", "z[q]", "z[0]",
        "Σ(q, 1)", "Σ(i, Σ(i, 1))", "δ(1, 2)", "δ(i, n)", "Σ(i, 1, j != k)", "D(x, 2)", "é",
        "x" + " + x" * 500, "(" * 40 + "x" + ")" * 40, "1" * 31, "log", "exp(x, x)", "x y",
    ),
    "undeclared": ("q", "q(x)", "sum(x)", "x + q)", "q[i]", "D(x, q)"),
    "hidden index": ("Σ(k, ell)", "Σ(i, Σ(k, p[i]*ell))"),
    "no value": (
        "1/x", "log(x)", "x**(1/2)", "x**(-1)", "x**x", "Π(i, z[i])", "z[2]", "0*log(x)",
        "D(abs(x), x)", "f(1/x)", "y[1]/y[1]", "Σ(i, 1/z[i])",
    ),
    "no derivative": ("D(b*x, b)", "D(D(u**2, x), u)"),
    "beyond the rules": ("x**65", "s**(1/65)", "x**(-65)", "2**64**64", "Σ(k, Σ(i, exp(z[i]*z[k]))**6)"),
    "too much work": ("(2**64)**64", "(x + s + m + z[k] + y[k])**40"),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in LINES.items() for line in lines]
)
def test_the_class_of_a_line(kind, line):
    assert kind_of(certificate(start=line, line=line)) == kind


DECLARATIONS = {
    "bad declaration": (
        ("real", "x"), ("real", "exp"), ("real", "é"), ("real", "w[q]"), ("integer", "w"), (),
        ("real",), ("index", "r", "R", "0"), ("let", "w(x)", "1"), ("let", "w[i,i]", "1"),
        ("fold", "w(a)", "1 +"), ("lemma", "g(t)", "t"), ("lemma", "g(t)", "t*x"),
        ("sums to one", "x"), ("one-hot", "p", "c"), ("one-hot", "y", "n"),
        ("fact", "m is x", "m", "1 +"), ("fact", "t", "p[i]", "1"), ("fact", "t", "m", "m + 1"),
        ("fact", "t", "m", "z[i]"), ("fact", "t", "s", "x"), ("where", "x", "==", "0 +"),
        ("where", "x", ">", "0"), ("where", "x", ">", "0", "x"), ("where", "x", ">", "0", "x", "-1"),
        ("where", "x", ">", "0", "x", "s"), ("where", "s", "<", "x", "s", "-1", "x", "0"),
        ("where", "y[k]", ">", "0", "y[i]", "1"),
    ),
    "unreadable": (("let", "w", "x +"), ("fact", "t", "m", "2x"), ("where", "x +", "==", "0")),
    "undeclared": (("let", "w", "q"), ("let", "w(a)", "a + q"), ("fact", "t", "m", "q")),
    "hidden index": (
        ("let", "w[k]", "ell"), ("fact", "t", "z[k]", "ell"), ("where", "ell", ">", "0", "z[i]", "1"),
        ("let", "w", "Σ(k, ell)"),
    ),
    "no value": (
        ("where", "1/x", ">", "0", "x", "1"), ("fact", "t", "m", "1/x"), ("lemma", "g(t)", "log(-t)"),
        ("where", "x", ">", "0", "x", "1/(1 - 1)"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind, lines in DECLARATIONS.items() for line in lines]
)
def test_the_class_of_a_declaration(kind, line):
    assert kind_of(certificate(more=[line])) == kind


RIGHT = certificate("x + x", "2*x")
AT_A_POINT = certificate("x", "1", point=[["x", "1"]])
POSITIVE = [["where", "x", ">", "0", "x", "1"]]


def cites(cited, **step):
    return certificate(results=[0], **step) | {"cited": [cited]}


STEPS = {
    "not proved": (certificate(line="x + 1"), certificate(line="abs(x)")),
    "not ordered": (
        certificate(sign="≤", line="x - 1"), certificate(sign="<"),
        certificate(sign="≤", line="x + m", gap="m"),
    ),
    "wrong gap": (certificate(sign="≤", line="x + 1", gap="2"),),
    "bad citation": (
        certificate(using=["m"]), certificate(using=["m is x", "m is 1"]), cites(AT_A_POINT),
        cites(RIGHT | {"setting": [["real", "x"]]}), cites(RIGHT | {"steps": []}),
        certificate(more=[("where", "m", ">", "0", "m", "1")], using=["m is 1"]),
    ),
    "bad point": (
        certificate(point=[["q", "1"]]), certificate(point=[["x", "m"]]),
        certificate(point=[["x", "exp(1)"]]), certificate(point=[["s", "-1"]]),
        certificate(point=[["x", "-1"]], more=POSITIVE), certificate(point=[["x", "1"], ["x", "1"]]),
        certificate(point=[["m", "1"]], using=["m is 1"]), certificate(point=[["z", "1"]]),
    ),
    "unreadable": (certificate(point=[["x", "1 +"]]), certificate(sign="≤", gap="x +")),
    "no value": (certificate(point=[["x", "1/(1 - 1)"]]), certificate(sign="≤", gap="1/x")),
    "bad chain": (
        certificate(sign="≈"), certificate(gap="0"),
        RIGHT | {"steps": [{"sign": "≤", "line": "x + x"}, {"sign": "≥", "line": "x + x"}]},
        AT_A_POINT | {"steps": [*AT_A_POINT["steps"], {"sign": "=", "line": "1"}]},
    ),
    "bad certificate": (
        {}, [], None, RIGHT | {"more": 1}, RIGHT | {"title": 1}, RIGHT | {"setting": [1]},
        RIGHT | {"steps": [{"sign": "="}]}, certificate(more=[[1]]), certificate(results=[0]),
        certificate(results=[True]), certificate(point=[["x"]]), certificate(why="so"),
        RIGHT | {"cited": [RIGHT]}, certificate(using="m is 1"),
    ),
}  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "made"), [(k, made) for k, all_ in STEPS.items() for made in all_]
)
def test_the_class_of_a_step(kind, made):
    assert kind_of(made) == kind


def test_what_the_steps_begin_with_is_right():
    assert replay(RIGHT).steps and replay(AT_A_POINT).steps and replay(certificate()).steps


def test_the_classes_are_those_of_the_specification_and_each_occurs():
    text = SPECIFICATION.read_text().partition("(kernel-refusals)=")[2]
    named = re.findall(r"^\| \*\*([a-z ]+)\*\* \|", text, re.MULTILINE)
    assert named == list(get_args(Kind))
    assert set(named) == {*LINES, *DECLARATIONS, *STEPS}


def derived(least, line, value):
    """A line in which D puts whole numbers into the δ of a definition."""
    lines = (("index", "i j", "C", least), ("real", "x"), ("let", "A[i,j]", "δ(i, j)*x"))
    return certificate(line, value) | {"setting": [list(x) for x in lines]}


def test_a_delta_of_whole_numbers_that_are_put_in_has_its_value():
    """Whether they exist was asked where they were put in."""
    assert replay(derived("2", "D(A[1,2], x)", "0")).steps
    assert replay(derived("2", "D(A[2,2], x)", "1")).steps
    assert kind_of(derived("2", "D(A[1,2], x)", "1")) == "not proved"
    assert kind_of(derived("1", "D(A[1,2], x)", "0")) == "no value"
