"""One look for all figures of the book.

The drawings are SVG, and the same whenever they are made; from one processor to another, only the
last digits of their numbers differ. Their background is transparent; on a dark page they are shown through the filter `invert(1) hue-rotate(180deg)`, which
turns black lines white and keeps each hue. The colours are told apart from the page and, also by
the colour-blind, from each other in both lights; line styles or labels should say the same again.
"""

from __future__ import annotations

import re
import sys
from typing import Any

import matplotlib.pyplot as plt
from cycler import cycler
from matplotlib.figure import Figure

# The colours of Okabe and Ito that stand out from white, and a grey, each with its meaning.
# Source: Okabe and Ito, Color Universal Design (2008), https://jfly.uni-koeln.de/color/
COLORS = {
    "prediction": "#0072B2",  # blue
    "gradient": "#D55E00",  # vermilion
    "label": "#009E73",  # bluish green
    "wrong": "#CC79A7",  # reddish purple
    "loss": "#000000",  # black
    "reference": "#505050",  # grey: what the eye should compare with
}

# Neither the date nor the version of the library may enter a picture.
SVG_METADATA: dict[str, Any] = {"Date": None, "Creator": None}

_STYLE: dict[Any, Any] = {
    "figure.figsize": (6.4, 3.6),
    "figure.dpi": 96,
    "savefig.dpi": 96,
    "figure.facecolor": "none",
    "savefig.facecolor": "none",
    "axes.facecolor": "none",
    "axes.prop_cycle": cycler(color=COLORS.values()),
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": True,
    "grid.alpha": 0.3,
    "legend.frameon": False,
    "lines.linewidth": 2.0,
    "font.family": "DejaVu Sans",  # comes with Matplotlib, so every machine has it
    "font.size": 11.0,
    "svg.fonttype": "path",
    "svg.hashsalt": "cross-entropy",  # else the identifiers inside an SVG are random
}


def use_style() -> None:
    """Draw all further figures in the book's style: a notebook calls it once, before it draws.

    In a notebook, figures are also shown as SVG without a date, with the identifiers of
    `number_ids`. Elsewhere, save them with `metadata=SVG_METADATA` to the same end.

    >>> use_style()
    >>> plt.rcParams["svg.fonttype"]
    'path'
    """
    plt.rcdefaults()
    plt.rcParams.update(_STYLE)
    if "IPython" in sys.modules and sys.modules["IPython"].get_ipython() is not None:
        from matplotlib_inline.backend_inline import set_matplotlib_formats

        set_matplotlib_formats("svg", metadata=SVG_METADATA)
        formatters = sys.modules["IPython"].get_ipython().display_formatter.formatters
        draw = formatters["image/svg+xml"].lookup_by_type(Figure)
        formatters["image/svg+xml"].for_type(Figure, lambda figure: number_ids(draw(figure)))


def number_ids(svg: str) -> str:
    """Rename the identifiers of an SVG to i1, i2, … in their order, also where they are cited.

    Matplotlib makes many of them from all digits of the coordinates, and the last digits are not the
    same on every processor.

    >>> number_ids('<use clip-path="url(#p5f)" xlink:href="#m7"/> <path id="m7"/> <path id="p5f"/>')
    '<use clip-path="url(#i2)" xlink:href="#i1"/> <path id="i1"/> <path id="i2"/>'
    """
    ids = re.findall(r'\bid="([^"]*)"', svg)
    names = {old: f"i{number}" for number, old in enumerate(ids, 1)}

    def renamed(found: re.Match[str]) -> str:
        return found.group(1) + names.get(found.group(2), found.group(2))

    return re.sub(r"""(\bid="|href="#|url\(#)([^")]*)""", renamed, svg)
