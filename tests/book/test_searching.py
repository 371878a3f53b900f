"""What a reader asks for comes first, and is told in words."""

import page_checks
import pytest
from pages import SITE
from visitor import Visitor

# What is asked, and the page that answers it.
QUERIES = [
    ("softmax jacobian", "softmax-jacobian"),
    ("why not MSE", "mse-against-cross-entropy"),
]


@pytest.fixture(params=["file", "http"])
def search(request, browser, served):
    """The results of a search, as a reader sees them."""
    home = served if request.param == "http" else "file:"
    visitor = Visitor(browser, home=home)
    address = f"{served}search.html" if request.param == "http" else (SITE / "search.html").as_uri()

    def ask(query):
        page = visitor.open(f"{address}?q={query.replace(' ', '+')}")
        page.wait_for_selector("#search-results li a")
        return page.locator("#search-results li")

    yield ask
    assert list(page_checks.is_quiet(visitor)) == []
    assert list(page_checks.needs_no_network(visitor)) == []
    visitor.close()


@pytest.mark.parametrize(("query", "answer"), QUERIES)
def test_the_best_answer_comes_first(search, query, answer):
    assert answer in search(query).first.get_by_role("link").first.get_attribute("href")


def test_a_word_of_the_book_is_found_and_no_source_is_shown(search):
    results = search("logit")
    assert results.count() > 3
    shown = " ".join(results.all_inner_texts())
    assert "\\" not in shown and "$" not in shown
