"""Whether a page has room for all that it shows: each check takes a visitor and yields the faults."""

# A browser rounds to whole pixels what it compares here.
SLACK = 1.5

SHARED = """
const slack = SLACK;
// Words for a screen reader alone lie in a box of one pixel.
const forEars = e => getComputedStyle(e).clipPath == 'inset(50%)';
const isForEars = e => { for (; e; e = e.parentElement) if (forEars(e)) return true; return false; };
const seen = e => e.checkVisibility({visibilityProperty: true}) && !isForEars(e);
const told = e => {
    const name = [e.localName, ...e.classList].join('.');
    return `${name} in ${(e.closest('.step, .card, p, li, tr, figure, section') ?? e)
        .textContent.trim().replace(/\\s+/g, ' ').slice(0, 80)}`;
};
const scrolls = e => /auto|scroll/.test(getComputedStyle(e).overflowX);
const clips = e => /hidden|clip/.test(getComputedStyle(e).overflowX);
""".replace("SLACK", str(SLACK))


def does_not_scroll_sideways(visitor):
    width = visitor.page.evaluate(
        "Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"
    )
    if width > visitor.size["width"]:
        yield f"it is {width} pixels wide on a screen of {visitor.size['width']}"


def hides_nothing_that_is_too_large(visitor):
    """What clips its content has room for it; only a line that ends in … may be longer."""
    cut = visitor.page.evaluate(
        f"""() => {{ {SHARED}
            // Boxes of letters are higher than the letters: of formulas, the signs themselves count.
            const ink = e => [...e.querySelectorAll('mi, mo, mn, mtext, img, svg, p, pre, table')]
                .filter(x => x.checkVisibility()).map(x => x.getBoundingClientRect());
            return [...document.querySelectorAll('body, body *:not(math *, svg *)')].filter(e => {{
                const wide = e.scrollWidth > e.clientWidth + slack;
                const tall = e.scrollHeight > e.clientHeight + slack;
                if (!e.clientWidth || !(wide || tall) || !seen(e)) return false;
                if (e.matches('input, textarea')) return false;  // a caret moves what is in them
                const style = getComputedStyle(e);
                if (wide && clips(e) && style.textOverflow != 'ellipsis') return true;
                if (!tall || !/hidden|clip/.test(style.overflowY)) return false;
                const box = e.getBoundingClientRect(), inside = ink(e);
                return !inside.length
                    || inside.some(x => x.bottom > box.bottom + slack || x.top < box.top - slack);
            }}).map(told);
        }}"""
    )
    yield from (f"it is cut: {text}" for text in cut)


def keeps_everything_inside(visitor):
    """Text, formulas and pictures end inside of their card, or of the column; or they scroll."""
    out = visitor.page.evaluate(
        f"""() => {{ {SHARED}
            const main = document.querySelector('main');
            const places = new Map();
            // Where something may stand: as far as the nearest card reaches, or what scrolls.
            const place = e => {{
                if (!places.has(e)) {{
                    const box = e.getBoundingClientRect();
                    if (e == main || e.matches('.card'))
                        places.set(e, [box.left, box.right]);
                    else if (scrolls(e)) {{
                        const left = box.left + e.clientLeft - e.scrollLeft;
                        places.set(e, [left, left + Math.max(e.scrollWidth, e.clientWidth)]);
                    }} else places.set(e, place(e.parentElement));
                }}
                return places.get(e);
            }};
            const parts = [];
            const walker = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
            while (walker.nextNode()) {{
                const text = walker.currentNode, parent = text.parentElement;
                if (!text.data.trim() || parent.closest('math, pre, svg') || !seen(parent)) continue;
                const range = document.createRange();
                range.selectNodeContents(text);
                for (const box of range.getClientRects()) parts.push([parent, box]);
            }}
            for (const e of main.querySelectorAll('math, pre, img, svg, table, input, button'))
                if (seen(e)) parts.push([e, e.getBoundingClientRect()]);
            return parts.filter(([e, box]) => {{
                const [left, right] = place(e.matches('pre') ? e.parentElement : e);
                // A line that ends in … is as long as it likes.
                if (e.closest('.gist')) return false;
                return box.width && (box.left < left - slack || box.right > right + slack);
            }}).map(([e]) => told(e));
        }}"""
    )
    yield from (f"it stands out of its place: {text}" for text in out)


def overlaps_nothing(visitor):
    """The parts of a card's head, and of each of its lines, stand beside each other."""
    over = visitor.page.evaluate(
        f"""() => {{ {SHARED}
            // Where the ink is, as far as what scrolls lets it be seen.
            const ink = e => {{
                if (scrolls(e)) return [e.getBoundingClientRect()];
                const boxes = [...e.querySelectorAll('math, svg')].map(x => x.getBoundingClientRect());
                const walker = document.createTreeWalker(e, NodeFilter.SHOW_TEXT);
                while (walker.nextNode()) {{
                    const range = document.createRange();
                    range.selectNodeContents(walker.currentNode);
                    const parent = walker.currentNode.parentElement;
                    if (!parent.closest('math') && seen(parent)) boxes.push(...range.getClientRects());
                }}
                return boxes.filter(box => box.width > 2 && box.height > 2);
            }};
            const crosses = (a, b) => Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
                && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4;
            const groups = [...document.querySelectorAll('.card')].map(card =>
                [...card.querySelectorAll('.card-title, .eqno, :scope > .source > summary, .card-head > *')]);
            groups.push(...[...document.querySelectorAll('.step')].map(step => [...step.children]));
            groups.push(...[...document.querySelectorAll('.setting')].map(one =>
                [...one.querySelectorAll(':scope > b, li, :scope > .source > summary')]));
            const found = [];
            for (const group of groups) {{
                const parts = [...new Set(group)].filter(seen).map(e => [e, ink(e)]);
                parts.forEach(([a, boxes], number) => parts.slice(number + 1).forEach(([b, others]) => {{
                    if (a.contains(b) || b.contains(a)) return;
                    if (boxes.some(x => others.some(y => crosses(x, y))))
                        found.push(`${{told(a)}} lies on ${{told(b)}}`);
                }}));
            }}
            return found;
        }}"""
    )
    yield from over


def lets_the_keyboard_scroll(visitor):
    """What scrolls on a screen of this width is in reach: it can be stopped at, or holds what can."""
    if not visitor.scripts:
        return  # then it is the browser that stops there
    stuck = visitor.page.evaluate(
        f"""() => {{ {SHARED}
            const acts = 'a[href], button, input, select, textarea, summary, [tabindex="0"]';
            return [...document.querySelectorAll('main, main *:not(math *, svg *)')]
                .filter(e => scrolls(e) && e.scrollWidth > e.clientWidth + 2 && seen(e))
                .filter(e => e.tabIndex < 0 && !e.querySelector(acts)).map(told);
        }}"""
    )
    yield from (f"no key scrolls it: {text}" for text in stuck)


def has_room_with_all_folds_open(visitor):
    visitor.page.evaluate(
        "document.querySelectorAll('main details').forEach(e => { e.open = true; })"
    )
    visitor.settle()
    for check in (
        does_not_scroll_sideways,
        hides_nothing_that_is_too_large,
        keeps_everything_inside,
        overlaps_nothing,
        lets_the_keyboard_scroll,
    ):
        yield from (f"with all folds open, {fault}" for fault in check(visitor))


CHECKS = (
    does_not_scroll_sideways,
    hides_nothing_that_is_too_large,
    keeps_everything_inside,
    overlaps_nothing,
    lets_the_keyboard_scroll,
    has_room_with_all_folds_open,
)
