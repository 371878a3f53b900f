"""Every page on a phone, with and without scripts: all of it is within reach."""

import layout_checks
import page_checks
import pytest
from pages import each
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
