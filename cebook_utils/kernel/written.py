"""Signs that are read off from how a term is written."""

from __future__ import annotations

from fractions import Fraction

from .algebra import NEGATIVE, NONNEGATIVE, NONZERO, POSITIVE, UNKNOWN, added, number_sign, times
from .atoms import Poly
from .terms import Add, Both, Call, Div, Fn, Mul, Name, Neg, Num, Over, Pow, Term
from .values import NOWHERE, Env, Values


class Written(Values):
    """The sign of a term: of its value, or else of the way it is written."""

    def term_sign(self, e: Term, env: Env = NOWHERE, p: Poly | None = None) -> int:
        sign = self.sign(self.value(e, env) if p is None else p)
        if abs(sign) == 2:
            return sign
        self.spend(5)
        written = self._written(e, env)
        if sign == NONZERO and abs(written) == 1:
            return 2 * written
        return written if abs(written) in (1, 2) else sign or written

    def _written(self, e: Term, env: Env) -> int:
        match e:
            case Neg(of):
                return times(NEGATIVE, self.term_sign(of, env))
            case Add():
                return self._sign_of_sum(e, env)
            case Mul(a, b):
                return times(self.term_sign(a, env), self.term_sign(b, env))
            case Div(a, b):
                return times(
                    self.term_sign(a, env), self.power_sign(self.term_sign(b, env), Fraction(-1))
                )
            case Pow(base, Num(n)) if n.denominator == 1:
                return self.power_sign(self.term_sign(base, env), n)
            case Fn("abs", of):
                return self.power_sign(self.term_sign(of, env), Fraction(2))
            case Over("Σ", index, size, body, ()):
                sign = self.term_sign(body, env.bind(index, self.bind(size)))
                return UNKNOWN if sign == NONZERO else sign
            case Name(name, indices) if name in self.setting.definitions:
                definition = self.setting.definitions[name]
                at = (env.at(i) for i in indices)
                return self.term_sign(
                    definition.body, Env(dict(zip(definition.head, at, strict=True)))
                )
            case Call(name, args):
                definition = self.setting.definitions[name]
                if definition.is_lemma and self.term_sign(args[0], env) == POSITIVE:
                    return NONNEGATIVE
                return self.term_sign(definition.body, self.inside(e, env))
            case Both(then=then):
                return self.term_sign(then, env)
        return UNKNOWN

    def _sign_of_sum(self, e: Add, env: Env) -> int:
        """The terms of a sum, what is written more than once counted once."""
        signs = []
        for x, c in gathered(e).items():
            p = self.value(x, env) if c else {}
            if p:
                signs.append(times(self.term_sign(x, env, p), number_sign(c)))
        return added(signs)


def gathered(e: Term) -> dict[Term, Fraction]:
    """The terms of a sum with their whole factors."""
    found: dict[Term, Fraction] = {}

    def collect(e: Term, c: Fraction) -> None:
        match e:
            case Add(a, b):
                collect(a, c)
                collect(b, c)
            case Neg(of):
                collect(of, -c)
            case Mul(Num(n), of) | Mul(of, Num(n)):
                collect(of, c * n)
            case Div(of, Num(n)) if n:
                collect(of, c / n)
            case _:
                found[e] = found.get(e, Fraction(0)) + c

    collect(e, Fraction(1))
    return found
