"""The rows are right by other means, too: by numbers, sums added up and slopes carried along."""

import pytest

from corpus.derivations import ROWS
from corpus.mutations import of_the_row
from corpus.second_opinion import examined


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")
def test_a_second_opinion_agrees(row):
    for right in of_the_row(row):
        against, trials = examined(right.chain(), right.step)
        assert against == "", right
        assert trials > 0, right


def test_a_second_opinion_is_heard_on_many_steps():
    assert sum(len(of_the_row(row)) for row in ROWS) >= 120
