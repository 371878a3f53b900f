"""`make mutants` goes on where it stopped, and says at its end what the kernel accepted."""

import json

import pytest

from corpus.mutations import of_the_corpus
from tools import mutants


@pytest.fixture(scope="module")
def steps():
    return [right for right in of_the_corpus() if right.source == "entropy"][:3]


def test_a_run_that_was_ended_goes_on_where_it_stopped(steps, tmp_path, monkeypatch):
    kept = tmp_path / "kept.jsonl"
    whole = mutants.run(steps, kept)
    assert whole.mutants > 50 and not whole.wrong
    lines = kept.read_text(encoding="utf-8").splitlines(keepends=True)
    assert len(lines) == len(steps)

    kept.write_text("".join(lines[:2]) + lines[2][:20], encoding="utf-8")  # cut off in a line
    assert len(list(mutants._lines(kept))) == 2
    kept.write_text("".join(lines), encoding="utf-8")
    monkeypatch.setattr(mutants, "ProcessPoolExecutor", None)  # nothing is judged again
    assert mutants.run(steps, kept) == whole


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
    monkeypatch.setattr(mutants, "kept_file", lambda: tmp_path / "kept")
    monkeypatch.setattr(mutants, "run", lambda steps, kept: mutants.Found(count, (), wrong))
    assert mutants.main() == code
    assert f"ACCEPTED, AND WRONG: {len(wrong)}" in capsys.readouterr().out


def test_another_kernel_starts_afresh(monkeypatch, tmp_path):
    monkeypatch.setattr(mutants, "ROOT", tmp_path)
    monkeypatch.setattr(mutants, "KEPT", tmp_path / "kept")
    source = tmp_path / "corpus" / "x.py"
    source.parent.mkdir()
    source.write_text("1")
    first = mutants.kept_file()
    assert mutants.kept_file() == first
    source.write_text("2")
    assert mutants.kept_file() != first


def test_the_bar(steps):
    assert mutants.shown(5, 10, 300, 0.0).startswith(
        "\r[###############               ] 5 of 10 steps"
    )
    assert json.dumps(mutants.shown(0, 10, 0, 0.0))
