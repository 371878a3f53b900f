"""Every word of the prelude has a value, a derivative, a sign where it claims one, and a print."""

from fractions import Fraction

import pytest
from mpmath import mp

from cebook_utils.kernel.certificates import Step, begin
from cebook_utils.kernel.consistency import declare, declared
from cebook_utils.kernel.terms import Add, Call, Div, Fn, Mul, Neg, Num, Param, Pow, Refused
from cebook_utils.kernel.tokens import BASIC, tokens
from cebook_utils.language import prelude
from cebook_utils.language.printer import latex

U = "(1/(1 + exp(-u)))"
# A name that is declared, and what the word is there: its derivative by it, its value (by mpmath's
# own function) and its print.
EXPECTED = {
    "σ": ("real u", "σ(u)*(1 - σ(u))", lambda u: 1 / (1 + mp.exp(-u)), r"\sigma(u)"),
    "softplus": ("real u", U, lambda u: mp.log1p(mp.exp(u)), r"\mathrm{softplus}(u)"),
    "relu": ("positive u", "1", lambda u: max(u, 0), r"\mathrm{relu}(u)"),
    "max": ("positive u", "1", lambda u: max(u, 0), r"\max(u, 0)"),
    "min": ("positive u", "0", lambda u: min(u, 0), r"\min(u, 0)"),
    "sqrt": ("positive u", "1/(2*sqrt(u))", mp.sqrt, r"\sqrt{u}"),
    "logit": ("unit u", "1/(u*(1 - u))", lambda u: mp.log(u) - mp.log1p(-u), r"\mathrm{logit}(u)"),
    "sinh": ("real u", "cosh(u)", mp.sinh, r"\sinh(u)"),
    "cosh": ("real u", "sinh(u)", mp.cosh, r"\cosh(u)"),
    "tanh": ("real u", "1 - tanh(u)**2", mp.tanh, r"\tanh(u)"),
}
WORDS = pytest.mark.parametrize("word", prelude.WORDS, ids=lambda word: word.name)


def applied(word):
    return f"{word.name}(u, 0)" if word.folds else f"{word.name}(u)"


def setting_of(word):
    kind, name = EXPECTED[word.name][0].split()
    return declare(declared(prelude.LINES), kind, name)


def value(e, params):
    match e:
        case Num(n):
            return mp.mpf(n.numerator) / n.denominator
        case Param(name):
            return params[name]
        case Neg(of):
            return -value(of, params)
        case Add(a, b):
            return value(a, params) + value(b, params)
        case Mul(a, b):
            return value(a, params) * value(b, params)
        case Div(a, b):
            return value(a, params) / value(b, params)
        case Pow(a, b):
            return value(a, params) ** value(b, params)
        case Fn(basic, of):
            return {"exp": mp.exp, "log": mp.log, "abs": abs}[basic](value(of, params))
    raise AssertionError(e)


@WORDS
def test_a_word_has_the_value_that_mpmath_gives_it(word):
    kind = EXPECTED[word.name][0]
    points = {"real u": "-3 -1/2 0 1/3 2", "positive u": "1/3 2 7", "unit u": "1/10 1/2 8/9"}[kind]
    definition = declared(prelude.LINES).definitions[word.name]
    for point in map(Fraction, points.split()):
        u = mp.mpf(point.numerator) / point.denominator
        ours = value(definition.body, dict(zip(definition.head, (u, mp.mpf(0)), strict=False)))
        assert mp.almosteq(ours, EXPECTED[word.name][2](u), 1e-12, 1e-12)


@pytest.mark.parametrize("pair", [(-3, 2), (2, -3), (1, 1)])
def test_max_and_min_of_two_numbers(pair):
    for name, expected in (("max", max(pair)), ("min", min(pair))):
        definition = declared(prelude.LINES).definitions[name]
        assert value(definition.body, dict(zip("ab", map(mp.mpf, pair), strict=True))) == expected


@WORDS
def test_a_word_has_a_derivative_that_the_kernel_proves(word):
    chain = begin(setting_of(word), "slope", f"D({applied(word)}, u)")
    expected = EXPECTED[word.name][1]
    assert chain.step(Step("=", expected)).last == expected
    with pytest.raises(Refused):
        chain.step(Step("=", f"{expected} + 1"))


@WORDS
def test_a_word_is_shown(word):
    setting = setting_of(word)
    assert latex(setting.read(applied(word)), setting, {}) == EXPECTED[word.name][3]


@pytest.mark.parametrize("word", [w for w in prelude.WORDS if w.sign], ids=lambda w: w.name)
def test_the_sign_of_a_word_is_proved(word):
    setting = declare(declared(prelude.LINES), "positive" if word.name == "sqrt" else "real", "u")
    sign, zero = word.sign.split()
    begin(setting, "sign", applied(word)).step(Step(sign, zero))
    with pytest.raises(Refused):
        begin(setting, "wrong sign", applied(word)).step(Step("<", zero))


@WORDS
def test_a_body_has_no_other_word_in_it(word):
    others = {token.text for token in tokens(word.body) if token.kind == "word"}
    assert others - set(BASIC) <= set(tokens_of_head(word))


def tokens_of_head(word):
    return [token.text for token in tokens(word.head) if token.kind == "word"][1:]


def test_only_its_own_line_goes_when_a_word_is_defined_anew():
    assert prelude.needing({"σ"}) == [prelude.LINE_OF["σ"]]


def test_max_and_min_take_several_arguments():
    setting = declare(declared(prelude.LINES), "real", "u")
    first = setting.read("max(u, 1, 2)")
    assert first == Call(
        "max", (Call("max", (setting.read("u"), setting.read("1"))), setting.read("2"))
    )
    with pytest.raises(Refused, match="takes 1 arguments"):
        setting.read("relu(u, 1)")
