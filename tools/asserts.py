"""Store how many asserts each chapter has (`make asserts`), and say what changed.

    python tools/asserts.py

A test compares the chapters with tests/book/asserts.json, so that no assert is lost by accident.
"""

import json
import sys

import command
import nbformat
from notebooks import CHAPTERS, ROOT

sys.path.insert(0, str(ROOT / "tests" / "book"))

from assert_rules import COUNTS, counts_text


def main():
    chapters = {path.stem: nbformat.read(path, as_version=4) for path in CHAPTERS.glob("*.ipynb")}
    before = json.loads(COUNTS.read_text(encoding="utf-8")) if COUNTS.exists() else {}
    command.write(COUNTS, counts_text(chapters))
    after = json.loads(COUNTS.read_text(encoding="utf-8"))
    for name in sorted(before | after):
        old, new = before.get(name, 0), after.get(name, 0)
        if old != new:
            print(f"{name}: {old} asserts became {new}")


if __name__ == "__main__":
    command.run(main)
