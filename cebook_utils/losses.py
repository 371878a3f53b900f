"""The losses of the book and their gradients, in NumPy.

Every function works over the last axis, which runs over the classes, or element by element, which
is what the binary case means; leading axes are samples. Cross-entropies are in nats. A loss is one
per sample, or one per element in the binary case and for the squared error: whether to sum them or
to take their mean is said where it is done.

Arrays of floats keep their precision: float32 in, float32 out, and a loss has the precision of its
logits. A body branches on real parts only, so that a complex step passes through it.
"""

import numpy as np

from cebook_utils.arguments import (
    distribution,
    distributions,
    finite,
    logits_and_binary_labels,
    logits_and_labels,
    prediction_and_label,
    removable,
)


def sigmoid(z):
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
    e = np.exp(-_absolute(z))
    return np.where(z.real < 0, e, 1) / (1 + e)


def logsumexp(z):
    r"""The logarithm of a sum of exponentials, a smooth maximum.

    .. math:: \log \sum_k e^{z_k} = m + \log \sum_k e^{z_k - m}, \quad m = \max_k z_k

    :param z: logits of shape (…, C); −∞ removes a class
    :returns: shape (…)
    :raises ValueError: on NaN, on +∞ and where no class is left

    >>> round(logsumexp([1000.0, 1000.0]) - 1000.0, 6)
    np.float64(0.693147)

    Source: Blanchard, Higham and Higham, IMA J. Numer. Anal. 41 (2021), 2311–2330.
    """
    z = removable(z, "z")
    m = _maximum(z)
    return m[..., 0] + np.log(np.exp(z - m).sum(axis=-1))


def softmax(z):
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
    z = removable(z, "z")
    e = np.exp(z - _maximum(z))
    return e / e.sum(axis=-1, keepdims=True)


def log_softmax(z):
    r"""The logarithm of the softmax, finite where the softmax itself underflows to 0.

    .. math:: \log p_k = (z_k - m) - \log \sum_j e^{z_j - m}, \quad m = \max_j z_j

    :param z: logits of shape (…, C); a class with −∞ gets log p = −∞
    :returns: shape (…, C)
    :raises ValueError: on NaN, on +∞ and where no class is left

    >>> log_softmax([0.0, -1000.0])
    array([    0., -1000.])

    Source: Blanchard, Higham and Higham, IMA J. Numer. Anal. 41 (2021), 2311–2330.
    """
    z = removable(z, "z")
    shifted = z - _maximum(z)
    return shifted - np.log(np.exp(shifted).sum(axis=-1, keepdims=True))


def entropy(p):
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
    return _surprise(p, p).sum(axis=-1)


def cross_entropy(p, q):
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
    return _surprise(p, q).sum(axis=-1)


def kl_divergence(p, q):
    r"""What believing q costs above the entropy of the true p, in nats.

    .. math:: \mathrm{KL}(p \Vert q) = \sum_k p_k (\log p_k - \log q_k), \quad 0 \log 0 = 0

    It is ∞ where q = 0 < p for some class.

    :param p: true distributions of shape (…, C)
    :param q: believed distributions, of the same C; leading axes broadcast
    :returns: shape (…)
    :raises ValueError: if either is not a distribution, or if the shapes do not fit

    >>> round(kl_divergence([0.5, 0.5], [0.25, 0.75]), 6)
    np.float64(0.143841)
    >>> kl_divergence([0.2, 0.8], [0.2, 0.8])
    np.float64(0.0)

    Source: Kullback and Leibler, Ann. Math. Stat. 22 (1951), 79–86.
    """
    p, q = distributions(p, q)
    return (_surprise(p, q) - _surprise(p, p)).sum(axis=-1)


def sigmoid_binary_cross_entropy(logits, labels):
    r"""The binary cross-entropy of the prediction σ(z), from the logit z, in nats.

    .. math::

       \ell &= -y \log \sigma(z) - (1 - y) \log(1 - \sigma(z)) \\
            &= \max(z, 0) - zy + \log(1 + e^{-|z|})

    :param logits: finite, any shape
    :param labels: in [0, 1], of the same shape, or one label for all
    :returns: one loss for each logit
    :raises ValueError: if a logit is not finite, a label is outside [0, 1], or the shapes differ

    >>> sigmoid_binary_cross_entropy([0.0, -1000.0, 1000.0], [1, 1, 1]).round(6)
    array([6.93147e-01, 1.00000e+03, 0.00000e+00])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.90.
    """
    z, y = logits_and_binary_labels(logits, labels)
    return np.where(z.real < 0, 0, z) - z * y + np.log1p(np.exp(-_absolute(z)))


def sigmoid_binary_cross_entropy_grad(logits, labels):
    r"""The gradient of :func:`sigmoid_binary_cross_entropy` with respect to the logits.

    .. math:: \frac{\partial \ell}{\partial z} = \sigma(z) - y = p - y

    Arguments and errors as for the loss.

    :returns: the shape of the logits

    >>> sigmoid_binary_cross_entropy_grad([0.0, 0.0], [1, 0])
    array([-0.5,  0.5])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.91.
    """
    z, y = logits_and_binary_labels(logits, labels)
    # p − y with p = p y + p (1 − y) and 1 − p = σ(−z): no digit is lost where p is close to y.
    return (1 - y) * sigmoid(z) - y * sigmoid(-z)


def softmax_cross_entropy(logits, labels):
    r"""The cross-entropy between the labels and the softmax of the logits, in nats.

    .. math:: \ell = -\sum_k y_k \log p_k, \quad p = \mathrm{softmax}(z), \quad 0 \log 0 = 0

    A class with y = 0 costs nothing, not even at z = −∞; a class with y > 0 costs ∞ there.

    :param logits: shape (…, C)
    :param labels: distributions of shape (…, C), or integer classes 0 … C − 1 of shape (…)
    :returns: shape (…)
    :raises ValueError: on NaN or +∞ in the logits, on labels that are neither, and on other shapes

    >>> softmax_cross_entropy([[1.0, 2.0, 3.0], [0.0, 0.0, -1000.0]], [1, 2]).round(4)
    array([   1.4076, 1000.6931])
    >>> softmax_cross_entropy([1.0, 2.0, 3.0], [0.0, 1.0, 0.0]).round(4)
    np.float64(1.4076)

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.108.
    """
    z, y = logits_and_labels(logits, labels)
    log_p = np.where(y == 0, 0, log_softmax(z))  # 0 · (−∞) would be NaN
    return (-y * log_p).sum(axis=-1)


def softmax_cross_entropy_grad(logits, labels):
    r"""The gradient of :func:`softmax_cross_entropy` with respect to the logits.

    .. math:: \frac{\partial \ell}{\partial z_k} = p_k - y_k

    This holds because the labels sum to one. Arguments and errors as for the loss.

    :returns: the shape of the logits

    >>> softmax_cross_entropy_grad([1.0, 2.0, 3.0], 0).round(3)
    array([-0.91 ,  0.245,  0.665])

    Source: Bishop, Pattern Recognition and Machine Learning (2006), eq. 4.109.
    """
    z, y = logits_and_labels(logits, labels)
    return softmax(z) - y


def squared_error(p, y):
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
    return (p - y) ** 2 / 2


# What the formulas above share. The branches look at real parts: a complex step of size h adds
# only ih, which must neither decide a branch nor be lost in it.


def _absolute(z):
    return np.where(z.real < 0, -z, z)


def _maximum(z):
    return z.real.max(axis=-1, keepdims=True)


def _surprise(p, q):
    """−p log q, with 0 log 0 = 0."""
    with np.errstate(divide="ignore"):  # log 0 = −∞ is the value meant
        return -p * np.log(np.where(p.real == 0, 1, q))
