"""What the reader says of a slip of the pen, and the bounds of numbers against exact values."""

from fractions import Fraction

import pytest
from mpmath import mp, mpf

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.intervals import Interval
from cebook_utils.kernel.terms import Refused
from corpus.rows import LOGITS

S = declared((*LOGITS, ("real", "x"), ("let", "f(t)", "t"), ("index", "n", "N", "1")))


@pytest.mark.parametrize(
    ("text", "remedy"),
    [
        ("x^2", r"x\*\*2"), ("x²", r"x\*\*2"), ("2x", r"2\*x"), ("2 x", r"2\*x"), ("x x", r"x\*x"),
        ("2(x + 1)", r"2\*\("), ("|x|", r"abs\(a\)"), ("sum(x)", r"Σ\(i"), ("ln(x)", r"log\("),
        ("foo", "declare it, or define it with let"), ("foo(x)", "define it with let"),
        ("x = 1", "one side only"), ("x <= 1", "one side only"), ("{x}", "round brackets"),
        ("1e5", "without an exponent"), (".5", "0.5"), ("x·x", "star"), ("√x", "sqrt"),
        ("∑(i, x)", "Σ"), ("−x", "minus"), ("i", "square brackets"), ("z", "1 indices"),
        ("z[n]", "does not run over"), ("z[x]", "letter or a whole number"), ("f", "brackets"),
        ("(x", r"'\)' is missing"), ("x)", "closes nothing"), ("Σ(x, 1)", "begins with an index"),
        ("Σ(i, Σ(i, 1))", "around this one"), ("δ(i, n)", "one range"), ("D(x, 2)", "by a name"),
        ("x +", "a formula ends here"), ("", "empty"), ("exp(x, x)", "one argument"),
        ("f(x, x)", "1 arguments"), ("Σ(i, x, j != k)", "what is left out"),
    ],
)  # fmt: skip
def test_a_refusal_names_the_remedy(text, remedy):
    with pytest.raises(Refused, match=remedy):
        S.read(text)


POINTS = [Fraction(n, d) for n in (-700, -31, -3, -1, 1, 2, 5, 31, 700) for d in (1, 3, 7, 1000)]


def holds(bounds: Interval, value) -> bool:
    exact = lambda x: mpf(x.numerator) / x.denominator
    return exact(bounds.lo) <= value <= exact(bounds.hi)


@pytest.mark.parametrize("x", POINTS, ids=str)
def test_bounds_hold_the_exact_value(x):
    mp.dps = 400
    here, exact = Interval.point(x), mpf(x.numerator) / x.denominator
    bounds = here.exp()
    assert holds(bounds, mp.exp(exact))
    assert bounds.hi - bounds.lo <= bounds.hi / 2**90 + Fraction(1, 2**150)
    assert holds(here.abs(), abs(exact))
    if x > 0:
        assert holds(here.log(), mp.log(exact))
        assert here.log().hi - here.log().lo < Fraction(1, 2**140)
        for e in (Fraction(1, 2), Fraction(-1, 3), Fraction(5, 2)):
            assert holds(here.power(e), exact ** (mpf(e.numerator) / e.denominator))
    for n in (-3, -2, 0, 1, 2, 3):
        assert here.whole_power(n).lo <= x**n <= here.whole_power(n).hi


def test_bounds_of_intervals_hold_all_members():
    mp.dps = 60
    wide = [Interval(Fraction(a), Fraction(b)) for a in (-3, -1, 0, 2) for b in (2, 5) if a <= b]
    for one in wide:
        inside = [one.lo + (one.hi - one.lo) * Fraction(k, 6) for k in range(7)]
        for n in (0, 1, 2, 3, 4):
            assert all(one.whole_power(n).lo <= x**n <= one.whole_power(n).hi for x in inside)
        assert all(one.abs().lo <= abs(x) <= one.abs().hi for x in inside)
        for two in wide:
            product, total = one * two, one + two
            for y in (two.lo, two.hi):
                assert all(product.lo <= x * y <= product.hi for x in inside)
                assert all(total.lo <= x + y <= total.hi for x in inside)


@pytest.mark.parametrize(
    "work",
    [
        lambda: Interval(Fraction(-1), Fraction(1)).whole_power(-1),
        lambda: Interval(Fraction(0), Fraction(1)).log(),
        lambda: Interval.point(Fraction(10**9)).exp(),
        lambda: Interval.point(Fraction(-1)).power(Fraction(1, 2)),
    ],
)
def test_what_has_no_bounds_is_refused(work):
    with pytest.raises(Refused):
        work()
