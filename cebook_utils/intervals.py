"""An interval that certainly holds the value of an expression without names."""

import sympy as sp
from mpmath import MPIntervalContext

from cebook_utils.vocabulary import Exp, Log

_interval = MPIntervalContext()
_interval.dps = 30


def enclosed(e):
    """An interval with outward rounding around a number made of + × powers, exp and log."""
    if e.is_Rational:
        return _interval.mpf(e.p) / e.q
    parts = [enclosed(part) for part in e.args]
    if e.is_Add:
        return sum(parts[1:], parts[0])
    if e.is_Mul:
        product = parts[0]
        for part in parts[1:]:
            product = product * part
        return product
    if isinstance(e, sp.Pow):
        return parts[0] ** (int(e.exp) if e.exp.is_Integer else parts[1])
    if isinstance(e, Exp | Log):
        return (_interval.exp if isinstance(e, Exp) else _interval.log)(parts[0])
    raise NotImplementedError(f"no interval rule for {type(e).__name__}")
