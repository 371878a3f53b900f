"""What the chapters' notebooks hold, read once for all pages that are made from it."""

from functools import cache
from pathlib import Path

from cebook_utils.book.contents import cells_of, chapters_of

ROOT = Path(__file__).resolve().parents[2]


def path_of(page):
    return ROOT / "chapters" / f"{page}.ipynb"


@cache
def pages():
    """The pages that are notebooks, in the order of the book."""
    return [page for page in chapters_of(ROOT / "_toc.yml") if path_of(page).exists()]


@cache
def cells(page):
    return tuple(cells_of(path_of(page)))


def records(page):
    """The derivations of a page."""
    return [record for cell in cells(page) for record in cell.records]


def page_of(label):
    """The page on which a derivation stands."""
    return next(page for page in pages() if any(x["label"] == label for x in records(page)))


def record_of(label):
    return next(x for x in records(page_of(label)) if x["label"] == label)
