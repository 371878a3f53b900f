"""From the kernel's terms to SymPy's expressions, and back to the text of a line."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction

import sympy as sp

from cebook_utils.kernel.setting import Setting
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
            case D(of, Name(name) as by) if name in self.setting.kinds:
                return self.slope(of, by, at, params)
        raise Untranslatable(f"{type(e).__name__} has no counterpart in SymPy")

    def slope(
        self, of: Term, by: Name, at: Mapping[str, sp.Expr], params: Mapping[str, sp.Expr]
    ) -> sp.Expr:
        """The derivative, then the arguments: D(t·z, z) at t = z is z, not 2·z."""
        held = {name: sp.Dummy(name, real=True) for name in params}
        found = sp.diff(self.of(of, at, held), self.name(by, at))
        return found.subs({held[name]: value for name, value in params.items()}, simultaneous=True)

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
        left_out = [self.index(i, at) for i in e.but_not]
        known = self.sizes.get(e.size)
        if known:
            numbers = [sp.Integer(n) for n in range(1, known + 1)]
            terms = [
                _without(self.of(e.body, {**at, e.index: n}, params), e.word, n, left_out)
                for n in numbers
                if n not in left_out
            ]
            return sp.Add(*terms) if e.word == "Σ" else sp.Mul(*terms)
        index = self.unused(e.index.partition("'")[0])
        body = self.of(e.body, {**at, e.index: index}, params)
        body = _without(body, e.word, index, left_out)
        bounds = (index, 1, self.size(e.size))
        return sp.Sum(body, bounds) if e.word == "Σ" else sp.Product(body, bounds)

    def unused(self, letter: str) -> sp.Symbol:
        """An index of its own for each sum: never one that stands free, or in another sum."""
        self.bound += 1
        while f"{letter}_{self.bound}" in self.setting.letters:
            self.bound += 1
        return sp.Symbol(f"{letter}_{self.bound}", integer=True, positive=True)


def _without(body: sp.Expr, word: str, index: sp.Expr, left_out: list[sp.Expr]) -> sp.Expr:
    """A term, or a factor, that is not there where its index is one of those left out."""
    for i in left_out:
        away = 1 - sp.KroneckerDelta(index, i)
        body = body * away if word == "Σ" else body**away
    return body


def to_text(e: sp.Expr, setting: Setting) -> str:
    """The text of an expression as a line in the notation; the kernel may be asked about it."""
    text = _ToText(setting).of(e)
    try:
        setting.read(text)
    except Refused as refused:
        raise Untranslatable(f"{text}: {refused.why}") from None
    return text


class _ToText:
    def __init__(self, setting: Setting):
        self.setting = setting

    def of(self, e: sp.Expr) -> str:
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
                terms = " + ".join(map(self.of, e.as_ordered_terms()))
                return f"({terms})".replace("+ -", "- ")
            case sp.Mul() if e.could_extract_minus_sign():
                return f"-{self.of(-e)}"
            case sp.Mul():
                over, under = sp.fraction(e)
                if under != 1:
                    return f"{self.of(over)}/({self.of(under)})"
                return "*".join(map(self.of, e.as_ordered_factors()))
            case sp.exp() | sp.log() | sp.Abs():
                return f"{e.func.__name__.lower()}({self.of(e.args[0])})"
            case sp.Pow():
                if e.exp == -1:
                    return f"1/({self.of(e.base)})"
                return f"({self.of(e.base)})**({self.of(e.exp)})"
            case sp.Sum() | sp.Product() if all(first == 1 for _, first, _ in e.limits):
                return self.over(e)
        if e is sp.E:
            return "exp(1)"
        raise Untranslatable(f"{e} has no counterpart in the notation")

    def over(self, e: sp.Sum | sp.Product) -> str:
        """A sum, each of its indices by a letter that means nothing else in it."""
        word = "Σ" if isinstance(e, sp.Sum) else "Π"
        *inner, (index, _, size) = e.limits
        body = e.func(e.function, *inner) if inner else e.function
        taken = {str(x) for x in body.atoms(sp.Symbol)} - {str(index)}
        own = str(index).partition("_")[0]
        letters = [i for i, n in self.setting.letters.items() if n == str(size)]
        free = [i for i in sorted(letters, key=lambda i: i != own) if i not in taken]
        if not free:
            raise Untranslatable(f"a letter over 1 … {size} is missing: declare one more")
        letter = sp.Symbol(free[0], integer=True, positive=True)
        return f"{word}({free[0]}, {self.of(body.xreplace({index: letter}))})"
