"""Right claims, each to be proved; what is proved is replayed from its text."""

import pytest

from cebook_utils.kernel.certificates import begin, replay
from cebook_utils.kernel.consistency import declared
from corpus.right import ROWS


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_right_claim_is_proved(row):
    chain = begin(declared(row.setting), row.name, row.start)
    for step in row.steps:
        chain = chain.step(step)
    again = replay(chain.certificate())
    assert again.certificate() == chain.certificate()
    assert (again.start, again.last, again.sign) == (row.start, chain.last, chain.sign)
