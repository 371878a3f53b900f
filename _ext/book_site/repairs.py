"""What Sphinx and its extensions leave behind: roles that keep a reader out, whole pages kept by mistake."""

from docutils import nodes


def visit_citation(writer, node):
    """Without the role of an item of a list: there is no list, and the standard withdrew the role."""
    writer.body.append(writer.starttag(node, "div", CLASS="citation"))


def depart_citation(writer, node):
    writer.body.append("</div>\n")


def let_go_of_pages(app, env):
    """Of each exercise its own nodes: kept in its page, all pages would be stored once more (10 MB)."""
    for exercise in getattr(env, "sphinx_exercise_registry", {}).values():
        alone = exercise["node"].deepcopy()
        for node in alone.findall():
            node.document = None
        exercise["node"] = alone


def setup(app):
    app.connect("env-updated", let_go_of_pages)
    app.add_node(nodes.citation, override=True, html=(visit_citation, depart_citation))
    # The indices of modules and theorems bear styles of their own, and no page leads there.
    app.config.html_domain_indices = False
