"""The second kernel says what the first one says: a quick look; `make parity` asks everything."""

from collections import Counter
from itertools import islice
from random import Random

import pytest
from book_site.live import small

from tools import parity

LIVE = parity.ROOT / "live"
SEED = 11


@pytest.fixture(scope="module")
def rows():
    """Every 9th certificate, every third claim of the corpus, and random ones, right and spoiled."""
    claims = [x for n in range(1000, 1006) for x in parity.at_random(n, 10)]
    stored = [*islice(parity.of_the_book(), 0, None, 9), *islice(parity.of_claims(), 0, None, 3)]
    rng = Random(SEED)
    return [*stored, *claims, *(parity.spoiled(rng, rng.choice(stored)) for _ in range(100))]


@pytest.fixture(scope="module")
def first(rows):
    return [parity.verdict(x) for x in rows]


def test_the_two_kernels_agree(rows, first):
    assert parity.disagreements(rows, first, parity.of_the_second(rows)) == []
    assert Counter(first)[""] > 60
    assert len(set(first)) > 10


def test_the_kernel_that_pages_carry_is_the_same(rows, first, tmp_path):
    """Without its comments and spaces, as the site has it."""
    text = small((LIVE / "kernel.js").read_text(encoding="utf-8"))
    (tmp_path / "kernel.js").write_text(text, encoding="utf-8")
    (tmp_path / "parity.mjs").write_bytes((LIVE / "parity.mjs").read_bytes())
    assert (
        parity.disagreements(rows, first, parity.of_the_second(rows, tmp_path / "parity.mjs")) == []
    )


def test_a_script_that_would_lose_spaces_of_a_text_is_refused():
    assert small("const x = `a  ${y}  b`; // said") == "const x=`a  ${y}  b`;"
    with pytest.raises(ValueError, match="within another one"):
        small("const x = `a  ${y ? ` b ` : 1}`;")


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("const isNonZero = (s) => s === 2 ||", "const isNonZero = (s) => s === 1 || s === 2 ||"),
        ("if (found) refuse(HIDDEN", "if (found && !letter) refuse(HIDDEN"),
        ("if (p.isEmpty) return true;", "return true;"),
        ('"nla".includes(x.kind)', '"nlSa".includes(x.kind)'),
        ('NO_VALUE = "no value"', 'NO_VALUE = "bad point"'),
    ],
)
def test_a_slip_in_the_second_kernel_is_seen(rows, first, tmp_path, right, slip):
    text = (LIVE / "kernel.js").read_text(encoding="utf-8")
    assert text.count(right) == 1
    (tmp_path / "kernel.js").write_text(text.replace(right, slip), encoding="utf-8")
    (tmp_path / "parity.mjs").write_bytes((LIVE / "parity.mjs").read_bytes())
    found = parity.disagreements(rows, first, parity.of_the_second(rows, tmp_path / "parity.mjs"))
    assert found
