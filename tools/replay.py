"""Replay every proof of the book with the kernel alone (`make replay`).

    python tools/replay.py            compare the stored proofs with the chapters, and replay them
    python tools/replay.py --store    store anew what the chapters prove (`make proofs`), and replay

chapters/data/proofs.json.gz holds each certificate that a chapter's stored outputs hold, with its
chapter, its label and the sha256 of its text. A fresh process that imports nothing but the
standard library and cebook_utils/kernel judges all of them again (replay_alone.py).

The exit status is 1 if one is refused, does not fit its hash, or is not what the chapters store.
"""

import ast
import gzip
import io
import json
import statistics
import subprocess
import sys
import time
import zlib
from pathlib import Path

import command
import replay_alone

from cebook_utils.book.contents import cells_of

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"
PACKAGE = ROOT / "cebook_utils"


class Fault(Exception):
    """The stored proofs are not those of the chapters, or one of them is no proof."""


def collected(chapters):
    """(chapter, label, certificate) of all that the stored outputs of these chapters prove."""
    return [
        (path.stem, record["label"], certificate)
        for path in sorted(chapters.glob("*.ipynb"))
        for cell in cells_of(path)
        for record in cell.records
        for certificate in _certificates(path.stem, record)
    ]


def _certificates(chapter, record):
    """The certificates of one derivation: they have to be about the lines that a reader sees."""
    found = record.get("certificates")
    shown = [(x["sign"], x["line"]) for x in record["steps"] if x["status"] == "proved"]
    if found is None or shown != [(x["sign"], x["line"]) for c in found for x in c["steps"]]:
        raise Fault(
            f'{chapter}, "{record["title"]}": its certificates are not about its lines; '
            f"store the chapter anew: make notebooks CHAPTER={chapter}"
        )
    return found


def packed(proofs):
    """The content of the file, each setting and each chain stored once."""
    settings, chains = [], []

    def number(listed, x):
        if x not in listed:
            listed.append(x)
        return listed.index(x)

    def chain(certificate):
        cited = [chain(x) for x in certificate["cited"]]
        setting = number(settings, certificate["setting"])
        return number(chains, {**certificate, "setting": setting, "cited": cited})

    listed = [
        {"chapter": chapter, "label": label, "sha256": replay_alone.digest(certificate),
         "chain": chain(certificate)}
        for chapter, label, certificate in proofs
    ]  # fmt: skip
    book = {"chains": chains, "proofs": listed, "settings": settings}
    return (json.dumps(book, ensure_ascii=False, sort_keys=True, indent=0) + "\n").encode()


def compressed(content):
    """The same bytes on every run: no time and no name in their head."""
    into = io.BytesIO()
    with gzip.GzipFile("", "wb", 9, into, mtime=0) as file:
        file.write(content)
    return into.getvalue()


def decompressed(stored):
    """The content of the file; only a head without a time or a name is right."""
    if stored[:10] != compressed(b"")[:10]:
        raise Fault("the head of the file of proofs is not the one that is stored")
    try:
        return gzip.decompress(stored)
    except (OSError, EOFError, ValueError, zlib.error) as error:
        raise Fault(f"the file of proofs cannot be read: {error}") from None


def check_same(stored, proofs):
    """The file holds what the chapters store, byte for byte."""
    if decompressed(stored) != packed(proofs):
        raise Fault("the stored proofs are not those of the chapters: make proofs")


def replayed(file, package=PACKAGE):
    """What a fresh process says that can import the kernel alone: faults, and times."""
    program = Path(replay_alone.__file__)
    ran = subprocess.run(
        [sys.executable, "-I", "-S", str(program), str(file), str(package)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if not ran.stdout:
        raise Fault(ran.stderr)
    return json.loads(ran.stdout)


def code_lines(path):
    """Lines of code: not blank, no comment, no docstring."""
    text = path.read_text(encoding="utf-8")
    docs = {
        line
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
        for line in range(node.lineno, node.end_lineno + 1)
    }
    lines = enumerate(text.splitlines(), 1)
    return sum(bool(x.strip()) and x.strip()[0] != "#" and n not in docs for n, x in lines)


def report(content, found, seconds):
    """The counts of the book, of the kernel, and of the time."""
    proofs = replay_alone.unpacked(content)
    chapters = {chapter for chapter, *_ in proofs}
    derivations = {(chapter, label) for chapter, label, *_ in proofs}
    steps = sum(len(certificate["steps"]) for *_, certificate in proofs)
    judged = sum(count for count, _ in found["times"])
    each = statistics.median(t / n for n, t in found["times"])
    kernel = sum(map(code_lines, (PACKAGE / "kernel").glob("*.py")))
    return (
        f"{len(chapters)} chapters, {len(derivations)} derivations, {len(proofs)} certificates, "
        f"{steps} steps\n"
        f"{judged} steps judged (what is cited is judged again), by {kernel} lines of the kernel "
        f"alone\n"
        f"{seconds:.1f} s in all, {1000 * each:.1f} ms per step (median of the certificates)"
    )


def main(*arguments, chapters=CHAPTERS):
    file = chapters / "data" / "proofs.json.gz"
    try:
        proofs = collected(chapters)
        if "--store" in arguments:
            command.write(file, compressed(packed(proofs)))
        content = decompressed(file.read_bytes())
        started = time.perf_counter()
        found = replayed(file)
        seconds = time.perf_counter() - started
        if found["times"]:
            print(report(content, found, seconds))
        print("\n".join(found["faults"]), end="\n" if found["faults"] else "")
        check_same(file.read_bytes(), proofs)
    except (Fault, FileNotFoundError) as fault:
        print(fault)
        return 1
    if not found["times"]:
        print("No chapter stores a proof.")
    return 1 if found["faults"] or not found["times"] else 0


if __name__ == "__main__":
    command.run(main, *sys.argv[1:])
