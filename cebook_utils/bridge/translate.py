"""From the kernel's terms to SymPy's expressions, and back to the text of a line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from cebook_utils.kernel.declarations import Setting
from cebook_utils.kernel.terms import (
    Add,
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
)

_ASSUMPTIONS = {
    "real": {"real": True},
    "positive": {"positive": True},
    "nonnegative": {"nonnegative": True},
    "unit": {"positive": True},
    "binary": {"real": True},
}
_FUNCTIONS = {"exp": sp.exp, "log": sp.log, "abs": sp.Abs}


class Untranslatable(Exception):
    """SymPy's expression has no counterpart in the notation, or a term has none in SymPy."""


def to_sympy(e: Term, setting: Setting, sizes: Mapping[str, int] | None = None) -> sp.Expr:
    """The expression of a term, all definitions put in.

    Families are `IndexedBase`, sums `Sum` over 1 … C and δ `KroneckerDelta`; with `sizes` given,
    sums and products are written out.
    """
    return _ToSympy(setting, sizes or {}).of(e, {}, {})


def symbol_of(name: Name, setting: Setting) -> sp.Expr:
    """The symbol, or the indexed symbol, that stands for a free name."""
    return _ToSympy(setting, {}).of(name, {}, {})


class _ToSympy:
    def __init__(self, setting: Setting, sizes: Mapping[str, int]):
        self.setting, self.sizes, self.bound = setting, sizes, 0

    def of(self, e: Term, at: Mapping[str, sp.Expr], params: Mapping[str, sp.Expr]) -> sp.Expr:
        match e:
            case Num(value):
                return sp.Rational(value.numerator, value.denominator)
            case Size(name):
                return self.size(name)
            case Param(name):
                return params[name]
            case Name():
                return self.name(e, at)
            case Delta(i, j):
                return sp.KroneckerDelta(self.index(i, at), self.index(j, at))
            case Neg(of):
                return -self.of(of, at, params)
            case Add(a, b):
                return self.of(a, at, params) + self.of(b, at, params)
            case Mul(a, b):
                return self.of(a, at, params) * self.of(b, at, params)
            case Div(a, b):
                return self.of(a, at, params) / self.of(b, at, params)
            case Pow(a, b):
                return self.of(a, at, params) ** self.of(b, at, params)
            case Fn(word, of):
                return _FUNCTIONS[word](self.of(of, at, params))
            case Over():
                return self.over(e, at, params)
            case Call(name, args):
                definition = self.setting.definitions[name]
                values = [self.of(x, at, params) for x in args]
                return self.of(definition.body, {}, dict(zip(definition.head, values, strict=True)))
            case D(of, Name() as by):
                return sp.diff(self.of(of, at, params), self.name(by, at))
        raise Untranslatable(f"{type(e).__name__} has no counterpart in SymPy")

    def size(self, name: str) -> sp.Expr:
        known = self.sizes.get(name)
        return sp.Integer(known) if known else sp.Symbol(name, integer=True, positive=True)

    def index(self, i: str, at: Mapping[str, sp.Expr]) -> sp.Expr:
        if i in at:
            return at[i]
        return sp.Integer(i) if i.isdigit() else sp.Symbol(i, integer=True, positive=True)

    def name(self, e: Name, at: Mapping[str, sp.Expr]) -> sp.Expr:
        indices = [self.index(i, at) for i in e.indices]
        definition = self.setting.definitions.get(e.name)
        if definition is not None:
            return self.of(definition.body, dict(zip(definition.head, indices, strict=True)), {})
        assumptions = _ASSUMPTIONS[self.setting.kinds[e.name]]
        if not indices:
            return sp.Symbol(e.name, **assumptions)
        return sp.IndexedBase(e.name, **assumptions)[tuple(indices)]

    def over(self, e: Over, at: Mapping[str, sp.Expr], params: Mapping[str, sp.Expr]) -> sp.Expr:
        known = self.sizes.get(e.size)
        if known:
            values = [sp.Integer(n) for n in range(1, known + 1)]
            left_out = [self.index(i, at) for i in e.but_not]
            terms = [
                self.of(e.body, {**at, e.index: n}, params) for n in values if n not in left_out
            ]
            return sp.Add(*terms) if e.word == "Σ" else sp.Mul(*terms)
        self.bound += 1
        letter = f"{e.index.split(chr(39))[0]}_{self.bound}"
        index = sp.Symbol(letter, integer=True, positive=True)
        body = self.of(e.body, {**at, e.index: index}, params)
        for i in e.but_not:
            away = 1 - sp.KroneckerDelta(index, self.index(i, at))
            body = body * away if e.word == "Σ" else body**away
        bounds = (index, 1, self.size(e.size))
        return sp.Sum(body, bounds) if e.word == "Σ" else sp.Product(body, bounds)


def to_text(e: sp.Expr, setting: Setting) -> str:
    """The text of an expression as a line in the notation; the kernel may be asked about it."""
    text = _text(e)
    try:
        setting.read(text)
    except Refused as refused:
        raise Untranslatable(f"{text}: {refused.why}") from None
    return text


def _text(e: sp.Expr) -> str:
    match e:
        case sp.Integer() | sp.Rational():
            value = Fraction(int(e.p), int(e.q))
            return f"({value})" if value < 0 or value.denominator > 1 else str(value)
        case sp.Indexed():
            return f"{e.base.label}[{','.join(map(str, e.indices))}]"
        case sp.Symbol():
            return str(e.name)
        case sp.KroneckerDelta():
            return f"δ({e.args[0]},{e.args[1]})"
        case sp.Add():
            return "(" + " + ".join(map(_text, e.as_ordered_terms())) + ")"
        case sp.Mul():
            over, under = sp.fraction(e)
            if under != 1:
                return f"{_text(over)}/({_text(under)})"
            return "*".join(map(_text, e.as_ordered_factors()))
        case sp.exp():
            return f"exp({_text(e.args[0])})"
        case sp.log():
            return f"log({_text(e.args[0])})"
        case sp.Abs():
            return f"abs({_text(e.args[0])})"
        case sp.Pow():
            if e.exp == -1:
                return f"1/({_text(e.base)})"
            return f"({_text(e.base)})**({_text(e.exp)})"
        case sp.Sum() | sp.Product() if len(e.limits) == 1 and e.limits[0][1] == 1:
            word = "Σ" if isinstance(e, sp.Sum) else "Π"
            letter = str(e.limits[0][0]).split("_")[0]
            body = e.function.subs(e.limits[0][0], sp.Symbol(letter))
            return f"{word}({letter}, {_text(body)})"
    if e is sp.E:
        return "exp(1)"
    raise Untranslatable(f"{e} has no counterpart in the notation")
