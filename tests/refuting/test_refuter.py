"""Every wrong step is refuted by a point that can be put in by hand; no right one is; hints hold."""

import re
from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.judgement import Claim, judge
from cebook_utils.kernel.terms import Refused
from cebook_utils.language import prelude
from cebook_utils.refuting.claims import Claim as Tried
from cebook_utils.refuting.evaluating import evaluate
from cebook_utils.refuting.explaining import explain, shown, table
from cebook_utils.refuting.hinting import hints
from cebook_utils.refuting.parts import Point
from cebook_utils.refuting.searching import refute, search
from corpus.wrong_steps import REFUTED

NUMBER = r"-?\d+(?:\.\d+)?(?:e[+-]?\d+)?(?:/\d+)?"
HOLDS = {"=": lambda d: d == 0, "≤": lambda d: d <= 0, "≥": lambda d: d >= 0,
         "<": lambda d: d < 0, ">": lambda d: d > 0}  # fmt: skip

LETTERS = [
    ("index", "i j k", "C"), ("index", "n", "N"), ("real", "z[i]"), ("real", "t"), ("real", "a"),
    ("real", "b"), ("positive", "s"), ("nonnegative", "y[i]"), ("sums to one", "y"),
    ("binary", "v[n]"), ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"),
    ("let", "L", "-Σ(i, y[i]*log(p[i]))"),
]  # fmt: skip
CONDITIONS = [
    ("real", "m"), ("real", "x"), ("real", "w[i]"), ("real", "top"),
    ("where", "0", "<", "m", "m", "1/2"), ("where", "m", "<", "1", "m", "1/2"),
    ("where", "x", "!=", "0", "x", "1"), ("where", "w[i]", ">", "0", "w[i]", "1"),
    ("where", "top", ">", "w[i]", "top", "2"),
]  # fmt: skip


def setting():
    return declared(prelude.LINES + LETTERS + CONDITIONS)


def refuted(left, sign, right, facts=(), point=(), where=None):
    where = where or setting()
    return refute(where, where.read(left), sign, where.read(right), facts, point)


def of(wrong):
    """A wrong step of the corpus as the refuter takes it, and what it finds."""
    chain = wrong.begun()
    where, point = chain.setting.kernel, chain.lines[-1].point
    tried = Tried(
        where, where.read(wrong.before), wrong.sign, where.read(wrong.after),
        wrong.using, point.values if point else (),
    )  # fmt: skip
    return tried, refute(where, tried.left, tried.sign, tried.right, tried.facts, tried.point)


@pytest.mark.parametrize(
    "wrong", [wrong for wrong in REFUTED if not wrong.when], ids=lambda wrong: wrong.name
)
def test_a_wrong_step_gets_a_counterexample_to_put_in_by_hand(wrong):
    tried, example = of(wrong)
    assert example is not None
    for value in example.values.values():
        assert len(re.sub(r"\D", "", shown(value).removeprefix("0"))) <= 2, example.values
    # Put in by hand: the values alone, no facts, with more digits.
    point = Point(example.sizes, example.indices, example.values)
    left, right = (evaluate(tried.setting, x, point, 500) for x in (tried.left, tried.right))
    assert not HOLDS[tried.sign](mp.mpf(1) * left - right * mp.mpf(1))
    found = hints(example)
    message = explain("T", 2, wrong.before, wrong.after, tried.sign, "a slip", example, found)
    assert message.startswith('Step 2 of "T" is wrong.\n')
    assert "(a slip)" in message
    assert "  counterexample: " in message
    assert re.search(rf"left  side = {NUMBER}$", message, re.MULTILINE)
    assert re.search(rf"right side = {NUMBER}$", message, re.MULTILINE)
    if wrong.hint:
        assert wrong.hint in message


@pytest.mark.parametrize(
    ("left", "sign", "right"),
    [
        ("t*(C-1)*(C-2)*(C-3)*(C-4)", "=", "0"),
        ("t*(C-1)*(C-2)*(C-3)*(C-4)*(C-5)*(C-6)", "=", "0"),
        ("max(t, 5)", "=", "5"),
        ("abs(t - 3)", "=", "3 - t"),
        ("abs(t - 3)", "=", "t - 3"),
        ("max(a, b)", ">", "a"),
        ("exp(a)", ">", "1 + a"),
        ("y[k]", ">", "0"),
        ("t + exp(-10**4)", "=", "t"),
        ("t + exp(-200)", "=", "t"),
        ("log(exp(t) + exp(-10**4))", "=", "t"),
        ("a", "<", "500"),
        ("s", ">", "1/100"),
        ("Σ(i, p[i]**2)", "≤", "9/10"),
        ("v[n]", "=", "v[n]*t"),
    ],
)
def test_what_fails_only_in_a_corner_is_refuted(left, sign, right):
    assert refuted(left, sign, right) is not None


@pytest.mark.parametrize(
    ("left", "sign", "right", "facts"),
    [
        ("D(L, z[k])", "=", "p[k] - y[k]", ("y sums to one",)),
        ("exp(t)*exp(a)", "=", "exp(t + a)", ()),
        ("exp(a)", "≥", "1 + a", ()),
        ("log(m)", "<", "0", ()),
        ("x/abs(x)*x", "=", "abs(x)", ()),
        ("abs(top)", "=", "top", ()),
        ("v[n]**3", "=", "v[n]", ()),
        ("y[k]", "≤", "1", ("y sums to one",)),
        ("1/t", "=", "1/t", ()),
    ],
)
def test_what_is_true_on_the_declared_domain_is_not_refuted(left, sign, right, facts):
    assert refuted(left, sign, right, facts) is None
    where = setting()
    tried = search(Tried(where, where.read(left), sign, where.read(right), facts))
    assert tried.trials >= 8  # it was tried at points at which it has a value


def test_points_and_facts_that_cannot_be_refute_nothing():
    assert refuted("s", ">", "0", point=(("s", "-1"),)) is None
    assert refuted("t", "=", "1", point=(("t", "log("),)) is None
    assert refuted("t", "=", "1", point=(("t", "log(-1)"),)) is None
    assert refuted("t", "=", "1", facts=("there is no such fact",)) is not None
    assert refuted("t", "=", "2", point=(("t", "2"),)) is None
    assert refuted("t", "=", "3", point=(("t", "2"),)).left == 2


def test_nothing_ends_in_a_traceback():
    for text in ("exp(exp(exp(exp(t))))", "10**10**10**3", "(10**30)**(10**9)*t", "1/(t-t)",
                 "+".join(["a"] * 950), "Σ(i,Σ(j,Σ(k,exp(z[i]*z[j]*z[k]))))"):  # fmt: skip
        example = refuted(text, "=", "t + 7")
        assert example is None or table(example)
        assert example is None or isinstance(hints(example), tuple)


def test_sides_that_print_the_same_show_their_difference():
    message = explain("T", 1, "", "", "=", "", refuted("7 + t + exp(-10**4)", "=", "t + 7"))
    assert re.search(r"difference = \d\.\d+e-434\d", message)


def test_the_same_claim_gets_the_same_answer():
    assert refuted("D(p[k], z[j])", "=", "p[k]") == refuted("D(p[k], z[j])", "=", "p[k]")


def test_a_declared_distribution_is_one_wherever_that_refutes_as_well():
    example = refuted("L", "=", "0")
    assert sum(x for (name, _), x in example.values.items() if name == "y") == 1
    # With it, this is true, so the counterexample leaves it.
    example = refuted("D(L, z[k])", "=", "p[k] - y[k]")
    assert sum(x for (name, _), x in example.values.items() if name == "y") != 1


@pytest.mark.parametrize(
    ("left", "right", "hint"),
    [
        ("a - b", "b - a", "the two sides differ exactly by a sign"),
        ("3*a*b", "2*a*b", None),
        ("2*a", "a", "the right side is 1/2 times the left one"),
        ("D(L, z[k])", "p[k] - y[k]", "the step is true if you cite the fact 'y sums to one'"),
        ("Σ(i, z[i])/C", "Σ(i, z[i])", "the right side is C times the left one: sum or mean?"),
        ("D(p[i], z[k])", "p[i]*(1 - p[k])", "it holds only for i = k"),
        ("Σ(i, z[i], i != k)", "Σ(i, z[i])", "it holds only if i = k is left out of the Σ over i"),
        ("Σ(i, z[i])", "z[k]", "it holds with a sum over k in front of the right side"),
        ("a*t*b", "a*b", "a factor t is missing on the right side"),
        ("a*b", "a + b", None),
        ("y[i]", "y[k] + 1", None),
        ("z[i]*z[k]", "z[k]**2 + 1", None),
        ("Σ(i, z[i])", "Σ(i, z[i]**2)", None),
    ],
)
def test_a_hint_is_said_only_if_it_holds(left, right, hint):
    assert hints(refuted(left, "=", right)) == ((hint,) if hint else ())


def test_a_sum_for_a_mean_is_told_of_the_right_size():
    lines = [("index", "i", "C"), ("index", "m", "M"), ("index", "n", "N"),
             ("real", "x[i,m,n]")]  # fmt: skip
    where = declared(lines)
    total = "Σ(i, Σ(m, Σ(n, x[i,m,n])))"
    for size in "CMN":
        example = refuted(f"{total}/{size}", "=", total, where=where)
        assert hints(example) == (f"the right side is {size} times the left one: sum or mean?",)


PIECES = ["a", "b", "t", "2", "(a+b)", "abs(t)", "exp(a)", "z[k]", "Σ(i, z[i])", "p[k]", "s"]
texts = st.recursive(
    st.sampled_from(PIECES),
    lambda inner: st.builds("({}{}{})".format, inner, st.sampled_from("+-*"), inner),
    max_leaves=5,
)


@settings(max_examples=60, deadline=None)
@given(texts, texts, st.sampled_from("=≤≥<>"))
def test_nothing_that_the_kernel_proves_is_refuted(left, right, sign):
    where = setting()
    try:
        judge(Claim(where, where.read(left), sign, where.read(right)))
    except Refused:
        return
    assert refuted(left, sign, right, where=where) is None


def test_the_table_holds_short_strings():
    found = table(refuted("Σ(i, z[i]*y[i])", "=", "t"))
    assert dict(found.rows)["C"] == "2"
    assert re.fullmatch(rf"\[{NUMBER}, {NUMBER}\]", dict(found.rows)["z"])
    assert re.fullmatch(NUMBER, found.left)


@pytest.mark.parametrize(
    ("value", "text"), [(F(1, 2), "0.5"), (F(-3), "-3"), (F(1, 3), "1/3"), (F(2, 10**9), "2e-09")]
)
def test_numbers_are_shown_so_that_they_can_be_put_in(value, text):
    assert shown(value) == text


def test_a_condition_may_count_over_a_size_that_the_claim_does_not_name():
    """The letter of the condition runs over 1 … C, and only the condition says so."""
    of = declared(
        [*LETTERS, ("real", "x"), ("where", "t + δ(i, j)*x", ">", "0", "t", "1", "x", "0")]
    )
    found = refute(of, of.read("t + x"), "<", of.read("0"))
    assert found is not None and found.left > 0
