"""Ways to look at a polynomial until its sign is seen."""

from __future__ import annotations

from fractions import Fraction

from .algebra import NEGATIVE, NONNEGATIVE, ONE, POSITIVE, UNKNOWN, number_sign, times
from .atoms import (
    LARGEST_POWER,
    Atom,
    Exponent,
    Mono,
    Poly,
    atoms_of,
    free_in,
    number,
    plus,
    scaled,
    single,
)
from .bounds import _is_constant, bounds_of
from .signs import Signs, _worse
from .terms import Refused, Spent


class Looks(Signs):
    """The sign of a polynomial whose terms do not have one sign."""

    def _looked_for(self, p: Poly, deep: int) -> int:
        if all(_is_constant(x) for m in p for x, _ in m):
            self.spend(200 * sum(len(m) for m in p))
            try:
                return self._of_constant(p)
            except Spent:
                raise
            except Refused:
                return UNKNOWN  # the bounds are too wide
        weak = UNKNOWN
        for look in (self._by_assumption, self._by_factors, self._by_binary, self._by_size,
                     self._by_unit, self._by_distribution, self._by_member, self._by_exp,
                     self._by_log, self._by_square):  # fmt: skip
            try:
                sign = look(p, deep)
            except Spent:
                raise
            except Refused:
                continue  # this way of looking leads nowhere
            if abs(sign) == 2:
                return sign
            weak = weak or sign
        return weak

    def _by_assumption(self, p: Poly, deep: int) -> int:
        return self.assumed(p) or (
            self.assumed(self._primitive(p)) if self.assumptions else UNKNOWN
        )

    @staticmethod
    def _of_constant(p: Poly) -> int:
        bounds = bounds_of(p)
        return POSITIVE if bounds.lo > 0 else NEGATIVE if bounds.hi < 0 else UNKNOWN

    def _by_factors(self, p: Poly, deep: int) -> int:
        """The product of the signs of its factors; what is left may be assumed to have one."""
        c, powers, rest = self.split(p)
        if not rest:
            return NONNEGATIVE
        sign = number_sign(c)
        for x, e in powers.items():
            sign = times(sign, self.power_sign(self.atom_sign(x), e))
        if rest == ONE or sign == UNKNOWN:
            return sign
        found = self.assumed(rest)
        if not found and scaled(rest, c) != p:
            found = self._sign(rest, deep)
        return times(sign, found)

    def _by_binary(self, p: Poly, deep: int) -> int:
        """What is 0 or 1 is tried as both."""
        b = min((x for m in p for x, _ in m if self.is_binary(x)), default=None)
        if b is None:
            return UNKNOWN
        zero, one = self.both_ways(p, b)
        return _worse(self._sign(zero, deep), self._sign(one, deep))

    def _by_size(self, p: Poly, deep: int) -> int:
        """A size is its least value and something that is not below 0."""
        for x in atoms_of(p):
            if x.kind == "s":
                rest = self.stand_in(f"~{x.data[0]}", (), NONNEGATIVE)
                whole = plus(single(rest), number(self.least(x.data[0])))
                return self._replaced(p, x, whole, deep)
        return UNKNOWN

    def _by_unit(self, p: Poly, deep: int) -> int:
        """u = t/(1 + t) with t > 0."""
        for x in atoms_of(p):
            if x.kind == "n" and self.is_unit(x.data[0]):
                t = single(self.stand_in(f"~{x.data[0]}", x.data[1], POSITIVE))
                under = self.power(plus(ONE, t), Fraction(-1), POSITIVE)
                return self._replaced(p, x, self.mul(t, under), deep)
        return UNKNOWN

    def _by_distribution(self, p: Poly, deep: int) -> int:
        """p[k] = t, and t + o = 1: its own share and that of the others, where Σp = 1 is cited."""
        for x in atoms_of(p):
            if (
                x.kind == "n"
                and x.data[0] in self.sum_to_one
                and self.name_sign(x.data[0]) in (POSITIVE, NONNEGATIVE)
            ):
                name, indices = x.data
                above = self.atom_sign(x) == POSITIVE
                t = self.stand_in(f"~{name}", indices, POSITIVE if above else NONNEGATIVE)
                o = self.stand_in(f"~{name}'", indices, NONNEGATIVE)
                return self._sign_of_share(p, x, single(t), single(o), deep)
        return UNKNOWN

    def _sign_of_share(self, p: Poly, x: Atom, share: Poly, rest: Poly, deep: int) -> int:
        """The sign of p at p[k] = share, each term times share + rest = 1 as often as needed."""
        if any(e.denominator != 1 or e < 0 for m in p for y, e in m if y is x):
            return UNKNOWN
        power = {m: int(dict(m).get(x, 0)) for m in p}
        degree = max(power.values())
        if degree > LARGEST_POWER:
            return UNKNOWN
        whole, q = plus(share, rest), dict[Mono, Fraction]()
        for m, c in p.items():
            part: Poly = {tuple(xe for xe in m if xe[0] is not x): c}
            for factor in [share] * power[m] + [whole] * (degree - power[m]):
                part = self.mul(part, factor)
            q = plus(q, part)
        return self._sign(q, deep - 1)

    def _by_member(self, p: Poly, deep: int) -> int:
        """A sum of what is not below 0 is one of its terms and the others."""
        for x in atoms_of(p):
            if x.kind != "S" or len(x.data[0]) != 1 or self.atom_sign(x) not in (1, 2):
                continue
            size = x.data[0][0]
            for i in sorted(free_in(p)):
                if not self.fits(i, size):
                    continue
                body, ((b, _),) = self.opened(x)
                member = self.substituted(body, {b: i})
                strict = self.atom_sign(x) == POSITIVE and self.least(size) > 1
                others = self.stand_in(f"~{x.key}", (i,), POSITIVE if strict else NONNEGATIVE)
                sign = self._replaced(p, x, plus(member, single(others)), deep)
                if sign:
                    return sign
        return UNKNOWN

    def _by_exp(self, p: Poly, deep: int) -> int:
        """p has the sign of exp(p) − 1, in which its logarithms are gone."""
        if not any(len(m) == 1 and m[0][0].kind == "l" and m[0][1] == 1 for m in p):
            return UNKNOWN
        if any(abs(c) > LARGEST_POWER or c.denominator > LARGEST_POWER for c in p.values()):
            return UNKNOWN
        return self._sign(plus(self.exp(p), ONE, -1), deep - 1)

    def _by_log(self, p: Poly, deep: int) -> int:
        """c·m − d·n of two terms above 0 has the sign of log(c·m) − log(d·n)."""
        above = {m: c for m, c in p.items() if c > 0}
        below = {m: -c for m, c in p.items() if c < 0}
        if (len(above), len(below)) != (1, 1) or any(self.mono_sign(m) != POSITIVE for m in p):
            return UNKNOWN
        return self._sign(plus(self.log(above, POSITIVE), self.log(below, POSITIVE), -1), deep - 1)

    def _by_square(self, p: Poly, deep: int) -> int:
        """p = A·x² + B·x + C, where 4·A·p = (2·A·x + B)² + (4·A·C − B²)."""
        x = _squared_in(p)
        if x is None:
            return UNKNOWN
        parts: dict[Exponent, Poly] = {}
        for m, c in p.items():
            rest = tuple(xe for xe in m if xe[0] is not x)
            parts.setdefault(dict(m).get(x, 0), {})[rest] = c
        outer = self._sign(parts[2], deep - 1)
        if abs(outer) != 2:
            return UNKNOWN
        squared = self.mul(parts[1], parts[1])
        least = plus(scaled(self.mul(parts[2], parts[0]), 4), squared, -1)
        found = self._sign(least, deep - 1)
        return times(outer, found) if found in (POSITIVE, NONNEGATIVE) else UNKNOWN

    def _replaced(self, p: Poly, x: Atom, q: Poly, deep: int) -> int:
        """The sign of p with q for x, where x has whole powers that are not negative."""
        r: Poly = {}
        for m, c in p.items():
            e = dict(m).get(x, 0)
            if e < 0 or e.denominator != 1:
                return UNKNOWN
            rest: Poly = {tuple(xe for xe in m if xe[0] is not x): c}
            r = plus(r, self.mul(rest, self.power(q, e, UNKNOWN)))
        return self._sign(r, deep - 1)

    def stand_in(self, name: str, indices: tuple[str, ...], sign: int) -> Atom:
        """A quantity of the kernel's own; no text can contain its name."""
        x = self.make("n", f"{name}{'+' if sign == POSITIVE else ''}", indices)
        self._own[x.data[0]] = sign
        return x


def _squared_in(p: Poly) -> Atom | None:
    """The first atom whose exponents in p are 0, 1 and 2, all of them and no others."""
    found: dict[Atom, list[Exponent]] = {}
    for m in p:
        for x, e in m:
            found.setdefault(x, []).append(e)
    exponents = ((x, es) for x, es in found.items() if len(es) < len(p))
    return min((x for x, es in exponents if {*es} == {1, 2}), default=None)
