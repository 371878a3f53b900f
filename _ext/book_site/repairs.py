"""What Sphinx writes that a page must not hold: roles that keep a reader out, styles in the text."""

from docutils import nodes


def visit_citation(writer, node):
    """Without the role of an item of a list: there is no list, and the standard withdrew the role."""
    writer.body.append(writer.starttag(node, "div", CLASS="citation"))


def depart_citation(writer, node):
    writer.body.append("</div>\n")


def setup(app):
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    # The indices of modules and theorems bear styles of their own, and no page leads there.
    app.config.html_domain_indices = False
