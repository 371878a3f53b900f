"""The reader: from the text of a line to its term, or a refusal that names the remedy."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from . import terms as t
from .remedies import CALLS, after
from .terms import Kind, Refused, Spent, Term
from .tokens import BASIC, DEEPEST, DELTAS, MOST_DIGITS, PRODUCTS, RESERVED, SUMS, Token, tokens

if TYPE_CHECKING:
    from .setting import Definition, Setting


def read(text: str, scope: Setting, params: tuple[str, ...] = ()) -> Term:
    """The term of a line, its names those of the scope and of the parameters."""
    try:
        return _Reader(text, scope, params).whole()
    except RecursionError:
        raise Spent("this is nested too deeply to be read") from None


class _Reader:
    """One line, read from left to right; `at` is the next token."""

    def __init__(self, text: str, scope: Setting, params: tuple[str, ...]):
        self.tokens, self.at, self.depth, self.binders = tokens(text), 0, 0, 0
        self.text = " ".join(text.split())
        self.scope, self.params = scope, params
        self.bound: dict[str, str] = {}

    def whole(self) -> Term:
        e = self.sum()
        if self.next.kind != "end":
            raise self.refuse(after(self.tokens[self.at - 1].text, self.next.text))
        return e

    @property
    def next(self) -> Token:
        return self.tokens[self.at]

    def refuse(self, why: str, token: Token | None = None, kind: Kind = "unreadable") -> Refused:
        return Refused(kind, why, self.text, (token or self.next).place)

    def take(self, wanted: str = "") -> Token:
        token = self.next
        if wanted and token.text != wanted:
            raise self.refuse(
                f"{wanted!r} is missing here"
                if token.kind == "end"
                else f"{wanted!r} is expected, not {token.text!r}"
            )
        self.at += token.kind != "end"
        return token

    def sum(self) -> Term:
        self.depth += 1
        if self.depth > DEEPEST:
            raise self.refuse(f"brackets are nested more than {DEEPEST} deep")
        e = self.term()
        while self.next.text in ("+", "-"):
            minus = self.take().text == "-"
            part = self.term()
            e = t.Add(e, t.Neg(part) if minus else part)
        self.depth -= 1
        return e

    def term(self) -> Term:
        e = self.unary()
        while self.next.text in ("*", "/"):
            times = self.take().text == "*"
            part = self.unary()
            e = t.Mul(e, part) if times else t.Div(e, part)
        return e

    def unary(self) -> Term:
        minus, signs = False, 0
        while self.next.text in ("+", "-"):
            minus, signs = minus ^ (self.take().text == "-"), signs + 1
            if signs > DEEPEST:
                raise self.refuse("too many signs in a row")
        e = self.primary()
        if self.next.text == "**":
            self.take()
            self.depth += 1
            if self.depth > DEEPEST:
                raise self.refuse(f"powers are nested more than {DEEPEST} deep")
            e = t.Pow(e, self.unary())
            self.depth -= 1
        return t.Neg(e) if minus else e

    def primary(self) -> Term:
        token = self.take()
        if token.text == "(":
            e = self.sum()
            self.take(")")
            return e
        if token.kind == "number":
            if len(token.text) > MOST_DIGITS:
                raise self.refuse(f"a number has at most {MOST_DIGITS} digits", token)
            return t.Num(Fraction(token.text))
        if token.kind != "word":
            here = "a formula ends here" if token.kind == "end" else f"{token.text!r} stands here"
            raise self.refuse(f"{here}, where a number, a name or a bracket is expected", token)
        if self.next.text == "(" and token.text not in (*self.params, *self.scope.ranges):
            self.take()
            return self.call(token)
        return self.name(token)

    def name(self, token: Token) -> Term:
        x, scope = token.text, self.scope
        if x in self.params:
            return t.Param(x)
        if x in scope.sizes:
            return t.Size(x)
        if x in scope.letters:
            raise self.refuse(f"{x!r} is an index: it stands in square brackets", token)
        if x in scope.functions or x in RESERVED:
            raise self.refuse(f"{x!r} needs its arguments in brackets: {x}(…)", token)
        if x not in scope.ranges:
            known = any(x.startswith(y) and x != y for y in (*scope.ranges, *scope.sizes))
            star = "; a star may be missing" if known else ""
            missing = f"there is no name {x!r}: declare it, or define it with let{star}"
            raise self.refuse(missing, token, "undeclared")
        indices = self.in_brackets() if self.next.text == "[" else []
        wanted = scope.ranges[x]
        if len(indices) != len(wanted):
            raise self.refuse(f"{x} has {len(wanted)} indices, not {len(indices)}", token)
        for (index, size), declared in zip(indices, wanted, strict=True):
            if size not in (None, declared):
                letter = index.partition("'")[0]
                raise self.refuse(f"{letter} does not run over 1 … {declared}", token)
        return t.Name(x, tuple(index for index, _ in indices))

    def in_brackets(self) -> list[tuple[str, str | None]]:
        self.take("[")
        found = [self.index()]
        while self.next.text == ",":
            self.take()
            found.append(self.index())
        self.take("]")
        return found

    def index(self) -> tuple[str, str | None]:
        """An index and the size that it runs over; a whole number fits every size."""
        token = self.take()
        if token.kind == "number" and token.text.isdigit() and 0 < int(token.text) < 1000:
            return str(int(token.text)), None
        if token.text not in self.scope.letters:
            raise self.refuse("an index is a declared letter or a whole number from 1", token)
        return self.bound.get(token.text, token.text), self.scope.letters[token.text]

    def call(self, token: Token) -> Term:
        x = token.text
        if x in (*SUMS, *PRODUCTS):
            return self.over("Σ" if x in SUMS else "Π")
        if x in DELTAS:
            return self.delta()
        args = [self.sum()]
        while self.next.text == ",":
            self.take()
            args.append(self.sum())
        self.take(")")
        if x == "D":
            return self.derivative(args, token)
        if x in BASIC:
            if len(args) != 1:
                raise self.refuse(f"{x} takes one argument, not {len(args)}", token)
            return t.Fn(x, args[0])
        if x not in self.scope.functions:
            missing = f"there is no function {x!r}: define it with let"
            raise self.refuse(CALLS.get(x, missing), token, "undeclared")
        return self.applied(self.scope.functions[x], args, token)

    def applied(self, function: Definition, args: list[Term], token: Token) -> Term:
        wanted = len(function.head)
        while function.folds and len(args) > wanted:
            args = [t.Call(token.text, (args[0], args[1])), *args[2:]]
        if len(args) != wanted:
            raise self.refuse(f"{token.text} takes {wanted} arguments, not {len(args)}", token)
        return t.Call(token.text, tuple(args))

    def derivative(self, args: list[Term], token: Token) -> Term:
        if len(args) != 2 or not isinstance(args[1], t.Name | t.Param):
            raise self.refuse("a derivative is D(f, x) by a name x", token)
        return t.D(args[0], args[1])

    def delta(self) -> Term:
        i, m = self.index()
        self.take(",")
        j, n = self.index()
        closing = self.take(")")
        if m is None and n is None or None not in (m, n) and m != n:
            raise self.refuse("δ compares two indices of one range", closing)
        return t.Delta(i, j)

    def over(self, word: str) -> Term:
        token = self.take()
        letter = token.text
        if letter not in self.scope.letters:
            raise self.refuse(f"{word} begins with an index: {word}(i, …)", token)
        if letter in self.bound:
            raise self.refuse(f"{letter!r} is the index of a {word} around this one", token)
        self.binders += 1
        index = self.bound[letter] = f"{letter}'{self.binders}"
        self.take(",")
        first = self.at
        body = self.sum()
        self.check_hidden(letter, first)
        but_not = []
        while self.next.text == ",":
            self.take()
            but_not.append(self.other(index, self.scope.letters[letter]))
        self.take(")")
        del self.bound[letter]
        return t.Over(word, index, self.scope.letters[letter], body, tuple(but_not))

    def other(self, index: str, size: str) -> str:
        """The other side of `i != k`."""
        token = self.next
        i, m = self.index()
        self.take("!=")
        j, n = self.index()
        if (i == index) == (j == index) or {m, n} - {None, size}:
            why = "what is left out is written i != k, with the index of the sum"
            raise self.refuse(why, token)
        return j if i == index else i

    def check_hidden(self, letter: str, first: int) -> None:
        for token in self.tokens[first : self.at]:
            if token.kind == "word" and letter in self.scope.hidden.get(token.text, ()):
                raise self.refuse(
                    f"{token.text!r} stands for something with the index {letter!r}: "
                    f"define it as {token.text}[{letter}], or sum over another letter",
                    token, "hidden index",
                )  # fmt: skip
