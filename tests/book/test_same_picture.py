"""What cannot be seen is no difference between two pictures; what can be seen is one."""

import base64
import io
import re

import numpy as np
import pytest
from PIL import Image
from same_picture import Renaming, difference

# Two curves, of which one is clipped and dashed, a marker, a hatch, and a label in outlines.
SVG = """<?xml version="1.0" encoding="utf-8" standalone="no"?>
<svg xmlns:xlink="http://www.w3.org/1999/xlink" width="352.4pt" height="348pt"
 viewBox="0 0 352.4 348" xmlns="http://www.w3.org/2000/svg" version="1.1">
 <defs><style type="text/css">*{stroke-linejoin: round}</style></defs>
 <g id="line2d_1"><path d="M 10.5 20 L 30 -4.25e1 " clip-path="url(#p1234567890)"
  style="fill: none; stroke-dasharray: 7.4,3.2; stroke-dashoffset: 0; stroke: #0072b2; stroke-width: 2"/></g>
 <g id="line2d_2"><path d="M 10.5 20 L 30 44 " style="fill: none; stroke: #d55e00; stroke-width: 2"/></g>
 <g id="line2d_3"><use xlink:href="#mabcdef0123" x="57.6" y="20" style="opacity: 0.5; fill: url(#h0123456789)"/></g>
 <g id="text_1"><!-- logit $z$ --><g transform="translate(20 30) rotate(-90) scale(0.11 -0.11)">
  <path d="M 100 2000 L 3000 40"/></g></g>
 <image xlink:href="data:image/png;base64,PICTURE" x="10" y="20" width="30" height="40"/>
 <defs>
  <clipPath id="p1234567890"><rect x="10" y="20" width="300" height="200"/></clipPath>
  <clipPath id="p0000000000"><rect x="10" y="20" width="300" height="200"/></clipPath>
  <path id="mabcdef0123" d="M 0 3.5"/>
  <pattern id="h0123456789" patternUnits="userSpaceOnUse"><rect fill="none"/></pattern>
 </defs>
</svg>
"""


def png(pixels):
    file = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(file, "PNG")
    return base64.b64encode(file.getvalue()).decode()


PIXELS = np.random.default_rng(7).integers(0, 256, (50, 40, 4))
SVG = SVG.replace("PICTURE", png(PIXELS))


def replaced(old, new):
    assert old in SVG
    return SVG.replace(old, new)


def swapped_lines():
    first, second = re.findall(r'<path d="M 10.5.*?/>', SVG, re.DOTALL)
    return replaced(first, "FIRST").replace(second, first).replace("FIRST", second)


def pixels_with(count, step):
    """So many pixels of the picture of 2,000, moved by so many levels in one channel."""
    changed = PIXELS.copy()
    flat = changed.reshape(-1, 4)
    flat[:count, 0] = np.where(
        flat[:count, 0] < 128, flat[:count, 0] + step, flat[:count, 0] - step
    )
    return png(changed)


UNSEEN = {
    "itself": SVG,
    "a point moved by rounding": replaced("-4.25e1", "-42.499999"),
    "a point moved by 0.04": replaced("M 10.5 20", "M 10.54 19.96"),
    "another size by rounding": replaced("352.4", "352.400001"),
    "a label moved by rounding": replaced("translate(20 30)", "translate(20.01 29.99)"),
    "a scale by rounding": replaced("scale(0.11 -0.11)", "scale(0.110001 -0.11)"),
    "another identifier": replaced("p1234567890", "p9876543210"),
    "all identifiers": re.sub(r"\b([pmh])([0-9a-f]{10})", r"\2\1", SVG),
    "another layout of the file": replaced("\n ", "\n     "),
    "an embedded picture with one pixel off": replaced(png(PIXELS), pixels_with(1, 9)),
}

SEEN = {
    "a point moved by 1": replaced("-4.25e1", "-4.15e1"),
    "a point moved by 0.06": replaced("M 10.5 20", "M 10.56 20"),
    "a point that is no number": replaced("M 10.5 20", "M nan 20"),
    "a point more": replaced("L 30 44", "L 30 44 L 30 44"),
    "a curve in place of a line": replaced("L 30 44", "Q 30 44"),
    "a colour": replaced("#d55e00", "#d55e01"),
    "a colour of digits": replaced("#0072b2", "#0072b3"),
    "an opacity": replaced("opacity: 0.5", "opacity: 0.51"),
    "a width of a line": replaced("#d55e00; stroke-width: 2", "#d55e00; stroke-width: 2.1"),
    "a dash": replaced("7.4,3.2", "7.4,3.21"),
    "where the dashes start": replaced("dashoffset: 0", "dashoffset: 0.01"),
    "no dashes": replaced("stroke-dasharray: 7.4,3.2; ", ""),
    "a label": replaced("logit $z$", "logit $y$"),
    "the outline of a label": replaced("3000 40", "3000 41"),
    "the size of a label": replaced("scale(0.11 -0.11)", "scale(0.12 -0.12)"),
    "the angle of a label": replaced("rotate(-90)", "rotate(-89.99)"),
    "another kind of transform": replaced("rotate(-90)", "skewX(-90)"),
    "a label moved": replaced("translate(20 30)", "translate(21 30)"),
    "a transform less": replaced("rotate(-90) ", ""),
    "a path less": replaced('<path d="M 100 2000 L 3000 40"/>', ""),
    "a path more": replaced('<g id="line2d_2">', '<g id="line2d_2"><path d="M 1 2"/>'),
    "a path that is a rectangle": replaced('<path id="mabc', '<rect id="mabc'),
    "an attribute less": replaced(' clip-path="url(#p1234567890)"', ""),
    "two lines swapped": swapped_lines(),
    "a style of the whole": replaced("linejoin: round", "linejoin: bevel"),
    "the text after an element": replaced("</style>", "</style>x"),
    "another size": replaced('width="352.4pt"', 'width="353.4pt"'),
    "another unit": replaced("352.4pt", "352.4px"),
    "a clip that is another one": replaced("url(#p1234567890)", "url(#p0000000000)"),
    "a clip that is not there": replaced("url(#p1234567890)", "url(#p5555555555)"),
    "a marker that is another one": replaced('href="#mabcdef0123"', 'href="#h0123456789"'),
    "a hatch that is another one": replaced("fill: url(#h0123456789)", "fill: url(#mabcdef0123)"),
    "two identifiers that become one": replaced("p0000000000", "p1234567890"),
    "an embedded picture": replaced(png(PIXELS), pixels_with(3, 9)),
    "an embedded picture that is none": replaced(png(PIXELS), "AAAA"),
    "no XML": SVG[:-10],
}


@pytest.mark.parametrize("change", UNSEEN)
def test_what_cannot_be_seen_is_no_difference(change):
    assert difference("image/svg+xml", SVG, UNSEEN[change]) is None
    assert difference("image/svg+xml", UNSEEN[change], SVG) is None


@pytest.mark.parametrize("change", SEEN)
def test_what_can_be_seen_is_a_difference(change):
    assert SEEN[change] != SVG
    assert difference("image/svg+xml", SVG, SEEN[change])
    assert difference("image/svg+xml", SEEN[change], SVG)


def test_the_difference_says_where_it_is():
    moved = SEEN["a colour"]
    assert difference("image/svg+xml", SVG, moved).startswith("style of svg/g[3]/path[1]: 'fill")


def test_a_renaming_is_one_to_one():
    renaming = Renaming()
    assert renaming.holds("p1", "a")
    assert renaming.holds("p2", "b")
    assert renaming.holds("p1", "a")
    assert not renaming.holds("p1", "b")
    assert not renaming.holds("p3", "a")


# Of 2,000 pixels, 2 are 0.1 %.
@pytest.mark.parametrize(("count", "step"), [(0, 0), (2000, 2), (2, 100)])
def test_pixels_that_are_no_difference(count, step):
    assert difference("image/png", png(PIXELS), pixels_with(count, step)) is None


@pytest.mark.parametrize(("count", "step"), [(3, 3), (2000, 3), (3, 100)])
def test_pixels_that_are_a_difference(count, step):
    found = difference("image/png", png(PIXELS), pixels_with(count, step))
    assert found == f"{count} of 2000 pixels differ by more than 2 levels"


@pytest.mark.parametrize("other", [PIXELS[1:], PIXELS[:, 1:], PIXELS.reshape(40, 50, 4)])
def test_another_size_is_a_difference(other):
    assert difference("image/png", png(PIXELS), png(other)).startswith("the size: (40, 50)")


@pytest.mark.parametrize("broken", ["", "AAAA", "?", png(PIXELS)[:100]])
def test_what_is_no_png_is_a_difference(broken):
    assert difference("image/png", png(PIXELS), broken).startswith("it is no PNG")
