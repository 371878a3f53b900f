"""Changes of a claim that do not change its meaning: other words, another order, a larger size."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import (
    Add,
    Call,
    D,
    Div,
    Fn,
    Mul,
    Neg,
    Over,
    Pow,
    Term,
)

Lines = tuple[tuple[str, ...], ...]

_KEPT = {"Σ", "Π", "δ", "D", "exp", "log", "abs"}
_WORD = re.compile(r"[^\W\d]\w*")


@dataclass(frozen=True)
class Other:
    """The changed claim; if it is stronger, only a proof of the first has to stay one."""

    lines: Lines
    left: str
    right: str
    facts: tuple[str, ...]
    mixed: Callable[[Term], Term] = lambda e: e
    is_stronger: bool = False

    def terms(self, setting: Setting) -> tuple[Term, Term]:
        return self.mixed(setting.read(self.left)), self.mixed(setting.read(self.right))


def other_words(rng: Random, lines: Lines, left: str, right: str, facts: tuple[str, ...]) -> Other:
    """Every letter, size, name, function and parameter is called something else."""
    words = sorted({word for line in lines for word in _words_of(line)} - _KEPT)
    new = [f"{rng.choice('ABKXaeghx')}{n}" for n in range(len(words))]
    rng.shuffle(new)
    at = dict(zip(words, new, strict=True))

    def renamed(text: str) -> str:
        return _WORD.sub(lambda m: at.get(m[0], m[0]), text)

    titles = dict[str, str]()
    made = []
    for line in lines:
        kind, *rest = line
        if kind == "fact":
            made.append((kind, rest[0], *map(renamed, rest[1:])))
            continue
        if kind in ("sums to one", "one-hot"):
            said = "is one-hot" if kind == "one-hot" else kind
            titles[f"{rest[0]} {said}"] = f"{at[rest[0]]} {said}"
        made.append((kind, *map(renamed, rest)))
    return Other(tuple(made), renamed(left), renamed(right), tuple(titles.get(x, x) for x in facts))


def _words_of(line: tuple[str, ...]) -> list[str]:
    texts = line[2:] if line[0] == "fact" else line[1:]
    return [word for text in texts for word in _WORD.findall(text)]


def another_order(
    rng: Random, lines: Lines, left: str, right: str, facts: tuple[str, ...]
) -> Other:
    """Declarations, facts, terms and factors in another order."""
    index = [line for line in lines if line[0] == "index"]
    free = [
        line for line in lines if line[0] in ("real", "positive", "nonnegative", "unit", "binary")
    ]
    given = [line for line in lines if line[0] in ("sums to one", "one-hot")]
    rest = [line for line in lines if line not in (*index, *free, *given)]
    conditions = [line for line in rest if line[0] == "where"]
    others = [line for line in rest if line[0] != "where"]
    for listed in (index, free, given, conditions):
        rng.shuffle(listed)
    cited = list(facts)
    rng.shuffle(cited)
    return Other((*index, *free, *given, *others, *conditions), left, right, tuple(cited),
                 lambda e: mixed(rng, e))  # fmt: skip


def larger_least(rng: Random, lines: Lines, left: str, right: str, facts: tuple[str, ...]) -> Other:
    """What holds for all sizes from one least size holds from a larger one."""
    made = [(*line[:3], str(int(line[3]) + rng.randrange(1, 3))) if line[0] == "index" else line
            for line in lines]  # fmt: skip
    return Other(tuple(made), left, right, facts, is_stronger=True)


def mixed(rng: Random, e: Term) -> Term:
    """A term with its sums and products in another order."""

    def go(e: Term) -> Term:
        match e:
            case Add(a, b) | Mul(a, b):
                a, b = go(a), go(b)
                return type(e)(b, a) if rng.random() < 0.5 else type(e)(a, b)
            case Div(a, b) | Pow(a, b):
                return type(e)(go(a), go(b))
            case Neg(of):
                return Neg(go(of))
            case Fn(word, of):
                return Fn(word, go(of))
            case Over(word, index, size, body, but_not):
                return Over(word, index, size, go(body), but_not)
            case Call(name, args):
                return Call(name, tuple(map(go, args)))
            case D(of, by):
                return D(go(of), by)
        return e

    return go(e)


CHANGES = (other_words, another_order, larger_least)
