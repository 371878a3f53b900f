r"""Every number of the prose is a number of the code cells of its section, or of what they printed.

Prose is what an author wrote for readers: Markdown, captions, alternative texts, the description. A
section is what stands between two headings of level two; the opening, the summary and the outlook
speak of the whole chapter. A number is backed if one of the sources or outputs rounds to it at the
digits that the prose gives: 0.37 by 0.3712, 12 % by 0.1204, 10,000 by 10_000, $10^{-13}$ by 1e-13, a
fraction by its two numbers. The numbers from 0 to 10 are words. Years, versions, places in a source
and the numbers of references are no numbers of the prose. What else may stand unbacked is in
`ALLOWED`, with its reason.
"""

import ast
import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction

import nbformat

ALLOWED = {
    "at-scale": {"24": "gigabytes, reported by the paper that is cited there"},
    "backpropagation": {"19": "a picture of the note without a formula, so that no tag names it"},
}

_WORDS = range(11)

_HEADING = re.compile(r"^## (.*)$", re.MULTILINE)
# What a chapter begins and ends with speaks of all of it.
_OF_THE_WHOLE = (None, "What you will do, learn and need", "Summary", "What comes next")

# What only leads elsewhere, names a thing or numbers it.
_NO_PROSE = [
    re.compile(r"^(?:`{3,}|:{3,})\{[\w:-]+\}", re.MULTILINE),  # the name of a directive
    re.compile(r"^:(?:label|class|name):.*$", re.MULTILINE),
    re.compile(r"\{[\w:]+\}`[^`]*`"),  # a role: a citation, a reference
    re.compile(r"\]\([^)]*\)"),  # the address of a link
    re.compile(r"^(?:#+ +|\s*)\d+\. ", re.MULTILINE),  # the number of a heading or of a list
    re.compile(r"_(?:\{[^{}]*\}|\d)"),  # an index of a formula
    re.compile(r"#\d+|\bissue \d+"),  # the name of an issue
    re.compile(r"\bPython \d\.\d+(?:(?:, | or | to | and )\d\.\d+)*"),  # a version
    re.compile(r"\b[Ss]ections?\s+\d+(?:\.\d+)*(?:\s+and\s+\d+(?:\.\d+)*)?"),  # a place in a source
    re.compile(r"\b[Ee]quation \d+(?:\.\d+)*"),
    re.compile(r"\b(?:in|since|of) (?:19|20)\d\d\b"),  # a year
]
_SCALES = {"thousand": 10**3, "million": 10**6, "billion": 10**9}
_NUMBER = re.compile(
    r"(?<![\w.\\])(?P<digits>\d+(?:(?:,|\{,\}|[  _])\d{3}(?!\d))*(?:\.\d+)?)"
    r"(?:e(?P<exponent>[-+]?\d+))?(?!\w)"
    r"(?P<percent>(?:\\,|\s| )*\\?%)?(?:\s+(?P<scale>thousand|million|billion)\b)?"
)
_TIMES_A_POWER = re.compile(r"(?<=\d)\s*(?:\\cdot|\\times|·)\s*10\^\{?([-−]?\d+)\}?")
_POWER_OF_TEN = re.compile(r"(?<![\w.])10\^(?:\{([-−]?\d+)\}|(\d))")
_SHORT_FRACTION = re.compile(r"\\[td]?frac\s*(\d)\s*(\d)")


@dataclass(frozen=True)
class Number:
    """A number as it is written, its value, and one unit of its last digit."""

    written: str
    value: Fraction
    unit: Fraction
    is_percent: bool

    def is_word(self):
        return self.value in _WORDS and "." not in self.written and not self.is_percent

    def is_backed_by(self, values):
        """Whether one of these values, in rising order, rounds to the number."""
        return any(
            bisect_left(values, (self.value - self.unit / 2) * scale)
            < bisect_right(values, (self.value + self.unit / 2) * scale)
            for scale in ((1, Fraction(1, 100)) if self.is_percent else (1,))
        )


def numbers(text):
    """The numbers of a piece of prose."""
    for pattern in _NO_PROSE:
        text = pattern.sub(" ", text)
    text = _SHORT_FRACTION.sub(r"\\frac{\1}{\2}", text)
    text = _TIMES_A_POWER.sub(lambda power: f"e{_plain(power[1])}", text)
    text = _POWER_OF_TEN.sub(lambda power: f"1e{_plain(power[1] or power[2])}", text)
    return [_number(found) for found in _NUMBER.finditer(text)]


def _number(found):
    digits = re.sub(r"[^\d.]", "", found["digits"])
    scale = Fraction(10) ** int(found["exponent"] or 0) * _SCALES.get(found["scale"], 1)
    unit = Fraction(10) ** -len(digits.partition(".")[2]) * scale
    return Number(found[0].strip(), Fraction(digits) * scale, unit, found["percent"] is not None)


def _plain(integer):
    return integer.replace("−", "-")


# --- what backs them ------------------------------------------------------------------------


def backing(cells, also=frozenset()):
    """The absolute values of all numbers in sources and outputs of the cells, in rising order."""
    values = set(also)
    for cell in cells:
        if cell.cell_type == "code":
            values |= _of_source(cell.source)
            for output in cell.outputs:
                values |= _of_text(_shown(output))
    return sorted(values)


def _named_in_tags(notebook):
    """Tags name the claims of the notes: covers-note-backprop-eq-17 is picture 17 of that note."""
    tags = [tag for cell in notebook.cells for tag in cell.metadata.get("tags", ())]
    return {Fraction(found) for tag in tags for found in re.findall(r"eq-(\d+)$", tag)}


def _of_source(source):
    """Literals, what arithmetic makes of literals, and the numbers in strings; no comments."""
    values = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            values |= _of_text(node.value)
        elif (value := _constant(node)) is not None:
            values.add(abs(value))
    return values


def _constant(node):
    """The value of 3, -3, 1/3 or 2**24, exactly."""
    match node:
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            return Fraction(str(value)) if abs(value) < float("inf") else None
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            inside = _constant(operand)
            return None if inside is None else -inside
        case ast.BinOp(left=left, op=op, right=right):
            return _arithmetic(op, _constant(left), _constant(right))
    return None


def _arithmetic(op, left, right):
    if left is None or right is None:
        return None
    match op:
        case ast.Add():
            return left + right
        case ast.Sub():
            return left - right
        case ast.Mult():
            return left * right
        case ast.Div() if right:
            return left / right
        case ast.Pow() if right.denominator == 1 and abs(right) < 400 and left:
            return left**right
    return None


def _of_text(text):
    plain = text.replace("**", "^").replace("−", "-")
    return {number.value for number in numbers(plain)} | {
        Fraction(found) for found in re.findall(r"\d+\.?\d*(?:e[-+]?\d{1,3})?(?!\w)", plain)
    }


def _shown(output):
    data = output.get("data", {})
    texts = [value for mime, value in data.items() if mime.startswith("text/")]
    return "\n".join([*map(str, texts), output.get("text", ""), output.get("evalue", "")])


# --- the rule -------------------------------------------------------------------------------


def prose(cells):
    """Where it stands, and the text, of all that an author wrote for readers."""
    for cell in cells:
        if cell.cell_type == "markdown":
            yield f"{cell.source[:30]!r}", cell.source
        facts = cell.metadata.get("mystnb", {}).get("figure", {})
        yield f"the caption of {facts.get('name')}", facts.get("caption", "")
        alt = cell.metadata.get("mystnb", {}).get("image", {}).get("alt", "")
        yield f"the alternative text of {facts.get('name')}", alt


def _sections(notebook):
    """The heading of each section of level two, and its cells; a cell may hold several headings."""
    heading, cells = None, []
    for cell in notebook.cells:
        if cell.cell_type != "markdown":
            cells.append(cell)
            continue
        before, *rest = _HEADING.split(cell.source)
        cells.append(nbformat.v4.new_markdown_cell(before))
        for words, text in zip(rest[::2], rest[1::2], strict=True):
            yield heading, cells
            heading, cells = words, [nbformat.v4.new_markdown_cell(f"## {words}{text}")]
    yield heading, cells


def unbacked(notebook):
    """Where it stands, and the number, of each that no code cell of its section has or prints."""
    named = _named_in_tags(notebook)
    everywhere = backing(notebook.cells, named)
    for heading, cells in _sections(notebook):
        values = everywhere if heading in _OF_THE_WHOLE else backing(cells, named)
        for where, text in prose(cells):
            yield from _unbacked(where, text, values)
    description = notebook.metadata.get("myst", {}).get("html_meta", {}).get("description", "")
    yield from _unbacked("the description", description, everywhere)


def _unbacked(where, text, values):
    for number in numbers(text):
        if not number.is_word() and not number.is_backed_by(values):
            yield where, number.written


def has_no_unbacked_number(notebook, name):
    for where, number in unbacked(notebook):
        if number not in ALLOWED.get(name, ()):
            yield f"{where}: no code cell of its section has or prints {number}"


def needless(notebook, allowed):
    """Numbers that are allowed although nothing asks for it."""
    asked = {number for _, number in unbacked(notebook)}
    yield from sorted(set(allowed) - asked)
