"""A fifth set of false claims: what is assumed of sums and absolute values, slips of a student."""

from __future__ import annotations

from .rows import MAX, Line, at, claims, eq, ge, gt, le, lt

_P, _Q, _HOT, _SUM, _R = (
    "p sums to one",
    "q sums to one",
    "y is one-hot",
    "y sums to one",
    "r sums to one",
)

# A sum that a condition speaks of: nothing is known of its terms.
_TOTALS: tuple[Line, ...] = (
    ("index", "i j k", "C", "2"), ("index", "n m", "N", "1"), ("real", "x[i]"), ("real", "w[i]"), ("real", "v[n]"),
    ("nonnegative", "h[i]"), ("real", "z"),
    ("where", "Σ(i, x[i])", ">", "0", "x[i]", "1"), ("where", "Σ(i, w[i])", ">=", "0", "w[i]", "1"),
    ("where", "Σ(i, h[i])", "!=", "0", "h[i]", "1"), ("where", "Σ(n, v[n])", "<", "0", "v[n]", "-1"))  # fmt: skip
TOTALS = claims(
    "totals", _TOTALS,
    ("Σ(i, x[i])", ge("x[k]"), "x = (3, -1)"), ("Σ(i, x[i])", gt("x[k]"), "x = (3, -1)"),
    ("Σ(i, x[i]) - x[k]", ge("0"), "x = (3, -1)"), ("Σ(i, x[i], i != k)", gt("0"), "x = (3, -1)"),
    ("exp(Σ(i, x[i]))", ge("exp(x[k])"), "x = (3, -1)"), ("x[k]", gt("0"), "x = (3, -1)"),
    ("Σ(i, x[i])**2", ge("x[k]*Σ(i, x[i])"), "x = (3, -1)"), ("x[k]/Σ(i, x[i])", le("1"), "x = (3, -1)"),
    ("x[k]/Σ(i, x[i])", ge("0"), "x = (3, -1)"), ("log(x[k])", ge("-99"), "no value: x = (3, -1)"),
    ("Σ(i, w[i])", ge("w[k]"), "w = (3, -1)"), ("Σ(i, w[i], i != k)", ge("0"), "w = (3, -1)"),
    ("Σ(i, w[i])", gt("0"), "w = 0"), ("1/Σ(i, w[i])", gt("0"), "no value: w = 0"),
    ("Σ(i, h[i])", gt("h[k]"), "h = (1, 0)"), ("Σ(i, h[i], i != k)", gt("0"), "h = (1, 0)"),
    ("1/(Σ(i, h[i]) - h[k])", gt("0"), "no value: h = (1, 0)"), ("h[k]", gt("0"), "h = (1, 0)"),
    ("h[k]/Σ(i, h[i])", lt("1"), "h = (1, 0)"), ("Σ(i, x[i])*Σ(i, h[i])", gt("x[k]*h[k]"), "h = (1, 0)"),
    ("Σ(n, v[n])", le("v[m]"), "v = (-3, 1)"), ("v[m]", lt("0"), "v = (-3, 1)"), ("Σ(n, v[n]**2)", gt("1"), "1/4"),
    ("abs(Σ(n, v[n]))", eq("Σ(n, abs(v[n]))"), "v = (-3, 1)"), ("Σ(i, x[i]*w[i])", ge("0"), "x = (3, -1)"),
    ("D(z*Σ(i, x[i])*Σ(i, w[i]), z)", gt("0"), "w = 0"), ("Σ(i, x[i]**2)", ge("Σ(i, x[i])**2"), "x = 1"),
    ("Σ(i, x[i]*h[i])", gt("0"), "x = (3, -1), h = (0, 1)"), ("Σ(i, x[i] + w[i])", ge("x[k] + w[k]"), "x = (3, -1)"),
    ("log(Σ(i, x[i]))", ge("0"), "1/2"), ("(Σ(i, x[i])*x[k])**(1/2)", ge("0"), "no value: x = (3, -1)"),
    ("Σ(i, x[i]) + z**2", gt("x[k]"), "x = (3, -1)"), ("Σ(i, x[i])*exp(z)", gt("x[k]*exp(z)"), "x = (3, -1)"),
    ("Σ(i, exp(x[i]))", le("C*exp(Σ(i, x[i]))"), "x = (3, -1)"),
)  # fmt: skip

_ROWS_OF_A: tuple[Line, ...] = (
    ("index", "i j k l", "C", "2"), ("nonnegative", "A[i, j]"), ("real", "z"),
    ("where", "Σ(j, A[i, j])", ">", "0", "A[i, j]", "1"))  # fmt: skip
ROWS_OF_A = claims(
    "rows of a table", _ROWS_OF_A,
    ("Σ(j, A[i, j])", gt("A[i, k]"), "A = (1, 0)"), ("Σ(i, A[i, k])", gt("0"), "columns"), ("A[i, k]", gt("0"), "A = (1, 0)"),
    ("Σ(j, A[k, j], j != k)", gt("0"), "A = (1, 0)"), ("1/Σ(i, A[i, k])", gt("0"), "no value: columns"),
    ("Σ(j, A[i, j])", eq("Σ(j, A[k, j])"), "rows"), ("Σ(i, A[i, i])", gt("0"), "diagonal"), ("log(A[i, k])", ge("-9"), "no value: 0"),
    ("Σ(i, A[k, i]/Σ(j, A[i, j]))", eq("1"), "the wrong row"), ("Σ(i, Σ(j, A[i, j]))", eq("C*Σ(j, A[k, j])"), "rows"),
    ("Σ(i, A[i, k]/Σ(j, A[i, j]))", eq("1"), "columns"), ("Σ(i, Σ(j, A[i, j]))", gt("2*Σ(j, A[k, j])"), "C = 2"),
)  # fmt: skip

# Softmax and its loss, as a student differentiates it.
_LOSS: tuple[Line, ...] = (
    ("index", "i j k l c", "C", "1"), ("index", "n m", "N", "1"), ("real", "z[i]"), ("real", "a"), ("real", "b"),
    ("nonnegative", "y[i]"), ("sums to one", "y"), ("one-hot", "y", "c"), ("real", "x[n]"), ("real", "t[n]"),
    ("let", "Z", "Σ(j, exp(z[j]))"), ("let", "p[i]", "exp(z[i])/Z"), ("let", "ell", "-Σ(i, y[i]*log(p[i]))"),
    ("let", "r[n]", "a*x[n] + b - t[n]"), ("let", "L", "Σ(n, r[n]**2)/N"), ("let", "lse", "log(Z)"),
    ("let", "σ(s)", "1/(1 + exp(-s))"), ("let", "f(s)", "D(s**2*a, s)"), ("let", "g(s)", "Σ(i, s*z[i])"))  # fmt: skip
LOSSES = claims(
    "losses", _LOSS,
    ("D(p[k], z[k])", eq("p[k]*(1 + p[k])"), "sign"), ("D(p[k], z[j])", eq("p[k]*(1 - p[j])"), "k ≠ j"),
    ("D(p[k], z[j])", eq("-p[k]*p[j]"), "k = j"), ("D(p[k], z[j])", eq("p[k]*(δ(k, j) - p[k])"), "k ≠ j"),
    ("D(log(p[k]), z[j])", eq("δ(k, j) - p[k]"), "k ≠ j"), ("D(ell, z[k])", eq("p[k] - y[k]"), "without the fact"),
    ("D(ell, z[k])", eq("y[k] - p[k]", _SUM), "sign"), ("D(ell, z[k])", eq("p[k] - 1", _HOT), "k ≠ c"),
    ("D(ell, z[k])", eq("p[c] - δ(k, c)", _HOT), "k ≠ c"), ("D(ell, z[k])", eq("p[k]*y[k] - y[k]", _SUM), "y = (1, 0)"),
    ("D(D(ell, z[k]), z[j])", eq("p[k]*(1 - p[k])", _SUM), "k ≠ j"),
    ("D(D(ell, z[k]), z[j])", eq("-p[k]*p[j]", _SUM), "k = j"), ("D(D(ell, z[k]), z[k])", eq("p[k]*(1 - p[k])"), "Σy = 2"),
    ("Σ(k, D(ell, z[k]))", eq("C - 1", _SUM), "0"), ("Σ(k, D(p[k], z[k]))", eq("0"), "C = 2"),
    ("Σ(k, D(p[k], z[j]))", eq("1"), "0"), ("Σ(k, D(lse, z[k]))", eq("C"), "1"), ("D(lse, z[k])", eq("exp(z[k])"), ""),
    ("lse", eq("Σ(j, z[j])"), "C = 2"), ("lse", gt("z[k]"), "C = 1"), ("lse", ge("z[k] + log(C)"), "C = 2"),
    ("lse", ge("log(C)"), "z = -1"), ("exp(lse)", eq("exp(z[k])"), "C = 2"), ("p[k]", lt("1"), "C = 1"),
    ("1 - p[k]", gt("0"), "C = 1"), ("p[k]", le("1/C"), "z = (1, 0)"), ("log(1 - p[k])", le("0"), "no value: C = 1"),
    ("ell", eq("-log(p[k])", _HOT), "k ≠ c"), ("ell", eq("lse - z[c]"), "without the fact"), ("ell", gt("0", _HOT), "C = 1"),
    ("ell", eq("lse - Σ(i, z[i])", _SUM), "C = 2"), ("ell", eq("-log(Σ(i, y[i]*p[i]))", _SUM), "y = 1/2"),
    ("ell", eq("-Σ(i, y[i])*Σ(i, log(p[i]))"), "C = 2"), ("ell", eq("log(Z)*C - Σ(i, y[i]*z[i])", _SUM), "C = 2"),
    ("D(L, a)", eq("2*r[n]*x[n]"), "one sample's"), ("D(L, a)", eq("2*Σ(n, r[n]*x[n])"), "N = 2"),
    ("D(L, a)", eq("2*Σ(n, r[n])/N*Σ(n, x[n])"), "N = 2"), ("D(L, b)", eq("2*Σ(n, r[n]*x[n])/N"), ""),
    ("D(L, a)", eq("2*Σ(n, r[n]*x[m])/N"), "m apart"), ("D(L, t[m])", eq("-2*r[m]"), "N = 2"),
    ("D(L, t[m])", eq("2*r[m]/N"), "sign"), ("D(D(L, a), a)", eq("2*Σ(n, x[n])**2/N"), "N = 2"),
    ("D(D(L, a), a)", gt("0"), "x = 0"), ("D(D(L, a), b)", eq("0"), "x = 1"), ("L", ge("r[m]**2"), "N = 2"),
    ("L", gt("0"), "r = 0"), ("Σ(n, r[n])**2/N", eq("L*N"), "N = 2"), ("N*L", eq("Σ(n, r[n])**2"), "N = 2"),
    ("D(Σ(n, x[n]*t[n], n != m), x[m])", eq("t[m]"), "0"), ("D(x[n]**2, x[m])", eq("2*x[n]"), "n ≠ m"),
    ("Σ(m, D(x[n]*t[m], x[m]))", eq("Σ(m, t[m])"), "N = 2"), ("D(Σ(n, x[n])**2, x[m])", eq("2*x[m]"), "N = 2"),
    ("σ(-a)", eq("-σ(a)"), ""), ("D(σ(a), a)", eq("σ(a)*(1 + σ(a))"), "sign"), ("D(σ(-a), a)", eq("σ(a)*(1 - σ(a))"), ""),
    ("D(σ(a*b), a)", eq("σ(a*b)*(1 - σ(a*b))"), "b = 2"), ("D(D(σ(a), a), a)", eq("(1 - 2*σ(a))*σ(a)"), ""),
    ("f(b)", eq("2*b*a*D(b, a)"), "2·a·b"), ("f(a)", eq("3*a**2"), "2·a²"), ("D(f(a), a)", eq("2*a"), "4·a"),
    ("g(a)", eq("a*z[k]"), "C = 2"), ("g(z[k])", eq("Σ(i, z[i]**2)"), "C = 2"), ("D(g(a), a)", eq("g(a)"), "a = 2"),
    ("Σ(k, g(z[k]))", eq("Σ(k, z[k]**2)"), "C = 2"), ("Σ(i, Σ(j, z[i]*z[j], j != i))", eq("Σ(i, z[i])**2"), "C = 1"),
    ("Π(i, exp(z[i]), i != k)", eq("exp(Σ(i, z[i]))"), "z = 1"), ("Π(i, exp(z[i])/Z)", eq("exp(Σ(i, z[i]))/Z"), "C = 2"),
    ("Π(i, exp(y[i]))", eq("C*exp(1)", _SUM), "C = 2"), ("Π(i, 2)", eq("2*C"), "C = 1 is 2, C = 3 is 8"),
    ("Σ(i, 1)", eq("N"), "N ≠ C"), ("Σ(i, 1, i != k)", eq("C"), "C - 1"), ("Σ(i, 1, i != k, i != l)", eq("C - 2"), "k = l"),
    ("Σ(i, p[i], i != k)", eq("1"), "1 - p[k]"), ("Σ(i, p[i]**2)", lt("1"), "C = 1"), ("Σ(i, p[i]**2)", eq("1"), "C = 2"),
)  # fmt: skip

# Distributions, roots, ties, corners.
_CORNERS: tuple[Line, ...] = (
    MAX, ("index", "i j k l", "C", "1"), ("real", "z"), ("real", "w"), ("positive", "s"), ("nonnegative", "e"),
    ("unit", "u"), ("binary", "d"), ("nonnegative", "p[i]"), ("sums to one", "p"), ("positive", "q[i]"),
    ("sums to one", "q"), ("real", "r[i]"), ("sums to one", "r"), ("positive", "h[i]"))  # fmt: skip
CORNERS = claims(
    "corners", _CORNERS,
    ("p[k]*log(p[k])", le("0", _P), "no value: 0 log 0"), ("-Σ(i, p[i]*log(p[i]))", ge("0", _P), "no value: 0 log 0"),
    ("-Σ(i, q[i]*log(q[i]))", gt("0", _Q), "C = 1"), ("Σ(i, q[i]*log(q[i]))", ge("0", _Q), "sign"),
    ("Σ(i, q[i]*log(C*q[i]))", gt("0", _Q), "uniform"), ("Σ(i, p[i])", eq("C", _P), "C = 2"), ("Σ(i, p[i])", le("1"), "not cited"),
    ("r[k]", le("1", _R), "r = (2, -1)"), ("r[k]", ge("0", _R), "r = (2, -1)"), ("Σ(i, r[i]**2)", le("1", _R), "r = (2, -1)"),
    ("Σ(i, r[i], i != k)", le("1", _R), "r = (2, -1)"), ("p[k]*r[k]", le("p[k]", _P, _R), "r = (2, -1)"),
    ("q[k]*(1 - q[k])", gt("0", _Q), "C = 1"), ("Σ(i, p[i]*q[i])", lt("1", _P, _Q), "C = 1"), ("Σ(i, p[i]/q[i])", le("C", _P, _Q), ""),
    ("Σ(i, p[i]/q[i])", gt("1", _P, _Q), "C = 1"), ("Σ(i, p[i]*h[i])", gt("h[k]", _P), "p = (1, 0)"), ("log(q[k])", lt("0", _Q), "C = 1"),
    ("max(z, w)", eq("(z + w - abs(z - w))/2"), "z > w"), ("D(max(z, w), z)", eq("1/2"), "no value: z = w"),
    ("max(z, w)*s", eq("max(z*s, w)"), "s = 2"),
    ("max(z, w) - max(w, z)", gt("0"), "equal"), ("max(z, w)*d", eq("max(z*d, w)"), "d = 0, w = 1"),
    ("(z**2)**(1/2)", eq("abs(z)"), "no value: z = 0"), ("((z - w)**2)**(1/2)", eq("z - w"), "no value: z = w"),
    ("log(s*h[k])", eq("log(s)*log(h[k])"), ""), ("log(s + h[k])", eq("log(s) + log(h[k])"), ""), ("log(z*w)", eq("log(z) + log(w)"), "no value"),
    ("log(z**2)", eq("2*log(z)"), "no value: z = -1"), ("log(s)/log(h[k])", eq("log(s) - log(h[k])"), "no value: h = 1"),
    ("exp(z + w)", eq("exp(z) + exp(w)"), "0"), ("exp(z)**w", eq("exp(z**w)"), ""), ("e**(1/2)", ge("0"), "no value: e = 0"),
    ("1/e", gt("0"), "no value: e = 0"), ("e/e", eq("1"), "no value: e = 0"), ("d/d", eq("1"), "no value: d = 0"), ("z/z", eq("1"), "no value: z = 0"),
    ("log(1 - u)", eq("-log(u)"), "u = 1/3"), ("u**2", ge("u"), "u = 1/2"), ("u*(1 - u)", gt("1/4"), "u = 1/2"), ("u*(1 - u)", lt("1/4"), "u = 1/2"),
    ("-log(u)", gt("1"), "u = 1/2"), ("-log(u)", le("1/u - 1 - (1 - u)**2"), "u = 1/2"), ("z*s", ge("z"), "s = 1/2, z = 1"), ("z*w", ge("0"), "sign"),
    ("z*e", ge("0"), "z = -1, e = 1"), ("d*z", le("z"), "d = 0, z = -1"), ("d*z", ge("d*w"), "d = 1"), ("(d - z)**2", eq("d - 2*d*z + z"), "z = 2"),
    ("Π(i, h[i] + 1)", eq("Π(i, h[i]) + 1"), "C = 2"), ("log(Π(i, h[i]))", eq("Π(i, log(h[i]))"), "no value"), ("Π(i, s*h[i])", eq("s*Π(i, h[i])"), "C = 2"),
    ("Π(i, Σ(j, h[j]))", eq("Σ(j, Π(i, h[j]))"), "C = 2"), ("Π(i, h[i])", le("Σ(i, h[i])"), "h = 3, C = 2"), ("Π(i, h[i], i != k)", eq("Π(i, h[i])"), "C = 1"),
    ("Σ(i, h[i])/C", ge("h[k]"), "h = (1, 3)"), ("Σ(i, 1/h[i])", eq("1/Σ(i, h[i])"), "C = 2"), ("Σ(i, h[i]**2)", eq("Σ(i, h[i])**2"), "C = 2"),
    ("C*Σ(i, h[i]**2)", gt("Σ(i, h[i])**2"), "C = 1"), ("Σ(i, h[i], i != k)", gt("0"), "C = 1"), ("1/(C - 1)", gt("0"), "no value: C = 1"),
)  # fmt: skip

# At a point, and by a gap, that is not what is said.
PLACES = claims(
    "points and gaps", _CORNERS,
    ("z**2", at(eq("4"), z="1"), "another value"), ("u", at(eq("1"), u="1"), "u < 1"), ("d", at(eq("1/2"), d="1/2"), "d is 0 or 1"),
    ("s", at(ge("0"), s="0"), "s > 0"), ("z", ge("w", gap="(z - w)**2"), "no difference"), ("z**2 + 1", ge("2*z", gap="(z + 1)**2"), "sign"),
    ("e**2", ge("e", gap="e*(1 - e)"), "sign"), ("s + 1/s", ge("2", gap="(s - 1)**2"), "by s"),
)  # fmt: skip

# What is assumed of an absolute value or a logarithm is no more than that, and a case says it of its own index only.
_MIN: Line = ("fold", "min(a, b)", "(a + b - abs(a - b))/2")
_CASES: tuple[Line, ...] = (
    ("index", "i j k", "C", "1"), ("real", "w"), ("real", "v"), ("real", "x"), ("real", "z[i]"), ("real", "h[i]"), ("positive", "s"),
    ("positive", "r[i]"), ("positive", "q[i]"), ("binary", "d"), MAX, _MIN,
    ("where", "abs(v)", ">=", "1", "v", "1"), ("where", "abs(h[k])", ">", "1", "h[i]", "2"), ("where", "log(s)", "!=", "0", "s", "2"),
    ("real", "g[i]"), ("where", "g[k]", "!=", "0", "g[i]", "1"),
    ("where", "log(r[k])", "!=", "0", "r[i]", "2"), ("where", "log(q[k])", ">=", "0", "q[i]", "1"),
    ("where", "d*abs(x) + 1 - d", ">", "0", "d", "0", "x", "1"))  # fmt: skip
CASES = claims(
    "cases", _CASES,
    ("abs(v)", gt("1"), "v = 1"), ("v", ge("1"), "v = -1"), ("abs(v)", eq("v"), "v = -1"), ("abs(w)", ge("1"), "w = 0"),
    ("h[k]", gt("0"), "h = -2"), ("abs(z[k])", gt("0"), "z = 0"), ("h[k]*h[j]", gt("0"), "h = (2, -2)"),
    ("Σ(i, h[i])**2", gt("0"), "h = (2, -2)"), ("Σ(i, g[i])**2", gt("0"), "g = (2, -2)"),
    ("Σ(i, abs(h[i]))", eq("abs(Σ(i, h[i]))"), "h = (2, -2)"),
    ("log(s)", gt("0"), "s = 1/2"), ("log(s)", eq("abs(log(s))"), "s = 1/2"), ("log(r[k])*log(r[j])", gt("0"), "r = (2, 1/2)"),
    ("log(q[k])", gt("0"), "q = 1"), ("Σ(i, log(q[i]))", gt("log(q[k])"), "C = 1"),
    ("1/log(q[k])", gt("0"), "no value: q = 1"), ("abs(x)", gt("0"), "d = 0, x = 0"), ("d*abs(x)", gt("0"), "d = 0"),
    ("log(d*abs(x) + 1 - d)", ge("0"), "d = 1, x = 1/2"), ("d*log(abs(x))", le("x**2"), "no value: d = 0, x = 0"),
    ("abs(z[k])", ge("z[j]"), "z = (0, 1)"), ("Σ(i, abs(z[i]))*abs(z[k])", eq("Σ(i, z[i])*z[k]"), "z = (1, -1)"),
    ("Σ(i, abs(z[i]))", ge("2*abs(z[k])"), "C = 1, z = 1"), ("Σ(i, abs(z[i])) - abs(z[k])", gt("0"), "C = 1"),
    ("Σ(i, abs(z[i])) - abs(z[k]) - abs(z[j])", ge("0"), "j = k, C = 1"), ("δ(j, k)*abs(z[k])", eq("δ(j, k)*z[j]"), "z = -1"),
    ("Σ(i, (1 + max(z[i], 0))**(1/2))", eq("Σ(i, (1 + z[i])**(1/2))"), "no value: z = -2"),
    ("δ(j, k)*log(1 + max(z[k], 0))", eq("δ(j, k)*log(1 + z[j])"), "no value: z = -2"),
    ("abs(abs(w) - v)", eq("abs(w - v)"), "w = -1, v = 1"), ("log(abs(w) - w)", eq("log(-2*w)"), "no value: w = 1"),
    ("1/(abs(w) - w)", eq("-1/(2*w)"), "no value: w = 1"), ("log(1 + w)*(abs(w) + w)", ge("0"), "no value: w = -2"),
    ("max(w, v)", eq("max(w, -v)"), "w = 0, v = -1"), ("max(w, v) + min(w, v)", ge("w - v"), "v = -1"), ("max(w, v) - min(w, v)", gt("0"), "w = v"),
)  # fmt: skip

ROWS = (*TOTALS, *ROWS_OF_A, *LOSSES, *CORNERS, *PLACES, *CASES)

# All others are met by chance.
_THERE: dict[str, int | tuple[int, int]] = {"v": 1, "h": (2, -2), "g": (2, -2), "s": 2, "r": (2, 2), "q": (1, 1), "d": 0, "x": 1}  # fmt: skip
WITNESSES = {f"Σ(i, {x}[i])**2 > 0": ({"C": 2}, dict[str, int](), _THERE) for x in "hg"}
