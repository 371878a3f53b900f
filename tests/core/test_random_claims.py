"""Claims made at random: whatever the core proves, a second opinion finds true."""

from formulas import FORMULAS, vocabulary
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from mutations import changed_texts
from second_opinion import Undefined, World, holds

from cebook_utils import Derivation, Setting, StepError

WORLD = vocabulary(World())
SETTING = vocabulary(Setting())

# Fixed examples: a slow or unlucky formula is met on every run or never.
EXAMPLES = settings(
    max_examples=120,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)


@st.composite
def claims(draw):
    """A formula, and the same one with a slip."""
    before = draw(FORMULAS)
    changed = [text for _, text in changed_texts(before, WORLD)]
    return before, draw(st.sampled_from(changed or [before]))


def is_proved(step, after):
    """Whether the core proves a step; it may refuse it, but not break."""
    try:
        step(after)
    except StepError:
        return False
    return True


def is_true(before, after, relation):
    """Whether a claim holds wherever both sides have a value."""
    try:
        return holds(WORLD, before, after, relation)
    except Undefined:
        return True


@EXAMPLES
@given(claims())
def test_no_false_equation_is_proved(claim):
    before, after = claim
    try:
        chain = Derivation("Random", SETTING).start(before)
    except StepError:
        return
    if is_proved(chain.equals, after):
        assert is_true(before, after, "=")


@EXAMPLES
@given(FORMULAS)
def test_no_false_inequality_is_proved(formula):
    try:
        chain = Derivation("Random", SETTING).start(formula)
    except StepError:
        return
    if is_proved(chain.at_least, "0"):
        assert is_true(formula, "0", ">=")
    elif is_proved(chain.less_than, "0"):
        assert not is_true(formula, "0", ">=")
