"""Random arguments for the losses, and what the definitions say of them, by mpmath (`make peers`)."""

from dataclasses import dataclass

import mpmath
import numpy as np

DTYPES = (np.float16, np.float32, np.float64)
# Samples and classes: also one of each, few classes for many samples, and the reverse.
SHAPES = ((1, 1), (1, 2), (3, 3), (2, 5), (1, 10), (70, 2), (4, 17), (1, 100))
LAYOUTS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "strided": lambda z: np.repeat(z, 2, axis=-1)[..., ::2],
    "reversed": lambda z: z[..., ::-1].copy()[..., ::-1],
}
LOGITS = ("ordinary", "small", "wide", "far", "offset", "tied", "confident", "removed", "extreme")
SOFT = ("spread", "with zeros", "nearly one")
DIGITS = 30
SAMPLES, CLASSES = 3, 10  # the most of an array whose values are compared


@dataclass(frozen=True)
class Case:
    """Logits of some samples, labels as classes and as distributions, and two distributions."""

    kind: str
    layout: str
    z: np.ndarray
    c: np.ndarray
    y: np.ndarray
    p: np.ndarray
    q: np.ndarray

    def describe(self):
        return f"{self.kind} logits, {self.z.shape[0]} × {self.z.shape[1]}, {self.layout}"


def case(number):
    """The case of a number: the same everywhere."""
    rng = np.random.default_rng([12, number])
    dtype, shape = DTYPES[number % 3], SHAPES[number // 3 % len(SHAPES)]
    kind = LOGITS[number // 24 % len(LOGITS)]
    layout = list(LAYOUTS)[rng.integers(len(LAYOUTS))]
    z, c = logits(rng, kind, shape, dtype), rng.integers(shape[1], size=shape[0])
    y, p, q = (distribution(rng, rng.choice(SOFT), shape, dtype) for _ in range(3))
    lay = LAYOUTS[layout]
    return Case(kind, layout, lay(z), c, lay(y), lay(p), lay(q))


def logits(rng, kind, shape, dtype):
    z = rng.normal(size=shape)
    # Products stay in the format: float16 ends at 65,504.
    largest = float(np.finfo(dtype).max)
    match kind:
        case "ordinary":
            z = 3 * z
        case "small":
            z = 1e-3 * z
        case "wide":
            z = 40 * z
        case "far":
            z = rng.uniform(-1e4, 1e4, shape)
        case "offset":
            z = z + rng.choice([-1, 1]) * min(10 ** rng.uniform(2, 6), largest / 4)
        case "tied":
            z = rng.integers(-2, 3, shape)
        case "confident":
            z[:, rng.integers(shape[1])] += rng.uniform(10, 80)
        case "removed":
            gone = rng.random(shape) < 0.5
            gone[np.arange(len(z)), rng.integers(shape[1], size=len(z))] = False
            z = np.where(gone, -np.inf, 3 * z)
        case "extreme":
            z = largest / 4 * rng.uniform(-1, 1, shape)
    return np.asarray(z).astype(dtype)


def distribution(rng, kind, shape, dtype):
    if kind == "nearly one":
        y = np.full(shape, float(np.finfo(dtype).eps))
        y[np.arange(len(y)), rng.integers(shape[1], size=len(y))] = 1
    else:
        y = rng.dirichlet(np.ones(shape[1]), shape[0])
        if kind == "with zeros":
            y[rng.random(shape) < 0.5] = 0
            y[:, 0] += y.sum(axis=-1) == 0
    return (y / y.sum(axis=-1, keepdims=True)).astype(dtype)


# The definitions, with as many digits as the smallest term asks for. Each gives the values of one
# sample, and for each the size by whose last place its error is counted: the value's own, or where the
# value is a difference, that of the larger part.


def precision(z):
    """Digits that hold 1 + e^{−|z_j − z_k|} and 1 + e^{−|z|}."""
    kept = z[np.isfinite(z)].astype(float)
    return DIGITS + int(min(750, max(abs(kept).max(), np.ptp(kept))) / 2.3)


def numbers(row):
    return [mpmath.mpf(float(x)) for x in row]


class Definitions:
    """All that is defined by one sample: logits z, class c, labels y, distributions p and q."""

    def __init__(self, z, c, y, p, q):
        finite = np.isfinite(z).all()
        self.c, self.y = int(c), numbers(y)
        self.z, self.p, self.q = numbers(z), numbers(p), numbers(q)
        self.largest = max(self.z)
        e = [mpmath.exp(t - self.largest) for t in self.z]
        self.s = mpmath.fsum(e)
        self.softmaxes = [t / self.s for t in e]
        # As z − lse, which is the definition where e^z is 0 at any number of digits.
        self.lse = self.largest + mpmath.log(self.s)
        self.logs = [t - self.lse for t in self.z]
        self.sides = [both_sides(t) for t in self.z] if finite else []

    def logsumexp(self):
        return [(self.lse, max(abs(self.largest), mpmath.log(self.s), abs(self.lse)))]

    def softmax(self):
        return [(p, p) for p in self.softmaxes]

    def log_softmax(self):
        return [(t, t) for t in self.logs]

    def hard_loss(self):
        return [(-self.logs[self.c],) * 2]

    def soft_loss(self):
        loss = -mpmath.fsum(y * t for y, t in zip(self.y, self.logs, strict=True) if y)
        return [(loss, loss)]

    def hard_gradient(self):
        return [difference(p, mpmath.mpf(k == self.c)) for k, p in enumerate(self.softmaxes)]

    def soft_gradient(self):
        return [difference(p, y) for p, y in zip(self.softmaxes, self.y, strict=True)]

    def sigmoid(self):
        return [(p, p) for p, _ in self.sides]

    def binary_loss(self):
        sides = zip(self.sides, self.y, strict=True)
        losses = [
            -(y * mpmath.log(p) if y else 0) - ((1 - y) * mpmath.log(not_p) if y != 1 else 0)
            for (p, not_p), y in sides
        ]
        return [(loss, loss) for loss in losses]

    def binary_gradient(self):
        return [difference(p, y) for (p, _), y in zip(self.sides, self.y, strict=True)]

    def entropy(self):
        return [(mpmath.fsum(-p * mpmath.log(p) for p in self.p if p),) * 2]

    def cross_entropy(self):
        pairs = [(p, q) for p, q in zip(self.p, self.q, strict=True) if p]
        if any(q == 0 for _, q in pairs):
            return [(mpmath.inf, mpmath.inf)]
        return [(mpmath.fsum(-p * mpmath.log(q) for p, q in pairs),) * 2]

    def cross_entropy_of_classes(self):
        q = self.q[self.c]
        return [(-mpmath.log(q) if q else mpmath.inf,) * 2]

    def kl_divergence(self):
        """Of Σ p log(p/q) − p + q; the terms are positive."""
        if any(q == 0 < p for p, q in zip(self.p, self.q, strict=True)):
            return [(mpmath.inf, mpmath.inf)]
        terms = [
            (p * mpmath.log(p / q) if p else 0) - p + q for p, q in zip(self.p, self.q, strict=True)
        ]
        return [(mpmath.fsum(terms),) * 2]


def both_sides(z):
    return 1 / (1 + mpmath.exp(-z)), 1 / (1 + mpmath.exp(z))


def difference(p, y):
    """p − y, counted in the last place of the larger of p (1 − y) and (1 − p) y."""
    return p - y, max(p * (1 - y), (1 - p) * y)
