"""Inequalities: a gap that cannot be negative, because of what it is made of."""

from dataclasses import replace

import sympy as sp

from cebook_utils.calculus import carried_out
from cebook_utils.cases import free_labels
from cebook_utils.intervals import enclosed
from cebook_utils.proving import (
    Proof,
    fully_unfolded,
    normal_form,
    prove_equal,
    stages,
)
from cebook_utils.quotients import NotNormal
from cebook_utils.vocabulary import SumOver, is_named, occurrences


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
        self._theorems = [theorem for theorem in theorems if theorem.relation != "="]

    def nonnegative(self, e):
        """Whether an expression is certainly not below 0."""
        e = carried_out(e, self._setting)[0]
        if e.is_nonnegative or self._is_lemma(e) or self._is_theorem(e):
            return True
        if isinstance(e, sp.KroneckerDelta) or isinstance(1 - e, sp.KroneckerDelta):
            return True
        if isinstance(e, SumOver):
            return self.nonnegative(e.body)
        if e.is_Pow and (e.exp.is_Integer and e.exp % 2 == 0):
            return True
        if isinstance(e, sp.Mul) and all(self.nonnegative(part) for part in e.args):
            return True
        if isinstance(e, sp.Add) and all(self.nonnegative(part) for part in self._grouped(e)):
            return True
        return self._by_label(e, self.nonnegative) or self._by_coefficients(e, strict=False)

    def positive(self, e):
        """Whether an expression is certainly above 0."""
        e = carried_out(e, self._setting)[0]
        if e.is_positive:
            return True
        if isinstance(e, SumOver):
            return self.positive(e.body)
        if e.is_Mul and all(self.positive(part) for part in e.args):
            return True
        if e.is_Add:
            parts = self._grouped(e)
            if all(map(self.nonnegative, parts)) and any(map(self.positive, parts)):
                return True
        return self._by_label(e, self.positive) or self._by_coefficients(e, strict=True)

    def _grouped(self, e):
        """The terms of a sum; where some are lemmas, what is left of it is one term."""
        lemmas = [term for term in e.args if self._holds_lemma(term)]
        return [*lemmas, e - sp.Add(*lemmas)] if lemmas else e.args

    def _holds_lemma(self, e):
        return any(self._setting.kind_of(x) == "lemma" for x in occurrences(e))

    def _is_lemma(self, e):
        """g(t), which was proved not to be negative for t > 0."""
        lemma = is_named(e) and self._setting.kind_of(e) == "lemma"
        return lemma and self.positive(e.args[0])

    def _is_theorem(self, e):
        for theorem in self._theorems:
            gap = theorem.left - theorem.right
            gap = gap if theorem.relation in "≥>" else -gap
            if prove_equal(replace(self._claim, left=e, relation="=", right=gap)):
                return True
        return False

    def _by_label(self, e, holds):
        """A label that is 0 or 1 is tried as both."""
        labels = free_labels(e, self._setting)
        return bool(labels) and all(holds(e.xreplace({labels[0]: sp.Integer(v)})) for v in (0, 1))

    def _by_coefficients(self, e, strict):
        """A quotient of polynomials with positive coefficients in positive quantities."""
        normal = normal_form(self._setting)
        for stage in stages(e, self._claim):
            try:
                gap = normal(stage)
                if normal.is_zero(gap):
                    return not strict
                if normal.sign(gap) > 0:
                    return True
            except NotNormal:
                continue
        return False


def _sign_of_number(difference, claim, strict):
    """The sign of an expression without names, by interval arithmetic."""
    last = fully_unfolded(difference, claim)
    if last is None or occurrences(last):
        return None
    try:
        enclosure = enclosed(last)
    except NotImplementedError:
        return None
    above = enclosure.a > 0 if strict else enclosure.a >= 0
    return Proof("interval arithmetic") if above else None
