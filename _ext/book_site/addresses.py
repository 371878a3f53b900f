"""Each page has one address: the first one is index.html itself, not a page that leads to it."""

from pathlib import Path
from urllib.parse import urljoin
from xml.etree import ElementTree

from sphinx.builders.html import StandaloneHTMLBuilder

FIRST = "index"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Builder(StandaloneHTMLBuilder):
    """Sphinx's, with the root of the book at index.html, wherever its source stands."""

    def _stem(self, page):
        return FIRST if page == self.config.root_doc else page

    def get_outfilename(self, pagename):
        return super().get_outfilename(self._stem(pagename))

    def get_target_uri(self, docname, typ=None):
        return super().get_target_uri(self._stem(docname), typ)


def url(app, page):
    """The address of a page for other sites, or None before the book has one; the first page's is the
    folder itself."""
    base = app.config.html_baseurl
    if not base:
        return None
    first = page == app.config.root_doc
    return urljoin(base, "" if first else app.builder.get_target_uri(page))


def write_sitemap(app, error):
    """Every page of the book, for search engines; their rules want whole addresses."""
    if error or not app.config.html_baseurl:
        return
    ElementTree.register_namespace("", NAMESPACE)
    root = ElementTree.Element(f"{{{NAMESPACE}}}urlset")
    for page in sorted(app.env.all_docs, key=lambda page: (page != app.config.root_doc, page)):
        place = ElementTree.SubElement(root, f"{{{NAMESPACE}}}url")
        ElementTree.SubElement(place, f"{{{NAMESPACE}}}loc").text = url(app, page)
    ElementTree.indent(root)
    file = Path(app.outdir) / "sitemap.xml"
    ElementTree.ElementTree(root).write(file, encoding="utf-8", xml_declaration=True)


def setup(app):
    app.add_builder(Builder, override=True)
    app.connect("build-finished", write_sitemap)
