"""Hold the losses against PyTorch, optax, SciPy, scikit-learn and mpmath (`make peers`).

    .peers/bin/python tools/peers.py [arrays]

Random arrays go through every function of every library, and each value is compared with the
definition, which mpmath computes from the same numbers. What is written to chapters/data/peers.json is
the worst error of each, in units in the last place, and how often a value is NaN; and, for arguments on
which the libraries differ on purpose, what each makes of them. The exit status is 1 where this package
is beyond its bound, where it gives NaN, or where it does not do what the reason says.
"""

import json
import sys
import time
import warnings
from pathlib import Path

import command
import mpmath
import numpy as np
from machine import machine
from peer_cases import CLASSES, DIGITS, DTYPES, LOGITS, SAMPLES, Definitions, case, precision
from peer_differences import DIFFERENCES, answers
from peer_errors import OF_PROBABILITIES, Worst, bound, faults, spread_of
from peer_routes import FEW, FINITE, ROUTES

ROOT = Path(__file__).resolve().parent.parent
RESULT = ROOT / "chapters" / "data" / "peers.json"
ARRAYS = 24 * len(LOGITS) * 7


def compare(number, worst):
    """One array, through every function of every library; returns through how many functions."""
    x = case(number)
    dtype, cases = x.z.dtype, 0
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
        cases += 1
        for library, route in routes.items():
            if len(x.z) > FEW.get(library, len(x.z)):
                continue
            found = worst.setdefault((function, dtype.name, library), Worst())
            try:
                values = np.asarray(route(x))
            except (ValueError, NotImplementedError, RuntimeError):
                found.refused += 1
                continue
            for row, definitions in zip(values[rows], exact, strict=True):
                pairs = list(zip(np.atleast_1d(row), definitions, strict=True))
                for value, (right, size) in [
                    pairs[k] for k in rng.permutation(len(pairs))[:CLASSES]
                ]:
                    found.see(
                        value, right, size, dtype, x.describe(), bound(function, dtype, spread)
                    )
    return cases


def finite(z):
    return np.isfinite(z).all()


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
    worst, cases, began = {}, 0, time.monotonic()
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")  # of the libraries, about what is asked for on purpose
        for number in range(arrays):
            cases += compare(number, worst)
            if number % 100 == 99 or number == arrays - 1:
                took = time.monotonic() - began
                print(f"\r{number + 1} of {arrays} arrays, {took:.0f} s", end="", file=sys.stderr)
        differences = [answers(difference) for difference in DIFFERENCES]
    rows = [found.row(*key) for key, found in worst.items()]
    values = sum(row["values"] for row in rows)
    print(
        f"\n{cases:,} cases, an array and a function each, {values:,} values; worst errors in units in the last place:\n"
    )
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
        "cases": cases,
        "values": values,
        "rows": rows,
        "differences": differences,
    }
    command.write(RESULT, json.dumps(measured, indent=1, ensure_ascii=False) + "\n")
    print(f"\nwritten: {RESULT.relative_to(ROOT)}")
    for fault in wrong:
        print(f"FAILED: {fault}")
    return bool(wrong)


if __name__ == "__main__":
    command.run(main)
