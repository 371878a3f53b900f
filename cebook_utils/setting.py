"""The setting of a derivation: its names, their domains, and the facts that may be cited."""

import ast

import sympy as sp

from cebook_utils import syntax
from cebook_utils.errors import ReadingError, StepError
from cebook_utils.names import (
    DOMAINS,
    Declared,
    Fact,
    convex_with_minimum_zero_at_one,
    specifications,
)
from cebook_utils.printing import latex, latex_name, look_alike
from cebook_utils.reading import read
from cebook_utils.vocabulary import index_symbol, name_of, occurrences

_NOTES = {
    "definition": ("", ""),
    "lemma": ("    lemma: never negative", r" && \text{lemma: never negative}"),
}


class Setting:
    r"""The names of a derivation, what they stand for, and the facts that steps may cite.

    Every method that declares something returns the setting. Specifications hold several names
    separated by spaces; letters in square brackets are indices declared before.

    Raises
    ------
    ReadingError
        if a name is declared twice, looks like another on the page, is used before its
        declaration, or cannot be read.

    Examples
    --------
    >>> from cebook_utils import Setting
    >>> softmax = Setting().index("i j k", "C").real("z[i]")
    >>> softmax.let("p[i]", "exp(z[i]) / Σ(j, exp(z[j]))")
    i, j, k = 1, …, C
    z[i] real
    p[i] := exp(z[i]) / Σ(j, exp(z[j]))
    """

    def __init__(self):
        self.names = {}
        self.facts = {}
        self.theorems = {}
        self.proofs = {}
        self._lines = []

    # What an author declares.

    def index(self, letters, size):
        """Declare index letters that run over 1 … size."""
        if size not in self.names:
            self._declare(Declared(size, "size", index_symbol(size)))
        elif self.names[size].kind != "size":
            raise ReadingError(size, 0, f"{size!r} is declared already, and not as a size")
        upper = self.names[size].head
        for letter in letters.split():
            self._declare(Declared(letter, "index", index_symbol(letter), ranges=(upper,)))
        listed = ", ".join(letters.split())
        shown = ", ".join(latex_name(letter, self.names) for letter in letters.split())
        last = latex_name(size, self.names)
        self._show(f"{listed} = 1, …, {size}", rf"{shown} &= 1, \dots, {last}")
        return self

    def real(self, names, latex=None):
        """Declare real numbers, or families of them."""
        return self._domain("real", names, latex)

    def positive(self, names, latex=None):
        """Declare numbers above 0."""
        return self._domain("positive", names, latex)

    def unit(self, names, latex=None):
        """Declare numbers strictly between 0 and 1."""
        return self._domain("unit", names, latex)

    def binary(self, names, latex=None):
        """Declare numbers that are 0 or 1."""
        return self._domain("binary", names, latex)

    def distribution(self, name, latex=None):
        """Declare positive numbers with the citable fact that they sum to one.

        Probabilities of exactly 0 follow by continuity, with 0 log 0 = 0. A family with several
        indices sums to one over the last.
        """
        self._domain("positive", name, latex)
        return self._sums_to_one(name)

    def one_hot(self, name, at):
        """Let a family be cited as one-hot: 1 at the index `at`, 0 elsewhere."""
        label, letters = self._family(name)
        self._need_index(at)
        if not letters or self.names[letters[-1]].ranges != self.names[at].ranges:
            raise ReadingError(
                name, 0, f"the last index of {name} has to run over the range of {at}"
            )
        if label not in self.names:
            self._domain("real", name, None)
        family, true_class = read(name, self.names).expr, self.names[at].head
        shown = f"{name} = δ({letters[-1]}, {at})"
        delta = sp.KroneckerDelta(self.names[letters[-1]].head, true_class)
        fact = Fact(f"{label} is one-hot", "one-hot", family, delta, shown, true_class)
        return self._add_fact(fact)

    def let(self, head, body, latex=None):
        """Define a quantity `Z`, a family `p[i]` or a function `σ(t)`."""
        return self._define(head, body, latex, kind="definition")

    def lemma(self, head, body, latex=None):
        """Define a function of one t > 0 and prove that it is nowhere negative.

        The proof is by convexity: g(1) = g'(1) = 0 and g'' > 0 for all t > 0.
        """
        self._define(head, body, latex, kind="lemma")
        declared = self.names[self._label(head)]
        if len(declared.parameters) != 1 or not convex_with_minimum_zero_at_one(declared):
            del self.names[declared.name]
            self._lines.pop()
            raise StepError(
                f"The lemma {head} ≥ 0 is not proved: it needs one argument t > 0, "
                f"{declared.name}(1) = {declared.name}'(1) = 0 and {declared.name}'' > 0."
            )
        return self

    def fact(self, name, equation):
        """An equation `name == expression` that steps may cite."""
        sides = equation.split("==")
        if len(sides) != 2:
            raise ReadingError(equation, None, "a fact is one equation: name == expression")
        left, right = (read(side, self.names) for side in sides)
        if not self._may_be_set(left.expr):
            left, right = right, left
        if not self._may_be_set(left.expr):
            raise ReadingError(equation, 0, "one side of a fact is a bare declared name")
        if name_of(left.expr) in {name_of(x) for x in occurrences(right.expr)}:
            raise ReadingError(equation, 0, "the name that a fact sets is on its other side too")
        if not set(self.free_indices(right.expr)) <= set(self.free_indices(left.expr)):
            raise ReadingError(
                equation, 0, "the name that a fact sets needs all of its free indices"
            )
        shown = f"{left.text} == {right.text}"
        return self._add_fact(Fact(name, "equation", left.expr, right.expr, shown))

    # What the checker asks.

    def read(self, text):
        """The formula in a string, in its two readings."""
        return read(text, self.names)

    def latex(self, formula):
        """The LaTeX of a formula that was read in this setting."""
        return latex(formula.tree, self.names)

    def definition_of(self, e):
        """The declaration behind a defined name, or None for any other expression."""
        declared = self.names.get(name_of(e))
        return declared if declared is not None and declared.body is not None else None

    def kind_of(self, e):
        """The kind of a name: its domain, or how it was defined; None for a parameter."""
        declared = self.names.get(name_of(e))
        return declared.kind if declared is not None else None

    def depth(self, name):
        """How many layers of definitions stand under a name."""
        declared = self.names.get(name)
        if declared is None or declared.body is None:
            return 0
        return 1 + max((self.depth(name_of(x)) for x in occurrences(declared.body)), default=0)

    def free_indices(self, e):
        """The free indices of an expression, also those inside its definitions, in order."""
        found, waiting, seen = set(), [e], set()
        while waiting:
            part = waiting.pop()
            found |= {x for x in part.free_symbols if self._is_index(x)}
            for x in occurrences(part):
                declared = self.definition_of(x)
                if declared is not None and declared.name not in seen:
                    seen.add(declared.name)
                    body = declared.body
                    waiting.append(body.xreplace({p: sp.Integer(1) for p in declared.parameters}))
        return sorted(found, key=str)

    def sizes(self):
        """The sizes in the order of their declaration."""
        return [declared.head for declared in self.names.values() if declared.kind == "size"]

    # How it is kept.

    def _declare(self, declared):
        name = declared.name
        if not isinstance(syntax.parse(name), ast.Name) or name.startswith("_"):
            raise ReadingError(name, 0, f"{name!r} cannot be a name")
        if name == "e" and declared.kind != "index":
            raise ReadingError(name, 0, "'e' is shown as the base of exp")
        if name in self.names:
            raise ReadingError(name, 0, f"{name!r} is declared already")
        # D(f, v) is a derivative, and D alone the number of features.
        if name in syntax.RESERVED and (name, declared.kind) != (syntax.DERIVATIVE, "size"):
            raise ReadingError(name, 0, f"{name!r} has a meaning of its own in every formula")
        for other in self.names.values():
            if look_alike(declared, other):
                raise ReadingError(name, 0, f"{name!r} would look like {other.name!r} on the page")
        self.names[name] = declared

    def _domain(self, kind, names, latex_of_name):
        assumptions, shown = DOMAINS[kind]
        specs = specifications(names)
        for spec in specs:
            label, indices = self._family(spec)
            ranges = tuple(self.names[index].ranges[0] for index in indices)
            head = (sp.IndexedBase if indices else sp.Symbol)(label, **assumptions)
            self._declare(Declared(label, kind, head, ranges=ranges, latex=latex_of_name))
        tex = ", ".join(latex(syntax.parse(spec), self.names) for spec in specs)
        self._show(f"{', '.join(specs)} {kind}", f"{tex} &{shown}")
        return self

    def _family(self, spec):
        """The name and the index letters of `z` or `x[n, j]`."""
        node = syntax.parse(spec)
        if isinstance(node, ast.Name):
            return node.id, ()
        if not isinstance(node, ast.Subscript):
            raise ReadingError(spec, 0, "a declaration is a name, or a name with indices")
        letters = [ast.unparse(index) for index in syntax.index_nodes(node, spec)]
        for letter in letters:
            self._need_index(letter)
        return node.value.id, tuple(letters)

    def _need_index(self, letter):
        if letter not in self.names or self.names[letter].kind != "index":
            raise ReadingError(letter, 0, f"{letter!r} is not a declared index")

    def _label(self, head):
        node = syntax.parse(head)
        return node.func.id if isinstance(node, ast.Call) else self._family(head)[0]

    def _define(self, head, body, latex_of_name, kind):
        node = syntax.parse(head)
        if isinstance(node, ast.Call):
            parameters, scope = self._parameters(node, head)
            ranges, label = (), node.func.id
            made = sp.Function(label, real=True)
        else:
            label, indices = self._family(head)
            if len(set(indices)) < len(indices):
                raise ReadingError(head, 0, "a definition needs a letter of its own for each index")
            parameters, scope = tuple(self.names[i].head for i in indices), self.names
            ranges = tuple(self.names[i].ranges[0] for i in indices)
            made = (sp.IndexedBase if indices else sp.Symbol)(label, real=True)
        formula = read(body, scope)
        shown = latex(formula.tree, scope)
        self._declare(Declared(label, kind, made, ranges, parameters, formula.expr, latex_of_name))
        note, note_tex = _NOTES[kind]
        left = latex(node, {**scope, **self.names})
        self._show(f"{head} := {formula.text}{note}", f"{left} &:= {shown}{note_tex}")
        return self

    def _parameters(self, node, head):
        """A function's parameters, and the names its body may use."""
        if not all(isinstance(argument, ast.Name) for argument in node.args) or not node.args:
            raise ReadingError(head, 0, "a function is defined by its parameters: f(t)")
        letters = [argument.id for argument in node.args]
        own = {letter: Declared(letter, "real", sp.Symbol(letter, real=True)) for letter in letters}
        for letter in letters:
            if letter in self.names or letter in syntax.RESERVED:
                raise ReadingError(head, 0, f"the parameter {letter!r} is a declared name already")
        return tuple(declared.head for declared in own.values()), {**self.names, **own}

    def _sums_to_one(self, name):
        label, letters = self._family(name)
        if not letters:
            raise ReadingError(name, 0, "a distribution is a family: y[i]")
        total = read(f"Σ({letters[-1]}, {name})", self.names)
        shown = f"{total.text} == 1"
        fact = Fact(f"{label} sums to one", "sums to one", total.expr, sp.Integer(1), shown)
        return self._add_fact(fact)

    def _may_be_set(self, e):
        named = isinstance(e, sp.Symbol | sp.Indexed) and name_of(e) in self.names
        return named and self.kind_of(e) in DOMAINS

    def _add_fact(self, fact):
        if fact.name in self.facts:
            raise ReadingError(fact.name, 0, f"there is a fact {fact.name!r} already")
        self.facts[fact.name] = fact
        left, _, right = fact.shown.replace(" = ", " == ").partition("==")
        sides = (latex(syntax.parse(side), self.names) for side in (left, right))
        self._show(
            f"fact {fact.name!r}: {fact.shown.replace('==', '=')}",
            " &= ".join(sides) + rf" && \text{{fact: {fact.name}}}",
        )
        return self

    def _is_index(self, symbol):
        declared = self.names.get(symbol.name) if isinstance(symbol, sp.Symbol) else None
        return declared is not None and declared.kind == "index" and symbol == declared.head

    # What the reader sees.

    def _show(self, plain, tex):
        self._lines.append((plain, tex))

    def __repr__(self):
        return "\n".join(plain for plain, _ in self._lines)

    def _repr_latex_(self):
        rows = " \\\\\n".join(tex for _, tex in self._lines)
        return f"$$\n\\begin{{aligned}}\n{rows}\n\\end{{aligned}}\n$$"
