"""The lines of a derivation, as its author wrote them and as they were checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from cebook_utils.kernel.certificates import Step
from cebook_utils.kernel.terms import Term

if TYPE_CHECKING:
    from cebook_utils.derivation.chain import Derivation
    from cebook_utils.derivation.places import Approach, Point


class Relation(Enum):
    """How a line is related to the one before it."""

    START = ""
    EQUAL = "="
    AT_MOST = "≤"
    AT_LEAST = "≥"
    BELOW = "<"
    ABOVE = ">"
    TENDS = "→"
    AT = "at"

    @property
    def is_checked(self) -> bool:
        return self not in (Relation.START, Relation.AT)

    @property
    def is_order(self) -> bool:
        return self in (Relation.AT_MOST, Relation.AT_LEAST, Relation.BELOW, Relation.ABOVE)


@dataclass(frozen=True)
class Line:
    """One line: its relation to the line before, and what it rests on."""

    relation: Relation
    text: str
    term: Term | None  # None for an infinite limit
    because: str = ""
    facts: tuple[str, ...] = ()
    results: tuple[Derivation, ...] = ()
    gap: str | None = None
    point: Point | None = None  # the values at which this line and those below are looked at
    approach: Approach | None = None

    @property
    def words(self) -> str:
        """What stands behind the sign, in text."""
        if self.relation is Relation.AT and self.point is not None:
            return self.point.text
        return self.text + (f" as {self.approach.text}" if self.approach else "")


def step_of(line: Line) -> Step:
    """What the kernel is given of a line."""
    return Step(
        line.relation.value,
        line.text,
        line.facts,
        tuple(result.proof for result in line.results),
        line.gap,
        line.point.values if line.point else (),
    )


def overall(lines: Iterable[Line]) -> Relation:
    """The relation between the first line and the last: the weakest link, strict if one is."""
    order = [Relation.BELOW, Relation.ABOVE, Relation.AT_MOST, Relation.AT_LEAST, Relation.EQUAL]
    found = {line.relation for line in lines if line.relation in order}
    return min(found | {Relation.EQUAL}, key=order.index)
