"""A formula within a line stays in one piece, and with the brackets and stops around it.

A browser would part them: it breaks lines at every space, and "p − y" in a heading has two.
"""

import re

from docutils import nodes

BEFORE = re.compile(r"[(\[“‘]+$")
AFTER = re.compile(r"^[-.,;:?!)\]”’]+")
# A formula that is typed as words: what stands around a minus or an equals sign.
TYPED = re.compile(r"(\S+(?: [−=] \S+)+)")


def keep_together(app, doctree):
    for formula in list(doctree.findall(nodes.math)):
        before = _cut(formula, -1, BEFORE)
        after = _cut(formula, +1, AFTER)
        if before or after:
            whole = nodes.inline("", "", classes=["unbroken"])
            formula.replace_self(whole)
            whole += [*map(nodes.Text, before), formula, *map(nodes.Text, after)]


def keep_typed_together(app, doctree):
    for heading in doctree.findall(nodes.title):
        for text in list(heading.findall(nodes.Text)):
            parts = TYPED.split(text)
            if len(parts) > 1 and not isinstance(text.parent, nodes.literal | nodes.math):
                at = text.parent.index(text)
                text.parent[at : at + 1] = [
                    nodes.inline("", part, classes=["unbroken"]) if k % 2 else nodes.Text(part)
                    for k, part in enumerate(parts)
                    if part
                ]


def _cut(formula, step, pattern):
    """The marks beside a formula, taken out of the text that they stand in."""
    at = formula.parent.index(formula) + step
    text = formula.parent[at] if 0 <= at < len(formula.parent) else None
    found = isinstance(text, nodes.Text) and pattern.search(text)
    if not found:
        return []
    # By its place: a paragraph may hold the same text twice, and docutils looks for an equal one.
    formula.parent[at : at + 1] = [nodes.Text(rest)] if (rest := pattern.sub("", text)) else []
    return [found[0]]


def setup(app):
    app.connect("doctree-read", keep_together)
    # Before Sphinx takes the headings for its tables of contents.
    app.connect("doctree-read", keep_typed_together, priority=400)
