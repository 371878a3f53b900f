"""A short run of random claims; whatever is accepted has to hold at points."""

import pytest
from fuzz import accepted_and_false


@pytest.mark.parametrize("seed", range(3))
def test_no_accepted_claim_is_refuted_by_numbers(seed):
    tried, accepted, wrong = accepted_and_false(seed, 60)
    assert not wrong, wrong
    assert tried == 60 and accepted >= 5
