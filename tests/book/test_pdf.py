"""The book as one PDF: joined whole, printed with tags, outline and links, linked only when it is there."""

from types import SimpleNamespace
from urllib.parse import urlsplit

import pdf
import pikepdf
import pytest
from book_site import pdf as offered
from bs4 import BeautifulSoup
from notebooks import ROOT

SITE = ROOT / "_build" / "html"
FEW = {"chapters/notation.html", "chapters/glossary.html"}


@pytest.fixture(scope="module")
def html():
    return pdf.joined(SITE)


@pytest.fixture(scope="module")
def whole(html):
    return BeautifulSoup(html, "html.parser")


@pytest.fixture(scope="module")
def printed(browser_path, tmp_path_factory):
    path = tmp_path_factory.mktemp("pdf") / "few.pdf"
    pdf.write(pdf.joined(SITE, FEW), path, browser_path)
    with pikepdf.open(path) as book:
        yield book


def faults(whole):
    """What is wrong with the joined page."""
    names = [part["id"] for part in whole.select("[id]")]
    yield from (f"two parts are called {name}" for name in {x for x in names if names.count(x) > 1})
    for link in whole.select("a[href^='#']"):
        if link["href"][1:] not in names:
            yield f"{link['href']} leads nowhere"
    for link in whole.select("a[href]"):
        if not link["href"].startswith("#") and urlsplit(link["href"]).scheme in ("", "file"):
            yield f"{link['href']} leads out of the file"
    for folded in whole.select("details:not([open])"):
        yield f"{folded.get_text()[:40]!r} is folded"


def test_every_page_of_the_book_is_in_it_once(whole):
    pages = {path.stem for path in SITE.glob("chapters/*.html")} | {"index"}
    articles = [article["id"] for article in whole.select("body > article")]
    assert articles[0] == "index" and len(articles) == len(set(articles))
    assert set(articles) == pages


def test_its_parts_hang_together(whole):
    assert list(faults(whole)) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p id='a'></p><p id='a'></p>",
        "<a href='#nowhere'>there</a>",
        "<a href='entropy.html'>there</a>",
        "<details><summary>Solution</summary></details>",
    ],
)
def test_a_page_that_does_not_hang_together_is_found(html):
    assert list(faults(BeautifulSoup(html, "html.parser")))


def test_solutions_are_open_and_code_is_theirs_alone(whole):
    assert whole.select("details.solution[open]")
    shown = whole.select("details.code")
    assert shown and all(
        code.find_parent(class_=["solution", "exercise"])
        or code.find_parent(id=lambda name: name and name.endswith("--exercises"))
        for code in shown
    )
    assert not whole.select("details.source, script, .headerlink")


def test_derivations_keep_their_numbers(whole):
    for path in SITE.glob("chapters/*.html"):
        page = BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")
        numbers = [number.get_text() for number in page.select("main .card .eqno")]
        joined = whole.select(f"[id='{path.stem}'] .card .eqno")
        assert [number.get_text() for number in joined] == numbers


def test_a_print_is_tagged_and_has_an_outline_of_words(printed):
    assert printed.Root.MarkInfo.Marked and "/StructTreeRoot" in printed.Root
    assert printed.Root.Lang == "en"
    with printed.open_outline() as outline:
        titles = [item.title for item in outline.root]
        sections = [item.title for item in outline.root[1].children]
    pages = ("index.html", "chapters/notation.html", "chapters/glossary.html")
    heads = [pdf._read(SITE / page).select_one("main h1") for page in pages]
    assert titles == [" ".join(head.get_text().removesuffix("¶").split()) for head in heads]
    assert "A setting, then a chain" in sections


def test_links_of_a_print_lead_into_it(printed):
    inside = [
        link
        for page in printed.pages
        for link in page.get("/Annots", ())
        if link.Subtype == "/Link" and ("/Dest" in link or link.get("/A", {}).get("/S") == "/GoTo")
    ]
    assert len(inside) > 15


def test_no_page_of_a_print_is_empty(printed):
    assert len(printed.pages) > 10
    for page in printed.pages:
        drawn = [op for _, op in pikepdf.parse_content_stream(page) if str(op) in ("Tj", "TJ")]
        assert len(drawn) > 3


def app(folder):
    builder = SimpleNamespace(get_outfilename=lambda page: folder / "index.html")
    config = SimpleNamespace(root_doc="chapters/intro")
    return SimpleNamespace(outdir=folder, builder=builder, config=config)


def test_the_first_page_is_written_again_when_the_file_comes_or_goes(tmp_path):
    def outdated():
        return offered.note_change(app(tmp_path), None, set(), set(), set())

    page, file = tmp_path / "index.html", tmp_path / offered.NAME
    page.write_text("no link", encoding="utf-8")
    assert outdated() == []
    file.write_bytes(b"%PDF")
    assert outdated() == ["chapters/intro"]
    page.write_text(f'<a href="{offered.NAME}">', encoding="utf-8")
    assert outdated() == []
    file.unlink()
    assert outdated() == ["chapters/intro"]


def test_only_the_first_page_links_to_the_file_and_only_if_it_is_there(tmp_path):
    def link(page):
        context = {}
        offered.offer(app(tmp_path), page, "page.html", context, None)
        return context["pdf"]

    assert link("chapters/intro") is None
    (tmp_path / offered.NAME).write_bytes(b"%PDF")
    assert link("chapters/intro") == offered.NAME
    assert link("chapters/entropy") is None
