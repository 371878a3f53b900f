"""What a refused step says, and a setting in which texts are read."""

import pytest

from cebook_utils import Setting, StepError


def fails(step, *given, **more):
    """The message of a step that is refused."""
    with pytest.raises(StepError) as caught:
        step(*given, **more)
    return str(caught.value)


def is_wrong(step, *given, **more):
    """Whether a step is refused with a counterexample."""
    return "counterexample" in fails(step, *given, **more)


READ_IN = (
    Setting()
    .index("i j k", "C")
    .index("r", "R")
    .let("σ(t)", "1/(1+exp(-t))")
    .real("z[i] w[j] W[k,r] a b")
    .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
)
