"""The judge of the mutants is itself judged: by mpmath, by hand, and by what it must refuse."""

import mpmath
import pytest
from derivations import gradient_of_the_cross_entropy
from mpmath import mp, mpf
from mutations import mutants_of, steps_of
from second_opinion import (
    Dual,
    Point,
    Undefined,
    World,
    exponential,
    free_indices,
    holds,
    limit_holds,
    logarithm,
    power,
    tree,
)


def world():
    declared = World().index("i j k c", "C").index("n", "N").real("z[i] a b").positive("s")
    declared.unit("f").binary("t").distribution("y[i]").one_hot("y[i]", at="c")
    declared.let("σ(t)", "1/(1+exp(-t))").let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    declared.fact("s is a sum", "s == Σ(i, exp(z[i]))")
    return declared.let("L", "-Σ(i, y[i]*log(p[i]))").let("q", "p[c]")


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [
        (exponential, mpmath.exp),
        (logarithm, mpmath.log),
        (lambda x: power(x, mpf(3)), lambda x: x**3),
        (lambda x: power(x, mpf(-2)), lambda x: x**-2),
        (lambda x: power(x, mpf("1.5")), lambda x: x ** mpf("1.5")),
        (lambda x: power(mpf(2), x), lambda x: 2**x),
        (lambda x: power(x, x), lambda x: x**x),
    ],
)
def test_slopes_agree_with_mpmath(ours, theirs):
    with mp.workdps(40):
        dual = ours(Dual(1, mpf("0.7"), mpf(1)))
        assert abs(dual.value - theirs(mpf("0.7"))) < mpf(10) ** -38
        assert abs(dual.slope - mpmath.diff(theirs, mpf("0.7"))) < mpf(10) ** -15


def test_a_second_slope_is_taken_inside_the_first():
    with mp.workdps(40):
        x = Dual(1, mpf("0.7"), mpf(1))
        second = power(Dual(2, x, mpf(1)), mpf(4)).slope.slope
        assert abs(second - 12 * mpf("0.7") ** 2) < mpf(10) ** -38


def test_the_slope_of_a_point_is_that_of_mpmath():
    """∂σ(a)/∂a, with mpmath's own derivative as the other route."""
    point = Point(world(), {"C": 2, "N": 1}, {}, "seed")
    with mp.workdps(40):
        a = point.value(tree("a"), {})
        slope = point.value(tree("D(σ(a), a)"), {})
        expected = mpmath.diff(lambda x: 1 / (1 + mpmath.exp(-x)), a)
        assert abs(slope - expected) < mpf(10) ** -15


RIGHT = [
    ("Σ(i, p[i])", "1", ()),
    ("D(p[i], z[k])", "p[i]*(δ(i,k) - p[k])", ()),
    ("D(L, z[k])", "p[k] - y[k]", ("y sums to one",)),
    ("L", "-log(p[c])", ("y is one-hot",)),
    ("q", "p[c]", ()),
    ("D(D(a**3, a), a)", "6*a", ()),
    ("Π(i, exp(z[i]))", "exp(Σ(i, z[i]))", ()),
    ("Σ(i, z[i], i != k)", "Σ(i, z[i]) - z[k]", ()),
    ("t**2", "t", ()),
    ("f**2 - f - max(f, 2) + 2", "-f*(1-f)", ()),
    ("s", "Σ(i, exp(z[i]))", ("s is a sum",)),
    ("abs(a)", "max(a, -a)", ()),
]


@pytest.mark.parametrize(("left", "right", "using"), RIGHT)
def test_what_is_right_holds(left, right, using):
    assert holds(world(), left, right, "=", using)


WRONG = [
    ("D(L, z[k])", "p[k] - y[k]", ()),
    ("L", "-log(p[c])", ("y sums to one",)),
    ("s", "Σ(i, exp(z[i]))", ()),
    ("p[i]", "p[k]", ()),
    ("q", "p[k]", ()),
    ("a", "a + 1/10**30", ()),
    ("D(p[i], z[k])", "0", ()),
    ("f", "f**2", ()),
]


@pytest.mark.parametrize(("left", "right", "using"), WRONG)
def test_what_is_wrong_does_not_hold(left, right, using):
    assert not holds(world(), left, right, "=", using)


def test_inequalities_and_limits():
    assert holds(world(), "f", "1", "<=")
    assert not holds(world(), "f", "1", ">=")
    assert limit_holds(world(), "σ(a)", "1", "a -> oo")
    assert not limit_holds(world(), "σ(a)", "1", "a -> -oo")
    assert limit_holds(world(), "s*log(s)", "0", "s -> 0+")


def test_what_has_no_value_is_not_judged():
    with pytest.raises(Undefined):
        holds(world(), "log(-exp(a))", "a")


def test_free_indices_are_found_inside_definitions():
    assert free_indices(tree("Σ(i, z[i]*z[k]) + q"), world()) == {"k", "c"}


def test_mutants_differ_from_their_step_and_from_one_another():
    step = steps_of(gradient_of_the_cross_entropy)[-1]
    mutants = list(mutants_of(step))
    assert len(set(mutants)) == len(mutants) > 15
    assert all(mutant.step != step for mutant in mutants)
    texts = {mutant.step.after for mutant in mutants}
    assert {"p[k] + y[k]", "-(p[k] - y[k])", "y[k] - p[k]", "p[i] - y[k]", "p[k]"} <= texts
