"""The tokens of a line, or why it has none."""

from __future__ import annotations

import re
from typing import NamedTuple

from .remedies import remedy
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


class Token(NamedTuple):
    text: str
    kind: str  # number, word, sign, end
    place: int


def is_word(x: str) -> bool:
    """Whether a text is one token, a word, that may be declared."""
    return len(x) <= LONGEST and re.fullmatch(_WORD, x) is not None and x[0] != "_"


def tokens(text: str) -> list[Token]:
    """The tokens of a line."""
    if len(text) > LONGEST:
        why = f"a line has at most {LONGEST} characters, this one has {len(text)}"
        raise Refused("unreadable", why)
    line = " ".join(text.split())
    found: list[Token] = []
    at = 0
    while at < len(line):
        match = _TOKEN.match(line, at)
        if match is None:
            at += line[at] == " "
            raise Refused("unreadable", remedy(line[at:]), line, at)
        kind = str(match.lastgroup)
        found.append(Token(match[kind], kind, match.start(kind)))
        at = match.end()
    if not found:
        raise Refused("unreadable", "the line is empty")
    return [*found, Token("", "end", len(line))]
