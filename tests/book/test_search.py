"""The search: what a reader asks for comes first, from a file and from a server, by keyboard and on a phone."""

import gzip
import hashlib
import json
import re
import unicodedata

import barrier_checks
import page_checks
import pytest
from book_site.readable import tex_as_text
from notebooks import CHAPTERS
from pages import SITE
from playwright.sync_api import expect
from visitor import DESK, PHONE, Visitor

from cebook_utils.derivation.records import RECORD

STATIC = SITE / "_static"
PAGE = "chapters/glossary.html"
MINISEARCH = "2a605b22f328cfd298d17104e14bab55c72b93ca8676d616b932e4c7f370798e"
SOLUTION = re.compile(r"\{solution-(start|end)\}")

# What is asked; the page that comes first, and what the best place on it is called.
QUERIES = [
    ("softmax jacobian", "softmax-jacobian", "Jacobian of the softmax"),
    ("jacobian of softmax", "softmax-jacobian", "Jacobian of the softmax"),
    ("gradient of softmax", "softmax-jacobian", "Jacobian of the softmax"),
    ("jacobain", "glossary|softmax-jacobian", "Jacobian"),
    ("why not MSE", "questions", "Why not squared error, and when is it fine?"),
    ("MSE", "mse-against-cross-entropy", "Squared error"),
    ("p - y", "questions|binary-cross-entropy", "p − y"),
    ("p − y", "questions|binary-cross-entropy", "p − y"),
    ("prediction minus label", "intro|index", "Prediction minus label"),
    ("sofmax jacobian", "softmax-jacobian", "Jacobian of the softmax"),
    ("label smoothing", "variants", "Label smoothing"),
    ("lable smoothing", "variants", "Label smoothing"),
    ("temperature", "glossary|variants", "emperature"),
    ("focal loss", "variants", "ocal loss"),
    ("log sum exp", "glossary|softmax-jacobian", "og-sum-exp"),
    ("logsumexp", "glossary|softmax-jacobian", "og-sum-exp"),
    ("overflow", "binary-cross-entropy|softmax-jacobian", "without overflow"),
    ("0 log 0", "questions|notation", "p = 0|exactly zero"),
    ("NaN", "questions", "where does my NaN come from"),
    ("cross entropy vs kl", "questions|entropy", "Cross-entropy, KL"),
    ("one hot", "glossary|categorical-cross-entropy", "one-hot"),
    ("derivative of the sigmoid", "binary-cross-entropy", "Derivative of the sigmoid|Slope"),
    ("backpropagation", "backpropagation", "Back-propagation"),
    ("perplexity", "entropy|glossary", "erplexity"),
    ("learning rate", "questions|training-logistic-regression", "learning rate"),
    ("gibbs", "entropy", "Gibbs"),
]  # fmt: skip

HOSTILE = [
    "<img src=x onerror=\"document.title='owned'\">",
    "<script>document.title='owned'</script>",
    "“\"'><svg onload=document.title='owned'>",
]


# The index.


@pytest.fixture(scope="module")
def book():
    script = (STATIC / "search-index.js").read_text(encoding="utf-8")
    return json.loads(script.removeprefix("globalThis.book = ").removesuffix(";\n"))


def lost(book):
    """Entries that lead to no place of their page."""
    ids = [
        set(re.findall(r'\sid="([^"]*)"', (SITE / page[1]).read_text(encoding="utf-8")))
        for page in book["pages"]
    ]
    return [entry[:4] for entry in book["entries"] if entry[3] and entry[3] not in ids[entry[0]]]


def tex(book):
    """Entries in which a reader would see TeX; two pages tell what one may type."""
    telling = ("chapters/api.html", "chapters/check.html")
    reference = [number for number, page in enumerate(book["pages"]) if page[1] in telling]
    return [
        entry[:3]
        for entry in book["entries"]
        if entry[0] not in reference and re.search(r"\\|\$|[_^]\{", entry[2] + entry[4])
    ]


def test_every_entry_leads_somewhere_and_shows_no_tex(book):
    assert lost(book) == []
    assert tex(book) == []


def test_an_entry_that_leads_nowhere_or_shows_tex_is_seen(book):
    page, kind, heading, _, _ = book["entries"][0]
    broken = [page, kind, heading, "nowhere", r"\frac{1}{2}"]
    assert len(lost(book | {"entries": [broken]})) == len(tex(book | {"entries": [broken]})) == 1


def labels_outside_solutions(path):
    """A search does not give away what a solution says."""
    is_solution = False
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        for found in SOLUTION.finditer("".join(cell["source"])):
            is_solution = found[1] == "start"
        for output in cell.get("outputs", ()):
            if RECORD in output.get("data", ()) and not is_solution:
                yield output["data"][RECORD]["label"]


def test_every_derivation_has_an_entry(book):
    anchors = {entry[3] for entry in book["entries"] if entry[1] == "derivation"}
    labels = {
        label for path in CHAPTERS.glob("*.ipynb") for label in labels_outside_solutions(path)
    }
    assert labels and anchors == {f"equation-{label}" for label in labels}


def test_every_kind_of_entry_is_there(book):
    kinds = {entry[1] for entry in book["entries"]}
    assert kinds >= {
        "section", "derivation", "refuted", "theorem", "exercise", "question", "term", "function"
    }  # fmt: skip
    names = {entry[2] for entry in book["entries"]}
    assert {"Gibbs’ inequality", "Gibbs' inequality"} & names
    assert {"The sign slip", "temperature"} <= names


@pytest.mark.parametrize(
    ("formula", "shown"),
    [
        (r"\frac{\partial \ell}{\partial z_k} = p_k - y_k", "∂ℓ/∂z_k = p_k − y_k"),
        (r"-\sum_{i=1}^{C} y_i \log p_i", "−∑_i y_i log p_i"),
        (r"p_i(\delta_{ik} - p_k)", "p_i(δ_ik − p_k)"),
        (r"p_i q_j", "p_i q_j"),
        (r"\frac{e^{-z}}{(1 + e^{-z})^2}", "e^(−z)/(1 + e^(−z))²"),
        (r"\mathbf{p}^\top \hat{y}", "pᵀ ŷ"),
        (r"\lim_{t \to 0^+} t \log t = 0", "lim (t → 0⁺) t log t = 0"),
        (r"C = 100{,}000", "C = 100,000"),
    ],
)
def test_tex_becomes_what_one_would_type(formula, shown):
    assert unicodedata.normalize("NFC", tex_as_text(formula)) == shown


def test_formulas_are_readable(book):
    (label,) = [x for x in book["entries"] if x[3] == "equation-eq-prediction-minus-label"]
    assert label[4].startswith("∂ℓ/∂z_k = −∑_i ") and "= p_k − y_k, labels sum to one" in label[4]


# What is sent.


def test_the_scripts_are_small_and_sphinx_sends_none():
    scripts = [(STATIC / name).read_bytes() for name in ("search.js", "minisearch.js")]
    assert sum(len(gzip.compress(script)) for script in scripts) <= 12_288
    sent = {path.name for path in SITE.rglob("*.js")}
    assert not sent & {
        "searchindex.js",
        "searchtools.js",
        "language_data.js",
        "sphinx_highlight.js",
    }


def test_the_library_is_the_one_that_was_looked_at():
    library = (STATIC / "minisearch.js").read_bytes()
    assert b"MiniSearch 7.2.0" in library[:200]
    assert hashlib.sha256(library).hexdigest() == MINISEARCH
    assert "Permission is hereby granted" in (STATIC / "minisearch.LICENSE.txt").read_text()


# In a browser.


@pytest.fixture(scope="module", params=["file", "http"])
def reader(request, browser, served):
    """A page far down, with the search open."""
    home = served if request.param == "http" else "file:"
    visitor = Visitor(browser, home=home)
    visitor.open(f"{served}{PAGE}" if request.param == "http" else SITE / PAGE)
    assert visitor.page.evaluate("typeof book") == "undefined", "it is loaded before anyone asks"
    open_search(visitor.page)
    yield visitor
    assert list(page_checks.is_quiet(visitor)) == []
    assert list(page_checks.needs_no_network(visitor)) == []
    visitor.close()


@pytest.fixture
def desk(browser):
    yield from visiting(browser, DESK)


@pytest.fixture
def phone(browser):
    yield from visiting(browser, PHONE)


def visiting(browser, size):
    visitor = Visitor(browser, size=size)
    yield visitor
    assert list(page_checks.is_quiet(visitor)) == []
    assert list(page_checks.needs_no_network(visitor)) == []
    visitor.close()


# A page that forbids evaluated text cannot be waited for by one, only by a promise of its own.
FITTED = """dialog => new Promise(done => {
  const look = () => dialog.offsetHeight <= 400 ? done() : requestAnimationFrame(look);
  look();
})"""


def open_search(page):
    page.evaluate("scrollTo(0, 4000)")
    page.click("a.search")
    page.fill("dialog input", "x")
    expect(page.locator("dialog .count")).not_to_be_empty()


def ask(page, query):
    """All that is shown for a query: the book is there already, so it is shown at once."""
    page.fill(".finder input", query)
    return page.locator(".finder .found a")


@pytest.mark.parametrize(("query", "answer", "heading"), QUERIES)
def test_the_best_answer_comes_first(reader, query, answer, heading):
    first = ask(reader.page, query).first
    assert re.search(rf"/({answer})\.html", first.evaluate("a => a.href"))
    assert re.search(heading, first.locator(".heading").inner_text())


def test_the_words_are_marked_and_results_are_counted(reader):
    ask(reader.page, "label smoothing")
    finder = reader.page.locator("dialog.finder")
    assert {x.lower() for x in finder.locator("mark").all_inner_texts()} >= {"label", "smoothing"}
    assert re.fullmatch(r"\d+ places on \d+ pages", finder.get_by_role("status").inner_text())
    titles = finder.locator("h2").all_inner_texts()
    assert len(set(titles)) == len(titles) and "Variants" in titles[0]
    assert "\\" not in finder.locator(".found").inner_text()
    assert ask(reader.page, "xyzzyqq").count() == 0
    assert finder.get_by_role("status").inner_text() == "Nothing found for “xyzzyqq”."


def markup_in(page):
    return page.locator(".finder .count *, .finder .found :is(img, script, svg)").count() + (
        page.title() == "owned"
    )


@pytest.mark.parametrize("query", HOSTILE)
def test_a_query_is_never_markup(reader, query):
    ask(reader.page, f"xyzzyqq {query}")
    assert (
        query in reader.page.locator(".finder .count").inner_text()
        or ask(reader.page, query).count()
    )
    assert markup_in(reader.page) == 0


def test_markup_would_be_seen(desk):
    page = desk.open(SITE / "search.html")
    page.evaluate("document.querySelector('.finder .found').innerHTML = '<b><img></b>'")
    assert markup_in(page) == 1


def test_a_key_opens_it_and_escape_gives_the_place_back(desk):
    page = desk.open(SITE / PAGE)
    for key in ("/", "Control+k", "Meta+k"):
        page.focus(".contents summary")
        page.keyboard.press(key)
        page.keyboard.type("a/b")
        assert page.input_value("dialog input") == "a/b", key
        page.keyboard.press("Escape")
        assert not page.locator("dialog.finder").is_visible()
        assert page.evaluate("document.activeElement.matches('.contents summary')")


def test_arrows_choose_and_enter_opens(desk):
    page = desk.open(SITE / PAGE)
    open_search(page)
    ask(page, "label smoothing")
    chosen = "document.activeElement.querySelector('.heading')?.innerText"
    page.keyboard.press("ArrowDown")
    first = page.evaluate(chosen)
    page.keyboard.press("ArrowDown")
    assert first and page.evaluate(chosen) not in (first, None)
    page.keyboard.press("ArrowUp")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.matches('dialog input')")
    # A place on the same page is shown at once, and the dialog does not stay before it.
    ask(page, "log sum exp")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{PAGE}#term-log-sum-exp")
    assert not page.locator("dialog.finder").is_visible()
    assert page.locator(":target").is_visible()


def test_it_keeps_nobody_out(desk):
    page = desk.open(SITE / PAGE)
    open_search(page)
    ask(page, "label smoothing")
    assert list(barrier_checks.is_accessible(desk)) == []
    assert list(barrier_checks.is_readable(desk)) == []
    assert list(barrier_checks.is_readable_in_the_dark(desk)) == []


def test_on_a_phone_it_fills_the_screen_and_nothing_is_cut(phone):
    page = phone.open(SITE / PAGE)
    open_search(page)
    ask(page, "cross-entropy gradient logits softmax")
    box = page.locator("dialog.finder").bounding_box()
    assert (box["x"], box["y"], box["width"], box["height"]) == (0, 0, *PHONE.values())
    assert page.evaluate("document.querySelector('.found').scrollWidth") <= PHONE["width"]
    # From 16 pixels on a phone does not zoom into the field.
    assert (
        page.evaluate(
            "parseFloat(getComputedStyle(document.querySelector('dialog input')).fontSize)"
        )
        >= 16
    )
    page.set_viewport_size({"width": PHONE["width"], "height": 400})  # the keyboard came up
    page.locator("dialog.finder[open]").evaluate(FITTED)
    assert page.locator(".found").evaluate(
        "e => e.scrollHeight > e.clientHeight && e.clientHeight > 150"
    )


# The page of the search.


def test_the_page_answers_its_address(desk):
    query = HOSTILE[0]
    page = desk.open(f"{(SITE / 'search.html').as_uri()}?q=softmax+jacobian")
    page.wait_for_selector(".found a")
    assert "softmax-jacobian.html" in page.locator(".found a").first.get_attribute("href")
    ask(page, "focal loss")
    assert page.evaluate("location.search") == "?q=focal%20loss"
    desk.open(f"{(SITE / 'search.html').as_uri()}?q={query.replace(' ', '%20')}")
    expect(page.locator(".count")).not_to_be_empty()
    assert page.input_value(".finder input") == query
    assert markup_in(page) == 0


def test_before_anything_is_asked_the_page_shows_what_to_ask_and_every_chapter(desk):
    page = desk.open((SITE / "search.html").as_uri())
    expect(page.locator(".count")).to_contain_text("softmax Jacobian")
    expect(page.locator(".all-chapters")).to_be_visible()
    ask(page, "softmax Jacobian")
    expect(page.locator(".all-chapters")).to_be_hidden()


def test_without_scripts_the_page_leads_to_every_chapter(browser):
    visitor = Visitor(browser, scripts=False)
    page = visitor.open(SITE / PAGE)
    page.click("a.search")
    assert "Ctrl F" in page.locator("main").inner_text()
    pages = [*CHAPTERS.glob("*.ipynb"), *CHAPTERS.glob("*.md")]
    assert page.locator("main .all-chapters a").count() == len(pages) - 1  # all but the first page
    visitor.close()
