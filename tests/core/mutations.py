"""Wrong steps made from right ones, by one small change to the text of a step.

The changes are the slips that people make: a sign, a dropped or doubled term or factor, another
index, a transposed matrix, another constant, a sum for a mean, a lost citation, exchanged names.
"""

import ast
import copy
from dataclasses import dataclass, replace
from functools import cache

import second_opinion
from derivations import ROWS, Row
from second_opinion import SUMS, World, index_letters, tree

from cebook_utils import Derivation, StepError
from cebook_utils.errors import ReadingError
from cebook_utils.places import read_approach, read_limit, read_point
from cebook_utils.refuting import Claim

RELATIONS = {"equals": "=", "at_most": "<=", "at_least": ">=", "tends_to": "->"}
METHODS = {relation: method for method, relation in RELATIONS.items()}
SIGNS = {"=": "=", "<=": "≤", ">=": "≥", "->": "→"}


@dataclass(frozen=True)
class Step:
    """One step of a right derivation, with the line before it."""

    row: Row
    number: int
    before: str
    relation: str
    after: str
    using: tuple = ()
    gap: str | None = None
    when: str | None = None
    at: str | None = None

    def check(self, setting):
        """The step on its own, in a derivation that starts with the line before it."""
        chain = Derivation(f"{self.row.title}, step {self.number}", setting).start(self.before)
        if self.at:
            chain = chain.at(self.at)
        more = {"gap": self.gap, "when": self.when}
        keywords = {word: text for word, text in more.items() if text is not None}
        return getattr(chain, METHODS[self.relation])(
            self.after, because="", using=self.using, **keywords
        )

    def claim(self, setting):
        """What the step claims, for the search and for the prover on their own."""
        facts = [setting.facts[name] for name in self.using if name in setting.facts]
        return Claim(
            setting,
            setting.read(self.before).expr,
            SIGNS[self.relation],
            (read_limit(setting, self.after) if self.when else setting.read(self.after)).expr,
            tuple(facts),
            read_point(setting, self.at) if self.at else (),
            read_approach(setting, self.when) if self.when else None,
        )

    def results(self, setting):
        """The earlier results that the step cites."""
        return [setting.theorems[name].theorem for name in self.using if name in setting.theorems]

    def is_true(self):
        """The second opinion: whether the step holds, and its certificate with it."""
        world, fixed = world_of(self.row), self.fixed()
        if self.relation == "->":
            return second_opinion.limit_holds(
                world, self.before, self.after, self.when, self.using, fixed
            )
        if not second_opinion.holds(
            world, self.before, self.after, self.relation, self.using, fixed
        ):
            return False
        if self.gap is None:
            return True
        sides = (self.before, self.after)
        less, more = sides if self.relation == "<=" else reversed(sides)
        return second_opinion.holds(
            world, f"({more}) - ({less})", self.gap, "=", self.using, fixed
        ) and second_opinion.holds(world, self.gap, "0", ">=", self.using, fixed)

    def fixed(self):
        """The values that `at` sets, by name."""
        pairs = [pair.split("=") for pair in self.at.split(",")] if self.at else []
        return {name.strip(): value.strip() for name, value in pairs}


@dataclass(frozen=True)
class Mutant:
    """A step with one change, and the slip that the change stands for."""

    slip: str
    step: Step

    def __str__(self):
        step = self.step
        using = f"   using {', '.join(step.using)}" if step.using else ""
        gap = f"   gap {step.gap}" if step.gap else ""
        return f"[{self.slip}] {step.row.name} {step.number}: {step.before}  {step.relation}  " + (
            f"{step.after}{gap}{using}"
        )


@cache
def world_of(row):
    return row.declare(World())


@cache
def setting_of(row):
    """One setting for all the mutants of a row."""
    return row.declared()


def steps_of(row):
    """The steps of a row, in order."""
    found, before, at = [], None, None
    for call in row.transcript():
        if call.method == "start":
            before = call.given[0]
        elif call.method == "at":
            at = call.given[0]
        else:
            using = call.keywords.get("using", ())
            found.append(
                Step(
                    row,
                    len(found) + 1,
                    before,
                    RELATIONS[call.method],
                    call.given[0],
                    (using,) if isinstance(using, str) else tuple(using),
                    call.keywords.get("gap"),
                    call.keywords.get("when"),
                    at,
                )
            )
            before = call.given[0]
    return found


def all_steps():
    return [step for row in ROWS for step in steps_of(row)]


# --- changes to the text of a formula -------------------------------------------------------


def binary(left, operator, right):
    return ast.BinOp(left, operator, right)


def changed_at(root, path, new):
    """The tree with the node at the end of the path replaced."""
    if not path:
        return new
    (field, place), *rest = path
    root = copy.copy(root)
    child = getattr(root, field)
    if place is None:
        setattr(root, field, changed_at(child, rest, new))
    else:
        children = list(child)
        children[place] = changed_at(children[place], rest, new)
        setattr(root, field, children)
    return root


def parts(node, path=()):
    """Every subformula with the way to it; what only names a function or an index is left out."""
    yield node, path
    match node:
        case ast.BinOp():
            inside = [("left", None, node.left), ("right", None, node.right)]
        case ast.UnaryOp():
            inside = [("operand", None, node.operand)]
        case ast.Call(func=ast.Name(id=name)) if name in SUMS + second_opinion.PRODUCTS:
            inside = [("args", 1, node.args[1])]
        case ast.Call():
            inside = [("args", place, part) for place, part in enumerate(node.args)]
        case _:
            inside = []
    for field, place, child in inside:
        yield from parts(child, (*path, (field, place)))


def local_changes(node, world):
    """The slips that can be made at one subformula: (slip, changed subformula)."""
    one = ast.Constant(1)
    match node:
        case ast.BinOp(left=left, op=ast.Add() | ast.Sub() as sign, right=right):
            other = ast.Sub() if isinstance(sign, ast.Add) else ast.Add()
            yield "sign", binary(left, other, right)
            yield "dropped term", left
            yield "dropped term", right
            yield "doubled term", binary(node, sign, right)
        case ast.BinOp(left=left, op=ast.Mult(), right=right):
            yield "dropped factor", left
            yield "dropped factor", right
            yield "doubled factor", binary(node, ast.Mult(), right)
            yield "sum for product", binary(left, ast.Add(), right)
        case ast.BinOp(left=left, op=ast.Div(), right=right):
            yield "dropped factor", left
            yield "upside down", binary(right, ast.Div(), left)
        case ast.BinOp(left=left, op=ast.Pow(), right=right):
            yield "dropped power", left
            yield "constant", binary(left, ast.Pow(), binary(right, ast.Add(), one))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            yield "sign", operand
        case ast.Constant(value=int() as number):
            yield "constant", ast.Constant(number + 1)
            yield "constant", ast.Constant(2 * number + 3)
        case ast.Subscript():
            yield from other_indices(node, world)
        case ast.Call(func=ast.Name(id=name), args=arguments):
            yield from changed_calls(node, name, arguments, world)


def changed_calls(node, name, arguments, world):
    if name in SUMS:
        yield "missing sum", arguments[1]
        if len(arguments) > 2:
            yield "lost condition", ast.Call(node.func, arguments[:2], [])
    if name in second_opinion.DELTAS:
        yield "dropped factor", ast.Constant(1)
        for letter in letters_like(arguments[1].id, world):
            yield "index", ast.Call(node.func, [arguments[0], ast.Name(letter)], [])
    if name in ("exp", "log"):
        other = "log" if name == "exp" else "exp"
        yield "lost function", arguments[0]
        yield "other function", ast.Call(ast.Name(other), arguments, [])
    if name in world.bodies:
        yield "argument's sign", ast.Call(node.func, [ast.UnaryOp(ast.USub(), arguments[0])], [])
    if name == "D":
        yield "undifferentiated", arguments[0]


def other_indices(node, world):
    letters = index_letters(node)
    for place, letter in enumerate(letters):
        for other in letters_like(letter, world):
            yield "index", indexed(node, (*letters[:place], other, *letters[place + 1 :]))
    if len(letters) == 2:
        yield "transposed", indexed(node, letters[::-1])


def letters_like(letter, world):
    """The other letters over the same range (any letter, for a whole number)."""
    size = world.range_of.get(letter)
    return [i for i, over in world.range_of.items() if i != letter and size in (over, None)][:3]


def indexed(node, letters):
    inside = [ast.Name(letter) for letter in letters]
    return ast.Subscript(node.value, inside[0] if len(inside) == 1 else ast.Tuple(inside))


def whole_changes(root, world):
    """The slips that concern a whole side."""
    yield "sign", ast.UnaryOp(ast.USub(), root)
    yield "doubled", binary(ast.Constant(2), ast.Mult(), root)
    for size in world.sizes():
        yield "sum for mean", binary(ast.Name(size), ast.Mult(), root)
        yield "mean for sum", binary(root, ast.Div(), ast.Name(size))
    names = sorted({n.id for n in ast.walk(root) if isinstance(n, ast.Name)} & shaped(world))
    for place, one in enumerate(names):
        for other in names[place + 1 :]:
            if world.shapes.get(one, ()) == world.shapes.get(other, ()):
                yield "exchanged names", Exchange(one, other).visit(copy.deepcopy(root))
    for one in names:
        for other in sorted(shaped(world) - {one}):
            if world.shapes.get(one, ()) == world.shapes.get(other, ()):
                yield "another name", Exchange(one, other).visit(copy.deepcopy(root))


def shaped(world):
    """The names that stand for numbers or families (not indices, sizes or functions)."""
    functions = {name for name, (parameters, _) in world.bodies.items() if parameters}
    return set(world.domains) | (set(world.bodies) - functions) | set(world.shapes)


class Exchange(ast.NodeTransformer):
    """Puts each of two names where the other stood."""

    def __init__(self, one, other):
        self.names = {one: other, other: one}

    def visit_Name(self, node):
        return ast.Name(self.names.get(node.id, node.id))


def changed_texts(text, world):
    """(slip, changed text) for every change, each text once."""
    root = tree(text)
    seen = {ast.unparse(root)}
    changes = [] if text.strip() == "0" else list(whole_changes(root, world))
    for node, path in parts(root):
        changes += [(slip, changed_at(root, path, new)) for slip, new in local_changes(node, world)]
    for slip, new in changes:
        changed = ast.unparse(new)
        if changed not in seen:
            seen.add(changed)
            yield slip, changed


def mutants_of(step):
    """Every mutant of one step."""
    world = world_of(step.row)
    for slip, text in changed_texts(step.after, world):
        yield Mutant(slip, replace(step, after=text))
    if step.gap:
        for slip, text in changed_texts(step.gap, world):
            yield Mutant(f"certificate: {slip}", replace(step, gap=text))
        yield Mutant("certificate: lost", replace(step, gap=None))
    if step.when:
        for end in ("oo", "-oo", "0+", "1"):
            when = f"{step.when.partition('->')[0]}-> {end}"
            if when != step.when:
                yield Mutant("another limit", replace(step, when=when))
    if step.at:
        for at in (step.at.replace("-", ""), step.at.replace("1", "0")):
            if at != step.at:
                yield Mutant("another point", replace(step, at=at))
    for fact in step.using:
        rest = tuple(name for name in step.using if name != fact)
        yield Mutant("lost citation", replace(step, using=rest))


def all_mutants():
    return [mutant for step in all_steps() for mutant in mutants_of(step)]


def sample(mutants, size):
    """About `size` mutants in all, the same ones each time: the rarest slips come first."""
    by_slip = {}
    for mutant in mutants:
        by_slip.setdefault(mutant.slip.partition(":")[0], []).append(mutant)
    chosen = []
    for place, group in enumerate(sorted(by_slip.values(), key=len)):
        wanted = min(len(group), -(-(size - len(chosen)) // (len(by_slip) - place)))
        chosen += [group[(2 * k + 1) * len(group) // (2 * wanted)] for k in range(wanted)]
    return chosen


# --- what becomes of a mutant ---------------------------------------------------------------


def refusal(mutant):
    """How the core refuses a mutant (unread, refuted, no certificate, not proved), or None."""
    try:
        mutant.step.check(setting_of(mutant.step.row))
    except ReadingError:
        return "unreadable"
    except StepError as error:
        return "refuted" if "counterexample" in str(error) else "not proved"
    return None


def is_shown_true(mutant):
    """Whether a second opinion finds that a mutant is a right step after all."""
    try:
        return mutant.step.is_true()
    except second_opinion.Undefined:
        return False
