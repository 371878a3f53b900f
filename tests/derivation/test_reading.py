"""Text that is no formula is refused with a message that points at the place, and at once."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cebook_utils import Derivation, StepError
from cebook_utils.language.messages import ReadingError

from .refused import READ_IN, fails

MOST_SECONDS = 1.0


def refusal(text):
    """The ReadingError that a string meets as a first line, within a second."""
    began = time.perf_counter()
    with pytest.raises(ReadingError) as caught:
        Derivation("Bad input", READ_IN).start(text)
    assert time.perf_counter() - began < MOST_SECONDS
    return str(caught.value)


def place_pointed_at(message):
    """The number of the character above the caret."""
    _, line, caret = message.splitlines()
    assert caret.strip() == "^"
    return caret.index("^") - (len(line) - len(line.lstrip()))


# What is refused, what is said, and where the caret stands.
POINTED = [
    ('a + q', "there is no name 'q': declare it, or define it with let", 4),
    ('a + Σ(i, z[i]*y[i])', "there is no name 'y': declare it, or define it with let", 14),
    ('a + z[m]', 'an index is a declared letter or a whole number from 1', 6),
    ('W[r,k]', 'r does not run over 1 … C', 0),
    ('a*W[k,k]', 'k does not run over 1 … R', 2),
    ('a + z[k,r]', 'z has 1 indices, not 2', 4),
    ('z[0]', 'an index is a declared letter or a whole number from 1', 2),
    ('z[-1]', 'an index is a declared letter or a whole number from 1', 2),
    ('z[i+1]', "']' is expected, not '+'", 3),
    ('z[a]', 'an index is a declared letter or a whole number from 1', 2),
    ('a + z', 'z has 1 indices, not 0', 4),
    ('a + i', "'i' is an index: it stands in square brackets", 4),
    ('a[i]', 'a has 0 indices, not 1', 0),
    ('a + (b*2', "')' is missing here", 8),
    ('a + b)', "this ')' closes nothing", 5),
    ('a + (b]', "')' is expected, not ']'", 6),
    ('[a', "'[' stands here, where a number, a name or a bracket is expected", 0),
    ('a b', 'a star is missing: write a*b', 2),
    ('a +', 'a formula ends here, where a number, a name or a bracket is expected', 3),
    ('a.real', 'write a decimal with a digit on both sides of the point: 0.5', 1),
    ('b + a.__class__', 'write a decimal with a digit on both sides of the point: 0.5', 5),
    ('Σ(i, z[i]).evalf()', 'write a decimal with a digit on both sides of the point: 0.5', 10),
    ('open(a)', "there is no function 'open': define it with let", 0),
    ("eval('a')", '"\'" is not part of the notation', 5),
    ('b*__import__(a)', "there is no function '__import__': define it with let", 2),
    ('z(a)', 'z has 1 indices, not 0', 0),
    ('b + σ', "'σ' needs its arguments in brackets: σ(…)", 4),
    ('σ(a, b)', 'σ takes 1 arguments, not 2', 0),
    ('exp()', "')' stands here, where a number, a name or a bracket is expected", 4),
    ('log(a, 2)', 'log takes one argument, not 2', 0),
    ('max(a)', 'max takes 2 arguments, not 1', 0),
    ('exp(x=a)', 'a line is one side only; the sign stands in the method: .equals(…)', 5),
    ('a + sum(z[i] for i in C)', "')' is expected, not 'for'", 13),
    ('[a for a in b]', "'[' stands here, where a number, a name or a bracket is expected", 0),
    ('{a}', 'use round brackets', 0),
    ('{a: b}', 'use round brackets', 0),
    ('lambda t: t', "':' is not part of the notation", 8),
    ('a if b else a', 'a star is missing: write a*if', 2),
    ("a + 'b'", '"\'" is not part of the notation', 4),
    ('a + "b"', '\'"\' is not part of the notation', 4),
    ("f'{a}'", '"\'" is not part of the notation', 1),
    ('(a := b)', "':' is not part of the notation", 3),
    ('a < b', 'a line is one side only; the sign stands in the method: .at_most(…)', 2),
    ('a == b', 'a line is one side only; the sign stands in the method: .equals(…)', 2),
    ('a and b', 'a star is missing: write a*and', 2),
    ('not a', "there is no name 'not': declare it, or define it with let", 0),
    ('a @ b', "'@' is not part of the notation", 2),
    ('a % b', "'%' is not part of the notation", 2),
    ('a // b', "'/' stands here, where a number, a name or a bracket is expected", 3),
    ('a | b', 'write an absolute value as abs(a)', 2),
    ('~a', "'~' is not part of the notation", 0),
    ('a; b', "';' is not part of the notation", 1),
    ('a # b', "'#' is not part of the notation", 2),
    ('a, b', "',' cannot stand here", 1),
    ('*a', "'*' stands here, where a number, a name or a bracket is expected", 0),
    ('True', "there is no name 'True': declare it, or define it with let", 0),
    ('None', "there is no name 'None': declare it, or define it with let", 0),
    ('...', 'write a decimal with a digit on both sides of the point: 0.5', 0),
    ('1j', 'a star is missing: write 1*j', 1),
    ('a + b\\', "'\\\\' is not part of the notation", 5),
    ('σ(*z)', "'*' stands here, where a number, a name or a bracket is expected", 2),
    ('z[:]', "':' is not part of the notation", 2),
    ('z[1.5]', 'an index is a declared letter or a whole number from 1', 2),
    ('z[True]', 'an index is a declared letter or a whole number from 1', 2),
    ('z[i][j]', "'[' cannot stand here", 4),
    ('(a+b)[i]', "'[' cannot stand here", 5),
    ('(a)(b)', 'a star is missing: write )*(', 3),
    ('Σ(i)', "',' is expected, not ')'", 3),
    ('Σ(a, b)', 'Σ begins with an index: Σ(i, …)', 2),
    ('Σ(1, b)', 'Σ begins with an index: Σ(i, …)', 2),
    ('Σ(i, z[i], i)', "'!=' is expected, not ')'", 12),
    ('Σ(i, z[i], i == k)', 'a line is one side only; the sign stands in the method: .equals(…)', 13),
    ('Σ(i, z[i], i < k)', 'a line is one side only; the sign stands in the method: .at_most(…)', 13),
    ('Σ(i, z[i], i != r)', 'what is left out is written i != k, with the index of the sum', 11),
    ('Σ(i, z[i], j != k)', 'what is left out is written i != k, with the index of the sum', 11),
    ('Σ(i, Σ(i, z[i]))', "'i' is the index of a Σ around this one", 7),
    ('δ(i, r)', 'δ compares two indices of one range', 6),
    ('δ(i)', "',' is expected, not ')'", 3),
    ('δ(i, a)', 'an index is a declared letter or a whole number from 1', 5),
    ('δ(i, j + k)', "')' is expected, not '+'", 7),
    ('D(a)', 'a derivative is D(f, x) by a name x', 0),
    ('D(a, 2)', 'a derivative is D(f, x) by a name x', 0),
    ('D(a, a*b)', 'a derivative is D(f, x) by a name x', 0),
    ('D(σ(a), σ(a))', 'a derivative is D(f, x) by a name x', 0),
    ('D(a, C)', 'a derivative is D(f, x) by a name x', 0),
    ('D(a, i)', "'i' is an index: it stands in square brackets", 5),
    ('oo', "'oo' needs its arguments in brackets: oo(…)", 0),
    ('a + oo', "'oo' needs its arguments in brackets: oo(…)", 4),
    ('a·b', 'write a product with a star: a*b', 1),
    ('a − b', 'write the minus sign of the keyboard: -', 2),
    ('ℓ', 'write ell, which is shown as ℓ', 0),
    ('a²', 'write a power with two stars: x**2', 1),
    ('∑(i, z[i])', 'write a sum as Σ(i, …) or Sum(i, …)', 0),
    ('__class__', "there is no name '__class__': declare it, or define it with let", 0),
    ('_', "there is no name '_': declare it, or define it with let", 0),
    ('1e400', 'write a number without an exponent: 0.001, or 10**(-3)', 1),]  # fmt: skip


@pytest.mark.parametrize(("text", "says", "place"), POINTED, ids=lambda v: str(v)[:24])
def test_bad_input_is_refused_at_its_place(text, says, place):
    message = refusal(text)
    assert message.splitlines()[0] == says
    assert place_pointed_at(message) == place


@pytest.mark.parametrize("text", ["", "   ", "\n", "\t \n"])
def test_nothing_is_no_formula(text):
    assert "empty" in refusal(text)


@pytest.mark.parametrize("text", [None, 3, b"a", ["a"]], ids=lambda value: type(value).__name__)
def test_only_strings_are_read(text):
    assert refusal(text).startswith(f"a formula is a string, not {type(text).__name__}")


@pytest.mark.parametrize("text", ["9**9**9", "(9**9)**9**9", "2**-1000000", "a**9**9**9", "a/0"])
def test_what_can_be_read_but_has_no_value_that_can_be_worked_out_is_not_proved(text):
    began = time.perf_counter()
    assert fails(Derivation("Too large", READ_IN).start(text).equals, f"1*({text})")
    assert time.perf_counter() - began < 5 * MOST_SECONDS


LARGE = {
    "brackets": "(" * 1000 + "a" + ")" * 1000,
    "opened brackets": "(" * 1000,
    "square brackets": "z[" * 1000,
    "calls": "exp(" * 1000 + "a" + ")" * 1000,
    "minus signs": "-" * 1999 + "a",
    "plus signs": "+" * 1999 + "a",
    "powers": "a" + "**a" * 600,
    "sums": "+".join(["a"] * 50_000),
    "characters": "a" * 100_000,
    "digits": "7" * 100_000,
    "spaces": " " * 100_000 + "a",
    "letters of a name": "a" * 1900,
    "numbers": "99999*" * 300 + "a",
    "powers of brackets": "(" * 30 + "a+b" + ")**64" * 30,
    "derivatives": "D(" * 39 + "a" + ", a)" * 39,
    "maxima": "max(" + ", ".join(["a", "b"] * 300) + ")",
}


@pytest.mark.parametrize("text", LARGE.values(), ids=LARGE)
def test_oversized_input_is_answered_within_a_second(text):
    """Refused or read, but never with a crash or a long wait."""
    began = time.perf_counter()
    try:
        Derivation("Large", READ_IN).start(text)
    except StepError as error:
        assert len(str(error)) < 210_000  # the line itself stands in the message
        assert len(str(error).splitlines()[0]) < 2100
    assert time.perf_counter() - began < MOST_SECONDS


def test_a_large_power_is_not_multiplied_out():
    """A thousand terms to the 64th power are held as they are written, or refused."""
    began = time.perf_counter()
    fails(Derivation("Large", READ_IN).start("(a+b)**64").equals, "a**64 + b**64")
    assert time.perf_counter() - began < 6 * MOST_SECONDS


# What may be written.


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Σ(i, z[i])", "Sum(i, z[i])"),
        ("Π(i, exp(z[i]))", "Prod(i, exp(z[i]))"),
        ("δ(i,k)", "delta(i,k)"),
        ("a", "+a"),
        ("a*b", "(a)*((b))"),
        ("a\n  + b", "a + b"),
        ("0.5*a", "a/2"),
        ("max(a, b, 0)", "max(max(a, b), 0)"),
    ],
)
def test_two_ways_of_writing_the_same(one, other):
    Derivation("Same", READ_IN).start(one).equals(other)


# Any text at all.

NOTATION = st.text(alphabet="abzpWCijkr[](),+-*/ .0123456789ΣΠδDσ!=<_'\\∑ℓ", max_size=60)
FRAGMENTS = st.lists(
    st.sampled_from(
        ["a", "b", "z[i]", "z[k]", "W[k,r]", "p[j]", "Σ(i, ", "Π(j, ", "D(", "exp(", "log(", "σ("]
        + ["max(", "(", ")", "]", ", ", " + ", " - ", "*", "/", "**", "2", "0", "!=", "i", "a)"]
    ),
    max_size=14,
).map("".join)


@given(st.one_of(st.text(max_size=60), NOTATION, FRAGMENTS))
def test_any_text_is_read_or_refused_with_a_step_error(text):
    try:
        Derivation("Any text", READ_IN).start(text)
    except StepError as error:
        assert str(error).strip()


def test_text_that_would_act_if_evaluated_does_nothing(tmp_path):
    mark = tmp_path / "mark"
    for text in (f"open({str(mark)!r}, 'w')", f"__import__('os').mkdir({str(mark)!r})"):
        refusal(text)
    assert not mark.exists()
