"""What a setting keeps of a name and of a fact."""

from dataclasses import dataclass

import sympy as sp

from cebook_utils.vocabulary import Log

DOMAINS = {
    "real": ({"real": True}, r"\in \mathbb{R}"),
    "positive": ({"positive": True}, "> 0"),
    "unit": ({"positive": True}, r"\in (0, 1)"),
    "binary": ({"real": True}, r"\in \{0, 1\}"),
}


_INSIDE = {
    "real": lambda value: True,
    "positive": lambda value: value > 0,
    "unit": lambda value: 0 < value < 1,
    "binary": lambda value: value in (0, 1),
}


def is_inside(kind, value):
    """Whether a number belongs to a domain."""
    return bool(_INSIDE[kind](value))


@dataclass(frozen=True)
class Declared:
    """One declared name: what it stands for in SymPy, over which sizes, and how it is shown."""

    name: str
    kind: str  # size, index, definition, lemma, or a domain: real, positive, unit, binary
    head: object
    ranges: tuple = ()
    parameters: tuple = ()
    body: sp.Expr | None = None
    latex: str | None = None


@dataclass(frozen=True)
class Fact:
    """An equation that holds only where a step cites it."""

    name: str
    kind: str  # sums to one, one-hot, equation
    left: sp.Expr
    right: sp.Expr
    shown: str
    at: sp.Symbol | None = None  # the index at which a one-hot family is 1


def specifications(names):
    """The single declarations in 'w[j] x[n, j] b', spaces inside brackets left alone."""
    specs, depth = [""], 0
    for character in names:
        depth += (character in "[(") - (character in "])")
        if character == " " and depth == 0:
            specs.append("")
        else:
            specs[-1] += character
    return [spec for spec in specs if spec]


def convex_with_minimum_zero_at_one(declared):
    """g(1) = g'(1) = 0 and g'' > 0 for t > 0: then g >= 0 there, and 0 only at t = 1."""
    t = sp.Symbol("t", positive=True)
    g = declared.body.xreplace({declared.parameters[0]: t}).replace(Log, sp.log)
    slope = sp.diff(g, t)
    at_one = (sp.expand(g.subs(t, 1)), sp.expand(slope.subs(t, 1)))
    return at_one == (0, 0) and bool(sp.factor(sp.diff(slope, t)).is_positive)
