"""A derivation: a chain of lines in which every sign is checked."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from cebook_utils.derivation import display, records
from cebook_utils.derivation.checking import (
    are_proved,
    check_direction,
    check_point,
    find_limit,
    prove,
)
from cebook_utils.derivation.exercise import Verdict, verdict
from cebook_utils.derivation.lines import Line, Relation
from cebook_utils.derivation.places import INFINITE, read_approach, read_point
from cebook_utils.kernel.certificates import Proof, begin
from cebook_utils.language import names
from cebook_utils.language.messages import ReadingError, StepError
from cebook_utils.language.setting import Setting


@dataclass(frozen=True, repr=False, eq=False)
class Derivation:
    r"""A chain of equalities and inequalities in which every sign is checked.

    .. math:: e_0 = e_1 \le e_2 = \dots

    The kernel proves each line, for all sizes and all values that the setting allows; a line that
    it refuses is an error, with a counterexample where one is found. A derivation never changes:
    every line makes a new one. Quantities are dimensionless unless the setting says so;
    logarithms are natural (nats). Both lines have a value everywhere, so 0 log 0 has to be
    avoided or said otherwise.

    Raises
    ------
    StepError
        when a line is wrong (with a counterexample) or is not proved.
    ReadingError
        when a formula cannot be read; it is a StepError too.

    Examples
    --------
    >>> from cebook_utils import Derivation, Setting
    >>> binary = Setting().real("z").let("σ(t)", "1 / (1 + exp(-t))")
    >>> (Derivation("Slope of the sigmoid", binary)
    ...  .start("D(σ(z), z)")
    ...  .equals("σ(z) * (1 - σ(z))", because="quotient rule"))
    Slope of the sigmoid
        D(σ(z), z)
      =✓ σ(z) * (1 - σ(z))    quotient rule
    """

    title: str
    setting: Setting
    lines: tuple[Line, ...] = ()
    proofs: tuple[Proof, ...] = ()  # one chain of the kernel; after a limit, another one

    def __post_init__(self) -> None:
        names.check_words(self.title)
        if not are_proved(self.setting, self.lines, self.proofs):
            raise StepError(f'"{self.title}" holds lines that nobody has proved.')

    # What an author writes.

    def start(self, expression: str) -> Derivation:
        """The first line."""
        term = self.setting.read(expression)
        line = Line(Relation.START, _tidy(expression), term)
        return replace(
            self, lines=(line,), proofs=(begin(self.setting.kernel, self.title, line.text),)
        )

    def equals(self, expression: str, because: str = "", using: Any = ()) -> Derivation:
        """The next line is equal to this one."""
        return self._add(Relation.EQUAL, expression, because, using)

    def at_most(
        self, expression: str, because: str = "", using: Any = (), gap: str | None = None
    ) -> Derivation:
        """This line is at most the next one; `gap` writes the difference as what cannot be < 0."""
        return self._add(Relation.AT_MOST, expression, because, using, gap)

    def at_least(
        self, expression: str, because: str = "", using: Any = (), gap: str | None = None
    ) -> Derivation:
        """This line is at least the next one."""
        return self._add(Relation.AT_LEAST, expression, because, using, gap)

    def less_than(
        self, expression: str, because: str = "", using: Any = (), gap: str | None = None
    ) -> Derivation:
        """This line is strictly below the next one."""
        return self._add(Relation.BELOW, expression, because, using, gap)

    def greater_than(
        self, expression: str, because: str = "", using: Any = (), gap: str | None = None
    ) -> Derivation:
        """This line is strictly above the next one."""
        return self._add(Relation.ABOVE, expression, because, using, gap)

    def tends_to(self, expression: str, when: str, because: str = "") -> Derivation:
        """This line tends to the next one when a name goes somewhere: `z -> oo`, `p -> 0+`.

        Limits are SymPy's; their stamp is →, not ✓, and the kernel says nothing of them.
        """
        last = self._last()
        if last.term is None:
            raise StepError(f'"{self.title}" ends in an infinite limit.')
        text = _tidy(expression).replace("∞", "oo")
        term = None if text in INFINITE else self.setting.read(text)
        approach = read_approach(self.setting, when)
        names.latex_of_words(because)
        if last.point and approach.name.name in dict(last.point.values):
            raise ReadingError(when, 0, f"{approach.name.name} has a value at the point")
        line = Line(Relation.TENDS, text, term, because, point=last.point, approach=approach)
        find_limit(self, line)
        begun = () if term is None else (begin(self.setting.kernel, self.title, text),)
        return replace(self, lines=(*self.lines, line), proofs=(*self.proofs, *begun))

    def at(self, point: str) -> Derivation:
        """Evaluate this line at a point, `z = -3, y = 1`; the lines below are about that value."""
        last = self._last()
        here = read_point(self.setting, point)
        if last.point is not None:
            fixed = {name for name, _ in last.point.values}
            if fixed & {name for name, _ in here.values}:
                raise ReadingError(point, 0, "a name has one value at a point")
            here = last.point.and_then(here)
        check_point(self, last, here)
        line = Line(Relation.AT, last.text, last.term, point=here)
        return replace(self, lines=(*self.lines, line))

    def check(
        self, answer: Any, because: str = "", using: Any = (), without: Iterable[str] = ()
    ) -> Verdict:
        """The verdict on a reader's next line, which is not added to the chain."""
        return verdict(self, answer, because, using, without)

    # What a later derivation and a reader ask.

    @property
    def proof(self) -> Proof:
        """The kernel's proof of the whole chain, which a later line may cite."""
        places = (Relation.AT, Relation.TENDS)
        if (
            not self.proofs
            or not self.proofs[0].steps
            or any(x.relation in places for x in self.lines)
        ):
            raise StepError(
                f'"{self.title}" is no result for all values (it has no line, a limit or a '
                "point), so it cannot be cited."
            )
        return self.proofs[0]

    @property
    def number_of_next(self) -> int:
        """The number of the next step."""
        return 1 + sum(line.relation.is_checked for line in self.lines)

    # How a line is added.

    def _last(self) -> Line:
        if not self.lines:
            raise ReadingError("", None, f'"{self.title}" has no first line yet: call start(…)')
        return self.lines[-1]

    def _add(
        self, relation: Relation, expression: str, because: str, using: Any, gap: str | None = None
    ) -> Derivation:
        last = self._last()
        if last.term is None:
            raise StepError(f'"{self.title}" ends in an infinite limit.')
        facts, results = self.cited(using)
        names.latex_of_words(because)
        if gap is not None:
            self.setting.read(gap)
        line = Line(
            relation, _tidy(expression), self.setting.read(expression), because, facts, results,
            gap, last.point,
        )  # fmt: skip
        check_direction(self.lines, line)
        proof = prove(self, self.proofs[-1], line)
        return replace(self, lines=(*self.lines, line), proofs=(*self.proofs[:-1], proof))

    def cited(self, using: Any) -> tuple[tuple[str, ...], tuple[Derivation, ...]]:
        """The facts, by their titles, and the results, as objects, that a line cites."""
        single = isinstance(using, str | Derivation) or not isinstance(using, Iterable)
        listed = (using,) if single else tuple(using)
        facts = tuple(x for x in listed if isinstance(x, str))
        results = tuple(x for x in listed if isinstance(x, Derivation))
        if len(facts) + len(results) < len(listed):
            raise StepError("What is cited is the title of a fact, or a derivation.")
        for title in facts:
            if title not in self.setting.kernel.facts:
                known = ", ".join(map(repr, self.setting.kernel.facts)) or "none"
                raise StepError(
                    f"There is no fact {title!r} to cite; there is {known}. "
                    "A derivation is cited as an object: using=jacobian."
                )
        titles = [result.title for result in results]
        for title in titles:
            if titles.count(title) > 1:
                raise StepError(f"Two results with the title {title!r} are cited.")
        return facts, results

    # What the reader sees.

    @property
    def label(self) -> str:
        """The name under which other pages refer to this derivation's number."""
        return display.label(self.title)

    def report(self) -> str:
        """How each line was checked, and what need not have been cited."""
        return display.report(self)

    def certificates(self) -> list[dict[str, Any]]:
        """All that the kernel needs to judge every line again."""
        return [proof.certificate() for proof in self.proofs if proof.steps]

    def __repr__(self) -> str:
        return display.plain(self)

    def _repr_latex_(self) -> str | None:
        return f"$$\n{display.aligned(self)}\n$$" if self.lines else None

    def _repr_markdown_(self) -> str | None:
        return f"{self._repr_latex_()} ({self.label})" if self.lines else None

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {records.RECORD: records.record(self)} if self.lines else {}


def _tidy(text: str) -> str:
    if type(text) is not str:
        raise ReadingError("", None, f"a line is a text, not {type(text).__name__}: {text!r}")
    return " ".join(text.split())
