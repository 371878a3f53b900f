"""Each claim of the notes is bound to what settles it.

A tag alone says only that some cell settles a claim. The file `chapters/data/settled.toml` says
which: for each tag the sections, and in each of them the title of the derivation (proved or refuted),
or else the first assert or the first line of the cell. A tag on another cell is a fault.
"""

import re

PREFIX = "covers-"


def bindings(cells):
    """For each claim: section by section, what settles it, in the order of the book."""
    found = {}
    for cell in cells:
        for tag in cell.tags:
            if tag.startswith(PREFIX):
                sections = found.setdefault(tag, {})
                sections.setdefault(f"{cell.chapter}: {cell.heading}", []).append(cell.settler)
    return found


def unbound(cells, bound):
    """What the tags of the cells say and the file does not, and conversely."""
    found = bindings(cells)
    for tag in sorted(set(found) | set(bound), key=_natural):
        here, there = found.get(tag, {}), bound.get(tag, {})
        for section in sorted(set(here) | set(there)):
            if here.get(section) != there.get(section):
                yield (
                    f"{tag}, {section}: the tagged cells are {here.get(section, [])}, settled.toml "
                    f"says {there.get(section, [])}; change it only if the claim is settled there"
                )


def alike(cells):
    """Cells of one section that a binding cannot tell apart, one of them tagged."""
    for tag, sections in bindings(cells).items():
        for section, settlers in sections.items():
            for settler in settlers:
                same = [c for c in cells if f"{c.chapter}: {c.heading}" == section
                        and c.settler == settler]  # fmt: skip
                if len(same) > 1:
                    yield f"{tag}, {section}: {len(same)} cells are called {settler!r}"


def undecided(cells):
    """Claims of which no cell proves, refutes, asserts or defines anything."""
    decided = {tag for cell in cells if _decides(cell) for tag in cell.tags}
    yield from sorted(set(bindings(cells)) - decided, key=_natural)


def _decides(cell):
    # A lost picture that held a definition is settled by the same definition.
    states = cell.settler.startswith("assert ") or " = Setting()" in cell.settler
    return cell.records or cell.refuted or states


def _natural(tag):
    return [int(part) if part.isdigit() else part for part in re.split(r"(\d+)", tag)]
