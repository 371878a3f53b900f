"""The Chromium or Chrome of this machine, started for tests and pictures."""

import os
import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")


def find():
    """Its path, or None."""
    return next(filter(None, map(shutil.which, NAMES)), None)


def launch(playwright, path):
    """Start it; it refuses its sandbox to root."""
    is_root = hasattr(os, "geteuid") and os.geteuid() == 0  # Windows has no such number
    sandbox = ["--no-sandbox"] if is_root else []
    return playwright.chromium.launch(executable_path=path, args=sandbox)
