"""What every page must satisfy in a browser; each check takes an open page and yields its faults."""

import re

from axe_playwright_python.sync_playwright import Axe

DESK = {"width": 1280, "height": 900}
PHONE = {"width": 375, "height": 800}

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# Source of mathematics or of a role that reached the reader.
UNRENDERED = re.compile(r"\$\$|\\begin\{|\\\(|\\\[|\{(?:eq|cite|doc|numref|prf:ref|ref|term)\}`")


class Visitor:
    """Opens pages in one browser tab that is cut off from every host, and notes what they do."""

    def __init__(self, browser):
        # With motion, a colour would be measured while it fades from light to dark.
        self.page = browser.new_page(
            viewport=DESK, color_scheme="light", reduced_motion="reduce", offline=True
        )
        self.page.on("console", self._note_message)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.on("request", self._note_request)
        self.page.on("requestfailed", lambda request: self.missing.append(request.url))

    def open(self, path):
        self.complaints, self.outside, self.missing = [], [], []
        self.page.set_viewport_size(DESK)
        self.page.emulate_media(color_scheme="light")
        self.page.goto(path.as_uri())
        self.page.evaluate("window.MathJax?.startup?.promise")
        return self.page

    def _note_message(self, message):
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _note_request(self, request):
        if not request.url.startswith(("file:", "data:", "blob:")):
            self.outside.append(request.url)


def is_quiet(visitor):
    for complaint in visitor.complaints:
        yield f"the console says {complaint!r}"


def needs_no_network(visitor):
    for url in visitor.outside:
        yield f"it asks another host for {url}"
    for url in set(visitor.missing) - set(visitor.outside):
        yield f"it asks for {url}, which is not there"


def renders_mathematics(visitor):
    page = visitor.page
    bare = page.eval_on_selector_all(
        ".math", "all => all.filter(e => !e.querySelector('mjx-container')).map(e => e.innerText)"
    )
    yield from (f"this mathematics is not drawn: {source!r}" for source in bare)
    errors = page.eval_on_selector_all(
        "mjx-merror", "all => all.map(e => e.getAttribute('title') || e.innerText)"
    )
    yield from (f"MathJax says {error!r}" for error in errors)
    fonts = page.evaluate(
        "document.fonts.ready.then(all => [...all]"
        ".filter(f => f.family.startsWith('MJX') && f.status == 'error').map(f => f.family))"
    )
    yield from (f"the font {family} is missing" for family in fonts)


def renders_markup(visitor):
    prose = visitor.page.evaluate(
        """() => {
            const copy = document.querySelector('main').cloneNode(true);
            copy.querySelectorAll('pre, code, script, mjx-container, .math').forEach(e => e.remove());
            return copy.textContent;
        }"""
    )
    for found in UNRENDERED.finditer(prose):
        around = prose[max(found.start() - 20, 0) : found.end() + 40]
        yield f"the reader sees source: {around!r}"


def keeps_formulas_and_stops_together(visitor):
    parted = visitor.page.eval_on_selector_all(
        "main span.math",
        """all => all
            .filter(e => /^[.,;:?!)\\]”’]/.test(e.nextSibling?.nodeValue ?? ''))
            .filter(e => getComputedStyle(e.parentNode).whiteSpace != 'nowrap')
            .map(e => e.parentNode.textContent.slice(0, 80))""",
    )
    yield from (f"a line may end between a formula and its stop: {text!r}" for text in parted)


def describes_images(visitor):
    sources = visitor.page.eval_on_selector_all(
        "main img",
        "all => all.filter(e => !e.alt.trim() || /\\.\\w+$/.test(e.alt)).map(e => e.src)",
    )
    yield from (f"{source} has no alternative text" for source in sources)


def fits_a_phone(visitor):
    visitor.page.set_viewport_size(PHONE)
    width = visitor.page.evaluate("document.documentElement.scrollWidth")
    if width > PHONE["width"]:
        yield f"it is {width} pixels wide on a phone of {PHONE['width']}"
    # A table scrolls, and display mathematics too; a formula within a line does not.
    clipped = visitor.page.eval_on_selector_all(
        "span.math mjx-container",
        f"""all => all
            .filter(e => !e.closest('table') && e.getBoundingClientRect().right > {PHONE["width"]})
            .map(e => {{
                const line = e.closest('p, li, dd, figcaption, h1, h2, h3').cloneNode(true);
                line.querySelectorAll('mjx-container').forEach(e => e.replaceWith('…'));
                return line.textContent.slice(0, 80);
            }})""",
    )
    yield from (f"inline mathematics is cut off on a phone, in {line!r}" for line in clipped)
    visitor.page.set_viewport_size(DESK)


# axe looks at every element, and of 19,000 on a page 17,000 are the glyphs of formulas and the words
# of programs. A formula becomes one letter, and of each kind of word one is kept: ten times faster.
THIN_OUT = """() => {
    document.querySelectorAll('mjx-container').forEach(e => e.replaceChildren('x'));
    const kinds = new Set();
    document.querySelectorAll('pre span').forEach(e => {
        if (kinds.has(e.className)) e.replaceWith(...e.childNodes);
        kinds.add(e.className);
    });
}"""

# The contrast is three quarters of axe's work, and it is the same wherever an element and all that it
# lies in have the same tag, class, style and colours. Of each such kind, the first that is seen stays.
KEEP_ONE_TEXT_OF_EACH_KIND = """() => {
    const described = new Map([[null, '']]);
    const kind = e => {
        if (!described.has(e)) {
            const s = getComputedStyle(e);
            const own = [e.tagName, e.getAttribute('class'), e.getAttribute('style'), s.color,
                         s.backgroundColor, s.backgroundImage, s.fontSize, s.fontWeight, s.opacity];
            described.set(e, kind(e.parentElement) + JSON.stringify(own));
        }
        return described.get(e);
    };
    const isSeen = e => e.checkVisibility({visibilityProperty: true, opacityProperty: true});
    const all = [...document.querySelectorAll('body *')].filter(e => e.textContent.trim());
    const seen = new Set();
    all.filter(isSeen).map(e => [e, kind(e)]).forEach(([e, kind]) => {
        const texts = [...e.childNodes].filter(n => n.nodeType == Node.TEXT_NODE && n.data.trim());
        if (texts.length && seen.has(kind)) texts.forEach(n => { n.data = ''; });
        if (texts.length) seen.add(kind);
    });
    all.filter(e => !e.textContent.trim()).forEach(e => { e.style.display = 'none'; });
}"""


def is_accessible(visitor):
    visitor.page.evaluate(THIN_OUT)
    yield from _violations(visitor.page, STANDARDS, rules={"color-contrast": {"enabled": False}})


def is_readable(visitor):
    visitor.page.evaluate(THIN_OUT)
    visitor.page.evaluate(KEEP_ONE_TEXT_OF_EACH_KIND)
    yield from _violations(visitor.page, ["color-contrast"])


def is_readable_in_the_dark(visitor):
    visitor.page.emulate_media(color_scheme="dark")
    # Listeners are told before a frame is drawn: once two were, none is still to be told.
    visitor.page.evaluate(
        "new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))"
    )
    if visitor.page.get_attribute("html", "data-theme") != "dark":
        yield "it stays light where the reader's system is dark"
    yield from is_readable(visitor)
    visitor.page.emulate_media(color_scheme="light")


def _violations(page, only, rules=None):
    # Without preload: axe would read the style sheets again, which a file: page may not.
    options = {"runOnly": only, "rules": rules or {}, "preload": False}
    options["resultTypes"] = ["violations"]
    is_there = page.evaluate("'axe' in window")  # half a megabyte, from the check before
    axe = Axe(axe_script="0") if is_there else Axe()
    for violation in axe.run(page, options=options).response["violations"]:
        for node in violation["nodes"]:
            yield f"{violation['id']}: {violation['help']}: {node['html'][:160]}"


CHECKS = (
    renders_mathematics,
    renders_markup,
    keeps_formulas_and_stops_together,
    describes_images,
    fits_a_phone,
    # They thin out the page.
    is_accessible,
    is_readable,
    is_readable_in_the_dark,
    # Last: they report what happened during the others too.
    is_quiet,
    needs_no_network,
)
