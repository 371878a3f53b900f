"""Derivatives by rule, on terms, before any fact is put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from . import terms as t
from .setting import Setting
from .terms import Refused, Term, children, put

TWO = t.Num(Fraction(2))


def product_of(factors: Iterable[Term]) -> Term:
    whole: Term = t.ONE
    for factor in factors:
        whole = t.Mul(whole, factor)
    return whole


class Slopes:
    """The derivative of a term by a name, or by the parameter of the function it stands in."""

    def __init__(self, setting: Setting, spend: Callable[[int], None]):
        self.setting, self.spend = setting, spend
        self._fresh = 0

    def fresh(self) -> str:
        self._fresh += 1
        return f"'{self._fresh}"

    def of(self, e: Term, v: t.Name | t.Param) -> Term:
        if isinstance(v, t.Name) and any(
            self.setting.kind(x) == "binary" for x in self.setting.reach({v.name})
        ):
            raise Refused(
                "no derivative",
                f"{v.name} is 0 or 1, or made of what is, so there is no derivative by it",
            )
        return self._of(e, v)

    def _of(self, e: Term, v: t.Name | t.Param) -> Term:
        self.spend(1)
        match e:
            case t.Num() | t.Size() | t.Delta():
                return t.ZERO
            case t.Param(name):
                return t.ONE if isinstance(v, t.Param) and name == v.name else t.ZERO
            case t.Name():
                return self._of_name(e, v)
            case t.Neg(of):
                return t.Neg(self._of(of, v))
            case t.Add(a, b):
                return t.Add(self._of(a, v), self._of(b, v))
            case t.Mul(a, b):
                return t.Add(t.Mul(self._of(a, v), b), t.Mul(a, self._of(b, v)))
            case t.Div(a, b):
                falls = t.Div(t.Mul(a, self._of(b, v)), t.Pow(b, TWO))
                return t.Add(t.Div(self._of(a, v), b), t.Neg(falls))
            case t.Pow():
                return self._of_power(e, v)
            case t.Fn():
                return self._of_function(e, v)
            case t.Over("Σ", index, size, body, but_not):
                return t.Over("Σ", index, size, self._of(body, v), but_not)
            case t.Over(_, index, size, body, but_not):
                return t.Mul(e, t.Over("Σ", index, size, t.Div(self._of(body, v), body), but_not))
            case t.Call():
                return self._of(self.unfolded(e), v)
            case t.D(of, by):
                return self._of_derivative(of, by, v)
            case t.Both(of, by, then):
                self._check_left(by, v)
                return t.Both(of, by, self._of(then, v))
        raise AssertionError(e)

    def _of_name(self, e: t.Name, v: t.Name | t.Param) -> Term:
        if isinstance(v, t.Param):
            return t.ZERO
        if e.name == v.name:
            pairs = [(i, j) for i, j in zip(e.indices, v.indices, strict=True) if i != j]
            if any(i.isdigit() and j.isdigit() for i, j in pairs):
                return t.ZERO
            return product_of(t.Delta(i, j) for i, j in pairs)
        if e.name in self.setting.definitions and v.name in self.setting.reach({e.name}):
            return self._of(self.unfolded(e), v)
        return t.ZERO

    def _of_power(self, e: t.Pow, v: t.Name | t.Param) -> Term:
        base, exponent = e.base, e.exponent
        if self.is_constant(exponent, v):
            if exponent == t.ZERO:
                return t.ZERO
            even = isinstance(exponent, t.Num) and exponent.value % 2 == 0
            if isinstance(base, t.Fn) and base.word == "abs" and even:
                return self._of(t.Pow(base.of, exponent), v)  # |u|² = u²
            less = (
                t.Num(exponent.value - 1)
                if isinstance(exponent, t.Num)
                else t.Add(exponent, t.Neg(t.ONE))
            )
            return t.Mul(t.Mul(exponent, t.Pow(base, less)), self._of(base, v))
        by_base = t.Div(t.Mul(exponent, self._of(base, v)), base)
        return t.Mul(e, t.Add(t.Mul(self._of(exponent, v), t.Fn("log", base)), by_base))

    def _of_function(self, e: t.Fn, v: t.Name | t.Param) -> Term:
        if self.is_constant(e.of, v):
            return t.ZERO
        inner = self._of(e.of, v)
        if e.word == "exp":
            return t.Mul(e, inner)
        if e.word == "log":
            return t.Div(inner, e.of)
        return t.Mul(t.Div(e, e.of), inner)  # |u|/u is refused where u may be 0: there is the kink

    def _of_derivative(self, of: Term, by: t.Name | t.Param, v: t.Name | t.Param) -> Term:
        self._check_left(by, v)
        return self.of(self.of(of, by), v)

    def _check_left(self, by: t.Name | t.Param, v: t.Name | t.Param) -> None:
        """A derivative by x that went through what v is leaves none by v."""
        inner, outer = by.name, v.name
        if (
            inner != outer
            and outer in self.setting.definitions
            and inner in self.setting.reach({outer})
        ):
            raise Refused(
                "no derivative",
                f"the derivative by {inner} went through {outer}, so none is left by {outer}",
            )

    def is_constant(self, e: Term, v: t.Name | t.Param) -> bool:
        """Whether a term does not depend on v by how it is written."""
        match e:
            case t.Param(name):
                return not (isinstance(v, t.Param) and v.name == name)
            case t.Num() | t.Size() | t.Delta():
                return True
            case t.Name(name) | t.Call(name) if isinstance(
                v, t.Name
            ) and v.name in self.setting.reach({name}):
                return False
        return all(self.is_constant(x, v) for x in children(e))

    def unfolded(self, e: t.Name | t.Call) -> Term:
        """A defined name, or a call, as its definition says."""
        definition = self.setting.definitions[e.name]
        if isinstance(e, t.Name):
            at = dict(zip(definition.head, e.indices, strict=True))
            return put(definition.body, at, {}, self.fresh, self.of)
        params = dict(zip(definition.head, e.args, strict=True))
        return put(definition.body, {}, params, self.fresh, self.of)
