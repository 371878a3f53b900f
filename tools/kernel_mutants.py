"""Slips in the kernel's own code: one change of its syntax tree each.

What only bounds the work (the spending, its counters, and constants such as MOST_BITS) is left
alone: a slip there makes a check longer or shorter, never wrong. So is the `strict=True` of a zip:
what is paired there was counted before, where the slips are in the draw. And so is `if x not in
self.…` that is made to hold always: what is remembered is found once more, and found the same.
"""

from __future__ import annotations

import ast
import hashlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import UnionType
from typing import NamedTuple

_COMPARED = {ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
             ast.GtE: ast.Gt, ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot,
             ast.IsNot: ast.Is}  # fmt: skip
_CALCULATED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Div: ast.Mult,
               ast.FloorDiv: ast.Mult, ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd,
               ast.BitAnd: ast.BitOr}  # fmt: skip
_SIGNS = {"POSITIVE": "NONNEGATIVE", "NONNEGATIVE": "POSITIVE", "NEGATIVE": "NONPOSITIVE",
          "NONPOSITIVE": "NEGATIVE", "NONZERO": "POSITIVE", "UNKNOWN": "NONNEGATIVE"}  # fmt: skip
_BUDGET = ("MOST_", "LARGEST_", "LONGEST", "DEEPEST")
_COUNTERS = ("work", "tried")


@dataclass(frozen=True)
class Mutant:
    """A module of the kernel with one slip."""

    module: str
    line: int
    what: str
    before: str  # the statement that the slip is in, up to its block
    after: str
    source: str

    @property
    def name(self) -> str:
        return f"{self.module}:{self.line} {self.what}: {self.before} → {self.after}"


class Place(NamedTuple):
    """Where a slip can be, and which one it is there."""

    rank: str  # by its statement alone, so that a change elsewhere leaves the draw as it is
    path: Path
    number: int
    choice: int


def slips(path: Path) -> list[Place]:
    """All slips of a module."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    statements, seen, found = _statements(tree), Counter[str](), list[Place]()
    for number, node in enumerate(_places(tree)):
        for choice, (what, _) in enumerate(_changes(node)):
            words = f"{path.stem} {what} {_head(statements[node])}"
            seen[words] += 1
            rank = hashlib.sha256(f"{words} {seen[words]}".encode()).hexdigest()
            found.append(Place(rank, path, number, choice))
    return found


def mutant(place: Place) -> Mutant | None:
    """The module with one of its slips; None if it still reads as before."""
    tree = ast.parse(place.path.read_text(encoding="utf-8"))
    right = ast.unparse(tree)
    node = list(_places(tree))[place.number]
    what, edit = list(_changes(node))[place.choice]
    statement = _statements(tree, ast.stmt | ast.match_case)[node]
    before = _head(statement)
    edit()
    source = ast.unparse(ast.fix_missing_locations(tree))
    if source == right:
        return None
    return Mutant(place.path.stem, node.lineno, what, before, _head(statement), source)


def _places(tree: ast.Module) -> Iterator[ast.expr | ast.stmt]:
    """Nodes of code that runs: no annotation, no message of an error, no text, no budget."""
    waiting: list[ast.AST] = list(tree.body)
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, ast.Import | ast.ImportFrom | ast.JoinedStr | ast.Raise | ast.Assert):
            continue
        if isinstance(node, ast.AnnAssign) and node.value is None or _is_budget(node):
            continue
        if isinstance(node, ast.expr | ast.stmt):
            yield node
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "returns", "decorator_list", "bases", "args") and not (
                isinstance(node, ast.Call) and name == "args"
            ):
                continue
            waiting += [x for x in (value if isinstance(value, list) else [value])
                        if isinstance(x, ast.AST)]  # fmt: skip


def _is_budget(node: ast.AST) -> bool:
    match node:
        case ast.Assign(targets=[ast.Name(name) | ast.Tuple(elts=[ast.Name(name), *_])]):
            return name.startswith(_BUDGET)
        case (
            ast.Assign(targets=[ast.Attribute(attr=name), *_])
            | ast.AugAssign(target=ast.Attribute(attr=name))
        ):
            return name in _COUNTERS
        case ast.keyword(arg="strict"):
            return True
        case ast.Expr(value=ast.Call(func=ast.Attribute(attr="spend"))):
            return True
        case ast.Expr(value=ast.Constant()):
            return True
        case ast.If(test=test):
            return any(isinstance(x, ast.Name) and x.id.startswith(_BUDGET) for x in ast.walk(test))
    return False


def _is_memory(test: ast.expr) -> bool:
    match test:
        case ast.Compare(ops=[ast.NotIn()], comparators=[ast.Attribute(value=ast.Name("self"))]):
            return True
    return False


def _changes(node: ast.AST):
    """(what, edit) for each slip at this node; an edit changes the tree in place."""
    match node:
        case ast.Compare(ops=[op]) if type(op) in _COMPARED:
            yield "comparison", lambda: node.ops.__setitem__(0, _COMPARED[type(op)]())
        case ast.BoolOp():
            other = ast.Or if isinstance(node.op, ast.And) else ast.And
            yield "and/or", lambda: setattr(node, "op", other())
        case ast.UnaryOp(op=ast.Not() | ast.USub(), operand=operand):
            yield "sign or not", lambda: _become(node, operand)
        case ast.BinOp() if type(node.op) in _CALCULATED:
            yield "arithmetic", lambda: setattr(node, "op", _CALCULATED[type(node.op)]())
        case ast.Constant(value=int() as n) if not isinstance(n, bool):
            yield "constant", lambda: setattr(node, "value", n + 1)
        case ast.Constant(value=bool() as truth):
            yield "constant", lambda: setattr(node, "value", not truth)
        case ast.Name(id=name) if name in _SIGNS and isinstance(node.ctx, ast.Load):
            yield "sign constant", lambda: setattr(node, "id", _SIGNS[name])
        case ast.IfExp(body=body, orelse=orelse):
            yield "if/else", lambda: (setattr(node, "body", orelse), setattr(node, "orelse", body))
        case ast.If(body=[ast.Raise()]):
            yield "removed check", lambda: setattr(node, "test", ast.Constant(False))
        case ast.If():
            yield "never", lambda: setattr(node, "test", ast.Constant(False))
            if not _is_memory(node.test):
                yield "always", lambda: setattr(node, "test", ast.Constant(True))
        case ast.Expr(value=ast.Call()) | ast.AugAssign():
            yield "removed statement", lambda: _become(node, ast.Pass())
        case ast.Continue():
            yield "break", lambda: _become(node, ast.Break())


def _become(node: ast.AST, other: ast.AST) -> None:
    node.__class__ = other.__class__
    node.__dict__.update(other.__dict__)


def _statements(tree: ast.Module, kinds: type | UnionType = ast.stmt) -> dict[ast.AST, ast.AST]:
    """The innermost statement that holds a node."""
    outer_first = (x for x in ast.walk(tree) if isinstance(x, kinds))
    return {y: x for x in outer_first for y in ast.walk(x)}


def _head(statement: ast.AST) -> str:
    lines = ast.unparse(statement).splitlines()
    if isinstance(statement, ast.If) and isinstance(statement.body[0], ast.Raise | ast.Return):
        return " ".join(x.strip() for x in lines[:2])[:160]
    return lines[0][:160]
