"""Put wrong steps into right derivations; the kernel must accept none of them (`make mutants`).

    python -m tools.mutants

makes the mutants of every step of the corpus and of the chapters' stored certificates, each with one
slip in it, and gives them to the kernel alone. What the kernel accepts has to be right after all: a
judge that only adds up, multiplies and differentiates numbers (corpus/second_opinion.py) finds no
point that speaks against it. What was judged is kept in .mutants/, so that a run that was ended goes
on where it stopped; a change of the kernel, of the mutants or of a derivation starts afresh.

The exit status is 1 if the kernel accepts what is wrong.
"""

from __future__ import annotations

import json
import signal
import sys
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from hashlib import blake2b
from itertools import chain
from multiprocessing import get_context
from pathlib import Path

from corpus.mutations import Right, mutants_of, of_the_book, of_the_corpus
from tools import command

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".mutants"
JUDGES = ("cebook_utils/kernel", "cebook_utils/refuting", "corpus")
FEWEST = 10_000
WIDTH = 30


@dataclass(frozen=True)
class Found:
    """What became of the mutants of one step."""

    mutants: int
    right_after_all: tuple[str, ...]
    wrong: tuple[str, ...]


def judge(right: Right) -> Found:
    """All mutants of one step, by the kernel and then by the numbers."""
    count, right_after_all, wrong = 0, [], []
    for mutant in mutants_of(right):
        count += 1
        if mutant.is_accepted():
            objection = mutant.objection()
            if objection:
                wrong.append(f"{mutant}: {objection}")
            else:
                right_after_all.append(str(mutant))
    return Found(count, tuple(right_after_all), tuple(wrong))


def judged(steps: list[Right], kept: Path) -> Iterator[Found]:
    """What becomes of each step, taken from what is kept, or judged and kept, as it comes."""
    missing = []
    for right in steps:
        if _file(right, kept).exists():
            count, right_after_all, wrong = json.loads(_file(right, kept).read_text("utf-8"))
            yield Found(count, tuple(right_after_all), tuple(wrong))
        else:
            missing.append(right)
    if not missing:
        return
    # Ctrl-C is for this process alone, which then lets the others end what they have in hand.
    workers = ProcessPoolExecutor(
        mp_context=get_context("spawn"),
        initializer=signal.signal,
        initargs=(signal.SIGINT, signal.SIG_IGN),
    )
    try:
        for right, found in zip(missing, workers.map(judge, missing), strict=True):
            parts = [found.mutants, found.right_after_all, found.wrong]
            command.write(_file(right, kept), json.dumps(parts, ensure_ascii=False))
            yield found
    finally:
        workers.shutdown(cancel_futures=True)


def _file(right: Right, kept: Path) -> Path:
    text = f"{right.source}\n{right.certificate}\n{right.place}"
    return kept / f"{blake2b(text.encode(), digest_size=12).hexdigest()}.json"


def kept_folder() -> Path:
    """Where the results of these judges are kept: named after all that they are made of."""
    digest = blake2b(digest_size=8)
    for sources in JUDGES:
        for path in sorted((ROOT / sources).rglob("*.py")):
            digest.update(path.read_bytes())
    folder = KEPT / digest.hexdigest()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def shown(done: int, of: int, mutants: int, began: float) -> str:
    """A bar of what is done, and how long the rest may take."""
    bar = "#" * (WIDTH * done // of)
    left = (time.monotonic() - began) * (of - done) / max(done, 1)
    return f"\r[{bar:{WIDTH}}] {done} of {of} steps, {mutants} mutants, {left:4.0f} s left "


def run(steps: list[Right], kept: Path) -> Found:
    """All of the steps together, with a bar on the way."""
    began, mutants = time.monotonic(), 0
    right_after_all: list[str] = []
    wrong: list[str] = []
    for done, found in enumerate(judged(steps, kept), 1):
        mutants += found.mutants
        right_after_all += found.right_after_all
        wrong += found.wrong
        print(shown(done, len(steps), mutants, began), end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    return Found(mutants, tuple(right_after_all), tuple(wrong))


def main() -> int:
    print("Proving the derivations of the corpus and of the chapters", file=sys.stderr)
    steps = list(dict.fromkeys(chain(of_the_corpus(), of_the_book())))
    found = run(steps, kept_folder())
    print(f"{found.mutants} mutants of {len(steps)} steps; the kernel refuses all but")
    listed("right after all", found.right_after_all)
    listed("ACCEPTED, AND WRONG", found.wrong)
    if found.mutants < FEWEST:
        print(f"There are fewer than {FEWEST} mutants: are the chapters executed?")
    return 1 if found.wrong or found.mutants < FEWEST else 0


def listed(heading: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    print(f"\n{heading}: {len(lines)}")
    for line in lines:
        print(f"    {line}")


if __name__ == "__main__":
    command.run(main)
