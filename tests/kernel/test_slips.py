"""What tools/mutate_kernel.py showed to be missing: each row here sees a slip in the kernel."""

from dataclasses import replace
from fractions import Fraction

import pytest
from falsity import why_false

from cebook_utils.kernel.certificates import Step, begin, replay
from cebook_utils.kernel.consistency import declare, declared
from cebook_utils.kernel.intervals import Interval
from cebook_utils.kernel.terms import Refused
from cebook_utils.kernel.tokens import DEEPEST, LONGEST
from corpus.rows import CLASSES, SAMPLES, Row, eq, ge, gt, lt, reals

_V, _W = ("real", "v"), ("real", "w")

# e to 48 places, rounded up.
ABOVE_E = "27182818284590452353602874/10**25 + 71352662497757247093700/10**48"

SHARES = (
    *CLASSES,
    ("nonnegative", "y[i]"),
    ("sums to one", "y"),
    ("where", "y[i]", ">", "0", "y[i]", "1/C"),
)

RIGHT = (
    Row("", "nonnegative and not 0", (("nonnegative", "a"), ("where", "a", "!=", "0", "a", "1")),
        "a", (gt("0"),)),
    Row("", "a function of two, by one of them", (_V, _W, ("let", "f(t, s)", "D(t*s**2, t)")),
        "f(v, w)", (eq("w**2"),)),
    Row("", "quotients that come apart", (*CLASSES, ("positive", "s"), ("positive", "r[i]")),
        "Σ(i, 1/(r[i]*(r[i] + s)))", (eq("(Σ(i, 1/r[i]) - Σ(i, 1/(r[i] + s)))/s"),)),
    Row("", "sums that come apart when an index is fixed",
        (*CLASSES, ("real", "x[i,j]"), ("real", "y[i]")),
        "Σ(i, δ(i, k)*Σ(j, x[i,j]*y[j])**2)", (eq("Σ(j, x[k,j]*y[j])**2"),)),
    Row("", "an even power of a minus, below the line", (("positive", "s"),), "1/(-s)**2",
        (eq("1/s**2"),)),
    Row("", "two terms above 0, by their logarithms", (("positive", "s"),), "exp(s)", (gt("1"),)),
    Row("", "two numbers tried for one index", (("index", "i", "C", "2"),), "δ(i, 1)*δ(i, 2)", (eq("0"),)),
    Row("", "the first member of a sum", (*CLASSES, ("positive", "r[i]")), "Σ(i, r[i])",
        (ge("r[1]"),)),
    Row("", "one sign for what is in an absolute value", (_V, _W), "abs(v/2 - w)",
        (eq("abs(w - v/2)"),)),
    Row("", "one sign for what is under a square", (
        _W, ("where", "(w - 1)**2", "!=", "0", "w", "0")), "(w - 1)**2", (gt("0"),)),
    Row("", "a square of what is not 0", (_W, ("where", "w", "!=", "0", "w", "1")), "w**2",
        (gt("0"),)),
    Row("", "the absolute value of what is not 0", (_W, ("where", "w", "!=", "0", "w", "1")),
        "abs(2*w)", (gt("abs(w)"),)),
    Row("", "a condition on every term of a sum", (
        *CLASSES, ("real", "x[i]"), ("where", "x[i]", ">", "0", "x[i]", "1")),
        "Σ(i, 2*x[i])", (gt("Σ(i, x[i])"),)),
    Row("", "a condition with a factor above 0", (
        ("positive", "s"), _W, ("where", "s*w - s", ">", "0", "s", "1", "w", "2")), "w", (gt("1"),)),
    Row("", "two absolute values, whose cases are seen in a product", (_V, _W),
        "v*w + v*abs(w) + w*abs(v) + abs(v)*abs(w)", (ge("0"),)),
    Row("", "a power below the line, factor by factor", (
        _V, _W, ("where", "v + w", "!=", "0", "v", "1", "w", "1")), "1/(v + w)**2",
        (eq("1/(v + w)/(v + w)"),)),
    Row("", "a condition on every denominator of a sum", (
        *CLASSES, ("real", "x[i]"), ("where", "x[i] + 1", ">", "0", "x[i]", "1")),
        "Σ(i, 2/(x[i] + 1))", (gt("Σ(i, 1/(x[i] + 1))"),)),
    Row("", "shares that are above 0", SHARES, "y[k]**(1/2)", (gt("0", "y sums to one"),)),
    Row("", "more members than one", (("index", "i k", "C", "2"), ("positive", "r[i]")),
        "Σ(i, r[i])", (gt("r[k]"),)),
    Row("", "an absolute value of what is below 0 as it is written", (("positive", "s"), _W),
        "abs(-(w - 1)**4 - s)", (gt("0"),)),
    Row("", "the square of a number below 0", (), "log(2 - 2**(1/2))**2", (gt("1/5"),)),
    Row("", "quotients with a factor in the denominator", (*CLASSES, ("positive", "r[i]")),
        "Σ(i, r[i]/(1 + 2*r[i]))", (eq("(C - Σ(i, 1/(1 + 2*r[i])))/2"),)),
    Row("", "a logarithm of what begins with a minus", (
        _V, _W, ("where", "w - v", ">", "0", "w", "1", "v", "0")), "exp(log(w - v))",
        (eq("w - v"),)),
    Row("", "squares of absolute values in a sum", (*CLASSES, ("real", "x[i]")),
        "Σ(i, abs(x[i])**2)", (eq("Σ(i, x[i]**2)"),)),
    Row("", "sums in another order", (*CLASSES, ("real", "x[i,j]"), ("real", "y[i]")),
        "Σ(i, y[i]*Σ(j, x[i,j]*y[j]))", (eq("Σ(j, y[j]*Σ(i, x[i,j]*y[i]))"),)),
    Row("", "a minus below the line", (("positive", "s"),), "1/(-s)", (eq("-1/s"),)),
    Row("", "a kink that does not depend on the name", (_V, _W), "D(abs(w), v)", (eq("0"),)),
    Row("", "a member by another one", (("index", "i", "C", "2"), ("real", "x[i]")),
        "D(x[1], x[2])", (eq("0"),)),
    Row("", "a sum over what is above 0 as it is written", (
        *CLASSES, ("positive", "s"), *reals("x[i]", "y[i]")),
        "Σ(i, 2/((x[i] - y[i])**4 + s))", (gt("Σ(i, 1/((x[i] - y[i])**4 + s))"),)),
    Row("", "a root of what is 1 or 4", (("binary", "b"),), "(1 + 3*b)**(1/2)", (eq("1 + b"),)),
    Row("", "an absolute value of what is at most or at least 0", (("binary", "b"), ("nonnegative", "a")),
        "abs(2*a*b - a)", (eq("a"),)),
    Row("", "an index put in under a root", (*CLASSES, ("positive", "r[i]")),
        "Σ(i, δ(i, k)*r[i]**(1/2))", (eq("r[k]**(1/2)"),)),
    Row("", "a root of a member", (*CLASSES, ("positive", "r[i]")), "Σ(i, r[i]**(1/2))",
        (ge("r[k]**(1/2)"),)),
    Row("", "units one within another", (("unit", "u"), ("unit", "v"), ("unit", "w")),
        "1 - u - v - w + u*v + u*w + v*w - u*v*w", (gt("0"),)),
    *(Row("", f"a member of one sum beside a root of another, {p} before {q}",
          (*CLASSES, ("nonnegative", f"{p}[i]"), ("positive", f"{q}[i]")),
          f"Σ(i, {p}[i]) - {p}[k] + Σ(i, {q}[i])**(1/2)", (ge("0"),)) for p, q in ("xy", "yx")),
    Row("", "a condition on every quotient of a sum", (
        *CLASSES, ("real", "x[i]"), ("where", "x[i]", "!=", "1", "x[i]", "2"),
        ("where", "1/(x[i] - 1)", ">", "0", "x[i]", "2")), "(Σ(i, 1/(x[i] - 1)) + 1)**2", (gt("1"),)),
)  # fmt: skip

FALSE = (
    Row("", "a root over what may be below 0", (
        _V, _W, ("where", "v + w", "!=", "0", "v", "1", "w", "1"), ("where", "w/(v + w)", ">", "0")),
        "(w/(v + w))**(1/2)/(v + w)", (gt("0"),)),
    Row("", "the sign that is being looked for", (
        _W, ("where", "w", "!=", "-1", "w", "0"), ("where", "w/(1 + w)", ">", "0", "w", "1")),
        "1/(1 + w)", (gt("0"),)),
    Row("", "a constant too near to 0 to be told from it", (), f"exp(1) - ({ABOVE_E})", (ge("0"),)),
    Row("", "a constant too large for its bounds", (), "1 - exp(exp(20))", (ge("0"),)),
    Row("", "a constant exponent that is no number as it is written", (_V, _W), "w**(v - v + 2)",
        (eq("w**2"),)),
    Row("", "a written exponent that is no rational number", (("positive", "s"),), "s**log(2)",
        (eq("1"),)),
    Row("", "an even power of a minus, below the line", (("positive", "s"),), "1/(-s)**2",
        (eq("2/s**2"),)),
    Row("", "an absolute value below the line says nothing of the sign inside", (
        _W, ("where", "1 + w", "!=", "0", "w", "0")), "0/abs(1 + w)**2 + 1/(1 + w)", (gt("0"),)),
    Row("", "a root below the line is no whole power", (("positive", "s"),), "1/s**(1/2)",
        (eq("1"),)),
    Row("", "what is above 0 in one case and not 0 in the other", (
        ("binary", "b"), ("positive", "s"), _W, ("where", "w", "!=", "0", "w", "1")),
        "b*s + (1 - b)*w", (gt("0"),)),
    Row("", "what is above 0 in one case and below 0 in the other", (
        ("binary", "b"), ("positive", "s")), "(1 - b)*s - b*s", (gt("0"),)),
    Row("", "a half of what may be below 0", (("positive", "s"), _W), "s + w/2", (gt("0"),)),
    Row("", "a sum of quotients that may be below 0", (
        *CLASSES, ("real", "x[i]"), ("where", "x[i]", "!=", "-1", "x[i]", "0")),
        "Σ(i, 1/(x[i] + 1))", (gt("0"),)),
    Row("", "a share is not all", SHARES, "y[k]", (ge("1", "y sums to one"),)),
    Row("", "a root of a share is no share", SHARES, "y[k]**(1/2)", (ge("1", "y sums to one"),)),
    Row("", "a square whose factor may be 0", (
        ("nonnegative", "s"), _V, _W, ("where", "4*s*v - s**2", ">=", "0", "s", "1", "v", "1")),
        "s*w**2 + s*w + v", (ge("0"),)),
    Row("", "a square with a factor that is too large", (_W,), "w**2 + 3*w + 2", (ge("0"),)),
    Row("", "a square that is 0 somewhere", (_W,), "w**2 - 2*w + 1", (gt("0"),)),
)  # fmt: skip

# False since the two sides are equal: square (3 + 2·√2)^½ = 1 + √2. No number can tell.
EQUAL = (
    Row("", "0, which bounds cannot tell from what is below it", (),
        "(3 + 2*2**(1/2))**(1/2) - 2**(1/2)", (lt("1"),)),
    Row("", "the square of 0, which bounds cannot tell from what is above it", (),
        "log((3 + 2*2**(1/2))**(1/2) - 2**(1/2))**2", (gt("0"),)),
)  # fmt: skip

# The last line of each contradicts the others, or has no value.
CONTRADICTORY = (
    (_W, ("where", "w", "<", "0", "w", "1")),
    (_W, ("where", "w", ">", "0", "w", "0")),
    (_W, ("where", "w", "<", "0", "w", "0")),
    (_W, ("where", "w", "!=", "0", "w", "0")),
    (_W, ("where", "w", "<", "0", "w", "-1"), ("where", "w", ">", "-2", "w", "3")),
    (_W, _V, ("where", "w", "<", "v", "w", "-1")),
    (_W, ("where", "1/w", ">", "0", "w", "1")),
    (_W, _V, ("where", "w", ">", "0", "w", "v**2 + 1", "v", "1")),
    (("positive", "s"), ("where", "s", "!=", "0", "s", "-1")),
    (("unit", "u"), ("where", "u", ">=", "1", "u", "1")),
    (*CLASSES, ("nonnegative", "y[i]"), ("sums to one", "y"), ("where", "y[k]", ">", "0", "y[i]", "1")),
    (*CLASSES, ("nonnegative", "y[i]"), ("where", "y[k]", ">", "0", "y[i]", "1"), ("sums to one", "y")),
    (*SAMPLES, *reals("x[n]", "v[n]"), ("let", "ell", "x[n]"), ("fact", "hidden", "v[n]", "ell")),
)  # fmt: skip

# The last line is no declaration.
MALFORMED = (
    (_W, ("index", "w", "C")),
    (*CLASSES, ("index", "i", "N")),
    (("real", "exp"),),
    (("real", "_w"),),
    (_W, ("where", "w", "==", "0", "w", "0")),
    (*SAMPLES, *reals("x[n]"), ("let", "ell", "x[n]"), ("let", "L[n]", "ell")),
    (("index", "i", "C", "2"), ("index", "k", "C", "1")),
    (*CLASSES, ("unit", "u[i]"), ("sums to one", "u")),
    (*CLASSES, ("real", "f(i)")),
    (*CLASSES, _W, ("sums to one", "w")),
    (_W, ("where", "w", ">", "0", "w")),
)


def prove(row):
    chain = begin(declared(row.setting), row.name, row.start)
    for step in row.steps:
        chain = chain.step(step)
    return chain


@pytest.mark.parametrize("row", RIGHT, ids=lambda row: row.name)
def test_a_right_claim_is_proved(row):
    assert prove(row).steps


@pytest.mark.parametrize("row", FALSE + EQUAL, ids=lambda row: row.name)
def test_a_false_claim_is_refused(row):
    with pytest.raises(Refused):
        prove(row)


@pytest.mark.parametrize("row", FALSE, ids=lambda row: row.name)
def test_a_false_claim_is_false_by_numbers(row):
    assert why_false(row) in ("counterexample", "no value")


@pytest.mark.parametrize("lines", CONTRADICTORY, ids=lambda lines: " ".join(lines[-1]))
def test_what_contradicts_itself_is_not_declared(lines):
    setting = declared(lines[:-1])
    with pytest.raises(Refused):
        declare(setting, *lines[-1])


@pytest.mark.parametrize("lines", MALFORMED, ids=lambda lines: " ".join(lines[-1]))
def test_what_is_malformed_is_not_declared(lines):
    setting = declared(lines[:-1])
    with pytest.raises(Refused):
        declare(setting, *lines[-1])


def test_a_line_may_not_be_too_long():
    setting = declared([_W])
    assert setting.read("w" + " + w" * ((LONGEST - 1) // 4))
    with pytest.raises(Refused, match="characters"):
        setting.read("w" + " + w" * (LONGEST // 4))


def test_a_line_may_not_be_nested_too_deeply():
    setting = declared([_W])
    assert setting.read("(" * (DEEPEST - 1) + "w" + ")" * (DEEPEST - 1))
    for text in (
        "(" * DEEPEST + "w" + ")" * DEEPEST,
        "w**" * DEEPEST + "w",
        "-" * (DEEPEST + 1) + "w",
        "(w) + " + "(" * DEEPEST + "w" + ")" * DEEPEST,
        "w**2 + " + "(" * DEEPEST + "w" + ")" * DEEPEST,
    ):
        with pytest.raises(Refused, match="nested|in a row"):
            setting.read(text)


@pytest.mark.parametrize("lo, hi", [(-1, 3), (-3, 1), (-3, -1), (1, 3), (-1, 0), (0, 1), (-1, 1)])
def test_bounds_of_absolute_values_and_squares_are_the_closest(lo, hi):
    here = Interval(Fraction(lo, 4), Fraction(hi, 4))
    inside = [abs(Fraction(n, 8)) for n in range(2 * lo, 2 * hi + 1)]
    assert here.abs() == Interval(min(inside), max(inside))
    assert here.whole_power(2) == Interval(min(inside) ** 2, max(inside) ** 2)


def test_bounds_are_as_close_as_their_series():
    bounds = Interval.point(Fraction(1, 4)).exp()
    assert bounds.hi - bounds.lo < Fraction(3, 2**155)


def test_bounds_of_large_numbers_are_refused():
    assert Interval.point(Fraction(2000)).exp().lo > 0
    with pytest.raises(Refused, match="too large"):
        Interval.point(Fraction(2001)).exp()


def test_a_denominator_that_may_be_0_is_named():
    with pytest.raises(Refused, match="denominator"):
        begin(declared([_W]), "", "1/w").step(eq("1/w"))


def test_a_missing_star_is_guessed_where_a_name_begins_with_another():
    setting = declared([_W])
    with pytest.raises(Refused, match="a star may be missing"):
        setting.read("wx")
    with pytest.raises(Refused) as refused:
        setting.read("xw")
    assert "star" not in str(refused.value)


def test_a_step_may_have_all_its_parts():
    setting = declared([*CLASSES, ("nonnegative", "y[i]"), ("sums to one", "y"), _V])
    total = "Σ(i, y[i])"
    cited = begin(setting, "total", total).step(Step("=", "1", ("y sums to one",)))
    step = Step("≤", f"2*{total}", ("y sums to one",), (cited,), "1", (("v", "1"),))
    certificate = begin(setting, "", "v").step(step).certificate()
    assert len(certificate["steps"][0]) == 6
    assert replay(certificate).certificate() == certificate


def test_a_cited_order_does_not_move_a_letter_that_a_definition_hides():
    setting = declared([*SAMPLES, ("real", "x[n]"), ("let", "ell", "x[n]")])
    cited = begin(setting, "", "x[n]").step(Step("≤", "ell + 1"))
    with pytest.raises(Refused):
        begin(setting, "", "x[m]").step(Step("≤", "x[n] + 1", results=(cited,)))


def test_a_title_and_a_line_are_texts():
    for title, start in ((None, "1"), ("", None)):
        with pytest.raises(Refused, match="texts"):
            begin(declared([_W]), title, start)


def test_a_step_is_made_of_texts():
    for step in (Step("=", 3), Step("=", "w", gap=3)):  # type: ignore[arg-type]
        with pytest.raises(Refused, match="plain texts"):
            begin(declared([_W]), "", "w").step(step)


def test_only_what_the_kernel_judged_is_a_proof():
    proof = begin(declared([_W]), "", "w")
    with pytest.raises(Refused, match="not a proof"):
        replace(proof, start="0").step(eq("0"))


def test_a_cited_order_is_not_turned_round():
    cited = begin(declared([_W]), "", "w").step(Step("≤", "abs(w)"))
    assert begin(cited.setting, "", "w").step(Step("≤", "abs(w)", results=(cited,)))
    with pytest.raises(Refused):
        begin(cited.setting, "", "abs(w)").step(Step("≤", "w", results=(cited,)))
