"""The pictures of the README show what the first page shows now, as they were drawn from it."""

import re

import numpy as np
import pictures
import pytest
from notebooks import ROOT
from PIL import Image

NAMES = sorted(pictures.PICTURES)


@pytest.fixture(scope="module")
def page():
    return pictures.PAGE.read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def drawn(browser_path):
    return {name: (image, facts) for name, image, facts in pictures.drawn(browser_path)}


def faults(name, file, page):
    """What can be said against a picture without a browser."""
    image, facts = pictures.decoded(file)
    if facts.get("Source") != pictures.source(name, page):
        yield "it was drawn from another page: run `make pictures`"
    if facts.get("Digest") != pictures.digest(image):
        yield "it was changed since it was drawn: run `make pictures`"


def same_hand(facts, others):
    """Whether two pictures were drawn by the same browser in the same fonts."""
    return all(facts.get(fact) == others[fact] for fact in ("Software", "Fonts"))


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_is_of_this_page_and_as_it_was_drawn(name, page):
    assert list(faults(name, pictures.FOLDER / name, page)) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_picture_drawn_again_looks_alike(name, drawn):
    image, facts = pictures.decoded(pictures.FOLDER / name)
    again, facts_now = drawn[name]
    assert facts["Source"] == facts_now["Source"]
    if not same_hand(facts, facts_now):
        pytest.skip(f"{name} was drawn by {facts['Software']}, which is not the browser here")
    assert pictures.look_alike(image, again)


def test_the_readme_shows_these_pictures_and_describes_them():
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"!\[([^]]+)\]\(docs/([^)]+)\)", readme)
    assert sorted(name for _, name in shown) == NAMES
    assert sorted(path.name for path in pictures.FOLDER.glob("*.png")) == NAMES
    assert all(len(words.split()) > 10 for words, _ in shown)


# Each of these is shown to fail.


@pytest.mark.parametrize(
    ("name", "here", "there"),
    [
        ("checked.png", "labels sum to one", "labels sum to two"),
        ("refuted.png", "−0.26", "−0.27"),
    ],
)  # fmt: skip
def test_a_picture_of_another_page_is_found(name, page, here, there):
    assert here in page
    assert list(faults(name, pictures.FOLDER / name, page.replace(here, there)))


def test_a_picture_that_was_painted_over_is_found(tmp_path, page):
    image, facts = pictures.decoded(pictures.FOLDER / "checked.png")
    image.putpixel((9, 9), (200, 0, 0))
    (tmp_path / "checked.png").write_bytes(pictures.encoded(image, facts))
    assert list(faults("checked.png", tmp_path / "checked.png", page))


def test_a_picture_without_facts_is_found(tmp_path, page):
    image, _ = pictures.decoded(pictures.FOLDER / "checked.png")
    image.save(tmp_path / "checked.png")
    assert len(list(faults("checked.png", tmp_path / "checked.png", page))) == 2


def marks(*boxes, size=(101, 57)):
    """A white image with black boxes: left, upper, right, lower."""
    image = Image.new("RGB", size, "white")
    for box in boxes:
        image.paste("black", box)
    return image


TWO_MINUSES = ((20, 30, 36, 32), (60, 30, 76, 32))


def test_a_picture_looks_like_itself_with_smoother_edges():
    image = marks(*TWO_MINUSES)
    levels = np.asarray(image, int) + np.random.default_rng(5).integers(-4, 5, (57, 101, 3))
    smoother = Image.fromarray(levels.clip(0, 255).astype(np.uint8))
    assert pictures.look_alike(image, image) and pictures.look_alike(image, smoother)


@pytest.mark.parametrize(
    "other",
    [
        marks(TWO_MINUSES[0]),
        marks(*TWO_MINUSES, (97, 53, 101, 57)),
        marks((20, 34, 36, 36), TWO_MINUSES[1]),
        marks(*TWO_MINUSES, size=(101, 58)),
        Image.new("RGB", (101, 57), "white"),
    ],
    ids=["a lost minus", "a mark in the corner", "a moved minus", "another size", "blank"],
)
def test_another_picture_does_not_look_alike(other):
    assert not pictures.look_alike(marks(*TWO_MINUSES), other)
