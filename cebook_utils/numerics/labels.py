"""Labels of samples: classes, or distributions over the classes.

A class is the distribution that has all at one place. It stays one number: what a distribution would
add for the other classes is 0. The methods work on the samples n, given by a slice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np

from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.precision import total
from cebook_utils.numerics.tiles import in_tile


@dataclass(frozen=True)
class Classes:
    """One class c for each sample, of shape (N,)."""

    c: Array
    sums: ClassVar[float] = 1.0  # of each sample's y

    def loss(self, z: Array, largest: Array, lse: Array, n: slice) -> Array:
        """(z_a − z_c) + log Σ_j e^{z_j − z_a}, of which no part is negative."""
        loss: Array = largest - z[np.arange(len(z)), self.c[n]] + lse
        return loss

    def below(self, below: Array, n: slice, part: slice) -> Array:
        """z_a − z_c, from the z_k − z_a of a part of the classes, or 0 if c is no part of it."""
        here, distance = self._places(n, part), np.zeros_like(below[:, 0])
        distance[here[0]] = -below[here]
        return distance

    def slopes(
        self, e: Array, top: Array, others: Array, n: slice, part: slice | None = None
    ) -> Array:
        """p − y, as for distributions: p where y = 0, and p − 1 where y = 1."""
        here = (np.arange(len(e)), self.c[n]) if part is None else self._places(n, part)
        e[here] = -(others[here[0]] + (top[here[0]] - e[here]))
        e /= (top + others)[:, None]
        return e

    def _places(self, n: slice, part: slice) -> tuple[Array, Array]:
        """Which of the samples have their class in a part, and where in it."""
        c = self.c[n]
        inside = np.flatnonzero((c >= part.start) & (c < part.stop))
        return inside, c[inside].astype(np.intp) - part.start


@dataclass(frozen=True)
class Distributions:
    """Probabilities y_k of the classes, of shape (N, C)."""

    y: Array
    sums: Array  # of each sample's y, which are 1 but for rounding

    def loss(self, z: Array, largest: Array, lse: Array, n: slice) -> Array:
        """Σ_k y_k ((z_a − z_k) + log Σ_j e^{z_j − z_a}), of which no part is negative."""
        terms = in_tile(z, self.y)
        np.subtract(largest[:, None], terms, out=terms)
        loss: Array = self._mean(terms, in_tile(self.y[n], self.y)) + self.sums[n] * lse
        return loss

    def below(self, below: Array, n: slice, part: slice) -> Array:
        """Σ_k y_k (z_a − z_k) over a part of the classes, from its z_k − z_a."""
        return self._mean(-below, in_tile(self.y[n, part], self.y))

    def slopes(
        self, e: Array, top: Array, others: Array, n: slice, part: slice | None = None
    ) -> Array:
        """p − y as p (1 − y) − (1 − p) y, so that no digit is lost where p is close to y.

        Here p_k = e_k / (e_a + Σ_{j≠a} e_j) and 1 − p_k = (Σ_{j≠a} e_j + (e_a − e_k)) / (the same), of
        which no part is negative. The array e is overwritten.
        """
        y = in_tile(self.y[n, part or slice(None)], self.y)
        missing = top[:, None] - e
        missing += others[:, None]
        missing *= y
        e *= np.subtract(1, y, out=y)
        e -= missing
        e /= (top + others)[:, None]
        return e

    @staticmethod
    def _mean(terms: Array, y: Array) -> Array:
        """Σ_k y_k · the terms, which are overwritten."""
        with np.errstate(invalid="ignore"):
            terms *= y
        np.copyto(terms, 0, where=y == 0)  # 0 · ∞ is the 0 meant
        return total(terms)


Labels = Classes | Distributions
