"""Derivations, refuted lines and settings as a page shows them."""

import json
import re
from functools import cache

from docutils import nodes
from sphinx.domains.math import MathDomain
from sphinx.util.docutils import SphinxDirective
from sphinx.util.math import get_node_equation_number
from tex_to_mathml import inner

from cebook_utils.derivation.places import read_approach, read_point
from cebook_utils.kernel.consistency import declared
from cebook_utils.kernel.terms import Param, names_in
from cebook_utils.language.mathml import mathml
from cebook_utils.language.setting import Setting

from .elements import hidden, markup, tag
from .live import data_of
from .measure import width

TICK = '<svg class="tick" viewBox="0 0 24 24" aria-hidden="true"><path d="M4 12.8l5.2 5.2L20 6.5"/></svg>'
CROSS = '<svg class="cross" viewBox="0 0 24 24" aria-hidden="true"><path d="M6 6l12 12M18 6L6 18"/></svg>'
SHORT, WIDE = 5, 36  # letters of a formula
NUMBER = re.compile(r"[^\[\], ]+")
SIGNS = {"=": "=", "≤": "≤", "≥": "≥", "<": "&lt;", ">": "&gt;"}


class card(nodes.math_block):
    """A derivation with its number, which other places of the book refer to."""


# Formulas.


class Formulas:
    """The formulas of one record, set from the terms that were checked."""

    def __init__(self, record):
        self.setting = Setting(_declared(json.dumps(record["declared"])), (), record["names"])
        self.symbols = {name: inner(tex) for name, tex in record["names"].items()}

    def term(self, text):
        return self.setting.read(text)

    def inner(self, text):
        return self._of(self.term(text))

    def _of(self, term):
        return mathml(term, self.setting.kernel, self.symbols)

    def symbol(self, name):
        """A name as a counterexample speaks of it: a family as a whole, or one of its entries."""
        return self.inner(name) if "[" in name else self._of(Param(name))

    def at_point(self, text, point, always=False):
        """A line; where it speaks of a name that the point fixes, with the point beside a bar."""
        if text in ("oo", "-oo"):
            return ("<mo form='prefix'>−</mo>" if text[0] == "-" else "") + "<mi>∞</mi>"
        term = self.term(text)
        if not point:
            return self._of(term)
        values = read_point(self.setting, point).values
        spoken = self.setting.kernel.reach(names_in(term))
        if not always and not any(name in spoken for name, _ in values):
            return self._of(term)
        pairs = '<mo separator="true">,</mo>'.join(
            f"{self.inner(name)}<mo>=</mo>{self.inner(value)}" for name, value in values
        )
        bar = '<mo stretchy="true" symmetric="true" form="postfix" lspace="0.1em">|</mo>'
        return f"<msub><mrow>{self._of(term)}{bar}</mrow><mrow>{pairs}</mrow></msub>"

    def arrow(self, where):
        """The arrow of a limit, with where a name goes below it."""
        approach = read_approach(self.setting, where)
        if approach.target is None:
            to = ("<mo form='prefix'>−</mo>" if approach.sides == (-1,) else "") + "<mi>∞</mi>"
        else:
            to = self.inner(str(approach.target))
            side = {(1,): "+", (-1,): "−"}.get(approach.sides)
            to = f"<msup><mrow>{to}</mrow><mo>{side}</mo></msup>" if side else to
        goes = f"<mrow>{self._of(approach.name)}<mo>→</mo>{to}</mrow>"
        return f'<munder><mo lspace="0" rspace="0" stretchy="false">⟶</mo>{goes}</munder>'


@cache
def _declared(lines):
    return declared([tuple(line) for line in json.loads(lines)])


def display(inner):
    node = markup(f'<math displaystyle="true"><mrow>{inner}</mrow></math>')
    node["inner"] = inner
    return node


def sign(inner):
    return markup(f'<math displaystyle="true"><mo lspace="0" rspace="0">{inner}</mo></math>')


def words(text):
    """Words with $mathematics$ in them."""
    for number, part in enumerate(text.split("$")):
        if part:
            yield nodes.math(part, part) if number % 2 else nodes.Text(part)


# A derivation.


class DerivationCard(SphinxDirective):
    """A derivation: one row a step, and the words that give the reason."""

    has_content = True

    def run(self):
        record = json.loads("\n".join(self.content))
        node = card("", label=record["label"], docname=self.env.docname, number=None, nowrap=False)
        node["ids"] = [nodes.make_id(f"equation-{record['label']}")]
        self.set_source_info(node)
        domain = self.env.domains["math"]
        domain.note_equation(self.env.docname, record["label"], location=node)
        node["number"] = domain.get_equation_number_for(record["label"])
        node["result"] = record["result"]
        title = tag("h3", *words(record["title"]), class_="card-title")
        formulas = Formulas(record)
        steps = listed(list(rows(record, formulas)))
        node += [title, steps, foot(record), data_of(_for_scripts(record, formulas))]
        return [node]


def listed(steps):
    """The steps; a short first side keeps its column on a phone, a wide one takes all the room."""
    first, widest = 0.0, 0.0
    for step in steps:
        sides = [_formula_of(step.children[place]) for place in (0, 2)]
        first = max(first, sides[0])
        widest = max(widest, sides[1])
    classes = ["steps"]
    classes += ["short"] * (first <= SHORT) + ["wide"] * (first + widest > WIDE)
    return tag("ol", *steps, class_=" ".join(classes))


def _formula_of(side):
    return sum(width(x["inner"]) for x in side.findall(nodes.raw))


def rows(record, formulas):
    left, point = record["start"], ""
    first = formulas.at_point(left, "")
    for step in record["steps"]:
        if step["point"] != point:
            point = step["point"]
            first = formulas.at_point(left, point, always=True)
        yield row(formulas, first, step)
        left, first = step["line"], None


def row(formulas, first, step):
    lhs = tag("span", *([display(first)] if first else []), class_="lhs")
    is_limit = step["status"] == "limit"
    rel = display(formulas.arrow(step["where"])) if is_limit else sign(SIGNS[step["sign"]])
    rhs = tag("div", display(formulas.at_point(step["line"], step["point"])), class_="rhs")
    if is_limit:
        mark = tag("span", "by SymPy", class_="mark by")
    else:
        stamp = {"proved": TICK, "refuted": CROSS}[step["status"]]
        mark = tag("span", markup(stamp), hidden(step["status"]), class_="mark")
    reason = tag("span", *words(step["because"]), class_="why")
    return tag("li", lhs, tag("span", rel, class_="rel"), rhs, mark, reason, class_="step")


def _for_scripts(record, formulas):
    """What the page's scripts need to judge the derivation, and changes of it, again."""
    steps = record["steps"]
    return {
        "certificates": record["certificates"],
        "symbols": formulas.symbols,
        "rests": [step["rests_on"] for step in steps],
        "holds": _sizes(record),
        # A limit is SymPy's, and a point is looked at by the whole chain.
        "editable": all(step["status"] == "proved" and not step["point"] for step in steps),
    }


def foot(record):
    steps = record["steps"]
    proved = sum(step["status"] == "proved" for step in steps)
    limits = len(steps) - proved
    parts = []
    if proved:
        noun = "step" if proved == 1 else "steps"
        parts.append(tag("span", markup(TICK), f"{proved} {noun} proved {_sizes(record)}"))
    if limits:
        noun = "limit" if limits == 1 else "limits"
        parts.append(tag("span", f"{limits} {noun} by SymPy"))
    return tag("p", *parts, class_="card-foot")


def _sizes(record):
    """For which sizes: of those that the setting declares."""
    sizes = [line for line in record["declared"] if line[0] == "index"]
    least = {line[2]: line[3] for line in sizes}
    if not least:
        return "for all values"
    listed = ", ".join(f"{size}\u00a0≥\u00a0{n}" for size, n in least.items())
    return f"for every {listed}"


def visit_card(writer, node):
    number = get_node_equation_number(writer, node)
    writer.body.append(writer.starttag(node, "section", CLASS=node.get("html_class", "card")))
    title = node.children[0]
    writer.body.append('<div class="card-head">')
    title.walkabout(writer)
    writer.body.append(
        f'<a class="eqno" href="#{node["ids"][0]}" title="Link to this derivation">({number})</a></div>'
    )
    for child in node.children[1:]:
        child.walkabout(writer)
    writer.body.append("</section>\n")
    raise nodes.SkipNode


# A refuted line.


class RefutedCard(SphinxDirective):
    """A wrong line, the counterexample as a table, and what may have gone wrong."""

    has_content = True

    def run(self):
        record = json.loads("\n".join(self.content))
        formulas = Formulas(record)
        step = record["step"]
        first = formulas.at_point(record["left"], step["point"], always=bool(step["point"]))
        shown = row(formulas, first, step)
        title = tag("h3", *words(record["title"]), class_="card-title")
        # Of a first step the card itself says that it is the wrong one.
        which = [tag("span", f"step {record['number']}")] if record["number"] > 1 else []
        head = tag("div", title, *which, class_="card-head")
        parts = [head, listed([shown]), counterexample(record, formulas)]
        if record["hints"]:
            parts.append(hints(record["hints"]))
        if not step["point"]:  # a point gives the numbers
            parts.append(data_of(_claim(record, formulas), "refuted"))
        node = tag("section", *parts, class_="card no")
        node["sign"] = SIGNS[step["sign"]]
        node["at"] = [(formulas.symbol(name), _row_of(value)) for name, value in record["rows"]]
        node["values"] = [value.replace("-", "−") for value in record["values"]]
        return [node]


def _claim(record, formulas):
    """What the page's scripts need to work out both sides at other numbers."""
    step, kernel = record["step"], formulas.setting.kernel
    claim = {
        "setting": record["declared"],
        "left": record["left"],
        "sign": step["sign"],
        "right": step["line"],
        "using": [title for title in step["rests_on"] if title in kernel.facts],
    }
    rows = dict(record["rows"])
    at = {
        "sizes": {name: int(rows.pop(name)) for name in kernel.sizes if name in rows},
        "indices": {name: int(rows.pop(name)) for name in kernel.letters if name in rows},
        "values": {name: json.loads(NUMBER.sub(r'"\g<0>"', value)) for name, value in rows.items()},
    }
    return {"claim": claim, "point": at, "symbols": formulas.symbols}


def counterexample(record, formulas):
    """The point at which the line fails, and both sides there; families stand in columns."""
    sizes = [row for row in record["rows"] if row[0] in formulas.setting.kernel.sizes]
    others = [row for row in record["rows"] if row not in sizes]
    families = {name: value[1:-1].split(", ") for name, value in others if _is_family(value)}
    columns = max(map(len, families.values()), default=1)
    caption = tag("caption", "Counterexample", *_with(formulas, sizes))
    rows = [
        _valued(formulas, name, families.get(name, [_row_of(value)]), columns)
        for name, value in others
    ]
    left, right = record["values"]
    sides = [("left side", left), ("right side", right)]
    if left == right and record["difference"]:
        sides.append(("difference", record["difference"]))
    for number, (name, value) in enumerate(sides):
        first = " first" if number == 0 else ""
        rows.append(
            tag("tr", tag("th", name, scope="row"), _number(value, columns), class_="sides" + first)
        )
    return tag("div", tag("table", caption, tag("tbody", *rows)), class_="counterexample")


def _is_family(value):
    """A list of numbers; a table of them stands in one row."""
    return value.startswith("[") and not value.startswith("[[")


def _row_of(value):
    """A family, or a table of numbers, as a row in round brackets."""
    return value.replace("[", "(").replace("]", ")").replace("-", "−")


def _with(formulas, sizes):
    for number, (name, value) in enumerate(sizes):
        yield ", " if number else " with "
        yield inline(f"{formulas.symbol(name)}<mo>=</mo><mn>{value}</mn>")


def _valued(formulas, name, values, columns):
    wide = columns if len(values) == 1 else 1
    return tag(
        "tr",
        tag("th", inline(formulas.symbol(name)), scope="row"),
        *(_number(value, wide) for value in values),
    )


def _number(text, columns=1):
    return tag("td", text.replace("-", "−"), colspan=str(columns) if columns > 1 else None)


def inline(inner):
    return markup(f"<math><mrow>{inner}</mrow></math>")


def hints(lines):
    shown = tag("span", tag("b", "Hint"), " ", *lines, class_="hint")
    return tag("p", shown, class_="card-foot")


# A setting.


class SettingLine(SphinxDirective):
    """The declarations of a setting, one after another between two rules."""

    has_content = True

    def run(self):
        rows = json.loads("\n".join(self.content))["rows"]
        listed = tag("ul", *map(_declaration, rows), class_="declared")
        return [tag("div", tag("b", "Setting"), listed, class_="setting")]


def _declaration(latex):
    formula, _, note = latex.partition(" && ")
    shown = formula.replace(" &", " ")
    tall = r"\displaystyle " if r"\frac" in shown else ""  # a fraction in a line is too small
    parts = [nodes.math(shown, tall + shown)]
    if note:
        parts.append(tag("span", nodes.math(note, note), class_="note"))
    return tag("li", *parts)


def setup(app):
    MathDomain.enumerable_nodes = {**MathDomain.enumerable_nodes, card: ("displaymath", None)}
    app.add_node(card, html=(visit_card, None))
    app.add_directive("derivation", DerivationCard)
    app.add_directive("refuted", RefutedCard)
    app.add_directive("setting", SettingLine)
