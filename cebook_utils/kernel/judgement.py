"""The judgement: both lines have a value wherever the setting allows, and there they are related.

It speaks of all sizes from their declared least, all values of the names in their domains where
the conditions hold and the cited facts do, and all values of the free letters.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from .algebra import NONNEGATIVE, POSITIVE
from .atoms import Atom, plus
from .premises import Claim, context, premises
from .terms import Add, Neg, Refused, Spent, Term
from .written import Written

SIGNS = ("=", "≤", "≥", "<", ">")
MOST_CASES = 40


def judge(claim: Claim) -> None:
    """Refuse a claim that is not proved; nothing else leaves this function."""
    if claim.sign not in SIGNS:
        raise Refused("bad chain", f"{claim.sign!r} is no sign that the kernel proves")
    try:
        cases = _Cases(claim)
        if claim.sign == "=":
            cases.show(
                lambda k: _is_equal(k, claim.left, claim.right),
                Refused("not proved", "the two lines are not seen to be equal"),
            )
        else:
            _judge_order(claim, cases)
    except RecursionError:
        raise Spent("this is nested too deeply to be checked") from None


def _judge_order(claim: Claim, cases: _Cases) -> None:
    up = claim.sign in "≤<"
    small, large = (claim.left, claim.right) if up else (claim.right, claim.left)
    rest: Term = Add(large, Neg(small))
    if claim.gap is not None:
        gap = claim.gap
        cases.show(
            lambda k: _is_equal(k, rest, gap),
            Refused("wrong gap", "the gap is not seen to be the difference of the two lines"),
        )
        rest = gap
    wanted = (POSITIVE,) if claim.sign in "<>" else (POSITIVE, NONNEGATIVE)
    cases.show(
        lambda k: k.term_sign(rest) in wanted,
        Refused("not ordered", "the two lines are not seen to be ordered"),
    )


class _Cases:
    """A claim shown in every case of the signs of its absolute values."""

    def __init__(self, claim: Claim):
        self.claim, self.put_in = claim, premises(claim)
        self.tried = self.work = 0
        self.table: dict[str, Atom] = {}  # a case speaks of atoms that were made before it

    def show(
        self,
        holds: Callable[[Written], bool],
        refusal: Refused,
        case: Mapping[Atom, int] | None = None,
    ) -> None:
        """Show a claim where each of these absolute values is taken with its sign."""
        self.tried += 1
        if self.tried > MOST_CASES:
            raise Spent(
                "there are too many cases of absolute values; split this into smaller steps"
            )
        k = context(self.claim, self.put_in)
        k.begin_case(case or {}, self.table)
        k.spend(self.work)  # the work of all cases together is bounded
        found = refusal
        try:
            if holds(k):
                return
        except Spent:
            raise
        except Refused as why:
            found = why  # a part may have a value in each case alone
        self.work = k.work
        open_ = [x for x in k.undecided if x not in k.cases]
        simplest = [x for x in open_ if all(y.kind != "a" for y in _inside(x))]
        if not simplest:
            raise found
        shortest = min(simplest, key=lambda x: (len(x.key), x.key))
        for sign in (1, -1):
            self.show(holds, refusal, {**k.cases, shortest: sign})


def _inside(x: Atom) -> Iterable[Atom]:
    return (y for m, _ in x.data[0] for y, _ in m)


def _is_equal(k: Written, a: Term, b: Term) -> bool:
    return k.is_zero(plus(k.value(a), k.value(b), -1))
