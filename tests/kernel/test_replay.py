"""Every proof of the book is judged again by the kernel alone; a changed byte is seen."""

import gzip
import json
import random

import pytest
import replay
import replay_alone

from cebook_utils import Derivation, Setting
from cebook_utils.derivation.records import RECORD

FLIPS = 250


def test_every_proof_of_the_book_is_proved_by_the_kernel_alone(capsys):
    assert replay.main() == 0, capsys.readouterr().out


def derivations():
    classes = Setting().index("i j k", "C").real("z[i]").let("p[i]", "exp(z[i])/Σ(j, exp(z[j]))")
    jacobian = (Derivation("Jacobian", classes).start("D(p[i], z[k])")
                .equals("p[i]*(δ(i, k) - p[k])"))  # fmt: skip
    slope = Derivation("Slope", classes).start("D(log(p[i]), z[k])").equals("δ(i, k) - p[k]")
    bound = (Derivation("Bound", classes).start("p[k]")
             .at_most("1", gap="1 - p[k]", because="a share"))  # fmt: skip
    cites = (Derivation("Half", classes).start("D(p[i], z[k])/2").equals(
             "p[i]*(δ(i, k) - p[k])/2", using=jacobian))  # fmt: skip
    z = Setting().real("z")
    at = Derivation("A value", z).start("z**2").at("z = -3").equals("9")
    limit = (Derivation("A limit", z).start("exp(-z)*2").equals("2*exp(-z)")
             .tends_to("0", when="z -> oo"))  # fmt: skip
    return [jacobian, slope, bound, cites, at, limit]


@pytest.fixture(scope="module")
def records():
    return [x._repr_mimebundle_()[RECORD] for x in derivations()]


@pytest.fixture
def book(tmp_path, records):
    """A small book whose proofs are stored."""
    (tmp_path / "data").mkdir()
    write_chapter(tmp_path, records)
    assert replay.main("--store", chapters=tmp_path) == 0
    return tmp_path


def write_chapter(folder, records):
    outputs = [{"output_type": "display_data", "data": {RECORD: x}} for x in records]
    cell = {"cell_type": "code", "source": "", "metadata": {}, "outputs": outputs}
    (folder / "small.ipynb").write_text(json.dumps({"cells": [cell]}), encoding="utf-8")


def stored(book):
    return book / "data" / "proofs.json.gz"


def change(book, changed):
    """Store the proofs with a change, well packed."""
    content = json.loads(gzip.decompress(stored(book).read_bytes()))
    changed(content)
    stored(book).write_bytes(replay.compressed(json.dumps(content).encode()))


def test_the_counts_are_printed(book, capsys):
    capsys.readouterr()
    assert replay.main(chapters=book) == 0
    assert capsys.readouterr().out.startswith(
        "1 chapters, 6 derivations, 6 certificates, 6 steps\n7 steps judged"
    )


def test_the_same_book_gives_the_same_bytes(book):
    before = stored(book).read_bytes()
    assert replay.main("--store", chapters=book) == 0
    assert stored(book).read_bytes() == before


def test_nothing_is_lost_by_packing(book):
    proofs = replay.collected(book)
    unpacked = replay_alone.unpacked(replay.packed(proofs))
    assert [(chapter, label, c) for chapter, label, _, c in unpacked] == proofs


def test_a_book_without_proofs_fails(tmp_path):
    (tmp_path / "data").mkdir()
    write_chapter(tmp_path, [])
    assert replay.main("--store", chapters=tmp_path) == 1


def test_a_false_line_is_refused_by_the_process_alone(book, records, capsys):
    """The hash fits, and the chapter says the same: only the kernel sees it."""
    changed = json.loads(json.dumps(records))
    line = "p[i]*(δ(i, k) + p[k])"
    changed[0]["steps"][0]["line"] = changed[0]["certificates"][0]["steps"][0]["line"] = line
    write_chapter(book, changed)
    assert replay.main("--store", chapters=book) == 1
    said = capsys.readouterr().out
    assert f"small, {records[0]['label']}: refused: the two lines are not seen to be equal" in said


@pytest.mark.parametrize("name", ["certificates", "line"])
def test_a_chapter_whose_certificates_are_not_about_its_lines_fails(book, records, name, capsys):
    changed = json.loads(json.dumps(records))
    if name == "line":
        changed[0]["steps"][0]["line"] = "p[i]"
    else:
        del changed[0]["certificates"]
    write_chapter(book, changed)
    assert replay.main(chapters=book) == 1
    assert "make notebooks CHAPTER=small" in capsys.readouterr().out


def test_a_proof_too_few_fails(book, capsys):
    change(book, lambda content: content["proofs"].pop())
    assert replay.main(chapters=book) == 1
    assert "make proofs" in capsys.readouterr().out


def test_a_hash_that_does_not_fit_fails(book, capsys):
    change(book, lambda content: content["proofs"][2].update(sha256="0" * 64))
    assert replay.main(chapters=book) == 1
    assert "does not fit its hash" in capsys.readouterr().out


def test_a_module_from_elsewhere_is_seen(tmp_path, book):
    """A kernel that imports what is not of the standard library is not alone."""
    folder = tmp_path / "cebook_utils"
    folder.mkdir()
    for path in (replay.PACKAGE / "kernel").glob("*.py"):
        (folder / "kernel").mkdir(exist_ok=True)
        (folder / "kernel" / path.name).write_bytes(path.read_bytes())
    assert replay.replayed(stored(book), folder)["faults"] == []
    (folder / "other.py").touch()
    with (folder / "kernel" / "__init__.py").open("a") as file:
        file.write("\nimport other\n")
    assert replay.replayed(stored(book), folder)["faults"] == ["other is loaded"]


def test_a_changed_byte_of_the_file_is_seen(book):
    rng, whole = random.Random(1), stored(book).read_bytes()
    proofs = replay.collected(book)
    for _ in range(FLIPS):
        place = rng.randrange(len(whole))
        flipped = whole[:place] + bytes([whole[place] ^ 255]) + whole[place + 1 :]
        with pytest.raises(replay.Fault):
            replay.check_same(flipped, proofs)


def test_a_changed_byte_of_a_certificate_is_seen_without_the_chapters(book):
    """By its hash, or because it is no text or no JSON any more, or names no such chain."""
    content = replay.packed(replay.collected(book))
    start, end = content.index(b'"chains"'), content.index(b'"proofs"')
    parts = [*range(start, end), *range(content.index(b'"settings"'), len(content))]
    rng, seen = random.Random(2), 0
    right = set(map(text_of, replay_alone.unpacked(content)))
    for place in rng.sample([n for n in parts if content[n] not in b"\n "], FLIPS):
        flipped = bytearray(content)
        flipped[place] ^= rng.randrange(1, 128)
        try:
            proofs = replay_alone.unpacked(bytes(flipped))
        except (ValueError, LookupError, TypeError):
            seen += 1
            continue
        wrong = [x for x in proofs if replay_alone.digest(x[3]) != x[2]]
        assert wrong or set(map(text_of, proofs)) == right, place
        seen += bool(wrong)
    assert seen >= 200


def text_of(proof):
    return replay_alone.canonical(proof[3])
