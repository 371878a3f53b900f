"""Turns the MathML of a term into LaTeX, so that the reader of LaTeX can tell what it says.

It knows elements and signs, and nothing of the printer. A name that an author chose stands in it as
<mtext>, with the LaTeX that he chose. Brackets around nothing tall do not stretch; a bar says by
its form whether it opens or closes.
"""

from xml.etree import ElementTree

from .latex_reader import GREEK

SIGNS = {
    "−": "-", "⋅": r"\cdot ", "≠": r"\ne ", "∑": r"\sum", "∏": r"\prod", "+": "+", "=": "=",
    ",": ",", "(": "(", ")": ")", "[": "[", "]": "]",
}  # fmt: skip
LETTERS = {"ℓ": r"\ell ", "∂": r"\partial ", "∞": r"\infty "}
FUNCTIONS = {"log", "max", "min", "sinh", "cosh", "tanh"}


def latex_of(mathml):
    """The LaTeX of a string of MathML."""
    return _latex(ElementTree.fromstring(mathml))


def _latex(e):
    match e.tag:
        case "mrow":
            return _row(list(e))
        case "mi":
            return _name(e.text, e.get("mathvariant"))
        case "mn":
            assert e.text.replace(".", "").isdigit()
            return e.text
        case "mtext":
            return e.text
        case "mspace":
            return r"\,"
        case "mo":
            return _sign(e)
        case "mfrac":
            return r"\frac" + "".join(f"{{{_latex(x)}}}" for x in e)
        case "msqrt":
            return rf"\sqrt{{{_row(list(e))}}}"
        case "msub" | "munder":
            return f"{_latex(e[0])}_{{{_latex(e[1])}}}"
        case "msup":
            return f"{_latex(e[0])}^{{{_latex(e[1])}}}"
        case "msubsup" | "munderover":
            return f"{_latex(e[0])}_{{{_latex(e[1])}}}^{{{_latex(e[2])}}}"
    raise ValueError(f"<{e.tag}> in the MathML of a term")


def _row(parts):
    shown = ""
    for before, e in zip([None, *parts], parts, strict=False):
        # The space behind the invisible sign of an application is no product.
        if e.tag == "mspace" and before is not None and before.text == "\u2061":
            continue
        shown += " " if e.text == "\u2061" else _latex(e)
    return shown


def _name(shown, variant):
    if shown in FUNCTIONS and variant is None:
        return rf"\{shown} "
    if len(shown) > 1:
        assert variant == "normal"
        return rf"\mathrm{{{shown}}}".replace("_", r"\_")
    assert (variant == "normal") == (shown in GREEK and shown.isupper() or shown == "∞")
    return LETTERS.get(shown) or (rf"\{GREEK[shown]} " if shown in GREEK else shown)


def _sign(e):
    if e.text == "|":
        return {"prefix": r"\left|", "postfix": r"\right|"}[e.get("form")]
    if e.text in "()[]":
        assert e.get("form") == ("prefix" if e.text in "([" else "postfix")
    return SIGNS[e.text]
