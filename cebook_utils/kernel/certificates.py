"""Proofs: chains of judged steps, and their certificates in JSON.

    {"setting": [line, …], "cited": [certificate, …], "title": "…", "start": "…",
     "steps": [{"sign": "=", "line": "…", "using": ["y sums to one"], "results": [0],
                "gap": "…", "point": [["z", "-3"]]}, …]}

`results` are numbers of cited certificates. A proof cannot be made but by judging every step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from .consistency import declared
from .judgement import SIGNS, judge
from .premises import Claim, Order, premises
from .setting import Setting
from .terms import Refused, Spent

MOST_CITED = 1000


@dataclass(frozen=True)
class Step:
    """One line of a chain: its sign, its text, and what it rests on."""

    sign: str
    line: str
    using: tuple[str, ...] = ()
    results: tuple[Proof, ...] = ()
    gap: str | None = None
    point: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, eq=False)
class Proof:
    """A chain in which every step was judged; `begin` and `step` make it, nothing else does."""

    setting: Setting
    title: str
    start: str
    steps: tuple[Step, ...]
    facts: tuple[str, ...]  # those that the chain rests on
    size: int  # the number of chains in its certificate
    is_judged: bool = field(init=False, default=False)

    @property
    def last(self) -> str:
        return self.steps[-1].line if self.steps else self.start

    @property
    def sign(self) -> str:
        """The sign between the first line and the last."""
        return overall(step.sign for step in self.steps)

    def step(self, step: Step) -> Proof:
        """The chain with one more step, or a refusal."""
        try:
            return self._step(step)
        except RecursionError:
            raise Spent("this is nested too deeply to be checked") from None

    def _step(self, step: Step) -> Proof:
        _check_is_judged(self)
        _check_form(step)
        overall([*(s.sign for s in self.steps), step.sign])
        claim = claim_of(self, step)
        judge(claim)
        facts = tuple(dict.fromkeys((*self.facts, *claim.facts)))
        premises(replace(claim, facts=facts))  # those of all steps have to be possible together
        size = self.size + sum(proof.size for proof in step.results)
        if size > MOST_CITED:
            raise Spent("too many results are cited within one another")
        return _judged(replace(self, steps=(*self.steps, step), facts=facts, size=size))

    def certificate(self) -> dict[str, Any]:
        """All that is needed to judge the chain again."""
        cited = list(dict.fromkeys(proof for step in self.steps for proof in step.results))
        return {
            "setting": [list(line) for line in self.setting.lines],
            "cited": [proof.certificate() for proof in cited],
            "title": self.title,
            "start": self.start,
            "steps": [_step_to_json(step, cited) for step in self.steps],
        }


def _malformed(why: str) -> Refused:
    return Refused("bad certificate", why)


def begin(setting: Setting, title: str, start: str) -> Proof:
    """A chain with its first line only; the setting is declared anew, from its lines."""
    if type(title) is not str or type(start) is not str:
        raise _malformed("a title and a line are texts")
    trusted = declared(setting.lines)
    trusted.read(start)
    return _judged(Proof(trusted, title, start, (), (), 1))


def _check_form(step: Step) -> None:
    """A step is made of plain texts: what is judged is what is kept and shown."""
    fine = type(step) is Step and all(
        type(x) is tuple for x in (step.using, step.results, step.point, *step.point)
    )
    texts = (step.sign, step.line, *step.using, *sum(step.point, ())) if fine else (None,)
    if any(type(x) is not str for x in texts) or type(getattr(step, "gap", "")) not in (
        str,
        type(None),
    ):
        raise _malformed("a step is a sign, a line, and what it cites, all of them plain texts")
    if any(len(pair) != 2 for pair in step.point):
        raise _malformed("a point is pairs of a name and its value")


def _judged(proof: Proof) -> Proof:
    object.__setattr__(proof, "is_judged", True)
    return proof


def _check_is_judged(proof: Proof) -> None:
    if type(proof) is not Proof or not proof.is_judged:
        raise _malformed("this is not a proof that the kernel made")


def overall(signs: Iterable[str]) -> str:
    """The sign of a chain: it may not go both up and down."""
    found = set(signs)
    if not found <= set(SIGNS):
        raise Refused("bad chain", f"the kernel proves the signs {' '.join(SIGNS)} only")
    if found & set("≤<") and found & set("≥>"):
        raise Refused("bad chain", "a chain cannot go both up and down")
    return min(found | {"="}, key="<>≤≥=".index)


def facts_of(step: Step) -> tuple[str, ...]:
    """The facts that a step cites, also those that a cited result rests on."""
    return (*step.using, *(fact for proof in step.results for fact in proof.facts))


def claim_of(chain: Proof, step: Step) -> Claim:
    setting = chain.setting
    if chain.steps and not set(chain.steps[-1].point) <= set(step.point):
        raise Refused("bad chain", "what was fixed at a point stays fixed in the lines below")
    if step.gap is not None and step.sign == "=":
        raise Refused("bad chain", "a gap belongs to an inequality")
    for proof in step.results:
        _check_is_judged(proof)
        lines = proof.setting.lines
        if setting.lines[: len(lines)] != lines:
            raise Refused(
                "bad citation",
                f"{proof.title!r} was proved in another setting, so it cannot be cited here",
            )
        if not proof.steps or any(s.point for s in proof.steps):
            raise Refused(
                "bad citation",
                f"{proof.title!r} is no result for all values, so it cannot be cited",
            )
    return Claim(
        setting,
        setting.read(chain.last),
        step.sign,
        setting.read(step.line),
        tuple(dict.fromkeys(facts_of(step))),
        tuple(_order(proof) for proof in step.results if proof.sign != "="),
        None if step.gap is None else setting.read(step.gap),
        step.point,
    )


def _order(proof: Proof) -> Order:
    first, last = proof.setting.read(proof.start), proof.setting.read(proof.last)
    if proof.sign in "≥>":
        first, last = last, first
    return Order(first, last, proof.sign in "<>", proof.facts)


def _step_to_json(step: Step, cited: list[Proof]) -> dict[str, Any]:
    made: dict[str, Any] = {"sign": step.sign, "line": step.line}
    if step.using:
        made["using"] = list(step.using)
    if step.results:
        made["results"] = [cited.index(proof) for proof in step.results]
    if step.gap is not None:
        made["gap"] = step.gap
    if step.point:
        made["point"] = [list(pair) for pair in step.point]
    return made


def replay(certificate: Mapping[str, Any]) -> Proof:
    """Judge a certificate from its text alone, or refuse it."""
    try:
        if certificate.keys() != {"setting", "cited", "title", "start", "steps"}:
            raise _malformed("a certificate has the parts setting, cited, title, start and steps")
        cited = [replay(part) for part in _list(certificate["cited"])]
        setting = declared(tuple(map(_text, _list(line))) for line in _list(certificate["setting"]))
        chain = begin(setting, _text(certificate["title"]), _text(certificate["start"]))
        for made in _list(certificate["steps"]):
            chain = chain.step(_step_from_json(made, cited))
        used = {id(proof) for step in chain.steps for proof in step.results}
        if len(used) < len(cited):
            raise _malformed("a certificate holds what none of its steps cites")
    except RecursionError:
        raise Spent("too many results are cited within one another") from None
    except (KeyError, IndexError, TypeError, ValueError, AttributeError) as error:
        raise _malformed(f"this is not a certificate: {error!r}") from None
    return chain


def _step_from_json(made: Mapping[str, Any], cited: list[Proof]) -> Step:
    if not made.keys() <= {"sign", "line", "using", "results", "gap", "point"}:
        raise _malformed("a step has a part that is not known")
    numbers = _list(made.get("results", []))
    if any(type(n) is not int or not 0 <= n < len(cited) for n in numbers):
        raise _malformed("a cited certificate is named by its number, from 0")
    pairs = [map(_text, _list(pair)) for pair in _list(made.get("point", []))]
    return Step(
        _text(made["sign"]),
        _text(made["line"]),
        tuple(map(_text, _list(made.get("using", [])))),
        tuple(cited[n] for n in numbers),
        _text(made["gap"]) if "gap" in made else None,
        tuple((name, value) for name, value in pairs),
    )


def _list(x: object) -> list[Any]:
    if type(x) is not list:
        raise _malformed(f"a list is expected in a certificate, not {x!r:.40}")
    return x


def _text(x: object) -> str:
    if type(x) is not str:
        raise _malformed(f"a text is expected in a certificate, not {x!r:.40}")
    return x


def dumps(certificate: Mapping[str, Any]) -> str:
    return json.dumps(certificate, ensure_ascii=False, sort_keys=True)
