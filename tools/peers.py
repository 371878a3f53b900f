"""Hold the losses against PyTorch, optax, SciPy, scikit-learn and mpmath (`make peers`).

    .peers/bin/python tools/peers.py [arrays]

Random arrays go through every function of every library, and each value is compared with the
definition, which mpmath computes from the same numbers. What is written to chapters/data/peers.json is
the worst error of each, in units in the last place, and how often a value is NaN; and, for arguments on
which the libraries differ on purpose, what each makes of them. The exit status is 1 where this package
is beyond its bound, where it gives NaN, or where it does not do what the reason says.
"""

import json
import math
import sys
import time
import warnings
from importlib.metadata import version

import command
import mpmath
import numpy as np
from machine import machine
from notebooks import CHAPTERS
from peer_cases import CLASSES, DIGITS, DTYPES, LOGITS, SAMPLES, Definitions, case, precision, units
from peer_differences import DIFFERENCES, answers
from peer_routes import FEW, FINITE, OF_PROBABILITIES, OURS, ROUTES

RESULT = CHAPTERS / "data" / "peers.json"
ARRAYS = 24 * len(LOGITS) * 8

# The most that an error of this package may be, in units in the last place of float64, where the logits
# are close together; each e^{z_k − z_a} adds |z_k − z_a| units, as its argument is rounded. Values of
# shorter formats are computed in float64 and rounded once, to half a unit.
BOUNDS = {
    "logsumexp": 1.5,
    "softmax": 4,
    "log_softmax": 2,
    "hard_loss": 1.6,
    "hard_gradient": 4,
    "soft_loss": 3,
    "soft_gradient": 4,
    "sigmoid": 2.5,
    "binary_loss": 2.5,
    "binary_gradient": 3,
    "entropy": 2,
    "cross_entropy": 2,
    "cross_entropy_of_classes": 1,
    "kl_divergence": 4,
}
SHORT = 0.51


class Worst:
    """The worst of one library at one function and one precision."""

    def __init__(self):
        self.units, self.where, self.values = 0.0, "", 0
        self.nan, self.refused, self.beyond = 0, 0, 0

    def see(self, value, exact, size, dtype, where, bound):
        self.values += 1
        error = units(value, exact, size, dtype)
        self.beyond += not error <= bound
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


def compare(number, worst):
    """One array, through every function of every library; returns how many calls that were."""
    x = case(number)
    dtype, calls = x.z.dtype, 0
    # Of many samples and classes some are compared; those of the library are all computed.
    rng = np.random.default_rng(number)
    rows = rng.permutation(len(x.z))[:SAMPLES]
    with mpmath.workdps(precision(x.z)):
        samples = [Definitions(x.z[n], x.c[n], x.y[n], x.p[n], x.q[n]) for n in rows]
    spread = spread_of(x.z)
    for function, routes in ROUTES.items():
        if function in FINITE and not finite(x.z):
            continue
        with mpmath.workdps(DIGITS if function in OF_PROBABILITIES else precision(x.z)):
            exact = [getattr(sample, function)() for sample in samples]
        for library, route in routes.items():
            if len(x.z) > FEW.get(library, len(x.z)):
                continue
            found = worst.setdefault((function, dtype.name, library), Worst())
            calls += 1
            try:
                values = np.asarray(route(x))
            except (ValueError, NotImplementedError, RuntimeError):
                found.refused += 1
                if library == OURS:
                    raise
                continue
            for row, definitions in zip(values[rows], exact, strict=True):
                pairs = list(zip(np.atleast_1d(row), definitions, strict=True))
                for value, (right, size) in [pairs[k] for k in rng.permutation(len(pairs))[:CLASSES]]:
                    found.see(value, right, size, dtype, x.describe(), bound(function, dtype, spread))
    return calls


def finite(z):
    return np.isfinite(z).all()


def spread_of(z):
    """The largest z_a − z_k of which e^{z_k − z_a} is not 0."""
    kept = z[np.isfinite(z)].astype(float)
    return min(750, np.ptp(kept))


def bound(function, dtype, spread):
    if dtype != np.float64:
        return SHORT
    return BOUNDS[function] + (0 if function in OF_PROBABILITIES else spread)


def faults(rows):
    """What this package does not keep of its promises."""
    for row in rows:
        if row["library"] != OURS:
            continue  # theirs are measured, not judged
        if row["beyond"]:
            yield (
                f"{row['function']}, {row['dtype']}: {row['beyond']} values beyond the bound, "
                f"the worst by {row['units']} units: {row['where']}"
            )


def table(rows):
    libraries = list(dict.fromkeys(row["library"] for row in rows))
    lines = [f"{'':26}{'':9}" + "".join(f"{library:>16}" for library in libraries)]
    found = {(row["function"], row["dtype"], row["library"]): row for row in rows}
    for function in ROUTES:
        for dtype in DTYPES:
            name = np.dtype(dtype).name
            cells = [cell(found.get((function, name, library))) for library in libraries]
            lines.append(f"{function:26}{name:9}" + "".join(f"{text:>16}" for text in cells))
    return "\n".join(lines)


def cell(row):
    if row is None or not row["values"]:
        return "–"
    text = row["units"] if row["units"] == "∞" else f"{row['units']:.3g}"
    return f"{text} ({row['nan']} NaN)" if row["nan"] else text


def main():
    arrays = int(sys.argv[1]) if len(sys.argv) > 1 else ARRAYS
    worst, calls, began = {}, 0, time.monotonic()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of the libraries, about what is asked for on purpose
        for number in range(arrays):
            calls += compare(number, worst)
            if number % 100 == 99 or number == arrays - 1:
                took = time.monotonic() - began
                print(f"\r{number + 1} of {arrays} arrays, {took:.0f} s", end="", file=sys.stderr)
        differences = [answers(difference) for difference in DIFFERENCES]
    rows = [found.row(*key) for key, found in worst.items()]
    values = sum(row["values"] for row in rows)
    print(f"\n{calls:,} calls on {arrays:,} arrays, {values:,} values; worst errors in units in the last place:\n")
    print(table(rows))
    for difference in differences:
        print(f"\n{difference['what']}: {difference['reason']}")
        for library, answer in difference["answers"].items():
            print(f"    {library:14}{answer}")
    wrong = [*faults(rows), *(d["what"] for d in differences if not d["as said"])]
    packages = ("numpy", "scipy", "torch", "optax", "jax", "scikit-learn", "mpmath")
    measured = {
        "machine": machine(*packages),
        "arrays": arrays,
        "calls": calls,
        "values": values,
        "rows": rows,
        "differences": differences,
    }
    command.write(RESULT, json.dumps(measured, indent=1, ensure_ascii=False) + "\n")
    print(f"\nwritten: {RESULT.relative_to(CHAPTERS.parent)}")
    for fault in wrong:
        print(f"FAILED: {fault}")
    return bool(wrong)


if __name__ == "__main__":
    command.run(main)
