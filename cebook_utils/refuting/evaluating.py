"""The value of a term at a point, from the meaning of its parts.

A definition is what it says, a sum is added up term by term, a derivative comes from numbers with
slopes. A letter that a definition hides is the letter of the point, never that of a sum around it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction

from mpmath import mpf
from mpmath.libmp import to_rational

from ..kernel.setting import Setting, Substitution
from ..kernel.terms import Name, Param, Term, names_in, subterms
from .duals import Dual, Kink, Number, parts, real
from .parts import AtKink, Env, Key, NoValue, Parts, Point, Value
from .reals import ONE, ZERO, Real, Unsure

BITS = 160


def evaluate(
    setting: Setting, term: Term, point: Point, bits: int = BITS, facts: Iterable[str] = ()
) -> Value:
    """The value of a term at a point, exact if it is made of + - * / alone.

    Raises NoValue where a part has none, Unsure where so many bits or so much work do not settle
    it, KeyError for a name without a value.

    >>> from cebook_utils.kernel.consistency import declared
    >>> setting = declared([("index", "i", "C"), ("real", "z[i]")])
    >>> point = Point({"C": 2}, {}, {("z", (1,)): Fraction(1, 2), ("z", (2,)): Fraction(3)})
    >>> evaluate(setting, setting.read("D(Σ(i, z[i]**2), z[2])"), point)
    Fraction(6, 1)
    """

    def look_up(name: str, indices: tuple[int, ...]) -> Fraction:
        value = point.values[name, indices]
        return value if isinstance(value, Fraction) else Fraction(*_ratio(value))

    machine = Evaluator(setting, point, look_up, bits, put_in_by(setting, facts))
    return machine.arithmetic.reals.shown(machine.value(term))


def _ratio(value: mpf) -> tuple[int, int]:
    above, below = to_rational(value._mpf_)
    return int(above), int(below)


def put_in_by(setting: Setting, facts: Iterable[str]) -> dict[str, Substitution]:
    """What cited facts say that names are."""
    cited = [setting.facts[title] for title in facts if title in setting.facts]
    return {fact.name: fact.put_in for fact in cited if fact.put_in is not None}


@dataclass(frozen=True)
class _Moved:
    """A derivative that is being worked out: what is moved, and values that follow it."""

    name: str  # "" for a parameter
    key: Key | None
    value: Number
    known: dict[Key, Number] = field(default_factory=dict)


class Evaluator(Parts):
    """Evaluates at one point; `look_up` gives the value of a free name, drawn or given."""

    def __init__(
        self,
        setting: Setting,
        point: Point,
        look_up: Callable[[str, tuple[int, ...]], Fraction],
        bits: int,
        put_in: Mapping[str, Substitution],
    ):
        super().__init__(setting, point, bits)
        self.look_up, self.put_in = look_up, put_in
        self.used: dict[Key, Real] = {}  # the values of free names, as they were asked for
        self._moved = [_Moved("", None, ZERO)]
        self._reach: dict[str, set[str]] = {}
        self._side = 0  # on which side of a kink slopes are taken

    def value(self, e: Term, env: Env | None = None) -> Real:
        """The value of a term; whatever goes wrong is a NoValue or an Unsure."""
        try:
            return real(self._value(e, env or Env()))
        except RecursionError:
            raise Unsure("this is nested too deeply to be worked out") from None
        except (OverflowError, MemoryError):
            raise Unsure("the numbers become too large") from None

    # Names.

    def _name(self, e: Name, env: Env) -> Number:
        name = e.name
        ranges = self.setting.ranges[name]
        at = tuple(
            self._within(e, self._index(i, env), size, env)
            for i, size in zip(e.indices, ranges, strict=True)
        )
        for moved in reversed(self._moved):
            if moved.key == (name, at):
                return moved.value
        definition = self.setting.definitions.get(name)
        if definition is None:
            return self._free(name, at)
        known = self._moved[self._depth(name)].known
        if (name, at) not in known:
            inner = Env(dict(zip(definition.head, at, strict=True)))
            known[name, at] = self._value(definition.body, inner)
        return known[name, at]

    def _free(self, name: str, at: tuple[int, ...]) -> Real:
        """A free name: what a cited fact says it is, or its own value; it does not move."""
        if (name, at) not in self.used:
            put_in = self.put_in.get(name)
            if put_in is None:
                self.used[name, at] = self.look_up(name, at)
            else:
                moved, self._moved = self._moved, self._moved[:1]
                inner = Env(dict(zip(put_in.letters, at, strict=True)))
                try:
                    self.used[name, at] = real(self._value(put_in.by, inner))
                finally:
                    self._moved = moved
        return self.used[name, at]

    def _depth(self, name: str) -> int:
        """The innermost derivative that moves what this name is made of; 0 for none."""
        made_of = self._made_of(name)
        for depth in range(len(self._moved) - 1, 0, -1):
            if self._moved[depth].name in made_of:
                return depth
        return 0

    def _made_of(self, name: str) -> set[str]:
        if name not in self._reach:
            self._reach[name] = self.setting.reach({name})
        return self._reach[name]

    # Derivatives.

    def _derivative(self, of: Term, by: Name | Param, env: Env) -> Number:
        if isinstance(by, Param):
            here = env.params[by.name]
        else:
            here = self._value(by, env)
            self._check_by(by, env)
        try:
            return self._slope(of, by, here, env)
        except AtKink as kink:
            if len(self._moved) > 1:
                raise
            return self._slope_at_kink(of, by, here, env, kink)

    def _slope(self, of: Term, by: Name | Param, here: Number, env: Env) -> Number:
        level = len(self._moved)
        value = Dual(level, here, ONE)
        if isinstance(by, Param):
            moved = _Moved("", None, value)
            env = replace(env, params={**env.params, by.name: value})
        else:
            at = tuple(self._index(i, env) for i in by.indices)
            moved = _Moved(by.name, (by.name, at), value)
        self._moved.append(moved)
        try:
            return parts(self._value(of, env), level)[1]
        finally:
            self._moved.pop()

    def _slope_at_kink(
        self, of: Term, by: Name | Param, here: Number, env: Env, kink: AtKink
    ) -> Number:
        """The slopes on both sides of a kink; |x|·x has the same on both, |x| has not."""
        sides = []
        try:
            for self._side in (1, -1):
                sides.append(real(self._slope(of, by, here, env)))
        except AtKink:
            self._side = 0
            self._value(of, env)  # a derivative inside may have no value
            raise Unsure("a derivative of a derivative at a kink is not worked out") from None
        finally:
            self._side = 0
        reals = self.arithmetic.reals
        if reals.sign(reals.add(sides[0], reals.neg(sides[1]))):
            why = "a derivative of the absolute value of"
            raise NoValue(f"{why} at 0", why, kink.part, "!= 0", kink.at)
        return sides[0]

    def _check_by(self, by: Name, env: Env) -> None:
        if any(self.setting.kind(x) == "binary" for x in self._made_of(by.name)):
            raise NoValue(
                f"{by.name} is 0 or 1: no derivative by it", "a derivative by", by, "", env.indices
            )
        for moved in self._moved:
            if by.name in self._made_of(moved.name) - {moved.name}:
                raise Unsure(f"a derivative by {by.name} inside one by {moved.name}")

    # Kinks.

    def _abs(self, x: Number, of: Term, env: Env) -> Number:
        if x == ZERO and len(self._moved) > 2 and self._follows(of):
            raise AtKink(of, env.indices)
        try:
            return self.arithmetic.abs(x, self._side)
        except Kink:
            raise AtKink(of, env.indices) from None

    def _follows(self, e: Term) -> bool:
        """Whether a term may depend on something that is being moved."""
        if any(isinstance(x, Param) for x in subterms(e)):
            return True
        return any(self._depth(x) for x in names_in(e))
