"""Every right derivation is proved, for any number of classes, samples, features and units."""

import pytest
from derivations import ROWS
from mutations import all_steps


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")
def test_every_step_is_proved(row):
    derivation = row.derive()
    checked = [step for step in derivation.steps[1:] if step.relation != "at"]
    written = [call for call in row.transcript() if call.method not in ("start", "at")]
    assert len(checked) == len(written) >= 1
    assert {step.status for step in checked} == {"proved"}
    assert all(step.how for step in checked)


@pytest.mark.parametrize("step", all_steps(), ids=lambda s: f"{s.row.name}-{s.number}")
def test_a_second_opinion_agrees(step):
    """The rows are right by other means, too: dual numbers on sums of two or three terms."""
    assert step.is_true()
