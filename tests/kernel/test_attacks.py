"""False claims, each to be refused within seconds; that each is false, numbers say."""

import signal
from collections import Counter
from contextlib import contextmanager

import pytest

from cebook_utils.kernel.certificates import begin
from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from corpus.attacks import BUDGETS, ROWS
from corpus.rows import Row

SECONDS = 5


class TooSlow(Exception):
    pass


@contextmanager
def time_limit(seconds=SECONDS):
    def stop(*_):
        raise TooSlow

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


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


def test_there_are_enough_of_each_kind():
    for kind, count in Counter(row.kind for row in ROWS).items():
        assert count >= 2, kind


def test_names_are_unique():
    names = Counter((row.kind, row.name) for row in (*ROWS, *BUDGETS))
    assert not [name for name, count in names.items() if count > 1]
