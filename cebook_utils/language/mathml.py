"""From a term to MathML, by the layout that its LaTeX is written from."""

from __future__ import annotations

from collections.abc import Mapping
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Term
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
    is_tall,
)
from cebook_utils.language.printer import layout_of

_THIN = "0.1667em"
_APPLIED = "\u2061"  # the invisible sign between a function and its argument


def mathml(term: Term, setting: Setting, symbols: Mapping[str, str]) -> str:
    """The MathML of a term, one element to stand inside of `<math>`.

    `symbols` gives the MathML, one element, of each name for which an author chose LaTeX.

    >>> from cebook_utils.kernel.terms import Name, Neg
    >>> mathml(Neg(Name("z", ())), Setting(), {})
    '<mrow><mo form="prefix">−</mo><mi>z</mi></mrow>'
    >>> mathml(Name("z", ()), Setting(), {"z": "<mi>ζ</mi>"})
    '<mi>ζ</mi>'
    """
    return ElementTree.tostring(_written(layout_of(term, setting, symbols)), encoding="unicode")


def _written(layout: Layout, in_script: bool = False) -> Element:
    """The element of a layout; inside scripts a sign stands without space, as in TeX."""

    def part(inside: Layout) -> Element:
        return _written(inside, in_script)

    match layout:
        case Letter(letter):
            # Capital Greek letters stand upright in TeX; a browser would slant them.
            upright = {"mathvariant": "normal"} if "Α" <= letter <= "Ω" or letter == "∞" else {}
            return _leaf("mi", letter, **upright)
        case Word(word):
            return _leaf("mi", word, mathvariant="normal")
        case Operator(word):
            return _leaf("mi", word)
        case Chosen(source):
            return ElementTree.fromstring(source)
        case Number(digits):
            return _leaf("mn", digits)
        case Sign("∂"):
            return _leaf("mi", "∂")
        case Sign(sign, stands):
            form = {"form": "prefix"} if stands == "before" else {}
            return _leaf("mo", sign, **form, **({"lspace": "0", "rspace": "0"} if in_script else {}))
        case Space(width):
            return Element("mspace", {"width": _THIN} if width == "thin" else {})
        case Row(parts):
            seen = [part(x) for x in parts if x != Space("none")]
            return seen[0] if len(seen) == 1 else _element("mrow", *seen)
        case Group(inside):
            return part(inside)
        case Applied(function, to, parted):
            thin = (Element("mspace", width=_THIN),) if parted else ()
            return _element("mrow", part(function), _leaf("mo", _APPLIED), *thin, part(to))
        case Fraction(over, under):
            return _element("mfrac", part(over), part(under))
        case Root(inside):
            return _element("msqrt", part(inside))
        case Script():
            return _scripts(layout, in_script)
        case Big(sign, under, over):
            limits = [_written(x, in_script=True) for x in (under, over) if x is not None]
            # A browser would otherwise put them beside the sign in a line of text.
            big = _leaf("mo", sign, movablelimits="false", lspace="0")
            return _element("munder" if over is None else "munderover", big, *limits)
        case Fence(opening, inside, _):
            stretchy = "true" if layout.grows and is_tall(inside) else "false"
            return _element(
                "mrow",
                _leaf("mo", opening, form="prefix", fence="true", stretchy=stretchy),
                part(inside),
                _leaf("mo", layout.closing, form="postfix", fence="true", stretchy=stretchy),
            )


def _scripts(script: Script, in_script: bool) -> Element:
    base = _written(script.base, in_script)
    sub, sup = (x and _written(x, in_script=True) for x in (script.sub, script.sup))
    if sub is not None and sup is None and isinstance(script.base, Chosen) and base.tag == "msup":
        base, sup = base  # both scripts one above the other: W¹ with the index k
    if sub is None and sup is not None:
        return _element("msup", base, sup)
    return _element("msub", base, sub) if sup is None else _element("msubsup", base, sub, sup)


def _leaf(tag: str, text: str, **attributes: str) -> Element:
    element = Element(tag, attributes)
    element.text = text
    return element


def _element(tag: str, *parts: Element | None) -> Element:
    element = Element(tag)
    element.extend(part for part in parts if part is not None)
    return element
