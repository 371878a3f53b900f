"""A small drawing in SVG: axes, curves, points, bars. Its colours are classes that the theme fills in.

What moves has a name, `data-part`: the scripts of the theme find it by this name and set the same
attributes that were set here, with the scales of `data-x` and `data-y`.
"""

from dataclasses import dataclass
from xml.etree.ElementTree import Element

WIDTH, HEIGHT = 320, 236
LEFT, RIGHT, TOP, BOTTOM = 38, 312, 30, 200


@dataclass(frozen=True)
class Axis:
    """The numbers from low to high, the ones that are written, and what they count."""

    low: float
    high: float
    ticks: tuple = ()
    label: str = ""


class Panel:
    """One drawing with the axes x and y; `alt` says in words what it shows."""

    def __init__(self, x, y, alt, drag=None, **attributes):
        self.axes = x, y
        self.svg = element(
            "svg", class_="plot", role="img", viewBox=f"0 0 {WIDTH} {HEIGHT}",
            aria_label=alt, data_x=f"{x.low} {x.high}", data_y=f"{y.low} {y.high}", data_drag=drag,
            **attributes,
        )  # fmt: skip

    def x(self, value):
        low, high = self.axes[0].low, self.axes[0].high
        return LEFT + (value - low) / (high - low) * (RIGHT - LEFT)

    def y(self, value):
        low, high = self.axes[1].low, self.axes[1].high
        return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP)

    def add(self, kind, text=None, /, **attributes):
        added = element(kind, **attributes)
        added.text = text
        self.svg.append(added)
        return added

    def frame(self, title):
        """Both axes with their ticks, and the title above them."""
        x, y = self.axes
        for value, written in x.ticks:
            self.add("text", written, class_="tick-x", x=f"{self.x(value):.1f}", y=BOTTOM + 16)
        for value, written in y.ticks:
            at = f"{self.y(value):.1f}"
            self.add("path", class_="grid", d=f"M{LEFT} {at}H{RIGHT}")
            self.add("text", written, class_="tick-y", x=LEFT - 6, y=f"{self.y(value) + 4:.1f}")
        self.add("path", class_="axis", d=f"M{LEFT} {BOTTOM}H{RIGHT}")
        self.add("text", x.label, class_="label", x=(LEFT + RIGHT) / 2, y=HEIGHT - 3)
        self.add("text", title, class_="title", x=LEFT - 30, y=14)

    def key(self, *entries):
        """What the kinds of line mean: at x, a line of this class, and its name."""
        for x, kind, words in entries:
            self.add("path", class_=kind, d=f"M{x} 10h18")
            self.add("text", words, class_="key", x=x + 23, y=14)

    def curve(self, part, kind, xs, ys):
        self.add("path", class_=kind, data_part=part, d=self.line(xs, ys))

    def line(self, xs, ys):
        points = zip(xs, ys, strict=True)
        return "M" + "L".join(f"{self.x(x):.1f} {self.y(y):.1f}" for x, y in points)

    def upright(self, part, kind, x):
        self.add("path", class_=kind, data_part=part, d=f"M{self.x(x):.1f} {TOP}V{BOTTOM}")

    def point(self, part, kind, x, y):
        at = f"translate({self.x(x):.1f} {self.y(y):.1f})"
        point = self.add("g", class_=f"point {kind}", data_part=part, transform=at)
        point.append(element("circle", class_="halo", r=18))
        if kind == "square":
            point.append(element("rect", x=-6, y=-6, width=12, height=12))
        else:
            point.append(element("circle", r=6))

    def name(self, part, words, x, y):
        """A letter in the middle of a place."""
        self.add("text", words, class_="name", data_part=part, x=f"{x:.1f}", y=f"{y + 5:.1f}")

    def bars(self, part, kinds, values):
        """A bar for each class 1, 2, … from zero to its value, with the value at its end."""
        for k, value in enumerate(values, 1):
            kind = kinds[int(value < 0)]
            x, zero, end = self.x(k), self.y(0), self.y(value)
            self.add("rect", class_=f"bar {kind}", data_part=f"{part}{k}", x=f"{x - 14:.1f}", width=28,
                     y=f"{min(zero, end):.1f}", height=f"{abs(zero - end):.1f}")  # fmt: skip
            at = end - 5 if value >= 0 else end + 14
            self.add("text", written(value), class_="value", data_part=f"{part}{k}-value",
                     x=f"{x:.1f}", y=f"{at:.1f}")  # fmt: skip


def element(kind, /, **attributes):
    """An element; `class_` is written with a stroke, and None leaves an attribute out."""
    made = Element(kind)
    for key, value in attributes.items():
        if value is not None:
            made.set({"viewBox": key}.get(key, key.rstrip("_").replace("_", "-")), f"{value}")
    return made


def inside(parent, kind, text=None, /, **attributes):
    """An element in another."""
    made = element(kind, **attributes)
    made.text = text
    parent.append(made)
    return made


def written(value, digits=2):
    """A number as a reader knows it, with a minus sign, and with none before a zero."""
    text = f"{value:.{digits}f}"
    return text.lstrip("-") if float(text) == 0 else text.replace("-", "−")


def vector(values, digits=2):
    return "(" + ", ".join(written(value, digits) for value in values) + ")"
