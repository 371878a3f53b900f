"""Both lines of a step have a value everywhere: else it is told where one has none."""

import pytest

from cebook_utils import Derivation, Setting

from .refused import fails


def names():
    setting = Setting().index("i j k", "C").real("z[i] a b").positive("s").nonnegative("q")
    return setting.let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))").let("zero", "a - a")


def begun(line, setting=None):
    return Derivation("Hole", setting or names()).start(line)


@pytest.mark.parametrize(
    ("before", "after", "says"),
    [
        ("(a**2 - b**2)/(a - b)", "a + b", "a division by a - b"),
        ("log(a**2)", "log(abs(a)**2)", "a = 0"),
        ("q*log(q)", "log(q)*q", "q = 0 (the logarithm of q): declare where q > 0"),
        ("a/a", "1", "declare where a != 0"),
        ("Σ(i, z[i]/z[i])", "C", "a division by z[i]"),
        ("sqrt(a)**2", "a", "a root, of a"),
        ("D(abs(a), a)", "a/abs(a)", "a = 0"),
    ],
)
def test_a_line_without_a_value_is_told_with_a_point_and_the_remedy(before, after, says):
    message = fails(begun(before).equals, after)
    assert message.startswith('Step 1 of "Hole" is not proved: line 1 has no value at ')
    assert says in message


def test_the_line_that_has_no_value_is_counted():
    message = fails(begun("a").equals, "a**2/a")
    assert "line 2 has no value at a = 0" in message
    assert "line 3 has no value" in fails(begun("a").equals("1*a").equals, "a**2/a")


@pytest.mark.parametrize(
    ("condition", "before", "after"),
    [
        ("a != 0", "a**2/a", "a"),
        ("a != 0", "log(a**2)", "log(abs(a)**2)"),
        ("a - b != 0", "(a**2 - b**2)/(a - b)", "a + b"),
        ("a > 0", "sqrt(a)**2", "a"),
        ("0 < a < 1", "log(1-a) + log(a)", "log(a - a**2)"),
        ("q > 0", "q*log(q)", "log(q)*q"),
        ("z[i] != 0", "Σ(i, z[i]/z[i])", "C"),
    ],
)
def test_with_its_condition_declared_the_step_is_proved(condition, before, after):
    fails(begun(before).equals, after)
    begun(before, names().where(condition)).equals(after)


def test_a_condition_that_cannot_hold_is_refused():
    assert fails(names().where, "s < 0")
    assert fails(names().where("a > 1").where, "a < 1")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("D(b, a)/D(b, a)", "1"),
        ("D(b, a)**(-1)*D(b, a)", "1"),
        ("a", "a*D(p[i], a)/D(p[i], a)"),
        ("zero/zero", "1"),
        ("D(b, a)*Σ(i, z[i])/(D(b, a)*Σ(j, z[j]))", "1"),
        ("Σ(i, D(b, z[i])/D(b, z[i]))", "C"),
        ("Σ(i, z[i]/δ(i,k))", "z[k]"),
        ("Σ(i, z[i]*δ(i,k)/δ(i,k))", "z[k]"),
        ("z[i]*δ(i,k)/δ(i,k)", "z[i]*δ(i,k)"),
        ("log(-s)", "log(-s)"),
        ("1/(a-a)", "1/(b-b)"),
        ("log(-1)", "0"),
        ("sqrt(-3)", "sqrt(-3)"),
        ("a/0", "a/0"),
        ("0**(-1)", "0**(-1)"),
    ],
)
def test_nothing_is_divided_by_what_is_zero(before, after):
    """A line without any value is equal to nothing, not even to itself."""
    setting = names()
    with pytest.raises(Exception) as caught:
        begun(before, setting).equals(after)
    assert caught.type.__name__ in ("StepError", "ReadingError")


def test_what_is_zero_at_the_point_divides_nothing():
    assert "cannot be looked at where a = 0" in fails(begun("a**2/a").at, "a = 0")
    begun("a**2/a").at("a = 3").equals("3")


def test_what_is_small_divides():
    begun("a/exp(-50)").equals("a*exp(50)")
    begun("a/(s*10**(-20))").equals("a*10**20/s")
