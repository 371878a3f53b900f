"""A fixed sample of the mutants that `make mutants` runs in full, and the judge of them."""

import pytest

import corpus.mutations
from cebook_utils.kernel.certificates import Step, begin
from cebook_utils.kernel.consistency import declared
from corpus.derivations.softmax import gradient_of_the_cross_entropy
from corpus.mutations import mutants_of, of_the_book, of_the_corpus, sample
from corpus.second_opinion import objection


@pytest.fixture(scope="module")
def corpus_mutants():
    return [mutant for right in of_the_corpus() for mutant in mutants_of(right)]


@pytest.fixture(scope="module")
def chosen(corpus_mutants):
    # One step in twelve of the book, so that its certificates are judged quickly.
    book = [mutant for right in list(of_the_book())[::12] for mutant in mutants_of(right)]
    return [*sample(corpus_mutants, 300), *sample(book, 300)]


def test_there_are_many_mutants_of_every_kind(corpus_mutants, chosen):
    slips = {mutant.slip.partition(":")[0] for mutant in corpus_mutants}
    assert len(corpus_mutants) >= 3000 and len(chosen) >= 500
    assert slips >= {
        "sign", "dropped term", "doubled term", "dropped factor", "doubled factor", "index",
        "transposed", "constant", "sum for mean", "mean for sum", "missing sum", "lost citation",
        "exchanged names", "certificate", "another point", "turned around", "made strict",
        "lost result",
    }  # fmt: skip
    assert {mutant.slip.partition(":")[0] for mutant in chosen} >= slips


def test_the_kernel_accepts_no_mutant_that_is_wrong_by_numbers(chosen):
    accepted = [mutant for mutant in chosen if mutant.is_accepted()]
    assert len(accepted) < len(chosen) / 10
    wrong = {str(mutant): mutant.objection() for mutant in accepted}
    assert {mutant: why for mutant, why in wrong.items() if why} == {}


def test_mutants_are_wrong_indeed(chosen):
    """Most have a counterexample: the kernel does not refuse them because something breaks."""
    some = chosen[::40]
    assert sum(bool(mutant.objection()) for mutant in some if can_be_read(mutant)) > len(some) / 2


def can_be_read(mutant):
    try:
        mutant.right.chain().setting.read(mutant.step.line)
        return mutant.step.gap is None or bool(mutant.right.chain().setting.read(mutant.step.gap))
    except corpus.mutations.Refused:
        return False


def test_a_kernel_that_takes_anything_is_found_out(chosen, monkeypatch):
    """The sample is worth something: with the judgement switched off it fails."""
    monkeypatch.setattr("cebook_utils.kernel.certificates.judge", lambda claim: None)
    some = [mutant for mutant in chosen if mutant.slip == "sign" and can_be_read(mutant)][:10]
    assert any(mutant.is_accepted() and mutant.objection() for mutant in some)


def test_mutants_differ_from_their_step_and_from_one_another():
    rights = [r for r in of_the_corpus() if gradient_of_the_cross_entropy.title in r.certificate]
    mutants = list(mutants_of(rights[-1]))
    assert len(
        {(mutant.step.line, mutant.step.sign, mutant.step.using) for mutant in mutants}
    ) == len(mutants)
    assert len(mutants) > 15
    assert all(mutant.step != mutant.right.step for mutant in mutants)
    texts = {mutant.step.line for mutant in mutants}
    assert {"p[k] + y[k]", "-(p[k] - y[k])", "y[k] - p[k]", "p[i] - y[k]", "p[k]"} <= texts


SETTING = declared(
    [
        ("index", "i k c", "C"), ("real", "z[i]"), ("real", "a"), ("real", "b"), ("positive", "s"),
        ("nonnegative", "y[i]"), ("sums to one", "y"), ("one-hot", "y", "c"), ("binary", "t"),
        ("let", "p[i]", "exp(z[i])/Σ(k, exp(z[k]))"), ("let", "L", "-Σ(i, y[i]*log(p[i]))"),
    ]
)  # fmt: skip


@pytest.mark.parametrize(
    ("left", "sign", "right", "using"),
    [
        ("Σ(i, p[i])", "=", "1", ()),
        ("D(p[i], z[k])", "=", "p[i]*(δ(i,k) - p[k])", ()),
        ("D(L, z[k])", "=", "p[k] - y[k]", ("y sums to one",)),
        ("L", "=", "-log(p[c])", ("y is one-hot",)),
        ("D(D(a**3, a), a)", "=", "6*a", ()),
        ("t**2", "=", "t", ()),
        ("abs(a)", "≥", "-a", ()),
        ("p[k]", ">", "0", ()),
    ],
)
def test_the_judge_has_nothing_against_what_is_right(left, sign, right, using):
    assert objection(begin(SETTING, "", left), Step(sign, right, using)) == ""


@pytest.mark.parametrize(
    ("left", "sign", "right", "using"),
    [
        ("D(L, z[k])", "=", "p[k] - y[k]", ()),
        ("L", "=", "-log(p[c])", ("y sums to one",)),
        ("p[i]", "=", "p[k]", ()),
        ("a", "=", "a + 1/10**30", ()),
        ("D(p[i], z[k])", "=", "0", ()),
        ("a/a", "=", "1", ()),
        ("log(a**2)", "=", "log(a**2)", ()),
        ("p[k]", "<", "1", ()),
        ("a**2", ">", "0", ()),
        ("s", "≥", "1/10", ()),
    ],
)
def test_the_judge_objects_to_what_is_wrong_or_has_no_value(left, sign, right, using):
    assert objection(begin(SETTING, "", left), Step(sign, right, using))


def test_the_judge_objects_to_a_wrong_gap():
    chain = begin(SETTING, "", "a**2 + b**2")
    assert objection(chain, Step("≥", "2*a*b", gap="(a-b)**2")) == ""
    assert objection(chain, Step("≥", "2*a*b", gap="(a+b)**2"))
    assert objection(begin(SETTING, "", "a + 3"), Step("≥", "a", gap="3 + 0/a"))
