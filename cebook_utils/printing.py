"""From the tree of a formula to LaTeX: exactly what was written, nothing rearranged."""

import ast
import re
from decimal import Decimal

from cebook_utils import syntax

# How tightly a piece of LaTeX holds together; a looser piece gets brackets inside a tighter one.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(1, 6)

_GREEK = {
    "α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "ε": "varepsilon", "η": "eta",
    "θ": "theta", "κ": "kappa", "λ": "lambda", "μ": "mu", "ν": "nu", "π": "pi", "ρ": "rho",
    "σ": "sigma", "τ": "tau", "φ": "varphi", "ψ": "psi", "ω": "omega",
    "Δ": "Delta", "Λ": "Lambda", "Φ": "Phi", "Ψ": "Psi", "Ω": "Omega",
}  # fmt: skip

_SYMBOLS = {"ell": r"\ell", "oo": r"\infty"}


def latex(tree, names):
    """The LaTeX of a formula; `names` gives the LaTeX an author chose for a name."""
    return _Printer(names).piece(tree)[0]


def latex_name(name, names):
    """One name: as the author chose, a Greek letter, or upright when it has several letters."""
    chosen = names[name].latex if name in names else None
    if chosen:
        return chosen
    if name in _SYMBOLS:
        return _SYMBOLS[name]
    if name in _GREEK:
        return "\\" + _GREEK[name]
    letter, digits = name[:1], name[1:]
    if digits.isdigit() and len(name) > 1:
        return f"{latex_name(letter, {})}_{{{digits}}}"
    return name if len(name) == 1 else rf"\mathrm{{{name}}}".replace("_", r"\_")


def look_alike(one, other):
    """Whether a reader could take one declared name for another: `z1` looks like `z[1]`."""
    looks = [latex_name(declared.name, {declared.name: declared}) for declared in (one, other)]
    return looks[0] == looks[1] or any(
        family.ranges
        and family.kind != "index"
        and re.fullmatch(re.escape(looks[at]) + _digits(len(family.ranges)), looks[1 - at])
        for at, family in enumerate((one, other))
    )


def _digits(indices):
    """Several indices stand side by side only while each has one digit."""
    return r"_\{?\d+\}?" if indices == 1 else rf"_\{{?\d{{{indices}}}\}}?"


class _Printer:
    """Each method returns the LaTeX, how tightly it holds, and whether it is open to the right.

    A sum is open to the right: whatever follows it would be read as part of it.
    """

    def __init__(self, names):
        self.names = names

    def piece(self, node):
        match node:
            case ast.Constant(value=value):
                return format(Decimal(repr(value)), "f"), ATOM, False
            case ast.Name(id=name):
                return latex_name(name, self.names), ATOM, False
            case ast.UnaryOp(op=ast.USub()):
                return self._negative(node.operand)
            case ast.UnaryOp():
                return self.piece(node.operand)
            case ast.BinOp():
                return self._operation(node)
            case ast.Subscript():
                return self._indexed(node), ATOM, False
            case _:
                return self._call(node)

    def within(self, node, tightness, last=True):
        """The LaTeX of a part, in brackets where its neighbours would be read into it."""
        text, holds, opens = self.piece(node)
        if holds < tightness or (opens and not last):
            return _bracketed(text)
        return text

    def _negative(self, operand):
        return "-" + self.within(operand, PRODUCT), SUM, self.piece(operand)[2]

    def _operation(self, node):
        match node.op:
            case ast.Add():
                return self._terms(node, "+")
            case ast.Sub():
                return self._terms(node, "-")
            case ast.Mult():
                return self._product(node)
            case ast.Div():
                over, under = self.piece(node.left)[0], self.piece(node.right)[0]
                return rf"\frac{{{over}}}{{{under}}}", POWER, False
            case _:
                base, exponent = self.within(node.left, ATOM), self.piece(node.right)[0]
                return rf"{{{base}}}^{{{exponent}}}", POWER, False

    def _terms(self, node, sign):
        # A sum sign reaches over a product and no further, so a sum on the left needs no bracket.
        left = self.piece(node.left)[0]
        return f"{left} {sign} {self.within(node.right, PRODUCT)}", SUM, self.piece(node.right)[2]

    def _product(self, node):
        negated = _without_leading_minus(node)
        if negated is not None:
            return self._negative(negated)
        left = self.within(node.left, PRODUCT, last=False)
        is_product = isinstance(node.right, ast.BinOp) and isinstance(node.right.op, ast.Mult)
        right = self.within(node.right, PREFIX if is_product else PRODUCT)
        return f"{left}{_times(left, right)}{right}", PRODUCT, self.piece(node.right)[2]

    def _indexed(self, node):
        name = latex_name(node.value.id, self.names)
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        indices = [self.piece(index)[0] for index in inside]
        plain = all(len(index) == 1 for index in indices)
        joined = ("" if plain else ",").join(indices)
        # A name that has a subscript already (W_1) would get a second one.
        return rf"{{{name}}}_{{{joined}}}" if "_" in name else f"{name}_{{{joined}}}"

    def _call(self, node):
        name, arguments = node.func.id, node.args
        if name in syntax.SUMS + syntax.PRODUCTS:
            return self._over(node)
        if name in syntax.DELTAS:
            left, right = (self.piece(argument)[0] for argument in arguments)
            return rf"\delta_{{{left} {right}}}", ATOM, False
        if name == syntax.DERIVATIVE:
            return self._derivative(*arguments), POWER, False
        inside = ", ".join(self.piece(argument)[0] for argument in arguments)
        if name == "exp":
            return rf"e^{{{inside}}}", POWER, False
        if name == "abs":
            return rf"\left|{inside}\right|", ATOM, False
        if name == "sqrt":
            return rf"\sqrt{{{inside}}}", ATOM, False
        if name == "log" and self.piece(arguments[0])[1] == ATOM:
            return rf"\log {inside}", PREFIX, True
        if name in ("log", "max", "min"):
            return rf"\{name}{_bracketed(inside)}", POWER, False
        return f"{latex_name(name, self.names)}{_bracketed(inside)}", ATOM, False

    def _over(self, node):
        symbol = r"\sum" if node.func.id in syntax.SUMS else r"\prod"
        running = node.args[0].id
        index = latex_name(running, self.names)
        conditions = [rf"{index} \ne {self._left_out(c, running)}" for c in node.args[2:]]
        size = latex_name(self.names[running].ranges[0].name, self.names)
        limits = f"_{{{', '.join(conditions)}}}" if conditions else f"_{{{index}=1}}^{{{size}}}"
        return f"{symbol}{limits} {self.within(node.args[1], PRODUCT)}", PRODUCT, True

    def _left_out(self, condition, running):
        """The index that a sum leaves out, on whichever side of the ≠ it was written."""
        sides = (condition.left, condition.comparators[0])
        first_runs = isinstance(sides[0], ast.Name) and sides[0].id == running
        return self.piece(sides[1] if first_runs else sides[0])[0]

    def _derivative(self, function, by):
        variables = [self.piece(by)[0]]
        while isinstance(function, ast.Call) and function.func.id == syntax.DERIVATIVE:
            function, inner = function.args
            variables.append(self.piece(inner)[0])
        text = self.piece(function)[0]
        over = r"\partial" if len(variables) == 1 else rf"\partial^{{{len(variables)}}}"
        if len(variables) > 1 and len(set(variables)) == 1:
            under = rf"\partial {{{variables[0]}}}^{{{len(variables)}}}"
        else:
            under = r"\,".join(rf"\partial {variable}" for variable in variables)
        if isinstance(function, ast.Name | ast.Subscript):
            return rf"\frac{{{over} {text}}}{{{under}}}"
        return rf"\frac{{{over}}}{{{under}}}\left[{text}\right]"


def _bracketed(text):
    """Brackets that grow with what they hold, and add no space before them."""
    tall = any(word in text for word in (r"\frac", r"\sum", r"\prod", r"\left", r"\sqrt"))
    return rf"{{\left({text}\right)}}" if tall else f"({text})"


def _without_leading_minus(node):
    """-a * b is read as -(a * b): the product without its minus, or None if it has none."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        return node.operand
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        left = _without_leading_minus(node.left)
        return None if left is None else ast.BinOp(left, node.op, node.right)
    return None


def _times(left, right):
    """A dot where two numbers or two fractions meet, else a thin space."""
    clash = re.match(r"\{?\d", right) or (right.startswith(r"\frac") and left.endswith("}"))
    return r"\cdot " if clash else r"\,"
