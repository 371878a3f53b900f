"""Random settings, and random pairs of terms: a line, and a line that is rightly or wrongly made of it.

Everything is text, as an author would write it, and depends on the random numbers alone.
"""

from __future__ import annotations

import re
from random import Random

Line = tuple[str, ...]
Pair = tuple[str, str]

# What may be declared beside the core; each part is right by itself, and together with the others.
_PARTS: tuple[tuple[Line, ...], ...] = (
    (("let", "e", "z[k]**2 - w"),),
    (("let", "lse", "log(Σ(j, exp(z[j])))"),),
    (("let", "c1[n]", "Σ(j, x[n,j]*T[n,j])"),),
    (("let", "f(t0)", "1/(1 + exp(-t0))"),),
    (("let", "d(t1)", "D(t1**3*w, t1) + D(t1**2*w, w)"),),
    (("fold", "max(t2, t3)", "(t2 + t3 + abs(t2 - t3))/2"),),
    (("lemma", "g(t4)", "t4 - 1 - log(t4)"),),
    (("real", "l"), ("fact", "balance", "l", "w*s + u")),
    (("positive", "o[i]"), ("fact", "odds", "o[i]", "exp(z[i])*s")),
    (("where", "v", "!=", "0", "v", "2"),),
    (("real", "a1"), ("real", "a2"), ("where", "a1", "<", "a2", "a1", "0", "a2", "1")),
    (("real", "a3"), ("where", "b*(w + a3) + 1 - b", ">", "0", "b", "0", "w", "1", "a3", "1")),
    (("real", "a4[i]"), ("where", "Σ(i, a4[i])", ">", "0", "a4[i]", "1")),
    (("real", "a5[i]"), ("where", "a5[i]**2", ">=", "1", "a5[i]", "1")),
    (("real", "a6"), ("where", "a6**2 - s", "!=", "0", "a6", "0", "s", "1")),
    (("unit", "a7"), ("where", "a7", "<=", "1/2", "a7", "1/3")),
    (("real", "a8[i]"), ("where", "a8[k]", "!=", "a8[c] + 1", "a8[i]", "0")),
)  # fmt: skip
FACTS = ("y sums to one", "q sums to one", "h sums to one", "T sums to one", "y is one-hot",
         "t is one-hot", "balance", "odds")  # fmt: skip


def setting(rng: Random) -> tuple[Line, ...]:
    least = rng.choice("1123")
    core: tuple[Line, ...] = (
        ("index", "i j k c", "C", least), ("index", "n m", "N", "1"),
        ("real", "z[i]"), ("real", "w"), ("real", "v"), ("real", "x[n,i]"),
        ("positive", "s"), ("positive", "r[i]"), ("nonnegative", "a0"),
        ("unit", "u"), ("unit", "u1[i]"), ("binary", "b"), ("binary", "t[i]"),
        ("nonnegative", "y[i]"), ("positive", "q[i]"), ("real", "h[i]"), ("nonnegative", "T[n,i]"),
        ("sums to one", "y"), ("sums to one", "q"), ("sums to one", "h"), ("sums to one", "T"),
        ("one-hot", "y", "c"), ("one-hot", "t", "c"),
        ("let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"),
    )  # fmt: skip
    chosen = [part for part in _PARTS if rng.random() < 0.4]
    rng.shuffle(chosen)
    return core + tuple(line for part in chosen for line in part)


class Terms:
    """Random terms of one setting."""

    def __init__(self, rng: Random, lines: tuple[Line, ...], wrong: float = 0.06):
        self.rng, self.wrong = rng, wrong
        heads = [re.findall(r"\w+", line[1]) for line in lines
                 if line[0] in ("real", "positive", "nonnegative", "unit", "binary", "let")]  # fmt: skip
        self.scalars = [h[0] for h in heads if len(h) == 1] + ["C", "N"]
        self.rows = [h[0] for h in heads if len(h) == 2 and h[1] == "i"]
        self.tables = ["x", "T"]
        self.functions = {line[1].split("(")[0]: line[1].count(",") + 1 for line in lines if "(" in line[1]
                          and line[0] in ("let", "fold", "lemma")}  # fmt: skip
        self.above = [
            "s",
            "u",
            "r[{}]",
            "q[{}]",
            "u1[{}]",
            "p[{}]",
            "(1 + w**2)",
            "C",
            "exp(w)",
            "2",
        ]

    def is_wrong(self) -> bool:
        return self.rng.random() < self.wrong

    def letter(self, letters: str) -> str:
        return self.rng.choice([x for x in letters if x in "ijkc"])

    def row(self, letters: str) -> str:
        return self.rng.choice([x for x in letters if x in "nm"] or ["n"])

    def atom(self, letters: str) -> str:
        rng, kind = self.rng, self.rng.random()
        if kind < 0.35:
            at = self.letter(letters) if rng.random() < 0.93 else "1"
            return f"{rng.choice(self.rows)}[{at}]"
        if kind < 0.45:
            return f"{rng.choice(self.tables)}[{self.row(letters)},{self.letter(letters)}]"
        if kind < 0.8:
            return rng.choice(self.scalars)
        return rng.choice(("0", "1", "2", "1/2", "-1", "3", "-2/3"))

    def positive(self, letters: str) -> str:
        """Something that is above 0 everywhere."""
        return self.rng.choice(self.above).replace("{}", self.letter(letters))

    def by(self, letters: str) -> str:
        k = self.letter(letters)
        return self.rng.choice(("w", "v", "s", "u", "a0", f"z[{k}]", f"r[{k}]", f"y[{k}]",
                                f"x[{self.row(letters)},{k}]"))  # fmt: skip

    def pair(self, deep: int, letters: str) -> Pair:
        """A term, and one that is equal to it unless something wrong was chosen."""
        rng = self.rng
        if deep <= 0:
            a = self.atom(letters)
            return (a, self.atom(letters)) if self.is_wrong() and rng.random() < 0.3 else (a, a)
        rule = rng.choice(_RULES)
        return rule(self, deep - 1, letters)

    # One rule for each form of a term: the same on both sides, or rewritten.

    def add(self, deep: int, letters: str) -> Pair:
        (a, a2), (b, b2) = self.pair(deep, letters), self.pair(deep, letters)
        sign = self.rng.choice("+-")
        if sign == "+":
            return f"({a} + {b})", self.rng.choice((f"({a2} + {b2})", f"({b2} + {a2})"))
        other = f"({b2} - {a2})" if self.is_wrong() else f"(-({b2}) + {a2})"
        return f"({a} - {b})", self.rng.choice((f"({a2} - ({b2}))", other))

    def times(self, deep: int, letters: str) -> Pair:
        (a, a2), (b, b2), (c, c2) = (self.pair(deep, letters) for _ in range(3))
        if self.rng.random() < 0.5:
            return f"({a})*({b})", f"({b2})*({a2})"
        end = f"({c2})" if self.is_wrong() else f"({a2})*({c2})"
        return f"({a})*(({b}) + ({c}))", f"(({a2})*({b2}) + {end})"

    def over(self, deep: int, letters: str) -> Pair:
        (a, a2), d = self.pair(deep, letters), self.denominator(deep, letters)
        match self.rng.randrange(3):
            case 0:
                return f"({a})/{d}", f"({a2})*{d}**(-1)"
            case 1:
                return f"({a})*{d}/{d}", f"({a2})"
            case _:
                e = self.positive(letters)
                top = "1" if self.is_wrong() else f"({e} + ({a2})*{d})"
                return f"(({a})/{e} + 1/{d})", f"({top})/({d}*{e})"

    def denominator(self, deep: int, letters: str) -> str:
        rng = self.rng
        return rng.choice((self.positive(letters), self.positive(letters), "v", "(a2 - a1)",
                           f"(1 + ({self.pair(deep, letters)[0]})**2)", f"({self.pair(deep, letters)[0]})",
                           f"(1 + exp({self.atom(letters)}))", f"(2 - {self.atom(letters)})",
                           f"(b + (1 - b)*({self.atom(letters)}))"))  # fmt: skip

    def power(self, deep: int, letters: str) -> Pair:
        (a, a2), rng = self.pair(deep, letters), self.rng
        d = self.positive(letters)
        square = f"({a2})" if self.is_wrong() else f"abs({a2})"
        return rng.choice((
            (f"({a})**2", f"({a2})*({a2})"), (f"({a})**3", f"({a2})**2*({a2})"),
            (f"(({a})**2 + 1)**(1/2)", f"(1 + ({a2})**2)/(({a2})**2 + 1)**(1/2)"),
            (f"{d}**(1/2)*{d}**(1/2)", d), (f"({d}**2)**(1/2)", d), (f"{d}**(3/2)", f"{d}*{d}**(1/2)"),
            (f"({d}*{d})**({a})", f"{d}**(2*({a2}))"), (f"{d}**b", f"(1 - b + b*{d})"),
            (f"(({a})**2)**(1/2)", square), (f"({d})**({a})", f"exp(({a2})*log({d}))"),
            (f"({a})**(1/2)", f"({a2})**(1/2)"), (f"({a})**(-2)", f"1/({a2})**2"),
            (f"(4*{d})**(1/2)", f"2*{d}**(1/2)"), (f"({d}/8)**(1/3)", f"{d}**(1/3)/2"),
            (f"({a})**b", f"({a2})**b"), (f"({a})**0", "1"),
        ))  # fmt: skip

    def exponential(self, deep: int, letters: str) -> Pair:
        (a, a2), (b, b2), d = (
            self.pair(deep, letters),
            self.pair(deep, letters),
            self.positive(letters),
        )
        join = "+" if self.is_wrong() else "*"
        return self.rng.choice((
            (f"exp({a})", f"exp({a2})"), (f"exp({a})*exp({b})", f"exp(({a2}) {join} ({b2}))"
             if self.is_wrong() else f"exp(({a2}) + ({b2}))"),
            (f"exp(-({a}))", f"1/exp({a2})"), (f"exp(log({d}) + ({a}))", f"{d}*exp({a2})"),
            (f"exp(b*({a}))", f"(1 + b*(exp({a2}) - 1))"), (f"exp(2*({a}))", f"exp({a2})**2"),
            (f"exp(abs({a}))", f"exp(abs({a2}))"), (f"exp(-log({d})/2)", f"{d}**(-1/2)"),
        ))  # fmt: skip

    def logarithm(self, deep: int, letters: str) -> Pair:
        (a, a2), d, e = self.pair(deep, letters), self.positive(letters), self.positive(letters)
        return self.rng.choice((
            (f"log(exp({a}))", a2), (f"log({d}*{e})", f"(log({d}) + log({e}))"),
            (f"log({d}/{e})", f"(log({d}) {'+' if self.is_wrong() else '-'} log({e}))"),
            (f"log(1 + ({a})**2)", f"log(({a2})**2 + 1)"), (f"log({a})", f"log({a2})"),
            (f"log({d}**2)", f"2*log({d})"), (f"log(6*{d})", f"(log(2) + log(3*{d}))"),
            (f"log(exp({a}) + {d})", f"(({a2}) + log(1 + {d}*exp(-({a2}))))"),
            (f"log(b*{d} + (1 - b)*{e})", f"(b*log({d}) + (1 - b)*log({e}))"),
            (f"log(({a})**2)", f"2*log(abs({a2}))"), (f"log(1 - {e})", f"log(1 - {e})"),
        ))  # fmt: skip

    def absolute(self, deep: int, letters: str) -> Pair:
        (a, a2), (b, b2), d = (
            self.pair(deep, letters),
            self.pair(deep, letters),
            self.positive(letters),
        )
        return self.rng.choice((
            (f"abs({a})", f"abs({a2})"), (f"abs({a})**2", f"({a2})**2"), (f"abs({d})", d),
            (f"abs(({a}) - ({b}))", f"abs(({b2}) - ({a2}))"), (f"abs(({a})*({b}))", f"abs({a2})*abs({b2})"),
            (f"abs({d}*({a}))", f"{d}*abs({a2})"), (f"abs(abs({a}))", f"abs({a2})"),
            (f"abs(({a}) + ({b}))", f"abs({a2}) + ({b2})" if self.is_wrong() else f"abs(({b2}) + ({a2}))"),
        ))  # fmt: skip

    def delta(self, deep: int, letters: str) -> Pair:
        k, c = self.letter(letters), self.letter(letters)
        (a, a2) = self.pair(deep, letters)
        moved = a2 if self.is_wrong() else _at(a2, k, c)
        return self.rng.choice((
            (f"δ({k}, {c})*({a})", f"δ({c}, {k})*({a2})"), (f"δ({k}, {c})*({a})", f"δ({k}, {c})*({moved})"),
            (f"δ({k}, {c})**2", f"δ({k}, {c})"), (f"exp(δ({k}, {c}))", f"(1 + (exp(1) - 1)*δ({k}, {c}))"),
            (f"δ({k}, 1)*δ({c}, 1)", f"δ({k}, 1)*δ({c}, {k})"), (f"(1 - δ({k}, {c}))*({a})", f"(({a2}) - δ({k}, {c})*({a2}))"),
        ))  # fmt: skip

    def sum(self, deep: int, letters: str) -> Pair:
        rng = self.rng
        bound = [x for x in "ijm" if x not in letters]
        if not bound:
            return self.add(deep, letters)
        i = rng.choice(bound)
        inside, (b, b2) = letters + i, self.pair(deep - 1, letters)
        (a, a2), k = self.pair(deep - 1, inside), self.letter(letters)
        size = "N" if i == "m" else "C"
        if i == "m":
            return rng.choice((
                (f"Σ(m, {a})", f"Σ(m, {a2})"), (f"Σ(m, ({a}) + ({b}))", f"(Σ(m, {a2}) + N*({b2}))"),
                (f"Σ(m, {a}, m != n)", f"(Σ(m, {a2}) - ({_at(a2, 'm', 'n')}))"),
            ))  # fmt: skip
        j = next((x for x in "ij" if x not in inside), i)
        renamed = _at(a2, i, j) if "Σ(" not in a2 and "Π(" not in a2 else a2
        renamed = f"Σ({j}, {renamed})" if renamed != a2 or i not in a2 else f"Σ({i}, {a2})"
        at_k = _at(a2, i, k)
        return rng.choice((
            (f"Σ({i}, {a})", renamed), (f"Σ({i}, ({a})*({b}))", f"({b2})*Σ({i}, {a2})"),
            (f"Σ({i}, ({a}) + ({b}))", f"(Σ({i}, {a2}) + {'' if self.is_wrong() else size + '*'}({b2}))"),
            (f"Σ({i}, {a}, {i} != {k})", f"Σ({i}, {a2})" if self.is_wrong() else f"(Σ({i}, {a2}) - ({at_k}))"),
            (f"Σ({i}, δ({i}, {k})*({a}))", a2 if self.is_wrong() else at_k),
            (f"Σ({i}, y[{i}]*({b}))", f"({b2})"), (f"Σ({i}, T[n,{i}])", "1"), (f"Σ({i}, t[{i}]*({a}))", _at(a2, i, "c")),
            (f"Σ({i}, p[{i}]*({b}))", f"({b2})"), (f"Σ({i}, q[{i}]*log(q[{i}]*{self.positive(letters)}))",) * 2,
            (f"Σ({i}, h[{i}]*({a}))", f"Σ({i}, ({a2})*h[{i}])"),
        ))  # fmt: skip

    def product(self, deep: int, letters: str) -> Pair:
        bound = [x for x in "ij" if x not in letters]
        if not bound:
            return self.times(deep, letters)
        i, k = self.rng.choice(bound), self.letter(letters)
        (a, a2), d = self.pair(deep - 1, letters + i), self.positive(letters + i)
        left = "" if self.is_wrong() else f"/exp({_at(a2, i, k)})"
        return self.rng.choice((
            (f"Π({i}, exp({a}))", f"exp(Σ({i}, {a2}))"), (f"Π({i}, {d})", f"exp(Σ({i}, log({d})))"),
            (f"Π({i}, exp({a}), {i} != {k})", f"exp(Σ({i}, {a2})){left}"), (f"log(Π({i}, {d}**t[{i}]))", f"Σ({i}, t[{i}]*log({d}))"),
            (f"Π({i}, {a})", f"Π({i}, {a2})"),
        ))  # fmt: skip

    def slope(self, deep: int, letters: str) -> Pair:
        rng = self.rng
        (a, a2), (b, b2), x = (
            self.pair(deep, letters),
            self.pair(deep - 1, letters),
            self.by(letters),
        )
        outside = "" if self.is_wrong() else f" + ({b2})*D({a2}, {x})"
        bound = [i for i in "ij" if i not in letters]
        choices = [
            (f"D({a}, {x})", f"D({a2}, {x})"), (f"D(({a})*({b}), {x})", f"(({a2})*D({b2}, {x}){outside})"),
            (f"D(({a}) + ({b}), {x})", f"(D({b2}, {x}) + D({a2}, {x}))"), (f"D(exp({a}), {x})", f"exp({a2})*D({a2}, {x})"),
            (f"D(({a})**2, {x})", f"2*({a2})*D({a2}, {x})"), (f"D(log(1 + ({a})**2), {x})", f"2*({a2})*D({a2}, {x})/(1 + ({a2})**2)"),
            (f"D(abs({a})*({a}), {x})", f"2*abs({a2})*D({a2}, {x})"),
        ]  # fmt: skip
        if bound:
            i = bound[0]
            (c, c2) = self.pair(deep - 1, letters + i)
            choices.append((f"D(Σ({i}, {c}), {x})", f"Σ({i}, D({c2}, {x}))"))
        return rng.choice(choices)

    def call(self, deep: int, letters: str) -> Pair:
        if not self.functions:
            return self.add(deep, letters)
        name = self.rng.choice(sorted(self.functions))
        (a, a2), (b, b2) = self.pair(deep, letters), self.pair(deep, letters)
        d = self.positive(letters)
        return {
            "f": (f"f({a})", self.rng.choice((f"(1 - f(-({a2})))", f"1/(1 + exp(-({a2})))", f"f({a2})"))),
            "d": (f"d({a})", f"(3*({a2})**2*w + {'' if self.is_wrong() else f'({a2})**2'})"),
            "max": (f"max({a}, {b})", self.rng.choice((f"max({b2}, {a2})", f"(({a2}) + ({b2}) - max(-({a2}), -({b2})))" if self.is_wrong()
                    else f"(({b2}) + max(({a2}) - ({b2}), 0))"))),
            "g": (f"g({d})", f"({d} - 1 - log({d}))"),
        }[name]  # fmt: skip


def _at(text: str, i: str, k: str) -> str:
    """A text with another letter for a free one, where no sum in it binds either."""
    if re.search(rf"[ΣΠ]\({i},|[ΣΠ]\({k},|\w+ != ", text):
        return text
    return re.sub(rf"(?<=[\[,( ]){i}(?=[\],) ])", k, text)


_RULES = (
    Terms.add, Terms.add, Terms.times, Terms.times, Terms.over, Terms.power, Terms.exponential,
    Terms.logarithm, Terms.absolute, Terms.delta, Terms.sum, Terms.sum, Terms.sum, Terms.product,
    Terms.slope, Terms.slope, Terms.call, Terms.call,
)  # fmt: skip
