"""Exercises: the reader supplies the next line, and the same checker gives the verdict."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from cebook_utils.kernel.terms import Refused
from cebook_utils.kernel.tokens import DELTAS, PRODUCTS, SUMS, tokens
from cebook_utils.language.messages import ReadingError, StepError, reading_error

if TYPE_CHECKING:
    from cebook_utils.derivation.chain import Derivation

# Each has a name in ASCII too.
_TWINS = {name: twins for twins in (SUMS, PRODUCTS, DELTAS) for name in twins}


# The media type under which a notebook stores an exercise that nobody has answered yet.
EXERCISE = "application/vnd.cebook.exercise+json"


@dataclass(frozen=True)
class Verdict:
    """What is said of a reader's line: true as a condition only if the line was proved."""

    right: bool
    message: str
    exercise: dict[str, Any] | None = None  # what a page needs to take an answer, if there is none

    def __bool__(self) -> bool:
        return self.right

    def __repr__(self) -> str:
        return self.message

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {EXERCISE: self.exercise} if self.exercise else {}

    def _repr_markdown_(self) -> str:
        first, _, rest = self.message.partition("\n")
        if self.right:
            return f"**{first}** {rest}"
        return f"**{first}**" + (f"\n\n```text\n{rest}\n```" if rest else "")


def verdict(
    chain: Derivation, answer: Any, because: str, using: Any, without: Iterable[str]
) -> Verdict:
    """Right, wrong with a counterexample, or not answered yet."""
    without = _words(without)
    if answer in (..., None) or str(answer).strip() in ("", "…", "..."):
        given = _exercise(chain, because, using, without)
        return Verdict(False, "Your turn: write the next line as a string in place of …", given)
    try:
        _refuse(answer, without)
        chain.equals(answer, because=because, using=using)
    except StepError as error:
        return Verdict(False, f"Not yet.\n{error}")
    return Verdict(True, "Right.\nThe kernel proves it for all values and all sizes.")


def _words(without: Iterable[str]) -> tuple[str, ...]:
    """The words and signs that the answer does without, each of which a line can have."""
    if isinstance(without, str) or not isinstance(without, Iterable):
        raise StepError("without=… lists the words that the answer does without, as in ('D', 'Σ')")
    words = tuple(without)
    for word in words:
        if not _is_token(word):
            raise StepError(
                f"without=… lists single words and signs, as in ('D', 'Σ'), and {word!r} is none: no "
                "line has it, so nothing would be forbidden"
            )
    return words


def _is_token(word: object) -> bool:
    try:
        return isinstance(word, str) and [x.text for x in tokens(word)][:-1] == [word]
    except Refused:
        return False


def _exercise(
    chain: Derivation, because: str, using: Any, without: Iterable[str]
) -> dict[str, Any]:
    """The chain so far, and what the next line may rest on and has to do without."""
    facts, results = chain.cited(using)
    certificate = chain.proofs[-1].certificate()
    return {
        "title": chain.title,
        "names": dict(chain.setting.latex_of),
        "certificate": certificate,
        "because": because,
        "using": list(facts),
        "results": [result.proof.certificate() for result in results],
        "without": [twin for name in without for twin in _TWINS.get(name, (name,))],
    }


def _refuse(answer: Any, without: Iterable[str]) -> None:
    """An answer that repeats the question in the notation it was to do without is no answer."""
    if not isinstance(answer, str):
        raise ReadingError("", None, f"a line is a string, not {type(answer).__name__}")
    forbidden = {twin: name for name in without for twin in _TWINS.get(name, (name,))}
    try:
        found = tokens(answer)
    except Refused as refused:
        raise reading_error(refused) from None
    for token in found:
        if token.text in forbidden:
            line = " ".join(answer.split())
            raise ReadingError(line, token.place, f"write the line without {forbidden[token.text]}")
