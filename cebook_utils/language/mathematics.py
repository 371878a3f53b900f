"""Mathematics that an author writes in LaTeX himself: read with a short list of words.

What is on the list cannot leave its place: no rows, no stamps, no text, no labels, no macros.
"""

from __future__ import annotations

import re

LATEX_OF_GREEK = {
    "α": r"\alpha", "β": r"\beta", "γ": r"\gamma", "δ": r"\delta", "ε": r"\varepsilon",
    "ζ": r"\zeta", "η": r"\eta", "θ": r"\theta", "κ": r"\kappa", "λ": r"\lambda",
    "μ": r"\mu", "ν": r"\nu", "ξ": r"\xi", "π": r"\pi", "ρ": r"\rho",
    "σ": r"\sigma", "τ": r"\tau", "φ": r"\varphi", "χ": r"\chi", "ψ": r"\psi",
    "ω": r"\omega", "Γ": r"\Gamma", "Δ": r"\Delta", "Θ": r"\Theta", "Λ": r"\Lambda",
    "Ξ": r"\Xi", "Π": r"\Pi", "Σ": r"\Sigma", "Φ": r"\Phi", "Ψ": r"\Psi",
    "Ω": r"\Omega",
}  # fmt: skip

_TAKING = {r"\frac": 2, r"\sqrt": 1} | dict.fromkeys(
    (r"\hat", r"\bar", r"\tilde", r"\mathrm", r"\mathbf", r"\mathcal", r"\mathbb",
     r"\boldsymbol", r"\operatorname"), 1,
)  # fmt: skip
_IN_NAMES = {
    *LATEX_OF_GREEK.values(), *(_TAKING.keys() - {r"\frac", r"\sqrt"}),
    r"\ell", r"\top", r"\log", r"\|",
}  # fmt: skip
_IN_REASONS = {
    *_IN_NAMES, r"\frac", r"\sqrt", r"\exp", r"\max", r"\min", r"\tanh", r"\sinh", r"\cosh",
    r"\sum", r"\prod", r"\partial", r"\infty", r"\le", r"\ge", r"\ne", r"\to", r"\in", r"\cdot",
    r"\dots", r"\,", r"\{", r"\}",
}  # fmt: skip
_SIGNS_IN_NAMES = "(),'"
_SIGNS_IN_REASONS = "()[],.'+-*/=<>|!:"

# What a reader cannot tell apart: the key is drawn like the value.
_DRAWN_LIKE = {r"\nu": "v", r"\operatorname": r"\mathrm", r"\boldsymbol": r"\mathbf"}

_TOKEN = re.compile(r"\\[A-Za-z]+|\\.|\S", re.DOTALL)


class Unreadable(ValueError):
    """Why this is no mathematics that may stand on a page."""


def look_of(latex: str) -> str:
    """How the LaTeX of a name looks, the same for all ways to write it; Unreadable if unsafe."""
    if latex.count("(") != latex.count(")"):
        raise Unreadable("its brackets do not match")
    return _Reader(latex, _IN_NAMES, _SIGNS_IN_NAMES).whole()


def check_mathematics(latex: str) -> None:
    """Refuse mathematics between the words of a reason that is more than mathematics."""
    _Reader(latex, _IN_REASONS, _SIGNS_IN_REASONS).whole()


class _Reader:
    """LaTeX read from left to right; every method gives back what is seen on the page."""

    def __init__(self, latex: str, words: set[str], signs: str):
        self.tokens: list[str] = [*_TOKEN.findall(latex), ""]
        self.at = 0
        self.words, self.signs = words, signs

    @property
    def next(self) -> str:
        return self.tokens[self.at]

    def whole(self) -> str:
        seen = self.many()
        if self.next:
            raise Unreadable("'}' closes nothing")
        if not seen:
            raise Unreadable("it is empty")
        return seen

    def many(self) -> str:
        seen = ""
        while self.next not in ("", "}"):
            seen += self.one() + self.scripts()
        return seen

    def group(self) -> str:
        self.at += 1
        seen = self.many()
        if self.next != "}":
            raise Unreadable("'{' is not closed")
        self.at += 1
        return seen

    def one(self) -> str:
        token = self.next
        if token == "{":
            return self.group()
        self.at += bool(token)
        token = LATEX_OF_GREEK.get(token, token)
        is_plain = len(token) == 1 and token.isascii() and token.isalnum()
        if not (is_plain or token in self.words or token and token in self.signs):
            raise Unreadable(f"{token or 'its end'!r} may not stand here")
        shown = _DRAWN_LIKE.get(token, token)
        if token not in _TAKING:
            return f"{shown} " if shown[1:].isalpha() else shown
        inside = [self.argument() for _ in range(_TAKING[token])]
        if shown == r"\mathrm" and len(inside[0]) == 1:
            return inside[0]  # an upright letter is drawn like a slanted one
        return shown + "".join(f"{{{x}}}" for x in inside)

    def argument(self) -> str:
        if self.next in self.signs or self.next in ("", "}"):
            raise Unreadable("something is missing behind a word")
        return self.one()

    def scripts(self) -> str:
        found: dict[str, str] = {}
        while self.next and self.next in "^_'":
            sign = self.next
            self.at += 1
            if sign == "'":
                if "^" in found and not found["^"].startswith("'"):
                    raise Unreadable("it has two superscripts")
                found["^"] = found.get("^", "") + "'"
                continue
            if sign in found:
                raise Unreadable("it has two " + ("superscripts" if sign == "^" else "subscripts"))
            found[sign] = f"{sign}{{{self.argument()}}}"
        return found.get("_", "") + found.get("^", "")
