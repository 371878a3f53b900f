"""A chain of steps, each of them refuted, proved, or an error."""

import ast
import re
from dataclasses import dataclass, replace

import sympy as sp

from cebook_utils.errors import ReadingError, StepError
from cebook_utils.explaining import explain
from cebook_utils.printing import latex
from cebook_utils.proving import prove_equal, prove_limit, prove_ordered
from cebook_utils.reading import Formula
from cebook_utils.refuting import Approach, Claim, find_counterexample

_SIGNS = {"=": "=", "≤": r"\le", "≥": r"\ge", "<": "<", ">": ">"}
_STAMPS = {"proved": ("✓", r"\checkmark"), "numeric": ("≈", r"\approx")}
_LONG_LEFT_SIDE = 60


@dataclass
class Step:
    """One line: its relation to the line before, and how that was checked."""

    formula: Formula
    relation: str = ""
    because: str = ""
    using: tuple = ()
    status: str = ""
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
    letters: tuple
    facts: tuple


class Derivation:
    r"""A chain of equalities and inequalities in which every sign is checked.

    .. math:: e_0 = e_1 \le e_2 = \dots

    A step is first attacked with values at many points, then proved; a step that is neither
    refuted nor proved is an error. Quantities are dimensionless unless the setting says so;
    logarithms are natural (nats), and 0 log 0 = 0.

    Raises
    ------
    StepError
        when a step is wrong (with a counterexample) or is not proved.
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

    def __init__(self, title, setting):
        self.title = title
        self.setting = setting
        self.steps = []

    # What an author writes.

    def start(self, expression):
        """The first line."""
        self.steps = [Step(self.setting.read(expression))]
        self.setting.theorems[self.title] = self
        return self

    def equals(self, expression, because="", using=(), numeric=False):
        """The next line is equal to this one."""
        return self._add("=", expression, because, using, None, numeric)

    def at_most(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is at most the next one; `gap` writes the difference as what cannot be < 0."""
        return self._add("≤", expression, because, using, gap, numeric)

    def at_least(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is at least the next one."""
        return self._add("≥", expression, because, using, gap, numeric)

    def less_than(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is strictly below the next one."""
        return self._add("<", expression, because, using, gap, numeric)

    def greater_than(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is strictly above the next one."""
        return self._add(">", expression, because, using, gap, numeric)

    def tends_to(self, expression, when, because="", using=(), numeric=False):
        """This line tends to the next one when a name goes somewhere: `z -> oo`, `p -> 0+`."""
        approach = self._approach(when)
        return self._add("→", expression, because, using, None, numeric, approach, when)

    def at(self, point):
        """Evaluate this line at a point, `z = -3, y = 1`; the lines below are about that value."""
        last = self._last()
        fixed = (*last.fixed, *self._assignments(point))
        self.steps.append(Step(last.formula, "at", status="proved", fixed=fixed, where=point))
        return self

    def check(self, answer, because="", using=(), without=()):
        """The verdict on a reader's next line, which is not added to the chain."""
        from cebook_utils.exercise import verdict

        return verdict(self, answer, because, using, without)

    # What a later derivation and a reader ask.

    @property
    def theorem(self):
        """What the whole chain shows, or None if it is no equation or inequality."""
        relations = {step.relation for step in self.steps[1:]}
        if not relations or not relations <= set("=≤≥<>"):
            return None
        relation = min(relations, key="<>≤≥=".index)
        facts = {fact.name: fact for step in self.steps for fact in self._facts(step.using)}
        left, right = self.steps[0].formula.expr, self.steps[-1].formula.expr
        letters = tuple({*self.setting.free_indices(left), *self.setting.free_indices(right)})
        return Theorem(self.title, left, relation, right, letters, tuple(facts.values()))

    def report(self):
        """How each step was proved."""
        rows = [self.title]
        for number, step in enumerate(self.steps[1:], start=1):
            sign, what = _plain_line(step)
            note = "".join(f"; no need to cite {name!r}" for name in step.needless)
            rows.append(f"  {number}. {step.status}: {sign} {what}  [{step.how}{note}]")
        return "\n".join(rows)

    # How a step is checked.

    def _last(self):
        if not self.steps:
            raise ReadingError("", None, f'"{self.title}" has no first line yet: call start(…)')
        return self.steps[-1]

    def _add(self, relation, expression, because, using, gap, numeric, approach=None, where=""):
        last = self._last()
        using = (using,) if isinstance(using, str) else tuple(using)
        step = Step(
            self.setting.read(expression) if approach is None else self._limit(expression),
            relation, because, using, approach=approach, fixed=last.fixed, where=where,
        )  # fmt: skip
        self._check_direction(relation)
        self._verify(step, last, gap, numeric)
        self.steps.append(step)
        return self

    def _verify(self, step, last, gap, numeric):
        key = (last.formula.text, step.relation, step.formula.text, step.using, gap, numeric,
               str(step.fixed), step.where)  # fmt: skip
        if key not in self.setting.proofs:
            self.setting.proofs[key] = self._verified(step, last, gap, numeric)
        step.status, step.how, step.needless = self.setting.proofs[key]

    def _verified(self, step, last, gap, numeric):
        claim = self._claim(step, last)
        number = len(self.steps)
        search = find_counterexample(claim)
        if search.counterexample is not None:
            facts = self.setting.facts.values()
            raise StepError(explain(self.title, number, last, step, claim, search, facts))
        if search.points == 0:
            raise StepError(
                f'Step {number} of "{self.title}": the two sides have no value at the points '
                f"that were tried (a division by zero, the logarithm of a negative number?)."
            )
        proof = self._proof(step, claim, gap, number)
        if proof is not None:
            return "proved", proof.how, self._needless(step, claim, proof)
        if not numeric:
            raise StepError(self._unproved(number, last, step, search))
        return "numeric", f"{search.points} points, 80 digits", ()

    def _claim(self, step, last):
        return Claim(
            self.setting, last.formula.expr, step.relation, step.formula.expr,
            self._facts(step.using), step.fixed, step.approach,
        )  # fmt: skip

    def _proof(self, step, claim, gap, number):
        theorems = self._theorems(step.using)
        if step.relation == "=":
            return prove_equal(claim, theorems)
        if step.relation == "→":
            return prove_limit(claim)
        if gap is None:
            return prove_ordered(claim, None, theorems)
        certificate = self.setting.read(gap).expr
        small, large = (claim.left, claim.right)
        if step.relation in "≥>":
            small, large = large, small
        same = replace(claim, left=large - small, relation="=", right=certificate)
        if find_counterexample(same).counterexample is not None:
            raise StepError(
                f'Step {number} of "{self.title}": the certificate gap = {gap} is not the '
                f"difference of the two sides."
            )
        return prove_ordered(claim, certificate, theorems)

    def _unproved(self, number, last, step, search):
        sign, what = _plain_line(step)
        return (
            f'Step {number} of "{self.title}" is not proved.\n'
            f"        {last.formula.text}\n      {sign} {what}\n"
            f"  It holds at the {search.points} points that were tried. Split it into smaller steps"
            + (
                ", or give the certificate: gap=…."
                if step.relation in "≤≥<>"
                else ", or write numeric=True to show it with the stamp ≈."
            )
        )

    def _facts(self, using):
        """The facts that are cited, also those that a cited result rests on."""
        found = {}
        for name in using:
            if name in self.setting.facts:
                found[name] = self.setting.facts[name]
            elif name in self.setting.theorems and name != self.title:
                for step in self.setting.theorems[name].steps:
                    found |= {fact.name: fact for fact in self._facts(step.using)}
            elif name not in self.setting.names:
                known = ", ".join(repr(n) for n in [*self.setting.facts, *self.setting.theorems])
                raise StepError(f"There is no fact {name!r} to cite; there is {known or 'none'}.")
        return tuple(found.values())

    def _theorems(self, using):
        cited = [self.setting.theorems[name] for name in using if name in self.setting.theorems]
        for derivation in cited:
            if any(step.status == "numeric" for step in derivation.steps):
                raise StepError(f"{derivation.title!r} is not proved, so it cannot be cited.")
        return [d.theorem for d in cited if d.theorem is not None]

    def _needless(self, step, claim, proof):
        """The citations without which the step holds just as well."""
        needless = []
        for name in step.using:
            if name in self.setting.facts:
                rest = tuple(fact for fact in claim.cited if fact.name != name)
                if find_counterexample(replace(claim, cited=rest)).counterexample is None:
                    needless.append(name)
            elif repr(name) not in proof.how:
                needless.append(name)
        return tuple(needless)

    def _check_direction(self, relation):
        against = {"≤": "≥>", "<": "≥>", "≥": "≤<", ">": "≤<"}.get(relation, "")
        for step in self.steps:
            if step.relation and step.relation in against:
                raise StepError(
                    f'"{self.title}" goes both up and down: {step.relation}, {relation}'
                )

    # Points and limits.

    def _limit(self, expression):
        limits = {"oo": sp.oo, "-oo": -sp.oo}
        text = expression.replace(" ", "").replace("∞", "oo")
        if text not in limits:
            return self.setting.read(expression)
        return Formula(text, ast.parse(text, mode="eval").body, limits[text])

    def _approach(self, when):
        found = re.fullmatch(r"\s*(.+?)\s*(?:->|→)\s*(.+?)\s*([+-]?)\s*", when)
        if not found:
            raise ReadingError(when, 0, "a limit is written z -> oo or p -> 0+")
        name = self._primitive(found[1], when)
        target = found[2].replace("∞", "oo")
        if target in ("oo", "-oo"):
            return Approach(name, sp.oo if target == "oo" else -sp.oo, 0)
        value = self.setting.read(target).expr
        if not value.is_number:
            raise ReadingError(when, 0, "a limit goes to a number or to oo")
        return Approach(name, value, -1 if found[3] == "-" else 1)

    def _assignments(self, point):
        pairs = []
        for part in re.split(r",(?![^\[]*\])", point):
            name, sign, value = part.partition("=")
            if not sign:
                raise ReadingError(point, 0, "a point is written z = -3, y = 1")
            number = self.setting.read(value).expr
            if not number.is_Rational:
                raise ReadingError(point, 0, "the values of a point are rational numbers")
            pairs.append((self._primitive(name, point), number))
        return pairs

    def _primitive(self, text, whole):
        name = self.setting.read(text).expr
        primitive = isinstance(name, sp.Symbol | sp.Indexed)
        if not primitive or self.setting.definition_of(name) is not None:
            raise ReadingError(whole, 0, f"{text.strip()!r} is not a name that was declared free")
        return name

    # What the reader sees.

    def __repr__(self):
        lines = [self.title]
        for number, step in enumerate(self.steps):
            sign, what = _plain_line(step)
            stamp = _STAMPS[step.status][0] if number and step.relation != "at" else ""
            indent = "  " if number else "    "
            reason = f"    {step.because}" if step.because else ""
            lines.append(f"{indent}{sign}{stamp}{' ' if number else ''}{what}{reason}")
        return "\n".join(lines)

    def _repr_latex_(self):
        return f"$$\n{self._aligned()}\n$$"

    def _repr_markdown_(self):
        return f"$$\n{self._aligned()}\n$$ ({self.label})"

    @property
    def label(self):
        """The name under which other pages refer to this derivation's number."""
        plain = re.sub(r"[^\w]+", "-", re.sub(r"\$[^$]*\$", "", self.title).lower()).strip("-")
        return f"eq-{plain}"

    def _aligned(self):
        rows = []
        start = latex(self.steps[0].formula.tree, self.setting.names)
        if len(start) > _LONG_LEFT_SIDE or len(self.steps) == 1:
            rows.append(f"& {start}")
            start = ""
        for step in self.steps[1:]:
            rows.append(self._row(start, step))
            start = ""
        return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"

    def _row(self, start, step):
        tex = latex(step.formula.tree, self.setting.names)
        if step.relation == "at":
            where = self._latex_of_point(step.where)
            return rf"{start}\left.{tex}\right|_{{{where}}}"
        stamp = _STAMPS[step.status][1]
        if step.approach is not None:
            sign = rf"\xrightarrow[{self._latex_of_approach(step)}]{{{stamp}}}"
        else:
            sign = rf"\overset{{{stamp}}}{{{_SIGNS[step.relation]}}}"
        reason = rf" && {_latex_of_reason(step.because)}" if step.because else ""
        return rf"{start} &{sign} {tex}{reason}"

    def _latex_of_point(self, point):
        parts = []
        for part in re.split(r",(?![^\[]*\])", point):
            sides = (
                latex(self.setting.read(side).tree, self.setting.names) for side in part.split("=")
            )
            parts.append(" = ".join(sides))
        return r",\, ".join(parts)

    def _latex_of_approach(self, step):
        approach = step.approach
        name = step.where.replace("→", "->").partition("->")[0]
        shown = latex(self.setting.read(name).tree, self.setting.names)
        side = {0: "", 1: "^{+}", -1: "^{-}"}[approach.direction]
        return rf"{shown} \to {sp.latex(approach.target)}{side}"


def _plain_line(step):
    if step.relation == "at":
        return "at", step.where
    where = f" as {step.where}" if step.relation == "→" else ""
    return step.relation, step.formula.text + where


def _latex_of_reason(because):
    """Words as text, and $mathematics$ as mathematics."""
    parts = []
    for number, part in enumerate(re.split(r"\$([^$]*)\$", because)):
        if number % 2:
            parts.append(part)
        elif part:
            parts.append(r"\text{" + re.sub(r"([_&%#{}])", r"\\\1", part) + "}")
    return "".join(parts)
