"""What a notebook stores beside what it shows: derivations and refuted lines, as data for pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from cebook_utils.derivation import display
from cebook_utils.derivation.lines import Line, Relation
from cebook_utils.language.setting import Setting
from cebook_utils.refuting.explaining import table
from cebook_utils.refuting.searching import Counterexample

if TYPE_CHECKING:
    from cebook_utils.derivation.chain import Derivation

# The media type under which a notebook stores what a derivation proved.
RECORD = "application/vnd.cebook.derivation+json"


def record(chain: Derivation) -> dict[str, Any]:
    """What was checked and how, for pages and tests that are made from the stored outputs.

    Beside the lines stands the setting in which they are to be read (its own lines, the kernel's,
    and the LaTeX of the names for which an author chose one), and the certificates, from which the
    kernel judges every line again.
    """
    return {
        "title": chain.title,
        "label": chain.label,
        "result": display.result(chain),
        **_read_in(chain.setting),
        "start": chain.lines[0].text,
        "steps": [_recorded(line) for line in chain.lines if line.relation.is_checked],
        "certificates": chain.certificates(),
    }


def refutation(
    chain: Derivation, left: Line, line: Line, example: Counterexample, hints: Iterable[str]
) -> dict[str, Any]:
    """A wrong line, the point at which it fails, both values there, and what may have gone wrong."""
    found = table(example)
    return {
        "title": chain.title,
        **_read_in(chain.setting),
        "left": left.text,
        "step": _recorded(line) | {"status": "refuted"},
        "number": chain.number_of_next,
        "rows": [list(row) for row in found.rows],
        "values": [found.left, found.right],
        "difference": found.difference,
        "hints": list(hints),
    }


def _read_in(setting: Setting) -> dict[str, Any]:
    return {
        "setting": repr(setting).splitlines(),
        "declared": [list(line) for line in setting.kernel.lines],
        "names": dict(setting.latex_of),
    }


def _recorded(line: Line) -> dict[str, Any]:
    place = line.approach or line.point
    return {
        "sign": line.relation.value,
        "line": line.text,
        "where": place.text if place else "",
        "point": line.point.text if line.point else "",
        "because": line.because,
        "status": "limit" if line.relation is Relation.TENDS else "proved",
        "rests_on": [*line.facts, *(result.title for result in line.results)],
    }
