"""What declarations claim is checked before they hold: nothing in a setting contradicts itself."""

from __future__ import annotations

from collections.abc import Iterable

from .algebra import ONE, POSITIVE
from .atoms import plus, single
from .declarations import with_line
from .premises import Claim, check_conditions, check_domain, context
from .setting import Setting
from .terms import ONE as T_ONE
from .terms import Name, Param, Refused, Spent, names_in
from .values import Env
from .written import Written


def declare(setting: Setting, *line: str) -> Setting:
    """The setting with one more line, or a refusal that leaves everything as it was."""
    try:
        made = with_line(setting, *line)
        match line[0]:
            case "lemma":
                _check_lemma(made, list(made.definitions)[-1])
            case "fact":
                fact = made.facts[line[1]]
                assert fact.put_in is not None
                check_domain(setting, fact.name, fact.put_in, "bad declaration")
            case "where":
                _check_witness(setting, made)
            case "sums to one":
                _check_sums(made)
    except RecursionError:
        raise Spent("this is nested too deeply to be checked") from None
    return made


def declared(lines: Iterable[Iterable[str]]) -> Setting:
    """The setting of these lines."""
    setting = Setting()
    for line in lines:
        setting = declare(setting, *line)
    return setting


def _check_lemma(setting: Setting, name: str) -> None:
    """g ≥ 0 for t > 0, because g(1) = g'(1) = 0 and g'' > 0 there: g is convex, least at 1."""
    g = setting.definitions[name]
    if len(g.head) != 1 or names_in(g.body) or setting.hidden[name]:
        raise Refused("bad declaration", f"the lemma {name} is about its one parameter only")
    k = Written(setting, {})
    t = Param(g.head[0])
    slope = k.slopes.of(g.body, t)
    curvature = k.slopes.of(slope, t)
    at_one = Env(params={g.head[0]: ONE})
    anywhere = Env(params={g.head[0]: single(k.stand_in("~", (), POSITIVE))})
    k.value(g.body, anywhere)
    k.value(slope, anywhere)
    unproved = f"the lemma {name} ≥ 0 is not proved: {name}"
    if k.value(g.body, at_one) or k.value(slope, at_one):
        raise Refused("bad declaration", f"{unproved}(1) and {name}'(1) have to be 0")
    if k.term_sign(curvature, anywhere) != POSITIVE:
        raise Refused("bad declaration", f"{unproved}'' has to be above 0 for t > 0")


def _check_witness(before: Setting, made: Setting) -> None:
    """The condition has a value where the earlier ones hold, and all hold together somewhere."""
    condition = made.conditions[-1]
    context(Claim(before, T_ONE, "=", T_ONE), {}).value(condition.difference)
    spoken = {
        x
        for condition in made.conditions
        for x in made.reach(names_in(condition.difference))
        if x in made.kinds
    }
    missing = sorted(spoken - made.witness.keys())
    if missing:
        why = f"a condition needs a witness: a value of {', '.join(missing)}"
        raise Refused("bad declaration", why)
    bare = Setting(**{**vars(before), "conditions": ()})
    for name, put_in in made.witness.items():
        if made.reach(names_in(put_in.by)) & made.kinds.keys():
            raise Refused("bad declaration", f"the value of {name} at a witness is a number")
        check_domain(bare, name, put_in, "bad declaration")
    check_conditions(bare, made.conditions, made.witness, "bad declaration")
    _check_sums(made)


def _check_sums(setting: Setting) -> None:
    """A witness of what can be cited to sum to one does."""
    for fact in setting.facts.values():
        if fact.put_in is None and fact.name in setting.witness:
            k = Written(setting, setting.witness)
            size = setting.ranges[fact.name][-1]
            fresh = [k.bind(size) for size in setting.ranges[fact.name]]
            p = k.value(Name(fact.name, tuple(fresh)))
            if not k.is_zero(plus(k.sum(p, ((fresh[-1], size),)), ONE, -1)):
                raise Refused("bad declaration", f"at the witness {fact.name} does not sum to one")
