"""The formulas of theorem boxes, displayed equations and summaries are lines of derivations."""

import re
import tomllib
from dataclasses import replace
from pathlib import Path

import nbformat
import pytest
from formula_rules import Chapter, Proved, Stated, derivations_of, needless, stated, unfounded
from stored_chapters import NOTEBOOKS

from cebook_utils import Derivation, Setting
from cebook_utils.derivation.records import RECORD

BY_HAND = tomllib.loads(
    (Path(__file__).parent / "formulas_by_hand.toml").read_text(encoding="utf-8")
)
OWN = {name: list(derivations_of(notebook, RECORD)) for name, notebook in NOTEBOOKS.items()}
BOOK = {proved.label: proved for derivations in OWN.values() for proved in derivations}


def chapter(name):
    return Chapter(list(stated(NOTEBOOKS[name])), OWN[name], BOOK)


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_every_formula_that_states_a_result_is_derived(name):
    assert list(unfounded(chapter(name), BY_HAND.get(name, {}))) == []


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_no_exception_is_needless(name):
    assert list(needless(chapter(name), BY_HAND.get(name, {}))) == []


def test_every_exception_belongs_to_a_chapter_and_has_a_reason():
    assert set(BY_HAND) <= set(NOTEBOOKS)
    assert all(len(reason) > 20 for listed in BY_HAND.values() for reason in listed.values())


# --- a wrong sign is found ------------------------------------------------------------------

OPPOSITE = {"+": "-", "-": "+", r"\le": r"\ge", r"\ge": r"\le", "<": ">", ">": "<"}
SIGN = re.compile(r"[+\-<>]|\\[lg]e(?![a-z])")
SIDE = re.compile(r"^|=|\\[lg]e(?![a-z])|[<>]|\\to(?![a-z])|\\leftarrow")


def wrong_signs(latex):
    """The formula with each of its signs turned, and with a minus before each of its sides."""
    for found in SIGN.finditer(latex):
        before, after = latex[: found.start()], latex[found.end() :]
        yield (
            before + ("" if found[0] == "-" and not before.strip() else OPPOSITE[found[0]]) + after
        )
    for found in SIDE.finditer(latex):
        before, after = latex[: found.end()], latex[found.end() :]
        # -0 is 0, and -a = 0 is as true as a = 0.
        if not after.lstrip().startswith(("-", "0")) and not re.search(
            r"(?:=|\\ne|\\to) *0$", after
        ):
            yield f"{before} -{after}".strip()


@pytest.mark.parametrize("name", NOTEBOOKS)
def test_a_wrong_sign_in_any_formula_is_found(name):
    whole = chapter(name)
    for formula in whole.formulas:
        for latex in wrong_signs(formula.latex):
            wrong = replace(whole, formulas=[replace(formula, latex=latex)])
            assert list(unfounded(wrong, BY_HAND.get(name, {}))), f"{formula.latex} as {latex}"


def test_there_are_formulas_whose_signs_were_turned():
    formulas = [formula for name in NOTEBOOKS for formula in chapter(name).formulas]
    assert len(formulas) > 200
    assert sum(1 for formula in formulas for _ in wrong_signs(formula.latex)) > 400


def test_signs_are_turned_one_by_one():
    assert list(wrong_signs(r"-a \le b + c")) == [
        r"a \le b + c",
        r"-a \ge b + c",
        r"-a \le b - c",
        r"-a \le - b + c",
    ]


# --- what the reading takes for the same ----------------------------------------------------


@pytest.fixture(scope="module")
def proved():
    softmax = Setting().let("σ(t)", "1 / (1 + exp(-t))").real("x")
    softmax = softmax.index("i j k", "C", least=2).real("z[i]").distribution("y[i]").unit("u")
    softmax = softmax.let("p[i]", "exp(z[i]) / Σ(j, exp(z[j]))")
    softmax = softmax.let("ell", "-Σ(i, y[i]*log(p[i]))").real("b m").where("b != 0")
    softmax = softmax.where("0 < m <= 3")
    chains = [
        Derivation("Slope", softmax)
        .start("D(ell, z[k])")
        .equals("p[k]*Σ(i, y[i]) - y[k]")
        .equals("p[k] - y[k]", using="y sums to one"),
        Derivation("Sigmoid", softmax)
        .start("D(σ(x), x)")
        .equals("σ(x)*(1 - σ(x))")
        .equals("1/4 - (σ(x) - 1/2)**2")
        .at_most("1/4", gap="(σ(x) - 1/2)**2"),
        Derivation("Off the diagonal", softmax)
        .start("D(p[i], z[k])")
        .equals("p[i]*(δ(i,k) - p[k])"),
        Derivation("Far", softmax).start("σ(x)").tends_to("1", when="x -> oo"),
    ]
    return [Proved(chain._repr_mimebundle_()[RECORD]) for chain in chains]


def founded(latex, proved, apart=frozenset()):
    book = {derivation.label: derivation for derivation in proved}
    formula = Stated("here", latex, apart, frozenset(book))
    return not list(unfounded(Chapter([formula], proved, book), {}))


RIGHT = [
    r"\partial \ell / \partial z_k = p_k - y_k",
    r"\frac{\partial\ell}{\partial z_k} = p_k \sum_{i=1}^{C} y_i - y_k",
    r"\frac{\partial\ell}{\partial z_k} + y_k = p_k",
    r"p_k - y_k = \dfrac{\partial\ell}{\partial z_{k}}",
    r"p - y",
    r"-y + p",
    r"\sigma' = \sigma\,(1 - \sigma) \le \frac14",
    r"\tfrac14 \ge \sigma'(x)",
    r"\sum_i y_i = 1",
    r"\sum_j y_j = 1",
    r"\ell = -\sum_i y_i \log p_i",
    r"\sigma(t) = \frac1{1 + e^{-t}}",
    r"0 < u < 1",
    r"y_i \ge 0",
    r"C \ge 2",
    r"b \ne 0",
    r"0 < m \le 3",
    r"x \to \infty",
    r"\sigma(x)",
    r"p_i",
    r"i \ne k",
]
WRONG = [
    r"\partial \ell / \partial z_k = y_k - p_k",
    r"\partial \ell / \partial z_i = p_k - y_k",
    r"\partial \ell / \partial z_k \le p_k - y_k",
    r"\frac{\partial\ell}{\partial y_k} = p_k - y_k",
    r"p_k = y_k",
    r"y - p",
    r"p + y",
    r"y_i > 0",
    r"C \ge 3",
    r"b = 0",
    r"m < 3",
    r"\sigma' = \sigma\,(1 + \sigma)",
    r"\sigma' = \frac14",
    r"\sigma' < \frac14",
    r"\frac14 \le \sigma'(x)",
    r"\sum_i y_i = 0",
    r"\sum_i p_i = 1",
    r"\ell = \sum_i y_i \log p_i",
    r"\ell = -\sum_i p_i \log y_i",
    r"0 < x",
    r"x \to -\infty",
    r"\sigma(x) \to 0",
    r"\partial p_i / \partial z_k = -p_i p_k",
    r"p^\top y",
    r"-C",
    r"2",
    r"C = 2",
]


@pytest.mark.parametrize("latex", RIGHT)
def test_a_formula_that_was_proved_is_found(latex, proved):
    assert founded(latex, proved)


@pytest.mark.parametrize("latex", WRONG)
def test_a_formula_that_was_not_proved_is_not_found(latex, proved):
    assert not founded(latex, proved)


def test_a_case_counts_only_where_it_is_named(proved):
    apart = frozenset({frozenset("ik")})
    assert founded(r"\partial p_i / \partial z_k = -p_i p_k", proved, apart)
    assert not founded(r"\partial p_i / \partial z_k = p_i p_k", proved, apart)


def test_only_what_is_cited_beside_a_formula_counts(proved):
    book = {derivation.label: derivation for derivation in proved}
    alone = Stated("here", "p_k - y_k", cited=frozenset({"eq-sigmoid"}))
    assert list(unfounded(Chapter([alone], proved, book), {}))
    assert not list(unfounded(Chapter([alone], proved, book), {"p_k - y_k": "a reason"}))


# --- where formulas are looked for ----------------------------------------------------------

PAGE = r"""
# Title with $a = b$

```{prf:theorem} Slope
:label: thm-slope

For $i \ne k$ it is $p_k - y_k$, {eq}`eq-slope`.
```

Words with $c = d$ and

$$
e = f
$$ (eq-display)

## Summary

| result | where |
|---|---|
| $g = h$ | {prf:ref}`thm-slope` |

## What comes next

| $not = this$ |
"""


def page(text):
    return nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])


def test_formulas_are_taken_from_boxes_displays_and_the_summary():
    found = list(stated(page(PAGE)))
    assert [(f.where, f.latex) for f in found] == [
        ("thm-slope", r"i \ne k"),
        ("thm-slope", "p_k - y_k"),
        ("a displayed equation", "e = f"),
        ("the summary: $g = h$", "g = h"),
    ]
    assert found[1].cited == found[3].cited == {"eq-slope"}
    assert found[1].apart == {frozenset("ik")} and not found[3].apart


def test_an_exception_that_is_not_needed_is_found(proved):
    book = {derivation.label: derivation for derivation in proved}
    formula = Stated("here", "p_k - y_k", cited=frozenset(book))
    whole = Chapter([formula], proved, book)
    assert list(needless(whole, {"p_k - y_k": "a reason", "p_k + y_k": "a reason"})) == [
        "$p_k - y_k$ is the line of a derivation",
        "$p_k + y_k$ does not occur",
    ]
