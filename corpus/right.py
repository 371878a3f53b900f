"""Right claims that the kernel has to prove, by subject."""

from __future__ import annotations

from itertools import permutations

from cebook_utils.kernel.certificates import Step

from .rows import (
    CLASSES,
    MAX,
    SAMPLES,
    SOFTMAX,
    TWO_CLASSES,
    Line,
    Row,
    distribution,
    eq,
    ge,
    gt,
    le,
    lt,
)


def _rows(kind: str, setting: tuple[Line, ...], *claims: tuple[str, Step]) -> list[Row]:
    return [Row(kind, f"{start} {step.sign} {step.line}", setting, start, (step,))
            for start, step in claims]  # fmt: skip


_S = (("positive", "s"), ("positive", "t"), ("real", "z"), ("real", "w"), ("real", "v"),
      ("unit", "u"), ("unit", "p"), ("binary", "y"), MAX, ("let", "softplus(t0)",
      "log(1 + exp(t0))"), ("let", "σ(t1)", "1/(1 + exp(-t1))"))  # fmt: skip
_P, _Y, _Q = "p sums to one", "y sums to one", "q sums to one"
_LEMMA: Line = ("lemma", "g(t)", "t - 1 - log(t)")

_NONZERO = (*_S, ("where", "z", "!=", "0", "z", "1"), ("where", "w", "<", "0", "w", "-1"))

ROWS = (
    *_rows("even powers under roots and logarithms", _NONZERO,
        ("(z**2)**(1/2)", eq("abs(z)")), ("log(z**2)", eq("2*log(abs(z))")), ("(w**2)**(1/2)", eq("-w")),
        ("log(w**2)", eq("2*log(-w)")), ("log(s*z**2)", eq("log(s) + 2*log(abs(z))")),
        ("(s/z**2)**(1/2)", eq("s**(1/2)/abs(z)")), ("(z**6)**(1/2)", eq("abs(z)**3")),
        ("(z**2)**(1/4)", eq("abs(z)**(1/2)")), ("log(w**2*z**2)", eq("2*log(abs(z*w))")),
        ("D((z**2)**(1/2), z)", eq("z/abs(z)")), ("(z**2)**(1/2) + abs(v)", eq("abs(z) + abs(v)")),
        ("abs(w*z)", eq("-w*abs(z)"))),
    *_rows("squares", _S,
        ("s + 1/s", ge("2")), ("s + 4/s", ge("4")), ("s/t + t/s", ge("2")), ("z**2 - z + 1", gt("0")),
        ("z**2 - z + 1/4", ge("0")), ("z**2 + w**2", ge("2*z*w")), ("z - z**2", le("1/4")),
        ("z**2 + w**2 + v**2", ge("z*w + w*v + v*z")), ("2*z*w", le("s*z**2 + w**2/s")),
        ("exp(z) + exp(-z)", ge("2")), ("(z + w)**2", le("2*z**2 + 2*w**2"))),
    *_rows("δ with any letters", CLASSES,
        *((f"δ({a}, 1)*δ({b}, 1)", eq(f"δ({a}, 1)*δ({b}, {a})")) for a in "ijk" for b in "ijk" if a != b),
        *((f"δ({a}, {b})*δ({b}, {d})", eq(f"δ({a}, {d})*δ({b}, {d})"))
          for a, b, d in permutations("ijk")),
        ("(1 - δ(i, 1))*δ(i, k)", eq("(1 - δ(k, 1))*δ(i, k)"))),
    *_rows("half exponents", _S,
        ("s**(1/2)*s**(1/2)", eq("s")), ("(s**2)**(1/2)", eq("s")), ("(4*s)**(1/2)", eq("2*s**(1/2)")),
        ("s/s**(1/2)", eq("s**(1/2)")), ("D(s**(1/2), s)", eq("1/(2*s**(1/2))")),
        ("8**(1/2)", eq("2*2**(1/2)")), ("(s*t)**(1/2)", eq("s**(1/2)*t**(1/2)")),
        ("log(s**(1/2))", eq("log(s)/2")), ("exp(log(s)/2)", eq("s**(1/2)"))),
    *_rows("signs of logarithms", _S,
        ("-log(u)", gt("0")), ("-log(1 - u)", gt("0")), ("log(1 + s)", gt("0")), ("softplus(z)", gt("z")),
        ("softplus(z)", gt("0")), ("softplus(-z)", gt("-z")), ("-log(σ(z))", gt("0")),
        ("log(2)", gt("0")), ("log(u*p)", lt("log(u)")), ("-y*log(p) - (1 - y)*log(1 - p)", gt("0")),
        ("-u*log(p) - (1 - u)*log(1 - p)", gt("0")), ("-u*log(u) - (1 - u)*log(1 - u)", gt("0")),
        ("-y*log(σ(z)) - (1 - y)*log(1 - σ(z))", ge("0"))),
    *_rows("entropy", (*CLASSES, *distribution("p", "positive"), *distribution("q", "positive"),
                       *distribution("y")),
        ("-Σ(i, p[i]*log(p[i]))", ge("0", _P)), ("-Σ(i, p[i]*log(q[i]))", ge("0", _P, _Q)),
        ("p[k]", le("1", _P)), ("y[k]", le("1", _Y)), ("1 - y[k]", ge("0", _Y)),
        ("-log(p[k])", ge("0", _P)), ("p[k]*(1 - p[k])", ge("0", _P)), ("1/p[k]", ge("1", _P)),
        ("y[k]**2", le("y[k]", _Y)), ("y[k]*(1 - y[k])", ge("0", _Y)), ("log(p[k])", le("0", _P)),
        ("-Σ(i, y[i]*log(q[i]))", ge("0", _Y, _Q))),
    *_rows("softmax", SOFTMAX,
        ("p[k]", le("1")), ("p[k]", gt("0")), ("Σ(i, p[i])", eq("1")), ("-log(p[k])", ge("0")),
        ("log(Σ(i, exp(z[i])))", ge("z[k]")), ("1 - p[k]", ge("0")),
        ("D(p[i], z[k])", eq("p[i]*(δ(i, k) - p[k])")), ("D(-log(p[k]), z[j])", eq("p[j] - δ(j, k)")),
        ("-Σ(i, p[i]*log(p[i]))", ge("0")), ("p[k]*(1 - p[k])", le("1"))),
    *_rows("softmax of two classes or more", (*TWO_CLASSES, ("real", "z[i]"),
           ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))")),
        ("p[k]", lt("1")), ("-log(p[k])", gt("0")), ("log(Σ(i, exp(z[i])))", gt("z[k]")),
        ("C", gt("1")), ("1 - p[1]", gt("0"))),
    *_rows("leave one out", (*CLASSES, ("positive", "a[i]"), ("unit", "m[i]")),
        ("Π(i, a[i], i != k)", eq("Π(i, a[i])/a[k]")), ("D(Π(i, a[i]), a[k])", eq("Π(i, a[i], i != k)")),
        ("a[k]*Π(i, a[i], i != k)", eq("Π(i, a[i])")), ("log(Π(i, a[i]))", eq("Σ(i, log(a[i]))")),
        ("Σ(i, a[i], i != k)", eq("Σ(i, a[i]) - a[k]")),
        ("D(log(Π(i, a[i])), a[k])", eq("1/a[k]")), ("Π(i, 1 - m[i], i != k)*(1 - m[k])",
         eq("Π(i, 1 - m[i])"))),
    *_rows("Bernoulli", (*SAMPLES, ("binary", "y[n]"), ("unit", "p"), ("unit", "q[n]"),
                         ("real", "z[n]"), ("let", "σ(t)", "1/(1 + exp(-t))")),
        ("log(Π(n, p**y[n]*(1 - p)**(1 - y[n])))", eq("Σ(n, y[n]*log(p) + (1 - y[n])*log(1 - p))")),
        ("Σ(n, y[n]**2)", eq("Σ(n, y[n])")), ("Σ(n, y[n]*(1 - y[n]))", eq("0")),
        ("log(Π(n, q[n]**y[n]*(1 - q[n])**(1 - y[n])))",
         eq("Σ(n, y[n]*log(q[n]) + (1 - y[n])*log(1 - q[n]))")),
        ("-Σ(n, log(y[n]*p + (1 - y[n])*(1 - p)))", eq("-Σ(n, y[n]*log(p) + (1 - y[n])*log(1 - p))")),
        ("-Σ(n, y[n]*log(q[n]) + (1 - y[n])*log(1 - q[n]))", gt("0")),
        ("D(-Σ(n, y[n]*log(σ(z[n])) + (1 - y[n])*log(1 - σ(z[n]))), z[m])", eq("σ(z[m]) - y[m]")),
        ("exp(y[m]*z[m])", eq("1 - y[m] + y[m]*exp(z[m])"))),
    *_rows("absolute values", _S,
        ("abs(z)", ge("z")), ("abs(z)", ge("-z")), ("abs(z + w)", le("abs(z) + abs(w)")),
        ("abs(z*w)", eq("abs(z)*abs(w)")), ("abs(z - w)", eq("abs(w - z)")), ("abs(z)**2", eq("z**2")),
        ("abs(s*z)", eq("s*abs(z)")), ("abs(z - w)", ge("abs(z) - abs(w)")), ("abs(abs(z))", eq("abs(z)")),
        ("D(abs(z)**2, z)", eq("2*z")), ("abs(z - w)", le("abs(z - v) + abs(v - w)"))),
    *_rows("maxima", _S,
        ("max(s*z, s*w)", eq("s*max(z, w)")), ("max(0, 1 - z)", ge("0")), ("max(z, w, v)", eq("max(v, z, w)")),
        ("max(z, w)", eq("max(w, z)")), ("max(z, w)", ge("z")), ("max(z, w)", ge("w")),
        ("max(z, z)", eq("z")), ("max(z, 0) - max(-z, 0)", eq("z")), ("max(max(z, w), v)",
         eq("max(z, max(w, v))")), ("max(z + v, w + v)", eq("max(z, w) + v")), ("max(0, z)**2", ge("0"))),
    *_rows("norms", (("index", "i j k", "D", "1"), ("real", "x[i]"), ("positive", "ε"),
                     ("let", "s", "(Σ(i, x[i]**2)/D + ε)**(1/2)"), ("let", "μ", "Σ(i, x[i])/D"),
                     ("let", "v", "Σ(i, (x[i] - μ)**2)/D"), ("let", "d", "(v + ε)**(1/2)")),
        ("D(s, x[k])/s**2", eq("x[k]/(D*s**3)")), ("D(s, x[k])", eq("x[k]/(D*s)")), ("s", gt("0")),
        ("D(x[i]/s, x[k])", eq("δ(i, k)/s - x[i]*x[k]/(D*s**3)")), ("d", gt("0")), ("v", ge("0")),
        ("D(d, x[k])", eq("(x[k] - μ)/(D*d)")), ("Σ(i, (x[i] - μ)/d)", eq("0")),
        ("D((x[i] - μ)/d, x[k])", eq("(δ(i, k) - 1/D)/d - (x[i] - μ)*(x[k] - μ)/(D*d**3)"))),
    *_rows("Gibbs", (*CLASSES, *distribution("p", "positive"), *distribution("q", "positive"), _LEMMA),
        ("Σ(i, p[i]*log(p[i]/q[i]))", ge("Σ(i, p[i]) - Σ(i, q[i])", gap="Σ(i, p[i]*g(q[i]/p[i]))")),
        ("Σ(i, p[i]*log(p[i]/q[i]))", Step("≥", "0", (_P, _Q), gap="Σ(i, p[i]*g(q[i]/p[i]))")),
        ("log(p[k])", le("p[k] - 1", gap="g(p[k])"))),
)  # fmt: skip
