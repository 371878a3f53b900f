"""The later sets of false claims: each refused within seconds, and false by numbers."""

from fractions import Fraction
from itertools import product

import pytest
from falsity import why_false
from test_attacks import prove, time_limit

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Refused
from cebook_utils.refuting.evaluating import Evaluator, put_in_by
from cebook_utils.refuting.parts import NoValue, Point
from corpus import attacks_fifth, attacks_fourth, attacks_third

SETS = {"third": attacks_third, "fourth": attacks_fourth, "fifth": attacks_fifth}
FEWEST = {"third": 250, "fourth": 250, "fifth": 180}

# Refused for what they rest on: a chain, a gap, or a point that the domain leaves out.
NO_POINT_OF_THE_DOMAIN = {"points and chains", "points and gaps"}

HOLDS = {
    "!=": lambda x: x != 0, ">": lambda x: x > 0, ">=": lambda x: x >= 0,
    "<": lambda x: x < 0, "<=": lambda x: x <= 0,
}  # fmt: skip
SIGNS = {
    "=": lambda x: x == 0,
    "≥": HOLDS[">="],
    "≤": HOLDS["<="],
    ">": HOLDS[">"],
}  # of left - right


def is_false_at(row, witness):
    """Whether all conditions hold at the witness of a row, and its claim has no value or is wrong."""
    sizes, indices, values = witness
    setting = declared(row.setting)
    put_in = put_in_by(setting, row.steps[0].using)

    def value(name, at):
        known = values[name]
        return Fraction(known[at[0] - 1] if isinstance(known, tuple) else known)

    def machine(letters):
        return Evaluator(setting, Point(sizes, {**indices, **letters}), value, 160, put_in)

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


def each_row():
    rows = [(name, row) for name, attack in SETS.items() for row in attack.ROWS]
    names = [f"{name}: {row.kind}: {row.name}"[:90] for name, row in rows]
    return pytest.mark.parametrize(("name", "row"), rows, ids=names)


@each_row()
def test_a_false_claim_is_refused(name, row):
    with time_limit(), pytest.raises(Refused):
        prove(row)


@each_row()
def test_a_false_claim_is_false_by_numbers_or_by_its_form(name, row):
    witnesses = SETS[name].WITNESSES
    if row.name in witnesses:
        assert is_false_at(row, witnesses[row.name])
    elif row.kind not in NO_POINT_OF_THE_DOMAIN:
        assert why_false(row) in ("counterexample", "no value")


@pytest.mark.parametrize("attack", SETS.values(), ids=SETS)
def test_every_setting_is_right_so_that_rows_fail_where_they_say(attack):
    for row in attack.ROWS:
        assert declared(row.setting), row.name


@pytest.mark.parametrize("name", SETS)
def test_there_are_enough_and_each_is_another(name):
    attack = SETS[name]
    different = {(x.kind, x.start, x.steps) for x in attack.ROWS}
    assert len(attack.ROWS) == len(different) >= FEWEST[name]
    assert attack.WITNESSES.keys() <= {row.name for row in attack.ROWS}
