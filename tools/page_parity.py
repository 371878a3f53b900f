"""The page's refuter and printer beside those of the book (`python -m tools.page_parity`).

Every wrong step of the corpus and every refuted line of the chapters has to get a counterexample,
which the book's own evaluator works out again; no right step of the book or the corpus may get one.
Every line that the chapters store is printed as the book prints it: MathML, LaTeX, text.

The exit status is 1 if anything differs.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.setting import Setting
from cebook_utils.language.mathml import mathml
from cebook_utils.language.printer import latex, text
from cebook_utils.refuting.evaluating import evaluate
from cebook_utils.refuting.explaining import shown
from cebook_utils.refuting.parts import Point
from corpus import right as right_claims
from corpus.derivations import ROWS as DERIVATIONS
from corpus.wrong_steps import REFUTED
from tools import command, parity

RUNNER = parity.ROOT / "live" / "page_parity.mjs"
CHAPTERS = parity.ROOT / "chapters"
DERIVATION, REFUTATION = (f"application/vnd.cebook.{x}+json" for x in ("derivation", "refuted"))
FAILS = {
    "=": lambda x: x != 0, "≤": lambda x: x > 0, "≥": lambda x: x < 0,
    "<": lambda x: x >= 0, ">": lambda x: x <= 0,
}  # fmt: skip

Row = dict[str, Any]


# Claims.


def _claim(setting: Iterable[Iterable[str]], left: str, sign: str, right: str, using: Iterable[str],
           point: Iterable[Iterable[str]], hint: str = "") -> Row:  # fmt: skip
    lines = [list(line) for line in setting]
    return {"setting": lines, "left": left, "sign": sign, "right": right, "using": list(using),
            "point": [list(pair) for pair in point], "hint": hint}  # fmt: skip


def wrong() -> Iterator[Row]:
    """Wrong steps of the corpus but limits, and refuted lines of the chapters."""
    signs = {"equals": "=", "at_most": "≤", "at_least": "≥"}
    for step in REFUTED:
        if not step.when:
            chain = step.begun()
            before = chain.lines[-1]
            point = before.point.values if before.point else ()
            yield _claim(chain.setting.kernel.lines, before.text, signs[step.method], step.after,
                         step.using, point, step.hint or "")  # fmt: skip
    for x in _stored(REFUTATION):
        step, titles = x["step"], _setting(json.dumps(x["declared"])).facts
        point = [re.split(r"\s*=\s*", pair.strip()) for pair in step["point"].split(",") if pair]
        using = [title for title in step["rests_on"] if title in titles]
        yield _claim(x["declared"], x["left"], step["sign"], step["line"], using, point,
                     "".join(x["hints"]))  # fmt: skip


def right_steps() -> Iterator[Row]:
    """Every step of the book's certificates, of the right derivations and of the right claims."""
    certificates = [
        *parity.of_the_book(),
        *(x for row in DERIVATIONS for x in row.derive().certificates()),
        *(parity.certificate(row.setting, row.start, *row.steps) for row in right_claims.ROWS),
    ]
    seen = set[str]()
    for certificate in certificates:
        for claim in _steps(certificate):
            key = json.dumps(claim)
            if key not in seen:
                seen.add(key)
                yield claim


def _steps(certificate: Mapping[str, Any]) -> Iterator[Row]:
    before = certificate["start"]
    for step in certificate["steps"]:
        cited = [certificate["cited"][n] for n in step.get("results", ())]
        using = dict.fromkeys([*step.get("using", ()), *(x for c in cited for x in _facts(c))])
        point = step.get("point", ())
        yield _claim(certificate["setting"], before, step["sign"], step["line"], using, point)
        before = step["line"]
    for cited in certificate["cited"]:
        yield from _steps(cited)


def _facts(certificate: Mapping[str, Any]) -> Iterator[str]:
    for step in certificate["steps"]:
        yield from step.get("using", ())
        for n in step.get("results", ()):
            yield from _facts(certificate["cited"][n])


def _stored(kind: str) -> Iterator[dict[str, Any]]:
    for path in sorted(CHAPTERS.glob("*.ipynb")):
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
            for output in cell.get("outputs", ()):
                if kind in output.get("data", {}):
                    yield output["data"][kind]


# Lines.


def lines() -> Iterator[Row]:
    """Every line that a chapter stores, with the LaTeX of chosen names and MathML in its place."""
    for x in _stored(DERIVATION):
        for c in x["certificates"]:
            for line in (c["start"], *(step["line"] for step in c["steps"])):
                yield _line(c["setting"], line, x["names"])
    for x in _stored(REFUTATION):
        for line in (x["left"], x["step"]["line"]):
            yield _line(x["declared"], line, x["names"])


def _line(setting: list[list[str]], line: str, names: Mapping[str, str]) -> Row:
    symbols = {name: symbol(written) for name, written in names.items()}
    return {"setting": setting, "line": line, "names": dict(names), "symbols": symbols}


def symbol(written: str) -> str:
    """A stand-in for the MathML of a chosen name: an element that holds its LaTeX."""
    base, power, above = written.partition("^")
    one = f"<mtext>{escape(base)}</mtext>"
    return f"<msup>{one}<mrow><mtext>{escape(above)}</mtext></mrow></msup>" if power else one


# Comparing.


def answers(rows: list[Row], runner: Path = RUNNER) -> list[dict[str, Any]]:
    """What the page's scripts say of each row, and how many milliseconds it took."""
    return parity.asked(runner, rows)


@cache
def _setting(lines: str) -> Setting:
    return declared(json.loads(lines))


def objection(row: Row, found: dict[str, Any] | None) -> str:
    """What is wrong with a counterexample: nothing if the book's evaluator says the same there."""
    if found is None:
        return "no counterexample was found"
    setting = _setting(json.dumps(row["setting"]))
    values = dict(_entries(found["values"]))
    put = {fact.name for x in row["using"] if (fact := setting.facts[x]).put_in is not None}
    put |= {name for name, _ in row["point"]}
    free = {key: value for key, value in values.items() if key[0] not in put}
    # A point is a fact that says what the name is.
    given = {(name, ()): Fraction(value) for name, value in row["point"]}
    point = Point(found["sizes"], found["indices"], free | given)
    left, right, difference = (
        evaluate(setting, setting.read(line), point, 400, row["using"])
        for line in (row["left"], row["right"], f"({row['left']}) - ({row['right']})")
    )
    if not FAILS[row["sign"]](difference):
        return f"both sides are as claimed: {left}, {right}"
    for side, mine in (("left", left), ("right", right)):
        if abs(float(Fraction(found[side])) - float(mine)) > 1e-7 * abs(float(mine)):
            return f"the {side} side is {shown(mine)}, not {found[side]}"
    if row["hint"] and not any(row["hint"] in hint for hint in found["hints"]):
        return f"the hint is {found['hints']}, not {row['hint']}"
    return ""


def _entries(values: Mapping[str, Any]) -> Iterator[tuple[tuple[str, tuple[int, ...]], Fraction]]:
    for key, value in values.items():
        name, _, at = key.partition("[")
        if at:
            yield (name, tuple(map(int, at.rstrip("]").split(",")))), Fraction(value)
            continue
        for place in product(*_ranges(value)):
            entry = value
            for i in place:
                entry = entry[i - 1]
            # What a cited fact puts in may have no end of digits; it is not needed here.
            yield (name, place), Fraction(entry)


def _ranges(value: Any) -> Iterator[range]:
    while isinstance(value, list):
        yield range(1, len(value) + 1)
        value = value[0]


def printed(row: Row) -> list[str]:
    """What the book prints."""
    setting = _setting(json.dumps(row["setting"]))
    term, symbols, names = setting.read(row["line"]), row["symbols"], row["names"]
    in_a_line = mathml(term, setting, symbols, display=False)
    return [mathml(term, setting, symbols), in_a_line, latex(term, setting, names), text(term)]


def main() -> int:
    wrongs, rights, shown_lines = list(wrong()), list(right_steps()), list(lines())
    bad = 0
    for name, rows, object_to in (
        ("wrong steps", wrongs, objection),
        ("right steps", rights, lambda row, found: f"false alarm: {found}" if found else ""),
        ("lines", shown_lines, lambda row, found: "" if found == printed(row) else f"{found}"),
    ):
        said = answers(rows)
        objections = [
            (row, why)
            for row, x in zip(rows, said, strict=True)
            if (why := object_to(row, x["said"]))
        ]
        bad += len(objections)
        times = sorted(x["ms"] for x in said)
        print(f"{name}: {len(rows)}, {len(objections)} objections; {times[len(times) // 2]:.1f} ms "
              f"(median), {times[-1]:.0f} ms at most")  # fmt: skip
        for row, why in objections:
            print(why, json.dumps(row, ensure_ascii=False))
    return 1 if bad else 0


if __name__ == "__main__":
    command.run(main)
