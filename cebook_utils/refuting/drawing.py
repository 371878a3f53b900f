"""Points of the declared domain: few digits first, then ties, zeros, kinks, large and small values.

A value depends on the trial, the name and its indices alone, never on the order of evaluation.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from hashlib import blake2b
from itertools import product

from ..kernel.setting import Condition
from ..kernel.terms import names_in
from .claims import Ground, in_domain
from .evaluating import Evaluator
from .parts import Env, NoValue, Point
from .reals import Reals, Unsure

# What a name is drawn from, by the manner of a trial; a number keeps to two digits where it can.
_SIGNED = {
    "plain": "1 2 -1 3 -2 0.5",
    "tenths": "0.3 -0.7 1.2 -1.5 0.8 2.5 -0.2 1.9",
    "zeros": "0 1 0 -1",
    "ties": "1 -2 2 0 -1 3",
    "positive": "0.5 2 1 3 0.2 0.9",
    "negative": "-0.5 -2 -1 -3 -0.2 -4",
    "large": "20 -30 9 -12 50 -80",
    "huge": "900 -700 1000 -10000 100000 0.001",
}
_ABOVE_ZERO = {
    "plain": "1 2 3 0.5 4 5",
    "tenths": "0.3 1.2 0.7 2.5 0.1 1.9",
    "zeros": "1 2 0.5",
    "ties": "2 1 0.5 3 0.1 4",
    "positive": "0.5 2 1 3 0.2 0.9",
    "negative": "0.1 0.2 0.01 0.5",
    "large": "20 90 0.1 30 0.05 9",
    "huge": "1000 0.001 10000 0.0001",
}
_BELOW_ONE = {
    "plain": "0.5 0.2 0.8 0.4 0.1 0.9",
    "ties": "0.5 0.2 0.8 0.9 0.1 0.3",
    "large": "0.01 0.99 0.9 0.05",
    "huge": "0.001 0.999 0.0001",
}

# Sizes and manners, in the order in which they are tried; the m-th size is the m-th number.
TRIALS = (
    ((2, 2, 2), "plain"), ((2, 3, 1), "tenths"), ((3, 1, 2), "plain"), ((1, 1, 1), "plain"),
    ((2, 1, 3), "ties"), ((3, 2, 1), "zeros"), ((2, 1, 1), "kinks"), ((1, 2, 3), "negative"),
    ((2, 2, 3), "positive"), ((3, 2, 2), "tenths"), ((2, 2, 1), "large"), ((1, 1, 2), "kinks"),
    ((4, 2, 3), "plain"), ((2, 4, 3), "ties"), ((1, 3, 2), "zeros"), ((5, 1, 2), "plain"),
    ((2, 2, 2), "huge"), ((6, 1, 2), "tenths"), ((7, 2, 1), "plain"), ((2, 1, 2), "kinks"),
    ((2, 3, 4), "ties"), ((1, 1, 1), "zeros"), ((2, 3, 2), "large"), ((1, 1, 1), "huge"),
    ((2, 1, 2), "zeros"), ((1, 1, 1), "ties"), ((3, 2, 1), "kinks"), ((1, 1, 1), "tenths"),
)  # fmt: skip
_ATTEMPTS = ("", "positive", "tenths", "negative", "plain", "large", "zeros", "ties")
_PLACES = 8


class Draw:
    """The values of the free names in one trial, drawn when they are asked for."""

    def __init__(self, of: Ground, trial: int, manner: str, sizes: Mapping[str, int]):
        self.ground, self.trial, self.manner, self.sizes = of, trial, manner, sizes
        self.again: dict[str, str] = {}  # names that are drawn in another manner, for a condition
        self.put_in = dict(of.put_in)

    def value(self, name: str, at: tuple[int, ...]) -> Fraction:
        if name in self.ground.to_one:
            return self._share(name, at)
        manner = self.again.get(name, self.manner)
        if manner == "ties":
            return self._pick(name, manner, self._number("ties"))
        if manner == "zeros":
            return self._pick(name, manner, self._number(f"{name}{at}{manner}"))
        column = at[-1] if at else 0  # the entries of a row are different
        return self._pick(name, manner, self._number(f"{name}{at[:-1]}{manner}") + column)

    def _number(self, text: str) -> int:
        digest = blake2b(f"{self.trial}:{text}".encode(), digest_size=6).digest()
        return int.from_bytes(digest, "big")

    def _pick(self, name: str, manner: str, number: int) -> Fraction:
        kind = self.ground.claim.setting.kinds[name]
        if kind == "binary":
            return Fraction(number % 2)
        if manner == "ends":
            return self._end(kind)
        if manner == "kinks":
            steps = [Fraction(n, 2) for n in (0, 1, -1, 2, -2)]
            near = [c + step for c in self.ground.near for step in steps]
            found = [x for x in near if in_domain(x, kind)]
            if found:
                return found[number % len(found)]
        listed = _BELOW_ONE if kind == "unit" else _SIGNED if kind == "real" else _ABOVE_ZERO
        values = listed.get(manner, listed["plain"]).split()
        if kind == "nonnegative" and manner in ("zeros", "ties"):
            values = ["0", *values]
        return Fraction(values[number % len(values)])

    def _end(self, kind: str) -> Fraction:
        """The same number for all names: one in the claim, where a domain may end."""
        found = [c for c in self.ground.near if in_domain(c, kind)] or [Fraction(1, 2)]
        return found[self.trial % len(found)]

    def _share(self, name: str, at: tuple[int, ...]) -> Fraction:
        """One of a row of numbers that sum to one, in tenths or hundredths."""
        setting = self.ground.claim.setting
        count, kind = self.sizes[setting.ranges[name][-1]], setting.kinds[name]
        row, manner = at[:-1], self.again.get(name, self.manner)
        whole, lowest = (100 if manner in ("large", "huge") else 10), 1
        if kind == "nonnegative" and manner in ("zeros", "kinks"):
            lowest = 0
        if kind == "real" and manner in ("negative", "kinks"):
            lowest = -3
        if manner == "ties" or count == 1:
            return Fraction(1, count)
        parts = [lowest + self._number(f"{name}{row}{m}{manner}") % 4 for m in range(1, count + 1)]
        if manner in ("zeros", "large", "huge"):
            parts = [lowest] * count
        chosen = self._number(f"{name}{row}{manner}") % count
        parts[chosen] += whole - sum(parts)
        if parts[chosen] < lowest or not parts[chosen]:
            parts = [p * count for p in parts]
            parts[chosen] = lowest
            return Fraction(parts[at[-1] - 1], sum(parts))
        return Fraction(parts[at[-1] - 1], whole)

    def meet_conditions(self, indices: Mapping[str, int]) -> bool:
        """Draw again until the conditions hold, at last from their witness."""
        setting, conditions = self.ground.claim.setting, self.ground.conditions
        for attempt, manner in enumerate(_ATTEMPTS):
            broken = [c for c in conditions if not self._holds(c, indices)]
            if not broken:
                return True
            for c in broken:
                for name in setting.reach(names_in(c.difference)) & setting.kinds.keys():
                    self.again[name] = f"{manner or self.manner}"
            self.trial += 1000 * (attempt + 1)
        self.put_in |= {x: w for x, w in setting.witness.items() if x not in self.put_in}
        return all(self._holds(c, indices) for c in conditions)

    def _holds(self, condition: Condition, indices: Mapping[str, int]) -> bool:
        ranges = [range(1, self.sizes.get(size, 1) + 1) for _, size in condition.letters]
        for place in product(*ranges):
            letters = dict(zip((i for i, _ in condition.letters), place, strict=True))
            machine = self.evaluator({**indices, **letters})
            try:
                sign = Reals(0).sign(machine.value(condition.difference, Env()))
            except (NoValue, Unsure):
                return False
            if not {"!=": sign != 0, "<": sign < 0, "<=": sign <= 0, ">": sign > 0,
                    ">=": sign >= 0}[condition.relation]:  # fmt: skip
                return False
        return True

    def evaluator(self, indices: Mapping[str, int], bits: int = 160) -> Evaluator:
        point = Point(self.sizes, indices)
        return Evaluator(self.ground.claim.setting, point, self.value, bits, self.put_in)


def draws(of: Ground, trials: Iterable[int]) -> Iterator[tuple[Draw, dict[str, int]]]:
    """The points of these trials: a draw of values, and values of the free letters."""
    for trial in trials:
        yield from _drawn(of, trial, *TRIALS[trial])


def ends(of: Ground) -> Iterator[tuple[Draw, dict[str, int]]]:
    """Points at which all names are one of the numbers in the claim."""
    for trial in range(len(of.near)):
        yield from _drawn(of, trial, (1, 1, 1), "ends")


def _drawn(
    of: Ground, trial: int, row: tuple[int, ...], manner: str
) -> Iterator[tuple[Draw, dict[str, int]]]:
    setting = of.claim.setting
    if of.possible:
        sizes = {
            size: max(row[m % len(row)], setting.sizes[size]) for m, size in enumerate(of.sizes)
        }
        for indices in _places(of, sizes, trial):
            draw = Draw(of, trial, manner, sizes)
            if not of.conditions or draw.meet_conditions(indices):
                yield draw, indices


def _places(of: Ground, sizes: Mapping[str, int], trial: int) -> list[dict[str, int]]:
    """Values of the free letters: all alike first, all different last."""
    uppers = [sizes[of.claim.setting.letters[i]] for i in of.letters]
    total = 1
    for upper in uppers:
        total *= upper
    if total > 4096:
        every = [
            tuple(1 + (m * step) % upper for m, upper in enumerate(uppers)) for step in (0, 1, 2)
        ]
    else:
        every = list(product(*(range(1, upper + 1) for upper in uppers)))
    every.sort(key=lambda place: (len(set(place)), place))
    if len(every) > _PLACES:
        middle = every[3:-3]
        every = [*every[:3], *middle[trial % len(middle) :][:2], *every[-3:]]
    found = [dict(zip(of.letters, place, strict=True)) for place in every]
    return [place for place in found if all(place[i] == place[j] for i, j in of.claim.alike)]
