"""The search for a proof: citations put in, cases split, definitions unfolded as far as needed."""

from dataclasses import dataclass, replace

import sympy as sp

from cebook_utils.calculus import NoRule, carried_out, unfoldings
from cebook_utils.intervals import enclosed
from cebook_utils.normal_form import NormalForm, NotNormal
from cebook_utils.vocabulary import (
    Exp,
    Larger,
    Log,
    Smaller,
    SumOver,
    is_named,
    name_of,
    occurrences,
)

_MOST_CASES = 4


@dataclass(frozen=True)
class Proof:
    """How a claim was proved, in a few words."""

    how: str


def prove_equal(claim, theorems=()):
    """A proof that the two sides are equal, or None."""
    difference = claim.left - claim.right
    cited, used = _with_theorems(difference, theorems)
    for e in _unfoldings(cited, claim):
        how = _zero(e, claim)
        if how is not None:
            return Proof("; ".join([*(f"by {title!r}" for title in used), how]))
    return None


def _unfoldings(e, claim):
    """The stages of unfolding, at the fixed values of the claim."""
    try:
        for stage in unfoldings(e, claim.setting):
            yield stage.xreplace(dict(claim.fixed))
    except NoRule:
        return


# Citations.


def _with_theorems(e, theorems):
    """Replace the left sides of cited results by their right sides, wherever they occur."""
    used = []
    for theorem in theorems:
        if theorem.relation != "=":
            continue
        replaced = _replaced(e, theorem)
        if replaced != e:
            used.append(theorem.title)
            e = replaced
    return e, used


def _replaced(e, theorem):
    for part in sorted(e.atoms(type(theorem.left)), key=sp.default_sort_key):
        at = matched(theorem.left, part, theorem.letters)
        if at is not None:
            e = e.xreplace({part: theorem.right.xreplace(at)})
    return e


def matched(pattern, e, letters):
    """Indices at which a pattern is the expression, or None."""
    if pattern in letters:
        return {pattern: e}
    if not pattern.args or not e.args or type(pattern) is not type(e):
        return {} if pattern == e else None
    if len(pattern.args) != len(e.args):
        return None
    at = {}
    for part, other in zip(pattern.args, e.args, strict=True):
        found = matched(part.xreplace(at), other, letters)
        if found is None:
            return None
        at |= found
    return at


def _with_facts(e, claim):
    """One-hot labels become deltas, and names that a fact sets become what it sets them to."""
    for fact in claim.cited:
        if fact.kind == "sums to one":
            continue
        letters = claim.setting.free_indices(fact.left)
        for part in sorted(e.atoms(type(fact.left)), key=sp.default_sort_key):
            at = matched(fact.left, part, letters)
            if at is not None:
                e = e.xreplace({part: fact.right.xreplace(at)})
    return e


# Zero.


def _zero(e, claim):
    """How an expression is seen to be 0, or None."""
    e = _with_facts(e, claim)
    known = [
        (fact.left, claim.setting.free_indices(fact.left), fact.right)
        for fact in claim.cited
        if fact.kind == "sums to one"
    ]

    def normal_form():
        return NormalForm(known, lambda x: is_named(x) and claim.setting.kind_of(x) == "unit")

    try:
        return _zero_by_cases(e, claim.setting, normal_form(), _MOST_CASES)
    except (NotNormal, sp.PolynomialError):
        return None


def _zero_by_cases(e, setting, normal, depth):
    switch = _switch(e)
    if switch is not None:
        cases = (f"{switch} ≥ 0", f"{switch} < 0")
        parts = [_switched(e, switch, side) for side in (1, -1)]
        return _in_cases(cases, parts, setting, normal, depth)
    numerator, _, back = normal.fraction(normal(e))
    if numerator == 0:
        return "normal form"
    rest = numerator.xreplace(back)
    for delta in sorted(rest.atoms(sp.KroneckerDelta), key=sp.default_sort_key):
        i, k = delta.args
        if all(index.is_Integer or index.name in setting.names for index in (i, k)):
            parts = [_equal_indices(rest, i, k), rest.xreplace({delta: sp.Integer(0)})]
            return _in_cases((f"{i} = {k}", f"{i} ≠ {k}"), parts, setting, normal, depth)
    for name in sorted(occurrences(rest), key=sp.default_sort_key):
        if setting.kind_of(name) == "binary" and _is_free(name, setting):
            parts = [rest.xreplace({name: sp.Integer(value)}) for value in (0, 1)]
            return _in_cases((f"{name} = 0", f"{name} = 1"), parts, setting, normal, depth)
    return None


def _in_cases(cases, parts, setting, normal, depth):
    if depth == 0:
        return None
    for part in parts:
        if _zero_by_cases(part, setting, normal, depth - 1) is None:
            return None
    return "cases " + ", ".join(cases)


def _equal_indices(e, i, k):
    """The expression where two indices are the same."""
    old, new = (i, k) if not i.is_Integer else (k, i)
    return e if old.is_Integer else e.xreplace({old: new})


def _is_free(name, setting):
    return all(i.is_Integer or i.name in setting.names for i in getattr(name, "indices", ()))


def _switch(e):
    """A quantity whose sign decides the value of an absolute value, a maximum or a sign."""
    found = {_decider(part) for part in e.atoms(sp.Abs, sp.sign, Larger, Smaller)}
    return min(found, key=sp.default_sort_key) if found else None


def _decider(part):
    return part.args[0] if len(part.args) == 1 else sp.expand(part.args[0] - part.args[1])


def _switched(e, switch, side):
    """The expression where `switch` has the sign `side`.

    At 0 both values of a maximum or an absolute value agree; a sign has no place there, since
    it stands for a derivative that does not exist.
    """
    values = {}
    for part in e.atoms(sp.Abs, sp.sign, Larger, Smaller):
        quotient = sp.cancel(_decider(part) / switch)
        if quotient in (1, -1):
            values[part] = _value_at_side(part, quotient * side)
    return e.xreplace(values)


def _value_at_side(part, side):
    if isinstance(part, sp.sign):
        return sp.Integer(side)
    if isinstance(part, sp.Abs):
        return side * part.args[0]
    first = (side > 0) == isinstance(part, Larger)
    return part.args[0] if first else part.args[1]


# Inequalities.


def prove_ordered(claim, gap, theorems=()):
    """A proof that left (relation) right, from a certificate: a gap that cannot be negative."""
    small, large = (
        (claim.left, claim.right) if claim.relation in "<≤" else (claim.right, claim.left)
    )
    strict = claim.relation in "<>"
    difference = large - small
    if gap is None:
        number = _sign_of_number(difference, claim, strict)
        if number is not None:
            return number
        gap = difference
    elif prove_equal(replace(claim, left=difference, relation="=", right=gap), theorems) is None:
        return None
    certify = Certificate(claim, theorems)
    if not (certify.positive(gap) if strict else certify.nonnegative(gap)):
        return None
    return Proof("certificate: a gap " + ("> 0" if strict else "≥ 0"))


class Certificate:
    """Decides that an expression is made of squares, positive quantities and proved lemmas."""

    def __init__(self, claim, theorems=()):
        self._claim = claim
        self._setting = claim.setting
        self._theorems = [t for t in theorems if t.relation in ("≥", "≤")]

    def nonnegative(self, e):
        """Whether an expression is certainly not below 0."""
        e = carried_out(e, self._setting)[0]
        if e.is_nonnegative or self._is_lemma(e) or self._is_theorem(e):
            return True
        if isinstance(e, SumOver):
            return self.nonnegative(e.body)
        if e.is_Pow and (e.exp.is_Integer and e.exp % 2 == 0):
            return True
        if isinstance(e, sp.Add | sp.Mul) and all(self.nonnegative(part) for part in e.args):
            return True
        return self._by_coefficients(e, strict=False)

    def positive(self, e):
        """Whether an expression is certainly above 0."""
        e = carried_out(e, self._setting)[0]
        if e.is_positive:
            return True
        if isinstance(e, SumOver):
            return self.positive(e.body)
        if e.is_Mul and all(self.positive(part) for part in e.args):
            return True
        if e.is_Add and all(self.nonnegative(part) for part in e.args):
            return any(self.positive(part) for part in e.args)
        return self._by_coefficients(e, strict=True)

    def _is_lemma(self, e):
        """g(t), which was proved not to be negative for t > 0."""
        lemma = is_named(e) and self._setting.kind_of(e) == "lemma"
        return lemma and self.positive(e.args[0])

    def _is_theorem(self, e):
        for theorem in self._theorems:
            gap = theorem.left - theorem.right
            gap = gap if theorem.relation == "≥" else -gap
            if prove_equal(replace(self._claim, left=e, relation="=", right=gap)):
                return True
        return False

    def _by_coefficients(self, e, strict):
        """A quotient of polynomials with positive coefficients in positive quantities."""
        setting = self._setting
        unit = lambda x: is_named(x) and setting.kind_of(x) == "unit"
        for stage in _unfoldings(e, self._claim):
            normal = NormalForm((), unit)
            try:
                numerator, denominator, back = normal.fraction(normal(stage))
            except NotNormal:
                continue
            if numerator == 0:
                return not strict
            sign = normal.sign(numerator, back) * normal.sign(denominator, back)
            if sign > 0:
                return True
        return False


def _sign_of_number(difference, claim, strict):
    """The sign of an expression without names, by interval arithmetic."""
    *_, last = _unfoldings(difference, claim)
    if occurrences(last):
        return None
    enclosure = enclosed(last)
    above = enclosure.a > 0 if strict else enclosure.a >= 0
    return Proof("interval arithmetic") if above else None


def _with_sympy_functions(e):
    return e.replace(Exp, sp.exp).replace(Log, sp.log)


# Limits.


def prove_limit(claim):
    """A proof that the left side tends to the right one, by SymPy's limits."""
    approach = claim.approach
    direction = "+" if approach.direction > 0 else "-"
    *_, last = _unfoldings(claim.left, claim)
    if last.atoms(SumOver) or last.atoms(sp.Abs, Larger, Smaller):
        return None
    symbols = {x: _plain_symbol(x) for x in occurrences(last)}
    expression = _with_sympy_functions(last.xreplace(symbols))
    moving = symbols.get(approach.name)
    if moving is None:
        return None
    limit = sp.limit(expression, moving, approach.target, direction)
    if limit in (sp.oo, -sp.oo) or claim.right in (sp.oo, -sp.oo):
        return Proof("limit") if limit == claim.right else None
    back = {symbol: name for name, symbol in symbols.items()}
    found = limit.replace(sp.exp, Exp).replace(sp.log, Log).xreplace(back)
    same = prove_equal(replace(claim, left=found, relation="=", approach=None))
    return Proof("limit") if same else None


def _plain_symbol(x):
    return sp.Dummy(name_of(x), positive=True if x.is_positive else None, real=True)
