"""Every check of a page in a browser is shown to fail where what it guards is broken."""

import barrier_checks
import layout_checks
import page_checks
import pytest
from notebooks import ROOT
from visitor import Visitor

CHECKS = (
    *page_checks.CHECKS,
    page_checks.is_dark_in_the_dark,
    *layout_checks.CHECKS,
    *barrier_checks.CHECKS,
    *page_checks.AFTERWARDS,
)

PAGE = """<!doctype html><html lang="en"><head><title>A page</title><style>
@font-face { font-family: "STIX Two Math"; src: url("FONT"); }
:root { color-scheme: light dark; }
body { margin: 0; background: light-dark(#fff, #000); color: light-dark(#000, #fff); }
math { font-family: "STIX Two Math"; }
.unbroken { white-space: nowrap; }
.card { width: 300px; }
</style></head>
<body><main><h1>A page</h1>{}</main></body></html>""".replace(
    "FONT", (ROOT / "_ext" / "theme" / "static" / "fonts" / "stix-two-math.woff2").as_uri()
)
# The braces of the style sheet are not places to fill.
HEAD, TAIL = PAGE.split("{}</main>")[0], "</main></body></html>"

X = "<span class='math'><math><mi>x</mi></math></span>"
SOUND = f"""<p>A formula <span class="unbroken">{X}.</span></p>
<section class="card"><h2 class="card-title">Title</h2>
<ol><li class="step"><span class="lhs"><math><mi>x</mi></math></span> <span class="rel"><math><mo>=</mo></math></span>
<span class="rhs"><math><mi>y</mi></math></span> <span class="why">since it is</span></li></ol></section>
<details><summary>More</summary><p>Words.</p></details>
<pre style="width: 60px; overflow: auto" tabindex="0">a line of a program that scrolls</pre>"""

PALE = "<style>.pale { color: #ccc }</style>"
LAST_IS_PALE = "<style>p:last-of-type { color: #ccc }</style>"
WIDE = "<div style='width: 2000px'>Wide</div>"

BROKEN = [
    (page_checks.renders_mathematics, r"<p class='math'>\(x\)</p>"),
    (page_checks.renders_mathematics, "<span class='math'><math></math></span>"),
    (page_checks.renders_mathematics, f"<div style='height: 0; width: 0; contain: strict'>{X}</div><style>math {{ display: block; width: 0 }}</style>"),
    (page_checks.renders_mathematics, "<li class='step'><div class='rhs'></div></li>"),
    (page_checks.renders_mathematics, f"<div style='all: initial'><style>math {{ font-family: serif !important }}</style>{X}</div>"),
    (page_checks.renders_mathematics, f"<style>math {{ font-family: 'STIX Two Math Gone' }}</style>{X}"),
    (page_checks.renders_markup, "<p>The loss is $$x$$.</p>"),
    (page_checks.renders_markup, r"<p>\begin{aligned} x \end{aligned}</p>"),
    (page_checks.renders_markup, "<p>See {eq}`eq-loss`.</p>"),
    (page_checks.keeps_formulas_and_stops_together, f"<p>{X}.</p>"),
    (page_checks.keeps_formulas_and_stops_together, f"<p>({X}</p>"),
    (page_checks.describes_images, "<img src='data:,' alt=''>"),
    (page_checks.describes_images, "<img src='data:,' alt='../_images/0123.svg'>"),
    (page_checks.stops_only_at_what_scrolls_or_acts, "<p tabindex='0'>Words</p>"),
    (page_checks.stops_only_at_what_scrolls_or_acts,
     "<div tabindex='0' style='overflow: auto'>Narrow</div>"),
    (page_checks.is_dark_in_the_dark, "<style>body { background: #fff }</style>"),
    (layout_checks.does_not_scroll_sideways, WIDE),
    (layout_checks.hides_nothing_that_is_too_large, f"<div style='overflow: hidden'>{WIDE}</div>"),
    (layout_checks.hides_nothing_that_is_too_large,
     "<div style='overflow: auto hidden; height: 9px'>Words</div>"),
    (layout_checks.keeps_everything_inside,
     "<section class='card'><p style='white-space: nowrap; width: 9px'>" + 20 * "words " + "</p></section>"),
    (layout_checks.keeps_everything_inside,
     "<section class='card'><p style='margin-left: -99px'>Words</p></section>"),
    # What lies to the left of what scrolls is out of reach.
    (layout_checks.keeps_everything_inside,
     "<div style='overflow: auto'><p style='margin-left: -99px'>Words</p></div>"),
    (layout_checks.keeps_everything_inside, f"<p style='margin-left: 1270px; white-space: nowrap; width: 1px'>{X}{X}{X}{X}</p>"),
    (layout_checks.overlaps_nothing,
     "<section class='card'><h2 class='card-title'>Title</h2><a class='eqno' href='#' style='position: absolute; margin-top: -3em'>(1.1)</a></section>"),
    (layout_checks.overlaps_nothing,
     "<li class='step'><span class='rhs'>x + y</span><span class='why' style='margin-left: -2em'>since</span></li>"),
    (layout_checks.lets_the_keyboard_scroll, f"<div style='overflow: auto'>{WIDE}</div>"),
    (layout_checks.has_room_with_all_folds_open,
     f"<details><summary>More</summary>{WIDE}</details>"),
    (barrier_checks.is_accessible, "<button></button>"),
    (barrier_checks.is_readable, "<p style='color: #ccc'>Pale</p>"),
    (barrier_checks.is_readable, 20 * "<p>Text</p>" + "<p style='color: #ccc'>Pale</p>"),
    (barrier_checks.is_readable, 20 * "<p>Text</p>" + LAST_IS_PALE),
    (barrier_checks.is_readable,
     20 * "<p>Text</p>" + "<p>Text <b class='pale'>pale</b></p>" + PALE),
    (barrier_checks.is_readable,
     "<div hidden><p class='pale'>Pale</p></div><p class='pale'>Pale</p>" + PALE),
    (barrier_checks.is_readable,
     "<p>Text</p><div style='background: #333; color: #000'><p>Dark on dark</p></div>"),
    (barrier_checks.is_readable_in_the_dark, "<p style='color: #222'>Dark</p>"),
    (barrier_checks.is_readable_in_the_dark, "<style>:root { color-scheme: light }</style>"),
    (page_checks.is_quiet, "<script>console.error('no')</script>"),
    (page_checks.is_quiet, "<script>undefinedFunction()</script>"),
    (page_checks.is_quiet,
     "<meta http-equiv='Content-Security-Policy' content=\"default-src 'self'\"><p style='color: red'>R</p>"),
    (page_checks.needs_no_network, "<script src='https://example.com/x.js'></script>"),
    (page_checks.needs_no_network, "<link rel='stylesheet' href='missing.css'>"),
]  # fmt: skip


@pytest.fixture(scope="module")
def visitor(browser):
    return Visitor(browser)


@pytest.fixture
def opened(visitor, tmp_path):
    def open_page(body):
        path = tmp_path / "page.html"
        path.write_text(HEAD + body + TAIL, encoding="utf-8")
        visitor.open(path)
        return visitor

    return open_page


def test_every_check_is_shown_to_fail():
    assert {check for check, _ in BROKEN} == set(CHECKS)


def test_a_sound_page_passes(opened):
    visitor = opened(SOUND)
    assert [fault for check in CHECKS for fault in check(visitor)] == []


@pytest.mark.parametrize(
    ("check", "damage"),
    BROKEN,
    ids=[f"{check.__name__}-{n}" for n, (check, _) in enumerate(BROKEN)],
)
def test_a_broken_page_fails(opened, check, damage):
    visitor = opened(damage)
    assert list(check(visitor))


def test_what_was_given_up_on_its_way_is_not_missing(browser, served):
    visitor = Visitor(browser, home=served)
    visitor.open(f"{served}index.html")
    with visitor.page.expect_event("requestfailed") as failed:
        visitor.page.evaluate(
            """() => {
                const leaving = new AbortController();
                fetch('sitemap.xml', {signal: leaving.signal}).catch(() => {});
                leaving.abort();
            }"""
        )
    assert failed.value.url.endswith("sitemap.xml")
    assert list(page_checks.needs_no_network(visitor)) == []
    visitor.close()
