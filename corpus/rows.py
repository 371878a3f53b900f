"""The form of a row of the corpus, and short ways to write its lines and steps."""

from __future__ import annotations

from dataclasses import dataclass

from cebook_utils.kernel.certificates import Step

Line = tuple[str, ...]


@dataclass(frozen=True)
class Row:
    """A setting, a start and steps; of an attack, `why` says what is false and at which point."""

    kind: str
    name: str
    setting: tuple[Line, ...]
    start: str
    steps: tuple[Step, ...]
    why: str = ""


def claims(
    kind: str, setting: tuple[Line, ...], *given: tuple[str, Step, *tuple[str, ...]]
) -> list[Row]:
    """A row of one step for each claim: its start, the step, and of an attack why it is false."""
    return [
        Row(kind, f"{start} {step.sign} {step.line}", setting, start, (step,), *why)
        for start, step, *why in given
    ]


def eq(line: str, *using: str) -> Step:
    return Step("=", line, using)


def le(line: str, *using: str, gap: str | None = None) -> Step:
    return Step("≤", line, using, gap=gap)


def ge(line: str, *using: str, gap: str | None = None) -> Step:
    return Step("≥", line, using, gap=gap)


def lt(line: str, *using: str) -> Step:
    return Step("<", line, using)


def gt(line: str, *using: str) -> Step:
    return Step(">", line, using)


def at(step: Step, **point: str) -> Step:
    """The step at a point."""
    return Step(step.sign, step.line, step.using, step.results, step.gap, tuple(point.items()))


def distribution(name: str, kind: str = "nonnegative") -> tuple[Line, ...]:
    """`y[i]` as numbers that can be cited to sum to one."""
    return (kind, f"{name}[i]"), ("sums to one", name)


def reals(*names: str) -> tuple[Line, ...]:
    return tuple(("real", name) for name in names)


CLASSES: tuple[Line, ...] = (("index", "i j k c", "C", "1"),)
TWO_CLASSES: tuple[Line, ...] = (("index", "i j k c", "C", "2"),)
SAMPLES: tuple[Line, ...] = (("index", "n m", "N", "1"),)
LOGITS: tuple[Line, ...] = (*CLASSES, ("real", "z[i]"))
SOFTMAX: tuple[Line, ...] = (*LOGITS, ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"))
MAX: Line = ("fold", "max(a, b)", "(a + b + abs(a - b))/2")
