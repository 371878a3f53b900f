"""The prelude: every word beyond exp, log, |·|, powers, Σ, Π, δ and D is one entry here.

A body is written with the kernel's own words only, so that no word changes its meaning when an
author defines another one anew. To add a word, add its line.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from cebook_utils.kernel.declarations import parse_head


@dataclass(frozen=True)
class Word:
    """A function that needs no declaration: its head, its body, and how it is shown."""

    head: str
    body: str
    latex: str = ""  # an operator, or a pattern with #1 for what is inside; "": as its name
    sign: str = ""  # what is true of it wherever it has a value: "> 0", "≥ 0"; a test proves it
    folds: bool = False  # takes more than two arguments, from the left

    @property
    def name(self) -> str:
        return parse_head(self.head)[0]

    @property
    def line(self) -> tuple[str, ...]:
        """The kernel's line that declares the word."""
        return ("fold" if self.folds else "let", self.head, self.body)


WORDS = (
    Word("σ(t)", "1/(1 + exp(-t))", sign="> 0"),
    Word("softplus(t)", "log(1 + exp(t))", sign="> 0"),
    Word("relu(t)", "(t + abs(t))/2", sign="≥ 0"),
    Word("max(a, b)", "(a + b + abs(a - b))/2", r"\max", folds=True),
    Word("min(a, b)", "(a + b - abs(a - b))/2", r"\min", folds=True),
    Word("sqrt(t)", "t**(1/2)", r"\sqrt{#1}", sign="> 0"),
    Word("logit(u)", "log(u/(1 - u))"),
    Word("sinh(t)", "(exp(t) - exp(-t))/2", r"\sinh"),
    Word("cosh(t)", "(exp(t) + exp(-t))/2", r"\cosh", sign="> 0"),
    Word("tanh(t)", "(exp(t) - exp(-t))/(exp(t) + exp(-t))", r"\tanh"),
)

WORD_OF = {word.name: word for word in WORDS}
LINE_OF = {word.name: list(word.line) for word in WORDS}
LINES = list(LINE_OF.values())


def needing(names: Collection[str]) -> list[list[str]]:
    """The lines that go when these words are defined anew: their own, as no body has another."""
    return [LINE_OF[name] for name in LINE_OF if name in names]


def word_in(name: str, lines: Iterable[tuple[str, ...]]) -> Word | None:
    """The word of this name, if it is the prelude's that these lines declare."""
    word = WORD_OF.get(name)
    return word if word is not None and word.line in lines else None
