"""While a page loads, nothing on it moves, and it is light to carry."""

import gzip
import random

import pytest
from pages import each, name
from visitor import DESK, PHONE, Visitor

# At 0.1 a reader is disturbed, by Google's measure; https://web.dev/articles/cls.
MOST_SHIFT = 0.02
MOST_WEIGHT = 350_000

SHIFT = """new Promise(done => {
    let sum = 0;
    const add = list => list.getEntries().forEach(e => { sum += e.value; });
    const observer = new PerformanceObserver(add);
    observer.observe({type: 'layout-shift', buffered: true});
    // A shift is told after its frame was drawn; two frames later all are told.
    requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => {
        add({getEntries: () => observer.takeRecords()});
        done(sum);
    }, 100)));
})"""


def shift(visitor, address):
    """How much of the page moved how far while it was loading, as browsers measure it."""
    return visitor.open(address).evaluate(SHIFT)


def weight(visitor, address):
    """The bytes of a page and of all that it asks for, compressed, but for its pictures."""
    bodies = {}

    def note(response):
        if response.request.resource_type != "image":
            bodies[response.url] = response

    visitor.page.on("response", note)
    visitor.open(address)
    visitor.page.remove_listener("response", note)
    return sum(
        min(len(body), len(gzip.compress(body, 6))) for body in (x.body() for x in bodies.values())
    )


@pytest.fixture(scope="module")
def visits(browser, served):
    """A visitor with an empty cache for each size and each way to the site."""
    made = []

    def visit(size, home):
        made.append(Visitor(browser, size, home=home))
        return made[-1]

    yield visit
    for visitor in made:
        visitor.close()


@each()
@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("way", ["file", "http"])
def test_nothing_moves(visits, served, way, size, path):
    visitor = visits(size, served if way == "http" else "file:")
    address = served + name(path) if way == "http" else path
    assert shift(visitor, address) <= MOST_SHIFT
    assert visitor.complaints == visitor.outside == visitor.missing == []


@each()
def test_a_page_is_light(visits, served, path):
    assert weight(visits(DESK, served), served + name(path)) <= MOST_WEIGHT


# Each of these is shown to fail.


@pytest.fixture
def page(tmp_path):
    def write(body):
        path = tmp_path / "page.html"
        path.write_text(f"<!doctype html><title>A page</title>{body}", encoding="utf-8")
        return path

    return write


def test_what_moves_is_seen(visits, page):
    still = "<p>Words</p>" + "<script>document.title = 'Still'</script>"
    moves = """<div></div><p style='font-size: 99px'>Words that move</p><script>
        requestAnimationFrame(() => requestAnimationFrame(() => {
            document.querySelector('div').style.height = '300px'; }))</script>"""
    assert shift(visits(DESK, "file:"), page(still)) == 0
    assert shift(visits(DESK, "file:"), page(moves)) > MOST_SHIFT


def test_a_heavy_page_is_seen_but_pictures_are_not_weighed(visits, page):
    noise = random.Random(1).randbytes(MOST_WEIGHT).hex()
    heavy, drawn = page("<script src='noise.js'></script>"), "<img src='noise.svg' alt='Noise'>"
    heavy.with_name("noise.js").write_text(f"// {noise}")
    heavy.with_name("noise.svg").write_text(
        f"<svg xmlns='http://www.w3.org/2000/svg'><!-- {noise} --></svg>"
    )
    visitor = visits(DESK, "file:")
    assert weight(visitor, heavy) > MOST_WEIGHT > weight(visitor, page(drawn))
