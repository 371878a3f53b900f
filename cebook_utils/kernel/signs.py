"""Signs of values: what is known of each atom, and a few ways to look at a polynomial."""

from __future__ import annotations

from abc import abstractmethod
from typing import Any

from .algebra import NONNEGATIVE, NONZERO, ONE, POSITIVE, UNKNOWN, added, number_sign, times
from .assumptions import Assumptions, forgetting
from .atoms import Atom, Mono, Poly, frozen, plus, single

DEEPEST = 3


class Signs(Assumptions):
    """The sign of a polynomial, from its atoms, its form, and what is assumed."""

    def __init__(self) -> None:
        super().__init__()
        self._own: dict[str, int] = {}  # signs of quantities that stand in for others

    @abstractmethod
    def name_sign(self, name: str) -> int:
        """The sign that a name was declared with."""

    @abstractmethod
    def is_unit(self, name: str) -> bool:
        """Whether a name was declared to be between 0 and 1."""

    # Atoms and monomials.

    def atom_sign(self, x: Atom) -> int:
        if x not in self._atom_signs:
            self._atom_signs[x] = UNKNOWN  # while it is being looked for
            own = self._sign_of_atom(x)
            is_asked = x.kind in "nla" and abs(own) != 2 and x.data[0] not in self._own
            self._atom_signs[x] = self._as_assumed(x, own) if is_asked else own
        return self._atom_signs[x]

    def _as_assumed(self, x: Atom, own: int) -> int:
        """The sign of an atom together with what is assumed of it."""
        assumed = self.assumed(single(x))
        if own in (UNKNOWN, NONZERO) or abs(assumed) == 2:
            return assumed or own
        return 2 * own if assumed == NONZERO else own

    def _sign_of_atom(self, x: Atom) -> int:
        match x.kind:
            case "n":
                return self._own.get(x.data[0]) or self.name_sign(x.data[0])
            case "l":
                return self.sign(plus(dict(x.data[0]), ONE, -1))
            case "p":
                return POSITIVE if x in self.positive else self.sign(dict(x.data[0])) or NONZERO
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
        return added([times(self.mono_sign(m), number_sign(c)) for m, c in p.items()])

    def is_zero(self, p: Poly, apart: frozenset[frozenset[str]] = frozenset()) -> bool:
        """Whether a value is 0: its denominators cleared, and every δ tried as 0 and as 1.

        The δ of two indices that are apart is 0.
        """
        p, _ = self.together(p)
        if not p:
            return True
        self.spend(len(p))
        delta = min((x for m in p for x, _ in m if x.kind == "d"), default=None)
        if delta is None:
            return False
        without, _ = self.both_ways(p, delta)
        if not self.is_zero(without, apart | {delta.free}):
            return False
        return delta.free in apart or self._is_zero_where(delta, p, apart)

    def _is_zero_where(self, delta: Atom, p: Poly, apart: frozenset[frozenset[str]]) -> bool:
        """Whether a value is 0 where a δ is 1; what is learnt there is forgotten after."""
        i, j = delta.data if not delta.data[0].isdigit() else delta.data[::-1]
        still = frozenset(frozenset(j if x == i else x for x in pair) for pair in apart)
        with forgetting(self.memories()):
            return self.is_zero(self.substituted(p, {i: j}), still)

    def memories(self) -> list[dict[Any, Any] | set[Any]]:
        """What is remembered of signs and values."""
        return [self.positive, self._signs, self._atom_signs, self._instances]


def _worse(a: int, b: int) -> int:
    """What holds in both cases."""
    if NONZERO in (a, b) or a * b < 0:
        return NONZERO if {abs(a), abs(b)} <= {2, 3} else UNKNOWN
    return min(a, b, key=abs)
