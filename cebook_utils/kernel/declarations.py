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
from collections.abc import Iterable
from dataclasses import replace
from functools import partial

from .reader import read
from .setting import Condition, Definition, Fact, Setting, Substitution
from .terms import Add, Delta, Neg, Refused, Term, names_in
from .tokens import RESERVED, is_word

KINDS = ("real", "positive", "nonnegative", "unit", "binary")
RELATIONS = ("!=", "<", "<=", ">", ">=")
MOST_LINES = 200

_HEAD = re.compile(r" *(\w+) *(?:\[([\w, ]+)\]|\(([\w, ]+)\))? *")


def _bad(why: str) -> Refused:
    return Refused("bad declaration", why)


def with_line(setting: Setting, *line: str) -> Setting:
    """The setting with one more line."""
    if not line or not all(isinstance(x, str) for x in line):
        raise _bad("a declaration is a list of texts")
    kind, *given = line
    if len(setting.lines) >= MOST_LINES:
        raise _bad(f"a setting has at most {MOST_LINES} lines")
    made = {
        "index": partial(_index, setting),
        "sums to one": partial(_sums_to_one, setting),
        "one-hot": partial(_one_hot, setting),
        "fact": partial(_fact, setting),
        "where": partial(_where, setting),
        **{word: partial(_name, setting, word) for word in KINDS},
        **{word: partial(_let, setting, word) for word in ("let", "fold", "lemma")},
    }  # fmt: skip
    if kind not in made:
        raise _bad(f"there is no declaration {kind!r}")
    try:
        changed = made[kind](*given)
    except TypeError:
        raise _bad(f"the declaration {list(line)} has too few or too many parts") from None
    return replace(changed, lines=(*setting.lines, tuple(line)))


def _check_new(setting: Setting, x: str) -> None:
    if any(x in known for known in (
        setting.letters, setting.ranges, setting.sizes, setting.definitions
    )):  # fmt: skip
        raise _bad(f"{x!r} is declared already")
    if x in RESERVED or not is_word(x):
        raise _bad(f"{x!r} cannot be a name: it has a meaning of its own, or is no word")


def _index(setting: Setting, letters: str, size: str, least: str = "1") -> Setting:
    if size not in setting.sizes and size != "D":
        _check_new(setting, size)
    if not re.fullmatch("[1-9][0-9]?", least):
        raise _bad(f"the least size is a whole number from 1 to 99, not {least!r}")
    if size in setting.sizes and int(least) != setting.sizes[size]:
        raise _bad(f"{size} was declared with the least value {setting.sizes[size]}")
    made = replace(setting, sizes={**setting.sizes, size: int(least)})
    for letter in letters.split():
        _check_new(made, letter)
        made = replace(made, letters={**made.letters, letter: size})
    return made


def _family(setting: Setting, head: str) -> tuple[str, tuple[str, ...]]:
    """The name and the letters of `z` or `x[n, j]`."""
    name, letters, params = parse_head(head)
    if params is not None:
        raise _bad(f"{head!r} is a name, with indices in square brackets")
    for letter in letters:
        if letter not in setting.letters:
            raise _bad(f"{letter!r} is not a declared index")
    return name, letters


def _name(setting: Setting, kind: str, head: str) -> Setting:
    name, letters = _family(setting, head)
    _check_new(setting, name)
    ranges = tuple(setting.letters[i] for i in letters)
    return replace(
        setting, kinds={**setting.kinds, name: kind}, ranges={**setting.ranges, name: ranges}
    )


def _let(setting: Setting, kind: str, head: str, body: str) -> Setting:
    name, letters, params = parse_head(head)
    _check_new(setting, name)
    if len(set(letters)) < len(letters):
        raise _bad(f"{head!r} needs a letter of its own for each index")
    if params is not None:
        return _function(setting, kind, name, letters, body)
    if kind != "let":
        raise _bad(f"{head!r} needs its parameters in round brackets")
    _family(setting, head)
    term = setting.read(body)
    _check_capture(setting, term, letters)
    return _defined(
        setting, name, Definition(letters, term), tuple(setting.letters[i] for i in letters)
    )


def _function(
    setting: Setting, kind: str, name: str, params: tuple[str, ...], body: str
) -> Setting:
    for p in params:
        _check_new(setting, p)
    if kind == "fold" and len(params) != 2:
        raise _bad(f"{name} takes two arguments to be folded")
    term = read(body, setting, params)
    definition = Definition(params, term, True, kind == "lemma", kind == "fold")
    return _defined(setting, name, definition, None)


def _defined(
    setting: Setting, name: str, made: Definition, ranges: tuple[str, ...] | None
) -> Setting:
    free = setting.free_letters(made.body) - (frozenset() if made.is_function else set(made.head))
    return replace(
        setting,
        definitions={**setting.definitions, name: made},
        ranges=setting.ranges if ranges is None else {**setting.ranges, name: ranges},
        hidden={**setting.hidden, name: free},
    )


def _check_capture(setting: Setting, term: Term, letters: Iterable[str]) -> None:
    """A letter of the head may not be hidden in what the body names."""
    for x in names_in(term):
        for letter in letters:
            if letter in setting.hidden.get(x, ()):
                raise Refused(
                    "hidden index",
                    f"{x!r} stands for something with the index {letter!r}, which would not "
                    f"follow the {letter!r} of this line: define {x}[{letter}]",
                )


def _check_title(setting: Setting, title: str) -> None:
    if title in setting.facts:
        raise _bad(f"there is a fact {title!r} already")


def _add_fact(setting: Setting, fact: Fact) -> Setting:
    _check_title(setting, fact.title)
    return replace(setting, facts={**setting.facts, fact.title: fact})


def _sums_to_one(setting: Setting, name: str) -> Setting:
    if (
        setting.kind(name) not in ("positive", "nonnegative", "unit", "real")
        or not setting.ranges[name]
    ):
        raise _bad(f"{name!r} is no family of numbers that can sum to one")
    size = setting.ranges[name][-1]
    if setting.kind(name) == "unit" and setting.sizes[size] < 2:
        raise _bad(f"numbers below 1 sum to one only if {size} is at least 2: least=2")
    return _add_fact(setting, Fact(f"{name} sums to one", name, None))


def _one_hot(setting: Setting, name: str, at: str) -> Setting:
    if setting.kind(name) not in ("nonnegative", "real", "binary") or not setting.ranges[name]:
        raise _bad(f"{name!r} cannot be one-hot: its numbers have to be allowed to be 0")
    if setting.letters.get(at) != setting.ranges[name][-1]:
        raise _bad(f"{at!r} is no index of {name}")
    letters = tuple(f"{n}'" for n in range(len(setting.ranges[name])))
    put_in = Substitution(letters, Delta(letters[-1], at))
    return _add_fact(setting, Fact(f"{name} is one-hot", name, put_in, at))


def _fact(setting: Setting, title: str, head: str, body: str) -> Setting:
    _check_title(setting, title)
    name, letters = _family(setting, head)
    put_in = _substitution(setting, name, letters, body)
    return _add_fact(setting, Fact(title, name, put_in))


def _substitution(setting: Setting, name: str, letters: tuple[str, ...], body: str) -> Substitution:
    """What is put in for a whole free name: it may not depend on it, nor on other letters."""
    if name not in setting.kinds:
        raise _bad(f"{name!r} is not a free name, so nothing can be put in for it")
    if tuple(setting.letters[i] for i in letters) != setting.ranges[name]:
        raise _bad(f"{name!r} is set as a whole, with a letter of its range for each index")
    if len(set(letters)) < len(letters):
        raise _bad(f"{name!r} needs a letter of its own for each index")
    term = setting.read(body)
    _check_capture(setting, term, letters)
    if name in setting.reach(names_in(term)):
        raise _bad(f"what is put in for {name!r} depends on it")
    if not setting.free_letters(term) <= set(letters):
        raise _bad(f"what is put in for {name!r} has an index that it has not")
    return Substitution(letters, term)


def _where(setting: Setting, left: str, relation: str, right: str, *witness: str) -> Setting:
    """A condition, and a witness for all conditions so far."""
    first = setting.read(left)
    if relation not in RELATIONS:
        raise _bad(f"a condition has one of {', '.join(RELATIONS)}")
    difference = Add(first, Neg(setting.read(right)))
    letters = tuple((i, setting.letters[i]) for i in sorted(setting.free_letters(difference)))
    for x in names_in(difference):
        if setting.hidden.get(x):
            raise Refused(
                "hidden index", f"{x!r} hides an index, so a condition cannot speak of it"
            )
    condition = Condition(difference, relation, letters)
    if len(witness) % 2:
        raise _bad("a witness is names and their values, in turn")
    put_in = dict(setting.witness)
    for head, body in zip(witness[::2], witness[1::2], strict=True):
        name, own = _family(setting, head)
        put_in[name] = _substitution(setting, name, own, body)
    return replace(setting, conditions=(*setting.conditions, condition), witness=put_in)


def parse_head(head: str) -> tuple[str, tuple[str, ...], tuple[str, ...] | None]:
    """The name of `Z`, `p[i]` or `σ(t)`, its letters or parameters, and these if it is called."""
    match = _HEAD.fullmatch(head)
    if match is None:
        raise _bad(f"{head!r} is not a name, a family p[i], or a function f(t)")
    listed = match[2] or match[3] or ""
    letters = tuple(x.strip() for x in listed.split(",")) if listed else ()
    return match[1], letters, letters if match[3] else None
