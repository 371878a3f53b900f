"""Exercises: a verdict is true only of a right line."""

import pytest

from cebook_utils import Derivation, Setting
from corpus.derivations.softmax import softmax

from .refused import fails


def exercise():
    return Derivation("Exercise", softmax(Setting())).start("D(L, z[k])")


def test_a_right_answer():
    verdict = exercise().check("p[k] - y[k]", using="y sums to one")
    assert verdict
    assert verdict.right is True
    assert repr(verdict) == "Right.\nThe kernel proves it for all values and all sizes."
    sentence = "**Right.** The kernel proves it for all values and all sizes."
    assert verdict._repr_markdown_() == sentence


def test_an_assert_of_a_wrong_answer_fails():
    with pytest.raises(AssertionError):
        assert exercise().check("y[k] - p[k]", using="y sums to one")
    with pytest.raises(AssertionError):
        assert exercise().check(...)


def test_a_wrong_answer_gets_the_same_message_as_a_wrong_step():
    chain = exercise()
    verdict = chain.check("y[k] - p[k]", because="a slip", using="y sums to one")
    assert verdict.right is False
    same = fails(chain.equals, "y[k] - p[k]", because="a slip", using="y sums to one")
    assert repr(verdict) == f"Not yet.\n{same}"
    assert verdict._repr_markdown_() == f"**Not yet.**\n\n```text\n{same}\n```"
    assert "counterexample" in same and "sign" in same


@pytest.mark.parametrize("answer", ["…", "...", "", "  ", ..., None])
def test_an_open_answer_is_the_readers_turn(answer):
    verdict = exercise().check(answer)
    assert not verdict
    assert "Your turn" in repr(verdict)


@pytest.mark.parametrize(
    "answer",
    ["p[k] -", "q[k]", "p[k", "__import__('os')", "9**9**9", "(" * 500, 3, ["p[k]"], b"p", "\x00",
     "\ud800", "p[k]" * 10_000],
    ids=lambda a: repr(a)[:20],
)  # fmt: skip
def test_no_answer_makes_an_exercise_fail(answer):
    verdict = exercise().check(answer)
    assert not verdict
    assert repr(verdict).strip()


@pytest.mark.parametrize(
    ("answer", "without"),
    [
        ("D(L, z[k])", "D"),
        ("p[k]*Σ(i, y[i]) - y[k]", "Σ"),
        ("p[k]*Sum(i, y[i]) - y[k]", "Σ"),
        ("D(L, z[k]) + p[k]*0", "L"),
        ("p[k] - y[k]*δ(k,k)", "δ"),
        ("p[k] - y[k]*delta(k,k)", "δ"),
    ],
)
def test_an_answer_that_only_repeats_the_question_does_not_count(answer, without):
    chain = exercise()
    assert chain.check(answer, using="y sums to one")
    verdict = chain.check(answer, using="y sums to one", without=(without,))
    assert not verdict
    assert f"write the line without {without}" in repr(verdict)


def test_an_answer_is_not_added_to_the_chain():
    chain = exercise()
    chain.check("p[k] - y[k]", using="y sums to one")
    chain.check("y[k]")
    assert len(chain.lines) == 1


@pytest.mark.parametrize("without", [("D(",), ("z[i]",), ("",), (" D",), (3,), ("<",), "D", 3])
def test_what_no_line_can_have_cannot_be_forbidden(without):
    said = fails(exercise().check, "p[k] - y[k]", using="y sums to one", without=without)
    assert "without=… lists" in said
