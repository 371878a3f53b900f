"""Why a row is false, seen by numbers: the kernel's algebra has no part in it."""

from __future__ import annotations

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from cebook_utils.refuting.claims import Claim, ground
from cebook_utils.refuting.drawing import TRIALS, draws
from cebook_utils.refuting.parts import NoValue
from cebook_utils.refuting.reals import Unsure
from cebook_utils.refuting.searching import search
from corpus.rows import Row


def why_false(row: Row) -> str:
    """`declaration`, `text`, `citation`, `counterexample`, `no value`, or "" where none is found.

    The first two are refused by their form; the others are seen at a point.
    """
    try:
        setting = declared(row.setting)
    except Refused:
        return "declaration"
    lines = [row.start, *(step.line for step in row.steps)]
    try:
        terms = [setting.read(line) for line in lines]
        gaps = [None if step.gap is None else setting.read(step.gap) for step in row.steps]
    except Refused:
        return "text"
    for left, right, gap, step in zip(terms, terms[1:], gaps, row.steps, strict=False):
        if any(title not in setting.facts for title in step.using):
            return "citation"
        claim = Claim(setting, left, step.sign, right, step.using, step.point)
        try:
            if search(claim).counterexample is not None:
                return "counterexample"
        except Unsure:
            pass
        for term in (left, right, gap):
            if term is not None and _has_no_value(claim, term):
                return "no value"
    return ""


def _has_no_value(claim: Claim, term) -> bool:
    for draw, indices in draws(ground(claim), range(len(TRIALS))):
        try:
            draw.evaluator(indices).value(term)
        except NoValue:
            return True
        except Unsure:
            pass
    return False
