"""Every page on a phone, with and without scripts: all of it is within reach."""

import layout_checks
import page_checks
import pytest
from pages import SITE, each
from visitor import PHONE, Visitor


@pytest.fixture(scope="module")
def visitor(browser):
    return Visitor(browser, PHONE)


@pytest.fixture(scope="module")
def without_scripts(browser):
    return Visitor(browser, PHONE, scripts=False)


@each()
def test_page(visitor, path):
    visitor.open(path)
    checks = (
        page_checks.renders_mathematics,
        page_checks.stops_only_at_what_scrolls_or_acts,
        *layout_checks.CHECKS,
        *page_checks.AFTERWARDS,
    )
    assert [fault for check in checks for fault in check(visitor)] == []


@each()
def test_page_without_scripts(without_scripts, path):
    without_scripts.open(path)
    without_scripts.darken()
    checks = (page_checks.renders_mathematics, *layout_checks.CHECKS, *page_checks.AFTERWARDS)
    assert [fault for check in checks for fault in check(without_scripts)] == []


def test_a_reason_stands_below_its_formula_and_the_tick_takes_no_room(visitor):
    cards = 0
    for path in sorted((SITE / "chapters").glob("*.html")):
        if 'class="steps' not in path.read_text(encoding="utf-8"):
            continue
        apart = visitor.open(path).locator("main .step:has(.why)").evaluate_all(APART)
        cards += len(apart)
        assert [where for where, pixels in apart if pixels > 2] == []
    assert cards > 300


APART = """steps => steps.map(step => {
    const left = name => step.querySelector(name).getBoundingClientRect().left;
    return [step.closest('.card').id, Math.abs(left('.why') - left('.rhs'))];
})"""


# What a finger is to meet: these, and no link that stands in a line of text.
TOUCHED = (
    ".brand, .top .search, .top .light, .contents > summary, .here summary, .try, .flip, button.mark, "
    ".card > .source > summary, details.code > summary, .tools button, .symbols button, .acts button, "
    ".slider input, .controls button"
)
LEAST = 40  # pixels; a fingertip covers about 44

# The point at the middle, and those at half of LEAST above and below it, belong to what is touched.
MISSED = """(all, least) => all.filter(e => e.checkVisibility({visibilityProperty: true})).filter(e => {
    e.scrollIntoView({block: 'center', behavior: 'instant'});
    const box = e.getBoundingClientRect(), x = box.left + box.width / 2, y = box.top + box.height / 2;
    const half = least / 2 - 1;
    return ![-half, 0, half].every(up => e.contains(document.elementFromPoint(x, y + up)));
}).map(e => `${e.localName}.${e.className} ${e.textContent.trim().slice(0, 30)}`)"""


@each()
def test_a_finger_hits_what_it_is_meant_for(visitor, path):
    page = visitor.open(path)
    assert page.locator(TOUCHED).evaluate_all(MISSED, LEAST) == []


def test_what_is_too_small_for_a_finger_is_seen(visitor):
    page = visitor.open(SITE / "index.html")
    page.evaluate("document.adoptedStyleSheets = [new CSSStyleSheet()]")
    page.evaluate(
        "document.adoptedStyleSheets[0].replaceSync('button.mark::after { display: none }')"
    )
    assert page.locator(TOUCHED).evaluate_all(MISSED, LEAST) != []


@pytest.fixture(scope="module")
def small(browser):
    return Visitor(browser, {"width": 320, "height": 568})


@each()
def test_nothing_is_wider_than_the_smallest_phone(small, path):
    small.open(path)
    assert list(layout_checks.does_not_scroll_sideways(small)) == []


@each()
def test_a_table_of_words_has_room(visitor, path):
    """A row that is read from end to end lies within the screen; numbers may scroll."""
    tables = visitor.open(path).locator(".scroll:has(.stacked, .errata)")
    wide = tables.evaluate_all("x => x.filter(e => e.scrollWidth > e.clientWidth + 2).length")
    assert wide == 0


@pytest.mark.parametrize("chapter", ["errata", "results", "in-practice"])
def test_rows_that_stand_as_blocks_say_that_they_are_rows(visitor, chapter):
    """`display: block` takes from a table, in some browsers, what a screen reader says of it."""
    tables = visitor.open(SITE / f"chapters/{chapter}.html").locator("table:is(.errata, .stacked)")
    assert tables.count() > 0
    assert set(tables.evaluate_all("x => x.map(e => e.role)")) == {"table"}
    cells = {"cell", "rowheader"}
    for part, roles in (("tr", {"row"}), ("tbody", {"rowgroup"}), ("tbody :is(th, td)", cells)):
        assert set(tables.locator(part).evaluate_all("x => x.map(e => e.role)")) <= roles


def test_the_errata_name_the_note_above_its_rows(visitor):
    page = visitor.open(SITE / "chapters/errata.html")
    notes = ["gradients", "forms", "primer", "multiclass", "backprop"]
    assert page.locator(".errata .note").all_inner_texts() == [f"note-{note}" for note in notes]


def test_a_place_that_scrolls_shows_that_more_follows(visitor):
    page = visitor.open(SITE / "chapters/backpropagation.html")
    shaded = "x => x.map(e => getComputedStyle(e).backgroundImage.includes('gradient'))"
    assert set(page.locator('.rhs[tabindex="0"]').evaluate_all(shaded)) == {True}
    assert set(page.locator(".rhs:not([tabindex])").evaluate_all(shaded)) == {False}
