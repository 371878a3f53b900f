"""Every wrong step is refused, with its place, both sides, a counterexample and checked hints."""

import re

import pytest

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.kernel.certificates import Step
from cebook_utils.language.messages import ReadingError
from corpus.second_opinion import objection
from corpus.wrong_steps import REFUTED, UNREADABLE

NUMBER = r"-?(?:\d+(?:\.\d+)?(?:e[+-]?\d+)?|inf|oo)"
LIMITS = [wrong for wrong in REFUTED if wrong.when]
STEPS = [wrong for wrong in REFUTED if not wrong.when]


def failure(wrong):
    """What taking the wrong step fails with."""
    with pytest.raises(StepError) as caught:
        wrong.take(wrong.begun(), because="a slip")
    return caught.value


@pytest.mark.parametrize("wrong", STEPS, ids=lambda wrong: wrong.name)
def test_a_wrong_step_is_refuted_with_a_counterexample(wrong):
    error = failure(wrong)
    message = str(error)
    assert not isinstance(error, ReadingError)
    assert message.startswith('Step 1 of "A wrong step" is wrong.\n')
    assert wrong.before in message
    assert wrong.after in message
    assert "(a slip)" in message
    assert "counterexample:" in message
    assert re.search(rf"left  side = {NUMBER}", message)
    assert re.search(rf"right side = {NUMBER}", message)
    if wrong.hint:
        assert wrong.hint in message


@pytest.mark.parametrize("wrong", STEPS, ids=lambda wrong: wrong.name)
def test_a_second_opinion_agrees_that_it_is_wrong(wrong):
    chain = wrong.begun()
    point = chain.lines[-1].point
    step = Step(wrong.sign, wrong.after, wrong.using, point=point.values if point else ())
    assert objection(chain.proofs[-1], step)


@pytest.mark.parametrize("wrong", LIMITS, ids=lambda wrong: wrong.name)
def test_a_wrong_limit_is_told_with_the_right_one(wrong):
    message = str(failure(wrong))
    assert message.startswith('Step 1 of "A wrong step" is not shown.\n')
    assert "limit is" in message or "the limit " in message


@pytest.mark.parametrize("wrong", UNREADABLE, ids=lambda wrong: wrong.name)
def test_a_step_that_cannot_be_read_points_at_the_place(wrong):
    error = failure(wrong)
    assert isinstance(error, ReadingError)
    assert wrong.after in str(error)
    assert "^" in str(error)


def test_the_wrong_steps_are_many_and_named_apart():
    names = [wrong.name for wrong in (*REFUTED, *UNREADABLE)]
    assert len(STEPS) >= 65 and len(LIMITS) >= 4
    assert len(set(names)) == len(names)


def test_the_step_number_counts_the_steps_before():
    chain = Derivation("Third", Setting().real("a b")).start("a*b + a")
    chain = chain.equals("b*a + a", because="commute").equals("a*(b+1)", because="collect")
    with pytest.raises(StepError, match=r'^Step 3 of "Third" is wrong'):
        chain.equals("a*(b-1)", because="a slip")


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


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("t*(C-1)*(C-2)*(C-3)*(C-4)*(C-5)*(C-6)*(C-7)", "0"),
        ("max(t, 10**12)", "10**12"),
        ("abs(t - 10**9)", "10**9 - t"),
        ("t + exp(-10**6)", "t"),
        ("log(exp(t) + exp(-10**6))", "t"),
    ],
)
def test_what_the_search_cannot_refute_is_still_not_proved(before, after):
    """False, but only at sizes or values that no search for a counterexample draws."""
    setting = Setting().index("i", "C").real("z[i] t")
    with pytest.raises(StepError):
        Derivation("Beyond", setting).start(before).equals(after, because="it looks like it")


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
