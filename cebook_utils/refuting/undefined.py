"""Where a line has no value: a point of the declared domain, the part to blame, what to declare."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import chain

from ..kernel.setting import Setting
from ..kernel.terms import (
    Add,
    Delta,
    Name,
    Neg,
    Over,
    Param,
    Refused,
    Size,
    Term,
    indices_in,
    names_in,
    subterms,
)
from .claims import Claim, ground
from .drawing import TRIALS, draws, ends
from .evaluating import evaluate
from .explaining import place
from .parts import Key, NoValue, Point, Value
from .reals import Unsure
from .searching import BITS, MOST_WORK

# Where a denominator is 0 or a logarithm ends: at kinks, zeros and ties before anywhere else.
_FIRST = ("kinks", "zeros", "ties")
_ORDER = sorted(range(len(TRIALS)), key=lambda trial: TRIALS[trial][1] not in _FIRST)


@dataclass(frozen=True)
class Hole:
    """A point at which a term has no value: `doing` it to `part`, which is not `wanted`."""

    setting: Setting
    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    values: Mapping[Key, Value]
    why: str
    doing: str
    part: Term
    wanted: str


def no_value(
    setting: Setting,
    term: Term,
    facts: Iterable[str] = (),
    point: Iterable[tuple[str, str]] = (),
) -> Hole | None:
    """A point of the declared domain at which a term has no value, or None if none is found.

    >>> from cebook_utils.kernel.consistency import declared
    >>> setting = declared([("real", "z")])
    >>> hole = no_value(setting, setting.read("log(z + 3)"))
    >>> hole.doing, condition(hole, lambda part: "z")
    ('the logarithm of', 'z > -3')
    """
    claim = Claim(setting, term, "=", term, tuple(facts), tuple(point))
    try:
        return _search(claim)
    except Refused:  # a given value cannot be read
        return None


def _search(claim: Claim) -> Hole | None:
    setting, term, work, found = claim.setting, claim.left, 0, None
    points = ground(claim)
    for draw, indices in chain(ends(points), draws(points, _ORDER)):
        machine = draw.evaluator(indices, BITS)
        try:
            machine.value(term)
        except Unsure:
            pass
        except NoValue as error:
            shown = machine.arithmetic.reals.shown
            values = {key: shown(x) for key, x in sorted(machine.used.items())}
            hole = Hole(
                setting,
                draw.sizes,
                indices,
                values,
                error.why,
                error.doing,
                error.part,
                error.wanted,
            )
            if error.wanted != "> 0" or error.why.endswith(" of 0"):
                return hole
            found = found or hole  # rather where the part is just 0, where its domain ends
        work += machine.visited + 20
        if work > MOST_WORK:
            break
    return found


def condition(hole: Hole, show: Callable[[Term], str]) -> str:
    """What could be declared with `where` so that this part has a value; "" if that is not clear."""
    letters = {i for i in indices_in(hole.part) if "'" in i}
    if not hole.wanted or letters or any(isinstance(x, Param) for x in subterms(hole.part)):
        return ""
    relation, turned = hole.wanted.split()[0], {">": "<"}
    match hole.part:
        case Add(Name() as name, rest) if (c := _constant(rest)) is not None:
            return f"{show(name)} {relation} {-c}"
        case Add(rest, Neg(Name() as name)) if (c := _constant(rest)) is not None:
            return f"{show(name)} {turned.get(relation, relation)} {c}"
    return f"{show(hole.part)} {relation} 0"


def _constant(e: Term) -> Fraction | None:
    """The value of a term without names."""
    if names_in(e) or any(isinstance(x, Size | Delta | Over) for x in subterms(e)):
        return None
    try:
        value = evaluate(Setting(), e, Point())
    except (NoValue, Unsure):
        return None
    return value if isinstance(value, Fraction) else None


def describe(number: int, hole: Hole, show: Callable[[Term], str]) -> str:
    """line 2 has no value at z = -3 (the logarithm of z + 3): declare where z > -3."""
    where = ", ".join(place(hole.setting, hole.sizes, hole.indices, hole.values))
    blame = f"{hole.doing} {show(hole.part)}" if hole.wanted else hole.why
    at = f" at {where}" if where else ""
    advice = condition(hole, show)
    remedy = f": declare where {advice}" if advice else ""
    return f"line {number} has no value{at} ({blame}){remedy}"
