"""A refusal of the kernel as its author reads it: the reason, the line, a pointer to the place."""

import pytest

from cebook_utils.kernel.terms import Refused
from cebook_utils.language.messages import ReadingError, StepError, reading_error

from .terms import SETTING


@pytest.mark.parametrize(
    ("line", "reason", "pointer"),
    [
        ("a + x", "there is no name 'x'", "    ^"),
        ("2*a^2", "write a power with two stars: x**2", "   ^"),
        ("2a", "a star is missing: write 2*a", " ^"),
        ("(a", "')' is missing here", "  ^"),
    ],
)
def test_a_pointer_stands_under_the_place(line, reason, pointer):
    with pytest.raises(Refused) as refused:
        SETTING.read(line)
    said = reading_error(refused.value)
    assert isinstance(said, ReadingError) and isinstance(said, StepError)
    first, shown, below = str(said).splitlines()
    assert first.startswith(reason) and shown == f"    {line}" and below == f"    {pointer}"


def test_a_refusal_of_no_line_has_no_pointer():
    said = reading_error(Refused("bad declaration", "a setting has at most 200 lines"))
    assert str(said) == "a setting has at most 200 lines"
    assert said._render_traceback_() == ["a setting has at most 200 lines"]
