"""Atoms, and polynomials over them: what a value is made of, in one form only.

A polynomial maps monomials to rational numbers; a monomial is a sorted tuple of atoms, each with
a rational exponent. An atom has no parts that algebra could use:

    n  a name with its indices          e  exp of a monomial        a  |polynomial|
    s  a size                           l  log of a polynomial      q  a prime number (under a root)
    d  δ of two different indices       p  a polynomial (a denominator, or under a root)
    S  a sum of a monomial over one index or more, which are called @hC, @h+1N, … in it
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from math import gcd, lcm
from typing import Any

from .terms import Spent

MOST_BITS, MOST_WORK, MOST_CHARACTERS, LARGEST_POWER = 3000, 120_000, 20_000, 64


class Atom:
    """An atom; `free` are its free indices, `height` how deeply sums are nested in it."""

    __slots__ = ("data", "free", "height", "key", "kind")

    def __init__(self, kind: str, data: tuple[Any, ...], key: str):
        self.kind, self.data, self.key = kind, data, key
        inside = [x for part in data for x in _atoms_in(part)]
        self.height: int = max((x.height for x in inside), default=0)
        free = frozenset().union(*(x.free for x in inside))
        if kind == "n":
            free = frozenset(data[1])
        elif kind == "d":
            free = frozenset(data)
        elif kind == "S":
            sizes, _, first = data
            self.height = first + len(sizes)
            free -= {canonical(first + n, size) for n, size in enumerate(sizes)}
        self.free: frozenset[str] = free

    def __lt__(self, other: Atom) -> bool:
        return self.key < other.key

    def __repr__(self) -> str:
        return self.key


# Whole exponents are plain integers, which are quicker to compare.
Exponent = int | Fraction
Mono = tuple[tuple[Atom, Exponent], ...]
Poly = dict[Mono, Fraction]
Frozen = tuple[tuple[Mono, Fraction], ...]


def canonical(height: int, size: str) -> str:
    """The name of a bound index inside an atom: what is seen of it is seen for its size only."""
    return f"@{height}{size}"


def is_bound(index: str) -> bool:
    """Whether an index belongs to a sum that is being evaluated, or to an atom."""
    return index[0] in "#@"


def _atoms_in(x: object) -> Iterator[Atom]:
    if isinstance(x, Atom):
        yield x
    elif isinstance(x, tuple):
        for part in x:
            yield from _atoms_in(part)


def _key(x: Any) -> str:
    if isinstance(x, Atom):
        return x.key
    if isinstance(x, tuple):
        return "(" + " ".join(map(_key, x)) + ")"
    return x if isinstance(x, str) else str(Atoms.bounded(Fraction(x)))


def order(m: Mono) -> tuple[tuple[str, Exponent], ...]:
    """By what monomials are sorted."""
    return tuple((x.key, e) for x, e in m)


def frozen(p: Poly) -> Frozen:
    return tuple(sorted(p.items(), key=lambda mc: order(mc[0])))


def sorted_mono(powers: Iterable[tuple[Atom, Exponent]]) -> Mono:
    return tuple(sorted(powers, key=lambda xe: xe[0].key))


def number(c: Fraction | int) -> Poly:
    return {(): Fraction(c)} if c else {}


def whole(e: Exponent) -> Exponent:
    """An exponent as an integer if it is one."""
    return e.numerator if e.denominator == 1 else e


def single(x: Atom, e: Exponent = 1) -> Poly:
    return {((x, whole(e)),): Fraction(1)}


def into(r: Poly, q: Poly, c: Fraction | int = 1) -> Poly:
    """Add c·q to r, in place."""
    for m, x in q.items():
        total = r.get(m, 0) + (x if c == 1 else c * x)
        if total:
            r[m] = total
        else:
            r.pop(m, None)
    return r


def plus(p: Poly, q: Poly, c: Fraction | int = 1) -> Poly:
    """p + c·q."""
    return into(dict(p), q, c)


def scaled(p: Poly, c: Fraction | int) -> Poly:
    return {m: x * c for m, x in p.items()} if c else {}


def free_in(p: Poly) -> frozenset[str]:
    return frozenset().union(*(x.free for m in p for x, _ in m))


def atoms_of(p: Poly) -> list[Atom]:
    """The atoms of a polynomial, not those inside them, in order."""
    return sorted({x for m in p for x, _ in m})


def content(p: Poly) -> Fraction:
    """The largest number that leaves whole coefficients without a common factor."""
    above, below = 0, 1
    for c in p.values():
        above, below = gcd(above, c.numerator), lcm(below, c.denominator)
    return Fraction(above, below)


def primes(n: int) -> list[int]:
    """The prime factors of a whole number; a large rest counts as one."""
    found, d = [], 2
    while d * d <= n and d < 10_000:
        while n % d == 0:
            found.append(d)
            n //= d
        d += 1
    return [*found, n] if n > 1 else found


class Atoms:
    """The atoms of one check: equal ones are the same object. Nothing outlives the check."""

    def __init__(self) -> None:
        self._table: dict[str, Atom] = {}
        self._indices = 0
        self.work = 0
        self.positive: set[Atom] = set()  # the p that were proved to be above 0

    def make(self, kind: str, *data: Any) -> Atom:
        key = f"{kind}({','.join(map(_key, data))})"
        found = self._table.get(key)
        if found is None:
            if len(key) > MOST_CHARACTERS:
                raise Spent("this is too long to be checked; split it into smaller steps")
            found = Atom(kind, data, key)
            self._table[key] = found
        return found

    def new_index(self) -> str:
        """A new identity for an index that is bound."""
        self._indices += 1
        return f"#{self._indices}"

    def spend(self, work: int) -> None:
        """Count the work, so that nothing runs for long."""
        self.work += work
        if self.work > MOST_WORK:
            raise Spent("this takes too long to check; split it into smaller steps")

    @staticmethod
    def bounded(c: Fraction) -> Fraction:
        if c.numerator.bit_length() + c.denominator.bit_length() > MOST_BITS:
            raise Spent("the numbers become too large")
        return c

    def renamed(self, m: Mono, at: Mapping[str, str]) -> Mono:
        """A monomial with other names for its indices: nothing is simplified."""
        return sorted_mono((self._renamed(x, at), e) for x, e in m)

    def _renamed(self, x: Atom, at: Mapping[str, str]) -> Atom:
        if not x.free & at.keys():
            return x
        if x.kind == "n":
            return self.make("n", x.data[0], tuple(at.get(i, i) for i in x.data[1]))
        if x.kind == "d":
            return self.make("d", *sorted(at.get(i, i) for i in x.data))
        if x.kind == "S":
            return self.make("S", x.data[0], self.renamed(x.data[1], at), x.data[2])
        if x.kind == "e":
            return self.make("e", self.renamed(x.data[0], at))
        inside = frozen({self.renamed(m, at): c for m, c in x.data[0]})
        other = self.make(x.kind, inside)
        if x in self.positive:
            self.positive.add(other)
        return other
