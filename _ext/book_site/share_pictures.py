"""The picture that stands beside a link to a page: a formula that the page proves, and its title.

Drawn by matplotlib, only for a book with an address, and again only when what it shows changed.
"""

import hashlib
import json
import re
from pathlib import Path
from urllib.parse import urljoin

from cebook_utils.book.contents import cells_of

from .home import chapters

WIDTH, HEIGHT = 1200, 630
FOLDER = "_images"
PAPER, INK, SECOND, LINE, RIGHT = "#fdfcf9", "#1b1f24", "#565c66", "#e5e1d8", "#16754a"
DRAWING = Path(__file__)


def draw_pictures(app, env):
    """For each page the picture's address, size and words."""
    pictures = app.config.html_context["pictures"] = {}
    if not app.config.html_baseurl:
        return
    labels = _chosen(env)
    for page in sorted(env.all_docs):
        title = env.titles[page].astext() if page != env.config.root_doc else app.config.html_title
        formula = formula_of(env.doc2path(page), labels.get(page.rpartition("/")[2]))
        path = Path(app.outdir) / FOLDER / _name(page, title, formula)
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True)
            draw(path, title, formula, app.config.html_title)
        pictures[page] = {
            "url": urljoin(app.config.html_baseurl, f"{FOLDER}/{path.name}"),
            "width": WIDTH,
            "height": HEIGHT,
            "alt": f"{title}: the formula {formula} with a check mark" if formula else title,
        }


def _chosen(env):
    """The derivation that the first page shows of each chapter."""
    shown = env.get_doctree(env.config.root_doc).findall(chapters)
    return {name: label for node in shown for name, label in node["labels"].items()}


def formula_of(path, label=None):
    """What the page's chosen derivation proves, or else its first one, or None."""
    if not str(path).endswith(".ipynb"):
        return None
    records = [record for cell in cells_of(path) for record in cell.records]
    chosen = [record for record in records if record["label"] == label] or records[:1]
    return chosen[0]["result"] if chosen else None


def _name(page, *shown):
    how = DRAWING.read_text(encoding="utf-8")
    digest = hashlib.sha256(json.dumps([how, *shown]).encode()).hexdigest()[:12]
    return f"share-{page.rpartition('/')[2]}-{digest}.png"


def spelled(tex):
    return re.sub(r"\\(le|ge)(?![a-z])", r"\\\1q", tex)


def draw(path, title, formula, book):
    """The formula as large as it fits, the title under it, the book's name at the foot."""
    from matplotlib import rc_context
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with rc_context({"mathtext.fontset": "stix", "font.family": "STIXGeneral"}):
        figure = Figure(figsize=(WIDTH / 100, HEIGHT / 100), dpi=100, facecolor=PAPER)
        canvas = FigureCanvasAgg(figure)

        def put(x, y, text, size, wide, **style):
            """Words or a formula, in a smaller size where it would be too wide."""
            shown = figure.text(x / WIDTH, y / HEIGHT, text, size=size, **style)
            width = shown.get_window_extent(canvas.get_renderer()).width
            shown.set_size(size * min(1, wide / width))

        if formula:
            put(600, 385, f"${spelled(formula)}$", 66, 980, color=INK, ha="center", va="center")
        lines = _lines(title)
        top = 210 if formula else 360
        for number, line in enumerate(lines):
            put(90, top - 48 * number, line, 31, 1020, color=INK, va="center")
        figure.add_artist(_line([90, 1110], [108, 108], LINE, 2))
        figure.add_artist(_line([90, 98, 115], [62, 53, 75], RIGHT, 5))
        put(135, 64, book, 22, 800, color=SECOND, va="center")
        figure.savefig(path, metadata={"Software": None})


def _line(xs, ys, color, width):
    from matplotlib.lines import Line2D

    return Line2D(
        [x / WIDTH for x in xs], [y / HEIGHT for y in ys], color=color, linewidth=width,
        solid_capstyle="round", solid_joinstyle="round",
    )  # fmt: skip


def _lines(title, longest=62):
    """One line, or two of about the same length."""
    if len(title) <= longest:
        return [title]
    words = title.split()
    cuts = range(1, len(words))
    best = min(cuts, key=lambda cut: abs(len(" ".join(words[:cut])) - len(title) / 2))
    return [" ".join(words[:best]), " ".join(words[best:])]


def setup(app):
    app.config.html_context["pictures"] = {}
    app.connect("env-check-consistency", draw_pictures)
