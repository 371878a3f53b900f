"""The pages answer in Firefox too, from a file and from a server, where this machine has one."""

import json

import firefox
import pytest
from pages import SITE

# Formulas that are drawn, those that are not, and those that lack a part.
FORMULAS = """(() => {
    const all = [...document.querySelectorAll("math")].filter(x => x.checkVisibility());
    const parts = {msub: 2, msup: 2, mfrac: 2, munder: 2, mover: 2, msubsup: 3, munderover: 3};
    const size = x => x.getBoundingClientRect();
    return [
        all.length,
        all.filter(x => !(size(x).width > 0 && size(x).height > 0)).length,
        Object.entries(parts).flatMap(([name, n]) => [...document.querySelectorAll(name)]
            .filter(x => x.children.length !== n)).length,
        [...document.fonts].some(x => x.family.includes("STIX Two Math") && x.status === "loaded"),
    ];
})()"""
SAID = 'document.querySelector(".said").textContent'


@pytest.fixture(scope="module")
def window(tmp_path_factory):
    path = firefox.find()
    if path is None:
        pytest.skip("no page was opened in Firefox: there is none on the PATH")
    window = firefox.Firefox(path, tmp_path_factory.mktemp("firefox"))
    yield window
    window.close()


@pytest.fixture(params=["file", "http"])
def site(request, served):
    return SITE.as_uri() + "/" if request.param == "file" else served


@pytest.fixture
def page(window, site):
    """Opens a page of the site; at the end no page has complained."""
    seen = []

    def open_page(name):
        window.open(site + name)
        shown, empty, torn, has_font = window.evaluate(FORMULAS)
        assert shown > 10 and empty == torn == 0 and has_font
        seen.append(name)
        return window

    yield open_page
    assert seen and window.complaints == []


def click(window, selector):
    window.evaluate(f"document.querySelector({json.dumps(selector)}).click()")


def fill(window, selector, text):
    chosen, value = json.dumps(selector), json.dumps(text)
    window.evaluate(
        f"[...document.querySelectorAll({chosen})].slice(-1).forEach(x => "
        f"{{ x.focus(); x.value = {value}; x.dispatchEvent(new Event('input')); }})"
    )


def test_a_line_is_refuted_its_numbers_change_and_it_is_proved(page):
    window = page("index.html")
    window.wait('document.querySelector(".badge").textContent.includes("replayed in your browser")')
    click(window, "section.card .flip")
    window.wait(f'{SAID}.includes("Step 4 is wrong")')
    click(window, ".against .acts button")
    window.wait('document.querySelector(".against .said")?.textContent.includes("line fails")')
    sides = '[...document.querySelectorAll(".against .sides td")].map(x => x.textContent).join()'
    before = window.evaluate(sides)
    fill(window, ".against .number [type=range]", "2")
    window.wait('document.querySelector(".against .said").textContent.startsWith("Here")')
    assert window.evaluate(sides) != before
    fill(window, ".typed input", "p[k] - softp")
    assert window.evaluate('document.querySelector(".choices li").textContent') == "softplus(t)"
    fill(window, ".typed input", "p[k] - y[k]")
    window.wait(f'{SAID}.includes("All 4 steps are proved")')


def test_every_proof_of_a_page_is_replayed(page):
    window = page("chapters/softmax-jacobian.html")
    window.wait('document.querySelector(".badge").textContent.includes("replayed in your browser")')
    click(window, "section.card button.mark")
    click(window, ".evidence button")
    window.wait('document.querySelector(".evidence").textContent.includes("proved again in your")')


def test_an_answer_is_refuted(page):
    window = page("chapters/categorical-cross-entropy.html")
    fill(window, ".answer input", "0")
    window.evaluate('[...document.querySelectorAll(".answer form")].at(-1).requestSubmit()')
    verdict = '[...document.querySelectorAll(".answer .verdict")].at(-1).textContent'
    assert window.wait(verdict).startswith("Not yet.")


def test_a_derivation_of_ones_own_is_judged(page):
    window = page("chapters/check.html")
    window.wait(f'{SAID}.includes("steps are proved")')
    fill(window, "#own-setting", "real z")
    window.wait(f'{SAID}.includes("cannot be read")')


def test_the_whole_book_is_replayed(window, site):
    window.open(site + "chapters/replay.html")
    click(window, ".sceptic .main")
    said = 'document.querySelector(".sceptic [role=status]").textContent'
    window.wait(f'{said}.includes("each judged again by your browser")', 120)
    assert window.complaints == []


def test_what_is_broken_is_seen(window, tmp_path):
    broken = tmp_path / "broken.html"
    broken.write_text(
        "<!doctype html><title>Broken</title><math><msub><mi>x</mi></msub></math>"
        "<script>console.error('it is broken')</script>"
    )
    window.open(broken.as_uri())
    assert window.evaluate(FORMULAS)[2:] == [1, False]
    assert window.complaints == ["it is broken"]
    with pytest.raises(AssertionError, match="stays false"):
        window.wait("1 > 2", 0)
