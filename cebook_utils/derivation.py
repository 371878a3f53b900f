"""A chain of steps, each of them refuted, proved, or an error."""

from dataclasses import replace

import sympy as sp

from cebook_utils.certificates import prove_ordered
from cebook_utils.display import aligned, label, overall, plain, plain_line, record, report
from cebook_utils.errors import ReadingError, StepError
from cebook_utils.exercise import verdict
from cebook_utils.explaining import explain
from cebook_utils.limits import prove_limit
from cebook_utils.places import read_approach, read_limit, read_point
from cebook_utils.proving import prove_equal
from cebook_utils.refuting import Claim, find_counterexample, holds_where_tried
from cebook_utils.steps import Step, Theorem

# The media type under which a notebook stores what a derivation proved.
RECORD = "application/vnd.cebook.derivation+json"


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
        return self._add(self._step("=", expression, because, using), None, numeric)

    def at_most(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is at most the next one; `gap` writes the difference as what cannot be < 0."""
        return self._add(self._step("≤", expression, because, using), gap, numeric)

    def at_least(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is at least the next one."""
        return self._add(self._step("≥", expression, because, using), gap, numeric)

    def less_than(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is strictly below the next one."""
        return self._add(self._step("<", expression, because, using), gap, numeric)

    def greater_than(self, expression, because="", using=(), gap=None, numeric=False):
        """This line is strictly above the next one."""
        return self._add(self._step(">", expression, because, using), gap, numeric)

    def tends_to(self, expression, when, because="", using=(), numeric=False):
        """This line tends to the next one when a name goes somewhere: `z -> oo`, `p -> 0+`."""
        step = Step(
            read_limit(self.setting, expression),
            "→",
            because,
            _names(using),
            approach=read_approach(self.setting, when),
            where=when,
        )
        return self._add(step, None, numeric)

    def at(self, point):
        """Evaluate this line at a point, `z = -3, y = 1`; the lines below are about that value."""
        last = self._last()
        fixed = (*last.fixed, *read_point(self.setting, point))
        self.steps.append(Step(last.formula, "at", fixed=fixed, where=point))
        return self

    def check(self, answer, because="", using=(), without=()):
        """The verdict on a reader's next line, which is not added to the chain."""
        return verdict(self, answer, because, using, without)

    # What a later derivation and a reader ask.

    @property
    def theorem(self):
        """What the whole chain shows, or None if it is no equation or inequality."""
        relations = {step.relation for step in self.steps[1:]}
        if not relations or not relations <= set("=≤≥<>"):
            return None
        left, right = self.steps[0].formula.expr, self.steps[-1].formula.expr
        facts = [fact for step in self.steps for fact in self._facts(step.using)]
        letters = {*self.setting.free_indices(left), *self.setting.free_indices(right)}
        # The index at which labels are one-hot is one index, not any.
        letters -= {fact.at for fact in facts}
        sign, letters = overall(self.steps), tuple(sorted(letters, key=str))
        return Theorem(self.title, left, sign, right, letters, bool(facts))

    # How a step is checked.

    def _last(self):
        if not self.steps:
            raise ReadingError("", None, f'"{self.title}" has no first line yet: call start(…)')
        return self.steps[-1]

    def _step(self, relation, expression, because, using):
        return Step(self.setting.read(expression), relation, because, _names(using))

    def _add(self, step, gap, numeric):
        last = self._last()
        step.fixed = last.fixed
        self._check_direction(step.relation)
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
        self._check_divisors(last, step, number)
        self._check_gap(claim, gap, number)
        proof = self._proof(step, claim, gap)
        if proof is not None:
            return "proved", proof.how, self._needless(step, claim, gap, proof)
        if not numeric:
            raise StepError(self._unproved(number, last, step, search))
        return "numeric", f"{search.points} points, 80 digits", ()

    def _claim(self, step, last):
        return Claim(
            self.setting, last.formula.expr, step.relation, step.formula.expr,
            self._facts(step.using), step.fixed, step.approach,
        )  # fmt: skip

    def _check_divisors(self, last, step, number):
        """What is 0 everywhere divides nothing, also where SymPy has cancelled it."""
        for divisor in (*last.formula.divisors, *step.formula.divisors):
            zero = Claim(
                self.setting, divisor, "=", sp.Integer(0), self._facts(step.using), step.fixed
            )
            if holds_where_tried(zero) and prove_equal(zero):
                raise StepError(f'Step {number} of "{self.title}" divides by what is always 0.')

    def _check_gap(self, claim, gap, number):
        """A certificate has to be the difference of the two sides."""
        if gap is None:
            return
        difference = (
            claim.right - claim.left if claim.relation in "≤<" else claim.left - claim.right
        )
        certificate = self.setting.read(gap).expr
        same = replace(claim, left=difference, relation="=", right=certificate)
        if find_counterexample(same).counterexample is not None:
            raise StepError(
                f'Step {number} of "{self.title}": the certificate gap = {gap} is not the '
                f"difference of the two sides."
            )

    def _proof(self, step, claim, gap):
        theorems = self._theorems(step.using)
        if step.relation == "=":
            return prove_equal(claim, theorems)
        if step.relation == "→":
            return prove_limit(claim)
        certificate = None if gap is None else self.setting.read(gap).expr
        return prove_ordered(claim, certificate, theorems)

    def _unproved(self, number, last, step, search):
        sign, what = plain_line(step)
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

    def _needless(self, step, claim, gap, proof):
        """The citations without which the step holds, and is proved, just as well."""
        return tuple(
            name for name in step.using if not self._is_needed(name, step, claim, gap, proof)
        )

    def _is_needed(self, name, step, claim, gap, proof):
        if repr(name) in proof.how:
            return True
        without = replace(step, using=tuple(other for other in step.using if other != name))
        weaker = replace(claim, cited=self._facts(without.using))
        if find_counterexample(weaker).counterexample is not None:
            return True
        if name in self.setting.facts or step.relation == "=":
            return False
        return self._proof(without, weaker, gap) is None

    def _check_direction(self, relation):
        against = {"≤": "≥>", "<": "≥>", "≥": "≤<", ">": "≤<"}.get(relation, "")
        for step in self.steps:
            if step.relation and step.relation in against:
                raise StepError(
                    f'"{self.title}" goes both up and down: {step.relation}, {relation}'
                )

    # What the reader sees.

    @property
    def label(self):
        """The name under which other pages refer to this derivation's number."""
        return label(self.title)

    def report(self):
        """How each step was proved."""
        return report(self.title, self.steps)

    def __repr__(self):
        return plain(self.title, self.steps)

    def _repr_latex_(self):
        return f"$$\n{aligned(self.setting, self.steps)}\n$$" if self.steps else None

    def _repr_markdown_(self):
        return f"{self._repr_latex_()} ({self.label})" if self.steps else None

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {RECORD: record(self.setting, self.title, self.steps)} if self.steps else {}


def _names(using):
    return (using,) if isinstance(using, str) else tuple(using)
