"""Limits: SymPy's own, of an expression whose definitions are all put in."""

from dataclasses import replace

import sympy as sp

from cebook_utils.cases import decider, switches, value_at_side
from cebook_utils.proving import Proof, fully_unfolded, prove_equal
from cebook_utils.vocabulary import Exp, Log, SumOver, name_of, occurrences


def prove_limit(claim):
    """A proof that the left side tends to the right one, by SymPy's limits."""
    last = fully_unfolded(claim.left, claim)
    if last is None or last.atoms(SumOver):
        return None
    symbols = {x: _plain_symbol(x) for x in occurrences(last)}
    if claim.approach.name not in symbols:
        return None
    way = _Way(symbols[claim.approach.name], claim.approach)
    limit = way.limit(last.xreplace(symbols))
    if limit is None:
        return None
    if limit.is_infinite or claim.right.is_infinite:
        return Proof("limit") if limit == claim.right else None
    back = {symbol: name for name, symbol in symbols.items()} | {sp.E: Exp(sp.Integer(1))}
    found = limit.replace(sp.exp, Exp).replace(sp.log, Log).xreplace(back)
    same = prove_equal(replace(claim, left=found, relation="=", approach=None))
    return Proof("limit") if same else None


class _Way:
    """Where a symbol goes, and from which side."""

    def __init__(self, moving, approach):
        direction = {(1,): "+", (-1,): "-"}.get(approach.sides, "+-")
        self._to = (moving, approach.target, direction)

    def limit(self, e):
        """SymPy's limit; maxima and absolute values are what they are near the end."""
        for part in switches(e):
            side = self._side_at_the_end(decider(part))
            return None if side == 0 else self.limit(e.xreplace({part: value_at_side(part, side)}))
        try:
            limit = sp.limit(e.replace(Exp, sp.exp).replace(Log, sp.log), *self._to)
        except (NotImplementedError, ValueError):
            return None
        return limit

    def _side_at_the_end(self, quantity):
        limit = self.limit(quantity)
        if limit is None or not limit.is_extended_real or limit.is_zero is not False:
            return 0
        return 1 if limit.is_positive or limit == sp.oo else -1 if limit.is_extended_negative else 0


def _plain_symbol(x):
    return sp.Dummy(name_of(x), positive=True if x.is_positive else None, real=True)
