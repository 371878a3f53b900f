"""A judge of step strings that shares nothing with the core but the notation.

`World` takes the same declarations as a `Setting`. Sizes are 1, 2 or 3, every name gets a number
drawn from its domain, sums are added up term by term, and derivatives come from dual numbers
(a + b ε with ε² = 0) in 50-digit arithmetic: no SymPy, no difference quotient, no normal form.
"""

import ast
import itertools
import random
from dataclasses import dataclass
from typing import Any

from mpmath import mp, mpf

DIGITS = 50
AGREES = mpf(10) ** -35
SIZES = ((2, 3), (3, 2), (1, 1))
MOST_INDEX_CHOICES = 6


class Undefined(ArithmeticError):
    """The expression has no value at this point."""


# --- dual numbers ---------------------------------------------------------------------------


@dataclass
class Dual:
    """value + slope ε of one derivative; the level tells nested derivatives apart."""

    level: int
    value: Any
    slope: Any


def level_of(x):
    return x.level if isinstance(x, Dual) else 0


def at_level(x, level):
    """A number seen from a level: its value and its slope there."""
    return (x.value, x.slope) if level_of(x) == level else (x, mpf(0))


def plain(x):
    """The number without its slopes."""
    return plain(x.value) if isinstance(x, Dual) else x


def add(x, y):
    level = max(level_of(x), level_of(y))
    if level == 0:
        return x + y
    (a, da), (b, db) = at_level(x, level), at_level(y, level)
    return Dual(level, add(a, b), add(da, db))


def times(x, y):
    level = max(level_of(x), level_of(y))
    if level == 0:
        return x * y
    (a, da), (b, db) = at_level(x, level), at_level(y, level)
    return Dual(level, times(a, b), add(times(da, b), times(a, db)))


def negative(x):
    return times(mpf(-1), x)


def along(x, function, slope):
    """A function of one number, with the slope that it has there."""
    if not isinstance(x, Dual):
        return function(x)
    return Dual(x.level, along(x.value, function, slope), times(slope(x.value), x.slope))


def inverse(x):
    if plain(x) == 0:
        raise Undefined("division by zero")
    return along(x, lambda v: 1 / v, lambda v: negative(times(inverse(v), inverse(v))))


def exponential(x):
    return along(x, mp.exp, exponential)


def logarithm(x):
    if plain(x) <= 0:
        raise Undefined("logarithm of a number that is not positive")
    return along(x, mp.log, inverse)


def power(x, y):
    if not isinstance(y, Dual) and y == int(y):
        whole = int(y)
        base = x if whole >= 0 else inverse(x)
        result = mpf(1)
        for _ in range(abs(whole)):
            result = times(result, base)
        return result
    if not isinstance(x, Dual) and x == 0 and plain(y) > 0:
        return mpf(0)
    return exponential(times(y, logarithm(x)))


# --- what is declared -----------------------------------------------------------------------


class World:
    """The declarations of a setting, kept as trees."""

    def __init__(self):
        self.range_of, self.domains, self.shapes, self.bodies, self.facts = {}, {}, {}, {}, {}

    def index(self, letters, size):
        self.range_of.update(dict.fromkeys(letters.split(), size))
        return self

    def _domain(self, specs, domain):
        for spec in specs.split():
            name, _, indices = spec.rstrip("]").partition("[")
            self.domains[name] = domain
            self.shapes[name] = tuple(self.range_of[i] for i in indices.split(",") if i)
        return self

    def real(self, specs, latex=None):
        return self._domain(specs, "real")

    def positive(self, specs, latex=None):
        return self._domain(specs, "positive")

    def unit(self, specs, latex=None):
        return self._domain(specs, "unit")

    def binary(self, specs, latex=None):
        return self._domain(specs, "binary")

    def distribution(self, spec, latex=None):
        self._domain(spec, "positive")
        name = spec.partition("[")[0]
        self.facts[f"{name} sums to one"] = ("sums to one", name, None)
        return self

    def one_hot(self, spec, at):
        name = spec.partition("[")[0]
        if name not in self.domains:
            self._domain(spec, "real")
        self.facts[f"{name} is one-hot"] = ("one-hot", name, at)
        return self

    def let(self, head, body, latex=None):
        match tree(head):
            case ast.Name(id=name):
                parameters = ()
            case ast.Subscript(value=ast.Name(id=name)) as node:
                parameters = index_letters(node)
                self.shapes[name] = tuple(self.range_of[i] for i in parameters)
            case ast.Call(func=ast.Name(id=name), args=arguments):
                parameters = tuple(argument.id for argument in arguments)
        self.bodies[name] = (parameters, tree(body))
        return self

    lemma = let

    def fact(self, name, equation):
        left, right = equation.split("==")
        if not isinstance(tree(left), ast.Name):
            left, right = right, left
        self.facts[name] = ("equation", tree(left).id, tree(right))
        return self

    def sizes(self):
        return sorted(set(self.range_of.values()))


def tree(text):
    return ast.parse(text.strip(), mode="eval").body


def index_letters(node):
    inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    return tuple(ast.unparse(index) for index in inside)


SUMS, PRODUCTS, DELTAS = ("Σ", "Sum"), ("Π", "Prod"), ("δ", "delta")


def free_indices(node, world, bound=frozenset(), seen=frozenset()):
    """The index letters that a formula leaves open, also inside its definitions."""
    if isinstance(node, ast.Call) and node.func.id in SUMS + PRODUCTS:
        bound = bound | {node.args[0].id}
    found = set()
    if isinstance(node, ast.Name):
        if node.id in world.range_of:
            found |= {node.id} - bound
        elif node.id in world.bodies and node.id not in seen:
            parameters, body = world.bodies[node.id]
            found |= free_indices(body, world, frozenset(parameters), seen | {node.id})
    for child in ast.iter_child_nodes(node):
        found |= free_indices(child, world, bound, seen)
    return found


# --- what a formula is worth ----------------------------------------------------------------


class Point:
    """Numbers for every name of a world, drawn once each, and the formulas' values there."""

    def __init__(self, world, sizes, indices, seed, using=(), fixed=None):
        self.world, self.sizes, self.indices, self.seed = world, sizes, indices, seed
        self.cited = [world.facts[name] for name in using if name in world.facts]
        self.moved = {(name, ()): mpf(value) for name, value in (fixed or {}).items()}
        self.known = {}

    def drawn(self, name, at):
        raw = random.Random(f"{self.seed} {name} {at}").random()
        match self.world.domains[name]:
            case "real":
                return 4 * mpf(raw) - 2
            case "positive":
                return 3 * mpf(raw) + mpf("0.1")
            case "unit":
                return mpf("0.03") + mpf("0.94") * mpf(raw)
            case "binary":
                return mpf(round(raw))

    def given(self, name, at):
        """The value of a declared name, made to obey the facts that are cited."""
        kinds = {kind: extra for kind, label, extra in self.cited if label == name}
        if "equation" in kinds:
            return self.value(kinds["equation"], {})
        if "one-hot" in kinds:
            return mpf(at[-1] == self.indices[kinds["one-hot"]])
        if "sums to one" in kinds:
            last = self.sizes[self.world.shapes[name][-1]]
            row = [self.drawn(name, (*at[:-1], k)) for k in range(1, last + 1)]
            return row[at[-1] - 1] / sum(row)
        return self.drawn(name, at)

    def named(self, name, at):
        key = (name, at)
        if key in self.moved:
            return self.moved[key]
        if key not in self.known:
            if name in self.world.bodies:
                parameters, body = self.world.bodies[name]
                self.known[key] = self.value(body, dict(zip(parameters, at, strict=True)))
            else:
                self.known[key] = self.given(name, at)
        return self.known[key]

    def index(self, node, bound):
        if isinstance(node, ast.Constant):
            return node.value
        return bound[node.id] if node.id in bound else self.indices[node.id]

    def place(self, node, bound):
        """The name and the indices that a bare or an indexed name stands for."""
        if isinstance(node, ast.Name):
            return node.id, ()
        inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
        return node.value.id, tuple(self.index(i, bound) for i in inside)

    def value(self, node, bound):
        match node:
            case ast.Constant(value=number):
                return mpf(str(number))
            case ast.Name(id=name) if name in bound:
                return bound[name]
            case ast.Name(id=name) if name in self.sizes:
                return mpf(self.sizes[name])
            case ast.Name() | ast.Subscript():
                return self.named(*self.place(node, bound))
            case ast.UnaryOp(op=ast.USub()):
                return negative(self.value(node.operand, bound))
            case ast.BinOp():
                return self.operation(node, bound)
            case ast.Call():
                return self.call(node, bound)
        raise TypeError(f"cannot judge {ast.unparse(node)}")

    def operation(self, node, bound):
        left, right = self.value(node.left, bound), self.value(node.right, bound)
        match node.op:
            case ast.Add():
                return add(left, right)
            case ast.Sub():
                return add(left, negative(right))
            case ast.Mult():
                return times(left, right)
            case ast.Div():
                return times(left, inverse(right))
            case ast.Pow():
                return power(left, right)

    def call(self, node, bound):
        name = node.func.id
        if name in SUMS + PRODUCTS:
            return self.over(node, bound, add if name in SUMS else times)
        if name in DELTAS:
            return mpf(self.index(node.args[0], bound) == self.index(node.args[1], bound))
        if name == "D":
            return self.slope(*node.args, bound)
        values = [self.value(argument, bound) for argument in node.args]
        match name:
            case "exp":
                return exponential(values[0])
            case "log":
                return logarithm(values[0])
            case "sqrt":
                return power(values[0], mpf(1) / 2)
            case "abs":
                return values[0] if plain(values[0]) >= 0 else negative(values[0])
            case "max":
                return max(values, key=plain)
            case "min":
                return min(values, key=plain)
        parameters, body = self.world.bodies[name]
        return self.value(body, dict(zip(parameters, values, strict=True)))

    def over(self, node, bound, combine):
        letter, body, *conditions = node.args
        total = mpf(0) if combine is add else mpf(1)
        for k in range(1, self.sizes[self.world.range_of[letter.id]] + 1):
            inner = {**bound, letter.id: k}
            if all(
                self.index(c.left, inner) != self.index(c.comparators[0], inner) for c in conditions
            ):
                total = combine(total, self.value(body, inner))
        return total

    def slope(self, function, by, bound):
        """∂function/∂by: give `by` a slope of 1 wherever it occurs, also inside definitions."""
        key = self.place(by, bound)
        here = self.named(*key)
        level = 1 + max([level_of(x) for x in self.moved.values()], default=0)
        moved, known = self.moved, self.known
        self.moved, self.known = {**moved, key: Dual(level, here, mpf(1))}, {}
        try:
            return at_level(self.value(function, bound), level)[1]
        finally:
            self.moved, self.known = moved, known


def points(world, formulas, using=(), fixed=None, draws=3):
    """Points of several sizes, equal and unequal free indices among them."""
    letters = sorted(set().union(*(free_indices(formula, world) for formula in formulas)))
    letters += sorted(
        {extra for name in using if world.facts.get(name, ("",))[0] == "one-hot"
         for extra in [world.facts[name][2]]} - set(letters)
    )  # fmt: skip
    named_index = max(
        [n.value for f in formulas for s in ast.walk(f) if isinstance(s, ast.Subscript)
         for n in ast.walk(s.slice) if isinstance(n, ast.Constant)], default=1
    )  # fmt: skip
    for seed in range(draws):
        for pattern in SIZES:
            sizes = {
                size: max(pattern[place % 2], named_index)
                for place, size in enumerate(world.sizes())
            }
            choices = list(
                itertools.product(*(range(1, sizes[world.range_of[i]] + 1) for i in letters))
            )
            random.Random(seed).shuffle(choices)
            for choice in choices[:MOST_INDEX_CHOICES]:
                indices = dict(zip(letters, choice, strict=True))
                yield Point(world, sizes, indices, f"{seed} {pattern}", using, fixed)


def holds(world, left, right, relation="=", using=(), fixed=None):
    """Whether left = right (or <=, >=) at every point where both have a value."""
    formulas = [tree(left), tree(right)]
    tried = 0
    with mp.workdps(DIGITS):
        for point in points(world, formulas, using, fixed):
            try:
                a, b = (point.value(formula, {}) for formula in formulas)
            except Undefined:
                continue
            tried += 1
            slack = AGREES * (1 + abs(a) + abs(b))
            wrong = {"=": abs(a - b) > slack, "<=": a > b + slack, ">=": a < b - slack}
            if wrong[relation]:
                return False
    if tried == 0:
        raise Undefined(f"{left} and {right} have no value at any point")
    return True


def limit_holds(world, text, target, when, using=(), fixed=None):
    """Whether text is within 1e-6 of target very near the end of `when`."""
    name, _, end = (part.strip() for part in when.partition("->"))
    near = {"oo": "1e9", "-oo": "-1e9", "0+": "1e-30"}.get(end) or mpf(end) + mpf("1e-12")
    formulas = [tree(text), tree(target)]
    with mp.workdps(DIGITS):
        for point in points(world, formulas, using, {**(fixed or {}), name: near}):
            a, b = (point.value(formula, {}) for formula in formulas)
            if abs(a - b) > mpf("1e-6") * (1 + abs(b)):
                return False
    return True
