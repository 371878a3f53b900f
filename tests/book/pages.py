"""The pages of the built site, and those that `make test` opens: PAGES=all opens every one."""

import os

import pytest
from notebooks import ROOT

SITE = ROOT / "_build" / "html"
# _static holds templates of the theme.
EVERY = [path for path in sorted(SITE.rglob("*.html")) if "_static" not in path.parts]

# Together they hold one of each kind of thing; `make site-test` opens all the others too.
SAMPLE = [
    "index.html",
    "search.html",
    "chapters/api.html",
    "chapters/bibliography.html",
    "chapters/glossary.html",
    "chapters/results.html",
    "chapters/softmax-jacobian.html",
]
OPENED = EVERY if os.environ.get("PAGES") == "all" else [SITE / name for name in SAMPLE]


def name(path):
    return path.relative_to(SITE).as_posix()


def each(paths=OPENED):
    return pytest.mark.parametrize("path", paths, ids=name)
