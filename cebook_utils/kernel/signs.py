"""Signs of values: what is known of each atom, and a few ways to look at a polynomial."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice, product
from typing import Any, NamedTuple

from .algebra import NONNEGATIVE, NONZERO, ONE, POSITIVE, UNKNOWN, number_sign, times
from .atoms import Atom, Mono, Poly, free_in, frozen, plus, scaled, single
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
                return self._sign_of_name(x)
            case "l":
                return self.sign(plus(dict(x.data[0]), ONE, -1))
            case "p":
                return POSITIVE if x in self.positive else self.sign(dict(x.data[0])) or NONZERO
            case "S":
                sign = self.mono_sign(x.data[1])
                if sign == UNKNOWN and self.assumptions:
                    sign = self.sign(self.opened(x)[0])  # for every value of its indices
                return UNKNOWN if sign == NONZERO else sign
            case "a":
                return POSITIVE if self.nonzero(dict(x.data[0])) else NONNEGATIVE
            case "d":
                return NONNEGATIVE
        return POSITIVE  # s, e, q

    def _sign_of_name(self, x: Atom) -> int:
        if x.data[0] in self._own:
            return self._own[x.data[0]]
        declared = self.name_sign(x.data[0])
        assumed = UNKNOWN if declared == POSITIVE else self.assumed(single(x))
        if (declared, assumed) == (NONNEGATIVE, NONZERO):
            return POSITIVE
        return assumed or declared

    def mono_sign(self, m: Mono) -> int:
        sign = POSITIVE
        for x, e in m:
            sign = times(sign, self.power_sign(self.atom_sign(x), e))
        return sign

    def nonzero(self, p: Poly) -> bool:
        sign = self.sign(p)
        return abs(sign) == 2 or sign == NONZERO

    # Polynomials.

    @abstractmethod
    def _looked_for(self, p: Poly, deep: int) -> int:
        """The sign of a polynomial whose terms do not tell it."""

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
        signs = [times(self.mono_sign(m), number_sign(c)) for m, c in p.items()]
        if len(signs) == 1:
            return signs[0]
        if UNKNOWN in signs or NONZERO in signs or (min(signs) < 0 < max(signs)):
            return UNKNOWN
        return max(signs, key=abs)

    def is_zero(self, p: Poly) -> bool:
        """Whether a value is 0: its denominators cleared, and every δ tried as 0 and as 1."""
        p, _ = self.together(p)
        if not p:
            return True
        self.spend(len(p))
        delta = min((x for m in p for x, _ in m if x.kind == "d"), default=None)
        if delta is None:
            return False
        i, j = delta.data if not delta.data[0].isdigit() else delta.data[::-1]
        apart, _ = self.both_ways(p, delta)
        return self.is_zero(apart) and self.is_zero_where(i, j, p)

    def is_zero_where(self, i: str, j: str, p: Poly) -> bool:
        """Whether a value is 0 where i = j; what is learnt there is forgotten after."""
        learnt = [(memory, memory.copy()) for memory in self.memories()]
        found = self.is_zero(self.substituted(p, {i: j}))
        for memory, before in learnt:
            memory.clear()
            memory.update(before)
        return found

    def memories(self) -> list[dict[Any, Any] | set[Any]]:
        """What is remembered of signs and values."""
        return [self.positive, self._signs, self._atom_signs, self._instances]

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
                    return times(NONNEGATIVE, number_sign(c))
        for q, sign in self._instances_for(p):
            c = _ratio(p, q)
            if c:
                return times(sign, number_sign(c))
        return UNKNOWN

    def _instances_for(self, p: Poly) -> Iterator[tuple[Poly, int]]:
        """The assumptions, each at all indices of p that its letters may stand for."""
        here = sorted(free_in(p))
        for number_, assumption in enumerate(self.assumptions):
            letters = assumption.letters
            choices = [[i for i in here if self.fits(i, size)] for _, size in letters]
            for chosen in islice(product(*choices), MOST_INSTANCES):
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
    if NONZERO in (a, b) or a * b < 0:
        return NONZERO if {abs(a), abs(b)} <= {2, 3} else UNKNOWN
    return min(a, b, key=abs)
