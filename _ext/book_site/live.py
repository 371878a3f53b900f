"""What the live parts of a page need: the program of the worker as a text, and a card's record as data."""

import json
from pathlib import Path

from rjsmin import jsmin

from .elements import markup

LIVE = Path(__file__).resolve().parents[2] / "live"

# In this order they make one program: the kernel, the search for counterexamples, formulas, messages.
PROGRAM = ("kernel.js", "refuter.js", "printer.js", "worker.js")


def write_program(app, error):
    if error or app.builder.format != "html":
        return
    text = "\n".join(jsmin((LIVE / name).read_text(encoding="utf-8")) for name in PROGRAM)
    static = Path(app.outdir) / "_static"
    for script in (LIVE / "page").glob("*.js"):
        (static / script.name).write_text(
            jsmin(script.read_text(encoding="utf-8")), encoding="utf-8"
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
