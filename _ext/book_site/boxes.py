"""Exercises, solutions and theorems: a solution folds, and what is inside needs no section of its own."""

from docutils import nodes
from sphinx_exercise.nodes import solution_node

from .elements import tag


def set_boxes(app, doctree, docname):
    for section in list(doctree.findall(nodes.section)):
        if section["ids"] in (["exercise-content"], ["solution-content"], ["proof-content"]):
            section["ids"] = []  # the same in every box; they would go to the first child
            section.replace_self(section.children)
    for solution in list(doctree.findall(solution_node)):
        title, *rest = solution.children
        for link in list(title.findall(nodes.reference)):
            link.replace_self(link.children)  # the line opens the fold, and can do nothing else
        folded = tag(
            "details", tag("summary", *title.children), *rest,
            class_="solution", data_exercise=solution["target_label"],
        )  # fmt: skip
        folded["ids"] = solution["ids"]
        solution.replace_self(folded)


def setup(app):
    app.connect("doctree-resolved", set_boxes)
