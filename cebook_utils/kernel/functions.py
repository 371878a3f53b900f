"""Powers, exp, log, absolute values, and quotients in one form."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from functools import reduce

from .algebra import (
    ANY_SIGN,
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    ONE,
    POSITIVE,
    UNKNOWN,
    Algebra,
    Split,
    number_sign,
    times,
)
from .atoms import (
    LARGEST_POWER,
    Atom,
    Exponent,
    Mono,
    Poly,
    frozen,
    into,
    is_bound,
    number,
    order,
    plus,
    primes,
    scaled,
    single,
)
from .terms import Refused

MOST_QUOTIENTS = 200


class Functions(Algebra):
    """The functions of values, whose callers have proved the signs that they need."""

    def power(self, p: Poly, e: Exponent, sign: int) -> Poly:
        """p^e, where p has the sign that its caller proved."""
        if e.denominator == 1 and e >= 0:
            if e > LARGEST_POWER:
                raise Refused("beyond the rules", f"a power is at most {LARGEST_POWER}")
            return reduce(self.mul, [p] * int(e), ONE)
        if not -LARGEST_POWER <= e <= LARGEST_POWER or e.denominator > LARGEST_POWER:
            raise Refused("beyond the rules", f"a power is at most {LARGEST_POWER}")
        if not p or sign != POSITIVE and (e.denominator != 1 or sign not in (NEGATIVE, NONZERO)):
            raise Refused("no value", "a power of what may be 0 or below 0 has no value")
        wanted = (POSITIVE, NEGATIVE, NONZERO) if e.denominator == 1 else (POSITIVE,)
        lifted = self.lifted(p, lambda q, sign: self.power(q, e, sign), wanted)
        if lifted is not None:
            return lifted
        if e.denominator == 1:
            return self.whole_power(self.split(p), int(e), sign)
        return self.root(p, e)

    def whole_power(self, parts: Split, e: int, sign: int) -> Poly:
        c, powers, rest = parts
        if not c:  # seen when fractions are put together, in a case that no point belongs to
            raise Refused("no value", "a denominator is 0")
        outside = number_sign(c)
        for x, n in powers.items():
            outside = times(outside, self.power_sign(self.atom_sign(x), n))
        known = times(sign, outside) if abs(outside) == 2 and abs(sign) == 2 else UNKNOWN
        if known == NEGATIVE:
            c, rest, known = -c, scaled(rest, -1), POSITIVE
        r = number(self.bounded(c) ** e)
        for x, n in self.with_rest(powers, rest, known == POSITIVE).items():
            r = self.mul(r, self.mono({x: n * e}))
        return r

    def root(self, p: Poly, e: Exponent) -> Poly:
        """A power that is not whole, of what is above 0: factors above 0 are taken out."""
        (c, powers, rest), even = self.split_positive(p)
        if c < 0:  # the product and the factors are above 0, so what is left is above 0 as well
            c, rest = -c, scaled(rest, -1)
        r = ONE
        for whole, way in ((c.numerator, e), (c.denominator, -e)):
            for prime in self.factors(whole):
                r = self.mul(r, self.mono({self.make("q", prime): way}))
        for x, n in self.with_rest(powers, rest, True).items():
            r = self.mul(r, self.mono({x: n * e}))
        for x, n in even.items():
            r = self.mul(r, self.power(self.abs_of_nonzero(x), n * e, POSITIVE))
        return r

    def with_rest(
        self, powers: dict[Atom, Exponent], rest: Poly, positive: bool
    ) -> dict[Atom, Exponent]:
        """The factors, and what is left of a polynomial as one more atom."""
        if rest == ONE:
            return powers
        x = self.make("p", frozen(rest))
        if positive:
            self.positive.add(x)
        return {**powers, x: powers.get(x, 0) + 1}

    def factors(self, n: int) -> list[int]:
        self.spend(30 if n > 1000 else 1)
        return primes(n)

    @staticmethod
    def power_sign(sign: int, e: Exponent) -> int:
        """The sign of a power of an atom; a broken power is one of what is above 0."""
        if e.denominator != 1:
            return POSITIVE
        if e % 2 == 0:
            return POSITIVE if abs(sign) == 2 or sign == NONZERO or e < 0 else NONNEGATIVE
        if e < 0 and sign in (NONNEGATIVE, NONPOSITIVE):
            return 2 * sign  # a denominator is not 0
        return sign

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
            raise Refused("no value", "a logarithm of what may be 0 or below 0 has no value")
        lifted = self.lifted(p, self.log, (POSITIVE,))
        if lifted is not None:
            return lifted
        (c, powers, rest), even = self.split_positive(p)
        if c < 0:  # as under a root
            c, rest = -c, scaled(rest, -1)
        r: Poly = {}
        for whole, direction in ((c.numerator, 1), (c.denominator, -1)):
            for prime in self.factors(whole):
                into(r, single(self.make("l", frozen(number(prime)))), direction)
        for x, n in powers.items():
            into(r, self.log_of_atom(x), n)
        for x, n in even.items():
            into(r, self.log(self.abs_of_nonzero(x), POSITIVE), n)
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
            return self.abs_of(p, sign)
        lifted = self.lifted(p, self.abs, ANY_SIGN)
        if lifted is not None:
            return lifted
        c, powers, rest = self.split(p)
        r = number(abs(c))
        for x, n in powers.items():
            sign = self.power_sign(self.atom_sign(x), n)
            if sign not in (UNKNOWN, NONZERO):
                r = self.mul(r, self.abs_of(self.mono({x: n}), sign))
            else:
                inside = dict(x.data[0]) if x.kind == "p" else single(x)
                r = self.mul(r, self.opaque_abs(inside, n))
        if rest == ONE:
            return r
        sign = self.sign(rest)
        known = sign not in (UNKNOWN, NONZERO)
        return self.mul(r, self.abs_of(rest, sign) if known else self.opaque_abs(rest, Fraction(1)))

    def abs_of_nonzero(self, x: Atom) -> Poly:
        """|x|, which is above 0, of what is not 0: an even power of x is one of |x|."""
        return self.abs(single(x), self.atom_sign(x))

    @staticmethod
    def abs_of(p: Poly, sign: int) -> Poly:
        return scaled(p, 1 if sign > 0 else -1)

    def opaque_abs(self, inside: Poly, n: Exponent) -> Poly:
        """|inside|^n as an atom, or as this case of a proof says."""
        y = self.make("a", frozen(inside))
        if y in self.cases:
            return self.power(scaled(inside, self.cases[y]), n, NONZERO)
        if "~" not in y.key and not any(map(is_bound, y.free)):  # of nothing that stands in
            self.undecided[y] = None
        return self.mono({y: n})

    # Quotients.

    def fractions(self, p: Poly, indices: frozenset[str] | None = None) -> Poly:
        """x/(1 + x) = 1 − 1/(1 + x): one way only to write a quotient inside a sum."""
        for _ in range(MOST_QUOTIENTS):
            self.spend(len(p) // 4)
            for m, c in frozen(p):
                new = self.fraction(m, indices)
                if new is not None:
                    p = plus({n: d for n, d in p.items() if n != m}, new, c)
                    break
            else:
                return p
        raise Refused("beyond the rules", "there are too many quotients to be taken apart")

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
                rest[y] = rest.get(y, 0) + f
            up = self.mono({**rest, x: e + 1})
            return plus(scaled(up, 1 / c), self.mul(self.mono(rest), others))
        return None

    def turns_over(self, powers: Mapping[Atom, Exponent], lead: Mono, last: Mono) -> bool:
        """Whether 1/(x·(x + a)) can be written with 1/x, where a is not 0."""
        return bool(lead) and all(powers.get(y, 0) <= -f for y, f in lead) and all(
            abs(self.atom_sign(y)) == 2 for y, _ in last
        )  # fmt: skip
