"""Hypothesis strategies: the arrays over which the laws of the losses are tested."""

import numpy as np
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

# Slow machines must not fail a law, and a failure must be the same one everywhere.
law = settings(deadline=None, derandomize=True, max_examples=60)

SHAPES = st.tuples(st.integers(0, 3), st.integers(1, 6))  # (N, C), also the empty batch and C = 1


def floats(low, high):
    return st.floats(low, high, allow_subnormal=False)


@st.composite
def logits(draw, shape=SHAPES, bound=1e4):
    return draw(arrays(float, draw(shape), elements=floats(-bound, bound)))


@st.composite
def distributions(draw, shape=SHAPES):
    """Distributions over the last axis, also with zeros."""
    weights = draw(arrays(float, draw(shape), elements=st.just(0.0) | floats(1e-6, 1)))
    weights[..., 0] += weights.sum(axis=-1) == 0
    return weights / weights.sum(axis=-1, keepdims=True)


@st.composite
def pairs(draw, first, second):
    """Two arrays of one shape (N, C)."""
    shape = st.just(draw(SHAPES))
    return draw(first(shape)), draw(second(shape))


@st.composite
def logits_and_classes(draw):
    z = draw(logits())
    return z, draw(arrays(np.int64, len(z), elements=st.integers(0, z.shape[1] - 1)))
