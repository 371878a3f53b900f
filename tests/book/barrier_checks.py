"""Whether a page keeps anybody out, as axe sees it: each check takes a visitor, and thins the page."""

import page_checks
from axe_playwright_python.sync_playwright import Axe

STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]

# axe looks at every element, and most on a page are the signs of formulas and the words of programs.
# A formula becomes one letter, and of each kind of word one is kept: ten times faster. (axe does not
# know that a formula is something to read: the head of a row would be called empty.)
THIN_OUT = """() => {
    document.querySelectorAll('math').forEach(e => e.replaceWith('x'));
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
    yield from page_checks.is_dark_in_the_dark(visitor)
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


CHECKS = (is_accessible, is_readable, is_readable_in_the_dark)
