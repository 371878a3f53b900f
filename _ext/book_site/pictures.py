"""Pictures that move: `{picture}` sets the still one with its controls, which a script brings to life.

Without scripts there is the still picture, with its words; the style sheet hides the controls then.
"""

from typing import ClassVar
from xml.etree.ElementTree import tostring

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from .panels import element, inside, written
from .stills import PICTURES, Button, Choice, Kept, Slider


class Picture(SphinxDirective):
    """`{picture} name`, with the caption as its content."""

    required_arguments = 1
    has_content = True
    option_spec: ClassVar = {"name": directives.unchanged}

    def run(self):
        self.assert_has_content()
        (name,) = self.arguments
        if name not in PICTURES:
            raise self.error(f"there is no picture {name!r}; there are {', '.join(PICTURES)}")
        figure = nodes.figure("", nodes.raw("", _html(name), format="html"), moves=name)
        (caption,) = self.parse_content_to_nodes()
        figure += nodes.caption(caption.rawsource, "", *caption.children)
        self.add_name(figure)
        self.set_source_info(figure)
        return [figure]


def _html(name):
    drawn = PICTURES[name]()
    root = element("div", class_="picture", data_picture=name)
    panels = inside(root, "div", class_="panels")
    panels.extend(panel.svg for panel in drawn.panels)
    controls = inside(root, "div", class_="controls")
    for control in drawn.controls:
        SET[type(control)](controls, name, control)
    inside(root, "p", drawn.says, class_="says", aria_live="polite")
    return tostring(root, encoding="unicode", method="html")


def _slider(parent, picture, control):
    row = inside(parent, "div", class_="slider")
    identity = f"{picture}-{control.name}"
    inside(row, "label", control.label, for_=identity)
    inside(row, "input", type="range", id=identity, name=control.name, min=control.low,
           max=control.high, step=control.step, value=control.value,
           data_digits=control.digits, autocomplete="off")  # fmt: skip
    # The words below the picture are read out when something moves; the number alone need not be.
    inside(row, "output", written(control.value, control.digits), for_=identity, aria_live="off")


def _choice(parent, picture, control):
    row = inside(parent, "fieldset", class_="choice")
    inside(row, "legend", control.label)
    for value in control.values:
        label = inside(row, "label")
        button = inside(label, "input", type="radio", name=f"{picture}-{control.name}", value=value,
                        checked="" if value == control.value else None, autocomplete="off")  # fmt: skip
        button.tail = str(value)


def _kept(parent, picture, control):
    inside(parent, "input", type="hidden", name=control.name, value=control.value)


def _button(parent, picture, control):
    inside(parent, "button", control.label, type="button", data_does=control.name)


SET = {Slider: _slider, Choice: _choice, Kept: _kept, Button: _button}


def bring_along(app, pagename, templatename, context, doctree):
    """The scripts, on the pages that have a picture."""
    figures = doctree.findall(nodes.figure) if doctree else ()
    if moving := {figure["moves"] for figure in figures if "moves" in figure}:
        for script in ("pictures.js", *(f"picture-{name}.js" for name in sorted(moving))):
            app.add_js_file(script, loading_method="defer")


def setup(app):
    app.add_directive("picture", Picture)
    app.connect("html-page-context", bring_along)
