"""The site: how the pages of the book are set, and what they bring along.

Its parts: `outputs` (what cells stored becomes directives), `cards` (derivations, refuted lines,
settings), `cells` (code folds), `boxes` (exercises, solutions), `tables`, `home` (the first page),
`previews` (what a reference refers to), `frame` (the page around the text), `fonts`, `citations`,
`addresses` (one for each page), `publishing` (what other programs read of a page), `share_pictures`,
`pdf`, `running` (ways to run a page elsewhere).
"""

import formulas

from . import (
    addresses,
    boxes,
    cards,
    cells,
    citations,
    elements,
    fonts,
    frame,
    home,
    outputs,
    pdf,
    previews,
    publishing,
    running,
    share_pictures,
    tables,
)

PARTS = (
    formulas, elements, outputs, cards, cells, boxes, tables, home, previews, citations, running, frame,
    fonts, addresses, share_pictures, pdf, publishing,
)  # fmt: skip


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
