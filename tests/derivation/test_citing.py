"""Facts are cited by their titles, results as objects; neither says more than was proved."""

import pytest

from cebook_utils import Derivation, Setting
from cebook_utils.refuting.undefined import no_value
from corpus.derivations.entropy import divergence_is_not_negative, entropy
from corpus.derivations.softmax import jacobian_of_the_softmax, softmax

from .refused import fails, is_wrong


def labels():
    return Setting().index("i k c", "C").distribution("y[i]").one_hot("y[i]", at="c").real("u[i]")


def begun(line, setting=None):
    return Derivation("Citing", setting or labels()).start(line)


# Facts.


def test_a_fact_works_only_where_it_is_cited():
    chain = begun("Σ(i, y[i])")
    message = fails(chain.equals, "1")
    assert "counterexample" in message
    assert "hint: the step is true if you cite the fact 'y sums to one'" in message
    assert chain.equals("1", using="y sums to one").lines[-1].facts == ("y sums to one",)


def test_a_hint_names_the_fact_that_is_enough():
    chain = begun("Σ(i, y[i]*u[i])")
    assert "cite the fact 'y is one-hot'" in fails(chain.equals, "u[c]")
    assert "cite the fact" not in fails(chain.equals, "u[k]")


def test_one_fact_or_several_may_be_cited():
    chain = begun("Σ(i, p[i]) - Σ(i, q[i])", entropy(Setting()))
    assert "'q sums to one'" in fails(chain.equals, "0", using="p sums to one")
    both = ("p sums to one", "q sums to one")
    assert chain.equals("0", using=both).lines[-1].facts == both


def test_a_needless_citation_is_told():
    chain = begun("Σ(i, y[i])*u[k]").equals("u[k]*Σ(i, y[i])", using="y sums to one")
    assert chain.report().count("no need to cite 'y sums to one'") == 1
    chain = begun("Σ(i, y[i])*u[k]").equals("u[k]", using="y sums to one")
    assert "no need" not in chain.report()


def test_what_a_step_cites_does_not_hold_for_the_next():
    chain = begun("u[k]*Σ(i, y[i]) + Σ(i, y[i])").equals("u[k] + 1", using="y sums to one")
    assert is_wrong(chain.equals, "u[k] + Σ(i, y[i])")


def test_an_equation_that_is_cited_sets_a_name():
    setting = Setting().index("i", "C").positive("c[i] M").fact("counts", "M == Σ(i, c[i])")
    chain = begun("Σ(i, c[i]/M)", setting)
    assert "cite the fact 'counts'" in fails(chain.equals, "1")
    chain.equals("1", using="counts")


def test_a_fact_is_not_differentiated():
    """Σ y = 1 holds at the labels of a sample, not along the way of one label alone."""
    chain = begun("D(Σ(i, y[i]), y[k])")
    fails(chain.equals, "0", using="y sums to one")
    fails(chain.equals, "0", using="y is one-hot")
    chain.equals("1")


def test_a_fact_of_a_sample_holds_for_every_sample():
    setting = Setting().index("i", "C").index("n m", "N").distribution("y[n,i]").real("u[n]")
    begun("Σ(n, u[n]*Σ(i, y[n,i]))", setting).equals("Σ(m, u[m])", using="y sums to one")
    fails(begun("Σ(n, y[n,i])", setting).equals, "1", using="y sums to one")


@pytest.mark.parametrize("title", ["labels sum to one", "Citing", "sums to one", ""])
def test_an_unknown_fact_is_told_with_the_known_ones(title):
    message = fails(begun("u[k]").equals, "u[k]", using=title)
    assert message == (
        f"There is no fact {title!r} to cite; there is 'y sums to one', 'y is one-hot'. "
        "A derivation is cited as an object: using=jacobian."
    )


def test_an_unknown_fact_where_there_is_none():
    assert "there is none" in fails(begun("u", Setting().real("u")).equals, "u", using="y")


@pytest.mark.parametrize("using", [3, [None], [Setting()], {"y sums to one": 1}.items()])
def test_only_facts_and_derivations_are_cited(using):
    with pytest.raises((TypeError, Exception)) as caught:
        begun("u[k]").equals("u[k]", using=using)
    assert caught.type.__name__ in ("StepError", "TypeError")


# Results.


def jacobian(setting):
    return Derivation("Jacobian", setting).start("D(p[i], z[k])").equals("p[i]*(δ(i,k) - p[k])")


def test_a_result_is_cited_as_an_object_and_brings_what_it_rests_on():
    setting = softmax(Setting())
    gradient = (
        Derivation("Gradient", setting)
        .start("D(L, z[k])")
        .equals("p[k] - y[k]", using="y sums to one")
    )
    chain = begun("Σ(i, D(L, z[i])*v[i])", setting)
    fails(chain.equals, "Σ(i, (p[i] - y[i])*v[i])")
    cited = chain.equals("Σ(i, (p[i] - y[i])*v[i])", using=gradient)
    assert cited.lines[-1].results == (gradient,)
    assert cited.proof.facts == ("y sums to one",)


def test_a_title_is_no_result():
    setting = softmax(Setting())
    jacobian(setting)
    message = fails(
        begun("D(p[i], z[k])", setting).equals, "p[i]*(δ(i,k) - p[k])", using="Jacobian"
    )
    assert "no fact 'Jacobian'" in message and "as an object" in message


def test_a_wrong_step_stays_wrong_with_a_result_cited():
    setting = softmax(Setting())
    chain = begun("Σ(j, D(p[j], z[l]))", setting)
    assert is_wrong(chain.equals, "Σ(j, p[j]*p[l])", using=jacobian(setting))


def test_a_bound_may_be_cited():
    gibbs = divergence_is_not_negative.derive()
    chain = begun("CE", gibbs.setting)
    fails(chain.at_least, "H", gap="KL")
    chain.at_least("H", gap="KL", using=gibbs)
    assert is_wrong(chain.at_most, "H", gap="-KL", using=gibbs)


def test_two_results_of_one_title_are_refused():
    setting = softmax(Setting())
    message = fails(
        begun("p[i]", setting).equals, "p[i]", using=[jacobian(setting), jacobian(setting)]
    )
    assert message == "Two results with the title 'Jacobian' are cited."


def test_the_title_that_stands_twice_is_named():
    setting = Setting().real("u")
    first = Derivation("First", setting).start("u").equals("u*1")
    second = Derivation("Second", setting).start("u").equals("u*1")
    message = fails(begun("u", setting).equals, "u", using=[first, second, second])
    assert message == "Two results with the title 'Second' are cited."


def test_a_result_of_another_setting_is_refused():
    """There u is below 0, here it need not be."""
    negative = Setting().real("u").where("u < 0")
    bound = Derivation("Bound", negative).start("u").less_than("0")
    chain = begun("u", Setting().real("u"))
    assert is_wrong(chain.less_than, "0", using=bound)
    chain = begun("u*u", Setting().real("u"))
    assert "another setting" in fails(chain.equals, "u**2", using=bound)


def test_a_result_may_be_cited_where_more_is_declared():
    setting = softmax(Setting())
    result = jacobian(setting)
    begun("a*D(p[i], z[k])", setting.real("a")).equals("a*p[i]*(δ(i,k) - p[k])", using=result)


@pytest.mark.parametrize(
    "make",
    [
        lambda d: d,
        lambda d: d.start("u"),
        lambda d: d.start("u").at("u = 1").equals("1"),
        lambda d: d.start("u").at("u = 1"),
        lambda d: d.start("exp(u)").tends_to("0", when="u -> -oo"),
        lambda d: d.start("exp(u)").equals("exp(u)*1").tends_to("0", when="u -> -oo").equals("0"),
    ],
    ids=["nothing", "a start", "a value", "a point", "a limit", "a line behind a limit"],
)
def test_what_is_no_result_for_all_values_cannot_be_cited(make):
    setting = Setting().real("u v")
    cited = make(Derivation("Part", setting))
    chain = Derivation("Citing", setting).start("u*v")
    assert "cannot be cited" in fails(chain.equals, "u*v", using=cited)


def test_a_result_about_the_true_class_holds_for_no_other():
    """y_c = 1 rests on c being the true class: it is not y_k = 1 with another letter."""
    setting = labels()
    first = Derivation("True class", setting).start("y[c]").equals("1", using="y is one-hot")
    assert is_wrong(begun("y[k]*u[k]", setting).equals, "u[k]", using=first)


def test_a_result_that_rests_on_a_fact_is_not_differentiated():
    setting = labels()
    total = (
        Derivation("Total", setting).start("u[c]*Σ(i, y[i])").equals("u[c]", using="y sums to one")
    )
    assert is_wrong(begun("D(u[c]*Σ(i, y[i]), y[k])", setting).equals, "0", using=total)


# Nothing is remembered.


def test_an_edited_result_leaves_no_stale_stamp():
    """Every check is made with the objects cited: there is no store of titles to go stale."""
    setting = Setting().real("u v")
    one = Derivation("Lemma", setting).start("u*v").equals("v*u")
    begun("u*v", setting).equals("v*u", using=one)
    edited = Derivation("Lemma", setting).start("u + v").equals("v + u")
    cited = begun("u*v", setting).equals("v*u", using=edited)
    assert cited.lines[-1].results == (edited,)
    assert edited.proof.start == "u + v" and one.proof.start == "u*v"
    assert is_wrong(begun("u*v", setting).equals, "u + v", using=edited)


def test_a_bound_that_was_edited_is_the_one_that_counts():
    """With the first KL ≥ 0 in hand, the edited, weaker result of the same title proves no more."""
    setting = entropy(Setting())
    both = ("p sums to one", "q sums to one")
    gibbs = (
        Derivation("Gibbs", setting)
        .start("KL")
        .at_least("Σ(i, p[i]) - Σ(i, q[i])", gap="Σ(i, p[i]*g(q[i]/p[i]))")
        .equals("0", using=both)
    )
    chain = begun("CE", setting)
    chain.at_least("H", gap="KL", using=gibbs)
    edited = Derivation("Gibbs", setting).start("KL").equals("CE - H")
    fails(chain.at_least, "H", gap="KL", using=edited)


def test_a_cell_may_be_run_again():
    for _ in range(2):
        jacobian_of_the_softmax.derive()


def test_a_fact_may_be_made_of_what_the_line_does_not_name():
    """The counterexample needs a size, N, that only the cited fact brings in."""
    setting = Setting().index("n", "N").real("m x[n]").let("a", "Σ(n, x[n])/N").fact("f", "m == a")
    message = fails(begun("m", setting).equals, "2*m", using="f")
    assert "counterexample: N = " in message
    assert is_wrong(begun("m", setting).equals, "2*m")


def test_a_condition_binds_a_name_also_by_a_cited_fact():
    """With p = m and 0 < m < 1, no point with p = 1 speaks against 1/(1-p)."""
    setting = (
        Setting()
        .index("n", "N", least=2)
        .unit("p")
        .binary("y[n]")
        .let("m", "Σ(n, y[n])/N")
        .where("0 < m < 1", witness="y[n] = δ(n, 1)")
        .fact("share", "p == m")
    )
    message = fails(begun("1/(1-p)", setting).equals, "1", using="share")
    assert "counterexample" in message
    kernel = setting.kernel
    assert no_value(kernel, kernel.read("1/(p*(1-p))"), ["share"]) is None
