"""What might have gone wrong in a refuted step; each hint is itself tried before it is given."""

from dataclasses import replace

import sympy as sp

from cebook_utils.points import exact
from cebook_utils.refuting import holds_where_tried
from cebook_utils.vocabulary import SumOver, bound_index, is_named, name_of, occurrences

_ALIKE = exact.mpf(10) ** -15
_SMALL_FACTORS = tuple(sp.Rational(n, 4) for n in (-8, -4, -2, -1, 1, 2, 3, 6, 8, 12, 16))


def hints(claim, example, facts):
    """The first hint that turns a refuted claim into one that holds, or none."""
    kinds = (_missing_fact,) if claim.relation != "=" else _KINDS
    for kind in kinds:
        hint = next(kind(claim, example, facts), None)
        if hint is not None:
            return [hint]
    return []


def _holds(claim, **changes):
    return holds_where_tried(replace(claim, **changes))


def _sign(claim, example, facts):
    opposite = abs(example.left + example.right) < _ALIKE
    if opposite and _holds(claim, right=-claim.right):
        yield "the two sides differ exactly by a sign"


def _missing_fact(claim, example, facts):
    for fact in facts:
        if fact not in claim.cited and _holds(claim, cited=(*claim.cited, fact)):
            yield f"the step is true if you cite the fact {fact.name!r}"


def _sum_or_mean(claim, example, facts):
    for size in claim.setting.sizes():
        if _holds(claim, right=claim.right / size):
            yield f"the right side is {size} times the left one: sum or mean?"
        if _holds(claim, right=claim.right * size):
            yield f"the left side is {size} times the right one: sum or mean?"


def _constant_factor(claim, example, facts):
    if example.left and example.right:
        ratio = example.right / example.left
        for factor in _SMALL_FACTORS:
            fits = abs(ratio - exact.mpf(factor.p) / factor.q) < _ALIKE
            if fits and _holds(claim, left=claim.left * factor):
                yield f"the right side is {factor} times the left one"


def _lost_sum(claim, example, facts):
    left, right = (claim.setting.free_indices(side) for side in (claim.left, claim.right))
    for letter in right:
        if letter not in left:
            index, size = bound_index(), claim.setting.names[letter.name].ranges[0]
            total = SumOver(claim.right.xreplace({letter: index}), index, size)
            if _holds(claim, right=total):
                yield f"it holds with a sum over {letter} in front of the right side"
            if _holds(claim, right=total / size):
                yield f"it holds with the mean over {letter} on the right side"


def _lost_factor(claim, example, facts):
    free = set(claim.setting.free_indices(claim.left) + claim.setting.free_indices(claim.right))
    for name in _ordered(occurrences(claim.left) | occurrences(claim.right)):
        if {i for i in name.free_symbols if isinstance(i, sp.Dummy)} or not _numeric(name, claim):
            continue
        if not {i for i in getattr(name, "indices", ()) if i.is_Symbol} <= free:
            continue
        if _holds(claim, right=claim.right * name):
            yield f"a factor {shown(name)} is missing on the right side"
        if _holds(claim, right=claim.right / name):
            yield f"there is a factor {shown(name)} too many on the right side"


def _exchanged_names(claim, example, facts):
    names = _ordered({x.base for x in claim.right.atoms(sp.Indexed)})
    names += _ordered(x for x in occurrences(claim.right) if x.is_Symbol and _numeric(x, claim))
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            if type(one) is type(other) and _same_shape(one, other, claim):
                swapped = claim.right.xreplace({one: other, other: one})
                if _holds(claim, right=swapped):
                    first, second = (_label(x) for x in (one, other))
                    yield f"it holds with {first} and {second} exchanged on the right side"


def _only_equal_indices(claim, example, facts):
    letters = list(example.indices)
    for number, one in enumerate(letters):
        for other in letters[number + 1 :]:
            ranges = [claim.setting.names[letter.name].ranges for letter in (one, other)]
            same = {other: one}
            if ranges[0] == ranges[1] and _holds(
                claim, left=claim.left.xreplace(same), right=claim.right.xreplace(same)
            ):
                yield f"it holds only for {one} = {other}"


_KINDS = (
    _sign,
    _missing_fact,
    _sum_or_mean,
    _constant_factor,
    _lost_sum,
    _only_equal_indices,
    _exchanged_names,
    _lost_factor,
)


def _ordered(names):
    return sorted(names, key=str)


def _numeric(name, claim):
    return is_named(name) and claim.setting.kind_of(name) not in ("index", "size", "lemma")


def _label(x):
    return x.label.name if isinstance(x, sp.IndexedBase) else x.name


def _same_shape(one, other, claim):
    names = claim.setting.names
    return names[_label(one)].ranges == names[_label(other)].ranges


def shown(name):
    """A name as an author writes it."""
    indices = ", ".join(str(i) for i in getattr(name, "indices", name.args))
    if not indices:
        return name_of(name)
    return f"{name_of(name)}[{indices}]" if isinstance(name, sp.Indexed) else str(name)
