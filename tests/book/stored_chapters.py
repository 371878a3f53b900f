"""The stored chapters, read once for all tests that only look at them."""

import nbformat
from notebooks import CHAPTERS

NOTEBOOKS = {
    path.stem: nbformat.read(path, as_version=4) for path in sorted(CHAPTERS.glob("*.ipynb"))
}
