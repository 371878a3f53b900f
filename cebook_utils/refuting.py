"""The search for a counterexample: small sizes, equal and unequal indices, drawn values.

How far it looks depends on the claim alone, never on a clock, so the same claim gets the same
answer everywhere.
"""

from dataclasses import dataclass, replace
from hashlib import blake2b
from itertools import product

import sympy as sp

from cebook_utils.points import DIGITS, FreePoint, Point, Undefined, exact
from cebook_utils.setting import Setting

# Without a maximum or an absolute value, an equation that is wrong is wrong almost everywhere; an
# inequality may fail in a corner only.
_ENOUGH_POINTS = {"=": 12, "→": 8, "≤": 24, "≥": 24, "<": 24, ">": 24}
_TRIALS = 24
_PLACES = 8
# The m-th size of a setting is the m-th number of a row; a row starts again when it ends.
_SIZES = ((2,), (3, 2), (1,), (2, 3, 4), (4, 3, 2))
_TOLERANCE = exact.mpf(10) ** -18

# How far a limit is followed, in powers of ten, and with how many digits: what is lost by
# e to the power of -1000 beside 1 has to be seen.
_FAR = (1, 2, 3)
_NEAR = (2, 2.5, 3)
_LIMIT_DIGITS = 1600


@dataclass(frozen=True)
class Approach:
    """A name that tends to a number, from one side or from both, or to infinity."""

    name: sp.Expr
    target: sp.Expr
    sides: tuple  # of 1 (from above) and -1 (from below); at infinity the sign of the target

    def near(self, exponent, side):
        """A value of the name: the larger the exponent, the nearer to the target."""
        if self.target.is_infinite:
            return side * exact.mpf(10) ** exponent
        return exact.mpf(self.target.p) / self.target.q + side * exact.mpf(10) ** -exponent

    @property
    def way(self):
        """The values at which the approach is followed."""
        return [value for side in self.sides for value in self.way_from(side)]

    def way_from(self, side):
        """The values on one side, the nearest to the target last."""
        exponents = _FAR if self.target.is_infinite else _NEAR
        return [self.near(exponent, side) for exponent in exponents]


@dataclass(frozen=True)
class Claim:
    """left (relation) right, given the cited facts, at fixed values of some names."""

    setting: Setting
    left: sp.Expr
    relation: str  # one of RELATIONS, or → with an approach
    right: sp.Expr
    cited: tuple = ()
    fixed: tuple = ()  # pairs of a name and its value
    approach: Approach | None = None


@dataclass(frozen=True)
class Counterexample:
    """The point at which a claim fails, and what its sides are there."""

    sizes: dict
    indices: dict
    values: dict
    left: object
    right: object


@dataclass(frozen=True)
class Search:
    """How many points were tried, and the first at which the claim fails."""

    points: int
    counterexample: Counterexample | None


RELATIONS = {
    "=": lambda gap, slack: abs(gap) <= slack,
    "≤": lambda gap, slack: gap <= slack,
    "≥": lambda gap, slack: gap >= -slack,
    "<": lambda gap, slack: gap < 0,
    ">": lambda gap, slack: gap > 0,
}


def holds_where_tried(claim, seed=0):
    """Whether no counterexample is found (and the sides have values at some points)."""
    search = find_counterexample(claim, seed)
    return search.points > 0 and search.counterexample is None


def find_counterexample(claim, seed=0):
    """Look for a point at which a claim fails."""
    points = undefined = 0
    letters, least = _letters(claim), _largest_written_index(claim)
    for trial in range(_TRIALS):
        if trial >= len(_SIZES) and points >= _ENOUGH_POINTS[claim.relation]:
            break
        sizes = _sizes(claim.setting, least, trial)
        for indices in _places(claim.setting, letters, sizes, trial):
            point = Point(
                claim.setting, f"{seed}:{trial}", sizes, indices, claim.cited, claim.fixed
            )
            try:
                left, right, holds, values = _compare(claim, point)
            except Undefined:
                undefined += 1
                continue
            points += 1
            if not holds:
                values = dict(sorted(values.items()))
                example = Counterexample(sizes, indices, values, left, right)
                return Search(points, example)
    return Search(points if points >= undefined else 0, None)


def could_vanish(e, claim):
    """Whether an expression is 0 where the names have free values, the defined ones too.

    If it is not, no rewriting that leaves the names alone can show that it is 0.
    """
    claim = replace(claim, left=e)
    sizes = _sizes(claim.setting, _largest_written_index(claim), 1)
    place = _places(claim.setting, _letters(claim), sizes, 1)[-1]

    def size(digits):
        with exact.workdps(digits):
            return abs(FreePoint(claim.setting, "free", sizes, place, claim.cited).value(e))

    try:
        value = size(DIGITS)
        # What is only rounding shrinks with more digits.
        return value <= _TOLERANCE or size(2 * DIGITS) <= _TOLERANCE * value
    except (Undefined, NotImplementedError):
        return True


def _compare(claim, point):
    if claim.approach is not None:
        return _approached(claim, point)
    left, right = point.value(claim.left), point.value(claim.right)
    slack = _TOLERANCE * (1 + abs(left) + abs(right))
    return left, right, RELATIONS[claim.relation](left - right, slack), point.values


def _approached(claim, point):
    """Follow the left side towards the limit, from each side, and compare."""
    with exact.workdps(_LIMIT_DIGITS):
        for side in claim.approach.sides:
            left, right, holds, values = _approached_from(side, claim, point)
            if not holds:
                break
    return left, right, holds, values


def _approached_from(side, claim, point):
    far = []
    for value in claim.approach.way_from(side):
        fixed = (*claim.fixed, (claim.approach.name, value))
        near = Point(claim.setting, point.seed, point.sizes, point.indices, claim.cited, fixed)
        far.append(near.value(claim.left))
    if claim.right.is_infinite:
        sign = 1 if claim.right == sp.oo else -1
        before, last = sign * far[-2], sign * far[-1]
        grows = last > 0 and last > before * exact.mpf("1.1")
        return far[-1], exact.inf * sign, grows, near.values
    # The distance to the limit has to keep shrinking, however slowly.
    right = point.value(claim.right)
    before, last = abs(far[-2] - right), abs(far[-1] - right)
    reached = last <= exact.mpf(10) ** -6 * (1 + abs(right))
    shrinks = reached or last <= exact.mpf("0.9") * before
    return far[-1], right, shrinks, {**point.values, **near.values}


def _letters(claim):
    """The free indices of a claim, and those at which its cited labels are one-hot."""
    letters = {i for side in (claim.left, claim.right) for i in claim.setting.free_indices(side)}
    letters |= {fact.at for fact in claim.cited if fact.kind == "one-hot"}
    return sorted(letters, key=str)


def _sizes(setting, least, trial):
    row = _SIZES[trial % len(_SIZES)]
    return {size: max(row[m % len(row)], least) for m, size in enumerate(setting.sizes())}


def _largest_written_index(claim):
    """z[2] asks for at least two."""
    indexed = claim.left.atoms(sp.Indexed, sp.KroneckerDelta)
    indexed |= claim.right.atoms(sp.Indexed, sp.KroneckerDelta)
    for declared in claim.setting.names.values():
        if declared.body is not None:
            indexed |= declared.body.atoms(sp.Indexed, sp.KroneckerDelta)
    written = [int(i) for e in indexed for i in getattr(e, "indices", e.args) if i.is_Integer]
    return max(written, default=1)


def _places(setting, letters, sizes, trial):
    """Values of the free indices: the most alike first, the most different last."""
    uppers = [sizes[setting.names[letter.name].ranges[0]] for letter in letters]
    every = list(product(*(range(1, upper + 1) for upper in uppers)))
    every.sort(key=lambda place: (len(set(place)), _shuffled(trial, place)))
    if len(every) > _PLACES:
        every = every[:3] + every[-(_PLACES - 3) :]
    return [dict(zip(letters, place, strict=True)) for place in every]


def _shuffled(trial, place):
    return blake2b(f"{trial}:{place}".encode(), digest_size=8).digest()
