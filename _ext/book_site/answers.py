"""Exercises that a page checks: a box for the answer, and a page that lists them all."""

import json

from docutils import nodes
from sphinx.util.docutils import SphinxDirective
from sphinx_exercise.nodes import exercise_subtitle, is_exercise_node
from tex_to_mathml import inner

from .elements import is_a, tag
from .live import data_of


class Answer(SphinxDirective):
    """A box for the next line of a derivation; without scripts the notebook is where it is written."""

    has_content = True

    def run(self):
        record = json.loads("\n".join(self.content))
        symbols = {name: inner(tex) for name, tex in record["names"].items()}
        words = tag("p", "Write the next line in the notebook of this page, in place of the dots.")
        return [tag("div", words, data_of(record | {"symbols": symbols}), class_="answer")]


class Exercises(SphinxDirective):
    """The checked exercises of the book, by chapter, with a place for what the reader has solved."""

    def run(self):
        self.env.metadata[self.env.docname]["lists_exercises"] = True
        return [exercises("")]


class exercises(nodes.Element):
    """Filled when all pages are read."""


def note_exercises(app, doctree):
    """Which exercises of a page take an answer: label and title. A box stands in its exercise or after it."""
    found, last = {}, None
    for node in doctree.findall():
        if is_exercise_node(node):
            last = node
        elif is_a(node, "answer") and last is not None:
            node["html"]["data-exercise"] = last["label"]
            found[last["label"]] = last.next_node(exercise_subtitle).astext()
    app.env.metadata[app.env.docname]["exercises"] = json.dumps(list(found.items()))


def lists_to_write(app, env):
    """When a page has changed, so may have its exercises: the page that lists them is written again."""
    return [page for page in env.all_docs if env.metadata[page].get("lists_exercises")]


def fill_exercises(app, doctree, docname):
    for place in list(doctree.findall(exercises)):
        lists = [
            part
            for page in (app.config.root_doc, *app.env.toctree_includes[app.config.root_doc])
            for part in _of_page(app, docname, page)
        ]
        place.replace_self(tag("div", tag("div", class_="progress"), *lists, class_="exercises"))


def _of_page(app, docname, page):
    found = json.loads(app.env.metadata[page].get("exercises", "[]"))
    if not found:
        return
    address = app.builder.get_relative_uri(docname, page)
    yield tag("h2", *app.env.titles[page].deepcopy().children)
    yield tag(
        "ul",
        *(
            tag("li", tag("a", title, href=f"{address}#{label}"), data_exercise=label)
            for label, title in found
        ),
        class_="checklist",
    )


def setup(app):
    app.add_node(exercises)
    app.add_directive("answer", Answer)
    app.add_directive("exercises", Exercises)
    app.connect("doctree-read", note_exercises, priority=700)
    app.connect("env-get-updated", lists_to_write)
    app.connect("doctree-resolved", fill_exercises)
