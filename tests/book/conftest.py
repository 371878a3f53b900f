"""The browser of the tests that need one; without one they are skipped, or fail if it is required."""

import os

import chromium
import pytest
from pages import SITE
from playwright.sync_api import sync_playwright
from server import serving


@pytest.fixture(scope="session")
def browser_path():
    path = chromium.find()
    if path is None:
        complain = pytest.fail if os.environ.get("BROWSER") == "required" else pytest.skip
        complain("NO PAGE WAS OPENED IN A BROWSER: there is no Chromium on the PATH")
    return path


@pytest.fixture(scope="module")
def browser(browser_path):
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, browser_path)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def served():
    """The address of the site on this machine, for what a browser does not do with files."""
    with serving(SITE) as address:
        yield address
