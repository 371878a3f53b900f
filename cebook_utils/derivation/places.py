"""The places at which a line is looked at: a point, or where a name goes in a limit."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from cebook_utils.kernel.terms import Name, Refused
from cebook_utils.kernel.written import Written
from cebook_utils.language.messages import ReadingError
from cebook_utils.language.setting import Setting

INFINITE = {"oo": 1, "-oo": -1}

_INSIDE: dict[str, Callable[[Fraction], bool]] = {
    "real": lambda x: True,
    "positive": lambda x: x > 0,
    "nonnegative": lambda x: x >= 0,
    "unit": lambda x: 0 < x < 1,
    "binary": lambda x: x in (0, 1),
}


@dataclass(frozen=True)
class Point:
    """Names and their values, `z = -3, y = 1`; the text is what the author wrote."""

    text: str
    values: tuple[tuple[str, str], ...]

    def and_then(self, other: Point) -> Point:
        """Both points: what is fixed stays fixed."""
        return Point(f"{self.text}, {other.text}", (*self.values, *other.values))


@dataclass(frozen=True)
class Approach:
    """Where a name goes: to a rational number from a side, or to ±∞ (target None)."""

    text: str
    name: Name
    target: Fraction | None
    sides: tuple[int, ...]  # 1 from above (or to +∞ if there is no target), −1 from below

    @property
    def is_infinite(self) -> bool:
        return self.target is None


def read_point(setting: Setting, text: str) -> Point:
    """`z = -3, y = 1`: the kernel judges whether the values are allowed, when it is asked."""
    _check_text(text)
    values = []
    for part in re.split(r",(?![^\[]*\])", text):
        name, sign, value = part.partition("=")
        if not sign or not value.strip():
            raise ReadingError(text, 0, "a point is written z = -3, y = 1")
        free = _free_name(setting, name, text)
        if free.indices:
            raise ReadingError(text, 0, f"{name.strip()} has indices; a point is about plain names")
        kind = setting.kernel.kinds[free.name]
        number = _rational(setting, value, text)
        if not _INSIDE[kind](number):
            raise ReadingError(text, 0, f"{number} is not {kind}, as {free.name} is")
        values.append((free.name, value.strip()))
    if len({name for name, _ in values}) < len(values):
        raise ReadingError(text, 0, "a name has one value at a point")
    return Point(" ".join(text.split()), tuple(values))


def read_approach(setting: Setting, when: str) -> Approach:
    """`z -> oo`, `p -> 0+`, `t -> 1` (from both sides): which name goes where."""
    _check_text(when)
    found = re.fullmatch(r"\s*(.+?)\s*(?:->|→)\s*(.+?)\s*([+-]?)\s*", when)
    if not found:
        raise ReadingError(when, 0, "a limit is written z -> oo or p -> 0+")
    name = _free_name(setting, found[1], when)
    kind = setting.kernel.kinds[name.name]
    text, target = (
        f"{found[1]} → {found[2]}{found[3]}",
        found[2].replace("∞", "oo").replace(" ", ""),
    )
    if target in INFINITE:
        sides: tuple[int, ...] = (INFINITE[target],)
        near = [Fraction(10**9 * INFINITE[target])]
        approach = Approach(text, name, None, sides)
    else:
        value = _rational(setting, target, when)
        sides = {"+": (1,), "-": (-1,), "": (1, -1)}[found[3]]
        near = [value + Fraction(side, 10**9) for side in sides]
        approach = Approach(text, name, value, sides)
    if kind == "binary" or not all(_INSIDE[kind](x) for x in near):
        raise ReadingError(when, 0, f"this leaves the domain of {found[1]}, which is {kind}")
    return approach


def _check_text(place: object) -> None:
    if not isinstance(place, str):
        raise ReadingError("", None, f"a place is a text, not {type(place).__name__}: {place!r}")


def _rational(setting: Setting, text: str, whole: str) -> Fraction:
    try:
        value = Written(setting.kernel, {}).value(setting.read(text))
    except Refused as refused:
        raise ReadingError(whole, 0, refused.why) from None
    if set(value) - {()}:
        raise ReadingError(whole, 0, f"{text.strip()!r} is not a rational number")
    return value.get((), Fraction(0))


def _free_name(setting: Setting, text: str, whole: str) -> Name:
    name = setting.read(text)
    if not isinstance(name, Name) or name.name not in setting.kernel.kinds:
        raise ReadingError(whole, 0, f"{text.strip()!r} is not a name that was declared free")
    return name
