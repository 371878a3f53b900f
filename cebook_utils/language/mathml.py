"""From a term to MathML, by the layout that its LaTeX is written from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Term
from cebook_utils.language.layout import (
    MINUS,
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
    leftmost,
)
from cebook_utils.language.printer import layout_of

_THIN = "0.1667em"
_APPLIED = "\u2061"  # the invisible sign between a function and its argument


@dataclass(frozen=True)
class _Place:
    """Where a part stands: a displayed sum has its limits under it, a script has no space in it."""

    display: bool
    in_script: bool = False


_IN_SCRIPT = _Place(display=False, in_script=True)


def mathml(
    term: Term, setting: Setting, symbols: Mapping[str, str], *, display: bool = True
) -> str:
    """The MathML of a term, one element to stand inside of `<math>`.

    `symbols` gives the MathML, one element, of each name for which an author chose LaTeX. In a
    line of text, `display=False` puts the limits of a sum beside it.

    >>> from cebook_utils.kernel.terms import Name, Neg
    >>> mathml(Neg(Name("z", ())), Setting(), {})
    '<mrow><mo form="prefix">−</mo><mi>z</mi></mrow>'
    >>> mathml(Name("z", ()), Setting(), {"z": "<mi>ζ</mi>"})
    '<mi>ζ</mi>'
    """
    written = _written(layout_of(term, setting, symbols), _Place(display))
    return ElementTree.tostring(written, encoding="unicode")


def _written(layout: Layout, place: _Place) -> Element:
    """The element of a layout, spaced as TeX would."""

    def part(inside: Layout) -> Element:
        return _written(inside, place)

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
            space = {"lspace": "0", "rspace": "0"} if place.in_script else {}
            return _leaf("mo", sign, **form, **space)
        case Space(width):
            return Element("mspace", {"width": _THIN} if width == "thin" else {})
        case Row(parts):
            return _row([x for x in parts if x != Space("none")], place)
        case Group(inside):
            return part(inside)
        case Applied(function, to, parted):
            thin = (Element("mspace", width=_THIN),) if parted else ()
            return _element("mrow", part(function), _leaf("mo", _APPLIED), *thin, part(to))
        case Fraction():
            small = replace(place, display=False)
            return _element("mfrac", *(_written(x, small) for x in (layout.over, layout.under)))
        case Root(inside):
            return _element("msqrt", part(inside))
        case Script():
            return _scripts(layout, place)
        case Big(sign, under, over):
            limits = [_written(x, _IN_SCRIPT) for x in (under, over) if x is not None]
            tags = ("munder", "munderover") if place.display else ("msub", "msubsup")
            # The limits stay where the tag puts them, whatever style the page is set in.
            big = _leaf("mo", sign, movablelimits="false", lspace="0")
            return _element(tags[len(limits) - 1], big, *limits)
        case Fence(opening, inside, _):
            stretchy = "true" if layout.grows and is_tall(inside) else "false"
            return _element(
                "mrow",
                _leaf("mo", opening, form="prefix", fence="true", stretchy=stretchy),
                part(inside),
                _leaf("mo", layout.closing, form="postfix", fence="true", stretchy=stretchy),
            )


def _row(parts: list[Layout], place: _Place) -> Element:
    if len(parts) == 1:
        return _written(parts[0], place)
    row = _element("mrow", *(_written(x, place) for x in parts))
    if parts[0] == MINUS and isinstance(leftmost(parts[1]), Big):
        row[0].set("rspace", _THIN)
    return row


def _scripts(script: Script, place: _Place) -> Element:
    base = _written(script.base, place)
    sub = None if script.sub is None else _written(script.sub, _IN_SCRIPT)
    sup = None if script.sup is None else _written(script.sup, _IN_SCRIPT)
    if sub is not None and sup is None and isinstance(script.base, Chosen) and base.tag == "msup":
        base, sup = base  # both scripts one above the other: W¹ with the index k
    if sub is None:
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
