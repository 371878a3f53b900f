"""Each page has one address: the first one is index.html itself, not a page that leads to it."""

from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urljoin
from xml.etree import ElementTree

from sphinx.builders.html import StandaloneHTMLBuilder
from sphinx.search import js_index

FIRST = "index"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


class Builder(StandaloneHTMLBuilder):
    """Sphinx's, with the root of the book at index.html, wherever its source stands."""

    def init(self):
        super().init()
        self.indexer_format = _search_index(self._address, self._page)

    def _address(self, page):
        return FIRST if page == self.config.root_doc else page

    def _page(self, address):
        return self.config.root_doc if address == FIRST else address

    def get_outfilename(self, pagename):
        return super().get_outfilename(self._address(pagename))

    def get_target_uri(self, docname, typ=None):
        return super().get_target_uri(self._address(docname), typ)


def _search_index(address, page):
    """How the search index is stored: it opens a page by its address, and Sphinx reads it again."""

    def renamed(index, name):
        return index | {"docnames": [name(x) for x in index["docnames"]]}

    return SimpleNamespace(
        dumps=lambda index: js_index.dumps(renamed(index, address)),
        dump=lambda index, file: js_index.dump(renamed(index, address), file),
        loads=lambda text: renamed(js_index.loads(text), page),
        load=lambda file: renamed(js_index.load(file), page),
    )


def url(app, page):
    """The address of a page for other sites, or None before the book has one; the first page's is the
    folder itself."""
    base = app.config.html_baseurl
    if not base:
        return None
    first = page == app.config.root_doc
    return urljoin(base, "" if first else app.builder.get_target_uri(page))


def name_page(app, pagename, templatename, context, doctree):
    """One canonical address; a page for lost readers and a search have none."""
    context["pageurl"] = url(app, pagename) if pagename in app.env.all_docs else None


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
    app.connect("html-page-context", name_page)
    app.connect("build-finished", write_sitemap)
