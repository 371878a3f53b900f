"""`make mutants` goes on where it stopped, and says at its end what the kernel accepted."""

import json

import pytest

from corpus.mutations import of_the_corpus
from tools import mutants


@pytest.fixture(scope="module")
def steps():
    return [right for right in of_the_corpus() if right.source == "entropy"][:3]


def test_a_run_that_was_ended_goes_on_where_it_stopped(steps, tmp_path, monkeypatch):
    whole = mutants.run(steps, tmp_path)
    assert whole.mutants > 50 and not whole.wrong
    files = sorted(tmp_path.iterdir())
    assert len(files) == len(steps)

    files[0].unlink()  # as if it had been ended before this step
    judged = []
    monkeypatch.setattr(mutants, "ProcessPoolExecutor", lambda **given: Alone(judged))
    again = mutants.run(steps, tmp_path)
    assert len(judged) == 1
    assert (again.mutants, sorted(again.right_after_all)) == (
        whole.mutants,
        sorted(whole.right_after_all),
    )
    mutants.run(steps, tmp_path)
    assert len(judged) == 1


class Alone:
    """Judges in this process, and keeps count."""

    def __init__(self, judged):
        self.judged = judged

    def map(self, action, steps):
        for step in steps:
            self.judged.append(step)
            yield action(step)

    def shutdown(self, cancel_futures):
        assert cancel_futures


def test_what_is_accepted_and_wrong_is_told(steps, monkeypatch):
    """With a kernel that takes anything, the judge by numbers speaks up."""
    monkeypatch.setattr("cebook_utils.kernel.certificates.judge", lambda claim: None)
    found = mutants.judge(steps[0])
    assert found.wrong and all("[" in line for line in found.wrong)


@pytest.mark.parametrize(
    ("count", "wrong", "code"), [(20_000, (), 0), (20_000, ("x",), 1), (5, (), 1)]
)
def test_the_exit_status(count, wrong, code, monkeypatch, capsys, tmp_path):
    monkeypatch.setattr(mutants, "of_the_corpus", list)
    monkeypatch.setattr(mutants, "of_the_book", list)
    monkeypatch.setattr(mutants, "kept_folder", lambda: tmp_path / "kept")
    monkeypatch.setattr(mutants, "run", lambda steps, kept: mutants.Found(count, (), wrong))
    assert mutants.main() == code
    assert f"ACCEPTED, AND WRONG: {len(wrong)}" in capsys.readouterr().out


def test_another_kernel_starts_afresh(monkeypatch, tmp_path):
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    monkeypatch.setattr(mutants, "KEPT", tmp_path / "kept")
    source = tmp_path / "corpus" / "x.py"
    source.parent.mkdir()
    source.write_text("1")
    first = mutants.kept_folder()
    assert mutants.kept_folder() == first
    source.write_text("2")
    assert mutants.kept_folder() != first


def test_the_bar(steps):
    assert mutants.shown(5, 10, 300, 0.0).startswith(
        "\r[###############               ] 5 of 10 steps"
    )
    assert json.dumps(mutants.shown(0, 10, 0, 0.0))
