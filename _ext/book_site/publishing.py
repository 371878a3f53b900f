"""What other programs read of a page: its address, how it is cited, how it looks when it is shared.

The facts of the book as a whole stand in CITATION.cff. An address is known only to a build that is
given one in BOOK_URL; without it nothing is written that would need one.
"""

import json
import os
import re
from functools import cache
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import yaml
from docutils import nodes
from markupsafe import Markup
from tex_to_mathml import Untranslatable, inner

from .addresses import url
from .pdf import pdf_of

LOST = "notfound.extension"
SENTENCE = re.compile(r"(?<=[.?!])\s")
DESCRIBED = re.compile(r'<meta content="([^"]*)" name="description" />')
# docutils says it too; the layout says it first.
VIEWPORT = re.compile(r'<meta name="viewport"[^>]*/>\n?')


@cache
def facts(folder):
    """CITATION.cff."""
    return yaml.safe_load((Path(folder) / "CITATION.cff").read_text(encoding="utf-8"))


def plain(node):
    """The words of a node, its formulas as a reader sees them."""
    copy = node.deepcopy()
    for formula in list(copy.findall(nodes.math)):
        formula.replace_self(nodes.Text(_letters(formula.astext())))
    return " ".join(copy.astext().split())


def _letters(tex):
    try:
        return re.sub(r"<[^>]+>", "", inner(tex))
    except Untranslatable:  # the page says so where it shows the formula
        return tex


def first_sentence(doctree):
    """Of the first paragraph of the text, or None."""
    for paragraph in doctree.findall(nodes.paragraph):
        if isinstance(paragraph.parent, nodes.section) and (words := plain(paragraph)):
            return SENTENCE.split(words, maxsplit=1)[0]
    return None


def describe(app, pagename, templatename, context, doctree):
    """Fill `about`, from which head.html is written."""
    context["metatags"] = VIEWPORT.sub("", context.get("metatags") or "")
    said = DESCRIBED.search(context["metatags"])
    book = facts(app.srcdir)
    context["about"] = None
    if doctree is None:
        return
    first = pagename == app.config.root_doc
    title = book["title"] if first else plain(app.env.titles[pagename])
    words = Markup(said.group(1)).unescape() if said else first_sentence(doctree)
    words = words or " ".join(book["abstract"].split())
    page = {
        "title": title,
        "description": words,
        "is_described": bool(said),
        "book": book["title"],
        "is_first": first,
        "authors": [_name(author) for author in book["authors"]],
        "date": str(book.get("date-released", "")).replace("-", "/"),
        "keywords": book["keywords"],
        "language": app.config.language or "en",
        "url": url(app, pagename),
        "pdf": urljoin(app.config.html_baseurl, pdf_of(app)) if _has_pdf_address(app) else None,
        "picture": context["pictures"].get(pagename),
    }
    page["data"] = _as_data(app, page, context.get("place"))
    context["about"] = page


def _name(author):
    return author.get("name") or f"{author['given-names']} {author['family-names']}"


def _has_pdf_address(app):
    return app.config.html_baseurl and pdf_of(app)


def _as_data(app, page, place):
    """JSON-LD: the book, or a chapter as a part of it."""
    book = {
        "@type": "Book",
        "name": page["book"],
        "author": [{"@type": "Organization", "name": name} for name in page["authors"]],
        "inLanguage": page["language"],
        "license": [
            "https://creativecommons.org/licenses/by/4.0/",
            "https://opensource.org/license/mit",
        ],
    }
    if page["url"]:
        book["url"] = url(app, app.config.root_doc)
    about = {"@context": "https://schema.org"}
    if page["is_first"]:
        about |= book | {"keywords": page["keywords"]}
    else:
        about |= {"@type": "Chapter", "name": page["title"], "isPartOf": book}
        if place and place["number"]:
            about["position"] = place["number"]
        if page["url"]:
            about["url"] = page["url"]
    about["description"] = page["description"]
    if page["picture"]:
        about["image"] = page["picture"]["url"]
    # A "<" in a string could end the element that holds it.
    return Markup(json.dumps(about, ensure_ascii=False).replace("<", "\\u003c"))


def setup(app):
    config = app.config
    config.html_baseurl = os.environ.get("BOOK_URL", "")
    if config.html_baseurl:
        if not config.html_baseurl.endswith("/"):
            raise ValueError(f"BOOK_URL is {config.html_baseurl!r}; a folder's address ends with /")
        config.notfound_urls_prefix = urlsplit(config.html_baseurl).path
        app.setup_extension(LOST)
    app.connect("html-page-context", describe, priority=950)
