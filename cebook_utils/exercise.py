"""Exercises: the reader supplies the next line, and the same core gives the verdict."""

import ast
from dataclasses import dataclass

from cebook_utils import syntax
from cebook_utils.errors import StepError

# Each has a name in ASCII too.
_TWINS = {name: twins for twins in (syntax.SUMS, syntax.PRODUCTS, syntax.DELTAS) for name in twins}


@dataclass(frozen=True)
class Verdict:
    """What the core says of a reader's line; `right` is True only if the line was proved."""

    right: bool
    message: str

    def __repr__(self):
        return self.message

    def _repr_markdown_(self):
        first, _, rest = self.message.partition("\n")
        return f"**{first}**" + (f"\n\n```text\n{rest}\n```" if rest else "")


def verdict(derivation, answer, because, using, without):
    """Right, wrong with a counterexample, or not answered yet."""
    if answer in (..., None) or str(answer).strip() in ("", "…", "..."):
        return Verdict(False, "Your turn: write the next line as a string in place of …")
    steps = list(derivation.steps)
    try:
        _refuse(answer, without)
        derivation.equals(answer, because=because, using=using)
        proof = derivation.steps[-1].how
    except StepError as error:
        return Verdict(False, f"Not yet.\n{error}")
    finally:
        derivation.steps = steps
    return Verdict(True, f"Right.\nproved: {proof}")


def _refuse(answer, without):
    """An answer that repeats the question in the notation it was to do without is no answer."""
    text = syntax.tidy(answer)
    forbidden = {twin: name for name in without for twin in _TWINS.get(name, (name,))}
    for node in ast.walk(syntax.parse(answer)):
        if isinstance(node, ast.Name) and node.id in forbidden:
            raise syntax.refuse(node, text, f"write the line without {forbidden[node.id]}")
