"""The setting of a derivation as an author writes it: its names, their domains, their facts."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from cebook_utils.kernel import setting as kernel_setting
from cebook_utils.kernel.consistency import declare, declared
from cebook_utils.kernel.declarations import parse_head
from cebook_utils.kernel.terms import Call, Param, Refused, Term
from cebook_utils.language import names, prelude, printer
from cebook_utils.language.messages import ReadingError, reading_error
from cebook_utils.language.witness import find_witness

# The media type under which a notebook stores the declarations of a setting one by one.
SETTING = "application/vnd.cebook.setting+json"

_DOMAINS = {
    "real": r"\in \mathbb{R}",
    "positive": "> 0",
    "nonnegative": r"\ge 0",
    "unit": r"\in (0, 1)",
    "binary": r"\in \{0, 1\}",
}
_RELATION = re.compile(r"(!=|≠|<=|>=|≤|≥|<|>)")
_ASCII = {"≠": "!=", "≤": "<=", "≥": ">="}
_PRELUDE = declared(prelude.LINES)
_LATEX = {"!=": r"\ne", "<=": r"\le", ">=": r"\ge", "<": "<", ">": ">"}


@dataclass(frozen=True)
class Row:
    """One declaration as a reader sees it: in text, and in LaTeX with its place of alignment."""

    plain: str
    latex: str


@dataclass(frozen=True, repr=False)
class Setting:
    r"""The names of a derivation, what they stand for, and the facts that steps may cite.

    A setting never changes: every declaration returns a new one, or is refused. Specifications
    hold several names separated by spaces; letters in square brackets are indices declared
    before. The words of the prelude (σ, tanh, softplus, relu, max, min, sqrt, …) need no
    declaration; who defines one anew gets his own.

    Raises
    ------
    ReadingError
        if a name is declared twice, looks like another on the page, is used before its
        declaration, cannot be read, or contradicts what was declared before.

    Examples
    --------
    >>> from cebook_utils import Setting
    >>> softmax = Setting().index("i j k", "C").real("z[i]")
    >>> softmax.let("p[i]", "exp(z[i]) / Σ(j, exp(z[j]))")
    i, j, k = 1, …, C
    z[i] real
    p[i] := exp(z[i]) / Σ(j, exp(z[j]))
    """

    kernel: kernel_setting.Setting = _PRELUDE
    rows: tuple[Row, ...] = ()
    latex_of: Mapping[str, str] = field(default_factory=dict)

    # What an author declares.

    def index(self, letters: str, size: str, least: int | None = None) -> Setting:
        """Declare index letters that run over 1 … size, for every size from `least` on (1)."""
        made = self._without_words(*letters.split(), size)
        least = least or self.kernel.sizes.get(size, 1)
        made = made._declare("index", letters, size, str(least))
        for name in (*letters.split(), size):
            made = made._named(name, None)
        listed = ", ".join(letters.split())
        shown = ", ".join(names.latex_of_letter(letter) for letter in letters.split())
        last = names.latex_of_name(size, made.latex_of)
        note, note_latex = (
            (f", {size} ≥ {least}", rf",\ {last} \ge {least}") if least > 1 else ("", "")
        )
        return made._show(
            f"{listed} = 1, …, {size}{note}", rf"{shown} &= 1, \dots, {last}{note_latex}"
        )

    def real(self, specs: str, latex: str | None = None) -> Setting:
        """Declare real numbers, or families of them."""
        return self._domain("real", specs, latex)

    def positive(self, specs: str, latex: str | None = None) -> Setting:
        """Declare numbers above 0."""
        return self._domain("positive", specs, latex)

    def nonnegative(self, specs: str, latex: str | None = None) -> Setting:
        """Declare numbers that are not below 0."""
        return self._domain("nonnegative", specs, latex)

    def unit(self, specs: str, latex: str | None = None) -> Setting:
        """Declare numbers strictly between 0 and 1."""
        return self._domain("unit", specs, latex)

    def binary(self, specs: str, latex: str | None = None) -> Setting:
        """Declare numbers that are 0 or 1."""
        return self._domain("binary", specs, latex)

    def distribution(self, spec: str, positive: bool = False, latex: str | None = None) -> Setting:
        """Declare numbers that are not below 0, with the citable fact that they sum to one.

        With `positive=True` none of them is 0, so that they have logarithms. A family with
        several indices sums to one over the last.
        """
        made = self._domain("positive" if positive else "nonnegative", spec, latex)
        name, letters = self._family(spec)
        made = made._declare("sums to one", name)
        return made._show_fact(f"{name} sums to one", f"Σ({letters[-1]}, {spec})", "1")

    def one_hot(self, spec: str, at: str, latex: str | None = None) -> Setting:
        """Let a family be cited as one-hot: 1 at the index `at`, 0 elsewhere."""
        name, letters = self._family(spec, at)
        made = self if name in self.kernel.ranges else self._domain("nonnegative", spec, latex)
        made = made._declare("one-hot", name, at)
        return made._show_fact(f"{name} is one-hot", spec, f"δ({letters[-1]}, {at})")

    def let(self, head: str, body: str, latex: str | None = None) -> Setting:
        """Define a quantity `Z`, a family `p[i]` or a function `σ(t)`."""
        return self._define("let", head, body, latex, "", "")

    def lemma(self, head: str, body: str, latex: str | None = None) -> Setting:
        """Define a function of one t > 0 and prove that it is nowhere negative.

        The proof is by convexity: g(1) = g'(1) = 0 and g'' > 0 for all t > 0.
        """
        note = r" && \text{lemma: never negative}"
        return self._define("lemma", head, body, latex, "    lemma: never negative", note)

    def fact(self, title: str, equation: str) -> Setting:
        """An equation `name == expression` that steps may cite; it keeps the name's domain."""
        sides = equation.split("==")
        if len(sides) != 2:
            raise ReadingError(equation, None, "a fact is one equation: name == expression")
        left, right = sorted(map(str.strip, sides), key=lambda side: not self._is_free(side))
        if not self._is_free(left):
            raise ReadingError(equation, 0, "one side of a fact is a name that was declared free")
        names.check_words(title)
        made = self._declare("fact", title, left, right)
        return made._show_fact(title, *map(str.strip, sides))

    def where(self, condition: str, witness: str = "") -> Setting:
        """A condition, `z != 0` or `0 < m`, on all values that are spoken of from here on.

        It has to be possible together with all others: numbers that satisfy it are found, or
        given, `witness="m = 1/2, y[n] = δ(n, 1)"`.
        """
        parts = _RELATION.split(condition)
        if len(parts) not in (3, 5):
            raise ReadingError(condition, None, "a condition is written z != 0, 0 < m or 0 < m < 1")
        made = self
        for left, sign, right in zip(parts[0::2], parts[1::2], parts[2::2], strict=False):
            line = ("where", left.strip(), _ASCII.get(sign, sign), right.strip())
            given = _pairs(witness) or find_witness(made.kernel, line)
            made = made._declare(*line, *given)
        return made._show_condition(condition, parts)

    # What the rest of the core asks.

    def read(self, text: str) -> Term:
        """The term of a line."""
        try:
            return self.kernel.read(_text(text))
        except Refused as refused:
            raise reading_error(refused) from None

    def latex(self, e: Term) -> str:
        """The LaTeX of a term."""
        try:
            return printer.latex(e, self.kernel, self.latex_of)
        except RecursionError:
            why = "this is nested too deeply to be shown: define a part of it by let"
            raise ReadingError("", None, why) from None

    @property
    def own_names(self) -> tuple[str, ...]:
        """What the author declared, in order, without the words of the prelude."""
        known = (
            *self.kernel.sizes,
            *self.kernel.letters,
            *self.kernel.ranges,
            *self.kernel.functions,
        )
        return tuple(x for x in known if not self._is_word(x))

    # How a declaration is made.

    def _family(self, spec: str, *used: str) -> tuple[str, tuple[str, ...]]:
        """The name and the letters of a fact about a whole family, which is shown with them."""
        name, letters, _ = _head(spec)
        if len({*letters, *used}) < len(letters) + len(used) or any(i.isdigit() for i in letters):
            raise ReadingError(
                spec, 0, f"this is about all of {name}: write a letter of its own for each index"
            )
        return name, letters

    def _is_word(self, name: str) -> bool:
        line = prelude.LINE_OF.get(name)
        return line is not None and tuple(line) in self.kernel.lines

    def _is_free(self, spec: str) -> bool:
        try:
            return parse_head(spec)[0] in self.kernel.kinds
        except Refused:
            return False

    def _without_words(self, *defined: str) -> Setting:
        """The setting without these words of the prelude, if they are to be defined anew."""
        if not any(self._is_word(name) for name in defined):
            return self
        gone = prelude.needing({x for x in defined if self._is_word(x)})
        kept = [line for line in self.kernel.lines if list(line) not in gone]
        try:
            return replace(self, kernel=declared(kept))
        except Refused:
            words = ", ".join(defined)
            raise ReadingError(
                words, 0, "an earlier line uses this word of the prelude: define it before that"
            ) from None

    def _declare(self, *line: str) -> Setting:
        try:
            return replace(self, kernel=declare(self.kernel, *map(_text, line)))
        except Refused as refused:
            raise reading_error(refused) from None

    def _domain(self, kind: str, specs: str, latex: str | None) -> Setting:
        made = self
        listed = specifications(specs)
        if not listed:
            raise ReadingError(specs, None, "a declaration names at least one number")
        for spec in listed:
            name = _head(spec)[0]
            made = made._without_words(name)._declare(kind, spec)._named(name, latex)
        shown = ", ".join(made.latex(made.read(spec)) for spec in listed)
        return made._show(f"{', '.join(listed)} {kind}", f"{shown} &{_DOMAINS[kind]}")

    def _named(self, name: str, latex: str | None) -> Setting:
        """The setting in which a name is shown so, and like no other one."""
        made = self
        if latex is not None:
            names.check_latex(latex)
            made = replace(self, latex_of={**self.latex_of, name: latex})
        others = [x for x in made.own_names if x != name]
        twin = names.look_alike(name, others, made.latex_of, made.kernel)
        if twin is not None:
            raise ReadingError(name, 0, f"{name!r} would look like {twin!r} on the page")
        return made

    def _define(
        self, kind: str, head: str, body: str, latex: str | None, note: str, note_latex: str
    ) -> Setting:
        name, letters, params = _head(head)
        made = self._without_words(name)._declare(kind, head, body)._named(name, latex)
        definition = made.kernel.definitions[name]
        called: Term = made.read(head) if params is None else Call(name, tuple(map(Param, letters)))
        shown = f"{made.latex(called)} &:= {made.latex(definition.body)}{note_latex}"
        return made._show(f"{head} := {_text(body)}{note}", shown)

    # What the reader sees.

    def _show(self, plain: str, latex: str) -> Setting:
        return replace(self, rows=(*self.rows, Row(plain, latex)))

    def _show_fact(self, title: str, left: str, right: str) -> Setting:
        sides = " &= ".join(self.latex(self.read(side)) for side in (left, right))
        words = names.latex_of_words(title)
        return self._show(
            f"fact {title!r}: {left} = {right}", rf"{sides} && \text{{fact: }}{words}"
        )

    def _show_condition(self, condition: str, parts: list[str]) -> Setting:
        shown = [
            _LATEX[_ASCII.get(part, part)] if n % 2 else self.latex(self.read(part))
            for n, part in enumerate(parts)
        ]
        return self._show(f"where {_text(condition)}", f"{shown[0]} &{' '.join(shown[1:])}")

    def __repr__(self) -> str:
        return "\n".join(row.plain for row in self.rows)

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, Any]:
        return {SETTING: {"rows": [row.latex for row in self.rows]}}

    def _repr_latex_(self) -> str:
        rows = " \\\\\n".join(row.latex for row in self.rows)
        return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$"


def specifications(specs: str) -> list[str]:
    """The single declarations in 'w[j] x[n, j] b', spaces inside brackets left alone."""
    return re.findall(r"[^\s\[]+(?:\[[^\]]*\])?", _text(specs))


def _head(head: str) -> tuple[str, tuple[str, ...], tuple[str, ...] | None]:
    try:
        return parse_head(_text(head))
    except Refused as refused:
        raise reading_error(refused) from None


def _text(text: object) -> str:
    """The text on one line, with single spaces."""
    if not isinstance(text, str):
        raise ReadingError("", None, f"a formula is a string, not {type(text).__name__}: {text!r}")
    return " ".join(text.split())


def _pairs(point: str) -> tuple[str, ...]:
    """`m = 1/2, y[n] = δ(n, 1)`: names and their values, in turn."""
    found: list[str] = []
    for part in filter(None, re.split(r",(?![^\[(]*[\])])", point)):
        name, sign, value = part.partition("=")
        if not sign:
            raise ReadingError(point, 0, "a point is written z = -3, y = 1")
        found += [name.strip(), value.strip()]
    return tuple(found)
