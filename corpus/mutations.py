"""Wrong steps made from right ones, by one small change to the text of a step.

The changes are the slips that people make: a sign, a dropped or doubled term or factor, another
index, a transposed matrix, another constant, a sum for a mean, a lost citation, exchanged names.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from cebook_utils.derivation.records import RECORD
from cebook_utils.kernel.certificates import Proof, Step, begin, dumps, replay
from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Refused

from .derivations import ROWS
from .derivations.form import Row
from .second_opinion import objection
from .slips import changed_texts

CHAPTERS = Path(__file__).resolve().parent.parent / "chapters"


@dataclass(frozen=True)
class Right:
    """One right step: the certificate of its chain, and its place there, from 0."""

    source: str
    certificate: str
    place: int

    def chain(self) -> Proof:
        """The line before the step, as a chain of its own."""
        whole = _proved(self.certificate)
        return _begun(
            self.certificate, whole.steps[self.place - 1].line if self.place else whole.start
        )

    @property
    def step(self) -> Step:
        return _proved(self.certificate).steps[self.place]

    def __str__(self) -> str:
        return f"{self.source}: {_proved(self.certificate).title}, {self.place + 1}"


@dataclass(frozen=True)
class Mutant:
    """A right step with one change, and the slip that the change stands for."""

    slip: str
    right: Right
    step: Step

    def __str__(self) -> str:
        step = self.step
        more = [f"gap {step.gap}"] * (step.gap is not None) + [f"using {step.using}"] * bool(
            step.using
        )
        return f"[{self.slip}] {self.right}: {self.right.chain().last} {step.sign} {step.line} " + (
            "; ".join(more)
        )

    def is_accepted(self) -> bool:
        """Whether the kernel proves the mutant."""
        try:
            self.right.chain().step(self.step)
        except Refused:
            return False
        return True

    def objection(self) -> str:
        """What speaks against the mutant by means of numbers alone, or "" if nothing does."""
        return objection(self.right.chain(), self.step)


@cache
def _proved(certificate: str) -> Proof:
    return replay(json.loads(certificate))


@cache
def _begun(certificate: str, line: str) -> Proof:
    return begin(_proved(certificate).setting, "", line)


# Where right steps come from.


def of_the_corpus() -> Iterator[Right]:
    """The steps of the right derivations, each judged once on the way."""
    for row in ROWS:
        yield from of_the_row(row)


@cache
def of_the_row(row: Row) -> tuple[Right, ...]:
    """The steps of one right derivation, each judged once on the way."""
    return tuple(_steps(row.subject, row.derive().certificates()))


def of_the_book() -> Iterator[Right]:
    """The steps that the executed chapters store."""
    for chapter, record in records():
        yield from _steps(chapter, record["certificates"])


def records() -> Iterator[tuple[str, dict[str, Any]]]:
    """The chapters and what their derivations stored."""
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if RECORD in output.get("data", ()):
                    yield path.stem, output["data"][RECORD]


def _steps(source: str, certificates: Iterable[Mapping[str, Any]]) -> Iterator[Right]:
    for certificate in certificates:
        text = dumps(certificate)
        for place in range(len(certificate["steps"])):
            yield Right(source, text, place)


# What is made of one step.


def mutants_of(right: Right) -> Iterator[Mutant]:
    """Every mutant of one step."""
    setting, step = right.chain().setting, right.step
    for slip, text in changed_texts(step.line, setting):
        yield Mutant(slip, right, replace(step, line=text))
    if step.gap is not None:
        for slip, text in changed_texts(step.gap, setting):
            yield Mutant(f"certificate: {slip}", right, replace(step, gap=text))
        yield Mutant("certificate: lost", right, replace(step, gap=None))
    for slip, sign in _other_signs(step):
        yield Mutant(slip, right, replace(step, sign=sign, gap=None))
    for slip, changed in (*_other_points(step), *_lost(step), *_other_facts(setting, step)):
        yield Mutant(slip, right, changed)


def _other_signs(step: Step) -> Iterator[tuple[str, str]]:
    """A sign that turns around, and one that becomes strict."""
    turned = {"≤": "≥", "≥": "≤", "<": ">", ">": "<"}
    strict = {"=": "<", "≤": "<", "≥": ">"}
    if step.sign in turned:
        yield "turned around", turned[step.sign]
    if step.sign in strict:
        yield "made strict", strict[step.sign]
    if step.sign == "=":
        yield "made strict", ">"


def _other_points(step: Step) -> Iterator[tuple[str, Step]]:
    for place, (name, value) in enumerate(step.point):
        for other in (f"-({value})", f"{value} + 1"):
            point = (*step.point[:place], (name, other), *step.point[place + 1 :])
            yield "another point", replace(step, point=point)
    if step.point:
        yield "no point", replace(step, point=())


def _lost(step: Step) -> Iterator[tuple[str, Step]]:
    for fact in step.using:
        yield "lost citation", replace(step, using=tuple(x for x in step.using if x != fact))
    for proof in step.results:
        yield "lost result", replace(step, results=tuple(x for x in step.results if x != proof))


def _other_facts(setting: Setting, step: Step) -> Iterator[tuple[str, Step]]:
    for cited in step.using:
        for title in setting.facts:
            if title not in step.using:
                using = tuple(title if x == cited else x for x in step.using)
                yield "another fact", replace(step, using=using)


def sample(mutants: Iterable[Mutant], size: int) -> list[Mutant]:
    """About `size` mutants in all, the same ones each time: the rarest slips come first."""
    by_slip: dict[str, list[Mutant]] = {}
    for mutant in mutants:
        by_slip.setdefault(mutant.slip.partition(":")[0], []).append(mutant)
    chosen: list[Mutant] = []
    for place, group in enumerate(sorted(by_slip.values(), key=len)):
        wanted = min(len(group), -(-(size - len(chosen)) // (len(by_slip) - place)))
        chosen += [group[(2 * k + 1) * len(group) // (2 * wanted)] for k in range(wanted)]
    return chosen
