"""What the live parts of a page need: the program of the worker as a text, and a card's record as data."""

import json
import re
from pathlib import Path

from rjsmin import jsmin

from .elements import markup

LIVE = Path(__file__).resolve().parents[2] / "live"

# In this order they make one program: the kernel, the search for counterexamples, formulas, messages.
PROGRAM = ("kernel.js", "refuter.js", "printer.js", "worker.js")


TEXT = re.compile(r"`(?:[^`\\]|\\.)*`", re.DOTALL)


def small(script):
    """A script without its comments and spaces; a text within a text would lose its own, so none may be."""
    bare = jsmin(script)
    for text in TEXT.findall(bare):
        if text.count("{") != text.count("}"):
            raise ValueError(f"a text between backticks stands within another one: {text}")
    return bare


def write_program(app, error):
    if error or app.builder.format != "html":
        return
    text = "\n".join(small((LIVE / name).read_text(encoding="utf-8")) for name in PROGRAM)
    static = Path(app.outdir) / "_static"
    for script in (LIVE / "page").glob("*.js"):
        (static / script.name).write_text(
            small(script.read_text(encoding="utf-8")), encoding="utf-8"
        )
    target = static / "live-program.js"
    target.write_text(
        f"window.LIVE_PROGRAM = {json.dumps(text, ensure_ascii=False)};\n", encoding="utf-8"
    )


def data_of(content, name="record"):
    """Data within a page: no browser runs it, and no markup in it can end it."""
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return markup(f'<script type="application/json" class="{name}">{text}</script>')


def setup(app):
    app.connect("build-finished", write_program)
