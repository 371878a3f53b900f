"""`make portable` computes as it says, finds what depends on the arithmetic, and goes on after a stop."""

import json

import portable
import pytest
from portable import Perturbation

USUAL = Perturbation("usual", {})
# The last digits of a sum, and of the order of a set, stand for a number on the edge of rounding.
DEPENDS = 'import os\ndef test_it(): assert os.environ.get("OPENBLAS_CORETYPE") != "Prescott"\n'


@pytest.fixture
def tree(tmp_path, monkeypatch):
    """A small project with one numeric test, which needs no plugin of pytest's."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "tests").mkdir()
    (tmp_path / "conftest.py").write_text("")
    (tmp_path / "tests" / "test_edge.py").write_text(DEPENDS)
    return tmp_path


def run(tree, *perturbations):
    said = []
    status = portable.main(tree, tree / "results", perturbations, said.append)
    return status, "\n".join(said)


@pytest.fixture(scope="module")
def planned():
    return list(portable.plan(portable.PERTURBATIONS))


def test_each_perturbation_computes_as_its_name_says(planned):
    usual = planned[0][1]
    alias = {"Prescott": "Katmai", "Zen": "Haswell"}
    for perturbation, found, reason in planned:
        if reason is not None:
            continue
        asked = perturbation.environment
        assert asked.get("NPY_DISABLE_CPU_FEATURES") not in found["levels"]
        kernel = asked.get("OPENBLAS_CORETYPE")
        assert kernel is None or set(found["kernels"]) <= {kernel, alias.get(kernel)}
        if found["kernels"]:
            assert found["threads"] == [int(asked.get("OPENBLAS_NUM_THREADS", "1"))]
        assert (found != usual) == bool(asked)


def test_what_is_skipped_is_skipped_for_a_reason_that_holds(planned):
    by_name = {perturbation.name: found for perturbation, found, _ in planned}
    usual = planned[0][1]
    for perturbation, found, reason in planned:
        if reason and reason.startswith("computes here like "):
            assert found == by_name[reason.removeprefix("computes here like ").strip("'")]
        elif reason and reason.startswith("NumPy has no "):
            assert perturbation.environment["NPY_DISABLE_CPU_FEATURES"] not in usual["levels"]


def test_what_the_caller_set_for_the_arithmetic_has_no_effect(monkeypatch):
    expected = portable.environment(USUAL)
    for name in portable.PERTURBED:
        monkeypatch.setenv(name, "2")
    assert portable.environment(USUAL) == expected


def test_finds_what_depends_on_the_arithmetic(tree):
    if portable.probed(Perturbation("", {"OPENBLAS_CORETYPE": "Prescott"})) is None:
        pytest.skip("the processor has no such kernel")
    perturbed = Perturbation("perturbed", {"OPENBLAS_CORETYPE": "Prescott", "PYTHONHASHSEED": "3"})
    status, said = run(tree, USUAL, perturbed)
    assert status == 1
    assert "usual: tests/test_edge.py passed" in said
    assert "perturbed: tests/test_edge.py FAILED" in said
    assert "assert 'Prescott' != 'Prescott'" in said
    assert "| usual |" in said
    assert "1 of 1 passed" in said
    assert "0 of 1 passed" in said


def test_passes_where_nothing_depends_on_it(tree):
    status, said = run(tree, USUAL)
    assert status == 0
    assert "[1/1] usual: tests/test_edge.py passed" in said


def test_skips_what_changes_nothing_and_says_so(tree):
    missing = Perturbation("no such level", {"NPY_DISABLE_CPU_FEATURES": "NONE_SUCH"})
    status, said = run(tree, USUAL, Perturbation("again", {}), missing)
    assert status == 0
    assert "skipped: computes here like 'usual'" in said
    assert "skipped: NumPy has no NONE_SUCH on this processor" in said


def test_goes_on_from_what_it_has_while_the_tree_is_the_same(tree):
    run(tree, USUAL)
    (file,) = (tree / "results").rglob("*.json")
    kept = json.loads(file.read_text()) | {"seconds": 1234.5}
    file.write_text(json.dumps(kept))
    assert "1234.5 s" in run(tree, USUAL)[1]
    (tree / "tests" / "test_edge.py").write_text(DEPENDS + "\n")
    assert "1234.5 s" not in run(tree, USUAL)[1]


def test_a_probe_that_fails_is_no_reason_to_skip(tree, monkeypatch):
    monkeypatch.setattr(portable, "PROBE", "raise SystemError('broken')")
    with pytest.raises(SystemExit, match="broken"):
        run(tree, USUAL)


def test_an_unknown_instruction_is_a_reason_to_skip(monkeypatch):
    kill = "import os, signal; os.kill(os.getpid(), signal.SIGILL)"
    usual = portable.probed(USUAL)
    monkeypatch.setattr(portable, "PROBE", kill)
    assert portable.probed(USUAL) is None
    monkeypatch.setattr(portable, "probed", lambda one: None if one.environment else usual)
    rows = list(portable.plan([Perturbation("new", {"OPENBLAS_CORETYPE": "SkylakeX"})]))
    assert rows[0][2] == "the processor cannot run it"
