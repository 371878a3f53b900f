"""Measure the losses against in-place NumPy, SciPy and the memory (`make bench`).

    python tools/bench_losses.py

writes chapters/data/losses.json: for each loss, shape and precision, the nanoseconds per number of
three routes in one run, the shortest that the memory allows, and the peak memory over the size of the
logits; and for a linear layer with its loss, plain and in one, the time and the peak memory over the
number of classes. The in-place route is what NumPy can do in the precision of the logits without any look at them:
its passes are the yardstick for speed, not for digits. Times are of the processor, the shortest of
some, so that what else the machine does can only add to them.
"""

import json
import sys
import time
import tracemalloc

import command
import numpy as np
import scipy.special
from machine import machine
from notebooks import CHAPTERS
from threadpoolctl import threadpool_limits

from cebook_utils.numerics import losses
from cebook_utils.numerics.streaming import linear_cross_entropy_with_grad

RESULT = CHAPTERS / "data" / "losses.json"

SHAPES = [(1, 10), (32, 10), (100_000, 10), (10_000, 100), (1000, 1000), (8, 1_000_000)]
BINARY_SHAPES = [(10,), (1_000_000,)]
LEAST = 200_000  # numbers in one timed run, by repeating what is smaller
REPEATS = 5
SAMPLES, FEATURES, CLASSES = 64, 32, [1000, 10_000, 100_000, 1_000_000]
LARGE = 2**26  # bytes, more than any cache holds


# The same by NumPy's passes, each into the array that the first one made.


def softmax_in_place(z, y):
    m = z.max(axis=-1, keepdims=True)
    e = np.subtract(z, m)
    samples = np.arange(len(z))
    loss = -e[samples, y] if y.ndim == 1 else -np.einsum("nk,nk->n", y, e)
    np.exp(e, out=e)
    s = e.sum(axis=-1, keepdims=True)
    loss += np.log(s[:, 0])
    return loss, e, s


def softmax_loss_in_place(z, y):
    return softmax_in_place(z, y)[0]


def softmax_both_in_place(z, y):
    loss, e, s = softmax_in_place(z, y)
    e /= s
    if y.ndim == 1:
        e[np.arange(len(z)), y] -= 1
    else:
        e -= y
    return loss, e


def log_softmax_in_place(z, y):
    below = z - z.max(axis=-1, keepdims=True)
    below -= np.log(np.exp(below).sum(axis=-1, keepdims=True))
    return below


def binary_loss_in_place(z, y):
    e = np.abs(z)
    np.negative(e, out=e)
    np.exp(e, out=e)
    np.log1p(e, out=e)
    e += np.maximum(z, 0)
    e -= z * y
    return e


def binary_both_in_place(z, y):
    e = np.abs(z)
    np.negative(e, out=e)
    np.exp(e, out=e)
    p = np.where(z < 0, e, 1)
    p /= 1 + e
    p -= y
    np.log1p(e, out=e)
    e += np.maximum(z, 0)
    e -= z * y
    return e, p


# The same by SciPy's functions.


def softmax_loss_by_scipy(z, y):
    log_p = scipy.special.log_softmax(z, axis=-1)
    return -log_p[np.arange(len(z)), y] if y.ndim == 1 else -(y * log_p).sum(axis=-1)


def softmax_both_by_scipy(z, y):
    log_p = scipy.special.log_softmax(z, axis=-1)
    p = np.exp(log_p)
    if y.ndim == 1:
        samples = np.arange(len(z))
        p[samples, y] -= 1
        return -log_p[samples, y], p
    return -(y * log_p).sum(axis=-1), p - y


def log_softmax_by_scipy(z, y):
    return scipy.special.log_softmax(z, axis=-1)


def binary_loss_by_scipy(z, y):
    return -y * scipy.special.log_expit(z) - (1 - y) * scipy.special.log_expit(-z)


def binary_both_by_scipy(z, y):
    return binary_loss_by_scipy(z, y), scipy.special.expit(z) - y


# Ours.


def binary_both(z, y):
    return losses.sigmoid_binary_cross_entropy(z, y), losses.sigmoid_binary_cross_entropy_grad(z, y)


def log_softmax(z, y):
    return losses.log_softmax(z)


# Name, whether labels are soft, the three routes, and how often a number of the logits' size has to be
# read or written at least.
SOFTMAX = [
    (
        "loss",
        False,
        (losses.softmax_cross_entropy, softmax_loss_in_place, softmax_loss_by_scipy),
        1,
    ),
    (
        "loss and gradient",
        False,
        (losses.softmax_cross_entropy_with_grad, softmax_both_in_place, softmax_both_by_scipy),
        2,
    ),
    (
        "loss of soft labels",
        True,
        (losses.softmax_cross_entropy, softmax_loss_in_place, softmax_loss_by_scipy),
        2,
    ),
    (
        "loss and gradient of soft labels",
        True,
        (losses.softmax_cross_entropy_with_grad, softmax_both_in_place, softmax_both_by_scipy),
        3,
    ),
    ("log-softmax", False, (log_softmax, log_softmax_in_place, log_softmax_by_scipy), 2),
]
BINARY = [
    (
        "binary loss",
        False,
        (losses.sigmoid_binary_cross_entropy, binary_loss_in_place, binary_loss_by_scipy),
        3,
    ),
    (
        "binary loss and gradient",
        False,
        (binary_both, binary_both_in_place, binary_both_by_scipy),
        4,
    ),
]
ROUTES = ("ours", "in place", "scipy")


def data(shape, dtype, soft, seed=3):
    """Logits of a model that has learnt something, and labels."""
    rng = np.random.default_rng(seed)
    z = (3 * rng.normal(size=shape)).astype(dtype)
    if len(shape) == 1:
        return z, rng.integers(0, 2, shape).astype(dtype)
    return z, losses.softmax(z[::-1]) if soft else rng.integers(shape[1], size=shape[0])


def seconds(task, repeats):
    """The processor's time for a task, the shortest, after one run that is not counted."""
    task()
    shortest = np.inf
    for _ in range(REPEATS):
        start = time.process_time()
        for _ in range(repeats):
            task()
        shortest = min(shortest, (time.process_time() - start) / repeats)
    return shortest


def peak(task):
    """The most bytes that NumPy and Python held during a task, beyond what was there before."""
    tracemalloc.start()
    task()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def seconds_per_byte():
    """Of memory, read or written: a copy reads each byte and writes it."""
    source, target = np.ones(LARGE // 8), np.empty(LARGE // 8)
    return seconds(lambda: np.copyto(target, source), 1) / (2 * LARGE)


def same(results, dtype):
    """Routes that do not compute the same are not compared. A sum over a million numbers of float32, one
    after the other, has three digits."""
    first, *others = (result if isinstance(result, tuple) else (result,) for result in results)
    tolerance = 1e-3 if dtype == np.float32 else 1e-11
    for other in others:
        for one, another in zip(first, other, strict=True):
            np.testing.assert_allclose(one, another, rtol=tolerance, atol=tolerance)


def row(name, shape, dtype, soft, routes, touched, per_byte):
    z, y = data(shape, dtype, soft)
    tasks = {route: lambda f=f: f(z, y) for route, f in zip(ROUTES, routes, strict=True)}
    same([task() for task in tasks.values()], dtype)
    repeats = -(-LEAST // z.size)
    nanoseconds = {route: 1e9 * seconds(tasks[route], repeats) / z.size for route in ROUTES}
    return {
        "loss": name,
        "shape": list(shape),
        "dtype": np.dtype(dtype).name,
        "nanoseconds": {route: rounded(value) for route, value in nanoseconds.items()},
        "limit": rounded(1e9 * per_byte * touched * z.itemsize),
        "peak": {route: rounded(peak(tasks[route]) / z.nbytes) for route in ROUTES},
    }


# A linear layer and its loss.


def plain_linear(X, theta, y):
    """Mean loss and both gradients, with the logits of all classes in memory."""
    loss, slopes = losses.softmax_cross_entropy_with_grad(X @ theta.T, y)
    slopes /= len(X)
    return loss.mean(), slopes @ theta, slopes.T @ X


def linear_row(classes):
    rng = np.random.default_rng(5)
    X = rng.normal(size=(SAMPLES, FEATURES)).astype(np.float32)
    theta = rng.normal(size=(classes, FEATURES)).astype(np.float32)
    y = rng.integers(classes, size=SAMPLES)
    row = {"classes": classes, "gradient": theta.nbytes}
    tasks = {
        name: lambda f=f: f(X, theta, y)
        for name, f in (("plain", plain_linear), ("fused", linear_cross_entropy_with_grad))
    }
    same([task() for task in tasks.values()], np.float32)
    for name, task in tasks.items():
        row[name] = {"seconds": rounded(seconds(task, 1)), "bytes": peak(task)}
    return row


def linear_line(row):
    times = [row[name]["seconds"] for name in ("plain", "fused")]
    # Beside the gradient in the weights, which is an answer.
    beside = [(row[name]["bytes"] - row["gradient"]) / 1e6 for name in ("plain", "fused")]
    return (
        f"{row['classes']:>12,} classes: {times[0]:8.3g} s plain, {times[1]:8.3g} s fused; beside the "
        f"gradient {beside[0]:7.4g} MB plain, {beside[1]:6.3g} MB fused"
    )


def rounded(number):
    """Three digits: the others are noise."""
    return float(f"{number:.3g}")


HEAD = (
    f"{'':34}{'':>14}{'':>9}{'ns a number':>24}{'ours over':>16}{'memory':>9}{'in place':>10}"
    f"{'peak memory':>16}\n"
    f"{'':34}{'shape':>14}{'dtype':>9}{'ours':>8}{'place':>8}{'scipy':>8}{'place':>9}{'scipy':>7}"
    f"{'limit':>9}{'/ limit':>10}{'ours':>9}{'place':>7}"
)


def figure(number):
    return f"{number:8.2f}" if number < 100 else f"{number:8.0f}"


def line(row):
    ours, place, scipy_ = (row["nanoseconds"][route] for route in ROUTES)
    shape = " × ".join(f"{n:,}" for n in row["shape"])
    peaks = row["peak"]
    return (
        f"{row['loss']:34}{shape:>14}{row['dtype']:>9}{figure(ours)}{figure(place)}{figure(scipy_)}"
        f"{ours / place:9.2f}{ours / scipy_:7.2f}{row['limit']:9.2g}{place / row['limit']:10.1f}"
        f"{peaks['ours']:9.3g}{peaks['in place']:7.3g}"
    )


def main():
    rows = []
    print(HEAD)
    with threadpool_limits(1):
        per_byte = seconds_per_byte()
        for routes, shapes in ((SOFTMAX, SHAPES), (BINARY, BINARY_SHAPES)):
            for name, soft, three, touched in routes:
                for dtype in (np.float32, np.float64):
                    for shape in shapes:
                        rows.append(row(name, shape, dtype, soft, three, touched, per_byte))
                        print(line(rows[-1]), flush=True)
        print(f"\n{SAMPLES} samples of {FEATURES} features, float32, loss and both gradients:")
        linear = []
        for classes in CLASSES:
            linear.append(linear_row(classes))
            print(linear_line(linear[-1]), flush=True)
    measured = {
        "machine": machine("numpy", "scipy"),
        "gigabytes a second": rounded(1e-9 / per_byte),
        "rows": rows,
        "linear": {"samples": SAMPLES, "features": FEATURES, "rows": linear},
    }
    command.write(RESULT, json.dumps(measured, indent=1) + "\n")
    print(f"wrote {RESULT.relative_to(CHAPTERS.parent)}", file=sys.stderr)


if __name__ == "__main__":
    command.run(main)
