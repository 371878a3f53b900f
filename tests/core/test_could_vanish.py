"""Free values tell the stages at which a proof may succeed from those at which it cannot."""

import pytest

from cebook_utils import Derivation, Setting
from cebook_utils.refuting import Claim, could_vanish, find_counterexample


@pytest.fixture
def classes():
    setting = Setting().index("i k", "C").real("z[i] a b").distribution("y[i]")
    setting.let("σ(t)", "1/(1 + exp(-t))").let("Z", "Σ(i, exp(z[i]))")
    return setting.let("p[i]", "exp(z[i]) / Z")


def vanishes(setting, left, right, facts=()):
    left, right = setting.read(left).expr, setting.read(right).expr
    cited = tuple(setting.facts[name] for name in facts)
    return could_vanish(left - right, Claim(setting, left, "=", right, cited))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("p[k]*(1 - p[k])", "p[k] - p[k]**2"),
        ("σ(a*(a + b))", "σ(a**2 + a*b)"),
        ("log(p[k]**2)", "2*log(p[k])"),
        ("Σ(i, y[i]*p[i]*δ(i, k))", "y[k]*p[k]"),
        ("exp(1000*a)*(b + 1)", "exp(1000*a)*b + exp(1000*a)"),
        ("(10**9*a)**40*(b + 1)", "(10**9*a)**40*b + (10**9*a)**40"),
    ],
)
def test_what_holds_for_every_meaning_of_its_names_could_vanish(classes, left, right):
    assert vanishes(classes, left, right)


@pytest.mark.parametrize(
    ("left", "right"), [("p[k]*Z", "exp(z[k])"), ("σ(-a)", "1 - σ(a)"), ("Σ(i, p[i])", "1")]
)
def test_what_needs_the_definitions_could_not(classes, left, right):
    assert not vanishes(classes, left, right)
    proved = Derivation("With the definitions", classes).start(left).equals(right)
    assert proved.steps[-1].status == "proved"


def test_a_cited_fact_counts(classes):
    assert not vanishes(classes, "Σ(i, y[i])", "1")
    assert vanishes(classes, "Σ(i, y[i])", "1", ["y sums to one"])


def test_what_has_no_value_is_left_to_the_proof(classes):
    assert vanishes(classes, "log(-1 - p[k])", "0")


def test_an_inequality_is_tried_at_more_points(classes):
    """It may fail in a corner only."""
    a = classes.read("a").expr
    tried = {
        relation: find_counterexample(Claim(classes, a, relation, a)).points for relation in "=≤"
    }
    assert tried == {"=": 12, "≤": 24}
