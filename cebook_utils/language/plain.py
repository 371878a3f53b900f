"""From a term to text that the kernel reads as the same term."""

from __future__ import annotations

from fractions import Fraction

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
    indices_in,
    subterms,
)

# How tightly a piece of text holds together.
_SUM, _PRODUCT, _SIGNED, _POWER, _ATOM = range(1, 6)


def text(term: Term) -> str:
    """The text of a term: what the kernel reads back as the same term.

    >>> from cebook_utils.kernel.terms import Add, Mul, Neg, Size
    >>> text(Mul(Add(Size("C"), Neg(Size("N"))), Size("C")))
    '(C - N)*C'
    """
    return _piece(term)[0]


def _piece(e: Term) -> tuple[str, int]:
    match e:
        case Num(value):
            return _number(value)
        case Size(name) | Param(name):
            return name, _ATOM
        case Name(name, indices):
            inside = ",".join(map(letter_of, indices))
            return f"{name}[{inside}]" if indices else name, _ATOM
        case Delta(i, j):
            return f"δ({letter_of(i)},{letter_of(j)})", _ATOM
        case Neg(of):
            return f"-{_within(of, _POWER)}", _SIGNED
        case Add(first, Neg(second)):
            return f"{_piece(first)[0]} - {_within(second, _PRODUCT)}", _SUM
        case Add(first, second):
            return f"{_piece(first)[0]} + {_within(second, _PRODUCT)}", _SUM
        case Mul(first, second):
            return f"{_factor(first)}*{_within(second, _SIGNED)}", _PRODUCT
        case Div(first, second):
            return f"{_factor(first)}/{_within(second, _SIGNED)}", _PRODUCT
        case Pow(base, exponent):
            return f"{_within(base, _ATOM)}**{_within(exponent, _SIGNED)}", _POWER
        case Fn(word, of):
            return f"{word}({_piece(of)[0]})", _ATOM
        case Call(name, args):
            return f"{name}({', '.join(_piece(x)[0] for x in args)})", _ATOM
        case D(of, by):
            return f"D({_piece(of)[0]}, {_piece(by)[0]})", _ATOM
        case Over():
            return _over(e), _ATOM
    raise Refused("unreadable", "a derivative inside a function is not shown")


def _within(e: Term, tightness: int) -> str:
    """A part behind a sign, in brackets where it is looser or begins with a minus."""
    shown, holds = _piece(e)
    return f"({shown})" if holds < tightness or shown.startswith("-") else shown


def _factor(e: Term) -> str:
    """The part in front of a star, where a minus belongs to it alone."""
    shown, holds = _piece(e)
    return f"({shown})" if holds < _PRODUCT else shown


def _over(e: Over) -> str:
    check_letter(e)
    letter = letter_of(e.index)
    others = "".join(f", {letter} != {letter_of(i)}" for i in e.but_not)
    return f"{e.word}({letter}, {_piece(e.body)[0]}{others})"


def _number(value: Fraction) -> tuple[str, int]:
    shown = decimal(abs(value))
    holds = _ATOM
    if shown is None:
        shown, holds = f"{abs(value.numerator)}/{value.denominator}", _PRODUCT
    return (f"-{shown}", min(holds, _SIGNED)) if value < 0 else (shown, holds)


def letter_of(index: str) -> str:
    """The letter that an author wrote for an index, bound or not."""
    return index.partition("'")[0]


def check_letter(e: Over) -> None:
    """Refuse to show two indices by one letter: Σ(i, Σ(i, …)) would be read as something else."""
    letter = letter_of(e.index)
    inner = {x.index for x in subterms(e.body) if isinstance(x, Over)}
    clash = (indices_in(e.body) | inner | set(e.but_not)) - {e.index}
    if e.index in e.but_not or any(letter_of(i) == letter for i in clash):
        raise Refused("unreadable", f"two indices would both be shown as {letter!r}")


def decimal(value: Fraction) -> str | None:
    """A number that is not negative with all its digits; None if they do not end."""
    digits = 0
    while digits < 30 and (value * 10**digits).denominator > 1:
        digits += 1
    whole = value * 10**digits
    if whole.denominator > 1:
        return None
    shown = f"{whole.numerator:0{digits + 1}d}"
    return f"{shown[:-digits]}.{shown[-digits:]}" if digits else shown
