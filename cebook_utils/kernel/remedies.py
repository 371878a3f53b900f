"""What a slip of the pen is told: how the notation writes what was meant."""

from __future__ import annotations

import re

_REMEDIES = (
    (r"\^", "write a power with two stars: x**2"),
    (r"\|", "write an absolute value as abs(a)"),
    (r"=", "a line is one side only; the sign stands in the method: .equals(…)"),
    (r"≤|≥|<|>", "a line is one side only; the sign stands in the method: .at_most(…)"),
    (r"[²³¹⁰⁴-⁹]", "write a power with two stars: x**2"),
    (r"·|×|⋅", "write a product with a star: a*b"),
    (r"−|–", "write the minus sign of the keyboard: -"),
    (r"ℓ", "write ell, which is shown as ℓ"),
    (r"∂", "write a derivative as D(f, x)"),
    (r"√", "write a root as sqrt(a)"),
    (r"∑", "write a sum as Σ(i, …) or Sum(i, …)"),
    (r"∏", "write a product as Π(i, …) or Prod(i, …)"),
    (r"\{|\}", "use round brackets"),
    (r"\.", "write a decimal with a digit on both sides of the point: 0.5"),
)

LIMITS = "limits are SymPy's: in a notebook, a derivation takes one by .tends_to(…)"
CALLS = {
    "sum": "write a sum as Σ(i, …)", "ln": "write log(…)", "prod": "write Π(i, …)",
    "lim": LIMITS, "limit": LIMITS,
}  # fmt: skip


def remedy(rest: str) -> str:
    """What is wrong at the beginning of a text that is no token."""
    for pattern, advice in _REMEDIES:
        if re.match(pattern, rest):
            return advice
    return f"{rest[0]!r} is not part of the notation"


def after(before: str, token: str) -> str:
    """Why a token cannot follow another one: most often a star was left out."""
    if token in (")", "]"):
        return f"this {token!r} closes nothing"
    if before[0].isdigit() and re.fullmatch(r"[eE][0-9]*", token):
        return "write a number without an exponent: 0.001, or 10**(-3)"
    if re.match(r"\w|\(", token):
        return f"a star is missing: write {before}*{token}"
    return f"{token!r} cannot stand here"
