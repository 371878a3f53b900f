"""A third set of false claims: losses of the trade, rules bent one at a time, sizes, kinks, premises."""

from __future__ import annotations

from cebook_utils.kernel.certificates import Step

from .rows import MAX, SAMPLES, Line, Row, at, eq, ge, gt, le, lt


def _rows(kind: str, setting: tuple[Line, ...], *claims: tuple[str, Step, str]) -> list[Row]:
    return [Row(kind, f"{start} {step.sign} {step.line}"[:150], setting, start, (step,), why)
            for start, step, why in claims]  # fmt: skip


_P, _Q, _Y, _A = (f"{name} sums to one" for name in "pqya")
_HOT = "t is one-hot"

# What is seen of an index of one size is not seen of an index of another: δ has no size of its own.
_TWO_SIZES: tuple[Line, ...] = (
    ("index", "i j", "C", "1"), ("index", "n m", "N", "1"), ("real", "w"), ("real", "x"),
    ("where", "w + δ(1, i)*x", ">", "0", "w", "1", "x", "0"),
    ("where", "w + δ(1, n)*x", "!=", "0"))  # fmt: skip
SIZES_APART = _rows(
    "an index of another size", _TWO_SIZES,
    ("0*Σ(i, (w + δ(1, i)*x)**(1/2)) + Σ(n, 1/(w + δ(1, n)*x))", gt("0"), "C = 1, N = 2, w = -1, x = 3"),
    ("0*Σ(i, log(w + δ(1, i)*x)) + Σ(n, 1/(w + δ(1, n)*x))", gt("0"), "C = 1, N = 2, w = -1, x = 3"),
    ("0*Σ(i, (w + δ(1, i)*x)**(-1/2)) + Σ(n, (w + δ(1, n)*x)**(-3))", gt("0"), "C = 1, N = 2, w = -1, x = 3"),
    ("0*Σ(i, 1/(w + δ(1, i)*x)) + abs(Σ(n, 1/(w + δ(1, n)*x)))", eq("Σ(n, 1/(w + δ(1, n)*x))"), "w = -1, x = 3"),
    ("0*Σ(i, (w + δ(1, i)*x)**(1/2)) + 1/Σ(n, 1/(w + δ(1, n)*x))", eq("1/Σ(n, 1/(w + δ(1, n)*x))"), "no value: w = -1, x = 2"),
    ("0*Σ(i, (w + δ(1, i)*x)**(1/2)) + log(Σ(n, 1/(w + δ(1, n)*x)))", le("0"), "no value: w = -1, x = 3"),
    ("Σ(n, (w + δ(1, n)*x)**(1/2))", ge("0"), "no value: w = -1, x = 3, N = 2"),
    ("Σ(i, 1/(w + δ(1, i)*x))", eq("Σ(n, 1/(w + δ(1, n)*x))"), "C = 1, N = 2"),
    ("w", gt("0"), "C = 1, w = -1, x = 3"), ("Σ(i, δ(1, i))", eq("Σ(n, 1)"), "N = 2"),
    ("Σ(i, δ(1, i))", eq("C"), "C = 2"), ("Σ(i, Σ(n, δ(1, i)*δ(1, n)))", eq("C"), "C = 2"),
    ("Σ(n, w + δ(1, n)*x)", eq("C*w + x"), "N = 2"), ("Π(i, exp(δ(1, i)))", eq("exp(C)"), "C = 2"),
)  # fmt: skip

# A number that a definition puts for a letter has to exist.
_SELECT: tuple[Line, ...] = (
    ("index", "i j k", "C", "1"), ("index", "a b", "M", "2"), ("real", "x[i]"), ("real", "f[a]"),
    ("let", "second[i]", "δ(i, 2)"), ("let", "pair[i, j]", "δ(i, j)"), ("let", "last[a]", "δ(a, 3)"),
    ("let", "g(t)", "t*second[1]"), ("let", "first[i]", "δ(i, 1)*x[i]"))  # fmt: skip
NUMBERS_PUT_IN = _rows(
    "a number for a letter", _SELECT,
    ("second[1]", eq("0"), "no value: C = 1"), ("second[1] + x[1]", eq("x[1]"), "no value: C = 1"),
    ("0*second[1]", eq("0"), "no value: C = 1"), ("g(x[1])", eq("0"), "no value: C = 1"), ("pair[1, 2]", eq("0"), "no value: C = 1"),
    ("last[1]", eq("0"), "no value: M = 2"), ("last[2]*f[2]", eq("0"), "no value: M = 2"), ("second[2]", eq("1"), "no value: C = 1"),
    ("Σ(i, second[i])", eq("1"), "no value: C = 1"), ("first[2]", eq("0"), "no value: C = 1"), ("exp(second[1])", ge("1"), "no value: C = 1"),
    ("Σ(a, last[a])", eq("0"), "M = 3"), ("f[1] + f[2]", eq("Σ(a, f[a])"), "M = 3"), ("Σ(i, first[i])", eq("Σ(i, x[i])"), "C = 2"),
    ("D(second[1]*x[1], x[1])", eq("0"), "no value: C = 1"), ("Σ(i, pair[i, 1])", eq("C"), "C = 2"),
)  # fmt: skip

# Losses as they are written in papers, with the slips that are made there.
_LOSS: tuple[Line, ...] = (
    ("index", "i j k l c", "C", "1"), ("real", "z[i]"), ("positive", "τ"), ("unit", "ε"), ("positive", "α"), ("real", "b"), ("positive", "ω[i]"),
    ("nonnegative", "y[i]"), ("sums to one", "y"), ("nonnegative", "t[i]"), ("one-hot", "t", "c"), ("sums to one", "t"),
    ("let", "Z", "Σ(j, exp(z[j]))"), ("let", "s[i]", "exp(z[i])/Σ(j, exp(z[j]))"), ("let", "r[i]", "exp(z[i]/τ)/Σ(j, exp(z[j]/τ))"),
    ("let", "H", "-Σ(i, y[i]*log(s[i]))"), ("let", "E", "-Σ(i, s[i]*log(s[i]))"), ("let", "smooth[i]", "(1 - ε)*t[i] + ε/C"),
    ("let", "focal", "-(1 - s[c])**2*log(s[c])"), ("let", "brier", "Σ(i, (s[i] - y[i])**2)"), ("let", "W", "-Σ(i, ω[i]*y[i]*log(s[i]))"))  # fmt: skip
LOSSES = _rows(
    "losses", _LOSS,
    ("r[i]", eq("s[i]/τ"), "τ = 2"), ("r[i]", eq("exp(z[i])/(Z*τ)"), "τ = 2"), ("D(-log(r[k]), z[k])", eq("r[k] - 1"), "τ = 2"),
    ("D(-log(r[k]), τ)", eq("z[k]/τ**2"), "C = 1"), ("D(log(r[k]), τ)", eq("(Σ(i, r[i]*z[i]) - z[k])/τ"), "τ = 2"),
    ("D(τ*log(Σ(j, exp(z[j]/τ))), z[k])", eq("r[k]/τ"), "τ = 2"), ("D(τ*log(Σ(j, exp(z[j]/τ))), τ)", eq("Σ(j, r[j]*z[j])"), "C = 2"),
    ("τ*log(Σ(j, exp(z[j]/τ)))", ge("z[k] + τ*log(C)"), "z = (0, -9)"), ("τ*log(Σ(j, exp(z[j]/τ)))", gt("z[k]"), "C = 1"),
    ("smooth[k]", gt("ε"), "C = 2"), ("Σ(i, smooth[i])", eq("1 - ε + ε/C", _HOT), "C = 2"), ("smooth[k]", eq("1 - ε + ε/C", _HOT), "k ≠ c"),
    ("-Σ(i, smooth[i]*log(s[i]))", eq("-(1 - ε)*log(s[c]) - ε*log(C)", _HOT), "s not uniform"),
    ("-Σ(i, smooth[i]*log(s[i]))", eq("-(1 - ε)*log(s[c]) - ε*Σ(i, log(s[i]))", _HOT), "1/C"),
    ("D(-Σ(i, smooth[i]*log(s[i])), z[k])", eq("s[k] - (1 - ε)*δ(k, c)", _HOT), "ε/C"), ("D(-Σ(i, smooth[i]*log(s[i])), z[k])", eq("s[k] - t[k]", _HOT), "ε"),
    ("D(-Σ(i, smooth[i]*log(s[i])), ε)", eq("Σ(i, log(s[i]))/C", _HOT), "log s[c]"),
    ("D(focal, z[c])", eq("(1 - s[c])**3"), "sign and a term"), ("D(focal, z[c])", eq("-(1 - s[c])**3"), "a term"), ("focal", gt("0"), "C = 1"),
    ("focal", ge("-log(s[c])"), "s = 1/2"), ("focal", eq("-log(s[c])*(1 - s[c]**2)"), "s = 1/2"),
    ("D(brier, z[k])", eq("2*(s[k] - y[k])"), "chain rule"), ("D(brier, z[k])", eq("2*s[k]*(1 - s[k])*(s[k] - y[k])"), "the other classes"),
    ("brier", eq("Σ(i, s[i]**2) + 1", _Y), "2·s·y"), ("brier", lt("1", _Y), "z = (9, 0), y = (0, 1)"), ("brier", gt("0", _Y), "C = 1"), ("brier", eq("Σ(i, s[i]**2) - 2*s[c] + 2", _HOT, _Y), "y is not t"),
    ("D(W, z[k])", eq("ω[k]*(s[k] - y[k])", _Y), "the weights of the others"), ("D(W, z[k])", eq("s[k] - ω[k]*y[k]", _Y), "Σω·y"), ("D(W, ω[k])", eq("-log(s[k])"), "y"),
    ("W", ge("H"), "ω = 1/2"), ("W", eq("ω[k]*H"), "weights differ"), ("D(H, z[k])", eq("y[k] - s[k]", _Y), "sign"), ("D(H, z[k])", eq("s[k]*(1 - y[k])", _Y), "Σy"),
    ("D(H, z[k])", eq("s[k]*Σ(i, y[i], i != k) - y[k]"), "s·y[k]"), ("D(H, z[k])", eq("Σ(i, y[i], i != k)*s[k] + y[k]*(1 - s[k])"), "sign"),
    ("D(D(H, z[i]), z[k])", eq("s[i]*(δ(i, k) - s[i])", _Y), "i ≠ k"), ("D(D(H, z[i]), z[k])", eq("-s[i]*s[k]", _Y), "i = k"), ("D(D(H, z[k]), z[k])", ge("1/4", _Y), "at most 1/4"),
    ("D(D(H, z[k]), z[k])", gt("0", _Y), "C = 1"), ("D(E, z[k])", eq("s[k]*(log(s[k]) + E)"), "the sign"), ("D(E, z[k])", eq("-s[k]*log(s[k]) - E"), "s·E"), ("D(E, z[k])", eq("-s[k]*(log(s[k]) + 1)"), "the others"),
    ("E", eq("log(Z) - Σ(i, z[i])/C"), "not uniform"), ("E", gt("0"), "C = 1"), ("E", ge("log(C)"), "z = (9, 0)"), ("E", eq("log(Z) + Σ(i, s[i]*z[i])"), "sign"),
    ("H", eq("log(Z)*Σ(i, y[i]) - Σ(i, z[i])"), "y"), ("H", gt("0", _Y), "C = 1"), ("H", le("log(C)", _Y), "z = (9, 0), y = (0, 1)"), ("H", eq("E", _Y), "y is not s"),
    ("H - E", ge("0", _Y), "y = (1, 0), z = (1, 0)"), ("log(s[i]/s[j])", eq("z[j] - z[i]"), "sign"), ("s[i] - s[j]", eq("exp(z[i] - z[j])/Z"), "z = 0"),
    ("D(log(Z), z[k])", eq("1/Z"), "C = 2"), ("D(D(log(Z), z[i]), z[k])", eq("s[i]*s[k]"), "C = 1"), ("D(Z, z[k])", eq("Z"), "C = 2"), ("Z", gt("C"), "z = 0"), ("log(Z)", ge("Σ(i, z[i])"), "z = (9, 9)"),
    ("Σ(i, s[i]*(δ(i, k) - s[k]))", eq("s[k]"), "0"), ("Σ(i, s[i]**2)", eq("1/C"), "not uniform"), ("s[k]", ge("1/C"), "z = (-9, 0)"), ("Π(i, s[i])", eq("exp(Σ(i, z[i]))/Z"), "Z to the C"),
    ("Σ(i, z[i]*(s[i] - y[i]))", ge("0", _Y), "y = (1, 0), z = (1, 0)"), ("D(s[i], z[k])*D(s[k], z[i])", eq("s[i]*s[k]"), "C = 1"), ("D(s[k]**α, z[k])", eq("α*s[k]**(α - 1)"), "chain rule"),
    ("D(log(s[k] + b**2), z[k])", eq("1 - s[k]"), "b = 1"), ("D(exp(b*z[k])/Z, z[k])", eq("(b - 1)*exp(b*z[k])/Z"), "C = 2"), ("Σ(i, D(s[i]*z[i], z[k]))", eq("1"), "z[k]·…"),
    ("D(Σ(i, s[i]*z[i]), z[k])", eq("s[k]"), "z[k] - mean"), ("D(Σ(i, s[i]*z[i]), z[k])", eq("s[k]*(1 + z[k])"), "the mean"), ("D(s[k], b)", eq("s[k]"), "0"), ("D(H, y[k])", eq("log(s[k])"), "sign"),
    ("D(E, s[k])", eq("-log(s[k])"), "- 1"), ("D(H, s[k])", eq("1/s[k]"), "-y"), ("D(brier, s[k])", eq("2*s[k]"), "y"), ("D(brier, y[k])", eq("2*(s[k] - y[k])"), "sign"),
)  # fmt: skip

# Divergences, mixtures, information.
_INFO: tuple[Line, ...] = (
    ("index", "i j k", "C", "1"), ("index", "n m", "N", "1"), ("positive", "p[i]"), ("sums to one", "p"), ("positive", "q[i]"), ("sums to one", "q"),
    ("positive", "a[n, i]"), ("sums to one", "a"), ("unit", "λ"), ("positive", "α"), ("lemma", "g(s)", "s - 1 - log(s)"), ("real", "f[i]"),
    ("let", "mix[i]", "λ*p[i] + (1 - λ)*q[i]"), ("let", "KL", "Σ(i, p[i]*log(p[i]/q[i]))"), ("let", "Hp", "-Σ(i, p[i]*log(p[i]))"), ("let", "Ef", "Σ(i, p[i]*f[i])"))  # fmt: skip
INFORMATION = _rows(
    "information", _INFO,
    ("Σ(i, mix[i])", eq("λ", _P, _Q), "1"), ("mix[k]", ge("p[k]"), "q < p"), ("mix[k]", lt("1", _P, _Q), "C = 1"), ("log(mix[k])", eq("λ*log(p[k]) + (1 - λ)*log(q[k])"), "concave"),
    ("log(mix[k])", le("λ*log(p[k]) + (1 - λ)*log(q[k])"), "concave"), ("D(log(mix[k]), λ)", eq("p[k] - q[k]"), "1/mix"), ("D(mix[k], p[j])", eq("λ"), "j ≠ k"),
    ("D(KL, p[k])", eq("log(p[k]/q[k])"), "+ 1"), ("D(KL, q[k])", eq("p[k]/q[k]"), "sign"), ("D(D(KL, q[j]), q[k])", eq("p[k]/q[k]**2"), "j ≠ k"), ("D(D(KL, p[j]), p[k])", eq("1/p[k]"), "j ≠ k"),
    ("D(Hp, p[k])", eq("-log(p[k])"), "- 1"), ("Hp", ge("log(C)", _P), "(0.9, 0.1)"), ("Hp", lt("log(C)", _P), "uniform"), ("Hp", gt("0", _P), "C = 1"), ("Hp", le("-log(p[k])", _P), "p[k] = 0.9"),
    ("KL", eq("Hp - Σ(i, p[i]*log(q[i]))"), "sign"), ("KL", le("Σ(i, p[i]**2/q[i]) - 2", _P, _Q), "p = q"), ("KL", gt("Σ(i, p[i]**2/q[i]) - 1", _P, _Q), "p = q"),
    ("Σ(i, p[i]**2/q[i])", eq("1", _P, _Q), "p ≠ q"), ("Σ(i, p[i]**2/q[i])", le("1", _P, _Q), "p ≠ q"), ("Σ(i, (p[i] - q[i])**2/q[i])", eq("Σ(i, p[i]**2/q[i]) + 1", _P, _Q), "sign"),
    ("Σ(i, (p[i] - q[i])**2/q[i])", eq("Σ(i, p[i]**2/q[i]) - 1", _P), "Σq not cited"), ("Σ(i, abs(p[i] - q[i]))", le("1", _P, _Q), "up to 2"), ("Σ(i, abs(p[i] - q[i]))", gt("0", _P, _Q), "p = q"), ("Σ(i, p[i] - q[i])", gt("0", _P), "q"),
    ("Σ(i, (p[i]*q[i])**(1/2))", eq("1", _P, _Q), "p ≠ q"), ("Σ(i, (p[i]**(1/2) - q[i]**(1/2))**2)", eq("2 - Σ(i, (p[i]*q[i])**(1/2))", _P, _Q), "2"), ("Σ(i, p[i]**α)", le("1", _P), "α = 1/2"), ("Σ(i, p[i]**α)", eq("1", _P), "α = 2"),
    ("Σ(i, p[i]**α*q[i]**(1 - α))", ge("1", _P, _Q), "α = 1/2"), ("D(Σ(i, p[i]**α*q[i]**(1 - α)), α)", eq("KL"), "p^α…"), ("D(Σ(i, p[i]**α), p[k])", eq("Σ(i, α*p[i]**(α - 1))"), "C = 2"),
    ("Σ(i, p[i]*(f[i] - Ef)**2)", eq("Σ(i, p[i]*f[i]**2) + Ef**2", _P), "sign"), ("Σ(i, p[i]*(f[i] - Ef)**2)", eq("Σ(i, p[i]*f[i]**2) - Ef**2"), "Σp not cited"), ("Σ(i, p[i]*(f[i] - Ef)**2)", gt("0", _P), "C = 1"),
    ("Ef**2", ge("Σ(i, p[i]*f[i]**2)", _P), "Jensen"), ("Ef", le("f[k]", _P), "f = (0, 1)"), ("D(Ef, f[k])", eq("p[k]*f[k]"), "p"), ("D(Ef, p[k])", eq("Ef/p[k]"), "C = 2"), ("exp(Ef)", eq("Π(i, exp(p[i]))", _P), "f"),
    ("exp(Ef)", ge("Σ(i, p[i]*exp(f[i]))", _P), "Jensen"), ("Σ(n, a[n, i])", eq("N", _A), "over the wrong index"), ("Σ(i, a[n, i]*a[m, i])", eq("1", "a sums to one"), "N = C = 2"), ("Σ(i, a[n, i]*a[m, i])", eq("δ(n, m)", "a sums to one"), ""),
    ("Σ(n, Σ(i, a[n, i]*log(a[n, i])))/N", ge("0", "a sums to one"), "below 0"), ("Σ(i, Σ(n, a[n, i])/N)", eq("N", "a sums to one"), "1"), ("log(Σ(n, a[n, i]))", ge("0", "a sums to one"), "N = 1"), ("Σ(i, p[i]*q[i])", le("p[k]*q[k]", _P, _Q), "uniform"),
    ("p[i]*p[j]", eq("p[i]**2*δ(i, j)", _P), "i ≠ j"), ("p[k]*(1 - p[k])", gt("0", _P), "C = 1"), ("Σ(i, p[i]*(1 - p[i]))", gt("0", _P), "C = 1"), ("1/p[k]", gt("1", _P), "C = 1"), ("-log(p[k])", gt("0", _P), "C = 1"), ("p[k]", lt("1", _P), "C = 1"),
    ("Σ(i, p[i]*g(q[i]/p[i]))", gt("0"), "p = q"), ("g(p[k]*q[k])", gt("0", _P, _Q), "C = 1"), ("g(α)", ge("α - 1"), "log 2 > 0 fails: α = 2"), ("D(g(α), α)", ge("0"), "α = 1/2"), ("g(α) + g(1/α)", gt("0"), "α = 1"), ("g(α)", eq("g(1/α)"), "α = 2"),
)  # fmt: skip

# One rule bent at a time: exponents, roots, logarithms, signs, kinks.
_BEND: tuple[Line, ...] = (
    MAX, ("real", "z"), ("real", "w"), ("positive", "s"), ("positive", "r"), ("nonnegative", "e"), ("unit", "u"), ("binary", "b"), ("binary", "d"),
    ("index", "i j k", "C", "1"), ("index", "m n", "M", "2"), ("real", "x[i]"), ("positive", "h[i]"), ("nonnegative", "v[i]"), ("binary", "y[i]"), ("real", "A[i, j]"), ("real", "o[m]"))  # fmt: skip
BENT = _rows(
    "rules bent", _BEND,
    ("s**(1/2)*s**(1/3)", eq("s**(1/6)"), "s = 2"), ("(s**(1/2))**3", eq("s**(2/3)"), "s = 2"), ("(s*r**2)**(1/2)", eq("s*r"), "s = 4"), ("(s**2 + r**2)**(1/2)", eq("s + r"), "s = r = 1"), ("(4*s)**(1/2)", eq("4*s**(1/2)"), "2"), ("(12*s)**(1/2)", eq("3*(2*s)**(1/2)"), "12 < 18"),
    ("(s/2)**(-1/2)", eq("2**(-1/2)*s**(-1/2)"), "2"), ("(8*s)**(2/3)", eq("2*s**(2/3)"), "4"), ("s**(3/2)", eq("s*s**(1/3)"), "s = 2"), ("(s + r)**(1/2)", ge("s**(1/2) + r**(1/2)"), "s = r = 1"), ("((s - r)**2 + s)**(1/2)", ge("s"), "s = r = 2"), ("(1 + z**2)**(1/2)", gt("1"), "z = 0"),
    ("(1 + z**2)**(-1/2)", lt("1"), "z = 0"), ("(1 + z**2)**(1/2)", le("1 + z"), "z = -1"), ("(z**2 + s)**(1/2)", ge("z + s"), "z = s = 1"), ("(1 + z)**2/(1 + z)", eq("1 + z"), "no value: z = -1"), ("z**(1/2)*z**(1/2)", eq("z"), "no value: z = -1"), ("(e + 1)**(1/2)", gt("1"), "e = 0"),
    ("e**(1/2)", ge("0"), "no value: e = 0"), ("log(s**2 + 2*s*r + r**2)", eq("2*log(s) + 2*log(r)"), "s = r = 1"), ("log(s)/2", eq("log(s/2)"), "s = 1"), ("log(z**2 + 1)", gt("0"), "z = 0"), ("log(z**2 + 1)", eq("2*log(z + 1)"), "no value: z = -1"), ("log(s*r)", ge("log(s)"), "r = 1/2"),
    ("log(s)*log(r)", eq("log(s + r)"), "s = r = 1"), ("log(s)**2", ge("log(s)"), "s = 2"), ("log(s**z)", eq("log(s)**z"), "no value: s = 1/2"), ("log(s**z)", eq("z + log(s)"), "z = 0, s = 2"), ("exp(z)**w", eq("exp(z**w)"), "no value: z = -1"), ("exp(z*log(s))", eq("z*s"), "z = s = 2"),
    ("exp(-z)", eq("-exp(z)"), "z = 0"), ("exp(z/2)", eq("exp(z)/2"), "z = 0"), ("exp(z + 1)", eq("exp(z) + 1"), "z = 0"), ("exp(2*z) - 1", eq("(exp(z) - 1)**2"), "z = 1"), ("exp(z) + exp(-z)", gt("2"), "z = 0"), ("(exp(z) - 1)/(exp(z) + 1)", ge("0"), "z = -1"),
    ("exp(-s)", ge("1 - s/2"), "s = 1"), ("exp(s) - exp(-s)", gt("2"), "s = 1/2"), ("exp(e)", gt("1"), "e = 0"), ("exp(-e)", lt("1"), "e = 0"), ("exp(-z**2)", lt("1"), "z = 0"), ("exp(-abs(z))", lt("1"), "z = 0"), ("1 - exp(-e)", gt("0"), "e = 0"), ("log(1 + e)", gt("0"), "e = 0"),
    ("s**e", gt("s"), "e = 0, s = 2"), ("s**e", ge("1"), "s = 1/2, e = 1"), ("u**e", lt("1"), "e = 0"), ("u**(-e)", gt("1"), "e = 0"), ("u**(1/2)", lt("u"), "u = 1/4"), ("u**2 + (1 - u)**2", lt("1/2"), "u = 1/2"), ("u**2 + (1 - u)**2", gt("1/2"), "u = 1/2"), ("u/(1 - u)", gt("1"), "u = 1/3"),
    ("log(u/(1 - u))", ge("0"), "u = 1/3"), ("-u*log(u) - (1 - u)*log(1 - u)", ge("log(2)"), "u = 1/3"), ("-u*log(u) - (1 - u)*log(1 - u)", lt("1/2"), "u = 1/2"), ("1/(u*(1 - u))", gt("4"), "u = 1/2"), ("u*r", lt("r - u"), "r = u"), ("max(u, 1 - u)", gt("1/2"), "u = 1/2"),
    ("max(z, w)*max(z, w)", eq("max(z**2, w**2)"), "z = -2, w = 1"), ("max(z, w) + max(z, -w)", eq("2*z + abs(w)"), "z = 0, w = 1"), ("max(z, -z)", eq("z"), "z = -1"), ("max(z, w) - z - w", ge("0"), "z = w = 1"), ("max(s*z, s*w)", eq("s + max(z, w)"), "s = 1, z = 0"), ("max(-z, -w)", eq("-max(z, w)"), "z ≠ w"),
    ("max(w*z, w)", eq("w*max(z, 1)"), "w = -1, z = 2"), ("max(z, 0)*max(-z, 0)", gt("0"), "0"), ("max(exp(z), 1)", eq("exp(z)"), "z = -1"), ("max(z, w, s)", eq("max(z, w)"), "z = w = -1"), ("exp(max(z, w))", gt("exp(w)"), "z = w"), ("max(z + s, z)", eq("z"), "s"), ("max(b, d)", eq("b + d"), "b = d = 1"),
    ("max(b, 1 - b)", eq("b"), "b = 0"), ("abs(z)*z", eq("z**2"), "z = -1"), ("abs(z)**3", eq("z**3"), "z = -1"), ("abs(z**3 + z)", eq("z**3 + z"), "z = -1"), ("abs(z)/(s + abs(z))", lt("z/s"), "z = 0"), ("abs(z + s)", gt("s"), "z = -s"), ("abs(z*w)", gt("0"), "z = 0"), ("abs(z - w)", ge("abs(z) + abs(w)"), "z = w = 1"),
    ("abs(abs(z) - 1)", eq("abs(z) - 1"), "z = 0"), ("abs(abs(z) - abs(w))", eq("abs(z - w)"), "w = -z"), ("abs(z) + abs(w)", le("abs(z + w)"), "w = -z"), ("abs(z)**2", ge("abs(z)"), "z = 1/2"), ("abs(b - 1/2)", lt("1/2"), "it is 1/2"), ("abs(2*b - 1)*z", eq("abs(z)"), "z = -1"), ("abs(log(s))", eq("log(s)"), "s = 1/2"),
    ("abs(1 - s)", eq("s - 1"), "s = 1/2"), ("abs(1 - u)", eq("u - 1"), "1 - u"), ("abs(exp(z) - 1)", eq("exp(abs(z)) - 1"), "z = -1"), ("(2 - b)**(1/2)", eq("2**(1/2) - b"), "b = 1"), ("(2 - b)**(1/2)", eq("2 - b"), "b = 0"), ("log(2 - b)", eq("b*log(2)"), "b = 1"), ("log(1 + b + d)", eq("log(1 + b) + log(1 + d)"), "b = d = 1"),
    ("1/(1 + b + d)", eq("1/(1 + b)/(1 + d)"), "b = d = 1"), ("1/(1 + b*d)", eq("1 - b/2"), "b = 1, d = 0"), ("exp(b + d*z)", eq("1 + b*(exp(1) - 1) + d*(exp(z) - 1)"), "b = d = 1"), ("exp(b*d)", eq("1 + (b + d)*(exp(1) - 1)"), "b = 1, d = 0"), ("(z + b)**3", eq("z**3 + b"), "b = z = 1"), ("1/(z**2 + b)", gt("0"), "no value: z = b = 0"),
    ("1/(b + s*(1 - b)*z)", eq("b + (1 - b)/(s*z)"), "no value: b = z = 0"), ("log(b*s + (1 - b)*z**2)", eq("b*log(s) + (1 - b)*log(z**2)"), "no value: b = z = 0"), ("(b*s + (1 - b)*e)**(1/2)", ge("0"), "no value: b = e = 0"), ("s**b*r**(1 - b)", eq("b*s*r"), "b = 0"), ("s**(b + d)", eq("1 + (b + d)*(s - 1)"), "b = d = 1, s = 3"),
    ("(s + b)/(r + b)", eq("s/r"), "b = 1"), ("(b + z)/(b + z)", eq("1"), "no value: z = -b"), ("(1 - b)*(1 - d)", eq("1 - b - d"), "b = d = 1"), ("b + d - b*d", eq("1"), "b = d = 0"), ("(b - d)**2", eq("b + d"), "b = d = 1"), ("(b + d)**2", eq("b + d + b*d"), "b = d = 1"), ("b*d", eq("b*(1 - d)"), "b = d = 1"), ("z**b", eq("1 + b*(z - 1)"), "no value: z = -1"),
)  # fmt: skip

# Sums, products, left-out members, sizes of one, members of two.
COUNTED = _rows(
    "sums and sizes", _BEND,
    ("Σ(i, y[i])", le("1"), "y = (1, 1)"), ("Σ(i, y[i]*x[i])**2", eq("Σ(i, y[i]*x[i]**2)"), "C = 2"), ("Π(i, 1 + y[i])", eq("1 + Σ(i, y[i])"), "y = (1, 1)"), ("Π(i, 2 - y[i])", eq("2 - Σ(i, y[i])"), "C = 2"), ("Σ(i, 2**y[i])", eq("2**Σ(i, y[i])"), "y = (0, 0)"), ("Σ(i, exp(y[i]*z))", eq("exp(z)*Σ(i, y[i])"), "y = 0"),
    ("Σ(i, v[i])", gt("0"), "v = 0"), ("Σ(i, v[i]) - v[k]", gt("0"), "C = 1"), ("Σ(i, v[i]*h[i])", ge("h[k]"), "v = 0"), ("Σ(i, v[i])**2", gt("Σ(i, v[i]**2)"), "C = 1"), ("1/Σ(i, v[i])", gt("0"), "no value: v = 0"), ("log(1 + Σ(i, v[i]))", gt("0"), "v = 0"), ("Σ(i, v[i])/C", le("v[k]"), "v = (0, 1)"), ("Σ(i, Σ(j, v[i]*v[j], j != i))", gt("0"), "C = 1"),
    ("Σ(i, h[i])", gt("h[k]"), "C = 1"), ("h[k]/Σ(i, h[i])", lt("1"), "C = 1"), ("Σ(i, h[i]) - h[j] - h[k]", ge("0"), "j = k, C = 1"), ("Σ(i, h[i])**2", gt("Σ(i, h[i]**2)"), "C = 1"), ("Σ(i, h[i])*Σ(j, 1/h[j])", ge("C**2 + 1"), "C = 1"), ("Σ(i, h[i]**(1/2))", eq("Σ(i, h[i])**(1/2)"), "C = 2"), ("Σ(i, h[i]**(1/2))**2", le("Σ(i, h[i])"), "C = 2"),
    ("Σ(i, 1/h[i])", eq("1/Σ(i, h[i])"), "C = 2"), ("Σ(i, h[i]/(1 + h[i]))", eq("C - Σ(i, 1/h[i])"), "h = 1"), ("Σ(i, h[i]/(s + h[i]))", eq("C - Σ(i, 1/(s + h[i]))"), "s = 2"), ("Σ(i, 1/(h[i]*(h[i] + s)))", eq("Σ(i, 1/h[i]) - Σ(i, 1/(h[i] + s))"), "s = 2"), ("Σ(i, log(h[i]))", eq("log(Σ(i, h[i]))"), "C = 2"), ("log(Σ(i, h[i]))", gt("log(h[k])"), "C = 1"),
    ("Π(i, h[i])", eq("exp(Σ(i, h[i]))"), "h = 1"), ("Π(i, h[i]**2)", eq("Π(i, h[i])*2"), "h = 1"), ("Π(i, h[i] + s)", eq("Π(i, h[i]) + s**C"), "C = 1 only: h = 1, C = 2"), ("Π(i, s*h[i])", eq("s*Π(i, h[i])"), "C = 2"), ("Π(i, h[i], i != k)", eq("Π(i, h[i]) - h[k]"), "h = 1"), ("Π(i, h[i], i != j, i != k)", eq("Π(i, h[i])/(h[j]*h[k])"), "j = k"), ("Π(i, s, i != k)", eq("s**C"), "s = 2"),
    ("Π(i, s, i != j, i != k)", eq("s**(C - 2)"), "j = k"), ("Π(i, h[i])", gt("h[k]"), "C = 1"), ("Π(i, 1 + h[i])", gt("2*h[k] + 1"), "C = 1"), ("Σ(i, x[i], i != k)", eq("Σ(i, x[i]) + x[k]"), "sign"), ("Σ(i, x[i]**2, i != k)", gt("0"), "C = 1"), ("Σ(i, x[i], i != j, i != k)", eq("Σ(i, x[i]) - x[j] - x[k] + δ(j, k)"), "x[j]"),
    ("Σ(i, Σ(j, x[i]*x[j], j != i))", eq("Σ(i, x[i])**2"), "C = 1"), ("Σ(i, 1, i != k)", gt("0"), "C = 1"), ("Σ(i, 1/C, i != k)", eq("1"), "C = 2"), ("Σ(m, 1, m != n)", gt("1"), "M = 2"), ("Σ(m, o[m], m != 1)", eq("o[2]"), "M = 3"), ("Σ(m, o[m]**2)", gt("o[1]**2"), "o[2] = 0"), ("Σ(m, o[m])/M", eq("(o[1] + o[2])/2"), "M = 3"), ("o[1]*o[2]", eq("o[2]**2"), "o = (1, 2)"),
    ("Σ(i, Σ(j, A[i, j]))", eq("2*Σ(i, A[i, i])"), "C = 1"), ("Σ(i, A[i, i])**2", eq("Σ(i, Σ(j, A[i, j]**2))"), "C = 2"), ("Σ(j, A[i, j]*x[j])", eq("Σ(j, A[j, i]*x[j])"), "A not symmetric"), ("Σ(i, Σ(j, x[i]*A[i, j]*x[j]))", ge("0"), "A = -1"), ("D(Σ(i, Σ(j, x[i]*A[i, j]*x[j])), x[k])", eq("2*Σ(j, A[k, j]*x[j])"), "A not symmetric"),
    ("D(Σ(j, A[i, j]*x[j]), x[k])", eq("A[k, i]"), "i ≠ k"), ("D(Σ(i, Σ(j, A[i, j]*x[j]))**2, A[k, k])", eq("2*x[k]"), "times the sum"), ("Σ(k, A[i, k]*A[k, j])", eq("Σ(k, A[j, k]*A[k, i])"), "not symmetric"), ("Σ(i, Σ(j, A[i, j]*δ(i, j)))", eq("A[k, k]"), "C = 2"), ("Σ(i, A[i, j]*δ(i, k))", eq("A[j, k]"), "transposed"),
    ("Σ(i, Σ(j, (x[i] - x[j])**2))", eq("C*Σ(i, x[i]**2) - Σ(i, x[i])**2"), "2"), ("Σ(i, (x[i] - Σ(j, x[j])/C)**2)", eq("Σ(i, x[i]**2) - Σ(j, x[j])**2"), "1/C"), ("Σ(i, (x[i] - Σ(j, x[j]))**2)", ge("Σ(i, x[i]**2) + 1"), "C = 1"), ("Σ(i, x[i]**4)", ge("Σ(i, x[i]**2)"), "x = 1/2"), ("Σ(i, x[i])", le("C*x[k]"), "x = (0, 1)"), ("Σ(i, abs(x[i]))", gt("abs(x[k])"), "C = 1"),
    ("Σ(i, abs(x[i]))", le("abs(Σ(i, x[i]))"), "x = (1, -1)"), ("Σ(i, max(x[i], 0))", eq("max(Σ(i, x[i]), 0)"), "x = (1, -1)"), ("Σ(i, max(x[i], x[k]))", gt("C*x[k]"), "C = 1"), ("Σ(i, abs(x[i] - x[k]))", gt("0"), "C = 1"), ("Σ(i, δ(i, k)*abs(x[i]))", eq("x[k]"), "x = -1"), ("Σ(i, abs(δ(i, k) - y[i]))", eq("1 - y[k]"), "the others"), ("C**2", gt("C"), "C = 1"), ("C*(C - 1)", gt("0"), "C = 1"),
    ("M*(M - 2)", gt("0"), "M = 2"), ("1/(C*(C + 1))", lt("1/2"), "C = 1"), ("C/(C + 1)", gt("1/2"), "C = 1"), ("C**(-1/2)", lt("1"), "C = 1"), ("s**C", ge("s"), "s = 1/2"), ("s**(1/C)", lt("s"), "C = 1"), ("(M - 1)**(1/2)", gt("1"), "M = 2"), ("(1 + 1/C)**2", lt("4"), "C = 1"), ("M/C", ge("2"), "C = 2, M = 2"), ("Σ(i, 1/M)", lt("1"), "C = 2, M = 2"),
)  # fmt: skip

# Slopes: kinks, powers, other places, words that stand between.
_SLOPE: tuple[Line, ...] = (
    MAX, ("index", "i j k", "C", "1"), ("real", "z"), ("real", "w"), ("positive", "s"), ("nonnegative", "e"), ("binary", "b"), ("real", "x[i]"), ("positive", "h[i]"), ("real", "A[i, j]"),
    ("let", "σ(t)", "1/(1 + exp(-t))"), ("let", "L", "Σ(i, (x[i] - w)**2)/2"), ("let", "v", "w**2"), ("let", "G", "v**3 + w*v"), ("let", "κ(t)", "D(exp(t*w), w)"), ("let", "ρ(r)", "D(r**3, r) + r"), ("let", "relu(p)", "(p + abs(p))/2"))  # fmt: skip
SLOPES = _rows(
    "slopes", _SLOPE,
    ("D(abs(z - 1), z)", eq("1"), "no value: z = 1"), ("D(abs(z)**3, z)", eq("3*z**2"), "z = -1"), ("D(abs(z*w), w)", eq("abs(z)"), "no value: w = 0"), ("D(relu(z), z)", ge("0"), "no value: z = 0"), ("D(relu(z)**2, z)", eq("2*z"), "no value: z = 0"), ("D(max(z, w, 0), z)", le("1"), "no value: z = w"), ("D((z**2)**(1/2), z)", le("1"), "no value: z = 0"), ("D((z**2 + w**2)**(1/2), z)", le("1"), "no value: 0"),
    ("D((z**2 + s)**(1/2), z)", eq("1/(2*(z**2 + s)**(1/2))"), "2·z"), ("D((z**2 + s)**(1/2), z)", ge("0"), "z = -1"), ("D((z**2 + s)**(1/2), s)", eq("s/(z**2 + s)**(1/2)"), "1/2"), ("D(e**(1/2), e)", gt("0"), "no value: e = 0"), ("D(e**2, e)", gt("0"), "e = 0"), ("D(s**(-2), s)", eq("-2*s**(-1)"), "s = 2"), ("D(s**(1/3), s)", eq("s**(-1/3)/3"), "s = 2"), ("D(1/(1 + z**2), z)", eq("-1/(1 + z**2)**2"), "2·z"),
    ("D(z**w, z)", eq("w*z**(w - 1)"), "no value: z = -1"), ("D(s**w, w)", eq("w*s**(w - 1)"), "s = 2"), ("D(s**w, s)", eq("s**w*log(s)"), "s = 2"), ("D(2**z, z)", eq("z*2**(z - 1)"), "z = 0"), ("D(s**z, z)", eq("s**z"), "s = 2"), ("D(log(1 + exp(z)), z)", eq("exp(z)"), "z = 0"), ("D(exp(-z**2/2), z)", eq("-exp(-z**2/2)"), "z = 2"), ("D(exp(exp(z)), z)", eq("exp(exp(z))"), "z = 1"), ("D(log(log(1 + exp(s))), s)", eq("1/log(1 + exp(s))"), "no value or s = 1"),
    ("D(σ(z)**2, z)", eq("2*σ(z)"), "chain rule"), ("D(σ(z*w), z)", eq("σ(z*w)*(1 - σ(z*w))"), "w = 2"), ("D(log(σ(z)), z)", eq("σ(z)"), "z = 1"), ("D(log(1 - σ(z)), z)", eq("σ(z)"), "sign"), ("D(D(σ(z), z), z)", eq("σ(z)*(1 - σ(z))"), "times 1 - 2σ"), ("D(D(σ(z), z), z)", ge("0"), "z = 1"), ("D(σ(z), z)", lt("1/4"), "z = 0"), ("D(σ(σ(z)), z)", eq("σ(σ(z))*(1 - σ(σ(z)))"), "chain rule"), ("D(σ(w), z)", eq("σ(w)*(1 - σ(w))"), "0"),
    ("D(σ(z) + σ(-z), z)", eq("2*σ(z)*(1 - σ(z))"), "0"), ("D(σ(z)/σ(-z), z)", eq("1"), "exp z"), ("D(L, w)", eq("Σ(i, x[i] - w)"), "sign"), ("D(L, w)", eq("w - Σ(i, x[i])"), "C"), ("D(D(L, w), w)", eq("1"), "C = 2"), ("D(L, x[k])", eq("w - x[k]"), "sign"), ("D(D(L, x[i]), x[k])", eq("1"), "i ≠ k"), ("D(D(L, x[k]), w)", eq("-C"), "C = 2"), ("D(L**2, w)", eq("2*L"), "chain rule"), ("D(Σ(k, D(L, x[k])), w)", eq("-1"), "C = 2"),
    ("D(G, w)", eq("v"), "and through v"), ("D(G, w)", eq("6*w**5 + v"), "2·w² as well"), ("D(G, v)", eq("3*v**2"), "+ w"), ("D(G, v)", eq("3*v**2 + w + v/(2*w)"), "no value: w = 0"), ("D(D(G, v), w)", eq("6*v*w"), "2·w"), ("D(D(G, v), v)", eq("6*v + 1"), "w"), ("D(v, w)", eq("2*v"), "w = 2"), ("D(w, v)", eq("1/(2*w)"), "no value: w = 0"), ("κ(w)", eq("exp(w**2)*2*w"), "t is held"), ("κ(z)", eq("w*exp(z*w)"), "z"),
    ("D(κ(z), z)", eq("z*exp(z*w)"), "two terms"), ("κ(1) + κ(-1)", eq("2*exp(w)"), "w = 0"), ("κ(0)", eq("1"), "0"), ("ρ(z)", eq("z**3 + z"), "3·z²"), ("ρ(2*z)", eq("6*z**2 + z"), "12"), ("D(ρ(z), z)", eq("3*z**2 + 1"), "6·z"), ("ρ(ρ(0))", eq("4"), "0"), ("ρ(w) - ρ(z)", eq("3*(w - z)**2 + w - z"), "w = 1, z = 1/2"), ("D(x[i]*x[j], x[k])", eq("x[i] + x[j]"), "k apart"), ("D(x[i]*x[j], x[i])", eq("x[j]"), "i = j"), ("D(x[i]**2, x[j])", eq("2*x[j]"), "i ≠ j"),
    ("D(x[1], x[k])", eq("0"), "k = 1"), ("D(x[1], x[k])", eq("1"), "k = 2"), ("D(A[i, j], A[j, i])", eq("0"), "i = j"), ("D(A[i, j], A[i, k])", eq("1"), "j ≠ k"), ("D(A[i, i], A[j, k])", eq("δ(i, j)"), "k ≠ j"), ("D(Σ(i, A[i, j]), A[k, k])", eq("1"), "j ≠ k"), ("D(Σ(i, Σ(j, A[i, j]*A[j, i])), A[k, k])", eq("4*A[k, k]"), "2"), ("D(Σ(i, x[i]*h[i])/Σ(i, h[i]), h[k])", eq("x[k]/Σ(i, h[i])"), "x = 1"), ("D(Σ(i, x[i]*h[i])/Σ(i, h[i]), x[k])", eq("h[k]"), "Σh"),
    ("D(Π(i, h[i]), h[k])", eq("Π(i, h[i])*h[k]"), "h = 2"), ("D(Π(i, h[i], i != j), h[k])", eq("Π(i, h[i], i != j)/h[k]"), "j = k"), ("D(log(Π(i, h[i])), h[k])", eq("1/Π(i, h[i])"), "C = 2"), ("D(Σ(i, log(1 + h[i])), h[k])", eq("1/h[k]"), "h = 1"), ("D(Σ(i, x[i], i != j), x[k])", eq("1"), "j = k"), ("D(Σ(i, Σ(j, x[i]*x[j], j != i)), x[k])", eq("2*Σ(i, x[i])"), "i ≠ k"), ("D(b*z, b)", eq("z"), "no derivative by 0 or 1"), ("D(z**b, z)", eq("b"), "no value: z = 0"), ("D(exp(b*z), z)", eq("exp(b*z)"), "b = 0"), ("D(C*w**2, w)", eq("2*w"), "C = 2"), ("D(w**C, w)", eq("C*w**(C - 1)"), "no value: w = -1"),
)  # fmt: skip

# Premises: facts, conditions, points, orders, gaps; and chains that go on from them.
_PREMISE: tuple[Line, ...] = (
    ("index", "i j k c", "C", "1"), ("index", "a", "M", "2"), ("real", "z"), ("real", "w"), ("positive", "s"), ("nonnegative", "e"), ("unit", "u"), ("binary", "b"), ("real", "x[i]"), ("real", "m"), ("real", "g[i]"),
    ("fact", "m is the mean", "m", "Σ(i, x[i])/C"), ("fact", "g is centred", "g[i]", "x[i] - Σ(j, x[j])/C"), ("real", "t[i]"), ("one-hot", "t", "c"), ("unit", "p[a]"), ("sums to one", "p"), ("nonnegative", "n"), ("fact", "n is a square", "n", "w**2"),
    ("where", "z*w", ">", "0", "z", "1", "w", "1"), ("where", "e", "!=", "0", "e", "1"), ("where", "x[i] + s", ">=", "0", "x[i]", "0", "s", "1"))  # fmt: skip
_MEAN, _CENTRE, _SQUARE = "m is the mean", "g is centred", "n is a square"
PREMISES = _rows(
    "premises", _PREMISE,
    ("m", eq("x[k]", _MEAN), "x = (0, 1)"), ("m", ge("0", _MEAN), "x = -s"), ("m", gt("-s", _MEAN), "x = -s"), ("C*m", eq("Σ(i, x[i])"), "not cited"), ("Σ(i, g[i])", eq("0"), "not cited"), ("Σ(i, g[i])", eq("m", _CENTRE), "m is free"), ("Σ(i, g[i]**2)", gt("0", _CENTRE), "C = 1"), ("g[k]", eq("x[k] - m", _CENTRE), "m is free"), ("Σ(i, g[i]*x[i])", eq("Σ(i, x[i]**2)", _CENTRE), "C = 1"),
    ("D(m, x[k])", eq("1/C", _MEAN), "formed before the fact"), ("D(g[i], x[k])", eq("δ(i, k) - 1/C", _CENTRE), "formed before the fact"), ("n", gt("1", _SQUARE), "w = 1/2"), ("n", eq("w**2"), "not cited"), ("n", gt("0"), "not cited"), ("z", gt("0"), "z = w = -1"), ("z/w", eq("w/z"), "z = 2, w = 1"), ("z + w", gt("0"), "z = w = -1"), ("z*w", ge("1"), "1/4"), ("log(z)", le("z"), "no value: z = -1"), ("log(z*w)", eq("log(z) + log(w)"), "no value: z = -1"),
    ("(z*w)**(1/2)", eq("z**(1/2)*w**(1/2)"), "no value: z = -1"), ("abs(z*w)", eq("z*w + 0*log(z)"), "no value: z = -1"), ("abs(z)", eq("z"), "z = w = -1"), ("abs(z)*w", eq("z*abs(w) + 1"), "0 ≠ 1"), ("abs(z)*abs(w) + z*w", eq("0"), "2·z·w"), ("1/(z - w)", gt("0"), "no value: z = w"), ("1/(z*w - 1)", gt("0"), "no value: z = w = 1"), ("z**2*w", gt("0"), "w = -1"), ("1/e", gt("1"), "e = 2"), ("1/(e - 1)", gt("0"), "no value: e = 1"), ("log(e)", ge("0"), "e = 1/2"), ("e**(1/2)", lt("e"), "e = 1/4"),
    ("x[k]", ge("0"), "x = -s"), ("x[k] + s", gt("0"), "x = -s"), ("1/(x[k] + s)", gt("0"), "no value: x = -s"), ("(x[k] + s)**(1/2)", ge("0"), "no value: x = -s"), ("log(x[k] + 2*s)", ge("log(s) + 1"), "x = 0"), ("Σ(i, x[i])", ge("-s"), "C = 2, x = -s"), ("Σ(i, x[i])", ge("0"), "x = -s"), ("Σ(i, log(x[i] + s))", le("Σ(i, x[i] + s)"), "no value: x = -s"), ("x[i]*x[j]", ge("-s**2"), "x = (-s, 9)"), ("(x[i] + s)*(x[j] - s)", ge("0"), "x = 0"), ("abs(x[k])", le("s"), "x = 9"), ("x[k]**2", le("s**2"), "x = 9"), ("D(abs(x[k] + s), s)", eq("1"), "no value: x = -s"),
    ("p[a]", lt("1/2", "p sums to one"), "0.9"), ("p[1] + p[2]", eq("1", "p sums to one"), "M = 3"), ("p[1]*p[2]", ge("1/9", "p sums to one"), "small"), ("p[1]/(1 - p[1])", eq("p[1]/p[2]", "p sums to one"), "M = 3"), ("1 - p[a]", eq("p[a]", "p sums to one"), "0.9"), ("Σ(a, p[a]**2)", ge("1/2", "p sums to one"), "M = 3"), ("Σ(a, 1/p[a])", gt("M**2", "p sums to one"), "uniform"), ("p[a]*M", ge("1", "p sums to one"), "small"), ("Σ(a, p[a]/(1 - p[a]))", ge("M", "p sums to one"), "uniform"), ("Σ(a, p[a])", eq("1"), "not cited"),
    ("Σ(i, t[i]*x[i])", eq("x[k]", _HOT), "k ≠ c"), ("t[k]", eq("δ(k, c)"), "not cited"), ("t[k]*t[j]", eq("t[k]", _HOT), "j ≠ k"), ("t[j] + t[k]", le("1", _HOT), "j = k = c"), ("Σ(c, t[c])", eq("C", _HOT), "1"), ("Σ(c, t[c]*x[c])", eq("Σ(i, x[i])", _HOT), "C = 2"), ("D(t[k]*x[k], x[j])", eq("δ(j, k)", _HOT), "k ≠ c"), ("1 - t[k]", eq("t[j]", _HOT), "C = 3"), ("Π(i, 1 + t[i])", eq("1 + C", _HOT), "C = 2"), ("Σ(i, t[i], i != k)", eq("1", _HOT), "k = c"), ("exp(t[k]) + 0*m", eq("1 + t[j]*(exp(1) - 1)", _HOT), "j ≠ k"),
)  # fmt: skip

_BARE: tuple[Line, ...] = (("real", "z"), ("real", "w"), ("positive", "s"), ("unit", "u"), ("binary", "b"), ("real", "m"), ("fact", "m is z", "m", "z"),
                           ("index", "i k", "C", "1"), ("real", "x[i]"), ("where", "z", "<=", "2", "z", "0"))  # fmt: skip
POINTS = [
    Row("points and chains", name, _BARE, start, steps, why)
    for name, start, steps, why in (
        ("a point above the bound", "z", (at(eq("3"), z="3"),), "z ≤ 2"), ("a point of a unit", "u", (at(eq("1"), u="1"),), "u < 1"), ("a half for 0 or 1", "b", (at(eq("1/2"), b="1/2"),), "b is 0 or 1"),
        ("zero for what is above 0", "s*w", (at(eq("0"), s="0"),), "s > 0"), ("a family at a point", "x[k]", (at(eq("1"), **{"x[k]": "1"}),), "x is a family"), ("a point that is no number", "z + w", (at(eq("2*w"), z="w"),), "w is a name"),
        ("a point and a fact", "m", (Step("=", "1", ("m is z",), point=(("m", "1"),)),), "m is z"), ("a fact at its own point", "m", (Step("=", "1", ("m is z",), point=(("z", "2"),)),), "m is 2"), ("the slope after the point", "D(z**2, z)", (at(eq("0"), z="1"),), "2"),
        ("the slope of a constant", "D(w*z, w)", (at(eq("0"), z="1"),), "1"), ("no value at the point", "1/(z - 1)", (at(eq("1"), z="1"),), "no value"), ("two values", "z", (Step("=", "1", point=(("z", "1"), ("z", "2"))),), "one value"), ("another name free", "z + w", (at(ge("1"), z="1"),), "w = -1"),
        ("the point is left", "z + 1", (at(eq("2"), z="1"), eq("z + 1")), "z is 1 no more"), ("the point moves", "z", (at(eq("1"), z="1"), at(eq("2"), z="2")), "1 = 2"), ("up, then down", "w**2 + 1", (ge("1"), le("w**2 + 2")), "both ways"), ("strict twice", "w**2 + 1", (gt("0"), gt("0")), "0 > 0"), ("a gap of another sign", "w**2", (ge("w**2", gap="w - w - 1 + 1 - s*0 + w*0 + s - 2*s"),), "not 0"),
        ("a gap without a value", "w**2 + 1", (ge("1", gap="w**3/w"),), "w = 0"), ("a gap with a kink", "w**2", (ge("0", gap="w*abs(w)"),), "w = -1"), ("a gap that is half", "2*w**2", (ge("0", gap="w**2"),), "half"), ("a gap by a fact that is not cited", "(m - z)**2", (ge("1", gap="(m - z)**2 - 1"),), "m = z"), ("an order read backwards", "z", (ge("2"),), "z ≤ 2"), ("a strict bound", "z", (lt("2"),), "z = 2"), ("a slope at the bound", "1/(2 - z)", (gt("0"),), "z = 2"),
        ("an order at a point", "z*s", (at(le("1"), z="2"),), "s = 9"), ("a fact that is not there", "m", (eq("z", "m is w"),), "no such fact"), ("after the fact", "m", (eq("z", "m is z"), eq("w")), "z ≠ w"), ("an equality of orders", "z", (le("2"), eq("z")), "z = 0"), ("a power at a point", "z**w", (at(eq("1"), z="1", w="-1/2"), at(eq("2"), z="1", w="-1/2")), "1 = 2"),
    )
]  # fmt: skip

ROWS = (*SIZES_APART, *NUMBERS_PUT_IN, *LOSSES, *INFORMATION, *BENT, *COUNTED, *SLOPES, *PREMISES, *POINTS)

# Points at which some of them are false, where a search by chance does not come: sizes, letters, values.
_AT_MINUS_S = {"z": 1, "w": 1, "e": 1, "s": 1, "x": -1}
_APART = ({"C": 1, "N": 2}, {}, {"w": -1, "x": 3})
WITNESSES = {
    **{row.name: _APART for row in SIZES_APART if row.why.endswith("x = 3") or "x = 3," in row.why},
    **{row.name: (_APART[0], {}, {"w": -1, "x": 2}) for row in SIZES_APART if row.why.endswith("x = 2")},
    "m > -s": ({"C": 1, "M": 2}, {}, _AT_MINUS_S),
    "Σ(i, x[i]) ≥ -s": ({"C": 2, "M": 2}, {}, _AT_MINUS_S),
    "Σ(i, log(x[i] + s)) ≤ Σ(i, x[i] + s)": ({"C": 1, "M": 2}, {}, _AT_MINUS_S),
    "x[i]*x[j] ≥ -s**2": ({"C": 2, "M": 2}, {"i": 1, "j": 2}, {**_AT_MINUS_S, "x": (-1, 9)}),
}
