"""Quotients of polynomials between generators, and what is known of their sign.

A generator is anything that polynomials cannot see into: a name, an exponential, a logarithm,
a sum, a Kronecker delta. SymPy cancels and factors the polynomials.
"""

import sympy as sp

from cebook_utils.vocabulary import ProductOver, SumOver


class NotNormal(ArithmeticError):
    """The expression divides by zero somewhere, so it has no normal form."""


class Quotients:
    """Numerators, denominators, factors and signs; each expression is worked out once.

    `is_between_0_and_1` tells which names are.
    """

    def __init__(self, is_between_0_and_1):
        self._unit = is_between_0_and_1
        self._fractions = {}

    def fraction(self, e):
        """Numerator and denominator in generators, and what the generators stand for."""
        if e not in self._fractions:
            self._fractions[e] = _fraction(e)
        return self._fractions[e]

    def cancelled(self, e):
        """The expression as one cancelled quotient."""
        numerator, denominator, back = self.fraction(e)
        return (numerator / denominator).xreplace(back)

    def factors(self, e):
        """A number and powers of factors whose product is the expression.

        Each factor comes with whether it is known to be positive; a factor that is known to be
        negative is turned around.
        """
        numerator, denominator, back = self.fraction(e)
        over, under = sp.factor_list(numerator), sp.factor_list(denominator)
        number, found = sp.Rational(over[0]) / under[0], []
        for factor, power in [*over[1], *((factor, -power) for factor, power in under[1])]:
            sign = self._sign_of_polynomial(factor, back)
            number *= sp.Integer(sign or 1) ** power
            found.append((((sign or 1) * factor).xreplace(back), power, sign != 0))
        return number, found

    def sign(self, e):
        """1, -1 or 0 as the expression is certainly positive, certainly negative, or neither."""
        numerator, denominator, back = self.fraction(e)
        return self._sign_of_polynomial(numerator, back) * self._sign_of_polynomial(
            denominator, back
        )

    def _sign_of_polynomial(self, polynomial, back):
        """The common sign of all coefficients, where all generators are positive.

        A name between 0 and 1 is written u / (1 + u) with a positive u.
        """
        for generator in polynomial.free_symbols:
            if self._unit(back[generator]):
                polynomial = polynomial.subs(generator, generator / (1 + generator))
            elif not self._is_positive(back[generator]):
                return 0
        # What is divided by is a product of such 1 + u, so the sign is that of the numerator.
        numerator = sp.expand(sp.fraction(sp.together(polynomial))[0])
        signs = {sp.sign(term.as_coeff_Mul()[0]) for term in sp.Add.make_args(numerator)}
        return int(signs.pop()) if len(signs) == 1 else 0

    def _is_positive(self, generator):
        if isinstance(generator, SumOver | ProductOver):
            return bool(generator.is_positive) or self.sign(generator.body) > 0
        return bool(generator.is_positive)


def _fraction(e):
    generators = {}
    quotient = _in_generators(e, generators)
    if quotient.has(sp.zoo, sp.nan, sp.oo):
        raise NotNormal("a division by zero")
    back = {generator: part for part, generator in generators.items()}
    numerator, denominator = _cancelled(quotient, tuple(back))
    # -1/(b - a) and 1/(a - b) are the same: the first term of a denominator is positive.
    if _leading_sign(denominator, back) < 0:
        numerator, denominator = sp.expand(-numerator), sp.expand(-denominator)
    return numerator, denominator, back


def _cancelled(quotient, generators):
    """Numerator and denominator without a common factor."""
    if not generators:
        return sp.fraction(quotient)
    try:
        element = sp.field(generators, sp.ZZ)[0].from_expr(quotient)
    except ZeroDivisionError:
        raise NotNormal("a division by zero") from None
    return element.numer.as_expr(), element.denom.as_expr()


def _in_generators(e, generators):
    """The expression as a quotient of polynomials in generators."""
    if isinstance(e, sp.Add | sp.Mul):
        return e.func(*(_in_generators(part, generators) for part in e.args))
    if isinstance(e, sp.Pow) and e.exp.is_Integer:
        return _in_generators(e.base, generators) ** e.exp
    if e.is_Rational:
        return e
    if e not in generators:
        generators[e] = sp.Dummy(f"g{len(generators)}", positive=True if e.is_positive else None)
    return generators[e]


def _leading_sign(polynomial, back):
    terms = sp.Add.make_args(polynomial)
    first = min(terms, key=lambda term: sp.default_sort_key(term.as_coeff_Mul()[1].xreplace(back)))
    return sp.sign(first.as_coeff_Mul()[0])
