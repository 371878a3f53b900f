"""Log-sum-exp, softmax cross-entropy and its gradient, part by part.

Of the logits z of some classes it is enough to keep a pair (m, s): the largest logit m, and the sum
s = Σ e^{z − m}. Pairs of two parts merge into the pair of both, in any order, so the logits of all
classes need never be in memory together, nor on one machine. Of some samples it is enough to keep
sums and their number. The functions here take the parts one after the other.
"""

from functools import reduce
from itertools import chain

import numpy as np

from cebook_utils.arguments import finite, floats, numbers, part_of_classes, refuse
from cebook_utils.losses import softmax_cross_entropy, softmax_cross_entropy_grad


def pair(z):
    r"""What log-sum-exp needs to know of some of the classes.

    .. math:: m = \max_k z_k, \quad s = \sum_k e^{z_k - m}, \quad \log \sum_k e^{z_k} = m + \log s

    :param z: logits of shape (…, K); −∞ removes a class. Where all are removed, the pair is (−∞, 0)
    :returns: m and s, each of shape (…)
    :raises ValueError: on NaN and on +∞

    >>> m, s = pair([1000.0, 1000.0, -np.inf])
    >>> print(m, s)
    1000.0 2.0

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.
    """
    z = part_of_classes(z, "z")
    m = z.real.max(axis=-1)
    return m, np.exp(z - _finite(m)[..., None]).sum(axis=-1)


def merge(first, second):
    r"""The pair of two parts together, from the pair of each.

    .. math:: (a, s) \oplus (b, t) = (m,\; s e^{a - m} + t e^{b - m}), \quad m = \max(a, b)

    (−∞, 0) changes nothing.

    :param first: a pair of arrays of one shape
    :param second: another
    :returns: such a pair

    >>> m, s = merge(pair([1.0, 3.0]), pair([2.0]))
    >>> print(m, s == pair([1.0, 3.0, 2.0])[1])
    3.0 True

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.1.
    """
    (a, s), (b, t) = first, second
    m = np.maximum(a, b)
    shift = _finite(m)
    return m, s * np.exp(a - shift) + t * np.exp(b - shift)


def streaming_logsumexp(chunks):
    r"""Log-sum-exp of logits that come in chunks of classes.

    .. math:: \log \sum_k e^{z_k} = m + \log s

    Here (m, s) is the pair of all chunks. Memory: one chunk.

    :param chunks: an iterable of arrays of shape (…, K), K from chunk to chunk as you like
    :returns: shape (…)
    :raises ValueError: on NaN, on +∞, without chunks, and where no class is left

    >>> round(streaming_logsumexp([[1000.0], [1000.0, -np.inf]]) - 1000.0, 6)
    np.float64(0.693147)

    Source: Milakov and Gimelshein, Online normalizer calculation for softmax (2018), §3.
    """
    m, s = reduce(merge, map(pair, _some(chunks)))
    refuse(np.isneginf(m), m, "chunks", "keep at least one class above −∞", "has the largest logit")
    return m + np.log(s)


def streaming_softmax_cross_entropy(chunks, labels):
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


def streaming_softmax_cross_entropy_grad(chunks, labels):
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
    :raises ValueError: if the shapes do not fit, if chunk is not positive, and where X or theta is
        not finite

    >>> X, theta = np.eye(2), np.arange(6.0).reshape(3, 2)
    >>> [z.shape for z in ClassChunks(X, theta, chunk=2)]
    [(2, 2), (2, 1)]
    >>> float(sum(streaming_softmax_cross_entropy(ClassChunks(X, theta, 2), [2, 2])).round(4))
    0.2859
    """

    def __init__(self, X, theta, chunk):
        self.X, self.theta = _fitting(X, theta)
        if chunk < 1:
            raise ValueError(f"chunk must be at least 1, but is {chunk}")
        self.chunk = chunk

    def __iter__(self):
        for start in range(0, len(self.theta), self.chunk):
            # Looked at here, since to look at all of theta takes memory for all classes.
            rows = finite(self.theta[start : start + self.chunk], f"theta[{start}:]")
            yield self.X @ rows.T


# Parts of the classes: what each reports, and what it makes of the report on all of them.


def summary(z, labels, start):
    """What the loss needs to know of the classes from number `start` on.

    Their pair (m, s), the logit z_c of the label c, or 0 where c is not among them, and the number
    of the first class behind them.

    >>> (m, s), true, stop = summary([2.0, 2.0], 5, start=4)
    >>> print(m, s, true, stop)
    2.0 2.0 2.0 6
    """
    z, own = _own(z, labels, start)
    return pair(z), np.where(own, z, 0).sum(axis=-1), start + z.shape[-1]


def merge_summaries(first, second):
    """The summary of two parts together: pairs merge, logits of the label add up."""
    return merge(first[0], second[0]), first[1] + second[1], max(first[2], second[2])


def loss_of(everything, labels):
    """The loss of each sample, ℓ = (m − z_c) + log s, from the summary of all classes."""
    (m, s), true, classes = everything
    c = np.asarray(labels)
    refuse((c < 0) | (c >= classes), c, "labels", f"be classes 0 … {classes - 1}")
    refuse(np.isneginf(m), m, "chunks", "keep at least one class above −∞", "has the largest logit")
    return (m - true) + np.log(s)


def gradient_of(z, labels, start, everything):
    """The gradient in the logits of one part, e^{z_k − m}/s − y_k, from the summary of all classes."""
    z, own = _own(z, labels, start)
    (m, s), _, _ = everything
    return np.exp(z - m[..., None]) / s[..., None] - own


def summary_of_all(chunks, labels):
    """The summary of all chunks together."""
    parts = (summary(chunk, labels, start) for start, chunk in numbered(_some(chunks)))
    return reduce(merge_summaries, parts)


def numbered(chunks):
    """Each chunk with the number of its first class."""
    start = 0
    for chunk in chunks:
        yield start, chunk
        start += np.shape(chunk)[-1]


def _own(z, labels, start):
    """The logits of a part, and where among them each sample's label is."""
    z, c = part_of_classes(z, "chunk"), numbers(labels, "labels")
    if c.shape != z.shape[:-1] or c.dtype.kind not in "iu":
        raise ValueError(
            f"labels must be integer classes of shape {z.shape[:-1]}, "
            f"but have shape {c.shape} and dtype {c.dtype}"
        )
    return z, np.arange(start, start + z.shape[-1]) == c[..., None]


def _finite(m):
    """The largest logit as a shift; 0 where there is none, since −∞ − (−∞) would be NaN."""
    return np.where(np.isneginf(m), 0, m)


def _some(parts):
    """The chunks or batches, of which there must be one at least."""
    parts = iter(parts)
    for first in parts:
        return chain([first], parts)
    raise ValueError("there must be at least one chunk or batch, but there is none")


# Parts of the samples.


def batch_sums(X, labels, theta):
    r"""What the mean loss of a linear model needs to know of some of the samples.

    .. math:: \sum_n \ell_n, \qquad \sum_n (p_n - y_n)\, x_n^\top, \qquad N

    Sums, not means: the mean of the means of unequal batches is not the mean.

    :param X: features of shape (N, D)
    :param labels: as for :func:`~cebook_utils.losses.softmax_cross_entropy`
    :param theta: weights of shape (C, D)
    :returns: a number, an array of shape (C, D) and the number N
    :raises ValueError: if the shapes do not fit, and where X or theta is not finite

    >>> loss, gradient, count = batch_sums([[1.0], [1.0]], [0, 1], [[0.0], [0.0]])
    >>> print(loss.round(4), gradient.ravel(), count)
    1.3863 [0. 0.] 2

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.109.
    """
    X, theta = _fitting(X, theta)
    z = X @ finite(theta, "theta").T
    slopes = softmax_cross_entropy_grad(z, labels)
    return softmax_cross_entropy(z, labels).sum(), slopes.T @ X, len(X)


def add_sums(first, second):
    """The sums over two batches together, entry by entry."""
    return tuple(one + other for one, other in zip(first, second, strict=True))


def mean_over_batches(batches, theta):
    r"""Mean loss of a linear model and its gradient in the weights, over samples that come in batches.

    .. math:: L = \sum_b \sum_n \ell_{bn} \Big/ \sum_b N_b

    The same is done with the gradients. Memory: one batch.

    :param batches: an iterable of X and labels, as for :func:`batch_sums`, of any sizes
    :param theta: weights of shape (C, D)
    :returns: a number and an array of shape (C, D)
    :raises ValueError: as :func:`batch_sums` does, and if there is no sample

    >>> L, gradient = mean_over_batches([([[1.0]], [0]), ([[1.0]], [1])], [[0.0], [0.0]])
    >>> print(L.round(4), gradient.ravel())
    0.6931 [0. 0.]
    """
    return means(reduce(add_sums, (batch_sums(X, y, theta) for X, y in _some(batches))))


def means(sums):
    """Loss and gradient of the mean, from the sums over all samples."""
    loss, gradient, count = sums
    if count == 0:
        raise ValueError("the mean loss needs at least one sample, but there is none")
    return loss / count, gradient / count


def _fitting(X, theta):
    X, theta = finite(X, "X"), floats(theta, "theta")
    if X.ndim != 2 or theta.ndim != 2 or X.shape[1] != theta.shape[1]:
        raise ValueError(
            f"X and theta must have shapes (N, D) and (C, D), but have {X.shape} and {theta.shape}"
        )
    return X, theta
