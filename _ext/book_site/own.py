"""The page on which a reader checks a derivation of his own, and the one that replays all proofs."""

import json
from pathlib import Path

from sphinx.util.docutils import SphinxDirective

from cebook_utils.language.prelude import LINES

from . import stored
from .elements import tag
from .live import data_of


class Own(SphinxDirective):
    """An editor for a setting and a chain; each line names a stored derivation to start from."""

    has_content = True

    def run(self):
        for label in self.content:
            self.env.note_dependency(str(stored.path_of(stored.page_of(label))))
        examples = [_example(stored.record_of(label)) for label in self.content]
        words = tag(
            "p", "This editor needs JavaScript. In a notebook the same is done with cebook_utils."
        )
        data = {"prelude": LINES, "examples": examples}
        return [tag("div", words, data_of(data), class_="own")]


def _example(record):
    (certificate,) = record["certificates"]
    own = [line for line in certificate["setting"] if line not in LINES]
    kept = ("sign", "line", "gap")
    steps = [{k: step[k] for k in kept if k in step} for step in certificate["steps"]]
    title = record["title"].replace("$", "")
    return {"title": title, "lines": own, "start": certificate["start"], "steps": steps}


class Sceptic(SphinxDirective):
    """Every proof of the book, to be replayed by the reader's browser, and to be tampered with."""

    def run(self):
        return [
            tag(
                "div",
                tag("p", "Replaying needs JavaScript; make replay does it without."),
                class_="sceptic",
            )
        ]


def write_proofs(app, error):
    """All certificates as a script, which loads from a file too."""
    if error or app.builder.format != "html":
        return
    proofs = [
        {"title": record["title"], "certificate": certificate}
        for page in stored.pages()
        for record in stored.records(page)
        for certificate in record["certificates"]
    ]
    text = f"window.PROOFS = {json.dumps(proofs, ensure_ascii=False)};\n"
    (Path(app.outdir) / "_static" / "proofs.js").write_text(text, encoding="utf-8")


def setup(app):
    app.add_directive("own", Own)
    app.add_directive("sceptic", Sceptic)
    app.connect("build-finished", write_proofs)
