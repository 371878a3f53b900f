"""Sharded over processes, against the plain loss and gradient; with workers that die on the way."""

import gc
import os
import socket
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import dask
import numpy as np
import psutil
import pytest
from distributed import KilledWorker

import cebook_utils.numerics.distributed
from cebook_utils.numerics.distributed import (
    _combined,
    connect,
    over_class_shards,
    over_classes,
    over_samples,
)
from cebook_utils.numerics.losses import softmax_cross_entropy, softmax_cross_entropy_grad

# Workers are killed here on purpose. What is left of a connection to one of them may complain when it is
# collected; that is to happen here, and not while another test runs.
pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@pytest.fixture(scope="module", autouse=True)
def collected():
    yield
    gc.collect()


MEGABYTE = 10**6
LIMIT = 200 * MEGABYTE

RNG = np.random.default_rng(11)
X, THETA = RNG.normal(size=(70, 5)), RNG.normal(size=(13, 5))
LABELS = RNG.integers(13, size=70)
LOSS = softmax_cross_entropy(X @ THETA.T, LABELS).mean()
GRADIENT = softmax_cross_entropy_grad(X @ THETA.T, LABELS).T @ X / 70
SAMPLES, CLASSES = (0, 1, 20, 20, 45, 70), (0, 6, 7, 13)  # where shards begin and end


def samples(r):
    return X[SAMPLES[r] : SAMPLES[r + 1]], LABELS[SAMPLES[r] : SAMPLES[r + 1]]


def classes(s):
    return CLASSES[s], THETA[CLASSES[s] : CLASSES[s + 1]]


def dying(load, marker, k):
    """Kill the worker that is the first to load shard 2."""
    if k == 2 and not Path(marker).exists():
        Path(marker).touch()
        os._exit(1)
    return load(k)


def close(actual, expected):
    np.testing.assert_allclose(actual, expected, rtol=1e-12, atol=1e-12)


@pytest.fixture(scope="module")
def client():
    with connect(memory_limit=LIMIT) as client:
        yield client


def test_over_samples(client):
    L, gradient = over_samples(client, samples, len(SAMPLES) - 1, THETA)
    close(L, LOSS)
    close(gradient, GRADIENT)


def test_over_classes(client):
    L, gradients = over_classes(client, classes, len(CLASSES) - 1, X, LABELS)
    close(L, LOSS)
    close(np.concatenate(gradients), GRADIENT)
    assert [len(rows) for rows in gradients] == np.diff(CLASSES).tolist()


def bytes_here(future):
    return future.nbytes


def test_gradients_in_the_weights_stay_on_the_workers(client):
    """Futures come, not arrays; a next task takes a shard's rows where they lie, and so does a sum."""
    L, in_X, gradients = over_class_shards(client, classes, len(CLASSES) - 1, X, LABELS)
    close(L, LOSS)
    close(in_X, softmax_cross_entropy_grad(X @ THETA.T, LABELS) @ THETA / 70)
    holders = client.who_has(gradients)
    assert all(len(holders[gradient.key]) == 1 for gradient in gradients)
    assert client.gather(client.map(bytes_here, gradients)) == [
        40 * n for n in np.diff(CLASSES).tolist()
    ]
    close(np.concatenate(client.gather(gradients)), GRADIENT)


def test_gradients_survive_the_worker_that_held_them():
    with connect(workers=1, memory_limit=LIMIT) as one:
        _, _, gradients = over_class_shards(one, classes, 3, X, LABELS)
        close(np.concatenate(one.gather(gradients)), GRADIENT)
        one.restart_workers(list(one.scheduler_info()["workers"]))
        close(np.concatenate(one.gather(gradients)), GRADIENT)


def in_brackets(first, second):
    return f"({first}{second})"


@pytest.mark.parametrize(
    ("letters", "expected"), [("a", "a"), ("abcd", "((ab)(cd))"), ("abcde", "(((ab)(cd))e)")]
)
def test_reports_are_merged_in_an_order_that_does_not_depend_on_the_workers(
    client, letters, expected
):
    assert _combined(client, in_brackets, client.map(str, letters)).result() == expected


def test_a_worker_lost_half_way_does_not_lose_the_answer(client, tmp_path):
    before = set(client.scheduler_info()["workers"])
    L, gradient = over_samples(client, partial(dying, samples, tmp_path / "1"), 5, THETA)
    close(L, LOSS)
    close(gradient, GRADIENT)
    L, gradients = over_classes(client, partial(dying, classes, tmp_path / "2"), 3, X, LABELS)
    close(L, LOSS)
    close(np.concatenate(gradients), GRADIENT)
    assert (tmp_path / "1").exists() and (tmp_path / "2").exists()
    client.wait_for_workers(2, timeout=20)
    assert set(client.scheduler_info()["workers"]) != before


def block(r, megabytes=8):
    """One shard of many: made on the worker from the shard's own seed."""
    X = np.random.default_rng(r).uniform(-1, 1, size=(megabytes * MEGABYTE // 64, 8))
    return X, (X[:, 0] > 0).astype(int)


def test_a_data_set_larger_than_the_memory_of_all_workers_is_trained_on(client):
    limits = [worker["memory_limit"] for worker in client.scheduler_info()["workers"].values()]
    assert limits == [LIMIT, LIMIT]
    shards = 60
    assert shards * block(0)[0].nbytes > sum(limits)
    first, gradient = over_samples(client, block, shards, np.zeros((2, 8)))
    assert first == pytest.approx(np.log(2))
    assert gradient[1, 0] == pytest.approx(-1 / 4, abs=1e-3)  # −½ E|x|, x uniform on [−1, 1]
    second, _ = over_samples(client, block, 8, -2 * gradient)
    assert second < first


def greedy():
    kept = np.ones(3 * LIMIT // 8)
    time.sleep(30)
    return kept.sum()


def test_the_memory_limit_is_a_real_one():
    """What the limit is for: a worker that takes more than it is killed."""

    with (
        dask.config.set({"distributed.scheduler.allowed-failures": 0}),
        connect(workers=1, memory_limit=LIMIT) as one,
        pytest.raises(KilledWorker),
    ):
        one.submit(greedy).result(timeout=60)


def test_ports_are_open_to_this_machine_only(client):
    here = psutil.Process()
    for process in (here, *here.children(recursive=True)):
        for connection in process.net_connections(kind="inet"):
            if connection.status == psutil.CONN_LISTEN:
                assert connection.laddr.ip == "127.0.0.1"


def test_a_scheduler_by_its_address(client):
    with connect(client.scheduler.address) as other:
        L, _ = over_samples(other, samples, len(SAMPLES) - 1, THETA)
        close(L, LOSS)
    assert client.submit(sum, [1, 2]).result() == 3, "closing a guest must not end the cluster"


def failing(k):
    raise OSError(f"shard {k} cannot be read")


def test_what_goes_wrong_on_a_worker_is_raised_here(client):
    with pytest.raises(OSError, match="shard . cannot be read"):
        over_samples(client, failing, 2, THETA)
    with pytest.raises(ValueError, match=r"X and theta must have shapes \(N, D\) and \(C, D\)"):
        over_samples(client, samples, 2, np.ones(3))
    with pytest.raises(ValueError, match="labels must be classes 0 … 12"):
        over_classes(client, classes, 3, X, LABELS + 1)
    with pytest.raises(ValueError, match="workers must be at least 1, but is 0"):
        connect(workers=0)
    with pytest.raises(ValueError, match="shards must be at least 1, but is 0"):
        over_samples(client, samples, 0, THETA)
    with pytest.raises(ValueError, match="shards must be at least 1, but is 0"):
        over_classes(client, classes, 0, X, LABELS)


# No silently wrong number, and no wait without an end.


def shards_of(*borders):
    """A `load` of shards that begin and end where one says."""
    return lambda s: (borders[s][0], THETA[slice(*borders[s])])


@pytest.mark.parametrize(
    ("borders", "message"),
    [
        ([(0, 6), (5, 13)], r"classes 5 … 5 are there twice: load\(1\) begins with class 5"),
        ([(0, 6), (0, 13)], r"classes 0 … 5 are there twice: load\(1\) begins with class 0"),
        ([(0, 6), (8, 13)], r"classes 6 … 7 are missing: load\(1\) begins with class 8"),
        ([(7, 13), (1, 7)], r"classes 0 … 0 are missing: load\(1\) begins with class 1"),
    ],
)
def test_shards_that_overlap_or_leave_a_gap_give_no_number(client, borders, message):
    with pytest.raises(ValueError, match=f"the shards must hold each class once, but {message}"):
        over_classes(client, shards_of(*borders), 2, X, np.zeros(70, int))


def test_shards_may_come_in_any_order(client):
    L, gradients = over_classes(client, shards_of((6, 13), (0, 6)), 2, X, LABELS)
    close(L, LOSS)
    close(np.concatenate(gradients[::-1]), GRADIENT)


def test_what_load_returns_is_looked_at(client):
    def returning(value):
        return lambda s: value

    labels = np.zeros(5, int)
    for X, loaded, message in (
        (
            np.ones(5),
            (0, np.ones((5, 5))),
            r"X must have shape \(N, D\) with N ≥ 1, but has .* \(5,\)",
        ),
        (
            np.ones((0, 5)),
            (0, THETA),
            r"X must have shape \(N, D\) with N ≥ 1, but has .* \(0, 5\)",
        ),
        (np.ones((5, 5)), (0, np.ones(5)), r"X and theta must have shapes \(N, D\) and \(C, D\)"),
        (
            np.ones((5, 5)),
            (0.5, THETA),
            r"first class of load\(0\) must be a whole number, but is 0.5",
        ),
        (np.ones((5, 5)), (-1, THETA), r"first class of load\(0\) must be at least 0, but is -1"),
        (np.ones((5, 5)), (0, THETA * np.nan), r"theta of load\(0\) must be finite"),
        (np.ones((5, 5)), THETA, r"load\(0\) must return the number of a class and weights"),
    ):
        with pytest.raises(ValueError, match=message):
            over_classes(client, returning(loaded), 1, X, labels)
    with pytest.raises(ValueError, match=r"load\(0\) must return features of shape \(N, D\) and"):
        over_samples(client, returning(None), 1, THETA)
    with pytest.raises(ValueError, match="the mean loss needs at least one sample"):
        over_samples(client, returning((np.ones((0, 5)), labels[:0])), 1, THETA)


def test_a_shard_that_is_another_one_the_second_time_gives_no_number(client, tmp_path):
    def changing(s):
        first = not (tmp_path / "seen").exists()
        (tmp_path / "seen").touch()
        return 0, THETA if first else THETA[:-1]

    with pytest.raises(ValueError, match=r"load\(0\) must return the same shard each time"):
        over_classes(client, changing, 1, X, LABELS)


@pytest.mark.parametrize("wrong", ["2", 2.5, None, True + 0.5])
def test_a_count_that_is_no_whole_number_is_named(client, wrong):
    for call, name in (
        (lambda: connect(workers=wrong), "workers"),
        (lambda: over_samples(client, samples, wrong, THETA), "shards"),
        (lambda: over_classes(client, classes, wrong, X, LABELS), "shards"),
    ):
        with pytest.raises(ValueError, match=f"^{name} must be a whole number, but is {wrong!r}$"):
            call()


@pytest.mark.parametrize("listening", [False, True])
def test_an_address_without_a_scheduler_fails_in_the_time_given(listening):
    """It took 30 s, and where something else listens and says nothing, for ever."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = f"tcp://127.0.0.1:{server.getsockname()[1]}"
        if not listening:
            server.close()
        start = time.monotonic()
        with pytest.raises(
            OSError, match=f"no Dask scheduler answered at '{address}' within 0.5 s"
        ):
            connect(address, timeout=0.5)
        assert time.monotonic() - start < 5


@pytest.mark.parametrize("timeout", [0, -1, np.nan, np.inf, "soon", None])
def test_a_timeout_that_is_no_time_is_named(timeout):
    with pytest.raises(ValueError, match="^timeout must be "):
        connect("tcp://127.0.0.1:9", timeout=timeout)


def deadly(k):
    os._exit(1)


def test_a_load_that_always_dies_ends_in_an_error():
    start = time.monotonic()
    with (
        connect(workers=1, memory_limit=LIMIT) as one,
        pytest.raises(RuntimeError, match="ended each of 4 workers that took it: does `load` end"),
    ):
        over_samples(one, deadly, 1, THETA)
    assert time.monotonic() - start < 60


def test_a_cluster_that_has_lost_its_workers_ends_in_an_error(monkeypatch):
    monkeypatch.setattr(cebook_utils.numerics.distributed, "PATIENCE", 0.5)
    with connect(workers=1, processes=False) as lonely:
        lonely.retire_workers()
        with pytest.raises(
            RuntimeError, match="there has been no worker for 0.5 s: does `load` end"
        ):
            over_samples(lonely, samples, 1, THETA)


def test_without_dask_the_package_works_and_the_module_says_what_is_missing():
    program = """
import sys
sys.modules["distributed"] = None
import cebook_utils, cebook_utils.numerics.streaming
try:
    import cebook_utils.numerics.distributed
except ImportError as error:
    print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert ran.stdout == (
        "cebook_utils.numerics.distributed needs Dask distributed: pip install distributed\n"
    )
    assert ran.stderr == ""


def test_dask_is_imported_on_demand_only():
    program = "import sys, cebook_utils.numerics.streaming; print('distributed' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert ran.stdout == "False\n"
