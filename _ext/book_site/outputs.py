"""What a cell stored as data becomes a directive, before the page is read.

A notebook keeps each derivation, refuted line and setting as data beside what Jupyter shows of it.
The page is made from the data: `{derivation}`, `{refuted}`, `{setting}` and `{answer}` set it as cards and boxes.
"""

import ast
import json

from cebook_utils.derivation.exercise import EXERCISE
from cebook_utils.derivation.records import RECORD
from cebook_utils.language.messages import REFUTED
from cebook_utils.language.setting import SETTING

DIRECTIVES = {RECORD: "derivation", REFUTED: "refuted", SETTING: "setting", EXERCISE: "answer"}
FENCE = "`" * 12


def read_outputs(app, docname, source):
    if not str(app.env.doc2path(docname)).endswith(".ipynb"):
        return
    notebook = json.loads(source[0])
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            seen = _seen(cell["outputs"])
            if not is_plain_check("".join(cell["source"])):
                seen = [_for_the_notebook(output) for output in seen]
            cell["outputs"] = [_as_directive(output) for output in seen]
            tags = cell["metadata"].get("tags", [])
            cell["metadata"]["tags"] = [x for x in tags if x != "hide-input"]  # all code folds
    source[0] = json.dumps(notebook)


def _seen(outputs):
    """The outputs without the message of a line whose card says the same."""
    refuted = any(REFUTED in output.get("data", ()) for output in outputs)
    return [x for x in outputs if not (refuted and x["output_type"] == "error")]


def is_plain_check(source):
    """Whether the answer is all that a cell asks for, and the verdict on it all that it says."""
    try:
        *_, last = ast.parse(source).body
    except ValueError:  # nothing but comments
        return False
    match last:
        case ast.Expr(ast.Call(func=ast.Attribute(attr="check"), keywords=given)):
            return all(_is_constant(keyword.value) for keyword in given)
    return False


def _is_constant(node):
    return isinstance(node, ast.Constant) or (
        isinstance(node, ast.Tuple) and all(map(_is_constant, node.elts))
    )


def _for_the_notebook(output):
    """Where more is asked for than a line, a box on the page would be another exercise."""
    if EXERCISE not in output.get("data", ()):
        return output
    return output | {"data": {"text/markdown": "Write your answer in the notebook of this page."}}


def _as_directive(output):
    for kind, directive in DIRECTIVES.items():
        if kind in output.get("data", ()):
            body = json.dumps(output["data"][kind], ensure_ascii=False)
            shown = {"text/markdown": f"{FENCE}{{{directive}}}\n{body}\n{FENCE}"}
            return output | {"data": shown}
    return output


def setup(app):
    app.connect("source-read", read_outputs)
