"""The derivation that CONTRIBUTING.md shows is one that the core accepts."""

import re

from notebooks import ROOT


def test_the_example_runs():
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    exec(compile(example, "CONTRIBUTING.md", "exec"), {})
