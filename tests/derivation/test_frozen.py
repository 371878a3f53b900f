"""Derivations, settings and lines never change; what was refused leaves nothing behind."""

from dataclasses import FrozenInstanceError, replace

import pytest

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.kernel.terms import Refused

from .refused import fails


def chain():
    return Derivation("Product", Setting().real("a b")).start("a*b").equals("b*a")


@pytest.mark.parametrize(
    ("thing", "field"),
    [
        (chain(), "title"), (chain(), "lines"), (chain(), "setting"), (chain(), "proofs"),
        (chain().lines[-1], "text"), (chain().lines[-1], "relation"), (chain().setting, "kernel"),
        (chain().setting, "rows"), (chain().setting.kernel, "lines"), (chain().proof, "steps"),
        (chain().proof.steps[0], "line"), (chain().check("a*b"), "right"),
        (chain().at("a = 1").lines[-1].point, "values"),
    ],
    ids=lambda x: x if isinstance(x, str) else type(x).__name__,
)  # fmt: skip
def test_nothing_can_be_set(thing, field):
    with pytest.raises(FrozenInstanceError):
        setattr(thing, field, None)


def test_every_line_makes_a_new_derivation():
    first = Derivation("Product", Setting().real("a b")).start("a*b")
    second = first.equals("b*a")
    assert (len(first.lines), len(second.lines)) == (1, 2)
    assert first.at("a = 1") is not first and len(first.lines) == 1
    assert repr(first.equals("a*b")) != repr(second)


def test_every_declaration_makes_a_new_setting():
    empty = Setting()
    made = empty.real("a").index("i", "C").distribution("y[i]").let("L", "Σ(i, y[i])")
    assert repr(empty) == "" and empty.own_names == ()
    assert {"a", "C", "i", "y", "L"} <= set(made.own_names)
    fails(empty.read, "a")


def test_a_declaration_that_is_not_kept_says_nothing():
    setting = Setting().real("z")
    setting.where("z > 0")
    assert "counterexample" in fails(Derivation("Sign", setting).start("z").greater_than, "0")


def test_a_refused_step_leaves_the_chain_as_it_was():
    before = Derivation("Unchanged", Setting().real("a b")).start("a*b")
    fails(before.equals, "a+b")
    assert len(before.lines) == 1
    assert repr(before.equals("b*a")) == repr(chain()).replace("Product", "Unchanged")


def test_a_refused_declaration_declares_nothing():
    setting = Setting().real("a")
    fails(setting.let, "Q", "a + u")
    fails(setting.lemma, "g(t)", "t - 1")
    assert repr(setting) == "a real"
    setting.let("Q", "a + 1").lemma("g(t)", "t - 1 - log(t)")


def test_nothing_is_remembered_between_checks():
    """The verdict on a line is the same, whatever was proved or refused before it."""
    setting = Setting().index("i", "C").distribution("y[i]")
    begun = Derivation("Again", setting).start("Σ(i, y[i])")
    first = fails(begun.equals, "1")
    begun.equals("1", using="y sums to one")
    assert fails(begun.equals, "1") == first


def test_a_chain_put_together_by_hand_proves_nothing():
    """Lines are bound to their proofs, and a proof is made by the kernel alone."""
    right = chain()
    fails(replace, right, lines=(*right.lines, replace(right.lines[-1], text="a + b")))
    wrong = replace(right.proof, start="a + b")
    with pytest.raises((Refused, StepError)):
        cited = replace(right, proofs=(wrong,))
        Derivation("Citing", right.setting).start("a + b").equals("b*a", using=cited)


ROOTED = Derivation("Root", Setting().positive("z")).start("sqrt(z**2)").equals("z")
PLACED = Derivation("Square", Setting().real("z")).start("z**2").at("z = 1").equals("1")
START, AT, END = PLACED.lines


def changed(line, setting, **parts):
    """The line with another text, and the term of it; or with another point."""
    more = {"term": setting.read(parts["text"])} if "text" in parts else {}
    return replace(line, **parts, **more)


@pytest.mark.parametrize(
    ("chain", "parts"),
    [
        (ROOTED, {"setting": Setting().real("z")}),
        (ROOTED, {"lines": (changed(ROOTED.lines[0], ROOTED.setting, text="7*z"), ROOTED.lines[1])}),
        (ROOTED, {"lines": (ROOTED.lines[0], replace(ROOTED.lines[1], term=ROOTED.setting.read("z + 1")))}),
        (ROOTED, {"lines": ROOTED.lines[:1]}),
        (PLACED, {"lines": (START, END)}),
        (PLACED, {"lines": (START, changed(AT, PLACED.setting, text="7"), END)}),
        (PLACED, {"lines": (START, replace(AT, point=replace(AT.point, text="z = 2")), END)}),
        (PLACED, {"lines": (START, AT, replace(END, point=replace(END.point, text="z = 2")))}),
        (PLACED, {"lines": (START, AT, replace(END, point=None))}),
        (PLACED, {"lines": (*PLACED.lines, START)}),
        (PLACED, {"proofs": (*PLACED.proofs, *ROOTED.proofs)}),
    ],
    ids=["setting", "first line", "term", "proof without line", "no point", "line at the point", "point",
         "point of the next line", "next line at no point", "a second start", "a second proof"],
)  # fmt: skip
def test_nothing_is_shown_that_was_not_judged(chain, parts):
    assert "nobody has proved" in fails(lambda: replace(chain, **parts))
