r"""Reads the formulas of the prose as the reader of printed formulas does, but as people write.

Braces may be left out (`p_k`, `\frac12`), a product needs no sign, a fraction may have a slash, a
sum no upper limit, and a derivative a prime. A family may stand without some of its indices, for a
whole vector (`p - y`), and a function without its argument (`\sigma'`). The square of a norm is a sum
of squares.
"""

from tests.language.latex_reader import (
    TAKES_ARGUMENTS,
    TOKEN,
    WORDS,
    Ambiguous,
    Reader,
    product_of,
    visible,
)
from tests.language.latex_reader import printed_name as printed

RELATIONS = {
    "=": "=", "<": "<", ">": ">", r"\le": "≤", r"\ge": "≥", r"\ne": "≠", r"\to": "→", ":=": "=",
    r"\in": "∈", r"\leftarrow": "becomes",
}  # fmt: skip

# Spaces and sizes of type mean nothing.
_SILENT = {r"\;", r"\!", r"\:", r"\quad", r"\ ", r"\bigl", r"\bigr"}
_SAME = {
    r"\tfrac": r"\frac", r"\dfrac": r"\frac", r"\Vert": r"\|", r"\vert": "|", r"\leq": r"\le",
    r"\geq": r"\ge", r"\lt": "<", r"\gt": ">",
}  # fmt: skip
# What ends a product.
_STOPS = {"+", "-", ",", ")", "]", "}", r"\right", "|", r"\rVert", *RELATIONS}


def tokens_of(latex):
    """Tokens as a strict writer would have set them: every argument in braces."""
    tokens = [_SAME.get(token, token) for token in TOKEN.findall(latex)]
    return visible(_braced([token for token in tokens if token not in _SILENT]))


def _braced(tokens):
    kept, tokens = [], list(tokens)
    while tokens:
        token = tokens.pop(0)
        arguments = TAKES_ARGUMENTS.get(token, 0)
        kept.append(token)
        for _ in range(arguments):
            while tokens and tokens[0] == r"\,":
                tokens.pop(0)
            if not tokens:
                raise Ambiguous(f"{token} without what it takes")
            inside = _argument(tokens)
            kept += ["{", *_braced(inside), "}"]
    return kept


def _argument(tokens):
    """Take the argument that stands first: a group, a digit, or a sign with its own argument."""
    first = tokens.pop(0)
    if first == "{":
        inside, depth = [], 1
        while tokens:
            token = tokens.pop(0)
            depth += {"{": 1, "}": -1}.get(token, 0)
            if depth == 0:
                return inside
            inside.append(token)
        raise Ambiguous("a brace without its partner")
    if first.isdigit() and len(first) > 1:
        tokens.insert(0, first[1:])
        return [first[0]]
    taken = [first]
    for _ in range(TAKES_ARGUMENTS.get(first, 0) if first.startswith("\\") else 0):
        taken += ["{", *_argument(tokens), "}"]
    return taken


def sides(latex):
    """The sides of a statement and the relations between them: `0 \\le H \\le 1` has three."""
    parts, relations, depth = [[]], [], 0
    for token in tokens_of(latex):
        depth += (token in "([{") - (token in ")]}") if len(token) == 1 else 0
        if depth == 0 and token in RELATIONS:
            relations.append(RELATIONS[token])
            parts.append([])
        else:
            parts[-1].append(token)
    return [_trimmed(part) for part in parts], relations


def _trimmed(tokens):
    while tokens and tokens[0] == r"\,":
        tokens = tokens[1:]
    while tokens and tokens[-1] in (r"\,", ",", ".", ";"):
        tokens = tokens[:-1]
    return tokens


class ProseReader(Reader):
    """Reads one side of a statement, given the names of the setting of one derivation."""

    def __init__(self, families, functions, sizes, chosen):
        self.families, self.functions, self.sizes = families, functions, sizes
        names = {name: printed(name) for name in [*sizes, *families, *functions, *sizes.values()]}
        names |= chosen
        self.names = sorted(
            ((tokens_of(latex), name) for name, latex in names.items()),
            key=lambda pair: -len(pair[0]),
        )

    def side(self, tokens):
        """The tree of one side."""
        if not tokens:
            raise Ambiguous("nothing")
        try:
            return self.whole(tokens)
        except (IndexError, ValueError) as end:
            raise Ambiguous(f"it ends too early: {end}") from end

    def product(self, tokens, place):
        factors = []
        while True:
            while place < len(tokens) and tokens[place] in (r"\,", r"\cdot"):
                place += 1
            if factors and (place >= len(tokens) or tokens[place] in _STOPS):
                return product_of(factors), place
            if factors and tokens[place] == "/":
                below, _, place = self.factor(tokens, place + 1)
                factors = [("fraction", product_of(factors), below)]
                continue
            factor, _, place = self.factor(tokens, place)
            factors.append(factor)

    def factor(self, tokens, place):
        if tokens[place] == r"\partial":
            return self.slope(tokens, place)
        if tokens[place] == r"\log" and tokens[place + 1 : place + 2] not in (["("], [r"\left"]):
            while tokens[place + 1] == r"\,":
                place += 1
            tree, _, place = self.factor(tokens, place + 1)
            return ("log", tree), True, place
        return super().factor(tokens, place)

    def slope(self, tokens, place):
        """∂a/∂b with a slash."""
        above, place = self.named(tokens, place + 1)
        if tokens[place : place + 2] != ["/", r"\partial"]:
            raise Ambiguous("∂ without what it is taken by")
        by, place = self.named(tokens, place + 2)
        return ("D", above, by), True, place

    def named(self, tokens, place):
        for latex, name in self.names:
            if tokens[place : place + len(latex)] != latex:
                continue
            place += len(latex)
            primes = 0
            while tokens[place : place + 1] == ["'"]:
                primes, place = primes + 1, place + 1
            tree, place = self.bare_or_whole(name, tokens, place)
            for _ in range(primes):
                tree = ("prime", tree)
            return tree, place
        raise Ambiguous(f"no name {tokens[place]}")

    def bare_or_whole(self, name, tokens, place):
        after = tokens[place : place + 1]
        if name in self.functions:
            if after == ["("] or tokens[place : place + 2] == [r"\left", "("]:
                return self.called(name, tokens, place)
            return ("bare", name), place
        count = self.families.get(name, 0)
        if count and after != ["_"]:
            return ("bare", name), place
        if not count:
            return ("name", name), place
        inside, place = self.argument(tokens, place + 1)
        if len([token for token in inside if token != ","]) < count:
            return ("bare", name), place
        return ("name", name, *self.indices(inside, count)), place

    def base(self, tokens, place):
        if tokens[place] == "|":
            end = tokens.index("|", place + 1)
            return ("abs", self.whole(tokens[place + 1 : end])), end + 1
        if tokens[place] == r"\lVert":
            return self.squared_norm(tokens, place)
        if tokens[place] in WORDS.values() and tokens[place + 1 : place + 2] == [r"\,"]:
            raise Ambiguous("a word without its argument")
        return super().base(tokens, place)

    def squared_norm(self, tokens, place):
        end = tokens.index(r"\rVert", place)
        if tokens[end + 1 : end + 5] != ["^", "{", "2", "}"]:
            raise Ambiguous("a norm that is not squared")
        inside = self.whole(tokens[place + 1 : end])
        return ("sum over", "", (), ("power", inside, ("number", 2))), end + 5

    def over(self, tokens, place):
        sign = {r"\sum": "sum over", r"\prod": "product over"}[tokens[place]]
        if tokens[place + 1] != "_":
            raise Ambiguous("a sum without its index")
        below, place = self.argument(tokens, place + 2)
        left_out, (letter, *rest) = (), below
        if letter not in self.sizes:
            raise Ambiguous(f"{letter} is no index")
        if tokens[place : place + 1] == ["^"]:
            above, place = self.argument(tokens, place + 1)
            if rest != ["=", "1"] or self.whole(above) != ("name", self.sizes[letter]):
                raise Ambiguous(f"limits {below} {above}")
        elif rest[:1] == [r"\ne"]:
            left_out = ((letter, "".join(rest[1:])),)
        elif rest:
            raise Ambiguous(f"limits {below}")
        body, place = self.product(tokens, place)
        return (sign, letter, left_out, body), place
