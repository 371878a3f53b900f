"""Attacks by class: partial functions, hidden indices, contradictions, lemmas, decimals, indices."""

from __future__ import annotations

from .rows import (
    CLASSES,
    LOGITS,
    SAMPLES,
    TWO_CLASSES,
    Line,
    Row,
    claims,
    distribution,
    eq,
    ge,
    gt,
    le,
    lt,
)

_R = (("real", "z"), ("real", "w"), ("nonnegative", "a"), ("binary", "b"), ("unit", "u"))
PARTIAL = claims(
    "partial functions", _R,
    ("z + 3", gt("0"), "z = -4"), ("z + 3", eq("exp(log(z + 3))"), "z = -4"),
    ("z", gt("0", ), "z = -1"), ("z", eq("(z**(1/2))**2"), "z = -1"),
    ("(-4)**(1/2)*(-9)**(1/2)", eq("-6"), "no value"), ("log(-1) - log(-1)", eq("0"), "no value"),
    ("(z - w)*2/(z - w)", eq("2"), "z = w"), ("(z**2 - w**2)/(z - w)", eq("z + w"), "z = w"),
    ("a/a", eq("1"), "a = 0"), ("a*log(a)", le("a**2"), "a = 0"), ("a**(1/2)", ge("0"), "a = 0"),
    ("1/z - 1/z", eq("0"), "z = 0"), ("1/(z**2 + a)", gt("0"), "z = a = 0"),
    ("log(1 - u) + log(u)", eq("log(u*(u - 1))"), "below 0"),
    ("log(z*w)", eq("log(z) + log(w)"), "z = w = -1"), ("log(z**2)/2", eq("log(abs(z))"), "z = 0"),
    ("abs(z)/z", eq("z/abs(z)"), "z = 0"), ("D(log(z), z)", eq("1/z"), "z = 0"),
    ("D(z**(3/2), z)", eq("3/2*z**(1/2)"), "z = -1"), ("D(abs(z)*z, z)", eq("2*z"), "z = -1"),
    ("z**w", gt("0"), "z = 0"), ("(z**2)**w", ge("0"), "z = 0"), ("1/(1 - b)", ge("1"), "b = 1"),
    ("1/(b + z**2)", gt("0"), "b = z = 0"), ("z/(z*w)", eq("1/w"), "z = 0"),
    ("1/(z - (z - 0))", eq("0"), "no value"), ("(z - z)**(-1)", eq("1"), "no value"),
    ("1/(exp(z)*exp(-z) - 1)", eq("2"), "no value"), ("log(1/(u - 1)**2)", eq("2*log(1/(u-1))"), ""),
) + [
    Row("partial functions", "a gap without a value", _R, "z + 3",
        (ge("0", gap="exp(log(z + 3))"),), "z = -4"),
    Row("partial functions", "a gap that is not the difference", _R, "z", (ge("0", gap="z**2"),),
        "z = -1"),
    Row("partial functions", "a gap of a root", _R, "z", (ge("0", gap="(z**(1/2))**2"),), "z = -1"),
]  # fmt: skip

_XS = (*SAMPLES, ("real", "x[n]"), ("real", "y[n]"), ("real", "w"), ("let", "ell",
       "(w*x[n] - y[n])**2/2"), ("let", "r", "w*x[n] - y[n]"), ("let", "f(t)", "t*x[n]"),
       ("let", "S", "Σ(n, x[n])"))  # fmt: skip
HIDDEN = claims(
    "hidden indices", _XS,
    ("Σ(n, ell)/N", eq("ell"), "ell is one sample's"), ("Σ(m, ell)/N", eq("Σ(m, (w*x[m] - y[m])**2/2)/N"),
     "ell is one sample's"),
    ("D(Σ(m, ell)/N, w)", eq("Σ(m, (w*x[m] - y[m])*x[m])/N"), "ell is one sample's"),
    ("ell", eq("(w*x[m] - y[m])**2/2"), "n ≠ m"), ("D(ell, x[m])", eq("r*w"), "n ≠ m"),
    ("D(ell, y[m])", eq("-r"), "n ≠ m"), ("Σ(m, r*x[m])", eq("Σ(m, (w*x[m] - y[m])*x[m])"), "r"),
    ("Σ(m, f(1))", eq("S"), "f holds x[n]"), ("f(x[m])", eq("x[m]**2"), "n ≠ m"),
    ("Σ(m, f(x[m]))", eq("Σ(m, x[m]**2)"), "n ≠ m"), ("D(f(w), x[m])", eq("w"), "n ≠ m"),
    ("S", eq("N*x[n]"), "x = (0, 1)"), ("Σ(m, δ(n, m)*ell)", eq("Σ(m, ell)"), "N = 2"),
    ("D(S, x[n])*S", eq("Σ(n, x[n]**2)"), "x = (1, 1)"), ("Σ(m, δ(m, n)*r)", eq("N*r"), "N = 2"),
    ("D(Σ(m, r*r), w)", eq("2*Σ(m, (w*x[m] - y[m])*x[m])"), "r is one sample's"),
    ("Π(m, exp(r))", eq("exp(w*S - Σ(m, y[m]))"), "r is one sample's"),
    ("Σ(n, r)", eq("w*S - Σ(n, y[n])"), "r is one sample's"), ("D(r, x[m])", eq("w"), "n ≠ m"),
    ("Σ(m, f(δ(m, n)))", eq("S"), "f holds x[n]"), ("f(1) - x[m]", eq("0"), "n ≠ m"),
    ("D(D(ell, w), x[m])", eq("2*w*x[n] - y[n]"), "n ≠ m"),
)  # fmt: skip

_D = (*CLASSES, *distribution("y"), ("one-hot", "y", "c"), *distribution("p", "positive"),
      ("real", "z[i]"))  # fmt: skip
_TO_ONE, _HOT, _P = "y sums to one", "y is one-hot", "p sums to one"
CITED = claims(
    "cited facts", _D,
    ("Σ(i, y[i])", eq("1"), "not cited"), ("y[k]", eq("1", _HOT), "c ≠ k"),
    ("Σ(i, y[i]*z[i])", eq("z[k]", _HOT), "c ≠ k"), ("Σ(i, p[i])", eq("1", _TO_ONE), "of y, not p"),
    ("Σ(i, y[i]**2)", eq("1", _TO_ONE), "y = (1/2, 1/2)"), ("y[k]", lt("1", _TO_ONE), "C = 1"),
    ("y[k]", gt("0", _TO_ONE), "y = (0, 1)"), ("p[k]", lt("1", _P), "C = 1"),
    ("Σ(i, y[i]*z[i])", eq("Σ(i, z[i])", _TO_ONE), "z = (1, 1)"), ("Σ(c, y[c]*z[c])",
     eq("Σ(c, z[c])", _HOT), "C = 2"), ("y[i]*y[j]", eq("y[i]", _HOT), "j ≠ c"),
    ("D(Σ(i, y[i]), y[k])", eq("0", _TO_ONE), "1: before the fact is put in"),
    ("Σ(i, y[i]*p[i])", eq("1", _TO_ONE, _P), "y = p = (1/2, 1/2)"), ("y[i] + y[j]",
     le("1", _TO_ONE), "i = j"), ("p[i] + p[j]", le("1", _P), "i = j, C = 1"),
    ("y[i]*y[j]", le("1/4", _TO_ONE), "i = j"), ("Σ(i, y[i], i != k)", eq("1", _TO_ONE), "y_k > 0"),
    ("-log(p[k])", gt("0", _P), "C = 1"), ("-Σ(i, p[i]*log(p[i]))", gt("0", _P), "C = 1"),
    ("y[k]**2", ge("y[k]", _TO_ONE), "y = (1/2, 1/2)"), ("Σ(i, y[i]*log(y[i]))", eq("0", _HOT), ""),
    ("1/p[k]", gt("1", _P), "C = 1"), ("y[k]/y[k]", eq("1", _TO_ONE), "y = (0, 1)"),
    ("Σ(i, Σ(j, y[i]*p[j]*z[i]))", eq("Σ(j, p[j]*z[j])", _TO_ONE, _P), "z = (0, 1)"),
    ("y[k]", eq("δ(k, j)", _HOT), "j ≠ c"), ("y[1]", eq("1", _HOT), "c = 2"),
)  # fmt: skip

_M: tuple[Line, ...] = (*CLASSES, *distribution("q", "positive"), ("real", "x"), ("unit", "u"),
                        ("positive", "s"), ("nonnegative", "a"), ("binary", "b"), ("real", "m"))  # fmt: skip
CONTRADICTORY = [
    Row("contradictory declarations", f"{n}: {' '.join(lines[-1])}", (*_M, *lines), start,
        (eq(line, *using),), why)
    for n, (lines, start, line, using, why) in enumerate((
        ((("one-hot", "q", "c"),), "q[k]", "0", ("q is one-hot",), "q > 0"),
        ((("fact", "f", "s", "-1"),), "s", "-1", ("f",), "s > 0"),
        ((("fact", "f", "s", "0"),), "s", "0", ("f",), "s > 0"),
        ((("fact", "f", "s", "x"),), "s", "x", ("f",), "x = -1"),
        ((("fact", "f", "u", "s"),), "u", "s", ("f",), "s = 2"),
        ((("fact", "f", "u", "1"),), "u", "1", ("f",), "u < 1"),
        ((("fact", "f", "u", "1/C"),), "u", "1/C", ("f",), "C = 1"),
        ((("fact", "f", "a", "s - 1"),), "a", "s - 1", ("f",), "s = 1/2"),
        ((("fact", "f", "b", "u"),), "b", "u", ("f",), "u = 1/2"),
        ((("fact", "f", "b", "2*b"),), "b", "2*b", ("f",), "b by itself"),
        ((("fact", "f", "x", "x + 1"),), "x", "x + 1", ("f",), "x by itself"),
        ((("let", "d", "x + 1"), ("fact", "f", "x", "d")), "x", "d", ("f",), "x by itself"),
        ((("fact", "f", "q[i]", "1"),), "C", "1", ("f", "q sums to one"), "C = 2"),
        ((("fact", "f", "s", "1/x"),), "s", "1/x", ("f",), "x = 0"),
        ((("where", "x", "<", "0", "x", "-1"), ("where", "x", ">", "0", "x", "1")), "1", "2", (), ""),
        ((("where", "s", "<", "0", "s", "1"),), "1", "2", (), "s > 0"),
        ((("where", "q[i]", ">", "1/2", "q[i]", "1"),), "1", "2", (), "C = 2: Σq > 1"),
        ((("where", "x", "!=", "x", "x", "1"),), "1", "2", (), "never"),
        ((("where", "C", ">", "1"),), "C/C", "2", (), "C = 1"),
        ((("where", "q[i] - q[j]", "!=", "0", "q[i]", "1/C"),), "1", "2", (), "i = j"),
        ((("where", "u", ">=", "1", "u", "1/2"),), "1", "2", (), "u < 1"),
        ((("where", "x", ">", "0"),), "x", "x + 1", (), "no witness"),
        ((("where", "x", ">", "m", "x", "m + 1", "m", "0"),), "1", "2", (), "a witness is a number"),
        ((("where", "x", ">", "0", "x", "1"), ("fact", "f", "x", "-1")), "x", "-1", ("f",), "x > 0"),
        ((("where", "log(x)", ">", "0", "x", "3"),), "1", "2", (), "no value where x < 0"),
        ((("where", "b*(1 - b)", ">", "0", "b", "1"),), "1", "2", (), "b is 0 or 1"),
        ((("where", "x**2", "<", "0", "x", "1"),), "1", "2", (), "never"),
        ((("unit", "v[i]"), ("sums to one", "v")), "v[1]", "1", ("v sums to one",), "C = 1"),
        ((("positive", "x"),), "x", "abs(x)", (), "declared already"),
    ))
]  # fmt: skip

LEMMAS = [
    Row("lemmas", f"{n}: {body}", (("positive", "s"), ("real", "z"), *CLASSES, ("lemma", head,
        body)), start, (step,), why)
    for n, (head, body, start, step, why) in enumerate((
        ("g(s)", "s - 1 - log(s)", "g(z)", ge("0"), "captures s"),
        ("g(t)", "t - 1 - log(s)", "g(s)", ge("0"), "holds s"),
        ("g(t)", "t - 1 - log(t) + s - s", "g(s)", ge("0"), "holds s"),
        ("g(t)", "t - 1", "g(s)", ge("0"), "t = 1/2"), ("g(t)", "-(t - 1)**2", "g(s)", ge("0"), ""),
        ("g(t)", "log(t)", "g(s)", ge("0"), "t = 1/2"), ("g(t)", "(t - 1)**3", "g(s)", ge("0"), ""),
        ("g(t)", "t - 2 - log(t)", "g(s)", ge("0"), "t = 1"),
        ("g(t)", "t**2 - 1 - log(t)", "g(s)", ge("0"), "g'(1) = 1"),
        ("g(t)", "abs(t - 1) - 1 + 1", "g(s)", gt("0"), "t = 1"),
        ("g(t)", "(t - 1)**4 - (t - 1)**2", "g(s)", ge("0"), "t = 3/2"),
        ("g(t)", "1/(t - 1)**2", "g(s)", ge("0"), "t = 1"), ("g(t)", "t - 1 - log(t)", "g(z)",
         ge("0"), "z = -1"), ("g(t)", "t - 1 - log(t)", "g(s)", gt("0"), "s = 1"),
        ("g(t)", "t - 1 - log(t)", "-g(s)", ge("0"), "s = 2"),
        ("g(t)", "t - 1 - log(t)", "g(s) - 1", ge("0"), "s = 1"),
        ("g(t)", "t - 1 - log(t)", "D(g(s), s)", ge("0"), "s = 1/2"),
        ("g(t)", "t - 1 - log(t)", "g(s) - g(2*s)", ge("0"), "s = 1"),
        ("g(t)", "t - 1 - log(t)", "s*g(s) - s", ge("0"), "s = 1"),
        ("g(t, r)", "t - 1 - log(t)", "g(s, z)", ge("0"), "two parameters"),
        ("g(t)", "t - 1 - log(t) + C - 1", "g(s)", gt("0"), "C = s = 1"),
        ("g(t)", "(t - 1)**2*(t - 2)", "g(s)", ge("0"), "t = 1/2"),
    ))
]  # fmt: skip

DECIMALS = claims(
    "decimals", (("real", "z"),),
    ("0.1 + 0.2", eq("0.30000000000000004"), "3/10"), ("0.1*3", gt("0.3"), "equal"),
    ("1/3", eq("0.3333333333333333"), ""), ("2**(1/2)", eq("1.4142135623730951"), ""),
    ("10**(-29)", eq("0"), "above 0"), ("0.00000000000000000000000001", eq("0"), ""),
    ("1 + 10**(-20)", eq("1"), ""), ("10**20 + 1", eq("10**20"), ""), ("exp(1)", eq("2.718281828459045"), ""),
    ("exp(-60)", eq("0"), ""), ("exp(-400)", eq("0"), ""), ("log(2)", eq("0.6931471805599453"), ""),
    ("0.5*z", eq("0.50000000000000001*z"), "z = 1"), ("z + 10**(-25)", eq("z"), ""),
    ("(1 + 10**(-9))**2", eq("1 + 2*10**(-9)"), ""), ("1e-400", eq("0"), "no notation"),
    ("1e5", eq("100000"), "no notation"), ("0.1**20", eq("0"), ""), ("2**64 + 1", eq("2**64"), ""),
    ("10**16 + 1 - 10**16", eq("0"), ""), ("3*(1/3 - 0.33333333333333333333333)", eq("0"), ""),
    (".5", eq("1/2"), "no notation"), ("5.", eq("5"), "no notation"), ("1_000", eq("1000"), ""),
)  # fmt: skip

WRITTEN = claims(
    "written indices", (*LOGITS, *SAMPLES, ("real", "x[n, i]")),
    ("Σ(i, δ(i, 7))", eq("1"), "C < 7"), ("Σ(i, z[i]*δ(i, 2))", eq("z[2]"), "C = 1"),
    ("z[2]", eq("z[2]"), "C = 1"), ("D(Σ(i, z[i]**2), z[2])", eq("2*z[2]"), "C = 1"),
    ("Σ(i, z[i], i != 2)", eq("Σ(i, z[i]) - z[2]"), "C = 1"), ("δ(1, 2)", eq("0"), "of no range"),
    ("z[1]", eq("z[i]"), "z = (0, 1)"), ("δ(i, 1)", eq("1"), "i = 2"), ("δ(i, 1)", eq("0"), "i = 1"),
    ("x[1, 1]", eq("x[n, 1]"), "N = 2"), ("Σ(n, x[n, 1])", eq("Σ(i, x[1, i])"), ""),
    ("x[1, 2]", eq("x[1, 2]"), "C = 1"), ("x[2, 1]", eq("x[2, 1]"), "N = 1"), ("x[i, n]",
     eq("x[i, n]"), "n is no class"), ("x[1]", eq("x[1]"), "two indices"), ("z[n]", eq("z[n]"), ""),
    ("z[i, j]", eq("z[i, j]"), "one index"), ("Σ(i, z[1])", eq("z[1]"), "C = 2"),
    ("Σ(i, δ(i, 1)*z[i])", eq("Σ(i, z[i])"), "C = 2"), ("δ(i, n)", eq("0"), "two ranges"),
    ("D(z[1], z[i])", eq("1"), "i = 2"), ("D(z[1], z[i])", eq("0"), "i = 1"),
    ("Σ(i, D(z[1], z[i])*z[i])", eq("Σ(i, z[i])"), "C = 2"), ("z[0]", eq("z[0]"), "from 1"),
    ("Π(i, exp(z[i]), i != 1)", eq("exp(Σ(i, z[i]))"), "z = (1)"),
) + claims(
    "written indices", (*TWO_CLASSES, ("real", "z[i]")),
    ("Σ(i, z[i])", eq("z[1] + z[2]"), "C = 3"), ("z[3]", eq("z[3]"), "C = 2"),
    ("Σ(i, exp(z[i]))", ge("exp(z[1]) + exp(z[k])"), "k = 1"), ("z[1]", eq("z[2]"), ""),
    ("Σ(i, 1, i != 1, i != 2)", gt("0"), "C = 2"), ("Σ(i, 1, i != k, i != j)", eq("C - 2"), "k = j"),
)  # fmt: skip

ROWS = (*PARTIAL, *HIDDEN, *CITED, *CONTRADICTORY, *LEMMAS, *DECIMALS, *WRITTEN)
