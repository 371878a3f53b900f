"""What every chapter must satisfy; each rule takes a notebook and yields its faults."""

import ast
import re
from statistics import median

import assert_rules
from notebooks import ROOT, normalise, text

from cebook_utils.derivation.records import RECORD

LONGEST_CELL = 40
LONGEST_MEDIAN = 5

OPENING = ("What you will do, learn and need", "**Do.**", "**Learn.**", "**Need.**")
CLOSING = ("## Summary", "## Exercises", "## What comes next")

# The map of the book, and the pages that list rather than derive.
WITHOUT_OPENING = ("intro", "check", "questions", "results", "coverage", "api")
WITHOUT_CLOSING = (*WITHOUT_OPENING, "errata")

SWITCHES_NBVAL_OFF = re.compile(r"nbval[-_]|PYTEST_VALIDATE_IGNORE_OUTPUT", re.IGNORECASE)
CLOSE = ("np.allclose", "np.isclose")

# All that a cell may bear. Others hide outputs, or a whole cell, in one of several spellings.
TAGS = re.compile(r"raises-exception|hide-input|remove-input|(covers|answers)-[\w-]+")
HIDES_CODE = {"hide-input", "remove-input"}
FIGURE_FACTS = {"image", "figure"}

# What a derivation or a setting stored, and what is said of a step that is refused.
MATHEMATICS = {RECORD, "text/latex"}
REFUSALS = {"StepError", "ReadingError"}
STEPS = {"equals", "at_most", "at_least", "less_than", "greater_than", "tends_to"}

# A bar that a backslash does not protect.
_BAR = re.compile(r"(?<!\\)\|")

# Paths, process numbers and addresses differ between machines and runs.
VARIES = re.compile(
    r"/tmp/|/home/|/root/|/Users/|\\Users\\|/var/folders/|site-packages|ipykernel_\d|0x[0-9a-f]{7,}"
)


def notebooks_in(folder):
    """All notebooks below a folder but those in hidden folders and build products."""
    for path in sorted(folder.rglob("*.ipynb")):
        parts = path.relative_to(folder).parts
        if not any(part.startswith((".", "_")) or part == "node_modules" for part in parts):
            yield path


def outside_chapters(folder=ROOT):
    for path in notebooks_in(folder):
        if path.parent != folder / "chapters":
            yield f"{path.relative_to(folder)} is not in chapters/, so nothing publishes it"


def code_cells(notebook):
    return [cell for cell in notebook.cells if cell.cell_type == "code"]


def tags(cell):
    return set(cell.metadata.get("tags", ()))


def is_executed_in_order(notebook, name):
    counts = [cell.execution_count for cell in code_cells(notebook)]
    if counts != list(range(1, len(counts) + 1)):
        yield f"the execution counts are {counts}: run `make notebooks CHAPTER={name}`"


def has_no_unexpected_error(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        failed = any(output.output_type == "error" for output in cell.outputs)
        expected = "raises-exception" in tags(cell)
        if failed and not expected:
            yield f"code cell {number} shows an error and has no tag raises-exception"
        if expected and not failed:
            yield f"code cell {number} has the tag raises-exception and shows no error"


def has_no_warning(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        if any(output.get("name") == "stderr" for output in cell.outputs):
            yield f"code cell {number} wrote to stderr"


def is_not_exempt_from_tests(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        switch = SWITCHES_NBVAL_OFF.search("\n".join([*tags(cell), cell.source]))
        if switch:
            yield f"code cell {number} switches its check off ({switch.group()}…)"


def has_known_tags(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        for tag in sorted(tags(cell)):
            if not TAGS.fullmatch(tag):
                yield f"code cell {number} has the tag {tag}, which is none of {TAGS.pattern}"
        for fact in sorted(set(cell.metadata.get("mystnb", ())) - FIGURE_FACTS):
            yield f"code cell {number} has mystnb.{fact}, which says nothing of a figure"


def hides_no_derivation(notebook, name):
    """By what a cell stored, whatever the names in its source are."""
    for number, cell in enumerate(code_cells(notebook), 1):
        if tags(cell) & HIDES_CODE and any(map(_is_mathematics, cell.outputs)):
            yield f"code cell {number} hides how a formula on the page came about"


def _is_mathematics(output):
    return bool(MATHEMATICS & set(output.get("data", ()))) or output.get("ename") in REFUSALS


def shows_every_derivation(notebook, name):
    """Steps are taken by methods, whatever the class is called; what is not shown is not read."""
    for number, cell in enumerate(code_cells(notebook), 1):
        shown = [output.data for output in cell.outputs if RECORD in output.get("data", ())]
        for data in shown:
            if f"$$ ({data[RECORD]['label']})" not in data.get("text/markdown", ""):
                yield f"code cell {number} stores the derivation {data[RECORD]['title']!r} unseen"
        refused = any(output.get("ename") in REFUSALS for output in cell.outputs)
        taken = len(_chains(ast.parse(cell.source)))
        if taken > len(shown) and not refused:
            yield (
                f"code cell {number} takes the steps of {taken} derivations and shows {len(shown)}:"
                " end it with the derivation, without a semicolon"
            )


def _chains(tree):
    """One entry for each derivation that is given steps: its name, or its place in the source."""
    return {
        root.id if isinstance(root, ast.Name) else (root.lineno, root.col_offset)
        for step in ast.walk(tree)
        if isinstance(step, ast.Attribute) and step.attr in STEPS
        for root in [_root(step)]
    }


def _root(node):
    """What a chain of attributes and calls starts from: a name, or the call that makes it."""
    while (
        isinstance(node, ast.Attribute)
        or isinstance(node, ast.Call)
        and not isinstance(node.func, ast.Name)
    ):
        node = node.value if isinstance(node, ast.Attribute) else node.func
    return node


def describes_every_image(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        if not any(
            mime.startswith("image/") for out in cell.outputs for mime in out.get("data", ())
        ):
            continue
        facts = cell.metadata.get("mystnb", {})
        figure = facts.get("figure", {})
        if not facts.get("image", {}).get("alt", "").strip():
            yield f"code cell {number} shows an image without mystnb.image.alt"
        if not figure.get("caption", "").strip():
            yield f"code cell {number} shows an image without mystnb.figure.caption"
        if not figure.get("name", "").startswith("fig-"):
            yield f"code cell {number} shows an image without mystnb.figure.name, fig-…"


def has_short_cells(notebook, name):
    lengths = [
        sum(1 for line in cell.source.splitlines() if line.strip()) for cell in code_cells(notebook)
    ]
    if lengths and median(lengths) > LONGEST_MEDIAN:
        yield f"the median code cell has {median(lengths):g} lines, more than {LONGEST_MEDIAN}"
    for number, length in enumerate(lengths, 1):
        if length > LONGEST_CELL:
            yield f"code cell {number} has {length} lines, more than {LONGEST_CELL}"


def is_normal(notebook, name):
    if text(notebook) != text(normalise(notebook)):
        yield f"it is not in normal form: run `make notebooks CHAPTER={name}`"


def has_a_description(notebook, name):
    description = notebook.metadata.get("myst", {}).get("html_meta", {}).get("description", "")
    if not 50 <= len(description) <= 170:
        yield (
            "metadata myst.html_meta.description should tell the page in 50 to 170 characters;"
            f" it has {len(description)}"
        )


def opens_with_do_learn_need(notebook, name):
    if not notebook.cells or not notebook.cells[0].source.startswith("# "):
        yield "the first cell does not start with the title, '# …'"
    elif name not in WITHOUT_OPENING:
        yield from _in_order(OPENING, notebook.cells[0].source, "the first cell")


def closes_with_summary_exercises_and_next(notebook, name):
    headings = "\n".join(
        line
        for cell in notebook.cells
        if cell.cell_type == "markdown"
        for line in cell.source.splitlines()
        if line.startswith("## ")
    )
    if name not in WITHOUT_CLOSING:
        yield from _in_order(CLOSING, headings, "the chapter")


def _in_order(phrases, prose, where):
    position = 0
    for phrase in phrases:
        found = prose.find(phrase, position)
        if found < 0:
            yield f"{where} has no {phrase!r}, or has it too early"
        else:
            position = found


def has_even_tables(notebook, name):
    """A bare | in a formula ends the cell of a table, and what follows is lost on the page."""
    for number, prose in _prose(notebook):
        widths = [_BAR.findall(row) for row in prose.splitlines()]
        for above, row, width in zip(widths, prose.splitlines()[1:], widths[1:], strict=False):
            if row.startswith("|") and above and len(width) != len(above):
                yield f"cell {number} has a row of another length than the one above it: {row!r}"


def _prose(notebook):
    """The Markdown that an author wrote, and that a cell answered with."""
    for number, cell in enumerate(notebook.cells, 1):
        if cell.cell_type == "markdown":
            yield number, cell.source
        for output in cell.get("outputs", ()):
            yield number, output.get("data", {}).get("text/markdown", "")


def states_both_tolerances(notebook, name):
    """NumPy adds 1e-8 to a relative tolerance unless told otherwise; small numbers then pass."""
    for number, cell in enumerate(code_cells(notebook), 1):
        for call in ast.walk(ast.parse(cell.source)):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in CLOSE:
                given = {argument.arg for argument in call.keywords}
                if "rtol" in given and "atol" not in given:
                    yield f"code cell {number} gives an rtol without an atol: {ast.unparse(call)}"


def prints_nothing_that_varies(notebook, name):
    for number, cell in enumerate(code_cells(notebook), 1):
        for output in cell.outputs:
            found = VARIES.search(_shown(output))
            if found:
                yield f"code cell {number} prints {found.group()!r}, which varies"


def _shown(output):
    """All text of an output, without drawings and pictures: their data may hold anything."""
    data = [
        str(value)
        for mime, value in output.get("data", {}).items()
        if not mime.startswith("image/")
    ]
    return "\n".join([*data, output.get("text", ""), *output.get("traceback", ())])


RULES = (
    is_executed_in_order,
    has_no_unexpected_error,
    has_no_warning,
    is_not_exempt_from_tests,
    has_known_tags,
    hides_no_derivation,
    shows_every_derivation,
    describes_every_image,
    has_short_cells,
    is_normal,
    has_a_description,
    opens_with_do_learn_need,
    closes_with_summary_exercises_and_next,
    has_even_tables,
    states_both_tolerances,
    prints_nothing_that_varies,
    *assert_rules.RULES,
)
