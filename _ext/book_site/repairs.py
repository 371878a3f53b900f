"""What Sphinx and others write that a page must not hold: an id twice, roles that keep a reader out."""

from docutils import nodes

# sphinx-exercise and sphinx-proof give them to every box of a page, and nothing leads to them.
REPEATED = {"exercise-content", "solution-content", "proof-content"}


def drop_repeated_ids(app, doctree, docname):
    for section in doctree.findall(nodes.section):
        section["ids"] = [each for each in section["ids"] if each not in REPEATED]


def visit_citation(writer, node):
    """Without the role of an item of a list: there is no list, and the standard withdrew the role."""
    writer.body.append(writer.starttag(node, "div", CLASS="citation"))


def depart_citation(writer, node):
    writer.body.append("</div>\n")


def setup(app):
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    # Only now: the table of contents has asked every section for its id.
    app.connect("doctree-resolved", drop_repeated_ids)
    # The general index and the index of modules bear styles of their own; no page leads there.
    app.config.html_use_index = False
    app.config.html_domain_indices = False
