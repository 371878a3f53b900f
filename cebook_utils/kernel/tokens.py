"""The tokens of a line, or why it has none."""

from __future__ import annotations

import re
from typing import NamedTuple

from .terms import Refused

LONGEST, DEEPEST, MOST_DIGITS = 2000, 40, 30

# Letters that no reader can take for another: no omicron, no Cyrillic, no combining marks.
GREEK = "αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ"
_WORD = rf"[A-Za-z_{GREEK}][A-Za-z0-9_{GREEK}]*"
_TOKEN = re.compile(
    rf" *(?:(?P<number>[0-9]+(?:\.[0-9]+)?)|(?P<word>{_WORD})|(?P<sign>\*\*|!=|[-+*/()\[\],]))"
)

SUMS, PRODUCTS, DELTAS = ("Σ", "Sum"), ("Π", "Prod"), ("δ", "delta")
BASIC = ("exp", "log", "abs")
RESERVED = {*SUMS, *PRODUCTS, *DELTAS, *BASIC, "D", "oo"}

_REMEDIES = (
    (r"\^", "write a power with two stars: x**2"),
    (r"\|", "write an absolute value as abs(a)"),
    (r"=", "a line is one side only; the sign stands in the method: .equals(…)"),
    (r"≤|≥|<|>", "a line is one side only; the sign stands in the method: .at_most(…)"),
    (r"[²³¹⁰⁴-⁹]", "write a power with two stars: x**2"),
    (r"·|×|⋅", "write a product with a star: a*b"),
    (r"−|–", "write the minus sign of the keyboard: -"),
    (r"ℓ", "write ell, which is shown as ℓ"),
    (r"∂", "write a derivative as D(f, x)"),
    (r"√", "write a root as sqrt(a)"),
    (r"∑", "write a sum as Σ(i, …) or Sum(i, …)"),
    (r"∏", "write a product as Π(i, …) or Prod(i, …)"),
    (r"\{|\}", "use round brackets"),
    (r"\.", "write a decimal with a digit on both sides of the point: 0.5"),
)


class Token(NamedTuple):
    text: str
    kind: str  # number, word, sign, end
    place: int


def tokens(text: str) -> list[Token]:
    """The tokens of a line."""
    if len(text) > LONGEST:
        raise Refused(f"a line has at most {LONGEST} characters, this one has {len(text)}")
    line = " ".join(text.split())
    found: list[Token] = []
    at = 0
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None:
            at += line[at] == " "
            raise Refused(_remedy(line[at:]), line, at)
        kind = str(match.lastgroup)
        found.append(Token(match[kind], kind, match.start(kind)))
        at = match.end()
    if not found:
        raise Refused("the line is empty")
    return [*found, Token("", "end", len(line))]


def _remedy(rest: str) -> str:
    for pattern, advice in _REMEDIES:
        if re.match(pattern, rest):
            return advice
    return f"{rest[0]!r} is not part of the notation"
