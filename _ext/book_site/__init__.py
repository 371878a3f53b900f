"""The site: how the pages of the book are set, and what they bring along.

Its parts: `outputs` (what cells stored becomes directives), `cards` (derivations, refuted lines,
settings), `cells` (code folds), `boxes` (exercises, solutions), `tables`, `home` (the first page),
`pictures` (those that move), `previews`
(what a reference refers to), `frame` (the page around the text), `citations`, `publishing`.
"""

import formulas

from . import (
    boxes,
    cards,
    cells,
    citations,
    elements,
    frame,
    home,
    outputs,
    pictures,
    previews,
    publishing,
    tables,
)

PARTS = (
    formulas, elements, outputs, cards, cells, boxes, tables, home, pictures, previews, citations, frame,
    publishing,
)  # fmt: skip


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
