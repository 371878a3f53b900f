"""Sums and products over an index, and indices put in for others."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from fractions import Fraction
from itertools import permutations

from .algebra import NONZERO, ONE, POSITIVE
from .atoms import Atom, Exponent, Mono, Poly, canonical, into, order, single
from .functions import Functions
from .terms import Refused

Bounds = tuple[tuple[str, str], ...]  # indices that are summed over, and their sizes

MOST_NESTED, MOST_PERMUTED = 6, 4


class Sums(Functions):
    """Σ and Π: δ contracted, what shares no index taken apart, one order for the indices."""

    def __init__(self) -> None:
        super().__init__()
        self.sum_to_one: frozenset[str] = frozenset()  # the distributions that are cited
        self.size_of: dict[str, str] = {}  # of each index that is bound

    @abstractmethod
    def check_literal(self, index: str, size: str) -> None:
        """Refuse a whole number that may be larger than the size."""

    def bind(self, size: str) -> str:
        index = self.new_index()
        self.size_of[index] = size
        return index

    def delta(self, i: str, j: str) -> Poly:
        if i == j:
            return ONE
        return {} if i.isdigit() and j.isdigit() else single(self.make("d", *sorted((i, j))))

    def sum(self, p: Poly, bounds: Bounds) -> Poly:
        r: Poly = {}
        for m, c in self.fractions(p, frozenset(b for b, _ in bounds)).items():
            into(r, self.sum_of(m, bounds), c)
        return r

    def sum_of(self, m: Mono, bounds: Bounds) -> Poly:
        """The sum of one monomial."""
        self.spend(1)
        if not bounds:
            return {m: Fraction(1)}
        ids = frozenset(b for b, _ in bounds)
        for b, size in bounds:
            if all(b not in x.free for x, _ in m):
                rest = tuple(y for y in bounds if y[0] != b)
                return self.mul(single(self.make("s", size)), self.sum_of(m, rest))
        contracted = self.contracted(m, bounds, ids)
        if contracted is not None:
            return contracted
        outside = ONE
        for x, e in m:
            if not x.free & ids:
                outside = self.mul(outside, self.mono({x: e}))
        inside = tuple(xe for xe in m if xe[0].free & ids)
        return self.mul(outside, self.sum_inside(inside, bounds, ids))

    def contracted(self, m: Mono, bounds: Bounds, ids: frozenset[str]) -> Poly | None:
        """A δ replaces an index; a sum inside becomes one with the sum around it."""
        for x, e in m:
            if x.kind == "d" and x.free & ids:
                i, j = x.data if x.data[0] in ids else x.data[::-1]
                self.check_literal(j, dict(bounds)[i])
                rest: Poly = {tuple(xe for xe in m if xe[0] is not x): Fraction(1)}
                left = tuple(y for y in bounds if y[0] != i)
                return self.sum(self.substituted(rest, {i: j}), left)
            if x.kind == "S" and x.free & ids and e.denominator == 1 and e > 0:
                if len(bounds) + len(x.data[0]) > MOST_NESTED:
                    raise Refused(
                        "beyond the rules", f"more than {MOST_NESTED} sums inside one another"
                    )
                body, inner = self.opened(x)
                less = {tuple((y, f - 1 if y is x else f) for y, f in m if y is not x or f > 1):
                        Fraction(1)}  # fmt: skip
                return self.sum(self.mul(less, body), (*bounds, *inner))
        return None

    def sum_inside(self, m: Mono, bounds: Bounds, ids: frozenset[str]) -> Poly:
        """The sum of factors that all have an index of it."""
        group = self.connected(m, ids)
        if group != ids:  # factors that share no index are sums of their own
            one = tuple(xe for xe in m if xe[0].free & group)
            two = tuple(xe for xe in m if not xe[0].free & group)
            return self.mul(
                self.sum_of(one, tuple(y for y in bounds if y[0] in group)),
                self.sum_of(two, tuple(y for y in bounds if y[0] not in group)),
            )
        for b, size in bounds:
            own = tuple(xe for xe in m if b in xe[0].free)
            others = tuple(xe for xe in m if b not in xe[0].free)
            left = tuple(y for y in bounds if y[0] != b)
            if len(own) == 1 and own[0][1] == 1 and self.is_distribution_over(own[0][0], b):
                return self.sum_of(others, left)
            if left and all(x.kind != "d" for x, _ in own):
                inner = self.closed(own, ((b, size),))
                if any(y is inner and f < 0 for y, f in others):
                    return self.sum(self.mul({others: Fraction(1)}, single(inner)), left)
        return single(self.closed(m, bounds))

    @staticmethod
    def connected(m: Mono, ids: frozenset[str]) -> frozenset[str]:
        """The indices that hang together with one of them."""
        part: frozenset[str] = frozenset()
        group = frozenset((min(ids),))
        while group != part:
            part = group
            for x, _ in m:
                if x.free & group:
                    group |= x.free & ids
        return group

    def is_distribution_over(self, x: Atom, b: str) -> bool:
        """Whether a cited fact says that this sums to one over its last index, which is b."""
        return (
            x.kind == "n"
            and x.data[0] in self.sum_to_one
            and x.data[1].index(b) == len(x.data[1]) - 1
        )

    def closed(self, m: Mono, bounds: Bounds) -> Atom:
        """One sum as an atom, its indices in the order that gives the smallest text."""
        used = {i for x, _ in m for i in x.free}
        height = max(x.height for x, _ in m)
        while any(
            canonical(height + n, size) in used for n in range(len(bounds)) for _, size in bounds
        ):
            height += 1
        orders = permutations(bounds) if len(bounds) <= MOST_PERMUTED else (bounds,)
        found = []
        for choice in orders:
            self.spend(len(m))
            at = {b: canonical(height + n, size) for n, (b, size) in enumerate(choice)}
            found.append((tuple(size for _, size in choice), self.renamed(m, at)))
        sizes, body = min(found, key=lambda sm: (sm[0], order(sm[1])))
        return self.make("S", sizes, body, height)

    def opened(self, x: Atom) -> tuple[Poly, Bounds]:
        """The body of a sum, and new indices that it runs over."""
        sizes, body, height = x.data
        at, inner = {}, []
        for n, size in enumerate(sizes):
            index = self.bind(size)
            at[canonical(height + n, size)] = index
            inner.append((index, size))
        return self.substituted({body: Fraction(1)}, at), tuple(inner)

    def product(self, p: Poly, index: str, size: str, sign: int) -> Poly:
        """Π = exp Σ log, where every factor is above 0."""
        if sign != POSITIVE:
            raise Refused("no value", "a product is understood only where every factor is above 0")
        return self.exp(self.sum(self.log(p, sign), ((index, size),)))

    # Indices put in for others.

    def substituted(self, p: Poly, at: Mapping[str, str]) -> Poly:
        r: Poly = {}
        for m, c in p.items():
            part: Poly = {(): c}
            for x, e in m:
                if not x.free & at.keys():
                    part = self.mul(part, self.mono({x: e}))
                elif x.kind == "p":
                    part = self.mul(part, self.moved_polynomial(x, e, at))
                else:
                    part = self.mul(part, self.power(self.moved(x, at), e, self.sign_kept(x, e)))
            into(r, part)
        return r

    def sign_kept(self, x: Atom, e: Exponent) -> int:
        """What was proved of an atom for all indices holds for those that are put in."""
        return POSITIVE if e.denominator != 1 or self.atom_sign(x) == POSITIVE else NONZERO

    def moved_polynomial(self, x: Atom, e: Exponent, at: Mapping[str, str]) -> Poly:
        inside = self.substituted(dict(x.data[0]), at)
        return self.power(inside, e, POSITIVE if x in self.positive else NONZERO)

    def moved(self, x: Atom, at: Mapping[str, str]) -> Poly:
        match x.kind:
            case "n":
                return single(self.make("n", x.data[0], tuple(at.get(i, i) for i in x.data[1])))
            case "d":
                return self.delta(*(at.get(i, i) for i in x.data))
            case "e":
                return self.exp(self.substituted({x.data[0]: Fraction(1)}, at))
            case "S":
                body, inner = self.opened(x)
                return self.sum(self.substituted(body, at), inner)
            case "l":
                return self.log(self.substituted(dict(x.data[0]), at), POSITIVE)
        inside = self.substituted(dict(x.data[0]), at)
        return self.abs(inside, self.sign(inside))
