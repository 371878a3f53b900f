"""The first table of the errata: each refuted line beside what holds instead."""

import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from tex_to_mathml import math

from .cards import CROSS, card
from .elements import every, markup, tag

SIDES = ("printed", "what holds")


class Errata(SphinxDirective):
    """Each refuted line of the page beside what holds instead, and where the first one fails."""

    def run(self):
        return [errata("")]


class errata(nodes.Element):
    """Filled when the page is read to its end."""


def fill_errata(app, doctree):
    for place in list(doctree.findall(errata)):
        bodies = [body for section in doctree.findall(nodes.section) for body in _bodies(section)]
        heads = _row(*(tag("th", x, scope="col", role="columnheader") for x in SIDES))
        head = tag("thead", heads, role="rowgroup")
        table = tag("table", head, *bodies, class_="errata", role="table")
        place.replace_self(tag("div", table, class_="scroll"))


def _bodies(section):
    """A section with refuted lines: of a note, its name; of an item, its name, both lines, numbers."""
    wrong, right = every(section, "card no"), list(section.findall(card))
    if not wrong or isinstance(section.parent, nodes.document):
        return
    name = tag("a", section[0].astext(), href=f"#{section['ids'][0]}")
    head = _row(tag("th", name, scope="rowgroup", colspan="2", role="rowheader"))
    if any(isinstance(child, nodes.section) for child in section):
        yield tag("tbody", head, class_="note", role="rowgroup")
        return
    holds = markup(math(right[0]["result"], display=True)) if right else "no line like it holds"
    lines = zip(SIDES, [_formula(wrong[0]), holds], strict=True)
    yield tag(
        "tbody",
        head,
        _row(*(tag("td", line, data_as=side, role="cell") for side, line in lines)),
        _row(tag("td", *_fails(wrong[0]), colspan="2", class_="fails", role="cell")),
        role="rowgroup",
    )


def _row(*cells):
    """What it is stands as its role, too: on a phone the style makes blocks of rows and cells."""
    return tag("tr", *cells, role="row")


def _formula(shown):
    """The one line of a refuted card: first side, sign, last side."""
    found = [x for x in shown.findall(nodes.raw) if "<math displaystyle" in x.astext()]
    inner = [re.sub(r"</?math[^>]*>", "", x.astext()) for x in found]
    sides = [inner[0], f"<mo>{shown['sign']}</mo>", inner[-1]]
    return markup(f"<math>{''.join(sides)}</math>")


def _fails(shown):
    yield markup(CROSS)
    yield " at "
    for number, (name, value) in enumerate(shown["at"]):
        yield ", " if number else ""
        yield markup(f"<math><mrow>{name}<mo>=</mo></mrow></math>")
        yield value
    left, right = shown["values"]
    yield f" the left is {left}, the right {right}"


def setup(app):
    app.add_node(errata)
    app.add_directive("errata", Errata)
    app.connect("doctree-read", fill_errata, priority=700)
