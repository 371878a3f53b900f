"""A second, independent set of false claims: gradients, sizes, branches, boundaries, citations."""

from __future__ import annotations

from cebook_utils.kernel.certificates import Step

from .rows import MAX, SAMPLES, SOFTMAX, Line, Row, at, claims, eq, ge, gt, le, lt

_P, _Q, _Y, _T = "p sums to one", "q sums to one", "y sums to one", "t is one-hot"

# What is right in one branch only: a case of |·|, an index that is another one, 0 or 1.
_GRID: tuple[Line, ...] = (("index", "i j k l", "C", "1"), ("real", "z[i, j]"),
                           ("where", "1 + z[i, j]", "!=", "0", "z[i, j]", "0"))  # fmt: skip
_HALF = "δ(i, j)*(abs(z[j, k]) + z[j, k])"
BRANCHES = claims(
    "branches", _GRID,
    (f"{_HALF}*(1 + (1/(1 + z[i, l]))**2)**(1/2) + δ(k, l)*z[j, k]*exp(1/(1 + abs(z[j, k])))",
     eq(f"{_HALF}*((1 + z[i, l])**2 + 1)**(1/2)/(1 + z[i, l])"
        " + δ(k, l)*z[j, l]*exp(1/(1 + abs(z[j, k])))"),
     "i = j, z[j, k] = 1, z[j, l] = -3, k ≠ l"),
    (f"{_HALF}*(1 + (1/(1 + z[i, l]))**2)**(1/2) + δ(k, l)*z[j, k]*exp(1/(2 + abs(z[j, k])))",
     eq(f"{_HALF}*((1 + z[i, l])**2 + 1)**(1/2)/(1 + z[i, l])"
        " + δ(k, l)*z[j, l]*exp(1/(2 + abs(z[j, k])))"), "i = j, z[j, k] = 1, z[j, l] = -3"),
    (f"{_HALF}*(4 + (1/(1 + z[i, l]))**2)**(-1/2) + δ(k, l)*z[j, k]*exp(1/(1 + abs(z[j, k])))",
     eq(f"{_HALF}*(4*(1 + z[i, l])**2 + 1)**(-1/2)*(1 + z[i, l])"
        " + δ(k, l)*z[j, l]*exp(1/(1 + abs(z[j, k])))"), "i = j, z[j, k] = 1, z[j, l] = -3"),
    (f"{_HALF}*log(1 + (1/(1 + z[i, l]))**2) + δ(k, l)*z[j, k]*(1 + 1/(1 + abs(z[j, k])))**(1/2)",
     eq(f"{_HALF}*log(2 + (1/(1 + z[i, l]))**2)"
        " + δ(k, l)*z[j, l]*(1 + 1/(1 + abs(z[j, k])))**(1/2)"), "i = j, z[j, k] = 1"),
    ("δ(i, j)*z[i, k]", eq("δ(i, j)*z[k, j]"), "i = j, z not symmetric"),
    ("(1 - δ(i, j))*z[i, j]", eq("(1 - δ(i, j))*z[j, i]"), "z not symmetric"),
    ("abs(z[i, j] - z[j, i])", eq("(1 - δ(i, j))*(z[i, j] - z[j, i])"), "z[1, 2] < z[2, 1]"),
    ("exp(δ(i, j)*z[i, k])", eq("1 + δ(i, j)*(exp(z[k, j]) - 1)"), "i = j, z not symmetric"),
    ("1/(1 + z[i, j])", gt("0"), "z = -2"), ("δ(i, j)/(1 + z[i, k])", ge("0"), "i = j, z = -2"),
    ("abs(1 + z[i, i])", eq("1 + z[i, i]"), "z = -3"),
    ("((1 + z[i, j])**2)**(1/2)", eq("1 + z[i, j]"), "z = -3"),
    ("(1 + z[i, j])*(1 + z[j, i])", gt("0"), "one is below 0"),
    ("δ(i, j)*δ(j, k)*z[i, k]", eq("δ(i, k)*z[i, j]"), "i = k ≠ j"),
    ("δ(i, j)*δ(k, l)", eq("δ(i, k)*δ(j, l)"), "i = j ≠ k = l"),
    ("δ(i, j) + δ(j, k)", le("1"), "i = j = k"), ("δ(i, j)*δ(j, k)", eq("δ(i, j)"), "k ≠ j"),
    ("Σ(i, δ(i, j)*δ(i, k))", eq("1"), "j ≠ k"), ("Σ(i, δ(i, j)*z[i, i])", eq("Σ(i, z[i, j])"), ""),
    ("Σ(i, Σ(j, δ(i, j)*z[i, j]))", eq("Σ(i, Σ(j, z[i, j]))"), "off the diagonal"),
    ("Σ(i, (1 - δ(i, j))*(1 - δ(i, k)))", eq("C - 2"), "j = k"),
    ("Σ(i, z[i, l], i != j, i != k)", eq("Σ(i, z[i, l]) - z[j, l] - z[k, l]"), "j = k"),
    ("Σ(i, Σ(j, z[i, j], j != i))", eq("Σ(i, Σ(j, z[i, j])) - Σ(i, z[i, 1])"), "z[2, 2]"),
    ("Π(i, exp(z[i, j]), i != j, i != k)", eq("exp(Σ(i, z[i, j]) - z[j, j] - z[k, j])"), "j = k"),
    ("D(Σ(i, Σ(j, z[i, j]*z[j, i])), z[k, l])", eq("2*z[k, l]"), "z not symmetric"),
    ("D(Σ(i, Σ(j, z[i, j])), z[k, k])", eq("C"), "it is 1"),
    ("D(Σ(i, z[i, i]), z[k, l])", eq("1"), "k ≠ l"),
    ("D(z[i, j], z[k, l])", eq("δ(i, l)*δ(j, k)"), "i = k ≠ j = l"),
)  # fmt: skip

_NET: tuple[Line, ...] = (
    ("index", "n m", "N", "1"), ("index", "i j k", "C", "1"), ("index", "a b", "F", "1"),
    ("real", "x[n, a]"), ("real", "w[a, i]"), ("real", "y[n, i]"),
    ("let", "z[n, i]", "Σ(a, x[n, a]*w[a, i])"),
    ("let", "p[n, i]", "exp(z[n, i])/Σ(j, exp(z[n, j]))"),
    ("let", "ell[n]", "-Σ(i, y[n, i]*log(p[n, i]))"), ("let", "L", "Σ(n, ell[n])/N"),
)  # fmt: skip
NET = claims(
    "gradients of a network", _NET,
    ("D(z[n, i], w[b, k])", eq("x[n, b]"), "i ≠ k"), ("D(z[n, i], w[b, k])", eq("δ(i, k)*x[m, b]"), ""),
    ("D(z[n, i], x[m, b])", eq("w[b, i]"), "n ≠ m"), ("D(z[n, i], z[m, k])", eq("δ(i, k)"), "n ≠ m"),
    ("D(p[n, i], z[m, k])", eq("p[n, i]*(δ(i, k) - p[n, k])"), "n ≠ m"),
    ("D(p[n, i], z[n, k])", eq("p[n, i]*(1 - p[n, k])"), "i ≠ k"),
    ("D(p[n, i], z[n, k])", eq("-p[n, i]*p[n, k]"), "i = k"),
    ("D(p[n, i], z[n, k])", eq("p[n, k]*(δ(i, k) - p[n, k])"), "i ≠ k"),
    ("D(p[n, i], z[n, k])", eq("p[n, i]*(p[n, k] - δ(i, k))"), "the sign"),
    ("D(ell[n], z[m, k])", eq("p[n, k] - y[n, k]"), "n ≠ m, and Σy"),
    ("D(ell[n], z[n, k])", eq("p[n, k] - y[n, k]"), "y need not sum to one"),
    ("D(ell[n], z[n, k])", eq("p[n, k]*Σ(i, y[n, i]) + y[n, k]"), "the sign"),
    ("D(L, z[n, k])", eq("p[n, k]*Σ(i, y[n, i]) - y[n, k]"), "1/N"),
    ("D(L, w[b, k])", eq("Σ(n, x[n, b]*(p[n, k] - y[n, k]))/N"), "y need not sum to one"),
    ("D(L, w[b, k])", eq("Σ(n, x[n, b]*(p[n, k]*Σ(i, y[n, i]) - y[n, k]))"), "1/N"),
    ("D(L, x[n, b])", eq("Σ(k, w[b, k]*(p[n, k]*Σ(i, y[n, i]) - y[n, k]))"), "1/N"),
    ("D(L, y[n, k])", eq("-log(p[n, k])"), "1/N"), ("D(L, y[n, k])", eq("log(p[n, k])/N"), "sign"),
    ("D(ell[n], p[n, k])", eq("-1/p[n, k]"), "y"), ("D(ell[n], p[m, k])", eq("-y[n, k]/p[n, k]"), ""),
    ("D(L, p[n, k])", eq("-y[n, k]/p[n, k]"), "1/N"), ("L", eq("Σ(n, ell[n])"), "1/N"),
    ("Σ(n, Σ(i, p[n, i]))", eq("C"), "N"), ("Σ(n, p[n, i])", eq("1"), "over the wrong index"),
    ("Σ(i, D(p[n, i], z[n, k]))", eq("p[n, k]"), "0"), ("Σ(k, D(p[n, i], z[n, k]))", eq("p[n, i]"), "0"),
    ("Σ(n, D(p[n, i], z[m, i]))", eq("p[n, i]*(1 - p[n, i])"), "p[m, i]"),
    ("log(p[n, i])", eq("z[n, i] - Σ(j, z[n, j])"), "log-sum-exp"),
    ("p[n, i]/p[n, k]", eq("exp(z[n, k] - z[n, i])"), "upside down"),
    ("p[n, i]/p[m, i]", eq("exp(z[n, i] - z[m, i])"), "their sums differ"),
    ("z[n, i]", eq("Σ(a, x[n, a])*Σ(a, w[a, i])"), "F = 2"), ("ell[n]", ge("0"), "y may be below 0"),
    ("D(Σ(n, z[n, i])/N, w[a, i])", eq("Σ(n, x[n, a])"), "1/N"),
    ("D(Σ(i, z[n, i]**2)/2, w[a, i])", eq("z[n, i]*x[m, a]"), "x[n, a]"),
    ("D(D(ell[n], z[n, i]), z[n, k])", eq("p[n, i]*(δ(i, k) - p[n, k])"), "Σy"),
    ("D(D(L, w[a, i]), w[b, k])", eq("Σ(n, x[n, a]*x[n, b]*p[n, i]*(δ(i, k) - p[n, k]))/N"), "Σy"),
)  # fmt: skip

_REG: tuple[Line, ...] = (
    *SAMPLES, ("real", "x[n]"), ("real", "y[n]"), ("real", "w"), ("real", "b"),
    ("let", "r[n]", "w*x[n] + b - y[n]"), ("let", "L", "Σ(n, r[n]**2)/(2*N)"),
    ("let", "μ", "Σ(n, x[n])/N"), ("let", "v", "Σ(n, (x[n] - μ)**2)/N"))  # fmt: skip
REGRESSION = claims(
    "least squares", _REG,
    ("D(L, w)", eq("Σ(n, r[n]*x[n])"), "1/N"), ("D(L, w)", eq("Σ(n, r[n])*μ"), "N = 2"),
    ("D(L, w)", eq("Σ(n, r[n]*x[n])/(2*N)"), "2"), ("D(L, b)", eq("Σ(n, r[n]*x[n])/N"), "no x"),
    ("D(L, b)", eq("b + w*μ"), "y"), ("D(D(L, w), w)", eq("μ**2"), "v = 0 only"),
    ("D(D(L, w), w)", eq("v"), "μ = 0 only"), ("D(D(L, w), b)", eq("1"), "μ"),
    ("D(D(L, b), b)", eq("N"), "N = 1 only"), ("D(L, y[m])", eq("-r[m]"), "N = 1 only"),
    ("D(L, x[m])", eq("r[m]*w"), "N = 1 only"), ("D(r[n], x[m])", eq("w"), "n ≠ m"),
    ("D(v, x[m])", eq("(x[m] - μ)*2"), "N = 1 only"), ("D(v, x[m])", eq("2*x[m]/N"), "μ = 0 only"),
    ("D(μ, x[m])", eq("1"), "N = 1 only"), ("D(x[n] - μ, x[m])", eq("δ(n, m)"), "1/N"),
    ("v", eq("Σ(n, x[n]**2)/N"), "μ = 0 only"), ("v", eq("Σ(n, x[n]**2)/N + μ**2"), "the sign"),
    ("v", gt("0"), "N = 1"), ("v", eq("Σ(n, (x[n] - μ)**2)/(N - 1)"), "N = 1: no value"),
    ("Σ(n, (x[n] - μ)**2)", eq("Σ(n, x[n]**2) - μ**2"), "N = 2"), ("μ**2", eq("Σ(n, x[n]**2)/N"), ""),
    ("Σ(n, x[n])**2", le("Σ(n, x[n]**2)"), "x = (1, 1)"), ("Σ(n, x[n]*y[n])", le("Σ(n, x[n])*Σ(n, y[n])"), ""),
    ("L", gt("0"), "r = 0"), ("L*2*N", le("Σ(n, r[n])**2"), "r = (1, -1)"),
    ("Σ(n, (x[n] - μ)*(y[n] - Σ(m, y[m])/N))", eq("Σ(n, x[n]*y[n]) - μ*Σ(m, y[m])/N"), "N"),
    ("Σ(n, Σ(m, (x[n] - x[m])**2))", eq("N**2*v"), "2"), ("Σ(n, x[n] - μ)", eq("μ"), "0"),
    ("Σ(n, x[n]*Σ(m, y[m]))", eq("Σ(n, x[n]*y[n])"), "N = 2"), ("N*μ", le("Σ(n, abs(x[n]))/N"), ""),
)  # fmt: skip

_S: tuple[Line, ...] = (
    MAX, ("positive", "s"), ("positive", "r"), ("real", "z"), ("real", "w"), ("nonnegative", "a"),
    ("unit", "u"), ("unit", "v"), ("binary", "b"), ("binary", "c"),
    ("let", "σ(t)", "1/(1 + exp(-t))"), ("let", "soft(t1)", "log(1 + exp(t1))"))  # fmt: skip
SCALARS = claims(
    "scalars", _S,
    ("D(σ(z), z)", eq("σ(z)*(1 + σ(z))"), "sign"), ("D(σ(-z), z)", eq("σ(z)*(1 - σ(z))"), "sign"),
    ("D(soft(z), z)", eq("1 - σ(z)"), "z = 1"), ("D(D(soft(z), z), z)", eq("σ(z)**2"), "z = 1"),
    ("D(σ(2*z), z)", eq("σ(2*z)*(1 - σ(2*z))"), "2"), ("σ(z) + σ(w)", eq("σ(z + w)"), "z = w = 0"),
    ("D(-b*log(σ(z)) - (1 - b)*log(1 - σ(z)), z)", eq("b - σ(z)"), "the sign"),
    ("D(-u*log(v) - (1 - u)*log(1 - v), v)", eq("(u - v)/(v*(1 - v))"), "the sign"),
    ("D(-u*log(v) - (1 - u)*log(1 - v), v)", eq("v - u"), "the denominator"),
    ("D(z**3*w, z)", eq("3*z**2"), "w"), ("D(s**z, s)", eq("z*s**z"), "s = 2"),
    ("D(s**z, z)", eq("z*s**(z - 1)"), "s = 2"), ("D(s**s, s)", eq("s**s"), "log s"),
    ("D(log(s*r), s)", eq("1/(s*r)"), "r = 2"), ("D(exp(z*w), z)", eq("exp(z*w)"), "w = 2"),
    ("D(1/s, s)", eq("1/s**2"), "the sign"), ("D(s**(1/2), s)", eq("2/s**(1/2)"), "1/4"),
    ("D(z/(1 + z**2), z)", eq("1/(1 + z**2)"), "z = 1"), ("D(log(1 + z**2), z)", eq("2*z"), "z = 1"),
    ("soft(z) - soft(-z)", eq("-z"), "z = 1"), ("soft(z)", le("z"), "z = 0"),
    ("soft(z)", gt("log(2)"), "z = -1"), ("soft(z)", le("max(z, 0)"), "log 2"),
    ("max(z, w)", eq("(z + w)/2"), "z ≠ w"), ("max(z, w)", le("z + w"), "w = -1"),
    ("max(z, 0) + max(-z, 0)", eq("z"), "z = -1"), ("max(z, 0)**2", eq("z**2"), "z = -1"),
    ("max(z*w, 0)", eq("max(z, 0)*max(w, 0)"), "z = w = -1"), ("max(z, w)", gt("z"), "z = w"),
    ("max(z, max(w, 0))", gt("0"), "z = w = -1"), ("abs(max(z, w))", eq("max(abs(z), abs(w))"), ""),
    ("abs(z + w)", eq("abs(z) + abs(w)"), "w = -z"), ("abs(z - w)", le("abs(z) - abs(w)"), "z = 0"),
    ("abs(z)*w", le("abs(z*w) - 1"), "z = 0"), ("abs(z)/(1 + abs(z))", gt("0"), "z = 0"),
    ("1/(abs(z) + abs(w))", gt("0"), "z = w = 0"), ("log(abs(z) + 1)", gt("0"), "z = 0"),
    ("(abs(z) + z)/2", gt("0"), "z = -1"), ("(z**2 + 1)**(1/2)", eq("abs(z) + 1"), "z = 1"),
    ("(z**2 + 2*z*w + w**2 + 1)**(1/2)", le("1"), "z = 1"), ("(z**4 + 1)**(1/2)", le("z**2"), ""),
    ("((1 + abs(z))**2)**(1/2)", eq("1 + z"), "z = -1"), ("log((1 + z**2)**2)", eq("2*log(1 + z)"), ""),
    ("log(s + r)", eq("log(s) + log(r)"), "s = r = 1"), ("log(s)/log(2)", ge("0"), "s = 1/2"),
    ("log(s)**2", eq("2*log(s)"), "s = 3"), ("log(s/r)", eq("log(s)/log(r)"), "r = 1: no value"),
    ("exp(z + w)", eq("exp(z) + exp(w)"), "z = w = 0"), ("exp(z*w)", eq("exp(z)*exp(w)"), "z = 2"),
    ("exp(z)**2", eq("exp(z**2)"), "z = 1"), ("exp(log(s)*log(r))", eq("s*r"), "s = r = 1/2"),
    ("exp(z)", ge("1"), "z = -1"), ("exp(z)", gt("z**2"), "z = -2"), ("exp(z) - 1", gt("z"), "z = 0"),
    ("log(s)", lt("s - 1"), "s = 1"), ("s*log(s)", ge("0"), "s = 1/2"), ("s + 1/s", gt("2"), "s = 1"),
    ("s**2", ge("s"), "s = 1/2"), ("s**(1/2)", le("s"), "s = 1/4"), ("a**2", gt("0"), "a = 0"),
    ("a/(1 + a)", gt("0"), "a = 0"), ("u*v", ge("u + v - 1/2"), "u = v = 9/10"), ("u", lt("v"), ""),
    ("u*(1 - u)", ge("1/4"), "u = 1/3"), ("u*(1 - u)", lt("1/4"), "u = 1/2"), ("-log(u)", ge("1"), ""),
    ("-u*log(u)", ge("-log(u)"), "u = 1/2"), ("u**b", lt("1"), "b = 0"), ("u**b", le("u"), "b = 0"),
    ("u**b*(1 - u)**(1 - b)", eq("u*b + (1 - u)"), "b = 1"), ("b*c", eq("b + c"), "b = 1, c = 0"),
    ("b + c", le("1"), "b = c = 1"), ("(b - c)**2", eq("b - c"), "c = 1"), ("b*c", ge("b"), "c = 0"),
    ("exp(b*z)", eq("b*exp(z)"), "b = 0"), ("log(1 + b*s)", eq("b*s"), "b = s = 1"), ("abs(b - c)", eq("b - c"), ""),
    ("(1 + b)**(1/2)", eq("1 + b/2"), "b = 1"), ("1/(1 + b)", eq("1 - b"), "b = 1"),
    ("s**b", eq("b*s"), "b = 0"), ("(s + b)**c", eq("1 + c*(s - 1)"), "b = c = 1"),
    ("b**b", eq("1"), "b = 0: no value"), ("(1 + b*z)**2", eq("1 + b*z**2"), "b = z = 1"),
    ("1/(2 - b - c)", gt("0"), "b = c = 1"), ("log(b + c)", le("log(2)"), "b = c = 0"),
    ("D(b*z**2, z)", eq("2*z"), "b = 0"), ("D(abs(z - w), z)", eq("1"), "z < w"),
    ("D(max(z, w), z)", eq("1/2"), "no value at z = w"),
    ("D((z**2)**(1/2), z)", eq("z/(z**2)**(1/2)"), "z = 0"), ("D(a**(3/2), a)", ge("0"), "a = 0"),
    ("10**(-29) + s", le("s"), "never"), ("z + 10**(-29)", le("z"), "never"),
    ("exp(-700)", le("0"), "above 0"), ("(1 + 10**(-20))**(1/2)", le("1"), "above"),
    ("exp(10**(-20)) - 1 - 10**(-20)", le("0"), "above"), ("log(1 + 10**(-20))", ge("10**(-20)"), ""),
    ("exp(1) - 2.71828182845904523536028747", le("0"), "1.35e-27"),
    ("2**(1/2) - 1.41421356237309504880168872", le("0"), "4.2e-27"),
    ("3**(1/2) + 2**(1/2)", eq("(5 + 2*6**(1/2))**(1/2) + 10**(-29)"), "10**(-29)"),
    ("log(2)*log(3)", eq("log(6)"), "0.76"), ("log(8)/log(2)", eq("2"), "3"), ("2**(1/2)*3**(1/3)", eq("6**(5/6)"), ""),
    ("8**(1/3)", eq("3"), "2"), ("(1/4)**(1/2)", eq("2"), "1/2"), ("2**(-1/2)", gt("1"), "0.7"),
)  # fmt: skip

_PQ: tuple[Line, ...] = (
    ("index", "i j k c e", "C", "1"), ("positive", "p[i]"), ("sums to one", "p"), ("positive", "q[i]"),
    ("sums to one", "q"), ("nonnegative", "y[i]"), ("sums to one", "y"), ("nonnegative", "t[i]"),
    ("one-hot", "t", "c"), ("sums to one", "t"), ("real", "z[i]"), ("real", "v[i]"),
    ("one-hot", "v", "e"), ("sums to one", "v"), ("lemma", "g(s)", "s - 1 - log(s)"))  # fmt: skip
_KL = "Σ(i, p[i]*log(p[i]/q[i]))"
CITED = claims(
    "cited", _PQ,
    (_KL, gt("0", _P, _Q), "p = q"), (_KL, Step("≥", "0", (_P,), gap="Σ(i, p[i]*g(q[i]/p[i]))"), "Σq"),
    (_KL, Step("≥", "0", (_Q,), gap="Σ(i, p[i]*g(q[i]/p[i]))"), "Σp"),
    (_KL, Step("≤", "0", (_P, _Q), gap="Σ(i, p[i]*g(q[i]/p[i]))"), "the sign"),
    (_KL, Step(">", "0", (_P, _Q), gap="Σ(i, p[i]*g(q[i]/p[i]))"), "p = q"),
    (_KL, Step("≥", "1", (_P, _Q), gap="Σ(i, p[i]*g(q[i]/p[i])) - 1"), "p = q"),
    (_KL, eq("Σ(i, q[i]*log(q[i]/p[i]))", _P, _Q), "not symmetric"),
    (_KL, eq("Σ(i, p[i]*log(p[i])) - log(Σ(i, q[i]))", _P, _Q), "C = 2"),
    ("-Σ(i, p[i]*log(q[i]))", le("-Σ(i, p[i]*log(p[i]))", _P, _Q), "the other way"),
    ("-Σ(i, p[i]*log(p[i]))", le("log(C) - 1", _P), "p uniform"), ("Σ(i, p[i]**2)", ge("1", _P), "C = 2"),
    ("Σ(i, p[i]**2)", lt("1", _P), "C = 1"), ("Σ(i, p[i]**2)", eq("1/C", _P), "p = (0.9, 0.1)"),
    ("p[i]", eq("1/C", _P), "p = (0.9, 0.1)"), ("p[i]*p[j]", lt("1", _P), "C = 1"), ("p[k]", le("1/2", _P), ""),
    ("Σ(i, p[i], i != k)", gt("0", _P), "C = 1"), ("Σ(i, p[i], i != k)", eq("p[k] - 1", _P), "sign"),
    ("Σ(i, p[i], i != k, i != j)", eq("1 - p[k] - p[j]", _P), "k = j"), ("Σ(i, p[i]*q[i])", eq("1/C", _P, _Q), ""),
    ("Σ(i, Σ(j, p[i]*p[j]))", eq("Σ(i, p[i]**2)", _P), "C = 2"), ("Σ(i, p[i]*q[j])", eq("1", _P), "q[j]"),
    ("Σ(i, t[i]*z[i])", eq("z[e]", _T), "c ≠ e"), ("Σ(i, t[i]*v[i])", eq("1", _T, "v is one-hot"), "c ≠ e"),
    ("t[c]", eq("0", _T), "1"), ("t[k]*t[j]", eq("t[k]", _T), "k = c ≠ j"), ("t[k] + v[k]", le("1", _T, "v is one-hot"), ""),
    ("Σ(i, t[i]*p[i])", eq("p[k]", _T), "k ≠ c"), ("Σ(i, (t[i] - p[i])**2)", eq("(1 - p[c])**2", _T), "C = 2"),
    ("Σ(i, exp(t[i]*z[i]))", eq("exp(z[c])", _T), "C = 2"), ("Σ(i, exp(t[i]*z[i]))", eq("C*exp(z[c])", _T), ""),
    ("D(Σ(i, t[i]*z[i]), z[k])", eq("1", _T), "k ≠ c"), ("D(Σ(i, t[i]*z[i]), t[k])", eq("z[c]", _T), "k ≠ c"),
    ("D(Σ(i, p[i]), p[k])", eq("0", _P), "formed before the fact"), ("y[k]*log(p[k])", lt("0", _Y, _P), "y = 0"),
    ("-Σ(i, y[i]*log(p[i]))", gt("0", _Y, _P), "C = 1"), ("v[k]", ge("0", "v sums to one"), "v is real"),
    ("v[k]", le("1", "v sums to one"), "v is real"), ("Σ(i, v[i]**2)", ge("v[k]", "v sums to one", _P), "C = 1 only"),
    ("Σ(i, z[i]*p[i])", le("Σ(i, z[i])", _P), "z = (1, -9)"), ("exp(Σ(i, p[i]*z[i]))", ge("Σ(i, p[i]*exp(z[i]))", _P), ""),
    ("log(Σ(i, p[i]*exp(z[i])))", eq("Σ(i, p[i]*z[i])", _P), "Jensen"), ("Π(i, p[i])", eq("1", _P), "C = 2"),
    ("1/p[k]", ge("C", _P), "p = (0.9, 0.1)"), ("p[k]/(1 - p[k])", gt("0", _P), "C = 1"),
    ("log(1 - p[k])", lt("0", _P), "C = 1"), ("Σ(i, p[i]/q[i])", ge("C + 1", _P, _Q), "p = q"),
    ("abs(p[i] - q[i])", lt("1/2", _P, _Q), "0.8"), ("g(p[k])", gt("0", _P), "C = 1"), ("g(p[k])", le("0", _P), ""),
    ("Σ(i, g(p[i]/q[i]))", eq("0", _P, _Q), "p ≠ q"), ("g(q[k]/p[k])", eq("g(p[k]/q[k])"), "p ≠ q"),
    ("D(g(p[k]), p[k])", ge("0"), "p < 1"), ("g(2)", le("0"), "1 - log 2"), ("g(1)", gt("0"), "0"),
)  # fmt: skip

_SIZES: tuple[Line, ...] = (("index", "i j k", "C", "1"), ("index", "n m", "N", "1"), ("index", "a", "M", "2"),
                            ("real", "z[i]"), ("real", "x[n]"), ("positive", "h[i]"), ("real", "f[a]"))  # fmt: skip
SIZES = claims(
    "sizes", _SIZES,
    ("C*N", ge("C + N"), "C = N = 1"), ("C", eq("N"), "C = 2, N = 1"), ("C*N", gt("C"), "N = 1"),
    ("Σ(i, Σ(n, z[i]*x[n]))", eq("Σ(i, z[i])*x[n]"), "N = 2"), ("Σ(i, Σ(n, z[i]))", eq("Σ(i, z[i])"), "N = 2"),
    ("M**2", gt("4"), "M = 2"), ("M", gt("C"), "C = 5"), ("1/(M - 2)", gt("0"), "M = 2"), ("log(M)", ge("1"), "M = 2"),
    ("M/(M - 1)", lt("2"), "M = 2"), ("(C - 1)*(C - 2)", gt("0"), "C = 1"), ("(C - 2)**2", gt("0"), "C = 2"),
    ("C**(1/2)", gt("1"), "C = 1"), ("log(C)", gt("0"), "C = 1"), ("log(C*N)", eq("log(C)*log(N)"), "C = N = 2"),
    ("Σ(i, h[i])", ge("C"), "h = 1/2"), ("Σ(i, h[i])*Σ(i, 1/h[i])", gt("C**2"), "C = 1"), ("Σ(i, h[i]**2)", le("Σ(i, h[i])**2 - 1"), "C = 1"),
    ("Σ(i, h[i], i != k)", gt("0"), "C = 1"), ("Σ(i, h[i]) - h[k]", gt("0"), "C = 1"), ("Σ(i, h[i])/h[k]", gt("1"), "C = 1"),
    ("Σ(i, h[i])", ge("h[j] + h[k]"), "j = k, C = 1"), ("Σ(a, f[a])", eq("f[1] + f[2]"), "M = 3"), ("Σ(a, 1, a != 1, a != 2)", gt("0"), "M = 2"),
    ("f[1]", eq("f[2]"), "f = (0, 1)"), ("f[1] - f[2]", eq("f[2] - f[1]"), "f = (0, 1)"), ("f[3]", eq("f[3]"), "M = 2"),
    ("Π(i, h[i], i != k)", eq("Π(i, h[i])*h[k]"), "h = 2"), ("Π(i, h[i])", le("Σ(i, h[i])"), "h = 9"), ("Π(i, C)", eq("C**2"), "C = 3"),
    ("Π(i, 2)", eq("2*C"), "C = 3"), ("Π(i, h[i]*2)", eq("2*Π(i, h[i])"), "C = 2"), ("Σ(i, 1/C)", eq("C"), "C = 2"),
    ("Σ(i, i*0)", eq("0"), "i is no number"), ("Σ(i, z[i])/C", eq("Σ(n, z[n])/N"), "n is no class"), ("Σ(i, Σ(j, z[i] - z[j]))", eq("C"), "0"),
    ("Σ(i, Σ(j, (z[i] - z[j])**2))", gt("0"), "C = 1"), ("Σ(i, Σ(j, z[i]*z[j], j != i))", eq("Σ(i, z[i])**2 - Σ(i, z[i])"), ""),
    ("Σ(i, Σ(j, z[i]*z[j], j != i))", ge("0"), "z = (1, -1)"), ("Σ(i, exp(z[i]))", ge("C"), "z = -1"), ("log(Σ(i, exp(z[i])))", ge("z[k] + z[j]"), ""),
    ("log(Σ(i, exp(z[i])))", gt("z[k]"), "C = 1"), ("log(Σ(i, exp(z[i])))", le("z[k] + log(C)"), "z = (0, 9)"),
    ("log(Σ(i, exp(z[i])))", eq("Σ(i, z[i])"), "C = 2"), ("log(Σ(i, exp(z[i]))/C)", ge("Σ(i, z[i])"), "z = (9, 9)"),
    ("D(log(Σ(i, exp(z[i]))), z[k])", eq("1/C"), "z = (0, 9)"), ("D(Σ(i, z[i]**3), z[k])", eq("Σ(i, 3*z[i]**2)"), "C = 2"),
    ("D(Π(i, h[i]), h[k])", eq("Π(i, h[i])"), "h = 2"), ("D(Σ(i, h[i]*log(h[i])), h[k])", eq("log(h[k])"), "+ 1"),
    ("D(Σ(i, z[i])**2, z[k])", eq("2*z[k]"), "C = 2"), ("D(Σ(i, Σ(j, z[i]*z[j])), z[k])", eq("Σ(j, z[j])"), "2"),
    ("D(exp(z[k])/Σ(i, exp(z[i])), z[k])", eq("exp(z[k])/Σ(i, exp(z[i]))"), "C = 1"),
    ("D(D(Σ(i, z[i]**2), z[j]), z[k])", eq("2"), "j ≠ k"), ("D(z[1], z[k])", eq("δ(1, k)*C"), "C = 2"),
)  # fmt: skip

_W: tuple[Line, ...] = (
    ("real", "z"), ("real", "w"), ("where", "z", ">=", "0", "z", "1"), ("where", "w", "<=", "1", "w", "0"),
    ("index", "i j k", "C", "1"), ("real", "x[i]"), ("where", "x[i] + z", ">", "0", "x[i]", "1"),
    ("real", "m"), ("fact", "m is w", "m", "w"), ("unit", "u"), ("where", "u", "!=", "1/2", "u", "1/3"))  # fmt: skip
CONDITIONS = claims(
    "conditions", _W,
    ("z", gt("1/2"), "z = 0"), ("w", lt("1"), "w = 1"), ("w", ge("0"), "w = -1"), ("1/z", gt("0"), "z = 0"),
    ("z - w", ge("0"), "w = 1"), ("z + 1 - w", gt("1"), "z = 0, w = 1"), ("x[i]", gt("0"), "z = 2, x = -1"),
    ("x[i] + x[j] + z", gt("0"), "z = 2, x = -3/2"), ("x[i] - z", gt("0"), "z = 2"), ("x[i]*x[j]", gt("0"), "z = 2"),
    ("Σ(i, x[i])", gt("0"), "z = 2, x = -1"), ("Σ(i, x[i]) + z", gt("1"), "C = 1, x + z = 1/2"), ("m", le("1"), "not cited"),
    ("log(x[i] + z)", gt("0"), "x + z = 1/2"), ("1/(x[i] + z)", ge("1"), "x + z = 2"), ("m", lt("1", "m is w"), "w = 1"),
    ("abs(x[i] + z)", eq("x[i] - z"), "z = 1"), ("1/(2*u - 1)", gt("0"), "u = 1/3"), ("1/(u - 1/3)", gt("0"), "u = 1/3"),
    ("((2*u - 1)**2)**(1/2)", eq("2*u - 1"), "u = 1/3"), ("log((1 - 2*u)**2)", eq("2*log(1 - 2*u)"), "u = 3/4"), ("u", lt("1/2"), "u = 3/4"),
    ("D(abs(z), z)", eq("1"), "z = 0"), ("z**(1/2)", ge("z"), "z = 4"), ("(1 - w)**(1/2)", ge("0"), "w = 1"), ("log(2 - w)", gt("0"), "w = 1"),
    ("(x[i] + z)*(x[j] + z)", gt("1"), "1/4"), ("Σ(i, 1/(x[i] + z))", gt("1"), "C = 1, x = 9"), ("Π(i, x[i])", gt("0"), "x = -1, z = 2"),
) + [
    Row("points and conditions", name, _W, start, (step,), why)
    for name, start, step, why in (
        ("a point without its condition", "z", at(eq("-1"), z="-1"), "z ≥ 0"),
        ("a point at which others fail", "x[i]", at(gt("0"), z="1"), "x = -1/2"),
        ("a point on the edge", "1/z", at(eq("1/0"), z="0"), "no value"),
        ("u at a half", "u", at(eq("1/2"), u="1/2"), "u ≠ 1/2"), ("w above 1", "w", at(eq("2"), w="2"), "w ≤ 1"),
    )
]  # fmt: skip

_H: tuple[Line, ...] = (
    *SAMPLES, ("index", "i j", "C", "1"), ("real", "x[n]"), ("real", "w"), ("real", "θ[i]"),
    ("let", "e1", "w*x[n]"), ("let", "e2", "e1**2"), ("let", "f(t)", "t*e1"), ("let", "h(s)", "f(s) + f(1)"),
    ("let", "d(r)", "D(r**2*w, w)"), ("let", "dd(o)", "d(o)*w + D(d(o), w)"), ("let", "q(u)", "D(u**3, u)"),
    ("let", "qq(y)", "q(q(y))"), ("let", "T", "Σ(m, x[m])"), ("let", "g2(a, b)", "a*x[n] + b*x[m]"))  # fmt: skip
LAYERS = claims(
    "layers of definitions", _H,
    ("Σ(n, e2)", eq("w**2*Σ(n, x[n]**2)"), "hidden n"), ("Σ(n, h(1))", eq("2*w*T"), "hidden n"),
    ("Σ(m, e2)", eq("w**2*Σ(m, x[m]**2)"), "e2 is of one n"), ("Σ(m, h(x[m]))", eq("w*Σ(m, x[m]**2 + x[m])"), ""),
    ("e2", eq("w**2*x[m]**2"), "n ≠ m"), ("h(w)", eq("2*w*e1"), "w ≠ 1"), ("h(0)", eq("0"), "w*x[n]"), ("d(w)", eq("3*w**2"), "w²"),
    ("D(d(w), w)", eq("3*w**2"), "2·w"), ("d(x[n])", eq("2*x[n]*w"), "x²"), ("dd(w)", eq("w**3 + 2*w"), "D(d(o)) is 0"),
    ("q(w)", eq("w**3"), "3w²"), ("D(q(w), w)", eq("3*w**2"), "6w"), ("qq(w)", eq("6*w"), "27w⁴"), ("q(2*w)", eq("6*w**2"), "12w²"),
    ("D(f(w), w)", eq("x[n]*w"), "2"), ("D(f(x[n]), x[n])", eq("w*x[n]"), "2"), ("D(T, x[n])", eq("N"), "1"),
    ("D(e1, x[m])*D(T, x[n])", eq("w"), "n ≠ m"), ("Σ(m, D(e1, x[m]))", eq("N*w"), "N = 2"), ("g2(1, -1)", eq("0"), "n ≠ m"),
    ("g2(1, 0)", eq("g2(0, 1)"), "n ≠ m"), ("Σ(m, g2(1, 0))", eq("N*x[n]"), "hidden m"), ("D(g2(w, w), x[n])", eq("w"), "n = m"),
    ("D(D(e2, w), x[m])", eq("4*w*x[n]"), "n ≠ m"), ("T*e1", eq("w*Σ(m, x[m]**2)"), "x = (1, 2)"), ("D(w*T, w)", eq("x[n]"), "N = 2"),
    ("Σ(i, θ[i]*e1)", eq("w*Σ(i, θ[i]*x[i])"), "i is no sample"), ("Σ(i, f(θ[i]))", eq("e1*θ[i]"), "C = 2"), ("D(Σ(i, f(θ[i])), θ[j])", eq("C*e1"), ""),
    ("f(f(1))", eq("e1"), "e1²"), ("f(f(w)) - e2", eq("0"), "w"), ("h(h(0))", eq("e1**2"), "+ e1"),
)  # fmt: skip

CONTENT = [
    Row("chains", name, setting, start, steps, why)
    for name, setting, start, steps, why in (
        ("right, then wrong", SOFTMAX, "p[k]", (le("1"), le("1/2")), "1 > 1/2"),
        ("down after up", SOFTMAX, "p[k]", (le("1"), ge("p[k]")), "a chain both ways"),
        ("two facts in turn", _PQ, "Σ(i, p[i])", (eq("1", _P), eq("Σ(i, z[i])", _P)), "z = 0"),
        ("one fact forgotten", _PQ, "Σ(i, p[i])*Σ(i, q[i])", (eq("Σ(i, q[i])", _P), eq("1", _P)), "Σq"),
        ("point left", _S, "z", (at(eq("3"), z="3"), eq("z")), "the point stays"),
        ("point changed", _S, "z + w", (at(eq("3 + w"), z="3"), at(eq("4"), z="2", w="2")), ""),
        ("strict from not strict", _S, "z**2 + 1", (ge("1"), gt("1 - 0")), "1 > 1"),
        ("gap of the other divergence", _PQ, _KL,
         (Step("≥", "0", (_P, _Q), gap="Σ(i, q[i]*g(p[i]/q[i]))"),), "not the difference"),
        ("gap that hides a hole", _S, "z", (ge("0", gap="z*w/w"),), "w = 0"),
        ("gap with the wrong sign", _S, "z**2", (ge("z**2 + s", gap="-s"),), "s > 0"),
        ("gap turned", _S, "z**2", (le("z**2 + s", gap="-s"),), "the difference is s"),
        ("gap of an equality", _S, "z", (Step("=", "z", gap="0"),), "a gap is of an order"),
        ("an unknown sign", _S, "z", (Step("≈", "z"),), "no sign"),
        ("an unknown fact", _S, "z", (eq("0", "z is zero"),), "never declared"),
    )
]  # fmt: skip

ROWS = (*BRANCHES, *NET, *REGRESSION, *SCALARS, *CITED, *SIZES, *CONDITIONS, *LAYERS, *CONTENT)
