"""Limits are SymPy's: one is believed only if it is the limit for all values of the parameters."""

import pytest

from cebook_utils import Derivation, Setting, StepError


def names():
    return (
        Setting()
        .index("i j k", "C")
        .real("a b z u[i]")
        .positive("s t")
        .nonnegative("q")
        .unit("f")
        .let("p[i]", "exp(u[i])/Σ(j, exp(u[j]))")
    )


def limit(before, after, when, setting=None):
    return Derivation("Limit", setting or names()).start(before).tends_to(after, when=when)


def refusal(*given):
    with pytest.raises(StepError) as caught:
        limit(*given)
    return str(caught.value)


@pytest.mark.parametrize(
    ("before", "after", "when"),
    [
        ("exp(-a)", "0", "a -> oo"),
        ("exp(a)", "oo", "a -> oo"),
        ("exp(a)", "∞", "a → ∞"),
        ("-log(s)", "oo", "s -> 0+"),
        ("log(s)", "-oo", "s -> 0+"),
        ("log(1+exp(a)) - a", "0", "a -> oo"),
        ("s*log(s)", "0", "s -> 0+"),
        ("(exp(s)-1)/s", "1", "s -> 0+"),
        ("log(1+s)/s", "1", "s -> 0+"),
        ("b*exp(a)/(1+exp(a))", "b", "a -> oo"),
        ("a**2 + b", "b", "a -> 0"),
        ("exp(a)", "exp(1)", "a -> 1"),
        ("max(a, 0) - a", "0", "a -> oo"),
        ("f*log(f) + (1-f)*log(1-f)", "0", "f -> 1-"),
        ("σ(a/s)", "1/2", "s -> oo"),
        ("(1/2)**a", "oo", "a -> -oo"),
        ("2**a", "0", "a -> -oo"),
        ("(1+1/s)**s", "exp(1)", "s -> oo"),
    ],
)
def test_limits_are_found(before, after, when):
    limit(before, after, when)


@pytest.mark.parametrize(
    ("before", "after", "when"),
    [
        ("Σ(i, u[i]*exp(-s))", "0", "s -> oo"),
        ("Σ(i, exp(u[i]/s))", "C", "s -> oo"),
        ("log(Σ(i, exp(u[i]/s)))", "log(C)", "s -> oo"),
        ("exp(u[k]/s)/Σ(i, exp(u[i]/s))", "1/C", "s -> oo"),
        ("1/(s + Σ(i, exp(u[i])))", "0", "s -> oo"),
        ("-Σ(i, p[i]*log(p[i])) + exp(-a)", "-Σ(i, p[i]*log(p[i]))", "a -> oo"),
    ],
)
def test_limits_go_through_sums(before, after, when):
    limit(before, after, when)


@pytest.mark.parametrize(
    ("before", "after", "when"),
    [
        ("Σ(i, u[i]*exp(-s))", "1", "s -> oo"),
        ("Σ(i, exp(u[i]/s))", "1", "s -> oo"),
        ("log(Σ(i, exp(u[i]/s)))", "0", "s -> oo"),
        ("Σ(i, exp(u[i]*s))", "0", "s -> oo"),  # depends on the signs of all u
        ("Σ(i, u[i]*s)", "oo", "s -> oo"),
        ("Π(i, exp(-s))", "0", "s -> oo"),  # true, but a product is no sum
    ],
)
def test_limits_through_sums_that_are_wrong_or_open_are_refused(before, after, when):
    assert refusal(before, after, when)


@pytest.mark.parametrize(
    ("before", "after", "when"),
    [
        ("exp(-a)", "1", "a -> oo"),
        ("exp(-a)", "0", "a -> -oo"),
        ("exp(a)", "0", "a -> oo"),
        ("-log(s)", "-oo", "s -> 0+"),
        ("abs(a)/a", "1", "a -> 0"),
        ("abs(a)/a", "1", "a -> 0-"),
        ("1/a", "oo", "a -> 0"),
        ("log(s)/(s-1)", "1", "s -> 1"),  # the line has no value at s = 1
        ("b*exp(a)/(1+exp(a))", "1", "a -> oo"),
        ("a", "a", "a -> 1"),
        ("σ(a)", "999/1000", "a -> oo"),
        ("s*log(s)", "-1/10", "s -> 0+"),
        ("max(a, 0)", "0", "a -> oo"),
    ],
)
def test_wrong_limits_are_refused(before, after, when):
    assert 'Step 1 of "Limit" is not shown.' in refusal(before, after, when)


def test_a_wrong_limit_is_told_with_the_right_one():
    assert "limit is 1" in refusal("σ(a)", "0", "a -> oo")
    assert "b does not occur in the line" in refusal("a", "a", "b -> oo")


SPECIAL = [
    # (before, after, when, the condition that leaves out the values with another limit)
    ("a**2*s/(a**2*s + 1)", "1", "s -> oo", "a != 0"),
    ("(2*s + 1)/(a**2*s + 1)", "2/a**2", "s -> oo", "a != 0"),
    ("q*s/(q*s + 1)", "1", "s -> oo", "q > 0"),
    ("(b*s + 1)/(q*s + 1)", "b/q", "s -> oo", "q > 0"),
    ("exp(-q*s)", "0", "s -> oo", "q > 0"),
    ("q*exp(s)", "oo", "s -> oo", "q > 0"),
    ("1/((a - b)**2*s + 2)", "0", "s -> oo", "a - b != 0"),
]


@pytest.mark.parametrize(("before", "after", "when", "condition"), SPECIAL)
def test_special_values_of_a_parameter_have_to_be_excluded(before, after, when, condition):
    assert "is not shown" in refusal(before, after, when)
    limit(before, after, when, names().where(condition))


@pytest.mark.parametrize(
    ("before", "after"),
    [("a**2*s/(a**2*s + 1)", "0"), ("q*s/(q*s + 1)", "0"), ("exp(-q*s)", "1")],
)
def test_the_limit_at_a_special_value_is_not_that_of_all(before, after):
    refusal(before, after, "s -> oo")


def test_a_declared_domain_excludes_special_values_too():
    limit("s*t/(s*t + 1)", "1", "s -> oo")
    limit("exp(-s*t)", "0", "s -> oo")


def test_a_letter_of_a_sum_is_not_caught():
    """f(u[i]) holds a sum over its own i; the i of u[i] is another one."""
    setting = names().let("h(r)", "Σ(i, r*u[i])")
    assert refusal("h(u[i])*σ(a)", "Σ(i, u[i]*u[i])", "a -> oo", setting)
    limit("h(u[i])*σ(a)", "u[i]*Σ(j, u[j])", "a -> oo", setting)


def test_what_was_fixed_at_a_point_counts():
    begun = Derivation("Fixed", names()).start("a**2*s/(a**2*s + 1) + 1/s")
    there = begun.at("a = 0")
    there.tends_to("0", when="s -> oo")
    with pytest.raises(StepError):
        there.tends_to("1", when="s -> oo")
    begun.at("a = 2").tends_to("1", when="s -> oo")


def test_what_sympy_cannot_be_asked_is_refused():
    setting = names().let("h", "a**2")
    assert "SymPy cannot be asked" in refusal("D(h**2, h)", "0", "a -> 0", setting)
