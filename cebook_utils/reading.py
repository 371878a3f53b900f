"""From the tree of a formula to the SymPy expression that is checked.

Every bound index becomes a new symbol of its own, so that no later substitution or derivative
can capture it; every name must have been declared, and every index must run over the range
that its name was declared with.
"""

import ast
from dataclasses import dataclass, field

import sympy as sp

from cebook_utils import syntax
from cebook_utils.syntax import refuse
from cebook_utils.vocabulary import (
    Deriv,
    Exp,
    Larger,
    Log,
    ProductOver,
    Smaller,
    SumOver,
    bound_index,
    is_named,
)

LARGEST_EXPONENT = 64
_MOST_BITS = 4096


@dataclass(frozen=True)
class Formula:
    """One string in its two readings: the tree, which is printed, and what is checked."""

    text: str
    tree: ast.AST
    expr: sp.Expr
    divisors: tuple = ()  # what it divides by, even where SymPy has cancelled it


def read(text, names):
    """The formula in a string, given the declared names."""
    tree = syntax.parse(text)
    text = syntax.tidy(text)
    reader = _Reader(text, names)
    expr = reader.expression(tree, {})
    return Formula(text, tree, expr, tuple(reader.divisors))


@dataclass(frozen=True)
class _Reader:
    text: str
    names: dict
    divisors: list = field(default_factory=list)

    def expression(self, node, bound):
        match node:
            case ast.Constant(value=value):
                return sp.Rational(str(value))
            case ast.Name(id=name):
                return self._name(node, name)
            case ast.UnaryOp(op=ast.USub()):
                return -self.expression(node.operand, bound)
            case ast.UnaryOp():
                return self.expression(node.operand, bound)
            case ast.BinOp():
                return self._operation(node, bound)
            case ast.Subscript():
                return self._indexed(node, bound)
            case _:
                return self._call(node, bound)

    def _declared(self, node, name):
        if name not in self.names:
            known = ", ".join(sorted(self.names)) or "nothing yet"
            raise refuse(
                node, self.text, f"{name!r} is not declared in this setting, which has {known}"
            )
        return self.names[name]

    def _name(self, node, name):
        declared = self._declared(node, name)
        if declared.kind == "index":
            raise refuse(node, self.text, f"the index {name!r} stands where a number should")
        if declared.parameters and not declared.ranges:
            raise refuse(node, self.text, f"{name!r} is a function: write {name}(…)")
        if declared.ranges:
            shape = "×".join(size.name for size in declared.ranges)
            raise refuse(node, self.text, f"{name!r} runs over {shape}: write {name}[…]")
        return declared.head

    def _operation(self, node, bound):
        left, right = self.expression(node.left, bound), self.expression(node.right, bound)
        match node.op:
            case ast.Add():
                return left + right
            case ast.Sub():
                return left - right
            case ast.Mult():
                return left * right
            case ast.Div() if right == 0:
                raise refuse(node.right, self.text, "this divides by zero")
            case ast.Div():
                self._divide_by(right, bound)
                return left / right
            case _:
                if right.is_negative:
                    self._divide_by(left, bound)
                return self._power(node, left, right)

    def _divide_by(self, divisor, bound):
        """Inside a sum, a divisor is looked at for any value of the index."""
        free = {index: self.names[letter].head for letter, index in bound.items()}
        self.divisors.append(divisor.xreplace(free))

    def _power(self, node, base, exponent):
        if exponent.is_Number and abs(exponent) > LARGEST_EXPONENT:
            raise refuse(
                node.right, self.text, f"an exponent is at most {LARGEST_EXPONENT} in size"
            )
        if base.is_Number and exponent.is_Number:
            bits = max(abs(base.p), base.q).bit_length() * abs(exponent)
            if bits > _MOST_BITS or (base == 0 and exponent < 0):
                raise refuse(node, self.text, "this power is too large to be read")
        return base**exponent

    def _index(self, node, bound):
        """The symbol of an index and the size it runs up to (None for a whole number)."""
        if isinstance(node, ast.Constant):
            return sp.Integer(node.value), None
        declared = self._declared(node, node.id)
        if declared.kind != "index":
            raise refuse(node, self.text, f"{node.id!r} is not an index")
        return bound.get(node.id, declared.head), declared.ranges[0]

    def _indexed(self, node, bound):
        name = node.value.id
        declared = self._declared(node.value, name)
        if not declared.ranges or declared.kind == "index":
            raise refuse(node, self.text, f"{name!r} has no indices")
        nodes = syntax.index_nodes(node, self.text)
        indices, sizes = zip(*(self._index(n, bound) for n in nodes), strict=True)
        fits = len(sizes) == len(declared.ranges) and all(
            size in (None, wanted) for size, wanted in zip(sizes, declared.ranges, strict=True)
        )
        if not fits:
            shape = "×".join(size.name for size in declared.ranges)
            asked = "×".join("?" if size is None else size.name for size in sizes)
            raise refuse(
                node,
                self.text,
                f"{name!r} runs over {shape}, but {ast.unparse(node)} asks for {asked}",
            )
        return declared.head[indices]

    def _call(self, node, bound):
        name, arguments = node.func.id, node.args
        if name in syntax.SUMS:
            return self._over(SumOver, node, bound)
        if name in syntax.PRODUCTS:
            return self._over(ProductOver, node, bound)
        if name in syntax.DELTAS:
            return self._delta(node, bound)
        if name == syntax.DERIVATIVE:
            return self._derivative(node, bound)
        values = [self.expression(argument, bound) for argument in arguments]
        if name in syntax.BUILT_IN:
            return self._built_in(node, name, values)
        declared = self._declared(node.func, name)
        if not declared.parameters or declared.ranges:
            raise refuse(node, self.text, f"{name!r} is not a function")
        self._count(node, len(declared.parameters))
        return declared.head(*values)

    def _count(self, node, wanted):
        if len(node.args) != wanted:
            raise refuse(
                node, self.text, f"{node.func.id} takes {wanted} argument(s), not {len(node.args)}"
            )

    def _built_in(self, node, name, values):
        if name in ("max", "min"):
            if len(values) < 2:
                raise refuse(node, self.text, f"{name} takes two arguments or more")
            word = Larger if name == "max" else Smaller
            result = values[0]
            for value in values[1:]:
                result = word(result, value)
            return result
        self._count(node, 1)
        return {"exp": Exp, "log": Log, "sqrt": sp.sqrt, "abs": sp.Abs}[name](values[0])

    def _over(self, kind, node, bound):
        name = node.func.id
        if len(node.args) < 2 or not isinstance(node.args[0], ast.Name):
            raise refuse(node, self.text, f"{name} is written {name}(i, …) with an index i")
        letter = node.args[0].id
        if letter in bound:
            raise refuse(node.args[0], self.text, f"{letter!r} already runs in an outer sum")
        _, size = self._index(node.args[0], {})
        index = bound_index()
        inner = {**bound, letter: index}
        body = self.expression(node.args[1], inner)
        sides = syntax.condition_nodes(node, self.text)
        for left, right in zip(sides[::2], sides[1::2], strict=True):
            if letter not in (getattr(left, "id", None), getattr(right, "id", None)):
                raise refuse(left, self.text, f"a condition of this sum compares {letter!r}")
            left_out = self._same_range_delta(left, right, inner)
            # What is left out contributes the neutral element: 0 to a sum, 1 to a product.
            body = body * (1 - left_out) if kind is SumOver else left_out + body * (1 - left_out)
        return kind(body, index, size)

    def _delta(self, node, bound):
        self._count(node, 2)
        for argument in node.args:
            if not isinstance(argument, ast.Name | ast.Constant):
                raise refuse(argument, self.text, "δ compares two indices")
        return self._same_range_delta(*node.args, bound)

    def _same_range_delta(self, left, right, bound):
        (a, size_a), (b, size_b) = self._index(left, bound), self._index(right, bound)
        if None not in (size_a, size_b) and size_a != size_b:
            raise refuse(
                left, self.text, f"these indices run over different ranges: {size_a} and {size_b}"
            )
        return sp.KroneckerDelta(a, b)

    def _derivative(self, node, bound):
        self._count(node, 2)
        body, by = (self.expression(argument, bound) for argument in node.args)
        called = isinstance(node.args[1], ast.Call)
        if called or not is_named(by) or self._is_size(by):
            raise refuse(node.args[1], self.text, "a derivative is taken by a name of the setting")
        return Deriv(body, by)

    def _is_size(self, e):
        return isinstance(e, sp.Symbol) and self.names[e.name].kind == "size"
