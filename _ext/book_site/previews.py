"""What a reference refers to, for a reader who points at it: made from the pages as they were written.

A script file holds, for every derivation, theorem and source that can be referred to, what a small box
beside the link shows. It is loaded when the first link is pointed at, also from a file.
"""

import json
import re
from pathlib import Path

CARD = re.compile(r'<section class="card[^"]*" (?:data-sign="[^"]*" )?id="(equation-[^"]+)"')
BOX = re.compile(r'<div class="(?:proof|citation)[^"]*" id="([^"]+)"')
TITLE = re.compile(r'<(h[23]) class="card-title">(.*?)</\1>', re.DOTALL)
SIDE = re.compile(
    r'<(?:span|div) class="(?:lhs|rhs)"><math displaystyle="true">(.*?)</math>', re.DOTALL
)
SIGN = re.compile(r'data-sign="([^"]+)"')
LINK = re.compile(r"</?a\b[^>]*>")
FILE = "previews-data.js"


def write_previews(app, error):
    if error or app.builder.format != "html":
        return
    root = Path(app.outdir)
    found = {}
    for page in (root / "index.html", *sorted(root.glob("chapters/*.html"))):
        html = page.read_text(encoding="utf-8")
        for identity, shown in _previews(html):
            found[f"{page.stem}.html#{identity}"] = shown
    text = f"window.PREVIEWS = {json.dumps(found, ensure_ascii=False)};\n"
    (root / "_static" / FILE).write_text(text, encoding="utf-8")


def _previews(html):
    for start in CARD.finditer(html):
        block = balanced(html, start.start(), "section")
        sides = SIDE.findall(block)
        title = TITLE.search(block)[2]
        sign = SIGN.search(block)[1]
        formula = f'<math displaystyle="true">{sides[0]}<mo>{sign}</mo>{sides[-1]}</math>'
        yield start[1], f'<p class="what">{LINK.sub("", title)}</p>{formula}'
    for start in BOX.finditer(html):
        block = balanced(html, start.start(), "div")
        inside = block[block.index(">") + 1 : block.rindex("</div>")]
        yield start[1], LINK.sub("", re.sub(r' id="[^"]*"', "", inside))


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
