"""From terms to SymPy and back: nothing is lost, and what has no counterpart is said."""

from fractions import Fraction

import pytest
import sympy as sp

from cebook_utils import Derivation, Setting, StepError
from cebook_utils.bridge import propose as proposing
from cebook_utils.bridge.propose import derive, propose
from cebook_utils.bridge.translate import Untranslatable, to_sympy, to_text
from cebook_utils.refuting.evaluating import evaluate
from cebook_utils.refuting.parts import Point


def names():
    return (
        Setting()
        .index("i j k c", "C")
        .real("a b z[i] u[i]")
        .positive("s")
        .unit("f")
        .let("Z", "Σ(j, exp(z[j]))")
        .let("p[i]", "exp(z[i])/Z")
    )


LINES = [
    "a", "-a", "a + b", "a - b", "a*b", "a/s", "a**2", "a**3*b", "s**(1/2)", "1/(1+s)",
    "exp(a)", "log(s)", "exp(-a)*log(1+s)", "abs(a)", "abs(a - b)*2", "3", "2/3", "C", "a/C",
    "z[k]", "z[1]", "δ(i, k)", "z[i]*δ(i, k)", "Σ(i, z[i])", "Σ(i, z[i]*u[i])", "Σ(i, Σ(j, z[i]*u[j]))",
    "log(Σ(i, exp(z[i])))", "exp(z[k])/Σ(i, exp(z[i]))", "Σ(i, z[i], i != k)", "p[k]", "Σ(i, p[i]*u[i])",
    "Π(i, exp(z[i]))", "max(a, b)", "exp(1)", "a*(b + 1)**2", "(a + b)/(s + 1)",
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_line_comes_back_as_one_that_the_kernel_proves_equal(line):
    """There and back, and the kernel finds the text equal to the line it came from."""
    setting = names()
    e = to_sympy(setting.read(line), setting.kernel)
    back = to_text(e, setting.kernel)
    Derivation("There and back", setting).start(line).equals(back)


@pytest.mark.parametrize("line", LINES)
def test_the_expression_has_the_value_of_the_line(line):
    """With three classes written out, by numbers: SymPy's value against the evaluator's."""
    setting = names()
    expected = evaluate(setting.kernel, setting.read(line), Point({"C": 3}, PLACE, VALUES))
    e = to_sympy(setting.read(line), setting.kernel, {"C": 3})
    e = e.subs({sp.Symbol(i, integer=True, positive=True): n for i, n in PLACE.items()})
    found = e.xreplace({part: rational(VALUES[key(part)]) for part in e.atoms(sp.Indexed)})
    found = found.subs({x: rational(VALUES[str(x), ()]) for x in found.free_symbols})
    assert abs(float(found) - float(expected)) < 1e-12


VALUES = {
    ("a", ()): Fraction(3, 2), ("b", ()): Fraction(-2), ("s", ()): Fraction(5, 2),
    **{("z", (n,)): Fraction(n, 3) for n in (1, 2, 3)},
    **{("u", (n,)): Fraction(2 - n) for n in (1, 2, 3)},
}  # fmt: skip
PLACE = {"i": 1, "j": 2, "k": 3, "c": 2}


def key(part):
    return str(part.base.label), tuple(map(int, part.indices))


def rational(value):
    return sp.Rational(value.numerator, value.denominator)


@pytest.mark.parametrize(
    "line",
    [
        "D((a - b)**2, a)",
        "D(exp(-a**2/2), a)",
        "D(log(1 + exp(a)), a)",
        "D(Σ(i, z[i]**2), z[k])",
        "D(D(a**3, a), a)",
        "D(s*log(s), s)",
        "D(-(b*log(σ(a)) + (1-b)*log(1-σ(a))), a)",
        "Σ(i, δ(i, k)*z[i])",
    ],
)
def test_what_sympy_proposes_the_kernel_proves(line):
    setting = names()
    Derivation("Proposed", setting).start(line).equals(propose(setting, line))


def test_a_proposal_is_judged_like_any_other_line(monkeypatch):
    """SymPy stands behind no ✓: were its proposal wrong, the kernel would refuse it."""
    monkeypatch.setattr(proposing, "derive", lambda setting, line: sp.Integer(0))
    line = proposing.propose(names(), "D(a**2, a)")
    assert line == "0"
    with pytest.raises(StepError):
        Derivation("Wrong", names()).start("D(a**2, a)").equals(line)


def test_sizes_are_written_out_where_they_are_given():
    e = derive(names(), "Σ(i, z[i])", sizes={"C": 3})
    z = sp.IndexedBase("z", real=True)
    assert e == z[1] + z[2] + z[3]
    k = sp.Symbol("k", integer=True, positive=True)
    left_out = derive(names(), "Σ(i, z[i], i != k)", sizes={"C": 2})
    assert left_out.subs(k, 1) == z[2] and left_out.subs(k, 2) == z[1]


def test_a_letter_of_a_sum_is_not_caught():
    setting = Setting().index("i", "C").real("u[i]").let("h(r)", "Σ(i, r*u[i])")
    e = derive(setting, "h(u[i])")
    with pytest.raises(Untranslatable, match="a letter over 1 … C is missing"):
        to_text(e, setting.kernel)
    more = setting.index("j", "C")
    assert to_text(e, more.kernel) == "Σ(j, u[i]*u[j])"


def test_domains_are_kept():
    assert derive(names(), "s").is_positive and derive(names(), "f").is_positive
    assert derive(names(), "a").is_real and derive(names(), "a").is_positive is None


def test_a_derivative_by_a_defined_name_has_no_counterpart():
    setting = Setting().real("a").let("h", "a**2")
    with pytest.raises(Untranslatable):
        derive(setting, "D(h**2, h)")


@pytest.mark.parametrize("e", [sp.sin(sp.Symbol("a")), sp.I, sp.Symbol("a") + sp.pi, sp.nan,
                               sp.Symbol("unknown"), sp.oo])  # fmt: skip
def test_what_the_notation_cannot_say_is_not_written(e):
    with pytest.raises(Untranslatable):
        to_text(e, names().kernel)
