"""Limits: SymPy finds them; special values of the parameters are tried before one is believed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

import sympy as sp

from cebook_utils.bridge.translate import Untranslatable, symbol_of, to_sympy, to_text
from cebook_utils.derivation.places import Approach, Point
from cebook_utils.kernel.declarations import Condition, Setting
from cebook_utils.kernel.judgement import Claim, judge
from cebook_utils.kernel.terms import Name, Refused, Term

_MOST_SPECIAL = 60


def tends_to(
    setting: Setting,
    left: Term,
    right: Term | None,
    text: str,
    approach: Approach,
    point: Point | None = None,
) -> str:
    """What is wrong with the claim that left tends to right, or "" if SymPy finds that limit.

    A limit in which parameters stay open is that of most values of them; those at which it may
    be another one (0, ±1, equal ones, zeros of a leading coefficient) are tried, and have to be
    excluded by a declared domain or condition where it is.
    """
    try:
        at = _values(setting, point)
        e = to_sympy(left, setting).subs(at)
        claimed = {"oo": sp.oo, "-oo": -sp.oo}.get(text)
        if right is not None:
            claimed = to_sympy(right, setting).subs(at)
    except Untranslatable as trouble:
        return f"SymPy cannot be asked: {trouble}."
    moving = symbol_of(approach.name, setting)
    if not e.has(moving):
        return f"{approach.name.name} does not occur in the line."
    x = sp.Dummy(approach.name.name, **moving.assumptions0) if moving.is_Symbol else sp.Dummy(
        "x", real=True, positive=moving.is_positive
    )  # fmt: skip
    e = e.subs(moving, x)
    found = limit(e, x, approach)
    if found is None:
        return "SymPy finds no limit."
    if not _same(setting, found, claimed):
        return f"SymPy finds the limit {found}."
    return _special_values(setting, e, x, approach, claimed)


def _values(setting: Setting, point: Point | None) -> dict[sp.Expr, sp.Expr]:
    """What is fixed at a point."""
    pairs = point.values if point else ()
    return {
        symbol_of(Name(name, ()), setting): to_sympy(setting.read(value), setting)
        for name, value in pairs
    }


def limit(e: sp.Expr, x: sp.Symbol, approach: Approach) -> sp.Expr | None:
    """The limit of an expression, sums put together from the limits of their terms."""
    e = _without_absolute_values(e, x, approach)
    if e is None:
        return None
    if not e.has(sp.Sum, sp.Product):
        return _by_sympy(e, x, approach)
    return _by_continuity(e, x, approach)


def _by_continuity(e: sp.Expr, x: sp.Symbol, approach: Approach) -> sp.Expr | None:
    """A continuous function of what has finite limits tends to its value at these."""
    if not e.has(x):
        return e
    if not e.has(sp.Sum, sp.Product):
        found = _by_sympy(e, x, approach)
        return found if found is not None and found.is_finite is not False else None
    if isinstance(e, sp.Sum):  # over finitely many terms, as many as the size says
        inner = _by_continuity(e.function, x, approach)
        return None if inner is None or _is_infinite(inner) else sp.Sum(inner, *e.limits)
    if isinstance(e, sp.Product):
        return None
    parts = [_by_continuity(part, x, approach) for part in e.args]
    if any(part is None or _is_infinite(part) for part in parts):
        return None
    if isinstance(e, sp.Pow) and not parts[0].is_positive:
        if not (parts[1].is_integer and (parts[1].is_positive or parts[0].is_nonzero)):
            return None
    if isinstance(e, sp.log) and not parts[0].is_positive:
        return None
    found = e.func(*parts)
    return None if _is_infinite(found) else found


def _is_infinite(e: sp.Expr) -> bool:
    return bool(e.has(sp.oo, -sp.oo, sp.zoo, sp.nan))


def _by_sympy(e: sp.Expr, x: sp.Symbol, approach: Approach) -> sp.Expr | None:
    target, direction = _target(approach)
    plain = {part: sp.Dummy(str(part), **part.assumptions0) for part in e.atoms(sp.Indexed)}
    try:
        found = sp.limit(e.xreplace(plain), x, target, direction)
    except (NotImplementedError, ValueError, TypeError):
        return None
    if found.has(sp.Limit, sp.AccumBounds, sp.nan, sp.zoo):
        return None
    return found.xreplace({dummy: part for part, dummy in plain.items()})


def _target(approach: Approach) -> tuple[sp.Expr, str]:
    if approach.target is None:
        return sp.oo * approach.sides[0], "+-"
    target = sp.Rational(approach.target.numerator, approach.target.denominator)
    return target, {(1,): "+", (-1,): "-"}.get(approach.sides, "+-")


def _without_absolute_values(e: sp.Expr, x: sp.Symbol, approach: Approach) -> sp.Expr | None:
    """Absolute values as what they are near the end, or None where that is not seen."""
    for part in sorted(e.atoms(sp.Abs), key=sp.default_sort_key):
        if not part.has(x):
            continue
        end = limit(part.args[0], x, approach)
        if end is None or end.is_zero is not False or end.is_extended_real is not True:
            return None
        if not (end.is_extended_positive or end.is_extended_negative):
            return None
        e = e.xreplace({part: part.args[0] if end.is_extended_positive else -part.args[0]})
    return e


def _same(setting: Setting, found: sp.Expr, claimed: sp.Expr) -> bool:
    """Whether two limits are one: by the kernel where they are finite."""
    if _is_infinite(found) or _is_infinite(claimed):
        return bool(found == claimed)
    try:
        judge(
            Claim(setting, setting.read(to_text(found, setting)), "=",
                  setting.read(to_text(claimed, setting)))
        )  # fmt: skip
    except (Refused, Untranslatable):
        return bool(sp.simplify(found - claimed) == 0)
    return True


# Special values of the parameters.


def _special_values(
    setting: Setting, e: sp.Expr, x: sp.Symbol, approach: Approach, claimed: sp.Expr
) -> str:
    for at in list(_candidates(e, x))[:_MOST_SPECIAL]:
        if not _is_allowed(setting, at):
            continue
        there, wanted = e.subs(at), claimed.subs(at)
        if there.has(sp.nan, sp.zoo) or wanted.has(sp.nan, sp.zoo):
            continue
        found = limit(there, x, approach) if there.has(x) else there
        same = found is not None and (
            found == wanted if _is_infinite(found) or _is_infinite(wanted)
            else sp.simplify(found - wanted) == 0
        )  # fmt: skip
        if not same:
            where = ", ".join(f"{name} = {value}" for name, value in at.items())
            advice = " or ".join(f"{name} != {value}" for name, value in at.items())
            return f"At {where} the limit is {found}: declare where {advice}, if it is meant so."
    return ""


def _candidates(e: sp.Expr, x: sp.Symbol) -> Iterator[dict[sp.Expr, sp.Expr]]:
    parameters = _parameters(e, x)
    for name in parameters:
        for value in (0, 1, -1):
            yield {name: sp.Integer(value)}
        for coefficient in _coefficients(e, x):
            for value in _roots(coefficient, name):
                yield {name: value}
    for a, b in combinations(parameters, 2):
        yield {a: b}
        yield {a: -b}
        yield {a: sp.Integer(0), b: sp.Integer(0)}


def _parameters(e: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    indexed = e.atoms(sp.Indexed)
    inside = set().union(*(part.free_symbols for part in indexed)) if indexed else set()
    bound = {limits[0] for part in e.atoms(sp.Sum) for limits in part.limits}
    free = {s for s in e.free_symbols if s.is_Symbol and not s.is_integer} - inside - bound - {x}
    open_ = {part for part in indexed if not part.free_symbols & bound}
    return sorted(free | open_, key=sp.default_sort_key)


def _coefficients(e: sp.Expr, x: sp.Symbol) -> list[sp.Expr]:
    """The coefficients of powers of x above and below the line, and of x in exponents."""
    found: list[sp.Expr] = []
    parts = [*sp.fraction(sp.together(e)), *(part.args[0] for part in e.atoms(sp.exp, sp.log))]
    for part in parts:
        try:
            found += sp.Poly(part, x).all_coeffs() if part.has(x) else []
        except sp.PolynomialError:
            continue
    return [c for c in found if not c.is_number]


def _roots(coefficient: sp.Expr, name: sp.Expr) -> list[sp.Expr]:
    if not coefficient.has(name):
        return []
    try:
        return [root for root in sp.solve(coefficient, name) if not root.has(name)][:4]
    except NotImplementedError:
        return []


def _is_allowed(setting: Setting, at: dict[sp.Expr, sp.Expr]) -> bool:
    """Whether domains and conditions allow these values, as far as is seen; else it is tried."""
    for name, value in at.items():
        kind = setting.kinds.get(
            str(name.base.label) if isinstance(name, sp.Indexed) else name.name
        )
        outside = {
            "positive": value.is_positive is False,
            "nonnegative": value.is_nonnegative is False,
            "unit": value.is_positive is False or (1 - value).is_positive is False,
            "binary": value.is_number and value not in (0, 1),
        }
        if outside.get(kind or "", False):
            return False
    return not any(_contradicts(setting, condition, at) for condition in setting.conditions)


def _contradicts(setting: Setting, condition: Condition, at: dict[sp.Expr, sp.Expr]) -> bool:
    try:
        difference = to_sympy(condition.difference, setting).subs(at)
    except Untranslatable:
        return False
    holds = {
        "!=": difference.is_nonzero, "<": difference.is_negative, "<=": difference.is_nonpositive,
        ">": difference.is_positive, ">=": difference.is_nonnegative,
    }[condition.relation]  # fmt: skip
    return holds is False
