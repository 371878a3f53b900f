"""The search for a proof: citations put in, cases split, definitions unfolded as far as needed."""

from dataclasses import dataclass

import sympy as sp

from cebook_utils.calculus import NoRule, unfoldings
from cebook_utils.cases import Cases
from cebook_utils.normal_form import NormalForm
from cebook_utils.quotients import NotNormal
from cebook_utils.refuting import could_vanish
from cebook_utils.vocabulary import (
    Deriv,
    ProductOver,
    SumOver,
    is_named,
    rebuilt,
)


@dataclass(frozen=True)
class Proof:
    """How a claim was proved, in a few words."""

    how: str


def prove_equal(claim, theorems=()):
    """A proof that the two sides are equal, or None."""
    difference = claim.left - claim.right
    cited, used = _with_theorems(difference, theorems)
    for e in stages(cited, claim):
        how = _zero(e, claim) if could_vanish(e, claim) else None
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
        return Cases(claim.setting, normal_form(claim.setting, claim.cited)).why_zero(e)
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
