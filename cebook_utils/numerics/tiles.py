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

NUMBERS = 2**16  # 512 kB of float64, which a core's own cache holds, and long enough for NumPy's loops
FEW = 64  # NumPy starts a loop for each sample; over so few classes, it takes longer than the loop


def tiles(rows: Array) -> Iterator[tuple[slice, Array]]:
    """Which samples of an (N, C) array, and their numbers, widened, to be overwritten.

    >>> import numpy as np
    >>> for n, tile in tiles(np.zeros((100_000, 2), np.float32)):
    ...     print(n, tile.shape, tile.dtype)
    slice(0, 32768, None) (32768, 2) float64
    slice(32768, 65536, None) (32768, 2) float64
    slice(65536, 98304, None) (32768, 2) float64
    slice(98304, 131072, None) (1696, 2) float64
    """
    samples, classes = rows.shape
    height = max(1, min(samples, NUMBERS // classes))
    tile = np.empty((height, classes), wide_type(rows), "F" if classes <= FEW else "C")
    for start in range(0, samples, height):
        n = slice(start, start + height)
        part = rows[n]
        np.copyto(tile[: len(part)], part)
        yield n, tile[: len(part)]


def column(numbers: Array) -> Array:
    """Numbers of any shape one by one, as samples of one class."""
    return numbers.reshape(-1, 1)
