"""Traps of SymPy 1.14, each a regression test: the rewrite that SymPy does, and that ours does not.

Where SymPy still falls into its trap, the test shows that first, so that it tells when a later
version no longer does.
"""

import os
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sympy as sp

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.errors import ReadingError
from cebook_utils.proving import prove_equal
from cebook_utils.refuting import Claim

HERE = Path(__file__).parent


def classes():
    """Logits and their softmax, for any number of classes."""
    setting = Setting().index("i j k", "C").real("z[i] u[i]")
    return setting.let("Z", "Σ(j, exp(z[j]))").let("p[i]", "exp(z[i])/Z")


def proved(setting, before, after, **more):
    chain = Derivation("Right", setting).start(before).equals(after, because="", **more)
    return chain.steps[-1].status == "proved"


def refused(setting, before, after, **more):
    """The step is refused, and the prover on its own does not prove it either."""
    with pytest.raises(StepError) as caught:
        Derivation("Wrong", setting).start(before).equals(after, because="", **more)
    claim = Claim(setting, setting.read(before).expr, "=", setting.read(after).expr)
    return prove_equal(claim) is None and "is wrong" in str(caught.value)


def test_index_capture_in_a_derivative_sympy_21891():
    """SymPy takes ∂/∂z_i of Σ_i z_i for Σ_i 1: it confuses the free i with the bound one."""
    i, n = sp.symbols("i C", integer=True, positive=True)
    z = sp.IndexedBase("z")
    captured = sp.Sum(z[i], (i, 1, n)).diff(z[i])
    assert captured.doit() == n
    assert proved(classes(), "D(Σ(i, z[i]), z[i])", "1")
    assert refused(classes(), "D(Σ(i, z[i]), z[i])", "C")
    assert proved(classes(), "D(Σ(i, z[i]**2), z[i])", "2*z[i]")
    assert refused(classes(), "D(Σ(i, z[i]**2), z[i])", "2*Σ(i, z[i])")


def test_index_capture_when_a_definition_is_put_in():
    """p[k] holds a sum over j; at k = j the free j must not become the bound one."""
    i, j, n = sp.symbols("i j C", integer=True, positive=True)
    u = sp.IndexedBase("u")
    assert sp.Sum(u[i], (j, 1, n)).subs(i, j) == sp.Sum(u[j], (j, 1, n))
    assert proved(classes(), "p[j]", "exp(z[j])/Σ(i, exp(z[i]))")
    assert refused(classes(), "p[j]", "exp(z[j])/(C*exp(z[j]))")
    assert proved(classes(), "Σ(j, p[j]*u[j])", "Σ(i, exp(z[i])*u[i])/Σ(k, exp(z[k]))")
    assert proved(classes(), "D(p[j], z[j])", "p[j]*(1-p[j])")


def test_index_capture_when_a_sum_is_squared():
    assert proved(classes(), "Σ(i, z[i])**2", "Σ(i, Σ(j, z[i]*z[j]))")
    assert refused(classes(), "Σ(i, z[i])**2", "Σ(i, z[i]*z[i])")
    assert proved(classes(), "Σ(i, z[i])*Σ(i, u[i])", "Σ(i, Σ(j, z[i]*u[j]))")


def test_a_sum_over_i_equals_the_sum_over_j():
    i, j, n = sp.symbols("i j C", integer=True, positive=True)
    z = sp.IndexedBase("z")
    assert sp.simplify(sp.Sum(z[i], (i, 1, n)) - sp.Sum(z[j], (j, 1, n))) != 0
    assert proved(classes(), "Σ(i, z[i])", "Σ(j, z[j])")
    assert proved(classes(), "Σ(i, Σ(j, z[i]*u[j]))", "Σ(j, Σ(i, z[j]*u[i]))")
    assert proved(classes(), "Σ(i, Σ(j, exp(z[i]-z[j])))", "Σ(k, Σ(i, exp(z[k]-z[i])))")
    assert proved(classes(), "Π(i, exp(z[i]))", "Π(k, exp(z[k]))")


def test_the_exponential_of_a_sum_stays_what_it_is():
    """SymPy expands exp(Σ z_i) into Π exp(z_i) on its own; it is a step like any other."""
    i, n = sp.symbols("i C", integer=True, positive=True)
    z = sp.IndexedBase("z")
    assert sp.exp(sp.Sum(z[i], (i, 1, n))).expand().has(sp.Product)
    assert not classes().read("exp(Σ(i, z[i]))").expr.has(sp.Product)
    assert proved(classes(), "exp(Σ(i, z[i]))", "Π(i, exp(z[i]))")
    assert refused(classes(), "exp(Σ(i, z[i]))", "Σ(i, exp(z[i]))")


def test_the_square_of_an_exponential_stays_what_it_is():
    x = sp.Symbol("x", real=True)
    assert sp.exp(x) ** 2 == sp.exp(2 * x)
    square = classes().read("exp(z[k])**2").expr
    assert square.is_Pow and square.exp == 2
    assert proved(classes(), "exp(z[k])**2", "exp(2*z[k])")
    assert proved(classes(), "1/(1+exp(-z[k]))", "exp(z[k])/(1+exp(z[k]))")
    assert refused(classes(), "exp(z[k])**2", "exp(z[k]**2)")


def test_the_derivative_of_a_defined_name_is_not_zero():
    p, z = sp.IndexedBase("p"), sp.IndexedBase("z")
    i, k = sp.symbols("i k", integer=True, positive=True)
    assert sp.Derivative(p[i], z[k]).doit() == 0
    assert proved(classes(), "D(p[i], z[k])", "p[i]*(δ(i,k) - p[k])")
    assert refused(classes(), "D(p[i], z[k])", "0")
    assert refused(classes(), "D(log(Z), z[k])", "0")


def test_a_derivative_leaves_no_condition_on_the_index():
    """SymPy answers with Piecewise((…, 1 ≤ k ≤ C), (0, True))."""
    i, k, n = sp.symbols("i k C", integer=True, positive=True)
    z = sp.IndexedBase("z")
    assert sp.Sum(z[i] ** 2, (i, 1, n)).diff(z[k]).doit().has(sp.Piecewise)
    assert proved(classes(), "D(Σ(i, z[i]**2), z[k])", "2*z[k]")


def test_simplify_cannot_do_the_softmax_but_the_core_can():
    assert proved(classes(), "Σ(k, D(p[i], z[k]))", "0")
    assert proved(classes(), "Σ(i, D(p[i], z[k]))", "0")


def test_no_false_proof_by_division_by_a_delta():
    """δ_ik / δ_ik is 1 only for i = k, so nothing may be cancelled against a delta."""
    setting = classes()
    assert refused(setting, "Σ(i, δ(i,k)*z[i])", "Σ(i, z[i])")
    for before, after in [
        ("Σ(i, z[i]/δ(i,k))", "z[k]"),
        ("Σ(i, z[i]*δ(i,k)/δ(i,k))", "z[k]"),
        ("Σ(i, u[i]/(1-δ(i,k)))", "Σ(i, u[i], i != k)"),
        ("z[i]*δ(i,k)/δ(i,k)", "z[i]*δ(i,k)"),
    ]:
        with pytest.raises(StepError):
            Derivation("Delta", setting).start(before).equals(after, because="")
    left, right = (setting.read(text).expr for text in ("Σ(i, z[i]/δ(i,k))", "z[k]"))
    assert prove_equal(Claim(setting, left, "=", right)) is None


def test_deltas_with_equal_and_with_written_indices():
    assert proved(classes(), "δ(k,k)", "1")
    assert proved(classes(), "δ(i,k)*δ(i,k)", "δ(i,k)")
    assert proved(classes(), "Σ(i, δ(i,j)*δ(i,k))", "δ(j,k)")
    assert proved(classes(), "Σ(i, δ(i,k))", "1")
    assert proved(classes(), "Σ(i, z[i], i != k)", "Σ(i, z[i]) - z[k]")
    assert refused(classes(), "δ(i,j)*δ(j,k)", "δ(i,k)")


def test_the_letter_ell_does_not_turn_into_l():
    """Python normalises identifiers (NFKC): ℓ becomes l, without a word."""
    namespace = compile("ℓ", "<formula>", "eval").co_names
    assert namespace == ("l",)
    for text in ("ℓ", "a + ℓ"):
        with pytest.raises(ReadingError, match="write 'ell'"):
            Derivation("Ell", Setting().real("a l")).start(text)
    with pytest.raises(StepError):
        Setting().real("ℓ")
    with pytest.raises(StepError):
        Setting().index("ℓ", "C")
    shown = Derivation("Ell", Setting().real("ell l")).start("ell + l")._repr_latex_()
    assert r"\ell + l" in shown


def test_look_alikes_of_a_letter_are_refused():
    """The micro sign, a ligature, a full-width and a mathematical letter all become another."""
    for letter in ("µ", "ﬁ", "ａ", "𝑎", "ϑ", "ſ", "ª"):
        with pytest.raises(StepError):
            Derivation("Letters", Setting().real("a μ θ s")).start(letter)


def test_a_name_of_sympy_is_only_a_name():
    setting = Setting().real("I E S N Q pi gamma beta zeta oo_ O")
    assert proved(setting, "I**2", "I*I")
    assert proved(setting, "E*S + N*Q", "Q*N + S*E")
    with pytest.raises(StepError):
        Derivation("Imaginary", setting).start("I**2").equals("-1", because="")
    with pytest.raises(StepError):
        Derivation("Euler", setting).start("E").equals("exp(1)", because="")


def test_a_logarithm_is_split_only_where_its_parts_are_positive():
    setting = Setting().real("a b").positive("s t")
    assert proved(setting, "log(s*t)", "log(s) + log(t)")
    for before, after in [("log(a*b)", "log(a) + log(b)"), ("log(a**2)", "2*log(a)")]:
        claim = Claim(setting, setting.read(before).expr, "=", setting.read(after).expr)
        assert prove_equal(claim) is None


def test_a_root_is_not_taken_without_its_sign():
    setting = Setting().real("a").positive("s")
    assert proved(setting, "sqrt(s**2)", "s")
    assert proved(setting, "sqrt(a**2)", "abs(a)")
    assert refused(setting, "sqrt(a**2)", "a")
    assert refused(setting, "(a**2)**(1/2)", "a")


def test_a_lemma_with_a_pole_is_not_proved():
    """g(1) = g'(1) = 0 and g'' > 0, but on the other side of the pole at 2 it is -4 at t = 3."""
    with pytest.raises(StepError):
        Setting().lemma("g(t)", "1/(t-2)**2 - 1 - 2*(t-1)")


# --- a quotient of nothing ------------------------------------------------------------------


def test_sympy_cancels_a_quotient_of_zeros():
    """It cannot know that this derivative is 0; so we ask what a step divides by."""
    slope = classes().real("a b").read("D(b, a)").expr
    assert slope / slope == 1


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("D(b, a)/D(b, a)", "1"),
        ("D(b, a)**(-1)*D(b, a)", "1"),
        ("a", "a*D(p[i], a)/D(p[i], a)"),
        ("q/q", "1"),
        ("D(b, a)*Σ(i, z[i])/(D(b, a)*Σ(j, z[j]))", "1"),
        ("Σ(i, D(b, z[i])/D(b, z[i]))", "C"),
    ],
)
def test_what_is_always_zero_divides_nothing(before, after):
    setting = classes().real("a b").let("q", "a - a")
    with pytest.raises(StepError, match="divides by what is always 0"):
        Derivation("Quotient of zeros", setting).start(before).equals(after)


def test_what_is_zero_at_the_point_divides_nothing():
    chain = Derivation("Quotient at zero", classes().real("a")).start("a**2/a").at("a = 0")
    with pytest.raises(StepError, match="divides by what is always 0"):
        chain.equals("0")


def test_what_is_small_or_zero_somewhere_divides():
    setting = classes().real("a b")
    assert proved(setting, "a/exp(-50)", "a*exp(50)")
    assert proved(setting, "a/(b*10**(-20))", "a*10**20/b")
    assert proved(setting, "Σ(i, z[i]/z[i])", "C")
    assert proved(setting, "(a**2 - b**2)/(a - b)", "a + b")
    assert proved(setting, "D(p[i], z[k])/D(p[i], z[k])", "1")


# --- the same bytes on every run ------------------------------------------------------------

OUTPUTS = """
import sys
sys.path.insert(0, {here!r})
from derivations import ROWS
from wrong_steps import REFUTED
from cebook_utils import Derivation, Setting, StepError

names = {rows!r}
for row in ROWS:
    if row.name in names:
        derivation = row.derive()
        print(repr(derivation.setting), derivation.setting._repr_latex_())
        print(repr(derivation), derivation.report())
        print(derivation._repr_latex_(), derivation._repr_markdown_())
for wrong in REFUTED[::5]:
    chain = Derivation("Wrong", wrong.declare(Setting())).start(wrong.before)
    try:
        (chain.at(wrong.at) if wrong.at else chain).__getattribute__(wrong.method)(
            wrong.after, because="", **wrong.keywords())
    except StepError as error:
        print(error)
"""

SEEN_TWICE = [
    "cross_entropy_splits",
    "divergence_is_not_negative",
    "gradient_of_the_cross_entropy",
    "hessian_is_a_variance",
    "stable_form_of_the_binary_loss",
    "squared_error_is_not_convex",
    "softmax_of_shards",
]


def outputs(seed):
    """Everything that is printed, in a process of its own, as bytes."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", OUTPUTS.format(here=str(HERE), rows=SEEN_TWICE)],
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout


def test_the_order_of_sets_changes_no_output():
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(outputs, (1, 4242))
    assert first.count(b"counterexample") >= 12
    assert first.count(rb"\begin{aligned}") >= 3 * len(SEEN_TWICE)
    assert first == second
