"""The characters that the built pages show, by the family that is to set them."""

import unicodedata

import chromium
from notebooks import ROOT
from playwright.sync_api import sync_playwright

MATHS = "STIX Two Math"
SITE = ROOT / "_build" / "html"

# Each text in the family that the style sheets name first for it, also what they add themselves. A
# letter alone in <mi> is drawn in italics, which are characters of their own.
COLLECT = """() => {
  const found = {};
  const add = (style, text) => {
    const family = style.fontFamily.split(',')[0].replaceAll('"', '');
    for (const character of text) (found[family] ??= new Set()).add(character);
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const text = walker.currentNode.data.replace(/\\s/g, ''), place = walker.currentNode.parentElement;
    if (!text || place.closest('script, style, noscript, annotation')) continue;
    const slanted = place.localName == 'mi' && [...text].length == 1
      && place.getAttribute('mathvariant') != 'normal';
    add(slanted ? { fontFamily: 'italic' } : getComputedStyle(place), text);
  }
  for (const element of document.querySelectorAll('body *'))
    for (const part of ['::before', '::after']) {
      const style = getComputedStyle(element, part);
      if (/^"[^]/.test(style.content)) add(style, style.content.slice(1, -1));
    }
  return Object.fromEntries(Object.entries(found).map(([k, v]) => [k, [...v].join('')]));
}"""


def pages():
    """Every page of the book; `_static` holds none."""
    return [path for path in sorted(SITE.rglob("*.html")) if "_static" not in path.parts]


def shown(browser, paths):
    """Family and characters, of all these pages together."""
    found = {}
    page = browser.new_page()
    for path in paths:
        page.goto(path.as_uri())
        for family, characters in page.evaluate(COLLECT).items():
            found[family] = found.get(family, set()) | set(characters)
    page.close()
    slanted = found.pop("italic", set())
    found[MATHS] = found.get(MATHS, set()) | set(italic(slanted))
    return {family: "".join(sorted(characters)) for family, characters in found.items()}


def shown_by_site():
    with sync_playwright() as playwright:
        browser = chromium.launch(playwright, chromium.find())
        try:
            return shown(browser, pages())
        finally:
            browser.close()


def strangers(page, family, characters, **style):
    """Of these characters, those that an open page takes from a font that is not the book's own.

    :param style: what else is asked of the font, such as fontWeight="600"
    """
    session = page.context.new_cdp_session(page)
    for domain in ("DOM", "CSS"):
        session.send(f"{domain}.enable")
    page.evaluate(PUT, [characters, {"fontFamily": STACKS.get(family, family), **style}])
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    found = session.send("DOM.querySelectorAll", {"nodeId": root, "selector": "#put span"})
    for character, node in zip(characters, found["nodeIds"], strict=True):
        fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": node})["fonts"]
        if not fonts or not all(font["isCustomFont"] for font in fonts):
            yield character
    session.detach()


STACKS = {"STIX Two Text": "var(--serif)", "Inter": "var(--sans)", "Checked Code": "var(--mono)"}
# Each character alone, as a browser chooses a font for each.
PUT = """async ([characters, style]) => {
  document.getElementById('put')?.remove();
  const place = Object.assign(document.createElement('p'), { id: 'put' });
  Object.assign(place.style, style);
  for (const character of characters)
    place.append(Object.assign(document.createElement('span'), { textContent: character }));
  document.querySelector('main').prepend(place);
  place.getBoundingClientRect();
  await document.fonts.ready;
}"""


def italic(text):
    """The characters as <mi> draws them; what has no italics stays.

    >>> italic("xhθϵ1")
    '𝑥ℎ𝜃𝜖1'
    """
    return "".join(ITALIC.get(character, character) for character in text)


# Blocks of Unicode: italic Latin without h (which is elsewhere), dotless, italic Greek.
ITALIC = {
    chr(int(unicodedata.decomposition(chr(code)).split()[1], 16)): chr(code)
    for block in (range(0x1D434, 0x1D468), range(0x1D6A4, 0x1D6A6), range(0x1D6E2, 0x1D71C))
    for code in block
    if unicodedata.decomposition(chr(code))
} | {"h": "ℎ"}
