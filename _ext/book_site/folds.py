"""What the notes say is for who has read them: it folds behind a bar, and so do the proofs of the errata."""

from docutils import nodes

from .cards import card
from .elements import every, is_a, tag

ABOUT_NOTES = "What the notes say"


def fold_sections(app, doctree, docname):
    errata = bool(every(doctree, "errata"))
    for section in doctree.findall(nodes.section):
        if section[0].astext() == ABOUT_NOTES:
            _fold(section, 1, "for readers of the notes")
        elif errata and _is_item(section):
            _fold(section, 1 + isinstance(section[1], nodes.paragraph))  # after what the note says


def _is_item(section):
    return isinstance(section.parent.parent, nodes.section) and len(section) > 1


def _fold(section, first, *words):
    """Fold the parts of a section from the first on, behind a bar of these words and what is proved there."""
    parts = section[first:]
    del section[first:]
    summary = tag("summary", " · ".join([*words, *_what_is_proved(parts)]) or "checked in numbers")
    section += tag("details", summary, *parts, class_="proofs")


def _what_is_proved(parts):
    """How many lines are refuted there, and how many derivations hold."""
    found = [x for part in parts for x in part.findall()]
    wrong = sum(is_a(x, "card no") for x in found)
    right = sum(isinstance(x, card) for x in found)
    counts = [(wrong, "line refuted", "lines refuted"), (right, "proof", "proofs")]
    return [f"{n} {one if n == 1 else more}" for n, one, more in counts if n]


def setup(app):
    app.connect("doctree-resolved", fold_sections)
