"""Limits that are false at a special value, a tie, a size of one, a side, or for want of a value.

Each is refused; that it is false, the line says itself, worked out far on the way at a point where
another limit shows.
"""

from fractions import Fraction

import pytest
from mpmath import mp

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.refuting.evaluating import Evaluator
from cebook_utils.refuting.parts import NoValue, Point

NAMES = (
    Setting()
    .index("i j k", "C")
    .real("a b z u[i]")
    .positive("s t h[i]")
    .nonnegative("q")
    .unit("f")
    .binary("c")
    .let("p[i]", "exp(u[i])/Σ(j, exp(u[j]))")
    .let("held(r)", "D(r*z**2, z)")
    .let("grown(r)", "D(r**2*exp(z*r), z)")
    .let("mean", "Σ(i, u[i])/C")
)

# before, what it is said to tend to, where; C, and the names at which this is false.
CLAIMS = [
    # A parameter at a special value.
    ("1/(1 + q*s)", "0", "s -> oo", 1, {"q": 0}),
    ("1/(1 + c*s)", "0", "s -> oo", 1, {"c": 0}),
    ("1/(1 + c*s)", "1", "s -> oo", 1, {"c": 1}),
    ("c*s/(c*s + 1)", "1", "s -> oo", 1, {"c": 0}),
    ("c*s/(c*s + 1)", "2*c", "s -> oo", 1, {"c": 1}),
    ("exp(-c*s)", "0", "s -> oo", 1, {"c": 0}),
    ("exp(-b**2*s)", "0", "s -> oo", 1, {"b": 0}),
    ("exp(-abs(b)*s)", "0", "s -> oo", 1, {"b": 0}),
    ("σ(b*s)", "1", "s -> oo", 1, {"b": -1}),
    ("σ(b*s)", "0", "s -> oo", 1, {"b": 0}),
    ("σ(b**2*s)", "1", "s -> oo", 1, {"b": 0}),
    ("tanh(q*s)", "1", "s -> oo", 1, {"q": 0}),
    ("relu(b*s)", "oo", "s -> oo", 1, {"b": -1}),
    ("max(b*s, 1)", "1", "s -> oo", 1, {"b": 1}),
    ("min(b*s, 1)", "1", "s -> oo", 1, {"b": -1}),
    ("s**c", "oo", "s -> oo", 1, {"c": 0}),
    ("t**s", "oo", "s -> oo", 1, {"t": Fraction(1, 2)}),
    ("t**s", "0", "s -> oo", 1, {"t": 1}),
    ("t**(-s)", "0", "s -> oo", 1, {"t": Fraction(1, 2)}),
    ("t**(1/s)", "t", "s -> oo", 1, {"t": 2}),
    ("log(1 + q*s)", "oo", "s -> oo", 1, {"q": 0}),
    ("log(1 + t*s)/(1 + s)", "t", "s -> oo", 1, {"t": 2}),
    ("(q*s**2 + s)/(s + 1)", "oo", "s -> oo", 1, {"q": 0}),
    ("(b*s**2 + s)/(s**2 + 1)", "1", "s -> oo", 1, {"b": 0}),
    ("(b*s + 1)/(t*s + 1)", "b", "s -> oo", 1, {"b": 1, "t": 2}),
    ("(b*s + 1)/(t*s + 1)", "1/t", "s -> oo", 1, {"b": 2, "t": 1}),
    ("b*s/(1 + s)", "1", "s -> oo", 1, {"b": 2}),
    ("b*exp(-s) + b", "0", "s -> oo", 1, {"b": 1}),
    ("(b**2 - 2*b + 1)*s", "oo", "s -> oo", 1, {"b": 1}),
    ("1/(1 + (a - b)**2*s)", "0", "s -> oo", 1, {"a": 2, "b": 2}),
    ("f*s/(1 + s)", "1", "s -> oo", 1, {"f": Fraction(1, 2)}),
    ("s*(exp(b/s) - 1)", "exp(b)", "s -> oo", 1, {"b": 1}),
    ("s*log(1 + t/s)", "1", "s -> oo", 1, {"t": 3}),
    ("s*(σ(b/s) - 1/2)", "b/2", "s -> oo", 1, {"b": 2}),
    # Sums, sizes, members, left-out ones.
    ("1/(1 + (C - 1)*s)", "0", "s -> oo", 1, {}),
    ("exp(-s*(C - 1))", "0", "s -> oo", 1, {}),
    ("(C - 1)*s", "oo", "s -> oo", 1, {}),
    ("Σ(i, exp(-s*h[i]), i != k) + 1/s", "1", "s -> oo", 1, {"h": (1,)}),
    ("Σ(i, exp(u[i]/s))", "1", "s -> oo", 2, {"u": (1, 2)}),
    ("log(Σ(i, exp(u[i]/s)))", "0", "s -> oo", 2, {"u": (1, 2)}),
    ("exp(u[k]/s)/Σ(i, exp(u[i]/s))", "p[k]", "s -> oo", 2, {"u": (0, 2)}),
    ("Σ(i, exp(s*u[i]))", "oo", "s -> oo", 1, {"u": (-1,)}),
    ("Σ(i, exp(-s*u[i]**2))", "0", "s -> oo", 1, {"u": (0,)}),
    ("Σ(i, σ(s*u[i]))", "C", "s -> oo", 1, {"u": (-1,)}),
    ("Σ(i, 1/(1 + s*u[i]**2))", "0", "s -> oo", 1, {"u": (0,)}),
    ("s*Σ(i, u[i])", "oo", "s -> oo", 2, {"u": (1, -1)}),
    ("s*Σ(i, u[i]**2)", "oo", "s -> oo", 1, {"u": (0,)}),
    ("exp(-s*(1 - δ(i, j)))", "0", "s -> oo", 1, {}),
    ("1/(1 + s*δ(i, j))", "1", "s -> oo", 1, {}),
    ("δ(i, j)*σ(s)", "1", "s -> oo", 2, {}),
    ("Π(i, h[i]**(1/s))", "Π(i, h[i])", "s -> oo", 1, {"h": (2,)}),
    ("mean + exp(-s)", "u[k]", "s -> oo", 2, {"u": (1, 2)}),
    ("p[k] + exp(-s)", "1/C", "s -> oo", 2, {"u": (0, 3)}),
    # Absolute values, sides, ends.
    ("abs(a - b)", "b", "a -> 0", 1, {"b": -1}),
    ("abs(a*b)/(1 + abs(a))", "b", "a -> oo", 1, {"b": -1}),
    ("abs(a + b) - a", "b", "a -> -oo", 1, {"b": 1}),
    ("max(a, b)", "0", "a -> -oo", 1, {"b": 1}),
    ("max(a, b) - a", "b", "a -> oo", 1, {"b": 1}),
    ("abs(s - t)/(1 + s)", "-t", "s -> 0+", 1, {"t": 2}),
    ("a/(1 + abs(a))", "1", "a -> -oo", 1, {}),
    ("(a**2 + 1)**(1/2)/(1 + a**2)*a", "1", "a -> -oo", 1, {}),
    ("exp(a)/(exp(a) + exp(-a))", "1/2", "a -> oo", 1, {}),
    ("log(1 + exp(a)) - a", "log(2)", "a -> oo", 1, {}),
    ("log(f) - log(1 - f)", "0", "f -> 0+", 1, {}),
    ("f*log(f)", "-1/2", "f -> 0+", 1, {}),
    ("s**s", "0", "s -> 0+", 1, {}),
    ("(exp(s) - 1)/s", "0", "s -> 0+", 1, {}),
    ("1/s - 1/(exp(s) - 1)", "1", "s -> 0+", 1, {}),
    # A power of a number, from the left and at -oo, where SymPy itself errs.
    ("(1/2)**a", "0", "a -> -oo", 1, {}),
    ("2**a", "oo", "a -> -oo", 1, {}),
    ("2**(-a)", "0", "a -> -oo", 1, {}),
    ("tanh(2)**(a/2)", "0", "a -> -oo", 1, {}),
    ("σ(1)**a", "0", "a -> -oo", 1, {}),
    ("log(2)**a", "0", "a -> -oo", 1, {}),
    ("(2**(1/2)/2)**a", "0", "a -> -oo", 1, {}),
    ("(1 - exp(-1))**a", "0", "a -> -oo", 1, {}),
    ("2**exp(a)", "oo", "a -> -oo", 1, {}),
    # Derivatives inside functions: what is put in does not fall under them.
    ("held(z)*σ(a)", "3*z**2", "a -> oo", 1, {"z": 1}),
    ("held(z**2)*σ(a)", "4*z**3", "a -> oo", 1, {"z": 2}),
    ("grown(z)*σ(a)", "D(z**2*exp(z**2), z)", "a -> oo", 1, {"z": 1}),
    ("held(b)*σ(a)", "b*z", "a -> oo", 1, {"z": 1, "b": 1}),
]  # fmt: skip

# What is said to be the limit has no value somewhere.
NOWHERE = [
    ("exp(-a)", "b/b - 1", "b = 0"),
    ("exp(-a) + 1", "b/b", "b = 0"),
    ("exp(-a)", "log(b) - log(b)", "b = 0"),
    ("exp(-a) + b**2", "b**3/b", "b = 0"),
    ("exp(-a) + 1", "exp(log(b) - log(b))", "b = -1"),
    ("exp(-a) + b", "(b**(1/3))**3", "b = -1"),
    ("exp(-a) + q", "(q**(1/2))**2", "q = 0"),
    ("exp(-a)", "u[2] - u[2]", "C = 1"),
    ("exp(-a)", "0*u[5]", "C = 1"),
    ("exp(-a) + 1", "D(abs(b)*b, b)/(2*abs(b))", "b = 0"),
    ("exp(-a)", "D(c, c) - 1", "no derivative by 0 or 1"),
    ("exp(-a) + C", "Σ(i, u[i]/u[i])", "u = 0"),
]


def refuses(before, after, when):
    with pytest.raises(StepError):
        Derivation("Limit", NAMES).start(before).tends_to(after, when=when)


@pytest.mark.parametrize(("before", "after", "when", "size", "values"), CLAIMS)
def test_a_false_limit_is_refused(before, after, when, size, values):
    refuses(before, after, when)


@pytest.mark.parametrize(("before", "after", "why"), NOWHERE)
def test_a_limit_without_a_value_is_refused(before, after, why):
    refuses(before, after, "a -> oo")


def test_there_are_enough_and_each_is_another():
    found = [row[:3] for row in (*CLAIMS, *NOWHERE)]
    assert len(found) == len(set(found)) >= 80


# That they are false.

FAR = {"oo": (60, 120), "-oo": (-60, -120), "0+": (Fraction(1, 10**4), Fraction(1, 10**8)),
       "0": (Fraction(1, 10**4), Fraction(-1, 10**8))}  # fmt: skip


def evaluator(size, values):
    def value(name, at):
        known = values.get(name, 1)
        return Fraction(known[at[0] - 1] if isinstance(known, tuple) else known)

    indices = {"i": 1, "j": size, "k": 1}
    return Evaluator(NAMES.kernel, Point({"C": size}, indices), value, 200, {})


def numbers(before, when, size, values):
    """The line as its name goes there, at two places."""
    name, _, target = when.partition(" -> ")
    for far in FAR[target]:
        value = evaluator(size, {**values, name: far}).value(NAMES.read(before))
        yield float(value if isinstance(value, Fraction) else mp.make_mpf(value.ends[0]))


@pytest.mark.parametrize(("before", "after", "when", "size", "values"), CLAIMS)
def test_it_is_false_by_numbers(before, after, when, size, values):
    near, far = numbers(before, when, size, values)
    if after == "oo":
        assert far < 100 or far < near
        return
    said, _ = numbers(after, when, size, values)
    assert abs(far - said) > 0.05
    assert abs(far - said) > abs(near - said) - 0.05


def test_these_have_no_value_there():
    for after, values in (("b/b - 1", {"b": 0}), ("(q**(1/2))**2", {"q": 0}), ("0*u[5]", {})):
        with pytest.raises(NoValue):
            evaluator(1, values).value(NAMES.read(after))
