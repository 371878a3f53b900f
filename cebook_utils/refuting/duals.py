"""Numbers with a slope: forward derivatives, nested as deep as derivatives of derivatives go.

    value + slope·ε,    ε² = 0,    each derivative with an ε of its own (its level)

The slopes come from the rules of these numbers alone, not from the kernel's rules on terms.
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from .reals import ONE, ZERO, Interval, Real, Reals


@dataclass(frozen=True, slots=True)
class Dual:
    """value + slope·ε of one level; both parts are of lower levels."""

    level: int
    value: Number
    slope: Number


class Kink(ArithmeticError):
    """The slope of |x| at 0: it depends on the side."""


Number = Fraction | Interval | Dual


def real(x: Number) -> Real:
    """A number without its slopes."""
    while isinstance(x, Dual):
        x = x.value
    return x


def parts(x: Number, level: int) -> tuple[Number, Number]:
    """Value and slope at a level."""
    return (x.value, x.slope) if isinstance(x, Dual) and x.level == level else (x, ZERO)


def dual(level: int, value: Number, slope: Number) -> Number:
    return value if slope == ZERO else Dual(level, value, slope)


def level_of(*numbers: Number) -> int:
    return max(x.level if isinstance(x, Dual) else 0 for x in numbers)


class Duals:
    """Arithmetic with slopes, over real numbers of so many bits."""

    def __init__(self, bits: int):
        self.reals = Reals(bits)

    def add(self, x: Number, y: Number) -> Number:
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.add(x, y)
        level = level_of(x, y)
        (a, da), (b, db) = parts(x, level), parts(y, level)
        return dual(level, self.add(a, b), self.add(da, db))

    def neg(self, x: Number) -> Number:
        if isinstance(x, Dual):
            return Dual(x.level, self.neg(x.value), self.neg(x.slope))
        return self.reals.neg(x)

    def mul(self, x: Number, y: Number) -> Number:
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.mul(x, y)
        if x == ZERO or y == ZERO:
            return ZERO
        level = level_of(x, y)
        (a, da), (b, db) = parts(x, level), parts(y, level)
        return dual(level, self.mul(a, b), self.add(self.mul(da, b), self.mul(a, db)))

    def div(self, x: Number, y: Number) -> Number:
        if not isinstance(x, Dual) and not isinstance(y, Dual):
            return self.reals.div(x, y)
        level = level_of(x, y)
        (a, da), (b, db) = parts(x, level), parts(y, level)
        quotient = self.div(a, b)
        return dual(level, quotient, self.div(self.add(da, self.neg(self.mul(quotient, db))), b))

    def exp(self, x: Number) -> Number:
        if not isinstance(x, Dual):
            return self.reals.exp(x)
        value = self.exp(x.value)
        return dual(x.level, value, self.mul(value, x.slope))

    def log(self, x: Number) -> Number:
        if not isinstance(x, Dual):
            return self.reals.log(x)
        return dual(x.level, self.log(x.value), self.div(x.slope, x.value))

    def power(self, x: Number, n: Fraction) -> Number:
        if not isinstance(x, Dual):
            return self.reals.power(x, n)
        value = self.power(x.value, n)
        if n == 0:
            return ONE
        outer = self.mul(n, self.power(x.value, n - 1))
        return dual(x.level, value, self.mul(outer, x.slope))

    def abs(self, x: Number, side: int) -> Number:
        """|x|; where it is 0 and x has a slope, the slope of |x| on the given side (-1 or 1)."""
        sign = self.reals.sign(real(x))
        if sign:
            return x if sign > 0 else self.neg(x)
        if not isinstance(x, Dual):
            return ZERO
        if not side or isinstance(x.value, Dual) or isinstance(x.slope, Dual):
            raise Kink("a derivative of |·| at 0, where it has a kink")
        upwards = self.reals.sign(x.slope) * side > 0
        return Dual(x.level, ZERO, x.slope if upwards else self.neg(x.slope))
