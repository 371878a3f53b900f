"""Random claims in a small setting: what the kernel accepts is tried against numbers."""

from __future__ import annotations

import random

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.judgement import Claim, judge
from cebook_utils.kernel.terms import Refused
from cebook_utils.refuting.claims import Claim as Numbers
from cebook_utils.refuting.searching import search
from cebook_utils.refuting.reals import Unsure

SETTING = (
    ("index", "i j k c", "C", "1"), ("real", "z[i]"), ("real", "w"), ("positive", "s"),
    ("unit", "u"), ("binary", "b"), ("binary", "t[i]"), ("nonnegative", "y[i]"),
    ("sums to one", "y"), ("one-hot", "y", "c"), ("real", "r"),
    ("real", "h[i]"), ("sums to one", "h"), ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"),
    ("let", "m(a, d)", "(a + d + abs(a - d))/2"), ("let", "e", "z[k]**2"),
    ("where", "r", "!=", "0", "r", "1"),
    ("where", "b*(w + r) + 1 - b", ">", "0", "b", "0", "w", "1"),
)  # fmt: skip
FACTS = ("y sums to one", "y is one-hot", "h sums to one")
SCALARS = ("w", "s", "u", "b", "r", "C", "e", "2", "1", "1/2", "0", "-1")
FAMILIES = ("z", "t", "y", "h", "p")


def term(rng: random.Random, deep: int, free: tuple[str, ...]) -> str:
    """A term of the setting, with these letters in reach."""
    inside = lambda: term(rng, deep - 1, free)  # noqa: E731
    if not deep:
        if rng.random() < 0.5:
            return f"{rng.choice(FAMILIES)}[{rng.choice((*free, '1'))}]"
        return rng.choice(SCALARS)
    match rng.choice("++++**--/^ealSSPDdmg"):
        case "+":
            return f"({inside()} + {inside()})"
        case "-":
            return f"({inside()} - {inside()})"
        case "*":
            return f"{inside()}*({inside()})"
        case "/":
            return f"({inside()})/({rng.choice(('s', 'r', f'(1 + ({inside()})**2)', inside()))})"
        case "^":
            return f"({inside()})**{rng.choice(('2', '3', '(1/2)', '(-1)', '(-2)', 'b'))}"
        case "e":
            return f"exp({rng.choice(('', '-'))}({inside()}))"
        case "a":
            return f"abs({inside()})"
        case "l":
            return f"log({rng.choice((inside(), f'1 + ({inside()})**2', 's', 'u', 'p[j]'))})"
        case "S" | "P" as word:
            bound = [x for x in "ij" if x not in free]
            if not bound:
                return inside()
            i = rng.choice(bound)
            but = f", {i} != {rng.choice(free)}" if free and rng.random() < 0.3 else ""
            body = term(rng, deep - 1, (*free, i))
            return f"Σ({i}, {body}{but})" if word == "S" else f"Π({i}, exp({body}){but})"
        case "D":
            by = rng.choice(("w", "s", "u", f"z[{rng.choice(free)}]", f"y[{rng.choice(free)}]"))
            return f"D({inside()}, {by})"
        case "d":
            return f"δ({rng.choice(free)}, {rng.choice((*free, '1'))})"
        case "m":
            return f"m({inside()}, {inside()})"
    return inside()


def variant(rng: random.Random, text: str) -> str:
    """The text with one small change, which may be right or wrong."""
    pairs = (("+", "-"), ("**2", "**1"), ("z[k]", "z[c]"), ("[k]", "[1]"), ("y[", "h["),
             ("Σ(i, ", "Σ(j, "), ("b", "1"), ("abs(", "("), ("s", "u"), ("w", "r"), ("z[", "p["),
             ("u", "1"), ("(-2)", "2"), ("2", "4"), ("[i]", "[k]"), ("t[", "y["), ("C", "1"))  # fmt: skip
    a, b = rng.choice(pairs)
    return text.replace(a, b, 1) if rng.random() < 0.6 else text.replace(a, b)


def accepted_and_false(seed: int, count: int) -> tuple[int, int, list[str]]:
    """How many claims were tried, how many accepted, and those that numbers refute."""
    rng, setting = random.Random(seed), declared(SETTING)
    tried, accepted, wrong = 0, 0, []
    while tried < count:
        text = term(rng, rng.choice((1, 2, 2, 3, 3, 4)), ("k", "c"))
        facts = tuple(x for x in FACTS if rng.random() < 0.3)
        other = rng.choice((variant(rng, text), variant(rng, text), "0", "1", text,
                            term(rng, 1, ("k", "c"))))  # fmt: skip
        sign = "=" if other != text and rng.random() < 0.4 else rng.choice("=≤≥<>")
        tried += 1
        try:
            left, right = setting.read(text), setting.read(other)
            judge(Claim(setting, left, sign, right, facts))
        except Refused:
            continue
        accepted += 1
        claim = Numbers(setting, left, sign, right, facts)
        try:
            found = search(claim, most_work=15_000).counterexample
        except Unsure:
            continue
        if found is not None:
            wrong.append(f"{text}  {sign}  {other}  using {facts}: {found.values} {found.indices}")
    return tried, accepted, wrong
