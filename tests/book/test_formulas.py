r"""Every formula of the book says as MathML what its TeX says, read by readers of their own."""

import copy
from io import StringIO
from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from formula_tokens import Unreadable, of_mathml, of_tex
from formulas import aligned
from formulas_of_source import formulas
from sphinx.application import Sphinx
from tex_to_mathml import Untranslatable, inner, math

FORMULAS = formulas()
ELEMENTS = {
    "math", "semantics", "annotation", "mrow", "mi", "mo", "mn", "mtext", "mspace", "mfrac", "msqrt",
    "mstyle", "msub", "msup", "msubsup", "munder", "mover", "munderover", "mtable", "mtr", "mtd",
}  # fmt: skip


def element_of(tex, display):
    return ElementTree.fromstring(math(aligned(tex) if display else tex, display))


def test_the_formulas_of_the_book_are_found():
    files = set(FORMULAS.values())
    assert len(FORMULAS) > 1500
    assert {"softmax-jacobian.ipynb", "glossary.md", "propose.py"} <= files


def test_every_formula_says_as_mathml_what_its_tex_says():
    wrong = [
        f"{file}: {tex}"
        for (tex, display), file in FORMULAS.items()
        if of_mathml(element_of(tex, display)) != of_tex(tex)
    ]
    assert wrong == []


def test_every_formula_is_made_of_known_elements_and_leaves_nothing_over():
    for tex, display in FORMULAS:
        element = element_of(tex, display)
        assert element[0][1].text == (aligned(tex) if display else tex).strip()
        element[0].remove(element[0][1])
        for part in element.iter():
            assert part.tag in ELEMENTS, tex
            assert "\\" not in (part.text or ""), tex
            assert "style" not in part.attrib, tex  # the page's policy forbids inline styles
            assert bool(part.text) == (part.tag in ("mi", "mo", "mn", "mtext")), tex


# The comparison is not blind: each way to spoil a formula is seen.


def spoilt(element):
    """The element with one part lost, put in another's place, or read as another sign."""
    shown = element[0][0]
    for number in range(len(list(shown.iter()))):
        for spoil in (lose, swap, mistake):
            other = copy.deepcopy(element)
            target = list(other[0][0].iter())[number]
            if spoil(target):
                yield f"{spoil.__name__} {number}", other


def lose(target):
    last = target[-1] if len(target) and target.tag in ("mrow", "mtd") else None
    if last is None or not of_mathml(last):
        return False
    target.remove(last)
    return True


def swap(target):
    if target.tag not in ("mfrac", "msub", "msup", "msubsup", "munder", "munderover"):
        return False
    first, second = target[-2], target[-1]
    if of_mathml(first) == of_mathml(second):
        return False
    target[-2], target[-1] = second, first
    return True


def mistake(target):
    if target.tag not in ("mi", "mn", "mo") or target.text == "\u2061":
        return False
    target.text = {"−": "+", "x": "χ"}.get(target.text, "−" if target.tag == "mo" else "x")
    return True


def test_every_way_to_spoil_a_formula_is_seen():
    seen = 0
    for tex, display in list(FORMULAS)[::7]:
        for how, element in spoilt(element_of(tex, display)):
            try:
                assert of_mathml(element) != of_tex(tex), f"{how}: {tex}"
            except Unreadable:
                pass  # seen as well
            seen += 1
    assert seen > 4000


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("z_i'", "z_{i'}"), ("{a b}^2", "a b^2"), (r"\log x", r"\mathrm{log} x"),
        (r"\mathrm{i}", "i"), (r"\mathcal{L}", "L"), (r"\mathbb{R}", r"\mathcal{R}"),
        (r"\frac12", r"\frac21"), (r"|x|", r"\|x\|"), (r"\varepsilon", r"\epsilon"),
        (r"\left.f\right|_0", r"f|_0"), (r"\hat y", r"\bar y"), (r"\text{a b}", r"\text{ab}"),
        (r"\begin{aligned} a &= b \\ c \end{aligned}", r"\begin{aligned} a = b \\ &c \end{aligned}"),
    ],
)  # fmt: skip
def test_the_readers_tell_different_formulas_apart(one, other):
    assert of_tex(one) != of_tex(other)
    assert of_mathml(element_of(one, False)) == of_tex(one)
    assert of_mathml(element_of(one, False)) != of_tex(other)


REFUSED = [
    r"\unknown x", r"\frac{a}", "{a", r"\left( a", "a_b_c", "a^b^c", r"a & b", r"a \\ b", "a # b",
    "a\n\nb", r"\begin{aligned} a", r"\mathcal{\sum}", r"\colour{x}",
]  # fmt: skip


@pytest.mark.parametrize("tex", REFUSED)
def test_tex_that_is_not_understood_is_refused(tex):
    with pytest.raises(Untranslatable, match="is not shown"):
        math(tex)


# How it looks: what TeX does on its own, and a browser does not.


SHOWN = [
    ("-y", '<mrow><mo form="prefix">−</mo><mi>y</mi></mrow>'),
    ("a = -b", '<mrow><mi>a</mi><mo>=</mo><mo form="prefix">−</mo><mi>b</mi></mrow>'),
    ("a - b", "<mrow><mi>a</mi><mo>−</mo><mi>b</mi></mrow>"),
    ("e^{a-b}", '<msup><mi>e</mi><mrow><mi>a</mi><mo lspace="0" rspace="0">−</mo><mi>b</mi></mrow></msup>'),
    ("f''_k", "<msub><mrow><mi>f</mi><mo>′</mo><mo>′</mo></mrow><mi>k</mi></msub>"),
    (r"\mathcal{L}", "<mi>ℒ</mi>"),
    (r"\mathsf T", "<mi>𝖳</mi>"),
    (r"\mathrm{KL}", '<mi mathvariant="normal">KL</mi>'),
    (r"\Lambda", '<mi mathvariant="normal">Λ</mi>'),
    (r"a\,\log p", '<mrow><mi>a</mi><mspace width="0.1667em" /><mi>log</mi><mo>\u2061</mo><mspace width="0.1667em" /><mi>p</mi></mrow>'),
    (r"a \log(p)", '<mrow><mi>a</mi><mspace width="0.1667em" /><mi>log</mi><mo>\u2061</mo><mo form="prefix" stretchy="false">(</mo><mi>p</mi><mo form="postfix" stretchy="false">)</mo></mrow>'),
    (r"\left(a\right)", '<mrow><mo form="prefix" fence="true" stretchy="false">(</mo><mi>a</mi><mo form="postfix" fence="true" stretchy="false">)</mo></mrow>'),
    (r"100{,}000", '<mrow><mn>100</mn><mo lspace="0" rspace="0">,</mo><mn>000</mn></mrow>'),
    (r"\le", '<mo lspace="0" rspace="0">≤</mo>'),
    ("f := 1", "<mrow><mi>f</mi><mo>:=</mo><mn>1</mn></mrow>"),
    (r"\hat y", '<mover accent="true"><mi>y</mi><mo stretchy="false">ˆ</mo></mover>'),
    (r"\sum_i", '<msub><mo movablelimits="false" lspace="0">∑</mo><mi>i</mi></msub>'),
]  # fmt: skip


@pytest.mark.parametrize(("tex", "shown"), SHOWN, ids=lambda x: x[:20])
def test_signs_letters_and_space_are_as_tex_sets_them(tex, shown):
    assert inner(tex) == shown


def test_limits_stand_under_a_sum_that_is_displayed_and_beside_it_in_a_fraction():
    shown = math(r"\sum_i a + \left(\max_j b\right) + \frac{\sum_k c}{d}", display=True)
    assert "<munder>" in shown.split("∑")[0]
    assert "<munder><mi>max</mi>" in shown
    assert "<munder>" not in shown.split("<mfrac>")[1]


def test_brackets_grow_around_what_is_tall():
    assert inner(r"\left(\frac12\right)").count('stretchy="true"') == 2


def test_a_row_that_goes_on_with_a_sign_has_space_around_it():
    shown = math(r"\begin{aligned} a &= b \\ & - c \end{aligned}", display=True)
    assert '<mo form="infix">−</mo>' in shown


# On a page.


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    def build(text):
        folder = tmp_path_factory.mktemp("book")
        (folder / "index.md").write_text(text, encoding="utf-8")
        warnings = StringIO()
        settings = {
            "extensions": ["myst_parser", "formulas"],
            "myst_enable_extensions": ["dollarmath"],
        }
        app = Sphinx(
            folder, None, folder / "out", folder / "trees", "html", settings,
            status=None, warning=warnings,
        )  # fmt: skip
        app.build()
        html = (folder / "out" / "index.html").read_text(encoding="utf-8")
        return BeautifulSoup(html, "html.parser"), warnings.getvalue()

    return build


def test_an_equation_has_its_number_its_link_and_its_tex(page):
    html, warnings = page("# T\n\nWith $x$ in {eq}`eq-a`.\n\n$$ a < b $$ (eq-a)\n")
    assert warnings == ""
    block = html.select_one("div.math")
    assert block.select_one(".eqno").get_text().startswith("(1)")
    anchor = block.select_one("a.headerlink")["href"]
    assert anchor == "#" + block["id"] == html.select_one("p a.reference")["href"]
    assert block.find("math")["display"] == "block"
    assert block.find("annotation").get_text() == "a < b"
    assert html.select_one("span.math").find("mi").get_text() == "x"


def test_a_formula_that_is_not_understood_is_a_warning_with_its_place(page):
    _, warnings = page("# T\n\n$\\unknown$\n")
    assert "index.md:3" in warnings and "is not shown" in warnings
