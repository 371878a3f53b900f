"""What a search finds: one entry for each section, derivation, theorem, exercise, term and function.

Sphinx's own index is of words alone, knows no derivation, and its page breaks the rule that no
script or style stands in a page. Here each page leaves its entries beside its doctree when it is
written, and together they become a script, so that a search also works from a file.
"""

import json
from pathlib import Path

from docutils import nodes
from formulas import aligned
from sphinx import addnodes
from sphinx_exercise.nodes import exercise_enumerable_node, exercise_node
from sphinx_proof.nodes import NODE_TYPES

from .cards import card
from .elements import element, every, is_a
from .frame import places
from .readable import mathml_as_text, tex_as_text

INDEX = "search-index.js"
OF_SPHINX = ("searchtools.js", "language_data.js", "sphinx_highlight.js")
QUESTIONS = "chapters/questions"
LISTS = (
    "chapters/results",
    "chapters/coverage",
    "chapters/exercises",
)  # name what stands elsewhere
BESIDE = (*LISTS, "chapters/check")  # weigh less: what they name, a chapter explains

UNREAD = (
    nodes.literal_block, nodes.doctest_block, nodes.comment, nodes.meta, nodes.image,
    addnodes.index, addnodes.toctree,
)  # fmt: skip
UNREAD_CLASSES = {
    "source",
    "code",
    "solution",
    "unseen",
    "mark",
    "counterexample",
    "card-foot",
    "setting",
}
THEOREMS = tuple(NODE_TYPES.values())
EXERCISES = (exercise_node, exercise_enumerable_node)


# The words of a part.


def words(node):
    """The text of a node as a reader sees it, without code and without what is an entry itself."""
    return " ".join("".join(_words(node)).split())


def _words(node):
    for child in node.children:
        if isinstance(child, nodes.Text):
            yield child.astext()
        elif isinstance(child, nodes.raw):
            yield mathml_as_text(child.astext()) if child.astext().startswith("<math") else " "
        elif _is_apart(child):
            yield " "
        elif isinstance(child, nodes.math):
            yield tex_as_text(child.astext())
        elif isinstance(child, nodes.math_block):
            yield f" {tex_as_text(aligned(child.astext()))} "
        else:
            inline = (
                isinstance(child, nodes.Inline)
                or isinstance(child, element)
                and child["tag"] in "ab"
            )
            inside = "".join(_words(child))
            yield inside if inline else f" {inside} "


def _is_apart(node):
    return (
        isinstance(node, (*UNREAD, nodes.title))
        or isinstance(node, element)
        and UNREAD_CLASSES & set(node["html"].get("class", "").split())
        or kind_of(node) is not None
    )


# The entries of a page.


def kind_of(node):
    """What sort of entry a node is; None for what belongs to the entry around it."""
    if isinstance(node, THEOREMS):
        return node["realtype"]
    if isinstance(node, EXERCISES):
        return "exercise"
    match node:
        case nodes.section():
            return "section"
        case card():
            return "derivation"
        case element() if is_a(node, "card no"):
            return "refuted"
        case addnodes.desc():
            return "function"
        case nodes.definition_list_item() if node.children and node.children[0]["ids"]:
            return "term"
    return None


def entries(doctree, docname):
    """Kind, heading, anchor and words of each entry of a page, in its order."""
    anchor = ""
    for node in doctree.findall():
        kind = kind_of(node)
        if kind is None or _is_hidden(node):
            continue
        own = _anchor(node)
        if kind == "section":
            anchor = own if isinstance(node.parent, nodes.section) else ""
            own = anchor
            kind = "question" if docname == QUESTIONS and anchor else kind
        said = "" if docname in LISTS else _said(node)
        yield [kind, _heading(node), own or anchor, said]


def _is_hidden(node):
    while node.parent is not None:
        node = node.parent
        if is_a(node, "solution"):
            return True
    return False


def _anchor(node):
    if isinstance(node, addnodes.desc | nodes.definition_list_item):
        node = node.children[0]
    return node["ids"][0] if node["ids"] else ""


def _heading(node):
    if isinstance(node, THEOREMS + EXERCISES):  # the title is " (Name)", after a number
        return words(node.children[0]).removeprefix("(").removesuffix(")")
    match node:
        case addnodes.desc():
            return node.children[0].get("fullname") or words(node.children[0])
        case nodes.definition_list_item():
            return words(node.children[0])
        case element() | card():
            return words(every(node, "card-title")[0])
    return words(next(node.findall(nodes.title)))


def _said(node):
    match node:
        case addnodes.desc():
            return words(node.children[-1])
        case nodes.definition_list_item():
            return " ".join(map(words, node.children[1:]))
        case element() | card():
            return "; ".join(map(_step, every(node, "step")))
    return words(node)


def _step(row):
    """A line of a derivation and its reason."""
    *line, reason = (x for x in row.children if "mark" not in x["html"]["class"].split())
    return ", ".join(filter(None, [" ".join(map(words, line)).strip(), words(reason)]))


# All pages together.


def _kept(app, docname):
    return Path(app.doctreedir) / "search" / f"{docname}.json"


def keep_entries(app, doctree, docname):
    path = _kept(app, docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    found = list(entries(doctree, docname))
    path.write_text(json.dumps(found, ensure_ascii=False), encoding="utf-8")


def write_index(app, error):
    if error or app.builder.format != "html":
        return
    static = Path(app.outdir) / "_static"
    for name in OF_SPHINX:
        (static / name).unlink(missing_ok=True)
    parts = places(app)
    docnames = [app.config.root_doc, *parts]
    book = {
        "pages": [
            [
                app.env.titles[x].astext(),
                app.builder.get_target_uri(x),
                parts.get(x, {}).get("part", ""),
                int(x in BESIDE),
            ]
            for x in docnames
        ],
        "entries": [
            [number, *entry]
            for number, x in enumerate(docnames)
            for entry in json.loads(_kept(app, x).read_text(encoding="utf-8"))
        ],
    }
    shown = json.dumps(book, ensure_ascii=False, separators=(",", ":"))
    (static / INDEX).write_text(f"globalThis.book = {shown};\n", encoding="utf-8")


def add_page(app):
    """The page to which the link leads where no script runs."""
    yield "search", {"title": "Search"}, "search.html"


def leave_out_own_index(app):
    app.builder.search = False


def setup(app):
    app.connect("builder-inited", leave_out_own_index)
    app.connect("doctree-resolved", keep_entries, priority=900)
    app.connect("html-collect-pages", add_page)
    app.connect("build-finished", write_index)
