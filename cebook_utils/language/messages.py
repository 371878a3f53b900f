"""What a wrong, unreadable or unproved step raises: the message is the lesson."""

from __future__ import annotations

from typing import Any

from cebook_utils.kernel.terms import Refused

# The media type under which a notebook stores a refuted line beside its message.
REFUTED = "application/vnd.cebook.refuted+json"


class StepError(Exception):
    """A step that is wrong, or that could be neither refuted nor proved.

    In a notebook only the message is shown: the reader is to see the two sides and the
    counterexample, not the inside of the checker. A refuted line is stored there as data too, from
    which a page sets its formula and the table of its counterexample.
    """

    def __init__(self, message: str, refuted: dict[str, Any] | None = None):
        super().__init__(message)
        self.refuted = refuted

    def _render_traceback_(self) -> list[str]:
        if self.refuted is not None:
            from IPython.display import publish_display_data  # a notebook is asking, so it is there

            publish_display_data({REFUTED: self.refuted})
            self.refuted = None  # IPython asks twice
        return str(self).splitlines()


class ReadingError(StepError):
    """A string that is not in the notation, or that uses a name its setting does not have."""

    def __init__(self, text: str, place: int | None, problem: str):
        pointed = "" if place is None else f"\n    {text}\n    {' ' * place}^"
        super().__init__(f"{problem}{pointed}")


def reading_error(refused: Refused) -> ReadingError:
    """The kernel's refusal as its author reads it: the reason, the line, a pointer to the place.

    >>> from cebook_utils.kernel.setting import Setting
    >>> try:
    ...     Setting().read("2*3 + x")
    ... except Refused as refused:
    ...     print(reading_error(refused))
    there is no name 'x': declare it, or define it with let
        2*3 + x
              ^
    """
    return ReadingError(refused.text, refused.place if refused.text else None, refused.why)
