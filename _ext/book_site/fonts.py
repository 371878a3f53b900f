"""The fonts that the first paint needs, inside the style sheet: no line moves when they come.

A preload would do the same over http; for a page opened from a folder browsers refuse it.
"""

import base64

from .frame import THEME

FONTS = THEME / "static" / "fonts"
EMBEDDED = ("stix-two-math", "stix-two-text-400", "stix-two-text-600")


def embedded(name):
    content = (FONTS / f"{name}.woff2").read_bytes()
    return f"data:font/woff2;base64,{base64.b64encode(content).decode()}"


def offer_fonts(app, config):
    config.html_context["embedded"] = {name: embedded(name) for name in EMBEDDED}


def setup(app):
    app.connect("config-inited", offer_fonts)
