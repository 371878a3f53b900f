"""What a reader sees of a derivation: the aligned block, its plain twin, the report."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from cebook_utils.derivation.lines import Line, Relation, overall, step_of
from cebook_utils.kernel.certificates import begin
from cebook_utils.kernel.terms import Refused, names_in
from cebook_utils.language.names import latex_of_words
from cebook_utils.language.setting import Setting

if TYPE_CHECKING:
    from cebook_utils.derivation.chain import Derivation

_LATEX = {"=": "=", "≤": r"\le", "≥": r"\ge", "<": "<", ">": ">"}
_LONG_LEFT_SIDE = 60
_BEGINNINGS = (Relation.START, Relation.AT, Relation.TENDS)
_KEEPING = (Relation.START, Relation.AT, Relation.EQUAL)


def label(title: str) -> str:
    """The name under which other pages refer to a derivation's number."""
    words = re.sub(r"\$[^$]*\$", "", title).lower()
    return "eq-" + re.sub(r"[^\w]+", "-", words).strip("-")


def stamp(line: Line) -> str:
    """✓ stands for a proof of the kernel; a limit is SymPy's, and has no stamp but its arrow."""
    return "" if line.relation in (Relation.AT, Relation.TENDS) else "✓"


def plain(chain: Derivation) -> str:
    """The whole chain in text."""
    rows = [chain.title]
    for line in chain.lines:
        reason = f"    {line.because}" if line.because else ""
        sign = f"  {line.relation.value}{stamp(line)} " if line.relation.value else "    "
        rows.append(f"{sign}{line.words}{reason}")
    return "\n".join(rows)


def report(chain: Derivation) -> str:
    """How each line was checked."""
    rows = [chain.title]
    for number, line in enumerate(chain.lines[1:], start=1):
        status = {Relation.AT: "", Relation.TENDS: "by SymPy: "}.get(line.relation, "proved: ")
        note = "".join(f"; no need to cite {title!r}" for title in _needless(chain, number, line))
        rows.append(f"  {number}. {status}{line.relation.value} {line.words}{note}")
    return "\n".join(rows)


def _needless(chain: Derivation, number: int, line: Line) -> list[str]:
    """The citations without which the kernel proves the line just as well."""
    found = []
    before = chain.lines[number - 1].text
    for title in (*line.facts, *(result.title for result in line.results)):
        facts = tuple(fact for fact in line.facts if fact != title)
        results = tuple(result for result in line.results if result.title != title)
        fewer = Line(line.relation, line.text, line.term, "", facts, results, line.gap, line.point)
        try:
            begin(chain.setting.kernel, "", before).step(step_of(fewer))
        except Refused:
            continue
        found.append(title)
    return found


def aligned(chain: Derivation) -> str:
    """The chain as an aligned block of LaTeX, a stamp on each sign."""
    rows: list[str] = []
    left = ""
    for line in chain.lines:
        if not line.relation.is_checked:
            # What is looked at from here on stands to the left of the next sign.
            left = _looked_at(chain.setting, line)
            continue
        if len(left) > _LONG_LEFT_SIDE:
            rows.append(f"& {left}")
            left = ""
        rows.append(f"{left} {_row(chain.setting, line)}")
        left = ""
    if left:
        rows.append(f"& {left}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _looked_at(setting: Setting, line: Line) -> str:
    tex = _latex(setting, line)
    if line.point is None or line.relation.is_checked:
        return tex
    return rf"\left.{tex}\right|_{{{_latex_of_point(setting, line)}}}"


def _latex(setting: Setting, line: Line) -> str:
    """The formula of a line; where it holds a name that was fixed, at the point."""
    if line.term is None:
        return line.text.replace("oo", r"\infty")
    tex = setting.latex(line.term)
    if line.relation.is_checked and line.point is not None:
        spoken = setting.kernel.reach(names_in(line.term))
        if any(name in spoken for name, _ in line.point.values):
            return rf"\left.{tex}\right|_{{{_latex_of_point(setting, line)}}}"
    return tex


def _row(setting: Setting, line: Line) -> str:
    if line.approach is not None:
        sign = rf"\xrightarrow[{_latex_of_approach(setting, line)}]{{}}"
    else:
        sign = rf"\overset{{\checkmark}}{{{_LATEX[line.relation.value]}}}"
    reason = rf" && {latex_of_words(line.because)}" if line.because else ""
    return rf"&{sign} {_latex(setting, line)}{reason}"


def _latex_of_point(setting: Setting, line: Line) -> str:
    assert line.point is not None
    pairs = (
        f"{setting.latex(setting.read(name))} = {setting.latex(setting.read(value))}"
        for name, value in line.point.values
    )
    return r",\, ".join(pairs)


def _latex_of_approach(setting: Setting, line: Line) -> str:
    approach = line.approach
    assert approach is not None
    name = setting.latex(approach.name)
    if approach.target is None:
        return rf"{name} \to {'-' if approach.sides == (-1,) else ''}\infty"
    side = "" if len(approach.sides) > 1 else "^{+}" if approach.sides == (1,) else "^{-}"
    return rf"{name} \to {setting.latex(setting.read(str(approach.target)))}{side}"


def result(chain: Derivation) -> str:
    """What the whole chain says, or its last part where it goes through points and limits.

    It begins at the last first line, point or limit; a limit is said of the line before it alone.
    """
    setting, lines = chain.setting, chain.lines
    if lines[-1].relation in (Relation.START, Relation.AT):
        return _looked_at(setting, lines[-1])
    start = max(n for n, line in enumerate(lines) if line.relation in _BEGINNINGS)
    begins = lines[start]
    if begins.relation is Relation.TENDS:
        before = _looked_at(setting, lines[start - 1])
        limit = rf"\lim_{{{_latex_of_approach(setting, begins)}}} \left({before}\right)"
        if start == len(lines) - 1:
            return f"{limit} = {_latex(setting, begins)}"
        first = limit
    else:
        # A line that was equal to the first one until the point was named is shown as the first.
        same = all(line.relation in _KEEPING for line in lines[:start])
        first = _latex(setting, lines[0 if same else start])
        if begins.point is not None:
            first = rf"\left.{first}\right|_{{{_latex_of_point(setting, begins)}}}"
    sign = _LATEX[overall(lines[start + 1 :]).value]
    return f"{first} {sign} {_latex(setting, lines[-1])}"
