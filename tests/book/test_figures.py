import io
import os
import re
import subprocess
import sys
from itertools import combinations

import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_rgb
from same_picture import difference

from cebook_utils.book.figures import COLORS, SVG_METADATA, number_ids, use_style

WHITE, DARK = to_rgb("#ffffff"), to_rgb("#14181e")  # the pages of the theme in its two lights

# The matrix of hue-rotate(180deg) in CSS: https://www.w3.org/TR/filter-effects-1/#feColorMatrixElement
LUMA = np.array([0.213, 0.715, 0.072])
HUE_ROTATE_180 = 2 * LUMA - np.eye(3)

# How the colour-blind see linear RGB. Source: Machado, Oliveira and Fernandes, IEEE TVCG 15 (2009),
# 1291–1298, severity 1.
SIGHT = {
    "full": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
# Linear sRGB to CIE XYZ, and the white point D65 (IEC 61966-2-1).
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def inverted(rgb):
    """What the filter `invert(1) hue-rotate(180deg)` makes of a colour."""
    return np.clip(HUE_ROTATE_180 @ (1 - np.array(rgb)), 0, 1)


def linear(rgb):
    rgb = np.array(rgb)
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """The contrast ratio of WCAG 2.2."""
    low, high = sorted(TO_XYZ[1] @ linear(rgb) for rgb in (one, other))
    return (high + 0.05) / (low + 0.05)


def lab(rgb, sight):
    """The colour as seen, in CIE L*a*b*."""
    seen = np.clip(SIGHT[sight] @ linear(rgb), 0, 1)
    x, y, z = np.cbrt(np.maximum(TO_XYZ @ seen / TO_XYZ.sum(axis=1), 1e-9))
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_colour_formulas_on_known_values():
    # Black and white have the contrast 21, and #767676 is the lightest grey with 4.5 on white
    # (WCAG). Lab of pure red is (53.2, 80.1, 67.2) (Lindbloom's calculator).
    assert contrast(WHITE, (0, 0, 0)) == pytest.approx(21)
    assert contrast(WHITE, to_rgb("#767676")) == pytest.approx(4.54, abs=0.01)
    assert lab((1, 0, 0), "full") == pytest.approx([53.2, 80.1, 67.2], abs=0.1)
    assert inverted((0, 0, 0)) == pytest.approx([1, 1, 1])
    assert inverted((1, 1, 1)) == pytest.approx([0, 0, 0])


@pytest.mark.parametrize("meaning", COLORS)
def test_each_colour_stands_out_from_the_page(meaning):
    rgb = to_rgb(COLORS[meaning])
    assert contrast(rgb, WHITE) >= 3  # WCAG 2.2, 1.4.11: graphical objects
    assert contrast(inverted(rgb), DARK) >= 3


@pytest.mark.parametrize("sight", SIGHT)
@pytest.mark.parametrize("page", [np.array, inverted], ids=["light", "dark"])
def test_colours_are_told_apart(sight, page):
    seen = {meaning: lab(page(to_rgb(color)), sight) for meaning, color in COLORS.items()}
    for one, other in combinations(seen, 2):
        distance = np.linalg.norm(seen[one] - seen[other])
        assert distance >= 12, f"{one} and {other}"  # 2.3 is just noticeable


# Rendering.


@pytest.fixture
def style():
    with plt.rc_context():
        use_style()
        yield plt.rcParams


DRAW = """
import sys
import matplotlib.pyplot as plt
from IPython.core.interactiveshell import InteractiveShell
from cebook_utils.book.figures import COLORS, use_style

shell = InteractiveShell.instance()  # what a notebook runs in
use_style()
figure, axes = plt.subplots()
for name, color in COLORS.items():
    axes.plot([0, 1], [0, len(name)], color=color, label=name)
axes.fill_between([0, 1], [0, 1], alpha=0.3, hatch="/")
axes.set_xlabel(r"logit $z$")
axes.legend()
picture = shell.display_formatter.format(figure)[0]["image/svg+xml"]
sys.stdout.buffer.write(picture.encode())
"""


def assert_is_a_picture_without_a_date(svg):
    assert svg.count("<path") > 20
    for varying in ("dc:date", "matplotlib.org", "<text", "font-family"):
        assert varying not in svg


def test_a_picture_in_a_notebook_is_the_same_bytes_in_each_process(tmp_path):
    drawings = []
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed, "IPYTHONDIR": str(tmp_path)}
        run = subprocess.run(
            [sys.executable, "-c", DRAW], env=environment, capture_output=True, check=True
        )
        drawings.append(run.stdout.decode())
    assert drawings[0] == drawings[1]
    assert_is_a_picture_without_a_date(drawings[0])
    ids = re.findall(r'\bid="([^"]*)"', drawings[0])
    assert ids == [f"i{number}" for number in range(1, len(ids) + 1)]  # no hash of a coordinate


def test_a_renumbered_picture_is_the_same(style):
    figure, axes = plt.subplots()
    axes.plot([0, 1], marker="o")
    axes.fill_between([0, 1], [0, 1], hatch="/")
    axes.imshow([[0, 1]])
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=SVG_METADATA)
    plt.close(figure)
    drawn = file.getvalue()
    assert drawn.count("url(#") > 2
    assert difference("image/svg+xml", drawn, number_ids(drawn)) is None


def test_a_picture_outside_a_notebook_has_no_date_either(style):
    figure, axes = plt.subplots()
    axes.plot([0, 1])
    axes.set_xlabel("logit $z$")
    file = io.StringIO()
    figure.savefig(file, format="svg", metadata=SVG_METADATA)
    plt.close(figure)
    assert_is_a_picture_without_a_date(file.getvalue())


def test_the_background_is_transparent(style):
    figure, axes = plt.subplots()
    assert figure.get_facecolor()[3] == 0
    assert axes.get_facecolor()[3] == 0
    plt.close(figure)


def test_lines_take_the_named_colours_in_their_order(style):
    figure, axes = plt.subplots()
    lines = [axes.plot([0, 1])[0].get_color() for _ in COLORS]
    assert lines == list(COLORS.values())
    plt.close(figure)


def test_the_style_does_not_depend_on_what_was_set_before():
    with plt.rc_context():
        use_style()
        expected = dict(plt.rcParams)
        plt.rcParams["lines.marker"] = "o"
        plt.rcParams["svg.hashsalt"] = "other"
        use_style()
        assert dict(plt.rcParams) == expected
