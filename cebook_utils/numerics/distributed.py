"""The loss and gradient of softmax regression on many processes or machines, by Dask distributed.

Each task loads its own shard, of samples or of classes, reports what `cebook_utils.numerics.streaming` says
is enough, and forgets it. A task depends on nothing but its arguments, so one that was lost with
its worker is run again elsewhere; and reports are merged in a fixed order, whoever made them.
Import this module only where it is used: it needs Dask.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from operator import add, itemgetter
from typing import Any

from numpy.typing import ArrayLike

from cebook_utils.numerics.arguments import finite, floats, number, whole
from cebook_utils.numerics.arrays import Array
from cebook_utils.numerics.precision import rounded, wide
from cebook_utils.numerics.streaming import (
    Summary,
    Sums,
    add_sums,
    batch_sums,
    fitting,
    gradient_of,
    logits,
    loss_of,
    means,
    merge_summaries,
    summary,
)

try:
    from distributed import Client, Future, KilledWorker, wait
    from distributed.comm.core import connect as connect_to
except ImportError as error:
    raise ImportError(
        "cebook_utils.numerics.distributed needs Dask distributed: pip install distributed"
    ) from error


# What `load` of a shard returns: features and labels, or the number of a class and weights.
LoadSamples = Callable[[int], tuple[ArrayLike, ArrayLike]]
LoadClasses = Callable[[int], tuple[int, ArrayLike]]

Data = tuple[Array, ArrayLike]  # features and labels of all samples
Range = tuple[int, int, int]  # number of a shard, of its first class and of the first behind it
Report = tuple[Summary, list[Range]]

PATIENCE = 30  # seconds to wait for a worker when there is none: a restart takes two or three


def connect(
    address: str | None = None,
    workers: int = 2,
    memory_limit: str | int = "256MB",
    processes: bool = True,
    timeout: float = 5,
) -> Client:
    """A Dask client: of the scheduler at an address, or of a cluster of its own on this machine.

    Without an address, processes of one thread each are started, which talk over the loopback interface
    only and end with the client. Use it in a `with` statement, or close it.

    :param address: of a running scheduler, as ``tcp://host:port``; the rest is then its own affair
    :param workers: the number of processes
    :param memory_limit: of each of them; Dask stops giving work to a worker at 80 % of it, and
        restarts a worker at 95 %
    :param processes: False makes the workers threads of this process, which start at once and have
        no memory of their own
    :param timeout: how many seconds a scheduler at an address has to answer
    :returns: a `distributed.Client`
    :raises ValueError: if `workers` is no positive whole number, or `timeout` no positive number
    :raises OSError: if no scheduler answers at the address in that time

    >>> with connect(processes=False) as client:
    ...     client.submit(sum, [1, 2]).result()
    3

    Source: Rocklin, Dask: parallel computation with blocked algorithms, SciPy (2015).
    """
    if address is not None:
        return _guest(address, timeout)
    return Client(
        n_workers=whole(workers, "workers", least=1),
        threads_per_worker=1,
        processes=processes,
        memory_limit=memory_limit if processes else 0,
        host="127.0.0.1" if processes else None,
        # Both serve health and metrics by HTTP. By default the first has the fixed port 8787, and
        # the second listens to the whole network where workers are threads.
        dashboard_address="127.0.0.1:0",
        worker_dashboard_address="127.0.0.1:0",
        silence_logs=logging.CRITICAL,
    )


def over_samples(
    client: Client, load: LoadSamples, shards: int, theta: ArrayLike
) -> tuple[Array, Array]:
    r"""Mean loss of a linear model and its gradient in the weights, sharded over the samples.

    .. math:: L = \sum_r \sum_n \ell_{rn} \Big/ \sum_r N_r

    Each shard r reports its sums and its number of samples.

    :param client: of Dask, as :func:`connect` returns it
    :param load: called on a worker with r = 0 … shards − 1, returns the shard's features of shape
        (N_r, D) and its integer labels of shape (N_r,)
    :param shards: their number
    :param theta: weights of shape (C, D)
    :returns: a number and an array of shape (C, D)
    :raises ValueError: without shards, and as :func:`~cebook_utils.numerics.streaming.batch_sums` does; and
        what `load` raises is passed on
    :raises RuntimeError: if one shard kills each worker that takes it, or if no worker is left

    >>> import numpy as np
    >>> def load(r):
    ...     return np.ones((r + 1, 1)), np.zeros(r + 1, int)
    >>> with connect(processes=False) as client:
    ...     L, gradient = over_samples(client, load, 3, np.zeros((2, 1)))
    >>> print(L.round(4), gradient.ravel())
    0.6931 [-0.5  0.5]
    """
    shards, theta = whole(shards, "shards", least=1), floats(theta, "theta")
    held = _held(client, theta)
    sums = client.map(_sums_of_shard, range(shards), load=load, theta=held, pure=False)
    return means(_result(client, _combined(client, add_sums, sums)), theta)


def over_classes(
    client: Client, load: LoadClasses, shards: int, X: ArrayLike, labels: ArrayLike
) -> tuple[Array, list[Array]]:
    r"""Mean loss of a linear model and its gradient in the weights, sharded over the classes.

    .. math:: L = \frac1N \sum_n \bigl((m_n - z_{nc}) + \log s_n\bigr)

    Here (m, s) merges the pairs of all shards. Then each shard alone finds its rows of the gradient.
    They are all brought here: where that is too much, use :func:`over_class_shards`.

    :param client: of Dask, as :func:`connect` returns it
    :param load: called on a worker with s = 0 … shards − 1, returns the number of the shard's first
        class and its rows of the weights, of shape (V_s, D). The shards together hold each class
        once, in any order; a shard is loaded twice, and must be the same both times
    :param shards: their number
    :param X: features of shape (N, D), N ≥ 1
    :param labels: integer classes of shape (N,)
    :returns: a number, in the precision of X, and a list of one array of shape (V_s, D) for each
        shard, in that of its rows
    :raises ValueError: without shards or samples, if shards overlap or leave a gap, if `load` returns
        something else, and as :func:`~cebook_utils.numerics.streaming.streaming_softmax_cross_entropy` does;
        and what `load` raises is passed on
    :raises RuntimeError: if one shard kills each worker that takes it, or if no worker is left

    >>> import numpy as np
    >>> def load(s):
    ...     return 2 * s, np.zeros((2, 1))
    >>> with connect(processes=False) as client:
    ...     L, gradients = over_classes(client, load, 2, np.ones((1, 1)), np.array([0]))
    >>> print(L.round(4), np.concatenate(gradients).ravel())
    1.3863 [-0.75  0.25  0.25  0.25]
    """
    loss, _, gradients = over_class_shards(client, load, shards, X, labels)
    return loss, [_result(client, gradient) for gradient in gradients]


def over_class_shards(
    client: Client, load: LoadClasses, shards: int, X: ArrayLike, labels: ArrayLike
) -> tuple[Array, Array, list[Future[Array]]]:
    r"""As :func:`over_classes`, with the gradient in the features; that in the weights stays where it is.

    .. math::

       \frac{\partial L}{\partial x_n} = \frac1N \sum_s \sum_{k \in s} (p_{nk} - y_{nk})\, \theta_k,
       \qquad \frac{\partial L}{\partial \theta_k} = \frac1N \sum_n (p_{nk} - y_{nk})\, x_n

    The first sum is over all shards, and so a report of N × D numbers from each. The second needs
    nothing from the others: each shard's rows of it are the result of a task, and remain in the memory
    of the worker that found them until nobody refers to them. A next task, such as a step of descent,
    takes them as its argument: `client.submit(step, gradients[s], s)`.

    Arguments and errors as for :func:`over_classes`.

    :returns: the loss, an array of shape (N, D) in the precision of X, and for each shard a future of an
        array of shape (V_s, D), whose `result()` would bring it here

    >>> import numpy as np
    >>> def load(s):
    ...     return 2 * s, np.ones((2, 1))
    >>> with connect(processes=False) as client:
    ...     L, in_X, gradients = over_class_shards(client, load, 2, np.ones((1, 1)), np.array([0]))
    ...     largest = client.gather(client.map(np.max, gradients))
    >>> print(L.round(4), in_X, largest)
    1.3863 [[0.]] [np.float64(0.25), np.float64(0.25)]
    """
    shards, X = whole(shards, "shards", least=1), finite(X, "X")
    if X.ndim != 2 or len(X) == 0:
        raise ValueError(f"X must have shape (N, D) with N ≥ 1, but has shape {X.shape}")
    data = _held(client, (X, labels))
    parts = client.map(_report_of_shard, range(shards), load=load, data=data, pure=False)
    merged = _combined(client, _merge_reports, parts)
    everything, ranges = _result(client, merged)
    _refuse_gaps(ranges)
    loss = rounded(wide(loss_of(everything, labels)).mean(), X)
    both = client.map(
        _gradients_of_shard, range(shards), load=load, data=data, report=merged, pure=False
    )
    in_X = _combined(client, add, client.map(itemgetter(0), both, pure=False))
    gradients = client.map(itemgetter(1), both, pure=False)
    return loss, rounded(_result(client, in_X), X), gradients


def _sums_of_shard(r: int, load: LoadSamples, theta: Array) -> Sums:
    X, labels = _loaded(load, r, "features of shape (N, D) and labels of shape (N,)")
    return batch_sums(X, labels, theta)


def _report_of_shard(s: int, load: LoadClasses, data: Data) -> Report:
    """The summary of a shard, and in a list the number of the shard and the range of its classes."""
    (X, labels), (start, theta) = data, _classes(load, s, data)
    return summary(logits(X, theta), labels, start), [(s, start, start + len(theta))]


def _merge_reports(first: Report, second: Report) -> Report:
    return merge_summaries(first[0], second[0]), first[1] + second[1]


def _gradients_of_shard(
    s: int, load: LoadClasses, data: Data, report: Report
) -> tuple[Array, Array]:
    """What a shard adds to the gradient in the features, in float64 at least; and that in its weights."""
    (X, labels), (start, theta) = data, _classes(load, s, data)
    everything, ranges = report
    if (s, start, start + len(theta)) not in ranges:
        raise ValueError(f"load({s}) must return the same shard each time, but it returned another")
    slopes = wide(gradient_of(logits(X, theta), labels, start, everything)) / len(X)
    return slopes @ wide(theta), rounded(slopes.T @ wide(X), theta)


def _classes(load: LoadClasses, s: int, data: Data) -> tuple[int, Array]:
    """What `load` returned, of which a wrong shape could give a number too."""
    start, theta = _loaded(load, s, "the number of a class and weights of shape (V, D)")
    _, theta = fitting(data[0], theta)
    return whole(start, f"the first class of load({s})", least=0), finite(
        theta, f"theta of load({s})"
    )


def _loaded(load: Callable[[int], Any], shard: int, expected: str) -> Any:
    loaded = load(shard)
    if not isinstance(loaded, tuple | list) or len(loaded) != 2:
        raise ValueError(f"load({shard}) must return {expected}, but returned {type(loaded)}")
    return loaded


def _refuse_gaps(ranges: list[Range]) -> None:
    """The shards must hold each class once: what is missing or twice changes the sum unseen."""
    free = 0
    for shard, start, stop in sorted(ranges, key=lambda of_shard: of_shard[1:]):
        if start != free:
            problem = "are missing" if start > free else "are there twice"
            raise ValueError(
                f"the shards must hold each class once, but classes {min(start, free)} … "
                f"{max(start, free) - 1} {problem}: load({shard}) begins with class {start}"
            )
        free = stop


def _guest(address: str, timeout: float) -> Client:
    """A client of a scheduler that is already there."""
    seconds = number(timeout, "timeout")
    if seconds <= 0:
        raise ValueError(f"timeout must be a positive number of seconds, but is {seconds:g}")
    try:
        # Dask puts no limit on the handshake, so greet first: what listens may be something else.
        with ThreadPoolExecutor(1) as pool:  # a notebook's own thread has an event loop already
            pool.submit(asyncio.run, _greet(address, seconds)).result()
        return Client(address, timeout=seconds)
    except Exception as error:  # what listens may answer with anything
        raise OSError(
            f"no Dask scheduler answered at {address!r} within {seconds:g} s: does one run there, and "
            "is it reachable from here? Give a slow one a longer timeout"
        ) from error


async def _greet(address: str, seconds: float) -> None:
    async with asyncio.timeout(seconds):
        comm = await connect_to(address, timeout=seconds)
        await comm.close()


def _result(client: Client, future: Future[Any]) -> Any:
    """The result of a task, or an error in bounded time if no worker lives to bring it."""
    alone_since = None
    while not future.done():
        try:
            wait(future, timeout=1)
        except TimeoutError:
            pass
        if client.scheduler_info()["workers"]:
            alone_since = None
        elif alone_since is None:
            alone_since = time.monotonic()
        elif time.monotonic() - alone_since > PATIENCE:
            raise RuntimeError(
                f"there has been no worker for {PATIENCE} s: does `load` end its process, or take "
                "more memory than a worker may?"
            )
    try:
        return future.result()
    except KilledWorker as error:
        raise RuntimeError(
            f"{error.task} ended each of {error.allowed_failures + 1} workers that took it: does "
            "`load` end its process, or take more memory than a worker may?"
        ) from error


def _held(client: Client, value: Any) -> Future[Any]:
    """A value on the workers, as the result of a task: scattered data could not be made anew."""
    return client.submit(_itself, value, pure=False)


def _itself(value: Any) -> Any:
    return value


def _combined(client: Client, merge: Callable[..., Any], parts: list[Future[Any]]) -> Future[Any]:
    """All reports merged on the workers, two by two."""
    while len(parts) > 1:
        merged = [
            client.submit(merge, *two, pure=False)
            for two in zip(parts[::2], parts[1::2], strict=False)
        ]
        parts = merged + parts[len(merged) * 2 :]
    return parts[0]
