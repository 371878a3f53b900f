"""What is declared: the names of a setting, their domains, definitions, facts and conditions."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from .reader import read
from .terms import Term, indices_in, names_in


@dataclass(frozen=True)
class Definition:
    """What a name or a function stands for; its head holds letters, or parameters."""

    head: tuple[str, ...]
    body: Term
    is_function: bool = False
    is_lemma: bool = False
    folds: bool = False


@dataclass(frozen=True)
class Substitution:
    """What is put in for a whole name: one letter for each of its indices."""

    letters: tuple[str, ...]
    by: Term


@dataclass(frozen=True)
class Fact:
    """What holds of a name where it is cited: it sums to one, or is what is put in for it."""

    title: str
    name: str
    put_in: Substitution | None  # None: it sums to one
    at: str = ""  # the letter at which it is one-hot


@dataclass(frozen=True)
class Condition:
    """difference (relation) 0, at every value of the letters."""

    difference: Term
    relation: str
    letters: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Setting:
    """All that is declared; a declaration makes a new setting or is refused."""

    lines: tuple[tuple[str, ...], ...] = ()
    sizes: Mapping[str, int] = field(default_factory=dict)
    letters: Mapping[str, str] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=dict)
    ranges: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    definitions: Mapping[str, Definition] = field(default_factory=dict)
    hidden: Mapping[str, frozenset[str]] = field(default_factory=dict)
    facts: Mapping[str, Fact] = field(default_factory=dict)
    conditions: tuple[Condition, ...] = ()
    witness: Mapping[str, Substitution] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if isinstance(value, Mapping):
                object.__setattr__(self, name, MappingProxyType(dict(value)))

    # What the rest of the kernel asks.

    @property
    def functions(self) -> dict[str, Definition]:
        return {x: d for x, d in self.definitions.items() if d.is_function}

    def kind(self, name: str) -> str:
        return self.kinds.get(name, "")

    def read(self, text: str) -> Term:
        return read(text, self)

    def reach(self, names: Iterable[str]) -> set[str]:
        """These names and all that they are made of."""
        found: set[str] = set()
        waiting = list(names)
        while waiting:
            x = waiting.pop()
            if x not in found:
                found.add(x)
                if x in self.definitions:
                    waiting += names_in(self.definitions[x].body)
        return found

    def free_letters(self, e: Term) -> frozenset[str]:
        """The letters that a term depends on, also those hidden in what it names."""
        own = indices_in(e) & self.letters.keys()
        return frozenset(own.union(*(self.hidden.get(x, frozenset()) for x in names_in(e))))
