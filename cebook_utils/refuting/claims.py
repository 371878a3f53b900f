"""A claim about numbers, and what all points at which it can be tried have in common."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from ..kernel.setting import Condition, Setting, Substitution
from ..kernel.terms import Div, Num, Over, Size, Term, names_in, subterms
from .evaluating import Evaluator, put_in_by
from .parts import NoValue, Point
from .reals import Unsure


@dataclass(frozen=True)
class Claim:
    """left (sign) right, given cited facts, at given values of some names, where letters agree."""

    setting: Setting
    left: Term
    sign: str
    right: Term
    facts: tuple[str, ...] = ()
    point: tuple[tuple[str, str], ...] = ()
    alike: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Ground:
    """What all points of a claim have in common: worked out once."""

    claim: Claim
    put_in: Mapping[str, Substitution]
    to_one: frozenset[str]
    sizes: tuple[str, ...]
    letters: tuple[str, ...]
    near: tuple[Fraction, ...]  # where kinks may be: 0, and the numbers in the claim
    conditions: tuple[Condition, ...]
    possible: bool  # whether the given values are in their domains, and contradict no cited fact


def ground(claim: Claim, with_uncited: bool = False) -> Ground:
    """Gather what the points of a claim depend on; at some, what is not cited sums to one too."""
    setting = claim.setting
    put_in = put_in_by(setting, claim.facts)
    given = {name: Substitution((), setting.read(text)) for name, text in claim.point}
    possible = not put_in.keys() & given.keys() and all(
        _fits(setting, name, put_in) for name, put_in in given.items()
    )
    put_in |= given
    terms = [claim.left, claim.right]
    own = set().union(*map(names_in, terms))
    conditions = _conditions_on(setting, _reached(setting, own, put_in), put_in)
    spoken = own.union(*(names_in(c.difference) for c in conditions))
    reached = _reached(setting, spoken, put_in)
    bodies = [setting.definitions[x].body for x in reached if x in setting.definitions]
    bodies += [part.by for part in _said_of(setting, reached, put_in)]
    letters = {i for e in (*terms, *bodies) for i in setting.free_letters(e)}
    letters &= (
        {i for e in terms for i in setting.free_letters(e)}
        | {i for x in reached if x in put_in for i in setting.free_letters(put_in[x].by)}
        | {i for c in conditions for i, _ in c.letters}
    )
    parts = [x for e in (*terms, *bodies, *(c.difference for c in conditions)) for x in subterms(e)]
    written = {x for part in parts if (x := _number(part)) is not None and abs(x) <= 1000}
    used = {x.size if isinstance(x, Over) else x.name for x in parts if isinstance(x, Over | Size)}
    used |= {size for x in reached for size in setting.ranges.get(x, ())}
    used |= {setting.letters[i] for i in letters}
    used |= {size for c in conditions for _, size in c.letters}  # which the claim need not name
    facts = [fact for fact in setting.facts.values() if with_uncited or fact.title in claim.facts]
    return Ground(
        claim,
        put_in,
        frozenset(f.name for f in facts if f.put_in is None and f.name in reached - put_in.keys()),
        tuple(size for size in setting.sizes if size in used),
        tuple(sorted(letters)),
        tuple(sorted({Fraction(0), *written, *(-x for x in written)}, key=lambda x: (abs(x), x))),
        conditions,
        possible,
    )  # fmt: skip


def _reached(setting: Setting, names: set[str], put_in: Mapping[str, Substitution]) -> set[str]:
    """These names and all that they are made of, also by what is put in for them."""
    while True:
        reached = setting.reach(names)
        more = reached.union(*(names_in(x.by) for x in _said_of(setting, reached, put_in)))
        if more == names:
            return reached
        names = more


def _said_of(
    setting: Setting, names: set[str], put_in: Mapping[str, Substitution]
) -> list[Substitution]:
    """What may be put in for these names: by a fact, a point, or as a witness of conditions."""
    witness = setting.witness if setting.conditions else {}
    return [known[x] for known in (put_in, witness) for x in sorted(names) if x in known]


def _conditions_on(
    setting: Setting, names: set[str], put_in: Mapping[str, Substitution]
) -> tuple[Condition, ...]:
    """The conditions that bind these names, also by way of other names."""
    while True:
        bound = [
            (c, _reached(setting, set(names_in(c.difference)), put_in)) for c in setting.conditions
        ]
        found = [(c, spoken) for c, spoken in bound if spoken & names]
        more = names.union(*(spoken for _, spoken in found))
        if more == names:
            return tuple(c for c, _ in found)
        names = more


def _number(e: Term) -> Fraction | None:
    """The value of a number as it is written: 2 or 1/2."""
    match e:
        case Num(value):
            return value
        case Div(Num(a), Num(b)) if b:
            return a / b
    return None


def _fits(setting: Setting, name: str, given: Substitution) -> bool:
    """Whether what is given for a name is a number in the name's domain."""
    machine = Evaluator(setting, Point(), lambda name, at: Fraction(0), 64, {})
    try:
        value = machine.value(given.by)
    except (NoValue, Unsure):
        return False
    return isinstance(value, Fraction) and in_domain(value, setting.kind(name))


def in_domain(x: Fraction, kind: str) -> bool:
    """Whether a number may be the value of a name of this kind."""
    return {
        "real": True, "positive": x > 0, "nonnegative": x >= 0, "unit": 0 < x < 1,
        "binary": x in (0, 1),
    }.get(kind, False)  # fmt: skip
