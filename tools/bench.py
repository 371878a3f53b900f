"""Measure the derivation core (`make bench`) and write chapters/data/bench.json.

    python -m tools.bench

Whole derivations with a setting of their own, the refusal of the wrong steps made by hand, the
slowest single step of all right derivations, all of the book's certificates; and the gradient of the cross-entropy, checked once
for every number of classes C, against plain SymPy (`diff` and `simplify`) with C = 2, 3, …
classes written out, until a size takes longer than a time limit.
"""

from __future__ import annotations

import json
import multiprocessing
import queue
import signal
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import Any

import sympy as sp

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.kernel.certificates import begin, replay
from corpus.derivations import ROWS
from corpus.derivations.backprop import error_of_the_first_layer
from corpus.derivations.form import Row
from corpus.derivations.softmax import (
    gradient_of_the_cross_entropy,
    jacobian_of_the_softmax,
    softmax,
)
from corpus.mutations import records
from corpus.wrong_steps import REFUTED
from corpus.wrong_steps.form import WrongStep
from tools import command
from tools.machine import machine

ROOT = Path(__file__).resolve().parent.parent
DATA = ROOT / "chapters" / "data" / "bench.json"
RUNS = 5
CLASSES = (2, 3, 4, 5, 7, 10, 14, 20, 28, 40, 50)
SECONDS_PER_SIZE = 20
PACKAGES = ("sympy", "mpmath")


def seconds(action: Callable[..., object], *given: object) -> float:
    """The time that a call takes."""
    began = time.perf_counter()
    action(*given)
    return time.perf_counter() - began


def chain_seconds(row: Row) -> float:
    """The median time of a whole derivation, what it cites being proved before."""
    setting = row.declare(Setting())
    cited = [earlier.steps(Derivation(earlier.title, setting)) for earlier in row.cites]
    return median(seconds(row.steps, Derivation(row.title, setting), *cited) for _ in range(RUNS))


def step_seconds(row: Row) -> list[tuple[float, str]]:
    """The time in which the kernel judges each step of a row."""
    timed = []
    for proof in row.derive().proofs:
        lines = [proof.start, *(step.line for step in proof.steps)]
        for number, (line, step) in enumerate(zip(lines, proof.steps, strict=False), 1):
            before = begin(proof.setting, proof.title, line)
            timed.append((seconds(before.step, step), f"{row.title}, {number}"))
    return timed


def refusal_seconds(wrong: WrongStep) -> float:
    """The time that it takes to refuse a wrong step, counterexample and hints included."""
    chain = wrong.begun()
    began = time.perf_counter()
    try:
        wrong.take(chain)
    except StepError:
        return time.perf_counter() - began
    raise AssertionError(f"{wrong.name} was not refused")


def book_seconds() -> float:
    """The time in which the kernel judges all that the chapters store."""
    certificates = [made for _, record in records() for made in record["certificates"]]
    return seconds(lambda: [replay(certificate) for certificate in certificates])


# --- the gradient for every number of classes, and for one number with plain SymPy -----------


def indexed_gradient_is_right(_classes: object) -> bool:
    """∂L/∂z_k = p_k Σᵢ yᵢ − y_k for every k and every number of classes at once."""
    chain = Derivation("Gradient", softmax(Setting())).start("D(L, z[k])")
    return bool(chain.equals("p[k]*Σ(i, y[i]) - y[k]").proof.steps)


def explicit_gradient_is_right(classes: int) -> bool:
    """The same for every k and one number of classes, by SymPy's own diff and simplify."""
    z = sp.symbols(f"z1:{classes + 1}", real=True)
    y = sp.symbols(f"y1:{classes + 1}", positive=True)
    total = sum(map(sp.exp, z))
    loss = -sum(label * sp.log(sp.exp(logit) / total) for label, logit in zip(y, z, strict=True))
    return all(
        sp.simplify(sp.diff(loss, logit) - (sp.exp(logit) / total * sum(y) - label)) == 0
        for label, logit in zip(y, z, strict=True)
    )


def _answer(check: Callable[[Any], bool], classes: int | None, answers: Any) -> None:
    signal.signal(
        signal.SIGINT, signal.SIG_IGN
    )  # the process that waits for the answer ends this one
    began = time.perf_counter()
    right = check(classes)
    answers.put((right, time.perf_counter() - began))


def in_fresh_process(
    check: Callable[[Any], bool], classes: int | None
) -> tuple[bool, float | None]:
    """Whether a check succeeds and its time, or (False, None) when it takes too long.

    Each check gets a process of its own, so that none profits from SymPy's cache of another.
    """
    context = multiprocessing.get_context("spawn")
    answers = context.Queue()
    process = context.Process(target=_answer, args=(check, classes, answers))
    process.start()
    try:
        return answers.get(timeout=SECONDS_PER_SIZE)
    except queue.Empty:
        return False, None
    finally:
        process.kill()
        process.join()


def explicit_checks() -> list[dict[str, Any]]:
    """The explicit check for growing numbers of classes, up to the first that takes too long."""
    sizes = []
    for classes in CLASSES:
        proved, taken = in_fresh_process(explicit_gradient_is_right, classes)
        sizes.append({"classes": classes, "proved": proved, "seconds": rounded(taken)})
        shown = "no answer in time" if taken is None else f"{taken:.2f} s, proved: {proved}"
        print(f"  {classes:3} classes: {shown}")
        if taken is None:
            break
    return sizes


# --- all of it ------------------------------------------------------------------------------


def measure() -> dict[str, tuple[float, float]]:
    """All figures, with the most that each was meant to take."""
    refusals = [refusal_seconds(wrong) for wrong in REFUTED]
    steps = [timed for row in ROWS for timed in step_seconds(row)]
    slowest, title = max(steps)
    return {
        "Jacobian of the softmax": (chain_seconds(jacobian_of_the_softmax), 0.1),
        "gradient of the cross-entropy": (chain_seconds(gradient_of_the_cross_entropy), 0.2),
        "error of the first of two hidden layers": (chain_seconds(error_of_the_first_layer), 1.5),
        f"median refusal of {len(refusals)} wrong steps": (median(refusals), 0.02),
        f"slowest of {len(steps)} right steps ({title})": (slowest, 3.0),
        f"slowest refusal of {len(refusals)} wrong steps": (max(refusals), 3.0),
        "all derivations of the book": (book_seconds(), 60.0),
    }


def main() -> None:
    figures = []
    for name, (taken, target) in measure().items():
        verdict = "" if taken <= target else f"   MISSED: more than {target} s"
        print(f"{1000 * taken:9.1f} ms  {name}{verdict}")
        figures.append({"name": name, "seconds": rounded(taken), "target": target})
    proved, taken = in_fresh_process(indexed_gradient_is_right, None)
    print(f"\nGradient for every number of classes: {taken:.2f} s, proved: {proved}")
    print("Gradient with the classes written out, by SymPy's diff and simplify:")
    data = {
        "machine": machine(*PACKAGES),
        "figures": figures,
        "indexed": {"proved": proved, "seconds": rounded(taken)},
        "explicit": {"limit": SECONDS_PER_SIZE, "sizes": explicit_checks()},
    }
    DATA.parent.mkdir(exist_ok=True)
    command.write(DATA, json.dumps(data, indent=2, ensure_ascii=False) + "\n")
    print(f"\nwritten: {DATA.relative_to(ROOT)}")


def rounded(taken: float | None) -> float | None:
    """Three digits: the others are noise."""
    return taken if taken is None else float(f"{taken:.3g}")


if __name__ == "__main__":
    command.run(main)
