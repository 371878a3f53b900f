"""What the numerical functions ask of their arguments.

Each check returns its argument as an array of floats, or raises a ValueError that names the
argument, the value or shape it has, and what was expected. Complex numbers are judged by their
real parts, so that a complex step may pass.
"""

from __future__ import annotations

import operator
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.labels import Classes, Distributions, Labels
from cebook_utils.numerics.precision import total, wide_type
from cebook_utils.numerics.tiles import largest, tiles


class Logits(NamedTuple):
    """Logits over all classes, some of which, but not all, may be −∞; the samples are rows."""

    z: Array  # of shape (N, C)
    a: Array  # the class of the largest logit, of shape (N,)
    largest: Array  # z_a
    shape: tuple[int, ...]  # as the logits came, (…, C)


def numbers(values: ArrayLike, name: str) -> Array:
    if _masked(values):
        raise ValueError(
            f"{name} must be an array without a mask, which would be lost: choose the samples that "
            f"count, {name}[~mask.any(axis=-1)], or remove classes by {name}.filled(-np.inf)"
        )
    try:
        array = np.asarray(values)
    except ValueError as error:
        raise ValueError(f"{name} must be an array of numbers: {error}") from None
    if array.dtype.kind not in "biufc":
        raise ValueError(f"{name} must be an array of numbers, but its dtype is {array.dtype}")
    return array


def floats(values: ArrayLike, name: str) -> Array:
    """As an array of floats in the machine's own order of bytes."""
    array = numbers(values, name)
    dtype = array.dtype.newbyteorder("=") if array.dtype.kind in "fc" else np.dtype(float)
    return array.astype(dtype, copy=False)


def finite(values: ArrayLike, name: str) -> Array:
    array = floats(values, name)
    refuse(~np.isfinite(array), array, name, "be finite")
    return array


def real(values: ArrayLike, name: str) -> Array:
    array = floats(values, name)
    if array.dtype.kind == "c":
        raise ValueError(f"{name} must be real, but its dtype is {array.dtype}")
    return array


def number(value: ArrayLike, name: str) -> float:
    """One finite real number."""
    try:
        return float(finite(real(value, name), name).reshape(()))
    except ValueError:
        raise ValueError(f"{name} must be one finite number, but is {value!r}") from None


def whole(value: Any, name: str, least: int) -> int:
    """A whole number, as a count or a position is."""
    try:
        integer = operator.index(value)
    except TypeError:
        raise ValueError(f"{name} must be a whole number, but is {value!r}") from None
    if integer < least:
        raise ValueError(f"{name} must be at least {least}, but is {integer}")
    return integer


def over_classes(values: ArrayLike, name: str) -> Array:
    array = floats(values, name)
    if array.ndim == 0 or array.shape[-1] == 0:
        raise ValueError(f"{name} must have shape (…, C) with C ≥ 1, but has shape {array.shape}")
    return array


def part_of_classes(values: ArrayLike, name: str) -> Array:
    """Logits over some of the classes, each of which may be removed by −∞."""
    z = over_classes(values, name)
    # The maximum is NaN where one of them is.
    if not z.real.max(initial=-np.inf) < np.inf or not _real_or_finite(z):
        refuse(
            np.isnan(z.real) | np.isposinf(z.real) | ~np.isfinite(z.imag),
            z,
            name,
            "be finite, or −∞ for a removed class",
        )
    return z


def removable(values: ArrayLike, name: str) -> Logits:
    """Logits over all classes, of which some, but not all, may be removed by −∞.

    To look for the largest logit is to look at all: it is NaN or ∞ where one of them is, and −∞ where
    all are.
    """
    z = over_classes(values, name)
    rows = z.reshape(-1, z.shape[-1])
    a, top = largest(rows.real)
    if z.dtype.kind == "c":
        top = rows[np.arange(len(rows)), a]
    if np.count_nonzero(np.isfinite(top)) < len(rows) or not _real_or_finite(z):
        part_of_classes(z, name)
        refuse(np.isneginf(z.real).all(axis=-1), z, name, "keep at least one class above −∞")
    return Logits(rows, a, top, z.shape)


def distribution(values: ArrayLike, name: str) -> Array:
    """Numbers ≥ 0 that sum to one over the last axis, to two thirds of the digits they have.

    The sum is taken in float64. It may miss one by ε^⅔, which is 1e-2 in float16, 2e-5 in float32
    and 4e-11 in float64, and by half the smallest number of the format for each of the classes, which
    matters only for float16. Numbers of float64 that are all numbers of float32, as in a list made of
    one, have the digits of float32.
    """
    return _distribution(values, name)[0]


def _distribution(values: ArrayLike, name: str) -> tuple[Array, Array]:
    """And the sums."""
    p = over_classes(values, name)
    if not p.real.min(initial=0) >= 0 or not _real_or_finite(p):
        refuse(~(p.real >= 0) | ~np.isfinite(p.imag), p, name, "have no negative entry and no NaN")
    sums = _sums(p.real)
    if not (abs(sums - 1) <= _tolerance(p.real.dtype, p.shape[-1])).all():
        missed = ~(abs(sums - 1) <= _tolerance(_digits(p), p.shape[-1]))
        refuse(missed, sums, name, "sum to one over the last axis", "sums to")
    return p, sums


def distributions(p: ArrayLike, q: ArrayLike) -> tuple[Array, Array]:
    p, q = distribution(p, "p"), distribution(q, "q")
    pairs = zip(reversed(p.shape[:-1]), reversed(q.shape[:-1]), strict=False)
    if p.shape[-1] != q.shape[-1] or any(n != m and 1 not in (n, m) for n, m in pairs):
        raise ValueError(
            "p and q must have the same number of classes and leading axes that broadcast, "
            f"but have shapes {p.shape} and {q.shape}"
        )
    return p, q


def prediction_and_label(p: ArrayLike, y: ArrayLike) -> tuple[Array, Array]:
    p, y = finite(p, "p"), finite(real(y, "y"), "y")
    return p, one_or_for_each(y, "y", p, "p")


def logits_and_binary_labels(logits: ArrayLike, labels: ArrayLike) -> tuple[Array, Array]:
    z, y = finite(logits, "logits"), real(labels, "labels")
    if not (y.min(initial=0) >= 0 and y.max(initial=0) <= 1):  # neither is true of NaN
        refuse(~((y >= 0) & (y <= 1)), y, "labels", "lie in [0, 1]")
    return z, one_or_for_each(y, "labels", z, "logits")


def logits_and_labels(logits: ArrayLike, labels: ArrayLike) -> tuple[Logits, Labels]:
    z = removable(logits, "logits")
    return z, over_samples_of(z.shape, labels)


def over_samples_of(shape: tuple[int, ...], labels: ArrayLike) -> Labels:
    """The labels of logits of a shape, in one of the two forms in which they may be given."""
    y, classes = numbers(labels, "labels"), shape[-1]
    if y.shape == shape:
        y, sums = _distribution(real(y, "labels"), "labels")
        return Distributions(y.reshape(-1, classes), sums.reshape(-1))
    if y.shape == shape[:-1] and y.dtype.kind in "iu":
        refuse((y < 0) | (y >= classes), y, "labels", f"be classes 0 … {classes - 1}")
        return Classes(y.reshape(-1))
    raise ValueError(
        f"labels must be distributions of the logits' shape {shape}, or integer classes of "
        f"shape {shape[:-1]}, but have shape {y.shape} and dtype {y.dtype}"
    )


def one_or_for_each(array: Array, name: str, other: Array, other_name: str) -> Array:
    """No broadcasting: (N, 1) against (N,) would be (N, N)."""
    if array.ndim > 0 and array.shape != other.shape:
        raise ValueError(
            f"{name} must have the shape of {other_name}, {other.shape}, or be one number, "
            f"but has shape {array.shape}"
        )
    return array


def refuse(bad: ArrayLike, values: Array, name: str, expected: str, verb: str = "is") -> None:
    """Raise a ValueError that shows the first of the values that are bad."""
    if np.count_nonzero(bad):
        index = tuple(int(i) for i in np.argwhere(bad)[0])
        place = name + (str(list(index)) if index else "")
        raise ValueError(f"{name} must {expected}, but {place} {verb} {values[index]}")


def _masked(values: Any) -> bool:
    """Whether it is a masked array, or a list of which one is a part."""
    if isinstance(values, list | tuple):
        return any(map(_masked, values))
    return np.ma.isMaskedArray(values)


def _sums(p: Array) -> Array:
    """Over the last axis, in float64 at least."""
    sums = np.empty(p.shape[:-1], wide_type(p))
    flat = sums.reshape(-1)
    rows = p.reshape(-1, p.shape[-1])
    for n, tile in tiles(rows):
        np.copyto(tile, rows[n])
        flat[n] = total(tile)
    return sums[()]


def _tolerance(dtype: np.dtype[Any], classes: int) -> float:
    """By how much a sum may miss one."""
    format = np.finfo(dtype)
    return float(np.cbrt(float(format.eps))) ** 2 + classes * float(format.smallest_subnormal) / 2


def _real_or_finite(z: Array) -> bool:
    """Whether the imaginary parts are finite, if there are any."""
    return z.dtype.kind != "c" or bool(np.isfinite(z.imag).all())


def _digits(p: Array) -> np.dtype[Any]:
    """The format of which the numbers have the digits."""
    with np.errstate(over="ignore"):  # to ∞, which is another number
        short = p.real.astype(np.float32)
    return short.dtype if p.real.dtype == np.float64 and (short == p.real).all() else p.real.dtype
