"""SymPy proposes the next line; the kernel then judges it like any other."""

from __future__ import annotations

from collections.abc import Mapping

import sympy as sp

from cebook_utils.bridge.translate import to_sympy, to_text
from cebook_utils.language.setting import Setting


def derive(setting: Setting, line: str, sizes: Mapping[str, int] | None = None) -> sp.Expr:
    r"""SymPy's value of a line, its derivatives carried out by SymPy's own `diff`.

    .. math:: \partial \ell / \partial z_k

    Families are `IndexedBase`, so that the number of classes stays open; with `sizes={"C": 3}`
    the sums are written out first.

    Raises
    ------
    Untranslatable
        if a part of the line has no counterpart in SymPy.

    Examples
    --------
    >>> from cebook_utils import Setting
    >>> derive(Setting().real("z y"), "D((z - y)**2, z)")
    -2*y + 2*z
    """
    return to_sympy(setting.read(line), setting.kernel, sizes)


def propose(setting: Setting, line: str) -> str:
    """A line that SymPy holds to be equal to this one: derivatives carried out, sums of δ done.

    Raises
    ------
    Untranslatable
        if SymPy's result cannot be written in the notation.

    Examples
    --------
    >>> from cebook_utils import Derivation, Setting
    >>> square = Setting().real("z y")
    >>> line = propose(square, "D((z - y)**2, z)")
    >>> Derivation("Slope of a square", square).start("D((z - y)**2, z)").equals(line)
    Slope of a square
        D((z - y)**2, z)
      =✓ (-2*y + 2*z)
    """
    found = derive(setting, line)
    return to_text(_within_range(sp.simplify(found.doit())), setting.kernel)


def _within_range(e: sp.Expr) -> sp.Expr:
    """SymPy's `Piecewise` asks whether an index is in its range; the notation says that it is."""
    return e.replace(
        lambda part: isinstance(part, sp.Piecewise) and len(part.args) == 2,
        lambda part: part.args[0][0],
    )
