"""A table that is wider than its page scrolls within it; and the first table of the errata."""

import re

from docutils import nodes

from sphinx.util.docutils import SphinxDirective

from .cards import card
from .elements import element, markup, tag


class Errata(SphinxDirective):
    """Each refuted line of the page beside the line that holds, and where the first one fails."""

    def run(self):
        return [errata("")]


class errata(nodes.Element):
    """Filled when the page is read to its end."""


def fill_errata(app, doctree):
    for place in list(doctree.findall(errata)):
        rows = [row for section in doctree.findall(nodes.section) for row in _rows(section)]
        heads = tag("tr", *(tag("th", x, scope="col") for x in HEADS))
        table = tag("table", tag("thead", heads), tag("tbody", *rows))
        place.replace_self(tag("div", table, class_="scroll errata"))


HEADS = ("", "printed", "correct", "counterexample")


def _rows(section):
    """A section with a refuted line, if it has no sections itself."""
    if any(isinstance(child, nodes.section) for child in section):
        return
    wrong = [x for x in section.findall(element) if x["html"].get("class") == "card no"]
    right = [x for x in section.findall(card)]
    if not wrong:
        return
    name = tag("a", section[0].astext(), href=f"#{section['ids'][0]}")
    yield tag(
        "tr",
        tag("th", name, scope="row"),
        tag("td", _formula(wrong[0])),
        tag("td", *([_formula(right[0])] if right else ["no line of this kind holds"])),
        tag("td", *_fails(wrong[0])),
    )


def _formula(shown):
    """First side, sign, last side."""
    found = [x for x in shown.findall(nodes.raw) if "<math displaystyle" in x.astext()]
    inner = [re.sub(r"</?math[^>]*>", "", x.astext()) for x in found]
    sides = [inner[0], f"<mo>{shown['sign']}</mo>", inner[-1]]
    return markup(f"<math>{''.join(sides)}</math>")


def _fails(shown):
    for number, (name, value) in enumerate(shown["at"]):
        yield ", " if number else ""
        yield markup(f"<math><mrow>{name}<mo>=</mo></mrow></math>")
        yield f" {value}"
    left, right = shown["values"]
    yield f": {left} on the left, {right} on the right"


def let_tables_scroll(app, doctree, docname):
    for table in list(doctree.findall(nodes.table)):
        scroll = tag("div", class_="scroll")
        table.replace_self(scroll)
        scroll += table


def setup(app):
    app.add_node(errata)
    app.add_directive("errata", Errata)
    app.connect("doctree-read", fill_errata, priority=700)
    app.connect("doctree-resolved", let_tables_scroll)
