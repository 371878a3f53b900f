"""How a formula is laid out, before it is written as LaTeX or as MathML: a small frozen tree."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Letter:
    """One letter: `z`, `σ`, `ℓ`, or `∞`."""

    letter: str


@dataclass(frozen=True)
class Word:
    """A name of several letters, upright."""

    word: str


@dataclass(frozen=True)
class Operator:
    """A function that TeX knows: `log`, `max`."""

    word: str


@dataclass(frozen=True)
class Chosen:
    """A name as its author chose it, in the language of the writer."""

    source: str


@dataclass(frozen=True)
class Number:
    """Digits, with or without a point; no sign."""

    digits: str


@dataclass(frozen=True)
class Sign:
    """`+`, `−`, `=`, `,` …: between two parts, before one, or between two without space."""

    sign: str
    stands: Literal["between", "before", "tight"] = "between"


@dataclass(frozen=True)
class Space:
    """What parts two factors: a thin space, or nothing that is seen."""

    width: Literal["thin", "none"]


@dataclass(frozen=True)
class Row:
    """Parts one behind the other."""

    parts: tuple[Layout, ...]


@dataclass(frozen=True)
class Group:
    """What holds together, so that a script belongs to all of it."""

    inside: Layout


@dataclass(frozen=True)
class Applied:
    """A function and what it is applied to, in brackets or parted from it."""

    function: Layout
    to: Layout
    parted: bool


@dataclass(frozen=True)
class Fraction:
    """One part over another."""

    over: Layout
    under: Layout


@dataclass(frozen=True)
class Root:
    """A square root."""

    inside: Layout


@dataclass(frozen=True)
class Script:
    """A part with a subscript or a superscript."""

    base: Layout
    sub: Layout | None = None
    sup: Layout | None = None


@dataclass(frozen=True)
class Big:
    """A sum or product sign, with what stands under and over it."""

    sign: Literal["∑", "∏"]
    under: Layout
    over: Layout | None = None


@dataclass(frozen=True)
class Fence:
    """Brackets or bars; they may grow with what they hold."""

    opening: Literal["(", "[", "|"]
    inside: Layout
    grows: bool

    @property
    def closing(self) -> str:
        return {"(": ")", "[": "]", "|": "|"}[self.opening]


Layout = (
    Letter | Word | Operator | Chosen | Number | Sign | Space
    | Row | Group | Applied | Fraction | Root | Script | Big | Fence
)  # fmt: skip

MINUS = Sign("−", "before")
PARTIAL = Sign("∂", "before")
THIN, NOTHING = Space("thin"), Space("none")


def row(*parts: Layout) -> Row:
    return Row(parts)


def joined(parts: list[Layout], by: Layout) -> Layout:
    """Parts with `by` between them."""
    first, *rest = parts
    return Row((first, *(x for part in rest for x in (by, part)))) if rest else first


def inner(layout: Layout) -> tuple[Layout, ...]:
    """The parts that a layout is made of."""
    match layout:
        case Row(parts):
            return parts
        case Group(inside) | Root(inside) | Fence(_, inside, _):
            return (inside,)
        case Applied(function, to, _):
            return function, to
        case Fraction(over, under):
            return over, under
        case Script(base, sub, sup):
            return tuple(x for x in (base, sub, sup) if x is not None)
        case Big(_, under, over):
            return tuple(x for x in (under, over) if x is not None)
    return ()


def everything(layout: Layout) -> Iterator[Layout]:
    """The layout and all that is in it."""
    yield layout
    for part in inner(layout):
        yield from everything(part)


def is_tall(layout: Layout) -> bool:
    """Whether it is taller than letters with their scripts."""
    return any(isinstance(x, Fraction | Root | Big) for x in everything(layout))


def leftmost(layout: Layout) -> Layout:
    """What a reader meets first."""
    while isinstance(layout, Row | Group | Applied | Script):
        layout = inner(layout)[0]
    return layout
