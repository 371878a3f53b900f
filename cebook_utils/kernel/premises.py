"""What a claim may rest on: cited facts and orders, conditions, and the values at a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .algebra import NEGATIVE, NONNEGATIVE, NONPOSITIVE, NONZERO, POSITIVE
from .assumptions import Assumption
from .atoms import number, plus
from .setting import Condition, Fact, Setting, Substitution
from .terms import Add, Kind, Neg, Refused, Term, names_in
from .values import Env
from .written import Written

_SIGN_OF = {"!=": NONZERO, "<": NEGATIVE, "<=": NONPOSITIVE, ">": POSITIVE, ">=": NONNEGATIVE}


@dataclass(frozen=True)
class Order:
    """A cited inequality: first ≤ last, or <, under facts."""

    first: Term
    last: Term
    strict: bool
    facts: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One step: what stands left, its sign, what stands right, and what it may rest on."""

    setting: Setting
    left: Term
    sign: str
    right: Term
    facts: tuple[str, ...] = ()
    orders: tuple[Order, ...] = ()
    gap: Term | None = None
    point: tuple[tuple[str, str], ...] = ()


def context(claim: Claim, put_in: Mapping[str, Substitution]) -> Written:
    """A kernel for one claim; nothing in it outlives the check."""
    setting = claim.setting
    k = Written(setting, put_in)
    k.sum_to_one = frozenset(
        fact.name for fact in _facts(claim) if fact.put_in is None and fact.name not in put_in
    )
    fixed = {fact.at for fact in _facts(claim) if fact.at}
    k.assumptions = (
        *(assumed(k, condition) for condition in setting.conditions),
        *(_assumed_order(k, setting, order, fixed) for order in claim.orders),
    )
    return k


def assumed(k: Written, condition: Condition) -> Assumption:
    difference = condition.difference
    return Assumption(
        condition.letters, lambda at: k.value(difference, Env(at)), _SIGN_OF[condition.relation]
    )


def _assumed_order(k: Written, setting: Setting, order: Order, fixed: set[str]) -> Assumption:
    """A cited order at any letters, but for the one at which cited labels are one-hot."""
    rest = Add(order.last, Neg(order.first))
    letters = sorted(setting.free_letters(rest) - fixed)
    if any(setting.hidden.get(x) for x in names_in(rest)):
        letters = []  # a letter that a definition hides stays as it is
    return Assumption(
        tuple((i, setting.letters[i]) for i in letters),
        lambda at: k.value(rest, Env(at)),
        POSITIVE if order.strict else NONNEGATIVE,
    )


def _facts(claim: Claim) -> list[Fact]:
    missing = [title for title in claim.facts if title not in claim.setting.facts]
    if missing:
        known = ", ".join(map(repr, claim.setting.facts)) or "none"
        raise Refused("bad citation", f"there is no fact {missing[0]!r} to cite; there is {known}")
    return [claim.setting.facts[title] for title in claim.facts]


def premises(claim: Claim) -> dict[str, Substitution]:
    """What is put in for names: by cited facts that do not contradict one another, and a point."""
    setting, put_in = claim.setting, dict[str, Substitution]()
    facts = _facts(claim)
    for fact in facts:
        if fact.put_in is None:
            continue
        if put_in.get(fact.name, fact.put_in) != fact.put_in:
            raise Refused("bad citation", f"two cited facts say what {fact.name} is")
        if not fact.at and any(other.name == fact.name and other.put_in is None for other in facts):
            raise Refused("bad citation", f"two cited facts say what {fact.name} is")
        if any(fact.name in _reach(setting, condition) for condition in setting.conditions):
            spoken = f"a condition speaks of {fact.name}, so {fact.title!r} cannot be cited"
            raise Refused("bad citation", spoken)
        put_in[fact.name] = fact.put_in
    for name, fixed in put_in.items():
        if setting.reach(names_in(fixed.by)) & put_in.keys():
            raise Refused(
                "bad citation", f"cited facts say what {name} is by what another one sets"
            )
    for name, value in _point(claim).items():
        if name in put_in:
            raise Refused("bad point", f"a cited fact says what {name} is, so no point can")
        put_in[name] = value
    return put_in


def _point(claim: Claim) -> dict[str, Substitution]:
    """The names that have a value, which has to be in their domain and satisfy the conditions."""
    setting, found = claim.setting, dict[str, Substitution]()
    for name, text in claim.point:
        if name in found:
            raise Refused("bad point", f"{name} has one value at a point")
        if name not in setting.kinds or setting.ranges[name]:
            bound = f"{name!r} is not a name without indices that was declared free"
            raise Refused("bad point", bound)
        term = setting.read(text)
        if set(Written(setting, {}).value(term)) - {()} or names_in(term):
            raise Refused("bad point", f"the value of {name} at a point is a rational number")
        found[name] = Substitution((), term)
        check_domain(setting, name, found[name], "bad point")
    spoken = [c for c in setting.conditions if _reach(setting, c) & found.keys()]
    check_conditions(setting, spoken, found, "bad point")
    return found


def _reach(setting: Setting, condition: Condition) -> set[str]:
    return setting.reach(names_in(condition.difference))


def check_domain(setting: Setting, name: str, put_in: Substitution, why: Kind) -> None:
    """What is put in for a name has a value, and that in the name's domain."""
    k = context(Claim(setting, put_in.by, "=", put_in.by), {})
    p = k.value(put_in.by)
    sign, kind = k.term_sign(put_in.by), setting.kind(name)
    inside = {
        "real": True,
        "positive": sign == POSITIVE,
        "nonnegative": sign in (POSITIVE, NONNEGATIVE),
        "unit": sign == POSITIVE and k.sign(plus(number(1), p, -1)) == POSITIVE,
        "binary": k.is_zero(plus(k.mul(p, p), p, -1)),
    }
    if not inside[kind]:
        raise Refused(why, f"what {name} is said to be is not seen to be {kind}, as {name} is")


def check_conditions(
    setting: Setting,
    conditions: Iterable[Condition],
    put_in: Mapping[str, Substitution],
    why: Kind,
) -> None:
    """The conditions hold where these names have these values; nothing is assumed."""
    for condition in conditions:
        k = Written(setting, put_in)
        p, wanted = k.value(condition.difference), _SIGN_OF[condition.relation]
        at_the_edge = not p and wanted in (NONNEGATIVE, NONPOSITIVE)
        if not at_the_edge and not _implies(k.term_sign(condition.difference, p=p), wanted):
            unseen = f"a condition ({condition.relation}) is not seen to hold at these values"
            raise Refused(why, unseen)


def _implies(sign: int, wanted: int) -> bool:
    if wanted == NONZERO:
        return abs(sign) in (2, 3)
    return sign == wanted or sign == 2 * wanted and abs(wanted) == 1
