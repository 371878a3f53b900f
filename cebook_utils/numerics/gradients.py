"""Gradients by numbers alone, and the comparison of a derived gradient with them.

Two routes that share nothing with the algebra of the book: differences, which need only the
values of a function, and the complex step, which has no cancellation and so loses no digits.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from cebook_utils.numerics.arguments import finite, number, numbers, one_or_for_each, real, refuse
from cebook_utils.numerics.arrays import Array, Function
from cebook_utils.numerics.precision import wide

# A numerical route to the gradient of a function at a point.
Route = Callable[[Function, Array], Array]


def central_difference(f: Function, x: ArrayLike, h: ArrayLike | None = None) -> Array:
    r"""The gradient of f at x by central differences.

    .. math:: \frac{\partial f}{\partial x_i} \approx \frac{f(x + h e_i) - f(x - h e_i)}{2h}

    The error is about h² + ε/h, where ε is the rounding error of f.

    :param f: takes an array of x's shape, returns one real number
    :param x: real, any shape
    :param h: the step; by default the cube root of ε times the larger of 1 and \|x\|, where the two
        parts of the error are equal. For \|x\| ≤ 3 and the losses of this book that leaves a relative
        error below 1e-8
    :returns: an array of x's shape, in float64
    :raises ValueError: if x is not real and finite, if h is not positive or is lost beside x, or if f
        does not return one finite real number

    >>> central_difference(lambda x: x[0] ** 2 * x[1], [3.0, 5.0]).round(6)
    array([30.,  9.])

    Source: Nocedal and Wright, Numerical Optimization (2006), §8.1.
    """
    x = _point(x)
    if h is None:
        h = np.cbrt(np.finfo(float).eps) * np.maximum(1, abs(x))
    gradient = np.empty_like(x)
    steps = np.broadcast_to(one_or_for_each(_positive(h), "h", x, "x"), x.shape)
    refuse((x + steps == x) | (x - steps == x), steps, "h", "be large enough to move x")
    for i, h_i in np.ndenumerate(steps):
        difference = _value_at(f, x, i, h_i) - _value_at(f, x, i, -h_i)
        gradient[i] = difference / (2 * h_i)
    return gradient


def complex_step(f: Function, x: ArrayLike, h: float = 1e-30) -> Array:
    r"""The gradient of f at x by complex steps.

    .. math:: \frac{\partial f}{\partial x_i} \approx \frac{\operatorname{Im} f(x + ihe_i)}{h}

    The error is about h² only: nothing is subtracted, so h may be tiny. For \|x\| ≤ 3 and the losses of
    this book the relative error is below 1e-13.

    f must be analytic, made of + − × ÷, exp, log and the like. It is silently wrong through
    whatever drops or mixes the imaginary part of *some* terms: abs, norms, a maximum or clipping
    that compares complex numbers. Branch on x.real instead, or use :func:`central_difference`.

    :param f: takes a complex array of x's shape, returns one complex number
    :param x: real, any shape
    :param h: the step
    :returns: an array of x's shape, in float64
    :raises ValueError: if x is not real and finite, if h is not positive, or if f does not return one
        finite complex number: a real one means that the imaginary part was lost on the way

    >>> complex_step(lambda x: x[0] ** 2 * x[1], [3.0, 5.0]).round(6)
    array([30.,  9.])

    Source: Squire and Trapp, SIAM Review 40 (1998), 110–112.
    """
    x, h = _point(x), float(_positive(number(h, "h")))
    gradient = np.empty_like(x)
    for i in np.ndindex(x.shape):
        stepped = x.astype(complex)
        stepped[i] += 1j * h
        gradient[i] = _complex_value(f, stepped).imag / h
    return gradient


def relative_error(a: ArrayLike, b: ArrayLike) -> np.floating[Any]:
    r"""How far two arrays are apart, for their size.

    .. math:: \frac{\lVert a - b \rVert}{\max(\lVert a \rVert, \lVert b \rVert)}

    The norm is the Euclidean one of all entries, and the error of two zeros is 0. It is not taken entry
    by entry, which would mean nothing where one entry vanishes. Nor does it mean anything where a and b
    are rounding errors of zero, as both gradients are at a minimum.

    :param a: finite
    :param b: finite, of the same shape
    :returns: a float between 0 and 2
    :raises ValueError: if either is not finite, or if the shapes differ

    >>> relative_error([3.0, 4.0], [3.0, 4.5]).round(3)
    np.float64(0.092)
    >>> relative_error([0.0, 0.0], [0.0, 0.0])
    np.float64(0.0)

    Source: Higham, Accuracy and Stability of Numerical Algorithms (2002), §1.2.
    """
    a, b = wide(finite(a, "a")), wide(finite(b, "b"))
    if a.shape != b.shape:
        raise ValueError(f"a and b must have one shape, but have {a.shape} and {b.shape}")
    size: float = max(abs(a).max(initial=0.0), abs(b).max(initial=0.0))
    if size == 0:
        return np.float64(0.0)
    a, b = a / size, b / size  # the squares in a norm would underflow for entries below 1e-162
    return np.linalg.norm(a - b) / max(np.linalg.norm(a), np.linalg.norm(b))


def check_gradient(
    f: Function,
    gradient: ArrayLike | Function,
    x: ArrayLike,
    rtol: float = 1e-13,
    numeric: Route = complex_step,
) -> np.floating[Any]:
    """Compare a derived gradient of f at x with a numerical one.

    Before it is trusted, the numerical gradient has to agree with the slopes to the left and to the right of
    x, taken from real values of f alone: a kink at x has no gradient, and a complex step through a
    function that is not analytic gives that of another one. Both are refused where they make a
    difference of more than about 1e-6 of the largest slope.

    :param f: as the numerical route asks
    :param gradient: an array of x's shape, or a function of x that returns one
    :param x: real, any shape
    :param rtol: the largest relative error allowed, from 0 to below 1, the error of a zero gradient
    :param numeric: :func:`complex_step`, or :func:`central_difference`, for which ask for rtol=1e-8
    :returns: the relative error
    :raises AssertionError: if the shapes differ or the relative error is above rtol; it shows both
        gradients and the entry in which they differ most
    :raises ValueError: as the numerical route does; if rtol is no such number; if f has a kink at x, no
        values beside it, or is not analytic where the route asks that

    >>> def f(x):
    ...     return (x**3).sum()
    >>> bool(check_gradient(f, lambda x: 3 * x**2, [1.0, 2.0]) < 1e-13)
    True
    >>> check_gradient(f, lambda x: 2 * x**2, [1.0, 2.0])
    Traceback (most recent call last):
        ...
    AssertionError: the gradient is wrong: relative error 0.333 is above rtol = 1e-13
      analytic: [2. 8.]
      numeric:  [ 3. 12.]
      worst at [1]: analytic 8.0, numeric 12.0
    >>> check_gradient(lambda x: (x**2 + abs(x)).sum(), [2.0, 4.0], [1.0, 2.0])
    Traceback (most recent call last):
        ...
    ValueError: complex_step is wrong for f: along x[0] it gives 2, but values of f beside x give 3; branch on x.real in place of abs, maximum and norms, or use central_difference
    """
    x, rtol = _point(x), number(rtol, "rtol")
    if not 0 <= rtol < 1:
        raise ValueError(f"rtol must be from 0 to below 1, but is {rtol:g}")
    analytic = real(gradient(x.copy()) if callable(gradient) else gradient, "gradient")
    expected = real(numeric(f, x), "the numerical gradient")
    _refuse_untrusted(expected, f, x, numeric)
    both = f"\n  analytic: {analytic}\n  numeric:  {expected}"
    if analytic.shape != x.shape:
        raise AssertionError(
            f"the gradient is wrong: its shape is {analytic.shape}, that of x is {x.shape}{both}"
        )
    if not np.isfinite(analytic).all():
        raise AssertionError(f"the gradient is wrong: it is not finite{both}")
    error = relative_error(analytic, expected)
    if error > rtol:
        worst = np.unravel_index(np.argmax(abs(analytic - expected)), x.shape)
        raise AssertionError(
            f"the gradient is wrong: relative error {error:.3g} is above rtol = {rtol:g}{both}\n"
            f"  worst at {[int(i) for i in worst]}: "
            f"analytic {analytic[worst]}, numeric {expected[worst]}"
        )
    return error


# How a numerical gradient earns trust.


RUNGS = 6  # step lengths at which f is asked, each an eighth of the one before
NOISE = 100 * np.finfo(float).eps  # rounding error of f allowed for, relative to its value


def _refuse_untrusted(numerical: Array, f: Function, x: Array, route: Route) -> None:
    """Compare a numerical gradient with one-sided slopes, entry by entry."""
    largest, middle = abs(numerical).max(initial=0.0), _real_value(f, x.copy())
    for i in np.ndindex(x.shape):
        first, smooth = None, False
        for slope, jump, noise in _slopes(f, x, i, middle):
            first = first or (slope, jump)
            tolerance = 1e-6 * max(largest, abs(slope)) + noise
            smooth = abs(jump) <= tolerance
            if smooth and abs(slope - numerical[i]) <= tolerance:
                break
        else:
            _refuse_entry(
                f"x{[int(k) for k in i]}" if i else "x", first, smooth, numerical[i], route
            )


def _refuse_entry(
    place: str, first: tuple[Array, Array] | None, smooth: bool, numerical: Array, route: Route
) -> None:
    if first is None:
        raise ValueError(
            f"f has no values beside x along {place}, against which its gradient could be checked"
        )
    slope, jump = first
    if not smooth:
        raise ValueError(
            f"f has no gradient at x: along {place} its slope is {slope - jump / 2:.6g} on the left "
            f"and {slope + jump / 2:.6g} on the right; move x away from the kink"
        )
    name = getattr(route, "__name__", "the numerical route")
    raise ValueError(
        f"{name} is wrong for f: along {place} it gives {numerical:.6g}, but values of f beside x give "
        f"{slope:.6g}; branch on x.real in place of abs, maximum and norms, or use central_difference"
    )


def _slopes(
    f: Function, x: Array, i: tuple[int, ...], middle: Array
) -> Iterator[tuple[Array, Array, Array]]:
    """The slope at x along entry i, its jump there, and their rounding error, by ever shorter steps.

    Steps beside which f has no values, beyond the edge of its domain say, are passed over.
    """
    h, found = np.cbrt(np.finfo(float).eps) * max(1, abs(x[i])), 0
    while found < RUNGS and h > max(1e-12 * abs(x[i]), 1e-300):
        try:
            _, gap, size = _around(f, x, i, h, middle)
            slope, half_gap, _ = _around(f, x, i, h / 2, middle)
        except (ValueError, ArithmeticError):
            pass
        else:
            found += 1
            # The slopes on both sides differ by the jump, h f'' and O(h³); half the step halves h f''.
            yield slope, 2 * half_gap - gap, NOISE * size / h
        h /= 8


def _around(
    f: Function, x: Array, i: tuple[int, ...], h: float, middle: Array
) -> tuple[Array, Array, Array]:
    """The slope across x, how much steeper it is on the right than on the left, and the size of f."""
    with np.errstate(all="ignore"):  # a value that is not finite is refused
        right, left = _value_at(f, x, i, h), _value_at(f, x, i, -h)
    up, down = (x[i] + h) - x[i], x[i] - (x[i] - h)  # the steps as they were rounded
    gap = (right - middle) / up - (middle - left) / down
    return (right - left) / (up + down), gap, max(abs(middle), abs(right), abs(left))


def _value_at(f: Function, x: Array, i: tuple[int, ...], step: float) -> Array:
    """The real value of f at x with a step along entry i."""
    moved = x.copy()
    moved[i] += step
    return _real_value(f, moved)


def _point(x: ArrayLike) -> Array:
    return finite(real(x, "x"), "x").astype(float)


def _positive(h: ArrayLike) -> Array:
    h = finite(real(h, "h"), "h")
    refuse(~(h > 0), h, "h", "be positive")
    return h


def _value(f: Function, x: Array) -> Array:
    value = numbers(f(x), "the value of f")
    if value.shape != ():
        raise ValueError(f"f must return one number, but returned shape {value.shape}: sum it?")
    if not np.isfinite(value):
        raise ValueError(f"f must return a finite number, but returned {value} at x = {x}")
    return value


def _real_value(f: Function, x: Array) -> Array:
    value = _value(f, x)
    if value.dtype.kind == "c":
        raise ValueError(f"f must return a real number for real x, but returned {value}")
    return value


def _complex_value(f: Function, x: Array) -> Array:
    value = _value(f, x)
    if value.dtype.kind != "c":
        raise ValueError(
            f"f lost the imaginary part: it returned the real {value} for complex x, as abs, a "
            "norm, .real or a cast to float do; branch on x.real, or use central_difference"
        )
    return value
