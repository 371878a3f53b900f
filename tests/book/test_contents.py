"""What the stored notebooks hold is read rightly, and every tag leads to a claim of the notes."""

import json
import tomllib

import pytest
from notebooks import CHAPTERS, ROOT

from cebook_utils.book.contents import (
    anchor,
    cells_of,
    cells_of_book,
    chapters_of,
    places,
    tagged,
)
from cebook_utils.derivation.records import RECORD

CLAIMS = tomllib.loads((CHAPTERS / "data" / "claims.toml").read_text(encoding="utf-8"))
KEYS = {f"{note}-{key}" for note, claims in CLAIMS.items() for key in claims}
QUESTIONS = {str(number) for number in range(1, 17)}


def code(source="1", tags=(), outputs=()):
    metadata = {"tags": list(tags)} if tags else {}
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": list(outputs)}


def markdown(source):
    return {"cell_type": "markdown", "source": source, "metadata": {}}


@pytest.fixture
def chapter(tmp_path):
    record = {"title": "One", "label": "eq-one", "result": "a = b", "steps": []}
    cells = [
        markdown("# Title\n\n```python\n# no heading\n```"),
        code(tags=["covers-note-a-1"]),
        markdown("## Why `p − y`?\n\nwords\n\n#### too deep"),
        code(outputs=[{"output_type": "execute_result", "data": {RECORD: record}}]),
        code(outputs=[{"output_type": "error", "ename": "StepError"}], tags=["covers-note-a-1"]),
    ]
    path = tmp_path / "sample.ipynb"
    path.write_text(json.dumps({"cells": cells}), encoding="utf-8")
    return path


def test_cells_know_their_place_and_what_they_hold(chapter):
    first, second, third = cells_of(chapter)
    assert first.link == "[Title](sample.ipynb)"
    assert second.link == "[Why `p − y`?](sample.ipynb#why-p--y)"
    assert second.records[0]["label"] == "eq-one"
    assert third.refuted and not second.refuted


def test_places_name_each_chapter_and_section_once(chapter):
    first, second, third = cells_of(chapter)
    shown = places([first, second, third], note=lambda cells: f" ({len(cells)})")
    assert shown == (
        "*Title*: [Title](sample.ipynb) (1), [Why `p − y`?](sample.ipynb#why-p--y) (2)"
    )


def test_cells_are_found_by_their_tags(chapter):
    cells = cells_of_book(chapter.parent, ["sample"])
    assert tagged(cells, "covers-") == {"note-a-1": [cells[0], cells[2]]}
    assert tagged(cells, "answers-") == {}


def test_the_chapters_are_those_of_the_table_of_contents(tmp_path):
    contents = tmp_path / "_toc.yml"
    contents.write_text("root: chapters/intro\n    - file: chapters/at-scale\n", encoding="utf-8")
    assert chapters_of(contents) == ["intro", "at-scale"]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [("Sum or mean?", "sum-or-mean"), ("The loss: what is it", "the-loss-what-is-it")],
)
def test_anchors_are_those_of_the_site(heading, expected):
    assert anchor(heading) == expected


def book():
    names = [n for n in chapters_of(ROOT / "_toc.yml") if (CHAPTERS / f"{n}.ipynb").exists()]
    return cells_of_book(CHAPTERS, names)


def tags_that_lead_nowhere(cells):
    yield from sorted(set(tagged(cells, "covers-")) - KEYS)
    yield from sorted(set(tagged(cells, "answers-question-")) - QUESTIONS)


def test_every_tag_leads_to_a_claim_or_a_question():
    assert list(tags_that_lead_nowhere(book())) == []


def test_a_tag_that_leads_nowhere_is_found(chapter):
    assert list(tags_that_lead_nowhere(list(cells_of(chapter)))) == ["note-a-1"]


def without_a_cell(cells):
    yield from sorted(KEYS - set(tagged(cells, "covers-")))
    yield from sorted(QUESTIONS - set(tagged(cells, "answers-question-")), key=int)


def test_every_claim_and_every_question_has_a_cell():
    assert list(without_a_cell(book())) == []


def test_a_claim_without_a_cell_is_found():
    only = "covers-note-primer-7"
    rest = [cell for cell in book() if only not in cell.tags]
    assert list(without_a_cell(rest)) == ["note-primer-7"]


def unproved(cells):
    """The derivations with a step that is neither proved nor, with an arrow, a limit of SymPy's."""
    for cell in cells:
        for record in cell.records:
            wanted = {"→": "limit"}
            if not all(s["status"] == wanted.get(s["sign"], "proved") for s in record["steps"]):
                yield record["title"]


def test_every_derivation_of_the_book_is_proved():
    cells = book()
    assert any(cell.records for cell in cells)
    assert list(unproved(cells)) == []


def test_a_numeric_step_is_found(chapter):
    (cell,) = (cell for cell in cells_of(chapter) if cell.records)
    cell.records[0]["steps"].append({"sign": "=", "status": "numeric"})
    assert list(unproved([cell])) == ["One"]


def test_a_limit_that_bears_another_sign_is_found(chapter):
    (cell,) = (cell for cell in cells_of(chapter) if cell.records)
    cell.records[0]["steps"].append({"sign": "→", "status": "limit"})
    assert list(unproved([cell])) == []
    cell.records[0]["steps"].append({"sign": "≤", "status": "limit"})
    assert list(unproved([cell])) == ["One"]


def test_every_derivation_has_a_title_of_its_own():
    titles = [record["title"] for cell in book() for record in cell.records]
    assert sorted(titles) == sorted(set(titles))
