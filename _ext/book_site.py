"""What the site needs and the theme has no setting for."""

import os
from importlib.util import find_spec
from pathlib import Path

from sphinx.util.fileutil import copy_asset

HERE = Path(__file__).resolve().parent

# The part of MathJax that a page can ask for: the renderer, its fonts and its TeX extensions.
MATHJAX = ("tex-chtml.js", "output/chtml/fonts", "input/tex/extensions")

# Scripts of extensions that Jupyter Book always loads and this book does not use.
UNUSED_SCRIPTS = ("sphinx-thebe.js", "fontawesome.js")


def _mathjax_folder():
    package = find_spec("sphinx-mathjax-offline").origin
    return Path(package).parent / "static" / "mathjax"


def copy_assets(app, error):
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for part in MATHJAX:
        source = _mathjax_folder() / part
        target = static / "mathjax" / part
        copy_asset(source, target if source.is_dir() else target.parent)
    copy_asset(HERE / "site" / "book.css", static)


def drop_unused_scripts(app, pagename, templatename, context, doctree):
    context["script_files"] = [
        script
        for script in context.get("script_files", [])
        if not str(getattr(script, "filename", script) or "").endswith(UNUSED_SCRIPTS)
        and "THEBE" not in str(getattr(script, "attributes", {}).get("body", ""))
    ]


def setup(app):
    app.config.mathjax_path = "mathjax/tex-chtml.js"
    # A sitemap and share cards hold absolute addresses: only who publishes the site knows them.
    app.config.html_baseurl = os.environ.get("BOOK_URL", "")
    if app.config.html_baseurl:
        app.config.ogp_site_name = app.config.html_title
        app.config.ogp_site_url = app.config.html_baseurl
        app.config.sitemap_url_scheme = "{link}"
        for extension in ("sphinx_sitemap", "sphinxext.opengraph", "notfound.extension"):
            app.setup_extension(extension)
    app.add_css_file("book.css", priority=900)
    app.connect("html-page-context", drop_unused_scripts, priority=900)
    app.connect("build-finished", copy_assets)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
