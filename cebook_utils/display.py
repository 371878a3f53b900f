"""What a reader sees of a derivation: the aligned block, its plain twin, the report."""

import re

import sympy as sp

from cebook_utils.places import sides_of_point
from cebook_utils.printing import latex

_SIGNS = {"=": "=", "≤": r"\le", "≥": r"\ge", "<": "<", ">": ">"}
_STAMPS = {"proved": ("✓", r"\checkmark"), "numeric": ("≈", r"\approx")}
_LONG_LEFT_SIDE = 60


def label(title):
    """The name under which other pages refer to a derivation's number."""
    words = re.sub(r"\$[^$]*\$", "", title).lower()
    return "eq-" + re.sub(r"[^\w]+", "-", words).strip("-")


def plain_line(step):
    """A step's sign and what stands behind it, in text."""
    if step.relation == "at":
        return "at", step.where
    where = f" as {step.where}" if step.relation == "→" else ""
    return step.relation, step.formula.text + where


def plain(title, steps):
    """The whole chain in text."""
    lines = [title]
    if steps:
        lines.append(f"    {steps[0].formula.text}")
    for step in steps[1:]:
        sign, what = plain_line(step)
        stamp = "" if step.relation == "at" else _STAMPS[step.status][0]
        reason = f"    {step.because}" if step.because else ""
        lines.append(f"  {sign}{stamp} {what}{reason}")
    return "\n".join(lines)


def report(title, steps):
    """How each step was proved."""
    rows = [title]
    for number, step in enumerate(steps[1:], start=1):
        sign, what = plain_line(step)
        status = f"{step.status}: " if step.status else ""
        note = "".join(f"; no need to cite {name!r}" for name in step.needless)
        how = f"  [{step.how}{note}]" if step.how else ""
        rows.append(f"  {number}. {status}{sign} {what}{how}")
    return "\n".join(rows)


def record(setting, title, steps):
    """What was proved and how, for pages and tests that are made from the stored outputs.

    Beside the lines stands the setting in which they are to be read: its own lines, and the LaTeX
    of the names for which an author chose one.
    """
    return {
        "title": title,
        "label": label(title),
        "result": _result(setting, steps),
        "setting": repr(setting).splitlines(),
        "names": {
            name: declared.latex for name, declared in setting.names.items() if declared.latex
        },
        "start": steps[0].formula.text,
        "steps": _recorded(steps),
    }


def _recorded(steps):
    recorded, points = [], []
    for step in steps[1:]:
        if step.relation == "at":
            points.append(step.where)
            continue
        recorded.append(
            {
                "sign": step.relation,
                "line": step.formula.text,
                "where": step.where or ", ".join(points),
                "status": step.status,
                "how": step.how,
            }
        )
    return recorded


def aligned(setting, steps):
    """The chain as an aligned block of LaTeX, a stamp on each sign."""
    rows, left = [], ""
    for step in steps:
        if step.relation in ("", "at"):
            # What is looked at from here on stands to the left of the next sign.
            left = _looked_at(setting, step)
            continue
        if len(left) > _LONG_LEFT_SIDE:
            rows.append(f"& {left}")
            left = ""
        rows.append(f"{left} {_row(setting, step)}")
        left = ""
    if left:
        rows.append(f"& {left}")
    return "\\begin{aligned}\n" + " \\\\\n".join(rows) + "\n\\end{aligned}"


def _looked_at(setting, step):
    tex = _latex(setting, step)
    if not step.where:
        return tex
    return rf"\left.{tex}\right|_{{{_latex_of_point(setting, step.where)}}}"


def _latex(setting, step):
    return latex(step.formula.tree, setting.names)


def _result(setting, steps):
    """What the whole chain says: of a point or a limit where it ends at one."""
    start = max(number for number, step in enumerate(steps) if step.relation in ("", "at"))
    last, sign = steps[-1], _SIGNS[overall(steps[start:])]
    # A line that was equal to the first one until the point was named is shown as the first.
    first = _latex(setting, steps[0 if overall(steps[:start]) == "=" else start])
    if steps[start].where:
        first = rf"\left.{first}\right|_{{{_latex_of_point(setting, steps[start].where)}}}"
    if last.approach is not None:
        first = rf"\lim_{{{_latex_of_approach(setting, last)}}} {first}"
    return f"{first} {sign} {_latex(setting, last)}"


def overall(steps):
    """The sign between the first line and the last: the weakest link, strict if one is."""
    signs = {step.relation for step in steps if step.relation in _SIGNS}
    return min(signs | {"="}, key="<>≤≥=".index)


def _row(setting, step):
    stamp = _STAMPS[step.status][1]
    if step.approach is not None:
        sign = rf"\xrightarrow[{_latex_of_approach(setting, step)}]{{{stamp}}}"
    else:
        sign = rf"\overset{{{stamp}}}{{{_SIGNS[step.relation]}}}"
    reason = rf" && {_latex_of_reason(step.because)}" if step.because else ""
    return rf"&{sign} {_latex(setting, step)}{reason}"


def _latex_of_point(setting, point):
    pairs = (
        " = ".join(setting.latex(setting.read(side)) for side in pair)
        for pair in sides_of_point(point)
    )
    return r",\, ".join(pairs)


def _latex_of_approach(setting, step):
    name = step.where.replace("→", "->").partition("->")[0]
    approach = step.approach
    one_sided = approach.target.is_finite and len(approach.sides) == 1
    side = {1: "^{+}", -1: "^{-}"}[approach.sides[0]] if one_sided else ""
    return rf"{setting.latex(setting.read(name))} \to {sp.latex(approach.target)}{side}"


def _latex_of_reason(because):
    """Words as text, and $mathematics$ as mathematics."""
    parts = []
    for number, part in enumerate(re.split(r"\$([^$]*)\$", because)):
        if number % 2:
            parts.append(part)
        elif part:
            parts.append(r"\text{" + re.sub(r"([_&%#{}])", r"\\\1", part) + "}")
    return "".join(parts)
