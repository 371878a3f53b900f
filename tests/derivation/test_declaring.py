"""A declaration that cannot be, or that a reader would mistake, is refused and declares nothing."""

import pytest

from cebook_utils import Setting

from .refused import READ_IN, fails

DECLARATIONS = {
    "index twice": lambda s: s.index("i", "C"),
    "size that is a name": lambda s: s.index("m", "a"),
    "index that is a name": lambda s: s.index("a", "C"),
    "name twice": lambda s: s.real("a"),
    "unknown index": lambda s: s.real("x[n]"),
    "number": lambda s: s.real("3"),
    "call": lambda s: s.real("f(a)"),
    "expression": lambda s: s.real("a+b"),
    "nothing": lambda s: s.real(""),
    "dunder": lambda s: s.real("__init__"),
    "reserved D": lambda s: s.real("D"),
    "reserved Σ": lambda s: s.real("Σ[i]"),
    "reserved exp": lambda s: s.let("exp(t)", "t"),
    "unbalanced": lambda s: s.real("x[i"),
    "let: unknown name": lambda s: s.let("Q", "a + u"),
    "let: itself": lambda s: s.let("Q", "Q + 1"),
    "let: free index": lambda s: s.let("Q[m]", "a"),
    "let: same index twice": lambda s: s.let("Q[i,i]", "a"),
    "let: head with a number": lambda s: s.let("Q[1]", "a"),
    "let: parameter is declared": lambda s: s.let("f(a)", "a"),
    "let: attribute": lambda s: s.let("Q", "a.b"),
    "let: too deep to be shown": lambda s: s.let("Q", "+".join(["a"] * 950)),
    "one-hot: unknown index": lambda s: s.one_hot("y[i]", at="c"),
    "one-hot: not a family": lambda s: s.one_hot("y", at="k"),
    "one-hot: other range": lambda s: s.one_hot("y[i]", at="r"),
    "one-hot: of one member": lambda s: s.real("y[i]").one_hot("y[1]", at="k"),
    "one-hot: of its own letter": lambda s: s.one_hot("y[k]", at="k"),
    "one-hot: of a diagonal": lambda s: s.one_hot("y[i, i]", at="k"),
    "distribution: not a family": lambda s: s.distribution("y"),
    "distribution: of a diagonal": lambda s: s.distribution("y[i, i]"),
    "fact: no equation": lambda s: s.fact("f", "a + b"),
    "fact: chain": lambda s: s.fact("f", "a == b == a"),
    "fact: no bare name": lambda s: s.fact("f", "a + b == Σ(i, z[i])"),
    "fact: itself": lambda s: s.fact("f", "a == a + b"),
    "fact: of a definition": lambda s: s.fact("f", "p[i] == a"),
    "lemma: two arguments": lambda s: s.lemma("g(t, u)", "t - 1 - log(t)"),
    "where: no relation": lambda s: s.where("a"),
    "where: an equation": lambda s: s.where("a == 0"),
    "where: four sides": lambda s: s.where("0 < a < b < 1"),
    "where: unknown name": lambda s: s.where("u > 0"),
    "where: a bad witness": lambda s: s.where("a > 0", witness="a"),
    "where: a witness that does not fit": lambda s: s.where("a > 10**6", witness="a = 1"),
    "least: no number": lambda s: s.index("n", "N", least=-1),
}


@pytest.mark.parametrize("declare", DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_bad_declaration_is_refused(declare):
    before = repr(READ_IN)
    assert fails(declare, READ_IN).strip()
    assert repr(READ_IN) == before


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lambda s: s.real("z[i]"), lambda s: s.real("z1")),
        (lambda s: s.real("z1"), lambda s: s.real("z[i]")),
        (lambda s: s.real("z[i]"), lambda s: s.let("z2", "1")),
        (lambda s: s.index("j", "D").real("W[i,j]"), lambda s: s.real("W12")),
        (lambda s: s.real("a", latex=r"\bar z"), lambda s: s.unit("b", latex=r"\bar z")),
        (lambda s: s.real("λ"), lambda s: s.let("q", "1", latex=r"\lambda")),
        (lambda s: s.real("v"), lambda s: s.index("ν", "N")),
        (lambda s: s.index("v", "N"), lambda s: s.index("ν", "M")),
        (lambda s: s.real("q[i]"), lambda s: s.index("n", "q1")),
        (lambda s: s.real("q", latex="n"), lambda s: s.index("n", "N")),
    ],
)
def test_two_names_that_would_look_alike_are_refused(first, second):
    made = first(Setting().index("i", "C"))
    assert "would look like" in fails(second, made)


def test_names_that_a_reader_can_tell_apart_are_accepted():
    made = Setting().index("i j", "C").real("z[i] W[i,j] y1 z12k").let("W1", "1")
    made = made.index("n e", "N").index("d", "D")
    assert {"z", "W", "W1", "y1", "z12k"} <= set(made.own_names)
