"""Proofs: chains of judged steps, and their certificates in JSON.

    {"setting": [line, …], "cited": [certificate, …], "title": "…", "start": "…",
     "steps": [{"sign": "=", "line": "…", "using": ["y sums to one"], "results": [0],
                "gap": "…", "point": [["z", "-3"]]}, …]}

`results` are numbers of cited certificates. A proof cannot be made but by judging every step.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from .consistency import declared
from .judgement import judge
from .premises import Claim, Order
from .setting import Setting
from .terms import Refused

_PROVED = object()


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
    """A chain in which every step was judged when it was made."""

    setting: Setting
    title: str
    start: str
    steps: tuple[Step, ...]
    _made_by: object = None

    def __post_init__(self) -> None:
        if self._made_by is not _PROVED:
            raise TypeError("a Proof is made by begin(…) and extended by step(…)")

    @property
    def last(self) -> str:
        return self.steps[-1].line if self.steps else self.start

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that the chain rests on."""
        found: dict[str, None] = {}
        for step in self.steps:
            found |= dict.fromkeys(facts_of(step))
        return tuple(found)

    @property
    def sign(self) -> str:
        """The sign between the first line and the last."""
        return overall(step.sign for step in self.steps)

    def step(self, step: Step) -> Proof:
        """The chain with one more step, or a refusal."""
        overall([*(s.sign for s in self.steps), step.sign])
        judge(claim_of(self, step))
        return Proof(self.setting, self.title, self.start, (*self.steps, step), _PROVED)

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


def begin(setting: Setting, title: str, start: str) -> Proof:
    """A chain with its first line only."""
    setting.read(start)
    return Proof(setting, title, start, (), _PROVED)


def overall(signs: Iterable[str]) -> str:
    """The sign of a chain: it may not go both up and down."""
    found = set(signs)
    if found & set("≤<") and found & set("≥>"):
        raise Refused("a chain cannot go both up and down")
    return min(found | {"="}, key="<>≤≥=".index)


def facts_of(step: Step) -> tuple[str, ...]:
    """The facts that a step cites, also those that a cited result rests on."""
    return (*step.using, *(fact for proof in step.results for fact in proof.facts))


def claim_of(chain: Proof, step: Step) -> Claim:
    setting = chain.setting
    for proof in step.results:
        lines = proof.setting.lines
        if setting.lines[: len(lines)] != lines:
            raise Refused(
                f"{proof.title!r} was proved in another setting, so it cannot be cited here"
            )
        if not proof.steps or any(s.point for s in proof.steps):
            raise Refused(f"{proof.title!r} is no result for all values, so it cannot be cited")
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
        allowed = {"setting", "cited", "title", "start", "steps"}
        if certificate.keys() != allowed:
            raise Refused(f"a certificate has the parts {sorted(allowed)}")
        cited = [replay(part) for part in certificate["cited"]]
        chain = begin(declared(certificate["setting"]), certificate["title"], certificate["start"])
        for made in certificate["steps"]:
            chain = chain.step(_step_from_json(made, cited))
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, RecursionError) as error:
        raise Refused(f"this is not a certificate: {error!r}") from None
    return chain


def _step_from_json(made: Mapping[str, Any], cited: list[Proof]) -> Step:
    if not made.keys() <= {"sign", "line", "using", "results", "gap", "point"}:
        raise Refused("a step has a part that is not known")
    numbers = [int(n) for n in made.get("results", ())]
    if any(n < 0 for n in numbers):
        raise Refused("a cited certificate is named by its number from 0")
    return Step(
        made["sign"], made["line"], tuple(made.get("using", ())), tuple(cited[n] for n in numbers),
        made.get("gap"), tuple((name, value) for name, value in made.get("point", ())),
    )  # fmt: skip


def dumps(certificate: Mapping[str, Any]) -> str:
    return json.dumps(certificate, ensure_ascii=False, sort_keys=True)
