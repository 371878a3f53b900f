"""A short run of random terms: whatever the kernel says of them has to hold at points."""

from random import Random

import fuzz
import pytest

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.functions import Functions
from cebook_utils.kernel.looks import Looks
from cebook_utils.kernel.sums import Sums
from cebook_utils.kernel.values import Values
from cebook_utils.kernel.written import Written

# Not those of the long run, which begin at 0.
SEEDS = (1_000_001, 1_000_002, 1_000_003)
TERMS = 70


@pytest.mark.parametrize("seed", SEEDS)
def test_what_the_kernel_says_holds_at_points(seed):
    found = fuzz.chunk(seed, TERMS)
    assert not found.wrong, "\n".join(found.wrong)
    counts = found.counts
    assert counts["values"] > 0.6 * TERMS and counts["signs"] > 0.3 * TERMS
    assert counts["accepted ="] > 0.3 * TERMS and counts["points"] >= 5 * counts["values"]


def test_the_same_seed_gives_the_same_run():
    assert fuzz.chunk(7, 8) == fuzz.chunk(7, 8)


def test_most_verdicts_do_not_depend_on_words_and_order(monkeypatch):
    monkeypatch.setattr(fuzz, "CHANGED_EVERY", 1)
    counts = fuzz.chunk(1_000_004, 40).counts
    changed = sum(n for name, n in counts.items() if name.startswith("changed"))
    moved = sum(n for name, n in counts.items() if name.startswith("another verdict"))
    assert changed > 60 and moved <= changed / 20


def test_a_run_goes_on_where_it_was_stopped(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(fuzz, "CHUNK", 5)
    assert fuzz.main("10", tmp_path / "state") == 0
    capsys.readouterr()
    assert fuzz.main("15", tmp_path / "state") == 0
    said = capsys.readouterr().out
    assert "1 of 1 chunks" in said and "15  terms" in said


def tried(lines, left, right, facts=()):
    found = fuzz.Found()
    fuzz.Trial(declared(lines), left, right, facts, Random(0), found).run()
    return found.wrong


LINES = (("index", "i j k c", "C", "1"), ("real", "z[i]"), ("real", "w"), ("positive", "s"))


def test_what_is_right_is_not_called_wrong():
    assert not tried(
        LINES, "Σ(i, z[i]**2) + log(s**2) + abs(w)", "2*log(s) + Σ(j, z[j]**2) + abs(w)"
    )


@pytest.mark.parametrize(
    "owner, name, broken, left, right, said",
    [
        (Functions, "abs_of", staticmethod(lambda p, sign: p), "abs(-s)", "s", "another value"),
        (Sums, "delta", lambda *_: {}, "δ(k, c) + w", "w", "another value"),
        (Values, "name_sign", lambda *_: 2, "w", "w", "sign 2"),
        (Values, "name_sign", lambda *_: 2, "1/w", "1/w", "a value where there is none"),
        (Looks, "_by_binary", lambda *_: 2, "w", "w", "sign 2"),
        (Written, "is_zero", lambda *_: True, "w", "s", "accepted ="),
    ],
)
def test_what_is_broken_is_seen(monkeypatch, owner, name, broken, left, right, said):
    monkeypatch.setattr(owner, name, broken)
    wrong = tried(LINES, left, right)
    assert any(said in line for line in wrong)
