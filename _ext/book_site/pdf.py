"""The whole book as one file: `make pdf` puts it beside the pages, and then the first page says so."""

from pathlib import Path

NAME = "cross-entropy-checked.pdf"


def pdf_of(app):
    """The name of the file, if it is there."""
    return NAME if (Path(app.outdir) / NAME).exists() else None


def offer(app, pagename, templatename, context, doctree):
    context["pdf"] = pdf_of(app) if pagename == app.config.root_doc else None


def note_change(app, env, added, changed, removed):
    """The first page is out of date when the file came or went."""
    page = Path(app.builder.get_outfilename(app.config.root_doc))
    says = page.exists() and NAME in page.read_text(encoding="utf-8")
    return [] if says == bool(pdf_of(app)) else [app.config.root_doc]


def setup(app):
    app.connect("html-page-context", offer)
    app.connect("env-get-outdated", note_change)
