"""Every page of the built site, in a browser that reaches no other host."""

import chromium
import page_checks
import pytest
from notebooks import ROOT
from playwright.sync_api import sync_playwright

SITE = ROOT / "_build" / "html"
# index.html only leads to the first chapter; _static holds templates of the theme.
PAGES = [
    path
    for path in sorted(SITE.rglob("*.html"))
    if "_static" not in path.parts and path != SITE / "index.html"
]


@pytest.fixture(scope="module")
def visitor(browser_path):
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, browser_path)
        yield page_checks.Visitor(browser)
        browser.close()


def faults(visitor, path):
    visitor.open(path)
    return [fault for check in page_checks.CHECKS for fault in check(visitor)]


def test_the_site_is_built():
    assert PAGES, "there are no pages to test: run `make book`"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.relative_to(SITE).as_posix())
def test_page(visitor, path):
    assert faults(visitor, path) == []


def test_the_first_address_leads_to_the_first_chapter(visitor):
    visitor.page.goto((SITE / "index.html").as_uri())
    visitor.page.wait_for_url("**/chapters/intro.html")


def test_search_finds_a_word(visitor):
    page = visitor.open(SITE / "search.html")
    page.goto(f"{page.url}?q=logit")
    page.wait_for_selector("#search-results li a")
    assert list(page_checks.is_quiet(visitor)) == []


def test_a_reader_can_choose_dark(visitor):
    page = visitor.open(SITE / "chapters" / "intro.html")
    colours = set()
    for _ in range(3):  # light, dark, and as the system has it
        page.click(".theme-switch-button")
        colours.add(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert len(colours) == 2


PAGE = """<!doctype html><html lang="en"><head><title>A page</title></head>
<body style="margin: 0"><main><h1>A page</h1>{}</main>
<script>
document.documentElement.dataset.theme = "light";
matchMedia("(prefers-color-scheme: dark)").onchange = event => {{
  document.documentElement.dataset.theme = event.matches ? "dark" : "light";
}};
</script></body></html>"""

FORMULA_AT_THE_RIGHT = """<div style="overflow-x: auto"><p style="width: 500px; text-align: right">
<span class="math"><mjx-container>x</mjx-container></span></p></div>"""

PALE = "<style>.pale { color: #ccc }</style>"
LAST_IS_PALE = "<style>p:last-of-type { color: #ccc }</style>"

BROKEN = [
    (page_checks.renders_mathematics, r"<p class='math'>\(x\)</p>"),
    (
        page_checks.renders_mathematics,
        "<mjx-merror title='Undefined control sequence'></mjx-merror>",
    ),
    (page_checks.renders_markup, "<p>The loss is $$x$$.</p>"),
    (page_checks.renders_markup, r"<p>\begin{aligned} x \end{aligned}</p>"),
    (page_checks.renders_markup, "<p>See {eq}`eq-loss`.</p>"),
    (
        page_checks.keeps_formulas_and_stops_together,
        "<p><span class='math'><mjx-container>x</mjx-container></span>.</p>",
    ),
    (page_checks.describes_images, "<img src='data:,' alt=''>"),
    (page_checks.describes_images, "<img src='data:,' alt='../_images/0123.svg'>"),
    (page_checks.is_accessible, "<button></button>"),
    (page_checks.is_readable, "<p style='color: #ccc'>Pale</p>"),
    (page_checks.is_readable, 20 * "<p>Text</p>" + "<p style='color: #ccc'>Pale</p>"),
    (page_checks.is_readable, 20 * "<p>Text</p>" + LAST_IS_PALE),
    (page_checks.is_readable, 20 * "<p>Text</p>" + "<p>Text <b class='pale'>pale</b></p>" + PALE),
    (
        page_checks.is_readable,
        "<div hidden><p class='pale'>Pale</p></div><p class='pale'>Pale</p>" + PALE,
    ),
    (page_checks.is_readable, "<p>Text</p><div style='background: #333'><p>Dark on dark</p></div>"),
    (page_checks.is_readable_in_the_dark, "<p style='color: #ccc; background: #fff'>Pale</p>"),
    (page_checks.is_readable_in_the_dark, "<script>matchMedia = () => ({})</script>"),
    (page_checks.fits_a_phone, "<div style='width: 500px'>Wide</div>"),
    (page_checks.fits_a_phone, FORMULA_AT_THE_RIGHT),
    (page_checks.is_quiet, "<script>console.error('no')</script>"),
    (page_checks.is_quiet, "<script>undefinedFunction()</script>"),
    (page_checks.needs_no_network, "<script src='https://example.com/x.js'></script>"),
    (page_checks.needs_no_network, "<link rel='stylesheet' href='missing.css'>"),
]


def test_every_check_is_shown_to_fail():
    assert {check for check, _ in BROKEN} == set(page_checks.CHECKS)


def test_a_sound_page_passes(visitor, tmp_path):
    path = tmp_path / "page.html"
    path.write_text(PAGE.format("<p>Text.</p>"), encoding="utf-8")
    assert faults(visitor, path) == []


@pytest.mark.parametrize(("check", "damage"), BROKEN)
def test_a_broken_page_fails(visitor, tmp_path, check, damage):
    path = tmp_path / "page.html"
    path.write_text(PAGE.format(damage), encoding="utf-8")
    visitor.open(path)
    assert list(check(visitor))
