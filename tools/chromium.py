"""The Chromium or Chrome of this machine, started for tests and pictures."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find():
    """Its path, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright, path):
    """Start it; it refuses its sandbox to root."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    return playwright.chromium.launch(executable_path=path, args=sandbox)
