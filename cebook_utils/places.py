"""The places at which a line is looked at: a point, or a limit."""

import ast
import re

import sympy as sp

from cebook_utils.errors import ReadingError
from cebook_utils.names import is_inside
from cebook_utils.reading import Formula
from cebook_utils.refuting import Approach

_INFINITE = {"oo": sp.oo, "-oo": -sp.oo}


def read_limit(setting, text):
    """The value of a limit: a formula, or oo or -oo."""
    plain = _ascii(text)
    if plain not in _INFINITE:
        return setting.read(text)
    return Formula(plain, ast.parse(plain, mode="eval").body, _INFINITE[plain])


def read_approach(setting, when):
    """`z -> oo`, `p -> 0+`, `t -> 1` (from both sides): which name goes where."""
    found = re.fullmatch(r"\s*(.+?)\s*(?:->|→)\s*(.+?)\s*([+-]?)\s*", when)
    if not found:
        raise ReadingError(when, 0, "a limit is written z -> oo or p -> 0+")
    name = _free_name(setting, found[1], when)
    target = _ascii(found[2])
    if target in _INFINITE:
        approach = Approach(name, _INFINITE[target], (1 if target == "oo" else -1,))
    else:
        value = setting.read(target).expr
        if not value.is_Rational:
            raise ReadingError(when, 0, "a limit goes to a rational number or to oo")
        approach = Approach(name, value, {"+": (1,), "-": (-1,), "": (1, -1)}[found[3]])
    kind = setting.kind_of(name)
    if kind == "binary" or not all(is_inside(kind, near) for near in approach.way):
        raise ReadingError(when, 0, f"this leaves the domain of {found[1]}, which is {kind}")
    return approach


def read_point(setting, text):
    """`z = -3, y = 1`: pairs of a name and its value."""
    pairs = []
    for name, value in sides_of_point(text):
        number = setting.read(value).expr
        if not number.is_Rational:
            raise ReadingError(text, 0, "the values of a point are rational numbers")
        at = _free_name(setting, name, text)
        if not is_inside(setting.kind_of(at), number):
            raise ReadingError(text, 0, f"{number} is not {setting.kind_of(at)}, as {at} is")
        pairs.append((at, number))
    if len({name for name, _ in pairs}) < len(pairs):
        raise ReadingError(text, 0, "a name has one value at a point")
    return tuple(pairs)


def sides_of_point(text):
    """The names and the values of a point, as they were written."""
    for part in re.split(r",(?![^\[]*\])", text):
        name, sign, value = part.partition("=")
        if not sign:
            raise ReadingError(text, 0, "a point is written z = -3, y = 1")
        yield name, value


def _ascii(text):
    return text.replace(" ", "").replace("∞", "oo")


def _free_name(setting, text, whole):
    name = setting.read(text).expr
    named = isinstance(name, sp.Symbol | sp.Indexed)
    if not named or setting.kind_of(name) == "size" or setting.definition_of(name) is not None:
        raise ReadingError(whole, 0, f"{text.strip()!r} is not a name that was declared free")
    return name
