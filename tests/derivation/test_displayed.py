"""The block that is shown holds the lines that were checked, in order: it is read back."""

import ast
import re

import pytest

from cebook_utils import Derivation, Setting
from cebook_utils.derivation.lines import Relation
from corpus.derivations import ROWS
from tests.language.latex_reader import Reader, tree_of_source

_OPERATORS = {"max", "min", "tanh", "sinh", "cosh", "sqrt"}
_WORDS = {"=": "=", "≤": r"\le", "≥": r"\ge", "→": ""}
rows = pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")


def reader_of(setting):
    """A reader of LaTeX that knows what the setting declares, and nothing of the printer."""
    kernel = setting.kernel
    families = {name: len(sizes) for name, sizes in kernel.ranges.items()}
    families |= dict.fromkeys(kernel.sizes, 0)
    return Reader(families, set(kernel.functions) - _OPERATORS, kernel.letters, setting.latex_of)


def tree(line):
    return tree_of_source(ast.parse(line, mode="eval").body)


@rows
def test_every_line_of_every_derivation_reads_back(row):
    chain = row.derive()
    reader = reader_of(chain.setting)
    texts = [line.text for line in chain.lines] + [x.gap for x in chain.lines if x.gap]
    for text in texts:
        printed = chain.setting.latex(chain.setting.read(text))
        assert reader.read(printed) == tree(text), printed


@rows
def test_the_displayed_block_holds_the_lines_in_order(row):
    chain = row.derive()
    reader, text = reader_of(chain.setting), chain._repr_latex_()
    assert text.startswith("$$\n\\begin{aligned}\n") and text.endswith("\n\\end{aligned}\n$$")
    inside = text.removeprefix("$$\n\\begin{aligned}\n").removesuffix("\n\\end{aligned}\n$$")
    shown = []
    for line in inside.split(" \\\\\n"):
        left, formula, *_ = line.split("&")
        if re.match(r"\\(overset|xrightarrow)", formula):
            formula = formula.split("} ", 1)[1]
        shown += [
            re.sub(r"^\\left\.(.*)\\right\|_\{.*\}$", r"\1", f.strip()) for f in (left, formula)
        ]
    kept = [
        line.text
        for line, after in zip(chain.lines, (*chain.lines[1:], None), strict=True)
        # A first line that is looked at somewhere at once is shown there only.
        if not (line.relation is Relation.START and after and after.relation is Relation.AT)
    ]
    assert [reader.read(formula) for formula in shown if formula] == list(map(tree, kept))


@rows
def test_each_sign_bears_its_stamp(row):
    chain = row.derive()
    text = chain._repr_latex_()
    signs = re.findall(r"\\overset\{(\S+)\}\{(\S+)\}|\\xrightarrow\[[^]]*\]\{(\S*)\}", text)
    wanted = [line.relation.value for line in chain.lines if line.relation.is_checked]
    assert [(stamp, sign) for stamp, sign, _ in signs] == [
        (r"\checkmark" if sign != "→" else "", _WORDS[sign]) for sign in wanted
    ]


def test_a_setting_displays_its_definitions_facts_and_conditions():
    setting = (
        Setting()
        .index("i", "C", least=2)
        .distribution("y[i]", positive=True)
        .real("z")
        .where("z != 0")
        .let("H", "-Σ(i, y[i]*log(y[i]))", latex=r"\mathrm{H}_{Y}")
    )
    text = setting._repr_latex_()
    assert text.startswith("$$") and text.endswith("$$")
    for part in (r"\mathrm{H}_{Y}", r"\sum_{i=1}^{C}", "y sums to one", r"z &\ne 0", r"C \ge 2"):
        assert part in text
    assert repr(setting).splitlines() == [
        "i = 1, …, C, C ≥ 2",
        "y[i] positive",
        "fact 'y sums to one': Σ(i, y[i]) = 1",
        "z real",
        "where z != 0",
        "H := -Σ(i, y[i]*log(y[i]))",
    ]


def test_the_words_of_a_reason_are_text_and_its_mathematics_is_mathematics():
    chain = Derivation("Reasons", Setting().real("a b")).start("a*b")
    text = chain.equals("b*a", because="50% of a_1 & $a_1 b$ #2 {x}")._repr_latex_()
    assert (
        r"\text{50}\%\text{ of a}\_\text{1 }\&\text{ }a_1 b\text{ }\#\text{2 }\{\text{x}\}" in text
    )
