"""What a reader sees of a derivation, and what a notebook stores of it."""

import copy
import json

import pytest
from IPython.core.formatters import DisplayFormatter

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.derivation.records import RECORD
from cebook_utils.kernel.certificates import replay
from cebook_utils.kernel.terms import Refused
from corpus.derivations import ROWS
from corpus.derivations.binary import squared_error_over_logit
from corpus.derivations.softmax import softmax

from .refused import fails


def shown(chain):
    return DisplayFormatter().format(chain)[0]


def record(chain):
    return shown(chain)[RECORD]


def gradient():
    return (
        Derivation("Gradient of $L$, once more", softmax(Setting()))
        .start("D(L, z[k])")
        .equals("p[k]*Σ(i, y[i]) - y[k]", because="chain rule")
        .equals("p[k] - y[k]", because="labels", using="y sums to one")
    )


def test_the_report_is_the_same_twice():
    assert gradient().report() == gradient().report()
    assert gradient().report().splitlines() == [
        "Gradient of $L$, once more",
        "  1. proved: = p[k]*Σ(i, y[i]) - y[k]",
        "  2. proved: = p[k] - y[k]",
    ]


def test_a_derivation_is_shown_as_markdown_with_a_label():
    data = shown(gradient())
    assert {"text/plain", "text/latex", "text/markdown", RECORD} <= set(data)
    assert data["text/markdown"].endswith("$$ (eq-gradient-of-once-more)")
    assert data["text/latex"].count(r"\overset{\checkmark}{=}") == 2
    assert data["text/plain"].count("=✓") == 2
    assert r"\text{chain rule}" in data["text/latex"]


def test_the_record_says_what_was_proved():
    made = record(gradient())
    assert json.loads(json.dumps(made)) == made
    assert made["title"] == "Gradient of $L$, once more"
    assert made["label"] == "eq-gradient-of-once-more"
    assert made["result"] == r"\frac{\partial L}{\partial z_{k}} = p_{k} - y_{k}"
    assert [(s["sign"], s["status"]) for s in made["steps"]] == [("=", "proved")] * 2
    assert [s["rests_on"] for s in made["steps"]] == [[], ["y sums to one"]]


def test_the_record_holds_the_lines_and_how_they_are_to_be_read():
    setting = Setting().real("z").real("w", latex=r"\hat w").let("s", "z**2 + w")
    made = record(
        Derivation("Lines", setting).start("D(s, z)").equals("2*z").at("z = 3").equals("6")
    )
    assert made["setting"] == ["z real", "w real", "s := z**2 + w"]
    assert made["names"] == {"w": r"\hat w"}
    assert made["start"] == "D(s, z)"
    assert [(s["line"], s["where"]) for s in made["steps"]] == [("2*z", ""), ("6", "z = 3")]


def test_the_record_of_a_limit_and_of_a_point():
    setting = squared_error_over_logit(Setting())
    limit = record(Derivation("Limit", setting).start("p").tends_to("1", when="z -> oo"))
    assert limit["result"].startswith(r"\lim_{z \to \infty} ") and limit["result"].endswith("= 1")
    step = {"sign": "→", "line": "1", "where": "z → oo", "status": "limit", "rests_on": []}
    assert limit["steps"] == [step | {"point": "", "because": ""}]
    assert limit["certificates"] == []
    point = record(Derivation("Point", setting).start("z**2").at("z = -3").at_most("9"))
    assert point["result"] == r"\left.{z}^{2}\right|_{z = -3} \le 9"
    assert [step["where"] for step in point["steps"]] == ["z = -3"]


def test_the_record_keeps_what_stands_on_both_sides_of_a_limit():
    setting = Setting().real("x z").let("p", "1/(1+exp(-z))")
    chain = Derivation("Both", setting).start("p*x").equals("x*p").tends_to("x", when="z -> oo")
    made = record(chain.equals("1*x").at("x = 2").equals("2"))
    assert [s["status"] for s in made["steps"]] == ["proved", "limit", "proved", "proved"]
    first, second = made["certificates"]
    assert (first["start"], second["start"]) == ("p*x", "x")
    assert [step["line"] for step in second["steps"]] == ["1*x", "2"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_the_certificates_of_a_record_replay_in_the_kernel(row):
    made = json.loads(json.dumps(record(row.derive())))
    replayed = [replay(certificate) for certificate in made["certificates"]]
    proved = [step["line"] for step in made["steps"] if step["status"] == "proved"]
    assert [step.line for proof in replayed for step in proof.steps] == proved


def test_a_record_that_was_changed_does_not_replay():
    made = record(gradient())["certificates"][0]
    replay(made)
    for change in ({"line": "p[k] + y[k]"}, {"using": []}, {"sign": "<"}):
        changed = copy.deepcopy(made)
        changed["steps"][-1] |= change
        with pytest.raises(Refused):
            replay(changed)


def test_the_sign_of_a_result_is_its_weakest():
    setting = Setting().real("a")
    chain = Derivation("Chain", setting).start("exp(a)").greater_than("0")
    assert record(chain)["result"] == r"e^{a} > 0"
    chain = Derivation("Chain", setting).start("a**2 + 1").equals("1 + a**2").at_least("1")
    assert r"\ge" in record(chain)["result"]


def test_a_notebook_shows_the_message_of_an_error_and_no_traceback():
    chain = Derivation("Shown", Setting().real("a")).start("a")
    with pytest.raises(StepError) as caught:
        chain.equals("-a", because="a slip")
    lines = caught.value._render_traceback_()
    assert lines == str(caught.value).splitlines()
    assert lines[0] == 'Step 1 of "Shown" is wrong.'
    assert not any("Traceback" in line or ".py" in line for line in lines)


# No word forges a stamp.

FORGERIES = [
    r"$\overset{\checkmark}{=} 0$",
    r"\checkmark",
    r"}} \\ 1 &\overset{\checkmark}{=} 2 && \text{",
    r"$a$$ \\ &= 0 $$",
    r"$x \tag{1}$",
    r"$\text{a} & = b$",
    "a\n  =✓ 0",
    "✓",
    r"$\href{https://example.org}{x}$",
]


@pytest.mark.parametrize("words", FORGERIES)
def test_no_reason_forges_a_stamp(words):
    chain = Derivation("Forged", Setting().real("a")).start("a")
    assert_no_forgery(lambda: chain.equals("1*a", because=words), stamps=1)


@pytest.mark.parametrize("words", FORGERIES)
def test_no_title_forges_a_stamp(words):
    assert_no_forgery(
        lambda: Derivation(words, Setting().real("a")).start("a").equals("1*a"), stamps=1
    )


@pytest.mark.parametrize("words", FORGERIES)
def test_no_title_of_a_fact_forges_a_stamp(words):
    assert_no_forgery(lambda: Setting().real("a b").fact(words, "a == b"), stamps=0)


@pytest.mark.parametrize("latex", FORGERIES)
def test_no_latex_of_a_name_forges_a_stamp(latex):
    assert_no_forgery(
        lambda: Derivation("F", Setting().real("a", latex=latex)).start("a").equals("1*a"), stamps=1
    )


def assert_no_forgery(make, stamps):
    """Refused, or shown as nothing but words: one row for each line, one stamp for each proof."""
    try:
        made = make()
    except StepError as error:
        assert str(error).strip()
        return
    latex = made._repr_latex_()
    assert latex.count(r"\checkmark") == stamps
    assert repr(made).count("✓") == stamps
    assert latex.count(r"\begin{aligned}") == 1 and latex.count("$$") == 2
    assert latex.count(r"\\ ") + latex.count("\\\\\n") == latex.count("\\\\\n")


def test_a_formula_shows_no_stamp_of_its_own():
    fails(Setting().real, "✓")
    fails(Setting().real, "checkmark", latex=r"\checkmark")
