"""Rational bounds of numbers made of exp, log and roots: each operation bounds the true value."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .terms import Refused

_GRID = 2**160
_TERMS = 36
MOST_BITS, MOST_HALVED, LARGEST_EXPONENT = 200_000, 20_000, 2000


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from lo to hi."""

    lo: Fraction
    hi: Fraction

    @staticmethod
    def point(x: Fraction) -> Interval:
        return Interval(x, x)

    def __add__(self, other: Interval) -> Interval:
        return outward(self.lo + other.lo, self.hi + other.hi)

    def __mul__(self, other: Interval) -> Interval:
        ends = [a * b for a in (self.lo, self.hi) for b in (other.lo, other.hi)]
        return outward(min(ends), max(ends))

    def whole_power(self, n: int) -> Interval:
        """The n-th power; an even power of an interval around 0 begins at 0."""
        bits = max(x.numerator.bit_length() for x in (self.lo, self.hi)) + 160
        if abs(n) * bits > MOST_BITS:
            raise Refused("beyond the rules", "a power is too large for its bounds")
        if n < 0:
            if self.lo <= 0 <= self.hi:
                raise Refused(
                    "beyond the rules", "a denominator is too close to 0 to be told from it"
                )
            return Interval(1 / self.hi, 1 / self.lo).whole_power(-n)
        ends = sorted((self.lo**n, self.hi**n))
        if n and n % 2 == 0 and self.lo <= 0 <= self.hi:
            ends[0] = Fraction(0)
        return outward(*ends)

    def power(self, e: int | Fraction) -> Interval:
        """A power that may be broken, of what is above 0."""
        if e.denominator == 1:
            return self.whole_power(int(e))
        return (self.log() * Interval.point(Fraction(e))).exp()

    def exp(self) -> Interval:
        return Interval(_exp(self.lo).lo, _exp(self.hi).hi)

    def log(self) -> Interval:
        if self.lo <= 0:
            raise Refused(
                "beyond the rules",
                "the argument of a logarithm is too close to 0 to be told from it",
            )
        return Interval(_log(self.lo).lo, _log(self.hi).hi)

    def abs(self) -> Interval:
        return Interval(max(self.lo, -self.hi, Fraction(0)), max(-self.lo, self.hi))


def outward(lo: Fraction, hi: Fraction) -> Interval:
    """The bounds on a grid, so that they stay short: down for the lower, up for the upper."""
    return Interval(
        Fraction((lo * _GRID).__floor__(), _GRID), Fraction((hi * _GRID).__ceil__(), _GRID)
    )


def _exp(x: Fraction) -> Interval:
    """exp x = (exp x/2^n)^(2^n), by the series at |x| ≤ 1/2, whose rest is below 2^-155."""
    if abs(x) > LARGEST_EXPONENT:
        raise Refused("beyond the rules", "a number is too large for its bounds")
    halved, y = 0, x
    while abs(y) > Fraction(1, 2):
        y, halved = y / 2, halved + 1
    near = outward(y, y)
    bounds = Interval(_series(near.lo).lo, _series(near.hi).hi)
    for _ in range(halved):
        bounds = bounds * bounds
    return bounds


def _series(y: Fraction) -> Interval:
    """exp y for |y| ≤ 1/2 and a little more, by Horner: after 36 terms the rest is below 2^-155."""
    total = Interval.point(Fraction(1))
    for k in range(_TERMS - 1, 0, -1):
        total = Interval.point(Fraction(1)) + total * outward(y / k, y / k)
    rest = Fraction(1, 2**155)
    return outward(total.lo - rest, total.hi + rest)


def _log(x: Fraction) -> Interval:
    """log x = log m + k log 2 with 2/3 ≤ m ≤ 4/3, each by log m = 2 artanh((m − 1)/(m + 1))."""
    m, k = x, 0
    while m > Fraction(4, 3):
        m, k = m / 2, k + 1
    while m < Fraction(2, 3):
        m, k = m * 2, k - 1
    if abs(k) > MOST_HALVED:
        raise Refused("beyond the rules", "a number is too large for its bounds")
    two = _artanh(Fraction(1, 3))  # 2 artanh(1/3) = log 2
    near = outward(m, m)
    low, high = (_artanh((end - 1) / (end + 1)) for end in (near.lo, near.hi))
    return Interval(low.lo, high.hi) + Interval.point(Fraction(k)) * two


def _artanh(u: Fraction) -> Interval:
    """2 artanh u for |u| ≤ 1/3, by Horner: after 66 odd powers the rest is below 2^-155."""
    near = outward(u, u)
    square = near * near
    total = Interval.point(Fraction(0))
    for n in range(131, 0, -2):
        total = total * square + Interval.point(Fraction(2, n))
    rest = Fraction(1, 2**155)
    total = total * near
    return outward(total.lo - rest, total.hi + rest)
