"""The browser of the tests that need one; without one they are skipped, or fail if it is required."""

import os
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import chromium
import pytest
from pages import SITE
from playwright.sync_api import sync_playwright


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


class QuietHandler(SimpleHTTPRequestHandler):
    def log_message(self, *words):
        pass


@pytest.fixture(scope="module")
def served():
    """The address of the site on this machine, for what a browser does not do with files."""
    handler = partial(QuietHandler, directory=str(SITE))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()
