"""The value of a term from the values of its parts; names and derivatives are left to `evaluating`."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import TypeAlias

from mpmath import mpf

from ..kernel.setting import Setting
from ..kernel.terms import (
    Add,
    Call,
    D,
    Delta,
    Div,
    Fn,
    Mul,
    Name,
    Neg,
    Num,
    Over,
    Param,
    Pow,
    Size,
    Term,
    put,
    subterms,
)
from .duals import Duals, Number, real
from .reals import ONE, ZERO, Undefined, Unsure

MOST_VISITED = 60_000  # parts of terms in one evaluation

Key = tuple[str, tuple[int, ...]]
Value: TypeAlias = Fraction | mpf


class NoValue(ArithmeticError):
    """A part of a term has no value at the point.

    `doing` ("the logarithm of") it to `part` would need that `part` is `wanted` ("> 0", "!= 0");
    `at` holds the indices of the sums around it.
    """

    def __init__(
        self,
        why: str,
        doing: str,
        part: Term,
        wanted: str = "",
        at: Mapping[str, int] | None = None,
    ):
        super().__init__(why)
        self.why, self.doing, self.part, self.wanted = why, doing, part, wanted
        self.at = dict(at or {})


class AtKink(Exception):
    """A derivative meets |part| where the part is 0."""

    def __init__(self, part: Term, at: Mapping[str, int]):
        super().__init__()
        self.part, self.at = part, dict(at)


@dataclass(frozen=True)
class Point:
    """Sizes, values of the free letters, and values of free names: {("z", (1,)): Fraction(2)}."""

    sizes: Mapping[str, int] = field(default_factory=dict)
    indices: Mapping[str, int] = field(default_factory=dict)
    values: Mapping[Key, Value] = field(default_factory=dict)


@dataclass(frozen=True)
class Env:
    """What the bound letters and the parameters of a term stand for."""

    indices: Mapping[str, int] = field(default_factory=dict)
    params: Mapping[str, Number] = field(default_factory=dict)


class Parts(ABC):
    """Evaluates at one point, with so many bits."""

    def __init__(self, setting: Setting, point: Point, bits: int):
        self.setting, self.point, self.arithmetic = setting, point, Duals(bits)
        self.visited = 0

    @abstractmethod
    def _name(self, e: Name, env: Env) -> Number: ...

    @abstractmethod
    def _abs(self, x: Number, of: Term, env: Env) -> Number: ...

    @abstractmethod
    def _derivative(self, of: Term, by: Name | Param, env: Env) -> Number: ...

    def _value(self, e: Term, env: Env) -> Number:
        self.visited += 1
        if self.visited > MOST_VISITED:
            raise Unsure("this takes too long to be worked out")
        how = self.arithmetic
        match e:
            case Num(value):
                return how.reals.bounded(value)
            case Size(name):
                return Fraction(self.point.sizes[name])
            case Param(name):
                return env.params[name]
            case Name():
                return self._name(e, env)
            case Delta(i, j):
                return self._delta(e, i, j, env)
            case Neg(of):
                return how.neg(self._value(of, env))
            case Add():
                return self._chain(e, Add, how.add, env)
            case Mul():
                return self._chain(e, Mul, how.mul, env)
            case Div(a, b):
                above, below = self._value(a, env), self._value(b, env)
                return self._apply(lambda: how.div(above, below), b, env)
            case Pow():
                return self._power(e, env)
            case Fn(word, of):
                return self._function(word, of, env)
            case Over():
                return self._over(e, env)
            case Call(name, args):
                definition = self.setting.definitions[name]
                given = [self._value(x, env) for x in args]
                inner = Env(params=dict(zip(definition.head, given, strict=True)))
                try:
                    return self._value(definition.body, inner)
                except (NoValue, AtKink) as error:
                    error.part = _with(error.part, dict(zip(definition.head, args, strict=True)))
                    error.at = dict(env.indices)
                    raise
            case D(of, by):
                return self._derivative(of, by, env)
        raise AssertionError(e)

    def _chain(
        self,
        e: Term,
        kind: type[Add | Mul],
        join: Callable[[Number, Number], Number],
        env: Env,
    ) -> Number:
        """a + b + c + …, however long, without recursion."""
        rest: list[Term] = []
        while isinstance(e, kind):
            rest.append(e.second)
            e = e.first
        total = self._value(e, env)
        for part in reversed(rest):
            total = join(total, self._value(part, env))
        return total

    def _apply(self, work: Callable[[], Number], part: Term, env: Env) -> Number:
        try:
            return work()
        except Undefined as error:
            raise NoValue(str(error), error.doing, part, error.wanted, env.indices) from None

    # Indices.

    def _index(self, index: str, env: Env) -> int:
        if index.isdigit():
            return int(index)
        found = env.indices.get(index)
        return self.point.indices[index] if found is None else found

    def _within(self, e: Term, at: int, size: str, env: Env) -> int:
        if at > self.point.sizes[size]:
            why = f"the index {at} does not exist for {size} = {self.point.sizes[size]}"
            raise NoValue(why, "the index of", e, "", env.indices)
        return at

    def _delta(self, e: Term, i: str, j: str, env: Env) -> Number:
        at = self._index(i, env), self._index(j, env)
        for letter in (i.split("'")[0], j.split("'")[0]):
            if letter in self.setting.letters:
                for index in at:
                    self._within(e, index, self.setting.letters[letter], env)
        return Fraction(at[0] == at[1])

    def _over(self, e: Over, env: Env) -> Number:
        left_out = {self._within(e, self._index(i, env), e.size, env) for i in e.but_not}
        adds = e.word == "Σ"
        total: Number = ZERO if adds else ONE
        for m in range(1, self.point.sizes[e.size] + 1):
            if m not in left_out:
                part = self._value(e.body, replace(env, indices={**env.indices, e.index: m}))
                total = (self.arithmetic.add if adds else self.arithmetic.mul)(total, part)
        return total

    # Powers and functions.

    def _power(self, e: Pow, env: Env) -> Number:
        base, exponent = self._value(e.base, env), self._value(e.exponent, env)
        how = self.arithmetic
        if is_written(e.exponent) and isinstance(exponent, Fraction):
            return self._apply(lambda: how.power(base, exponent), e.base, env)
        if is_written(e.exponent) and real(base) != ZERO and how.reals.sign(real(base)) < 0:
            raise Unsure("the exponent may be a whole number")
        return self._apply(lambda: how.exp(how.mul(exponent, how.log(base))), e.base, env)

    def _function(self, word: str, of: Term, env: Env) -> Number:
        x, how = self._value(of, env), self.arithmetic
        if word == "exp":
            return how.exp(x)
        if word == "log":
            return self._apply(lambda: how.log(x), of, env)
        return self._abs(x, of, env)


def is_written(exponent: Term) -> bool:
    """Whether an exponent is a number by how it is written; any other needs a base above 0."""
    return not any(isinstance(x, Name | Param | Size | Delta | Call) for x in subterms(exponent))


def _with(part: Term, params: Mapping[str, Term]) -> Term:
    """What is to blame in the body of a function, said of the arguments of the call."""
    if any(isinstance(x, D) for x in subterms(part)):
        return part
    return put(part, {}, params, lambda: "'", lambda of, by: of)
