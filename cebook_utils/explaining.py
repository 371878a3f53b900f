"""The message of a refuted step: both sides, a counterexample, and hints that were tried."""

from itertools import product

from cebook_utils.hints import hints
from cebook_utils.points import exact
from cebook_utils.vocabulary import Deriv

_WIDEST = 56
_ROUNDING = exact.mpf(10) ** -30


def explain(title, number, last, step, claim, search, facts):
    """Why a step is wrong, in a form that a reader can check by hand."""
    example = search.counterexample
    sign = {"→": "tends to"}.get(step.relation, step.relation)
    reason = f"        ({step.because})" if step.because else ""
    where = f"  as {step.where}" if step.approach is not None else ""
    lines = [
        f'Step {number} of "{title}" is wrong.',
        f"        {last.formula.text}",
        f"      {sign} {step.formula.text}{where}{reason}",
        *_point(claim, example),
        f"    left  side = {_side(claim.left, example.left)}",
        f"    right side = {_side(claim.right, example.right)}",
    ]
    lines += [f"  hint: {hint}" for hint in hints(claim, example, facts)]
    return "\n".join(lines)


def shown(value):
    """A number with eight digits, or with more where these would hide that it is not whole."""
    if exact.isint(value) and abs(value) < 10**8:
        return str(int(value))
    text = exact.nstr(value, 8)
    return exact.nstr(value, 12) if text.endswith(".0") else text


def _side(e, value):
    """A side's value; what a difference quotient leaves of 0 is 0."""
    return shown(0 * value if e.has(Deriv) and abs(value) < _ROUNDING else value)


def _point(claim, example):
    """The counterexample: the sizes and free indices that matter, then the values."""
    used = {size for name, _ in example.values for size in claim.setting.names[name].ranges}
    used |= {claim.setting.names[i.name].ranges[0] for i in example.indices}
    used |= (claim.left.free_symbols | claim.right.free_symbols) & set(example.sizes)
    integers = [f"{size} = {value}" for size, value in example.sizes.items() if size in used]
    integers += [f"{letter} = {value}" for letter, value in example.indices.items()]
    families = {}
    for (name, indices), value in example.values.items():
        families.setdefault(name, {})[indices] = shown(value)
    values = [_family(name, entries) for name, entries in families.items()]
    lines = [line for part in (integers, values) for line in _lines(part)]
    if not lines:
        return ["  counterexample: the two numbers differ"]
    rest = [f"                  {line}" for line in lines[1:]]
    return [f"  counterexample: {lines[0]}", *rest]


def _lines(parts):
    """The parts, separated by commas, on as many lines as they need."""
    line = ""
    for part in parts:
        if line and len(line) + len(part) > _WIDEST:
            yield f"{line},"
            line = part
        else:
            line = f"{line}, {part}" if line else part
    if line:
        yield line


def _family(name, entries):
    """z = [0.3, -1.1], or entry by entry where some were not needed."""
    if () in entries:
        return f"{name} = {entries[()]}"
    shape = [max(column) for column in zip(*entries, strict=True)]
    every = list(product(*(range(1, upper + 1) for upper in shape)))
    if len(every) != len(entries) or len(shape) > 2:
        return ", ".join(
            f"{name}[{', '.join(map(str, indices))}] = {value}"
            for indices, value in entries.items()
        )
    if len(shape) == 1:
        return f"{name} = [{', '.join(entries[place] for place in every)}]"
    rows = (
        "[" + ", ".join(entries[r, c] for c in range(1, shape[1] + 1)) + "]"
        for r in range(1, shape[0] + 1)
    )
    return f"{name} = [{', '.join(rows)}]"
