"""What is kept of a step, and of the result of a whole derivation."""

from dataclasses import dataclass

import sympy as sp

from cebook_utils.reading import Formula
from cebook_utils.refuting import Approach


@dataclass
class Step:
    """One line: its relation to the line before, and how that was checked."""

    formula: Formula
    relation: str = ""
    because: str = ""
    using: tuple = ()
    status: str = ""  # proved or numeric; empty for the first line
    how: str = ""
    needless: tuple = ()
    approach: Approach | None = None
    fixed: tuple = ()
    where: str = ""


@dataclass(frozen=True)
class Theorem:
    """The result of a derivation, as a later one may cite it."""

    title: str
    left: sp.Expr
    relation: str
    right: sp.Expr
    letters: tuple  # the free indices, for which other indices may be put in
    rests_on_facts: bool
