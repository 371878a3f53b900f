"""An assert of a chapter can fail: it compares something, closely, and it is reached."""

import ast
import builtins
import json
import operator
import re
import warnings
from functools import cache, lru_cache

from notebooks import ROOT

# How many a chapter has; `make asserts` writes it, and nothing else does.
COUNTS = ROOT / "tests" / "book" / "asserts.json"

# What checks without the word assert.
CHECKERS = re.compile(r"(^|\.)(check_gradient|assert_\w+)$")
CLOSE = re.compile(
    r"(^|\.)(allclose|isclose|approx|array_equal|array_equiv|assert_(?!raises|warns)\w+)$"
)
TRUTH_OF_PARTS = re.compile(r"(^|\.)(all|any|bool|logical_(and|or|xor|not))$")

# A relative error of a tenth still tells right from wrong; what is more tells nothing.
WIDEST_TOLERANCE = 0.1
FEWEST_DECIMALS = 2
# No error, and no other quantity of a chapter, is asserted to be below a number larger than this.
LARGEST_BOUND = 100
TOLERANCE = re.compile(r"^([ar]tol|(abs|rel)_tol|tol|abs|rel)$")
DECIMALS = re.compile(r"^(decimal|significant|places)$")
# Where the tolerances of a function stand if they are not named.
PLACES = {"allclose": 2, "isclose": 2, "assert_allclose": 2, "check_gradient": 3, "approx": 1}
ERROR = re.compile(r"(^|\W)(np\.)?(abs|norm|relative_error|check_gradient|worst\w*|error\w*)\b")

FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda)
LITERALS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.JoinedStr, ast.Lambda)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
NOTHING = {"[]", "()", "{}", "''", "set()", "dict()", "range(0)"}
ORDER = (ast.Lt, ast.LtE, ast.Gt, ast.GtE)
CATCHES = {"AssertionError", "Exception", "BaseException"}
# With these a program can change what an assert means, where no rule sees it.
RUNS_TEXT = {"exec", "eval", "compile", "setattr", "delattr", "globals", "vars", "__import__"}
REACHES_IN = {
    *RUNS_TEXT,
    *(
        "__dict__",
        "modules",
        "get_ipython",
        "run_line_magic",
        "run_cell_magic",
        "monkeypatch",
        "patch",
    ),
}

# Without "_", which an interactive session, and a doctest, leaves there.
BUILT_IN = frozenset(dir(builtins)) - {"_"}


ARITHMETIC = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: lambda base, power: float(base) ** power,
}


def code_cells(notebook):
    """Number, cell and syntax tree of each code cell; a magic command is not Python and raises.

    A name that is bound once, to a number or a truth value, is replaced by it: an assert is no
    better for having its tolerance somewhere else.
    """
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    trees = _trees(tuple(cell.source for cell in cells))
    return [(number, *both) for number, both in enumerate(zip(cells, trees, strict=True), 1)]


@lru_cache(maxsize=1)  # one rule after the other asks for the same notebook
def _trees(sources):
    with warnings.catch_warnings(action="ignore"):  # newer Pythons warn of some of what is refused
        trees = [ast.parse(source) for source in sources]
    fixed = Fixed(trees)
    return [fixed.visit(tree) for tree in trees]


class Fixed(ast.NodeTransformer):
    def __init__(self, trees):
        nodes = [node for tree in trees for node in ast.walk(tree)]
        bound = [name for node in nodes for name in _changed(node)]
        self.values = {
            node.targets[0].id: node.value
            for node in nodes
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name)
            if bound.count(node.targets[0].id) == 1
            if _number(node.value) is not None or ast.unparse(node.value) in ("True", "False")
        }

    def visit_Name(self, node):
        return self.values.get(node.id, node) if isinstance(node.ctx, ast.Load) else node


def name_of(call):
    return ast.unparse(call.func)


def is_check(node):
    return (
        isinstance(node, ast.Assert)
        or (isinstance(node, ast.Call) and bool(CHECKERS.search(name_of(node))))
        or (isinstance(node, ast.Raise) and "AssertionError" in ast.unparse(node))
    )


def checks(tree):
    """The asserts, and the calls that assert; one inside an assert is not counted again."""
    found = [node for node in ast.walk(tree) if is_check(node)]
    inside = {
        id(part)
        for node in found
        for part in ast.walk(node)
        if part is not node and not isinstance(node, FUNCTIONS)
    }
    return [node for node in found if id(node) not in inside]


def count(notebook):
    return sum(len(checks(tree)) for _, _, tree in code_cells(notebook))


def counts_text(notebooks):
    """The stored counts: one chapter a line, so that two changes seldom meet."""
    return json.dumps({name: count(nb) for name, nb in sorted(notebooks.items())}, indent=1) + "\n"


@cache
def stored_counts():
    return json.loads(COUNTS.read_text(encoding="utf-8"))


# What an assert says.


def names_in(node):
    return {part.id for part in ast.walk(node) if isinstance(part, ast.Name)}


def is_constant(node):
    """Whether it is built from literals and built-in functions alone: it is what it is."""
    return names_in(node) <= BUILT_IN


def operands(test):
    """The parts that decide an assert, as deep as and, or, not, if, any and all go."""
    if isinstance(test, ast.BoolOp):
        parts = test.values
    elif isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not | ast.Invert):
        parts = [test.operand]
    elif isinstance(test, ast.IfExp):
        parts = [test.test, test.body, test.orelse]
    elif isinstance(test, ast.NamedExpr):
        parts = [test.value]
    elif isinstance(test, ast.BinOp) and isinstance(test.op, ast.BitOr | ast.BitAnd | ast.BitXor):
        parts = [test.left, test.right]
    elif isinstance(test, ast.Call) and TRUTH_OF_PARTS.search(name_of(test)):
        parts = [part for given in test.args for part in _parts(given)]
        # x.all() looks at x; of np.all(x) this adds np, which is no literal.
        parts += [test.func.value] if isinstance(test.func, ast.Attribute) else []
    else:
        return [test]
    return [test, *(operand for part in parts for operand in operands(part))]


def _parts(given):
    """What any and all look at."""
    if isinstance(given, ast.Tuple | ast.List | ast.Set):
        return given.elts
    return (
        [given.elt] if isinstance(given, ast.GeneratorExp | ast.ListComp | ast.SetComp) else [given]
    )


def asserts_what_may_be_false(notebook, name):
    for number, _, tree in code_cells(notebook):
        for check in checks(tree):
            for why in _vacuous(check):
                yield f"code cell {number} cannot fail: {why}: {ast.unparse(check)}"


def _vacuous(check):
    if isinstance(check, ast.Assert):
        found = operands(check.test)
        for operand in found:
            parts_are_looked_at = operand is not check.test or len(found) == 1
            if isinstance(operand, (*LITERALS, *COMPREHENSIONS)):
                yield "a collection is true by having something in it"
            elif parts_are_looked_at and is_constant(operand):
                yield f"{ast.unparse(operand)} is always the same"
            negated = getattr(operand, "operand", None)
            if any(isinstance(sign, ORDER) for sign in getattr(negated, "ops", ())):
                yield "nan satisfies what is not above and not below: turn the sign around"
        if len(found) > 1 and is_constant(check.test):
            yield "it names nothing"
    for part in ast.walk(check):
        if isinstance(part, ast.Compare):
            yield from _vacuous_comparison(part)
        elif isinstance(part, ast.Call) and CLOSE.search(name_of(part)):
            given = [ast.dump(argument) for argument in part.args[:2]]
            if len(given) == 2 and given[0] == given[1]:
                yield "something is compared with itself"
            elif part.args and all(map(is_constant, part.args)):
                yield "it names nothing"


def _vacuous_comparison(comparison):
    sides = [comparison.left, *comparison.comparators]
    for left, sign, right in zip(sides, comparison.ops, sides[1:], strict=False):
        text = {
            re.sub(r"^-?(np\.|math\.|numpy\.)?", "", ast.unparse(side)) for side in (left, right)
        }
        if ast.dump(left) == ast.dump(right):
            yield "something is compared with itself"
        if text & {"nan", "float('nan')"}:
            yield "nothing is equal to nan: use np.isnan"
        if text & {"inf", "float('inf')"} and not isinstance(sign, ast.Eq | ast.NotEq):
            yield "everything is below inf: use np.isfinite"
        if isinstance(sign, ast.Lt | ast.LtE):
            left, right = right, left
        bound, strict = _number(right), isinstance(sign, ast.Lt | ast.Gt)
        is_size = re.match(r"(np\.)?(abs|len)\(", ast.unparse(left))
        if (
            isinstance(sign, ORDER)
            and is_size
            and bound is not None
            and (bound, strict) <= (0, False)
        ):
            yield "a size is never negative"


def _number(node):
    """The value of a number, or of arithmetic with numbers, or None."""
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return node.value
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        value = _number(node.operand)
        return None if value is None else -value
    if isinstance(node, ast.BinOp) and type(node.op) in ARITHMETIC:
        left, right = _number(node.left), _number(node.right)
        if None not in (left, right):
            return ARITHMETIC[type(node.op)](left, right)
    return None


def has_close_tolerances(notebook, name):
    for number, _, tree in code_cells(notebook):
        for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
            for why in _wide(call):
                yield f"code cell {number} accepts too much: {why}: {ast.unparse(call)}"
        for check in checks(tree):
            for part in ast.walk(check):
                if isinstance(part, ast.Compare):
                    yield from (
                        f"code cell {number} accepts too much: {why}: {ast.unparse(check)}"
                        for why in _wide_comparison(part)
                    )


def _wide(call):
    function = name_of(call)
    is_close = CLOSE.search(function) or CHECKERS.search(function)
    for keyword in call.keywords:
        if keyword.arg is None and is_close:
            yield "its tolerances are not to be seen"
        elif keyword.arg and TOLERANCE.search(keyword.arg):
            yield from _wide_tolerance(keyword.value)
        elif keyword.arg and DECIMALS.search(keyword.arg):
            yield from _few_decimals(keyword.value)
    short = function.rpartition(".")[2]
    if short in PLACES and is_close:
        for argument in call.args[PLACES[short] :]:
            if short != "check_gradient" or argument is call.args[3]:
                yield from _wide_tolerance(argument)
    elif short.startswith("assert_") and "almost" in short and len(call.args) > 2:
        yield from _few_decimals(call.args[2])


def _wide_tolerance(node):
    value = _number(node)
    if value is None or not 0 <= value <= WIDEST_TOLERANCE:
        yield f"a tolerance is a number from 0 to {WIDEST_TOLERANCE}, not {ast.unparse(node)}"


def _few_decimals(node):
    value = _number(node)
    if value is None or value < FEWEST_DECIMALS:
        yield f"decimals are a number from {FEWEST_DECIMALS}, not {ast.unparse(node)}"


def _wide_comparison(comparison):
    """A bound from above, on whichever side it stands."""
    sides = [comparison.left, *comparison.comparators]
    for left, sign, right in zip(sides, comparison.ops, sides[1:], strict=False):
        if isinstance(sign, ast.Gt | ast.GtE):
            left, right = right, left
        elif not isinstance(sign, ast.Lt | ast.LtE):
            continue
        bound = _number(right)
        largest = WIDEST_TOLERANCE if ERROR.search(ast.unparse(left)) else LARGEST_BOUND
        if bound is not None and bound > largest:
            yield f"{ast.unparse(left)} is bounded by {bound:g}, more than {largest}"


# Whether an assert is reached, and whether its failure is.


def reaches_every_assert(notebook, name):
    trees = code_cells(notebook)
    used = {}
    for _, _, tree in trees:
        for function in ast.walk(tree):
            if isinstance(function, ast.Name) and isinstance(function.ctx, ast.Load):
                used.setdefault(function.id, []).append(function)
    for number, cell, tree in trees:
        if "raises-exception" in cell.metadata.get("tags", ()) and checks(tree):
            yield f"code cell {number} has an assert, but is expected to raise"
        if any(output.get("ename") == "AssertionError" for output in cell.outputs):
            yield f"code cell {number} shows an assert that failed"
        for node in ast.walk(tree):
            for why in _shut_off(node, used):
                yield f"code cell {number} has an assert {why}: {ast.unparse(node)[:80]}"


def _contains_check(nodes):
    return any(is_check(part) for node in nodes for part in ast.walk(node))


LEAVES = (ast.Return, ast.Raise, ast.Break, ast.Continue)


def _shut_off(node, used):
    if not _contains_check([node]):
        return
    if isinstance(node, ast.If | ast.While) and is_constant(node.test):
        yield "under a condition that names nothing"
    if isinstance(node, ast.For) and ast.unparse(node.iter) in NOTHING:
        yield "in a loop over nothing"
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
        within = {id(part) for part in ast.walk(node)}
        if all(id(use) in within for use in used.get(node.name, ())):
            yield "in a function that nothing calls"
    if isinstance(node, ast.Try | ast.TryStar) and _contains_check(node.body):
        if not _contains_check(node.orelse) and any(map(_swallows, node.handlers)):
            yield "whose failure is caught and passed over"
        if any(isinstance(part, LEAVES) for last in node.finalbody for part in ast.walk(last)):
            yield "whose failure is lost in finally"
    managers = node.items if isinstance(node, ast.With) else ()
    if any("suppress" in ast.unparse(manager) for manager in managers):
        yield "whose failure is suppressed"
    for block in ("body", "orelse", "finalbody"):
        statements = getattr(node, block, ())
        for place, statement in enumerate(statements if isinstance(statements, list) else ()):
            if isinstance(statement, LEAVES) and _contains_check(statements[place + 1 :]):
                yield "after the end of its block"


def _swallows(handler):
    caught = {"BaseException"} if handler.type is None else names_in(handler.type)
    answers = (ast.Return, ast.Raise, ast.Assert)
    return bool(caught & CATCHES) and not any(
        isinstance(part, answers) for statement in handler.body for part in ast.walk(statement)
    )


def redefines_no_check(notebook, name):
    """A name that is imported or built in keeps its meaning, and no module gets new contents."""
    imported = {}
    for number, _, tree in code_cells(notebook):
        for node in ast.walk(tree):
            if isinstance(node, ast.Import | ast.ImportFrom):
                for alias in node.names:
                    bound = alias.asname or alias.name.partition(".")[0]
                    whole = f"{getattr(node, 'module', '')}.{alias.name}"
                    if bound in BUILT_IN or imported.setdefault(bound, whole) != whole:
                        yield f"code cell {number} imports another {bound}"
    for number, _, tree in code_cells(notebook):
        for node in ast.walk(tree):
            for changed in _changed(node):
                if changed in imported or changed in BUILT_IN:
                    yield f"code cell {number} gives {changed} another meaning"
            if isinstance(node, ast.Name | ast.Attribute):
                called = node.id if isinstance(node, ast.Name) else node.attr
                if called in REACHES_IN and (isinstance(node, ast.Name) or called not in RUNS_TEXT):
                    yield f"code cell {number} uses {called}, with which an assert can be undone"


def _changed(node):
    """The names whose meaning a statement changes."""
    if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
        yield node.id
    elif isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
        root = node
        while isinstance(root, ast.Attribute):
            root = root.value
        if isinstance(root, ast.Name):
            yield root.id
    elif isinstance(
        node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef | ast.ExceptHandler
    ):
        yield node.name
    elif isinstance(node, ast.arg):
        yield node.arg


# What the reader sees, and how many there are.


def hides_no_assert(notebook, name):
    for number, cell, tree in code_cells(notebook):
        if checks(tree) and any(
            re.match("hide|remove", tag) for tag in cell.metadata.get("tags", ())
        ):
            yield f"code cell {number} hides an assert"


def has_its_number_of_asserts(notebook, name):
    found, stored = count(notebook), stored_counts().get(name, 0)
    if found != stored:
        yield (
            f"it has {found} asserts, and tests/book/asserts.json says {stored}:"
            " if that was meant, run `make asserts`"
        )


RULES = (
    asserts_what_may_be_false,
    has_close_tolerances,
    reaches_every_assert,
    redefines_no_check,
    hides_no_assert,
    has_its_number_of_asserts,
)
