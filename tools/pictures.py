"""Draw the two pictures of the README from the built first page: a checked and a refuted step.

    python tools/pictures.py

Each bears what it was drawn from, by which browser and in which fonts, so that a test can tell a
picture of an older page, and knows when two drawings have to be the same.
"""

import hashlib
import io

import command
import numpy as np
from bs4 import BeautifulSoup
from chromium import find, launch
from notebooks import ROOT
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from playwright.sync_api import sync_playwright

FOLDER = ROOT / "docs"
PAGE = ROOT / "_build" / "html" / "index.html"
PICTURES = {
    "checked.png": ".card:not(.no)",
    "refuted.png": ".card.no",
}

# Two drawings by one browser may differ in how an edge is smoothed. A lost minus, the smallest
# mark there is, darkens a block of so many pixels by a quarter of all levels.
BLOCK = 8
LEVELS = 16


def source(name, html):
    """A hash of what the last part of the page that fits shows, its formulas element by element."""
    (*_, part) = BeautifulSoup(html, "html.parser").select(PICTURES[name])
    for fold in part.select("details"):
        fold.decompose()
    return hashlib.sha256(" ".join(str(part).split()).encode()).hexdigest()


def digest(image):
    return hashlib.sha256(image.tobytes()).hexdigest()


def drawn(path):
    """Name, image and facts of each picture, drawn by the browser at this path."""
    html = PAGE.read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = launch(playwright, path)
        page = browser.new_page(
            color_scheme="light",
            reduced_motion="reduce",  # the ticks are there at once
            device_scale_factor=2,
            viewport={"width": 1100, "height": 900},
        )
        page.goto(PAGE.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        for name, selector in PICTURES.items():
            part = page.locator(selector).last
            image = Image.open(io.BytesIO(part.screenshot())).convert("RGB")
            facts = {
                "Source": source(name, html),
                "Software": f"{playwright.chromium.name} {browser.version}",
                "Fonts": fonts(page, part),
                "Digest": digest(image),
            }
            yield name, image, facts
        browser.close()


def fonts(page, part):
    """The fonts of this machine, or of the page, in which a part of the page is set."""
    part.evaluate("part => part.dataset.drawn = ''")
    session = page.context.new_cdp_session(page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    query = {"nodeId": root, "selector": "[data-drawn] *, [data-drawn]"}
    nodes = session.send("DOM.querySelectorAll", query)["nodeIds"]
    used = {
        font["familyName"]
        for node in nodes
        for font in session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
    }
    part.evaluate("part => delete part.dataset.drawn")
    return ", ".join(sorted(used))


def encoded(image, facts):
    """A PNG file that bears its facts."""
    chunks = PngInfo()
    for key, value in facts.items():
        chunks.add_itxt(key, value)
    file = io.BytesIO()
    image.save(file, "PNG", pnginfo=chunks, optimize=True)
    return file.getvalue()


def decoded(file):
    """The image of a PNG file and its facts."""
    with Image.open(file) as image:
        image.load()
        return image.convert("RGB"), dict(image.text)


def look_alike(one, other):
    """Whether two images differ nowhere by more than the smoothing of edges."""
    if one.size != other.size:
        return False
    off = abs(np.asarray(one, int) - np.asarray(other, int)).max(axis=2)
    height, width = (side - side % -BLOCK for side in off.shape)
    off = np.pad(off, ((0, height - off.shape[0]), (0, width - off.shape[1])))
    blocks = off.reshape(height // BLOCK, BLOCK, width // BLOCK, BLOCK).mean(axis=(1, 3))
    return bool(blocks.max() <= LEVELS)


def main():
    FOLDER.mkdir(exist_ok=True)
    for name, image, facts in drawn(find()):
        command.write(FOLDER / name, encoded(image, facts))
        print(f"{name}: {image.width} × {image.height}, {facts['Software']}, {facts['Fonts']}")


if __name__ == "__main__":
    command.run(main)
