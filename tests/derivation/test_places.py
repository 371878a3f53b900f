"""Points and limits in a chain: what is fixed stays fixed, and a limit bears another stamp."""

import pytest

from cebook_utils import Derivation, Setting
from corpus.derivations.binary import squared_error_over_logit

from .refused import fails, is_wrong


def begun(line):
    return Derivation("Witness", squared_error_over_logit(Setting())).start(line)


# Points.


def test_a_value_at_a_point_goes_down_the_chain():
    begun("D(D(L, z), z)").at("z = -3, y = 1").less_than("0")
    chain = begun("z**2 + y").at("z = -3").equals("9 + y").at("y = 1").equals("10")
    assert is_wrong(chain.equals, "11")


def test_two_points_keep_both_and_show_both():
    chain = begun("z**2 + y").at("z = -3").at("y = 1").equals("10")
    assert chain.lines[-1].point.values == (("z", "-3"), ("y", "1"))
    assert r"z = -3,\, y = 1" in chain._repr_latex_()
    assert "at z = -3, y = 1" in repr(chain)
    assert is_wrong(begun("z**2 + y").at("z = -3").at("y = 1").equals, "z**2 + 2")
    certificate = chain.certificates()[0]
    assert certificate["steps"][0]["point"] == [["z", "-3"], ["y", "1"]]


def test_a_point_below_a_line_does_not_free_what_was_fixed_above():
    chain = begun("z**2 + y").at("z = -3").equals("9 + y").at("y = 1")
    chain.equals("z**2 + 1")
    assert is_wrong(chain.equals, "z**2 + 2")


@pytest.mark.parametrize("again", ["z = 2", "z = -3", "y = 1, z = 0"])
def test_a_name_is_fixed_once(again):
    assert "one value at a point" in fails(begun("z**2 + y").at("z = -3").at, again)


@pytest.mark.parametrize(
    ("value", "after"), [("1/2", "1/4"), ("0.5", "1/4"), ("-1/3", "1/9"), ("2**3", "64")]
)
def test_a_point_is_a_rational_number(value, after):
    """1/2 is worked out by the evaluator of the kernel, denominators and all."""
    begun("z**2").at(f"z = {value}").equals(after)


@pytest.mark.parametrize(
    "point",
    [
        "", "z", "z =", "q = 1", "z = x", "z == 1", "i = 1", "z = 1, z = 2", "z = 1/0", "p = 1/2",
        "z = oo", "z = exp(1)", "z = 1,", "= 1", "L = 0", "z = y",
    ],
)  # fmt: skip
def test_an_unreadable_point_is_refused(point):
    assert fails(begun("z").at, point).strip()


@pytest.mark.parametrize(
    ("declare", "point"),
    [
        (lambda s: s.positive("s"), "s = -1"),
        (lambda s: s.positive("s"), "s = 0"),
        (lambda s: s.nonnegative("s"), "s = -1/2"),
        (lambda s: s.unit("s"), "s = 2"),
        (lambda s: s.unit("s"), "s = 1"),
        (lambda s: s.binary("s"), "s = 1/2"),
        (lambda s: s.index("i", "C").distribution("s[i]"), "s[1] = -1"),
    ],
)
def test_a_point_outside_the_domain_is_refused(declare, point):
    """sqrt(s**2) is s for a positive s only: at s = -1 that would be -1."""
    chain = Derivation("Outside", declare(Setting())).start(point.partition(" =")[0])
    assert fails(chain.at, point)


def test_a_point_where_a_condition_fails_is_refused():
    setting = Setting().real("z").where("z > 1")
    assert "cannot be looked at where z = 0" in fails(
        Derivation("Outside", setting).start("z").at, "z = 0"
    )
    Derivation("Inside", setting).start("z").at("z = 2").equals("2")


# Limits.


def test_a_limit_bears_no_check_mark():
    chain = begun("p").equals("1/(1+exp(-z))").tends_to("1", when="z -> oo")
    assert repr(chain).splitlines()[-1] == "  → 1 as z → oo"
    assert chain._repr_latex_().count(r"\overset{\checkmark}") == 1
    assert r"\xrightarrow[z \to \infty]{}" in chain._repr_latex_()
    assert "by SymPy: → 1" in chain.report()
    assert len(chain.certificates()) == 1


def test_a_line_behind_a_limit_is_checked_again():
    chain = begun("x*p").tends_to("x", when="z -> oo")
    assert r"\checkmark" in chain.equals("x*1")._repr_latex_()
    assert is_wrong(chain.equals, "2*x")
    assert is_wrong(chain.equals, "x*p")


def test_the_number_of_a_step_counts_limits_and_no_points():
    chain = begun("x*p").equals("p*x").tends_to("x", when="z -> oo").at("x = 1")
    assert fails(chain.equals, "2").startswith('Step 3 of "Witness" is wrong.')


def test_an_infinite_limit_ends_a_chain():
    chain = Derivation("Up", Setting().real("z")).start("exp(z)").tends_to("oo", when="z -> oo")
    assert fails(chain.equals, "oo") == '"Up" ends in an infinite limit.'
    assert r"\infty" in chain._repr_latex_()


@pytest.mark.parametrize("when", ["", "z", "z ->", "-> oo", "z = oo", "q -> oo", "z -> y",
                                  "i -> oo", "z -> oo -> 1", "p -> 1", "z -> exp(1)"])  # fmt: skip
def test_an_unreadable_limit_is_refused(when):
    assert fails(begun("z").tends_to, "0", when=when).strip()


def test_a_place_that_is_no_text_is_named():
    assert "not int: 5" in fails(begun("z").at, 5)
    assert "not float: 0.5" in fails(begun("z").tends_to, "0", when=0.5)


@pytest.mark.parametrize(
    ("declare", "when"),
    [
        (lambda s: s.positive("s"), "s -> -oo"),
        (lambda s: s.positive("s"), "s -> -1"),
        (lambda s: s.positive("s"), "s -> 0-"),
        (lambda s: s.unit("s"), "s -> oo"),
        (lambda s: s.unit("s"), "s -> 1+"),
        (lambda s: s.binary("s"), "s -> 0"),
    ],
)
def test_a_limit_outside_the_domain_is_refused(declare, when):
    chain = Derivation("Outside", declare(Setting())).start("s**2")
    limit = "1" if "1" in when else "0" if "0" in when else "oo"
    assert "leaves the domain" in fails(chain.tends_to, limit, when=when)


def test_a_derivation_needs_a_start():
    chain = Derivation("No start", Setting().real("a"))
    for step in ("equals", "at_most", "at_least", "less_than", "greater_than"):
        assert "call start(…)" in fails(getattr(chain, step), "a")
    assert "call start(…)" in fails(chain.tends_to, "0", when="a -> oo")
    assert "call start(…)" in fails(chain.at, "a = 1")
    assert chain._repr_latex_() is None and chain._repr_mimebundle_() == {}
