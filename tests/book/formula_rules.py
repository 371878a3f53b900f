r"""A formula that states a result is a line of a derivation that was proved.

Looked at are the theorem boxes, the displayed equations and the tables of results. Each formula is
read back and looked for among the lines of the derivations that are cited in the same box or row
(of a displayed equation: in its cell): `a ≤ b` must be two lines of one chain with that sign between them, or have the same
difference as two such lines; `a` alone must be one line. Also found are the definitions, facts and
domains of their settings, and the points and limits at which lines are looked at. Two formulas are
the same if they differ by the arithmetic of sums and products only. What is no such line stands in
`formulas_by_hand.toml`, word for word, with its reason.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property

import sympy as sp
from prose_latex import ProseReader, sides

from tests.language.latex_reader import Ambiguous, tree_of_source

_DOMAIN = re.compile(r"(.+) (real|positive|nonnegative|unit|binary)")
_INDEX = re.compile(r"(.+) = 1, …, (\w+)(?:, \w+ ≥ (\d+))?")
_CONDITION = re.compile(r"where (.+)")
_RELATION = re.compile(r" (!=|<=|>=|<|>) ")
_SIGNS = {"!=": "≠", "<=": "≤", ">=": "≥", "<": "<", ">": ">"}
_DEFINITION = re.compile(r"(.+?) := (.+?)(?:    lemma.*)?")
_FACT = re.compile(r"fact '.*': (.+) = (.+)")
_FLIPPED = {"=": "=", "≤": "≥", "≥": "≤", "<": ">", ">": "<", "→": "", "≠": "≠"}


def source(text):
    """The tree of a formula in the text of a record."""
    return tree_of_source(ast.parse(text.strip(), mode="eval").body)


# --- the common form ------------------------------------------------------------------------


def form(tree, functions, erased=False, bound=()):
    """A formula up to the arithmetic of sums and products; `erased` drops indices and arguments."""

    def of(part):
        return form(part, functions, erased, bound)

    match tree:
        case ("number", value):
            return sp.Rational(str(value))
        case ("bare", name):
            return sp.Symbol(name)
        case ("name", name, *indices):
            letters = [_letter(index, bound) for index in indices]
            return sp.Symbol(f"{name}[{','.join(letters)}]" if letters and not erased else name)
        case ("prime", ("bare", name)):
            return sp.Symbol(f"{name}'")
        case ("prime", (name, argument)) if name in functions:
            return form(("D", (name, argument), argument), functions, erased, bound)
        case ("D", (name, argument), by) if erased and name in functions and argument == by:
            return sp.Symbol(f"{name}'")
        case ("neg", part):
            return -of(part)
        case ("sum", terms):
            return sp.expand(sp.Add(*(sign * of(term) for sign, term in terms)))
        case ("product", factors):
            return sp.expand(sp.Mul(*map(of, factors)))
        case ("fraction", above, below):
            return sp.expand(of(above) / of(below))
        case ("power", base, exponent):
            return sp.expand(of(base) ** of(exponent))
        case ("delta", *indices):
            return sp.Symbol(f"δ[{','.join(sorted(_letter(index, bound) for index in indices))}]")
        case (("sum over" | "product over") as sign, letter, left_out, body):
            return _over(sign, letter, left_out, body, functions, erased, bound)
        case (name, *_) if erased and name in functions:
            return sp.Symbol(name)
        case (name, *arguments) if isinstance(name, str):
            return sp.Function(name)(*map(of, arguments))
    raise Ambiguous(f"{tree}")


def _letter(index, bound):
    """A bound letter by how deep it was bound, so that its name does not matter."""
    return f"#{bound.index(index)}" if index in bound else index


def _over(sign, letter, left_out, body, functions, erased, bound):
    # The letter bound last stands last; one that is bound anew hides the older one.
    bound = (*(None if other == letter else other for other in bound), letter)
    inside = form(body, functions, erased, bound)
    others = [sp.Symbol("≠".join(_letter(index, bound) for index in pair)) for pair in left_out]
    over = sp.Function(sign)
    if sign == "product over" or erased:
        return over(inside, *others)
    depth = f"#{len(bound) - 1}"
    return sp.expand(sp.Add(*(_taken_out(over, term, depth, others)
                              for term in sp.Add.make_args(inside))))  # fmt: skip


def _taken_out(over, term, depth, others):
    """What does not depend on the index leaves the sum."""
    factors = sp.Mul.make_args(term)
    outside = [factor for factor in factors if depth not in str(factor)]
    inside = [factor for factor in factors if depth in str(factor)]
    return sp.Mul(*outside) * over(sp.Mul(*inside), *others)


# --- what a stored derivation says ----------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Proved:
    """The record of one derivation, read."""

    record: dict

    @property
    def label(self):
        return self.record["label"]

    @cached_property
    def reader(self):
        """Reads formulas of the prose with the names of this derivation's setting."""
        families, sizes = {}, {}
        for line in self.record["setting"]:
            if found := _INDEX.fullmatch(line):
                sizes |= dict.fromkeys(found[1].split(", "), found[2])
            elif found := _DEFINITION.fullmatch(line):
                name, letters = _head(found[1])
                if name not in self.functions:
                    families[name] = len(letters)
            elif found := _DOMAIN.fullmatch(line):
                families |= {name: len(letters) for name, letters in map(_head, _split(found[1]))}
        letters = {letter: 0 for letters in self.functions.values() for letter in letters}
        known = letters | families | {"oo": 0}
        return ProseReader(
            known, set(self.functions), sizes, self.record["names"] | {"oo": r"\infty"}
        )

    @cached_property
    def functions(self):
        found = (_DEFINITION.fullmatch(line) for line in self.record["setting"])
        heads = (match[1] for match in found if match and match[1].endswith(")"))
        return {name: letters for name, letters in map(_head, heads)}

    @cached_property
    def lines(self):
        return [self.record["start"], *(step["line"] for step in self.record["steps"])]

    @cached_property
    def forms(self):
        """Each line in its common form, with and without indices."""
        return [self._both(line) for line in self.lines]

    def _both(self, text):
        tree = source(text)
        return form(tree, self.functions), form(tree, self.functions, erased=True)

    @cached_property
    def statements(self):
        """(left - right, sign) of every two lines of the chain, and of what its setting says."""
        pairs = []
        for start in range(len(self.lines)):
            for end in range(start + 1, len(self.lines)):
                sign = _weakest(self.record["steps"][start:end])
                if sign:
                    pairs.append((self.forms[start], sign, self.forms[end]))
        given = [*self._declared(), *self._places()]
        pairs += [(self._both(left), sign, self._both(right)) for left, sign, right in given]
        return [
            (tuple(a - b for a, b in zip(left, right, strict=True)), sign)
            for left, sign, right in pairs
        ]

    def _declared(self):
        """What the setting says of its names."""
        for line in self.record["setting"]:
            if found := _INDEX.fullmatch(line):
                if found[3]:
                    yield found[2], "≥", found[3]
            elif found := _CONDITION.fullmatch(line):
                sides = _RELATION.split(found[1])
                for left, sign, right in zip(sides[::2], sides[1::2], sides[2::2], strict=False):
                    yield left, _SIGNS[sign], right
            elif found := _DEFINITION.fullmatch(line) or _FACT.fullmatch(line):
                yield found[1], "=", found[2]
                if "lemma: never negative" in line:
                    yield found[1], "≥", "0"
            elif found := _DOMAIN.fullmatch(line):
                for name in _split(found[1]):
                    if found[2] == "nonnegative":
                        yield name, "≥", "0"
                    if found[2] in ("positive", "unit"):
                        yield name, ">", "0"
                    if found[2] == "unit":
                        yield name, "<", "1"

    def _places(self):
        """The points and the limits at which lines are looked at."""
        for step in self.record["steps"]:
            for place in filter(None, step["where"].split(",")):
                arrow = "→" if step["sign"] == "→" else "="
                left, right = re.split(r"->|→|=", place.rstrip("+- "))
                yield left, arrow, right

    def _sides_given(self):
        """What stands on the right of a definition or a fact."""
        return [self._both(right) for _, sign, right in self._declared() if sign == "="]

    def read(self, *sides):
        """The sides of a statement in their common form: with all indices, or all without."""
        trees = [self.reader.side(tokens) for tokens in sides]
        erased = any(map(_has_bare, trees))
        return erased, [form(tree, self.functions, erased) for tree in trees]

    def says(self, left, sign, right, apart=frozenset()):
        """Whether this derivation proves, or its setting states, left sign right.

        `apart` holds pairs of indices that are different where the statement is made.
        """
        if sign == "becomes":
            return self.is_name(left) and self.has_line(right, apart)
        try:
            erased, (one, other) = self.read(left, right)
        except Ambiguous:
            return False
        claimed = sp.expand(one - other)
        for differences, relation in self.statements:
            for proved in _cases(differences[erased], apart):
                if (sign, claimed) in ((relation, proved), (_FLIPPED[relation], -proved)):
                    return True
        return False

    def has_line(self, tokens, apart=frozenset()):
        """Whether this is a line, or one side of a definition or of a fact."""
        try:
            erased, (claimed,) = self.read(tokens)
        except Ambiguous:
            return False
        lines = (line[erased] for line in [*self.forms, *self._sides_given()])
        return any(claimed in _cases(line, apart) for line in lines)

    def is_name(self, tokens):
        try:
            return self.reader.side(tokens)[0] in ("name", "bare")
        except Ambiguous:
            return False


def _cases(line, apart):
    """The line, and what it is where two indices differ."""
    deltas = {sp.Symbol(f"δ[{','.join(sorted(pair))}]"): 0 for pair in apart}
    return {sp.expand(line), sp.expand(line.xreplace(deltas))}


def _has_bare(tree):
    """Whether a name stands without its indices, or a function without its argument."""
    if isinstance(tree, tuple):
        return tree[:1] == ("bare",) or any(map(_has_bare, tree))
    return False


def _weakest(steps):
    """The sign between the first line and the last, or none where one of them is a limit's."""
    signs = {step["sign"] for step in steps}
    if signs == {"→"}:
        return "→"
    if "→" in signs or len({step["where"] for step in steps}) > 1:
        return None
    return min(signs | {"="}, key="<>≤≥=".index)


def _head(text):
    """Name and letters of `Z`, `p[i]` or `σ(t)`."""
    name, _, inside = text.strip().replace("(", "[").rstrip(")]").partition("[")
    return name, [letter.strip() for letter in inside.split(",") if letter.strip()]


def _split(names):
    """The single names of `x[n, j], b`."""
    return re.findall(r"[^,\s\[]+(?:\[[^\]]*\])?", names)


# --- where formulas stand -------------------------------------------------------------------

_BOX = re.compile(r"(`{3,}|:{3,})\{prf:\w+\}(.*?)\n\1", re.DOTALL)
_DISPLAYED = re.compile(r"\$\$(.+?)\$\$|(?:`{3,}|:{3,})\{math\}(.*?)\n(?:`{3,}|:{3,})", re.DOTALL)
_INLINE = re.compile(r"(?<![\\$])\$([^$]+)\$(?!\$)")
_SUMMARY = re.compile(r"^## Summary$(.*?)(?=^## |\Z)", re.DOTALL | re.MULTILINE)


@dataclass(frozen=True)
class Stated:
    """A formula that states a result, and what stands beside it."""

    where: str
    latex: str
    apart: frozenset = frozenset()  # pairs of indices that differ here
    cited: frozenset = frozenset()  # the labels of the equations that are cited here


def stated(notebook):
    """The formulas of a chapter's theorem boxes, displayed equations and table of results."""
    texts = ["".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown"]
    boxes = {}
    for text in texts:
        for box in _BOX.finditer(text):
            label = re.search(r":label: (\S+)", box[2])[1]
            boxes[label] = _equations(box[2])
            yield from _formulas(label, box[2], boxes)
        for found in _DISPLAYED.finditer(_BOX.sub("", text)):
            latex = " ".join((found[1] or found[2]).split())
            yield Stated("a displayed equation", latex, cited=_equations(text))
    for summary in _SUMMARY.finditer("\n".join(texts)):
        for row in summary[1].splitlines():
            if row.startswith("|"):
                yield from _formulas(f"the summary: {row.split('|')[1].strip()}", row, boxes)


def _formulas(where, text, boxes):
    displayed = [found[1] or found[2] for found in _DISPLAYED.finditer(text)]
    inline = [found[1] for found in _INLINE.finditer(_DISPLAYED.sub("", text))]
    formulas = [" ".join(latex.split()) for latex in displayed + inline]
    apart = frozenset(frozenset(pair) for pair in map(_different, formulas) if pair)
    # A row that cites a theorem cites what the theorem cites.
    theorems = re.findall(r"\{prf:ref\}`([\w-]+)`", text)
    cited = _equations(text).union(*(boxes.get(label, ()) for label in theorems))
    for latex in formulas:
        yield Stated(where, latex, apart, cited)


def _equations(text):
    return frozenset(re.findall(r"\{eq\}`([\w-]+)`", text))


def _different(latex):
    """The two letters of `i \\ne k`."""
    found = re.fullmatch(r"(\w) *\\ne *(\w)", latex)
    return found and found.groups()


def derivations_of(notebook, media_type):
    """The records that a notebook stores."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if media_type in output.get("data", {}):
                yield Proved(output["data"][media_type])


# --- the rule -------------------------------------------------------------------------------


def claims_nothing(latex, derivations):
    """A name, a case (`i = k`), or a list of such."""
    try:
        parts, relations = sides(latex)
    except Ambiguous:
        return False
    if relations in (["="], ["≠"]):
        return _is_case(*parts, derivations)
    return not relations and all(_is_plain(item, derivations) for item in _items(parts[0]))


def _is_case(left, right, derivations):
    letters = {letter for proved in derivations for letter in proved.reader.sizes}
    return len(left) == len(right) == 1 and {left[0], right[0]} <= letters


def _items(tokens):
    """The members of a list, `w, b` or `(w, b)`; one formula is a list of one."""
    if tokens[:1] == ["("] and tokens[-1:] == [")"] and "(" not in tokens[1:]:
        tokens = tokens[1:-1]
    items, depth = [[]], 0
    for token in tokens:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token, 0)
        if token == "," and depth == 0:
            items.append([])
        elif token not in (r"\,", r"\dots"):
            items[-1].append(token)
    return [item for item in items if item]


# A letter, perhaps with letters below and above it.
_LETTER = r"(?:[A-Za-zα-ωΑ-Ω]|\\(?!frac|sum|prod|log|sqrt|partial|infty|max|min)[a-zA-Z]+)"
_PLAIN = re.compile(rf"{_LETTER}(?: _ \{{ [\w ,\\]+ \}})?(?: \^ \{{ {_LETTER} \}})?(?: ')?")


def _is_plain(tokens, derivations):
    is_letter = _PLAIN.fullmatch(" ".join(tokens))
    return bool(is_letter) or any(proved.is_name(tokens) for proved in derivations)


def is_derived(formula, derivations):
    """Whether a formula is what derivations say."""
    try:
        parts, relations = sides(formula.latex)
    except Ambiguous:
        return False
    if relations:
        return all(
            any(proved.says(left, sign, right, formula.apart) for proved in derivations)
            for left, sign, right in zip(parts, relations, parts[1:], strict=False)
        )
    return all(
        _is_plain(item, derivations)
        or any(proved.has_line(item, formula.apart) for proved in derivations)
        for item in _items(parts[0])
    )


@dataclass(frozen=True)
class Chapter:
    """The formulas of a chapter, its own derivations, and those of the whole book by label."""

    formulas: list
    own: list
    book: dict

    def is_founded(self, formula):
        """Whether a formula claims nothing, or is what the derivations beside it say."""
        cited = [self.book[label] for label in sorted(formula.cited) if label in self.book]
        return claims_nothing(formula.latex, [*self.own, *cited]) or is_derived(formula, cited)


def unfounded(chapter, by_hand):
    """Formulas that no derivation says and that are not in the list of exceptions."""
    for formula in chapter.formulas:
        if formula.latex not in by_hand and not chapter.is_founded(formula):
            yield f"{formula.where}: ${formula.latex}$ is no line of a derivation that is cited there"


def needless(chapter, by_hand):
    """Exceptions that do not occur, or that are founded wherever they occur."""
    for latex in by_hand:
        here = [formula for formula in chapter.formulas if formula.latex == latex]
        if not here:
            yield f"${latex}$ does not occur"
        elif all(map(chapter.is_founded, here)):
            yield f"${latex}$ is the line of a derivation"
