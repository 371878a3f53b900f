"""The page around the text: the theme, and what Jupyter Book loads that no page here needs."""

from functools import cache
from pathlib import Path

from docutils import nodes
from sphinx.addnodes import toctree

THEME = Path(__file__).resolve().parent.parent / "theme"

# Jupyter Book always loads these: another theme, buttons, services on other hosts.
UNWANTED = (
    "sphinx_book_theme", "pydata_sphinx_theme", "sphinx_thebe", "sphinx_comments",
    "sphinx_togglebutton", "sphinx_copybutton",
)  # fmt: skip
# In this order they make the one style sheet of the site; what comes later prevails.
STYLES = (
    "fonts",
    "base",
    "frame",
    "prose",
    "code",
    "formulas",
    "cards",
    "home",
    "previews",
    "search",
    "live",
    "pictures",
    "touch",
    "print",
)
SCRIPTS = (
    "site.js",
    "previews.js",
    "search.js",
    "client.js",
    "dom.js",
    "numbers.js",
    "settings.js",
    "typing.js",
    "verdicts.js",
    "editor.js",
    "cards.js",
    "answers.js",
    "own.js",
    "sceptic.js",
    "badge.js",
)
UNNUMBERED = ("Try it yourself", "Reference")  # parts whose pages are no chapters


def drop_unwanted(app, config):
    for event, listeners in app.events.listeners.items():
        app.events.listeners[event] = [
            x for x in listeners if not x.handler.__module__.startswith(UNWANTED)
        ]
    config.html_context["styles"] = STYLES
    config.html_theme_options = {}  # those that Jupyter Book sets are of its own theme


@cache
def places(app):
    """The part of each page, and its number if it is a chapter; read once, when pages are written."""
    found, chapters = {}, 0
    for tree in app.env.get_doctree(app.config.root_doc).findall(toctree):
        part = tree.get("caption") or ""
        for _, page in tree["entries"]:
            is_chapter = part not in UNNUMBERED
            chapters += is_chapter
            found[page] = {"part": part, "number": chapters if is_chapter else None}
    return found


def describe_page(app, pagename, templatename, context, doctree):
    """Where a page stands; and of all style sheets and scripts, the book's own."""
    context["place"] = places(app).get(pagename)
    context["css_files"] = [x for x in context["css_files"] if _name(x) == "site.css"]
    context["script_files"] = [
        x for x in context["script_files"] if _name(x) in SCRIPTS or _name(x).startswith("picture")
    ]


def _name(file):
    return (file.filename or "").rpartition("/")[2].partition("?")[0]


def show_errors_as_lessons(app, doctree):
    """An error that a cell raises on purpose is text to read, not Python to colour."""
    for block in doctree.findall(nodes.literal_block):
        if "traceback" in block["classes"]:
            block["language"] = "none"
            block["classes"].append("lesson")


def drop_build_info(app, error):
    """A hash of the settings that differs between folders; the Makefile knows when they changed."""
    (Path(app.outdir) / ".buildinfo").unlink(missing_ok=True)


def setup(app):
    app.add_html_theme("checked", str(THEME))
    app.config.html_theme = "checked"
    for script in SCRIPTS:
        app.add_js_file(script, loading_method="defer")
    app.connect("config-inited", drop_unwanted)
    app.connect("doctree-read", show_errors_as_lessons)
    app.connect("html-page-context", describe_page, priority=900)
    app.connect("build-finished", drop_build_info)
