"""The site: how the pages of the book are set, and what they bring along.

Its parts: `outputs` (what cells stored becomes directives), `cards` (derivations, refuted lines,
settings), `cells` (code folds), `boxes` (exercises, solutions), `home` (the first page), `frame` (the page around the text), `citations`, `publishing`, `searching` (the index; `readable` writes its formulas).
"""

import formulas

from . import boxes, cards, cells, citations, elements, frame, home, outputs, publishing, searching

PARTS = (formulas, elements, outputs, cards, cells, boxes, home, citations, frame, publishing, searching)


def setup(app):
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
