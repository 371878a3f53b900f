"""The losses of the book and their gradients, in NumPy.

Every function works over the last axis, which runs over the classes, or element by element, which
is what the binary case means; leading axes are samples. Cross-entropies are in nats. A loss is one
per sample, or one per element in the binary case and for the squared error: whether to sum them or
to take their mean is said where it is done.

Arrays of floats keep their precision: float32 in, float32 out, and a loss has the precision of its
logits. What lies between is computed in float64 at least, and rounded once. A value too large for its
precision is ∞, and NumPy warns. A body branches on real parts only, so that a complex step passes
through it. Masked arrays are refused: their masks would be lost.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import ArrayLike

from cebook_utils.numerics.arguments import (
    Logits,
    distribution,
    distributions,
    finite,
    logits_and_binary_labels,
    logits_and_labels,
    prediction_and_label,
    removable,
)
from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.precision import rounded, total, wide
from cebook_utils.numerics.tiles import ONE_BY_ONE, parts, tiles


def sigmoid(z: ArrayLike) -> Array:
    r"""The logistic function, which turns a logit into a probability.

    .. math:: \sigma(z) = \frac{1}{1 + e^{-z}} = \frac{e^z}{1 + e^z}

    The first form is computed for z ≥ 0 and the second for z < 0, so that nothing overflows.

    :param z: finite logits of any shape
    :returns: an array of that shape
    :raises ValueError: if z is not finite

    >>> sigmoid(0.0)
    np.float64(0.5)
    >>> sigmoid([-1000.0, 0.0, 1000.0])
    array([0. , 0.5, 1. ])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.59.
    """
    z = finite(z, "z")
    flat, p = z.reshape(-1), np.empty(z.size, z.dtype)
    for n in parts(z.size, ONE_BY_ONE):
        p[n] = _sigmoid(wide(flat[n]))
    return p.reshape(z.shape)[()]


def logsumexp(z: ArrayLike) -> Array:
    r"""The logarithm of a sum of exponentials, a smooth maximum.

    .. math::

       \log \sum_k e^{z_k} = z_a + \log \Bigl(1 + \sum_{k \ne a} e^{z_k - z_a}\Bigr),
       \quad z_a = \max_k z_k

    The largest term is the 1, beside which what the others add is not lost. So a confident row keeps
    its digits where z_a = 0: the relative error is a few \|z_k\| ε, with the second largest z_k and
    the unit of rounding ε. With another z_a, the sum has the digits of a number as large as z_a.

    :param z: logits of shape (…, C); −∞ removes a class
    :returns: shape (…)
    :raises ValueError: on NaN, on +∞ and where no class is left

    >>> round(logsumexp([1000.0, 1000.0]) - 1000.0, 6)
    np.float64(0.693147)
    >>> print(f"{logsumexp([0.0, -40.0]):.4g}")
    4.248e-18

    Source: Blanchard, Higham and Higham, IMA J. Numer. Anal. 41 (2021), 2311–2330.
    """
    logits = removable(z, "z")
    lse = np.empty_like(logits.largest)
    for n, _, top, others in _exponentials(logits):
        lse[n] = wide(logits.largest[n]) + np.log1p(others / top)
    return lse.reshape(logits.shape[:-1])[()]


def softmax(z: ArrayLike) -> Array:
    r"""Logits turned into a distribution over the classes.

    .. math:: p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}

    Computed with the largest logit subtracted from all.

    :param z: logits of shape (…, C); a class with −∞ gets p = 0
    :returns: shape (…, C)
    :raises ValueError: on NaN, on +∞ and where no class is left

    >>> softmax([0.0, np.log(3.0)]).round(6)
    array([0.25, 0.75])
    >>> softmax([1000.0, 1000.0, -np.inf])
    array([0.5, 0.5, 0. ])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.62.
    """
    logits = removable(z, "z")
    p = np.empty_like(logits.z, order="C")
    for n, e, top, others in _exponentials(logits):
        e /= (top + others)[:, None]
        p[n] = e
    return p.reshape(logits.shape)


def log_softmax(z: ArrayLike) -> Array:
    r"""The logarithm of the softmax, finite where the softmax itself underflows to 0.

    .. math::

       \log p_k = (z_k - z_a) - \log \Bigl(1 + \sum_{j \ne a} e^{z_j - z_a}\Bigr),
       \quad z_a = \max_j z_j

    Both parts have one sign, so each log p has the few \|z_j - z_a\| ε of :func:`logsumexp` as its
    relative error, also where p is close to 1.

    :param z: logits of shape (…, C); a class with −∞ gets log p = −∞
    :returns: shape (…, C)
    :raises ValueError: on NaN, on +∞ and where no class is left

    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])
    >>> print(f"{log_softmax([50.0, 10.0])[0]:.4g}")
    -4.248e-18

    Source: Blanchard, Higham and Higham, IMA J. Numer. Anal. 41 (2021), 2311–2330.
    """
    logits = removable(z, "z")
    log_p = np.empty_like(logits.z, order="C")
    for n, e, top, others in _exponentials(logits):
        below = np.subtract(logits.z[n], wide(logits.largest[n, None]), out=e)
        below -= np.log1p(others / top)[:, None]
        log_p[n] = below
    return log_p.reshape(logits.shape)


def entropy(p: ArrayLike) -> Array:
    r"""The entropy of a distribution: the mean surprise, in nats.

    .. math:: H(p) = -\sum_k p_k \log p_k, \quad 0 \log 0 = 0

    :param p: distributions of shape (…, C)
    :returns: shape (…)
    :raises ValueError: if p is not a distribution

    >>> round(entropy([0.5, 0.5]), 6)
    np.float64(0.693147)
    >>> entropy([1.0, 0.0])
    np.float64(0.0)

    Source: Cover and Thomas, Elements of Information Theory (2006), §2.1.
    """
    p = distribution(p, "p")
    return rounded(total(_surprise(wide(p), wide(p))), p)


def cross_entropy(p: ArrayLike, q: ArrayLike) -> Array:
    r"""The mean surprise of one who believes q while p is true, in nats.

    .. math:: H(p, q) = -\sum_k p_k \log q_k, \quad 0 \log 0 = 0

    It is ∞ where q = 0 < p for some class.

    :param p: true distributions of shape (…, C)
    :param q: believed distributions, of the same C; leading axes broadcast
    :returns: shape (…)
    :raises ValueError: if either is not a distribution, or if the shapes do not fit

    >>> round(cross_entropy([0.9, 0.1], [0.6, 0.4]), 3)
    np.float64(0.551)
    >>> round(cross_entropy([0.6, 0.4], [0.9, 0.1]), 3)
    np.float64(0.984)
    >>> cross_entropy([0.5, 0.5], [1.0, 0.0])
    np.float64(inf)

    Source: Goodfellow, Bengio and Courville, Deep Learning (2016), §3.13.
    """
    p, q = distributions(p, q)
    return rounded(total(_surprise(wide(p), wide(q))), p, q)


def kl_divergence(p: ArrayLike, q: ArrayLike) -> Array:
    r"""What believing q costs above the entropy of the true p, in nats.

    .. math::

       \mathrm{KL}(p \Vert q) = \sum_k p_k \log \frac{p_k}{q_k}
       = \sum_k \Bigl(p_k \log \frac{p_k}{q_k} - p_k + q_k\Bigr), \quad 0 \log 0 = 0

    The second sum is the same, as p and q both sum to one, and none of its terms is negative. Each is
    computed to a few rounding errors, also where p is close to q, so the sum is never below 0 and
    keeps its digits. Where p and q were rounded and sum to one only nearly, it is the divergence of
    what they are after division by their sums, up to the square of what is missing to one. Slopes in
    single entries are those of the second sum: log(p/q) in p, and 1 − p/q in q.

    It is ∞ where q = 0 < p for some class.

    :param p: true distributions of shape (…, C)
    :param q: believed distributions, of the same C; leading axes broadcast
    :returns: shape (…)
    :raises ValueError: if either is not a distribution, or if the shapes do not fit

    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75]), 6)
    np.float64(0.143841)
    >>> kl_divergence([0.2, 0.8], [0.2, 0.8])
    np.float64(0.0)
    >>> print(f"{kl_divergence([0.5, 0.5], [0.5 + 1e-9, 0.5 - 1e-9]):.4g}")
    2e-18

    Source: Kullback and Leibler, Ann. Math. Stat. 22 (1951), 79–86.
    """
    p, q = distributions(p, q)
    return rounded(total(_excess(wide(p), wide(q))), p, q)


def sigmoid_binary_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Array:
    r"""The binary cross-entropy of the prediction σ(z), from the logit z, in nats.

    .. math::

       \ell &= -y \log \sigma(z) - (1 - y) \log(1 - \sigma(z)) \\
            &= \max(z, 0)\,(1 - y) - \min(z, 0)\,y + \log(1 + e^{-|z|})

    No part of the second line is negative, so nothing cancels, neither far out nor for labels near 0
    or 1: the error is at most 4 units in the last place.

    :param logits: finite, any shape
    :param labels: in [0, 1], of the same shape, or one label for all
    :returns: one loss for each logit
    :raises ValueError: if a logit is not finite, a label is outside [0, 1], or the shapes differ

    >>> sigmoid_binary_cross_entropy([0.0, -1000.0, 1000.0], [1, 1, 1]).round(6)
    array([6.93147e-01, 1.00000e+03, 0.00000e+00])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.90.
    """
    z, y = logits_and_binary_labels(logits, labels)
    flat, loss = z.reshape(-1), np.empty(z.size, z.dtype)
    for n in parts(z.size, ONE_BY_ONE):
        distance, e, share = _distances(flat[n], _label(y, n))
        np.log1p(e, out=e)
        e += np.multiply(distance, share, out=distance)
        loss[n] = e
    return loss.reshape(z.shape)[()]


def sigmoid_binary_cross_entropy_grad(logits: ArrayLike, labels: ArrayLike) -> Array:
    r"""The gradient of :func:`sigmoid_binary_cross_entropy` with respect to the logits.

    .. math:: \frac{\partial \ell}{\partial z} = \sigma(z) - y = p - y

    Arguments and errors as for the loss.

    :returns: the shape of the logits

    >>> sigmoid_binary_cross_entropy_grad([0.0, 0.0], [1, 0])
    array([-0.5,  0.5])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.91.
    """
    z, y = logits_and_binary_labels(logits, labels)
    flat, slopes = z.reshape(-1), np.empty(z.size, z.dtype)
    for n in parts(z.size, ONE_BY_ONE):
        _, e, share = _distances(flat[n], _label(y, n))
        # p − y as p (1 − y) − (1 − p) y, so that no digit is lost where p is close to y.
        own = (1 - share) * e
        slope = np.where(flat[n].real < 0, own - share, share - own)
        slope /= np.add(1, e, out=e)
        slopes[n] = slope
    return slopes.reshape(z.shape)[()]


def softmax_cross_entropy(logits: ArrayLike, labels: ArrayLike) -> Array:
    r"""The cross-entropy between the labels and the softmax of the logits, in nats.

    .. math:: \ell = -\sum_k y_k \log p_k, \quad p = \mathrm{softmax}(z), \quad 0 \log 0 = 0

    A class with y = 0 costs nothing, not even at z = −∞; a class with y > 0 costs ∞ there. No part of
    the sum is negative, so the loss has the small relative error of :func:`log_softmax`, also where it
    is tiny.

    :param logits: shape (…, C)
    :param labels: distributions of shape (…, C), or integer classes 0 … C − 1 of shape (…)
    :returns: shape (…)
    :raises ValueError: on NaN or +∞ in the logits, on labels that are neither, and on other shapes

    >>> softmax_cross_entropy([[1.0, 2.0, 3.0], [0.0, 0.0, -1000.0]], [1, 2]).round(4)
    array([   1.4076, 1000.6931])
    >>> softmax_cross_entropy([1.0, 2.0, 3.0], [0.0, 1.0, 0.0]).round(4)
    np.float64(1.4076)
    >>> print(f"{softmax_cross_entropy([50.0, 10.0], 0):.4g}")
    4.248e-18

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.108.
    """
    z, y = logits_and_labels(logits, labels)
    loss = np.empty_like(z.largest)
    for n, _, top, others in _exponentials(z):
        loss[n] = y.loss(z.z[n], wide(z.largest[n]), np.log1p(others / top), n)
    return loss.reshape(z.shape[:-1])[()]


def softmax_cross_entropy_grad(logits: ArrayLike, labels: ArrayLike) -> Array:
    r"""The gradient of :func:`softmax_cross_entropy` with respect to the logits.

    .. math:: \frac{\partial \ell}{\partial z_k} = p_k - y_k

    This holds because the labels sum to one. Arguments and errors as for the loss.

    :returns: the shape of the logits

    >>> softmax_cross_entropy_grad([1.0, 2.0, 3.0], 0).round(3)
    array([-0.91 ,  0.245,  0.665])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.109.
    """
    z, y = logits_and_labels(logits, labels)
    slopes = np.empty_like(z.z, order="C")
    for n, e, top, others in _exponentials(z):
        slopes[n] = y.slopes(e, top, others, n)
    return slopes.reshape(z.shape)


def softmax_cross_entropy_with_grad(logits: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    r"""The loss :func:`softmax_cross_entropy` and its gradient, from the same exponentials.

    .. math:: \ell = -\sum_k y_k \log p_k, \qquad \frac{\partial \ell}{\partial z_k} = p_k - y_k

    Arguments and errors as for the loss.

    :returns: both, of shape (…) and of the shape of the logits

    >>> loss, gradient = softmax_cross_entropy_with_grad([1.0, 2.0, 3.0], 0)
    >>> print(loss.round(4), gradient.round(3))
    2.4076 [-0.91   0.245  0.665]

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.108 and 4.109.
    """
    z, y = logits_and_labels(logits, labels)
    loss, slopes = np.empty_like(z.largest), np.empty_like(z.z, order="C")
    for n, e, top, others in _exponentials(z):
        loss[n] = y.loss(z.z[n], wide(z.largest[n]), np.log1p(others / top), n)
        slopes[n] = y.slopes(e, top, others, n)
    return loss.reshape(z.shape[:-1])[()], slopes.reshape(z.shape)


def squared_error(p: ArrayLike, y: ArrayLike) -> Array:
    r"""Half the squared error of a prediction.

    .. math:: \ell = \tfrac12 (p - y)^2

    The half makes its slope in p the difference p − y. The Brier score of a binary prediction is the
    mean of (p − y)², twice this.

    :param p: finite predictions of any shape
    :param y: finite labels of the same shape, or one label for all
    :returns: one loss for each prediction
    :raises ValueError: if either is not finite, or if the shapes differ

    >>> squared_error([0.5, 1.0], [1, 1])
    array([0.125, 0.   ])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 3.12.
    """
    p, y = prediction_and_label(p, y)
    return rounded((wide(p) - wide(y)) ** 2 / 2, p)


# What the formulas above share, in float64 at least, and a tile of samples n at a time. The branches
# look at real parts: a complex step of size h adds only ih, which must neither decide a branch nor be
# lost in it.


def _absolute(z: Array) -> Array:
    distance: Array = np.where(z.real < 0, -z, z) if z.dtype.kind == "c" else np.abs(z)
    return distance


def _sigmoid(z: Array) -> Array:
    e = np.exp(-_absolute(z))
    p: Array = np.where(z.real < 0, e, 1) / (1 + e)
    return p


def _distances(z: Array, y: Array) -> tuple[Array, Array, Array]:
    """|z|, e^{−|z|}, and how much of the label is on the other side: y where z < 0, and 1 − y elsewhere."""
    distance = _absolute(wide(z))
    e = np.negative(distance)
    np.exp(e, out=e)
    share: Array = (z.real >= 0) - y
    return distance, e, np.abs(share, out=share)


def _label(y: Array, n: slice) -> Array:
    """The labels of some logits, or the one label that all have, widened."""
    return wide(y.reshape(-1)[n] if y.ndim else y)


def _exponentials(logits: Logits) -> Iterator[tuple[slice, Array, Array, Array]]:
    """Samples n, their e_k = e^{z_k − m}, to be overwritten, then e_a and Σ_{k≠a} e_k, for one shift m.

    The sum leaves out the largest term, beside which the others would be lost.
    """
    shifted = _needs_shift(logits)
    for n, e in tiles(logits.z):
        largest = np.arange(len(e)), logits.a[n]
        _exponential(logits.z[n], wide(logits.largest[n, None]) if shifted else None, e)
        top = e[largest]
        e[largest] = 0
        others = total(e)
        e[largest] = top
        yield n, e, top, others


SAFE = 600  # e^z and e^{−z} are far from the ends of float64


def _needs_shift(logits: Logits) -> bool:
    """Whether e^z has to be taken of z − z_a. It may be taken of z where the format is a short one.

    Of float32 and float16 what is 1e-45 of the largest is nothing, and with |z_a| ≤ 600 float64 holds
    all that is more.
    """
    long = logits.z.dtype.kind == "c" or logits.z.itemsize > 4
    return bool(long or np.count_nonzero(abs(logits.largest) > SAFE))


def _exponential(z: Array, shift: Array | None, out: Array) -> None:
    """e^{z − m} into an array."""
    if shift is not None:
        with np.errstate(over="ignore"):  # z_k − m may be −∞, whose exponential is the 0 meant
            z = np.subtract(z, shift, out=out)
    elif out.strides[-1] != out.itemsize:  # turned while it is copied, for what comes after
        np.copyto(out, z)
        z = out
    np.exp(z, out=out, dtype=out.dtype)


def _surprise(p: Array, q: Array) -> Array:
    """−p log q, with 0 log 0 = 0."""
    with np.errstate(divide="ignore"):  # log 0 = −∞ is the value meant
        return -p * np.log(np.where(p.real == 0, 1, q))


def _excess(p: Array, q: Array) -> Array:
    """p log(p/q) − p + q, which is never negative."""
    p, q = np.broadcast_arrays(p, q)
    near = abs(p.real - q.real) * 3 <= p.real + q.real
    with np.errstate(
        divide="ignore", over="ignore", invalid="ignore"
    ):  # of branches not taken; log 0
        apart = p * _log_ratio(p, q) - (p - q)
        return np.where(near, _excess_of_near(p, q), apart)


def _excess_of_near(p: Array, q: Array) -> Array:
    """p log(p/q) − p + q for q/2 ≤ p ≤ 2q, from log(p/q) = 2 artanh t with t = (p − q)/(p + q).

    It is (p + q) ((1 + t) artanh t − t), and the series artanh t = t + t³/3 + t⁵/5 + … takes away what
    would cancel. For |t| ≤ 1/3 its 18 terms reach beyond the last digit.
    """
    t = (p - q) / np.where(p.real + q.real == 0, 1, p + q)
    beyond = np.polynomial.polynomial.polyval(t * t, 1 / np.arange(3, 39, 2))
    return (p + q) * (t * t + (1 + t) * t**3 * beyond)


def _log_ratio(p: Array, q: Array) -> Array:
    """log(p/q), without overflow; 0 where p = 0."""
    p = np.where(p.real == 0, q, p)
    less = p.real < q.real
    return np.where(less, np.log(p / q), -np.log(q / p))
