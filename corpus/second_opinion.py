"""A judge of steps that shares no algebra with the kernel: it adds up, multiplies, differentiates.

Sizes are small numbers, every name gets a number of its domain, sums are added term by term and
derivatives come from numbers with slopes (`cebook_utils.refuting`).
"""

from __future__ import annotations

from contextlib import suppress

from cebook_utils.kernel.certificates import Proof, Step, facts_of
from cebook_utils.kernel.terms import Add, Neg, Term
from cebook_utils.refuting.claims import Claim
from cebook_utils.refuting.reals import Unsure
from cebook_utils.refuting.searching import search
from cebook_utils.refuting.undefined import no_value


def objection(chain: Proof, step: Step) -> str:
    """What speaks against a step after the last line of a chain, or "" where nothing is found."""
    return examined(chain, step)[0]


def examined(chain: Proof, step: Step) -> tuple[str, int]:
    """The objection to a step, and in how many trials both sides could be worked out, and it held."""
    read = chain.setting.read
    left, right = read(chain.last), read(step.line)
    against, trials = _against(_claim(chain, step, left, step.sign, right))
    claims = []
    if step.gap is not None:
        gap = read(step.gap)
        more, less = (left, right) if step.sign in "≥>" else (right, left)
        claims = [
            _claim(chain, step, Add(more, Neg(less)), "=", gap),
            _claim(chain, step, gap, ">" if step.sign in "<>" else "≥", read("0")),
        ]
    return against or next((why for why, _ in map(_against, claims) if why), ""), trials


def _claim(chain: Proof, step: Step, left: Term, sign: str, right: Term) -> Claim:
    return Claim(chain.setting, left, sign, right, tuple(facts_of(step)), step.point)


def _against(claim: Claim) -> tuple[str, int]:
    trials = 0
    with suppress(Unsure):
        found = search(claim)
        trials = found.trials
        if found.counterexample is not None:
            point = found.counterexample
            return f"{point.left} {claim.sign} {point.right} at {dict(point.values)}", trials
    for side in (claim.left, claim.right):
        hole = no_value(claim.setting, side, claim.facts, claim.point)
        if hole is not None:
            return f"no value: {hole.why} at {dict(hole.values)}", trials
    return "", trials
