"""Put wrong steps into right derivations; every one must be refused (`make mutants`).

    python tools/mutants.py

Three attacks on every step of tests/core/derivations.py:

* its mutants, wrong steps with one slip each: a mutant that the core does not refuse is listed,
  and has to be a right step by a second opinion (tests/core/second_opinion.py);
* the prover alone, without the search for a counterexample, on part of the refuted mutants;
* the right step itself, under other seeds of the search: there must be no false alarm.

The exit status is 1 if a wrong step is not refused, or a right one is.
"""

import sys
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "core"))

from derivations import ROWS
from mutations import is_shown_true, mutants_of, refusal, setting_of, steps_of

from cebook_utils.proving import prove_equal
from cebook_utils.refuting import find_counterexample

SEEDS = range(1, 21)
PROVER_TAKES_EVERY = 8


@dataclass
class Findings:
    """What became of the mutants of one row, and of its right steps."""

    ways: Counter = field(default_factory=Counter)
    right_after_all: list = field(default_factory=list)
    missed: list = field(default_factory=list)
    false_proofs: list = field(default_factory=list)
    false_alarms: list = field(default_factory=list)
    prover_alone: int = 0
    searches: int = 0

    def add(self, other):
        self.ways += other.ways
        for name in ("right_after_all", "missed", "false_proofs", "false_alarms"):
            getattr(self, name).extend(getattr(other, name))
        self.prover_alone += other.prover_alone
        self.searches += other.searches


def findings(number):
    """All three attacks on one row (by its number: rows hold functions and cannot be sent)."""
    found = Findings()
    for step in steps_of(ROWS[number]):
        for mutant in mutants_of(step):
            judge(mutant, found)
        seek_false_alarms(step, found)
    return found


def judge(mutant, found):
    """Whether a mutant is refused, or is no wrong step at all."""
    way = refusal(mutant)
    found.ways[way or "not refused"] += 1
    if way is None:
        (found.right_after_all if is_shown_true(mutant) else found.missed).append(str(mutant))
    refuted_equation = way == "refuted" and mutant.step.relation == "="
    if refuted_equation and found.ways["refuted"] % PROVER_TAKES_EVERY == 0:
        setting = setting_of(mutant.step.row)
        found.prover_alone += 1
        if prove_equal(mutant.step.claim(setting), mutant.step.results(setting)) is not None:
            found.false_proofs.append(str(mutant))


def seek_false_alarms(step, found):
    """Whether a right step is refuted at points drawn from another seed."""
    claim = step.claim(setting_of(step.row))
    for seed in SEEDS:
        found.searches += 1
        if find_counterexample(claim, seed).counterexample is not None:
            found.false_alarms.append(f"{step.row.name} {step.number}, seed {seed}")


def main():
    total = Findings()
    with ProcessPoolExecutor() as workers:
        for row, found in zip(ROWS, workers.map(findings, range(len(ROWS))), strict=True):
            print(f"{row.subject:12} {row.name:45} {found.ways.total():4} mutants", flush=True)
            total.add(found)
    steps = sum(len(steps_of(row)) for row in ROWS)
    print(f"\n{total.ways.total()} mutants of {steps} steps:")
    for way, count in total.ways.most_common():
        print(f"{count:6}  {way}")
    print(f"{total.prover_alone:6}  of the refuted ones given to the prover alone")
    print(f"{total.searches:6}  searches for a counterexample to a right step")
    listed("Not refused, and right by a second opinion", total.right_after_all)
    listed("NOT REFUSED, and wrong", total.missed)
    listed("PROVED although refuted", total.false_proofs)
    listed("REFUTED although right", total.false_alarms)
    return 1 if total.missed or total.false_proofs or total.false_alarms else 0


def listed(heading, lines):
    print(f"\n{heading}: {len(lines)}")
    for line in lines:
        print(f"    {line}")


if __name__ == "__main__":
    sys.exit(main())
