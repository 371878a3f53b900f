"""Limits: SymPy finds those without parameters; the others are put together from them.

A limit that SymPy finds with parameters left open holds for most of their values, not for all
(a·z/(a·z + 1) tends to 1, but not where a = 0). So SymPy is asked only about what holds no
parameter, and the rest is built by rules that hold for every value: sums, products, powers,
exponentials and logarithms of limits, quotients of polynomials whose leading coefficients are seen
not to be 0, and the rule of de l'Hôpital for x^n times what tends to 0.
"""

from __future__ import annotations

import sympy as sp

from cebook_utils.bridge.translate import Untranslatable, symbol_of, to_sympy, to_text
from cebook_utils.derivation.places import Approach, Point
from cebook_utils.kernel.judgement import judge
from cebook_utils.kernel.premises import Claim
from cebook_utils.kernel.setting import Setting
from cebook_utils.kernel.terms import Name, Refused, Term, names_in

_INFINITE = {"oo": sp.oo, "-oo": -sp.oo}


def tends_to(
    setting: Setting,
    left: Term,
    right: Term | None,
    text: str,
    approach: Approach,
    point: Point | None = None,
) -> str:
    """What is wrong with the claim that left tends to right; "" if it is shown."""
    trouble = _moves_badly(setting, left, approach, point) or _is_nowhere(setting, right, point)
    if trouble:
        return trouble
    try:
        fixed = _values(setting, point)
        e = to_sympy(left, setting).subs(fixed)
        claimed = _INFINITE[text] if right is None else to_sympy(right, setting).subs(fixed)
    except Untranslatable as why:
        return f"SymPy cannot be asked: {why}."
    moving = symbol_of(approach.name, setting)
    if claimed.has(moving):
        return f"{approach.name.name} is gone in the limit, but stands in the next line."
    x = sp.Dummy(approach.name.name, **moving.assumptions0)
    found = _Limits(setting, x, approach).of(e.subs(moving, x))
    if found is None:
        return (
            "No limit is found that holds for all values of what stays fixed: "
            "declare signs, or where a coefficient is not 0, or write the line in simpler parts."
        )
    return "" if _same(setting, found, claimed) else f"The limit is {found}."


def _moves_badly(setting: Setting, left: Term, approach: Approach, point: Point | None) -> str:
    """Why nothing can be said when this name goes there."""
    name = approach.name.name
    if approach.name.indices:
        return "A limit is taken in a name without indices."
    if name not in setting.reach(names_in(left)):
        return f"{name} does not occur in the line."
    if any(name in setting.reach(names_in(c.difference)) for c in setting.conditions):
        return f"A condition speaks of {name}, so its limit may lead out of what is allowed."
    try:  # the line has a value on the way
        judge(Claim(setting, left, "=", left, point=point.values if point else ()))
    except Refused as refused:
        return f"The line may have no value on the way: {refused.why}."
    return ""


def _is_nowhere(setting: Setting, right: Term | None, point: Point | None) -> str:
    """Why the limit that is claimed has no value: SymPy cancels b/b whatever b is."""
    try:
        if right is not None:
            judge(Claim(setting, right, "=", right, point=point.values if point else ()))
    except Refused as refused:
        return f"The next line may have no value: {refused.why}."
    return ""


def _values(setting: Setting, point: Point | None) -> dict[sp.Expr, sp.Expr]:
    """What is fixed at a point."""
    pairs = point.values if point else ()
    return {
        symbol_of(Name(name, ()), setting): to_sympy(setting.read(value), setting)
        for name, value in pairs
    }


def _same(setting: Setting, found: sp.Expr, claimed: sp.Expr) -> bool:
    """Whether two limits are one: by the kernel where they are finite."""
    if found.is_infinite or claimed.is_infinite:
        return bool(found == claimed)
    return _is_seen(setting, found - claimed, "=")


def _is_seen(setting: Setting, e: sp.Expr, sign: str) -> bool:
    """Whether the kernel sees the sign of an expression, for all values of its names."""
    try:
        text = to_text(e, setting)
        judge(Claim(setting, setting.read(text), sign, setting.read("0")))
    except (Refused, Untranslatable):
        return False
    return True


class _Limits:
    """Limits as one symbol goes where it goes."""

    def __init__(self, setting: Setting, x: sp.Symbol, approach: Approach):
        self.setting, self.x, self.approach = setting, x, approach
        self.derived = False  # the rule of de l'Hôpital is used once only
        if approach.target is None:
            self.target, self.direction = sp.oo * approach.sides[0], "+-"
        else:
            self.target = sp.Rational(approach.target.numerator, approach.target.denominator)
            sides = "".join({1: "+", -1: "-"}[side] for side in approach.sides)
            self.direction = sides

    def of(self, e: sp.Expr) -> sp.Expr | None:
        """A number, an expression of the parameters, ±∞, or None where none is found."""
        plain = self.without_absolute_values(e)
        return None if plain is None else self.limit(plain)

    def limit(self, e: sp.Expr) -> sp.Expr | None:
        if not e.has(self.x):
            return e
        if not self.has_parameters(e):
            return self.by_sympy(e)
        for rule in (self.by_parts, self.of_quotient, self.by_de_l_hopital):
            found = rule(e)
            if found is not None:
                return found
        return None

    def has_parameters(self, e: sp.Expr) -> bool:
        return bool(e.free_symbols - {self.x}) or e.has(sp.Sum, sp.Product, sp.KroneckerDelta)

    def by_sympy(self, e: sp.Expr) -> sp.Expr | None:
        # From the left, and at -oo, SymPy takes the limit of an exponent from the wrong side.
        e = e.replace(
            lambda part: isinstance(part, sp.Pow) and part.exp.has(self.x),
            lambda part: sp.exp(part.exp * sp.log(part.base)),
        )
        try:
            found = sp.limit(e, self.x, self.target, self.direction)
        except (NotImplementedError, ValueError, TypeError):
            return None
        known = found.is_extended_real and not found.has(sp.Limit, sp.AccumBounds, sp.nan, sp.zoo)
        return found if known else None

    # A continuous function of limits.

    def by_parts(self, e: sp.Expr) -> sp.Expr | None:
        match e:
            case sp.Add():
                return self.of_sum(e)
            case sp.Mul():
                return self.of_product(e)
            case sp.exp():
                return self.of_exp(self.limit(e.args[0]))
            case sp.log():
                return self.of_log(self.limit(e.args[0]))
            case sp.Pow():
                return self.of_power(e)
            case sp.Sum():  # over as many terms as the size says, each with a finite limit
                inner = self.limit(e.function)
                return None if inner is None or inner.is_infinite else sp.Sum(inner, *e.limits)
        return None

    def of_sum(self, e: sp.Expr) -> sp.Expr | None:
        alone = sp.Add(*(part for part in e.args if not self.has_parameters(part)))
        found = [self.limit(part) for part in e.args if self.has_parameters(part)]
        found.append(self.limit(alone))
        if any(part is None for part in found):
            return None
        infinite = {part for part in found if part is not None and part.is_infinite}
        if len(infinite) > 1:
            return None
        return infinite.pop() if infinite else sp.Add(*found)

    def of_product(self, e: sp.Expr) -> sp.Expr | None:
        alone = sp.Mul(*(part for part in e.args if not self.has_parameters(part)))
        found = [self.limit(part) for part in e.args if self.has_parameters(part)]
        found.append(self.limit(alone))
        known = [part for part in found if part is not None]
        if len(known) < len(found):
            return None
        if not any(part.is_infinite for part in known):
            return sp.Mul(*known)
        signs = [self.sign(part) for part in known]
        return None if 0 in signs else sp.oo * sp.Mul(*signs)

    def of_power(self, e: sp.Expr) -> sp.Expr | None:
        base, exponent = self.limit(e.base), e.exp
        if base is None or exponent.has(self.x) or not exponent.is_Rational:
            return None
        if base.is_infinite:
            if exponent < 0:
                return sp.Integer(0)
            return sp.oo if base == sp.oo else None
        if exponent.is_Integer and exponent > 0:
            return base**exponent
        usable = self.sign(base) != 0 if exponent.is_Integer else self.sign(base) > 0
        return base**exponent if usable or self.is_nonzero(base, exponent) else None

    def is_nonzero(self, base: sp.Expr, exponent: sp.Expr) -> bool:
        if not exponent.is_Integer:
            return False
        try:
            text = f"1/{to_text(base, self.setting)}"
            judge(Claim(self.setting, self.setting.read(text), "=", self.setting.read(text)))
        except (Refused, Untranslatable):
            return False
        return True

    @staticmethod
    def of_exp(inner: sp.Expr | None) -> sp.Expr | None:
        if inner is None:
            return None
        return {sp.oo: sp.oo, -sp.oo: sp.Integer(0)}.get(inner, sp.exp(inner))

    def of_log(self, inner: sp.Expr | None) -> sp.Expr | None:
        if inner is None or inner == -sp.oo:
            return None
        if inner == sp.oo:
            return sp.oo
        if inner.is_zero:
            return -sp.oo
        return sp.log(inner) if self.sign(inner) > 0 else None

    def sign(self, e: sp.Expr) -> int:
        """1 above 0, −1 below 0, 0 if it is not seen."""
        if e.is_infinite or e.is_number:
            return 1 if e.is_extended_positive else -1 if e.is_extended_negative else 0
        if _is_seen(self.setting, e, ">"):
            return 1
        return -1 if _is_seen(self.setting, e, "<") else 0

    # Undetermined forms.

    def of_quotient(self, e: sp.Expr) -> sp.Expr | None:
        """A quotient of polynomials far out: by its leading coefficients, which are not 0."""
        if not self.target.is_infinite:
            return None
        over, under = (part.expand() for part in sp.fraction(sp.together(e)))
        if not (over.is_polynomial(self.x) and under.is_polynomial(self.x)):
            return None
        over, under = sp.Poly(over, self.x), sp.Poly(under, self.x)
        if not self.is_nonzero(under.LC(), sp.Integer(-1)):
            return None
        if over.degree() < under.degree():
            return sp.Integer(0)
        lead = over.LC() / under.LC()
        if over.degree() == under.degree():
            return lead
        sign = self.sign(lead)
        way = 1 if self.target == sp.oo else (-1) ** (over.degree() - under.degree())
        return sp.oo * sign * way if sign else None

    def by_de_l_hopital(self, e: sp.Expr) -> sp.Expr | None:
        """x^n · u, where u tends to 0 as x goes to ±∞: the limit of u' / (x^−n)'."""
        powers = [part.as_base_exp() for part in sp.Mul.make_args(e)]
        n = sp.Add(*(exponent for base, exponent in powers if base == self.x))
        if self.derived or not self.target.is_infinite or not (n.is_Integer and n > 0):
            return None
        rest = e / self.x**n
        if self.limit(rest) != 0:
            return None
        under = sp.diff(self.x**-n, self.x)
        slopes = sp.Add.make_args(sp.diff(rest, self.x))
        quotient = sp.Add(*(slope / under for slope in slopes))
        once = _Limits(self.setting, self.x, self.approach)
        once.derived = True
        return once.limit(quotient)

    # Absolute values.

    def without_absolute_values(self, e: sp.Expr) -> sp.Expr | None:
        """Absolute values as what they are near the end, or None where that is not seen."""
        for part in sorted(e.atoms(sp.Abs), key=sp.default_sort_key):
            if part.has(self.x):
                end = self.of(part.args[0])
                sign = 0 if end is None else self.sign(end)
                if not sign:
                    return None
                e = sp.expand_mul(e.xreplace({part: sign * part.args[0]}))
        return e
