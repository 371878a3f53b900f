"""A normal form for finite sums, Kronecker deltas, exponentials and logarithms.

Two expressions are equal if the numerator of their difference vanishes in this form. The form
is made from the inside out:

* every exponential, logarithm, sum or name is a *generator*; between generators there are only
  polynomials and their quotients, and these SymPy brings to a common, cancelled form;
* a sum is taken apart into its terms, whatever does not depend on its index is moved out, and
  a Kronecker delta replaces the index;
* bound indices get canonical names, so that the sum over i and the sum over j are the same.
"""

from itertools import permutations, product

import sympy as sp

from cebook_utils.quotients import NotNormal, Quotients
from cebook_utils.vocabulary import (
    Exp,
    Log,
    ProductOver,
    SumOver,
    bound_index,
    index_symbol,
    renamed,
)

_MOST_NESTED = 4
# A higher power would be a polynomial of a higher degree than can be factored in good time.
_LARGEST_POWER = 64


class NormalForm(Quotients):
    """Brings expressions into the normal form, with sums that are known to be replaced.

    `known_sums` holds (sum, its free indices, value); the other two tell which names are so.
    """

    def __init__(self, known_sums, is_between_0_and_1, is_0_or_1):
        super().__init__(is_between_0_and_1)
        self._binary = is_0_or_1
        self._known = []
        self._known = [(self(total), letters, value) for total, letters, value in known_sums]

    def __call__(self, e):
        """The normal form of an expression (a quotient whose parts are in normal form)."""
        if not e.args or isinstance(e, sp.Indexed | sp.KroneckerDelta):
            if e.has(sp.zoo, sp.nan, sp.oo):
                raise NotNormal("a division by zero")
            return e
        if isinstance(e, SumOver):
            return self._sum(e)
        if isinstance(e, ProductOver):
            return self._product(e)
        parts = [self(part) for part in e.args]
        if isinstance(e, Exp):
            return self._exp(parts[0])
        if isinstance(e, Log):
            return self._log(parts[0])
        if isinstance(e, sp.Pow) and not parts[1].is_Rational:
            return self._exp(parts[1] * self._log(parts[0]))
        if not isinstance(e, sp.Add | sp.Mul) and not (e.is_Pow and parts[1].is_Integer):
            parts = [self.cancelled(part) for part in parts]
        return e.func(*parts)

    def is_zero(self, e):
        """Whether the numerator of an expression vanishes identically."""
        return self.fraction(self(e))[0] == 0

    # Exponentials and logarithms.

    def _exp(self, exponent):
        """e^(a + b) is e^a e^b, and e^(n log a) is a^n."""
        numerator, denominator, back = self.fraction(exponent)
        factors = []
        for term in sp.Add.make_args(numerator):
            coefficient, rest = (term / denominator).xreplace(back).as_coeff_Mul()
            whole = coefficient.is_Integer and abs(coefficient) <= _LARGEST_POWER
            if isinstance(rest, Log) and (whole or not coefficient.is_Integer):
                factors.append(rest.args[0] ** coefficient)
            elif whole:
                factors.append(Exp(rest) ** coefficient)
            else:
                factors.append(Exp(coefficient * rest))
        return sp.Mul(*(factor for factor in factors if factor != Exp(sp.Integer(0))))

    def _log(self, argument):
        """The logarithm of a product of positive factors is the sum of their logarithms."""
        number, factors = self.factors(argument)
        if number <= 0 or not all(positive for _, _, positive in factors):
            return Log(self.cancelled(argument))
        terms = [power * self._log_of_factor(factor) for factor, power, _ in factors]
        primes = sp.factorrat(number).items()
        return sp.Add(*terms, *(power * Log(sp.Integer(prime)) for prime, power in primes))

    def _log_of_factor(self, factor):
        if isinstance(factor, Exp):
            return factor.args[0]
        if isinstance(factor, ProductOver):
            return self(SumOver(Log(factor.body), factor.index, factor.size))
        if isinstance(factor, sp.Pow) and factor.exp.is_Rational:
            return factor.exp * self._log_of_factor(factor.base)
        return Log(factor)

    # Sums.

    def _sum(self, e):
        index = bound_index()
        return self._sum_over(self(e.body.xreplace({e.index: index})), index, e.size)

    def _sum_over(self, body, index, size):
        numerator, denominator, back = self.fraction(body)

        def depends(polynomial):
            return index in polynomial.xreplace(back).free_symbols

        constant, factors = sp.factor_list(denominator)
        outside = constant * sp.Mul(*(f**power for f, power in factors if not depends(f)))
        inside = [(f, power) for f, power in factors if depends(f)]
        total = []
        for over, under in _partial_fractions(numerator, inside, back, depends):
            for term in sp.Add.make_args(sp.expand(over)):
                here = [s for s in term.free_symbols if depends(s)]
                free, bound = term.as_independent(*here, as_Add=False) if here else (term, 1)
                outer = (free / outside).xreplace(back)
                total.append(outer * self._sum_of_term((bound / under).xreplace(back), index, size))
        return sp.Add(*total)

    def _sum_of_term(self, term, index, size):
        if index not in term.free_symbols:
            return term * size
        # y is 0 or 1, so y² is y, as it is with a delta.
        term = term.xreplace({p: p.base for p in term.atoms(sp.Pow) if self._is_idempotent(p)})
        delta = _delta_to_contract(term, index)
        if delta is not None:
            other = delta.args[0] if delta.args[1] == index else delta.args[1]
            return self((term / delta).xreplace({index: other}))
        term, limits = _flattened(term, [(index, size)])
        return self._closed(term, limits)

    def _is_idempotent(self, power):
        return self._binary(power.base) and power.exp.is_Integer and power.exp > 0

    def _closed(self, term, limits):
        """Nested sums with canonical names in canonical order; known sums are put in."""
        for total, letters, value in self._known:
            for limit in limits:
                replaced = self._with_known(term, limits, limit, (total, letters, value))
                if replaced is not None:
                    return replaced
        first = _height(term)
        candidates = (_nest(term, order, first) for order in permutations(limits))
        return min(candidates, key=sp.default_sort_key)

    def _with_known(self, term, limits, limit, known):
        index, _ = limit
        free, bound = term.as_independent(index, as_Add=False)
        total, letters, value = known
        inner = _nest(bound, [limit], _height(bound))
        symbols = [s for s in inner.free_symbols if s.is_Symbol and s.is_integer]
        symbols.sort(key=sp.default_sort_key)
        for choice in product(symbols, repeat=len(letters)):
            at = dict(zip(letters, choice, strict=True))
            if total.xreplace(at) == inner:
                rest = free * value.xreplace(at)
                for other_index, other_size in limits:
                    if other_index != index:
                        rest = self._sum_over(self(rest), other_index, other_size)
                return rest
        return None

    # Products.

    def _product(self, e):
        """The product over an index, factor by factor; an exponential becomes one of a sum."""
        index = bound_index()
        body = self(e.body.xreplace({e.index: index}))
        number, factors = self.factors(body)
        result = [number**e.size if number != 1 else number]
        for factor, power, _ in factors:
            if index not in factor.free_symbols:
                result.append(factor ** (power * e.size))
            elif isinstance(factor, Exp):
                exponent = self._sum_over(self(factor.args[0]), index, e.size)
                result.append(self._exp(power * exponent))
            else:
                name = _canonical_index(_height(factor))
                closed = ProductOver(factor.xreplace({index: name}), name, e.size)
                result.append(closed**power)
        return sp.Mul(*result)


def _partial_fractions(numerator, denominators, back, depends):
    """E/(1 + E) is 1 - 1/(1 + E): one way only to write a quotient inside a sum."""
    under = sp.Mul(*(factor**power for factor, power in denominators))
    if len(denominators) != 1 or not denominators[0][0].is_Add:
        return [(numerator, under)]
    factor, power = denominators[0]
    order = sorted(
        factor.free_symbols,
        key=lambda s: (not depends(s), sp.default_sort_key(back[s])),
    )
    pieces = []
    while power > 0 and numerator != 0:
        (quotient,), rest = sp.reduced(numerator, [factor], *order)
        pieces.append((rest, factor**power))
        numerator, power = quotient, power - 1
    return [*pieces, (numerator, sp.Integer(1))]


def _delta_to_contract(term, index):
    """A delta that ties the index to another, unless the term divides by a delta."""
    under = sp.fraction(term)[1]
    if under.has(sp.KroneckerDelta):
        return None
    deltas = [
        factor
        for factor in sp.Mul.make_args(term)
        if isinstance(factor, sp.KroneckerDelta) and index in factor.args
    ]
    return min(deltas, key=sp.default_sort_key) if deltas else None


def _flattened(term, limits):
    """Factors that are sums are multiplied out into one nested sum, while it stays small."""
    for factor in sorted(sp.Mul.make_args(term), key=sp.default_sort_key):
        base, power = factor.as_base_exp()
        if not isinstance(base, SumOver) or not (power.is_Integer and power > 0):
            continue
        bodies, added = [], []
        for _ in range(int(power)):
            body, inner = base, []
            while isinstance(body, SumOver):
                body = renamed(body)
                inner.append((body.index, body.size))
                body = body.body
            bodies.append(body)
            added += inner
        if len(limits) + len(added) <= _MOST_NESTED:
            term = term / factor * sp.Mul(*bodies)
            limits = [*limits, *added]
    return term, limits


def _canonical_index(number):
    return index_symbol(f"_{number}")


def _height(e):
    """How many sums and products stand inside one another."""
    if not e.args or isinstance(e, sp.Indexed):
        return 0
    inside = max(_height(part) for part in e.args)
    return inside + 1 if isinstance(e, SumOver | ProductOver) else inside


def _nest(term, limits, first):
    for number, (index, size) in enumerate(limits, start=first):
        name = _canonical_index(number)
        term = SumOver(term.xreplace({index: name}), name, size)
    return term
