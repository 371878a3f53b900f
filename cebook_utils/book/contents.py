"""What the stored notebooks of a book hold: its derivations, and the claims that cells settle.

Pages that list the results of other pages are made from this, so they cannot drift apart.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cebook_utils.derivation.records import RECORD
from cebook_utils.language.messages import ReadingError, StepError

_REFUSALS = (StepError.__name__, ReadingError.__name__)


@dataclass(frozen=True)
class Cell:
    """A code cell, and where a reader finds it."""

    chapter: str
    title: str
    heading: str
    tags: tuple[str, ...]
    records: tuple[dict[str, Any], ...]  # what its derivations stored
    refuted: bool
    settler: str  # what settles the cell's claims: a title, an assert, or its first line

    @property
    def link(self) -> str:
        """A link to the section that holds the cell."""
        place = "" if self.heading == self.title else f"#{anchor(self.heading)}"
        return f"[{self.heading}]({self.chapter}.ipynb{place})"


def places(cells: Iterable[Cell], note: Callable[[list[Cell]], str] = lambda cells: "") -> str:
    """Links to the sections of these cells, chapter by chapter, each with a note on its cells."""
    chapters: dict[str, dict[str, list[Cell]]] = {}
    for cell in cells:
        chapters.setdefault(cell.title, {}).setdefault(cell.link, []).append(cell)
    return "<br>".join(
        f"*{title}*: " + ", ".join(f"{link}{note(here)}" for link, here in sections.items())
        for title, sections in chapters.items()
    )


def anchor(heading: str) -> str:
    """The anchor of a heading, as MyST makes it."""
    words = re.sub(r"[^\w\u4e00-\u9fff\- ]", "", heading.strip().lower().replace(" ", "-"))
    return words


def cells_of(path: str | Path) -> Iterator[Cell]:
    """The code cells of one stored notebook, in order."""
    notebook = json.loads(Path(path).read_text(encoding="utf-8"))
    title = heading = ""
    for cell in notebook["cells"]:
        source = "".join(cell["source"])
        if cell["cell_type"] == "markdown":
            for level, words in _headings(source):
                title = title or words
                heading = words if level <= 3 else heading
        elif cell["cell_type"] == "code":
            yield _cell(Path(path).stem, title, heading, cell)


def cells_of_book(folder: str | Path, chapters: Iterable[str]) -> list[Cell]:
    """The code cells of these chapters, in the order of the book."""
    return [cell for name in chapters for cell in cells_of(Path(folder) / f"{name}.ipynb")]


def chapters_of(contents: str | Path) -> list[str]:
    """The chapters of a book, from its table of contents (`_toc.yml`)."""
    lines = Path(contents).read_text(encoding="utf-8")
    return re.findall(r"(?:file|root): chapters/([\w-]+)\s*$", lines, flags=re.MULTILINE)


def tagged(cells: Iterable[Cell], prefix: str) -> dict[str, list[Cell]]:
    """The cells under each tag with this prefix: the rest of the tag, and its cells."""
    found: dict[str, list[Cell]] = {}
    for cell in cells:
        for tag in cell.tags:
            if tag.startswith(prefix):
                found.setdefault(tag.removeprefix(prefix), []).append(cell)
    return found


def _headings(source: str) -> Iterator[tuple[int, str]]:
    """Level and words of each heading, code blocks left out."""
    fenced = False
    for line in source.splitlines():
        fenced ^= line.lstrip().startswith("```")
        found = re.match(r"(#+) (.*)", line)
        if found and not fenced:
            yield len(found[1]), found[2].strip()


def _cell(chapter: str, title: str, heading: str, cell: dict[str, Any]) -> Cell:
    data = [output.get("data", {}) for output in cell["outputs"]]
    records = tuple(part[RECORD] for part in data if RECORD in part)
    refuted = any(output.get("ename") in _REFUSALS for output in cell["outputs"])
    tags = tuple(cell["metadata"].get("tags", ()))
    settler = _settler("".join(cell["source"]), records, refuted)
    return Cell(chapter, title, heading, tags, records, refuted, settler)


def _settler(source: str, records: tuple[dict[str, Any], ...], refuted: bool) -> str:
    """The titles of what is proved here, the title of what is refuted, or the first assert."""
    if records:
        return "; ".join(record["title"] for record in records)
    title = re.search(r'Derivation\(\s*"([^"]+)"', source)
    if refuted and title:
        return title[1]
    lines = [line.strip() for line in source.splitlines() if line.strip()]
    asserts = (line for line in lines if line.startswith("assert "))
    return next(asserts, lines[0] if lines else "")
