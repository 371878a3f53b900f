"""Every formula that the book shows, gathered from its sources by the parser of the site."""

import re
from functools import cache

import nbformat
import yaml
from markdown_it.renderer import RendererHTML
from myst_parser.config.main import MdParserConfig
from myst_parser.parsers.mdit import create_md_parser
from notebooks import ROOT

CONFIG = yaml.safe_load((ROOT / "_config.yml").read_text(encoding="utf-8"))
EXTENSIONS = CONFIG["parse"]["myst_enable_extensions"]
DOCSTRING = re.compile(r":math:`([^`]+)`|^( *)\.\. math:: *(.*(?:\n+\2 +.*)*)", re.MULTILINE)


@cache
def parser():
    return create_md_parser(MdParserConfig(enable_extensions=EXTENSIONS), RendererHTML)


def in_markdown(text):
    """(TeX, whether it is displayed) of a text, and of the boxes in it."""
    for token in parser().parse(text):
        for part in [token, *(token.children or ())]:
            if part.type in ("math_inline", "math_single", "math_inline_double"):
                yield part.content, False
            elif part.type in ("math_block", "math_block_label", "amsmath"):
                yield part.content, True
            elif part.type in ("fence", "colon_fence") and part.info.startswith("{"):
                yield from in_directive(part)


def in_directive(fence):
    name, _, title = fence.info.partition("}")
    if name == "{math":
        yield re.sub(r"^:\w+:.*\n", "", fence.content, flags=re.MULTILINE), True
    elif name == "{include":
        included = ROOT / "chapters" / title.strip()
        yield from in_markdown(included.read_text(encoding="utf-8"))
    elif name != "{eval-rst":
        yield from in_markdown(title)
        yield from in_markdown(fence.content)


def in_notebook(path):
    for cell in nbformat.read(path, as_version=4).cells:
        if cell.cell_type == "markdown":
            yield from in_markdown(cell.source)
            continue
        caption = cell.metadata.get("mystnb", {}).get("figure", {}).get("caption", "")
        yield from in_markdown(caption)
        for output in cell.get("outputs", ()):
            yield from in_output(output.get("data", {}))


def in_output(data):
    """What the site shows of an output: its Markdown, or else its LaTeX."""
    if "text/markdown" in data:
        yield from in_markdown(data["text/markdown"])
    elif "text/latex" in data:
        yield from in_markdown(data["text/latex"])


def in_docstrings(path):
    for inline, _, block in DOCSTRING.findall(path.read_text(encoding="utf-8")):
        yield (inline, False) if inline else (block.strip(), True)


@cache
def formulas():
    """All of them, each once, with the file in which it stands first."""
    found = {}
    for path in sorted((ROOT / "chapters").rglob("*.ipynb")):
        for formula in in_notebook(path):
            found.setdefault(formula, path.name)
    for path in sorted((ROOT / "chapters").rglob("*.md")):
        for formula in in_markdown(path.read_text(encoding="utf-8")):
            found.setdefault(formula, path.name)
    for path in sorted((ROOT / "cebook_utils").rglob("*.py")):
        for formula in in_docstrings(path):
            found.setdefault(formula, path.name)
    return found
