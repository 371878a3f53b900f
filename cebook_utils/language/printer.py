"""From a term to its layout and to LaTeX: exactly what was written, nothing rearranged."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction as Exact
from typing import Literal, NamedTuple

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
from cebook_utils.language.layout import (
    MINUS,
    NOTHING,
    PARTIAL,
    THIN,
    Applied,
    Big,
    Fence,
    Fraction,
    Group,
    Layout,
    Letter,
    Number,
    Operator,
    Root,
    Script,
    Sign,
    everything,
    is_tall,
    joined,
    leftmost,
    row,
)
from cebook_utils.language.names import layout_of_letter, layout_of_name
from cebook_utils.language.plain import check_letter, decimal, letter_of, text
from cebook_utils.language.prelude import word_in
from cebook_utils.language.tex import latex_of

__all__ = ["latex", "layout_of", "text"]

# How tightly a piece holds together; a looser piece gets brackets inside a tighter one.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(1, 6)

HALF = Div(Num(Exact(1)), Num(Exact(2)))

_DOT, _COMMA = Sign("⋅"), Sign(",")
_EQUALS, _IS_NOT = Sign("=", "tight"), Sign("≠")


class Piece(NamedTuple):
    """A layout, how tightly it holds, and whether what follows it would be read as part of it."""

    layout: Layout
    holds: int
    opens: bool = False


def layout_of(term: Term, setting: Setting, names: Mapping[str, str]) -> Layout:
    """The layout of a term; `names` gives what an author chose for a name, as it is written."""
    return _Printer(setting, names).piece(term).layout


def latex(term: Term, setting: Setting, names: Mapping[str, str]) -> str:
    """The LaTeX of a term; `names` gives the LaTeX that an author chose for a name."""
    return latex_of(layout_of(term, setting, names))


class _Printer:
    def __init__(self, setting: Setting, names: Mapping[str, str]):
        self.setting, self.names = setting, names

    def piece(self, e: Term) -> Piece:
        match e:
            case Num(value):
                return _number(value)
            case Size(name) | Param(name):
                return Piece(layout_of_name(name, self.names), ATOM)
            case Name():
                return Piece(self._indexed(e), ATOM)
            case Delta(i, j):
                return Piece(Script(Letter("δ"), row(_index(i), NOTHING, _index(j))), ATOM)
            case Neg(of):
                return self._negative(of)
            case Add(first, Neg(second)):
                return self._terms(first, Sign("−"), second)
            case Add(first, second):
                return self._terms(first, Sign("+"), second)
            case Mul():
                return self._product(e)
            case Div(over, under):
                return Piece(Fraction(self.piece(over).layout, self.piece(under).layout), POWER)
            case Pow(base, exponent) if exponent == HALF:
                return Piece(Root(self.piece(base).layout), ATOM)
            case Pow(base, exponent):
                power = self.piece(exponent).layout
                return Piece(Script(Group(self.within(base, ATOM)), sup=power), POWER)
            case Fn(word, of):
                return self._basic(word, of)
            case Over():
                return self._over(e)
            case Call(name, args):
                return self._call(name, args)
            case D():
                return Piece(self._derivative(e), POWER)
        raise Refused("unreadable", "a derivative inside a function is not shown")

    def within(self, e: Term, tightness: int, last: bool = True) -> Layout:
        """The layout of a part, in brackets where its neighbours would be read into it."""
        piece = self.piece(e)
        if piece.holds < tightness or (piece.opens and not last):
            return _bracketed(piece.layout)
        return piece.layout

    def _negative(self, of: Term) -> Piece:
        return Piece(row(MINUS, self.within(of, PRODUCT)), SUM, self.piece(of).opens)

    def _terms(self, first: Term, sign: Sign, second: Term) -> Piece:
        # A sum sign reaches over a product and no further, so a sum on the left needs no bracket.
        left, right = self.piece(first).layout, self.within(second, PRODUCT)
        return Piece(row(left, sign, right), SUM, self.piece(second).opens)

    def _product(self, e: Mul) -> Piece:
        negated = _without_leading_minus(e)
        if negated is not None:
            return self._negative(negated)
        left = self.within(e.first, PRODUCT, last=False)
        right = self.within(e.second, PREFIX if isinstance(e.second, Mul) else PRODUCT)
        opens = self.piece(e.second).opens
        return Piece(row(left, _times(left, right), right), PRODUCT, opens)

    def _indexed(self, e: Name) -> Layout:
        name = layout_of_name(e.name, self.names)
        if not e.indices:
            return name
        shown = [_index(i) for i in e.indices]
        short = all(len(latex_of(i)) == 1 for i in shown)
        return Script(name, row(*shown) if short else joined(shown, Sign(",", "tight")))

    def _basic(self, word: str, of: Term) -> Piece:
        inside = self.piece(of)
        if word == "exp":
            return Piece(Script(Letter("e"), sup=inside.layout), POWER)
        if word == "abs":
            return Piece(Fence("|", inside.layout, grows=True), ATOM)
        if inside.holds == ATOM:
            return Piece(Applied(Operator("log"), inside.layout, parted=True), PREFIX, True)
        return Piece(Applied(Operator("log"), _bracketed(inside.layout), parted=False), POWER)

    def _call(self, name: str, args: tuple[Term, ...]) -> Piece:
        if self.setting.functions[name].folds:
            args = _unfolded(name, args)
        inside = joined([self.piece(x).layout for x in args], _COMMA)
        word = word_in(name, self.setting.lines)
        if word is not None and word.latex == r"\sqrt{#1}":
            return Piece(Root(inside), ATOM)
        if word is None or not word.latex:
            function = layout_of_name(name, self.names)
            return Piece(Applied(function, _bracketed(inside), parted=False), ATOM)
        operator = Operator(word.latex.removeprefix("\\"))
        return Piece(Applied(operator, _bracketed(inside), parted=False), POWER)

    def _over(self, e: Over) -> Piece:
        check_letter(e)
        index, size = _index(e.index), layout_of_name(e.size, self.names)
        sign: Literal["∑", "∏"] = "∑" if e.word == "Σ" else "∏"
        if e.but_not:
            left_out = joined([row(index, _IS_NOT, _index(i)) for i in e.but_not], _COMMA)
            big = Big(sign, left_out)
        else:
            big = Big(sign, row(index, _EQUALS, Number("1")), size)
        return Piece(row(big, NOTHING, self.within(e.body, PRODUCT)), PRODUCT, True)

    def _derivative(self, e: D) -> Layout:
        of, by = e.of, [self.piece(e.by).layout]
        while isinstance(of, D):
            by.append(self.piece(of.by).layout)
            of = of.of
        order = Number(str(len(by)))
        inside = self.piece(of).layout
        over: Layout = PARTIAL if len(by) == 1 else Script(PARTIAL, sup=order)
        if len(by) > 1 and len(set(by)) == 1:
            under: Layout = row(PARTIAL, NOTHING, Script(Group(by[0]), sup=order))
        else:
            under = joined([row(PARTIAL, NOTHING, x) for x in by], THIN)
        if isinstance(of, Name | Param):
            return Fraction(row(over, NOTHING, inside), under)
        return row(Fraction(over, under), Fence("[", inside, grows=True))


def _index(index: str) -> Layout:
    return layout_of_letter(letter_of(index))


def _number(value: Exact) -> Piece:
    digits = decimal(abs(value))
    shown: Layout
    if digits is None:
        shown = Fraction(Number(str(abs(value.numerator))), Number(str(value.denominator)))
    else:
        shown = Number(digits)
    if value < 0:
        return Piece(row(MINUS, shown), SUM)
    return Piece(shown, ATOM if isinstance(shown, Number) else POWER)


def _unfolded(name: str, args: tuple[Term, ...]) -> tuple[Term, ...]:
    """max(max(a, b), c) is what max(a, b, c) was read as."""
    first = args[0]
    if isinstance(first, Call) and first.name == name:
        return (*_unfolded(name, first.args), *args[1:])
    return args


def _bracketed(inside: Layout) -> Layout:
    """Brackets that grow with what they hold, and add no space before them."""
    holds_growing = any(isinstance(x, Fence) and x.grows for x in everything(inside))
    if is_tall(inside) or holds_growing:
        return Group(Fence("(", inside, grows=True))
    return Fence("(", inside, grows=False)


def _without_leading_minus(e: Term) -> Term | None:
    """-a * b is read as -(a * b): the product without its minus, or None if it has none."""
    match e:
        case Neg(of):
            return of
        case Mul(first, second):
            left = _without_leading_minus(first)
            return None if left is None else Mul(left, second)
    return None


def _times(left: Layout, right: Layout) -> Layout:
    """A dot where two numbers or two fractions meet, else a thin space."""
    first = leftmost(right)
    clash = isinstance(first, Number) or (
        isinstance(first, Fraction) and latex_of(left).endswith("}")
    )
    return _DOT if clash else THIN
