"""What a reader does with a page: folds, the choice of light or dark, the keyboard, downloads."""

import re

import page_checks
import pytest
from notebooks import CHAPTERS
from pages import SITE
from playwright.sync_api import expect
from visitor import PHONE, Visitor

CHAPTER = SITE / "chapters" / "softmax-jacobian.html"


@pytest.fixture
def visitor(browser):
    visitor = Visitor(browser)
    yield visitor
    assert list(page_checks.is_quiet(visitor)) == []
    visitor.close()


@pytest.fixture
def on_a_phone(browser):
    visitor = Visitor(browser, PHONE)
    yield visitor
    visitor.close()


def is_open(fold):
    return fold.evaluate("e => e.open")


@pytest.mark.parametrize(
    "kind", [".card > details.source", "details.code", "details.solution", "details.proofs"]
)
def test_the_keyboard_opens_and_closes_a_fold(visitor, kind):
    page = visitor.open(CHAPTER)
    fold = page.locator(kind).first
    inside = fold.locator(":scope > :not(summary)").first
    assert not is_open(fold) and not inside.is_visible()
    fold.locator("summary").first.focus()
    page.keyboard.press("Enter")
    assert is_open(fold) and inside.is_visible()
    page.keyboard.press("Space")
    assert not is_open(fold)


def test_folds_need_no_scripts(browser):
    visitor = Visitor(browser, scripts=False)
    page = visitor.open(CHAPTER)
    fold = page.locator("details.code").first
    fold.locator("summary").click()
    assert fold.locator("pre").is_visible()
    visitor.close()


def test_the_contents_open_and_close_by_keyboard(visitor):
    page = visitor.open(CHAPTER)
    contents = page.locator("details.contents")
    contents.locator("summary").focus()
    page.keyboard.press("Enter")
    link = contents.get_by_role("link").last
    assert link.is_visible()
    link.focus()
    page.keyboard.press("Escape")
    assert not is_open(contents) and not link.is_visible()
    assert page.evaluate("document.activeElement.localName") == "summary"


def test_the_contents_fit_a_phone(on_a_phone):
    page = on_a_phone.open(CHAPTER)
    page.locator("details.contents > summary").click()
    box = page.locator("details.contents > :not(summary)").bounding_box()
    assert box["x"] >= 0 and box["x"] + box["width"] <= PHONE["width"]
    assert box["y"] + box["height"] <= PHONE["height"]
    page.locator("details.contents a").last.scroll_into_view_if_needed()
    assert page.locator("details.contents a").last.is_visible()


NOTE_STOPS = """() => {
    globalThis.stops = [];
    addEventListener('focusin', ({target: e}) => {
        const acts = e.matches('a[href], button, input, select, textarea, summary');
        const scrolls = e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight;
        stops.push([acts || scrolls, e.outerHTML.slice(0, 120)]);
    });
}"""


def stops(page, presses):
    """What the keyboard stops at, one after the other, and whether it scrolls or acts there."""
    page.evaluate(NOTE_STOPS)
    for _ in range(presses):
        page.keyboard.press("Tab")
    return page.evaluate("stops")


def test_the_keyboard_stops_only_at_what_scrolls_or_acts(visitor):
    page = visitor.open(SITE / "chapters" / "results.html")
    found = stops(page, 120)
    assert len(found) > 100
    assert [html for is_of_use, html in found if not is_of_use] == []


def test_a_stop_of_no_use_is_seen(visitor, tmp_path):
    path = tmp_path / "page.html"
    path.write_text("<title>A page</title><a href='#'>Link</a><p tabindex='0'>Words</p>")
    assert [is_of_use for is_of_use, _ in stops(visitor.open(path), 2)] == [True, False]


def ground(page):
    return page_checks.ground(page)


def test_a_reader_chooses_light_or_dark_and_the_choice_stays(visitor):
    page = visitor.open(CHAPTER)
    light = ground(page)
    page.locator("button.light").click()
    dark = ground(page)
    assert dark != light
    page.goto((SITE / "chapters" / "entropy.html").as_uri())
    assert ground(page) == dark
    visitor.darken()
    page.locator("button.light").focus()
    page.keyboard.press("Enter")
    assert ground(page) == light


def test_a_chapter_is_downloaded_as_it_is_stored(browser, served, tmp_path):
    visitor = Visitor(browser, home=served)
    page = visitor.open(f"{served}chapters/softmax-jacobian.html")
    with page.expect_download() as download:
        page.get_by_role("link", name=re.compile("notebook")).click()
    stored = (CHAPTERS / "softmax-jacobian.ipynb").read_bytes()
    assert download.value.path().read_bytes() == stored
    assert download.value.suggested_filename == "softmax-jacobian.ipynb"
    visitor.close()


def test_a_long_page_stays_where_a_link_leads(visitor):
    """The head does not cover the heading that a link leads to."""
    page = visitor.open(CHAPTER)
    heading = page.locator("main section[id] > h2").nth(2)
    page.goto(f"{CHAPTER.as_uri()}#{heading.evaluate('e => e.parentElement.id')}")
    box, head = heading.bounding_box(), page.locator("header").first.bounding_box()
    assert box["y"] >= head["y"] + head["height"]
    assert box["y"] < visitor.size["height"] / 2


ERRATA = SITE / "chapters/errata.html"


def test_each_item_of_the_errata_folds_its_proofs(visitor):
    page = visitor.open(ERRATA)
    items = page.locator("main section[id]:has(> h3)")
    folds = items.locator(":scope > .proofs")
    assert 0 < items.count() == folds.count()
    assert folds.locator("> summary").evaluate_all(
        "x => x.every(e => /^\\d+ |^checked/.test(e.innerText))"
    )
    assert page.locator("main .card:visible").count() == 0


INTO_FOLDS = [
    ("a-slope-at-the-feature", "Erratum forms 4, as printed"),
    ("equation-eq-erratum-primer-9-the-infimum", "Erratum primer 9, the infimum"),
]


@pytest.mark.parametrize("arrives", [True, False], ids=["from-elsewhere", "on-the-page"])
@pytest.mark.parametrize(("name", "title"), INTO_FOLDS, ids=[x[0] for x in INTO_FOLDS])
def test_an_address_within_a_fold_opens_it(visitor, name, title, arrives):
    visitor.open("about:blank" if arrives else ERRATA)
    page = visitor.open(f"{ERRATA.as_uri()}#{name}")
    shown = page.get_by_role("heading", name=title)
    shown.wait_for()
    assert 0 < shown.bounding_box()["y"] < visitor.size["height"]
    assert page.locator(".proofs[open]").count() == 1


def test_what_scrolls_in_a_fold_is_reached_once_it_is_open(on_a_phone):
    """It is measured when it is seen: what is folded away would have to be laid out."""
    page = on_a_phone.open(ERRATA)
    page.locator(".proofs").evaluate_all("folds => folds.forEach(e => { e.open = true; })")
    on_a_phone.settle()
    wide = page.locator(":is(.rhs, .formula, .counterexample)").evaluate_all(
        "all => all.filter(e => e.scrollWidth > e.clientWidth + 2).map(e => e.tabIndex)"
    )
    assert wide and set(wide) == {0}


PREVIEWS = [
    ("eq-prediction-minus-label", "p k − y k"),
    ("eq-entropy-term-at-zero", "lim t → 0 + ( t log t ) = 0"),
    ("eq-larger-shift-with-a-part-far-below", "lim a → − ∞"),
    ("eq-curvature-of-the-binary-loss-in-the-logit", "> 0"),
    ("thm-floor", "Theorem"),
]


@pytest.mark.parametrize(("label", "shown"), PREVIEWS, ids=[x[0] for x in PREVIEWS])
def test_a_reference_shows_what_it_refers_to(visitor, label, shown):
    """All that the derivation says, and no more: a limit is said to be one."""
    opened = visitor.open(SITE / "index.html")
    kind = "" if label.startswith("thm") else "equation-"
    link = opened.locator("main a[href*='thm-'], main a[href*='equation-']").first
    target = opened.evaluate(
        """async id => {
            const script = document.createElement('script');
            script.src = '_static/previews-data.js';
            await new Promise(done => { script.onload = done; document.head.append(script); });
            return Object.keys(PREVIEWS).find(x => x.endsWith('#' + id));
        }""",
        kind + label,
    )
    folder = "" if target.startswith("index") else "chapters/"
    link.evaluate("(e, to) => e.setAttribute('href', to)", folder + target)
    link.scroll_into_view_if_needed()
    link.hover()
    box = opened.locator(".preview")
    expect(box).to_be_visible()
    parts = "mi, mo, mn, mtext"
    formula = box.locator(parts).all_text_contents() if kind else [box.inner_text()]
    said = " ".join(" ".join(formula).replace("\u2061", "").split())
    assert shown in said
    assert link.get_attribute("aria-describedby") == box.get_attribute("id")
    opened.keyboard.press("Escape")
    expect(box).to_be_hidden()


def test_the_keyboard_sees_a_preview_too(visitor):
    page = visitor.open(CHAPTER)
    page.keyboard.press("Tab")  # so that focus is the keyboard's
    link = page.locator("main a[href*='#equation-']").first
    link.focus()
    expect(page.locator(".preview")).to_be_visible()
    page.locator("button.light").focus()
    expect(page.locator(".preview")).to_be_hidden()
