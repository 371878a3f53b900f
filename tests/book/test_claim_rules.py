"""A claim's tag cannot move to another cell without a test that fails."""

import tomllib
from dataclasses import replace

import pytest
from claim_rules import PREFIX, alike, unbound, undecided
from notebooks import CHAPTERS, ROOT

from cebook_utils.book.contents import cells_of_book, chapters_of

SETTLED = tomllib.loads((CHAPTERS / "data" / "settled.toml").read_text(encoding="utf-8"))
PAGES = [n for n in chapters_of(ROOT / "_toc.yml") if (CHAPTERS / f"{n}.ipynb").exists()]
CELLS = cells_of_book(CHAPTERS, PAGES)


def test_every_claim_is_settled_by_what_it_is_bound_to():
    assert list(unbound(CELLS, SETTLED)) == []


def test_no_two_cells_of_a_section_are_called_the_same():
    assert list(alike(CELLS)) == []


def moved(cells, tag, start, end):
    """The cells, with a tag taken from one and given to another."""
    cells = list(cells)
    cells[start] = replace(cells[start], tags=tuple(t for t in cells[start].tags if t != tag))
    cells[end] = replace(cells[end], tags=(*cells[end].tags, tag))
    return cells


@pytest.mark.parametrize("page", PAGES)
def test_a_tag_moved_to_any_other_cell_of_its_chapter_is_found(page):
    """Only the chapter itself is looked at: its faults are faults of the book."""
    cells = [cell for cell in CELLS if cell.chapter == page]
    bound = {
        tag: here
        for tag, sections in SETTLED.items()
        if (here := {s: v for s, v in sections.items() if s.startswith(f"{page}: ")})
    }
    assert list(unbound(cells, bound)) == []
    for start, cell in enumerate(cells):
        for tag in (tag for tag in cell.tags if tag.startswith(PREFIX)):
            ends = [end for end, other in enumerate(cells) if tag not in other.tags]
            silent = [
                end for end in ends if not list(unbound(moved(cells, tag, start, end), bound))
            ]
            assert [cells[end].settler for end in silent] == [], tag


def test_a_tag_that_is_dropped_or_added_is_found():
    start = next(i for i, cell in enumerate(CELLS) if "covers-note-primer-7" in cell.tags)
    fewer = list(CELLS)
    fewer[start] = replace(CELLS[start], tags=())
    more = list(CELLS)
    more[0] = replace(CELLS[0], tags=(*CELLS[0].tags, "covers-note-primer-7"))
    assert list(unbound(fewer, SETTLED)) and list(unbound(more, SETTLED))


def test_a_derivation_of_another_title_is_found():
    start = next(i for i, cell in enumerate(CELLS) if cell.records and cell.tags)
    renamed = list(CELLS)
    renamed[start] = replace(CELLS[start], settler="Another title")
    assert list(unbound(renamed, SETTLED))


def test_cells_that_cannot_be_told_apart_are_found():
    tagged = next(cell for cell in CELLS if any(t.startswith(PREFIX) for t in cell.tags))
    assert list(alike([tagged, replace(tagged, tags=())]))


def test_every_claim_is_proved_refuted_or_asserted():
    assert list(undecided(CELLS)) == []


def test_a_claim_that_nothing_decides_is_found():
    cell = next(cell for cell in CELLS if cell.records and cell.tags)
    words = replace(cell, records=(), refuted=False, settler="print(1)", tags=("covers-note-a-1",))
    assert list(undecided([words])) == ["covers-note-a-1"]
