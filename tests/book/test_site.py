"""The built site hangs together: every link leads somewhere, nothing is fetched from elsewhere."""

import json
import pickle
import re
from functools import cache
from html.parser import HTMLParser
from types import SimpleNamespace
from urllib.parse import unquote, urlsplit

import pytest
from book_site import cells, frame, repairs, unbroken
from docutils import nodes
from docutils.utils import new_document
from notebooks import CHAPTERS
from pages import EVERY, SITE, each

from cebook_utils.derivation.records import RECORD
from cebook_utils.language.messages import REFUTED

PAGES = sorted(SITE.glob("chapters/*.html"))
HOME = "intro"

# What a browser fetches by itself, unlike a link that a reader follows.
FETCHED = {
    "audio": "src",
    "embed": "src",
    "iframe": "src",
    "img": "src",
    "link": "href",
    "script": "src",
    "source": "src",
    "video": "src",
}


class Tags(HTMLParser):
    """The opening tags of a page, as pairs of a name and its attributes."""

    def __init__(self, html):
        super().__init__()
        self.tags = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@cache
def tags(path):
    return Tags(path.read_text(encoding="utf-8")).tags


@cache
def anchors(path):
    return {attrs.get(key) for _, attrs in tags(path) for key in ("id", "name")}


def links(path):
    return [attrs for tag, attrs in tags(path) if tag == "a" and "href" in attrs]


def dead_links(path):
    for link in links(path):
        address = urlsplit(link["href"])
        if address.scheme or address.netloc:
            continue
        target = (path.parent / unquote(address.path)).resolve() if address.path else path
        if not target.exists() or (
            address.fragment and unquote(address.fragment) not in anchors(target)
        ):
            yield link["href"]


def fetched_from_elsewhere(path):
    for tag, attrs in tags(path):
        address = attrs.get(FETCHED.get(tag))
        if address and urlsplit(address).netloc:
            yield f"<{tag}> {address}"


# What a policy may allow: the site itself, and what a page carries along.
OWN = {"'self'", "'none'", "data:", "blob:"}


def faults_of_the_policy(path):
    """Only the site's own files act on a page, and that is said before the first is asked for."""
    all_tags = tags(path)
    policies = [
        number
        for number, (_, attrs) in enumerate(all_tags)
        if attrs.get("http-equiv") == "Content-Security-Policy"
    ]
    if not policies:
        yield "there is no policy"
        return
    if any(FETCHED.get(tag) in attrs for tag, attrs in all_tags[: policies[0]]):
        yield "something is asked for before the policy stands"
    rules = [rule.split() for rule in all_tags[policies[0]][1]["content"].split(";")]
    if ["default-src", "'self'"] not in rules:
        yield "the policy allows more than the site itself"
    for name, *sources in filter(None, rules):
        if not set(sources) <= OWN or name.startswith(("script-", "style-")):
            yield f"the policy says {name} {sources}"


def styles_apart(path):
    """Style sheets of a page beside its one, or that a browser may keep when they have changed."""
    found = [attrs["href"] for tag, attrs in tags(path) if attrs.get("rel") == "stylesheet"]
    if len(found) != 1 or not re.search(r"/site\.css\?v=[0-9a-f]+$", f"/{found[0]}"):
        yield found


def no_address(path):
    """Links that lead to no page: what looked like an address was none."""
    yield from (
        a["href"] for a in links(path) if urlsplit(a["href"]).scheme not in ("", "http", "https")
    )


def rows_without_names(path):
    """The cells below a column without a name: what names a row has to say that it does."""
    html = path.read_text(encoding="utf-8")
    for table in re.findall(r"<table.*?</table>", html, re.DOTALL):
        head, *rows = re.findall(r"<tr.*?</tr>", table, re.DOTALL)
        if re.match(r"<tr[^>]*>\s*<th[^>]*>\s*(<p>)?\s*(</p>)?\s*</th>", head):
            yield from (row for row in rows if not re.match(r"<tr[^>]*>\s*<th", row))


def inline(path):
    """Styles and scripts that stand in a page's text: its policy forbids them."""
    for tag, attrs in tags(path):
        data = tag == "script" and attrs.get("type") in ("application/json", "application/ld+json")
        if tag == "style" or tag == "script" and "src" not in attrs and not data:
            yield f"<{tag}>"
        for name, value in attrs.items():
            if name == "style" or name.startswith("on"):
                yield f'<{tag} {name}="{value}">'


def repeated_ids(path):
    ids = [attrs["id"] for _, attrs in tags(path) if "id" in attrs]
    yield from sorted({each for each in ids if ids.count(each) > 1})


def steps_on(path):
    """How many steps of derivations stand on a page, and how many refuted lines."""
    classes = [(tag, (attrs.get("class") or "").split()) for tag, attrs in tags(path)]
    refuted = sum(tag == "section" and {"card", "no"} <= set(names) for tag, names in classes)
    return sum(tag == "li" and "step" in names for tag, names in classes) - refuted, refuted


def steps_stored(notebook):
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    data = [out.get("data", {}) for cell in cells for out in cell.get("outputs", ())]
    return sum(len(x[RECORD]["steps"]) for x in data if RECORD in x), sum(
        REFUTED in x for x in data
    )


def test_every_chapter_has_a_page():
    names = {path.stem for pattern in ("*.ipynb", "*.md") for path in CHAPTERS.glob(pattern)}
    names.remove(HOME)
    assert (SITE / "index.html").exists()
    assert {path.stem for path in PAGES} == names, "run `make book`"


@each(EVERY)
def test_every_link_leads_somewhere(path):
    assert list(dead_links(path)) == []


@each(EVERY)
def test_every_link_is_one_that_a_browser_opens(path):
    assert list(no_address(path)) == []


@each(EVERY)
def test_nothing_is_fetched_from_elsewhere(path):
    assert list(fetched_from_elsewhere(path)) == []


@each(EVERY)
def test_the_policy_is_strict(path):
    assert list(faults_of_the_policy(path)) == []


@each(EVERY)
def test_no_style_and_no_script_stands_in_the_text(path):
    assert list(inline(path)) == []


@each(EVERY)
def test_the_styles_come_in_one_file(path):
    assert list(styles_apart(path)) == []


def test_the_one_style_sheet_is_made_of_every_source():
    assert {x.stem for x in (frame.THEME / "styles").iterdir()} == set(frame.STYLES)


@each(EVERY)
def test_the_first_column_names_its_rows_where_nothing_else_does(path):
    assert list(rows_without_names(path)) == []


@each(EVERY)
def test_no_id_is_there_twice(path):
    assert list(repeated_ids(path)) == []


@pytest.mark.parametrize("path", sorted(CHAPTERS.glob("*.ipynb")), ids=lambda path: path.stem)
def test_a_chapter_can_be_downloaded(path):
    page = SITE / ("index.html" if path.stem == HOME else f"chapters/{path.stem}.html")
    (link,) = (a for a in links(page) if "download" in a)
    assert (page.parent / link["href"]).read_bytes() == path.read_bytes()


# The first page shows some of its cards in a form of its own.
@pytest.mark.parametrize(
    "path",
    sorted(set(CHAPTERS.glob("*.ipynb")) - {CHAPTERS / "intro.ipynb"}),
    ids=lambda path: path.stem,
)
def test_every_step_of_a_chapter_stands_on_its_page(path):
    assert steps_on(SITE / "chapters" / f"{path.stem}.html") == steps_stored(path)


def test_a_lost_step_is_found(tmp_path):
    notebook, page = CHAPTERS / "softmax-jacobian.ipynb", tmp_path / "page.html"
    html = (SITE / "chapters" / "softmax-jacobian.html").read_text(encoding="utf-8")
    assert min(steps_stored(notebook)) > 0
    for lost in ('<li class="step"', '<section class="card no"'):
        assert lost in html
        page.write_text(html.replace(lost, "<div", 1), encoding="utf-8")
        tags.cache_clear()
        assert steps_on(page) != steps_stored(notebook)


def test_the_stop_behind_a_formula_stays_where_it_was_written():
    # The first comma is the same text as the last one; each has to stay in its place.
    words = nodes.paragraph("", "", nodes.literal("", "real"), nodes.Text(", "))
    words += [nodes.literal("", "unit"), nodes.Text(" or ("), nodes.math("", "i")]
    words += [nodes.Text(", "), nodes.literal("", "D")]
    before = words.astext()
    unbroken.keep_together(None, words)
    assert words.astext() == before == "real, unit or (i, D"
    assert [x.astext() for x in words.findall(nodes.inline)] == ["(i,"]


def test_a_formula_that_is_typed_in_a_heading_is_not_parted():
    heading = nodes.title(
        "", "", nodes.Text("10. Xᵀ(P − Y), p = 0 or "), nodes.literal("", "p - y")
    )
    heading += [nodes.Text(" — and "), nodes.literal("", "a = b"), nodes.Text("? −1, well-known")]
    page = nodes.section("", heading, nodes.paragraph("", "p − y"))
    before = page.astext()
    unbroken.keep_typed_together(None, page)
    assert page.astext() == before
    assert [x.astext() for x in page.findall(nodes.inline)] == ["Xᵀ(P − Y),", "p = 0"]


def parted(path):
    """Headings of a page, and what lists them, in which a line may end beside a minus or an equals sign."""
    page = path.read_text(encoding="utf-8")
    whole = re.sub(r'<span class="unbroken">[^<]*</span>', "", page)
    words = re.findall(
        r"<h[1-4]>.*?</h[1-4]>|<a class=\"reference internal\" href=\"#.*?</a>", whole
    )
    return [heading for heading in words if re.search(r" [−=] ", re.sub(r"<[^>]*>", "", heading))]


def test_no_heading_of_a_page_can_be_parted_in_a_formula():
    pages = sorted((SITE / "chapters").glob("*.html"))
    assert pages and {page.name: found for page in pages if (found := parted(page))} == {}


def test_a_heading_that_can_be_parted_is_found(tmp_path):
    page = tmp_path / "page.html"
    page.write_text('<h2>Why p − y?</h2><a class="reference internal" href="#x">p = 0</a>', "utf-8")
    assert len(parted(page)) == 2


@pytest.mark.parametrize(
    ("source", "line"),
    [
        ("import numpy as np", "imports"),
        ("p = softmax(z)\nassert p[0] > 0\nprint(p)", "assert p[0] > 0"),
        ("p = 1\nfor k in (2, 3):\n    assert p < k", "assert p < k"),
        ("if True:\n    assert 1\nassert 2", "assert 2"),
        ("def half(x):\n    assert x\n    return x / 2", "def half(x):"),
        ("def mine():\n    pass\nif mine():\n    pass\nelse:\n    print(1)", "def mine():"),
        (
            "with open(path) as file: print(file.read())",
            "with open(path) as file: print(file.read())",
        ),
        ("try:\n    refuse()\nexcept ValueError as error:\n    print(error)", "refuse()"),
    ],
)
def test_folded_code_says_its_claim_or_what_it_does(source, line):
    summary = cells.folded(nodes.literal_block("", source))[0]
    assert summary[0].astext() == line


def test_no_exercise_keeps_its_page_for_the_next_build():
    page = new_document("entropy.ipynb")
    page += nodes.section("", nodes.container("", nodes.paragraph("", "Find the lost sign.")))
    exercise = page[0][0]
    env = SimpleNamespace(sphinx_exercise_registry={"ex-lost-sign": {"node": exercise}})
    whole = len(pickle.dumps(env))
    repairs.let_go_of_pages(None, env)
    kept = env.sphinx_exercise_registry["ex-lost-sign"]["node"]
    assert kept.astext() == exercise.astext()
    assert all(node.document is None for node in kept.findall())
    assert len(pickle.dumps(env)) < whole / 4


def test_what_differs_between_two_builds_is_not_published():
    assert SITE.exists() and not (SITE / ".buildinfo").exists()


def policy(content):
    return f'<meta http-equiv="Content-Security-Policy" content="{content}">'


@pytest.mark.parametrize(
    ("check", "html"),
    [
        (dead_links, "<a href='nowhere.html'>there</a>"),
        (dead_links, "<a href='#nowhere'>there</a>"),
        (dead_links, "<a href='page.html#nowhere'>there</a>"),
        (fetched_from_elsewhere, "<script src='https://example.com/x.js'></script>"),
        (fetched_from_elsewhere, "<img src='//example.com/x.png'>"),
        (faults_of_the_policy, "<p>Words</p>"),
        (faults_of_the_policy, "<script src='x.js'></script>" + policy("default-src 'self'")),
        (faults_of_the_policy, policy("default-src 'self' https://example.com")),
        (faults_of_the_policy, policy("default-src 'self'; style-src 'self' 'unsafe-inline'")),
        (faults_of_the_policy, policy("img-src 'self'")),
        (inline, "<p style='color: red'>Words</p>"),
        (inline, "<style>p { color: red }</style>"),
        (inline, "<script>document.title = ''</script>"),
        (inline, "<button onclick='go()'>Go</button>"),
        (styles_apart, "<link rel='stylesheet' href='site.css'>"),
        (styles_apart, 2 * "<link rel='stylesheet' href='site.css?v=01'>"),
        (styles_apart, "<link rel='stylesheet' href='x.css?v=01'>"),
        (no_address, "<a href='tcp://host:port'>there</a>"),
        (rows_without_names, "<table><tr><th></th><th>m</th></tr><tr><td>a</td></tr></table>"),
        (repeated_ids, "<p id='a'></p><p id='a'></p>"),
    ],
)
def test_a_broken_page_is_found(tmp_path, check, html):
    page = tmp_path / "page.html"
    page.write_text(html, encoding="utf-8")
    assert list(check(page))


def test_a_sound_page_passes(tmp_path):
    page = tmp_path / "page.html"
    page.write_text(
        policy("default-src 'self'; img-src 'self' data:")
        + "<script src='x.js'></script><h1 id='top'>A</h1><a href='#top'>B</a>"
        + "<a href='https://example.com'>C</a><link rel='stylesheet' href='site.css?v=01'>"
        + "<table><tr><th></th><th>m</th></tr><tr><th>a</th><td>1</td></tr></table>"
        + "<table><tr><th>n</th><th>m</th></tr><tr><td>1</td><td>1</td></tr></table>"
    )
    page.with_name("site.css").touch()
    checks = (dead_links, fetched_from_elsewhere, faults_of_the_policy, inline, repeated_ids)
    checks += (styles_apart, rows_without_names, no_address)
    assert [fault for check in checks for fault in check(page)] == []
