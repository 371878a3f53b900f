"""The built site hangs together: every link leads somewhere, nothing is fetched from elsewhere."""

from functools import cache
from html.parser import HTMLParser
from urllib.parse import unquote, urlsplit

import pytest
from notebooks import CHAPTERS, ROOT

SITE = ROOT / "_build" / "html"
PAGES = sorted(SITE.glob("chapters/*.html"))

# What a browser fetches by itself, unlike a link that a reader follows.
FETCHED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "video": "src",
}


class Tags(HTMLParser):
    """The opening tags of a page, as pairs of a name and its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@cache
def tags(path):
    return Tags(path.read_text(encoding="utf-8")).tags


@cache
def anchors(path):
    return {attrs.get(key) for _, attrs in tags(path) for key in ("id", "name")}


def links(path):
    return [attrs for tag, attrs in tags(path) if tag == "a" and "href" in attrs]


def dead_links(path):
    for link in links(path):
        address = urlsplit(link["href"])
        if address.scheme or address.netloc:
            continue
        target = (path.parent / unquote(address.path)).resolve() if address.path else path
        if not target.exists() or (
            address.fragment and unquote(address.fragment) not in anchors(target)
        ):
            yield link["href"]


def fetched_from_elsewhere(path):
    for tag, attrs in tags(path):
        address = attrs.get(FETCHED.get(tag))
        if address and urlsplit(address).netloc:
            yield f"<{tag}> {address}"


def test_every_chapter_has_a_page():
    names = {path.stem for pattern in ("*.ipynb", "*.md") for path in CHAPTERS.glob(pattern)}
    assert {path.stem for path in PAGES} == names, "run `make book`"


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_every_link_leads_somewhere(path):
    assert list(dead_links(path)) == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_nothing_is_fetched_from_elsewhere(path):
    assert list(fetched_from_elsewhere(path)) == []


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_chapter_can_be_downloaded(path):
    page = SITE / "chapters" / f"{path.stem}.html"
    (link,) = (a for a in links(page) if "btn-download-source-button" in a.get("class", ""))
    assert "download" in link
    assert (page.parent / link["href"]).read_bytes() == path.read_bytes()


def test_mathjax_is_passed_on_with_its_licence():
    licence = SITE / "_static" / "mathjax" / "LICENSE"
    assert (licence.parent / "tex-chtml.js").exists()
    assert "Apache License\n                           Version 2.0" in licence.read_text()


def test_what_differs_between_two_builds_is_not_published():
    assert SITE.exists() and not (SITE / ".buildinfo").exists()


@pytest.mark.parametrize(
    ("check", "html"),
    [
        (dead_links, "<a href='nowhere.html'>there</a>"),
        (dead_links, "<a href='#nowhere'>there</a>"),
        (dead_links, "<a href='page.html#nowhere'>there</a>"),
        (fetched_from_elsewhere, "<script src='https://example.com/x.js'></script>"),
        (fetched_from_elsewhere, "<img src='//example.com/x.png'>"),
    ],
)
def test_a_broken_page_is_found(tmp_path, check, html):
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")
    assert list(check(page))


def test_a_sound_page_passes(tmp_path):
    page = tmp_path / "page.html"
    page.write_text("<h1 id='top'>A</h1><a href='#top'>B</a><a href='https://example.com'>C</a>")
    assert [*dead_links(page), *fetched_from_elsewhere(page)] == []
