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
    read = chain.setting.read
    left, right = read(chain.last), read(step.line)
    claims = [_claim(chain, step, left, step.sign, right)]
    if step.gap is not None:
        gap = read(step.gap)
        more, less = (left, right) if step.sign in "≥>" else (right, left)
        claims += [
            _claim(chain, step, Add(more, Neg(less)), "=", gap),
            _claim(chain, step, gap, ">" if step.sign in "<>" else "≥", read("0")),
        ]
    return next(filter(None, map(_against, claims)), "")


def places_tried(chain: Proof, step: Step) -> int:
    """In how many trials both sides of a step could be worked out, and it held."""
    read = chain.setting.read
    return search(_claim(chain, step, read(chain.last), step.sign, read(step.line))).trials


def _claim(chain: Proof, step: Step, left: Term, sign: str, right: Term) -> Claim:
    return Claim(chain.setting, left, sign, right, tuple(facts_of(step)), step.point)


def _against(claim: Claim) -> str:
    with suppress(Unsure):
        found = search(claim).counterexample
        if found is not None:
            return f"{found.left} {claim.sign} {found.right} at {dict(found.values)}"
    for side in (claim.left, claim.right):
        hole = no_value(claim.setting, side, claim.facts, claim.point)
        if hole is not None:
            return f"no value: {hole.why} at {dict(hole.values)}"
    return ""
