"""From a layout to LaTeX."""

from __future__ import annotations

from cebook_utils.language.layout import (
    Applied,
    Big,
    Chosen,
    Fence,
    Fraction,
    Group,
    Layout,
    Letter,
    Number,
    Operator,
    Root,
    Row,
    Script,
    Sign,
    Space,
    Word,
)
from cebook_utils.language.mathematics import LATEX_OF_GREEK

_LETTERS = {**LATEX_OF_GREEK, "ℓ": r"\ell", "∞": r"\infty"}
_SIGNS = {"−": "-", "≠": r"\ne", "∂": r"\partial"}
_BIG = {"∑": r"\sum", "∏": r"\prod"}
_BETWEEN = {",": ", ", "⋅": r"\cdot "}


def latex_of(layout: Layout) -> str:
    r"""The LaTeX of a layout.

    >>> from cebook_utils.language.layout import Letter, Number, Script
    >>> print(latex_of(Script(Letter("θ"), Number("2"))))
    \theta_{2}
    """
    match layout:
        case Letter(letter):
            return _LETTERS.get(letter, letter)
        case Word(word):
            return rf"\mathrm{{{word}}}".replace("_", r"\_")
        case Operator(word):
            return "\\" + word
        case Chosen(written) | Number(written):
            return written
        case Sign(sign, "between"):
            return _BETWEEN.get(sign, f" {_SIGNS.get(sign, sign)} ")
        case Sign(sign):
            return _SIGNS.get(sign, sign)
        case Space(width):
            return r"\," if width == "thin" else " "
        case Row(parts):
            return "".join(map(latex_of, parts))
        case Group(inside):
            return f"{{{latex_of(inside)}}}"
        case Applied(function, to, parted):
            return f"{latex_of(function)}{' ' if parted else ''}{latex_of(to)}"
        case Fraction(over, under):
            return rf"\frac{{{latex_of(over)}}}{{{latex_of(under)}}}"
        case Root(inside):
            return rf"\sqrt{{{latex_of(inside)}}}"
        case Script(base, sub, sup):
            return _based(latex_of(base), sub) + _scripts(sub, sup)
        case Big(sign, under, over):
            return _BIG[sign] + _scripts(under, over)
        case Fence(opening, inside, grows):
            left, right = (r"\left", r"\right") if grows else ("", "")
            return f"{left}{opening}{latex_of(inside)}{right}{layout.closing}"


def _scripts(sub: Layout | None, sup: Layout | None) -> str:
    below = "" if sub is None else f"_{{{latex_of(sub)}}}"
    return below + ("" if sup is None else f"^{{{latex_of(sup)}}}")


def _based(base: str, sub: Layout | None) -> str:
    """TeX takes no second subscript: a name that has one already (W_1) is put in braces."""
    return f"{{{base}}}" if sub is not None and "_" in base else base
