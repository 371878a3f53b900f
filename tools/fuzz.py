"""What the kernel says of random terms, against numbers (`make fuzz`).

    python tools/fuzz.py              100,000 terms; a second run goes on where the first was stopped
    python tools/fuzz.py 5000         so many

For each random term, in a random setting with random facts cited:

* it has a value at every drawn point of the domain, if the kernel gives it one;
* the kernel's normal form, read as a formula, has the same value there;
* the sign that the kernel sees is the sign there;
* a line rightly or wrongly made of it is equal to it there, if the kernel accepts that it is;
* an order (≤ ≥ < >) between the two holds there, if the kernel accepts it;

Numbers come from cebook_utils.refuting.evaluating, exact or as proved intervals, which shares no
algebra with the kernel. The exit status is 1 if one of these fails. Besides, for some claims, it is
tried whether other letters and names, another order of terms, factors and declarations, or a
larger least size change the verdict; where they do, the kernel is incomplete, and this is listed.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from random import Random

import command
import fuzz_terms
from fuzz_changes import CHANGES

from cebook_utils.kernel.atoms import Atom, Exponent, Mono, canonical, frozen
from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.judgement import Claim, judge
from cebook_utils.kernel.premises import context, premises
from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import (
    Add,
    Delta,
    Fn,
    Mul,
    Name,
    Num,
    Over,
    Pow,
    Refused,
    Size,
    Spent,
    Term,
)
from cebook_utils.refuting.claims import Claim as Numbers
from cebook_utils.refuting.claims import ground
from cebook_utils.refuting.drawing import TRIALS, draws
from cebook_utils.refuting.evaluating import Evaluator
from cebook_utils.refuting.parts import NoValue
from cebook_utils.refuting.reals import Real, Unsure

ROOT = Path(__file__).resolve().parent.parent
STATE = ROOT / ".runs" / "fuzz.jsonl"

TERMS, CHUNK = 100_000, 250
POINTS, MOST_WORK, BITS = 6, 6_000, 200
CHANGED_EVERY, ORDER_EVERY = 25, 6
_SMALL = [n for n, (sizes, _) in enumerate(TRIALS) if max(sizes) <= 3]

# What a sign of the kernel says of a number's sign.
_FITS = {2: (1,), 1: (0, 1), -1: (-1, 0), -2: (-1,), 3: (-1, 1), 0: (-1, 0, 1)}
_HOLDS = {"=": (0,), "≤": (-1, 0), "≥": (0, 1), "<": (-1,), ">": (1,)}


@dataclass
class Found:
    """What a run has seen: counts, what is wrong, and verdicts that a mere change of form moved."""

    counts: Counter[str] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)
    moved: list[str] = field(default_factory=list)

    def add(self, other: Found) -> None:
        self.counts += other.counts
        self.wrong += other.wrong
        self.moved += other.moved


# A normal form as a term.


def written(p: object) -> Term:
    """The formula of a normal form: evaluated from its meaning, it has to give the same number."""
    r: Term = Num(Fraction(0))
    for m, c in p:  # type: ignore[attr-defined]
        r = Add(r, Mul(Num(c), _mono(m)))
    return r


def _mono(m: Mono) -> Term:
    r: Term = Num(Fraction(1))
    for x, e in m:
        r = Mul(r, _power(_atom(x), e))
    return r


def _power(e: Term, n: Exponent) -> Term:
    return e if n == 1 else Pow(e, Num(Fraction(n)))


def _atom(x: Atom) -> Term:
    match x.kind:
        case "n":
            return Name(*x.data)
        case "s":
            return Size(x.data[0])
        case "d":
            return Delta(*x.data)
        case "q":
            return Num(Fraction(x.data[0]))
        case "e":
            return Fn("exp", _mono(x.data[0]))
        case "l":
            return Fn("log", written(x.data[0]))
        case "a":
            return Fn("abs", written(x.data[0]))
        case "p":
            return written(x.data[0])
        case "S":
            sizes, body, height = x.data
            r = _mono(body)
            for n, size in enumerate(sizes):
                r = Over("Σ", canonical(height + n, size), size, r)
            return r
    raise AssertionError(x)


# Numbers.


class Points:
    """Points of the domain of a claim, at which terms are worked out."""

    def __init__(
        self, setting: Setting, terms: tuple[Term, Term], facts: tuple[str, ...], rng: Random
    ):
        claim = Numbers(setting, terms[0], "=", terms[1], facts)
        self.found: list[tuple[str, Evaluator]] = []
        trials = [*rng.sample(_SMALL, 6), *rng.sample(range(len(TRIALS)), 2)]
        for draw, indices in draws(ground(claim), trials):
            here = f"{draw.manner} {dict(draw.sizes)} {indices}"
            self.found.append((here, draw.evaluator(indices, BITS)))
        rng.shuffle(self.found)

    def seen(self, e: Term):
        """(place, machine, value) at some points; a NoValue in place of a value that is not there."""
        work = count = 0
        for here, machine in self.found:
            before = machine.visited
            try:
                value: Real | NoValue = machine.value(e)
            except NoValue as error:
                value = error
            except Unsure:
                continue
            yield here, machine, value
            work, count = work + machine.visited - before, count + 1
            if work > MOST_WORK or count >= POINTS:
                return


def sign_of(machine: Evaluator, x: Real) -> int | None:
    """The sign of a number; None if so many digits leave it open."""
    try:
        return machine.arithmetic.reals.sign(x)
    except Unsure:
        return None


# One term.


class Trial:
    """A term and its variant in a setting."""

    def __init__(
        self,
        setting: Setting,
        left: str,
        right: str,
        facts: tuple[str, ...],
        rng: Random,
        found: Found,
    ):
        self.setting, self.lines = setting, setting.lines
        self.left, self.right, self.facts = left, right, facts
        self.rng, self.found = rng, found

    def wrong(self, what: str) -> None:
        self.found.counts["wrong"] += 1
        self.found.wrong.append(
            f"{what}\n      {self.left}\n      {self.right}\n      using {self.facts}\n      "
            f"in {json.dumps(self.lines, ensure_ascii=False)}"
        )

    def run(self) -> None:
        count = self.found.counts
        count["terms"] += 1
        try:
            a, b = self.setting.read(self.left), self.setting.read(self.right)
        except Refused:
            count["not read"] += 1
            return
        points: list[Points] = []

        def at_points() -> Points:
            if not points:
                points.append(Points(self.setting, (a, b), self.facts, self.rng))
            return points[0]

        self.check_value(a, at_points)
        sign, right = "=", self.right
        if self.rng.randrange(ORDER_EVERY) == 0:
            sign = self.rng.choice("≤≥<>")
            bounds = (self.right, self.right, "0", "0", "1", "1/2", "w", "abs(w)")
            right = self.rng.choice(bounds)
        b = self.setting.read(right)
        accepted = self.accepts(a, sign, b)
        if accepted:
            count[f"accepted {sign}"] += 1
            self.check_claim(a, sign, b, at_points)
        if self.rng.randrange(CHANGED_EVERY) == 0:
            self.check_changes(sign, right, accepted)

    def accepts(self, a: Term, sign: str, b: Term) -> bool:
        self.found.counts["claims"] += 1
        try:
            judge(Claim(self.setting, a, sign, b, self.facts))
        except Refused:
            return False
        return True

    def check_value(self, a: Term, at_points) -> None:
        """The normal form and the sign of a term, if the kernel gives it a value."""
        claim = Claim(self.setting, a, "=", a, self.facts)
        try:
            k = context(claim, premises(claim))
            p = k.value(a)
        except Refused:
            return
        self.found.counts["values"] += 1
        form = written(frozen(p))
        try:
            sign = k.term_sign(a, p=p)
        except Spent:
            sign = 0
        self.found.counts["signs"] += sign != 0
        for here, machine, x in at_points().seen(a):
            self.found.counts["points"] += 1
            if isinstance(x, NoValue):
                self.wrong(f"a value where there is none: {x} at {here}, {_shown(machine)}")
                return
            try:
                y = machine.value(form)
            except Unsure:
                continue
            except NoValue as error:
                self.wrong(f"a normal form without a value: {error} at {here}, {_shown(machine)}")
                return
            reals = machine.arithmetic.reals
            if sign_of(machine, reals.add(x, reals.neg(y))):
                self.wrong(
                    f"another value: {reals.shown(y)}, not {reals.shown(x)} at {here}, {_shown(machine)}"
                )
                return
            here_sign = sign_of(machine, x)
            if here_sign is not None and here_sign not in _FITS[sign]:
                self.wrong(f"sign {sign}, but {reals.shown(x)} at {here}, {_shown(machine)}")
                return

    def check_claim(self, a: Term, sign: str, b: Term, at_points) -> None:
        for here, machine, x in at_points().seen(a):
            try:
                y = machine.value(b)
            except Unsure:
                continue
            except NoValue as error:
                self.wrong(
                    f"accepted {sign}, without a value: {error} at {here}, {_shown(machine)}"
                )
                return
            if isinstance(x, NoValue):
                self.wrong(f"accepted {sign}, without a value: {x} at {here}, {_shown(machine)}")
                return
            self.found.counts["points of claims"] += 1
            reals = machine.arithmetic.reals
            difference = sign_of(machine, reals.add(x, reals.neg(y)))
            if difference is not None and difference not in _HOLDS[sign]:
                self.wrong(
                    f"accepted {sign} {b}: {reals.shown(x)}, {reals.shown(y)} at {here}, {_shown(machine)}"
                )
                return

    def check_changes(self, sign: str, right: str, accepted: bool) -> None:
        """What does not change the meaning does not change the verdict."""
        for change in CHANGES:
            other = change(self.rng, self.lines, self.left, right, self.facts)
            name = change.__name__
            try:
                setting = declared(other.lines)
                a, b = other.terms(setting)
                judge(Claim(setting, a, sign, b, other.facts))
                again = True
            except Spent:
                continue
            except Refused:
                again = False
            self.found.counts[f"changed: {name}"] += 1
            if again != accepted and (accepted or not other.is_stronger):
                self.found.counts[f"another verdict: {name}"] += 1
                verdicts = "accepted, then refused" if accepted else "refused, then accepted"
                self.found.moved.append(
                    f"{name}: {verdicts}\n      {self.left}\n      {sign} {right}\n"
                    f"      using {self.facts}\n      in {json.dumps(self.lines, ensure_ascii=False)}\n"
                    f"      and {json.dumps([other.lines, str(a), str(b)], ensure_ascii=False)}"
                )


def _shown(machine: Evaluator) -> str:
    shown = machine.arithmetic.reals.shown
    return ", ".join(
        f"{name}{list(at) or ''} = {shown(x)}" for (name, at), x in machine.used.items()
    )


def chunk(number: int, size: int) -> Found:
    """So many terms in one setting; the number is the seed."""
    rng, found = Random(number), Found()
    lines = fuzz_terms.setting(rng)
    setting, terms = declared(lines), fuzz_terms.Terms(rng, lines, rng.choice((0.0, 0.05, 0.15)))
    titles = {f"{line[1]} {'is one-hot' if line[0] == 'one-hot' else 'sums to one'}"
              for line in lines if line[0] in ("sums to one", "one-hot")}  # fmt: skip
    titles |= {line[1] for line in lines if line[0] == "fact"}
    for _ in range(size):
        left, right = terms.pair(rng.choice((1, 2, 2, 3, 3, 4)), "kcn")
        chance = rng.choice((0.0, 0.3))
        facts = tuple(x for x in fuzz_terms.FACTS if x in titles and rng.random() < chance)
        if len(left) + len(right) < 600:
            Trial(setting, left, right, facts, rng, found).run()
    return found


# A long run.


def version() -> str:
    """Of the kernel, of the numbers and of this: a run goes on only if they are the same."""
    paths = [*(ROOT / "cebook_utils" / "kernel").glob("*.py"), *(ROOT / "cebook_utils" / "refuting").glob("*.py"),
             *Path(__file__).parent.glob("fuzz*.py")]  # fmt: skip
    digest = hashlib.sha256()
    for path in sorted(paths):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def done_before(state: Path, now: str) -> dict[int, Found]:
    if not state.exists():
        return {}
    rows = [json.loads(line) for line in state.read_text(encoding="utf-8").splitlines()]
    return {
        r["chunk"]: Found(Counter(r["counts"]), r["wrong"], r["moved"])
        for r in rows
        if r["version"] == now
    }


def main(terms: str = str(TERMS), state: Path = STATE) -> int:
    now, started = version(), time.monotonic()
    found = done_before(state, now)
    chunks = -(-int(terms) // CHUNK)
    left = [n for n in range(chunks) if n not in found]
    total = Found()
    for part in found.values():
        total.add(part)
    state.parent.mkdir(exist_ok=True)
    with ProcessPoolExecutor(initializer=os.nice, initargs=(10,)) as workers:
        waiting = {workers.submit(chunk, n, CHUNK): n for n in left}
        for count, future in enumerate(as_completed(waiting), 1):
            part = future.result()
            row = {"chunk": waiting[future], "version": now, **vars(part)}
            command.append(state, json.dumps(row, ensure_ascii=False))
            total.add(part)
            for line in part.wrong:
                print(f"WRONG: {line}", flush=True)
            if count % 10 == 0 or count == len(left):
                print(
                    f"{count} of {len(left)} chunks, {time.monotonic() - started:.0f} s", flush=True
                )
    for line in total.moved:
        print(f"Another verdict, {line}")
    for name, number in sorted(total.counts.items()):
        print(f"{number:9,}  {name}")
    return 1 if total.wrong else 0


if __name__ == "__main__":
    command.run(main, *sys.argv[1:])
