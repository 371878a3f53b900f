"""What is assumed of values: by a case, by declared conditions, by cited orders."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from fractions import Fraction
from functools import reduce
from itertools import combinations, islice, product
from typing import Any, NamedTuple

from .algebra import NONNEGATIVE, NONZERO, UNKNOWN, number_sign, times
from .atoms import Atom, Poly, free_in, plus, scaled
from .sums import Sums
from .terms import Refused, Spent

MOST_INSTANCES = 64


class Assumption(NamedTuple):
    """A declared condition or a cited order: the value at these letters has this sign."""

    letters: tuple[tuple[str, str], ...]  # each with its size
    at: Callable[[dict[str, str]], Poly]
    sign: int


class Assumptions(Sums):
    """The signs that are assumed, at whichever indices they are asked for."""

    def __init__(self) -> None:
        super().__init__()
        self.assumptions: tuple[Assumption, ...] = ()
        self._instances: dict[tuple[int, tuple[str, ...]], Poly] = {}
        self._signs: dict[tuple[object, int], int] = {}
        self._atom_signs: dict[Atom, int] = {}

    @abstractmethod
    def least(self, size: str) -> int:
        """The least value of a size."""

    @abstractmethod
    def size_at(self, index: str) -> str | None:
        """The size that an index runs over."""

    def assumed(self, p: Poly) -> int:
        """The sign of p, if it is a multiple of what a case, a condition or an order speaks of."""
        held, found = self._held_of(p), self._assumed_of(p)
        if abs(found) == 2 or not held:
            return found
        return 2 * held if found == NONZERO else held

    def _held_of(self, p: Poly) -> int:
        for n in range(1, min(3, len(self.held)) + 1):
            for chosen in combinations(self.held, n):
                c = _ratio(p, reduce(plus, chosen))
                if c:
                    return times(NONNEGATIVE, number_sign(c))
        return UNKNOWN

    def _assumed_of(self, p: Poly) -> int:
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
                    with forgetting([self._signs, self._atom_signs]):  # found without it
                        try:
                            self._instances[key] = self._primitive(assumption.at(at))
                        except Spent:
                            raise
                        except Refused:
                            pass  # its own value rests on what is being looked for
                yield self._instances[key], assumption.sign

    def _primitive(self, p: Poly) -> Poly:
        """What is left of a polynomial, and its sign kept, when factors above 0 are taken out."""
        (c, _, rest), _ = self.split_positive(p)
        return scaled(rest, c)

    def fits(self, index: str, size: str) -> bool:
        if index.isdigit():
            return int(index) <= self.least(size)
        return self.size_at(index) == size


@contextmanager
def forgetting(memories: Sequence[dict[Any, Any] | set[Any]]) -> Iterator[None]:
    """What is remembered within is forgotten after."""
    before = [memory.copy() for memory in memories]
    try:
        yield
    finally:
        for memory, known in zip(memories, before, strict=True):
            memory.clear()
            memory.update(known)


def _ratio(p: Poly, q: Poly) -> Fraction:
    """c with p = c·q, or 0."""
    if not q or p.keys() != q.keys():
        return Fraction(0)
    m = next(iter(q))
    c = p[m] / q[m]
    return c if all(p[n] == c * q[n] for n in q) else Fraction(0)
