"""Bounds of numbers that are made of exponentials, logarithms and roots."""

from __future__ import annotations

from fractions import Fraction

from .atoms import Atom, Exponent, Poly
from .intervals import Interval
from .terms import Refused


def _is_constant(x: Atom) -> bool:
    if x.kind in "nsdS":
        return False
    parts = (
        (x.data[0],) if x.kind == "e" else tuple(m for m, _ in x.data[0]) if x.kind in "lpa" else ()
    )
    return all(_is_constant(y) for m in parts for y, _ in m)


def bounds_of(p: Poly) -> Interval:
    """Bounds of a number made of exponentials, logarithms and roots."""
    total = Interval.point(Fraction(0))
    for m, c in p.items():
        value = Interval.point(c)
        for x, e in m:
            value = value * _bounds_of_power(x, e)
        total = total + value
    return total


def _bounds_of_power(x: Atom, e: Exponent) -> Interval:
    if x.kind == "e":  # (exp u)^e = exp(e·u)
        return (bounds_of({x.data[0]: Fraction(1)}) * Interval.point(Fraction(e))).exp()
    return _bounds_of_atom(x).power(e)


def _bounds_of_atom(x: Atom) -> Interval:
    match x.kind:
        case "q":
            return Interval.point(Fraction(x.data[0]))
        case "l":
            return bounds_of(dict(x.data[0])).log()
        case "a":
            return bounds_of(dict(x.data[0])).abs()
        case "p":
            return bounds_of(dict(x.data[0]))
    raise Refused("beyond the rules", f"no bounds of {x.key}")
