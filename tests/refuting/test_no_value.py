"""A line without a value somewhere is told so, with the point, the part and the remedy."""

import pytest

from cebook_utils.kernel.consistency import declare, declared
from cebook_utils.kernel.terms import Param, subterms
from cebook_utils.language.printer import text
from cebook_utils.refuting.undefined import condition, describe, no_value

LINES = [
    ("index", "i k", "C"), ("real", "z"), ("real", "w"), ("real", "x[i]"), ("nonnegative", "q"),
    ("positive", "s"), ("unit", "u"), ("let", "sqrt(t)", "t**(1/2)"), ("let", "p", "1/(1+exp(-z))"),
    ("fold", "max(a, b)", "(a + b + abs(a - b))/2"),
]  # fmt: skip
SETTING = declared(LINES)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("log(z + 3)", "z = -3 (the logarithm of z + 3): declare where z > -3"),
        ("log(2 - z)", "z = 2 (the logarithm of 2 - z): declare where z < 2"),
        ("1/z", "z = 0 (a division by z): declare where z != 0"),
        ("1/(2*z - w)", "(a division by 2*z - w): declare where 2*z - w != 0"),
        ("sqrt(z - 1/2)", "z = 0.5 (a broken power, or a root, of z - 1/2): declare where z > 1/2"),
        ("D(abs(z), z)", "z = 0 (a derivative of the absolute value of z): declare where z != 0"),
        ("D(max(z, 2*w), z)", "(a derivative of the absolute value of z - 2*w)"),
        ("D(max(z, w, s), w)", "(a derivative of the absolute value of "),
        ("Σ(i, D(max(x[i], 0), x[i]))", "(a derivative of the absolute value of x[i]"),
        ("q*log(q)", "q = 0 (the logarithm of q): declare where q > 0"),
        ("Σ(i, 1/x[i])", "(a division by x[i])"),
        ("x[3]", "(the index 3 does not exist for C = 1)"),
        ("log(1 - 2*p)", "(the logarithm of 1 - 2*p): declare where 1 - 2*p > 0"),
    ],
)
def test_the_point_the_part_and_the_remedy(line, message):
    hole = no_value(SETTING, SETTING.read(line))
    found = describe(2, hole, text)
    assert found.startswith("line 2 has no value at ")
    assert message in found


@pytest.mark.parametrize("line", ["log(s)", "log(u) + log(1-u)", "1/(1+z**2)", "sqrt(s)*q", "p/p"])
def test_a_line_with_a_value_everywhere_has_no_hole(line):
    assert no_value(SETTING, SETTING.read(line)) is None


@pytest.mark.parametrize(
    ("line", "witness"),
    [("log(z + 3)", "1"), ("log(2 - z)", "1"), ("1/z", "1"), ("sqrt(z - 1/2)", "1"),
     ("D(abs(z), z)", "1")],
)  # fmt: skip
def test_the_remedy_helps(line, witness):
    advice = condition(no_value(SETTING, SETTING.read(line)), text)
    name, relation, bound = advice.split()
    mended = declare(SETTING, "where", name, relation, bound, name, witness)
    assert no_value(mended, mended.read(line)) is None


def test_given_values_are_kept_and_unreadable_ones_find_nothing():
    line = SETTING.read("1/(z - w)")
    assert no_value(SETTING, line, point=(("z", "2"), ("w", "1"))) is None
    assert no_value(SETTING, line, point=(("z", "2"), ("w", "2"))).values["z", ()] == 2
    assert no_value(SETTING, line, point=(("z", "("),)) is None


@pytest.mark.parametrize(
    "line", ["D(max(z, w), z)", "D(max(z, w, s), z)", "D(max(max(z, 0), w), w)", "max(1/z, 1/w)"]
)
def test_no_parameter_of_a_function_is_shown(line):
    """Its reader wrote other names: the part to blame is told in these."""
    hole = no_value(SETTING, SETTING.read(line))
    assert not any(isinstance(x, Param) for x in subterms(hole.part))
    assert "a - b" not in describe(2, hole, text)
