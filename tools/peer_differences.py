"""Arguments on which the libraries differ, and why this package does what it does (`make peers`).

The answers of the others are measured, not asserted: a newer release may give another one, and the
table then shows it.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import scipy.special
import sklearn.metrics
import torch
from peer_errors import OURS
from peer_routes import (
    OPTAX,
    SCIPY,
    SKLEARN,
    TORCH,
    optax_binary_loss,
    optax_hard_loss,
    optax_soft_loss,
    tensor,
    torch_binary_loss,
    torch_softmax_loss,
)

from cebook_utils.numerics import losses

INF, NAN = np.inf, np.nan
REFUSES = "refuses"


@dataclass(frozen=True)
class Difference:
    """What is asked, what this package answers, why, and how each library is asked."""

    what: str
    ours: object  # REFUSES, or the number
    reason: str
    routes: dict[str, Callable[[], object]]


def softmax_loss(z, y):
    """How each library is asked for the loss of one sample."""
    z, y = np.array([z], float), np.array([y])
    hard = y.dtype.kind == "i"
    return {
        OURS: lambda: losses.softmax_cross_entropy(z, y),
        TORCH: lambda: torch_softmax_loss(tensor(z), tensor(y)),
        OPTAX: lambda: (optax_hard_loss if hard else optax_soft_loss)(z, y),
        SCIPY: lambda: (
            -scipy.special.log_softmax(z, axis=-1)[0, y]
            if hard
            else -(y * scipy.special.log_softmax(z, axis=-1)).sum(axis=-1)
        ),
    }


def binary_loss(z, y):
    z, y = np.array(z, float), np.array(y, float)
    return {
        OURS: lambda: losses.sigmoid_binary_cross_entropy(z, y),
        TORCH: lambda: torch_binary_loss(tensor(z), tensor(y)),
        OPTAX: lambda: optax_binary_loss(z, y),
    }


def class_loss(c, q):
    q = np.array(q, float)
    return {
        OURS: lambda: losses.cross_entropy(np.eye(len(q))[c], q),
        TORCH: lambda: torch.nn.functional.binary_cross_entropy(
            tensor(q[[c]]), torch.ones(1, dtype=torch.float64)
        ),
        SKLEARN: lambda: sklearn.metrics.log_loss([c], [q], labels=range(len(q))),
    }


DIFFERENCES = [
    Difference(
        "a soft label of 0 at a class removed by −∞",
        np.log1p(np.exp(-1.0)),
        "0 log 0 = 0: a class that cannot be, and is not, costs nothing; as a product 0 · ∞ is NaN",
        softmax_loss([1.0, 0.0, -INF], [1.0, 0.0, 0.0]),
    ),
    Difference(
        "a label at a class removed by −∞",
        INF,
        "what was held to be impossible and happens costs ∞",
        softmax_loss([1.0, 0.0, -INF], 2),
    ),
    Difference(
        "a certain prediction that is wrong",
        INF,
        "−log 0 is ∞; to clip it to 36 or 100 hides that the model excluded what happened",
        class_loss(0, [0.0, 1.0]),
    ),
    Difference(
        "a logit that is NaN",
        REFUSES,
        "the sample is named while it is known; a NaN spreads, and where it came from is lost",
        softmax_loss([NAN, 0.0], 1),
    ),
    Difference(
        "a logit of +∞",
        REFUSES,
        "∞ − ∞ has no value, so no softmax has one",
        softmax_loss([INF, 0.0], 0),
    ),
    Difference(
        "all classes removed",
        REFUSES,
        "there is no distribution over no classes",
        softmax_loss([-INF, -INF], 0),
    ),
    Difference(
        "a class that is not there",
        REFUSES,
        "it is a slip in the data; an index that is clipped, or wraps, learns something else",
        softmax_loss([1.0, 0.0], 2),
    ),
    Difference(
        "the class −1",
        REFUSES,
        "a negative number counts from the end in Python and marks padding elsewhere: say which samples count",
        softmax_loss([1.0, 0.0], -1),
    ),
    Difference(
        "the class −100",
        REFUSES,
        "PyTorch leaves such samples out; to select them, and to know their number, is the caller's",
        softmax_loss([1.0, 0.0], -100),
    ),
    Difference(
        "soft labels that sum to 1.1",
        REFUSES,
        "the gradient p − y holds only where they sum to one",
        softmax_loss([1.0, 0.0], [0.6, 0.5]),
    ),
    Difference(
        "a soft label below 0",
        REFUSES,
        "it is no probability",
        softmax_loss([1.0, 0.0], [1.1, -0.1]),
    ),
    Difference(
        "a binary label of 2",
        REFUSES,
        "the loss falls without bound, and training runs away",
        binary_loss([1.0], [2.0]),
    ),
    Difference(
        "binary labels of shape (2,) for logits of shape (2, 1)",
        REFUSES,
        "broadcasting gives 4 losses for 2 samples",
        binary_loss([[1.0], [0.0]], [1.0, 0.0]),
    ),
    Difference(
        "a binary logit of −∞ with the label 0",
        REFUSES,
        "a binary logit is finite: its loss and its derivative have no value at ∞ for the other label",
        binary_loss([-INF], [0.0]),
    ),
]


def answers(difference):
    """What each library makes of it, and whether this package does what it says."""
    found = {library: ask(route) for library, route in difference.routes.items()}
    ours = found[OURS]
    if difference.ours == REFUSES:
        kept = ours == REFUSES
    else:
        kept = ours != REFUSES and np.isclose(float(ours), float(difference.ours), rtol=1e-5)
    return {
        "what": difference.what,
        "reason": difference.reason,
        "answers": found,
        "as said": bool(kept),
    }


def ask(route):
    try:
        values = np.asarray(route())
    except (ValueError, IndexError, RuntimeError, TypeError):
        return REFUSES
    if values.size > 1:
        return f"an array of shape {values.shape}"
    return f"{float(values.reshape(())):.6g}"
