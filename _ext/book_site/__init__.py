"""The site: how the pages of the book are set, and what they bring along."""

import gc

import formulas

from . import (
    addresses,
    answers,
    boxes,
    cards,
    cells,
    citations,
    elements,
    errata,
    folds,
    fonts,
    frame,
    home,
    live,
    outputs,
    own,
    pdf,
    pictures,
    previews,
    publishing,
    repairs,
    running,
    searching,
    share_pictures,
    tables,
    unbroken,
)

PARTS = (
    formulas,
    elements,
    outputs,  # what cells stored becomes directives
    cards,  # derivations, refuted lines, settings
    cells,  # code folds
    boxes,  # exercises and solutions
    answers,  # exercises that the page checks
    own,  # where a reader checks his own
    errata,  # their table
    folds,  # what is for who has read the notes
    tables,
    home,  # the first page
    pictures,  # those that move
    previews,  # what a reference refers to
    citations,
    running,  # ways to run a page elsewhere
    frame,  # the page around the text
    live,  # the program that judges lines in the browser
    searching,
    fonts,
    addresses,  # one for each page
    share_pictures,
    pdf,
    publishing,  # what other programs read of a page
    repairs,  # of what other extensions write
    unbroken,  # a formula stays with its stop
)


def setup(app):
    # A page is a tree of a hundred thousand objects that stay: to search them for garbage every 700
    # new ones is a third of the time of a build.
    gc.set_threshold(50_000, 20, 100)
    for part in PARTS:
        part.setup(app)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
