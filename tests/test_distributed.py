"""Sharded over processes, against the plain loss and gradient; with workers that die on the way."""

import os
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

from cebook_utils.distributed import _combined, connect, over_classes, over_samples
from cebook_utils.losses import softmax_cross_entropy, softmax_cross_entropy_grad

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


def test_without_dask_the_package_works_and_the_module_says_what_is_missing():
    program = """
import sys
sys.modules["distributed"] = None
import cebook_utils, cebook_utils.streaming
try:
    import cebook_utils.distributed
except ImportError as error:
    print(error)
"""
    ran = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert ran.stdout == (
        "cebook_utils.distributed needs Dask distributed: pip install distributed\n"
    )
    assert ran.stderr == ""


def test_dask_is_imported_on_demand_only():
    program = "import sys, cebook_utils.streaming; print('distributed' in sys.modules)"
    ran = subprocess.run(
        [sys.executable, "-c", program], check=False, capture_output=True, text=True
    )
    assert ran.stdout == "False\n"
