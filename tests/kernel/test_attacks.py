"""False claims, each to be refused within seconds; that each is false, numbers say."""

import time
from collections import Counter
from contextlib import contextmanager

import pytest
from falsity import why_false

from cebook_utils.kernel.certificates import begin
from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from corpus.attacks import BUDGETS, ROWS
from corpus.rows import Row, eq

SECONDS = 5
# No point of the domain shows these to be false: their facts, or their points, contradict.
CONTRADICTORY = {"titles used twice", "points outside", "contradictory declarations"}
NOT_UNDERSTOOD = {"Π(i, z[i]) = Π(j, z[j])"}  # true, but Π stands for what is above 0 only


@contextmanager
def time_limit(seconds=SECONDS):
    """Processor time, so that a busy machine changes no verdict."""
    before = time.process_time()
    yield
    assert time.process_time() - before < seconds


def prove(row: Row):
    chain = begin(declared(row.setting), row.name, row.start)
    for step in row.steps:
        chain = chain.step(step)
    return chain


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_refused(row):
    with time_limit(), pytest.raises(Refused):
        prove(row)


@pytest.mark.parametrize("row", BUDGETS, ids=lambda row: f"{row.kind}: {row.name}"[:60])
def test_what_is_too_large_ends_in_a_refusal_or_a_proof(row):
    with time_limit():
        try:
            prove(row)
        except Refused:
            pass


def test_what_comes_before_the_last_declaration_is_right():
    """So that a row that is refused for its setting is so for the line that it is about."""
    for row in ROWS:
        assert declared(row.setting[:-1]), row.name


def test_there_are_enough_of_each_kind():
    for kind, count in Counter(row.kind for row in ROWS).items():
        assert count >= 2, kind


def test_names_are_unique():
    names = Counter((row.kind, row.name) for row in (*ROWS, *BUDGETS))
    assert not [name for name, count in names.items() if count > 1]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_false_by_numbers_or_by_its_form(row):
    if row.kind not in CONTRADICTORY and row.name not in NOT_UNDERSTOOD:
        assert why_false(row)
        assert why_false(row) != "declaration" or row.kind in REFUSED_AS_DECLARED


REFUSED_AS_DECLARED = {"lemmas", "facts about one member", "an index hidden twice"}


def test_a_right_claim_is_not_called_false():
    z = (("real", "z"),)
    assert not why_false(Row("", "", z, "(z + 1)**2", (eq("z**2 + 2*z + 1"),)))
    assert why_false(Row("", "", z, "(z + 1)**2", (eq("z**2 + 1"),))) == "counterexample"
    assert why_false(Row("", "", z, "z/z", (eq("1"),))) == "no value"
