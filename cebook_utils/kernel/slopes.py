"""Derivatives by rule, on terms, before any fact is put in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from fractions import Fraction

from .setting import Setting
from .terms import (
    ONE,
    ZERO,
    Add,
    Both,
    Call,
    D,
    Delta,
    Div,
    Fn,
    Mul,
    Name,
    Neg,
    Num,
    Over,
    Param,
    Pow,
    Refused,
    Size,
    Term,
    children,
    put,
)

TWO = Num(Fraction(2))


def product_of(factors: Iterable[Term]) -> Term:
    whole: Term = ONE
    for factor in factors:
        whole = Mul(whole, factor)
    return whole


class Slopes:
    """The derivative of a term by a name, or by the parameter of the function it stands in."""

    def __init__(self, setting: Setting, spend: Callable[[int], None]):
        self.setting, self.spend = setting, spend
        self._fresh = 0

    def fresh(self) -> str:
        self._fresh += 1
        return f"'{self._fresh}"

    def of(self, e: Term, v: Name | Param) -> Term:
        if isinstance(v, Name) and any(
            self.setting.kind(x) == "binary" for x in self.setting.reach({v.name})
        ):
            raise Refused(
                f"{v.name} is 0 or 1, or made of what is, so there is no derivative by it"
            )
        return self._of(e, v)

    def _of(self, e: Term, v: Name | Param) -> Term:
        self.spend(1)
        match e:
            case Num() | Size() | Delta():
                return ZERO
            case Param(name):
                return ONE if isinstance(v, Param) and name == v.name else ZERO
            case Name():
                return self._of_name(e, v)
            case Neg(of):
                return Neg(self._of(of, v))
            case Add(a, b):
                return Add(self._of(a, v), self._of(b, v))
            case Mul(a, b):
                return Add(Mul(self._of(a, v), b), Mul(a, self._of(b, v)))
            case Div(a, b):
                falls = Div(Mul(a, self._of(b, v)), Pow(b, TWO))
                return Add(Div(self._of(a, v), b), Neg(falls))
            case Pow():
                return self._of_power(e, v)
            case Fn():
                return self._of_function(e, v)
            case Over("Σ", index, size, body, but_not):
                return Over("Σ", index, size, self._of(body, v), but_not)
            case Over(_, index, size, body, but_not):
                return Mul(e, Over("Σ", index, size, Div(self._of(body, v), body), but_not))
            case Call():
                return self._of(self.unfolded(e), v)
            case D(of, by):
                return self._of_derivative(of, by, v)
            case Both(of, by, then):
                self._check_left(by, v)
                return Both(of, by, self._of(then, v))
        raise AssertionError(e)

    def _of_name(self, e: Name, v: Name | Param) -> Term:
        if isinstance(v, Param):
            return ZERO
        if e.name == v.name:
            pairs = [(i, j) for i, j in zip(e.indices, v.indices, strict=True) if i != j]
            if any(i.isdigit() and j.isdigit() for i, j in pairs):
                return ZERO
            return product_of(Delta(i, j) for i, j in pairs)
        if e.name in self.setting.definitions and v.name in self.setting.reach({e.name}):
            return self._of(self.unfolded(e), v)
        return ZERO

    def _of_power(self, e: Pow, v: Name | Param) -> Term:
        base, exponent = e.base, e.exponent
        if self.is_constant(exponent, v):
            if exponent == ZERO:
                return ZERO
            even = isinstance(exponent, Num) and exponent.value % 2 == 0
            if isinstance(base, Fn) and base.word == "abs" and even:
                return self._of(Pow(base.of, exponent), v)  # |u|² = u²
            less = Num(exponent.value - 1) if isinstance(exponent, Num) else Add(exponent, Neg(ONE))
            return Mul(Mul(exponent, Pow(base, less)), self._of(base, v))
        by_base = Div(Mul(exponent, self._of(base, v)), base)
        return Mul(e, Add(Mul(self._of(exponent, v), Fn("log", base)), by_base))

    def _of_function(self, e: Fn, v: Name | Param) -> Term:
        if self.is_constant(e.of, v):
            return ZERO
        inner = self._of(e.of, v)
        if e.word == "exp":
            return Mul(e, inner)
        if e.word == "log":
            return Div(inner, e.of)
        return Mul(Div(e, e.of), inner)  # |u|/u is refused where u may be 0: there is the kink

    def _of_derivative(self, of: Term, by: Name | Param, v: Name | Param) -> Term:
        self._check_left(by, v)
        return self.of(self.of(of, by), v)

    def _check_left(self, by: Name | Param, v: Name | Param) -> None:
        """A derivative by x that went through what v is leaves none by v."""
        inner, outer = by.name, v.name
        if (
            inner != outer
            and outer in self.setting.definitions
            and inner in self.setting.reach({outer})
        ):
            raise Refused(
                f"the derivative by {inner} went through {outer}, so none is left by {outer}"
            )

    def is_constant(self, e: Term, v: Name | Param) -> bool:
        """Whether a term does not depend on v by how it is written."""
        match e:
            case Param(name):
                return not (isinstance(v, Param) and v.name == name)
            case Num() | Size() | Delta():
                return True
            case Name(name) | Call(name) if isinstance(v, Name) and v.name in self.setting.reach(
                {name}
            ):
                return False
        return all(self.is_constant(x, v) for x in children(e))

    def unfolded(self, e: Name | Call) -> Term:
        """A defined name, or a call, as its definition says."""
        definition = self.setting.definitions[e.name]
        if isinstance(e, Name):
            at = dict(zip(definition.head, e.indices, strict=True))
            return put(definition.body, at, {}, self.fresh, self.of)
        params = dict(zip(definition.head, e.args, strict=True))
        return put(definition.body, {}, params, self.fresh, self.of)
