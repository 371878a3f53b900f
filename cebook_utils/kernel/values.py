"""The value of a term: every part of it is evaluated, so every part is seen to have a value."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from . import terms as t
from .algebra import NONNEGATIVE, NONZERO, ONE, POSITIVE, UNKNOWN
from .atoms import LARGEST_POWER, Atom, Poly, number, plus, scaled, single
from .looks import Looks
from .setting import Setting, Substitution
from .slopes import Slopes
from .terms import Refused, Term, subterms


@dataclass(frozen=True)
class Env:
    """What the indices and the parameters of a term stand for."""

    indices: Mapping[str, str] = field(default_factory=dict)
    params: Mapping[str, Poly] = field(default_factory=dict)

    def at(self, index: str) -> str:
        return self.indices.get(index, index)

    def bind(self, index: str, to: str) -> Env:
        return replace(self, indices={**self.indices, index: to})


NOWHERE = Env()


class Values(Looks):
    """Values in a setting, where some facts are cited and some names are replaced by terms."""

    def __init__(self, setting: Setting, put_in: Mapping[str, Substitution]):
        super().__init__()
        self.setting = setting
        self.put_in = dict(put_in)  # what cited facts, a point or a witness say of names
        self._known: dict[tuple[str, tuple[str, ...]], Poly] = {}
        self.slopes = Slopes(setting, self.spend)

    # What the layers below ask.

    def is_binary(self, x: Atom) -> bool:
        return x.kind == "d" or (x.kind == "n" and self.setting.kind(x.data[0]) == "binary")

    def name_sign(self, name: str) -> int:
        kind = self.setting.kind(name)
        return {"positive": POSITIVE, "unit": POSITIVE, "nonnegative": NONNEGATIVE,
                "binary": NONNEGATIVE}.get(kind, UNKNOWN)  # fmt: skip

    def is_unit(self, name: str) -> bool:
        return self.setting.kind(name) == "unit"

    def least(self, size: str) -> int:
        return self.setting.sizes[size]

    def size_at(self, index: str) -> str | None:
        return self.size_of.get(index) or self.setting.letters.get(index)

    def check_literal(self, index: str, size: str) -> None:
        if index.isdigit() and int(index) > self.least(size):
            raise Refused(
                "no value",
                f"the index {index} may not exist: declare index(…, {size!r}, least={index})",
            )

    @abstractmethod
    def term_sign(self, e: Term, env: Env = NOWHERE, p: Poly | None = None) -> int:
        """The sign of a term, whose value is p if this is known already."""

    def memories(self) -> list[dict[Any, Any] | set[Any]]:
        return [*super().memories(), self._known]

    # Values.

    def value(self, e: Term, env: Env = NOWHERE) -> Poly:
        self.spend(1)
        match e:
            case t.Num(value):
                return number(self.bounded(value))
            case t.Size(name):
                return single(self.make("s", name))
            case t.Param(name):
                return env.params[name]
            case t.Name(name, indices):
                return self.name(name, tuple(env.at(i) for i in indices))
            case t.Delta(i, j):
                return self.delta_in_range(e, env.at(i), env.at(j))
            case t.Neg(of):
                return scaled(self.value(of, env), -1)
            case t.Add(a, b):
                return plus(self.value(a, env), self.value(b, env))
            case t.Mul(a, b):
                return self.mul(self.value(a, env), self.value(b, env))
            case t.Div(a, b):
                return self.mul(self.value(a, env), self.inverse(b, env, -1))
            case t.Pow():
                return self.power_of(e, env)
            case t.Fn():
                return self.function(e, env)
            case t.Over():
                return self.over(e, env)
            case t.Call():
                return self.value(self.setting.definitions[e.name].body, self.inside(e, env))
            case t.D(of, by):
                self.value(of, env)
                self.value(by, env)
                return self.value(self.slopes.of(of, by), env)
            case t.Both(of, _, then):
                self.value(of, env)
                return self.value(then, env)
        raise AssertionError(e)

    def inside(self, e: t.Call, env: Env) -> Env:
        """The parameters of a function at a call; an argument without use needs a value too."""
        definition = self.setting.definitions[e.name]
        values = [self.value(x, env) for x in e.args]
        return Env(params=dict(zip(definition.head, values, strict=True)))

    def name(self, name: str, indices: tuple[str, ...]) -> Poly:
        for index, size in zip(indices, self.setting.ranges[name], strict=True):
            self.check_literal(index, size)
        definition = self.setting.definitions.get(name)
        if definition is not None:
            if (name, indices) not in self._known:
                env = Env(dict(zip(definition.head, indices, strict=True)))
                self._known[name, indices] = self.value(definition.body, env)
            return self._known[name, indices]
        replaced = self.put_in.get(name)
        if replaced is not None:
            at = dict(zip(replaced.letters, indices, strict=True))
            return self.value(replaced.by, Env(at))
        return single(self.make("n", name, indices))

    def delta_in_range(self, e: t.Delta, i: str, j: str) -> Poly:
        sizes = {self.size_at(x) for x in (i, j, e.first, e.second)} - {None}
        for size in sizes:
            for index in (i, j):
                self.check_literal(index, str(size))
        return self.delta(i, j)

    def inverse(self, e: Term, env: Env, n: int) -> Poly:
        """e^n for n < 0, factor by factor as it is written."""
        match e:
            case t.Mul(a, b):
                return self.mul(self.inverse(a, env, n), self.inverse(b, env, n))
            case t.Neg(of):
                return scaled(self.inverse(of, env, n), -1 if n % 2 else 1)
            case t.Pow(base, t.Num(value)) if value.denominator == 1 and 0 < value <= LARGEST_POWER:
                return self.inverse(base, env, n * int(value))
        p = self.value(e, env)
        sign = self.term_sign(e, env, p)
        if abs(sign) not in (2, NONZERO):
            raise Refused("no value", "a denominator may be 0")
        return self.power(p, Fraction(n), sign)

    def power_of(self, e: t.Pow, env: Env) -> Poly:
        base, exponent = self.value(e.base, env), self.value(e.exponent, env)
        fixed = not any(
            isinstance(x, t.Name | t.Param | t.Size | t.Delta | t.Call)
            for x in subterms(e.exponent)
        )
        if fixed and set(exponent) <= {()}:
            n = exponent.get((), Fraction(0))
            if n.denominator == 1 and n >= 0:
                return self.power(base, n, UNKNOWN)
            return self.power(base, n, self.term_sign(e.base, env, base))
        return self.exp(self.mul(exponent, self.log(base, self.term_sign(e.base, env, base))))

    def function(self, e: t.Fn, env: Env) -> Poly:
        p = self.value(e.of, env)
        if e.word == "exp":
            return self.exp(p)
        sign = self.term_sign(e.of, env, p)
        return self.log(p, sign) if e.word == "log" else self.abs(p, sign)

    def over(self, e: t.Over, env: Env) -> Poly:
        index = self.bind(e.size)
        within = env.bind(e.index, index)
        body = self.value(e.body, within)
        kept = ONE
        for other in e.but_not:
            self.check_literal(env.at(other), e.size)
            kept = self.mul(kept, plus(ONE, self.delta(index, env.at(other)), -1))
        if e.word == "Σ":
            return self.sum(self.mul(kept, body), ((index, e.size),))
        sign = self.term_sign(e.body, within, body)
        factors = plus(self.mul(kept, body), plus(ONE, kept, -1))  # 1 for what is left out
        return self.product(factors, index, e.size, sign)
