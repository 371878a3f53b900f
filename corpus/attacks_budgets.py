"""Inputs meant to crash or to run for ever: each ends in a refusal, or a proof if it is true."""

from __future__ import annotations

from .rows import CLASSES, LOGITS, MAX, Line, Row, eq, ge, gt, le, lt

_Z: tuple[Line, ...] = (("real", "z"),)
_DOUBLING = (*_Z, ("let", "a0", "z"),
             *(("let", f"a{n}", f"a{n - 1} + a{n - 1}") for n in range(1, 30)))  # fmt: skip
_SQUARING = (*_Z, ("let", "a0", "z + 1"),
             *(("let", f"a{n}", f"a{n - 1}*a{n - 1} + z") for n in range(1, 12)))  # fmt: skip
_BINARIES = tuple(("binary", f"b{n}") for n in range(12))
_TERMS = " + ".join(f"b{n}*z{n}" for n in range(12))
_TWELVE = tuple(("real", f"z{n}") for n in range(12))
_FREE = " + ".join(f"q[{i}]" for i in "abcdefghij")
_MANY_LETTERS = (("index", "a b c d e f g h i j", "M", "1"), ("real", "q[a]"),
                 ("real", "x[a, b, c, d, e, f, g, h]"),
                 ("where", "x[a, b, c, d, e, f, g, h]", ">", "0", "x[a, b, c, d, e, f, g, h]",
                  "1"))  # fmt: skip
_DEEP = "z"
for _ in range(38):
    _DEEP = f"({_DEEP} + 1)"
_EXPS = "z"
for _ in range(30):
    _EXPS = f"exp({_EXPS})"
_SUMS = "".join(f"Σ({i}, " for i in "abcdefgh") + "*".join(f"q[{i}]" for i in "abcdefgh") + ")" * 8
_CHAIN = "".join(f"Σ({i}, " for i in "abcdefgh") + "exp(" + "*".join(
    f"q[{i}]" for i in "abcdefgh") + ")" + ")" * 8  # fmt: skip

_PLACES = [f"A[{i},{j}]" for i in range(1, 13) for j in range(1, 100)]
_1200: tuple[Line, ...] = (("index", "i j", "C", "99"), ("real", "A[i, j]"), ("positive", "s"),
    *(("let", f"q{n}", "+".join(_PLACES[200*n:200*n + 200])) for n in range(6)))  # fmt: skip

_197: tuple[Line, ...] = (("index", "i j", "C", "99"), ("real", "A[i, j]"), ("positive", "s"),
    ("let", "L", "+".join(_PLACES[:197])), ("let", "E", "L*s/(1 + s)"))  # fmt: skip


def _to_the_64(base: str, times: int) -> str:
    for _ in range(times):
        base = f"({base})**64"
    return base


_POWERS = (*_Z, ("let", "f0(t)", "t**4"),
           *(("let", f"f{n}(t)", f"f{n - 1}(f{n - 1}(t))") for n in range(1, 14)))  # fmt: skip
_HARMONIC = (*_Z, ("let", "h0", "z"), *(("let", f"h{n}", f"h{n - 1} + " + " + ".join(
    f"1/{10**29 + 60*n + k}" for k in range(55))) for n in range(1, 6)))  # fmt: skip

# Q is above 0 as it is written, U is equal to it, and no sign of U is seen.
_EQUAL: tuple[Line, ...] = (
    ("real", "z"), ("real", "w"), ("real", "v"), ("positive", "s"),
    ("let", "Q", "(z**2 - w)**2 + (w**2 - v)**2 + (v**2 - z)**2 + s"),
    ("let", "R", "z**4 - 2*z**2*w + w**2 + w**4 - 2*w**2*v + v**2 + v**4 - 2*v**2*z + z**2 + s"),
    ("let", "U", "(R + R*s)/(1 + s)"))  # fmt: skip

ROWS = tuple(
    Row("budget", name, setting, start, (step,))
    for name, setting, start, step in (
        ("an exponent", _Z, "1e999999999", eq("1")),
        ("powers of powers", (), "((10**64)**64)**64", gt("1")),
        ("a deeper power", (), "10**(10**(10**10))", gt("1")),
        ("a tower of twos", (), "2**2**2**2**2**2", gt("1")),
        ("a small power", (), "(((1/10)**64)**64)**64", gt("0")),
        ("exp of a large number", (), "exp(10**20)", gt("1")),
        ("exp of 100000", (), "exp(100000)", gt("1")),
        ("exp of minus 10**9", (), "exp(-10**9) - 1", lt("0")),
        ("exp of exp", (), "exp(exp(exp(exp(3)))) - 1", gt("0")),
        ("powers of a logarithm", (), "((log(3)**64)**64)**64", gt("1/2")),
        ("roots of roots", (), "((2**(1/64))**(1/64))**(1/64)", gt("1")),
        ("a large prime", (), "(10**29 + 319)**(1/2)", gt("1")),
        ("log of a large number", (), "log(10**60 + 1)", gt("0")),
        ("29 doubling definitions", _DOUBLING, "a29", eq("2**29*z")),
        ("D through 29 doubling definitions", _DOUBLING, "D(a29, z)", eq("2**29")),
        ("D of D through doubling", _DOUBLING, "D(D(a20, z), z)", eq("0")),
        ("squaring definitions", _SQUARING, "a11", gt("0")),
        ("D through squaring", _SQUARING, "D(a11, z)", eq("0")),
        ("max of 12", (*LOGITS, MAX), "max(z[1], " * 11 + "z[1]" + ")" * 11, eq("z[1]")),
        ("max of 20", (*_Z, MAX), f"max({', '.join(f'{n}*z' for n in range(20))})", ge("0")),
        ("max of 990", (MAX,), f"max({','.join('1' * 990)})", eq("1")),
        ("max of 12 reals", (*_TWELVE, MAX), f"max({', '.join(f'z{n}' for n in range(12))})",
         ge("z0")),
        ("binaries under a logarithm", (*_BINARIES, *_TWELVE), f"log(1 + ({_TERMS})**2)", ge("0")),
        ("binaries under exp", (*_BINARIES, *_TWELVE), f"exp({_TERMS})", gt("0")),
        ("binaries under a denominator", (*_BINARIES, *_TWELVE), f"1/(1 + ({_TERMS})**2)",
         gt("0")),
        ("an odd index", LOGITS, "z[²]", eq("0")),
        ("index 0", LOGITS, "z[0]", eq("0")),
        ("a long index", LOGITS, f"z[{'9' * 1500}]", eq("0")),
        ("5,000 digits", (), "1" * 5000, eq("1")),
        ("1,900 digits", (), "1" * 1900, eq("1")),
        ("1,900 decimals", (), "0." + "1" * 1900, eq("1")),
        ("deep brackets", _Z, "(" * 900 + "z" + ")" * 900, eq("z")),
        ("many closing brackets", _Z, "z" + ")" * 900, eq("z")),
        ("many minus signs", _Z, "-" * 1500 + "z", eq("z")),
        ("deep sums of one", _Z, _DEEP, eq("z + 38")),
        ("exp of exp of …", _Z, _EXPS, gt("0")),
        ("a long sum", _Z, "+".join("z" * 990), eq("990*z")),
        ("a long product", _Z, "*".join("z" * 990), ge("0")),
        ("a long quotient", (("positive", "s"),), "/".join("s" * 900), gt("0")),
        ("a power of a sum", _TWELVE, f"({'+'.join(f'z{n}' for n in range(12))})**64", ge("0")),
        ("eight sums", _MANY_LETTERS[:2], _SUMS, eq("Σ(a, q[a])**8")),
        ("eight sums that hang together", _MANY_LETTERS[:2], _CHAIN, gt("0")),
        ("a condition of eight letters", _MANY_LETTERS, _FREE, gt("0")),
        ("a sum to the tenth", LOGITS, "Σ(i, z[i])**10", ge("0")),
        ("a sum under a sum, to a power", LOGITS, "Σ(i, (z[i] + Σ(j, z[j]*z[i]))**6)", ge("0")),
        ("ten δ", CLASSES, "*".join(["(1 + δ(i, j))", "(2 + δ(j, k))", "(3 + δ(k, c))"] * 4),
         gt("0")),
        ("zero over zero", (), "0/0", eq("1")),
        ("zero to minus one", (), "0**(-1)", eq("1")),
        ("zero to zero", (), "0**0", eq("1")),
        ("nothing", (), "", eq("")),
        ("a null", (), "1\x00", eq("1")),
        ("half a surrogate", (), "\ud800", eq("1")),
        ("1,200 atoms", _1200, "s*(q0 + q1 + q2 + q3 + q4 + q5)", gt("q0 + q1 + q2 + q3 + q4 + q5")),
        ("197 quotients, 40 times", _197, " + ".join(["exp(E)"]*40), eq("0")),
        ("powers of 600 exponentials", (*_1200, ("let", "L", "q0 + q1 + q2")),
         " + ".join(f"(exp(L) + {n})**64" for n in range(1, 26)), eq("0")),
        ("a denominator to 64 to the fifth", (("positive", "s"),), _to_the_64("1/(1 + s)", 5), eq("1")),
        ("a share to 64 to the fifth", (*CLASSES, ("nonnegative", "p[i]"), ("sums to one", "p")),
         _to_the_64("p[k]", 5), le("1", "p sums to one")),
        ("an exponent of 4,900 digits", _POWERS, "exp(f13(z))", gt("0")),
        ("a coefficient of 8,000 digits", _HARMONIC, "abs(h5)", ge("0")),
        ("zero in a case of no point", _EQUAL, "1/(abs(U) + Q)", eq("1/(2*Q)")),
        ("nested quotients", _Z, "1/(1 + 1/(1 + 1/(1 + 1/(1 + 1/(1 + exp(z))))))", gt("0")),
    )
)  # fmt: skip
