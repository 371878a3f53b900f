"""The SymPy words in which steps are checked.

SymPy's own `exp`, `log`, `Sum` and `Derivative` rewrite themselves on sight: exp(z)**2 turns
into exp(2 z), exp of a sum into a product, and the derivative of a name that is defined
elsewhere into 0. The words below stay as they were written until a rule of this package,
which can be read and tested, changes them.
"""

import sympy as sp
from sympy.core.function import AppliedUndef


class Exp(sp.Function):
    """e to the power of its argument: a positive number."""

    nargs = 1
    is_real = True
    is_positive = True


class Log(sp.Function):
    """The natural logarithm."""

    nargs = 1
    is_real = True


class Larger(sp.Function):
    """The larger of two numbers."""

    nargs = 2
    is_real = True


class Smaller(sp.Function):
    """The smaller of two numbers."""

    nargs = 2
    is_real = True


class Deriv(sp.Function):
    """The partial derivative of its first argument by its second, not yet carried out."""

    nargs = 2
    is_real = True


class _Over(sp.Expr):
    """A body in which an index runs from 1 to a size."""

    is_commutative = True
    is_real = True

    body = property(lambda self: self.args[0])
    index = property(lambda self: self.args[1])
    size = property(lambda self: self.args[2])

    def __new__(cls, body, index, size):
        return sp.Expr.__new__(cls, sp.sympify(body), index, size)

    @property
    def free_symbols(self):
        return (self.body.free_symbols - {self.index}) | self.size.free_symbols

    def _eval_is_positive(self):
        return self.body.is_positive or None


class SumOver(_Over):
    """The sum of the body over its index."""


class ProductOver(_Over):
    """The product of the body over its index."""


def index_symbol(name):
    """The symbol of an index that is free in a formula."""
    return sp.Symbol(name, integer=True, positive=True)


def bound_index():
    """A new index that no formula can name: substitution can never be captured by it."""
    return sp.Dummy("_", integer=True, positive=True)


def renamed(over):
    """The same sum or product with a new bound index."""
    index = bound_index()
    return over.func(over.body.xreplace({over.index: index}), index, over.size)


def is_named(e):
    """Whether this is a name, a name with indices, or a function of the setting applied."""
    return isinstance(e, (sp.Symbol, sp.Indexed, AppliedUndef)) and not isinstance(e, sp.Dummy)


def name_of(e):
    """The name as the author wrote it."""
    if isinstance(e, sp.Indexed):
        return e.base.label.name
    return e.func.__name__ if isinstance(e, AppliedUndef) else e.name


def arguments_of(e):
    """The indices or arguments that stand behind a name."""
    return e.indices if isinstance(e, sp.Indexed) else e.args


def occurrences(e):
    """Every named thing in an expression (not the bare labels of indexed names)."""
    labels = {x.base.label for x in e.atoms(sp.Indexed)}
    return {x for x in e.atoms(sp.Symbol, sp.Indexed, AppliedUndef) if is_named(x)} - labels


def rebuilt(e, change):
    """The expression with `change` applied to each of its parts."""
    if not e.args or isinstance(e, (sp.Indexed, sp.KroneckerDelta)):
        return e
    if isinstance(e, _Over):
        return e.func(change(e.body), e.index, e.size)
    return e.func(*(change(part) for part in e.args))
