r"""Reads printed LaTeX back as a person would, to compare it with the string that was printed.

Braces that only group are invisible on the page, so they are dropped before anything is read.
A sum reaches to the end of its product; \log takes the next letter or bracket; a letter is a
function if it was declared as one. What two readers could take in two ways is an error.
"""

import ast
import re
import unicodedata
from fractions import Fraction

GREEK = {
    letter: unicodedata.name(letter).split()[-1].lower().replace("lamda", "lambda")
    for letter in "αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ"
}
GREEK = {x: {"phi": "varphi", "epsilon": "varepsilon"}.get(word, word) if x.islower()
         else word.capitalize() for x, word in GREEK.items()}  # fmt: skip
WORDS = {x: "\\" + x for x in ("log", "max", "min", "tanh", "sinh", "cosh")}
TOKEN = re.compile(r"\\[a-zA-Z]+|\\.|\d+(?:\.\d+)?|[^\s]")
TAKES_ARGUMENTS = {r"\frac": 2, r"\sqrt": 1, r"\mathrm": 1, "^": 1, "_": 1}
SPACES = {r"\,", r"\cdot"}


class Ambiguous(ValueError):
    """The LaTeX cannot be read, or can be read in two ways."""


# --- one form for both sides ----------------------------------------------------------------


def sum_of(terms):
    """(sign, term) pairs as one tree; a sum that is added is part of the outer one."""
    flat = []
    for sign, term in terms:
        if term[0] == "neg" and not flat:
            sign, term = -sign, term[1]
        if term[0] == "sum" and sign == 1:
            flat += term[1]
        else:
            flat.append((sign, term))
    if len(flat) == 1:
        sign, term = flat[0]
        return term if sign == 1 else ("neg", term)
    return ("sum", tuple(flat))


def product_of(factors):
    """Factors as one tree; a minus in front of the first belongs to the whole product."""
    flat = []
    for factor in factors:
        flat += factor[1] if factor[0] == "product" else (factor,)
    if flat[0][0] == "neg":
        inner = flat[0][1]
        rest = inner[1] if inner[0] == "product" else (inner,)
        return ("neg", product_of([*rest, *flat[1:]]))
    return flat[0] if len(flat) == 1 else ("product", tuple(flat))


# --- from a step string ---------------------------------------------------------------------


def tree_of_source(node):
    """The common form of a step string's tree."""
    match node:
        case ast.Constant(value=value):
            return ("number", Fraction(str(value)))
        case ast.Name(id=name):
            return ("name", name)
        case ast.Subscript(value=ast.Name(id=name)):
            inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
            return ("name", name, *(ast.unparse(index) for index in inside))
        case ast.UnaryOp(op=ast.USub()):
            return sum_of([(-1, tree_of_source(node.operand))])
        case ast.UnaryOp():
            return tree_of_source(node.operand)
        case ast.BinOp():
            return operation(node.op, tree_of_source(node.left), tree_of_source(node.right))
        case ast.Call(func=ast.Name(id=name)):
            return call(name, node.args)
    raise Ambiguous(ast.dump(node))


def operation(operator, left, right):
    match operator:
        case ast.Add():
            return sum_of([(1, left), (1, right)])
        case ast.Sub():
            return sum_of([(1, left), (-1, right)])
        case ast.Mult():
            return product_of([left, right])
        case ast.Div():
            return ("fraction", left, right)
        case ast.Pow():
            is_root = right == ("fraction", ("number", 1), ("number", 2))
            return ("sqrt", left) if is_root else ("power", left, right)


def call(name, arguments):
    if name in ("Σ", "Sum", "Π", "Prod"):
        sign = "sum over" if name in ("Σ", "Sum") else "product over"
        letter = arguments[0].id
        pairs = [(ast.unparse(c.left), ast.unparse(c.comparators[0])) for c in arguments[2:]]
        left_out = tuple(pair if pair[0] == letter else pair[::-1] for pair in pairs)
        return (sign, letter, left_out, tree_of_source(arguments[1]))
    if name in ("δ", "delta"):
        return ("delta", *(ast.unparse(index) for index in arguments))
    parts = [tree_of_source(argument) for argument in arguments]
    if name in ("max", "min") and parts[0][0] == name:
        parts = [*parts[0][1:], *parts[1:]]  # max(max(a, b), c) is max(a, b, c)
    return (name, *parts)


# --- from LaTeX -----------------------------------------------------------------------------


def tokens_of(latex):
    """Tokens without the braces that only group."""
    return visible(TOKEN.findall(latex))


def visible(tokens):
    kept, place = [], 0
    while place < len(tokens):
        token = tokens[place]
        place += 1
        if token == "{":
            inside, place = group(tokens, place)
            kept += visible(inside)
            continue
        kept.append(token)
        for _ in range(TAKES_ARGUMENTS.get(token, 0)):
            if tokens[place : place + 1] != ["{"]:
                # As TeX does: one letter, digit or control sequence needs no braces.
                alone = "".join(tokens[place : place + 1])
                if token not in ("^", "_") or not re.fullmatch(r"[^\W_]|\\[a-zA-Z]+", alone):
                    raise Ambiguous(f"{token} without braces")
                kept += ["{", alone, "}"]
                place += 1
                continue
            inside, place = group(tokens, place + 1)
            kept += ["{", *visible(inside), "}"]
    return kept


def group(tokens, place):
    """What stands between a brace before `place` and its partner, and the place behind it."""
    depth, start = 1, place
    while depth:
        depth += {"{": 1, "}": -1}.get(tokens[place], 0)
        place += 1
    return tokens[start : place - 1], place


def printed_name(name):
    """How a name is to be printed when its author chose nothing else."""
    if name == "ell":
        return r"\ell"
    if name in GREEK:
        return "\\" + GREEK[name]
    if len(name) > 1 and name[1:].isdigit():
        return f"{printed_name(name[0])}_{{{name[1:]}}}"
    return name if len(name) == 1 else rf"\mathrm{{{name}}}".replace("_", r"\_")


class Reader:
    """Reads LaTeX, given how many indices or arguments each name has.

    `families` maps a name to the number of its indices, `functions` is a set of names, `sizes`
    maps each index letter to its size, `chosen` maps a name to the LaTeX its author chose.
    """

    def __init__(self, families, functions, sizes, chosen=()):
        self.families, self.functions, self.sizes = families, functions, sizes
        printed = {name: printed_name(name) for name in [*families, *functions, *sizes.values()]}
        printed |= dict(chosen)
        self.names = sorted(
            ((tokens_of(latex), name) for name, latex in printed.items()),
            key=lambda pair: -len(pair[0]),
        )

    def read(self, latex):
        """The tree of a whole formula."""
        tokens = tokens_of(latex)
        tree, place = self.expression(tokens, 0)
        if place != len(tokens):
            raise Ambiguous(f"left over: {' '.join(tokens[place:])}")
        return tree

    def whole(self, tokens):
        tree, place = self.expression(tokens, 0)
        if place != len(tokens):
            raise Ambiguous(f"left over: {' '.join(tokens[place:])}")
        return tree

    def expression(self, tokens, place):
        terms, sign = [], 1
        if tokens[place : place + 1] == ["-"]:
            sign, place = -1, place + 1
        while True:
            term, place = self.product(tokens, place)
            terms.append((sign, term))
            if place >= len(tokens) or tokens[place] not in "+-":
                return sum_of(terms), place
            sign, place = (1 if tokens[place] == "+" else -1), place + 1

    def product(self, tokens, place):
        factors = []
        while True:
            factor, closed, after = self.factor(tokens, place)
            if factors and tokens[place].isdigit() and tokens[place - 1] == r"\,":
                raise Ambiguous("a digit behind a thin space")
            factors.append(factor)
            place = after
            if place >= len(tokens) or tokens[place] not in SPACES:
                return product_of(factors), place
            if not closed:
                raise Ambiguous("a factor behind a logarithm without brackets")
            place += 1

    def factor(self, tokens, place):
        """A factor, whether it is closed to the right, and the place behind it."""
        if tokens[place] in (r"\sum", r"\prod"):
            tree, place = self.over(tokens, place)
            return tree, False, place
        if tokens[place] == r"\log" and self.is_named(tokens, place):
            tree, place = self.named(tokens, place)  # log₂, or the name log L
            return tree, True, place
        if tokens[place] == r"\log" and tokens[place + 1] not in ("(", r"\left"):
            tree, place = self.base(tokens, place + 1)
            if tokens[place : place + 1] == ["^"]:
                raise Ambiguous("the power of a logarithm, or the logarithm of a power")
            return ("log", tree), False, place
        if tokens[place] == r"\log" and tokens[place + 1 : place + 3] == [r"\left", "|"]:
            tree, place = self.base(tokens, place + 1)
            return ("log", tree), False, place
        is_log = tokens[place] == r"\log"
        tree, place = self.base(tokens, place)
        if tokens[place : place + 1] == ["^"]:
            if is_log:
                raise Ambiguous("the power of a logarithm, or the logarithm of a power")
            exponent, place = self.argument(tokens, place + 1)
            tree = ("power", tree, self.whole(exponent))
        return tree, True, place

    def argument(self, tokens, place):
        if tokens[place] != "{":
            raise Ambiguous("an argument without braces")
        return group(tokens, place + 1)

    def base(self, tokens, place):
        token = tokens[place]
        if token[0].isdigit():
            return ("number", Fraction(token)), place + 1
        if token == "e" and tokens[place + 1 : place + 2] == ["^"]:
            exponent, place = self.argument(tokens, place + 2)
            return ("exp", self.whole(exponent)), place
        if token == r"\frac":
            return self.fraction(tokens, place)
        if token == r"\sqrt":
            inside, place = self.argument(tokens, place + 1)
            return ("sqrt", self.whole(inside)), place
        if token == r"\left" and tokens[place + 1] == "|":
            inside, place = self.between(tokens, place, "|", "|")
            return ("abs", self.whole(inside)), place
        if token == "(" or tokens[place : place + 2] == [r"\left", "("]:
            inside, place = self.between(tokens, place, "(", ")")
            return self.whole(inside), place
        if token == r"\delta" and tokens[place + 1 : place + 2] == ["_"]:
            inside, behind = self.argument(tokens, place + 2)
            if len([x for x in inside if x != ","]) == 1 and not "".join(inside[:1]).isdigit():
                return self.named(tokens, place)  # a name shown as δ has one index
            if self.is_named(tokens, place) and len(inside) == 1:
                return self.named(tokens, place)  # the name δ1
            return ("delta", *self.indices(inside, 2)), behind
        for name, latex in WORDS.items():
            if token == latex:
                return self.called(name, tokens, place + 1)
        return self.named(tokens, place)

    def is_named(self, tokens, place):
        return any(tokens[place : place + len(latex)] == latex for latex, _ in self.names)

    def named(self, tokens, place):
        for latex, name in self.names:
            if tokens[place : place + len(latex)] == latex:
                place += len(latex)
                if name in self.functions:
                    return self.called(name, tokens, place)
                count = self.families.get(name, 0)
                if not count:
                    return ("name", name), place
                if tokens[place : place + 1] != ["_"]:
                    raise Ambiguous(f"{name} without its indices")
                inside, place = self.argument(tokens, place + 1)
                return ("name", name, *self.indices(inside, count)), place
        raise Ambiguous(f"no name {tokens[place]}")

    def called(self, name, tokens, place):
        inside, place = self.between(tokens, place, "(", ")")
        parts, depth, start = [], 0, 0
        for end, token in enumerate([*inside, ","]):
            depth += (token in "([{") - (token in ")]}")
            if token == "," and depth == 0:
                parts.append(self.whole(inside[start:end]))
                start = end + 1
        return (name, *parts), place

    def between(self, tokens, place, opening, closing):
        """What stands between two brackets, plain or growing, and the place behind them."""
        grows = tokens[place] == r"\left"
        if tokens[place + grows] != opening:
            raise Ambiguous(f"no {opening} at {tokens[place]}")
        start = place = place + 1 + grows
        depth = 1
        while True:
            if grows:
                depth += {r"\left": 1, r"\right": -1}.get(tokens[place], 0)
            else:
                depth += (tokens[place] == opening) - (tokens[place] == closing)
            if depth == 0:
                break
            place += 1
        if tokens[place + grows] != closing:
            raise Ambiguous(f"{opening} closed by {tokens[place + grows]}")
        return tokens[start:place], place + 1 + grows

    def indices(self, tokens, count):
        """Index letters, one beside the other or with commas."""
        found, place = [], 0
        tokens = [token for token in tokens if token != ","]
        if count > 1 and len(tokens) == 1 and tokens[0].isdigit():
            tokens = list(tokens[0])
        while place < len(tokens):
            if tokens[place] == r"\mathrm":
                inside, place = self.argument(tokens, place + 1)
                found.append("".join(inside))
            else:
                found.append(tokens[place])
                place += 1
        if len(found) != count:
            raise Ambiguous(f"{count} indices from {' '.join(tokens)}")
        return found

    def over(self, tokens, place):
        sign = {r"\sum": "sum over", r"\prod": "product over"}[tokens[place]]
        if tokens[place + 1] != "_":
            raise Ambiguous("a sum without its index")
        below, place = self.argument(tokens, place + 2)
        left_out = ()
        if tokens[place] == "^":
            above, place = self.argument(tokens, place + 1)
            letter, *start = below
            if start != ["=", "1"] or self.whole(above) != ("name", self.sizes[letter]):
                raise Ambiguous(f"limits {below} {above}")
        else:
            pairs = [p.split(r"\ne") for p in "".join(below).split(",")]
            left_out = tuple((one, other) for one, other in pairs)
            letter = left_out[0][0]
        body, place = self.product(tokens, place)
        return (sign, letter, left_out, body), place

    def fraction(self, tokens, place):
        above, place = self.argument(tokens, place + 1)
        below, place = self.argument(tokens, place)
        if above[0] != r"\partial":
            return ("fraction", self.whole(above), self.whole(below)), place
        rest = above[1:]
        order = 1
        if rest[:1] == ["^"]:
            exponent, behind = self.argument(rest, 1)
            order, rest = int("".join(exponent)), rest[behind:]
        if rest:
            tree = self.whole(rest)
        else:
            inside, place = self.between(tokens, place, "[", "]")
            tree = self.whole(inside)
        variables = self.variables(below, order)
        for variable in reversed(variables):
            tree = ("D", tree, variable)
        return tree, place

    def variables(self, tokens, order):
        """What a derivative is taken by, the outermost first."""
        found, place = [], 0
        while place < len(tokens):
            if tokens[place] == r"\,":
                place += 1
            if tokens[place] != r"\partial":
                raise Ambiguous("a derivative by no ∂")
            variable, place = self.named(tokens, place + 1)
            times = 1
            if tokens[place : place + 1] == ["^"]:
                exponent, place = self.argument(tokens, place + 1)
                times = int("".join(exponent))
            found += [variable] * times
        if len(found) != order:
            raise Ambiguous(f"∂^{order} by {len(found)} variables")
        return found
