"""From a term to LaTeX: exactly what was written, nothing rearranged."""

from __future__ import annotations

import re
from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

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
from cebook_utils.language.names import latex_of_letter, latex_of_name
from cebook_utils.language.plain import check_letter, decimal, letter_of, text
from cebook_utils.language.prelude import word_in

__all__ = ["latex", "text"]

# How tightly a piece of LaTeX holds together; a looser piece gets brackets inside a tighter one.
SUM, PRODUCT, PREFIX, POWER, ATOM = range(1, 6)

HALF = Div(Num(Fraction(1)), Num(Fraction(2)))


class Piece(NamedTuple):
    """LaTeX, how tightly it holds, and whether what follows it would be read as part of it."""

    latex: str
    holds: int
    opens: bool = False


def latex(term: Term, setting: Setting, names: Mapping[str, str]) -> str:
    """The LaTeX of a term; `names` gives the LaTeX that an author chose for a name."""
    return _Printer(setting, names).piece(term).latex


class _Printer:
    def __init__(self, setting: Setting, names: Mapping[str, str]):
        self.setting, self.names = setting, names

    def piece(self, e: Term) -> Piece:
        match e:
            case Num(value):
                return _number(value)
            case Size(name) | Param(name):
                return Piece(latex_of_name(name, self.names), ATOM)
            case Name():
                return Piece(self._indexed(e), ATOM)
            case Delta(i, j):
                return Piece(rf"\delta_{{{_index(i)} {_index(j)}}}", ATOM)
            case Neg(of):
                return self._negative(of)
            case Add(first, Neg(second)):
                return self._terms(first, "-", second)
            case Add(first, second):
                return self._terms(first, "+", second)
            case Mul():
                return self._product(e)
            case Div(over, under):
                inside = f"{{{self.piece(over).latex}}}{{{self.piece(under).latex}}}"
                return Piece(rf"\frac{inside}", POWER)
            case Pow(base, exponent) if exponent == HALF:
                return Piece(rf"\sqrt{{{self.piece(base).latex}}}", ATOM)
            case Pow(base, exponent):
                power = self.piece(exponent).latex
                return Piece(rf"{{{self.within(base, ATOM)}}}^{{{power}}}", POWER)
            case Fn(word, of):
                return self._basic(word, of)
            case Over():
                return self._over(e)
            case Call(name, args):
                return self._call(name, args)
            case D():
                return Piece(self._derivative(e), POWER)
        raise Refused("unreadable", "a derivative inside a function is not shown")

    def within(self, e: Term, tightness: int, last: bool = True) -> str:
        """The LaTeX of a part, in brackets where its neighbours would be read into it."""
        piece = self.piece(e)
        if piece.holds < tightness or (piece.opens and not last):
            return _bracketed(piece.latex)
        return piece.latex

    def _negative(self, of: Term) -> Piece:
        return Piece("-" + self.within(of, PRODUCT), SUM, self.piece(of).opens)

    def _terms(self, first: Term, sign: str, second: Term) -> Piece:
        # A sum sign reaches over a product and no further, so a sum on the left needs no bracket.
        left, right = self.piece(first).latex, self.within(second, PRODUCT)
        return Piece(f"{left} {sign} {right}", SUM, self.piece(second).opens)

    def _product(self, e: Mul) -> Piece:
        negated = _without_leading_minus(e)
        if negated is not None:
            return self._negative(negated)
        left = self.within(e.first, PRODUCT, last=False)
        right = self.within(e.second, PREFIX if isinstance(e.second, Mul) else PRODUCT)
        opens = self.piece(e.second).opens
        return Piece(f"{left}{_times(left, right)}{right}", PRODUCT, opens)

    def _indexed(self, e: Name) -> str:
        name = latex_of_name(e.name, self.names)
        if not e.indices:
            return name
        shown = [_index(i) for i in e.indices]
        joined = ("" if all(len(i) == 1 for i in shown) else ",").join(shown)
        # A name that has a subscript already (W_1) would get a second one.
        return rf"{{{name}}}_{{{joined}}}" if "_" in name else f"{name}_{{{joined}}}"

    def _basic(self, word: str, of: Term) -> Piece:
        inside = self.piece(of)
        if word == "exp":
            return Piece(rf"e^{{{inside.latex}}}", POWER)
        if word == "abs":
            return Piece(rf"\left|{inside.latex}\right|", ATOM)
        if inside.holds == ATOM:
            return Piece(rf"\log {inside.latex}", PREFIX, True)
        return Piece(rf"\log{_bracketed(inside.latex)}", POWER)

    def _call(self, name: str, args: tuple[Term, ...]) -> Piece:
        if self.setting.functions[name].folds:
            args = _unfolded(name, args)
        inside = ", ".join(self.piece(x).latex for x in args)
        word = word_in(name, self.setting.lines)
        if word is None or not word.latex:
            return Piece(f"{latex_of_name(name, self.names)}{_bracketed(inside)}", ATOM)
        if "#1" in word.latex:
            return Piece(word.latex.replace("#1", inside), ATOM)
        return Piece(f"{word.latex}{_bracketed(inside)}", POWER)

    def _over(self, e: Over) -> Piece:
        check_letter(e)
        symbol = r"\sum" if e.word == "Σ" else r"\prod"
        index, size = _index(e.index), latex_of_name(e.size, self.names)
        left_out = ", ".join(rf"{index} \ne {_index(i)}" for i in e.but_not)
        limits = f"_{{{left_out}}}" if left_out else f"_{{{index}=1}}^{{{size}}}"
        return Piece(f"{symbol}{limits} {self.within(e.body, PRODUCT)}", PRODUCT, True)

    def _derivative(self, e: D) -> str:
        of, by = e.of, [self.piece(e.by).latex]
        while isinstance(of, D):
            by.append(self.piece(of.by).latex)
            of = of.of
        text = self.piece(of).latex
        over = r"\partial" if len(by) == 1 else rf"\partial^{{{len(by)}}}"
        if len(by) > 1 and len(set(by)) == 1:
            under = rf"\partial {{{by[0]}}}^{{{len(by)}}}"
        else:
            under = r"\,".join(rf"\partial {x}" for x in by)
        if isinstance(of, Name | Param):
            return rf"\frac{{{over} {text}}}{{{under}}}"
        return rf"\frac{{{over}}}{{{under}}}\left[{text}\right]"


def _index(index: str) -> str:
    return latex_of_letter(letter_of(index))


def _number(value: Fraction) -> Piece:
    shown = decimal(abs(value))
    if shown is None:
        shown = rf"\frac{{{abs(value.numerator)}}}{{{value.denominator}}}"
    if value < 0:
        return Piece(f"-{shown}", SUM)
    return Piece(shown, ATOM if "f" not in shown else POWER)


def _unfolded(name: str, args: tuple[Term, ...]) -> tuple[Term, ...]:
    """max(max(a, b), c) is what max(a, b, c) was read as."""
    first = args[0]
    if isinstance(first, Call) and first.name == name:
        return (*_unfolded(name, first.args), *args[1:])
    return args


def _bracketed(text: str) -> str:
    """Brackets that grow with what they hold, and add no space before them."""
    tall = any(word in text for word in (r"\frac", r"\sum", r"\prod", r"\left", r"\sqrt"))
    return rf"{{\left({text}\right)}}" if tall else f"({text})"


def _without_leading_minus(e: Term) -> Term | None:
    """-a * b is read as -(a * b): the product without its minus, or None if it has none."""
    match e:
        case Neg(of):
            return of
        case Mul(first, second):
            left = _without_leading_minus(first)
            return None if left is None else Mul(left, second)
    return None


def _times(left: str, right: str) -> str:
    """A dot where two numbers or two fractions meet, else a thin space."""
    clash = re.match(r"\{?\d", right) or (right.startswith(r"\frac") and left.endswith("}"))
    return r"\cdot " if clash else r"\,"
