"""Whether two pictures in the outputs of notebooks show the same.

Two processors round differently in the last place, and so do two versions of a library: a curve may
then move by a millionth of its width, and an identifier made from it changes altogether. Neither can
be seen. What can be seen must be equal: the elements and their order, texts, colours, dashes, and
what refers to what.
"""

import base64
import binascii
import io
import re
from xml.etree import ElementTree

import numpy as np
from PIL import Image, UnidentifiedImageError

# In units of the picture, of which one is a point in print. A line is 2 wide.
LENGTH_TOLERANCE = 0.05
# Of what multiplies lengths of up to 5,000, those of the glyphs.
FACTOR_TOLERANCE = LENGTH_TOLERANCE / 5_000

LEVEL_TOLERANCE = 2  # of 255
PIXEL_TOLERANCE = 0.001  # the part of the pixels that may be off by more levels

# The attributes and properties that are made of lengths.
LENGTHS = {
    *("d", "points", "viewBox", "width", "height", "stroke-width"),
    *("x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "rx", "ry"),
}

_NUMBER = re.compile(r"(?<![\w#.])[-+]?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?", re.IGNORECASE)
_FUNCTION = re.compile(r"(\w+)\(([^)]*)\)")
_REFERENCE = re.compile(r"url\(#([^)]*)\)")
_PNG_ADDRESS = "data:image/png;base64,"


def difference(mime, stored, fresh):
    """The first difference that can be seen between two outputs of this media type, or None."""
    return next(FAULTS[mime](stored, fresh), None)


def _svg_faults(stored, fresh):
    try:
        one, other = _parse(stored), _parse(fresh)
    except ElementTree.ParseError as error:
        yield f"it is no XML: {error}"
    else:
        yield from _element_faults(one, other, Renaming(), "svg")


def _parse(svg):
    # Comments count: Matplotlib says in them which text its outlines draw.
    builder = ElementTree.TreeBuilder(insert_comments=True, insert_pis=True)
    return ElementTree.fromstring(svg, ElementTree.XMLParser(target=builder))


class Renaming:
    """One-to-one between the identifiers of two pictures; it grows with each pair that it is asked."""

    def __init__(self):
        self._fresh, self._stored = {}, {}

    def holds(self, stored, fresh):
        return (
            self._fresh.setdefault(stored, fresh) == fresh
            and self._stored.setdefault(fresh, stored) == stored
        )


def _element_faults(stored, fresh, renaming, place):
    if stored.tag != fresh.tag:
        yield f"{place} is {_name(stored)} in one and {_name(fresh)} in the other"
        return
    for part in ("text", "tail"):
        one, other = ((getattr(element, part) or "").strip() for element in (stored, fresh))
        if one != other:
            yield f"the {part} of {place}: {one!r} and {other!r}"
    if stored.attrib.keys() != fresh.attrib.keys():
        yield f"the attributes of {place}: {sorted(stored.attrib)} and {sorted(fresh.attrib)}"
        return
    for name, value in stored.attrib.items():
        if not _same_attribute(name.rpartition("}")[2], value, fresh.attrib[name], renaming):
            yield f"{name} of {place}: {value!r} and {fresh.attrib[name]!r}"
    if len(stored) != len(fresh):
        yield f"{place} has {len(stored)} parts in one and {len(fresh)} in the other"
        return
    for number, (one, other) in enumerate(zip(stored, fresh, strict=True), 1):
        yield from _element_faults(one, other, renaming, f"{place}/{_name(one)}[{number}]")


def _name(element):
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else "comment"


def _same_attribute(name, stored, fresh, renaming):
    if name == "id":
        return renaming.holds(stored, fresh)
    if name == "href" and stored.startswith("#") and fresh.startswith("#"):
        return renaming.holds(stored[1:], fresh[1:])
    if name == "href" and stored.startswith(_PNG_ADDRESS) and fresh.startswith(_PNG_ADDRESS):
        encoded = (address.removeprefix(_PNG_ADDRESS) for address in (stored, fresh))
        return difference("image/png", *encoded) is None
    if name == "style":
        one, other = stored.split(";"), fresh.split(";")
        return len(one) == len(other) and all(
            _same_property(*pair, renaming) for pair in zip(one, other, strict=True)
        )
    if name == "transform":
        return _same_transform(stored, fresh)
    if name in LENGTHS:
        return _same_numbers(stored, fresh, LENGTH_TOLERANCE)
    return _same_references(stored, fresh, renaming)


def _same_property(stored, fresh, renaming):
    name, _, value = (part.strip() for part in stored.partition(":"))
    other_name, _, other_value = (part.strip() for part in fresh.partition(":"))
    if name != other_name:
        return False
    if name in LENGTHS:
        return _same_numbers(value, other_value, LENGTH_TOLERANCE)
    return _same_references(value, other_value, renaming)


def _same_transform(stored, fresh):
    one, other = _FUNCTION.findall(stored), _FUNCTION.findall(fresh)
    return _FUNCTION.sub(r"\1", stored).split() == _FUNCTION.sub(r"\1", fresh).split() and all(
        _same_numbers(values, others, LENGTH_TOLERANCE if name == "translate" else FACTOR_TOLERANCE)
        for (name, values), (_, others) in zip(one, other, strict=True)
    )


def _same_numbers(stored, fresh, tolerance):
    """Whether the texts differ in nothing but their numbers, and these by no more than allowed."""
    if _NUMBER.sub("0", stored).split() != _NUMBER.sub("0", fresh).split():
        return False
    one, other = (np.array(_NUMBER.findall(text), float) for text in (stored, fresh))
    return bool(np.all(np.abs(one - other) <= tolerance))


def _same_references(stored, fresh, renaming):
    """Whether the texts differ in nothing but the identifiers they refer to."""
    return _REFERENCE.sub("url()", stored) == _REFERENCE.sub("url()", fresh) and all(
        renaming.holds(*pair)
        for pair in zip(_REFERENCE.findall(stored), _REFERENCE.findall(fresh), strict=True)
    )


def _png_faults(stored, fresh):
    try:
        one, other = _pixels(stored), _pixels(fresh)
    except (binascii.Error, UnidentifiedImageError, OSError, SyntaxError) as error:
        yield f"it is no PNG: {error}"
        return
    if one.shape != other.shape:
        yield f"the size: {one.shape[1::-1]} and {other.shape[1::-1]} pixels"
        return
    off = np.abs(one - other).max(axis=2) > LEVEL_TOLERANCE
    if off.mean() > PIXEL_TOLERANCE:
        yield f"{off.sum()} of {off.size} pixels differ by more than {LEVEL_TOLERANCE} levels"


def _pixels(encoded):
    with Image.open(io.BytesIO(base64.b64decode(encoded)), formats=["PNG"]) as image:
        return np.asarray(image.convert("RGBA"), int)


# For the media types of pictures, what yields the differences.
FAULTS = {"image/svg+xml": _svg_faults, "image/png": _png_faults}
