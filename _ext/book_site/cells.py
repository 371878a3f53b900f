"""Code stands behind the argument: it folds behind one line, and a card keeps its source in a tab.

A cell whose output is a card becomes that card, with the cell's code as its source. The code of any
other cell folds behind a line that says what it shows; a cell that the reader is to edit, and one
whose message is the lesson, stay open.
"""

import re

from docutils import nodes

from .cards import card
from .elements import is_a, tag

PLOTTING = re.compile(
    r"^\s*(fig|ax|axes)\b.*=.*plt\.|^plt\.|\bax(es)?(\[[^\]]*\])?\.\w+\(", re.MULTILINE
)
DOTS = re.compile(r"=\s*\.\.\.")  # where the reader's own answer goes
# How a line begins that says nothing by itself.
MEANS_NOTHING = (" ", ")", "]", "}", "if ", "else:", "try:", "except ", "finally:", "with ")
LONGEST = 62


def fold_cells(app, doctree):
    for cell in list(doctree.findall(is_cell)):
        code = _part(cell, "cell_input")
        if code is None:
            continue
        output = _part(cell, "cell_output")
        cards = list(output.findall(is_card)) if output else []
        if cards:
            _show_as_card(cell, code, output, cards)
        elif not DOTS.search(code.astext()):
            code.replace_self(folded(code))


def is_cell(node):
    return isinstance(node, nodes.container) and node.get("nb_element") == "cell_code"


def is_card(node):
    return isinstance(node, card) or is_a(node, "card no") or is_a(node, "setting")


def _part(cell, name):
    found = [child for child in cell.children if name in child.get("classes", ())]
    return found[0] if found else None


def _show_as_card(cell, code, output, cards):
    """The code goes into the last card; what else the cell printed follows it."""
    code.parent.remove(code)
    cards[-1] += tag("details", tag("summary", "source"), *code.children, class_="source")


def folded(code):
    source = code.astext()
    lines = len(source.strip().splitlines())
    noun = "line" if lines == 1 else "lines"
    summary = tag(
        "summary",
        tag("span", _gist(source), class_="gist"),
        tag("span", f"Python · {lines} {noun}", class_="length"),
    )
    return tag("details", summary, *code.children, class_="code")


def _gist(source):
    """What a cell is for, in one line of itself: its claim, what it draws, or its last line."""
    lines = [line.rstrip() for line in source.strip().splitlines()]
    claims = [x for x in lines if x.lstrip().startswith("assert ")]
    if PLOTTING.search(source):
        return "the code of the figure"
    if all(x.startswith(("import ", "from ", "    ", ")", "use_style")) or not x for x in lines):
        return "imports"
    own = [x for x in lines if x and not x.startswith(MEANS_NOTHING)]
    last = own[-1] if own else lines[min(1, len(lines) - 1)]
    if last.startswith("def "):  # what a function asserts is not what the cell claims
        claims = [x for x in claims if not x.startswith(" ")]
    gist = min(claims, key=lambda x: x.startswith(" "), default=last).lstrip()
    return gist if len(gist) <= LONGEST else gist[: LONGEST - 1] + "…"


def setup(app):
    app.connect("doctree-read", fold_cells)
