"""Terms of every shape, for tests that hold for all of them."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import strategies as st

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import (
    Add,
    Call,
    D,
    Delta,
    Div,
    Fn,
    Mul,
    Name,
    Neg,
    Num,
    Over,
    Pow,
    Size,
    indices_in,
    subterms,
)  # fmt: skip
from cebook_utils.language import prelude

LETTERS = {"i": "C", "k": "C", "n": "N"}
SETTING = declared(
    [
        *prelude.LINES, ["index", "i k", "C", "1"], ["index", "n", "N", "1"],
        *(["real", x] for x in ("a", "b", "ε", "u1", "CE", "z[i]", "y[n,i]", "W3[n,k]", "θ[n,k]")),
    ]
)  # fmt: skip

NAMES = st.one_of(
    st.sampled_from(["a", "b", "ε", "u1", "CE"]).map(lambda x: Name(x, ())),
    st.sampled_from(["i", "k", "2", "12"]).map(lambda i: Name("z", (i,))),
    st.builds(
        lambda x, i: Name(x, ("n", i)), st.sampled_from(["y", "W3", "θ"]), st.sampled_from("ik")
    ),
)
NUMBERS = st.one_of(
    st.integers(0, 12), st.sampled_from(["0.5", "2.25", "0.00001", "123456789", "0.10"])
).map(lambda x: Num(Fraction(x)))
LEAVES = st.one_of(
    NAMES, NUMBERS, st.sampled_from("CN").map(Size),
    st.sampled_from([Delta("i", "k"), Delta("k", "i"), Delta("i", "2")]),
)  # fmt: skip


def bound(word, letter, body, leave_out):
    """The sum or product of a body, or the body itself if it has this index bound already."""
    inner = {x.index for x in subterms(body) if isinstance(x, Over)}
    if any(index.startswith(letter + "'") for index in inner):
        return body
    index = f"{letter}'{len(inner) + 1}"
    other = {"i": "k", "k": "i"}.get(letter)
    left_out = (other,) if leave_out and other else ()
    return Over(word, index, LETTERS[letter], with_index(body, letter, index), left_out)


def with_index(e, letter, index):
    def new(i):
        return index if i == letter else i

    match e:
        case Name(name, indices):
            return Name(name, tuple(map(new, indices)))
        case Delta(i, j):
            return Delta(new(i), new(j))
        case Over(body=body, but_not=others):
            return replace(e, body=with_index(body, letter, index), but_not=tuple(map(new, others)))
        case Num() | Size():
            return e
        case Call(name, args):
            return Call(name, tuple(with_index(x, letter, index) for x in args))
        case Fn(word, of):
            return Fn(word, with_index(of, letter, index))
        case Neg(of):
            return Neg(with_index(of, letter, index))
        case D(a, b) | Add(a, b) | Mul(a, b) | Div(a, b) | Pow(a, b):
            return type(e)(with_index(a, letter, index), with_index(b, letter, index))


def larger(part):
    one = [word.name for word in prelude.WORDS if not word.folds]
    arithmetic = st.builds(
        lambda o, x, y: o(x, y),
        st.sampled_from([Add, Mul, Mul, Div, Pow, lambda x, y: Add(x, Neg(y))]), part, part,
    )  # fmt: skip
    over = st.builds(bound, st.sampled_from("ΣΠ"), st.sampled_from("ikn"), part, st.booleans())
    # What brackets depend on comes often.
    return st.one_of(
        arithmetic,
        arithmetic,
        arithmetic,
        over,
        part.map(Neg),
        st.builds(Fn, st.sampled_from(["exp", "log", "abs"]), part),
        st.builds(lambda x, y: Call(x, (y,)), st.sampled_from(one), part),
        st.builds(lambda x, *y: Call(x, y), st.sampled_from(["max", "min"]), part, part),
        over,
        st.builds(D, part, NAMES),
        part.map(lambda x: Pow(x, Div(Num(Fraction(1)), Num(Fraction(2))))),
    )


TERMS = st.recursive(LEAVES, larger, max_leaves=9)


def renumbered(e):
    """The term with its binders numbered from the left, as the reader does."""
    count = 0

    def go(e):
        nonlocal count
        match e:
            case Over(word, index, size, body, but_not):
                count += 1
                new = f"{index.partition(chr(39))[0]}'{count}"
                moved = with_index(body, index, new)
                return Over(word, new, size, go(moved), but_not)
            case Call(name, args):
                return Call(name, tuple(map(go, args)))
            case Fn(word, of):
                return Fn(word, go(of))
            case Neg(of):
                return Neg(go(of))
            case D(a, b) | Add(a, b) | Mul(a, b) | Div(a, b) | Pow(a, b):
                return type(e)(go(a), go(b))
        return e

    return go(e)


assert indices_in(renumbered(bound("Σ", "i", Name("z", ("i",)), False))) == {"i'1"}
