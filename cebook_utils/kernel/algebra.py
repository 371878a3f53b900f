"""The normal form without sums over indices: products, powers, exp, log, absolute values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from typing import NamedTuple

from .atoms import (
    LARGEST_POWER,
    Atom,
    Atoms,
    Exponent,
    Poly,
    content,
    frozen,
    into,
    number,
    plus,
    scaled,
    single,
    sorted_mono,
    whole,
)
from .terms import Refused

MOST_DENOMINATORS = 40

ONE: Poly = number(1)

# The sign of a value, as far as it is known: above 0, at least 0, at most 0, below 0, not 0.
POSITIVE, NONNEGATIVE, UNKNOWN, NONPOSITIVE, NEGATIVE, NONZERO = 2, 1, 0, -1, -2, 3
ANY_SIGN = (POSITIVE, NONNEGATIVE, UNKNOWN, NONPOSITIVE, NEGATIVE, NONZERO)


class Split(NamedTuple):
    """A polynomial as c · Π powers · rest, where rest is primitive and 1 if nothing is left."""

    c: Fraction
    powers: dict[Atom, Exponent]
    rest: Poly


class Algebra(Atoms):
    """Values of sums, products, powers and functions, if their parts and signs are known."""

    def __init__(self) -> None:
        super().__init__()
        # Which sign an absolute value is taken with, where a proof goes case by case.
        self.cases: Mapping[Atom, int] = {}
        self.undecided: dict[Atom, None] = {}
        self.held: list[Poly] = []  # what is at least 0 in this case

    def begin_case(self, cases: Mapping[Atom, int], table: dict[str, Atom]) -> None:
        """Let the inside of each absolute value, times its sign, be at least 0."""
        self.cases, self._table = cases, table
        self.held = [scaled(dict(x.data[0]), sign) for x, sign in cases.items()]

    @abstractmethod
    def sign(self, p: Poly) -> int:
        """The sign of a polynomial."""

    @abstractmethod
    def atom_sign(self, x: Atom) -> int:
        """The sign of an atom."""

    @abstractmethod
    def is_binary(self, x: Atom) -> bool:
        """Whether an atom is always 0 or 1."""

    @abstractmethod
    def power(self, p: Poly, e: Exponent, sign: int) -> Poly:
        """A power of what has this sign."""

    # Products.

    def mul(self, p: Poly, q: Poly) -> Poly:
        if p == ONE or q == ONE:
            return q if p == ONE else p
        longest = max(map(len, p), default=0) + max(map(len, q), default=0)
        self.spend(len(p) * len(q) * (1 + longest // 50))
        r: Poly = {}
        for m, c in p.items():
            for n, d in q.items():
                if not m or not n:
                    into(r, {m or n: self.bounded(c * d)})
                    continue
                both = dict(m)
                for x, e in n:
                    both[x] = both.get(x, 0) + e
                into(r, self.mono(both), self.bounded(c * d))
        return r

    def mono(self, powers: Mapping[Atom, Exponent]) -> Poly:
        """A product of powers of atoms; what has a simpler form takes it."""
        keep: list[tuple[Atom, Exponent]] = []
        more: list[Poly] = []
        c = Fraction(1)
        for x, e in powers.items():
            if self.is_binary(x) and e > 0:
                e = 1  # b · b = b
            if x.kind == "p" and e >= 1:
                more += [dict(x.data[0])] * min(int(e), LARGEST_POWER + 1)
                e -= int(e)
            elif x.kind == "a" and e.denominator == 1:
                half = int(Fraction(e) / 2)  # |u|² = u²
                more.append(self.power(dict(x.data[0]), Fraction(2 * half), NONZERO))
                e -= 2 * half
            elif x.kind == "q" and not 0 <= e < 1:
                n = e.numerator // e.denominator
                c, e = self.bounded(c * Fraction(x.data[0]) ** n), e - n
            if e:
                keep.append((x, whole(e)))
        if len(more) > LARGEST_POWER:
            raise Refused("beyond the rules", "a power is too large to be multiplied out")
        r = {sorted_mono(keep): c}
        for p in more:
            r = self.mul(r, p)
        return r

    def raised(self, p: Poly, x: Atom, n: int) -> Poly:
        """p · x^n, multiplied out only where no power of x is left to cancel."""
        r: Poly = {}
        self.spend(len(p))
        for m, c in p.items():
            both = dict(m)
            both[x] = both.get(x, 0) + n
            into(r, self.mono(both), c)
        return r

    def together(self, p: Poly) -> tuple[Poly, dict[Atom, int]]:
        """p times its denominators, and these; the denominators are not 0."""
        under: dict[Atom, int] = {}
        for _ in range(MOST_DENOMINATORS):
            below = {x for m in p for x, e in m if x.kind == "p" and e < 0}
            if not below:
                return p, under
            x = max(below, key=lambda x: (x.height, len(x.key), x.key))
            n = max(-(e.numerator // e.denominator) for m in p for y, e in m if y is x)
            p = self.raised(p, x, n)
            under[x] = under.get(x, 0) + n
        raise Refused("beyond the rules", "denominators are nested too deeply")

    def split(self, p: Poly, take: Callable[[Atom], bool] = lambda x: True) -> Split:
        """p, not 0, with its common factors taken out, those atoms only that may be taken."""
        p, under = self.together(p)
        if not p:
            return Split(Fraction(0), {}, {})
        common: dict[Atom, Exponent] | None = None
        for m in p:
            here = {x: e for x, e in m if take(x)}
            common = here if common is None else {
                x: min(common.get(x, 0), here.get(x, 0))
                for x in {*common, *here}
            }  # fmt: skip
        powers = {x: e for x, e in sorted((common or {}).items()) if e}
        rest = self.mul(p, {sorted_mono((x, -e) for x, e in powers.items()): Fraction(1)})
        c = content(rest) * (-1 if frozen(rest)[0][1] < 0 else 1)
        rest = scaled(rest, 1 / c)
        for x, n in under.items():
            powers[x] = powers.get(x, 0) - n
        return Split(c, powers, rest)

    def split_positive(self, p: Poly) -> tuple[Split, dict[Atom, Exponent]]:
        """p with what is above 0 taken out: factors, and even powers of factors that are not 0.

        Nothing is taken out if a denominator is left that may be below 0.
        """
        c, powers, rest = self.split(p, lambda x: abs(self.atom_sign(x)) in (2, NONZERO))
        above, even = dict[Atom, Exponent](), dict[Atom, Exponent]()
        for x, n in powers.items():
            if self.atom_sign(x) == POSITIVE:
                above[x] = n
                continue
            if paired := 2 * int(Fraction(n) / 2):
                even[x] = paired
            if n != paired:
                if x.kind == "p":
                    return Split(Fraction(1), {}, p), {}
                rest = self.mul(rest, single(x, n - paired))
        return Split(c, above, rest), even

    def lifted(
        self, p: Poly, f: Callable[[Poly, int], Poly], wanted: tuple[int, ...]
    ) -> Poly | None:
        """f(p) = (1 − b)·f(p where b = 0) + b·f(p where b = 1) for the first b that is 0 or 1.

        Only where both halves have a wanted sign by themselves, at every point: else f of a half
        might have no value where the other one counts.
        """
        b = min((x for m in p for x, _ in m if self.is_binary(x)), default=None)
        if b is None:
            return None
        halves = [(q, self.sign(q)) for q in self.both_ways(p, b)]
        if any(sign not in wanted for _, sign in halves):
            return None
        zero, one = (f(q, sign) for q, sign in halves)
        return plus(zero, self.mul(single(b), plus(one, zero, -1)))

    @staticmethod
    def both_ways(p: Poly, b: Atom) -> tuple[Poly, Poly]:
        """p where b is 0, and p where b is 1."""
        without = {m: c for m, c in p.items() if all(x is not b for x, _ in m)}
        one = dict(without)
        for m, c in p.items():
            if m not in without:
                into(one, {tuple(xe for xe in m if xe[0] is not b): c})
        return without, one


def added(signs: Sequence[int]) -> int:
    """The sign of a sum: where all terms have one sign, it is strict if one of them is."""
    if len(signs) < 2:
        return signs[0] if signs else NONNEGATIVE
    if UNKNOWN in signs or NONZERO in signs or min(signs) < 0 < max(signs):
        return UNKNOWN
    return max(signs, key=abs)


def number_sign(c: Fraction) -> int:
    """The sign of a number that is not 0."""
    return POSITIVE if c > 0 else NEGATIVE


def times(a: int, b: int) -> int:
    """The sign of a product."""
    if UNKNOWN in (a, b):
        return UNKNOWN
    if NONZERO in (a, b):
        return NONZERO if {abs(a), abs(b)} <= {2, 3} else UNKNOWN
    return (1 if a * b > 0 else -1) * min(abs(a), abs(b))
