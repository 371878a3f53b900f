"""What other extensions write that a page must not hold: an id that is there twice."""

from docutils import nodes

# sphinx-exercise and sphinx-proof give them to every box of a page, and nothing leads to them.
REPEATED = {"exercise-content", "solution-content", "proof-content"}


def drop_repeated_ids(app, doctree, docname):
    for section in doctree.findall(nodes.section):
        section["ids"] = [each for each in section["ids"] if each not in REPEATED]


def setup(app):
    # Only now: the table of contents has asked every section for its id.
    app.connect("doctree-resolved", drop_repeated_ids)
    # The general index and the index of modules bear styles of their own; no page leads there.
    app.config.html_use_index = False
    app.config.html_domain_indices = False
