"""The search for a counterexample: a bounded number of points, the same ones on every run."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass

from ..kernel.setting import Setting
from ..kernel.terms import Term
from .drawing import TRIALS, Claim, Draw, draws, ground
from .evaluating import Evaluator
from .parts import Key, NoValue, Value
from .reals import ZERO, Real, Unsure

BITS = 120
# More bits for what these leave open, where the terms have not too many parts: the last are enough
# to see e to the power of -10**4 beside 1.
MORE_BITS = ((400, 4000, 4), (1600, 1000, 2), (16_000, 25, 1))
MOST_WORK = 60_000  # parts of terms, in one search

_HOLDS = {
    "=": lambda sign: sign == 0,
    "≤": lambda sign: sign <= 0,
    "≥": lambda sign: sign >= 0,
    "<": lambda sign: sign < 0,
    ">": lambda sign: sign > 0,
}


@dataclass(frozen=True)
class Counterexample:
    """The point at which a claim fails, and what its sides are there."""

    claim: Claim
    sizes: Mapping[str, int]
    indices: Mapping[str, int]
    values: Mapping[Key, Value]
    left: Value
    right: Value
    difference: Value


@dataclass(frozen=True)
class Search:
    """At how many points a claim held, and the first at which it fails."""

    points: int
    counterexample: Counterexample | None


def refute(
    setting: Setting,
    left: Term,
    sign: str,
    right: Term,
    facts: Iterable[str] = (),
    point: Iterable[tuple[str, str]] = (),
) -> Counterexample | None:
    """A point of the declared domain at which left (sign) right fails, or None.

    Only points at which both sides have a value count. Every counterexample is worked out a
    second time with twice as many digits before it is returned.

    >>> from cebook_utils.kernel.consistency import declared
    >>> setting = declared([("real", "a"), ("real", "b")])
    >>> found = refute(setting, setting.read("a*b"), "=", setting.read("2*a*b"))
    >>> found.left, found.right
    (Fraction(-1, 1), Fraction(-2, 1))
    """
    claim = Claim(setting, left, sign, right, tuple(facts), tuple(point))
    return search(claim).counterexample


def search(
    claim: Claim,
    trials: Iterable[int] = range(len(TRIALS)),
    more_bits: tuple[tuple[int, int, int], ...] = MORE_BITS,
) -> Search:
    """Look for a point at which a claim fails."""
    held, work, close = 0, 0, list[tuple[int, int, Draw, dict[str, int]]]()
    for draw, indices in draws(ground(claim), trials):
        machine = draw.evaluator(indices, BITS)
        try:
            if not _holds(claim, machine)[0]:
                return Search(held, _replayed(claim, draw, indices, BITS))
            held += 1
        except NoValue:
            pass
        except Unsure:
            close.append((machine.visited, len(close), draw, indices))
        work += machine.visited + 20
        if work > MOST_WORK:
            break
    for bits, most, count in more_bits:
        for cost, _, draw, indices in sorted(close)[:count]:
            if cost <= most:
                with suppress(NoValue, Unsure):
                    if not _holds(claim, draw.evaluator(indices, bits))[0]:
                        return Search(held, _replayed(claim, draw, indices, bits))
    return Search(held + len(close), None)


def _replayed(claim: Claim, draw: Draw, indices: Mapping[str, int], bits: int) -> Counterexample:
    """The counterexample at a point, worked out with twice as many digits."""
    machine = draw.evaluator(indices, 2 * bits)
    holds, left, right, difference = _holds(claim, machine)
    if holds:
        raise Unsure("the two evaluations do not agree")
    shown = machine.arithmetic.reals.shown
    values = {key: shown(x) for key, x in sorted(machine.used.items())}
    return Counterexample(
        claim, draw.sizes, indices, values, shown(left), shown(right), shown(difference)
    )


def _holds(claim: Claim, machine: Evaluator) -> tuple[bool, Real, Real, Real]:
    """Whether a claim holds at a point, its sides and their difference."""
    left, right = machine.value(claim.left), machine.value(claim.right)
    reals = machine.arithmetic.reals
    difference = reals.add(left, reals.neg(right))
    sign = reals.sign(difference) if difference != ZERO else 0
    return _HOLDS[claim.sign](sign), left, right, difference
