"""Mathematics of the prose as MathML, made when the book is built: no script draws it later."""

from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number
from tex_to_mathml import Untranslatable, math

LOGGER = logging.getLogger(__name__)
CLASS = "math notranslate nohighlight"


def formula(node, display):
    """The node as MathML; what cannot be shown is a warning, which fails the build."""
    try:
        return math(aligned(node.astext()) if display else node.astext(), display)
    except Untranslatable as why:
        LOGGER.warning(str(why), location=node)
        return ""


def aligned(tex):
    """Rows without an environment are aligned, as Sphinx does for all writers."""
    rows_alone = r"\\" in tex and r"\begin{" not in tex
    return rf"\begin{{split}}{tex}\end{{split}}" if rows_alone else tex


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
