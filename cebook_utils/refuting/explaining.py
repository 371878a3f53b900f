"""The message of a refuted step, and its parts for a page that shows them as a table."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import product

from mpmath import isint, mp, mpf, nstr
from mpmath.libmp import mpf_pos, round_nearest

from ..kernel.setting import Setting
from .parts import Key, Value
from .searching import Counterexample

_WIDEST = 56


@dataclass(frozen=True)
class Table:
    """A counterexample as short strings: what has which value, both sides, their difference."""

    rows: tuple[tuple[str, str], ...]
    left: str
    right: str
    difference: str


def table(example: Counterexample) -> Table:
    """The rows of a counterexample: sizes, indices, then values, families as lists."""
    return Table(
        rows(example.claim.setting, example.sizes, example.indices, example.values),
        shown(example.left),
        shown(example.right),
        shown(example.difference),
    )


def explain(
    title: str,
    number: int,
    left_text: str,
    step_text: str,
    sign: str,
    because: str,
    example: Counterexample,
    hints: Iterable[str] = (),
) -> str:
    """Why a step is wrong, in a form that a reader can check by hand."""
    found = table(example)
    reason = f"        ({because})" if because else ""
    lines = [
        f'Step {number} of "{title}" is wrong.',
        f"        {left_text}",
        f"      {sign} {step_text}{reason}",
        *_point(place(example.claim.setting, example.sizes, example.indices, example.values)),
        f"    left  side = {found.left}",
        f"    right side = {found.right}",
    ]
    if found.left == found.right and example.difference:
        lines.append(f"    difference = {found.difference}")
    lines += [f"  hint: {hint}" for hint in hints]
    return "\n".join(lines)


def rows(
    setting: Setting,
    sizes: Mapping[str, int],
    indices: Mapping[str, int],
    values: Mapping[Key, Value],
) -> tuple[tuple[str, str], ...]:
    """Names and values of a point."""
    found = [(name, str(n)) for name, n in (*sizes.items(), *indices.items())]
    families: dict[str, dict[tuple[int, ...], str]] = {}
    for (name, at), value in values.items():
        families.setdefault(name, {})[at] = shown(value)
    for name, entries in families.items():
        shape = tuple(sizes[size] for size in setting.ranges[name])
        found += _family(name, shape, entries)
    return tuple(found)


def place(
    setting: Setting,
    sizes: Mapping[str, int],
    indices: Mapping[str, int],
    values: Mapping[Key, Value],
) -> list[str]:
    """A point in words: C = 2, k = 1, z = [1, 0.5]."""
    return [f"{name} = {value}" for name, value in rows(setting, sizes, indices, values)]


def shown(value: Value) -> str:
    """A number that can be put in: whole or decimal if it is, else a fraction or eight digits."""
    if isinstance(value, Fraction):
        if value.denominator == 1 and abs(value) < 10**8:
            return str(value)
        decimal = f"{float(value):.8g}" if abs(value) < 10**8 else ""
        if decimal and Fraction(decimal) == value:
            return decimal
        if len(str(value)) <= 9:
            return str(value)
        return str(nstr(mpf(value.numerator) / value.denominator, 8))
    value = mp.make_mpf(mpf_pos(value._mpf_, 80, round_nearest))  # so many digits are not shown
    if isint(value) and abs(value) < 10**8:
        return str(int(value))
    text = str(nstr(value, 8))
    return str(nstr(value, 12)) if text.endswith(".0") else text


def _family(
    name: str, shape: tuple[int, ...], entries: Mapping[tuple[int, ...], str]
) -> Iterator[tuple[str, str]]:
    """z = [0.3, -1.1], or entry by entry where some were not needed."""
    if () in entries:
        yield name, entries[()]
        return
    every = list(product(*(range(1, upper + 1) for upper in shape)))
    if len(every) != len(entries) or len(shape) > 2:
        for at, value in entries.items():
            yield f"{name}[{', '.join(map(str, at))}]", value
    elif len(shape) == 1:
        yield name, f"[{', '.join(entries[at] for at in every)}]"
    else:
        lines = (
            ", ".join(entries[r, c] for c in range(1, shape[1] + 1)) for r in range(1, shape[0] + 1)
        )
        yield name, f"[{', '.join(f'[{line}]' for line in lines)}]"


def _point(parts: list[str]) -> list[str]:
    if not parts:
        return ["  counterexample: the two numbers differ"]
    first, *rest = _lines(parts)
    return [f"  counterexample: {first}", *(f"                  {line}" for line in rest)]


def _lines(parts: Iterable[str]) -> Iterator[str]:
    """The parts, separated by commas, on as many lines as they need."""
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _WIDEST:
            yield f"{line},"
            line = part
        else:
            line = f"{line}, {part}" if line else part
    yield line
