"""Part by part against the functions that see everything at once, and against the definitions."""

import tracemalloc
from itertools import permutations

import numpy as np
import pytest
import strategies
from hypothesis import given
from hypothesis import strategies as st
from strategies import law

from cebook_utils.numerics.gradients import check_gradient
from cebook_utils.numerics.losses import (
    logsumexp,
    softmax_cross_entropy,
    softmax_cross_entropy_grad,
)
from cebook_utils.numerics.streaming import (
    ClassChunks,
    batch_sums,
    linear_cross_entropy_with_grad,
    mean_over_batches,
    merge,
    pair,
    streaming_logsumexp,
    streaming_softmax_cross_entropy,
    streaming_softmax_cross_entropy_grad,
)

INF = np.inf


def value(pair):
    m, s = pair
    return m + np.log(s)


def cut(z, width):
    return [z[..., start : start + width] for start in range(0, z.shape[-1], width)]


def gradient(chunks, labels):
    return np.concatenate(list(streaming_softmax_cross_entropy_grad(chunks, labels)), axis=-1)


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12)


# The pairs.


@given(strategies.logits(), st.integers(1, 6))
@law
def test_pairs_of_parts_merge_into_the_pair_of_all(z, width):
    found = pair(np.full((*z.shape[:-1], 1), -INF))
    for part in cut(z, width):
        found = merge(found, pair(part))
    assert (found[0] == z.max(axis=-1)).all()
    close(found[1], pair(z)[1])


def test_the_order_of_merging_does_not_matter():
    parts = [pair(part) for part in ([3.0, -700.0], [900.0], [-1e4, -1e4], [899.0, 2.0, 1.0])]
    expected = logsumexp([3.0, -700.0, 900.0, -1e4, -1e4, 899.0, 2.0, 1.0])
    for a, b, c, d in permutations(parts):
        close(value(merge(merge(merge(a, b), c), d)), expected)
        close(value(merge(merge(a, b), merge(c, d))), expected)
        close(value(merge(a, merge(b, merge(c, d)))), expected)


def test_a_removed_part_changes_nothing():
    nothing, something = pair([-INF, -INF]), pair([-1e4, 7.0])
    assert nothing == (-INF, 0)
    assert merge(nothing, something) == something == merge(something, nothing)
    assert merge(nothing, nothing) == nothing


def test_a_removed_part_does_not_raise_the_maximum_of_very_negative_logits():
    """As where the maximum of a masked block was replaced by 0 (flash-attention #2082)."""
    assert value(merge(pair([-INF]), pair([-2000.0]))) == -2000.0


# Chunks of classes.


@given(strategies.logits_and_classes(), st.integers(1, 6))
@law
def test_chunks_give_the_plain_loss_and_gradient(z_and_c, width):
    z, c = z_and_c
    chunks = cut(z, width)
    close(streaming_logsumexp(chunks), logsumexp(z))
    close(streaming_softmax_cross_entropy(chunks, c), softmax_cross_entropy(z, c))
    close(gradient(chunks, c), softmax_cross_entropy_grad(z, c))


def test_samples_may_stand_in_rows_and_columns():
    """The logit of the label is summed over the classes, the last axis, whatever axes come before."""
    rng = np.random.default_rng(11)
    z, c = rng.normal(size=(2, 9, 5)), rng.integers(5, size=(2, 9))
    chunks = cut(z, 2)
    close(streaming_softmax_cross_entropy(chunks, c), softmax_cross_entropy(z, c))
    close(gradient(chunks, c), softmax_cross_entropy_grad(z, c))
    with pytest.raises(ValueError, match="classes 0 … 4"):
        streaming_softmax_cross_entropy(chunks, np.full_like(c, 5))


def test_removed_classes_and_whole_removed_chunks():
    z = np.array([[-INF, -INF, 10.0, 1.0], [5.0, -INF, -INF, -INF]])
    for c in ([2, 0], [3, 1]):
        chunks = cut(z, 2)
        assert (streaming_softmax_cross_entropy(chunks, c) == softmax_cross_entropy(z, c)).all()
        close(gradient(chunks, c), softmax_cross_entropy_grad(z, c))


def test_gradient_by_complex_step():
    z, c = np.random.default_rng(1).uniform(-3, 3, size=(4, 10)), np.array([0, 3, 9, 5])
    check_gradient(
        lambda z: streaming_softmax_cross_entropy(cut(z, 4), c).sum(),
        lambda z: gradient(cut(z, 4), c),
        z,
    )


def test_float32_stays_float32():
    chunks = [np.zeros((2, 3), np.float32), np.ones((2, 1), np.float32)]
    assert streaming_softmax_cross_entropy(chunks, [0, 3]).dtype == np.float32
    assert gradient(chunks, [0, 3]).dtype == np.float32


def test_memory_grows_with_the_chunk_and_not_with_the_classes():
    rng = np.random.default_rng(2)
    X, c = rng.normal(size=(20, 4)), rng.integers(1000, size=20)

    def peak(classes, chunk):
        theta = np.zeros((classes, 4))
        streaming_logsumexp(ClassChunks(X, theta, chunk))  # what is allocated once is not counted
        tracemalloc.start()
        chunks = ClassChunks(X, theta, chunk)
        streaming_softmax_cross_entropy(chunks, c)
        for _ in streaming_softmax_cross_entropy_grad(chunks, c):
            pass
        most = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        return most

    assert peak(1_000_000, 1000) < 1.1 * peak(2000, 1000)
    assert peak(100_000, 10_000) > 5 * peak(100_000, 1000)


# Chunks of samples.


def test_unequal_batches_give_the_plain_mean():
    rng = np.random.default_rng(3)
    X, c, theta = rng.normal(size=(50, 3)), rng.integers(4, size=50), rng.normal(size=(4, 3))
    batches = [(X[a:b], c[a:b]) for a, b in ((0, 1), (1, 30), (30, 30), (30, 50))]
    L, in_theta = mean_over_batches(batches, theta)
    close(L, softmax_cross_entropy(X @ theta.T, c).mean())
    close(in_theta, softmax_cross_entropy_grad(X @ theta.T, c).T @ X / 50)
    check_gradient(lambda theta: softmax_cross_entropy(X @ theta.T, c).mean(), in_theta, theta)


def test_the_mean_of_the_batches_means_is_another_number():
    rng = np.random.default_rng(4)
    X, c, theta = rng.normal(size=(10, 3)), rng.integers(4, size=10), rng.normal(size=(4, 3))
    batches = [(X[:1], c[:1]), (X[1:], c[1:])]
    L, _ = mean_over_batches(batches, theta)
    of_each = [mean_over_batches([batch], theta)[0] for batch in batches]
    assert abs(L - np.mean(of_each)) > 0.01


# No silently wrong number.


def test_a_tiny_loss_keeps_its_digits_across_chunks():
    z = [60.0, 20.0, 20.0, -INF]
    for chunks in ([z[:1], z[1:]], [z[1:], z[:1]], [[x] for x in z], [[x] for x in reversed(z)]):
        c = [x for chunk in chunks for x in chunk].index(60.0)
        shifted = [np.array(chunk) - 60 for chunk in chunks]
        expected = 2 * np.exp(-40)
        np.testing.assert_allclose(streaming_logsumexp(shifted), expected, rtol=1e-15)
        np.testing.assert_allclose(streaming_softmax_cross_entropy(chunks, c), expected, rtol=1e-15)
        np.testing.assert_allclose(gradient(chunks, c)[c], -expected, rtol=1e-15)


@pytest.mark.parametrize("order", ["C", "F"])
def test_many_classes_and_samples_of_half_precision(order):
    """A sum over classes, features or samples in float16 stands still, and overflows at 65,504."""
    chunks = [np.zeros((4, 50_000), np.float16, order)] * 2
    for value in (
        streaming_logsumexp(chunks),
        streaming_softmax_cross_entropy(chunks, [0, 1, 2, 3]),
    ):
        assert value.dtype == np.float16
        np.testing.assert_allclose(value, np.log(1e5), rtol=1e-3)
    X, theta = np.ones((100_000, 1), np.float16, order), np.zeros((2, 1), np.float16, order)
    L, in_theta = mean_over_batches([(X, np.zeros(100_000, int))], theta)
    assert L.dtype == in_theta.dtype == np.float16
    np.testing.assert_allclose(L, np.log(2), rtol=1e-3)
    np.testing.assert_allclose(in_theta, [[-0.5], [0.5]], rtol=1e-3)
    features = np.ones((1, 5000), np.float16, order)
    (z,) = ClassChunks(features, features, 1)
    assert z.dtype == np.float16 and z == 5000


# What is refused.


ONES = np.ones((2, 3))
MASKED = (
    "z must be an array without a mask, which would be lost: choose the samples that count, "
    "z[~mask.any(axis=-1)], or remove classes by z.filled(-np.inf)"
)
REFUSED = [
    (pair, [[0.0, np.nan]], "z must be finite, or −∞ for a removed class, but z[1] is nan"),
    (pair, [[0.0, INF]], "z must be finite, or −∞ for a removed class, but z[1] is inf"),
    (streaming_logsumexp, [[]], "there must be at least one chunk or batch, but there is none"),
    (
        streaming_logsumexp,
        [[[-INF], [-INF]]],
        "chunks must keep at least one class above −∞, but chunks has the largest logit -inf",
    ),
    (
        streaming_softmax_cross_entropy,
        [[ONES, ONES], [0, 6]],
        "labels must be classes 0 … 5, but labels[1] is 6",
    ),
    (
        streaming_softmax_cross_entropy,
        [[ONES], [0, -1]],
        "labels must be classes 0 … 2, but labels[1] is -1",
    ),
    (
        streaming_softmax_cross_entropy,
        [[ONES], [0, 1, 2]],
        "labels must be integer classes of shape (2,), but have shape (3,) and dtype int64",
    ),
    (
        gradient,
        [[ONES], ONES / 3],
        "labels must be integer classes of shape (2,), but have shape (2, 3) and dtype float64",
    ),
    (gradient, [[ONES], [0, 3]], "labels must be classes 0 … 2, but labels[1] is 3"),
    (
        gradient,
        [iter([ONES]), [0, 1]],
        "chunks must be a list or the like: an iterator runs only once, not twice",
    ),
    (ClassChunks, [ONES, ONES, 0], "chunk must be at least 1, but is 0"),
    (ClassChunks, [ONES, ONES, "2"], "chunk must be a whole number, but is '2'"),
    (ClassChunks, [ONES, ONES, 2.5], "chunk must be a whole number, but is 2.5"),
    (
        streaming_logsumexp,
        [[np.zeros((2, 3)), np.zeros((1, 3))]],
        "both parts must be of the same samples, but have shapes (2,) and (1,)",
    ),
    (
        streaming_softmax_cross_entropy,
        [[np.zeros((2, 3)), np.zeros((1, 3))], [0, 1]],
        "labels must be integer classes of shape (1,), but have shape (2,) and dtype int64",
    ),
    (
        merge,
        [(np.zeros(2), np.ones(2)), (0.0, 1.0)],
        "both parts must be of the same samples, but have shapes (2,) and ()",
    ),
    (
        merge,
        [(np.zeros(2), 1.0), (np.zeros(2), np.ones(2))],
        "m and s of first must have one shape, but have (2,) and ()",
    ),
    (
        merge,
        [(0.0, 1.0), (np.nan, 1.0)],
        "m of second must be finite, or −∞ for no class, but m of second is nan",
    ),
    (
        merge,
        [(0.0, 1.0), (0.0, -1.0)],
        "s of second must be finite and not negative, but s of second is -1.0",
    ),
    (pair, [np.ma.array([0.0, 1.0], mask=[0, 1])], MASKED),
    (
        ClassChunks,
        [ONES, ONES.T, 1],
        "X and theta must have shapes (N, D) and (C, D), but have (2, 3) and (3, 2)",
    ),
    (
        streaming_logsumexp,
        [ClassChunks(ONES, [[0.0] * 3, [0.0] * 3, [0.0, np.inf, 0.0]], 2)],
        "theta[2:] must be finite, but theta[2:][0, 1] is inf",
    ),
    (batch_sums, [ONES, [0, 1], ONES * np.inf], "theta must be finite, but theta[0, 0] is inf"),
    (
        batch_sums,
        [ONES, [0, 1], np.ones(3)],
        "X and theta must have shapes (N, D) and (C, D), but have (2, 3) and (3,)",
    ),
    (
        mean_over_batches,
        [[(ONES[:0], np.zeros(0, int))], ONES],
        "the mean loss needs at least one sample, but there is none",
    ),
]


@pytest.mark.parametrize(("function", "arguments", "message"), REFUSED)
def test_bad_input_is_named(function, arguments, message):
    with pytest.raises(ValueError) as error:
        function(*arguments)
    assert str(error.value) == message


# The layer and its loss in one.


def plain(X, theta, y):
    z = X @ theta.T
    slopes = softmax_cross_entropy_grad(z, y) / len(X)
    return softmax_cross_entropy(z, y).mean(), slopes @ theta, slopes.T @ X


@pytest.mark.parametrize("chunk", [1, 3, 13, 100_000])
@pytest.mark.parametrize("labels", ["classes", "distributions", "one-hot"])
def test_the_fused_loss_and_gradients_are_the_plain_ones(labels, chunk):
    rng = np.random.default_rng(21)
    X, theta = rng.normal(size=(40, 5)), rng.normal(size=(13, 5))
    y = rng.integers(13, size=40)
    y = {"classes": y, "distributions": rng.dirichlet(np.ones(13), 40), "one-hot": np.eye(13)[y]}
    y = y[labels]
    for fused, expected in zip(
        linear_cross_entropy_with_grad(X, theta, y, chunk), plain(X, theta, y), strict=True
    ):
        np.testing.assert_allclose(fused, expected, rtol=1e-13, atol=1e-15)


def test_the_fused_gradients_by_complex_step():
    rng = np.random.default_rng(22)
    X, theta, y = rng.normal(size=(4, 3)), rng.normal(size=(7, 3)), rng.dirichlet(np.ones(7), 4)
    _, in_X, in_theta = linear_cross_entropy_with_grad(X, theta, y, 3)
    check_gradient(lambda X: linear_cross_entropy_with_grad(X, theta, y, 3)[0], in_X, X)
    check_gradient(lambda theta: linear_cross_entropy_with_grad(X, theta, y, 3)[0], in_theta, theta)


def test_the_fused_loss_of_a_confident_model_keeps_its_digits():
    """The label's p is 1 − 4e-18: neither chunk knows so alone."""
    X, theta = np.ones((1, 1)), np.array([[10.0], [50.0]])
    L, _, in_theta = linear_cross_entropy_with_grad(X, theta, [1], 1)
    np.testing.assert_allclose(L, np.exp(-40), rtol=1e-15)
    np.testing.assert_allclose(in_theta.ravel(), [np.exp(-40), -np.exp(-40)], rtol=1e-15)


@pytest.mark.parametrize("dtype", [np.float16, np.float32, np.float64])
def test_the_fused_loss_keeps_the_precision(dtype):
    X, theta = np.ones((2, 3), dtype), np.zeros((4, 3), dtype)
    L, in_X, in_theta = linear_cross_entropy_with_grad(X, theta, [0, 3])
    assert L.dtype == in_X.dtype == in_theta.dtype == dtype
    np.testing.assert_allclose(L, np.log(4), rtol=1e-3)


def test_fused_memory_does_not_hold_the_logits():
    """Beside the gradient in theta, which is an answer, and one chunk, there is nothing as large."""
    rng = np.random.default_rng(23)
    X, c = rng.normal(size=(512, 4)), rng.integers(20_000, size=512)
    theta = rng.normal(size=(20_000, 4))
    linear_cross_entropy_with_grad(X[:2], theta, c[:2])
    tracemalloc.start()
    linear_cross_entropy_with_grad(X, theta, c)
    most = tracemalloc.get_traced_memory()[1] - theta.nbytes
    tracemalloc.stop()
    logits = 512 * 20_000 * 8
    assert most < logits / 20
    tracemalloc.start()
    plain(X, theta, c)
    assert tracemalloc.get_traced_memory()[1] > logits
    tracemalloc.stop()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([ONES[:0], ONES, []], "X must have shape (N, D) with N ≥ 1, but has shape (0, 3)"),
        ([ONES, ONES, [0, 2]], "labels must be classes 0 … 1, but labels[1] is 2"),
        ([ONES, ONES * np.nan, [0, 1]], "theta[0:] must be finite, but theta[0:][0, 0] is nan"),
        ([ONES, ONES, [0, 1], 0], "chunk must be at least 1, but is 0"),
        (
            [ONES, ONES, [0.0, 1.0]],
            (
                "labels must be distributions of the logits' shape (2, 2), or integer classes of "
                "shape (2,), but have shape (2,) and dtype float64"
            ),
        ),
    ],
)
def test_bad_input_of_the_fused_loss_is_named(arguments, message):
    with pytest.raises(ValueError) as error:
        linear_cross_entropy_with_grad(*arguments)
    assert str(error.value) == message
