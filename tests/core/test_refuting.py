"""Every wrong step is refused, with its place, both sides, a counterexample and checked hints."""

import re

import pytest
import second_opinion
from wrong_steps import REFUTED, UNREADABLE

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.errors import ReadingError

TITLE = "A wrong step"
NUMBER = r"-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|oo)"


def failure(wrong):
    """What taking the wrong step fails with."""
    chain = Derivation(TITLE, wrong.declare(Setting())).start(wrong.before)
    if wrong.at:
        chain = chain.at(wrong.at)
    with pytest.raises(StepError) as caught:
        getattr(chain, wrong.method)(wrong.after, because="a slip", **wrong.keywords())
    return caught.value


@pytest.mark.parametrize("wrong", REFUTED, ids=lambda wrong: wrong.name)
def test_a_wrong_step_is_refuted_with_a_counterexample(wrong):
    error = failure(wrong)
    message = str(error)
    assert not isinstance(error, ReadingError)
    assert re.search(rf'^Step \d+ of "{TITLE}" is wrong\.$', message, re.MULTILINE)
    assert wrong.before in message
    assert wrong.after in message
    assert "(a slip)" in message
    assert "counterexample:" in message
    assert re.search(rf"left  side = {NUMBER}", message)
    assert re.search(rf"right side = {NUMBER}", message)
    if wrong.hint:
        assert wrong.hint in message


@pytest.mark.parametrize("wrong", REFUTED, ids=lambda wrong: wrong.name)
def test_a_second_opinion_agrees_that_it_is_wrong(wrong):
    world = wrong.declare(second_opinion.World())
    fixed = dict(re.findall(r"(\w+) = (\S+?)(?:,|$)", wrong.at)) if wrong.at else {}
    if wrong.when:
        assert not second_opinion.limit_holds(
            world, wrong.before, wrong.after, wrong.when, wrong.using, fixed
        )
    else:
        relation = {"equals": "=", "at_most": "<=", "at_least": ">="}[wrong.method]
        assert not second_opinion.holds(
            world, wrong.before, wrong.after, relation, wrong.using, fixed
        )


@pytest.mark.parametrize("wrong", UNREADABLE, ids=lambda wrong: wrong.name)
def test_a_step_that_cannot_be_read_points_at_the_place(wrong):
    error = failure(wrong)
    assert isinstance(error, ReadingError)
    assert wrong.after in str(error)
    assert "^" in str(error)


def test_the_wrong_steps_are_many_and_named_apart():
    names = [wrong.name for wrong in REFUTED + UNREADABLE]
    assert len(REFUTED) >= 40
    assert len(set(names)) == len(names)


def test_the_step_number_counts_the_steps_before():
    chain = Derivation("Third", Setting().real("a b")).start("a*b + a")
    chain = chain.equals("b*a + a", because="commute").equals("a*(b+1)", because="collect")
    with pytest.raises(StepError, match=r'^Step 3 of "Third" is wrong'):
        chain.equals("a*(b-1)", because="a slip")


def test_a_refused_step_leaves_the_chain_as_it_was():
    chain = Derivation("Unchanged", Setting().real("a b")).start("a*b")
    with pytest.raises(StepError):
        chain.equals("a+b", because="a slip")
    assert len(chain.steps) == 1
    assert chain.equals("b*a", because="commute").steps[-1].status == "proved"


def test_the_counterexample_can_be_recomputed_by_hand():
    chain = Derivation("Product", Setting().real("a b")).start("a*b")
    with pytest.raises(StepError) as caught:
        chain.equals("a+b", because="a slip")
    message = str(caught.value)
    a = float(re.search(r"\ba = (-?[\d.]+)", message)[1])
    b = float(re.search(r"\bb = (-?[\d.]+)", message)[1])
    left = float(re.search(r"left  side = (\S+)", message)[1])
    right = float(re.search(r"right side = (\S+)", message)[1])
    assert left == pytest.approx(a * b, rel=1e-6)
    assert right == pytest.approx(a + b, rel=1e-6)


def test_the_same_wrong_step_gets_the_same_message():
    first, second = (str(failure(REFUTED[5])) for _ in range(2))
    assert first == second


def holds_up_to_size_four(setting):
    return setting.index("i", "C").real("z[i] t")


BEYOND_THE_SEARCH = [
    ("t*(C-1)*(C-2)*(C-3)*(C-4)", "0"),
    ("max(t, 5)", "5"),
    ("abs(t - 3)", "3 - t"),
    ("t + exp(-10**4)", "t"),
    ("log(exp(t) + exp(-10**4))", "t"),
]


@pytest.mark.parametrize(("before", "after"), BEYOND_THE_SEARCH, ids=lambda text: text)
def test_what_the_search_cannot_refute_is_still_not_proved(before, after):
    """False, but only at sizes or values that no counterexample search draws."""
    chain = Derivation("Beyond", holds_up_to_size_four(Setting())).start(before)
    with pytest.raises(StepError):
        chain.equals(after, because="it looks like it")


FALSE_HINTS = [
    # (setting, before, after, a hint that would be false)
    (lambda s: s.real("a b"), "a*b", "a+b", "sign"),
    (lambda s: s.index("i k", "C").distribution("y[i]"), "y[i]", "y[k] + 1", "cite"),
    (lambda s: s.index("i k", "C").real("u[i]"), "u[i]*u[k]", "u[k]**2 + 1", "only for"),
    (lambda s: s.index("i", "C").real("u[i]"), "Σ(i, u[i])", "Σ(i, u[i]**2)", "sum or mean"),
]


@pytest.mark.parametrize(("declare", "before", "after", "hint"), FALSE_HINTS)
def test_no_hint_is_printed_that_does_not_hold(declare, before, after, hint):
    chain = Derivation("No hint", declare(Setting())).start(before)
    with pytest.raises(StepError) as caught:
        chain.equals(after, because="a slip")
    hints = [line for line in str(caught.value).splitlines() if "hint:" in line]
    assert not any(hint in line for line in hints)
