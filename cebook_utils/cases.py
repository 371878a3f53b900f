"""That an expression is 0: by its normal form, in each of the cases that can arise."""

import sympy as sp

from cebook_utils.vocabulary import Larger, Smaller, occurrences

_MOST_CASES = 5
_SWITCHES = (sp.Abs, sp.sign, Larger, Smaller)


class Cases:
    """Decides that expressions are 0, by cases on signs, on indices and on labels."""

    def __init__(self, setting, normal):
        self._setting = setting
        self._normal = normal

    def why_zero(self, e, depth=_MOST_CASES, assumed=()):
        """How an expression is seen to be 0, where the assumed quantities are ≥ 0, or None."""
        e = self._with_known_signs(e, assumed)
        switch = _switch(e)
        if switch is not None:
            return self._by_sign(switch, e, depth, assumed)
        numerator, _, back = self._normal.fraction(self._normal(e))
        # Put back, a power of a delta is the delta itself.
        rest = sp.expand(numerator.xreplace(back))
        if rest == 0:
            return "normal form"
        delta = min(filter(self._is_free, rest.atoms(sp.KroneckerDelta)), key=_order, default=None)
        if delta is not None:
            i, k = delta.args
            parts = [_equal_indices(rest, i, k), rest.xreplace({delta: sp.Integer(0)})]
            return self._in_cases((f"{i} = {k}", f"{i} ≠ {k}"), parts, depth)
        labels = free_labels(rest, self._setting)
        return self._by_label(labels[0], rest, depth, assumed) if labels else None

    def _by_sign(self, switch, e, depth, assumed):
        labels = free_labels(switch, self._setting)
        if labels:
            return self._by_label(labels[0], e, depth, assumed)
        if depth == 0:
            return None
        for quantity in (switch, sp.expand(-switch)):
            if self.why_zero(e, depth - 1, (*assumed, quantity)) is None:
                return None
        return f"cases {switch} ≥ 0, {switch} < 0"

    def _by_label(self, label, e, depth, assumed):
        parts = [e.xreplace({label: sp.Integer(value)}) for value in (0, 1)]
        return self._in_cases((f"{label} = 0", f"{label} = 1"), parts, depth, assumed)

    def _in_cases(self, cases, parts, depth, assumed=()):
        if depth == 0 or any(self.why_zero(part, depth - 1, assumed) is None for part in parts):
            return None
        return "cases " + ", ".join(cases)

    def _with_known_signs(self, e, assumed):
        """Put in the maxima and absolute values that are decided by what is assumed or certain.

        At 0 both values of a maximum or an absolute value agree; a sign has no place there,
        since it stands for a derivative that does not exist.
        """
        decided = {*assumed, *(sp.expand(a + b) for a in assumed for b in assumed), sp.Integer(0)}
        values = {}
        for part in e.atoms(*_SWITCHES):
            side = self._side(decider(part), decided)
            if side != 0:
                values[part] = value_at_side(part, side)
        return self._with_known_signs(e.xreplace(values), assumed) if values else e

    def _side(self, quantity, decided):
        if quantity in decided:
            return 1
        if sp.expand(-quantity) in decided:
            return -1
        return self._normal.sign(self._normal(quantity))

    def _is_free(self, delta):
        return all(_is_of_setting(index, self._setting) for index in delta.args)


def free_labels(e, setting):
    """The names that are 0 or 1 and that no sum runs over, in order."""
    labels = (x for x in occurrences(e) if setting.kind_of(x) == "binary")
    free = (x for x in labels if all(_is_of_setting(i, setting) for i in getattr(x, "indices", ())))
    return sorted(free, key=_order)


def decider(part):
    """The quantity whose sign decides an absolute value, a maximum or a sign."""
    return sp.expand(part.args[0] if len(part.args) == 1 else part.args[0] - part.args[1])


def value_at_side(part, side):
    """The value of an absolute value, a maximum or a sign where its decider has this sign."""
    if isinstance(part, sp.sign):
        return sp.Integer(side)
    if isinstance(part, sp.Abs):
        return side * part.args[0]
    first = (side > 0) == isinstance(part, Larger)
    return part.args[0] if first else part.args[1]


def switches(e):
    """The absolute values, maxima and signs in an expression that hold no other."""
    parts = e.atoms(*_SWITCHES)
    return sorted((p for p in parts if not any(a.has(*_SWITCHES) for a in p.args)), key=_order)


def _switch(e):
    return min(map(decider, switches(e)), key=_order, default=None)


_order = sp.default_sort_key


def _is_of_setting(index, setting):
    return index.is_Integer or index.name in setting.names


def _equal_indices(e, i, k):
    """The expression where two indices are the same."""
    old, new = (i, k) if not i.is_Integer else (k, i)
    return e if old.is_Integer else e.xreplace({old: new})
