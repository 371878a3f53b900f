"""The site: how the pages of the book are set, and what they bring along.

Its parts: `outputs` (what cells stored becomes directives), `cards` (derivations, refuted lines,
settings), `cells` (code folds), `boxes` (exercises, solutions), `tables`, `home` (the first page),
`previews` (what a reference refers to), `frame` (the page around the text), `citations`, `publishing`,
`repairs` (of what other extensions write), `unbroken` (a formula and its stop), `searching` (what a
search finds; `readable` writes its formulas).
"""

import formulas

from . import (
    answers,
    boxes,
    cards,
    cells,
    citations,
    elements,
    frame,
    home,
    live,
    outputs,
    previews,
    publishing,
    repairs,
    searching,
    tables,
    unbroken,
)

PARTS = (
    formulas, elements, outputs, cards, cells, boxes, answers, tables, home, previews, citations,
    frame, live, publishing, repairs, unbroken, searching,
)  # fmt: skip


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
