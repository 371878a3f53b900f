import math
import tracemalloc

import mpmath
import numpy as np
import pytest
import scipy.special
import strategies
from hypothesis import assume, given
from hypothesis import strategies as st
from strategies import law

import cebook_utils.numerics.losses
from cebook_utils.numerics.gradients import central_difference, check_gradient, complex_step
from cebook_utils.numerics.losses import (
    cross_entropy,
    entropy,
    kl_divergence,
    log_softmax,
    logsumexp,
    sigmoid,
    sigmoid_binary_cross_entropy,
    sigmoid_binary_cross_entropy_grad,
    softmax,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
    softmax_cross_entropy_with_grad,
    squared_error,
)

INF = np.inf
ROWS = [  # logits, also saturated, tied, removed and alone
    [0.3, -1.1, 2.0],
    [1e4, -1e4, 0.0],
    [-1e4, -1e4 - 0.5, -2e4],
    [1e3, 1e3, 1e3],
    [0.0, -INF, 1.0],
    [-INF, -1e4, -INF],
    [7.0],
]
POINTS = [0.0, 1e-3, -1e-3, 0.5, -3.0, 20.0, -20.0, 40.0, -40.0, 1e3, -1e3, 1e4, -1e4]


EPS = np.finfo(float).eps


def close(actual, expected, eps=EPS):
    """Equal to a few rounding errors, of the value or of 1."""
    expected = np.array(expected, dtype=float)
    np.testing.assert_allclose(actual, expected, rtol=8 * eps, atol=4 * eps)


# Against mpmath at 50 digits, from the definitions. Its exponents do not overflow.


def mp_softmax(row):
    e = [mpmath.exp(mpmath.mpf(z)) for z in row]
    return [x / mpmath.fsum(e) for x in e]


def mp_logsumexp(row):
    return mpmath.log(mpmath.fsum(mpmath.exp(mpmath.mpf(z)) for z in row))


def mp_binary_cross_entropy(z, y):
    p, not_p = (1 / (1 + mpmath.exp(-t)) for t in (mpmath.mpf(z), -mpmath.mpf(z)))
    return -y * mpmath.log(p) - (1 - y) * mpmath.log(not_p)


@pytest.mark.parametrize("row", ROWS, ids=str)
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_softmax_functions_agree_with_mpmath(row, dtype):
    z, eps = np.array(row, dtype), np.finfo(dtype).eps
    with mpmath.workdps(50):
        p, total = mp_softmax(z.tolist()), mp_logsumexp(z.tolist())
        log_p = [mpmath.log(q) if q else -INF for q in p]
        close(softmax(z), p, eps)
        close(logsumexp(z), total, eps)
        close(log_softmax(z), log_p, eps)
        for c, expected in enumerate(log_p):
            close(softmax_cross_entropy(z, c), -expected, eps)
            close(softmax_cross_entropy_grad(z, c), [q - (k == c) for k, q in enumerate(p)], eps)


@pytest.mark.parametrize("y", [0.0, 0.25, 1.0])
@pytest.mark.parametrize("dtype", [np.float64, np.float32])
def test_binary_cross_entropy_agrees_with_mpmath(y, dtype):
    z, eps = np.array(POINTS, dtype), np.finfo(dtype).eps
    with mpmath.workdps(50):
        p = [1 / (1 + mpmath.exp(-mpmath.mpf(t))) for t in z.tolist()]
        loss = [mp_binary_cross_entropy(t, y) for t in z.tolist()]
        close(sigmoid(z), p, eps)
        close(sigmoid_binary_cross_entropy_grad(z, y), [q - y for q in p], eps)
        close(sigmoid_binary_cross_entropy(z, y), loss, eps)


def test_binary_cross_entropy_keeps_the_digits_of_a_tiny_loss():
    # log(1 + e^−40) by mpmath at 50 digits: 4.2483542552915889859e-18. The naive −log σ(40) is 0.
    with mpmath.workdps(50):
        expected = float(mpmath.log1p(mpmath.exp(-40)))
    np.testing.assert_allclose(sigmoid_binary_cross_entropy(40.0, 1), expected, rtol=1e-15)
    assert -np.log(sigmoid(40.0)) == 0


# Against SciPy.


@given(strategies.logits())
@law
def test_softmax_functions_agree_with_scipy(z):
    close(sigmoid(z), scipy.special.expit(z))
    close(logsumexp(z), scipy.special.logsumexp(z, axis=-1))
    close(softmax(z), scipy.special.softmax(z, axis=-1))
    close(log_softmax(z), scipy.special.log_softmax(z, axis=-1))


@given(strategies.pairs(strategies.distributions, strategies.distributions))
@law
def test_information_measures_agree_with_scipy(p_and_q):
    p, q = p_and_q
    close(entropy(p), scipy.special.entr(p).sum(axis=-1))
    close(kl_divergence(p, q), scipy.special.rel_entr(p, q).sum(axis=-1), 1e-14)
    close(cross_entropy(p, q), -scipy.special.xlogy(p, q).sum(axis=-1))


@given(strategies.pairs(strategies.logits, strategies.distributions))
@law
def test_losses_agree_with_scipy(logits_and_labels):
    z, y = logits_and_labels
    log_p = scipy.special.log_softmax(z, axis=-1)
    close(softmax_cross_entropy(z, y), -(y * log_p).sum(axis=-1))
    log_σ = scipy.special.log_expit
    close(sigmoid_binary_cross_entropy(z, y), -y * log_σ(z) - (1 - y) * log_σ(-z))


# Laws.


@given(strategies.logits(), strategies.floats(-1e4, 1e4))
@law
def test_a_shift_of_all_logits_is_seen_by_logsumexp_alone(z, c):
    atol = 1e-11  # z + c is rounded at 1e4
    np.testing.assert_allclose(softmax(z + c), softmax(z), rtol=0, atol=atol)
    np.testing.assert_allclose(logsumexp(z + c), logsumexp(z) + c, rtol=0, atol=atol)


@given(strategies.logits())
@law
def test_softmax_gives_distributions(z):
    p = softmax(z)
    assert (p >= 0).all()
    close(p.sum(axis=-1), np.ones(len(z)))
    np.testing.assert_allclose(np.exp(log_softmax(z)), p, rtol=0, atol=1e-15)


@given(strategies.logits())
@law
def test_logsumexp_lies_between_the_maximum_and_log_c_above(z):
    above = logsumexp(z) - z.max(axis=-1)
    rounding = 1e-11  # at 1e4
    assert (above >= 0).all()
    assert (above <= np.log(z.shape[-1]) + rounding).all()


@given(strategies.logits())
@law
def test_sigmoid_of_minus_z_is_one_minus_sigmoid(z):
    close(sigmoid(-z), 1 - sigmoid(z))


@given(strategies.pairs(strategies.logits, strategies.distributions))
@law
def test_swapping_the_outcomes_keeps_the_binary_loss(logits_and_labels):
    z, y = logits_and_labels
    swapped = sigmoid_binary_cross_entropy(-z, 1 - y)
    np.testing.assert_allclose(swapped, sigmoid_binary_cross_entropy(z, y), rtol=0, atol=1e-11)


@given(strategies.distributions())
@law
def test_entropy_lies_between_zero_and_log_c(p):
    h = entropy(p)
    assert (h >= 0).all()
    assert (h <= np.log(p.shape[-1]) + 1e-15).all()


@given(strategies.pairs(strategies.distributions, strategies.distributions))
@law
def test_gibbs_and_the_decomposition_of_cross_entropy(p_and_q):
    p, q = p_and_q
    assert (kl_divergence(p, q) >= -1e-15).all()
    assert (kl_divergence(p, p) == 0).all()
    np.testing.assert_allclose(
        cross_entropy(p, q), entropy(p) + kl_divergence(p, q), rtol=1e-14, atol=1e-15
    )


@given(strategies.pairs(strategies.logits, strategies.distributions))
@law
def test_softmax_loss_is_cross_entropy_and_its_gradient_sums_to_zero(logits_and_labels):
    z, y = logits_and_labels
    assert (softmax_cross_entropy(z, y) >= 0).all()
    close(softmax_cross_entropy_grad(z, y).sum(axis=-1), np.zeros(len(z)))
    near = z / 1e3  # where no prediction underflows, the naive route is right too
    np.testing.assert_allclose(
        softmax_cross_entropy(near, y), cross_entropy(y, softmax(near)), rtol=1e-13, atol=1e-14
    )


@given(strategies.logits())
@law
def test_two_classes_are_one_sigmoid(z):
    two = np.stack([np.zeros_like(z), z], axis=-1)
    for c in (0, 1):
        classes = np.full(z.shape, c)
        close(softmax(two)[..., c], sigmoid(z) if c else sigmoid(-z))
        close(softmax_cross_entropy(two, classes), sigmoid_binary_cross_entropy(z, c))
        gradient = softmax_cross_entropy_grad(two, classes)[..., 1]
        close(gradient, sigmoid_binary_cross_entropy_grad(z, c))


@given(strategies.logits_and_classes())
@law
def test_integer_classes_equal_one_hot_labels(logits_and_classes):
    z, c = logits_and_classes
    one_hot = np.eye(z.shape[-1])[c]
    for f in (softmax_cross_entropy, softmax_cross_entropy_grad):
        np.testing.assert_array_equal(f(z, c), f(z, one_hot))
        np.testing.assert_array_equal(f(z, c), f(z, one_hot.astype(int)))


@given(strategies.logits(), strategies.floats(-10, 10))
@law
def test_squared_error_is_half_the_square(p, y):
    np.testing.assert_allclose(squared_error(p, y), 0.5 * np.square(p - y), rtol=1e-15)


# Gradients, by the complex step, to the promised 1e-13.


def check(loss, gradient, z, labels):
    analytic = gradient(z, labels)
    size = abs(analytic).max(initial=0)
    assume(size == 0 or size > 0.01)  # p − y has no digit left at the minimum, where p = y
    check_gradient(lambda z: loss(z, labels).sum(), analytic, z)


@given(strategies.pairs(lambda s: strategies.logits(s, bound=3), strategies.distributions))
@law
def test_binary_gradient_agrees_with_the_complex_step(logits_and_labels):
    z, y = logits_and_labels
    check(sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_grad, z, y)


@given(strategies.pairs(lambda s: strategies.logits(s, bound=3), strategies.distributions))
@law
def test_softmax_gradient_agrees_with_the_complex_step(logits_and_labels):
    z, y = logits_and_labels
    check(softmax_cross_entropy, softmax_cross_entropy_grad, z, y)


@given(strategies.logits_and_classes())
@law
def test_gradients_of_saturated_logits(logits_and_classes):
    z, c = logits_and_classes
    check(softmax_cross_entropy, softmax_cross_entropy_grad, z, c)
    check(sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_grad, z, 1)
    check_gradient(lambda z: logsumexp(z).sum(), softmax(z), z)


@given(st.integers(0, 2))
@law
def test_gradients_of_tied_logits(c):
    ties = np.zeros(3)
    check(softmax_cross_entropy, softmax_cross_entropy_grad, ties, c)
    check(sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_grad, ties, 1)
    check_gradient(lambda z: logsumexp(z).sum(), softmax(ties), ties)


def test_the_complex_step_passes_through_every_function():
    rng = np.random.default_rng(5)
    z, w = rng.normal(size=(2, 4)), rng.normal(size=(2, 4))
    p, q = softmax(z), softmax(w)
    check_gradient(lambda z: sigmoid(z).sum(), sigmoid(z) * (1 - sigmoid(z)), z)
    check_gradient(lambda z: (w * softmax(z)).sum(), p * (w - (p * w).sum(1, keepdims=True)), z)
    check_gradient(lambda z: (w * log_softmax(z)).sum(), w - p * w.sum(1, keepdims=True), z)
    check_gradient(lambda p: entropy(p).sum(), -np.log(p) - 1, p)
    check_gradient(lambda q: cross_entropy(p, q).sum(), -p / q, q)
    check_gradient(lambda p: kl_divergence(p, q).sum(), np.log(p / q), p)  # Σ p log(p/q) − p + q
    check_gradient(lambda q: kl_divergence(p, q).sum(), 1 - p / q, q)
    check_gradient(lambda p: squared_error(p, 1).sum(), p - 1, p)


def test_a_removed_class_has_no_gradient():
    z = np.array([0.5, -INF, -1.0])
    f = softmax_cross_entropy
    np.testing.assert_array_equal(softmax_cross_entropy_grad(z, 0)[1], 0)
    alone = complex_step(lambda kept: f(np.array([kept[0], -INF, kept[1]]), 0), [0.5, -1.0])
    np.testing.assert_allclose(softmax_cross_entropy_grad(z, 0)[[0, 2]], alone, rtol=1e-13)


def test_central_difference_agrees_too():
    z = np.random.default_rng(6).uniform(-3, 3, size=(4, 10))
    c = np.arange(4)
    check_gradient(
        lambda z: softmax_cross_entropy(z, c).sum(),
        softmax_cross_entropy_grad(z, c),
        z,
        rtol=1e-8,
        numeric=central_difference,
    )


# Edges.


def test_removed_classes():
    assert softmax([0.0, -INF]).tolist() == [1, 0]
    assert log_softmax([0.0, -INF]).tolist() == [0, -INF]
    assert softmax_cross_entropy([0.0, -INF], 0) == 0
    assert softmax_cross_entropy([0.0, -INF], 1) == INF
    assert softmax_cross_entropy([0.0, -INF], [0.5, 0.5]) == INF


def test_zero_times_log_zero_is_zero_and_impossible_events_cost_infinity():
    assert entropy([1.0, 0.0]) == 0
    assert cross_entropy([1.0, 0.0], [1.0, 0.0]) == 0
    assert cross_entropy([0.5, 0.5], [1.0, 0.0]) == INF
    assert kl_divergence([1.0, 0.0], [1.0, 0.0]) == 0
    assert kl_divergence([0.5, 0.5], [1.0, 0.0]) == INF


def test_no_loss_is_minus_zero():
    for zero in (
        entropy([1.0]),
        cross_entropy([1.0, 0.0], [1.0, 0.0]),
        kl_divergence([1.0], [1.0]),
        softmax_cross_entropy([7.0], 0),
        softmax_cross_entropy([0.0, -1e4], 0),
        sigmoid_binary_cross_entropy(1e4, 1),
        sigmoid_binary_cross_entropy(-1e4, 0),
    ):
        assert zero == 0
        assert not np.signbit(zero)


def test_empty_batch():
    none, no_classes = np.empty((0, 3)), np.empty(0, int)
    for per_class in (sigmoid, softmax, log_softmax):
        assert per_class(none).shape == (0, 3)
    for per_sample in (logsumexp, entropy):
        assert per_sample(none).shape == (0,)
    assert cross_entropy(none, none).shape == kl_divergence(none, none).shape == (0,)
    assert softmax_cross_entropy(none, no_classes).shape == (0,)
    assert softmax_cross_entropy_grad(none, no_classes).shape == (0, 3)
    assert sigmoid_binary_cross_entropy(none, none).shape == (0, 3)


def test_leading_axes_are_samples():
    rng = np.random.default_rng(8)
    z, c = rng.normal(size=(2, 3, 4)), rng.integers(4, size=(2, 3))
    loss = softmax_cross_entropy(z, c)
    assert loss.shape == (2, 3)
    assert loss[1, 2] == softmax_cross_entropy(z[1, 2], c[1, 2])
    assert cross_entropy(softmax(z[0, 0]), softmax(z)).shape == (2, 3)


def test_many_classes_do_not_take_their_square_of_memory():
    z = np.zeros(1_000_000, np.float32)
    np.testing.assert_allclose(softmax_cross_entropy(z, 3), np.log(1e6), rtol=1e-6)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64, np.longdouble])
def test_the_precision_of_the_logits_is_kept(dtype):
    z = np.array([[0.5, -1.0], [1e4, -1e4]], dtype)
    one_hot, p = np.eye(2), softmax(z)
    results = [
        *(f(z) for f in (sigmoid, logsumexp, softmax, log_softmax)),
        entropy(p),
        cross_entropy(p, p),
        kl_divergence(p, p),
        squared_error(z[:1], 1.0),
        *(f(z, [0, 1]) for f in (softmax_cross_entropy, softmax_cross_entropy_grad)),
        *(f(z, one_hot) for f in (softmax_cross_entropy, softmax_cross_entropy_grad)),
        sigmoid_binary_cross_entropy(z, one_hot),
        sigmoid_binary_cross_entropy_grad(z, 1),
    ]
    assert [r.dtype for r in results] == [dtype] * len(results)
    assert all(np.isfinite(r).all() for r in results)


def test_integers_are_read_as_float64():
    assert softmax([1, 2, 3]).dtype == np.float64
    assert sigmoid(np.array([1], np.int8)).dtype == np.float64
    assert entropy([1, 0]) == 0


@given(strategies.logits())
@law
def test_arguments_are_left_alone(z):
    before = z.copy()
    softmax_cross_entropy_grad(z, softmax(z))
    sigmoid_binary_cross_entropy_grad(z, softmax(z))
    np.testing.assert_array_equal(z, before)


# What is refused, and in which words.

NAN = np.nan
FIT = (
    "p and q must have the same number of classes and leading axes that broadcast, but have shapes"
)
EITHER = (
    "labels must be distributions of the logits' shape (2, 3), or integer classes of shape (2,), "
    "but have"
)
CLASSES = "must be finite, or −∞ for a removed class, but"
NO_CLASS = "must have shape (…, C) with C ≥ 1, but has shape"
REFUSED = [
    (sigmoid, [[0.0, NAN]], "z must be finite, but z[1] is nan"),
    (sigmoid, [INF], "z must be finite, but z is inf"),
    (sigmoid, ["a"], "z must be an array of numbers, but its dtype is <U1"),
    (sigmoid, [[None]], "z must be an array of numbers, but its dtype is object"),
    (logsumexp, [[[0.0, 1.0], [NAN, 0.0]]], f"z {CLASSES} z[1, 0] is nan"),
    (softmax, [[0.0, INF]], f"z {CLASSES} z[1] is inf"),
    (log_softmax, [[0.0, INF]], f"z {CLASSES} z[1] is inf"),
    (
        softmax,
        [[[0.0, 1.0], [-INF, -INF]]],
        "z must keep at least one class above −∞, but z[1] is [-inf -inf]",
    ),
    (softmax, [3.0], f"z {NO_CLASS} ()"),
    (logsumexp, [np.empty((2, 0))], f"z {NO_CLASS} (2, 0)"),
    (entropy, [[0.5, NAN]], "p must have no negative entry and no NaN, but p[1] is nan"),
    (entropy, [[1.5, -0.5]], "p must have no negative entry and no NaN, but p[1] is -0.5"),
    (
        entropy,
        [[[0.5, 0.5], [0.5, 0.25]]],
        "p must sum to one over the last axis, but p[1] sums to 0.75",
    ),
    (entropy, [[INF, 0.0]], "p must sum to one over the last axis, but p sums to inf"),
    (
        cross_entropy,
        [[1.0], [0.5]],
        "q must sum to one over the last axis, but q sums to 0.5",
    ),
    (
        kl_divergence,
        [[0.5, 0.5], [1.0]],
        f"{FIT} (2,) and (1,)",
    ),
    (
        cross_entropy,
        [np.ones((2, 1)), np.ones((3, 1))],
        f"{FIT} (2, 1) and (3, 1)",
    ),
    (sigmoid_binary_cross_entropy, [[-INF], [0]], "logits must be finite, but logits[0] is -inf"),
    (
        sigmoid_binary_cross_entropy,
        [[0.0, 0.0], [1, 2]],
        "labels must lie in [0, 1], but labels[1] is 2.0",
    ),
    (sigmoid_binary_cross_entropy, [0.0, NAN], "labels must lie in [0, 1], but labels is nan"),
    (
        sigmoid_binary_cross_entropy_grad,
        [np.zeros((4, 1)), np.zeros(4)],
        "labels must have the shape of logits, (4, 1), or be one number, but has shape (4,)",
    ),
    (sigmoid_binary_cross_entropy, [0.0, 1j], "labels must be real, but its dtype is complex128"),
    (softmax_cross_entropy, [[0.0, NAN], 0], f"logits {CLASSES} logits[1] is nan"),
    (
        softmax_cross_entropy,
        [np.zeros((2, 3)), [0, 3]],
        "labels must be classes 0 … 2, but labels[1] is 3",
    ),
    (softmax_cross_entropy_grad, [[0.0], -1], "labels must be classes 0 … 0, but labels is -1"),
    (
        softmax_cross_entropy,
        [np.zeros((2, 3)), [0.0, 1.0]],
        f"{EITHER} shape (2,) and dtype float64",
    ),
    (
        softmax_cross_entropy_grad,
        [np.zeros((2, 3)), [0, 1, 2]],
        f"{EITHER} shape (3,) and dtype int64",
    ),
    (
        softmax_cross_entropy,
        [[0.0, 0.0], [0.5, 0.6]],
        "labels must sum to one over the last axis, but labels sums to 1.1",
    ),
    (
        softmax_cross_entropy,
        [[0.0, 0.0], [-1, 2]],
        "labels must have no negative entry and no NaN, but labels[0] is -1.0",
    ),
    (squared_error, [NAN, 0], "p must be finite, but p is nan"),
    (squared_error, [[0.5], [NAN]], "y must be finite, but y[0] is nan"),
    (
        squared_error,
        [[0.5, 0.5], [[1, 0]]],
        "y must have the shape of p, (2,), or be one number, but has shape (1, 2)",
    ),
]


@pytest.mark.parametrize(("function", "arguments", "message"), REFUSED)
def test_bad_input_is_named(function, arguments, message):
    with pytest.raises(ValueError) as error:
        function(*arguments)
    assert str(error.value) == message


def test_ragged_input_is_named():
    with pytest.raises(ValueError, match="^z must be an array of numbers: .*inhomogeneous"):
        softmax([[1.0], [1.0, 2.0]])


@given(st.sampled_from([np.float32, np.float64]), st.integers(1, 1000))
@law
def test_a_softmax_is_always_accepted_as_labels(dtype, classes):
    z = np.linspace(-5, 5, classes, dtype=dtype)
    assert entropy(softmax(z)) >= 0


def test_a_distribution_rounded_to_seven_digits_is_refused():
    with pytest.raises(ValueError, match="sum to one"):
        entropy([0.3333333, 0.3333333, 0.3333333])


# No silently wrong number: each test is named after what was wrong once.


def relative(actual, expected):
    """The largest relative error against numbers of mpmath, or of NumPy."""
    pairs = zip(np.ravel(actual).tolist(), np.ravel(np.array(expected, object)), strict=True)
    return float(max(abs(mpmath.mpf(a) - e) / abs(e) for a, e in pairs))


LAYOUTS = {
    "C": np.ascontiguousarray,
    "Fortran": np.asfortranarray,
    "strided": lambda z: np.repeat(z, 2, axis=-1)[..., ::2],
    "reversed": lambda z: z[..., ::-1].copy()[..., ::-1],
    "read-only": lambda z: np.broadcast_to(z[:1], z.shape) if (z == z[:1]).all() else z,
    "big-endian": lambda z: z.astype(z.dtype.newbyteorder(">")),
}


@pytest.mark.parametrize("layout", LAYOUTS)
@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_sums_of_half_precision_stand_still_in_no_layout(dtype, layout):
    """In float16 5,000 zeros in Fortran's order gave 7.625, not log 5000, and a softmax of sum 2.44."""
    z, eps = LAYOUTS[layout](np.zeros((4, 5000), dtype)), np.finfo(dtype).eps
    y = LAYOUTS[layout](np.full((4, 5000), 1 / 5000, dtype))
    for value in (
        logsumexp(z),
        softmax_cross_entropy(z, [0, 1, 2, 3]),
        softmax_cross_entropy(z, y) / (5000 * float(y[0, 0])),
        -log_softmax(z),
    ):
        assert relative(value, np.full(value.shape, np.log(5000))) <= eps
    assert logsumexp(z).dtype == softmax(z).dtype == np.dtype(dtype)
    assert relative([math.fsum(row) for row in softmax(z).tolist()], np.ones(4)) <= eps
    assert (
        relative(cross_entropy(y, y), [-5000 * float(y[0, 0]) * np.log(float(y[0, 0]))] * 4) <= eps
    )


@pytest.mark.parametrize("order", ["C", "F"])
def test_four_million_classes_in_single_precision(order):
    z = np.zeros((2, 4_000_000), np.float32, order)
    np.testing.assert_allclose(logsumexp(z), np.log(4e6), rtol=1e-7)
    np.testing.assert_allclose(softmax_cross_entropy(z, [0, 7]), np.log(4e6), rtol=1e-7)


def test_more_than_65504_classes_in_half_precision_do_not_overflow():
    z = np.zeros(100_000, np.float16)
    for value in (logsumexp(z), softmax_cross_entropy(z, 3), entropy(softmax(z))):
        assert value.dtype == np.float16
        np.testing.assert_allclose(value, np.log(1e5), rtol=1e-2)
    assert relative(softmax(z)[:1], [1e-5]) < 1e-2


def binary_cases(dtype):
    """Logits and labels, also where z − z y cancels."""
    rng, eps = np.random.default_rng(36), float(np.finfo(dtype).eps)
    far = [0.0, 1e-3, 0.5, 1.0, 5.0, 17.0, 37.0, 80.0, 700.0, 745.0, 1e4]
    near = [0.0, 1e-20, 1e-6, 0.1, 0.5, 1 - 1e-6, 1 - eps / 2, 1.0]
    z = np.array([*far, *(-t for t in far), *rng.uniform(-100, 100, 18)], dtype)
    y = np.array([*near, *rng.uniform(0, 1, 12)], dtype)
    return np.repeat(z, len(y)), np.tile(y, len(z))


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_binary_loss_of_soft_labels_near_one_does_not_cancel(dtype):
    """z − z y at (80, 0.999999) was wrong by 3 % in float32."""
    z, y = binary_cases(dtype)
    loss, gradient = (
        f(z, y) for f in (sigmoid_binary_cross_entropy, sigmoid_binary_cross_entropy_grad)
    )
    with mpmath.workdps(400):
        for *numbers, value, slope in zip(z, y, loss, gradient, strict=True):
            logit, label = (mpmath.mpf(float(number)) for number in numbers)
            p, not_p = 1 / (1 + mpmath.exp(-logit)), 1 / (1 + mpmath.exp(logit))
            expected = -label * mpmath.log(p) - (1 - label) * mpmath.log(not_p)
            assert abs(float(value) - expected) <= 4 * np.spacing(value.astype(dtype)).astype(float)
            parts = max(p * (1 - label), not_p * label)  # their difference is the gradient
            assert abs(float(slope) - (p - label)) <= 4 * float(np.spacing(dtype(float(parts))))


def test_logsumexp_keeps_what_the_other_classes_add():
    """logsumexp([0, −40]) was 0; SciPy's gh-18295 asks for the 4e-18 too."""
    with mpmath.workdps(400):
        for row in (
            [0.0, -40.0],
            [-40.0, 0.0],
            [0.0, -700.0],
            [0.0, -38.0, -38.0, -INF],
            [0.0, -1.0],
        ):
            expected = mp_logsumexp(row)
            bound = 2 * EPS * (1 + abs(row[1] + row[0]))
            assert relative(logsumexp(row), [expected]) <= bound
            for z in (np.array(row) + 64, np.array(row) - 1024):  # both sums are exact
                c = int(np.argmax(row))
                assert relative(softmax_cross_entropy(z, c), [expected]) <= bound
                assert relative(log_softmax(z)[c], [-expected]) <= bound
                missing = [mpmath.expm1(-expected)]  # p − 1
                assert relative(softmax_cross_entropy_grad(z, c)[c], missing) <= bound


def mp_kl(p, q):
    """Σ p log(p/q) of both after division by their sums."""
    p, q = ([mpmath.mpf(x) for x in row] for row in (p, q))
    total_p, total_q = mpmath.fsum(p), mpmath.fsum(q)
    return mpmath.fsum(
        a / total_p * mpmath.log(a / total_p / (b / total_q))
        for a, b in zip(p, q, strict=True)
        if a
    )


@pytest.mark.parametrize("distance", [1e-2, 1e-4, 1e-6, 1e-8, 1e-10, 1e-12])
def test_the_divergence_of_close_distributions_is_never_negative(distance):
    """KL(p ‖ p (1 + 1e-8 n)) came out below 0."""
    rng = np.random.default_rng(8)
    p = rng.dirichlet(np.ones(7), 50)
    q = p * (1 + distance * rng.normal(size=p.shape))
    q /= q.sum(axis=-1, keepdims=True)
    divergence = kl_divergence(p, q)
    assert (divergence >= 0).all()
    with mpmath.workdps(60):
        expected = [mp_kl(*rows) for rows in zip(p.tolist(), q.tolist(), strict=True)]
    # The rounding of p and q moves their sums by 1e-16, whose square is beside the divergence.
    np.testing.assert_allclose(divergence, np.array(expected, float), rtol=1e-13, atol=1e-31)


@given(strategies.pairs(strategies.distributions, strategies.distributions))
@law
def test_the_divergence_agrees_with_both_of_scipy(p_and_q):
    p, q = p_and_q
    np.testing.assert_allclose(
        kl_divergence(p, q), scipy.special.kl_div(p, q).sum(axis=-1), rtol=1e-12, atol=1e-15
    )
    np.testing.assert_allclose(
        kl_divergence(p, q), scipy.special.rel_entr(p, q).sum(axis=-1), rtol=1e-12, atol=1e-15
    )


@pytest.mark.parametrize("p", [1e-320, 1e-300, 1e-17, 0.25, 0.5])
@pytest.mark.parametrize("q", [1e-320, 1e-300, 1e-17, 0.25, 0.5])
def test_the_divergence_of_tiny_probabilities_does_not_overflow(p, q):
    rows = [p, 1 - p], [q, 1 - q]
    with mpmath.workdps(700):
        expected = mpmath.fsum(
            mpmath.mpf(a) * mpmath.log(mpmath.mpf(a) / mpmath.mpf(b))
            - mpmath.mpf(a)
            + mpmath.mpf(b)
            for a, b in zip(*rows, strict=True)
        )
    np.testing.assert_allclose(kl_divergence(*rows), float(expected), rtol=1e-15, atol=1e-323)


@pytest.mark.parametrize(
    ("function", "arguments"),
    [
        (softmax, [np.ma.array([[0.0, 1.0]], mask=[[False, True]])]),
        (logsumexp, [np.ma.array([0.0, 1.0])]),
        (entropy, [[np.ma.array([0.5, 0.5], mask=[0, 1])]]),
        (softmax_cross_entropy, [np.zeros((2, 3)), np.ma.array([0, 1], mask=[0, 1])]),
        (sigmoid_binary_cross_entropy, [[0.0, 1.0], np.ma.array([0, 1], mask=[0, 1])]),
        (squared_error, [np.ma.array([0.0]), 0.0]),
    ],
)
def test_a_masked_array_does_not_lose_its_mask(function, arguments):
    with pytest.raises(
        ValueError, match="must be an array without a mask, which would be lost: ch"
    ):
        function(*arguments)


def test_labels_sum_to_one_in_their_own_precision():
    """Labels of float16 that summed to 1.028 passed; those of float32 in a list of floats did not."""
    z = np.zeros(2)
    with pytest.raises(ValueError, match=r"labels must sum to one .*, but labels sums to 1\.028"):
        softmax_cross_entropy(z, np.array([0.514, 0.514], np.float16))
    with pytest.raises(ValueError, match="labels must sum to one"):
        softmax_cross_entropy(z, np.array([0.5, 0.5001], np.float32))
    rng = np.random.default_rng(4)
    for classes in (2, 10, 1000):
        for dtype in (np.float16, np.float32):
            y = softmax(rng.normal(size=(20, classes))).astype(dtype)
            softmax_cross_entropy(np.zeros(y.shape), y)
    y = softmax(rng.normal(size=(20, 3))).astype(np.float32).tolist()
    assert max(abs(np.sum(y, axis=1) - 1)) > 1.5e-8
    softmax_cross_entropy(np.zeros((20, 3)), y)


def test_the_digits_of_labels_are_not_lost_in_short_logits():
    loss = sigmoid_binary_cross_entropy(np.float32(80), 1 - 1e-12)
    assert loss.dtype == np.float32
    np.testing.assert_allclose(loss, 80 * (1 - (1 - 1e-12)), rtol=1e-7)


def test_values_beyond_the_precision():
    with np.errstate(over="raise", divide="raise", invalid="raise"):
        assert softmax([1e308, -1e308]).tolist() == [1, 0]
        assert logsumexp([1e308, -1e308]) == 1e308
        assert softmax_cross_entropy_grad([1e308, -1e308], 0).tolist() == [0, 0]
        assert sigmoid_binary_cross_entropy(1e308, 0) == 1e308
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert softmax_cross_entropy([1e308, -1e308], 1) == INF
    with pytest.warns(RuntimeWarning, match="overflow"):
        assert softmax_cross_entropy(np.array([6e4, -6e4], np.float16), 1) == INF


@pytest.mark.parametrize("part", [INF, NAN])
def test_an_imaginary_part_that_is_not_finite_is_refused(part):
    for f in (softmax, logsumexp, sigmoid, entropy):
        with pytest.raises(ValueError, match="must"):
            f([complex(0.5, part), 0.5])


# A few samples at a time: what is held between argument and value must not show.


@given(strategies.pairs(strategies.logits, strategies.distributions))
@law
def test_loss_and_gradient_in_one_are_the_two(logits_and_labels):
    z, y = logits_and_labels
    for labels in (y, y.argmax(axis=-1)):
        loss, gradient = softmax_cross_entropy_with_grad(z, labels)
        np.testing.assert_array_equal(loss, softmax_cross_entropy(z, labels))
        np.testing.assert_array_equal(gradient, softmax_cross_entropy_grad(z, labels))


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(70_001, 2), (50_000, 3), (3000, 64), (1500, 65), (3, 70_000)])
@pytest.mark.parametrize("order", ["C", "F"])
def test_samples_of_several_tiles_are_as_each_alone(shape, order, dtype):
    rng = np.random.default_rng(41)
    z = np.asarray(3 * rng.normal(size=shape), dtype, order)
    c, y = rng.integers(shape[1], size=shape[0]), softmax(z[::-1])
    z[rng.random(shape) < 0.1] = -INF
    z[:, 0] = 0
    some = [0, 1, shape[0] // 2, shape[0] - 2, shape[0] - 1]
    close_to = {"rtol": 8 * np.finfo(dtype).eps, "atol": np.finfo(dtype).eps / 1e6}
    for f in (logsumexp, softmax, log_softmax):
        np.testing.assert_allclose(f(z)[some], [f(z[n]) for n in some], **close_to)
    for f in (softmax_cross_entropy, softmax_cross_entropy_grad):
        for labels in (c, y):
            alone = [f(z[n], labels[n]) for n in some]
            np.testing.assert_allclose(f(z, labels)[some], alone, **close_to)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("distance", [599.0, 600.0, 601.0, 1000.0])
def test_short_logits_near_the_end_of_what_needs_no_shift(sign, distance, monkeypatch):
    z = np.array([[sign * distance, sign * distance - 100], [0, -100]], np.float32)
    expected = 100 + np.log1p(np.exp(-100.0))
    np.testing.assert_allclose(softmax_cross_entropy(z, [1, 1]), expected, rtol=6e-8)
    monkeypatch.setattr(cebook_utils.numerics.losses, "SAFE", INF)
    with np.errstate(all="ignore"):
        unshifted = softmax_cross_entropy(z, [0, 0])
    assert np.isfinite(unshifted[0]) == (distance < 700), "the bound guards nothing"


def peak(f, *arguments):
    f(*arguments)
    tracemalloc.start()
    f(*arguments)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


@pytest.mark.parametrize("dtype", [np.float32, np.float64])
@pytest.mark.parametrize("shape", [(100_000, 10), (1000, 1000), (8, 125_000)])
def test_peak_memory_is_at_most_one_and_a_half_of_the_logits(shape, dtype):
    """It was 3.3 times as much; classes as labels are never written out as distributions."""
    rng = np.random.default_rng(42)
    z, c = rng.normal(size=shape).astype(dtype), rng.integers(shape[1], size=shape[0])
    y = rng.integers(0, 2, size=shape).astype(np.int8)
    for f in (logsumexp, softmax, log_softmax):
        assert peak(f, z) <= 1.55 * z.nbytes
    for f in (softmax_cross_entropy, softmax_cross_entropy_with_grad):
        assert peak(f, z, c) <= 1.55 * z.nbytes
    assert peak(softmax_cross_entropy, z, c) <= 0.6 * z.nbytes
    assert peak(sigmoid_binary_cross_entropy, z, y.astype(dtype)) <= 1.5 * z.nbytes
    one_hot = np.zeros(shape, dtype)
    one_hot[np.arange(len(z)), c] = 1
    assert peak(lambda: z * one_hot) >= z.nbytes, "what is measured is not what is held"
