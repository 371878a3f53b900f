"""What other programs read of the site, without an address and published in a folder of a host."""

import http.server
import json
import os
import shutil
import subprocess
import sys
import threading
from functools import partial
from pathlib import Path
from urllib.parse import urljoin, urlsplit
from xml.etree import ElementTree

import pytest
import yaml
from book_site import running, share_pictures
from bs4 import BeautifulSoup
from notebooks import ROOT
from PIL import Image
from playwright.sync_api import expect

ADDRESS = "https://example.org/books/entropy/"
PAGES = ("intro.ipynb", "entropy.ipynb", "glossary.md")
ENTROPY = "chapters/entropy.html"
BOOK = Path(sys.executable).with_name("jupyter-book")


def build(folder, address="", **settings):
    """Three pages of the book, as they are published."""
    (folder / "chapters").mkdir()
    for name in PAGES:
        shutil.copy(ROOT / "chapters" / name, folder / "chapters")
    for name in ("references.bib", "CITATION.cff"):
        shutil.copy(ROOT / name, folder)
    for name in ("_ext", "live"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    config = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8")) | settings
    (folder / "_config.yml").write_text(yaml.safe_dump(config), encoding="utf-8")
    files = [{"file": "chapters/entropy"}, {"file": "chapters/glossary"}]
    parts = [{"caption": "Surprise", "chapters": files}]
    toc = {"format": "jb-book", "root": "chapters/intro", "parts": parts}
    (folder / "_toc.yml").write_text(yaml.safe_dump(toc), encoding="utf-8")
    return build_again(folder, address)


def build_again(folder, address=""):
    done = subprocess.run(
        [BOOK, "build", ".", "--quiet"],
        cwd=folder, env=os.environ | {"BOOK_URL": address}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return folder / "_build" / "html"


@pytest.fixture(scope="module")
def unpublished(tmp_path_factory):
    return build(tmp_path_factory.mktemp("unpublished"))


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    return build(
        tmp_path_factory.mktemp("published"),
        ADDRESS,
        repository={"url": "https://github.com/someone/book", "branch": "main"},
        launch_buttons={
            "colab_url": "https://colab.research.google.com",
            "binderhub_url": "https://mybinder.org",
            "jupyterlite_url": "https://example.org/lite/",
        },
    )


def test_a_book_in_which_nothing_changed_is_built_again(unpublished):
    before = (unpublished / "_static" / "search-index.js").read_text(encoding="utf-8")
    assert build_again(unpublished.parents[1]) == unpublished
    assert (unpublished / "_static" / "search-index.js").read_text(encoding="utf-8") == before


def read(site, page):
    return BeautifulSoup((site / page).read_text(encoding="utf-8"), "html.parser")


def said(page, name):
    """The contents of all meta elements of a name or a property."""
    return [
        meta["content"]
        for meta in page.select("meta[content]")
        if name in (meta.get("name"), meta.get("property"))
    ]


def canonical(page):
    return [link["href"] for link in page.select("link[rel=canonical]")]


def data(page):
    (block,) = page.select('script[type="application/ld+json"]')
    return json.loads(block.string)


@pytest.mark.parametrize("site", ["unpublished", "published"])
def test_the_first_page_is_index_html_itself(site, request):
    site = request.getfixturevalue(site)
    page = read(site, "index.html")
    assert page.h1 and not page.select('meta[http-equiv="Refresh" i]')
    assert not (site / "chapters" / "intro.html").exists()
    assert page.select_one('.panel a[href="chapters/entropy.html"]')
    assert read(site, ENTROPY).select_one("a.brand")["href"] == "../index.html"


def test_the_search_opens_the_first_page_by_its_address(unpublished):
    index = (unpublished / "_static" / "search-index.js").read_text(encoding="utf-8")
    assert "index.html" in index and "intro.html" not in index


def test_without_an_address_nothing_names_one(unpublished):
    assert not (unpublished / "sitemap.xml").exists() and not (unpublished / "404.html").exists()
    assert not list(unpublished.glob("_images/share-*"))
    for path in ("index.html", ENTROPY):
        page = read(unpublished, path)
        assert canonical(page) == []
        assert not [x for x in page.select("meta[property]") if x["property"].startswith("og:")]
        assert not page.select("a.runs")
        assert "url" not in data(page)


def test_each_page_has_one_address(published):
    assert canonical(read(published, "index.html")) == [ADDRESS]
    assert canonical(read(published, ENTROPY)) == [ADDRESS + ENTROPY]
    for path in ("search.html", "404.html"):
        assert canonical(read(published, path)) == []


def test_the_sitemap_lists_the_canonical_addresses(published):
    places = ElementTree.parse(published / "sitemap.xml").findall(".//{*}loc")
    assert [place.text for place in places] == [
        ADDRESS, ADDRESS + ENTROPY, ADDRESS + "chapters/glossary.html",
    ]  # fmt: skip


@pytest.mark.parametrize("site", ["unpublished", "published"])
@pytest.mark.parametrize("path", ["index.html", ENTROPY, "chapters/glossary.html"])
def test_a_page_is_described_once_and_in_words(site, path, request):
    (words,) = said(read(request.getfixturevalue(site), path), "description")
    assert len(words.split()) > 5
    assert not set("\\${}<") & set(words)


@pytest.mark.parametrize("site", ["unpublished", "published"])
def test_a_page_says_how_it_is_cited(site, request):
    site = request.getfixturevalue(site)
    home, page = read(site, "index.html"), read(site, ENTROPY)
    facts = yaml.safe_load((ROOT / "CITATION.cff").read_text(encoding="utf-8"))
    assert said(home, "citation_title") == [facts["title"]]
    assert said(page, "citation_title") == [page.h1.get_text().removesuffix("¶")]
    assert said(page, "citation_inbook_title") == [facts["title"]]
    assert said(page, "citation_author") == [author["name"] for author in facts["authors"]]
    assert data(home)["@type"] == "Book" and data(home)["name"] == facts["title"]
    assert data(page)["@type"] == "Chapter" and data(page)["position"] == 1
    assert data(page)["isPartOf"]["name"] == facts["title"]


def test_a_published_page_says_where_it_is(published):
    page = read(published, ENTROPY)
    assert said(page, "citation_public_url") == said(page, "og:url") == [ADDRESS + ENTROPY]
    assert data(page)["url"] == ADDRESS + ENTROPY
    assert data(page)["isPartOf"]["url"] == ADDRESS


@pytest.mark.parametrize("path", ["index.html", ENTROPY, "chapters/glossary.html"])
def test_a_shared_page_shows_its_own_picture(published, path):
    page = read(published, path)
    (address,) = said(page, "og:image")
    assert address.startswith(ADDRESS)
    with Image.open(published / address.removeprefix(ADDRESS)) as image:
        assert image.size == (1200, 630)
        assert len(image.convert("L").getcolors()) > 20  # words are drawn on it
    assert said(page, "og:title")[0] in said(page, "og:image:alt")[0]


def test_the_picture_shows_a_formula_that_the_page_proves(tmp_path):
    path = ROOT / "chapters" / "softmax-jacobian.ipynb"
    chosen = share_pictures.formula_of(path, "eq-jacobian-of-the-softmax")
    assert chosen == r"\frac{\partial p_{i}}{\partial z_{k}} = p_{i}\,(\delta_{i k} - p_{k})"
    assert share_pictures.formula_of(path) != chosen
    one, other = tmp_path / "one.png", tmp_path / "other.png"
    share_pictures.draw(one, "A title", chosen, "A book")
    share_pictures.draw(other, "A title", r"p \le q", "A book")
    assert one.read_bytes() != other.read_bytes()


@pytest.mark.parametrize("path", sorted(ROOT.glob("chapters/*.ipynb")), ids=lambda path: path.stem)
def test_every_formula_of_a_picture_can_be_drawn(path):
    from matplotlib.mathtext import MathTextParser

    formula = share_pictures.formula_of(path)
    if formula:
        MathTextParser("agg").parse(f"${share_pictures.spelled(formula)}$")


def test_ways_to_run_a_page_are_those_of_the_settings(published):
    page = read(published, ENTROPY)
    assert {link.get_text(): link["href"] for link in page.select("a.runs")} == {
        "Run it in JupyterLite": "https://example.org/lite/lab/index.html?path=chapters/entropy.ipynb",
        "Run it in Colab": "https://colab.research.google.com/github/someone/book/blob/main/"
        "chapters/entropy.ipynb",
        "Run it on Binder": "https://mybinder.org/v2/gh/someone/book/main?"
        "urlpath=lab/tree/chapters/entropy.ipynb",
        "Read its source": "https://github.com/someone/book/blob/main/chapters/entropy.ipynb",
    }
    assert not read(published, "chapters/glossary.html").select("a.runs")


def test_a_service_without_a_repository_is_not_offered():
    ways = {"repository": "", "branch": "main", "folder": "", "jupyterlite": ""}
    ways |= {"colab": "https://colab.research.google.com", "binderhub": "https://mybinder.org"}
    assert list(running.links(ways, "chapters/entropy.ipynb")) == []


class InAFolder(http.server.SimpleHTTPRequestHandler):
    """The site in a folder of a host, which shows 404.html for what is not there."""

    def translate_path(self, path):
        folder = urlsplit(ADDRESS).path
        inside = path.removeprefix(folder) if path.startswith(folder) else "nowhere"
        return super().translate_path("/" + inside)

    def send_error(self, code, message=None, explain=None):
        body = self.lost
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def host(published):
    handler = type("Handler", (InAFolder,), {"lost": (published / "404.html").read_bytes()})
    served = partial(handler, directory=published)
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), served)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}{urlsplit(ADDRESS).path}"
    server.shutdown()
    server.server_close()


def opened(browser, address):
    """A page, and what went wrong while it was opened."""
    page, faults = browser.new_page(), []
    page.on("console", lambda x: faults.append(x.text) if x.type != "log" else None)
    page.on("response", lambda x: faults.append(x.url) if x.status >= 400 else None)
    page.goto(address)
    page.wait_for_load_state("networkidle")
    return page, faults


@pytest.mark.parametrize("path", ["", "index.html", ENTROPY, "chapters/glossary.html"])
def test_in_a_folder_of_a_host_all_is_found_and_the_console_is_quiet(browser, host, path):
    page, faults = opened(browser, host + path)
    assert faults == []
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).position") == "sticky"
    page.close()


def test_in_a_folder_of_a_host_the_page_answers(browser, host):
    page, faults = opened(browser, host + "index.html")
    page.get_by_role("button", name="flip a sign").click()
    expect(page.locator(".said").first).to_contain_text("Step 4 is wrong", timeout=20_000)
    page.goto(host + ENTROPY)
    expect(page.locator(".badge")).to_contain_text("replayed in your browser", timeout=20_000)
    page.goto(host + "search.html?q=entropy")
    page.locator(".found a").first.click()
    page.wait_for_url(host + "chapters/**")
    assert faults == []
    page.close()


def test_a_lost_reader_finds_the_way_from_any_depth(browser, host):
    lost = host + "no/such/page.html"
    page, faults = opened(browser, lost)
    # The answer itself, and the browser's word on it; nothing else is missing.
    assert {x for x in faults if x.startswith("http")} == {lost}
    assert page.evaluate("getComputedStyle(document.querySelector('.top')).position") == "sticky"
    links = page.eval_on_selector_all("header a, .panel a", "all => all.map(a => a.href)")
    assert urljoin(host, "index.html") in links and urljoin(host, ENTROPY) in links
    assert all(link.startswith(host) for link in links)
    page.close()


SHIFTS = """
window.shifted = 0;
new PerformanceObserver(list => {
  for (const entry of list.getEntries()) window.shifted += entry.value;
}).observe({ type: 'layout-shift', buffered: true });
"""


def shift(browser, address, size, wait=100):
    """How much of the page moved after it was first seen, by how far."""
    page = browser.new_page(viewport=size)
    page.add_init_script(SHIFTS)
    page.goto(address)
    page.evaluate("document.fonts.ready.then(() => true)")
    page.wait_for_timeout(wait)
    shifted = page.evaluate("shifted")
    page.close()
    return shifted


@pytest.mark.parametrize("size", [{"width": 1280, "height": 900}, {"width": 375, "height": 800}])
@pytest.mark.parametrize("path", ["index.html", ENTROPY, "chapters/glossary.html"])
def test_nothing_moves_when_the_fonts_come(browser, host, published, path, size):
    assert shift(browser, host + path, size) <= 0.02
    assert shift(browser, (published / path).as_uri(), size) <= 0.02


def test_text_that_moves_after_it_was_seen_is_found(browser, published, tmp_path):
    site = tmp_path / "site"
    shutil.copytree(published, site)
    style = site / "_static" / "site.css"
    late = "body { animation: late 0s .3s forwards } @keyframes late { to { font-size: 1.6em } }"
    style.write_text(style.read_text(encoding="utf-8") + late, encoding="utf-8")
    assert shift(browser, (site / ENTROPY).as_uri(), {"width": 1280, "height": 900}, 800) > 0.02
