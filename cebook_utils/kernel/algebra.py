"""The normal form without sums over indices: products, powers, exp, log, absolute values."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import NamedTuple

from .atoms import (
    LARGEST_POWER,
    Atom,
    Atoms,
    Mono,
    Poly,
    content,
    frozen,
    into,
    is_bound,
    number,
    order,
    plus,
    primes,
    scaled,
    single,
    sorted_mono,
)
from .terms import Refused

ONE: Poly = number(1)

# The sign of a value, as far as it is known: above 0, at least 0, at most 0, below 0, not 0.
POSITIVE, NONNEGATIVE, UNKNOWN, NONPOSITIVE, NEGATIVE, NONZERO = 2, 1, 0, -1, -2, 3


class Split(NamedTuple):
    """A polynomial as c · Π powers · rest, where rest is primitive and 1 if nothing is left."""

    c: Fraction
    powers: dict[Atom, Fraction]
    rest: Poly


class Algebra(Atoms):
    """Values of sums, products, powers and functions, if their parts and signs are known."""

    def __init__(self) -> None:
        super().__init__()
        # Which sign an absolute value is taken with, where a proof goes case by case.
        self.cases: dict[str, int] = {}
        self.undecided: dict[str, Atom] = {}
        self.held: list[Poly] = []  # what is at least 0 in this case

    @abstractmethod
    def hold(self, p: Poly) -> None:
        """Let p be at least 0 from now on, as this case says."""

    @abstractmethod
    def sign(self, p: Poly) -> int:
        """The sign of a polynomial."""

    @abstractmethod
    def atom_sign(self, x: Atom) -> int:
        """The sign of an atom."""

    @abstractmethod
    def is_binary(self, x: Atom) -> bool:
        """Whether an atom is always 0 or 1."""

    # Products.

    def mul(self, p: Poly, q: Poly) -> Poly:
        if p == ONE or q == ONE:
            return q if p == ONE else p
        self.spend(len(p) * len(q))
        r: Poly = {}
        for m, c in p.items():
            for n, d in q.items():
                if not m or not n:
                    into(r, {m or n: self.bounded(c * d)})
                    continue
                both = dict(m)
                for x, e in n:
                    both[x] = both.get(x, Fraction(0)) + e
                into(r, self.mono(both), self.bounded(c * d))
        return r

    def mono(self, powers: Mapping[Atom, Fraction]) -> Poly:
        """A product of powers of atoms; what has a simpler form takes it."""
        keep: list[tuple[Atom, Fraction]] = []
        more: list[Poly] = []
        c = Fraction(1)
        for x, e in powers.items():
            if self.is_binary(x) and e > 0:
                e = Fraction(1)  # b · b = b
            if x.kind == "p" and e >= 1:
                more += [dict(x.data[0])] * int(e)
                e -= int(e)
            elif x.kind == "a" and abs(e) >= 2 and e.denominator == 1:
                half = int(e / 2)  # |u|² = u²
                more.append(self.power(dict(x.data[0]), Fraction(2 * half), NONZERO))
                e -= 2 * half
            elif x.kind == "q" and not 0 <= e < 1:
                whole = e.numerator // e.denominator
                c, e = self.bounded(c * Fraction(x.data[0]) ** whole), e - whole
            if e:
                keep.append((x, e))
        if len(more) > LARGEST_POWER:
            raise Refused("a power is too large to be multiplied out")
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
            both[x] = both.get(x, Fraction(0)) + n
            into(r, self.mono(both), c)
        return r

    def together(self, p: Poly) -> tuple[Poly, dict[Atom, int]]:
        """p times its denominators, and these; the denominators are not 0."""
        under: dict[Atom, int] = {}
        for _ in range(40):
            lowest: dict[Atom, int] = {}
            for m in p:
                for x, e in m:
                    if x.kind == "p" and e < 0:
                        lowest[x] = max(lowest.get(x, 0), -(e.numerator // e.denominator))
            if not lowest:
                return p, under
            x = max(lowest, key=lambda x: (x.height, len(x.key), x.key))
            p = self.raised(p, x, lowest[x])
            under[x] = under.get(x, 0) + lowest[x]
        raise Refused("denominators are nested too deeply")

    def split(self, p: Poly, take: Callable[[Atom], bool] = lambda x: True) -> Split:
        """p, not 0, with its common factors taken out, those atoms only that may be taken."""
        p, under = self.together(p)
        if not p:
            return Split(Fraction(0), {}, {})
        common: dict[Atom, Fraction] | None = None
        for m in p:
            here = {x: e for x, e in m if take(x)}
            common = here if common is None else {
                x: min(common.get(x, Fraction(0)), here.get(x, Fraction(0)))
                for x in {*common, *here}
            }  # fmt: skip
        powers = {x: e for x, e in sorted((common or {}).items()) if e}
        rest = self.mul(p, {sorted_mono((x, -e) for x, e in powers.items()): Fraction(1)})
        c = content(rest) * (-1 if frozen(rest)[0][1] < 0 else 1)
        rest = scaled(rest, 1 / c)
        for x, n in under.items():
            powers[x] = powers.get(x, Fraction(0)) - n
        return Split(c, powers, rest)

    def shannon(self, p: Poly, f: Callable[[Poly], Poly]) -> Poly | None:
        """f(p) = (1 − b)·f(p where b = 0) + b·f(p where b = 1) for the first b that is 0 or 1."""
        b = min((x for m in p for x, _ in m if self.is_binary(x)), default=None)
        if b is None:
            return None
        zero, one = (f(q) for q in self.both_ways(p, b))
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

    # Powers.

    def power(self, p: Poly, e: Fraction, sign: int) -> Poly:
        """p^e, where p has the sign that its caller proved."""
        if e.denominator == 1 and e >= 0:
            if e > LARGEST_POWER:
                raise Refused(f"a power is at most {LARGEST_POWER}")
            r = ONE
            for _ in range(int(e)):
                r = self.mul(r, p)
            return r
        if abs(e) > LARGEST_POWER or e.denominator > LARGEST_POWER:
            raise Refused(f"a power is at most {LARGEST_POWER}")
        if not p or sign != POSITIVE and (e.denominator != 1 or sign not in (NEGATIVE, NONZERO)):
            raise Refused("a power of what may be 0 or below 0 has no value")
        lifted = self.shannon(p, lambda q: self.power(q, e, sign))
        if lifted is not None:
            return lifted
        if e.denominator == 1:
            return self.whole_power(self.split(p), int(e), sign)
        return self.root(p, e)

    def whole_power(self, parts: Split, e: int, sign: int) -> Poly:
        c, powers, rest = parts
        outside = POSITIVE if c > 0 else NEGATIVE
        for x, n in powers.items():
            outside = times(outside, self.power_sign(self.atom_sign(x), n))
        known = times(sign, outside) if abs(outside) == 2 and abs(sign) == 2 else UNKNOWN
        if known == NEGATIVE:
            c, rest, known = -c, scaled(rest, -1), POSITIVE
        r = number(self.bounded(c) ** e)
        for x, n in self.with_rest(powers, rest, known == POSITIVE).items():
            r = self.mul(r, self.mono({x: n * e}))
        return r

    def root(self, p: Poly, e: Fraction) -> Poly:
        """A power that is not whole, of what is above 0: factors above 0 are taken out."""
        c, powers, rest = self.split(p, lambda x: self.atom_sign(x) == POSITIVE)
        if any(self.atom_sign(x) != POSITIVE for x in powers):  # a denominator of unknown sign
            c, powers, rest = Split(Fraction(1), {}, p)
        if c < 0:  # the product and the factors are above 0, so what is left is above 0 as well
            c, rest = -c, scaled(rest, -1)
        r = ONE
        for n, way in ((c.numerator, e), (c.denominator, -e)):
            for prime in primes(n):
                r = self.mul(r, self.mono({self.make("q", prime): way}))
        for x, n in self.with_rest(powers, rest, True, whole=False).items():
            r = self.mul(r, self.mono({x: n * e}))
        return r

    def with_rest(
        self, powers: dict[Atom, Fraction], rest: Poly, positive: bool, whole: bool = True
    ) -> dict[Atom, Fraction]:
        """The factors, and what is left of a polynomial as one more atom."""
        found = dict(powers)
        if len(rest) == 1 and (whole or rest == ONE):
            ((m, _),) = rest.items()
            for x, n in m:
                found[x] = found.get(x, Fraction(0)) + n
            return found
        x = self.make("p", frozen(rest))
        x.positive |= positive
        found[x] = found.get(x, Fraction(0)) + 1
        return found

    @staticmethod
    def power_sign(sign: int, e: Fraction) -> int:
        """The sign of a power of an atom; a broken power is one of what is above 0."""
        if e.denominator != 1:
            return POSITIVE
        if e.denominator == 1 and e % 2 == 0:
            return POSITIVE if abs(sign) == 2 or sign == NONZERO or e < 0 else NONNEGATIVE
        if e < 0 and sign in (NONNEGATIVE, NONPOSITIVE):
            return 2 * sign  # a denominator is not 0
        return sign

    # Functions.

    def exp(self, p: Poly) -> Poly:
        r = ONE
        for m, c in frozen(self.fractions(p)):
            b = next((x for x, _ in m if self.is_binary(x)), None)
            if b is not None:
                inner = self.exp({tuple(xe for xe in m if xe[0] is not b): c})
                part = plus(ONE, self.mul(single(b), plus(inner, ONE, -1)))
            elif len(m) == 1 and m[0][0].kind == "l" and m[0][1] == 1 and abs(c) <= LARGEST_POWER:
                part = self.power(dict(m[0][0].data[0]), c, POSITIVE)
            else:
                part = single(self.make("e", m), c)
            r = self.mul(r, part)
        return r

    def log(self, p: Poly, sign: int) -> Poly:
        """log p, where p has the sign that its caller proved."""
        if not p or sign != POSITIVE:
            raise Refused("a logarithm of what may be 0 or below 0 has no value")
        lifted = self.shannon(p, lambda q: self.log(q, sign))
        if lifted is not None:
            return lifted
        c, powers, rest = self.split(p, lambda x: self.atom_sign(x) == POSITIVE)
        if any(self.atom_sign(x) != POSITIVE for x in powers):  # a denominator of unknown sign
            return single(self.make("l", frozen(p)))
        if c < 0:  # as under a root
            c, rest = -c, scaled(rest, -1)
        r: Poly = {}
        for n, way in ((c.numerator, 1), (c.denominator, -1)):
            for prime in primes(n):
                into(r, single(self.make("l", frozen(number(prime)))), way)
        for x, n in powers.items():
            into(r, self.log_of_atom(x), n)
        return r if rest == ONE else plus(r, single(self.make("l", frozen(rest))))

    def log_of_atom(self, x: Atom) -> Poly:
        if x.kind == "e":
            return {x.data[0]: Fraction(1)}
        if x.kind == "q":
            return single(self.make("l", frozen(number(x.data[0]))))
        return single(self.make("l", x.data[0] if x.kind == "p" else frozen(single(x))))

    def abs(self, p: Poly, sign: int) -> Poly:
        """|p|: with its sign where this is known, else a product of opaque absolute values."""
        if sign not in (UNKNOWN, NONZERO):
            return scaled(p, 1 if sign > 0 else -1)
        lifted = self.shannon(p, lambda q: self.abs(q, self.sign(q)))
        if lifted is not None:
            return lifted
        c, powers, rest = self.split(p)
        r = number(abs(c))
        for x, n in self.with_rest(powers, rest, False).items():
            if self.power_sign(self.atom_sign(x), n) in (POSITIVE, NONNEGATIVE):
                r = self.mul(r, self.mono({x: n}))
            else:
                r = self.mul(r, self.abs_of_atom(x, n))
        return r

    def abs_of_atom(self, x: Atom, n: Fraction) -> Poly:
        inside = dict(x.data[0]) if x.kind == "p" else single(x)
        y = self.make("a", frozen(inside))
        if y.key in self.cases:
            inside = scaled(inside, self.cases[y.key])
            self.hold(inside)
            return self.power(inside, n, NONZERO)
        if not any(map(is_bound, y.free)):
            self.undecided[y.key] = y
        return self.mono({y: n})

    # Quotients.

    def fractions(self, p: Poly, indices: frozenset[str] | None = None) -> Poly:
        """x/(1 + x) = 1 − 1/(1 + x): one way only to write a quotient inside a sum."""
        for _ in range(200):
            for m, c in frozen(p):
                new = self.fraction(m, indices)
                if new is not None:
                    p = plus({n: d for n, d in p.items() if n != m}, new, c)
                    break
            else:
                return p
        raise Refused("there are too many quotients to be taken apart")

    def fraction(self, m: Mono, indices: frozenset[str] | None) -> Poly | None:
        """A monomial over a denominator whose first term it holds, taken apart once."""
        powers = dict(m)
        for x, e in m:
            if x.kind != "p" or e > -1 or (indices is not None and not x.free & indices):
                continue
            terms = sorted(x.data[0], key=lambda mc: (-sum(f for _, f in mc[0]), order(mc[0])))
            lead, c = terms[0]
            others = {n: -d / c for n, d in terms[1:]}
            if lead and all(powers.get(y, 0) >= f > 0 for y, f in lead):
                less = {y: -f for y, f in lead}
            elif len(terms) == 2 and self.turns_over(powers, lead, terms[1][0]):
                less, others = {y: -f for y, f in terms[1][0]}, {lead: -c / terms[1][1]}
                c = terms[1][1]
            else:
                continue
            rest = dict(powers)
            for y, f in less.items():
                rest[y] = rest.get(y, Fraction(0)) + f
            up = self.mono({**rest, x: e + 1})
            return plus(scaled(up, 1 / c), self.mul(self.mono(rest), others))
        return None

    def turns_over(self, powers: Mapping[Atom, Fraction], lead: Mono, last: Mono) -> bool:
        """Whether 1/(x·(x + a)) can be written with 1/x, where a is not 0."""
        return bool(lead) and all(powers.get(y, 0) <= -f for y, f in lead) and all(
            abs(self.atom_sign(y)) == 2 for y, _ in last
        )  # fmt: skip


def times(a: int, b: int) -> int:
    """The sign of a product."""
    if UNKNOWN in (a, b):
        return UNKNOWN
    if NONZERO in (a, b):
        return NONZERO if {abs(a), abs(b)} <= {2, 3} else UNKNOWN
    return (1 if a * b > 0 else -1) * min(abs(a), abs(b))
