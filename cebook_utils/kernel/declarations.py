"""Declarations: what a setting says, one meaning each, nothing contradictory.

A setting is built from lines, each a list of strings:

    ["index", "i j k", "C", "1"]              letters that run over 1 … C, for every C ≥ 1
    ["real", "z[i]"]                          also positive, nonnegative, unit, binary
    ["sums to one", "y"]                      a fact: over its last index
    ["one-hot", "y", "c"]                     a fact: y[…, i] = δ(i, c)
    ["fact", "title", "m[n]", "x[n] + 1"]     a fact: what a free name is
    ["let", "p[i]", "exp(z[i])"]              a definition; "σ(t)" defines a function
    ["fold", "max(a, b)", "…"]                a function of two that takes more, from the left
    ["lemma", "g(t)", "t - 1 - log(t)"]       a function with g ≥ 0 for t > 0, which is proved
    ["where", "z", "!=", "0", "z", "1"]       a condition, then names and their values at a witness
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from .reader import RESERVED, read, tokens
from .terms import Add, Delta, Neg, Refused, Term, indices_in, names_in

KINDS = ("real", "positive", "nonnegative", "unit", "binary")
RELATIONS = ("!=", "<", "<=", ">", ">=")
MOST_LINES = 200

_HEAD = re.compile(r" *(\w+) *(?:\[([\w, ]+)\]|\(([\w, ]+)\))? *")


@dataclass(frozen=True)
class Definition:
    """What a name or a function stands for; its head holds letters, or parameters."""

    head: tuple[str, ...]
    body: Term
    is_function: bool = False
    is_lemma: bool = False
    folds: bool = False

    @property
    def params(self) -> tuple[str, ...]:
        return self.head


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

    # Declarations, as far as their form goes; `consistency` checks what they claim.

    def with_line(self, *line: str) -> Setting:
        """The setting with one more line."""
        kind, *given = line
        if len(self.lines) >= MOST_LINES:
            raise Refused(f"a setting has at most {MOST_LINES} lines")
        made = {
            "index": self._index, "sums to one": self._sums_to_one, "one-hot": self._one_hot,
            "fact": self._fact, "where": self._where,
            **{word: partial(self._name, word) for word in KINDS},
            **{word: partial(self._let, word) for word in ("let", "fold", "lemma")},
        }  # fmt: skip
        if kind not in made or not all(isinstance(x, str) for x in line):
            raise Refused(f"there is no declaration {kind!r}")
        try:
            changed = made[kind](*given)
        except TypeError:
            raise Refused(f"the declaration {list(line)} has too few or too many parts") from None
        return replace(changed, lines=(*self.lines, tuple(line)))

    def _check_new(self, x: str) -> None:
        if x in self.letters or x in self.ranges or x in self.sizes or x in self.definitions:
            raise Refused(f"{x!r} is declared already")
        if x in RESERVED or not _is_word(x):
            raise Refused(f"{x!r} cannot be a name: it has a meaning of its own, or is no word")

    def _index(self, letters: str, size: str, least: str = "1") -> Setting:
        if size not in self.sizes and size != "D":
            self._check_new(size)
        if not re.fullmatch("[1-9][0-9]?", least):
            raise Refused(f"the least size is a whole number from 1 to 99, not {least!r}")
        if size in self.sizes and int(least) != self.sizes[size]:
            raise Refused(f"{size} was declared with the least value {self.sizes[size]}")
        made = replace(self, sizes={**self.sizes, size: int(least)})
        for letter in letters.split():
            made._check_new(letter)
            made = replace(made, letters={**made.letters, letter: size})
        return made

    def _family(self, head: str) -> tuple[str, tuple[str, ...]]:
        """The name and the letters of `z` or `x[n, j]`."""
        name, letters, params = parse_head(head)
        if params is not None:
            raise Refused(f"{head!r} is a name, with indices in square brackets")
        for letter in letters:
            if letter not in self.letters:
                raise Refused(f"{letter!r} is not a declared index")
        return name, letters

    def _name(self, kind: str, head: str) -> Setting:
        name, letters = self._family(head)
        self._check_new(name)
        ranges = tuple(self.letters[i] for i in letters)
        return replace(self, kinds={**self.kinds, name: kind}, ranges={**self.ranges, name: ranges})

    # Definitions.

    def _let(self, kind: str, head: str, body: str) -> Setting:
        name, letters, params = parse_head(head)
        self._check_new(name)
        if len(set(letters)) < len(letters):
            raise Refused(f"{head!r} needs a letter of its own for each index")
        if params is not None:
            return self._function(kind, name, letters, body)
        if kind != "let":
            raise Refused(f"{head!r} needs its parameters in round brackets")
        self._family(head)
        term = self.read(body)
        self._check_capture(term, letters)
        return self._defined(
            name, Definition(letters, term), tuple(self.letters[i] for i in letters)
        )

    def _function(self, kind: str, name: str, params: tuple[str, ...], body: str) -> Setting:
        for p in params:
            self._check_new(p)
        term = read(body, self, params)
        if kind == "fold" and len(params) != 2:
            raise Refused(f"{name} takes two arguments to be folded")
        definition = Definition(params, term, True, kind == "lemma", kind == "fold")
        return self._defined(name, definition, None)

    def _defined(self, name: str, made: Definition, ranges: tuple[str, ...] | None) -> Setting:
        free = self.free_letters(made.body) - (frozenset() if made.is_function else set(made.head))
        return replace(
            self,
            definitions={**self.definitions, name: made},
            ranges=self.ranges if ranges is None else {**self.ranges, name: ranges},
            hidden={**self.hidden, name: free},
        )

    def _check_capture(self, term: Term, letters: Iterable[str]) -> None:
        """A letter of the head may not be hidden in what the body names."""
        for x in names_in(term):
            for letter in letters:
                if letter in self.hidden.get(x, ()):
                    raise Refused(
                        f"{x!r} stands for something with the index {letter!r}, which would not "
                        f"follow the {letter!r} of this line: define {x}[{letter}]"
                    )

    # Facts.

    def _add_fact(self, fact: Fact) -> Setting:
        if fact.title in self.facts:
            raise Refused(f"there is a fact {fact.title!r} already")
        return replace(self, facts={**self.facts, fact.title: fact})

    def _sums_to_one(self, name: str) -> Setting:
        if (
            self.kind(name) not in ("positive", "nonnegative", "unit", "real")
            or not self.ranges[name]
        ):
            raise Refused(f"{name!r} is no family of numbers that can sum to one")
        size = self.ranges[name][-1]
        if self.kind(name) == "unit" and self.sizes[size] < 2:
            raise Refused(f"numbers below 1 sum to one only if {size} is at least 2: least=2")
        return self._add_fact(Fact(f"{name} sums to one", name, None))

    def _one_hot(self, name: str, at: str) -> Setting:
        if self.kind(name) not in ("nonnegative", "real", "binary") or not self.ranges[name]:
            raise Refused(f"{name!r} cannot be one-hot: its numbers have to be allowed to be 0")
        if self.letters.get(at) != self.ranges[name][-1]:
            raise Refused(f"{at!r} is no index of {name}")
        letters = tuple(f"{n}'" for n in range(len(self.ranges[name])))
        put_in = Substitution(letters, Delta(letters[-1], at))
        return self._add_fact(Fact(f"{name} is one-hot", name, put_in, at))

    def _fact(self, title: str, head: str, body: str) -> Setting:
        name, letters = self._family(head)
        put_in = self._substitution(name, letters, body)
        return self._add_fact(Fact(title, name, put_in))

    def _substitution(self, name: str, letters: tuple[str, ...], body: str) -> Substitution:
        """What is put in for a whole free name: it may not depend on it, nor on other letters."""
        if name not in self.kinds:
            raise Refused(f"{name!r} is not a free name, so nothing can be put in for it")
        if tuple(self.letters[i] for i in letters) != self.ranges[name]:
            raise Refused(f"{name!r} is set as a whole, with a letter of its range for each index")
        if len(set(letters)) < len(letters):
            raise Refused(f"{name!r} needs a letter of its own for each index")
        term = self.read(body)
        self._check_capture(term, letters)
        if name in self.reach(names_in(term)):
            raise Refused(f"what is put in for {name!r} depends on it")
        if not self.free_letters(term) <= set(letters):
            raise Refused(f"what is put in for {name!r} has an index that it has not")
        return Substitution(letters, term)

    # Conditions.

    def _where(self, left: str, relation: str, right: str, *witness: str) -> Setting:
        """A condition, and a witness for all conditions so far."""
        if relation not in RELATIONS:
            raise Refused(f"a condition has one of {', '.join(RELATIONS)}")
        a, b = self.read(left), self.read(right)
        difference = Add(a, Neg(b))
        letters = tuple((i, self.letters[i]) for i in sorted(self.free_letters(difference)))
        condition = Condition(difference, relation, letters)
        put_in = dict(self.witness)
        for head, body in zip(witness[::2], witness[1::2], strict=True):
            name, own = self._family(head)
            put_in[name] = self._substitution(name, own, body)
        return replace(self, conditions=(*self.conditions, condition), witness=put_in)


def _is_word(x: str) -> bool:
    found = tokens(x)
    return len(found) == 2 and found[0].kind == "word" and found[0].text == x and x[0] != "_"


def parse_head(head: str) -> tuple[str, tuple[str, ...], tuple[str, ...] | None]:
    """The name of `Z`, `p[i]` or `σ(t)`, its letters or parameters, and these if it is called."""
    match = _HEAD.fullmatch(head)
    if match is None:
        raise Refused(f"{head!r} is not a name, a family p[i], or a function f(t)")
    listed = match[2] or match[3] or ""
    letters = tuple(x.strip() for x in listed.split(",")) if listed else ()
    return match[1], letters, letters if match[3] else None
