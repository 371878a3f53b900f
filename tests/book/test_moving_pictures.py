"""The pictures that move: their numbers are the book's, and every reader can use them or see them."""

import gzip
import re

import barrier_checks
import layout_checks
import numpy as np
import page_checks
import pytest
from notebooks import ROOT
from pages import SITE
from visitor import PHONE, Visitor

from cebook_utils.numerics.losses import (
    sigmoid,
    sigmoid_binary_cross_entropy,
    softmax,
    softmax_cross_entropy,
    squared_error,
)

CHAPTERS = {
    "logit": "mse-against-cross-entropy",
    "simplex": "categorical-cross-entropy",
    "temperature": "variants",
    "threshold": "multi-label",
}
EACH = pytest.mark.parametrize("name", CHAPTERS)
STATIC = ROOT / "_ext" / "theme" / "static"


@pytest.fixture(scope="module")
def visitor(browser):
    visitor = Visitor(browser)
    yield visitor
    visitor.close()


@pytest.fixture(scope="module")
def without_scripts(browser):
    visitor = Visitor(browser, scripts=False)
    yield visitor
    visitor.close()


def opened(visitor, name):
    page = visitor.open(SITE / "chapters" / f"{CHAPTERS[name]}.html")
    return page.locator(f"[data-picture={name}]")


def says(picture):
    return picture.locator(".says").inner_text().replace("\u00a0", " ")


def value(picture, name):
    return float(picture.locator(f"[name={name}]").input_value())


# The numbers.


def logit_numbers(z, y):
    p = sigmoid(z)
    return {
        "crossEntropy": sigmoid_binary_cross_entropy(z, y),
        "crossEntropySlope": p - y,
        "squaredError": squared_error(p, y),
        "squaredErrorSlope": (p - y) * p * (1 - p),
    }


def simplex_numbers(z1, z2, z3, y1, y2, y3):
    z, y = np.array([z1, z2, z3]), np.array([y1, y2, y3])
    return {"p": softmax(z), "gradient": softmax(z) - y, "loss": softmax_cross_entropy(z, y)}


def temperature_numbers(T, c):
    p = softmax(np.array([2.0, 1.0, 0.0, -1.0]) / T)
    return {"p": p, "gradient": (p - np.eye(4)[c - 1]) / T}


def threshold_numbers(u, v, s):
    """By the midpoints of many activations: no above formula, no integral."""
    a = (np.arange(100_000) + 0.5) / 100_000

    def cost(t):
        return np.where(a > t, (1 - a) * u, a * v).mean()

    t = a[np.argmax((1 - a) * u < a * v)]  # the first activation for which yes is cheaper
    return {"t": t, "least": cost(t), "here": cost(s)}


NUMBERS = [
    ("logit", logit_numbers, 1e-12, {"z": z, "y": y}) for z in (-6, -3, -0.7, 0, 2.5, 6) for y in (0, 1)
] + [
    ("simplex", simplex_numbers, 1e-12,
     dict(zip(("z1", "z2", "z3", "y1", "y2", "y3"), numbers, strict=True)))
    for numbers in ((1, 2, 3, 1, 0, 0), (-5, 5, 0, 0.2, 0.3, 0.5), (0, 0, 0, 0, 0.5, 0.5))
] + [
    ("temperature", temperature_numbers, 1e-12, {"T": T, "c": c}) for T in (0.5, 1, 5) for c in (1, 2, 4)
] + [
    ("threshold", threshold_numbers, 1e-4, {"u": u, "v": v, "s": s})
    for u, v, s in ((1, 4, 0.5), (1, 4, 0.2), (5, 1, 0), (3, 3, 1), (1.5, 2.5, 0.83))
]  # fmt: skip


def differs(found, expected, tolerance):
    assert found.keys() == expected.keys()
    return [
        key for key in expected
        if not np.allclose(found[key], expected[key], rtol=tolerance, atol=tolerance / 10)
    ]  # fmt: skip


@EACH
def test_the_script_has_the_numbers_of_the_book(visitor, name):
    opened(visitor, name)
    settings = [case for case in NUMBERS if case[0] == name]
    assert settings
    for _, by_the_book, tolerance, setting in settings:
        found = visitor.page.evaluate(f"s => PICTURES.{name}.numbers(s)", setting)
        expected = by_the_book(**setting)
        assert differs(found, expected, tolerance) == [], setting
        # A slip in any of them would be seen.
        for key in expected:
            slip = 3 * tolerance * (1 + np.abs(expected[key]))
            wrong = expected | {key: expected[key] + slip}
            assert differs(found, wrong, tolerance) == [key]


def test_what_the_text_says_of_the_temperature():
    """Beside the picture: a wrong class is pulled less and less, the right one first more."""
    temperatures = np.linspace(0.5, 5, 46)
    for c in (1, 2, 3, 4):
        pull = [-temperature_numbers(T, c)["gradient"][c - 1] for T in temperatures]
        top = np.argmax(pull)
        assert 0 < top < 45 if c == 1 else top == 0
        assert (np.diff(pull[: top + 1]) > 0).all() and (np.diff(pull[top:]) < 0).all()


# The still picture.

DRAWN = """root => [...root.querySelectorAll('[data-part], output')].map(e => [
    e.dataset.part ?? e.htmlFor.value, e.getAttribute('d'), e.getAttribute('transform'),
    e.getAttribute('x'), e.getAttribute('y'), e.getAttribute('height'), e.getAttribute('class'),
    e.children.length ? '' : e.textContent,
].map(x => x ?? ''))"""
NUMBER = re.compile(r"[-−]?\d+(?:\.\d+)?")


def same(one, other):
    """The same words, and numbers that differ by a rounding."""
    numbers = [[float(x.replace("−", "-")) for x in NUMBER.findall(text)] for text in (one, other)]
    words = [NUMBER.sub("#", text) for text in (one, other)]
    return words[0] == words[1] and np.allclose(*numbers, rtol=0, atol=0.11)


def changed(still, moving):
    return [
        one[0] for one, other in zip(still, moving, strict=True)
        if not all(map(same, one, other))
    ]  # fmt: skip


@EACH
def test_the_script_begins_with_the_still_picture(visitor, without_scripts, name):
    still = opened(without_scripts, name)
    moving = opened(visitor, name)
    drawn = still.evaluate(DRAWN)
    assert changed(drawn, moving.evaluate(DRAWN)) == []
    assert same(says(still), says(moving))
    moving.locator("input[type=range]").first.press("ArrowRight")
    moving.locator("input[type=range]").first.press("PageUp")
    assert changed(drawn, moving.evaluate(DRAWN))


@EACH
def test_without_scripts_the_picture_stands_still_and_is_described(without_scripts, name):
    picture = opened(without_scripts, name)
    panels = picture.locator("svg")
    assert panels.count() == 2
    for panel in panels.all():
        assert panel.is_visible() and panel.get_attribute("role") == "img"
        assert len(panel.get_attribute("aria-label")) > 60
    assert not picture.locator(".controls").is_visible()
    assert says(picture).endswith(".")
    assert list(page_checks.is_quiet(without_scripts)) == []


@EACH
def test_on_paper_there_are_no_controls(visitor, name):
    picture = opened(visitor, name)
    assert picture.locator(".controls").is_visible()
    visitor.page.emulate_media(media="print")
    assert not picture.locator(".controls").is_visible()
    assert picture.locator("svg").first.is_visible()
    visitor.page.emulate_media(media="screen")


# What a reader does.

HANDLES = {"logit": "z", "simplex": "y3", "threshold": "s"}


def drag(visitor, start, right, up):
    x, y, width, height = (start.bounding_box()[key] for key in ("x", "y", "width", "height"))
    mouse = visitor.page.mouse
    mouse.move(x + width / 2, y + height / 2)
    mouse.down()
    mouse.move(x + width / 2 + right, y + height / 2 - up, steps=4)
    mouse.up()


@pytest.mark.parametrize("name", HANDLES)
def test_a_point_is_dragged(visitor, name):
    picture = opened(visitor, name)
    handle = picture.locator("[role=slider]")
    handle.scroll_into_view_if_needed()
    before, words = value(picture, HANDLES[name]), says(picture)
    drag(visitor, handle, 40, 40)
    assert value(picture, HANDLES[name]) > before
    assert says(picture) != words
    at = handle.get_attribute("transform")
    visitor.page.mouse.move(0, 0)  # it was let go
    assert handle.get_attribute("transform") == at


@pytest.mark.parametrize("name", HANDLES)
def test_a_point_is_moved_by_the_arrow_keys(visitor, name):
    picture = opened(visitor, name)
    handle = picture.locator("[role=slider]")
    read_out = handle.get_attribute("aria-valuetext")
    before = value(picture, HANDLES[name])
    handle.press("ArrowUp")
    above = value(picture, HANDLES[name])
    assert above > before
    assert handle.get_attribute("aria-valuetext") != read_out
    handle.press("ArrowDown")
    assert value(picture, HANDLES[name]) < above


@pytest.mark.parametrize("name", CHAPTERS)
def test_every_slider_is_moved_by_the_keyboard(visitor, name):
    picture = opened(visitor, name)
    assert picture.locator(".says").get_attribute("aria-live") == "polite"
    for slider in picture.locator("input[type=range]").all():
        output = slider.locator("xpath=../output")
        before = output.inner_text(), says(picture)
        slider.press("ArrowRight")
        slider.press("PageUp")
        assert output.inner_text() != before[0]
        assert says(picture) != before[1]


def test_the_sentence_says_the_numbers(visitor):
    picture = opened(visitor, "logit")
    assert says(picture) == (
        "z = −3.0, y = 1: cross-entropy 3.05, slope −0.95; squared error 0.45, slope −0.04."
    )
    picture.get_by_label("0", exact=True).check()
    assert says(picture).startswith("z = −3.0, y = 0: cross-entropy 0.05, slope 0.05;")


def test_a_point_stays_in_its_picture(visitor):
    picture = opened(visitor, "logit")
    handle = picture.locator("[role=slider]")
    handle.scroll_into_view_if_needed()
    drag(visitor, handle, -900, 0)
    assert value(picture, "z") == -6
    picture = opened(visitor, "simplex")
    handle = picture.locator("[role=slider]")
    handle.scroll_into_view_if_needed()
    drag(visitor, handle, -300, 200)
    label = [value(picture, f"y{k}") for k in (1, 2, 3)]
    assert min(label) >= 0 and sum(label) == pytest.approx(1)


def test_steps_against_the_gradient_lower_the_loss_while_the_sliders_hold_them(visitor):
    picture = opened(visitor, "simplex")
    button = picture.get_by_role("button")
    z = np.array([0.2, -0.7, 0.5])
    for _ in range(3):
        button.click()
        z = (z - (softmax(z) - [1, 0, 0])).round(2)
        assert [value(picture, f"z{k}") for k in (1, 2, 3)] == pytest.approx(z)
    assert f"cross-entropy {softmax_cross_entropy(z, 0):.2f}." in says(picture)
    picture.locator("[name=z1]").press("End")
    picture.locator("[name=z2]").press("End")
    assert button.is_disabled()  # the next logit of class 1 would lie beyond its slider


def test_a_finger_drags_the_point_and_scrolls_elsewhere(browser):
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)
    page = context.new_page()
    page.goto((SITE / "chapters" / f"{CHAPTERS['simplex']}.html").as_uri())
    picture = page.locator("[data-picture=simplex]")
    handle = picture.locator("[role=slider]")
    handle.evaluate("e => e.scrollIntoView({ block: 'center' })")
    touch = context.new_cdp_session(page)

    def swipe(x, y, right, down):
        def send(kind, points):
            touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})

        send("touchStart", [{"x": x, "y": y}])
        for part in range(1, 6):
            send("touchMove", [{"x": x + right * part / 5, "y": y + down * part / 5}])
        send("touchEnd", [])

    at = handle.bounding_box()
    scrolled = page.evaluate("scrollY")
    swipe(at["x"] + at["width"] / 2, at["y"] + at["height"] / 2, 60, -60)
    label = [value(picture, f"y{k}") for k in (1, 2, 3)]
    assert label[2] > 0.2 and page.evaluate("scrollY") == scrolled
    box = picture.locator("svg").first.bounding_box()
    swipe(box["x"] + 20, box["y"] + 20, 0, 150)
    assert [value(picture, f"y{k}") for k in (1, 2, 3)] == label
    context.close()


# What every page has to be.


@EACH
def test_it_keeps_nobody_out_and_is_quiet(visitor, name):
    picture = opened(visitor, name)
    picture.locator("input[type=range]").first.press("ArrowRight")
    assert list(page_checks.stops_only_at_what_scrolls_or_acts(visitor)) == []
    checks = (*barrier_checks.CHECKS, *page_checks.AFTERWARDS)
    assert [fault for check in checks for fault in check(visitor)] == []


@EACH
@pytest.mark.parametrize("scripts", [True, False])
def test_it_fits_a_phone(browser, name, scripts):
    visitor = Visitor(browser, PHONE, scripts=scripts)
    opened(visitor, name)
    assert [fault for check in layout_checks.CHECKS for fault in check(visitor)] == []
    visitor.close()


def test_the_scripts_are_small():
    files = [*STATIC.glob("picture*.js"), STATIC.parent / "styles" / "pictures.css"]
    assert len(files) == len(CHAPTERS) + 2
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) < 10_000
