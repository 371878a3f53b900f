r"""A formula that states a result is a line of a derivation that was proved.

Looked at are the theorem boxes, the displayed equations and the tables of results. Each formula is
read back and looked for among the lines of the derivations that the chapter stores, or cites from
another one: `a = b` must be two lines of one chain with the sign that is claimed, `a` alone one
line. Also found are the definitions, facts and domains of their settings, and the points and limits
at which lines are looked at. Two formulas are the same if they differ by the arithmetic of sums and
products only. What is no such line stands in `formulas_by_hand.toml`, word for word, with its reason.
"""

import ast
import re
from dataclasses import dataclass
from functools import cached_property

import sympy as sp
from latex_reader import Ambiguous, tree_of_source
from prose_latex import ProseReader, sides

_DOMAIN = re.compile(r"(.+) (real|positive|unit|binary)")
_INDEX = re.compile(r"(.+) = 1, …, (\w+)")
_DEFINITION = re.compile(r"(.+?) := (.+?)(?:    lemma.*)?")
_FACT = re.compile(r"fact '.*': (.+) = (.+)")
_FLIPPED = {"=": "=", "≤": "≥", "≥": "≤", "<": ">", ">": "<", "→": "←", "←": "→"}


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
            return sp.Rational(value.numerator, value.denominator)
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
        case (name, *arguments) if erased and name in functions:
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
        return ProseReader(known, set(self.functions), sizes, self.record["names"] | {"oo": r"\infty"})

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
        """(left, sign, right) of every two lines of the chain, and of what its setting says."""
        pairs = []
        for start in range(len(self.lines)):
            for end in range(start + 1, len(self.lines)):
                sign = _weakest(self.record["steps"][start:end])
                if sign:
                    pairs.append((self.forms[start], sign, self.forms[end]))
        return pairs + [
            (self._both(left), sign, self._both(right)) for left, sign, right in self._given()
        ]

    def _given(self):
        """What is declared, and where lines are looked at."""
        for line in self.record["setting"]:
            if _INDEX.fullmatch(line):
                continue
            if found := _DEFINITION.fullmatch(line) or _FACT.fullmatch(line):
                yield found[1], "=", found[2]
            elif found := _DOMAIN.fullmatch(line):
                for name in _split(found[1]):
                    if found[2] in ("positive", "unit"):
                        yield name, ">", "0"
                    if found[2] == "unit":
                        yield name, "<", "1"
        for step in self.record["steps"]:
            for place in filter(None, step["where"].split(",")):
                arrow = "→" if step["sign"] == "→" else "="
                left, right = re.split(r"->|→|=", place.rstrip("+- "))
                yield left, arrow, right

    def read(self, tokens):
        """One side of a statement as (form, without indices), one of them None."""
        tree = self.reader.side(tokens)
        erased = _has_bare(tree)
        read = form(tree, self.functions, erased)
        return (None, read) if erased else (read, None)

    def says(self, left, sign, right):
        """Whether this derivation proves, or its setting states, left sign right."""
        try:
            one, other = self.read(left), self.read(right)
        except Ambiguous:
            return False
        return any(
            _same(one, a) and _same(other, b) and sign == relation
            or _same(one, b) and _same(other, a) and sign == _FLIPPED[relation]
            for a, relation, b in self.statements
        )  # fmt: skip

    def has_line(self, tokens):
        try:
            read = self.read(tokens)
        except Ambiguous:
            return False
        return any(_same(read, line) for line in self.forms)

    def is_name(self, tokens):
        try:
            return self.reader.side(tokens)[0] in ("name", "bare")
        except Ambiguous:
            return False


def _same(read, stored):
    return any(a is not None and a == b for a, b in zip(read, stored, strict=True))


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
    """A formula that states a result: where it stands, and what stands beside it."""

    where: str
    latex: str


def stated(notebook):
    """The formulas of a chapter's theorem boxes, displayed equations and table of results."""
    for cell in notebook["cells"]:
        if cell["cell_type"] != "markdown":
            continue
        text = "".join(cell["source"])
        for box in _BOX.finditer(text):
            label = re.search(r":label: (\S+)", box[2])
            yield from _formulas(label[1] if label else "a box", box[2])
        for found in _DISPLAYED.finditer(_BOX.sub("", text)):
            yield Stated("a displayed equation", (found[1] or found[2]).strip())
    whole = "\n".join("".join(c["source"]) for c in notebook["cells"] if c["cell_type"] == "markdown")
    for summary in _SUMMARY.finditer(whole):
        for row in summary[1].splitlines():
            if row.startswith("|"):
                yield from _formulas(f"the summary: {row.split('|')[1].strip()}", row)


def _formulas(where, text):
    for found in _DISPLAYED.finditer(text):
        yield Stated(where, found[1].strip())
    for found in _INLINE.finditer(_DISPLAYED.sub("", text)):
        yield Stated(where, found[1].strip())


def derivations_of(notebook, media_type):
    """The records that a notebook stores."""
    for cell in notebook["cells"]:
        for output in cell.get("outputs", ()):
            if media_type in output.get("data", {}):
                yield Proved(output["data"][media_type])


# --- the rule -------------------------------------------------------------------------------


def claims_nothing(latex, derivations):
    """A name, an index that is one or another, a number from 0 to 10, or a list of such."""
    parts, relations = sides(latex)
    letters = {letter for proved in derivations for letter in proved.reader.sizes}
    if relations in (["="], ["≠"]):
        return all(len(part) == 1 and part[0] in letters for part in parts)
    inner = parts[0][1:-1] if parts[0][:1] == ["("] and parts[0][-1:] == [")"] else parts[0]
    items = _items(inner)
    return not relations and all(
        _is_plain(item) or any(proved.is_name(item) for proved in derivations) for item in items
    )


def _items(tokens):
    items, depth = [[]], 0
    for token in tokens:
        depth += {"(": 1, "{": 1, ")": -1, "}": -1}.get(token, 0)
        if token == "," and depth == 0:
            items.append([])
        elif token not in (r"\,", r"\dots"):
            items[-1].append(token)
    return [item for item in items if item]


def _is_plain(tokens):
    """A letter, perhaps with letters below it, or a number from 0 to 10."""
    if len(tokens) == 1 and tokens[0].isdigit():
        return int(tokens[0]) <= 10
    letter = re.compile(r"[A-Za-zα-ωΑ-Ω]|\\[a-zA-Z]+")
    name, below = tokens[0], tokens[1:]
    if not letter.fullmatch(name) or name in (r"\frac", r"\sum", r"\log", r"\sqrt"):
        return False
    return not below or (below[:2] == ["_", "{"] and below[-1] == "}" and below.count("_") == 1)


def is_derived(latex, derivations):
    """Whether a formula is what a derivation says."""
    try:
        parts, relations = sides(latex)
    except Ambiguous:
        return False
    if not relations:
        return any(proved.has_line(parts[0]) for proved in derivations)
    pairs = zip(parts, relations, parts[1:], strict=False)
    return all(
        any(proved.says(left, sign, right) for proved in derivations)
        for left, sign, right in pairs
    )


def unfounded(formulas, derivations, by_hand):
    """Formulas that no derivation says and that are not in the list of exceptions."""
    for formula in formulas:
        if formula.latex in by_hand or claims_nothing(formula.latex, derivations):
            continue
        if not is_derived(formula.latex, derivations):
            yield f"{formula.where}: ${formula.latex}$ is no line of a derivation of this chapter"


def needless(formulas, derivations, by_hand):
    """Exceptions that do not occur, or that a derivation says."""
    present = {formula.latex for formula in formulas}
    for latex in by_hand:
        if latex not in present:
            yield f"${latex}$ does not occur"
        elif claims_nothing(latex, derivations) or is_derived(latex, derivations):
            yield f"${latex}$ is found in a derivation"
