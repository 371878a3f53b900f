"""A few samples at a time, so that a formula needs little memory between its argument and its value.

What a formula over N samples and C classes passes through has N × C numbers too, in float64 at least.
Here they are those of a tile: some samples, in one piece of memory that is used again for the next ones
and stays in the processor's cache.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.precision import wide_type

NUMBERS = 2**16  # 512 kB of float64: a core's own cache holds it, and NumPy's loops are long enough
ONE_BY_ONE = 2**14  # of numbers that need no others, and several such arrays
FEW = 64  # NumPy starts a loop for each sample; over so few classes, the start takes longer than the loop


def tiles(rows: Array) -> Iterator[tuple[slice, Array]]:
    """Which samples of an (N, C) array, and an array for as many, wide, with nothing of meaning in it.

    >>> import numpy as np
    >>> for n, tile in tiles(np.zeros((100_000, 2), np.float32)):
    ...     print(n, tile.shape, tile.dtype)
    slice(0, 32768, None) (32768, 2) float64
    slice(32768, 65536, None) (32768, 2) float64
    slice(65536, 98304, None) (32768, 2) float64
    slice(98304, 100000, None) (1696, 2) float64
    """
    samples, classes = rows.shape
    height = max(1, min(samples, NUMBERS // classes))
    tile = np.empty((height, classes), wide_type(rows), order="F" if tall(rows) else "C")
    for n in parts(samples, height):
        yield n, tile[: n.stop - n.start]


def tall(rows: Array) -> bool:
    """Whether loops should run over the samples, not over the classes."""
    samples, classes = rows.shape
    return bool(samples > FEW >= classes)


def in_tile(part: Array, rows: Array) -> Array:
    """Some of the rows, widened, in memory of their own that is laid out like a tile."""
    return np.array(part, wide_type(part), order="F" if tall(rows) else "C")


def largest(rows: Array) -> tuple[Array, Array]:
    """For each sample the class of its largest number, and that number; NaN where one is NaN."""
    if not tall(rows):
        a = rows.argmax(axis=-1)
        return a, rows[np.arange(len(rows)), a]
    classes = np.arange(rows.shape[-1], dtype=np.int8)  # one byte is enough for few
    a, top = np.empty(len(rows), classes.dtype), np.empty(len(rows), rows.dtype)
    for n, tile in tiles(rows):
        np.copyto(tile, rows[n])
        top[n] = tile.max(axis=-1)
        a[n] = ((tile == top[n, None]) * classes).max(axis=-1)
    return a, top


def parts(count: int, size: int) -> Iterator[slice]:
    """Slices of so many, or of one, that together are all."""
    for start in range(0, count, max(1, size)):
        yield slice(start, min(start + max(1, size), count))
