"""A table that is wider than its page scrolls within it, and where its first column has no name, that
column names the rows; and the first table of the errata."""

import re

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx.writers.html5 import HTML5Translator
from tex_to_mathml import math

from .cards import CROSS, card
from .elements import every, markup, tag
from .readable import tex_as_text

SIDES = ("printed", "correct")
# Blocks, as a phone shows rows, are no rows for every screen reader unless they say so.
ROLES = {nodes.table: "table", nodes.thead: "rowgroup", nodes.tbody: "rowgroup", nodes.row: "row"}
MOST = 75  # letters that a phone has room for in a row, its formulas as one would type them


class Errata(SphinxDirective):
    """Each refuted line of the page beside the line that holds, and where the first one fails."""

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


def name_rows(app, doctree):
    for head in doctree.findall(nodes.thead):
        if not head.next_node(nodes.entry).astext():
            head.parent.next_node(nodes.colspec)["stub"] = 1


def stack_long_rows(app, doctree):
    """On a phone, a row of a table that is too long for it stands as a block: each cell with its name."""
    for group in doctree.findall(nodes.tgroup):
        rows = [[_words(cell) for cell in row] for row in group.findall(nodes.row)]
        widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
        if len(widths) > 2 and sum(widths) > MOST:
            group.parent["classes"].append("stacked")
            for part in [group.parent, *group.parent.findall(lambda x: type(x) in ROLES)]:
                part["html"] = {"role": ROLES[type(part)]}
            roles = ["rowheader" if x.get("stub") else "cell" for x in group.findall(nodes.colspec)]
            for row in group.next_node(nodes.tbody):
                for cell, role, name in zip(row, roles, rows[0], strict=True):
                    cell["html"] = {"role": role, "data-as": name}


def _words(cell):
    return "".join(
        tex_as_text(x.astext()) if isinstance(x, nodes.math) else x.astext()
        for x in cell.findall(lambda x: isinstance(x, nodes.math | nodes.Text))
        if isinstance(x, nodes.math) or not isinstance(x.parent, nodes.math)
    )


def visit_part(writer, node):
    """As Sphinx writes a part of a table, with what the style for phones asks for."""
    getattr(HTML5Translator, f"visit_{type(node).__name__}")(writer, node)
    if "html" in node:
        more = "".join(f' {name}="{writer.attval(value)}"' for name, value in node["html"].items())
        writer.body.append(writer.body.pop().replace(">", f"{more}>", 1))


def let_tables_scroll(app, doctree, docname):
    for table in list(doctree.findall(nodes.table)):
        scroll = tag("div", class_="scroll")
        table.replace_self(scroll)
        scroll += table


def setup(app):
    app.add_node(errata)
    app.add_directive("errata", Errata)
    app.connect("doctree-read", fill_errata, priority=700)
    for part in (*ROLES, nodes.entry):
        depart = getattr(HTML5Translator, f"depart_{part.__name__}")
        app.add_node(part, override=True, html=(visit_part, depart))
    app.connect("doctree-read", name_rows)
    app.connect("doctree-read", stack_long_rows)
    app.connect("doctree-resolved", let_tables_scroll)
