"""The pictures that move, as they stand at first: drawn at build time from the numbers of the book.

Each is a function that returns its panels, its controls and what it says in words. The script of the
same name in the theme moves it; a test holds every number and every line of the two together.
"""

from dataclasses import dataclass
from math import sqrt

import numpy as np

from cebook_utils.numerics.losses import (
    sigmoid,
    sigmoid_binary_cross_entropy,
    softmax,
    softmax_cross_entropy,
    squared_error,
)

from .panels import Axis, Panel, vector, written


@dataclass(frozen=True)
class Slider:
    """A number that the reader sets."""

    name: str
    label: str
    low: float
    high: float
    step: float
    value: float
    digits: int = 1


@dataclass(frozen=True)
class Choice:
    """One of a few numbers."""

    name: str
    label: str
    values: tuple
    value: float


@dataclass(frozen=True)
class Kept:
    """A number that only the drag handle sets."""

    name: str
    value: float


@dataclass(frozen=True)
class Button:
    name: str
    label: str


@dataclass(frozen=True)
class Picture:
    panels: tuple
    controls: tuple
    says: str


def logit(z=-3.0, y=1):
    """Both losses of one logit, and both slopes."""
    grid = np.linspace(-6, 6, 121)
    p, ps = sigmoid(z), sigmoid(grid)
    losses = Panel(
        Axis(-6, 6, _whole(-6, -3, 0, 3, 6), "logit z"), Axis(0, 6, _whole(0, 2, 4, 6)),
        "Two losses over the logit z from −6 to 6, for one sample. Where the model is confidently "
        "wrong, the cross-entropy is a straight slope; half the squared error is flat, under a half. "
        "A short tangent at each point shows how steep its curve is there.",
        drag="z",
    )  # fmt: skip
    losses.frame("loss")
    losses.key((84, "line cool", "cross-entropy"), (206, "line warm", "squared error"))
    slopes = Panel(
        Axis(-6, 6, _whole(-6, -3, 0, 3, 6), "logit z"), Axis(-1, 1, _whole(-1, 0, 1)),
        "The slopes of the two losses over the same logit. The slope of the cross-entropy goes to a "
        "size of one where the model is confidently wrong; that of the squared error goes back to "
        "zero there.",
        drag="z",
    )  # fmt: skip
    slopes.frame("derivative in z")
    at = {
        "ce": (sigmoid_binary_cross_entropy(z, y), p - y),
        "se": (squared_error(p, y), (p - y) * p * (1 - p)),
    }
    curves = {
        "ce": (sigmoid_binary_cross_entropy(grid, y), ps - y),
        "se": (squared_error(ps, y), (ps - y) * ps * (1 - ps)),
    }
    near = np.array([max(z - 1, -6), min(z + 1, 6)])
    for panel in (losses, slopes):
        panel.upright("guide", "guide", z)
    for name, kind in (("se", "warm"), ("ce", "cool")):
        loss, slope = at[name]
        losses.curve(name, f"line {kind}", grid, curves[name][0])
        losses.curve(f"{name}-tangent", "tangent", near, loss + (near - z) * slope)
        losses.point(f"{name}-point", kind, z, loss)
        slopes.curve(name, f"line {kind}", grid, curves[name][1])
        slopes.point(f"{name}-point", kind, z, slope)
    (ce, ce_slope), (se, se_slope) = at["ce"], at["se"]
    return Picture(
        (losses, slopes),
        (Slider("z", "logit z", -6, 6, 0.1, z), Choice("y", "label y", (0, 1), y)),
        f"z = {written(z, 1)}, y = {y}: cross-entropy {written(ce)}, slope {written(ce_slope)}; "
        f"squared error {written(se)}, slope {written(se_slope)}.",
    )


def simplex(z=(0.2, -0.7, 0.5), y=(1.0, 0.0, 0.0)):
    """Three logits as a point of the triangle, the label as another, and p − y from one to the other."""
    p = softmax(z)
    triangle = Panel(
        Axis(-0.274, 1.274), Axis(-0.05, 0.91),  # of equal scales
        "A triangle whose corners are certainty of class 1, 2 and 3. A round point is the prediction "
        "p, a square one the label y; an arrow from the label to the prediction is p − y. A step of "
        "the logits against it lowers the loss.",
        drag="y",
    )  # fmt: skip
    corners = [place(corner) for corner in np.eye(3)]
    triangle.add("path", class_="axis", d=triangle.line(*zip(*corners, strict=True)) + "Z")
    for k, (x, up) in enumerate(corners):
        shift = (-38, 38, 38)[k]
        triangle.add("text", f"class {k + 1}", class_="tick-x",
                     x=f"{triangle.x(x) + shift:.1f}", y=f"{triangle.y(up) + 4:.1f}")  # fmt: skip
    (px, py), (yx, yy) = place(p), place(y)
    triangle.add("path", class_="arrow", data_part="arrow", d=_arrow(triangle, (yx, yy), (px, py)))
    triangle.name("p-name", "p", *_beyond(triangle, (yx, yy), (px, py)))
    triangle.name("y-name", "y", *_beyond(triangle, (px, py), (yx, yy)))
    triangle.point("p-point", "cool", px, py)
    triangle.point("y-point", "square", yx, yy)
    bars = Panel(
        Axis(0.4, 3.6, ((1, "class 1"), (2, "class 2"), (3, "class 3"))),
        Axis(-1.35, 1.35, _whole(-1, 0, 1)),
        "The gradient p − y as three bars, which sum to zero: negative for a class that the label "
        "has more of than the prediction, positive for the others.",
    )  # fmt: skip
    bars.frame("gradient p − y")
    bars.bars("g", ("cool", "warm"), p - np.array(y))
    return Picture(
        (triangle, bars),
        (
            *(Slider(f"z{k}", f"logit of class {k}", -5, 5, 0.01, value, 2)
              for k, value in enumerate(z, 1)),
            *(Kept(f"y{k}", value) for k, value in enumerate(y, 1)),
            Button("descend", "One step against p − y"),
        ),
        f"p = {vector(p)}, y = {vector(y)}: p\u00a0−\u00a0y = {vector(p - np.array(y))}; "
        f"cross-entropy {written(softmax_cross_entropy(np.array(z), np.array(y)))}.",
    )  # fmt: skip


def place(shares):
    """Where three shares stand in a triangle of side 1: the mean of its corners, so weighted."""
    return shares[1] + shares[2] / 2, shares[2] * sqrt(3) / 2


def temperature(T=1.0, c=2, z=(2.0, 1.0, 0.0, -1.0)):
    """A prediction at a temperature, and its gradient in the logits."""
    y = np.eye(4)[c - 1]
    p = softmax(np.array(z) / T)
    gradient = (p - y) / T
    classes = tuple((k, f"{k}: z = {written(z[k - 1], 0)}") for k in range(1, 5))
    prediction = Panel(
        Axis(0.4, 4.6, classes), Axis(0, 1.12, ((0, "0"), (0.5, "0.5"), (1, "1"))),
        "The prediction p for four classes as bars. A low temperature gives nearly everything to the "
        "largest logit; a high one makes the bars alike. Their order stays.",
    )  # fmt: skip
    prediction.frame("prediction p = softmax(z/T)")
    prediction.bars("p", ("cool", "cool"), p)
    slope = Panel(
        Axis(0.4, 4.6, classes), Axis(-2.3, 2.3, _whole(-2, -1, 0, 1, 2)),
        "The gradient (p − y)/T as bars: negative for the true class, positive for the others, and "
        "small at a high temperature.",
    )  # fmt: skip
    slope.frame("gradient (p − y)/T")
    slope.bars("g", ("cool", "warm"), gradient)
    return Picture(
        (prediction, slope),
        (Slider("T", "temperature T", 0.5, 5, 0.1, T), Choice("c", "true class", (1, 2, 3, 4), c)),
        f"T = {written(T, 1)}, true class {c}: p = {vector(p)}; (p − y)/T = {vector(gradient)}.",
    )


def threshold(u=1.0, v=4.0, s=0.5):
    """What yes and no cost on average, and what a threshold costs if all predictions are as frequent."""
    t = u / (u + v)
    ticks = ((0, "0"), (0.25, "0.25"), (0.5, "0.5"), (0.75, "0.75"), (1, "1"))
    costs = Panel(
        Axis(0, 1, ticks, "prediction p"), Axis(0, 5, _whole(0, 1, 2, 3, 4, 5)),
        "The expected cost of yes falls with the prediction, that of no rises; they cross at the "
        "cheapest threshold t. Between t and another threshold, the gap of the two lines is shaded: "
        "that much is lost there.",
        drag="s",
    )  # fmt: skip
    costs.frame("expected cost of")
    costs.key((134, "line cool", "yes"), (200, "line warm", "no"))
    ends = np.array([0.0, 1.0])
    costs.add("path", class_="lost", data_part="lost", d=costs.line(
        (t, s, s), (u * (1 - t), (1 - s) * u, s * v)) + "Z")  # fmt: skip
    costs.upright("best", "best", t)
    costs.upright("guide", "guide", s)
    costs.curve("no", "line warm", ends, v * ends)
    costs.curve("yes", "line cool", ends, u * (1 - ends))
    costs.point("s-point", "ink", s, min((1 - s) * u, s * v))
    costs.name("t", "t", costs.x(t) - 9, 40)
    grid = np.linspace(0, 1, 101)
    means = Panel(
        Axis(0, 1, ticks, "threshold"), Axis(0, 2.6, _whole(0, 1, 2)),
        "The mean cost over the threshold, a parabola with its lowest point at t.",
        drag="s",
    )  # fmt: skip
    means.frame("mean cost of a threshold")
    means.upright("best", "best", t)
    means.upright("guide", "guide", s)
    means.curve("mean", "line ink", grid, mean_cost(grid, u, v))
    means.name("t", "t", means.x(t) - 9, 40)
    means.point("t-point", "hollow", t, mean_cost(t, u, v))
    means.point("s-point", "ink", s, mean_cost(s, u, v))
    here, least = mean_cost(s, u, v), mean_cost(t, u, v)
    return Picture(
        (costs, means),
        (
            Slider("u", "cost of a false yes", 1, 5, 0.1, u),
            Slider("v", "cost of a false no", 1, 5, 0.1, v),
            Slider("s", "your threshold", 0, 1, 0.01, s, 2),
        ),
        f"The cheapest threshold is t = {written(t)}, with a mean cost of {written(least, 3)}; yours, "
        f"{written(s)}, costs {written(here, 3)}, which is {written(here - least, 3)} more.",
    )


def mean_cost(t, u, v):
    """Yes above t and no below, over predictions from 0 to 1: ∫ (1 − p)u above, ∫ pv below."""
    return u * (1 - t) ** 2 / 2 + v * t**2 / 2


def _whole(*values):
    return tuple((value, written(value, 0)) for value in values)


def _arrow(panel, start, end):
    """A line with a head of two strokes, which ends outside the points; none where they meet."""
    x0, y0, x1, y1 = (*_at(panel, start), *_at(panel, end))
    length, ex, ey = _direction(panel, start, end)
    if length < 26:
        return ""
    x1, y1 = x1 - 9 * ex, y1 - 9 * ey
    x0, y0 = x0 + 9 * ex, y0 + 9 * ey
    left = x1 - 9 * ex + 5 * ey, y1 - 9 * ey - 5 * ex
    right = x1 - 9 * ex - 5 * ey, y1 - 9 * ey + 5 * ex
    return (f"M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}"
            f"M{left[0]:.1f} {left[1]:.1f}L{x1:.1f} {y1:.1f}L{right[0]:.1f} {right[1]:.1f}")  # fmt: skip


def _beyond(panel, start, end):
    """A place for the name of the end, away from the start."""
    _, ex, ey = _direction(panel, start, end)
    x, y = _at(panel, end)
    return x + 16 * ex, y + 16 * ey


def _direction(panel, start, end):
    """How far it is from start to end on the page, and the unit vector; upwards if they meet."""
    (x0, y0), (x1, y1) = _at(panel, start), _at(panel, end)
    length = sqrt((x1 - x0) ** 2 + (y1 - y0) ** 2)
    return (length, (x1 - x0) / length, (y1 - y0) / length) if length else (0, 0, -1)


def _at(panel, point):
    return panel.x(point[0]), panel.y(point[1])


PICTURES = {draw.__name__: draw for draw in (logit, simplex, temperature, threshold)}
