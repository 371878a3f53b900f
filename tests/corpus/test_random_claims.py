"""Claims made at random: whatever the kernel proves, a second opinion finds true."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cebook_utils.kernel.certificates import Step, begin
from cebook_utils.kernel.terms import Refused
from cebook_utils.language.printer import text
from corpus.second_opinion import objection
from corpus.slips import changed_texts
from tests.language.terms import SETTING, TERMS

# Fixed examples: a slow or unlucky formula is met on every run or never.
EXAMPLES = settings(
    max_examples=150,
    derandomize=True,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
)


@st.composite
def claims(draw):
    """A formula, and the same one with a slip."""
    before = text(draw(TERMS))
    try:
        changed = [line for _, line in changed_texts(before, SETTING)]
    except SyntaxError:
        changed = []
    return before, draw(st.sampled_from(changed or [before]))


def agreed(before, step):
    """Whether the kernel refuses a step, or nothing speaks against it."""
    try:
        chain = begin(SETTING, "Random", before)
        chain.step(step)
    except Refused:
        return True
    return objection(chain, step) == ""


@EXAMPLES
@given(claims())
def test_no_false_equation_is_proved(claim):
    before, after = claim
    assert agreed(before, Step("=", after))


@EXAMPLES
@given(TERMS)
def test_no_false_inequality_is_proved(term):
    for sign in "≥<":
        assert agreed(text(term), Step(sign, "0"))
