"""The search for a proof: citations put in, cases split, definitions unfolded as far as needed."""

from dataclasses import dataclass

import sympy as sp

from cebook_utils.calculus import NoRule, unfoldings
from cebook_utils.normal_form import NormalForm
from cebook_utils.quotients import NotNormal
from cebook_utils.vocabulary import (
    Deriv,
    Larger,
    ProductOver,
    Smaller,
    SumOver,
    is_named,
    occurrences,
    rebuilt,
)

_MOST_CASES = 4
_SWITCHES = (sp.Abs, sp.sign, Larger, Smaller)


@dataclass(frozen=True)
class Proof:
    """How a claim was proved, in a few words."""

    how: str


def prove_equal(claim, theorems=()):
    """A proof that the two sides are equal, or None."""
    difference = claim.left - claim.right
    cited, used = _with_theorems(difference, theorems)
    for e in stages(cited, claim):
        how = _zero(e, claim)
        if how is not None:
            return Proof("; ".join([*(f"by {title!r}" for title in used), how]))
    return None


def stages(e, claim):
    """The stages of unfolding, at the fixed values of the claim."""
    try:
        for stage in unfoldings(e, claim.setting):
            yield stage.xreplace(dict(claim.fixed))
    except NoRule:
        return


def fully_unfolded(e, claim):
    """The last stage, in which no definition is left; None if a derivative has no rule."""
    last = None
    for stage in stages(e, claim):
        last = stage
    return last


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
    """What rests on facts about labels is not put in under a derivative, which may move them."""
    at = matched(theorem.left, e, theorem.letters)
    if at is not None:
        return theorem.right.xreplace(at)
    if isinstance(e, Deriv) and theorem.rests_on_facts:
        return e
    return rebuilt(e, lambda part: _replaced(part, theorem))


def matched(pattern, e, letters):
    """Indices at which a pattern is the expression, or None."""
    if pattern in letters:
        return {pattern: e}
    if not pattern.args or not e.args or type(pattern) is not type(e):
        return {} if pattern == e else None
    if len(pattern.args) != len(e.args):
        return None
    if isinstance(e, SumOver | ProductOver):
        e = e.func(e.body.xreplace({e.index: pattern.index}), pattern.index, e.size)
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
    try:
        return _zero_by_cases(
            e, claim.setting, normal_form(claim.setting, claim.cited), _MOST_CASES
        )
    except (NotNormal, sp.PolynomialError):
        return None


def normal_form(setting, cited=()):
    """The normal form of a setting, in which the sums of cited distributions are 1."""
    known = [
        (fact.left, setting.free_indices(fact.left), fact.right)
        for fact in cited
        if fact.kind == "sums to one"
    ]

    def is_of_kind(kind):
        return lambda e: is_named(e) and setting.kind_of(e) == kind

    return NormalForm(known, is_of_kind("unit"), is_of_kind("binary"))


def _zero_by_cases(e, setting, normal, depth):
    e = _with_known_signs(e, normal)
    switch = _switch(e)
    if switch is not None:
        labels = free_labels(switch, setting)
        if labels:
            return _in_cases_of_label(labels[0], e, setting, normal, depth)
        cases = (f"{switch} ≥ 0", f"{switch} < 0")
        parts = [_switched(e, switch, side) for side in (1, -1)]
        return _in_cases(cases, parts, setting, normal, depth)
    numerator, _, back = normal.fraction(normal(e))
    if numerator == 0:
        return "normal form"
    # Put back, a power of a delta is the delta itself.
    rest = sp.expand(numerator.xreplace(back))
    if rest == 0:
        return "normal form"
    for delta in sorted(rest.atoms(sp.KroneckerDelta), key=sp.default_sort_key):
        i, k = delta.args
        if all(index.is_Integer or index.name in setting.names for index in (i, k)):
            parts = [_equal_indices(rest, i, k), rest.xreplace({delta: sp.Integer(0)})]
            return _in_cases((f"{i} = {k}", f"{i} ≠ {k}"), parts, setting, normal, depth)
    labels = free_labels(rest, setting)
    return _in_cases_of_label(labels[0], rest, setting, normal, depth) if labels else None


def free_labels(e, setting):
    """The names that are 0 or 1 and that no sum runs over."""
    return sorted(
        (x for x in occurrences(e) if setting.kind_of(x) == "binary" and _is_free(x, setting)),
        key=sp.default_sort_key,
    )


def _in_cases_of_label(label, e, setting, normal, depth):
    parts = [e.xreplace({label: sp.Integer(value)}) for value in (0, 1)]
    return _in_cases((f"{label} = 0", f"{label} = 1"), parts, setting, normal, depth)


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


def _with_known_signs(e, normal):
    """Absolute values and maxima of what is certainly positive or certainly negative."""
    values = {}
    for part in e.atoms(*_SWITCHES):
        side = normal.sign(normal(_decider(part)))
        if side != 0:
            values[part] = _value_at_side(part, side)
    return e.xreplace(values)


def _switch(e):
    """A quantity whose sign decides the value of an absolute value, a maximum or a sign."""
    found = {_decider(part) for part in e.atoms(*_SWITCHES)}
    return min(found, key=sp.default_sort_key) if found else None


def _decider(part):
    return part.args[0] if len(part.args) == 1 else sp.expand(part.args[0] - part.args[1])


def _switched(e, switch, side):
    """The expression where `switch` has the sign `side`.

    At 0 both values of a maximum or an absolute value agree; a sign has no place there, since
    it stands for a derivative that does not exist.
    """
    values = {}
    for part in e.atoms(*_SWITCHES):
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
