"""The search for numbers at which all conditions of a setting hold together."""

from __future__ import annotations

from itertools import chain, product

from cebook_utils.kernel.consistency import declare
from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Refused, names_in

_NUMBERS = {
    "real": ("1", "-1", "2", "1/2", "0", "-2", "3", "10"),
    "positive": ("1", "2", "1/2", "3", "10"),
    "nonnegative": ("1", "0", "2", "1/2", "3"),
    "unit": ("1/2", "1/3", "2/3", "9/10", "1/10"),
    "binary": ("1", "0"),
}
_MOST_TRIES = 400


def find_witness(setting: Setting, line: tuple[str, ...]) -> tuple[str, ...]:
    """Names and values for the condition `line`; empty if what is known already suffices.

    The kernel judges each try; what is found here is only a proposal.
    """
    try:
        declare(setting, *line)
    except Refused:
        for tried in _tries(setting, line):
            try:
                declare(setting, *line, *tried)
            except Refused:
                continue
            return tried
    return ()


def _tries(setting: Setting, line: tuple[str, ...]) -> list[tuple[str, ...]]:
    try:
        terms = [setting.read(side) for side in (line[1], line[3])]
    except Refused:
        return []
    spoken = setting.reach(name for term in terms for name in names_in(term))
    free = sorted((spoken & setting.kinds.keys()) | setting.witness.keys())
    choices = [[(head, value) for value in _values(setting, name)] for name in free
               for head in [_whole(setting, name)]]  # fmt: skip
    tries = [tuple(chain(*chosen)) for chosen in product(*choices)] if choices else []
    return tries[:_MOST_TRIES]


def _whole(setting: Setting, name: str) -> str:
    """The name with a letter of its own for each index."""
    letters: list[str] = []
    for size in setting.ranges[name]:
        letters.append(
            next(i for i, n in setting.letters.items() if n == size and i not in letters)
        )
    return f"{name}[{', '.join(letters)}]" if letters else name


def _values(setting: Setting, name: str) -> list[str]:
    numbers = list(_NUMBERS[setting.kinds[name]])
    ranges = setting.ranges[name]
    if ranges:
        letter = _whole(setting, name)[len(name) + 1 : -1].split(", ")[-1]
        if setting.kinds[name] not in ("positive", "unit"):
            numbers.insert(1, f"δ({letter}, 1)")
        if f"{name} sums to one" in setting.facts:
            numbers = [f"1/{ranges[-1]}", *numbers]
    return numbers
