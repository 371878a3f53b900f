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
