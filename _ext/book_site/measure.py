"""About how wide a formula is, in letters: enough to know whether a reason fits beside it."""

from xml.etree import ElementTree
from xml.etree.ElementTree import Element

SMALL = 0.7  # letters of an index or a power
STACKED = {"munder", "mover", "munderover", "mfrac"}
SCRIPTS = {"msub", "msup", "msubsup"}
SIGNS = 1.9  # of an operator with the space around it


def width(inner: str) -> float:
    return _of(ElementTree.fromstring(f"<mrow>{inner}</mrow>"))


def _of(element: Element) -> float:
    parts = [_of(child) for child in element]
    if element.tag == "annotation":
        return 0
    if element.tag in STACKED:
        base, *others = parts
        return max(base, *(x if element.tag == "mfrac" else SMALL * x for x in others))
    if element.tag in SCRIPTS:
        return parts[0] + SMALL * max(parts[1:])
    if parts:
        return sum(parts)
    text = (element.text or "").strip()
    alone = element.tag == "mo" and text in "=+−<>≤≥·:→" and text
    return SIGNS if alone else len(text)
