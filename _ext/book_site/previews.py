"""What a reference refers to, for a reader who points at it.

A script file holds, for every derivation, theorem and source that can be referred to, what a small box
beside the link shows: of a derivation what it proves as a whole, of the others their text as it was
written. It is loaded when the first link is pointed at, also from a file.
"""

import json
import re
from html import escape
from pathlib import Path

from docutils import nodes
from tex_to_mathml import math

from . import stored

BOX = re.compile(r'<div class="(?:proof|citation)[^"]*" id="([^"]+)"')
LINK = re.compile(r"</?a\b[^>]*>")
IDENTITY = re.compile(r' id="[^"]*"')
FILE = "previews-data.js"


def write_previews(app, error):
    if error or app.builder.format != "html":
        return
    root = Path(app.outdir)
    found = dict(_derivations(app))
    for page in (root / "index.html", *sorted(root.glob("chapters/*.html"))):
        for identity, shown in _boxes(page.read_text(encoding="utf-8")):
            found[f"{page.name}#{identity}"] = shown
    text = f"window.PREVIEWS = {json.dumps(found, ensure_ascii=False)};\n"
    (root / "_static" / FILE).write_text(text, encoding="utf-8")


def _derivations(app):
    for page in stored.pages():
        file = Path(app.builder.get_target_uri(f"chapters/{page}")).name
        for record in stored.records(page):
            shown = f'<p class="what">{_words(record["title"])}</p>{math(record["result"], True)}'
            yield f"{file}#{nodes.make_id('equation-' + record['label'])}", shown


def _words(text):
    """Words with $mathematics$ in them."""
    parts = enumerate(text.split("$"))
    return "".join(math(part) if number % 2 else escape(part) for number, part in parts)


def _boxes(html):
    for start in BOX.finditer(html):
        block = balanced(html, start.start(), "div")
        inside = block[block.index(">") + 1 : block.rindex("</div>")]
        yield start[1], LINK.sub("", IDENTITY.sub("", inside))


def balanced(html, start, name):
    """The element that begins at `start`, up to its own end."""
    depth = 0
    for mark in re.finditer(rf"<(/?){name}\b", html[start:]):
        depth += -1 if mark[1] else 1
        if depth == 0:
            return html[start : html.index(">", start + mark.start()) + 1]
    raise ValueError(f"a <{name}> that nothing closes")


def setup(app):
    app.connect("build-finished", write_previews)
