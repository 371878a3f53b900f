"""Mathematics of the prose as MathML, made when the book is built: no script draws it later."""

import re

from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from tex_to_mathml import Untranslatable, math

LOGGER = logging.getLogger(__name__)
ENVIRONMENT = re.compile(r"\s*\\begin\{")
CLASS = "math notranslate nohighlight"


def in_lines(tex):
    """A displayed formula of several lines, aligned as Sphinx does it."""
    if not ENVIRONMENT.match(tex) and re.search(r"\\\\|(?<!\\)&", tex):
        return rf"\begin{{aligned}}{tex}\end{{aligned}}"
    return tex


def formula(node, display):
    tex = in_lines(node.astext()) if display else node.astext()
    try:
        return math(tex, display)
    except Untranslatable as why:
        LOGGER.warning(str(why), location=node)
        return ""


def visit_inline(writer, node):
    writer.body.append(writer.starttag(node, "span", "", CLASS=CLASS))
    writer.body.append(formula(node, display=False) + "</span>")
    raise nodes.SkipNode


def visit_display(writer, node):
    writer.body.append(writer.starttag(node, "div", "", CLASS=CLASS))
    if node["number"]:
        writer.body.append(f'<span class="eqno">({get_node_equation_number(writer, node)})')
        writer.add_permalink_ref(node, _("Link to this equation"))
        writer.body.append("</span>")
    writer.body.append(formula(node, display=True) + "</div>\n")
    raise nodes.SkipNode


def setup(app):
    app.add_html_math_renderer("mathml", (visit_inline, None), (visit_display, None))
    app.config.html_math_renderer = "mathml"
    return {"parallel_read_safe": True, "parallel_write_safe": True}
