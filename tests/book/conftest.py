"""The browser of the tests that need one; without one they are skipped, or fail if it is required."""

import os

import chromium
import pytest


@pytest.fixture(scope="session")
def browser_path():
    path = chromium.find()
    if path is None:
        complain = pytest.fail if os.environ.get("BROWSER") == "required" else pytest.skip
        complain("NO PAGE WAS OPENED IN A BROWSER: there is no Chromium on the PATH")
    return path
