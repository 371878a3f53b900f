"""Every page on a large screen: what it shows, in the light and in the dark, with and without scripts."""

import barrier_checks
import layout_checks
import page_checks
import pytest
from pages import EVERY, each
from visitor import Visitor


@pytest.fixture(scope="module")
def visitor(browser):
    return Visitor(browser)


@pytest.fixture(scope="module")
def without_scripts(browser):
    return Visitor(browser, scripts=False)


def test_the_site_is_built():
    assert EVERY, "there are no pages to test: run `make book`"


@each()
def test_page(visitor, path):
    visitor.open(path)
    checks = (
        *page_checks.CHECKS,
        *layout_checks.CHECKS,
        *barrier_checks.CHECKS,
        *page_checks.AFTERWARDS,
    )
    assert [fault for check in checks for fault in check(visitor)] == []


@each()
def test_page_without_scripts(without_scripts, path):
    without_scripts.open(path)
    checks = (*page_checks.CHECKS, page_checks.is_dark_in_the_dark, *layout_checks.CHECKS)
    faults = [
        fault for check in (*checks, *page_checks.AFTERWARDS) for fault in check(without_scripts)
    ]
    assert faults == []


def test_each_chapter_has_one_line_in_the_contents(visitor):
    page = visitor.open(EVERY[-1])
    page.click("header summary")
    heights = page.locator("header .panel li a").evaluate_all("all => all.map(a => a.offsetHeight)")
    assert len(heights) > 20
    assert max(heights) < 1.5 * min(heights)
