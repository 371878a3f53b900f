"""What might have gone wrong in a refuted step; each hint is itself tried before it is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import count, islice

from mpmath import almosteq, mpf

from ..kernel.terms import (
    Add,
    Call,
    D,
    Div,
    Fn,
    Mul,
    Name,
    Neg,
    Num,
    Over,
    Pow,
    Size,
    Term,
    names_in,
    put,
    subterms,
)
from .claims import Claim
from .drawing import TRIALS
from .parts import Value
from .searching import Counterexample, search

FACTORS = tuple(Fraction(n, 4) for n in (-8, -4, -2, -1, 1, 2, 3, 6, 8, 12, 16))

# Different sizes first; each batch of trials has to hold something, and nothing that fails.
_BATCHES = ((1, 2, 4, 5, 7, 8), (0, 3, 6, *range(9, len(TRIALS))))
ENOUGH_TRIALS, MOST_WORK = 2, 12_000


def hints(example: Counterexample) -> tuple[str, ...]:
    """The first hint that turns the refuted claim into one that held wherever it was tried."""
    kinds = _KINDS if example.claim.sign == "=" else (_missing_fact,)
    try:
        return tuple(islice((hint for kind in kinds for hint in kind(example.claim, example)), 1))
    except RecursionError:  # too many parts to be changed one by one
        return ()


def _holds(
    claim: Claim,
    *,
    left: Term | None = None,
    right: Term | None = None,
    facts: tuple[str, ...] | None = None,
    alike: tuple[tuple[str, str], ...] = (),
) -> bool:
    """Whether a changed claim holds at many points."""
    changed = replace(
        claim,
        left=left or claim.left,
        right=right or claim.right,
        facts=claim.facts if facts is None else facts,
        alike=alike,
    )
    for trials in _BATCHES:
        found = search(changed, trials, (), MOST_WORK)
        if found.counterexample is not None or found.trials < ENOUGH_TRIALS:
            return False
    return True


def _sign(claim: Claim, example: Counterexample) -> Iterator[str]:
    if (
        example.left
        and _near(example.left, -example.right)
        and _holds(claim, right=Neg(claim.right))
    ):
        yield "the two sides differ exactly by a sign"


def _missing_fact(claim: Claim, example: Counterexample) -> Iterator[str]:
    reached = claim.setting.reach(names_in(claim.left) | names_in(claim.right))
    fixed = {name for name, _ in claim.point}
    for title, fact in claim.setting.facts.items():
        wanted = title not in claim.facts and fact.name in reached - fixed
        if wanted and _holds(claim, facts=(*claim.facts, title)):
            yield f"the step is true if you cite the fact {title!r}"


def _sum_or_mean(claim: Claim, example: Counterexample) -> Iterator[str]:
    for size, n in example.sizes.items():
        less, more = Div(claim.right, Size(size)), Mul(claim.right, Size(size))
        if _near(_times(example.left, n), example.right) and _holds(claim, right=less):
            yield f"the right side is {size} times the left one: sum or mean?"
        if _near(_times(example.right, n), example.left) and _holds(claim, right=more):
            yield f"the left side is {size} times the right one: sum or mean?"


def _constant_factor(claim: Claim, example: Counterexample) -> Iterator[str]:
    for factor in FACTORS:
        fits = example.left and _near(_times(example.left, factor), example.right)
        if fits and _holds(claim, left=Mul(Num(factor), claim.left)):
            yield f"the right side is {factor} times the left one"


def _times(x: Value, factor: Fraction | int) -> Value:
    return x * factor if isinstance(x, Fraction) else x * _float(Fraction(factor))


def _near(a: Value, b: Value) -> bool:
    """Whether two values are the same as far as their digits go: then a hint is worth a search."""
    if isinstance(a, Fraction) and isinstance(b, Fraction):
        return a == b
    return bool(almosteq(_float(a), _float(b), rel_eps=1e-12))


def _float(x: Value) -> mpf:
    return mpf(x.numerator) / x.denominator if isinstance(x, Fraction) else x


def _lost_sum(claim: Claim, example: Counterexample) -> Iterator[str]:
    """A letter on the right side alone may have lost its sum."""
    setting = claim.setting
    lost = setting.free_letters(claim.right) - setting.free_letters(claim.left)
    hidden = {i for x in names_in(claim.right) for i in setting.hidden.get(x, ())}
    for letter in sorted(lost - hidden):
        fresh = map("{}'hint".format, count()).__next__
        index, size = fresh(), setting.letters[letter]
        total = Over(
            "Σ", index, size, put(claim.right, {letter: index}, {}, fresh, lambda of, by: of)
        )
        if _holds(claim, right=total):
            yield f"it holds with a sum over {letter} in front of the right side"
        if _holds(claim, right=Div(total, Size(size))):
            yield f"it holds with the mean over {letter} on the right side"


def _left_out(claim: Claim, example: Counterexample) -> Iterator[str]:
    """A sum that should leave out an index, or should not."""
    setting = claim.setting
    letters = setting.free_letters(claim.left) | setting.free_letters(claim.right)
    for part in subterms(claim.right):
        if isinstance(part, Over):
            own = part.index.split("'")[0]
            for letter in sorted(letters):
                if setting.letters[letter] == part.size and letter not in part.but_not:
                    less = replace(part, but_not=(*part.but_not, letter))
                    if _holds(claim, right=changed(claim.right, part, less)):
                        yield f"it holds only if {own} = {letter} is left out of the {part.word} over {own}"
            if part.but_not and _holds(
                claim, right=changed(claim.right, part, replace(part, but_not=()))
            ):
                yield f"it holds only if nothing is left out of the {part.word} over {own}"


def _only_alike(claim: Claim, example: Counterexample) -> Iterator[str]:
    letters = claim.setting.letters
    free = sorted(example.indices)
    for number, one in enumerate(free):
        for other in free[number + 1 :]:
            if letters[one] == letters[other] and _holds(claim, alike=((one, other),)):
                yield f"it holds only for {one} = {other}"


def _exchanged(claim: Claim, example: Counterexample) -> Iterator[str]:
    ranges = claim.setting.ranges
    names = sorted({x.name for x in subterms(claim.right) if isinstance(x, Name)})
    for number, one in enumerate(names):
        for other in names[number + 1 :]:
            swapped = _swapped(claim.right, one, other)
            if ranges[one] == ranges[other] and _holds(claim, right=swapped):
                yield f"it holds with {one} and {other} exchanged on the right side"


def _swapped(e: Term, one: str, other: str) -> Term:
    swap = {one: other, other: one}

    def change(x: Term) -> Term:
        return replace(x, name=swap.get(x.name, x.name)) if isinstance(x, Name) else x

    return rebuilt(e, change)


def _lost_factor(claim: Claim, example: Counterexample) -> Iterator[str]:
    names = {x for e in (claim.left, claim.right) for x in subterms(e) if isinstance(x, Name)}
    for name in sorted(names, key=lambda x: (x.name, x.indices)):
        if not any("'" in i for i in name.indices):
            if _holds(claim, right=Mul(claim.right, name)):
                yield f"a factor {shown(name)} is missing on the right side"
            can_be_0 = claim.setting.kind(name.name) == "binary"
            if not can_be_0 and _holds(claim, right=Div(claim.right, name)):
                yield f"there is a factor {shown(name)} too many on the right side"


_KINDS = (
    _sign,
    _missing_fact,
    _sum_or_mean,
    _constant_factor,
    _lost_sum,
    _only_alike,
    _left_out,
    _exchanged,
    _lost_factor,
)


def shown(name: Name) -> str:
    """A name as an author writes it."""
    return f"{name.name}[{', '.join(name.indices)}]" if name.indices else name.name


def rebuilt(e: Term, change: Callable[[Term], Term]) -> Term:
    """A term with every part changed, from the inside out."""

    def go(x: Term) -> Term:
        return rebuilt(x, change)

    match e:
        case Neg(of):
            e = Neg(go(of))
        case Fn(word, of):
            e = Fn(word, go(of))
        case Add(a, b) | Mul(a, b) | Div(a, b) | Pow(a, b):
            e = type(e)(go(a), go(b))
        case Over():
            e = replace(e, body=go(e.body))
        case Call(name, args):
            e = Call(name, tuple(map(go, args)))
        case D(of, by):
            e = D(go(of), by)
    return change(e)


def changed(e: Term, part: Term, new: Term) -> Term:
    """A term with one part replaced wherever it occurs."""
    return rebuilt(e, lambda x: new if x == part else x)
