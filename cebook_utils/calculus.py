"""Differentiation by the textbook's rules, and the unfolding of definitions.

A defined name is differentiated through its definition, but stays a name in the result, as it
does on paper: ∂/∂z log σ(z) keeps its σ(z). A proof unfolds names only as far as it has to.
"""

import sympy as sp

from cebook_utils.vocabulary import (
    Deriv,
    Exp,
    Larger,
    Log,
    ProductOver,
    Smaller,
    SumOver,
    arguments_of,
    is_named,
    name_of,
    occurrences,
    rebuilt,
    renamed,
)


class NoRule(NotImplementedError):
    """There is no rule for the derivative of this expression."""


def carried_out(e, setting):
    """The expression with every derivative carried out, and the names it went through."""
    through = set()

    def carry(part):
        if isinstance(part, Deriv):
            return derivative(carry(part.args[0]), part.args[1], setting, through)
        return rebuilt(part, carry)

    return carry(e), through


def derivative(e, by, setting, through):
    """The partial derivative of an expression by a name.

    `through` collects the names whose definitions were more than sums of products: a proof has
    to unfold these, since the result holds what stands inside them.
    """
    if e == by:
        return sp.Integer(1)
    if isinstance(e, sp.Indexed) and isinstance(by, sp.Indexed) and e.base == by.base:
        pairs = zip(e.indices, by.indices, strict=True)
        return sp.Mul(*(sp.KroneckerDelta(a, b) for a, b in pairs))
    if is_named(e):
        return _derivative_of_name(e, by, setting, through)
    if not e.args or isinstance(e, sp.KroneckerDelta):
        return sp.Integer(0)
    if isinstance(e, Deriv):
        inner = derivative(e.args[0], e.args[1], setting, through)
        return derivative(inner, by, setting, through)
    rule = _RULES.get(type(e))
    if rule is None:
        raise NoRule(f"the derivative of {type(e).__name__}")
    return rule(e, lambda part: derivative(part, by, setting, through))


def _derivative_of_name(e, by, setting, through):
    declared = setting.definition_of(e)
    if declared is None:
        return sp.Integer(0)
    if not isinstance(e, sp.Symbol | sp.Indexed):
        return _chain_rule(e, declared, by, setting, through)
    body = _instance(declared, e)
    if not _is_polynomial(body):
        through.add(declared.name)
    return derivative(body, by, setting, through)


def _chain_rule(e, declared, by, setting, through):
    """f(u)' = f'(u) u', for a function of the setting."""
    through.add(declared.name)
    terms = []
    for parameter, argument in zip(declared.parameters, e.args, strict=True):
        inner = derivative(argument, by, setting, through)
        if inner != 0:
            outer = derivative(with_new_indices(declared.body), parameter, setting, through)
            terms.append(
                outer.xreplace(dict(zip(declared.parameters, e.args, strict=True))) * inner
            )
    return sp.Add(*terms)


def _product_rule(e, d):
    parts = e.args
    return sp.Add(*(sp.Mul(*parts[:m], d(part), *parts[m + 1 :]) for m, part in enumerate(parts)))


def _power_rule(e, d):
    through_base = e.exp * e.base ** (e.exp - 1) * d(e.base)
    through_exponent = d(e.exp)
    if through_exponent == 0:
        return through_base
    return through_base + e * Log(e.base) * through_exponent


def _product_over_rule(e, d):
    """A product is differentiated as e to the power of the sum of the logarithms."""
    logarithms = SumOver(Log(e.body), e.index, e.size)
    return e * d(logarithms)


def _larger_rule(e, d):
    a, b = e.args
    side = sp.sign(a - b)
    return (d(a) * (1 + side) + d(b) * (1 - side)) / 2


_RULES = {
    sp.Add: lambda e, d: sp.Add(*(d(term) for term in e.args)),
    sp.Mul: _product_rule,
    sp.Pow: _power_rule,
    Exp: lambda e, d: e * d(e.args[0]),
    Log: lambda e, d: d(e.args[0]) / e.args[0],
    SumOver: lambda e, d: SumOver(d(e.body), e.index, e.size),
    ProductOver: _product_over_rule,
    sp.Abs: lambda e, d: sp.sign(e.args[0]) * d(e.args[0]),
    sp.sign: lambda e, d: sp.Integer(0),
    Larger: _larger_rule,
    Smaller: lambda e, d: d(sp.Add(*e.args)) - _larger_rule(e, d),
}


def _is_polynomial(body):
    """Whether a definition is only sums of products of names."""
    powers = (p for p in body.atoms(sp.Pow) if not (p.exp.is_Integer and p.exp > 0))
    curved = body.atoms(Exp, Log, Larger, Smaller, sp.Abs) or any(powers)
    return not curved and not body.atoms(sp.core.function.AppliedUndef)


def with_new_indices(e):
    """The expression with new bound indices, so that it may stand beside itself."""
    if isinstance(e, SumOver | ProductOver):
        e = renamed(e)
    return rebuilt(e, with_new_indices)


def _instance(declared, e):
    """A definition at the given indices or arguments."""
    at = dict(zip(declared.parameters, arguments_of(e), strict=True))
    return with_new_indices(declared.body).xreplace(at)


def unfolded(e, names, setting):
    """The expression with the definitions of these names put in, once."""
    if is_named(e) and name_of(e) in names:
        declared = setting.definition_of(e)
        if declared is None:
            return e
        body = _instance(declared, e)
        # The arguments of a function may hold the same names again: σ(z) with z defined.
        return unfolded(body, names - {declared.name}, setting) if e.args else body
    return rebuilt(e, lambda part: unfolded(part, names, setting))


def unfoldings(e, setting):
    """The expression, its derivatives carried out, unfolded step by step until nothing is left.

    First what was differentiated through, then everything, the outermost definitions first.
    """
    e, through = carried_out(e, setting)
    functions = _function_names(setting)
    yield e
    if through:
        yield unfolded(unfolded(e, through, setting), functions, setting)
    while True:
        defined = {name_of(x) for x in occurrences(e) if setting.definition_of(x) is not None}
        if not defined:
            return
        top = max((setting.depth(name) for name in defined - functions), default=0)
        outermost = {name for name in defined if setting.depth(name) == top}
        e, _ = carried_out(unfolded(e, outermost | functions, setting), setting)
        yield e


def _function_names(setting):
    return {
        declared.name
        for declared in setting.names.values()
        if declared.body is not None
        and isinstance(declared.head, sp.core.function.UndefinedFunction)
    }
