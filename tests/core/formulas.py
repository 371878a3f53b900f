"""Formulas of every shape, for tests that hold for all of them."""

import ast

from hypothesis import strategies as st

LETTERS = {"i": "C", "k": "C", "n": "N"}
FAMILIES = {"a": 0, "b": 0, "ε": 0, "u1": 0, "CE": 0, "z": 1, "y": 2, "W3": 2, "θ": 2}
FUNCTIONS = {"σ", "softplus"}


def vocabulary(setting):
    """The names that the formulas are made of, declared in a setting."""
    setting.index("i k", "C").index("n", "N").real("a b ε u1 CE")
    setting.real("z[i] y[n,i] W3[n,k] θ[n,k]")
    return setting.let("σ(t)", "1/(1+exp(-t))").let("softplus(t)", "log(1+exp(t))")


def called(name, *arguments):
    return ast.Call(ast.Name(name), list(arguments), [])


def named(name):
    index = {1: ["k"], 2: ["n", "k"]}.get(FAMILIES[name])
    if index is None:
        return st.just(ast.Name(name))
    letters = [st.sampled_from(["i", "k"] if letter == "k" else ["n"]) for letter in index]
    return st.tuples(*letters).map(
        lambda chosen: ast.Subscript(
            ast.Name(name),
            ast.Name(chosen[0]) if len(chosen) == 1 else ast.Tuple([ast.Name(c) for c in chosen]),
        )
    )


NAMES = st.sampled_from(sorted(FAMILIES)).flatmap(named)
NUMBERS = st.one_of(
    st.integers(0, 12), st.sampled_from([0.5, 2.25, 0.001, 0.00001, 123456789, 1.0])
).map(ast.Constant)
DELTA = st.sampled_from(["i", "k"]).map(lambda i: called("δ", ast.Name(i), ast.Name("k")))


def larger(part):
    operators = st.sampled_from([ast.Add, ast.Sub, ast.Mult, ast.Mult, ast.Div, ast.Pow])
    letter = st.sampled_from("ikn").map(ast.Name)
    left_out = ast.Compare(ast.Name("i"), [ast.NotEq()], [ast.Name("k")])
    return st.one_of(
        st.builds(lambda o, x, y: ast.BinOp(x, o(), y), operators, part, part),
        part.map(lambda x: ast.UnaryOp(ast.USub(), x)),
        st.builds(
            called, st.sampled_from(["exp", "log", "log", "sqrt", "abs", "σ", "softplus"]), part
        ),
        st.builds(called, st.sampled_from(["max", "min"]), part, part),
        st.builds(called, st.sampled_from(["Σ", "Π"]), letter, part),
        part.map(lambda x: called("Σ", ast.Name("i"), x, left_out)),
        st.builds(called, st.just("D"), part, NAMES),
    )


FORMULAS = st.recursive(st.one_of(NAMES, NUMBERS, DELTA), larger, max_leaves=9).map(ast.unparse)
