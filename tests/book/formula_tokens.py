r"""What a formula says, sign by sign: once read from its TeX, once from its MathML.

Nothing here knows latex2mathml or what mends it. Both readers give the same flat list: letters and
signs as single characters, names as `fn:log` or `rm:LSE`, and marks for what TeX and MathML write
each in its own way: `_{`, `^{`, `frac{`, `sqrt{`, `table{`. Space, size and style are left out; a
base of several signs is marked by ⟨ ⟩, so that a script on the wrong part is seen.
"""

import re
import unicodedata

TOKEN = re.compile(r"\\(?:begin|end)\{[a-z]+\}|\\text\{[^{}]*\}|\\[A-Za-z]+|\\.|\S", re.DOTALL)

GREEK = {
    f"\\{name.split()[-1].lower().replace('lamda', 'lambda')}": letter
    for letter in map(chr, range(0x3B1, 0x3CA))
    if "FINAL" not in (name := unicodedata.name(letter))
}
GREEK |= {name[0] + name[1:].capitalize(): letter.upper() for name, letter in GREEK.items()}
GREEK |= {r"\varepsilon": "ε", r"\varphi": "φ", r"\epsilon": "ϵ", r"\phi": "ϕ"}
SIGNS = GREEK | {
    r"\partial": "∂", r"\ell": "ℓ", r"\infty": "∞", r"\nabla": "∇", r"\top": "⊤", r"\neg": "¬",
    r"\checkmark": "✓", r"\sum": "∑", r"\prod": "∏", r"\le": "≤", r"\ge": "≥", r"\leq": "≤",
    r"\geq": "≥", r"\ne": "≠", r"\lt": "<", r"\gt": ">", r"\in": "∈", r"\to": "→",
    r"\leftarrow": "←", r"\approx": "≈", r"\cdot": "⋅", r"\times": "×", r"\div": "÷", r"\pm": "±",
    r"\oplus": "⊕", r"\odot": "⊙", r"\dots": "…", r"\vert": "|", r"\lvert": "|", r"\rvert": "|",
    r"\|": "‖", r"\Vert": "‖", r"\lVert": "‖", r"\rVert": "‖", r"\{": "{", r"\}": "}", r"\%": "%",
    "-": "−", "*": "∗",
}  # fmt: skip
FUNCTIONS = {f"\\{word}" for word in ("log", "exp", "max", "min", "lim", "tanh", "sinh", "cosh")}
ALPHABETS = {
    r"\mathcal": "SCRIPT", r"\mathbb": "DOUBLE-STRUCK", r"\mathsf": "SANS-SERIF",
    r"\mathbf": "BOLD", r"\boldsymbol": "BOLD",
}  # fmt: skip
ACCENTS = {r"\hat": "ˆ", r"\bar": "¯", r"\tilde": "˜"}
FRACTIONS = {r"\frac", r"\tfrac", r"\dfrac"}
SILENT = {
    r"\,", r"\;", r"\:", r"\!", r"\ ", r"\quad", r"\qquad", "~", r"\bigl", r"\bigr", r"\Bigl",
    r"\Bigr", r"\big", r"\Big",
}  # fmt: skip


class Unreadable(ValueError):
    """The TeX or the MathML holds what this reader does not know."""


def scripted(base, sub, sup):
    """A base with its primes, its subscript, its superscript, in this order."""
    primes = []
    while base and base[-1] == "′":
        primes.append(base.pop())
    is_number = all(token.isdigit() or token == "." for token in base)
    if len(base) > 1 and not is_number and (sub or sup):
        base = ["⟨", *base, "⟩"]
    below = ["_{", *sub, "}"] if sub else []
    return [*base, *primes, *below, *(["^{", *sup, "}"] if sup else [])]


def table(rows):
    """Cells parted by &, rows by \\\\; what is empty at an end is not seen."""
    seen = []
    for row in rows:
        cells = list(row)
        while cells and not cells[-1]:
            cells.pop()
        seen.append([token for n, cell in enumerate(cells) for token in (["&"] * (n > 0) + cell)])
    while seen and not seen[-1]:
        seen.pop()
    return ["table{", *(t for n, row in enumerate(seen) for t in ([r"\\"] * (n > 0) + row)), "}"]


# From TeX.


def of_tex(tex):
    reader = _Tex(TOKEN.findall(tex))
    rows = reader.rows(None)
    if reader.tokens:
        raise Unreadable(f"{reader.tokens[0]} closes nothing")
    return rows[0][0] if len(rows) == 1 and len(rows[0]) == 1 else table(rows)


class _Tex:
    def __init__(self, tokens):
        self.tokens = tokens

    def next(self):
        return self.tokens[0] if self.tokens else ""

    def take(self, expected=None):
        if not self.tokens or expected and self.tokens[0] != expected:
            raise Unreadable(f"{expected or 'something'} is missing")
        return self.tokens.pop(0)

    def rows(self, end):
        rows = [[self.many("&", r"\\", end)]]
        while self.next() in ("&", r"\\"):
            if self.take() == "&":
                rows[-1].append(self.many("&", r"\\", end))
            else:
                rows.append([self.many("&", r"\\", end)])
        return rows

    def many(self, *ends):
        seen = []
        while self.tokens and self.next() not in ends and self.next() != "}":
            seen += self.one_with_scripts()
        return seen

    def one_with_scripts(self):
        base, sub, sup = ([], [], []) if self.next() in ("_", "^", "'") else (self.one(), [], [])
        while self.next() and self.next() in "_^'":
            sign = self.take()
            if sign == "'":
                base.append("′")
            elif sign == "_":
                sub += self.argument()
            else:
                sup += self.argument()
        return scripted(base, sub, sup)

    def argument(self):
        while self.next() in SILENT:
            self.take()
        return self.one()

    def optional(self):
        if self.next() != "[":
            return []
        self.take()
        inside = self.many("]")
        self.take("]")
        return inside

    def letters(self):
        """The letters of a name."""
        if self.next() != "{":
            return self.take()
        self.take()
        name = ""
        while self.next() != "}":
            name += self.take().removeprefix("\\")
        self.take()
        return name

    def one(self):
        token = self.take()
        if token == "{":
            inside = self.many()
            self.take("}")
            return inside
        if token in SILENT:
            return []
        if token in SIGNS:
            return [SIGNS[token]]
        if token in FUNCTIONS:
            return [f"fn:{token[1:]}"]
        if token.startswith(r"\text{"):
            return [f"text:{token[6:-1]}"]
        if token in FRACTIONS:
            return ["frac{", *self.argument(), "}{", *self.argument(), "}"]
        if token == r"\sqrt":
            order = self.optional()
            return ["sqrt{", *self.argument(), "}", *order]
        if token in ACCENTS:
            return [f"{ACCENTS[token]}{{", *self.argument(), "}"]
        if token in ALPHABETS:
            return [f"{ALPHABETS[token]}:{letter}" for letter in self.letters()]
        if token in (r"\mathrm", r"\operatorname"):
            name = self.letters()
            is_function = token == r"\operatorname" and len(name) > 1
            return [("fn:" if is_function else "rm:") + name]
        if token == r"\overset":
            over = self.argument()
            return scripted(self.argument(), [], over)
        if token == r"\xrightarrow":
            under = self.optional()
            return scripted(["→"], under, self.argument())
        if token == r"\left":
            return self.between()
        if token in (r"\begin{aligned}", r"\begin{split}", r"\begin{cases}"):
            end = token.replace("begin", "end")
            rows = self.rows(end)
            self.take(end)
            return (["{"] if "cases" in token else []) + table(rows)
        if token.startswith("\\") or token in "&#$":
            raise Unreadable(f"{token} is not known")
        return [token]

    def between(self):
        opening = self.delimiter()
        inside = self.many(r"\right")
        self.take(r"\right")
        return [*opening, *inside, *self.delimiter()]

    def delimiter(self):
        sign = self.take()
        return [] if sign == "." else [SIGNS.get(sign, sign)]


# From MathML.


def of_mathml(element):
    """The tokens of an element of MathML, an `xml.etree` one."""
    match element.tag:
        case "math" | "semantics":
            return of_mathml(element[0])
        case "mrow" | "mstyle" | "mtd":
            return [token for part in element for token in of_mathml(part)]
        case "mspace":
            return []
        case "mtext":
            return [f"text:{(element.text or '').replace(chr(0xA0), ' ')}"]
        case "mn":
            return list(_shown(element))
        case "mi":
            return [_name(element)]
        case "mo":
            shown = _shown(element)
            return [] if shown == "\u2061" else list(shown)
        case "mfrac":
            over, under = map(of_mathml, element)
            return ["frac{", *over, "}{", *under, "}"]
        case "msqrt":
            return ["sqrt{", *(t for part in element for t in of_mathml(part)), "}"]
        case "mroot":
            return ["sqrt{", *of_mathml(element[0]), "}", *of_mathml(element[1])]
        case "mover" if element.get("accent") == "true":
            return [f"{_shown(element[1])}{{", *of_mathml(element[0]), "}"]
        case "msub" | "munder":
            base, sub = map(of_mathml, element)
            return scripted(base, sub, [])
        case "msup" | "mover":
            base, sup = map(of_mathml, element)
            return scripted(base, [], sup)
        case "msubsup" | "munderover":
            return scripted(*map(of_mathml, element))
        case "mtable":
            return table([[of_mathml(cell) for cell in row] for row in element])
    raise Unreadable(f"<{element.tag}>")


def _shown(element):
    if not element.text or len(element):
        raise Unreadable(f"<{element.tag}> shows nothing")
    if "\\" in element.text:
        raise Unreadable(f"{element.text} was left over")
    return element.text


def _name(element):
    shown, upright = _shown(element), element.get("mathvariant") == "normal"
    if len(shown) > 1 and shown.isascii():
        return f"{'rm' if upright else 'fn'}:{shown}"
    if upright and shown.isascii():
        return f"rm:{shown}"
    plain = unicodedata.normalize("NFKC", shown)
    if plain != shown and shown != "ℓ" and plain.isascii():
        kind = unicodedata.name(shown).removeprefix("MATHEMATICAL ").split(" CAPITAL")[0]
        return f"{kind.split(' SMALL')[0]}:{plain}"
    return shown
