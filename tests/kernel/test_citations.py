"""Cited results: a proof is an object of one setting, and cannot be made by hand."""

from dataclasses import replace
from types import SimpleNamespace

import pytest

from cebook_utils.kernel.certificates import Proof, Step, begin, replay
from cebook_utils.kernel.consistency import declare, declared
from cebook_utils.kernel.declarations import with_line
from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Refused
from corpus.rows import CLASSES, at, distribution, eq, ge, gt, le

LABELS = (*CLASSES, ("index", "n", "N"), *distribution("y"), ("one-hot", "y", "c"), ("real", "z[i]"),
          ("real", "x[n]"), ("real", "w"), ("real", "m"), ("fact", "m is x", "m", "w"))  # fmt: skip
S = declared(LABELS)
HOT = "y is one-hot"


def proved(start, *steps, setting=S, title="a result"):
    chain = begin(setting, title, start)
    for step in steps:
        chain = chain.step(step)
    return chain


def cites(step, *results):
    return replace(step, results=results)


SQUARE = proved("z[i]**2", ge("0"))
AT_LABEL = proved("Σ(i, y[i]*z[i]**2)", eq("z[c]**2", HOT), ge("0"))
SAME = proved("m", eq("w", "m is x"))
BELOW = proved("-exp(m)", le("-exp(w)", "m is x"))


@pytest.mark.parametrize(
    ("start", "step", "why"),
    [
        ("z[k]", cites(ge("0"), SQUARE), "the square is above 0, not z"),
        ("x[n]", cites(ge("0"), SQUARE), "of another name"),
        ("-z[i]**2", cites(ge("0"), SQUARE), "the other sign"),
        ("z[i]**2 - 1", cites(ge("0"), SQUARE), "not the same"),
        ("z[i]**2", cites(gt("0"), SQUARE), "not strict"),
        ("z[i]", cites(eq("0"), SQUARE), "no equality"),
        ("D(z[i]**2, z[i])", cites(ge("0"), SQUARE), "orders have no slopes"),
        ("z[i]*z[j]", cites(ge("0"), SQUARE), "two indices"),
        ("z[k]", cites(ge("0"), AT_LABEL), "the square"),
        ("Σ(i, y[i]*z[i])", cites(ge("0"), AT_LABEL), "the square"),
        ("y[k]", cites(eq("1"), AT_LABEL), "k ≠ c"),
        ("x[n]", cites(eq("w"), SAME), "nothing of x"),
        ("m", cites(eq("w + 1"), SAME), "m = w"),
        ("m", cites(eq("2*w"), SAME), "m = w"),
        ("exp(m)", cites(le("exp(w) - 1"), BELOW), "equal"),
        ("D(m**2, w)", cites(eq("2*w"), SAME), "m is free under D"),
    ],
)
def test_a_citation_proves_no_more_than_it_says(start, step, why):
    with pytest.raises(Refused):
        begin(S, "an attack", start).step(step)


def test_a_cited_order_is_of_use_at_other_letters():
    assert begin(S, "t", "z[k]**2 + z[j]**2").step(cites(ge("0"), SQUARE))


def test_what_a_result_rests_on_follows_it():
    chain = begin(S, "t", "m").step(cites(eq("w"), SAME))
    assert chain.facts == ("m is x",)
    with pytest.raises(Refused):
        begin(S, "t", "m").step(eq("w"))


def test_a_result_of_another_setting_is_not_cited():
    other = declared((("real", "m"), ("real", "w"), ("fact", "m is x", "m", "w + 1")))
    with pytest.raises(Refused, match="another setting"):
        begin(other, "t", "m").step(cites(eq("w"), SAME))
    edited = declared((*LABELS[:-1], ("fact", "m is x", "m", "w + 1")))
    with pytest.raises(Refused, match="another setting"):
        begin(edited, "t", "m").step(cites(eq("w"), SAME))


def test_a_result_of_a_part_of_the_setting_is_cited():
    assert begin(declare(S, "real", "later"), "t", "m").step(cites(eq("w"), SAME))


def test_a_fact_that_a_later_condition_speaks_of_is_not_cited():
    later = declare(S, "where", "m", ">", "0", "m", "1")
    with pytest.raises(Refused, match="a condition speaks of m"):
        begin(later, "t", "m").step(cites(eq("w"), SAME))


def test_what_holds_at_a_point_is_not_cited():
    fixed = begin(S, "t", "w").step(at(eq("2"), w="2"))
    with pytest.raises(Refused, match="no result for all values"):
        begin(S, "t", "w").step(cites(eq("2"), fixed))


def test_a_chain_without_steps_is_not_cited():
    with pytest.raises(Refused, match="no result"):
        begin(S, "t", "w").step(cites(eq("w"), begin(S, "t", "1")))


def test_a_proof_cannot_be_made_by_hand():
    good = proved("w", eq("w"))
    forged = (
        replace(good, start="0"),
        Proof(S, "t", "0", (eq("1"),), (), 1),
        SimpleNamespace(setting=S, steps=(le("0"),), sign="≤", start="w", last="0", facts=(),
                        title="t", size=1, is_judged=True),
    )  # fmt: skip
    for proof in forged:
        with pytest.raises(Refused, match="not a proof"):
            begin(S, "t", "w").step(cites(le("0"), proof))
    with pytest.raises(Refused, match="not a proof"):
        forged[0].step(eq("0"))


def test_a_heir_of_proof_is_none():
    class Heir(Proof):
        sign = "≤"
        is_judged = True

    heir = Heir(S, "t", "w", (le("0"),), (), 1)
    with pytest.raises(Refused, match="not a proof"):
        begin(S, "t", "w").step(cites(le("0"), heir))


def test_a_setting_that_nobody_checked_is_checked():
    bad = with_line(with_line(Setting(), "positive", "s"), "fact", "f", "s", "-1")
    with pytest.raises(Refused):
        begin(bad, "t", "s")
    S_again = declared(LABELS)
    dict.__setitem__(S_again.kinds, "w", "positive") if isinstance(S_again.kinds, dict) else None
    with pytest.raises(Refused):
        begin(S_again, "t", "w").step(gt("0"))


def test_many_citations_of_citations_end():
    chain = proved("w", eq("w"))
    try:
        for n in range(40):
            chain = begin(S, f"r{n}", "w").step(cites(eq("w"), chain)).step(cites(eq("w"), chain))
    except Refused:
        pass
    assert chain.size < 10_000


GOOD = proved("Σ(i, y[i]*z[i]**2)", cites(eq("z[c]**2", HOT), SAME), ge("0")).certificate()


@pytest.mark.parametrize(
    "change",
    [
        {"title": 5}, {"title": None}, {"start": 5}, {"steps": {}}, {"steps": None}, {"setting": "a"},
        {"setting": [[]]}, {"setting": [5]}, {"cited": None}, {"cited": [5]}, {"more": 1},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "results": [float("inf")]}]},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "results": [0.5]}]},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "results": [-1]}]},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "results": [7]}]},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "using": HOT}]},
        {"steps": [{"sign": "=", "line": "Σ(i, y[i]*z[i]**2)", "gap": "1/w"}]},
        {"steps": [{"sign": "→", "line": "0"}]}, {"steps": [{"sign": "=", "line": None}]},
        {"steps": [{"line": "0"}]}, {"steps": [{"sign": "=", "line": "0", "because": "so"}]},
        {"steps": [{"sign": "≥", "line": "0", "point": [["w"]]}]}, {"steps": ["="]},
    ],
    ids=str,
)  # fmt: skip
def test_a_changed_certificate_is_refused(change):
    with pytest.raises(Refused):
        replay({**GOOD, **change})


def test_a_certificate_is_replayed():
    assert replay(GOOD).certificate() == GOOD


@pytest.mark.parametrize("given", [None, 5, [], "text", {}, [GOOD]])
def test_what_is_no_certificate_is_refused(given):
    with pytest.raises(Refused):
        replay(given)


@pytest.mark.parametrize(
    "line", [(), ("where", "0", "<", "1", "q"), ("where", "w", "!=", "0", "w"), ("fact",), (5,)]
)
def test_a_broken_declaration_is_refused(line):
    with pytest.raises(Refused):
        declare(S, *line)


def test_an_unknown_sign_is_refused():
    for sign in ("→", "", "==", "≤≥", "~"):
        with pytest.raises(Refused):
            begin(S, "t", "w").step(Step(sign, "w"))
