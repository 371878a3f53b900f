"""In which precision the numerical functions count: at least in float64, and rounded once.

Half and single precision are formats to store numbers in. NumPy adds up along any axis but the last
one in memory one number after the other, in the format of the numbers: a sum of float16 stands still
as soon as its next number is below half a unit of its last place, and overflows at 65,504. So every
formula is computed in float64 or wider, and only its value is rounded to the format asked for.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from cebook_utils.numerics.arrays import Array


def wide_type(array: Array) -> np.dtype[Any]:
    """float64, or what the numbers have where that is wider."""
    return np.promote_types(array.dtype, np.float64)


def wide(array: Array) -> Array:
    """The same numbers in float64, or in what they have where that is wider."""
    return array.astype(wide_type(array), copy=False)


def rounded(value: Array, *like: Array) -> Array:
    """A value in the precision of what it was computed from; a complex value stays complex."""
    dtype = np.result_type(*(array.real.dtype for array in like))
    if value.dtype.kind == "c":
        dtype = np.result_type(dtype, np.complex64)
    return value.astype(dtype, copy=False)


def total(terms: Array) -> Array:
    """The sum over the last axis, pairwise in any memory layout: NumPy does so where it is contiguous."""
    while terms.strides[-1] != terms.itemsize and (count := terms.shape[-1]) > 1:
        half = count // 2
        folded = terms[..., :half] + terms[..., -half:]
        if count % 2:
            folded[..., 0] += terms[..., half]
        terms = folded
    sums: Array = np.add.reduce(terms, axis=-1)
    return sums
