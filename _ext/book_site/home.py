"""The home page: the derivation beside its wrong twin, the ways on, the chapters with their formulas."""

from pathlib import Path

from docutils import nodes
from sphinx.addnodes import toctree
from sphinx.util.docutils import SphinxDirective
from tex_to_mathml import math

from . import stored
from .cards import CROSS, TICK, card
from .elements import element, every, hidden, markup, tag


class Ways(SphinxDirective):
    """Links on, one a line: `page | title | what is there`."""

    has_content = True

    def run(self):
        return [ways("", lines=list(self.content))]


class Chapters(SphinxDirective):
    """The chapters by part, each with a formula that it proves: `chapter: label`, one a line."""

    has_content = True

    def run(self):
        labels = dict(line.split(": ") for line in self.content)
        for page in labels:
            self.env.note_dependency(str(stored.path_of(page)))
        return [chapters("", labels=labels)]


class ways(nodes.Element):
    """Filled when the address of every page is known."""


class chapters(nodes.Element):
    """Filled when all titles are known."""


def fill_ways(app, doctree, docname):
    for node in list(doctree.findall(ways)):
        listed = [_way(app, docname, line) for line in node["lines"]]
        node.replace_self(tag("ul", *listed, class_="onways"))


def _way(app, docname, line):
    page, title, words = (part.strip() for part in line.split("|"))
    address = app.builder.get_relative_uri(docname, f"chapters/{page}")
    return tag("li", tag("a", tag("strong", title), tag("span", words), href=address))


def fill_chapters(app, doctree, docname):
    for node in list(doctree.findall(chapters)):
        parts = [
            _part(app, docname, tree["caption"], pages, node["labels"])
            for tree in doctree.findall(toctree)
            if (pages := [page for _, page in tree["entries"] if Path(page).name in node["labels"]])
        ]
        node.replace_self(tag("div", *parts, class_="parts"))


def _part(app, docname, caption, pages, labels):
    cards = [_chapter(app, docname, page, labels[Path(page).name]) for page in pages]
    listed = tag("ul", *cards, class_="chapters")
    return tag("section", tag("h2", caption), listed, class_=f"part of{len(pages)}")


def _chapter(app, docname, page, label):
    name = Path(page).name
    formula = stored.record_of(label)["result"]
    proved = sum(
        step["status"] == "proved" for record in stored.records(name) for step in record["steps"]
    )
    refuted = sum(cell.refuted for cell in stored.cells(name))
    title = tag("span", *app.env.titles[page].deepcopy().children, class_="title")
    counts = tag(
        "span",
        tag("span", markup(TICK), str(proved), hidden(" steps proved")),
        tag("span", markup(CROSS), str(refuted), hidden(" lines refuted")),
        class_="counts",
    )
    link = tag(
        "a", tag("span", markup(math(formula, True)), class_="f"), title, counts,
        href=app.builder.get_relative_uri(docname, page),
    )  # fmt: skip
    return tag("li", link)


def put_twins_together(app, doctree):
    """On the home page the first derivation stands beside the first refuted line."""
    if app.env.docname != app.config.root_doc:
        return
    right = next(doctree.findall(card))
    wrong, setting = every(doctree, "card no")[0], every(doctree, "setting")[0]
    pair = tag("div", class_="pair")
    cells = [_cell_of(part) for part in (right, wrong, setting)]
    cells[0].replace_self(pair)
    for cell in cells[1:]:
        cell.parent.remove(cell)
    right["html_class"] = "card play"
    pair += [right, wrong]
    for title in pair.findall(lambda x: isinstance(x, element) and x["tag"] == "h3"):
        title["tag"] = "h2"  # there is no section above it
    pair.parent.insert(pair.parent.index(pair) + 1, setting)


def _cell_of(node):
    while node.get("nb_element") != "cell_code":
        node = node.parent
    return node


def setup(app):
    app.add_node(ways)
    app.add_node(chapters)
    app.add_directive("ways", Ways)
    app.add_directive("chapters", Chapters)
    app.connect("doctree-read", put_twins_together, priority=600)
    app.connect("doctree-resolved", fill_ways)
    app.connect("doctree-resolved", fill_chapters)
