"""Text that is no formula is refused with a message that points at the place, and at once."""

import ast
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cebook_utils
from cebook_utils import Derivation, Setting, StepError
from cebook_utils.errors import ReadingError

MOST_SECONDS = 1.0


def setting():
    return (
        Setting()
        .index("i j k", "C")
        .index("r", "R")
        .let("σ(t)", "1/(1+exp(-t))")
        .real("z[i] w[j] W[k,r] a b")
        .let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    )


def refusal(text):
    """The ReadingError that a string meets as a first line, within a second."""
    began = time.perf_counter()
    with pytest.raises(ReadingError) as caught:
        Derivation("Bad input", setting()).start(text)
    assert time.perf_counter() - began < MOST_SECONDS
    return str(caught.value)


def place_pointed_at(message):
    """The number of the character above the caret."""
    lines = message.splitlines()
    caret = next(k for k, line in enumerate(lines) if line.strip() == "^")
    return lines[caret].index("^") - (len(lines[caret - 1]) - len(lines[caret - 1].lstrip()))


# --- what is refused, and where the caret stands --------------------------------------------

POINTED = [
    ("a + q", "'q'", 4),
    ("a + Σ(i, z[i]*y[i])", "'y'", 14),
    ("a + z[m]", "'m'", 6),
    ("W[r,k]", "runs over C×R, but W[r, k] asks for R×C", 0),
    ("a*W[k,k]", "runs over C×R", 2),
    ("a + z[k,r]", "'z' runs over C", 4),
    ("z[0]", "index", 2),
    ("z[-1]", "index", 2),
    ("z[i+1]", "index", 2),
    ("z[a]", "'a' is not an index", 2),
    ("a + z", "write z[…]", 4),
    ("a + i", "'i'", 4),
    ("a[i]", "'a' has no indices", 0),
    ("a + (b*2", "never closed", 4),
    ("a + b)", "closes nothing", 5),
    ("a + (b]", "closes nothing", 6),
    ("[a", "never closed", 0),
    ("a b", "not a formula", 2),
    ("a +", "not a formula", 3),
    ("a.real", "attribute", 0),
    ("b + a.__class__", "attribute", 4),
    ("Σ(i, z[i]).evalf()", "", 0),
    ("open(a)", "'open'", 0),
    ("eval('a')", "", 5),
    ("b*__import__(a)", "'__import__'", 2),
    ("z(a)", "'z' is not a function", 0),
    ("b + σ", "write σ(…)", 4),
    ("σ(a, b)", "1 argument", 0),
    ("exp()", "1 argument", 0),
    ("log(a, 2)", "1 argument", 0),
    ("max(a)", "two arguments", 0),
    ("exp(x=a)", "keyword", 0),
    ("a + sum(z[i] for i in C)", "", 7),
    ("[a for a in b]", "", 0),
    ("{a}", "", 0),
    ("{a: b}", "", 0),
    ("lambda t: t", "", 0),
    ("a if b else a", "", 0),
    ("a + 'b'", "part of the notation", 4),
    ('a + "b"', "part of the notation", 4),
    ("f'{a}'", "", 1),
    ("(a := b)", "", 1),
    ("a < b", "comparison", 0),
    ("a == b", "comparison", 0),
    ("a and b", "", 0),
    ("not a", "", 0),
    ("a @ b", "part of the notation", 2),
    ("a % b", "", 0),
    ("a // b", "", 0),
    ("a | b", "", 0),
    ("~a", "", 0),
    ("a; b", "part of the notation", 1),
    ("a # b", "part of the notation", 2),
    ("a, b", "", 0),
    ("*a", "", 0),
    ("True", "", 0),
    ("None", "", 0),
    ("...", "", 0),
    ("1j", "", 0),
    ("a + b\\", "part of the notation", 5),
    ("σ(*z)", "", 2),
    ("z[:]", "index", 2),
    ("z[1.5]", "index", 2),
    ("z[True]", "index", 2),
    ("z[i][j]", "", 0),
    ("(a+b)[i]", "", 0),
    ("(a)(b)", "", 0),
    ("Σ(i)", "", 0),
    ("Σ(a, b)", "'a' is not an index", 2),
    ("Σ(1, b)", "", 0),
    ("Σ(i, z[i], i)", "leave out an index", 11),
    ("Σ(i, z[i], i == k)", "leave out an index", 11),
    ("Σ(i, z[i], i < k)", "leave out an index", 11),
    ("Σ(i, z[i], i != r)", "different ranges", 11),
    ("Σ(i, z[i], j != k)", "", 11),
    ("Σ(i, Σ(i, z[i]))", "'i' already runs", 7),
    ("δ(i, r)", "different ranges", 2),
    ("δ(i)", "2 argument", 0),
    ("δ(i, a)", "'a' is not an index", 5),
    ("δ(i, j + k)", "", 5),
    ("D(a)", "2 argument", 0),
    ("D(a, 2)", "by a name", 5),
    ("D(a, a*b)", "by a name", 5),
    ("D(σ(a), σ(a))", "by a name", 8),
    ("D(a, C)", "by a name", 5),
    ("D(a, i)", "'i'", 5),
    ("a/0", "divides by zero", 2),
    ("oo", "", 0),
    ("a + oo", "", 4),
    ("a·b", "'a·b' is not declared", 0),
    ("a − b", "", 2),
    ("ℓ", "write 'ell'", 0),
    ("a²", "", 1),
    ("∑(i, z[i])", "", 0),
    ("__class__", "'__class__'", 0),
    ("_", "'_'", 0),
    ("9**9**9", "", None),
    ("(9**9)**9**9", "", None),
    ("2**-1000000", "", None),
    ("a**9**9**9", "", None),
    ("1e400", "too large", 0),
    ("9" * 1000, "", None),
    ("1" * 5000, "", None),
]  # fmt: skip


@pytest.mark.parametrize(("text", "says", "place"), POINTED, ids=lambda v: str(v)[:24])
def test_bad_input_is_refused_at_its_place(text, says, place):
    message = refusal(text)
    assert says in message
    if place is not None:
        assert place_pointed_at(message) == place


@pytest.mark.parametrize("text", ["", "   ", "\n", "\t \n"])
def test_nothing_is_no_formula(text):
    assert "empty" in refusal(text)


@pytest.mark.parametrize(
    "text", [None, 3, b"a", ["a"], ast.parse("a")], ids=lambda value: type(value).__name__
)
def test_only_strings_are_read(text):
    assert "string" in refusal(text)


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
        Derivation("Large", setting()).start(text)
    except StepError as error:
        assert len(str(error)) < 10_000
    assert time.perf_counter() - began < MOST_SECONDS


def test_a_large_power_is_not_multiplied_out():
    """A thousand terms to the 64th power are held as they are written, or refused."""
    began = time.perf_counter()
    with pytest.raises(StepError):
        Derivation("Large", setting()).start("(a+b)**64").equals("a**64 + b**64", because="no")
    assert time.perf_counter() - began < 3 * MOST_SECONDS


# --- the same care in declarations ----------------------------------------------------------

DECLARATIONS = {
    "index twice": lambda s: s.index("i", "C"),
    "size that is a name": lambda s: s.index("m", "a"),
    "index that is a name": lambda s: s.index("a", "C"),
    "name twice": lambda s: s.real("a"),
    "unknown index": lambda s: s.real("x[n]"),
    "keyword": lambda s: s.real("lambda"),
    "number": lambda s: s.real("3"),
    "call": lambda s: s.real("f(a)"),
    "expression": lambda s: s.real("a+b"),
    "dunder": lambda s: s.real("__init__"),
    "reserved D": lambda s: s.real("D"),
    "reserved Σ": lambda s: s.real("Σ[i]"),
    "reserved exp": lambda s: s.let("exp(t)", "t"),
    "unbalanced": lambda s: s.real("x[i"),
    "let: unknown name": lambda s: s.let("Q", "a + u"),
    "let: itself": lambda s: s.let("Q", "Q + 1"),
    "let: free index": lambda s: s.let("Q[m]", "a"),
    "let: same index twice": lambda s: s.let("Q[i,i]", "a"),
    "let: head with a number": lambda s: s.let("Q[1]", "a"),
    "let: parameter is declared": lambda s: s.let("f(a)", "a"),
    "let: attribute": lambda s: s.let("Q", "a.b"),
    "let: huge power": lambda s: s.let("Q", "9**9**9"),
    "one-hot: unknown index": lambda s: s.one_hot("y[i]", at="c"),
    "one-hot: not a family": lambda s: s.one_hot("y", at="k"),
    "one-hot: other range": lambda s: s.one_hot("y[i]", at="r"),
    "distribution: not a family": lambda s: s.distribution("y"),
    "fact: no equation": lambda s: s.fact("f", "a + b"),
    "fact: chain": lambda s: s.fact("f", "a == b == a"),
    "fact: no bare name": lambda s: s.fact("f", "a + b == Σ(i, z[i])"),
    "fact: itself": lambda s: s.fact("f", "a == a + b"),
    "fact: of a definition": lambda s: s.fact("f", "p[i] == a"),
    "lemma: two arguments": lambda s: s.lemma("g(t, u)", "t - 1 - log(t)"),
}


@pytest.mark.parametrize("declare", DECLARATIONS.values(), ids=DECLARATIONS)
def test_a_bad_declaration_is_refused(declare):
    with pytest.raises(StepError) as caught:
        declare(setting())
    assert str(caught.value).strip()


def test_a_refused_definition_declares_nothing():
    declared = setting()
    with pytest.raises(StepError):
        declared.let("Q", "a + u")
    assert "Q" not in repr(declared)
    declared.let("Q", "a + b")


def test_a_derivation_needs_a_start():
    for step in ("equals", "at_most", "at_least"):
        with pytest.raises(ReadingError, match="start"):
            getattr(Derivation("No start", setting()), step)("a", because="")
    with pytest.raises(ReadingError, match="start"):
        Derivation("No start", setting()).tends_to("0", when="a -> oo", because="")
    with pytest.raises(ReadingError, match="start"):
        Derivation("No start", setting()).at("a = 1")


def test_an_unknown_citation_is_told_with_the_known_ones():
    chain = Derivation("Citing", setting().distribution("y[i]")).start("Σ(i, y[i])")
    with pytest.raises(StepError) as caught:
        chain.equals("1", because="", using="labels sum to one")
    assert "labels sum to one" in str(caught.value)
    assert "y sums to one" in str(caught.value)


@pytest.mark.parametrize(
    "when", ["", "a", "a ->", "-> oo", "a = oo", "q -> oo", "a -> b", "i -> oo", "a -> oo -> 1"]
)
def test_an_unreadable_limit_is_refused(when):
    with pytest.raises(StepError):
        Derivation("Limit", setting()).start("a").tends_to("0", when=when, because="")


@pytest.mark.parametrize(
    "point", ["", "a", "a =", "q = 1", "a = b", "a == 1", "i = 1", "a = 1, a = 2", "a = 1/0"]
)
def test_an_unreadable_point_is_refused(point):
    with pytest.raises(StepError):
        Derivation("Point", setting()).start("a").at(point)


# --- what may be written --------------------------------------------------------------------

SAME = [
    ("Σ(i, z[i])", "Sum(i, z[i])"),
    ("Π(i, z[i])", "Prod(i, z[i])"),
    ("δ(i,k)", "delta(i,k)"),
    ("a", "+a"),
    ("a*b", "(a)*((b))"),
    ("a\n  + b", "a + b"),
    ("0.5*a", "a/2"),
    ("1e-3*a", "a/1000"),
    ("max(a, b, 0)", "max(max(a, b), 0)"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_two_ways_of_writing_the_same(one, other):
    derivation = Derivation("Same", setting()).start(one).equals(other, because="notation")
    assert derivation.steps[-1].status == "proved"


# --- any text at all ------------------------------------------------------------------------

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


READ_IN = setting()


@given(FRAGMENTS, FRAGMENTS)
def test_any_step_is_proved_or_refused_with_a_step_error(before, after):
    try:
        chain = Derivation("Any step", READ_IN).start(before).equals(after, because="")
    except StepError as error:
        assert str(error).strip()
    else:
        assert chain.steps[-1].status == "proved"


# --- nothing is evaluated -------------------------------------------------------------------

EVALUATES = {"eval", "exec", "compile", "parse_expr", "nsimplify", "__import__", "S", "N"}


def sources():
    return sorted(Path(cebook_utils.__file__).parent.glob("*.py"))


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_no_text_is_evaluated(path):
    """No call of eval, exec, parse_expr …, and sympify only on what is no text."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call):
            called = node.func.attr if isinstance(node.func, ast.Attribute) else node.func
            name = called.id if isinstance(called, ast.Name) else called
            assert name not in EVALUATES, f"line {node.lineno} calls {name}"


def test_the_scan_of_the_sources_sees_an_evaluation():
    assert len(sources()) >= 10
    node = ast.parse("sp.parse_expr(text)").body[0].value
    assert node.func.attr in EVALUATES


def test_text_that_would_act_if_evaluated_does_nothing(tmp_path):
    mark = tmp_path / "mark"
    for text in (f"open({str(mark)!r}, 'w')", f"__import__('os').mkdir({str(mark)!r})"):
        with pytest.raises(StepError):
            Derivation("Evaluated", setting()).start(text)
    assert not mark.exists()


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (lambda s: s.real("z[i]"), lambda s: s.real("z1")),
        (lambda s: s.real("z1"), lambda s: s.real("z[i]")),
        (lambda s: s.real("z[i]"), lambda s: s.let("z2", "1")),
        (lambda s: s.index("j", "D").real("W[i,j]"), lambda s: s.real("W12")),
        (lambda s: s.real("a", latex=r"\bar z"), lambda s: s.unit("b", latex=r"\bar z")),
        (lambda s: s.real("λ"), lambda s: s.let("q", "1", latex=r"\lambda")),
    ],
)
def test_two_names_that_would_look_alike_are_refused(first, second):
    setting = first(Setting().index("i", "C"))
    with pytest.raises(ReadingError, match="would look like"):
        second(setting)


def test_names_that_a_reader_can_tell_apart_are_accepted():
    setting = Setting().index("i j", "C").real("z[i] W[i,j] y1 z12k").let("W1", "1")
    assert {"z", "W", "W1", "y1", "z12k"} <= set(setting.names)
