"""A number of the prose that no code cell of its section has or prints is found."""

from dataclasses import replace
from fractions import Fraction

import nbformat
import pytest
from prose_rules import ALLOWED, backing, has_no_unbacked_number, needless, numbers, prose
from stored_chapters import NOTEBOOKS


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_number_of_the_prose_is_backed(name):
    assert list(has_no_unbacked_number(NOTEBOOKS[name], name)) == []


def test_no_number_is_allowed_without_need():
    assert {name: list(needless(NOTEBOOKS[name], ALLOWED[name])) for name in ALLOWED} == {
        name: [] for name in ALLOWED
    }


def test_a_number_is_allowed_needlessly_if_a_cell_has_it_or_the_prose_has_not():
    page = notebook(markdown("12 and 13"), code("12"))
    assert list(needless(page, {"12": "", "13": "", "14": ""})) == ["12", "14"]


def test_most_numbers_of_the_book_are_found_when_they_change():
    """Three units of the last digit away; a short number may meet another one by chance."""
    found, counted = 0, 0
    for notebook_ in NOTEBOOKS.values():
        values = backing(notebook_.cells)
        for number in (n for _, text in prose(notebook_.cells) for n in numbers(text)):
            if sum(map(str.isdigit, number.written)) > 2 and number.is_backed_by(values):
                other = replace(number, value=number.value + 3 * number.unit)
                found, counted = found + (not other.is_backed_by(values)), counted + 1
    assert counted > 40 and found > 0.75 * counted


# --- a small page ---------------------------------------------------------------------------


def markdown(source):
    return nbformat.v4.new_markdown_cell(source)


def code(source, printed="", metadata=None):
    outputs = [nbformat.v4.new_output("stream", text=printed)] if printed else []
    return nbformat.v4.new_code_cell(source, outputs=outputs, metadata=metadata or {})


def notebook(*cells):
    return nbformat.v4.new_notebook(cells=list(cells))


def faults(text, *cells):
    return list(has_no_unbacked_number(notebook(markdown(text), *cells), "sample"))


BACKED = [
    ("It is 0.37.", code("print(x)", "0.3712")),
    ("It is $-0.37$.", code("x = -0.371")),
    ("About 12 % of them", code("print(share)", "0.1204")),
    (r"About $12\,\%$ of them", code("share = 0.12")),
    ("10,000 classes", code("C = 10_000")),
    (r"$10{,}000$ classes", code("C = 10**4")),
    ("1.5 million rows", code("N = 1_500_000")),
    (r"below $10^{-13}$", code("assert error < 1e-13")),
    (r"$2.5 \cdot 10^{-5}$", code("print(x)", "2.51e-05")),
    (r"$\frac{4}{27}$ and $\frac12$", code("4 / 27")),
    ("0.148 of it", code("4 / 27")),
    ("16,777,216 is too many", code("2**24")),
    ("as in a string, 27", code('S.start("4/27 - z")')),
    ("one, 2 or 10", code("pass")),
    ("picture 17", code("pass", metadata={"tags": ["covers-note-backprop-eq-17"]})),
]


@pytest.mark.parametrize(("text", "cell"), BACKED, ids=[text for text, _ in BACKED])
def test_a_number_that_a_cell_has_or_prints_is_backed(text, cell):
    assert faults(text, cell) == []


UNBACKED = [
    ("It is 0.38.", code("print(x)", "0.3712"), "0.38"),
    ("It is 0.371.", code("print(x)", "0.3716"), "0.371"),
    ("About 13 % of them", code("print(share)", "0.1204"), "13 %"),
    ("10,001 classes", code("C = 10_000"), "10,001"),
    (r"below $10^{-14}$", code("assert error < 1e-13"), "1e-14"),
    (r"$\frac{4}{28}$", code("4 / 27"), "28"),
    ("12 of them", code("x = 1  # 12"), "12"),
    ("0.5 of them", code("pass"), "0.5"),
    ("picture 18", code("pass", metadata={"tags": ["covers-note-backprop-eq-17"]}), "18"),
]


@pytest.mark.parametrize(("text", "cell", "number"), UNBACKED, ids=[t for t, *_ in UNBACKED])
def test_a_number_that_no_cell_has_is_found(text, cell, number):
    (fault,) = faults(text, cell)
    assert fault.endswith(f"has or prints {number}")


NAMES = [
    "see {cite}`shannon1948`, section 4.3.2 and 4.3.3, and {eq}`eq-sum-of-25`",
    "[#638](https://example.org/638) of 2015",
    "$z_{12} + w_{1}$, float32",
    "12. the twelfth of a list",
    "## 12. A numbered heading",
    "Python 3.11, 3.12 or 3.13",
    "```{figure} x15\n:label: fig-16\n```",
]


@pytest.mark.parametrize("text", NAMES)
def test_what_only_names_a_place_or_a_thing_is_no_number(text):
    assert faults(text) == []


def test_a_number_is_looked_for_in_its_own_section():
    first, second = markdown("# Title\n\n## One\n\n37"), markdown("## Two\n\n38")
    page = notebook(first, code("37"), second, code("38"), markdown("## Summary\n\n37, 38"))
    assert list(has_no_unbacked_number(page, "sample")) == []
    page.cells[1], page.cells[3] = page.cells[3], page.cells[1]
    assert len(list(has_no_unbacked_number(page, "sample"))) == 2


def test_captions_alternative_texts_and_the_description_are_prose():
    facts = {"mystnb": {"figure": {"caption": "37"}, "image": {"alt": "38"}}}
    page = notebook(code("pass", metadata=facts))
    page.metadata["myst"] = {"html_meta": {"description": "39"}}
    assert [fault[-2:] for fault in has_no_unbacked_number(page, "sample")] == ["37", "38", "39"]


def test_a_number_is_read_with_its_digits():
    percent, large, small = numbers(r"12 %, 1,234.5 and $3 \cdot 10^{-4}$")
    assert percent.is_percent and percent.value == 12
    assert (large.value, large.unit) == (Fraction("1234.5"), Fraction(1, 10))
    assert (small.value, small.unit) == (Fraction(3, 10**4), Fraction(1, 10**4))
