"""How one line is checked: the kernel is asked first; what it refuses is looked into."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import TYPE_CHECKING

from cebook_utils.bridge.limits import tends_to
from cebook_utils.derivation.lines import Line, Relation, step_of
from cebook_utils.derivation.places import read_point
from cebook_utils.derivation.records import refutation
from cebook_utils.kernel.certificates import Proof
from cebook_utils.kernel.certificates import overall as overall_sign
from cebook_utils.kernel.judgement import judge
from cebook_utils.kernel.premises import Claim
from cebook_utils.kernel.terms import Refused, Term, children, subterms
from cebook_utils.language.messages import StepError
from cebook_utils.language.printer import text as shown
from cebook_utils.language.setting import Setting
from cebook_utils.refuting.explaining import explain
from cebook_utils.refuting.hinting import hints
from cebook_utils.refuting.searching import Counterexample, refute
from cebook_utils.refuting.undefined import describe, no_value

if TYPE_CHECKING:
    from cebook_utils.derivation.chain import Derivation
    from cebook_utils.derivation.places import Point


def prove(chain: Derivation, proof: Proof, line: Line) -> Proof:
    """The kernel's chain with one more line, or an error that says what is wrong with it."""
    try:
        return proof.step(step_of(line))
    except Refused as refused:
        raise _error(chain, line, refused) from None


def _error(chain: Derivation, line: Line, refused: Refused) -> StepError:
    """A counterexample, or a point without a value, or what the kernel misses."""
    number, last = chain.number_of_next, chain.lines[-1]
    assert last.term is not None and line.term is not None
    example = _counterexample(chain, last.term, line)
    if example is not None:
        found = hints(example)
        message = explain(
            chain.title, number, last.text, line.text, line.relation.value, line.because, example,
            found,
        )  # fmt: skip
        return StepError(message, refutation(chain, last, line, example, found))
    for which, term in ((number, last.term), (number + 1, line.term)):
        hole = no_value(chain.setting.kernel, term, _facts(line), _point(line))
        if hole is not None:
            missing = describe(which, hole, shown)
            return StepError(f'Step {number} of "{chain.title}" is not proved: {missing}.')
    return StepError(unproved(chain, number, last, line, refused.why))


def _counterexample(chain: Derivation, left: Term, line: Line) -> Counterexample | None:
    assert line.term is not None
    return refute(
        chain.setting.kernel, left, line.relation.value, line.term, _facts(line), _point(line)
    )


def _facts(line: Line) -> tuple[str, ...]:
    cited = (fact for result in line.results for fact in result.proof.facts)
    return tuple(dict.fromkeys((*line.facts, *cited)))


def _point(line: Line) -> tuple[tuple[str, str], ...]:
    return line.point.values if line.point else ()


def unproved(chain: Derivation, number: int, last: Line, line: Line, why: str) -> str:
    """The message of a line that is neither proved nor refuted."""
    advice = (
        ", or give the certificate: gap=…." if line.relation.is_order else "."
    )  # fmt: skip
    return (
        f'Step {number} of "{chain.title}" is not proved.\n'
        f"        {last.text}\n      {line.relation.value} {line.words}\n"
        f"  The kernel says: {why}.\n"
        f"  No counterexample was found. Split it into smaller steps{advice}"
    )


def find_limit(chain: Derivation, line: Line) -> None:
    """SymPy's limit of the last line is the next one, or an error."""
    last = chain.lines[-1]
    assert last.term is not None and line.approach is not None
    trouble = tends_to(
        chain.setting.kernel, last.term, line.term, line.text, line.approach, last.point
    )
    if trouble:
        raise StepError(
            f'Step {chain.number_of_next} of "{chain.title}" is not shown.\n'
            f"        {last.text}\n      → {line.words}\n  {trouble}"
        )


def are_proved(setting: Setting, lines: Sequence[Line], proofs: Sequence[Proof]) -> bool:
    """Whether what is shown, first lines and points too, is what the kernel's chains hold.

    A limit begins a chain of its own, unless it is infinite: then nothing comes after it.
    """
    steps = [(step, proof) for proof in proofs for step in (None, *proof.steps)]
    held = iter(steps)
    for before, line in zip((None, *lines), lines, strict=False):
        if not _is_shown_as_read(setting, before, line):
            return False
        if line.term is None or line.relation is Relation.AT:
            continue
        step, proof = next(held, (None, None))
        if proof is None or not proof.is_judged or proof.setting.lines != setting.kernel.lines:
            return False
        begins = line.approach is not None or line.relation is Relation.START
        if (step, proof.start) != (None, line.text) if begins else step != step_of(line):
            return False
    return next(held, None) is None


def _is_shown_as_read(setting: Setting, before: Line | None, line: Line) -> bool:
    """Whether a line is the term of its text, and stands where the line before it leaves it."""
    if line.term is not None and not _are_same(setting.read(line.text), line.term):
        return False
    if before is None:
        return line.relation is Relation.START and line.point is None
    if before.term is None or line.relation is Relation.START:
        return False
    if line.relation is not Relation.AT:
        return line.point == before.point
    fixed = before.point.values if before.point else ()
    here = line.point
    return (
        here is not None
        and line.text == before.text
        and here.values[: len(fixed)] == fixed
        and read_point(setting, here.text) == here
    )


def _are_same(a: Term, b: Term) -> bool:
    """Whether two terms are equal, found without recursion: a long sum is a deep tree."""
    return all(x == y for x, y in zip_longest(_labels(a), _labels(b)))


def _labels(e: Term) -> Iterator[tuple[object, ...]]:
    """What each part of a term is, but for the terms in it, and how many these are."""
    for x in subterms(e):
        own = (value for name in x.__slots__ if not _is_term(value := getattr(x, name)))
        yield (type(x), len(children(x)), *own)


def _is_term(value: object) -> bool:
    return isinstance(value, Term) or isinstance(value, tuple) and any(map(_is_term, value))


def check_point(chain: Derivation, last: Line, point: Point) -> None:
    """The line has a value at the point, which the setting allows."""
    try:
        if last.term is not None:
            judge(Claim(chain.setting.kernel, last.term, "=", last.term, point=point.values))
    except Refused as refused:
        raise StepError(
            f'"{chain.title}" cannot be looked at where {point.text}: {refused.why}.'
        ) from None


def check_direction(lines: Sequence[Line], line: Line) -> None:
    """A chain may not go both up and down."""
    signs = [x.relation.value for x in (*lines, line) if x.relation.is_order]
    try:
        overall_sign(signs)
    except Refused as refused:
        raise StepError(refused.why[0].upper() + refused.why[1:] + ".") from None
