"""The printed formula is the formula that was checked: LaTeX is read back and compared."""

import re

import pytest
from derivations import ROWS
from formulas import FAMILIES, FORMULAS, FUNCTIONS, LETTERS, vocabulary
from hypothesis import given, settings
from latex_reader import Ambiguous, Reader, tree_of_source
from mutations import world_of
from second_opinion import tree

from cebook_utils import Derivation, Setting


def reader_of(row):
    world, setting = world_of(row), row.declared()
    functions = {name for name, (parameters, _) in world.bodies.items() if parameters}
    functions -= set(world.shapes)
    families = {name: len(shape) for name, shape in world.shapes.items()}
    families |= {name: 0 for name in world.bodies if name not in functions | set(families)}
    chosen = {name: declared.latex for name, declared in setting.names.items() if declared.latex}
    return Reader(families, functions, world.range_of, chosen), setting


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")
def test_every_line_of_every_derivation_reads_back(row):
    reader, setting = reader_of(row)
    lines = [call.given[0] for call in row.transcript() if call.method != "at"]
    gaps = [call.keywords["gap"] for call in row.transcript() if "gap" in call.keywords]
    for line in lines + gaps:
        printed = setting.latex(setting.read(line))
        assert reader.read(printed) == tree_of_source(tree(line)), printed


@pytest.fixture
def unchecked(monkeypatch):
    """Derivations whose steps are taken as proved: what is printed does not depend on the proof."""
    monkeypatch.setattr(
        Derivation, "_verify", lambda chain, step, *rest: setattr(step, "status", "proved")
    )


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row.subject}-{row.name}")
@pytest.mark.usefixtures("unchecked")
def test_the_displayed_block_holds_the_lines_in_order(row):
    reader, _ = reader_of(row)
    text = row.derive()._repr_latex_()
    assert text.startswith("$$\n\\begin{aligned}\n") and text.endswith("\n\\end{aligned}\n$$")
    rows = text.removeprefix("$$\n\\begin{aligned}\n").removesuffix("\n\\end{aligned}\n$$")
    shown = []
    for line in rows.split(" \\\\\n"):
        cells = line.split("&")
        stamped = re.match(r"\\(overset|xrightarrow)", cells[1])
        formula = cells[1].split("} ", 1)[1] if stamped else cells[1]
        formulas = [cells[0], formula]
        shown += [re.sub(r"^\\left\.(.*)\\right\|_\{.*\}$", r"\1", f.strip()) for f in formulas]
    shown = [reader.read(formula) for formula in shown if formula]
    lines, last, calls = [], None, row.transcript()
    for number, call in enumerate(calls):
        last = call.given[0] if call.method != "at" else last
        evaluated_at_once = number == 0 and calls[1].method == "at"
        if not evaluated_at_once:
            lines.append(tree_of_source(tree(last)))
    assert shown == lines


@pytest.mark.usefixtures("unchecked")
def test_each_sign_bears_its_stamp():
    for row in ROWS:
        text = row.derive()._repr_latex_()
        calls = [call.method for call in row.transcript() if call.method not in ("start", "at")]
        signs = re.findall(r"\\overset\{(\S+)\}\{(\S+)\}|\\xrightarrow\[[^]]*\]\{(\S+)\}", text)
        words = {"equals": "=", "at_most": r"\le", "at_least": r"\ge", "tends_to": ""}
        assert [(stamp or arrow, sign) for stamp, sign, arrow in signs] == [
            (r"\checkmark", words[method]) for method in calls
        ]


# --- any formula ----------------------------------------------------------------------------

READER = Reader(FAMILIES, FUNCTIONS, LETTERS)
SETTING = vocabulary(Setting())


@settings(max_examples=400, derandomize=True)
@given(FORMULAS)
def test_any_formula_reads_back(text):
    from cebook_utils import syntax
    from cebook_utils.printing import latex

    printed = latex(syntax.parse(text), SETTING.names)
    assert READER.read(printed) == tree_of_source(tree(text)), printed


PRINTED = [
    ("log(1 + a)**2", "a power of a logarithm needs brackets"),
    ("3*2**a", "two numbers side by side need a dot"),
    ("0.00001*a", "a small number is no difference"),
    ("Σ(i, z[i], k != i)", "the index that runs stands first"),
    ("2*a/3*b", "fractions"),
    ("-(a+b)*z[k]", "a minus in front of a product"),
    ("a - (b - a)", "brackets behind a minus"),
    ("Σ(i, z[i])*a", "a factor behind a sum"),
    ("Σ(i, z[i] + a)", "a sum in a sum"),
    ("(a**b)**a", "a power of a power"),
    ("(-a)**2", "a power of a negative number"),
    ("D(D(a, z[k]), b)", "a mixed derivative"),
    ("D(D(a, z[k]), z[k])", "a second derivative"),
    ("D(a*b, z[k])**2", "a power of a derivative"),
    ("u1*W3[n,k]**2", "names with digits"),
]


@pytest.mark.parametrize(("text", "why"), PRINTED, ids=lambda v: v)
def test_a_formula_that_is_easily_misprinted(text, why):
    printed = SETTING.latex(SETTING.read(text))
    assert READER.read(printed) == tree_of_source(tree(text)), f"{why}: {printed}"


MISREAD = [
    (r"a + b\,a", "(a+b)*a"),
    (r"\sum_{i=1}^{C} z_{i} + a", "Σ(i, z[i]+a)"),
    (r"\frac{a}{b}", "b/a"),
    (r"-{a}^{2}", "(-a)**2"),
    (r"a - b - a", "a - (b - a)"),
    (r"\theta_{nk}", "θ[n,i]"),
    (r"\frac{\partial a}{\partial b}", "a/b"),
]


@pytest.mark.parametrize(("printed", "text"), MISREAD)
def test_the_reader_tells_different_formulas_apart(printed, text):
    assert READER.read(printed) != tree_of_source(tree(text))


AMBIGUOUS = [
    r"\log a\,b",
    r"\log a^{2}",
    r"{\log (a)}^{2}",
    r"3\,{2}^{a}",
    r"a b",
    r"z",
    r"\sum z_{i}",
    r"\sum_{i=1}^{N} z_{i}",
    r"(a",
    "q",
]


@pytest.mark.parametrize("printed", AMBIGUOUS)
def test_the_reader_refuses_what_can_be_read_in_two_ways(printed):
    with pytest.raises((Ambiguous, IndexError)):
        READER.read(printed)


def test_a_setting_displays_its_definitions_and_facts():
    setting = (
        Setting()
        .index("i", "C")
        .distribution("y[i]")
        .let("H", "-Σ(i, y[i]*log(y[i]))", latex=r"\mathrm{H}(Y)")
    )
    text = setting._repr_latex_()
    assert text.startswith("$$") and text.endswith("$$")
    assert r"\mathrm{H}(Y)" in text and r"\sum_{i=1}^{C}" in text
    assert "y sums to one" in text
    assert "y sums to one" in repr(setting) and "H := -Σ(i, y[i]*log(y[i]))" in repr(setting)


def test_the_words_of_a_reason_are_text_and_its_mathematics_is_mathematics():
    chain = Derivation("Reasons", Setting().real("a b")).start("a*b")
    text = chain.equals("b*a", because="50% of a_1 & $a_1 b$ #2 {x}")._repr_latex_()
    assert r"\text{50\% of a\_1 \& }a_1 b\text{ \#2 \{x\}}" in text
