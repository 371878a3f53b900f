r"""TeX of the prose to MathML: latex2mathml reads it, and what it does badly is mended here.

latex2mathml knows the commands and the scripts. What it does not know is what TeX does on its own:
which minus stands before a term and which between two, where a sum has its limits, what space is
around a function's name, and which letters stand upright. Every sign that comes through has its
kind in a table below; one that has none, or that was not understood, is an error.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from html import unescape
from xml.etree.ElementTree import Element, tostring

from latex2mathml.converter import Converter
from latex2mathml.exceptions import (
    DenominatorNotFoundError,
    DoubleSubscriptsError,
    DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError,
    InvalidAlignmentError,
    MissingEndError,
    MissingSuperScriptOrSubscriptError,
    NoAvailableTokensError,
    NumeratorNotFoundError,
)

_UNREAD = (
    DenominatorNotFoundError, DoubleSubscriptsError, DoubleSuperscriptsError,
    ExtraLeftOrMissingRightError, InvalidAlignmentError, MissingEndError,
    MissingSuperScriptOrSubscriptError, NoAvailableTokensError, NumeratorNotFoundError,
)  # fmt: skip

# What the signs are, as in The TeXbook, chapter 17.
RELATIONS = {*"=<>≤≥≠≈∈∉∼≡∝⊂⊆→←↦⇒⇔≪≫", ":=", ":"}
BINARY = {*"+−±×÷⋅∗∘⊕⊗⊙∪∩∧∨"}
OPENING, CLOSING = {*"([{⟨⌊⌈"}, {*")]}⟩⌋⌉"}
BARS, PUNCTUATION = {*"|‖"}, {*",;"}
BIG = {*"∑∏∫⋃⋂"}
PRIMES = {"′": 1, "″": 2, "‴": 3}
ACCENTS = {"^": "ˆ", "~": "˜", "¯": "¯"}  # ^ and ~ stand too high in some browsers
PLAIN = {*"/.…⋯!"}  # signs without space
LETTERLIKE = {*"∂∇∞⊤⊥¬%✓∅∀∃ℓ"}
WITH_LIMITS = {*BIG - {"∫"}, "lim", "max", "min", "sup", "inf", "argmax", "argmin"}

_SCRIPTS = {"msub", "msup", "msubsup", "munder", "mover", "munderover"}
_PARTS = {"mfrac": 2, "mroot": 2, "msub": 2, "msup": 2, "mover": 2, "munder": 2, "msubsup": 3,
          "munderover": 3}  # fmt: skip
_TALL = {"mfrac", "msqrt", "mroot", "munder", "munderover", "mtable"}
_THIN = "0.1667em"
_APPLIED = "\u2061"  # the invisible sign between a function and its argument
_SPACES = {"negativethinmathspace": "-0.1667em", "negativemediummathspace": "-0.2222em"}
_SAME = {"-": "−", "·": "⋅", "*": "∗"}
_ALPHABETS = {
    "bold": "BOLD", "italic": "ITALIC", "bold-italic": "BOLD ITALIC", "script": "SCRIPT",
    "double-struck": "DOUBLE-STRUCK", "fraktur": "FRAKTUR", "sans-serif": "SANS-SERIF",
}  # fmt: skip


class Untranslatable(ValueError):
    """TeX that is not shown: it cannot be read, or nobody has said how it is to look."""

    def __init__(self, tex: str, why: str):
        super().__init__(f"the formula {tex!r} is not shown: {why}")


@dataclass(frozen=True)
class _Place:
    """Where a part stands: in a displayed formula, in a script, in the right part of a row."""

    display: bool
    script: bool = False
    after_sign: bool = False

    @property
    def text(self) -> "_Place":
        return replace(self, display=False, after_sign=False)

    @property
    def small(self) -> "_Place":
        return replace(self, display=False, script=True, after_sign=False)

    @property
    def inside(self) -> "_Place":
        return replace(self, after_sign=False)


def math(tex: str, display: bool = False) -> str:
    r"""A formula as a `<math>` element that also holds its TeX.

    >>> print(math("-y"))
    <math><semantics><mrow><mo form="prefix">−</mo><mi>y</mi></mrow><annotation encoding="application/x-tex">-y</annotation></semantics></math>
    """
    annotation = _leaf("annotation", tex.strip(), encoding="application/x-tex")
    shown = _element("math", [_element("semantics", [_translated(tex, display), annotation])])
    if display:
        shown.set("display", "block")
    return tostring(shown, encoding="unicode")


def inner(tex: str) -> str:
    r"""A formula as one element to stand inside of `<math>`.

    >>> print(inner(r"\mathcal{L}_q"))
    <msub><mi>ℒ</mi><mi>q</mi></msub>
    """
    return tostring(_translated(tex, display=False), encoding="unicode")


def _translated(tex: str, display: bool) -> Element:
    # latex2mathml knows `aligned` by its other name, and slants an upright letter in braces.
    known = re.sub(r"\\(begin|end)\{aligned\}", r"\\\1{split}", tex)
    known = known.replace(r"\mathrm{", r"\mathrm {")
    if tex.replace(r"\{", "").count("{") != tex.replace(r"\}", "").count("}"):
        raise Untranslatable(tex, "its braces do not match")
    if re.search(r"\n\s*\n", tex.strip()):
        raise Untranslatable(tex, "a blank line parts it: write two formulas, or rows of aligned")
    try:
        raw = Converter(display="block" if display else "inline").convert_to_element(known)
    except _UNREAD as error:
        raise Untranslatable(tex, f"{type(error).__name__}") from error
    for element in raw.iter():
        element.text = element.text and unescape(unescape(element.text))
    try:
        return _one(_mended(raw[0], _Place(display)))
    except _Unknown as unknown:
        raise Untranslatable(tex, str(unknown)) from None


class _Unknown(ValueError):
    """A part for which no rule is written."""


# One element.


def _mended(old: Element, place: _Place) -> list[Element]:
    """What stands on the page for an element that latex2mathml made."""
    if len(old) < _PARTS.get(old.tag, 0):
        raise _Unknown("an argument is missing")
    match old.tag:
        case "mrow":
            return _mended_row(old, place)
        case "mi" | "mo" | "mn":
            return _mended_leaf(old)
        case "mtext":
            is_space = (old.text or "").strip(" \xa0") == "" and len(old.text or "") == 1
            return [_space("0.25em")] if is_space else [_leaf("mtext", old.text or "")]
        case "mspace":
            if "linebreak" in old.attrib:
                raise _Unknown(r"\\ outside of aligned, cases or a matrix")
            width = old.get("width", "")
            return [_space(_SPACES.get(width, width.replace("0.167em", _THIN)))]
        case "mfrac":
            return [_element("mfrac", [_part(x, place.text) for x in old])]
        case "msqrt":
            return [_element("msqrt", [_part(x, place.inside) for x in old])]
        case "mroot":
            return [_element("mroot", [_part(old[0], place.inside), _part(old[1], place.small)])]
        case "mstyle":
            style = replace(place, display=old.get("displaystyle") == "true")
            attributes = {key: old.attrib[key] for key in ("displaystyle", "scriptlevel")
                          if key in old.attrib}  # fmt: skip
            return [_element("mstyle", _row(list(old), style), **attributes)]
        case tag if tag in _SCRIPTS:
            return _mended_scripts(old, place)
        case "mtable":
            return [_mended_table(old, place)]
    raise _Unknown(f"<{old.tag}>")


def _mended_row(old: Element, place: _Place) -> list[Element]:
    children = list(old)
    if len(children) > 1 and all(x.get("mathvariant") == "normal" for x in children):
        return [_leaf("mi", "".join(x.text or "" for x in children), mathvariant="normal")]
    if len(children) == 1 and children[0].text in PUNCTUATION | RELATIONS:
        # {,} is a comma without the space that follows one; a sign alone has no sides.
        return [_leaf("mo", children[0].text, lspace="0", rspace="0")]
    if children and children[0].get("fence") == "true" and children[0].get("minsize") is None:
        return [_mended_fence(children, place)]
    return [_one(_row(children, place.inside))]


def _mended_fence(children: list[Element], place: _Place) -> Element:
    r"""\left( … \right): it grows only where there is something tall in it."""
    opening, *inside, closing = children
    if closing.get("fence") != "true":  # a brace of cases has no partner
        inside, closing = [*inside, closing], Element("mo")
    shown = _row(inside, place.inside)
    grows = "true" if any(x.tag in _TALL for part in shown for x in part.iter()) else "false"
    marks = [
        _leaf("mo", sign.text, form=form, fence="true", stretchy=grows) if sign.text else None
        for sign, form in ((opening, "prefix"), (closing, "postfix"))
    ]
    return _element("mrow", [x for x in (marks[0], *shown, marks[1]) if x is not None])


def _mended_leaf(old: Element) -> list[Element]:
    shown = old.text or ""
    if not shown:
        return []
    if "\\" in shown or shown in ("&", "#", "$", "^", "_", "{}"):
        raise _Unknown(f"{shown} is not known here")
    variant = old.get("mathvariant")
    if variant in _ALPHABETS:
        return [_leaf("mi", "".join(_styled(x, _ALPHABETS[variant]) for x in shown))]
    if old.tag == "mn":
        return [_leaf("mn", shown)]
    if "minsize" in old.attrib:
        return [_big_bracket(shown, old)]
    if shown in _SAME:
        return [_leaf("mo", _SAME[shown])]
    if shown == "|" or shown in ("‖", "∥"):
        form = {"form": old.attrib["form"]} if "form" in old.attrib else {}
        return [_leaf("mo", "‖" if shown != "|" else "|", stretchy="false", lspace="0", rspace="0",
                      **form)]  # fmt: skip
    if shown in OPENING or shown in CLOSING:
        form = "prefix" if shown in OPENING else "postfix"
        return [_leaf("mo", shown, form=form, stretchy="false")]
    if shown in PLAIN:
        return [_leaf("mo", shown, lspace="0", rspace="0")]
    if shown in PRIMES:
        return [_leaf("mo", "′") for _ in range(PRIMES[shown])]
    if shown in RELATIONS | BINARY | PUNCTUATION:
        return [_leaf("mo", shown)]
    if shown in BIG:
        return [_leaf("mo", shown, movablelimits="false", lspace="0")]
    if shown.isalpha() and (len(shown) > 1 or old.tag == "mo"):
        return [_leaf("mi", shown) if len(shown) > 1 else _leaf("mi", shown, mathvariant="normal")]
    if shown in LETTERLIKE or len(shown) == 1 and shown.isalpha():
        # Capital Greek letters stand upright in TeX; a browser would slant them.
        upright = variant == "normal" or "Α" <= shown <= "Ω" or shown in "∞⊤⊥✓"
        return [_leaf("mi", shown, mathvariant="normal") if upright else _leaf("mi", shown)]
    raise _Unknown(f"nothing is said of the sign {shown!r}")


def _big_bracket(shown: str, old: Element) -> Element:
    form = {x: "prefix" for x in OPENING} | {x: "postfix" for x in CLOSING}
    known = {"form": form[shown]} if shown in form else {}
    size = old.attrib["minsize"]
    return _leaf("mo", shown, fence="true", stretchy="true", symmetric="true", minsize=size,
                 maxsize=size, lspace="0", rspace="0", **known)  # fmt: skip


def _styled(letter: str, alphabet: str) -> str:
    """The letter of a mathematical alphabet: browsers do not change it by an attribute."""
    kind = re.sub("LATIN |GREEK |LETTER ", "", unicodedata.name(letter))
    old_name = alphabet.replace("FRAKTUR", "BLACK-LETTER")
    for name in (f"MATHEMATICAL {alphabet} {kind}", f"{old_name} {kind}"):
        try:
            return unicodedata.lookup(name)
        except KeyError:
            continue
    raise _Unknown(f"{letter!r} has no {alphabet.lower()} form")


def _mended_scripts(old: Element, place: _Place) -> list[Element]:
    base, *scripts = old
    if base.tag == "mstyle" and (arrow := base.find("mo")) is not None:
        return [_arrow(arrow.text or "", scripts, place)]
    if old.tag == "mover" and scripts[0].tag == "mo" and scripts[0].text in ACCENTS:
        accent = _leaf("mo", ACCENTS[scripts[0].text or ""], stretchy="false")
        return [_element("mover", [_part(base, place.inside), accent], accent="true")]
    made = _part(base, place.inside)
    under = old.tag in ("munder", "mover", "munderover")
    if _sign(made) in WITH_LIMITS:
        under = place.display
    below, above = (_part(x, place.small) for x in (scripts[0], scripts[-1]))
    sub = None if old.tag in ("msup", "mover") else below
    sup = None if old.tag in ("msub", "munder") else above
    if sup is not None and not under:
        primes, sup = _without_primes(sup)
        made = _one([made, *primes])
    return [_scripted(made, sub, sup, under)]


def _scripted(base: Element, sub: Element | None, sup: Element | None, under: bool) -> Element:
    """A base with scripts beside it, or under and over it."""
    if sub is None and sup is None:
        return base
    if sup is None:
        return _element("munder" if under else "msub", [base, sub])
    if sub is None:
        return _element("mover" if under else "msup", [base, sup])
    return _element("munderover" if under else "msubsup", [base, sub, sup])


def _without_primes(sup: Element) -> tuple[list[Element], Element | None]:
    """The primes with which a superscript begins, and what is left: they hang by themselves."""
    parts = list(sup) if sup.tag == "mrow" else [sup]
    primes: list[Element] = []
    while parts and parts[0].text == "′":
        primes.append(parts.pop(0))
    return primes, _one(parts) if parts else None


def _arrow(sign: str, padded: list[Element], place: _Place) -> Element:
    """An arrow with what stands under it, if anything does, and over it."""

    def label(padding: Element) -> Element | None:
        inside = _row([x for x in padding if x.tag != "mspace"], place.small)
        is_empty = all(x.tag == "mrow" and not len(x) for x in inside)
        return None if is_empty else _element("mrow", [_space("0.3em"), *inside, _space("0.3em")])

    under = label(padded[0]) if len(padded) == 2 else None
    return _scripted(_leaf("mo", sign, stretchy="true"), under, label(padded[-1]), under=True)


def _mended_table(old: Element, place: _Place) -> Element:
    """Rows and cells; the style sheet aligns the cells, as its class and they say."""
    is_aligned = old.get("displaystyle") == "true"
    made = Element("mtable", {"class": "aligned", "displaystyle": "true"} if is_aligned else {})
    for old_row in old:
        row = Element("mtr")
        for number, old_cell in enumerate(old_row):
            here = _Place(is_aligned, place.script, after_sign=is_aligned and number % 2 == 1)
            cell = _element("mtd", _row(list(old_cell), here))
            if "columnalign" in old_cell.attrib:
                cell.set("columnalign", old_cell.attrib["columnalign"])
            row.append(cell)
        made.append(row)
    return made


# What stands in a row.


def _row(old: list[Element], place: _Place) -> list[Element]:
    """The parts of a row, with the form and the space that TeX gives to each sign."""
    parts = _with_becomes([part for x in old for part in _mended(x, place)])
    open_bars: list[str] = []
    has_left = place.after_sign  # whether there is something that a minus could subtract from
    made: list[Element] = []
    for number, part in enumerate(parts):
        sign = _sign(part)
        core = _core(part)
        if core.tag == "mo":
            if sign in BINARY and "form" not in core.attrib:
                if not has_left:
                    core.set("form", "prefix")
                    if sign not in "+−±":
                        core.attrib |= {"lspace": "0", "rspace": "0"}
                elif number == 0:
                    core.set("form", "infix")
            if place.script and sign in RELATIONS | BINARY | PUNCTUATION:
                core.attrib |= {"lspace": "0", "rspace": "0"}
        is_function = _is_function(core)
        if (is_function or sign in BIG) and has_left and made and made[-1].tag != "mspace":
            made.append(_space(_THIN))
        if sign in BIG and made and made[-1].get("form") == "prefix" and _sign(made[-1]) in BINARY:
            made[-1].set("rspace", _THIN)
        made.append(part)
        if is_function and number + 1 < len(parts):
            made += _applied(parts[number + 1])
        if part.tag == "mspace":
            continue
        if sign in BARS and "form" not in core.attrib:
            is_closing = bool(open_bars) and open_bars[-1] == sign
            open_bars = open_bars[:-1] if is_closing else [*open_bars, sign]
            has_left = is_closing
        elif core.tag == "mo":
            is_open = sign in RELATIONS | BINARY | OPENING | PUNCTUATION | BIG | {"/"}
            has_left = not is_open and core.get("form") != "prefix"
        else:
            has_left = not is_function
    return made


def _applied(to: Element) -> list[Element]:
    """What stands between a function and what it is applied to: a thin space, unless brackets do."""
    sign = _sign(to)
    core = _core(to)
    if sign in RELATIONS | BINARY | CLOSING | PUNCTUATION | PLAIN and core.get("form") != "prefix":
        return []
    applied = _leaf("mo", _APPLIED)
    is_bracketed = sign in OPENING or to.tag == "mrow" and len(to) and _sign(to[0]) in OPENING
    return [applied] if is_bracketed or to.tag == "mspace" else [applied, _space(_THIN)]


def _with_becomes(parts: list[Element]) -> list[Element]:
    """:= as one sign."""
    made: list[Element] = []
    for part in parts:
        if made and part.text == "=" and made[-1].text == ":":
            made[-1] = _leaf("mo", ":=")
        else:
            made.append(part)
    return made


def _core(element: Element) -> Element:
    """The sign or name that scripts belong to."""
    while element.tag in _SCRIPTS and "accent" not in element.attrib:
        element = element[0]
    return element


def _sign(element: Element) -> str:
    core = _core(element)
    return (core.text or "") if core.tag in ("mo", "mi") else ""


def _is_function(core: Element) -> bool:
    shown = core.text or ""
    return core.tag == "mi" and len(shown) > 1 and core.get("mathvariant") is None


# How elements are made.


def _part(old: Element, place: _Place) -> Element:
    return _one(_mended(old, place))


def _one(parts: list[Element]) -> Element:
    return parts[0] if len(parts) == 1 else _element("mrow", parts)


def _leaf(tag: str, text: str, **attributes: str) -> Element:
    made = Element(tag, attributes)
    made.text = text
    return made


def _space(width: str) -> Element:
    return Element("mspace", {"width": width})


def _element(tag: str, parts: list[Element], **attributes: str) -> Element:
    made = Element(tag, attributes)
    made.extend(parts)
    return made
