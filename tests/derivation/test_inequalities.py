"""Orders: what is proved as it stands, what a gap proves, lemmas, and signs of whole chains."""

import pytest

from cebook_utils import Derivation, Setting

from .refused import fails, is_wrong


def squares():
    return Setting().index("i", "C").real("a b u[i]").positive("s t").unit("f")


def bound(line):
    return Derivation("Bound", squares()).start(line)


def test_a_gap_is_the_difference_and_cannot_be_negative():
    bound("a**2 + b**2").at_least("2*a*b", gap="(a-b)**2")


@pytest.mark.parametrize("gap", ["(a+b)**2", "2*(a-b)**2", "(a-b)**2 + 1", "0", "-(a-b)**2", "1/a"])
def test_a_wrong_gap_is_refused(gap):
    fails(bound("a**2 + b**2").at_least, "2*a*b", gap=gap)


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("exp(a)", "1 + a", "exp(a) - 1 - a"),
        ("a**4 + 1", "2*a**2 - a**4/10**6", "a**4 + 1 - 2*a**2 + a**4/10**6"),
    ],
)
def test_what_is_true_but_no_certificate_is_not_proved(before, after, gap):
    message = fails(bound(before).at_least, after, gap=gap)
    assert message.startswith('Step 1 of "Bound" is not proved')
    assert "No counterexample was found" in message


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("a**3 + 8", "0", "a**3 + 8"),
        ("a", "-2", "a + 2"),
        ("s - 1/20", "0", "s - 1/20"),
        ("Σ(i, exp(u[i])) + a", "a + 1/10**6", "Σ(i, exp(u[i])) - 1/10**6"),
        ("a", "-3", "abs(a + 3)"),  # never negative, but the difference only for a ≥ -3
        ("a", "-2", "sqrt((a + 2)**2)"),
        ("a", "-10**9", "a + 10**9"),
    ],
)
def test_a_gap_that_is_not_negative_somewhere_only_is_refused(before, after, gap):
    fails(bound(before).at_least, after, gap=gap)


def test_an_inequality_that_needs_a_gap_says_so():
    assert "gap=" in fails(bound("exp(a)").at_least, "1 + a")


@pytest.mark.parametrize(
    ("before", "after", "gap"),
    [
        ("s + 1", "s", "1"),
        ("Σ(i, u[i]**2)", "0", "Σ(i, u[i]**2)"),
        ("1", "f", "1 - f"),
        ("f", "f**2", "f*(1-f)"),
        ("s/t + t/s", "2", "(s-t)**2/(s*t)"),
        ("s + 1/s", "2", "(s-1)**2/s"),
    ],
)
def test_squares_and_positive_quantities_are_gaps(before, after, gap):
    bound(before).at_least(after, gap=gap)


def test_strict_and_weak_signs():
    bound("exp(a)").greater_than("0")
    assert is_wrong(bound("a**2").greater_than, "0")
    bound("a**2").at_least("0")
    bound("f").less_than("1", gap="1 - f")
    fails(bound("f").less_than, "1", gap="f - 1")


def test_a_chain_does_not_turn_around():
    chain = bound("a**2 + 1").at_least("1")
    assert "both up and down" in fails(chain.at_most, "2", gap="1")
    assert "both up and down" in fails(chain.less_than, "2")
    chain.greater_than("0").equals("1 - 1")


# Lemmas.


@pytest.mark.parametrize(
    "body",
    [
        "t - 1",
        "log(t) - t + 1",
        "t - 2 - log(t)",
        "t**2 - 1 - log(t)",
        "(t-1)**3",
        "(t-1)**2 - (t-1)**4/100",
        "1/(t-2)**2 - 1 - 2*(t-1)",  # a pole: g(1) = g'(1) = 0 and g'' > 0, but -4 at t = 3
        "t - 1 - log(t) - (t-1)**2/1000",
        "-(t - 1 - log(t))",
    ],
)
def test_a_lemma_that_is_false_or_not_proved_is_refused(body):
    assert fails(Setting().lemma, "g(t)", body).strip()


@pytest.mark.parametrize("body", ["t - 1 - log(t)", "t*log(t) - t + 1", "(t-1)**2"])
def test_a_convex_lemma_that_touches_zero_at_one_is_proved(body):
    setting = Setting().positive("s").lemma("g(t)", body)
    chain = Derivation("Lemma", setting).start("g(s)").at_least("0")
    assert is_wrong(chain.at_least, "1/100")


def test_a_lemma_says_nothing_outside_its_domain():
    setting = Setting().real("a").positive("s").lemma("g(t)", "t - 1 - log(t)")
    fails(Derivation("Outside", setting).start("g(s)*a").at_least, "0", gap="g(s)*a")
    fails(Derivation("Outside", setting).start("g(a)").at_least, "0")


# Proved, or an error: there is no third stamp.


def root():
    return Derivation("Root", Setting().positive("s t")).start("sqrt(s+t+2*sqrt(s*t))")


def test_what_is_neither_refuted_nor_proved_is_an_error():
    message = fails(root().equals, "sqrt(s) + sqrt(t)")
    assert message.startswith('Step 1 of "Root" is not proved.\n')
    assert "The kernel says: " in message
    assert "No counterexample was found. Split it into smaller steps." in message


def test_no_argument_makes_a_step_pass_unproved():
    for word in ("numeric", "trust", "force", "proved"):
        with pytest.raises(TypeError):
            root().equals("sqrt(s) + sqrt(t)", **{word: True})


def test_there_is_no_slope_at_a_kink():
    setting = Setting().real("z").let("h", "max(0, 1-z)")
    chain = Derivation("Kink", setting).start("D(h, z)")
    assert "cannot be looked at where z = 1" in fails(chain.at, "z = 1")
    Derivation("Beside the kink", setting).start("D(h, z)").at("z = 1/2").equals("-1")
