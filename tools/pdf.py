"""Make one PDF of the whole book from the built pages: tagged, with an outline, its links inside it.

    python tools/pdf.py

The texts of the pages are joined into one document in the order of the contents, and printed by the
Chromium of this machine. Code folds away, solutions open; derivations keep their numbers.
"""

import io
import sys
import tempfile
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import chromium
import command
import pikepdf
from bs4 import BeautifulSoup
from notebooks import ROOT
from playwright.sync_api import sync_playwright

sys.path.insert(0, str(ROOT / "_ext"))

from book_site.pdf import NAME

SITE = ROOT / "_build" / "html"
FIRST = "index.html"
NAMED = ("id", "for", "headers", "aria-labelledby", "aria-describedby", "aria-controls")
# What is only for a reader who can press or point.
LEFT_OUT = (
    "script, template, dialog, button, .headerlink, .onways, .parts, details.source, "
    "details.code:not(.solution *, .exercise *, #exercises *)"
)
FOOT = (
    '<div style="width: 100%; font: 8px sans-serif; color: #565c66; text-align: center">'
    '<span class="pageNumber"></span></div>'
)


def contents(site):
    """Part and address of each page after the first, in order."""
    page = _read(site / FIRST)
    for caption in page.select(".panel .caption"):
        for link in caption.find_next_sibling("ul").select("a[href]"):
            yield caption.get_text(), link["href"].partition("#")[0]


def _read(path):
    return BeautifulSoup(path.read_text(encoding="utf-8"), "html.parser")


def joined(site, chosen=None):
    """The book as one page of HTML.

    :param chosen: the addresses of the pages to take; all of them unless given
    """
    listed = [(part, page) for part, page in contents(site) if not chosen or page in chosen]
    pages = [FIRST, *(page for _, page in listed)]
    whole = _read(site / FIRST)
    texts = [text(site, page, pages) for page in pages]
    cover, *chapters = texts
    cover.append(_contents(whole, site, listed))
    for useless in whole.select("script, meta[http-equiv], link[rel=next], link[rel=prev]"):
        useless.decompose()
    for link in whole.select("head link[href]"):
        link["href"] = (site / link["href"].partition("?")[0]).resolve().as_uri()
    whole.body.clear()
    whole.body["class"] = "book"
    whole.html["data-light"] = "light"
    whole.body.extend([cover, *chapters])
    return str(whole)


def text(site, page, pages):
    """What one page says, with names and links that are right in the whole."""
    main = _read(site / page).select_one("main").extract()
    name = _name(page)
    for part in main.select(LEFT_OUT):
        part.decompose()
    for folded in main.select("details"):
        folded["open"] = ""
    for part in main.find_all(True):
        for attribute in NAMED:
            if attribute in part.attrs:
                words = str(part[attribute]).split()
                part[attribute] = " ".join(f"{name}--{word}" for word in words)
        if "src" in part.attrs and not urlsplit(part["src"]).scheme:
            part["src"] = (site / page).parent.joinpath(part["src"]).resolve().as_uri()
        if part.name == "a" and "href" in part.attrs:
            _aim(part, page, pages)
    main["id"] = name
    main.name = "article"
    return main


def _aim(link, page, pages):
    """Let a link lead to its place in the whole; one to a page outside it is words alone."""
    if urlsplit(link["href"]).scheme:
        return
    target, _, anchor = urljoin(page, link["href"]).partition("#")
    if target in pages:
        link["href"] = f"#{_name(target)}" + (f"--{anchor}" if anchor else "")
    else:
        del link["href"]


def _name(page):
    return Path(page).stem


def _contents(soup, site, listed):
    """The parts and their chapters, for a reader of the first pages."""
    nav = soup.new_tag("nav", attrs={"class": "of-book", "aria-label": "Contents"})
    before = None
    for part, page in listed:
        if part != before:
            nav.append(soup.new_tag("p", string=part))
            nav.append(soup.new_tag("ul"))
            before = part
        item = soup.new_tag("li")
        title = _read(site / page).select_one("main h1")
        for mark in title.select(".headerlink"):
            mark.decompose()
        item.append(soup.new_tag("a", attrs={"href": f"#{_name(page)}"}, string=title.get_text()))
        nav.find_all("ul")[-1].append(item)
    return nav


def write(html, path, browser_path):
    """Print a page to a PDF file."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        source = Path(folder) / "book.html"
        command.write(source, html)
        browser = chromium.launch(playwright, browser_path)
        page = browser.new_page(color_scheme="light")
        page.set_default_timeout(0)
        page.goto(source.as_uri())
        page.evaluate("document.fonts.ready.then(() => true)")
        printed = page.pdf(
            tagged=True, outline=True, prefer_css_page_size=True,
            print_background=True, display_header_footer=True,
            header_template="<span></span>", footer_template=FOOT,
        )  # fmt: skip
        browser.close()
        command.write(path, packed(printed, headings(html)))


def headings(html):
    """Each heading by its letters alone: Chromium loses the space at the end of a line."""
    soup = BeautifulSoup(html, "html.parser")
    words = [" ".join(heading.get_text().split()) for heading in soup.select("h1, h2, h3, h4")]
    return {_squeezed(heading): heading for heading in words}


def _squeezed(words):
    return "".join(words.split())


def packed(printed, titles):
    """The printed file a third as large, with the headings in its outline as they are written."""
    with pikepdf.open(io.BytesIO(printed)) as book:
        with book.open_outline() as outline:
            _name_all(outline.root, titles)
        file = io.BytesIO()
        book.save(file, object_stream_mode=pikepdf.ObjectStreamMode.generate, recompress_flate=True)
        return file.getvalue()


def _name_all(items, titles):
    for item in items:
        item.title = titles.get(_squeezed(item.title), item.title)
        _name_all(item.children, titles)


def main():
    browser_path = chromium.find()
    if browser_path is None:
        print(
            "A PDF is printed by Chromium or Chrome, and there is none on the PATH.",
            file=sys.stderr,
        )
        return 1
    path = SITE / NAME
    write(joined(SITE), path, browser_path)
    print(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    command.run(main)
