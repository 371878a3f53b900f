"""The second set of false claims: each refused within seconds; that each is false, numbers say."""

import pytest
from falsity import why_false
from test_attacks import prove, time_limit

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from corpus.attacks_second import ROWS

# Refused for what they rest on: a chain, a gap, or a point that conditions leave out.
NO_POINT_OF_THE_DOMAIN = {"chains", "points and conditions"}


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_refused(row):
    with time_limit(), pytest.raises(Refused):
        prove(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_false_by_numbers_or_by_its_form(row):
    if row.kind not in NO_POINT_OF_THE_DOMAIN:
        assert why_false(row)


def test_every_setting_is_right_so_that_rows_fail_where_they_say():
    for row in ROWS:
        assert declared(row.setting), row.name


def test_there_are_enough_and_each_is_another():
    assert len(ROWS) == len({(row.kind, row.start, row.steps) for row in ROWS}) >= 250
