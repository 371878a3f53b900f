"""Log-sum-exp, softmax cross-entropy and its gradient, part by part.

Of the logits z of some classes it is enough to keep a pair (m, s): the largest logit m, and the sum
s = Σ e^{z − m}. Pairs of two parts merge into the pair of both, in any order, so the logits of all
classes need never be in memory together, nor on one machine. Of some samples it is enough to keep
sums and their number. The functions here take the parts one after the other.

Sums are kept in float64 at least, whatever the precision of the logits; results have that of the
logits. The largest term of s is 1, beside which small ones would be lost: so inside this module s − 1
is kept, and tiny losses have the digits that `cebook_utils.numerics.losses` gives them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import ArrayLike

from cebook_utils.numerics.arguments import (
    finite,
    floats,
    numbers,
    over_samples_of,
    part_of_classes,
    refuse,
    whole,
)
from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.labels import Classes
from cebook_utils.numerics.losses import softmax_cross_entropy_with_grad
from cebook_utils.numerics.precision import rounded, total, wide, wide_type
from cebook_utils.numerics.tiles import NUMBERS, largest, parts, tiles

Pair = tuple[Array, Array]  # m and s, or m and s − 1
Summary = tuple[Pair, Array, int]  # as `summary` returns it
Sums = tuple[Array, Array, int]  # as `batch_sums` returns them

Part = TypeVar("Part")


def pair(z: ArrayLike) -> Pair:
    r"""What log-sum-exp needs to know of some of the classes.

    .. math:: m = \max_k z_k, \quad s = \sum_k e^{z_k - m}, \quad \log \sum_k e^{z_k} = m + \log s

    :param z: logits of shape (…, K); −∞ removes a class. Where all are removed, the pair is (−∞, 0)
    :returns: m, and s in float64 at least, each of shape (…)
    :raises ValueError: on NaN and on +∞

    >>> m, s = pair([1000.0, 1000.0, -np.inf])
    >>> print(m, s)
    1000.0 2.0

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.
    """
    m, t = _pair_less_one(z, "z")
    return m, 1 + t


def merge(first: Pair, second: Pair) -> Pair:
    r"""The pair of two parts together, from the pair of each.

    .. math:: (a, s) \oplus (b, t) = (m,\; s e^{a - m} + t e^{b - m}), \quad m = \max(a, b)

    (−∞, 0) changes nothing.

    :param first: a pair of arrays of one shape
    :param second: another, of the same shape
    :returns: such a pair
    :raises ValueError: if the shapes differ, if m is NaN or +∞, and if s is negative or not finite

    >>> m, s = merge(pair([1.0, 3.0]), pair([2.0]))
    >>> print(m, s == pair([1.0, 3.0, 2.0])[1])
    3.0 True

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.1.
    """
    (a, s), (b, t) = _checked(first, "first"), _checked(second, "second")
    m = _larger(a, b)
    shift = _finite(m)
    return m, s * np.exp(_below(a, shift)) + t * np.exp(_below(b, shift))


def streaming_logsumexp(chunks: Iterable[ArrayLike]) -> Array:
    r"""Log-sum-exp of logits that come in chunks of classes.

    .. math:: \log \sum_k e^{z_k} = m + \log s

    Here (m, s) is the pair of all chunks. Memory: one chunk.

    :param chunks: an iterable of arrays of shape (…, K), K from chunk to chunk as you like
    :returns: shape (…)
    :raises ValueError: on NaN, on +∞, without chunks, where no class is left, and if the leading axes
        of the chunks differ

    >>> round(streaming_logsumexp([[1000.0], [1000.0, -np.inf]]) - 1000.0, 6)
    np.float64(0.693147)

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.
    """
    m, t = reduce(_merge_less_one, map(_pair_less_one, _some(chunks)))
    refuse(np.isneginf(m), m, "chunks", "keep at least one class above −∞", "has the largest logit")
    return rounded(wide(m) + np.log1p(t), m)


def streaming_softmax_cross_entropy(chunks: Iterable[ArrayLike], labels: ArrayLike) -> Array:
    r"""Softmax cross-entropy of logits that come in chunks of classes, in nats.

    .. math:: \ell = (m - z_c) + \log s

    Here (m, s) is the pair of all chunks and c the label. Memory: one chunk and three numbers a sample.

    :param chunks: an iterable of arrays of shape (…, K)
    :param labels: integer classes of shape (…), counted through all chunks from 0
    :returns: shape (…)
    :raises ValueError: as :func:`streaming_logsumexp` does, and on labels that are no such classes

    >>> streaming_softmax_cross_entropy([[1.0, 2.0], [3.0]], 1).round(4)
    np.float64(1.4076)

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.
    """
    return loss_of(summary_of_all(chunks, labels), labels)


def streaming_softmax_cross_entropy_grad(
    chunks: Iterable[ArrayLike], labels: ArrayLike
) -> Iterator[Array]:
    r"""The gradient of :func:`streaming_softmax_cross_entropy` in the logits, chunk by chunk.

    .. math:: \frac{\partial \ell}{\partial z_k} = p_k - y_k, \quad p_k = e^{z_k - m}/s

    One pass finds the pair (m, s) of all chunks, a second one the gradient. Memory: one chunk and three
    numbers a sample.

    :param chunks: as for the loss, but to be run through twice: a list, or :class:`ClassChunks`
    :param labels: as for the loss
    :returns: an iterator over arrays of each chunk's shape
    :raises ValueError: as the loss does, and if `chunks` can be run through only once

    >>> for gradient in streaming_softmax_cross_entropy_grad([[1.0, 2.0], [3.0]], 0):
    ...     print(gradient.round(3))
    [-0.91   0.245]
    [0.665]

    Source: Wijmans and others, Cut your losses in large-vocabulary language models (2024), §4.
    """
    if iter(chunks) is chunks:
        raise ValueError("chunks must be a list or the like: an iterator runs only once, not twice")
    everything = summary_of_all(chunks, labels)
    loss_of(everything, labels)  # refuses what has no loss
    for start, chunk in numbered(chunks):
        yield gradient_of(chunk, labels, start, everything)


class ClassChunks:
    """The logits of a linear model, one chunk of classes at a time.

    Z = X θᵀ, but of its C columns no more than `chunk` exist at once. Runs through arrays of shape
    (N, chunk), the last of which may be narrower.

    :param X: features of shape (N, D)
    :param theta: weights of shape (C, D)
    :param chunk: a number of classes
    :raises ValueError: if the shapes do not fit, if chunk is no positive whole number, and where X or
        theta is not finite

    >>> X, theta = np.eye(2), np.arange(6.0).reshape(3, 2)
    >>> [z.shape for z in ClassChunks(X, theta, chunk=2)]
    [(2, 2), (2, 1)]
    >>> float(sum(streaming_softmax_cross_entropy(ClassChunks(X, theta, 2), [2, 2])).round(4))
    0.2859
    """

    def __init__(self, X: ArrayLike, theta: ArrayLike, chunk: int) -> None:
        self.X, self.theta = fitting(X, theta)
        self.chunk = whole(chunk, "chunk", least=1)

    def __iter__(self) -> Iterator[Array]:
        for k in parts(len(self.theta), self.chunk):
            # Looked at here, since to look at all of theta takes memory for all classes.
            yield logits(self.X, finite(self.theta[k], f"theta[{k.start}:]"))


def linear_cross_entropy_with_grad(
    X: ArrayLike, theta: ArrayLike, labels: ArrayLike, chunk: int = 1024
) -> tuple[Array, Array, Array]:
    r"""Mean softmax cross-entropy of a linear model and its gradients, without the logits of all classes.

    .. math::

       L = \frac1N \sum_n \ell_n, \quad Z = X \theta^\top, \qquad
       \frac{\partial L}{\partial X} = \frac1N (P - Y)\, \theta, \quad
       \frac{\partial L}{\partial \theta} = \frac1N (P - Y)^\top X

    The layer and its loss in one: one pass over the classes finds the pair (m, s) of each sample, a
    second one makes the logits again, some samples and one chunk of classes at a time, and what they
    add to the loss and to both gradients. Memory, beside arguments and gradients: a few numbers a
    sample, and one chunk. Logits are not rounded to the precision of X.

    :param X: features of shape (N, D), N ≥ 1
    :param theta: weights of shape (C, D)
    :param labels: integer classes of shape (N,), or distributions of shape (N, C)
    :param chunk: a number of classes
    :returns: a number, an array of shape (N, D) and one of shape (C, D), in the precision of X, X and
        theta
    :raises ValueError: without samples, if the shapes do not fit, if chunk is no positive whole number,
        where X or theta is not finite, and on labels that are neither

    >>> L, in_X, in_theta = linear_cross_entropy_with_grad([[1.0], [2.0]], [[0.0], [0.0]], [0, 1])
    >>> print(L.round(4), in_X.ravel(), in_theta.ravel())
    0.6931 [0. 0.] [ 0.25 -0.25]

    Source: Wijmans and others, Cut your losses in large-vocabulary language models (2024), §4.
    """
    X, theta = fitting(X, theta)
    chunk, N = whole(chunk, "chunk", least=1), len(X)
    if N == 0:
        raise ValueError(f"X must have shape (N, D) with N ≥ 1, but has shape {X.shape}")
    y = over_samples_of((N, len(theta)), labels)
    dtype = np.promote_types(wide_type(X), wide_type(theta))
    losses, in_X = np.zeros(N, dtype), np.zeros(X.shape, dtype)
    in_theta = np.empty(theta.shape, rounded(in_X[:0], theta).dtype)
    m, t = np.full(N, -np.inf, dtype).real, np.full(N, -1, dtype)
    for k, rows in _class_parts(theta, chunk):
        for n in parts(N, NUMBERS // chunk):
            m[n], t[n] = _merge_less_one((m[n], t[n]), _pair_less_one(wide(X[n]) @ rows.T))
    for k, rows in _class_parts(theta, chunk):
        in_rows = np.zeros(rows.shape, dtype)
        for n in parts(N, NUMBERS // chunk):
            below = wide(X[n]) @ rows.T
            below -= m[n, None]
            losses[n] += y.below(below, n, k)
            slopes = y.slopes(np.exp(below, out=below), np.ones(len(below)), t[n], n, k)
            in_X[n] += slopes @ rows
            in_rows += slopes.T @ wide(X[n])
        in_theta[k] = in_rows / N
    losses += y.sums * np.log1p(t)
    return rounded(losses.mean(), X), rounded(in_X / N, X), in_theta


def _class_parts(theta: Array, chunk: int) -> Iterator[tuple[slice, Array]]:
    """Chunks of classes and their weights, widened."""
    for k in parts(len(theta), chunk):
        yield k, wide(finite(theta[k], f"theta[{k.start}:]"))


# Parts of the classes: what each reports, and what it makes of the report on all of them.


def summary(z: ArrayLike, labels: ArrayLike, start: int) -> Summary:
    """What the loss needs to know of the classes from number `start` on.

    Their pair as (m, s − 1), the logit z_c of the label c, or 0 where c is not among them, and the
    number of the first class behind them.

    >>> (m, t), true, stop = summary([2.0, 2.0], 5, start=4)
    >>> print(m, t, true, stop)
    2.0 1.0 2.0 6
    """
    z, y, part = _own(z, labels, start)
    m, t = _pair_less_one(z)
    # The logit of the label as what it is below 0.
    true = -y.below(_rows(z), slice(None), part)
    return (m, t), true.reshape(m.shape)[()], part.stop


def merge_summaries(first: Summary, second: Summary) -> Summary:
    """The summary of two parts together: pairs merge, logits of the label add up."""
    return _merge_less_one(first[0], second[0]), first[1] + second[1], max(first[2], second[2])


def loss_of(everything: Summary, labels: ArrayLike) -> Array:
    """The loss of each sample, ℓ = (m − z_c) + log s, from the summary of all classes."""
    (m, t), true, classes = everything
    c = _of_samples(labels, m.shape)
    refuse((c < 0) | (c >= classes), c, "labels", f"be classes 0 … {classes - 1}")
    refuse(np.isneginf(m), m, "chunks", "keep at least one class above −∞", "has the largest logit")
    return rounded((wide(m) - wide(true)) + np.log1p(t), m)


def gradient_of(z: ArrayLike, labels: ArrayLike, start: int, everything: Summary) -> Array:
    """The gradient in the logits of one part, e^{z_k − m}/s − y_k, from the summary of all classes."""
    z, y, part = _own(z, labels, start)
    (m, t), _, _ = everything
    _of_samples(labels, m.shape)
    m, t, slopes = m.reshape(-1), t.reshape(-1), np.empty_like(_rows(z), order="C")
    for n, e in tiles(slopes):
        np.exp(_below(_rows(z)[n], m[n, None], e), out=e)
        slopes[n] = y.slopes(e, np.ones(len(e)), t[n], n, part)
    return slopes.reshape(z.shape)


def summary_of_all(chunks: Iterable[ArrayLike], labels: ArrayLike) -> Summary:
    """The summary of all chunks together."""
    parts = (summary(chunk, labels, start) for start, chunk in numbered(_some(chunks)))
    return reduce(merge_summaries, parts)


def numbered(chunks: Iterable[ArrayLike]) -> Iterator[tuple[int, ArrayLike]]:
    """Each chunk with the number of its first class."""
    start = 0
    for chunk in chunks:
        yield start, chunk
        start += np.shape(chunk)[-1]


def _own(z: ArrayLike, labels: ArrayLike, start: int) -> tuple[Array, Classes, slice]:
    """The logits of a part, the labels of its samples, and which of all classes are the part's."""
    z, start = part_of_classes(z, "chunk"), whole(start, "start", least=0)
    c = _of_samples(labels, z.shape[:-1])
    return z, Classes(c.reshape(-1)), slice(start, start + z.shape[-1])


def _rows(z: Array) -> Array:
    return z.reshape(-1, z.shape[-1])


def _of_samples(labels: ArrayLike, shape: tuple[int, ...]) -> Array:
    c = numbers(labels, "labels")
    if c.shape != shape or c.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be integer classes of shape {shape}, "
            f"but have shape {c.shape} and dtype {c.dtype}"
        )
    return c


def _checked(pair: Pair, name: str) -> Pair:
    """A pair whose members belong together: broadcasting would make one of samples that never met."""
    m, s = (floats(member, name) for member in pair)
    if m.shape != s.shape:
        raise ValueError(f"m and s of {name} must have one shape, but have {m.shape} and {s.shape}")
    refuse(np.isnan(m) | np.isposinf(m), m, f"m of {name}", "be finite, or −∞ for no class")
    refuse(~np.isfinite(s) | ~(s.real >= 0), s, f"s of {name}", "be finite and not negative")
    return m, wide(s)


def _larger(a: Array, b: Array) -> Array:
    if a.shape != b.shape:
        raise ValueError(
            f"both parts must be of the same samples, but have shapes {a.shape} and {b.shape}"
        )
    return np.maximum(a, b)


def _pair_less_one(z: ArrayLike, name: str = "chunk") -> Pair:
    """The pair of some classes as (m, s − 1): the sum leaves out the largest term, which is 1.

    Where all classes are removed, it is (−∞, −1).
    """
    z = part_of_classes(z, name)
    rows = _rows(z)
    a, m = largest(rows.real)
    t = np.empty(len(rows), wide_type(rows))
    for n, e in tiles(rows):
        _below(rows[n], _finite(m[n])[:, None], e)
        at_a = np.arange(len(e)), a[n]
        # The largest logit itself is real but for a complex step, and z − m is then the step alone.
        first = np.expm1(e[at_a])
        np.exp(e, out=e)
        e[at_a] = first
        t[n] = total(e)
    return m.reshape(z.shape[:-1])[()], t.reshape(z.shape[:-1])[()]


def _merge_less_one(first: Pair, second: Pair) -> Pair:
    """The merge of (a, s − 1) and (b, t − 1). The sum with the larger logit keeps its own −1."""
    (a, s), (b, t) = first, second
    shift = _finite(_larger(a, b))
    return np.maximum(a, b), np.where(
        a >= b,
        s + (1 + t) * np.exp(_below(b, shift)),
        t + (1 + s) * np.exp(_below(a, shift)),
    )[()]


def _below(z: Array, shift: Array, out: Array | None = None) -> Array:
    """z − m. Far below the largest it may overflow to −∞, whose exponential is the 0 meant."""
    with np.errstate(over="ignore"):
        below: Array = np.subtract(wide(z), shift, out=out)
        return below


def _finite(m: Array) -> Array:
    """The largest logit as a shift; 0 where there is none, since −∞ − (−∞) would be NaN."""
    return np.where(np.isneginf(m), 0, m)


def _some(parts: Iterable[Part]) -> Iterator[Part]:
    """The chunks or batches, of which there must be one at least."""
    parts = iter(parts)
    for first in parts:
        return chain([first], parts)
    raise ValueError("there must be at least one chunk or batch, but there is none")


# Parts of the samples.


def batch_sums(X: ArrayLike, labels: ArrayLike, theta: ArrayLike) -> Sums:
    r"""What the mean loss of a linear model needs to know of some of the samples.

    .. math:: \sum_n \ell_n, \qquad \sum_n (p_n - y_n)\, x_n^\top, \qquad N

    Sums, not means: the mean of the means of unequal batches is not the mean. They are in float64 at
    least: many samples are more than float16 can count.

    :param X: features of shape (N, D)
    :param labels: as for :func:`~cebook_utils.numerics.losses.softmax_cross_entropy`
    :param theta: weights of shape (C, D)
    :returns: a number, an array of shape (C, D) and the number N
    :raises ValueError: if the shapes do not fit, and where X or theta is not finite

    >>> loss, gradient, count = batch_sums([[1.0], [1.0]], [0, 1], [[0.0], [0.0]])
    >>> print(loss.round(4), gradient.ravel(), count)
    1.3863 [0. 0.] 2

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.109.
    """
    X, theta = fitting(X, theta)
    X, theta = wide(X), wide(finite(theta, "theta"))
    z = X @ theta.T
    losses, slopes = softmax_cross_entropy_with_grad(z, labels)
    return losses.sum(), slopes.T @ X, len(X)


def add_sums(first: Sums, second: Sums) -> Sums:
    """The sums over two batches together, entry by entry."""
    return first[0] + second[0], first[1] + second[1], first[2] + second[2]


def mean_over_batches(
    batches: Iterable[tuple[ArrayLike, ArrayLike]], theta: ArrayLike
) -> tuple[Array, Array]:
    r"""Mean loss of a linear model and its gradient in the weights, over samples that come in batches.

    .. math:: L = \sum_b \sum_n \ell_{bn} \Big/ \sum_b N_b

    The same is done with the gradients. Memory: one batch.

    :param batches: an iterable of X and labels, as for :func:`batch_sums`, of any sizes
    :param theta: weights of shape (C, D)
    :returns: a number and an array of shape (C, D), in the precision of theta
    :raises ValueError: as :func:`batch_sums` does, and if there is no sample

    >>> L, gradient = mean_over_batches([([[1.0]], [0]), ([[1.0]], [1])], [[0.0], [0.0]])
    >>> print(L.round(4), gradient.ravel())
    0.6931 [0. 0.]
    """
    theta = floats(theta, "theta")
    return means(reduce(add_sums, (batch_sums(X, y, theta) for X, y in _some(batches))), theta)


def means(sums: Sums, theta: Array) -> tuple[Array, Array]:
    """Loss and gradient of the mean, from the sums over all samples, in the precision of theta."""
    loss, gradient, count = sums
    if count == 0:
        raise ValueError("the mean loss needs at least one sample, but there is none")
    return rounded(loss / count, theta), rounded(gradient / count, theta)


def logits(X: Array, theta: Array) -> Array:
    """Z = X θᵀ, in the precision of both, summed over the features in float64 at least."""
    return rounded(wide(X) @ wide(theta).T, X, theta)


def fitting(X: ArrayLike, theta: ArrayLike) -> tuple[Array, Array]:
    """Features of shape (N, D) and weights of shape (C, D), as arrays of floats."""
    X, theta = finite(X, "X"), floats(theta, "theta")
    if X.ndim != 2 or theta.ndim != 2 or X.shape[1] != theta.shape[1]:
        raise ValueError(
            f"X and theta must have shapes (N, D) and (C, D), but have {X.shape} and {theta.shape}"
        )
    return X, theta
