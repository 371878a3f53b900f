"""What `make peers` counts with: that it sees an error, and that the stored table is a whole one."""

import json

import mpmath
import numpy as np
import pytest
from notebooks import CHAPTERS
from peer_cases import LAYOUTS, LOGITS, Definitions, case, precision
from peer_errors import BOUNDS, OURS, SHORT, Worst, bound, faults, spread_of, units

from cebook_utils.numerics import losses

ROUTES = {
    "logsumexp": lambda x: losses.logsumexp(x.z),
    "softmax": lambda x: losses.softmax(x.z),
    "log_softmax": lambda x: losses.log_softmax(x.z),
    "hard_loss": lambda x: losses.softmax_cross_entropy(x.z, x.c),
    "hard_gradient": lambda x: losses.softmax_cross_entropy_grad(x.z, x.c),
    "soft_loss": lambda x: losses.softmax_cross_entropy(x.z, x.y),
    "soft_gradient": lambda x: losses.softmax_cross_entropy_grad(x.z, x.y),
}
NUMBERS = range(0, 24 * len(LOGITS), 7)  # every kind of logits, in every precision


def worst(function, route):
    """Of the first sample of some arrays."""
    found = {}
    for number in NUMBERS:
        x = case(number)
        with mpmath.workdps(precision(x.z)):
            definitions = getattr(
                Definitions(*(part[0] for part in (x.z, x.c, x.y, x.p, x.q))), function
            )()
            dtype = x.z.dtype
            for value, exact in zip(np.atleast_1d(route(x)[0]), definitions, strict=True):
                found.setdefault(dtype.name, Worst()).see(
                    value, *exact, dtype, x.describe(), bound(function, dtype, spread_of(x.z))
                )
    return [seen.row(function, dtype, OURS) for dtype, seen in found.items()]


@pytest.mark.parametrize("function", ROUTES)
@pytest.mark.filterwarnings("ignore:overflow encountered:RuntimeWarning")
def test_the_values_are_within_their_bounds(function):
    rows = worst(function, ROUTES[function])
    assert {row["dtype"] for row in rows} == {"float16", "float32", "float64"}
    assert not list(faults(rows))


@pytest.mark.filterwarnings("ignore")
def test_a_softmax_without_its_shift_is_a_fault():
    def naive(x):
        e = np.exp(x.z)
        return e / e.sum(axis=-1, keepdims=True)

    found = "\n".join(faults(worst("softmax", naive)))
    assert "softmax, float16" in found and "softmax, float64" in found


@pytest.mark.filterwarnings("ignore")
def test_a_loss_in_the_precision_of_its_logits_is_a_fault():
    def short(x):
        below = x.z - x.z.max(axis=-1, keepdims=True)
        return np.log(np.exp(below).sum(axis=-1)) - below[np.arange(len(x.z)), x.c]

    assert "hard_loss, float32" in "\n".join(faults(worst("hard_loss", short)))


def test_units_in_the_last_place():
    one = mpmath.mpf(1)
    assert units(1.0, one, one, np.float64) == 0
    assert units(1 + 2.0**-52, one, one, np.float64) == 1
    assert units(np.float32(1) + np.spacing(np.float32(1)), one, one, np.float32) == 1
    assert np.isnan(units(np.nan, one, one, np.float64))
    assert units(np.inf, one, one, np.float64) == np.inf
    assert units(np.inf, mpmath.mpf(10) ** 6, one, np.float16) == 0
    assert units(-np.inf, mpmath.mpf(10) ** 6, one, np.float16) == np.inf


def test_nan_and_a_refusal_are_faults():
    nan, refused = Worst(), Worst()
    nan.see(np.nan, mpmath.mpf(1), mpmath.mpf(1), np.float64, "here", SHORT)
    refused.refused = 1
    for seen in (nan, refused):
        assert len(list(faults([seen.row("softmax", "float64", OURS)]))) == 1
        assert not list(faults([seen.row("softmax", "float64", "another")]))


@pytest.fixture(scope="module")
def stored():
    return json.loads((CHAPTERS / "data" / "peers.json").read_text(encoding="utf-8"))


def test_the_stored_table_is_whole(stored):
    assert stored["cases"] >= 20_000
    assert not list(faults(stored["rows"]))
    ours = {(row["function"], row["dtype"]) for row in stored["rows"] if row["library"] == OURS}
    assert ours == {(f, dtype) for f in BOUNDS for dtype in ("float16", "float32", "float64")}
    assert {row["library"] for row in stored["rows"]} >= {
        "PyTorch",
        "optax",
        "SciPy",
        "scikit-learn",
    }


def test_each_stored_difference_is_as_said_and_has_its_reason(stored):
    assert len(stored["differences"]) >= 10
    for difference in stored["differences"]:
        assert difference["as said"] and difference["reason"], difference["what"]


def test_all_layouts_and_kinds_are_met():
    cases = [case(number) for number in range(24 * len(LOGITS))]
    assert {x.layout for x in cases} == set(LAYOUTS)
    assert {(x.kind, x.z.dtype.name) for x in cases} == {
        (kind, dtype) for kind in LOGITS for dtype in ("float16", "float32", "float64")
    }
