"""Limits: SymPy's own, of an expression whose definitions are all put in."""

from dataclasses import replace

import sympy as sp

from cebook_utils.proving import Proof, fully_unfolded, prove_equal
from cebook_utils.vocabulary import Exp, Larger, Log, Smaller, SumOver, name_of, occurrences


def prove_limit(claim):
    """A proof that the left side tends to the right one, by SymPy's limits."""
    approach = claim.approach
    direction = {(1,): "+", (-1,): "-"}.get(approach.sides, "+-")
    last = fully_unfolded(claim.left, claim)
    if last is None or last.atoms(SumOver) or last.atoms(sp.Abs, Larger, Smaller):
        return None
    symbols = {x: _plain_symbol(x) for x in occurrences(last)}
    expression = last.xreplace(symbols).replace(Exp, sp.exp).replace(Log, sp.log)
    moving = symbols.get(approach.name)
    if moving is None:
        return None
    try:
        limit = sp.limit(expression, moving, approach.target, direction)
    except (NotImplementedError, ValueError):
        return None
    if limit in (sp.oo, -sp.oo) or claim.right in (sp.oo, -sp.oo):
        return Proof("limit") if limit == claim.right else None
    back = {symbol: name for name, symbol in symbols.items()}
    found = limit.replace(sp.exp, Exp).replace(sp.log, Log).xreplace(back)
    same = prove_equal(replace(claim, left=found, relation="=", approach=None))
    return Proof("limit") if same else None


def _plain_symbol(x):
    return sp.Dummy(name_of(x), positive=True if x.is_positive else None, real=True)
