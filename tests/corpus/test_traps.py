"""Traps of SymPy 1.14, each a regression test: the rewrite that SymPy does, and the kernel does not.

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
from cebook_utils.kernel.certificates import Step, begin
from cebook_utils.kernel.terms import Refused
from cebook_utils.language.messages import ReadingError

ROOT = Path(__file__).resolve().parents[2]


def classes():
    """Logits and their softmax, for any number of classes."""
    setting = Setting().index("i j k", "C").real("z[i] u[i]")
    return setting.let("Z", "Σ(j, exp(z[j]))").let("p[i]", "exp(z[i])/Z")


def proved(setting, before, after):
    return bool(Derivation("Right", setting).start(before).equals(after).proof.steps)


def refused(setting, before, after):
    """The kernel does not prove the step, and the search for a counterexample finds one."""
    with pytest.raises(Refused):
        begin(setting.kernel, "Wrong", before).step(Step("=", after))
    with pytest.raises(StepError) as caught:
        Derivation("Wrong", setting).start(before).equals(after)
    return "is wrong" in str(caught.value)


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


def test_the_exponential_of_a_sum_is_a_step_like_any_other():
    """SymPy expands exp(Σ z_i) into Π exp(z_i) on its own."""
    i, n = sp.symbols("i C", integer=True, positive=True)
    z = sp.IndexedBase("z")
    assert sp.exp(sp.Sum(z[i], (i, 1, n))).expand().has(sp.Product)
    assert proved(classes(), "exp(Σ(i, z[i]))", "Π(i, exp(z[i]))")
    assert refused(classes(), "exp(Σ(i, z[i]))", "Σ(i, exp(z[i]))")


def test_the_square_of_an_exponential_stays_what_it_is():
    x = sp.Symbol("x", real=True)
    assert sp.exp(x) ** 2 == sp.exp(2 * x)
    assert classes().latex(classes().read("exp(z[k])**2")) != classes().latex(
        classes().read("exp(2*z[k])")
    )
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


def test_simplify_cannot_do_the_softmax_but_the_kernel_can():
    assert proved(classes(), "Σ(k, D(p[i], z[k]))", "0")
    assert proved(classes(), "Σ(i, D(p[i], z[k]))", "0")


def test_sympy_cancels_a_quotient_of_zeros_and_the_kernel_refuses_it():
    slope = sp.Derivative(sp.Symbol("b"), sp.Symbol("a"))
    assert slope / slope == 1
    with pytest.raises(StepError, match="has no value"):
        Derivation("Zeros", classes().real("a b")).start("D(b, a)/D(b, a)").equals("1")


def test_deltas_with_equal_and_with_written_indices():
    assert proved(classes(), "δ(k,k)", "1")
    assert proved(classes(), "δ(i,k)*δ(i,k)", "δ(i,k)")
    assert proved(classes(), "Σ(i, δ(i,j)*δ(i,k))", "δ(j,k)")
    assert proved(classes(), "Σ(i, δ(i,k))", "1")
    assert proved(classes(), "Σ(i, z[i], i != k)", "Σ(i, z[i]) - z[k]")
    assert refused(classes(), "δ(i,j)*δ(j,k)", "δ(i,k)")
    assert refused(classes(), "Σ(i, δ(i,k)*z[i])", "Σ(i, z[i])")


def test_the_letter_ell_does_not_turn_into_l():
    """Python normalises identifiers (NFKC): ℓ becomes l, without a word."""
    namespace = compile("ℓ", "<formula>", "eval").co_names
    assert namespace == ("l",)
    for text in ("ℓ", "a + ℓ"):
        with pytest.raises(ReadingError, match="write ell"):
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
    setting = Setting().real("I E S N Q pi gamma beta zeta O")
    assert proved(setting, "I**2", "I*I")
    assert proved(setting, "E*S + N*Q", "Q*N + S*E")
    assert refused(setting, "I**2", "-1")
    assert refused(setting, "E", "exp(1)")


def test_a_logarithm_is_split_only_where_its_parts_are_positive():
    assert sp.expand_log(sp.log(sp.Symbol("x") ** 2), force=True) == 2 * sp.log(sp.Symbol("x"))
    setting = Setting().real("a b").positive("s t").where("a != 0").where("b != 0")
    assert proved(setting, "log(s*t)", "log(s) + log(t)")
    for before, after in [("log(a**2*b**2)/2", "log(a) + log(b)"), ("log(a**2)", "2*log(a)")]:
        with pytest.raises(Refused):
            begin(setting.kernel, "Split", before).step(Step("=", after))


def test_a_root_is_not_taken_without_its_sign():
    assert sp.powdenest(sp.sqrt(sp.Symbol("x") ** 2), force=True) == sp.Symbol("x")
    setting = Setting().real("a").positive("s").where("a != 0")
    assert proved(setting, "sqrt(s**2)", "s")
    assert proved(setting, "sqrt(a**2)**2", "a**2")
    assert refused(setting, "sqrt(a**2)", "a")
    assert refused(setting, "(a**2)**(1/2)", "a")


# The same bytes on every run.

OUTPUTS = """
from corpus.derivations import ROWS
from corpus.wrong_steps import REFUTED
from cebook_utils import StepError

for row in ROWS[::8]:
    derivation = row.derive()
    print(repr(derivation.setting), derivation.setting._repr_latex_())
    print(repr(derivation), derivation.report(), derivation.certificates())
    print(derivation._repr_latex_(), derivation._repr_markdown_())
for wrong in REFUTED[::5]:
    try:
        wrong.take(wrong.begun())
    except StepError as error:
        print(error)
"""


def outputs(seed):
    """Everything that is printed, in a process of its own, as bytes."""
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", OUTPUTS],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": str(seed), "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=True,
    ).stdout


def test_the_order_of_sets_changes_no_output():
    with ThreadPoolExecutor() as pool:
        first, second = pool.map(outputs, (1, 4242))
    assert first.count(b"counterexample") >= 12
    assert first.count(rb"\begin{aligned}") >= 24
    assert first == second
