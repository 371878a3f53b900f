"""The fourth set of false claims: each refused within seconds; that each is false, numbers say."""

from fractions import Fraction
from itertools import product

import pytest
from falsity import why_false
from test_attacks import prove, time_limit

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from cebook_utils.refuting.evaluating import Evaluator
from cebook_utils.refuting.parts import NoValue, Point
from corpus.attacks_fourth import ROWS, WITNESSES

# Refused for the gap that they name, or for a point that the domain leaves out.
NO_POINT_OF_THE_DOMAIN = {"points and gaps"}

HOLDS = {
    "!=": lambda x: x != 0, ">": lambda x: x > 0, ">=": lambda x: x >= 0,
    "<": lambda x: x < 0, "<=": lambda x: x <= 0,
}  # fmt: skip
SIGNS = {"=": lambda x: x == 0, "≥": lambda x: x >= 0, ">": lambda x: x > 0}  # of left - right


def is_false_at_its_witness(row):
    """Whether all conditions hold at the witness of a row, and its claim has no value or is wrong."""
    sizes, values = WITNESSES[row.name]
    setting = declared(row.setting)

    def value(name, at):
        known = values[name]
        return Fraction(known[at[0] - 1] if isinstance(known, tuple) else known)

    def machine(letters):
        return Evaluator(setting, Point(sizes, letters, {}), value, 160, {})

    for condition in setting.conditions:
        for at in product(*(range(1, sizes[size] + 1) for _, size in condition.letters)):
            there = {letter: m for (letter, _), m in zip(condition.letters, at, strict=True)}
            assert HOLDS[condition.relation](machine(there).value(condition.difference))
    (step,) = row.steps
    try:
        left, right = (machine({}).value(setting.read(line)) for line in (row.start, step.line))
    except NoValue:
        return True
    return not SIGNS[step.sign](left - right)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_refused(row):
    with time_limit(), pytest.raises(Refused):
        prove(row)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.kind}: {row.name}"[:90])
def test_a_false_claim_is_false_by_numbers_or_by_its_form(row):
    if row.name in WITNESSES:
        assert is_false_at_its_witness(row)
    elif row.kind not in NO_POINT_OF_THE_DOMAIN:
        assert why_false(row) in ("counterexample", "no value")


def test_every_setting_is_right_so_that_rows_fail_where_they_say():
    for row in ROWS:
        assert declared(row.setting), row.name


def test_there_are_enough_and_each_is_another():
    assert len(ROWS) == len({(row.kind, row.start, row.steps) for row in ROWS}) >= 250
    assert WITNESSES.keys() <= {row.name for row in ROWS}
