"""What every page must satisfy in a browser; each check takes a visitor and yields the page's faults."""

import re

# Source of mathematics or of a role that reached the reader.
UNRENDERED = re.compile(r"\$\$|\\begin\{|\\\(|\\\[|\{(?:eq|cite|doc|numref|prf:ref|ref|term)\}`")

FONT = "STIX Two Math"


def is_quiet(visitor):
    # A violation of the page's policy is told here too.
    for complaint in visitor.complaints:
        yield f"the console says {complaint!r}"


def needs_no_network(visitor):
    for url in visitor.outside:
        yield f"it asks another host for {url}"
    for url in set(visitor.missing) - set(visitor.outside):
        yield f"it asks for {url}, which is not there"


def renders_mathematics(visitor):
    """Every formula is drawn, in the book's own font. The tests of formulas say what it shows."""
    bare, empty, other, status = visitor.page.evaluate(
        """font => {
            const all = [...document.querySelectorAll('math')];
            const seen = all.filter(e => e.checkVisibility());
            const told = e => (e.closest('.step, p, li, td, div') ?? e).textContent.trim().slice(0, 80);
            const bare = [...document.querySelectorAll('.math, .rhs, .step > .rel')]
                .filter(e => e.querySelectorAll('math').length != 1);
            // What a formula of no size shows is nowhere; spaces alone have no height.
            const none = e => {
                const box = e.getBoundingClientRect();
                return !(box.width > 0 && box.height > 0) || !e.textContent.trim();
            };
            const faces = [...document.fonts].filter(f => f.family.replaceAll('"', '') == font);
            return [
                bare.map(told),
                seen.filter(none).map(told),
                seen.filter(e => !getComputedStyle(e).fontFamily.replaceAll('"', '').startsWith(font)).map(told),
                seen.length && !faces.some(f => f.status == 'loaded') ? faces.map(f => f.status) : null,
            ];
        }""",
        FONT,
    )
    yield from (f"this formula is not there, or twice: {source!r}" for source in bare)
    yield from (f"this formula has no size: {source!r}" for source in empty)
    yield from (f"this formula is in another font than {FONT}: {source!r}" for source in other)
    if status is not None:
        yield f"the font {FONT} is not loaded: {status}"


def renders_markup(visitor):
    prose = visitor.page.evaluate(
        """() => {
            const copy = document.querySelector('main').cloneNode(true);
            copy.querySelectorAll('pre, code, script, annotation').forEach(e => e.remove());
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
            .filter(e => /^[-.,;:?!)\\]”’]/.test(e.nextSibling?.nodeValue ?? '')
                      || /[(\\[“‘]$/.test(e.previousSibling?.nodeValue ?? ''))
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


def stops_only_at_what_scrolls_or_acts(visitor):
    """A reader with a keyboard stops at what can be used, and at nothing else."""
    idle = visitor.page.evaluate(
        """() => [...document.querySelectorAll('[tabindex]')]
            .filter(e => e.tabIndex >= 0 && e.checkVisibility())
            .filter(e => !e.matches('a[href], button, input, select, textarea, summary, [role=slider]'))
            .filter(e => !(/auto|scroll/.test(getComputedStyle(e).overflow)
                           && (e.scrollWidth > e.clientWidth || e.scrollHeight > e.clientHeight)))
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    yield from (f"Tab stops where nothing is to be done: {html}" for html in idle)


def is_dark_in_the_dark(visitor):
    visitor.page.emulate_media(color_scheme="light")
    light = ground(visitor.page)
    visitor.darken()
    if ground(visitor.page) == light:
        yield "it stays light where the reader's system is dark"


def ground(page):
    return page.evaluate("getComputedStyle(document.body).backgroundColor")


CHECKS = (
    renders_mathematics,
    renders_markup,
    keeps_formulas_and_stops_together,
    describes_images,
    stops_only_at_what_scrolls_or_acts,
)

# They report what happened during the others, so they come last.
AFTERWARDS = (is_quiet, needs_no_network)
