"""What the site needs and Jupyter Book has no setting for: no network, and no barrier.

The pages ask nothing of any other host: mathematics is drawn by a copy of MathJax beside them,
and what Jupyter Book would load for interactive kernels and comments is left out. Where the theme's
own HTML keeps a reader with a screen reader out, it is put right as the page is written.
"""

import os
import re
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlsplit

from docutils import nodes
from pybtex.plugin import register_plugin
from pybtex.style.formatting.unsrt import Style as UnsrtStyle
from pybtex.style.labels import BaseLabelStyle
from sphinx.jinja2glue import BuiltinTemplateLoader
from sphinx.util.fileutil import copy_asset

HERE = Path(__file__).resolve().parent

# The part of MathJax that a page can ask for: the renderer, its fonts and its TeX extensions.
MATHJAX = ("tex-chtml.js", "output/chtml/fonts", "input/tex/extensions")

# The search page reads its results' pages for a summary, which a browser forbids to a file.
QUIET_SEARCH = 'DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY &&= location.protocol !== "file:";'

# Jupyter Book always loads these; they wait for services on other hosts.
UNWANTED_EXTENSIONS = ("sphinx_thebe", "sphinx_comments")
UNWANTED_STYLES = ("sphinx-thebe.css",)

# A formula within a line, which the browser would part from the brackets and stops around it.
FORMULA = r'<span class="math [^"]*">[^<]*</span>'
BEFORE, AFTER = "[(\\[“‘]", "[-.,;:?!)\\]”’]"

# (what the theme writes, what the page says instead)
REPAIRS = (
    (
        rf"({BEFORE}+{FORMULA}{AFTER}*|{FORMULA}{AFTER}+)",
        r'<span class="unbroken">\1</span>',
    ),
    # 1.5 MB that draw the icons which the theme's style sheet draws already.
    (r'\s*<!-- So that users can add custom icons -->\s*<script [^>]*fontawesome\.js[^>]*></script>', ""),
    # The same meta element is written three times.
    (r'(?<=/>)<meta name="viewport" content="width=device-width, initial-scale=1" />\n', ""),
    (r'  <meta name="viewport" content="width=device-width, initial-scale=1"/>\n', ""),
    (r'<div id="ethical-ad-placement"[^>]*>\s*</div>', ""),
    # A list needs items, and the role of an item was withdrawn from the standard.
    (r'<div role="list" class="citation-list">', '<div class="citation-list">'),
    (r'(<div class="citation" id="[^"]*") role="doc-biblioentry"', r"\1"),
    (r'<div id="(pst-primary-sidebar)"', r'<div id="\1" role="complementary" aria-label="Book"'),
    # Browsers open a notebook as text unless they are told that it is a file to keep.
    (r'(<a href="[^"]*_sources/[^"]*") target="_blank"', r"\1 download"),
    # A button that shows only an icon is named by its title.
    (r'<button ([^>]*)title="([^"]*)"(?![^>]*aria-label)', r'<button \1title="\2" aria-label="\2"'),
)  # fmt: skip


class Labels(BaseLabelStyle):
    """Cite literature by author and year, and a source without an author by its key."""

    def format_labels(self, entries):
        return [label_of(entry) for entry in entries]


def label_of(entry):
    persons = entry.persons.get("author", ())
    if not persons:
        return entry.key
    authors = [" ".join(map(str, person.rich_last_names)) for person in persons]
    few = len(authors) <= 2 and authors[-1] != "others"
    names = " and ".join(authors) if few else f"{authors[0]} et al."
    return f"{names} {entry.fields.get('year', '')}".strip()


class LabelStyle(UnsrtStyle):
    default_sorting_style = "author_year_title"
    default_label_style = Labels


class Pages(BuiltinTemplateLoader):
    def render(self, template, context):
        page = super().render(template, context)
        for pattern, replacement in REPAIRS:
            page = re.sub(pattern, replacement, page)
        return page


def drop_unwanted_extensions(app, config):
    for event, listeners in app.events.listeners.items():
        app.events.listeners[event] = [
            listener
            for listener in listeners
            if not listener.handler.__module__.startswith(UNWANTED_EXTENSIONS)
        ]


def drop_unwanted_styles(app, pagename, templatename, context, doctree):
    context["css_files"] = [
        style for style in context["css_files"] if not style.filename.endswith(UNWANTED_STYLES)
    ]


def show_errors_as_lessons(app, doctree):
    """An error that a cell raises on purpose is text to read, not Python to colour."""
    for block in doctree.findall(nodes.literal_block):
        if "traceback" in block["classes"]:
            block["language"] = "none"
            block["classes"].append("refuted")


def copy_mathjax(app, error):
    if error or app.builder.format != "html":
        return
    source = Path(find_spec("sphinx-mathjax-offline").origin).parent / "static" / "mathjax"
    target = Path(app.outdir) / "_static" / "mathjax"
    for part in MATHJAX:
        whole_folder = (source / part).is_dir()
        copy_asset(source / part, target / part if whole_folder else target)
    copy_asset(HERE / "mathjax" / "LICENSE", target)  # as it asks of whoever passes it on


def drop_build_info(app, error):
    """A hash of the settings that differs between folders; the Makefile knows when they changed."""
    (Path(app.outdir) / ".buildinfo").unlink(missing_ok=True)


def setup(app):
    config = app.config
    config.template_bridge = "book_site.Pages"
    config.templates_path.append(str(HERE / "templates"))
    config.html_static_path.append(str(HERE / "static"))
    config.mathjax_path = "mathjax/tex-chtml.js"
    app.add_css_file("book.css", priority=900)
    app.add_js_file(None, body=QUIET_SEARCH)
    # A sitemap and share cards hold absolute addresses: only who publishes the site knows them.
    config.html_baseurl = os.environ.get("BOOK_URL", "")
    if config.html_baseurl:
        config.notfound_urls_prefix = urlsplit(config.html_baseurl).path
        config.ogp_site_name = config.html_title
        config.ogp_site_url = config.html_baseurl
        config.sitemap_url_scheme = "{link}"
        for extension in ("notfound.extension", "sphinx_sitemap", "sphinxext.opengraph"):
            app.setup_extension(extension)
    register_plugin("pybtex.style.formatting", "author-year", LabelStyle)
    app.connect("config-inited", drop_unwanted_extensions)
    app.connect("doctree-read", show_errors_as_lessons)
    app.connect("html-page-context", drop_unwanted_styles, priority=900)
    app.connect("build-finished", copy_mathjax)
    app.connect("build-finished", drop_build_info)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
