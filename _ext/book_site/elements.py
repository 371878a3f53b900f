"""One node for any element of HTML, so that a card is a tree whose words Sphinx still finds."""

from docutils import nodes


class element(nodes.TextElement):
    """`<tag name="value">…</tag>`; what is inside are ordinary nodes."""


def tag(name, *children, **attributes):
    """An element; `class_` is written with a stroke, and None leaves an attribute out."""
    node = element("", tag=name, html=_spelled(attributes))
    node += [nodes.Text(child) if isinstance(child, str) else child for child in children]
    return node


def is_a(node, name):
    """Whether a node is the element that bears this class."""
    return isinstance(node, element) and node["html"].get("class") == name


def every(tree, name):
    """All elements of this class."""
    return [node for node in tree.findall(element) if is_a(node, name)]


def markup(html):
    """HTML that is written as it is."""
    return nodes.raw("", html, format="html")


def hidden(words):
    """Words for those who do not see the picture beside them."""
    return tag("span", words, class_="unseen")


def _spelled(attributes):
    return {
        name.rstrip("_").replace("_", "-"): value
        for name, value in attributes.items()
        if value is not None
    }


def visit_element(writer, node):
    writer.body.append(writer.starttag(node, node["tag"], "", **node["html"]))


def depart_element(writer, node):
    writer.body.append(f"</{node['tag']}>")


def setup(app):
    app.add_node(element, html=(visit_element, depart_element))
