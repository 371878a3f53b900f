"""The value of an expression at one point, from the meaning of its parts.

Nothing here is shared with the symbolic rules: a definition is what it says, a sum is added up
term by term, and a derivative is a difference quotient at 80 digits or more.
"""

from functools import lru_cache
from hashlib import blake2b

import sympy as sp
from mpmath import MPContext

from cebook_utils.vocabulary import (
    Deriv,
    Exp,
    Larger,
    Log,
    ProductOver,
    Smaller,
    SumOver,
    arguments_of,
    is_named,
    name_of,
)

DIGITS = 80
exact = MPContext()
exact.dps = DIGITS

# In hundredths, so that a counterexample can be read and tried by hand.
_HUNDREDTHS = {"real": (-200, 200), "positive": (10, 300), "unit": (3, 97)}


# e to the power of this has half a million million digits before the point.
_LARGEST_EXPONENT = exact.mpf(10) ** 12


# How far the slopes from above and from below may differ, beside what the step itself does.
_SMOOTH = exact.mpf(10) ** -6


class Undefined(ArithmeticError):
    """The expression has no value here: a division by zero, a logarithm of a number below 0."""


class LogOfZero(Undefined):
    """log 0, which is without a value on its own; 0 log 0 is 0."""


class Point:
    """Sizes, values of the free indices and a value for every name, drawn when it is needed.

    A value depends on the seed and the name alone, never on the order of evaluation.
    """

    def __init__(self, setting, seed, sizes, indices, cited=(), fixed=()):
        self.setting = setting
        self.seed = seed
        self.sizes = sizes
        self.indices = indices
        self.values = {}
        # A central difference errs by about step², and by 10**-digits / step.
        self._step = exact.mpf(10) ** -(exact.dps // 4)
        self._moved = {}
        self._defined = {}
        # What the definitions are worth, for each way in which names are moved.
        self._tables = {frozenset(): self._defined}
        self._rules = {}
        for fact in cited:
            head = fact.left.body if fact.kind == "sums to one" else fact.left
            self._rules.setdefault(name_of(head), []).append(fact)
        for name, value in fixed:
            self.values[self._key(name, {})] = exact.mpmathify(value)

    def value(self, e, bound=None):
        """The value of an expression; `bound` holds the indices of the sums around it."""
        bound = bound or {}
        if e.is_Rational:
            return _number(e, exact.prec)
        handler = _HANDLERS.get(type(e))
        if handler is not None:
            return handler(self, e, bound)
        if is_named(e):
            return self._call(e, bound)
        raise NotImplementedError(f"no meaning is written down for {type(e).__name__}")

    # Names.

    def _symbol(self, e, bound):
        if e in bound:
            return bound[e]
        if e in self.indices:
            return self.indices[e]
        if e in self.sizes:
            return exact.mpf(self.sizes[e])
        return self._named((e.name, ()))

    def _indexed(self, e, bound):
        return self._named(self._key(e, bound))

    def _key(self, e, bound):
        return name_of(e), tuple(int(self.value(index, bound)) for index in arguments_of(e))

    def _named(self, key):
        if key in self._moved:
            return self._moved[key]
        if key in self.values:
            return self.values[key]
        declared = self.setting.names[key[0]]
        if declared.body is None:
            self.values[key] = self._unmoved(lambda: self._drawn(key, declared))
            return self.values[key]
        if key not in self._defined:
            here = dict(zip(declared.parameters, key[1], strict=True))
            self._defined[key] = self.value(declared.body, here)
        return self._defined[key]

    def _call(self, e, bound):
        declared = self.setting.names[name_of(e)]
        arguments = [self.value(argument, bound) for argument in e.args]
        return self.value(declared.body, dict(zip(declared.parameters, arguments, strict=True)))

    # Drawing.

    def _drawn(self, key, declared):
        name, indices = key
        for fact in self._rules.get(name, ()):
            if fact.kind == "one-hot":
                return exact.mpf(indices[-1] == self.indices[fact.at])
            if fact.kind == "equation":
                here = dict(zip(arguments_of(fact.left), indices, strict=True))
                return self.value(fact.right, here)
            last = self.sizes[declared.ranges[-1]]
            weights = [self._raw(name, (*indices[:-1], m), 1, 20) for m in range(1, last + 1)]
            return exact.mpf(weights[indices[-1] - 1]) / sum(weights)
        if declared.kind == "binary":
            return exact.mpf(self._raw(name, indices, 0, 1))
        # Between 0 and 1, a defined name has logarithms and roots, as 1 minus it has.
        low, high = _HUNDREDTHS.get(declared.kind, _HUNDREDTHS["unit"])
        # Zero is left out: there abs and max have no derivative.
        return exact.mpf(self._raw(name, indices, low, high) or high) / 100

    def _raw(self, name, indices, low, high):
        text = f"{self.seed}:{name}:{indices}".encode()
        number = int.from_bytes(blake2b(text, digest_size=8).digest(), "big")
        return low + number % (high - low + 1)

    def _unmoved(self, evaluate):
        """Values are drawn at the point itself, also inside a difference quotient."""
        return self._moved_to({}, evaluate)

    def _moved_to(self, moved, evaluate):
        saved = self._moved, self._defined
        table = self._tables.setdefault(frozenset(moved.items()), {})
        self._moved, self._defined = moved, table
        try:
            return evaluate()
        finally:
            self._moved, self._defined = saved

    # Operations.

    def _add(self, e, bound):
        return exact.fsum(self.value(term, bound) for term in e.args)

    def _mul(self, e, bound):
        """A product; what a vanishing delta leaves out need not have a value, and 0 log 0 = 0."""
        product, missing = exact.mpf(1), None
        for factor, may_leave_out in _deltas_first(e):
            try:
                product *= self.value(factor, bound)
            except LogOfZero as error:
                missing = error
            if may_leave_out and product == 0:
                return product
        if missing is not None and product != 0:
            raise missing
        return product

    def _pow(self, e, bound):
        base, exponent = self.value(e.base, bound), self.value(e.exp, bound)
        if base == 0 and exponent < 0:
            raise Undefined("division by zero")
        if abs(exponent) > _LARGEST_EXPONENT:
            raise Undefined("too large to be evaluated")
        power = base**exponent
        if isinstance(power, exact.mpc):
            raise Undefined("a root of a negative number")
        return power

    def _exp(self, e, bound):
        exponent = self.value(e.args[0], bound)
        if exponent > _LARGEST_EXPONENT:
            raise Undefined("too large to be evaluated")
        return exact.exp(exponent) if exponent > -_LARGEST_EXPONENT else exact.mpf(0)

    def _log(self, e, bound):
        x = self.value(e.args[0], bound)
        if x == 0:
            raise LogOfZero("log 0")
        if x < 0:
            raise Undefined("the logarithm of a negative number")
        return exact.log(x)

    def _sum(self, e, bound):
        return exact.fsum(self._terms(e, bound))

    def _product(self, e, bound):
        return exact.fprod(self._terms(e, bound))

    def _terms(self, e, bound):
        size = self.sizes[e.size]
        return [self.value(e.body, {**bound, e.index: m}) for m in range(1, size + 1)]

    def _delta(self, e, bound):
        return exact.mpf(self.value(e.args[0], bound) == self.value(e.args[1], bound))

    def _derivative(self, e, bound):
        body, by = e.args
        key = self._key(by, bound)
        here, moved = self._named(key), self._moved

        def at(x):
            return self._moved_to({**moved, key: x}, lambda: self.value(body, bound))

        above, below = at(here + self._step), at(here - self._step)
        if self._may_have_kinks(body):
            from_above, from_below = above - at(here), at(here) - below
            if abs(from_above - from_below) > self._step * _SMOOTH:
                raise Undefined("no derivative at a kink")
        return (above - below) / (2 * self._step)

    def _may_have_kinks(self, body):
        definitions = (declared.body for declared in self.setting.names.values())
        return _has_kink(body) or any(map(_has_kink, filter(None, definitions)))


class FreePoint(Point):
    """A point at which a defined name has a drawn value too, as if it had no definition."""

    def _named(self, key):
        if key not in self.values:
            self.values[key] = self._drawn(key, self.setting.names[key[0]])
        return self.values[key]

    def _call(self, e, bound):
        # Equal arguments are equal to many more digits than these.
        arguments = (exact.nstr(self.value(argument, bound), DIGITS // 2) for argument in e.args)
        return self._named((name_of(e), tuple(arguments)))


@lru_cache(maxsize=4096)
def _number(e, precision):
    return exact.mpf(e.p) / e.q


@lru_cache(maxsize=4096)
def _deltas_first(product):
    """The factors of a product, each with whether there is a delta in it."""
    factors = [(factor, factor.has(sp.KroneckerDelta)) for factor in product.args]
    return sorted(factors, key=lambda factor: not factor[1])


@lru_cache(maxsize=4096)
def _has_kink(e):
    return e.has(sp.Abs, Larger, Smaller)


def _applied(function):
    return lambda point, e, bound: function(*(point.value(argument, bound) for argument in e.args))


def _without_value(point, e, bound):
    raise Undefined(f"{e} is no real number")


_HANDLERS = {
    sp.Symbol: Point._symbol,
    sp.Dummy: Point._symbol,
    sp.Indexed: Point._indexed,
    sp.Add: Point._add,
    sp.Mul: Point._mul,
    sp.Pow: Point._pow,
    sp.KroneckerDelta: Point._delta,
    type(sp.I): _without_value,
    type(sp.zoo): _without_value,
    type(sp.nan): _without_value,
    sp.Abs: _applied(abs),
    sp.sign: _applied(exact.sign),
    Exp: Point._exp,
    Log: Point._log,
    Larger: _applied(max),
    Smaller: _applied(min),
    SumOver: Point._sum,
    ProductOver: Point._product,
    Deriv: Point._derivative,
}
