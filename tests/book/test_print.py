"""A page on paper: all of its text is there, and no card is in two parts."""

import io
import re

import pypdf
import pytest
from pages import SITE
from visitor import Visitor

CHAPTER = SITE / "chapters" / "softmax-jacobian.html"
SOLVED_IN_WORDS = SITE / "chapters" / "entropy.html"


@pytest.fixture(scope="module")
def visitor(browser):
    return Visitor(browser)


def sheets(visitor, path):
    """The letters of each sheet of paper."""
    pdf = visitor.open(path).pdf(format="A4", prefer_css_page_size=True)
    reader = pypdf.PdfReader(io.BytesIO(pdf))
    return [letters(sheet.extract_text()) for sheet in reader.pages]


def letters(text):
    """Without spaces and signs, which a PDF has in an order of its own."""
    return re.sub(r"[\W_]", "", text)


def cards(visitor):
    """The words of each card: those of its title, reasons and foot that stand without a formula."""
    return visitor.page.eval_on_selector_all(
        "main .card",
        """all => all.map(card => [...card.querySelectorAll('.card-title, .why, .card-foot, caption, th')]
            .filter(e => !e.querySelector('math') && e.textContent.trim())
            .map(e => e.textContent))""",
    )


def split_cards(visitor, path):
    paper = sheets(visitor, path)
    for words in cards(visitor):
        parts = [letters(each) for each in words]
        if not any(all(part in sheet for part in parts) for sheet in paper):
            yield words[0]


def test_no_card_is_in_two_parts(visitor):
    visitor.open(CHAPTER)
    assert len(cards(visitor)) > 5
    assert list(split_cards(visitor, CHAPTER)) == []


def test_what_folds_on_the_screen_is_open_on_paper(visitor):
    paper = "".join(sheets(visitor, SOLVED_IN_WORDS))
    solutions = visitor.page.eval_on_selector_all(
        "details.solution p",
        "all => all.filter(e => !e.querySelector('math')).map(e => e.textContent)",
    )
    words = [letters(each) for each in solutions if len(each) > 30]
    assert words and [each for each in words if each not in paper] == []


def test_the_proofs_of_the_errata_are_printed_and_their_bars_are_not(visitor):
    paper = "".join(sheets(visitor, SITE / "chapters" / "errata.html"))
    assert letters("Erratum forms 4, as printed") in paper
    assert letters("1 line refuted") not in paper


def test_the_frame_is_not_printed(visitor):
    paper = "".join(sheets(visitor, CHAPTER))
    assert letters("Skip to the text") not in paper
    assert letters("On this page") not in paper


def test_a_card_in_two_parts_is_seen(visitor, tmp_path):
    path = tmp_path / "page.html"
    steps = "".join(f"<p class='why'>since it is so, in step {n} of many</p>" for n in range(60))
    path.write_text(
        f"<main><section class='card'><h2 class='card-title'>Title</h2>{steps}</section></main>"
    )
    assert list(split_cards(visitor, path)) == ["Title"]
