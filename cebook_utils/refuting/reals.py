"""Real numbers: exact fractions as long as nothing but + - * / occurs, then proved intervals.

An interval of two binary numbers holds the true value: mpmath rounds its lower end down and its
upper end up. What an interval leaves open is said (`Unsure`), and more digits settle it.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from math import isqrt
from typing import Any

from mpmath import mp, mpf
from mpmath.libmp import (
    from_rational,
    fzero,
    mpf_add,
    mpf_cmp,
    mpf_shift,
    mpf_sign,
    round_ceiling,
    round_floor,
    round_nearest,
)
from mpmath.libmp import libmpi as mpi

MOST_BITS = 6000  # of an exact fraction; beyond, an interval is enough
LARGEST_EXPONENT = 2**44  # exp of more has too many digits before the point to be written down


class Unsure(ArithmeticError):
    """Not settled: too few digits, or too much work. Nothing is said about the claim."""


class Undefined(ArithmeticError):
    """An operation without a value: `doing` it to `what`, which would have to be `wanted`."""

    def __init__(self, doing: str, what: str, wanted: str):
        super().__init__(f"{doing} {what}")
        self.doing, self.wanted = doing, wanted


@dataclass(frozen=True, slots=True)
class Interval:
    """Between two numbers of mpmath, both included."""

    ends: tuple[Any, Any]


Real = Fraction | Interval

ZERO, ONE = Fraction(0), Fraction(1)


class Reals:
    """Arithmetic with so many bits."""

    def __init__(self, bits: int):
        self.bits = bits

    def ends(self, x: Real) -> tuple[Any, Any]:
        if isinstance(x, Interval):
            return x.ends
        p, q = x.numerator, x.denominator
        return (
            from_rational(p, q, self.bits, round_floor),
            from_rational(p, q, self.bits, round_ceiling),
        )

    def bounded(self, x: Fraction) -> Real:
        if x.numerator.bit_length() + x.denominator.bit_length() > MOST_BITS:
            return Interval(self.ends(x))
        return x

    def add(self, x: Real, y: Real) -> Real:
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.bounded(x + y)
        return Interval(mpi.mpi_add(self.ends(x), self.ends(y), self.bits))

    def neg(self, x: Real) -> Real:
        return -x if isinstance(x, Fraction) else Interval(mpi.mpi_neg(x.ends))

    def mul(self, x: Real, y: Real) -> Real:
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.bounded(x * y)
        if x == ZERO or y == ZERO:
            return ZERO
        return Interval(mpi.mpi_mul(self.ends(x), self.ends(y), self.bits))

    def div(self, x: Real, y: Real) -> Real:
        if self.sign(y) == 0:
            raise Undefined("a division by", "0", "!= 0")
        if isinstance(x, Fraction) and isinstance(y, Fraction):
            return self.bounded(x / y)
        if x == ZERO:
            return ZERO
        return Interval(mpi.mpi_div(self.ends(x), self.ends(y), self.bits))

    def sign(self, x: Real) -> int:
        """-1, 0 or 1; 0 only of what is exactly 0."""
        if isinstance(x, Fraction):
            return (x > 0) - (x < 0)
        low, high = (mpf_sign(end) for end in x.ends)
        if low > 0 or high < 0:
            return int(low)
        raise Unsure("the sign of a number is not settled by so many digits")

    def exp(self, x: Real) -> Real:
        if x == ZERO:
            return ONE
        ends = self.ends(x)
        limit = from_rational(LARGEST_EXPONENT, 1, 53, round_floor)
        if any(mpf_cmp((0, *end[1:]), limit) > 0 for end in ends):
            raise Unsure("e to the power of this is too large to be written down")
        return Interval(mpi.mpi_exp(ends, self.bits))

    def log(self, x: Real) -> Real:
        if self.sign(x) <= 0:
            what = "0" if x == ZERO else "a number below 0"
            raise Undefined("the logarithm of", what, "> 0")
        if x == ONE:
            return ZERO
        return Interval(mpi.mpi_log(self.ends(x), self.bits))

    def power(self, x: Real, n: Fraction) -> Real:
        """x to a number as it is written; x**0 = 1; a broken power is one of what is above 0."""
        if n.denominator != 1:
            return self.root(x, n)
        whole = n.numerator
        if whole < 0 and self.sign(x) == 0:
            raise Undefined("a division by", "0", "!= 0")
        if whole == 0:
            return ONE
        if abs(whole) > LARGEST_EXPONENT:
            raise Unsure("so high a power is not worked out")
        if isinstance(x, Fraction):
            size = max(x.numerator.bit_length(), x.denominator.bit_length())
            if size * abs(whole) <= MOST_BITS or abs(x) in (0, 1):
                return x ** (abs(whole) % 2 + 2 if abs(x) == 1 else whole)
        return Interval(mpi.mpi_pow_int(self.ends(x), whole, self.bits))

    def root(self, x: Real, n: Fraction) -> Real:
        if self.sign(x) <= 0:
            what = "0" if x == ZERO else "a number below 0"
            raise Undefined("a broken power, or a root, of", what, "> 0")
        if x == ONE:
            return ONE
        if isinstance(x, Fraction) and n.denominator == 2:
            above, below = isqrt(x.numerator), isqrt(x.denominator)
            if above**2 == x.numerator and below**2 == x.denominator:
                return self.power(Fraction(above, below), Fraction(n.numerator))
        return self.exp(self.mul(n, self.log(x)))

    def shown(self, x: Real) -> Fraction | mpf:
        """A number as others use it: a fraction, or the middle of an interval, 0 if it holds 0."""
        if isinstance(x, Fraction):
            return x
        low, high = x.ends
        if mpf_sign(low) <= 0 <= mpf_sign(high):
            return mp.make_mpf(fzero)
        middle: mpf = mp.make_mpf(mpf_shift(mpf_add(low, high, self.bits, round_nearest), -1))
        return middle
