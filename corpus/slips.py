"""The slips that can be made in the text of a formula, one at a time.

Formulas are changed as Python's own syntax trees: the notation is a part of Python's.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from typing import Any

from cebook_utils.kernel.setting import Setting

OVER, DELTAS = ("Σ", "Sum", "Π", "Prod"), ("δ", "delta")

Change = tuple[str, ast.expr]
Path = tuple[tuple[str, int | None], ...]


def changed_texts(text: str, setting: Setting) -> Iterator[tuple[str, str]]:
    """(slip, changed text) for every change, each text once."""
    root = ast.parse(text.strip(), mode="eval").body
    seen = {ast.unparse(root)}
    changes = [] if text.strip() == "0" else list(_whole_changes(root, setting))
    for node, path in _parts(root):
        changes += [(slip, _at(root, path, new)) for slip, new in _local_changes(node, setting)]
    for slip, new in changes:
        changed = ast.unparse(new)
        if changed not in seen:
            seen.add(changed)
            yield slip, changed


def _binary(left: ast.expr, operator: ast.operator, right: ast.expr) -> ast.BinOp:
    return ast.BinOp(left, operator, right)


def _call(name: str, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(ast.Name(name), arguments, [])


def _at(root: Any, path: Path, new: ast.expr) -> Any:
    """The tree with the node at the end of the path replaced."""
    if not path:
        return new
    (field, place), *rest = path
    root = copy.copy(root)
    child = getattr(root, field)
    if place is None:
        setattr(root, field, _at(child, tuple(rest), new))
    else:
        children = list(child)
        children[place] = _at(children[place], tuple(rest), new)
        setattr(root, field, children)
    return root


def _parts(node: ast.expr, path: Path = ()) -> Iterator[tuple[ast.expr, Path]]:
    """Every subformula with the way to it; what only names a function or an index is left out."""
    yield node, path
    inside: list[tuple[str, int | None, ast.expr]] = []
    match node:
        case ast.BinOp():
            inside = [("left", None, node.left), ("right", None, node.right)]
        case ast.UnaryOp():
            inside = [("operand", None, node.operand)]
        case ast.Call(func=ast.Name(id=name)) if name in OVER:
            inside = [("args", 1, node.args[1])]
        case ast.Call():
            inside = [("args", place, part) for place, part in enumerate(node.args)]
    for field, place, child in inside:
        yield from _parts(child, (*path, (field, place)))


def _local_changes(node: ast.expr, setting: Setting) -> Iterator[Change]:
    """The slips that can be made at one subformula: (slip, changed subformula)."""
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
            other = ast.Sub() if isinstance(sign, ast.Add) else ast.Add()
            yield "sign", _binary(left, other, right)
            yield "dropped term", left
            yield "dropped term", right
            yield "doubled term", _binary(node, sign, right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            yield "dropped factor", left
            yield "dropped factor", right
            yield "doubled factor", _binary(node, ast.Mult(), right)
            yield "sum for product", _binary(left, ast.Add(), right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            yield "dropped factor", left
            yield "upside down", _binary(right, ast.Div(), left)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            yield "dropped power", left
            yield "constant", _binary(left, ast.Pow(), _binary(right, ast.Add(), ast.Constant(1)))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", operand
        case ast.Constant(value=int() as number):
            yield "constant", ast.Constant(number + 1)
            yield "constant", ast.Constant(2 * number + 3)
        case ast.Subscript():
            yield from _other_indices(node, setting)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            yield from _changed_calls(node, name, arguments, setting)


def _changed_calls(
    node: ast.Call, name: str, arguments: list[ast.expr], setting: Setting
) -> Iterator[Change]:
    if name in OVER:
        yield "missing sum", arguments[1]
        if len(arguments) > 2:
            yield "lost condition", ast.Call(node.func, arguments[:2], [])
    elif name in DELTAS:
        yield "dropped factor", ast.Constant(1)
        for letter in _letters_like(ast.unparse(arguments[1]), setting):
            yield "index", ast.Call(node.func, [arguments[0], ast.Name(letter)], [])
    elif name in ("exp", "log"):
        yield "lost function", arguments[0]
        yield "other function", _call("log" if name == "exp" else "exp", arguments)
    elif name == "D":
        yield "undifferentiated", arguments[0]
    else:
        flipped = [ast.UnaryOp(ast.USub(), arguments[0]), *arguments[1:]]
        yield "argument's sign", ast.Call(node.func, flipped, [])
        yield "lost function", arguments[0]


def _other_indices(node: ast.Subscript, setting: Setting) -> Iterator[Change]:
    inside = node.slice.elts if isinstance(node.slice, ast.Tuple) else [node.slice]
    letters = tuple(map(ast.unparse, inside))
    for place, letter in enumerate(letters):
        for other in _letters_like(letter, setting):
            yield "index", _indexed(node, (*letters[:place], other, *letters[place + 1 :]))
    if len(letters) == 2:
        yield "transposed", _indexed(node, letters[::-1])


def _letters_like(letter: str, setting: Setting) -> list[str]:
    """Other letters over the same range (any letters, for a whole number)."""
    size = setting.letters.get(letter)
    return [i for i, n in setting.letters.items() if i != letter and size in (n, None)][:3]


def _indexed(node: ast.Subscript, letters: tuple[str, ...]) -> ast.Subscript:
    inside: list[ast.expr] = [ast.Name(letter) for letter in letters]
    return ast.Subscript(node.value, inside[0] if len(inside) == 1 else ast.Tuple(inside))


def _whole_changes(root: ast.expr, setting: Setting) -> Iterator[Change]:
    """The slips that concern a whole side."""
    yield "sign", ast.UnaryOp(ast.USub(), root)
    yield "doubled", _binary(ast.Constant(2), ast.Mult(), root)
    for size in setting.sizes:
        yield "sum for mean", _binary(ast.Name(size), ast.Mult(), root)
        yield "mean for sum", _binary(root, ast.Div(), ast.Name(size))
    known = setting.ranges
    names = sorted({n.id for n in ast.walk(root) if isinstance(n, ast.Name)} & set(known))
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if known[one] == known[other]:
                yield "exchanged names", Exchange(one, other).visit(copy.deepcopy(root))
    for one in names:
        for other in sorted(set(known) - set(names)):
            if known[one] == known[other]:
                yield "another name", Exchange(one, other).visit(copy.deepcopy(root))


class Exchange(ast.NodeTransformer):
    """Puts each of two names where the other stood."""

    def __init__(self, one: str, other: str):
        self.names = {one: other, other: one}

    def visit_Name(self, node: ast.Name) -> ast.Name:
        return ast.Name(self.names.get(node.id, node.id))
