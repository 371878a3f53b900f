"""A table that is wider than its page scrolls within it, and where its first column has no name, that
column names the rows."""

from docutils import nodes
from sphinx.writers.html5 import HTML5Translator

from .elements import tag
from .readable import tex_as_text

# Blocks, as a phone shows rows, are no rows for every screen reader unless they say so.
ROLES = {nodes.table: "table", nodes.thead: "rowgroup", nodes.tbody: "rowgroup", nodes.row: "row"}
MOST = 75  # letters that a phone has room for in a row, its formulas as one would type them


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
    for part in (*ROLES, nodes.entry):
        depart = getattr(HTML5Translator, f"depart_{part.__name__}")
        app.add_node(part, override=True, html=(visit_part, depart))
    app.connect("doctree-read", name_rows)
    app.connect("doctree-read", stack_long_rows)
    app.connect("doctree-resolved", let_tables_scroll)
