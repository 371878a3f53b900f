"""How names and words are shown: LaTeX of names, look-alikes, and the words beside a step."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping

from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.tokens import GREEK
from cebook_utils.language.layout import Chosen, Layout, Letter, Number, Script, Word
from cebook_utils.language.mathematics import (
    LATEX_OF_GREEK,
    Unreadable,
    check_mathematics,
    look_of,
)
from cebook_utils.language.messages import ReadingError
from cebook_utils.language.prelude import WORDS
from cebook_utils.language.tex import latex_of

_SYMBOLS = {"ell": "ℓ", "oo": "∞"}
_LONGEST = 60
_OPERATORS = ("log", "exp", "max", "min", "lim", "sinh", "cosh", "tanh")


def layout_of_name(name: str, chosen: Mapping[str, str]) -> Layout:
    """One name: as its author chose, a Greek letter, or upright when it has several letters."""
    if name in chosen:
        return Chosen(chosen[name])
    letter, digits = name[:1], name[1:]
    if digits.isdigit() and not letter.isdigit():
        return Script(layout_of_name(letter, {}), Number(digits))
    if name.isdigit():
        return Number(name)
    return Letter(_SYMBOLS.get(name, name)) if len(name) == 1 or name in _SYMBOLS else Word(name)


def layout_of_letter(letter: str) -> Layout:
    """An index: a letter or a whole number."""
    return layout_of_name(letter, {})


def latex_of_name(name: str, chosen: Mapping[str, str]) -> str:
    """The LaTeX of one name."""
    return latex_of(layout_of_name(name, chosen))


def latex_of_letter(letter: str) -> str:
    """The LaTeX of an index."""
    return latex_of(layout_of_letter(letter))


def check_latex(latex: str) -> None:
    """Refuse LaTeX of a name that is more than one symbol, or that a page could stumble over."""
    try:
        look = look_of(latex)
    except Unreadable as why:
        raise ReadingError(latex, None, f"latex={latex!r} cannot show a name: {why}") from None
    if not (look[0].isalpha() or look[0] == "\\" and not look.startswith(r"\|")):
        raise ReadingError(latex, None, f"latex={latex!r} cannot show a name: begin with a letter")
    if re.search(rf"\{{({'|'.join(_OPERATORS)})\}}", latex):
        raise ReadingError(latex, None, f"latex={latex!r} looks like a function of the notation")
    if len(latex) > _LONGEST:
        raise ReadingError(latex, None, f"latex= has at most {_LONGEST} characters")


# Look-alikes.


def look_alike(
    name: str, others: Iterable[str], latex_of: Mapping[str, str], setting: Setting
) -> str | None:
    """What a reader could take a declared name for: another name, or a symbol of the notation.

    `z1` looks like `z[1]`, a ν like a v, `latex="z^2"` like the square of z, `e` like exp(1).
    """
    others = list(others)
    looks = {x: _look(x, latex_of) for x in (name, *others)}
    letters = [_look(i, {}) for i in setting.letters]
    powers = set(looks.values())
    arity = {x: len(setting.ranges.get(x, ())) for x in looks}
    for other in others:
        for one, two in ((name, other), (other, name)):
            if _reads_as(looks[one], looks[two], arity[two], letters, powers):
                return other
    symbols = [("exp", "e", 0), ("δ", LATEX_OF_GREEK["δ"] + " ", 2)]
    symbols += [(w.name, _look_of_word(w.latex or w.name), 0) for w in WORDS if w.name not in looks]
    for symbol, look, indices in symbols:
        if (
            symbol == "exp"
            and (arity[name] or name in setting.letters)
            or symbol == "δ"
            and _is_apart_from_delta(looks[name])
        ):
            continue
        if symbol == "δ" and looks[name] == look and arity[name] < 2:
            continue  # δ[q] has one index, δ(i, k) has two
        if _reads_as(looks[name], look, indices, letters, powers):
            return symbol
    return "log" if looks[name] == r"\log " else None


def _look(name: str, latex_of: Mapping[str, str]) -> str:
    """How a name looks; the LaTeX that is made of a name needs no check."""
    latex = latex_of_name(name, latex_of)
    return look_of(latex) if name in latex_of or r"\_" not in latex else latex


def _look_of_word(latex: str) -> str:
    return f"{latex} " if latex.startswith("\\") else look_of(latex_of_name(latex, {}))


def _is_apart_from_delta(look: str) -> bool:
    """Kronecker's δ stands with its two indices only: never with a power in place of them."""
    return look.startswith(LATEX_OF_GREEK["δ"] + " ^")


def _reads_as(one: str, other: str, indices: int, letters: list[str], powers: set[str]) -> bool:
    """Whether one look could be a formula that begins with the other one."""
    for look in {one, one.removeprefix(r"\log ")}:
        rest = look.removeprefix(other)
        if look == other or rest != look and _continues(rest, indices, letters, powers):
            return True
    return False


def _continues(rest: str, indices: int, letters: list[str], powers: set[str]) -> bool:
    """Whether what follows a symbol would be read as its index, its power, its factor."""
    if match := re.match(r"_\{([^{}]*)\}", rest):
        inside = match[1].replace(",", "")
        known = "|".join(map(re.escape, sorted(letters, key=len, reverse=True)))
        one_index = rf"\d+|{known}" if letters else r"\d+"
        if indices == 1:
            return re.fullmatch(one_index, inside) is not None
        each = one_index.replace(r"\d+", r"\d")
        return re.fullmatch(rf"(?:{each}){{{indices},}}", inside) is not None and indices > 0
    if match := re.match(r"\^\{(.*)\}$", rest):
        return match[1].isdigit() or match[1] in powers
    return not rest.startswith(("'", "_", "^"))


# Words beside a step, and titles.

_PUNCTUATION = set("–—‘’“”…·×−≤≥≠→∂∞√½²³ℓ°∈") | set(GREEK)
_OUTSIDE_TEXT = {
    "\\": r"{\backslash}", "^": r"{\wedge}", "~": r"{\sim}", "{": r"\{", "}": r"\}",
    "$": r"\$", "&": r"\&", "#": r"\#", "%": r"\%", "_": r"\_",
}  # fmt: skip


def check_words(text: str) -> None:
    """Refuse words that could show what was not checked: look-alike letters, marks, stamps."""
    latex_of_words(text)


def latex_of_words(text: str) -> str:
    r"""Words as text, and $mathematics$ as mathematics.

    >>> print(latex_of_words("only $y_c$ is 1"))
    \text{only }y_c\text{ is 1}
    """
    for place, character in enumerate(text):
        if not _is_plain(character):
            raise ReadingError(
                text, None if not text.isprintable() else place,
                f"{_called(character)} may not stand in words: "
                "it could be taken for another letter, or for a stamp",
            )  # fmt: skip
    parts = " ".join(text.split()).split("$")
    if len(parts) % 2 == 0:
        raise ReadingError(text, text.rindex("$"), "this $ opens mathematics that nothing closes")
    return "".join(
        _mathematics(part, text) if number % 2 else _words(part)
        for number, part in enumerate(parts)
    )


def _words(part: str) -> str:
    """Text, with what has a meaning in LaTeX outside of it: MathJax shows \\% in text as it is."""
    shown = ""
    for piece in re.split(r"([\\^~{}$&#%_])", part):
        shown += _OUTSIDE_TEXT.get(piece) or (rf"\text{{{piece}}}" if piece else "")
    return shown


def _mathematics(part: str, text: str) -> str:
    try:
        check_mathematics(part)
    except Unreadable as why:
        raise ReadingError(text, text.find(part), f"this mathematics is not shown: {why}") from None
    return part


def _is_plain(character: str) -> bool:
    """ASCII, Latin letters with an accent, the Greek of the notation, and some punctuation."""
    if character.isascii():
        return character.isprintable() or character in "\n\t"
    base = unicodedata.normalize("NFD", character)[0]
    return character in _PUNCTUATION or character.isalpha() and base.isascii()


def _called(character: str) -> str:
    name = unicodedata.name(character, "a character without a name").lower()
    return (
        f"{character!r} ({name})" if character.isprintable() else f"U+{ord(character):04X} ({name})"
    )
