"""The form of a right derivation: its setting, its steps, and the earlier ones that it cites."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from cebook_utils import Derivation, Setting

Steps = Callable[..., Derivation]


@dataclass(frozen=True)
class Row:
    """A right derivation; `steps` is given the empty chain, and the derivations that it cites."""

    subject: str
    name: str
    title: str
    declare: Callable[[Setting], Setting]
    steps: Steps
    cites: tuple[Row, ...] = ()

    def derive(self) -> Derivation:
        """The finished derivation, every step judged by the kernel."""
        setting = self.declare(Setting())
        cited = [earlier.steps(Derivation(earlier.title, setting)) for earlier in self.cites]
        return self.steps(Derivation(self.title, setting), *cited)


def row(
    subject: str, declare: Callable[[Setting], Setting], title: str, *cites: Row
) -> Callable[[Steps], Row]:
    """Make a row of a function that takes the steps of its chain."""

    def made(steps: Steps) -> Row:
        return Row(subject, steps.__name__, title, declare, steps, cites)

    return made


def rows(module: dict[str, object]) -> tuple[Row, ...]:
    """The rows that a module makes, in order."""
    return tuple(x for x in module.values() if isinstance(x, Row))


SIGMOID = ("σ(t)", "1/(1+exp(-t))")
BINARY_LOSS = "-(y*log(p) + (1-y)*log(1-p))"
PROVED_LEMMA = ("g(t)", "t - 1 - log(t)")
