"""A formula as a line of text, as one would type it: for a search, which shows no mathematics."""

import re
import unicodedata
from functools import cache
from xml.etree import ElementTree

from tex_to_mathml import BINARY, RELATIONS, math

SPACED = RELATIONS | BINARY | {"∣", "⟶", "∧", "∨", "⇔", "⟺", "≜"}
ACCENTS = {"ˆ": "\u0302", "¯": "\u0304", "˜": "\u0303"}
RAISED = str.maketrans("0123456789+−n⊤", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻ⁿᵀ")
JOINED = "\u2061"  # between two parts that stand close, but must not become one word


@cache
def tex_as_text(tex):
    r"""A formula that is written in TeX.

    >>> tex_as_text(r"\frac{\partial \ell}{\partial z_k} = p_k - y_k")
    '∂ℓ/∂z_k = p_k − y_k'
    >>> tex_as_text(r"-\sum_{i=1}^{C} y_i \log p_i")
    '−∑_i y_i log p_i'
    """
    return mathml_as_text(math(tex))


@cache
def mathml_as_text(markup):
    """A formula that is MathML already.

    >>> mathml_as_text("<math><msup><mi>e</mi><mrow><mo form='prefix'>−</mo><mi>z</mi></mrow></msup></math>")
    'e^(−z)'
    """
    return tidy(spoken(ElementTree.fromstring(markup)))


def tidy(text):
    text = re.sub(rf"{JOINED}+(?=[\w√∑∏∂∇])", " ", text).replace(JOINED, "")
    text = " ".join(text.replace("\xa0", " ").split())
    for sign in ",;)]}⟩!":
        text = text.replace(f" {sign}", sign)
    text = re.sub(r"(?<=\d), (?=000\b)", ",", text)
    for sign in "([{⟨":
        text = text.replace(f"{sign} ", sign)
    return text


def spoken(part):
    children = [spoken(child) for child in part]
    match part.tag:
        case "annotation":
            return ""
        case "mi":
            word = _plain(part.text or "")
            return f" {word}{JOINED}" if len(word) > 1 else word
        case "mn" | "mtext":
            return _plain(part.text or "")
        case "mo":
            return _sign(part)
        case "mspace":
            return " "
        case "mfrac":
            return f"{_grouped(children[0])}/{_grouped(children[1])}"
        case "msqrt":
            return f"√{_in_brackets(''.join(children))}{JOINED}"
        case "mroot":
            return f"{_raised(children[1])}√{_in_brackets(children[0])}"
        case "msub" | "munder":
            return _with_index(*children)
        case "msup":
            return _close(children[0]) + _raised(children[1]) + JOINED
        case "msubsup":
            both = _with_index(*children[:2])
            return both if _is_big(children[0]) else _close(both) + _raised(children[2]) + JOINED
        case "munderover":
            return _with_index(*children[:2])
        case "mover":
            return _accented(*children)
        case "mtd":
            return f" {''.join(children)} "
        case "mtr":
            return f"{''.join(children)}; "
        case "mtable":
            return "".join(children).rstrip("; ")
        case _:
            return "".join(children)


def _plain(text):
    """Letters without their dress: a bold p is a p; but ℓ, ℒ and ℝ stay."""
    return "".join(
        unicodedata.normalize("NFKC", x) if "\U0001d400" <= x <= "\U0001d7ff" else x for x in text
    )


def _sign(part):
    shown = part.text or ""
    if shown == JOINED:
        return JOINED
    if shown in SPACED and part.get("form") not in ("prefix", "postfix"):
        return f" {shown} "
    return f"{shown} " if shown and shown in ",;" else shown


def _grouped(text):
    """A part of a fraction: in brackets unless it is one factor."""
    inside = tidy(text)
    open_parts = inside
    while (fewer := re.sub(r"\([^()]*\)", "", open_parts)) != open_parts:
        open_parts = fewer
    return f"({inside})" if set(open_parts) & SPACED or " " in open_parts else inside


def _in_brackets(text):
    inside = tidy(text)
    return inside if re.fullmatch(r"\([^()]*\)", inside) else f"({inside})"


def _close(text):
    return text.rstrip(f" {JOINED}")


def _is_big(base):
    return base.strip() in {*"∑∏∫⋃⋂"}


def _with_index(base, index):
    """An index; a sum names what it runs over and is parted from what it sums."""
    index = tidy(index)
    if _is_big(base):
        return f"{base.strip()}_{index.partition(' ')[0]} "
    if _close(base).strip() in ("lim", "max", "min", "argmax", "argmin", "sup", "inf", "⟶"):
        return f" {_close(base).strip()} ({index}) "
    whole = f"_{index}" if index.isalnum() else f"_({index})"
    return _close(base) + whole + JOINED


def _raised(power):
    power = tidy(power)
    if power and all(ord(x) in RAISED for x in power):
        return power.translate(RAISED)
    return f"^{power}" if power.isalnum() else f"^{_in_brackets(power)}"


def _accented(base, accent):
    mark = ACCENTS.get(accent.strip())
    return base + mark if mark and len(base) == 1 else base
