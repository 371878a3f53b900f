"""A fixed sample of the mutants that `make mutants` runs in full."""

import pytest
from mutations import (
    all_mutants,
    all_steps,
    is_shown_true,
    refusal,
    sample,
    setting_of,
)

import cebook_utils.derivation
from cebook_utils.proving import Proof, prove_equal
from cebook_utils.refuting import Search, find_counterexample

MUTANTS = all_mutants()
DEEP = [mutant for mutant in MUTANTS if mutant.step.row.subject == "backprop"]  # half a second each
SAMPLE = sample([mutant for mutant in MUTANTS if mutant not in set(DEEP)], 150) + DEEP[::70]


def test_there_are_many_mutants_of_every_kind():
    slips = {mutant.slip for mutant in MUTANTS}
    assert len(MUTANTS) >= 1000
    assert len(SAMPLE) >= 150
    assert slips >= {
        "sign", "dropped term", "doubled term", "dropped factor", "doubled factor", "index",
        "transposed", "constant", "sum for mean", "mean for sum", "missing sum", "lost citation",
        "exchanged names", "certificate: lost", "another limit", "another point",
    }  # fmt: skip
    assert {mutant.slip.partition(":")[0] for mutant in SAMPLE} == {
        slip.partition(":")[0] for slip in slips
    }


@pytest.mark.parametrize("mutant", SAMPLE, ids=str)
def test_a_mutant_is_refused_or_is_a_right_step(mutant):
    assert refusal(mutant) or is_shown_true(mutant)


def test_mutants_are_refused_for_the_reason_that_they_are_wrong():
    """Not because something breaks: most have a counterexample."""
    ways = [refusal(mutant) for mutant in SAMPLE[::2] if mutant.step.row.subject == "softmax"]
    assert ways.count("refuted") > len(ways) / 2 > 5


def test_a_core_that_takes_anything_is_found_out(monkeypatch):
    """The sample is worth something: with the search and the prover switched off it fails."""
    core = cebook_utils.derivation
    monkeypatch.setattr(core, "find_counterexample", lambda claim, seed=0: Search(1, None))
    monkeypatch.setattr(core, "prove_equal", lambda claim, theorems=(): Proof("anything goes"))
    signs = [mutant for mutant in MUTANTS if mutant.slip == "sign" and mutant.step.relation == "="]
    missed = [m for m in signs[5::40] if not refusal(m) and not is_shown_true(m)]
    assert missed


FOR_THE_PROVER = [
    mutant
    for mutant in SAMPLE[::8]
    if mutant.step.relation == "="
    and mutant.slip != "transposed"  # most of these cannot be read at all
    and mutant.step.row.subject != "backprop"  # a prover without the search takes its time there
]


@pytest.mark.parametrize("mutant", FOR_THE_PROVER, ids=str)
def test_the_prover_alone_proves_no_mutant(mutant):
    """Without the search for a counterexample there is still no false proof."""
    setting = setting_of(mutant.step.row)
    proof = prove_equal(mutant.step.claim(setting), mutant.step.results(setting))
    assert proof is None or is_shown_true(mutant)


@pytest.mark.parametrize(
    "step", all_steps()[::5], ids=lambda step: f"{step.row.name}-{step.number}"
)
def test_no_false_alarm(step):
    """A right step is not refuted, whatever the points that are drawn."""
    claim = step.claim(setting_of(step.row))
    search = find_counterexample(claim, seed=step.number)
    assert search.counterexample is None
    assert search.points > 0
