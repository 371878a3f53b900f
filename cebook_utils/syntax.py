"""From the text of a step to a tree, without ever evaluating it.

The notation is a small part of Python's expression syntax, so Python's own parser reads it;
what it returns is then compared with the list of things a formula may hold.
"""

import ast
import unicodedata
import warnings

from cebook_utils.errors import ReadingError

LONGEST = 2000
DEEPEST = 40
LARGEST_NUMBER = 10**9

SUMS = ("Σ", "Sum")
PRODUCTS = ("Π", "Prod")
DELTAS = ("δ", "delta")
DERIVATIVE = "D"
BUILT_IN = ("exp", "log", "sqrt", "abs", "max", "min")
RESERVED = (*SUMS, *PRODUCTS, *DELTAS, DERIVATIVE, *BUILT_IN, "oo")

_CLOSES = {")": "(", "]": "["}
_OPERATORS = (ast.Add, ast.Sub, ast.Mult, ast.Div, ast.Pow, ast.USub, ast.UAdd)


def parse(text):
    """The tree of one formula; a ReadingError points at what the notation does not have."""
    text = tidy(text)
    _check_characters(text)
    _check_brackets(text)
    tree = _python_tree(text)
    _check_node(tree, text)
    return tree


def tidy(text):
    """The text on one line, with single spaces."""
    if not isinstance(text, str):
        raise ReadingError("", None, f"a formula is a string, not {type(text).__name__}: {text!r}")
    if len(text) > LONGEST:
        raise ReadingError(
            "", None, f"this formula has {len(text)} characters; at most {LONGEST} are read"
        )
    line = " ".join(text.split())
    if not line:
        raise ReadingError("", None, "this formula is empty")
    return line


def place_of(node, text):
    """Where a node begins, in characters (Python counts bytes)."""
    return len(text.encode()[: node.col_offset].decode())


def refuse(node, text, problem):
    """A ReadingError that points at a node."""
    return ReadingError(text, place_of(node, text), problem)


def _check_characters(text):
    for place, character in enumerate(text):
        read_as = unicodedata.normalize("NFKC", character)
        if read_as != character:
            advice = "; write 'ell', which is shown as ℓ" if character == "ℓ" else ""
            raise ReadingError(text, place, f"Python reads {character!r} as {read_as!r}{advice}")
        if not character.isprintable() or character in "#;\\'\"`$@":
            raise ReadingError(text, place, f"{character!r} is not part of the notation")


def _check_brackets(text):
    opened = []
    for place, character in enumerate(text):
        if character in "([":
            opened.append((character, place))
            if len(opened) > DEEPEST:
                raise ReadingError(text, place, f"brackets nested more than {DEEPEST} deep")
        elif character in ")]" and (not opened or opened.pop()[0] != _CLOSES[character]):
            raise ReadingError(text, place, f"this {character!r} closes nothing")
    if opened:
        raise ReadingError(text, opened[-1][1], f"this {opened[-1][0]!r} is never closed")


def _python_tree(text):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            return ast.parse(text, mode="eval").body
    except SyntaxError as error:
        place = min(error.offset - 1, len(text)) if error.offset else len(text)
        raise ReadingError(text, place, "this is not a formula") from None
    except (ValueError, MemoryError, RecursionError, Warning):
        raise ReadingError(text, 0, "this is not a formula") from None


def _check_node(node, text, depth=0):
    """Refuse whatever a formula cannot hold; everything not listed here is refused."""
    if depth > 8 * DEEPEST:
        raise refuse(node, text, "this formula is nested too deeply")
    for child in _children(node, text):
        _check_node(child, text, depth + 1)


def _children(node, text):
    match node:
        case ast.Name():
            return []
        case ast.Constant(value=bool() | complex() | str() | bytes() | None):
            raise refuse(node, text, "only names and numbers stand in a formula")
        case ast.Constant(value=int() | float() as number):
            if not abs(number) <= LARGEST_NUMBER:
                raise refuse(node, text, "this number is too large to be read")
            return []
        case ast.UnaryOp(op=op) if isinstance(op, _OPERATORS):
            return [node.operand]
        case ast.BinOp(op=op) if isinstance(op, _OPERATORS):
            return [node.left, node.right]
        case ast.Subscript(value=ast.Name()):
            return index_nodes(node, text)
        case ast.Call(func=ast.Name(id=name), keywords=[]):
            binds = name in SUMS + PRODUCTS
            return [*node.args[:2], *condition_nodes(node, text)] if binds else node.args
        case ast.Call(func=ast.Name()):
            raise refuse(node, text, "a formula has no keyword arguments")
        case ast.Attribute():
            raise refuse(node, text, "a formula has no attributes (no dots after a name)")
        case ast.Compare():
            raise refuse(node, text, "a comparison stands only in a sum: Σ(i, …, i != k)")
    raise refuse(node, text, f"{ast.unparse(node)[:40]!r} is not part of the notation")


def index_nodes(node, text):
    """The indices between square brackets: names, or whole numbers from 1."""
    inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    for index in inside:
        whole = isinstance(index, ast.Constant) and type(index.value) is int and index.value > 0
        if not (whole or isinstance(index, ast.Name)):
            raise refuse(index, text, "an index is a declared letter or a whole number from 1")
    if not inside:
        raise refuse(node, text, "an index is missing")
    return inside


def condition_nodes(node, text):
    """The two sides of each `i != k` of a sum or product."""
    sides = []
    for condition in node.args[2:]:
        match condition:
            case ast.Compare(left=ast.Name() as left, ops=[ast.NotEq()], comparators=[right]):
                sides += [left, right]
            case _:
                raise refuse(condition, text, "a sum may only leave out an index: i != k")
    return sides
