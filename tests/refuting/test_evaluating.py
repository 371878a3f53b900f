"""Values come from the meaning of the parts: exact where they can be, or a reason why there is none."""

from fractions import Fraction as F

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp, mpf, workprec

from cebook_utils.kernel.consistency import declared
from cebook_utils.refuting.evaluating import evaluate
from cebook_utils.refuting.parts import NoValue, Point
from cebook_utils.refuting.reals import Reals, Unsure

LINES = [
    ("index", "i j k n", "C"),
    ("real", "z[i]"),
    ("real", "x"),
    ("real", "u"),
    ("binary", "b"),
    ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"),
    ("let", "q", "x**2*u"),
    ("let", "here", "z[k]"),
    ("let", "f(t)", "D(t**3, t) + here"),
    ("let", "sqrt(t)", "t**(1/2)"),
    ("let", "never(s, t)", "t"),
]
SETTING = declared(LINES)
Z = {("z", (1,)): F(1), ("z", (2,)): F(2), ("z", (3,)): F(-1, 2)}


def value(text, x=F(2), u=F(3), bits=160, **indices):
    point = Point(
        {"C": 3}, {"i": 1, "j": 1, "k": 2, "n": 3} | indices,
        {**Z, ("x", ()): x, ("u", ()): u, ("b", ()): F(1)},
    )  # fmt: skip
    return evaluate(SETTING, SETTING.read(text), point, bits)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("0.3 - 3/10", 0),
        ("x - u - 1", -2),
        ("-x**2", -4),
        ("2**3**2", 512),
        ("x**0 + (x-x)**0", 2),
        ("(0-x)**(-2)", F(1, 4)),
        ("4**(1/2)", 2),
        ("(9/4)**(-3/2)", F(8, 27)),
        ("abs(x - u)", 1),
        ("exp(x-x) + log(x/x)", 1),
        ("C*Σ(i, z[i])", F(15, 2)),
        ("Π(i, z[i])", -1),
        ("Π(i, z[i], i != k)", F(-1, 2)),
        ("Σ(i, z[i], i != k, i != 3)", 1),
        ("Σ(i, Σ(j, δ(i,j)*z[i]))", F(5, 2)),
        ("Σ(k, here)", None),  # refused while reading: the sum would not reach it
        ("Σ(i, here)", 6),  # the letter of the point
        ("f(x)", 14),
        ("D(f(x), x)", 12),
        ("D(D(f(x), x), x)", 6),
        ("D(x**3*u, x)", 36),
        ("D(D(x**3*u, x), u)", 12),
        ("D(q, x)", 12),
        ("D(q**2, q)", 24),
        ("D(D(q**2, q), x)", 24),
        ("D(z[i], z[k])", 0),
        ("D(Σ(i, z[i]**2), z[k])", 4),
        ("D(x*abs(x), x)", 4),
        ("D(D(abs(x)**3, x), x)", 12),
        ("never(1, x)", 2),
    ],
)
def test_values_that_are_exact(text, wanted):
    if wanted is None:
        with pytest.raises(Exception, match="k"):
            SETTING.read(text)
    else:
        found = value(text)
        assert isinstance(found, F)
        assert found == wanted


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("1/(x-2)", "a division by 0"),
        ("(x-2)**(-1)", "a division by 0"),
        ("log(x-2)", "the logarithm of 0"),
        ("log(x-3)", "the logarithm of a number below 0"),
        ("(x-2)**(1/2)", "a broken power, or a root, of 0"),
        ("(x-3)**x", "the logarithm of a number below 0"),
        ("0*(1/(x-2))", "a division by 0"),
        ("never(log(x-2), x)", "the logarithm of 0"),
        ("D(log(x-2), u)", "the logarithm of 0"),
        ("D(abs(x-2), x)", "a derivative of the absolute value of at 0"),
        ("D(x, b)", "b is 0 or 1"),
        ("z[7]", "the index 7 does not exist for C = 3"),
        ("δ(i,7)", "the index 7 does not exist"),
        ("Σ(i, 1/(1-δ(i,k)))", "a division by 0"),
    ],
)
def test_parts_without_a_value_say_why(text, why):
    with pytest.raises(NoValue, match=why):
        value(text)


def test_what_is_smooth_across_a_kink_has_a_derivative_there():
    assert value("D((x-2)*abs(x-2), x)") == 0
    assert value("D(abs(x-2)**2, x)") == 0
    assert value("D(abs(u)*abs(x-2) - abs(x-2)*u, x)") == 0
    with pytest.raises(NoValue):
        value("D(abs(x-2 + abs(x-2)), x)")
    with pytest.raises(NoValue):
        value("D(D(abs(x-2), x), x)")
    with pytest.raises(Unsure):
        value("D(D(abs(x-2)**3, x), x)")


def test_what_is_too_large_or_too_deep_is_not_settled():
    for text in ("exp(exp(exp(exp(x))))", "Σ(i,Σ(j,Σ(k,Σ(n," + "+".join(["x"] * 900) + "))))"):
        with pytest.raises(Unsure):
            value(text)
    assert value("+".join(["x"] * 900)) == 1800


def test_terms_that_differ_by_little_are_told_apart_with_enough_bits():
    with pytest.raises(Unsure):
        value("1/(log(exp(x) + exp(-200)) - x)", bits=100)
    with workprec(600):
        gap = value("log(exp(x) + exp(-200)) - x", bits=600)
        assert mp.almosteq(gap, mp.exp(-202), rel_eps=mpf(10) ** -50)


def test_a_derivative_through_a_definition_and_its_name_is_left_open():
    with pytest.raises(Unsure):
        value("D(D(q**2, x), q)")


fractions = st.fractions(min_value=-5, max_value=5, max_denominator=9)


@given(st.lists(fractions, min_size=1, max_size=5), fractions)
def test_the_derivative_of_a_polynomial_is_exact(coefficients, x):
    text = " + ".join(f"({c.numerator}/{c.denominator})*x**{n}" for n, c in enumerate(coefficients))
    wanted = sum(n * c * x ** (n - 1) for n, c in enumerate(coefficients) if n)
    assert value(f"D({text}, x)", x=x) == wanted


SMOOTH = [
    "exp(-x**2*u)", "log(1 + exp(x*u))", "1/(1+exp(-x))**3", "(1 + x**2)**(1/2)", "(2+x**2)**u",
    "abs(x - 7)*exp(x)", "Σ(i, exp(x*z[i]))/Σ(i, exp(z[i] - x))", "Π(i, 1 + exp(x*z[i]))",
]  # fmt: skip


@pytest.mark.parametrize("text", SMOOTH)
@settings(max_examples=15, deadline=None)
@given(x=fractions)
def test_slopes_agree_with_difference_quotients(text, x):
    with workprec(400):
        h = F(1, 2**100)
        up, down = (mp.mpf(1) * value(text, x=y, bits=400) for y in (x + h, x - h))
        slope = mp.mpf(1) * value(f"D({text}, x)", x=x, bits=400)
        assert abs((up - down) * 2**99 - slope) <= 2.0**-120 * (1 + abs(slope))
        up, down = (mp.mpf(1) * value(f"D({text}, x)", x=y, bits=400) for y in (x + h, x - h))
        second = mp.mpf(1) * value(f"D(D({text}, x), x)", x=x, bits=400)
        assert abs((up - down) * 2**99 - second) <= 2.0**-120 * (1 + abs(second))


@given(st.fractions(max_denominator=50, min_value=-30, max_value=30), st.sampled_from([60, 200]))
def test_intervals_hold_the_true_value(x, bits):
    reals = Reals(bits)
    with workprec(2000):
        low, high = (mp.make_mpf(end) for end in reals.ends(reals.exp(x)))
        assert low <= mp.exp(mpf(x.numerator) / x.denominator) <= high
        if x > 0:
            low, high = (mp.make_mpf(end) for end in reals.ends(reals.log(x)))
            assert low <= mp.log(mpf(x.numerator) / x.denominator) <= high
