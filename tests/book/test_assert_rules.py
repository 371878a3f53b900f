"""Each rule about asserts passes sound cells and fails cells in which an assert was disarmed."""

import json

import assert_rules as rules
import pytest
from nbformat.v4 import new_code_cell, new_notebook, new_output


def notebook_of(*sources, tags=(), outputs=()):
    cells = [new_code_cell(source) for source in sources]
    cells[-1].metadata["tags"] = list(tags)
    cells[-1].outputs = list(outputs)
    return new_notebook(cells=cells)


def faults(rule, *sources, **facts):
    return list(rule(notebook_of(*sources, **facts), "chapter"))


CANNOT_FAIL = [
    "assert True",
    "assert 1",
    "assert not False",
    "assert 1 == 1",
    "assert p == p",
    "assert p.sum() <= p.sum()",
    "assert right or True",
    "assert right or 1",
    "assert right or not 0",
    "assert (right or True) and left",
    "assert right if left else True",
    "assert (right := True)",
    "assert (right, 'it is wrong')",
    "assert [x for x in p]",
    "assert (x > 0 for x in p)",
    "assert 'right'",
    "assert f'{p}'",
    "assert lambda: p < 0",
    "assert any([True, right])",
    "assert any((right, 1 == 1))",
    "assert any(True for x in p)",
    "assert all([])",
    "assert all(True for x in p)",
    "assert bool(1)",
    "assert isinstance(1, int)",
    "assert len('right') == 5",
    "assert (p > q) | True",
    "assert np.logical_or(right, True)",
    "assert (right | True).all()",
    "assert np.allclose(p, p)",
    "assert np.allclose(1, 1)",
    "assert np.array_equal(p.sum(), p.sum())",
    "np.testing.assert_allclose(p, p, rtol=1e-12)",
    "assert p != np.nan",
    "assert not p > 1",
    "right = True\nassert right",
    "two = 1 + 1\nassert two == 2",
    "assert p < np.inf",
    "assert float('inf') > p",
    "assert p > -np.inf",
    "assert abs(p - y) >= 0",
    "assert abs(p - y).max() > -1",
    "assert 0 <= len(p)",
]

TOO_WIDE = [
    "assert np.allclose(p, y, atol=1e9)",
    "assert np.allclose(p, y, rtol=0.5, atol=0)",
    "assert np.allclose(p, y, 1e9)",
    "assert np.isclose(p, y, 1e-9, 1e9)",
    "assert np.allclose(p, y, rtol=float('inf'), atol=0)",
    "assert np.allclose(p, y, rtol=np.inf, atol=0)",
    "assert np.allclose(p, y, atol=wide)",
    "assert np.allclose(p, y, **wide)",
    "assert math.isclose(p, y, rel_tol=2)",
    "assert math.isclose(p, y, abs_tol=1e9)",
    "assert p == pytest.approx(y, abs=5)",
    "assert p == pytest.approx(y, rel=1)",
    "assert p == approx(y, 1)",
    "np.testing.assert_allclose(p, y, 1e9)",
    "np.testing.assert_allclose(p, y, atol=1e9)",
    "np.testing.assert_almost_equal(p, y, decimal=0)",
    "np.testing.assert_almost_equal(p, y, -3)",
    "check_gradient(f, g, z, rtol=1e9)",
    "check_gradient(f, g, z, 1e9)",
    "check_gradient(f, g, z, rtol=float('nan'))",
    "assert abs(p - y).max() < 1e9",
    "assert abs(p - y) < 5",
    "assert 5 > abs(p - y)",
    "assert worst < 2",
    "assert relative_error(p, y) <= 1",
    "assert np.linalg.norm(p - y) < 3",
    "assert 0 < p < 1e9",
    "assert p < 10**9",
    "limit = 3 * 1e8\nassert p < limit",
    "wide = 5\nassert np.allclose(p, y, atol=wide)",
]

NOT_REACHED = [
    "if False:\n    assert p",
    "if 0 == 1:\n    pass\nelse:\n    assert p",
    "while False:\n    assert p",
    "thorough = False\nif thorough:\n    assert p",
    "for x in []:\n    assert p",
    "for x in range(0):\n    assert p",
    "def checked():\n    assert p",
    "def checked():\n    assert p\n    checked()",
    "def checked():\n    return p\n    assert p\nchecked()",
    "for x in z:\n    continue\n    assert p",
    "try:\n    assert p\nexcept AssertionError:\n    pass",
    "try:\n    assert p\nexcept Exception:\n    print('well')",
    "try:\n    assert p\nexcept (ValueError, AssertionError):\n    pass",
    "try:\n    assert p\nexcept:\n    pass",
    "try:\n    check_gradient(f, g, z)\nexcept AssertionError:\n    print('well')",
    "for x in z:\n    try:\n        assert p\n    finally:\n        break",
    "with suppress(AssertionError):\n    assert p",
    "with contextlib.suppress(Exception):\n    assert p",
]

IMPORTS = "import numpy as np\nfrom cebook_utils.numerics.gradients import check_gradient"

REDEFINED = [
    "np.allclose = lambda *given, **named: True",
    "np.testing.assert_allclose = print",
    "def check_gradient(*given):\n    return 0",
    "check_gradient = print",
    "def all(parts):\n    return True",
    "abs = min",
    "class AssertionError(ValueError): ...",
    "import mine as np",
    "from mine import always as check_gradient",
    "from mine import always as all",
    "for np in parts: ...",
    "with mine() as np: ...",
    "def loss(np):\n    return np.allclose(p, y)",
    "del abs",
    "setattr(np, 'allclose', print)",
    "np.__dict__['allclose'] = print",
    "sys.modules['numpy'] = mine",
    "exec('assert ' + 'True')",
    "globals()['np'] = mine",
    "get_ipython().ast_transformers.append(without_asserts)",
    "mock.patch('numpy.allclose')",
]

REFUSED = """try:
    {check}
except {error} as error:
    print(error)
else:
    raise AssertionError('accepted')"""

VERDICT = """def verdict():
    try:
        check_gradient(f, g, z)
    except AssertionError:
        return 'Not yet.'
print(verdict())"""

SOUND = [
    "assert (p >= 0).all() and np.isclose(p.sum(), 1), 'no distribution'",
    "assert np.allclose(p - y, slope, rtol=1e-12, atol=0)",
    "assert abs(p - y).max() < 1e-13 and 2 <= hole // 8 <= 5",
    "assert not np.allclose(right, wrong)",
    "tight = 1e-9\nassert np.allclose(p, y, rtol=0, atol=tight) and error < 2**-40",
    "answer = None\nif answer is None:\n    print('Your turn.')\nelse:\n    assert answer == p",
    "assert stable == np.inf or error < 1e-12",
    "assert entropy([0.0, 1.0, 0.0]) == 0 and np.dot([2, 0, -1], [2, 0, -1]) == 5",
    "assert all(0 < x <= 1 for x in p) and any(x > 0.5 for x in p)",
    "assert check_gradient(f, g, z) < 1e-13",
    "np.testing.assert_allclose(p, y, rtol=1e-12)",
    "for x in z:\n    if x > 0:\n        assert f(x) > 0",
    "def judge(answer):\n    assert answer == p\njudge(answer)",
    REFUSED.format(check="check_gradient(f, wrong, z)", error="AssertionError"),
    REFUSED.format(check="kl_divergence(p, q)", error="ValueError"),
    VERDICT,
    "import os\nos.environ['OMP_NUM_THREADS'] = '1'",
]

HIDING_TAGS = [
    "hide-input",
    "hide-cell",
    "hide-output",
    "remove-cell",
    "remove-input",
    "remove_cell",
]


@pytest.mark.parametrize("source", CANNOT_FAIL)
def test_an_assert_that_cannot_fail_is_found(source):
    assert faults(rules.asserts_what_may_be_false, source)


@pytest.mark.parametrize("source", TOO_WIDE)
def test_a_tolerance_that_is_too_wide_is_found(source):
    assert faults(rules.has_close_tolerances, source)


@pytest.mark.parametrize("source", NOT_REACHED)
def test_an_assert_that_is_not_reached_or_not_heard_is_found(source):
    assert faults(rules.reaches_every_assert, source)


def test_an_assert_where_an_error_is_expected_is_found():
    assert faults(rules.reaches_every_assert, "assert p == y", tags=["raises-exception"])
    failed = new_output("error", ename="AssertionError", evalue="", traceback=[])
    assert faults(rules.reaches_every_assert, "loss()", outputs=[failed])


@pytest.mark.parametrize("source", REDEFINED)
def test_a_check_with_another_meaning_is_found(source):
    assert faults(rules.redefines_no_check, IMPORTS, source)


@pytest.mark.parametrize("tag", HIDING_TAGS)
def test_a_hidden_assert_is_found(tag):
    assert faults(rules.hides_no_assert, "x = 1\nassert x == p", tags=[tag])
    assert faults(rules.hides_no_assert, "check_gradient(f, g, z)", tags=[tag])
    assert not faults(rules.hides_no_assert, "x = 1", tags=[tag])


@pytest.mark.parametrize("source", SOUND)
def test_a_sound_assert_passes(source):
    for rule in rules.RULES[:-1]:
        assert faults(rule, IMPORTS, source) == []


def test_a_lost_and_an_added_assert_are_found(monkeypatch):
    monkeypatch.setattr(rules, "stored_counts", lambda: {"chapter": 2})
    rule = rules.has_its_number_of_asserts
    assert faults(rule, "assert p == y", "assert check_gradient(f, g, z) < 1e-13") == []
    assert faults(rule, "assert p == y", "check_gradient(f, g, z)") == []
    assert faults(rule, "assert p == y", "# assert check_gradient(f, g, z) < 1e-13")
    assert faults(rule, "assert p == y\nassert p < y\nassert p > y")


def test_the_stored_counts_are_written_as_they_are_read():
    text = rules.counts_text({"b": notebook_of("assert p == y"), "a": notebook_of("p = y")})
    assert json.loads(text) == {"a": 0, "b": 1}
    assert text.count("\n") == 4  # one chapter a line


def test_a_chapter_without_a_stored_count_needs_one():
    assert "make asserts" in faults(rules.has_its_number_of_asserts, "assert p == y")[0]
