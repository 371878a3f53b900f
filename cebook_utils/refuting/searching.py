"""The search for a counterexample: a bounded number of points, the same ones on every run."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass

from ..kernel.setting import Setting
from ..kernel.terms import Refused, Term
from .claims import Claim, ground
from .drawing import TRIALS, Draw, draws
from .evaluating import Evaluator
from .parts import Key, NoValue, Value
from .reals import Real, Unsure

BITS = 120
# More bits for what these leave open, where the terms have not too many parts: the last are enough
# to see e to the power of -10**4 beside 1.
MORE_BITS = ((400, 4000, 4), (1600, 1000, 2), (16_000, 25, 1))
NATURAL_TRIALS = 6
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
    """In how many trials a claim held at some point, and the first point at which it fails."""

    trials: int
    counterexample: Counterexample | None


class Close(Unsure):
    """The two sides are the same as far as the digits go."""


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
    try:
        return search(claim).counterexample
    except Refused:  # a given value cannot be read
        return None


def search(
    claim: Claim,
    trials: Iterable[int] = range(len(TRIALS)),
    more_bits: tuple[tuple[int, int, int], ...] = MORE_BITS,
    most_work: int = MOST_WORK,
) -> Search:
    """Look for a point at which a claim fails."""
    held, work = set[tuple[tuple[int, ...], str]](), 0
    unsure = list[tuple[int, int, Draw, dict[str, int]]]()
    for draw, indices in _points(claim, tuple(trials)):
        machine = draw.evaluator(indices, BITS)
        kind = (tuple(draw.sizes.values()), draw.manner)
        try:
            if not _holds(claim, machine)[0]:
                return Search(len(held), _replayed(claim, draw, indices, BITS))
            held.add(kind)
        except NoValue:
            pass
        except Unsure as error:
            unsure.append((machine.visited, len(unsure), draw, indices))
            if isinstance(error, Close):
                held.add(kind)
        work += machine.visited + 20
        if work > most_work:
            break
    for bits, most, count in more_bits:
        for cost, _, draw, indices in sorted(unsure)[:count]:
            if cost <= most:
                with suppress(NoValue, Unsure):
                    if not _holds(claim, draw.evaluator(indices, bits))[0]:
                        return Search(len(held), _replayed(claim, draw, indices, bits))
    return Search(len(held), None)


def _points(claim: Claim, trials: tuple[int, ...]) -> Iterator[tuple[Draw, dict[str, int]]]:
    """The points to be tried: at first those at which declared distributions are such."""
    plain, natural = ground(claim), ground(claim, with_uncited=True)
    if natural.to_one != plain.to_one:
        yield from draws(natural, trials[:NATURAL_TRIALS])
    yield from draws(plain, trials)


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
    try:
        sign = reals.sign(difference)
    except Unsure as error:
        raise Close(str(error)) from None
    return _HOLDS[claim.sign](sign), left, right, difference
