"""What authors write beside the formulas cannot forge a symbol, a row or a stamp."""

import pytest

from cebook_utils.kernel.consistency import declared
from cebook_utils.language import names, prelude
from cebook_utils.language.messages import ReadingError

SAFE = [
    r"\bar v", r"\tilde θ", r"\mathrm{KL}(P \| Q)", "H(P, Q)", r"X^{\top}", "z^1", "y'", "L_q",
    r"c_{\mathrm{FN}}", r"\log\mathcal{L}(Q)", r"\log_\beta", r"\operatorname{LSE}", r"\ell",
]  # fmt: skip
UNSAFE = [
    "", " ", "{", "}", "a}", "{a", "a b}{", "a^b^c", "a_b_c", "a^", "_a", "'", "(a", r"\|a", "1",
    "a & b", r"a \\ b", "a$b", "a%b", "a#b", "a~b", "a = b", "a + b", "a*b", "a<b",
    r"\checkmark", r"\overset{\checkmark}{=}", r"\text{✓}", r"\quad a", r"\tag{1}", r"\label{a}",
    r"\def\x{1}", r"\newcommand{\log}{\exp}", r"\end{aligned}", r"\begin{aligned}", r"\color{white}a",
    r"\phantom{a}", r"\href{x}{a}", r"\ref{a}", r"\,", r"\rule{1em}{1em}", r"\unicode{x2713}",
    "а", "ο", "a\u0301", "\u202ea", "✓", "×", r"\hat", r"\mathrm", r"\bar{", "a\n\\\\b", "a" * 99,
]  # fmt: skip


@pytest.mark.parametrize("latex", SAFE)
def test_symbols_of_the_book_may_be_chosen(latex):
    names.check_latex(latex)


@pytest.mark.parametrize("latex", UNSAFE)
def test_what_is_more_than_a_symbol_is_refused(latex):
    with pytest.raises(ReadingError):
        names.check_latex(latex)


LINES = [
    ["index", "i k", "C", "1"], *(["real", x] for x in ("z[i]", "v", "ν", "w", "ω", "n", "η", "a")),
    *(["real", x] for x in ("α", "z1", "W[i,k]", "W12", "W1", "b1", "e", "E", "s", "q", "g[i]",
                            "δ1", "δ12", "y", "t", "h[i,k]", "u[i]", "r", "H")),
]  # fmt: skip
SETTING = declared([*prelude.LINES, *LINES])


def twin(name, others, **chosen):
    return names.look_alike(name, others.split(), chosen, SETTING)


@pytest.mark.parametrize(
    ("name", "others", "chosen", "expected"),
    [
        ("z1", "z", {}, "z"),
        ("z", "z1", {}, "z1"),
        ("W12", "W", {}, "W"),
        ("v", "a ν", {}, "ν"),
        ("ν", "a v", {}, "v"),
        ("s", "z", {"s": "z"}, "z"),
        ("s", "z", {"s": "{z}"}, "z"),
        ("s", "z", {"s": r"\mathrm{z}"}, "z"),
        ("s", "z", {"s": "z_1"}, "z"),
        ("s", "z", {"s": "z_i"}, "z"),
        ("s", "v", {"s": "v^2"}, "v"),
        ("s", "v a", {"s": "v^a"}, "v"),
        ("s", "v a", {"s": "va"}, "v"),
        ("s", "H y", {"s": "H(y)"}, "H"),
        ("s", "y", {"s": r"\log y"}, "y"),
        ("s", "q", {"s": r"\bar q", "q": r"\bar{q}"}, "q"),
        ("s", "q", {"s": r"\mathbf{q}", "q": r"\boldsymbol q"}, "q"),
        ("e", "a", {}, "exp"),
        ("s", "a", {"s": "e"}, "exp"),
        ("s", "a", {"s": "e^a"}, "exp"),
        ("s", "a", {"s": r"\sigma"}, "σ"),
        ("s", "a", {"s": r"\log"}, "log"),
        ("h", "a", {"h": r"\delta"}, "δ"),
        ("δ12", "a", {}, "δ"),
        ("s", "a", {"s": r"\delta_{ik}"}, "δ"),
    ],
)
def test_what_could_be_taken_for_another_symbol_is_named(name, others, chosen, expected):
    assert twin(name, others, **chosen) == expected


@pytest.mark.parametrize(
    ("name", "others", "chosen"),
    [
        ("w", "ω", {}), ("ν", "n", {}), ("η", "n", {}), ("α", "a", {}), ("E", "a", {}),
        ("W1", "W", {}), ("b1", "a", {}), ("g", "a", {"g": "e"}), ("δ1", "a", {}),
        ("u", "a", {"u": r"\delta"}), ("s", "y", {"s": "y'"}), ("s", "y", {"s": r"\bar y"}),
        ("s", "v", {"s": r"v^{\top}"}), ("s", "q", {"s": "q_1"}), ("s", "a", {"s": r"\mathrm{va}"}),
        ("s", "a", {"s": r"\log_2"}), ("s", "a", {"s": "H(P, Q)"}), ("t", "a", {"t": r"\tilde θ"}),
    ],
)  # fmt: skip
def test_names_that_only_resemble_each_other_may_stand_together(name, others, chosen):
    assert twin(name, others, **chosen) is None


# Words beside a step.

SHOWN = [
    ("only $y_c$ is 1", r"\text{only }y_c\text{ is 1}"),
    ("Cauchy–Schwarz", r"\text{Cauchy–Schwarz}"),
    ("50% of a_1", r"\text{50}\%\text{ of a}\_\text{1}"),
    ("a & b", r"\text{a }\&\text{ b}"),
    (r"a \\ b", r"\text{a }{\backslash}{\backslash}\text{ b}"),
    (r"} \checkmark {", r"\}\text{ }{\backslash}\text{checkmark }\{"),
    ("x^2 ~ #1", r"\text{x}{\wedge}\text{2 }{\sim}\text{ }\#\text{1}"),
    ("two\nlines", r"\text{two lines}"),
    ("", ""),
]


@pytest.mark.parametrize(("words", "shown"), SHOWN)
def test_words_are_text_and_mathematics_is_mathematics(words, shown):
    assert names.latex_of_words(words) == shown


FORGED = [
    r"$\checkmark$", r"$a \\ b$", "$a & b$", r"$\text{✓}$", r"$\overset{\checkmark}{=}$",
    r"$\tag{1}$", r"$\label{a}$", r"$\end{aligned}$", r"$\begin{aligned}$", r"$a }{ b$", "$a%b$",
    r"$\def\x{1}$", r"$\color{white}$", r"$\href{x}{y}$", r"$\unicode{x2713}$", r"$\approx$",
    "$a", "a $b$ c$", "$$", "$a^b^c$", r"$\frac{a}$", r"$\quad$", "$a~b$", "$#1$", "$а$",
    "proved ✓", "✔", "≈", "а Cyrillic a", "ο omicron", "a\u0301 accent", "\u202eright to left",
    "zero\u200bwidth", "\ufeffmark", "ａ wide", "ⅰ numeral", "ı dotless", "a\x00b", "a\x1bb", "☑",
]  # fmt: skip


@pytest.mark.parametrize("words", FORGED, ids=ascii)
def test_words_that_could_forge_a_page_are_refused(words):
    with pytest.raises(ReadingError):
        names.check_words(words)


def test_the_message_points_at_the_letter():
    with pytest.raises(ReadingError) as refused:
        names.check_words("the sum оf")
    assert str(refused.value).splitlines()[1:] == ["    the sum оf", "            ^"]
    assert "cyrillic small letter o" in str(refused.value)
