"""Attacks on the eleven roots of false proofs that an earlier kernel had; each row is false."""

from __future__ import annotations

from .rows import (
    CLASSES,
    LOGITS,
    MAX,
    SAMPLES,
    SOFTMAX,
    TWO_CLASSES,
    Line,
    Row,
    at,
    claims,
    distribution,
    eq,
    ge,
    gt,
    le,
    lt,
    reals,
)

INTERVALS = claims(
    "intervals",
    (),
    ("log(2)**(1/2)", gt("1"), "0.8325…"),
    ("log(3)**(1/3)", lt("1"), "1.0318…"),
    ("(log(2) - log(3))**2", gt("1/2"), "0.164…"),
    ("(exp(1) - 3)**2", ge("1/10"), "0.0794…"),
    ("(exp(1) - 2718281828/10**9)**2", gt("10**(-18)"), "2.1e-19"),
    ("exp(1)**(1/2)", gt("165/100"), "1.6487…"),
    ("log(log(3))", gt("1/10"), "0.0940…"),
    ("2**(1/2) + 3**(1/2)", gt("315/100"), "3.1462…"),
    ("abs(log(2) - 7/10)", lt("68/10**4"), "0.00685…"),
    ("log(10)**(-1/2)", gt("66/100"), "0.6590…"),
    ("exp(-log(2)**(1/2))", lt("43/100"), "0.4349…"),
    ("(log(2) - 6931471805/10**10)**2", lt("31*10**(-24)"), "3.2e-23"),
    ("(2**(1/2) - 1)**(1/2)", ge("65/100"), "0.6435…"),
)

UNIT: tuple[Line, ...] = (("unit", "u"), ("unit", "v"))
NOT_ZERO: tuple[Line, ...] = (("real", "z"), ("where", "z", "!=", "0", "z", "1"))
ROOTS = [
    *claims(
        "roots of factors below 0", UNIT,
        ("(log(u)**2)**(1/2)", eq("log(u)"), "u = 1/2: log u < 0"),
        ("(log(u)*log(v))**(1/2)", eq("log(u)**(1/2)*log(v)**(1/2)"), "roots of what is below 0"),
        ("(log(u)**4)**(1/4)", eq("log(u)"), "u = 1/2"),
        ("((u - 1)**2)**(1/2)", eq("u - 1"), "u = 1/2: 1/2, not -1/2"),
        ("(log(u)**2*v)**(1/2)", eq("log(u)*v**(1/2)"), "u = v = 1/2"),
        ("log(log(u)**2)", eq("2*log(log(u))"), "log of what is below 0"),
        ("((u - 1)*(v - 1))**(1/2)", eq("(u - 1)**(1/2)*(v - 1)**(1/2)"), "no value"),
        ("(log(u)**2)**(-1/2)", eq("1/log(u)"), "u = 1/2"),
        ("abs(log(u))", eq("log(u)"), "u = 1/2"),
        ("(log(u)**6)**(1/2)", eq("log(u)**3"), "u = 1/2"),
        ("(log(u)/log(v))**(1/2)", eq("log(u)**(1/2)/log(v)**(1/2)"), "no value"),
    ),
    *claims(
        "roots of factors below 0", NOT_ZERO,
        ("(z**2)**(1/2)", eq("z"), "z = -1"),
        ("(z**4)**(1/4)", eq("z"), "z = -1"),
        ("(z**(-2))**(1/2)", eq("1/z"), "z = -1"),
        ("exp(log(z**2)/2)", eq("z"), "z = -1"),
        ("log(z**2)", eq("2*log(z)"), "z = -1: no value"),
        ("(z**6)**(1/6)", eq("z"), "z = -1"),
    ),
]  # fmt: skip

_OF_TWO = (*TWO_CLASSES, ("real", "z[i]"), ("index", "n", "N", "1"), ("real", "x[n]"),
           ("real", "m"))  # fmt: skip
WHOLE_NAMES = [
    Row("facts about one member", f"fact {head} = {body}", (*_OF_TWO, ("fact", "a", head, body)),
        start, (eq(line, "a"),), why)
    for head, body, start, line, why in (
        ("z[2]", "1", "z[i]", "1", "only z[2] is 1"),
        ("z[1]", "0", "Σ(i, z[i])", "0", "only z[1] is 0"),
        ("z[n]", "1", "z[i]", "1", "n does not run over the classes"),
        ("x[i]", "1", "x[n]", "1", "i does not run over the samples"),
        ("z[i]", "z[1]", "z[i]", "z[1]", "z is set by itself"),
        ("z[i]", "x[n]", "z[i]", "x[n]", "n hangs free"),
        ("m", "z[i]", "m", "z[i]", "i hangs free"),
        ("m", "x[n]", "m", "x[n]", "n hangs free"),
        ("z", "1", "z[i]", "1", "z has an index"),
        ("z[i, j]", "1", "z[i]", "1", "z has one index"),
        ("z[C]", "1", "z[i]", "1", "C is no letter"),
    )
] + [
    Row("facts about one member", name, setting, start, (step,), why)
    for name, setting, start, step, why in (
        ("condition on z[2]", (*_OF_TWO, ("where", "z[2]", ">", "0", "z[i]", "1")), "z[i]",
         gt("0"), "z[1] = -1"),
        ("condition on z[1]", (*_OF_TWO, ("where", "z[1]", "!=", "0", "z[i]", "1")), "z[i]/z[i]",
         eq("1"), "z[2] = 0"),
        ("condition on z[1], a sum", (*_OF_TWO, ("where", "z[1]", ">", "0", "z[i]", "1")),
         "Σ(i, z[i])", gt("0"), "z[2] = -9"),
        ("condition on z[1] - z[2]",
         (*_OF_TWO, ("where", "z[1] - z[2]", ">", "0", "z[i]", "δ(i, 1)")),
         "z[i] - z[j]", gt("0"), "i = j"),
    )
]  # fmt: skip

_XS = (*SAMPLES, ("real", "x[n]"), ("real", "w"))
HIDDEN_TWICE = [
    Row("an index hidden twice", name, (*_XS, *lets), start, (step,), why)
    for name, lets, start, step, why in (
        ("L[n] over ell", (("let", "ell", "x[n]"), ("let", "L[n]", "ell")), "L[m]", eq("x[m]"),
         "ell is x[n]"),
        ("sum of L over ell", (("let", "ell", "x[n]"), ("let", "L", "ell**2")), "Σ(n, L)",
         eq("Σ(n, x[n]**2)"), "L is x[n]**2 for one n"),
        ("three deep", (("let", "a", "x[n]"), ("let", "b", "a"), ("let", "d[n]", "b")), "d[m]",
         eq("x[m]"), "a is x[n]"),
        ("by a function", (("let", "f(t)", "t*x[n]"), ("let", "L[n]", "f(1)")), "L[m]", eq("x[m]"),
         "f holds x[n]"),
        ("a sum of a function", (("let", "f(t)", "t*x[n]"),), "Σ(n, f(1))", eq("Σ(n, x[n])"),
         "f holds x[n]"),
        ("an argument", (("let", "f(t)", "t"), ("let", "ell", "x[n]")), "Σ(n, f(ell))",
         eq("Σ(n, x[n])"), "ell is x[n]"),
        ("a mean's slope", (("let", "ell", "(w*x[n] - 1)**2/2"), ("let", "L", "Σ(n, ell)/N")),
         "D(L, w)", eq("(w*x[n] - 1)*x[n]"), "the gradient of one sample"),
        ("another letter's mean", (("let", "ell", "x[n]"), ("let", "L", "Σ(m, ell)/N")), "L",
         eq("Σ(m, x[m])/N"), "L is x[n]"),
        ("a slope", (("let", "ell", "x[n]**2"),), "D(ell, x[m])", eq("2*x[m]"), "n ≠ m: 0"),
        ("a letter renamed", (("let", "ell", "x[n]"),), "ell", eq("x[m]"), "x = (1, 2)"),
        ("in a product", (("let", "ell", "exp(x[n])"),), "Π(n, ell)", eq("exp(Σ(n, x[n]))"),
         "ell is one factor"),
        ("in a condition", (("let", "ell", "x[n]"), ("where", "ell*x[n]", ">", "0", "x[n]", "1")),
         "x[n]*x[m]", gt("0"), "x = (1, -1)"),
        ("in a condition, a sum", (("let", "ell", "x[n]"),
         ("where", "ell*x[n]", ">", "0", "x[n]", "1")), "ell*Σ(m, x[m])", gt("0"), "x = (1, -9)"),
        ("in a fact", (("let", "ell", "x[n]"), ("real", "y[n]"), ("fact", "a", "y[n]", "ell")),
         "y[m]", eq("x[m]", "a"), "ell is x[n]"),
    )
]  # fmt: skip

_Y = (*CLASSES, ("nonnegative", "y[i]"))
TITLES = [
    Row("titles used twice", name, setting, start, steps, why)
    for name, setting, start, steps, why in (
        ("two facts", (("real", "m"), ("fact", "a", "m", "1"), ("fact", "a", "m", "2")), "m",
         (eq("2", "a"),), "a says 1"),
        ("one-hot twice", (*_Y, ("one-hot", "y", "c"), ("one-hot", "y", "k")), "y[k]",
         (eq("1", "y is one-hot"),), "one-hot at c"),
        ("sums to one twice", (*_Y, ("sums to one", "y"), ("sums to one", "y")), "Σ(i, y[i])",
         (eq("2", "y sums to one"),), "it is 1"),
        ("a fact called so", (*_Y, ("real", "m"), ("fact", "y sums to one", "m", "0"),
         ("sums to one", "y")), "m", (eq("0", "y sums to one"),), "a title of two meanings"),
        ("a fact called one-hot", (*_Y, ("one-hot", "y", "c"), ("fact", "y is one-hot", "y[i]",
         "1")), "y[k]", (eq("1", "y is one-hot"),), "a title of two meanings"),
        ("no fact", (("real", "m"),), "m", (eq("1", "m is one"),), "never declared"),
        ("two facts, one step", (("real", "m"), ("fact", "a", "m", "1"), ("fact", "b", "m", "2")),
         "m", (eq("2", "a", "b"),), "a and b contradict"),
        ("two facts, two steps", (("real", "m"), ("fact", "a", "m", "1"), ("fact", "b", "m", "2")),
         "1", (eq("m", "a"), eq("2", "b")), "1 = 2"),
        ("facts in a circle", (*reals("a", "b"), ("fact", "A", "a", "b"),
         ("fact", "B", "b", "a + 1")), "a", (eq("b", "A"), eq("a + 1", "B")), "a = a + 1"),
        ("facts in a circle, one step", (*reals("a", "b"), ("fact", "A", "a", "b"),
         ("fact", "B", "b", "a + 1")), "a", (eq("a + 1", "A", "B"),), "a = a + 1"),
        ("one-hot and uniform", (*_Y, ("one-hot", "y", "c"), ("fact", "flat", "y[i]", "1/C")),
         "y[k]", (eq("1/C", "flat"), eq("δ(c, k)", "y is one-hot")), "C = 2: 1/2 is not 0"),
        ("uniform and one", (*_Y, ("sums to one", "y"), ("fact", "all", "y[i]", "1")), "C",
         (eq("Σ(i, y[i])", "all"), eq("1", "y sums to one")), "C = 2"),
    )
]  # fmt: skip

_F = (("real", "z"), ("real", "x"), ("binary", "b"))
FUNCTIONS = [
    Row("derivatives inside functions", name, (*_F, ("let", "f(t)", body)), start, (step,), why)
    for name, body, start, step, why in (
        ("by a binary", "D(t*b, b)", "f(z)", eq("z"), "no derivative by b"),
        ("by a binary, squared", "t*D(b**2, b)", "f(1)", eq("1"), "no derivative by b"),
        ("captured", "D(t*z, z)", "f(z)", eq("2*z"), "f(z) = z; z = 1"),
        ("captured, squared", "D(t*z**2, z)", "f(z)", eq("3*z**2"), "2·z²; z = 1"),
        ("captured twice", "D(D(t*z**2, z), z)", "f(z)", eq("6*z"), "2·z; z = 1"),
        ("a kink", "D(abs(t), t)", "f(z)", eq("abs(z)/z"), "z = 0"),
        ("a kink at a number", "D(abs(t), t)", "f(0)", eq("0"), "no value"),
        ("a kink within", "D(abs(t - 1), t)", "f(1)", eq("0"), "no value"),
        ("outer slope", "D(t*z, z)", "D(f(z), z)", eq("2"), "f(z) = z"),
        ("outer slope of a square", "D(t*z**2, z)", "D(f(x), z)", eq("0"), "2·x"),
        ("no value inside", "D(log(t), t)", "f(z)", eq("1/z"), "z = 0"),
        ("an unused slope", "1 + 0*D(abs(t), t)", "f(z)", eq("1"), "z = 0: no value"),
        ("by another name", "D(t**2, z)", "f(z)", eq("2*z"), "0; z = 1"),
        ("slope at the argument", "D(t**2, t)", "f(3*z)", eq("2*z"), "6·z; z = 1"),
    )
]  # fmt: skip

_ONE = (*CLASSES, ("real", "z[i]"), ("binary", "b"), ("real", "x"), ("let", "one[i]", "1"),
        ("let", "f(t)", "1"), ("let", "g(s, t)", "s"), ("let", "bad", "1/(x - x)"))  # fmt: skip
VALUELESS = claims(
    "without a value", _ONE,
    ("one[7]", eq("1"), "no seventh class"), ("z[2] - z[2]", eq("0"), "C = 1"),
    ("D(b, z[7])", eq("0"), "no seventh class"), ("D(x, z[2])", eq("0"), "C = 1"),
    ("δ(7, 7)", eq("1"), "of no range"), ("δ(i, 7)", eq("0"), "C = 1"),
    ("f(1/x)", eq("1"), "x = 0"), ("f(log(x))", eq("1"), "x = 0"), ("g(x, 1/x)", eq("x"), "x = 0"),
    ("f(bad)", eq("1"), "bad has no value"), ("0*bad", eq("0"), "bad has no value"),
    ("log(x) - log(x)", eq("0"), "x = 0"), ("(1/x)**0", eq("1"), "x = 0"),
    ("0/x", eq("0"), "x = 0"), ("x/x", eq("1"), "x = 0"), ("D(f(1/x), x)", eq("0"), "x = 0"),
    ("Σ(i, 1/x)", eq("C/x"), "x = 0"), ("Σ(i, one[3])", eq("C"), "C = 1"),
    ("Σ(i, 1/z[i], i != k)", eq("Σ(i, 1/z[i], i != k)"), "z[1] = 0"),
    ("Π(i, z[i])", eq("Π(j, z[j])"), "Π is understood above 0"),
    ("Σ(i, x, i != 2)", eq("C*x - x"), "C = 1"), ("x**(1/2) - x**(1/2)", eq("0"), "x = -1"),
    ("exp(log(x)) - x", eq("0"), "x = 0"), ("abs(1/x)*abs(x)", eq("1"), "x = 0"),
    ("D(abs(x), x)*0", eq("0"), "x = 0"), ("D(bad, z[1])", eq("0"), "bad has no value"),
    ("b/b", eq("1"), "b = 0"), ("log(b)", le("0"), "b = 0"), ("x**b", ge("0"), "x = -1"),
)  # fmt: skip

_P = (("unit", "p"), ("real", "z"), ("positive", "s"), ("nonnegative", "a"), ("binary", "b"),
      ("where", "z", "!=", "0", "z", "1"), *CLASSES, ("real", "q[i]"),
      ("fact", "set", "p", "1/2"))  # fmt: skip
POINTS = [
    Row("points outside", f"{start} at {point}", _P, start, (at(eq(line, *using), **point),), why)
    for start, line, using, point, why in (
        ("p", "5", (), {"p": "5"}, "p is between 0 and 1"), ("p", "1", (), {"p": "1"}, "p < 1"),
        ("p", "0", (), {"p": "0"}, "p > 0"), ("s", "-1", (), {"s": "-1"}, "s > 0"),
        ("s", "0", (), {"s": "0"}, "s > 0"), ("a", "-1", (), {"a": "-1"}, "a ≥ 0"),
        ("b", "2", (), {"b": "2"}, "b is 0 or 1"), ("b", "1/2", (), {"b": "1/2"}, "b is 0 or 1"),
        ("z", "0", (), {"z": "0"}, "z is not 0"), ("p", "1/3", ("set",), {"p": "1/3"}, "p = 1/2"),
        ("q[1]", "1", (), {"q": "1"}, "q has an index"), ("C", "3", (), {"C": "3"}, "a size"),
        ("z", "p", (), {"z": "p"}, "p is no number"), ("z", "2**(1/2)", (), {"z": "2**(1/2)"}, ""),
        ("1/(z - 1)", "1/(z - 1)", (), {"z": "1"}, "no value"),
        ("log(s - 2)", "log(0)", (), {"s": "2"}, "no value"),
    )
] + [
    Row("points outside", "two points", (("real", "z"),), "z",
        (at(eq("1"), z="1"), at(eq("z - 1"), z="2")), "z = z - 1"),
    Row("points outside", "two points, an order", (("real", "z"),), "z",
        (at(le("1"), z="1"), at(le("z - 5"), z="9")), "z ≤ z - 5"),
]  # fmt: skip

LEAST = claims(
    "a literal raises the least size", (*LOGITS, ("real", "x")),
    ("C", gt("1"), "C = 1"), ("z[2] + C", gt("z[2] + 1"), "C = 1"), ("C", ge("2"), "C = 1"),
    ("Σ(i, δ(i, 2))", eq("1"), "C = 1"), ("Σ(i, δ(i, 7))", eq("1"), "C < 7"),
    ("Σ(i, z[i])", eq("z[1] + Σ(i, z[i], i != 1) + 0*z[3]"), "C = 1"),
    ("Σ(i, exp(z[i]))", gt("exp(z[2])"), "C = 1"), ("D(z[1], z[2])", eq("0"), "C = 1"),
    ("Σ(i, 1, i != 2)", eq("C - 1"), "C = 1"), ("x + 0*z[9]", eq("x"), "C = 1"),
    ("Π(i, exp(z[i]), i != 3)", eq("exp(Σ(i, z[i]) - z[3])"), "C = 1"),
    ("C**2", gt("C"), "C = 1"), ("1/(C - 1)", gt("0"), "C = 1"),
    ("Σ(i, exp(z[i]))", gt("exp(z[k])"), "C = 1"),
)  # fmt: skip

NESTED = claims(
    "names of bound indices", (*CLASSES, ("real", "x[i, j]"), ("real", "z[i]"), ("real", "y[i]")),
    ("Σ(i, Σ(j, x[i, j]))", eq("Σ(i, x[i, i])*C"), "x = ((0, 1), (0, 0))"),
    ("Σ(i, Σ(j, x[i, j]*z[i]))", eq("Σ(i, Σ(j, x[i, j]*z[j]))"), "x not symmetric"),
    ("Σ(i, z[i]*Σ(j, x[i, j]))", eq("Σ(j, z[j]*Σ(i, x[i, j]))"), "x not symmetric"),
    ("Σ(i, z[i]*exp(Σ(j, x[i, j])))", eq("Σ(i, z[i]*exp(Σ(j, x[j, i])))"), "x not symmetric"),
    ("Σ(i, Σ(j, z[i]*z[j]))", eq("Σ(i, z[i]**2)"), "z = (1, 1)"),
    ("Σ(i, z[i]*exp(Σ(j, z[j])))", eq("Σ(i, z[i]*exp(z[i]))"), "z = (1, 2)"),
    ("Σ(i, exp(Σ(j, x[i, j]*z[k])))", eq("Σ(i, exp(Σ(j, x[i, j]*z[i])))"), "z = (1, 2)"),
    ("Σ(i, exp(Σ(j, x[i, j]*Σ(k, x[j, k]))))", eq("Σ(i, exp(Σ(j, x[i, j]*Σ(k, x[k, j]))))"), ""),
    ("Σ(i, Σ(j, exp(x[i, j])*exp(Σ(k, x[i, k]))))",
     eq("Σ(i, Σ(j, exp(x[i, j])*exp(Σ(k, x[j, k]))))"), "x not symmetric"),
    ("Σ(i, z[i])*Σ(i, y[i])", eq("Σ(i, z[i]*y[i])"), "z = (1, 0), y = (0, 1)"),
    ("Σ(i, Σ(j, exp(x[i, j] + x[j, k])))", eq("Σ(i, Σ(j, exp(x[i, j] + x[j, i])))"), ""),
    ("D(Σ(i, exp(Σ(j, x[i, j]))), x[k, c])", eq("exp(Σ(j, x[j, k]))"), "the wrong row"),
    ("Σ(i, exp(Σ(j, exp(x[i, j] + z[k]))))", eq("Σ(i, exp(Σ(j, exp(x[i, j] + z[j]))))"), ""),
)  # fmt: skip

INTERRUPTED = [
    Row("after an interrupted check", name, SOFTMAX, "p[k]", steps, why)
    for name, steps, why in (
        (f"a wrong line {n}", (eq("exp(z[k])/Σ(j, exp(z[j]))"), eq(line)), "z = (0, 1)")
        for n, line in enumerate((
            "exp(z[k])", "1/C", "p[j]", "1 - p[k]", "exp(z[k])/exp(Σ(j, z[j]))", "p[k]**2",
            "exp(z[k])/Σ(j, exp(z[k]))", "Σ(j, p[j])", "log(p[k])", "p[k]/(1 + p[k])", "δ(k, j)",
        ))
    )
]  # fmt: skip

_B = (("binary", "b"), ("real", "z"), ("real", "w"),
      ("where", "b*(z + w) + 1 - b", ">", "0", "b", "0", "z", "1", "w", "0"),
      ("where", "z + w", "!=", "0"))  # fmt: skip
_DIAGONAL = (*CLASSES, ("real", "x[i, j]"), ("real", "w"),
             ("where", "(1 - δ(i, j))*(x[i, j] + w) + δ(i, j)", ">", "0", "x[i, j]", "1",
              "w", "0"), ("where", "x[i, j] + w", "!=", "0"))  # fmt: skip
FOUND = [
    *claims(
        "a sign of one half of a case", _B,
        ("1/(z + w) + 0*(b*(z + w) + 1 - b)**(1/2)", gt("0"), "b = 0, z = -1, w = 0"),
        ("1/(z + w) + 0/(b*(z + w) + 1 - b)", gt("0"), "b = 0, z = -1, w = 0"),
        ("(b*(z + w) + 1 - b)**(1/2)*0 + abs(1/(z + w))", eq("1/(z + w)"), "b = 0, z = -1"),
        ("1/(z + w)**3 + 0*(b*(z + w) + 1 - b)**(1/3)", gt("0"), "b = 0, z = -1, w = 0"),
        ("z + w + 0*log(b*(z + w) + 1 - b)", gt("0"), "b = 0, z = -1, w = 0"),
    ),
    *claims(
        "a sign of one half of a case", _DIAGONAL,
        ("1/(x[i, j] + w) + 0*((1 - δ(i, j))*(x[i, j] + w) + δ(i, j))**(1/2)", gt("0"),
         "i = j, x = -1 on the diagonal"),
        ("1/(x[i, i] + w) + 0*((1 - δ(i, j))*(x[i, j] + w) + δ(i, j))**(1/2)", gt("0"),
         "x = -1 on the diagonal"),
    ),
    *claims(
        "reals that sum to one", (*TWO_CLASSES, *distribution("w", "real")),
        ("w[k]", ge("0", "w sums to one"), "w = (2, -1)"),
        ("w[k]", le("1", "w sums to one"), "w = (2, -1)"),
        ("w[k]**2", le("1", "w sums to one"), "w = (2, -1)"),
        ("w[k]*(1 - w[k])", ge("0", "w sums to one"), "w = (2, -1)"),
        ("1/5 + w[k]", gt("0", "w sums to one"), "w = (2, -1)"),
    ),
    *claims(
        "max of two", (MAX, *reals("a1", "b1")),
        ("max(a1, b1)", eq("a1 + b1"), "a1 = b1 = 1"), ("max(a1, b1)", le("a1"), "b1 > a1"),
    ),
]  # fmt: skip

_NONZERO = (*reals("z", "v"), ("positive", "s"), ("where", "z", "!=", "0", "z", "1"))

NEIGHBOURS = [
    *claims(
        "even powers under roots and logarithms", _NONZERO,
        ("(z**2)**(1/2)", eq("z"), "z = -1"), ("(z**6)**(1/2)", eq("z**3"), "z = -1"),
        ("log(z**2)", eq("2*log(z)"), "z = -1: no logarithm"), ("log(z**2)", ge("0"), "z = 1/2"),
        ("log(z**2)", eq("log(abs(z))"), "z = 2"), ("(s/z**2)**(1/2)", eq("s**(1/2)/z"), "z = -1"),
        ("(v**2)**(1/2)", eq("abs(v)"), "v = 0: no value"), ("log(v**2)", eq("2*log(abs(v))"), "v = 0"),
        ("(z**2)**(1/4)", eq("abs(z)"), "z = 4"),
    ),
    *claims(
        "squares", _NONZERO,
        ("s + 1/s", gt("2"), "s = 1"), ("s + 1/s", ge("21/10"), "s = 1"), ("z + 1/z", ge("2"), "z = -1"),
        ("v**2 - v + 1/4", gt("0"), "v = 1/2"), ("v**2 + 2*v*z", ge("0"), "v = 1, z = -1"),
        ("2*v*z - v**2 - z**2", ge("0"), "v = 0, z = 1"), ("v - v**2", lt("1/4"), "v = 1/2"),
        ("v**2 + z**2 + s**2", ge("2*(v*z + z*s + s*v)"), "v = z = s = 1"),
        ("z*v**2 + 2*v + 1/z", ge("0"), "z = -1, v = 0"), ("v**2 + v + 1/5", ge("0"), "v = -1/2"),
        ("v**2 - 3*v + 1", le("0"), "v = 0"), ("3*v - v**2 - 1", ge("0"), "v = 0"),
    ),
    *claims(
        "δ of indices that are apart", CLASSES,
        ("δ(i, j)*δ(j, k)", eq("δ(i, k)"), "i = k ≠ j"), ("1 - δ(i, j)", eq("1 - δ(i, k)"), "i = j ≠ k"),
        ("(1 - δ(i, j))*(1 - δ(j, k))*(1 - δ(i, k))", eq("0"), "three classes"),
        ("(1 - δ(i, 1))*(1 - δ(i, j))", eq("1 - δ(i, 1) - δ(i, j)"), "i = j = 1"),
        ("δ(c, 1)*δ(k, 1)", eq("δ(c, 1)*(1 - δ(k, c))"), "c = k = 1"),
    ),
]  # fmt: skip

ROWS = (*INTERVALS, *ROOTS, *WHOLE_NAMES, *HIDDEN_TWICE, *TITLES, *FUNCTIONS, *VALUELESS, *POINTS,
        *LEAST, *NESTED, *INTERRUPTED, *FOUND, *NEIGHBOURS)  # fmt: skip
