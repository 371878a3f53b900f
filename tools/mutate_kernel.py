"""Put slips into the kernel itself; the tests have to see them (`make slips`).

    python tools/mutate_kernel.py          240 slips; a second run goes on where the first stopped
    python tools/mutate_kernel.py 1000     so many

Each slip (kernel_mutants.py) is tried in a process of its own, over the right claims and the attacks
of the corpus, every fourth proof of the book, and the tests of citations, of refusals, of the reader
and of the bounds, and a short run of random terms. It is killed if one of them fails, or is not done in time. What survives has to be
explained in docs/kernel-mutants.md. The exit status is 1 if fewer than 95 % are killed, or one that
survives is not explained there.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import importlib.abc
import importlib.util
import io
import json
import multiprocessing
import os
import resource
import signal
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path

import command
import mpmath  # noqa: F401  here and below: once, not in each process
import numpy  # noqa: F401
import pytest
import replay_alone
import sympy  # noqa: F401
from kernel_mutants import Mutant, mutant, slips

ROOT = Path(__file__).resolve().parent.parent
KERNEL = ROOT / "cebook_utils" / "kernel"
TESTS = ROOT / "tests" / "kernel"
PROOFS = ROOT / "chapters" / "data" / "proofs.json.gz"
EXPLAINED = ROOT / "docs" / "kernel-mutants.md"
STATE = ROOT / ".runs" / "mutate_kernel.jsonl"

COUNT, SECONDS, LEAST, NICE = 240, 120, 0.95, 5
SUITE = (
    "test_slips.py",
    "test_citations.py",
    "test_reader_and_bounds.py",
    "test_refusals.py",
    "test_fuzz.py",
)
# These are about the tools, not the kernel.
LEFT_OUT = (
    "test_a_false_claim_is_false_by_numbers",
    "test_a_run_goes_on_where_it_was_stopped",
    "test_most_verdicts_do_not_depend_on_words_and_order",
    "test_the_same_seed_gives_the_same_run",
    "test_what_is_broken_is_seen",
)


KERNEL_NOW = {path.stem: path.read_text(encoding="utf-8") for path in KERNEL.glob("*.py")}


class Slipped(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Imports the kernel as it was when the run began, one module of it from a mutant's source."""

    def __init__(self, mutant: Mutant | None):
        self.sources = (
            KERNEL_NOW if mutant is None else {**KERNEL_NOW, mutant.module: mutant.source}
        )

    def find_spec(self, name, path=None, target=None):
        package, _, module = name.rpartition(".")
        if package != "cebook_utils.kernel" or module not in self.sources:
            return None
        return importlib.util.spec_from_loader(name, self)

    def get_source(self, name):
        return self.sources[name.rpartition(".")[2]]


def tried(mutant: Mutant | None, proofs: Path, say) -> None:
    """In a process of its own: say which test kills a mutant, or that none does."""
    os.nice(NICE)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 5))  # however busy the machine is
    assert not any(name.startswith("cebook_utils.kernel") for name in sys.modules)
    sys.path[:0] = [str(ROOT), str(Path(__file__).parent)]
    sys.dont_write_bytecode = True
    sys.meta_path.insert(0, Slipped(mutant))
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        killed = _killed(proofs)
    say.send(killed)


def _killed(proofs: Path) -> str:
    """By what the kernel that is imported now is seen to be another one; "" if it is not."""
    try:
        return by_corpus() or by_book(proofs) or by_tests()
    except Exception as error:  # noqa: BLE001
        return f"{type(error).__name__}"


def by_corpus() -> str:
    from cebook_utils.kernel.certificates import begin, replay
    from cebook_utils.kernel.consistency import declared
    from cebook_utils.kernel.terms import Refused
    from corpus import attacks, attacks_fifth, attacks_second, attacks_third, right

    def prove(row):
        chain = begin(declared(row.setting), row.name, row.start)
        for step in row.steps:
            chain = chain.step(step)
        return chain

    for row in right.ROWS:
        try:
            certificate = prove(row).certificate()
            if replay(certificate).certificate() != certificate:
                return "right claims: another certificate"
        except Exception:  # noqa: BLE001
            return f"right claims: {row.name}"
    false = (attacks.ROWS, attacks_second.ROWS, attacks_third.ROWS, attacks_fifth.ROWS)
    for row in (row for rows in false for row in rows):
        with contextlib.suppress(Refused):
            prove(row)
            return f"attacks: {row.name}"
    return ""


def by_tests() -> str:
    first = First()
    ended = pytest.main(
        ["-o", "addopts=", "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "no:nbval", "-x", "-q",
         f"--rootdir={ROOT}", f"--confcutdir={TESTS}", *(str(TESTS / x) for x in SUITE)],
        plugins=[first],
    )  # fmt: skip
    return first.failed or ("" if ended == 0 else f"tests: {ended!r}")


class First:
    """The first test that fails."""

    failed = ""

    def pytest_collection_modifyitems(self, items):
        assert {x.originalname for x in items} >= set(LEFT_OUT), "one that is left out is not there"
        items[:] = [x for x in items if x.originalname not in LEFT_OUT]

    def pytest_runtest_logreport(self, report):
        if report.failed and not self.failed:
            self.failed = report.nodeid

    def pytest_collectreport(self, report):
        if report.failed and not self.failed:
            self.failed = f"not imported: {report.nodeid}"


def by_book(proofs: Path) -> str:
    """Every fourth proof of the book, judged again: which one a mutant refuses."""
    from cebook_utils.kernel.certificates import replay

    for chapter, label, _, certificate in replay_alone.unpacked(
        gzip.decompress(proofs.read_bytes())
    )[::4]:
        try:
            replay(certificate)
        except Exception as error:  # noqa: BLE001
            return f"the book: {chapter}, {label}: {error!r:.60}"
    return ""


def verdict(mutant: Mutant | None, proofs: Path) -> str:
    """What kills a mutant, or "" if it survives."""
    fork = multiprocessing.get_context("fork")
    hear, say = fork.Pipe(duplex=False)
    process = fork.Process(target=tried, args=(mutant, proofs, say))
    process.start()
    say.close()
    try:
        return hear.recv()
    except EOFError:
        process.join()
        return "not done in time" if process.exitcode == -signal.SIGXCPU else "the process ends"
    finally:
        process.kill()
        process.join()


def chosen(count: int) -> list[Mutant]:
    """So many of all mutants, drawn from all modules alike."""
    places = sorted(x for path in KERNEL.glob("*.py") for x in slips(path))
    found: dict[str, Mutant] = {}
    while places and len(found) < count:
        made = mutant(places.pop())
        if made is not None:
            found.setdefault(made.name, made)
    return list(found.values())


def version() -> str:
    """Of the kernel, its tests and this: what was found for others does not count."""
    digest = hashlib.sha256()
    for folder in (
        KERNEL,
        TESTS,
        ROOT / "corpus",
        ROOT / "cebook_utils" / "refuting",
        Path(__file__).parent,
    ):
        for path in sorted(folder.glob("*.py")):
            digest.update(path.read_bytes())
    return digest.hexdigest()


def main(count: str = str(COUNT), proofs: Path = PROOFS, state: Path = STATE) -> int:
    now, all_of_them = version(), chosen(int(count))
    state.parent.mkdir(exist_ok=True)
    found: dict[str, str] = {}
    if state.exists():
        rows = [json.loads(line) for line in state.read_text(encoding="utf-8").splitlines()]
        found = {r["mutant"]: r["killed"] for r in rows if r["version"] == now}
    broken = verdict(None, proofs)
    if broken:
        print(f"The kernel as it is fails: {broken}")
        return 1
    left = [x for x in all_of_them if x.name not in found]
    started = time.monotonic()
    with ThreadPoolExecutor(os.cpu_count()) as workers:
        waiting = {workers.submit(verdict, x, proofs): x for x in left}
        for number, future in enumerate(as_completed(waiting), 1):
            mutant, killed = waiting[future], future.result()
            found[mutant.name] = killed
            row = {"version": now, "mutant": mutant.name, "killed": killed}
            command.append(state, json.dumps(row, ensure_ascii=False))
            if not killed:
                print(f"SURVIVES {mutant.name}", flush=True)
            if number % 10 == 0:
                print(f"{number} of {len(left)}, {time.monotonic() - started:.0f} s", flush=True)
    return report(all_of_them, found)


def report(all_of_them: list[Mutant], found: dict[str, str]) -> int:
    explained = EXPLAINED.read_text(encoding="utf-8") if EXPLAINED.exists() else ""
    survivors = [x for x in all_of_them if not found[x.name]]
    killed = len(all_of_them) - len(survivors)
    by = Counter(found[x.name].split("::")[0].split(":")[0] for x in all_of_them if found[x.name])
    print(f"{killed} of {len(all_of_them)} mutants are killed ({killed / len(all_of_them):.1%})")
    for name, number in by.most_common():
        print(f"{number:6}  by {name}")
    unexplained = [x for x in survivors if f"`{x.before}` → `{x.after}`" not in explained]
    for x in survivors:
        print(f"{'SURVIVES' if x in unexplained else 'explained'}  {x.name}")
    return 1 if unexplained or killed < LEAST * len(all_of_them) else 0


if __name__ == "__main__":
    command.run(main, *sys.argv[1:])
