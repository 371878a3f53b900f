"""What a refused step says."""

import pytest

from cebook_utils import StepError


def fails(step, *given, **more):
    """The message of a step that is refused."""
    with pytest.raises(StepError) as caught:
        step(*given, **more)
    return str(caught.value)


def is_wrong(step, *given, **more):
    """Whether a step is refused with a counterexample."""
    return "counterexample" in fails(step, *given, **more)
