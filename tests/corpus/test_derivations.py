"""Every right derivation is proved, for any number of classes, samples, features and units."""

import pytest

from cebook_utils.derivation.lines import Relation
from corpus.derivations import ROWS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")
def test_every_step_is_proved(row):
    derivation = row.derive()
    proved = [step.line for proof in derivation.proofs for step in proof.steps]
    limits = [line for line in derivation.lines if line.relation is Relation.TENDS]
    checked = [line for line in derivation.lines if line.relation.is_checked]
    assert proved == [line.text for line in checked if line not in limits]
    assert checked


def test_the_corpus_is_large_and_its_rows_are_named_apart():
    assert len(ROWS) >= 70
    assert len({row.name for row in ROWS}) == len({row.title for row in ROWS}) == len(ROWS)
