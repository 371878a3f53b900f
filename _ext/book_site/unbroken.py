"""A formula within a line stays with the brackets and stops around it: a browser would part them."""

import re

from docutils import nodes

BEFORE = re.compile(r"[(\[“‘]+$")
AFTER = re.compile(r"^[-.,;:?!)\]”’]+")


def keep_together(app, doctree):
    for formula in list(doctree.findall(nodes.math)):
        before = _cut(formula, -1, BEFORE)
        after = _cut(formula, +1, AFTER)
        if before or after:
            whole = nodes.inline("", "", classes=["unbroken"])
            formula.replace_self(whole)
            whole += [*map(nodes.Text, before), formula, *map(nodes.Text, after)]


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
