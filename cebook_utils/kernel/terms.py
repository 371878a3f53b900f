"""Terms: the tree of a line as it is written. Nothing is evaluated here.

An index is a string: a declared letter `i`, a whole number `2`, or the identity of a binder
(`i'3`), which no text can contain.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

# The classes of refusals: two kernels give the same one, in words of their own.
Kind = Literal[
    "unreadable", "undeclared", "hidden index", "bad declaration", "no value", "no derivative",
    "beyond the rules", "not proved", "wrong gap", "not ordered", "bad citation", "bad point",
    "bad chain", "bad certificate", "too much work",
]  # fmt: skip


class Refused(Exception):
    """The kernel does not accept this: it cannot be read, has no value, or is not proved."""

    def __init__(self, kind: Kind, why: str, text: str = "", place: int | None = None):
        super().__init__(why)
        self.kind, self.why, self.text, self.place = kind, why, text, place


class Spent(Refused):
    """A check is given up because it takes too long or its numbers become too large."""

    def __init__(self, why: str):
        super().__init__("too much work", why)


@dataclass(frozen=True, slots=True)
class Num:
    value: Fraction


@dataclass(frozen=True, slots=True)
class Size:
    name: str


@dataclass(frozen=True, slots=True)
class Param:
    """The parameter of a function, inside its body."""

    name: str


@dataclass(frozen=True, slots=True)
class Name:
    name: str
    indices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Delta:
    first: str
    second: str


@dataclass(frozen=True, slots=True)
class Neg:
    of: Term


@dataclass(frozen=True, slots=True)
class Add:
    first: Term
    second: Term


@dataclass(frozen=True, slots=True)
class Mul:
    first: Term
    second: Term


@dataclass(frozen=True, slots=True)
class Div:
    over: Term
    under: Term


@dataclass(frozen=True, slots=True)
class Pow:
    base: Term
    exponent: Term


@dataclass(frozen=True, slots=True)
class Fn:
    word: str  # exp, log or abs
    of: Term


@dataclass(frozen=True, slots=True)
class Over:
    """A sum or a product over an index, but for what it must not be equal to."""

    word: str  # Σ or Π
    index: str
    size: str
    body: Term
    but_not: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Call:
    name: str
    args: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class D:
    of: Term
    by: Name | Param


@dataclass(frozen=True, slots=True)
class Both:
    """D(of, by) carried out, `then`; the derived term has to have a value as well."""

    of: Term
    by: Name | Param
    then: Term


Term = Num | Size | Param | Name | Delta | Neg | Add | Mul | Div | Pow | Fn | Over | Call | D | Both

ONE, ZERO = Num(Fraction(1)), Num(Fraction(0))


def children(e: Term) -> tuple[Term, ...]:
    """The terms right below a term."""
    match e:
        case Neg(of) | Fn(_, of):
            return (of,)
        case Add(a, b) | Mul(a, b) | Div(a, b) | Pow(a, b) | D(a, b):
            return (a, b)
        case Both(of, _, then):
            return (of, then)
        case Over(body=body):
            return (body,)
        case Call(args=args):
            return args
    return ()


def subterms(e: Term) -> Iterator[Term]:
    """A term and all terms in it."""
    waiting = [e]
    while waiting:
        e = waiting.pop()
        yield e
        waiting += children(e)


def names_in(e: Term) -> set[str]:
    """The names, defined or not, and the functions in a term."""
    return {x.name for x in subterms(e) if isinstance(x, Name | Call)}


def indices_in(e: Term) -> set[str]:
    """All indices that are written in a term, bound or not."""
    found: set[str] = set()
    for x in subterms(e):
        match x:
            case Name(indices=indices):
                found.update(indices)
            case Delta(i, j):
                found |= {i, j}
            case Over(but_not=others):
                found.update(others)
    return found


def put(
    e: Term,
    indices: Mapping[str, str],
    params: Mapping[str, Term],
    fresh: Callable[[], str],
    slope: Callable[[Term, Name | Param], Term],
) -> Term:
    """A term with indices and parameters put in; every binder in it gets a new identity.

    What is put in for a parameter must not fall under a derivative (D(t·z, z) at t = z is z, not
    2·z), so that a derivative inside a function is carried out first.
    """

    def go(e: Term, at: Mapping[str, str]) -> Term:
        match e:
            case Num() | Size():
                return e
            case Param(name):
                return params.get(name, e)
            case Name(name, own):
                return Name(name, tuple(at.get(i, i) for i in own))
            case Delta(i, j):
                return Delta(at.get(i, i), at.get(j, j))
            case Over(word, index, size, body, but_not):
                new = fresh()
                others = tuple(at.get(i, i) for i in but_not)
                return Over(word, new, size, go(body, {**at, index: new}), others)
            case Neg(of):
                return Neg(go(of, at))
            case Fn(word, of):
                return Fn(word, go(of, at))
            case Call(name, args):
                return Call(name, tuple(go(x, at) for x in args))
            case D(of, by) if params:
                return Both(go(of, at), by, go(slope(of, by), at))
            case D(of, by):
                moved = go(by, at)
                assert isinstance(moved, Name | Param)
                return D(go(of, at), moved)
            case Both(of, by, then):
                return Both(go(of, at), by, go(then, at))
            case Add(a, b) | Mul(a, b) | Div(a, b) | Pow(a, b):
                return type(e)(go(a, at), go(b, at))
        raise AssertionError(e)

    return go(e, indices)
