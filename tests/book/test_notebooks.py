"""Every notebook of the tree satisfies every rule."""

from copy import deepcopy

import nbformat
import notebook_rules
import pytest
import yaml
from notebooks import CHAPTERS, ROOT
from stored_chapters import NOTEBOOKS

PATHS = sorted(CHAPTERS.glob("*.ipynb"))


def listed_files(toc):
    """The files that a table of contents names, at any depth."""
    if isinstance(toc, dict):
        for key, value in toc.items():
            if key in ("root", "file"):
                yield value
            else:
                yield from listed_files(value)
    elif isinstance(toc, list):
        for entry in toc:
            yield from listed_files(entry)


@pytest.mark.parametrize("rule", notebook_rules.RULES, ids=lambda rule: rule.__name__)
@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_chapter(path, rule):
    assert list(rule(NOTEBOOKS[path.stem], path.stem)) == []


@pytest.mark.parametrize("path", PATHS, ids=lambda path: path.stem)
def test_no_rule_changes_the_chapter_that_it_reads(path):
    assert NOTEBOOKS[path.stem] == nbformat.read(path, as_version=4)


def test_a_change_by_a_rule_is_seen():
    changed = deepcopy(NOTEBOOKS["entropy"])
    changed.cells[-1].metadata["tags"] = ["seen"]
    assert changed != NOTEBOOKS["entropy"]


def test_there_are_chapters():
    assert PATHS


def test_no_notebook_lies_outside_chapters():
    assert list(notebook_rules.outside_chapters()) == []


def test_table_of_contents_lists_exactly_the_chapters():
    toc = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
    pages = [*PATHS, *CHAPTERS.glob("*.md")]
    assert sorted(listed_files(toc)) == sorted(f"chapters/{path.stem}" for path in pages)


def test_figure_names_are_unique():
    names = [
        cell.metadata["mystnb"]["figure"]["name"]
        for notebook in NOTEBOOKS.values()
        for cell in notebook.cells
        if "figure" in cell.metadata.get("mystnb", {})
    ]
    assert sorted(names) == sorted(set(names))
