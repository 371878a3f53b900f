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
    # Comments stay in the repository.
    text = "\n".join(jsmin((LIVE / name).read_text(encoding="utf-8")) for name in PROGRAM)
    target = Path(app.outdir) / "_static" / "live-program.js"
    target.write_text(f"window.LIVE_PROGRAM = {json.dumps(text, ensure_ascii=False)};\n", encoding="utf-8")


def data_of(content):
    """Data within a page: no browser runs it, and no markup in it can end it."""
    text = json.dumps(content, ensure_ascii=False).replace("<", "\\u003c")
    return markup(f'<script type="application/json" class="record">{text}</script>')


def setup(app):
    app.config.html_static_path.append(str(LIVE / "page"))
    app.connect("build-finished", write_program)
