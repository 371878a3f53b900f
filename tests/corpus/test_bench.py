"""The measured figures: that they are measured, and that the stored ones are whole."""

import json

import pytest

from corpus.derivations.binary import sigmoid, symmetry_of_the_sigmoid
from corpus.wrong_steps import REFUTED
from corpus.wrong_steps.form import WrongStep
from tools import bench
from tools.machine import machine


@pytest.fixture
def stored():
    return json.loads(bench.DATA.read_text(encoding="utf-8"))


def test_the_explicit_check_needs_the_right_gradient():
    assert bench.explicit_gradient_is_right(2)


def test_the_indexed_check_is_the_same_statement():
    assert bench.indexed_gradient_is_right(None)


def test_a_check_that_takes_too_long_is_given_up(monkeypatch):
    monkeypatch.setattr(bench, "SECONDS_PER_SIZE", 0.001)
    assert bench.in_fresh_process(bench.explicit_gradient_is_right, 50) == (False, None)


def test_a_step_that_is_not_refused_is_no_measured_refusal():
    assert bench.refusal_seconds(REFUTED[0]) > 0
    right = WrongStep("right", sigmoid, "1 - σ(z)", "σ(-z)")
    with pytest.raises(AssertionError, match="not refused"):
        bench.refusal_seconds(right)


def test_the_steps_of_a_row_are_timed_each():
    timed = bench.step_seconds(symmetry_of_the_sigmoid)
    assert len(timed) == 1 and timed[0][0] > 0 and timed[0][1] == "Symmetry of the sigmoid, 1"


def test_the_stored_figures_are_whole(stored):
    assert len(stored["figures"]) == 7
    assert all(figure["seconds"] > 0 < figure["target"] for figure in stored["figures"])
    sizes = stored["explicit"]["sizes"]
    assert [size["classes"] for size in sizes] == list(bench.CLASSES[: len(sizes)])
    assert all(size["proved"] for size in sizes[:-1])
    assert stored["indexed"]["proved"]


def test_the_stored_machine_names_no_host(stored):
    assert set(stored["machine"]) == set(machine(*bench.PACKAGES))
    assert set(stored["machine"]) == {
        "processors", "architecture", "system", "python", "sympy", "mpmath",
    }  # fmt: skip
