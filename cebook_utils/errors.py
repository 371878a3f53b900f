"""What a wrong, unreadable or unproved step raises: the message is the lesson."""


class StepError(Exception):
    """A step that is wrong, or that could be neither refuted nor proved.

    In a notebook only the message is shown: the reader is to see the two sides and the
    counterexample, not the inside of the checker.
    """

    def _render_traceback_(self):
        return str(self).splitlines()


class ReadingError(StepError):
    """A string that is not in the notation, or that uses a name its setting does not have."""

    def __init__(self, text, place, problem):
        pointed = "" if place is None else f"\n    {text}\n    {' ' * place}^"
        super().__init__(f"{problem}{pointed}")
