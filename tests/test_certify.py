"""What `make certify` refuses, without Coq; proofs/test_broken.py has Coq refuse false theorems."""

import json
import re
import shutil

import certify
import pytest
from certify import PROOFS, Refused

SOURCE = """\
(* A comment with an Axiom (* and one within, Admitted. *) and "(*" in it. *)
Theorem σ_is_σ : 1 = 1.
Proof. reflexivity. Qed.

Print Assumptions σ_is_σ.
"""


@pytest.fixture
def folder(tmp_path):
    """A copy of the proofs, to be broken."""
    return shutil.copytree(PROOFS, tmp_path / "proofs")


@pytest.fixture
def small(tmp_path):
    """A folder with one theorem, as Coq would see it."""
    (tmp_path / "small.v").write_text(SOURCE, encoding="utf-8")
    (tmp_path / "axioms.json").write_text('{"small": {"σ_is_σ": ["Library.axiom"]}}')
    return tmp_path


def output(assumptions):
    """What `coqc -time` prints for SOURCE; the offsets are those of the bytes."""
    lines, source = "", SOURCE.encode()
    for text in ("Theorem σ_is_σ : 1 = 1.", "Proof.", "reflexivity.", "Qed."):
        lines += sentence(source, text)
    return lines + assumptions + sentence(source, "Print Assumptions σ_is_σ.")


def sentence(source, text):
    start = source.index(text.encode())
    return f"Chars {start} - {start + len(text.encode())} [{text[:9]}...] 0.25 secs (0.2u,0.s)\n"


def edit(path, old, new):
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_stored_list_is_that_of_the_sources():
    certify.refuse_another_list(PROOFS)


def test_the_readme_names_every_theorem_and_every_axiom():
    readme = (PROOFS / "README.md").read_text(encoding="utf-8")
    stored = certify.stored_axioms()
    theorems = [name for part in stored.values() for name in part]
    axioms = {axiom for part in stored.values() for names in part.values() for axiom in names}
    assert re.findall(r"^\| `(\w+)` \|", readme, re.MULTILINE) == theorems
    assert set(re.findall(r"^- `([\w.]+)`", readme, re.MULTILINE)) == axioms


def test_the_readme_says_which_theorems_need_the_excluded_middle():
    rows = re.findall(
        r"^\| `(\w+)` \|.*\| (yes|no) \|$",
        (PROOFS / "README.md").read_text(encoding="utf-8"),
        re.MULTILINE,
    )
    stored = {
        name: axioms for part in certify.stored_axioms().values() for name, axioms in part.items()
    }
    common = set.intersection(*map(set, stored.values()))
    assert {name: set(axioms) - common for name, axioms in stored.items()} == {
        name: {"Classical_Prop.classic"} if needed == "yes" else set() for name, needed in rows
    }


@pytest.mark.parametrize(
    "shortcut",
    [
        "Admitted.",
        "admit.",
        "Axiom easy : False.",
        "Axioms a b : False.",
        "Parameter easy : False.",
        "Conjecture easy : False.",
        "Hypothesis easy : False.",
        "Variable easy : False.",
        "Context (easy : False).",
        "Unset Guard Checking.",
        "#[bypass_check(guard)]",
    ],
)
@pytest.mark.parametrize("part", ["definitions", "gradient"])
def test_what_is_taken_for_granted_is_refused(folder, part, shortcut):
    path = folder / f"{part}.v"
    path.write_text(f"(** One *)\n{shortcut}\n{path.read_text(encoding='utf-8')}", encoding="utf-8")
    with pytest.raises(Refused, match=rf"{part}\.v, line 2, takes something for granted"):
        certify.compiled(part, folder)


def test_a_comment_may_speak_of_axioms(small):
    assert certify.theorems_in("small", small) == ["σ_is_σ"]


def test_a_string_opens_no_comment():
    assert certify.without_comments('Notation "(*" := times. (* " *) " *) Qed.') == (
        'Notation "(*" := times.  Qed.'
    )


def test_a_theorem_whose_axioms_are_not_printed_is_refused(folder):
    edit(folder / "merge.v", "Print Assumptions merge_of_parts.\n", "")
    with pytest.raises(Refused, match=r"merge\.v must end with Print Assumptions"):
        certify.refuse_another_list(folder)


def test_a_theorem_that_is_not_listed_is_refused(folder):
    edit(folder / "gibbs.v", "gibbs_inequality", "another_inequality")
    with pytest.raises(Refused, match="another_inequality"):
        certify.refuse_another_list(folder)


def test_a_file_that_is_not_listed_is_refused(folder):
    (folder / "more.v").write_text(SOURCE, encoding="utf-8")
    with pytest.raises(Refused, match="more"):
        certify.refuse_another_list(folder)


def test_the_theorem_is_read_off_what_coq_prints(small, monkeypatch):
    printed = output("Axioms:\nLibrary.axiom\n  : forall P : Prop,\n    P\n")
    monkeypatch.setattr(certify, "compiled", lambda part, folder: printed)
    (theorem,) = certify.certified("small", small)
    assert theorem == certify.Theorem("σ_is_σ", "Theorem σ_is_σ : 1 = 1.", 1.0, ("Library.axiom",))


@pytest.mark.parametrize(
    "assumptions",
    [
        "Closed under the global context\n",
        "Axioms:\nLibrary.another : False\n",
        "Axioms:\nLibrary.axiom : False\nmore : False\n",
        "Axioms:\nLibrary.axiom : False\nσ_is_σ is assumed to be guarded.\n",
        "something else\n",
        "",
    ],
)
def test_other_axioms_than_the_stored_ones_are_refused(small, monkeypatch, assumptions):
    monkeypatch.setattr(certify, "compiled", lambda part, folder: output(assumptions))
    with pytest.raises(Refused, match=r"uses the axioms|expected a list of axioms"):
        certify.certified("small", small)


@pytest.mark.parametrize("printed", ["", output("").replace("Chars", "Characters")])
def test_output_that_does_not_tell_of_the_theorem_is_refused(small, monkeypatch, printed):
    monkeypatch.setattr(certify, "compiled", lambda part, folder: printed)
    with pytest.raises(Refused, match="does not tell of σ_is_σ"):
        certify.certified("small", small)


@pytest.mark.parametrize(
    "entry", ["Library.axiom : False", "Library.axiom\n  : False", "Library.axiom :\n  False"]
)
def test_an_axiom_is_named_without_its_type(entry):
    assert certify.axioms_in(f"Axioms:\n{entry}\n") == ("Library.axiom",)


def test_without_coq_the_remedy_is_named(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("PATH", str(tmp_path))
    assert certify.main() == 1
    assert "apt-get install coq libcoq-coquelicot" in capsys.readouterr().err


def test_without_coquelicot_the_remedy_is_named(small, tmp_path, monkeypatch):
    coqc = tmp_path / "coqc"
    # What Coq 8.16 says.
    coqc.write_text(
        "#!/bin/sh\n"
        "echo 'Error: Cannot find a physical path bound to logical path' >&2\n"
        "echo 'Coquelicot with prefix Coquelicot.' >&2\n"
        "exit 1\n"
    )
    coqc.chmod(0o755)
    monkeypatch.setenv("PATH", str(tmp_path), prepend=":")
    with pytest.raises(Refused, match="apt-get install coq libcoq-coquelicot"):
        certify.compiled("small", small)


def test_the_stored_list_is_sorted():
    text = (PROOFS / "axioms.json").read_text(encoding="utf-8")
    assert all(
        axioms == sorted(set(axioms))
        for part in json.loads(text).values()
        for axioms in part.values()
    )
