"""Labels of samples: classes, or distributions over the classes.

A class is the distribution that has all at one place. It stays one number: what a distribution would
add for the other classes is 0.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.precision import total, wide


@dataclass(frozen=True)
class Classes:
    """One class c for each sample, of shape (N,)."""

    c: Array

    def below(self, z: Array, largest: Array, n: slice) -> tuple[Array, Array | float]:
        """Σ_k y_k (z_a − z_k) = z_a − z_c, and Σ_k y_k = 1."""
        return largest - z[np.arange(len(z)), self.c[n]], 1.0

    def slopes(self, e: Array, others: Array, n: slice) -> Array:
        """p − y, which is p but where y = 1; e is overwritten."""
        here = np.arange(len(e)), self.c[n]
        missing = others + (1 - e[here])
        e[here] = -missing
        e /= (1 + others)[:, None]
        return e


@dataclass(frozen=True)
class Distributions:
    """Probabilities y_k of the classes, of shape (N, C)."""

    y: Array

    def below(self, z: Array, largest: Array, n: slice) -> tuple[Array, Array | float]:
        """Σ_k y_k (z_a − z_k) and Σ_k y_k."""
        y = wide(self.y[n])
        with np.errstate(invalid="ignore"):  # 0 · (−∞) is the 0 meant
            terms = y * (largest[:, None] - z)
        np.copyto(terms, 0, where=y == 0)
        return total(terms), total(y)

    def slopes(self, e: Array, others: Array, n: slice) -> Array:
        """p − y as p (1 − y) − (1 − p) y, so that no digit is lost where p is close to y; e is overwritten."""
        y = wide(self.y[n])
        missing = others[:, None] + (1 - e)
        e *= 1 - y
        e -= y * missing
        e /= (1 + others)[:, None]
        return e


Labels = Classes | Distributions
