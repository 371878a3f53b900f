"""The derivation that CONTRIBUTING.md shows is one that the core accepts."""

import re
import runpy

from notebooks import ROOT


def test_the_example_runs(tmp_path):
    text = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    (example,) = re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)
    path = tmp_path / "example.py"
    path.write_text(example, encoding="utf-8")
    runpy.run_path(str(path))
