"""Signs of values: what is known of each atom, and a few ways to look at a polynomial."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import combinations, product
from typing import NamedTuple

from .algebra import (
    NEGATIVE,
    NONNEGATIVE,
    NONPOSITIVE,
    NONZERO,
    ONE,
    POSITIVE,
    UNKNOWN,
    times,
)
from .atoms import (
    LARGEST_POWER,
    Atom,
    Mono,
    Poly,
    atoms_of,
    free_in,
    frozen,
    number,
    plus,
    scaled,
    single,
    sorted_mono,
)
from .intervals import Interval
from .sums import Sums
from .terms import Refused, Spent

DEEPEST = 3
MOST_INSTANCES = 64


class Assumption(NamedTuple):
    """A declared condition or a cited order: the value at these letters has this sign."""

    letters: tuple[tuple[str, str], ...]  # each with its size
    at: Callable[[dict[str, str]], Poly]
    sign: int


class Signs(Sums):
    """The sign of a polynomial, from its atoms, its form, and what is assumed."""

    def __init__(self) -> None:
        super().__init__()
        self.assumptions: tuple[Assumption, ...] = ()
        self._instances: dict[tuple[int, tuple[str, ...]], Poly] = {}
        self._own: dict[str, int] = {}  # signs of quantities that stand in for others
        self._signs: dict[tuple[object, int], int] = {}
        self._atom_signs: dict[Atom, int] = {}

    @abstractmethod
    def name_sign(self, name: str) -> int:
        """The sign that a name was declared with."""

    @abstractmethod
    def is_unit(self, name: str) -> bool:
        """Whether a name was declared to be between 0 and 1."""

    @abstractmethod
    def least(self, size: str) -> int:
        """The least value of a size."""

    @abstractmethod
    def size_at(self, index: str) -> str | None:
        """The size that an index runs over."""

    # Atoms and monomials.

    def atom_sign(self, x: Atom) -> int:
        if x not in self._atom_signs:
            self._atom_signs[x] = UNKNOWN  # while it is being looked for
            self._atom_signs[x] = self._sign_of_atom(x)
        return self._atom_signs[x]

    def _sign_of_atom(self, x: Atom) -> int:
        match x.kind:
            case "n":
                own = self._own.get(x.data[0])
                sign = self.name_sign(x.data[0]) if own is None else own
                return (
                    sign if sign == POSITIVE or own is not None else self.assumed(single(x)) or sign
                )
            case "l":
                return self.sign(plus(dict(x.data[0]), ONE, -1))
            case "p":
                return POSITIVE if x.positive else self.sign(dict(x.data[0])) or NONZERO
            case "S":
                sign = self.mono_sign(x.data[1])
                if sign in (UNKNOWN, NONZERO) and self.assumptions:
                    sign = self.sign(self.opened(x)[0])  # for every value of its indices
                return UNKNOWN if sign == NONZERO else sign
            case "a":
                return POSITIVE if self.nonzero(dict(x.data[0])) else NONNEGATIVE
            case "d":
                return NONNEGATIVE
        return POSITIVE  # s, e, q

    def mono_sign(self, m: Mono) -> int:
        sign = POSITIVE
        for x, e in m:
            sign = times(sign, self.power_sign(self.atom_sign(x), e))
        return sign

    def nonzero(self, p: Poly) -> bool:
        sign = self.sign(p)
        return abs(sign) == 2 or sign == NONZERO

    # Polynomials.

    def sign(self, p: Poly) -> int:
        return self._sign(p, DEEPEST)

    def _sign(self, p: Poly, deep: int) -> int:
        simple = self._from_terms(p)
        if abs(simple) == 2 or not p or not deep:
            return simple
        key = (frozen(p), deep)
        if key not in self._signs:
            self._signs[key] = simple
            self.spend(10 * len(p))
            self._signs[key] = self._looked_for(p, deep) or simple
        return self._signs[key]

    def _from_terms(self, p: Poly) -> int:
        """All terms have one sign, and the sum is strict where one of them is."""
        if not p:
            return NONNEGATIVE
        signs = [times(self.mono_sign(m), POSITIVE if c > 0 else NEGATIVE) for m, c in p.items()]
        if len(signs) == 1:
            return signs[0]
        if UNKNOWN in signs or NONZERO in signs or (min(signs) < 0 < max(signs)):
            return UNKNOWN
        return max(signs, key=abs)

    def _looked_for(self, p: Poly, deep: int) -> int:
        if all(_is_constant(x) for m in p for x, _ in m):
            try:
                return self._of_constant(p)
            except Spent:
                raise
            except Refused:
                return UNKNOWN  # the bounds are too wide
        weak = UNKNOWN
        for look in (self._by_assumption, self._without_denominators, self._by_factors,
                     self._by_binary, self._by_size, self._by_unit, self._by_distribution,
                     self._by_member, self._by_exp):  # fmt: skip
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

    def _without_denominators(self, p: Poly, deep: int) -> int:
        """p times what is above 0 has the sign of p."""
        low: dict[Atom, Fraction] = {}
        for m in p:
            for x, e in m:
                if e < 0 and x.kind != "p" and self.atom_sign(x) == POSITIVE:
                    low[x] = max(low.get(x, Fraction(0)), -e)
        q = self.mul(p, {sorted_mono(low.items()): Fraction(1)}) if low else p
        q, under = self.together(q)
        if q == p or any(n % 2 and self.atom_sign(x) != POSITIVE for x, n in under.items()):
            return UNKNOWN
        return self._sign(q, deep)

    def _by_factors(self, p: Poly, deep: int) -> int:
        """The product of the signs of its factors; what is left may be assumed to have one."""
        c, powers, rest = self.split(p)
        sign = POSITIVE if c > 0 else NEGATIVE
        for x, e in powers.items():
            sign = times(sign, self.power_sign(self.atom_sign(x), e))
        if rest == ONE or sign == UNKNOWN:
            return sign
        found = self.assumed(rest)
        if not found and scaled(rest, c) != p:
            found = self._sign(rest, deep - 1)
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
        """p[k] = t/(t + o), its own share and that of the others, where Σp = 1 is cited."""
        for x in atoms_of(p):
            if x.kind == "n" and x.data[0] in self.sum_to_one:
                name = x.data[0]
                if self.name_sign(name) != POSITIVE:
                    share = self.stand_in(f"~{name}", x.data[1], NONNEGATIVE)
                    rest = self.stand_in(f"~{name}'", x.data[1], NONNEGATIVE)
                    return self._sign_of_share(p, x, single(share), single(rest), deep)
                t = single(self.stand_in(f"~{name}", x.data[1], POSITIVE))
                o = single(self.stand_in(f"~{name}'", x.data[1], NONNEGATIVE))
                under = self.power(plus(t, o), Fraction(-1), POSITIVE)
                return self._replaced(p, x, self.mul(t, under), deep)
        return UNKNOWN

    def _sign_of_share(self, p: Poly, x: Atom, share: Poly, rest: Poly, deep: int) -> int:
        """Where p[k] may be 0: the sign of p at p[k] = share, times share + rest = 1 as needed."""
        if any(e.denominator != 1 or e < 0 for m in p for y, e in m if y is x):
            return UNKNOWN
        degree = max(int(dict(m).get(x, Fraction(0))) for m in p)
        whole, q = plus(share, rest), dict[Mono, Fraction]()
        for m, c in p.items():
            n = int(dict(m).get(x, Fraction(0)))
            part: Poly = {tuple(xe for xe in m if xe[0] is not x): c}
            for factor in [share] * n + [whole] * (degree - n):
                part = self.mul(part, factor)
            q = plus(q, part)
        return self._sign(q, deep - 1)

    def _by_member(self, p: Poly, deep: int) -> int:
        """A sum of what is not below 0 is one of its terms and the others."""
        weak = UNKNOWN
        for x in atoms_of(p):
            if x.kind != "S" or len(x.data[0]) != 1 or self.atom_sign(x) not in (1, 2):
                continue
            size = x.data[0][0]
            for i in sorted(free_in(p)):
                if (
                    i.isdigit()
                    and int(i) > self.least(size)
                    or not i.isdigit()
                    and self.size_at(i) != size
                ):
                    continue
                body, ((b, _),) = self.opened(x)
                member = self.substituted(body, {b: i})
                strict = self.atom_sign(x) == POSITIVE and self.least(size) > 1
                others = self.stand_in(f"~{x.key}", (i,), POSITIVE if strict else NONNEGATIVE)
                sign = self._replaced(p, x, plus(member, single(others)), deep)
                if abs(sign) == 2:
                    return sign
                weak = weak or sign
        return weak

    def _by_exp(self, p: Poly, deep: int) -> int:
        """p has the sign of exp(p) − 1, in which its logarithms are gone."""
        if not any(len(m) == 1 and m[0][0].kind == "l" and m[0][1] == 1 for m in p):
            return UNKNOWN
        if any(abs(c) > LARGEST_POWER or c.denominator > LARGEST_POWER for c in p.values()):
            return UNKNOWN
        return self._sign(plus(self.exp(p), ONE, -1), deep - 1)

    def stand_in(self, name: str, indices: tuple[str, ...], sign: int) -> Atom:
        """A quantity of the kernel's own; no text can contain its name."""
        x = self.make("n", f"{name}{'+' if sign == POSITIVE else ''}", indices)
        self._own[x.data[0]] = sign
        return x

    def _replaced(self, p: Poly, x: Atom, q: Poly, deep: int) -> int:
        """The sign of p with q for x, where x has whole powers that are not negative."""
        r: Poly = {}
        for m, c in p.items():
            e = dict(m).get(x, Fraction(0))
            if e < 0 or e.denominator != 1:
                return UNKNOWN
            rest: Poly = {tuple(xe for xe in m if xe[0] is not x): c}
            r = plus(r, self.mul(rest, self.power(q, e, UNKNOWN)))
        return self._sign(r, deep - 1)

    # What is assumed.

    def hold(self, p: Poly) -> None:
        if p not in self.held:
            self.held.append(p)
            self._signs.clear()
            self._atom_signs.clear()

    def assumed(self, p: Poly) -> int:
        """The sign of p, if it is a multiple of what a condition or a cited order speaks of."""
        for n in range(1, min(3, len(self.held)) + 1):
            for chosen in combinations(self.held, n):
                c = _ratio(p, reduce(plus, chosen))
                if c:
                    return NONNEGATIVE if c > 0 else NONPOSITIVE
        for q, sign in self._instances_for(p):
            c = _ratio(p, q)
            if c:
                return times(sign, POSITIVE if c > 0 else NEGATIVE)
        return UNKNOWN

    def _instances_for(self, p: Poly) -> Iterator[tuple[Poly, int]]:
        """The assumptions, each at all indices of p that its letters may stand for."""
        here = sorted(free_in(p))
        for number_, assumption in enumerate(self.assumptions):
            letters = assumption.letters
            choices = [[i for i in here if self.fits(i, size)] for _, size in letters]
            for chosen in list(product(*choices))[:MOST_INSTANCES]:
                key = (number_, chosen)
                if key not in self._instances:
                    self._instances[key] = {}  # while it is being evaluated
                    at = {letter: i for (letter, _), i in zip(letters, chosen, strict=True)}
                    try:
                        self._instances[key] = self._primitive(assumption.at(at))
                    except Spent:
                        raise
                    except Refused:
                        pass  # its own value rests on what is being looked for
                yield self._instances[key], assumption.sign

    def _primitive(self, p: Poly) -> Poly:
        """What is left of a polynomial, and its sign kept, when factors above 0 are taken out."""
        c, powers, rest = self.split(p, lambda x: self.atom_sign(x) == POSITIVE)
        if any(self.atom_sign(x) != POSITIVE for x in powers):
            return p
        return scaled(rest, c)

    def fits(self, index: str, size: str) -> bool:
        if index.isdigit():
            return int(index) <= self.least(size)
        return self.size_at(index) == size


def _ratio(p: Poly, q: Poly) -> Fraction:
    """c with p = c·q, or 0."""
    if not q or p.keys() != q.keys():
        return Fraction(0)
    m = next(iter(q))
    c = p[m] / q[m]
    return c if all(p[n] == c * q[n] for n in q) else Fraction(0)


def _worse(a: int, b: int) -> int:
    """What holds in both cases."""
    if NONZERO in (a, b):
        return NONZERO if {abs(a), abs(b)} <= {2, 3} else UNKNOWN
    return min(a, b, key=abs) if a * b > 0 else UNKNOWN


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
            value = value * _bounds_of_atom(x).power(e)
        total = total + value
    return total


def _bounds_of_atom(x: Atom) -> Interval:
    match x.kind:
        case "q":
            return Interval.point(Fraction(x.data[0]))
        case "e":
            return bounds_of({x.data[0]: Fraction(1)}).exp()
        case "l":
            return bounds_of(dict(x.data[0])).log()
        case "a":
            return bounds_of(dict(x.data[0])).abs()
        case "p":
            return bounds_of(dict(x.data[0]))
    raise Refused(f"no bounds of {x.key}")
