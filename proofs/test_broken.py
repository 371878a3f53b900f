"""Each theorem broken once: Coq must refuse it (`make certify`, not `make test`)."""

import re
import shutil

import certify
import pytest
from certify import DEFINITIONS, PROOFS, Refused

pytestmark = pytest.mark.skipif(
    shutil.which("coqc") is None, reason=f"coqc is not on the PATH: {certify.REMEDY}"
)

# The theorem, a piece of its statement, and what makes the statement false.
FALSE = [
    ("softmax_sum", "softmax_sums_to_one", "= 1.", "= 2."),
    ("gradient", "gradient_of_cross_entropy", "k - y k).", "k + y k)."),
    ("gradient", "gradient_of_cross_entropy", "y i = 1 ->", "y i = 2 ->"),
    ("logistic", "slope_of_sigmoid", "(1 - sigmoid z)", "(1 + sigmoid z)"),
    ("logistic", "slope_of_binary_cross_entropy", "sigmoid z - y", "y - sigmoid z"),
    ("gibbs", "gibbs_inequality", "0 <= Σ", "0 < Σ"),
    ("gibbs", "gibbs_inequality", "q i = 1 ->", "q i = 2 ->"),
    ("merge", "merge_is_associative", "= merge u (merge v w)", "= merge u v"),
    ("merge", "merge_of_parts", "(l ++ y :: l')", "(l ++ l')"),
    ("merge", "pair_is_log_sum_exp", "m + ln s", "m - ln s"),
]


@pytest.fixture(scope="module")
def compiled_definitions(tmp_path_factory):
    folder = shutil.copytree(PROOFS, tmp_path_factory.mktemp("proofs"), dirs_exist_ok=True)
    certify.compiled(DEFINITIONS, folder)
    return folder


@pytest.fixture
def folder(compiled_definitions, tmp_path):
    return shutil.copytree(compiled_definitions, tmp_path, dirs_exist_ok=True)


def change(part, folder, old, new):
    """Replace the one place where the text stands."""
    path = folder / f"{part}.v"
    source = path.read_text(encoding="utf-8")
    assert source.count(old) == 1
    path.write_text(source.replace(old, new), encoding="utf-8")


def statement(part, name):
    """The theorem's statement in the source."""
    source = (PROOFS / f"{part}.v").read_text(encoding="utf-8")
    return re.search(rf"^Theorem {name} .*?(?=^Proof\.)", source, re.DOTALL | re.MULTILINE)[0]


def proof_lines(part, name, folder):
    """The numbers of the first and the last line of the theorem's proof."""
    lines = (folder / f"{part}.v").read_text(encoding="utf-8").split("\n")
    theorem = next(i for i, line in enumerate(lines) if line.startswith(f"Theorem {name} "))
    return lines.index("Proof.", theorem) + 1, lines.index("Qed.", theorem) + 1


@pytest.mark.parametrize(("part", "name", "right", "wrong"), FALSE)
def test_a_false_statement_has_no_proof(part, name, right, wrong, folder):
    true = statement(part, name)
    assert true.count(right) == 1
    change(part, folder, true, true.replace(right, wrong))
    with pytest.raises(Refused, match="Error") as refused:
        certify.certified(part, folder)
    # Coq has read the statement, and it is the proof that fails.
    first, last = proof_lines(part, name, folder)
    assert first < int(re.search(r"line (\d+),", str(refused.value))[1]) <= last


def test_every_theorem_is_broken():
    theorems = [(part, name) for part, names in certify.stored_axioms().items() for name in names]
    assert list(dict.fromkeys((part, name) for part, name, _, _ in FALSE)) == theorems


def test_weights_that_are_forgotten_are_no_merge(folder):
    weights = "s * exp (a - m) + t * exp (b - m)"
    change("merge", folder, f"(m, {weights}).", "(m, s + t).")
    with pytest.raises(Refused, match="Error"):
        certify.certified("merge", folder)


def test_an_axiom_of_the_library_that_is_not_stored_is_refused(folder):
    classic = "destruct (Coq.Logic.Classical_Prop.classic True) as [_|no]; [|now destruct no]."
    change("softmax_sum", folder, "intros n z.", f"intros n z. {classic}")
    with pytest.raises(Refused, match=r"uses the axioms .*Classical_Prop\.classic"):
        certify.certified("softmax_sum", folder)


def test_a_proof_that_is_left_out_shows_among_the_axioms(folder, monkeypatch):
    proof = "intros n z. unfold softmax, Rdiv. rewrite sum_factor."
    change("softmax_sum", folder, proof, "Admitted. Lemma other : True. Proof. split. Qed. (*")
    change("softmax_sum", folder, "lra.\nQed.", "lra.\nQed. *)")
    with pytest.raises(Refused, match="takes something for granted: `Admitted`"):
        certify.certified("softmax_sum", folder)
    monkeypatch.setattr(certify, "SHORTCUTS", re.compile("(?!)"))  # finds nothing
    with pytest.raises(Refused, match=r"uses the axioms .*softmax_sums_to_one"):
        certify.certified("softmax_sum", folder)


def test_a_wrong_sign_gives_the_exit_status_1_and_leaves_no_file(tmp_path, capsys):
    folder = shutil.copytree(PROOFS, tmp_path / "proofs")
    change("gradient", folder, "(softmax n z k - y k)", "(softmax n z k + y k)")
    before = sorted(folder.iterdir())
    assert certify.main(folder) == 1
    assert "Not certified" in capsys.readouterr().err
    assert sorted(folder.iterdir()) == before
