"""Errors in units in the last place, and the bounds that this package keeps (`make peers`)."""

import math

import mpmath
import numpy as np

OURS = "ours"
OF_PROBABILITIES = ("entropy", "cross_entropy", "cross_entropy_of_classes", "kl_divergence")

# The most that an error of this package may be, in units in the last place of float64, where the logits
# are close together; each e^{z_k − z_a} adds |z_k − z_a| units, as its argument is rounded. Values of
# shorter formats are computed in float64 and rounded once, to half a unit.
BOUNDS = {
    "logsumexp": 1.5,
    "softmax": 4,
    "log_softmax": 2,
    "hard_loss": 2,
    "hard_gradient": 4,
    "soft_loss": 3,
    "soft_gradient": 4,
    "sigmoid": 2.5,
    "binary_loss": 2.5,
    "binary_gradient": 3,
    "entropy": 2,
    "cross_entropy": 3,
    "cross_entropy_of_classes": 1,
    "kl_divergence": 4,
}
SHORT = 0.51


def bound(function, dtype, spread):
    """For logits of which the largest that matter are a spread apart."""
    if dtype != np.float64:
        return SHORT
    return BOUNDS[function] + (0 if function in OF_PROBABILITIES else spread)


def spread_of(z):
    """The largest z_a − z_k of which e^{z_k − z_a} is not 0."""
    kept = z[np.isfinite(z)].astype(float)
    return min(750, np.ptp(kept))


def last_place(size, dtype):
    """The unit in the last place of a size, as a float."""
    nearest = np.asarray(min(abs(float(size)), float(np.finfo(dtype).max)), float).astype(dtype)
    return float(np.spacing(nearest))


def units(value, exact, size, dtype):
    """The error of a value in units of the last place of a size; NaN for NaN, and 0 for an ∞ that is due."""
    value = float(value)
    if math.isnan(value):
        return math.nan
    largest = float(np.finfo(dtype).max)
    if abs(exact) > largest:  # is ∞, or within half a unit the largest
        return 0.0 if abs(value) >= largest and (value > 0) == (exact > 0) else math.inf
    if math.isinf(value):
        return math.inf
    return float(abs(mpmath.mpf(value) - exact) / last_place(size, dtype))


class Worst:
    """The worst of one library at one function and one precision."""

    def __init__(self):
        self.units, self.where, self.values = 0.0, "", 0
        self.nan, self.refused, self.beyond = 0, 0, 0

    def see(self, value, exact, size, dtype, where, bound):
        self.values += 1
        error = units(value, exact, size, dtype)
        self.beyond += not error <= bound  # NaN is beyond every bound
        if math.isnan(error):
            self.nan += 1
        elif error > self.units:
            self.units, self.where = error, where

    def row(self, function, dtype, library):
        return {
            "function": function,
            "dtype": dtype,
            "library": library,
            "units": "∞" if math.isinf(self.units) else float(f"{self.units:.3g}"),
            "where": self.where,
            "values": self.values,
            "nan": self.nan,
            "refused": self.refused,
            "beyond": self.beyond,
        }


def faults(rows):
    """What this package does not keep of its promises; the others are measured, not judged."""
    for row in rows:
        if row["library"] == OURS and (row["beyond"] or row["refused"]):
            yield (
                f"{row['function']}, {row['dtype']}: {row['beyond']} values beyond the bound, "
                f"{row['refused']} arrays refused, the worst by {row['units']} units: {row['where']}"
            )
