"""The loss and gradient of softmax regression on many processes or machines, by Dask distributed.

Each task loads its own shard, of samples or of classes, reports what `cebook_utils.streaming` says
is enough, and forgets it. A task depends on nothing but its arguments, so one that was lost with
its worker is run again elsewhere; and reports are merged in a fixed order, whoever made them.
Import this module only where it is used: it needs Dask.
"""

import logging

import numpy as np

from cebook_utils.streaming import (
    add_sums,
    batch_sums,
    gradient_of,
    loss_of,
    means,
    merge_summaries,
    summary,
)

try:
    from distributed import Client
except ImportError as error:
    raise ImportError(
        "cebook_utils.distributed needs Dask distributed: pip install distributed"
    ) from error


def connect(address=None, workers=2, memory_limit="256MB", processes=True):
    """A Dask client: of the scheduler at an address, or of a cluster of its own on this machine.

    Without an address, processes of one thread each are started, which talk over the loopback interface
    only and end with the client. Use it in a `with` statement, or close it.

    :param address: of a running scheduler, as "tcp://host:port"; the rest is then its own affair
    :param workers: the number of processes
    :param memory_limit: of each of them; Dask stops giving work to a worker at 80 % of it, and
        restarts a worker at 95 %
    :param processes: False makes the workers threads of this process, which start at once and have
        no memory of their own
    :returns: a `distributed.Client`
    :raises ValueError: if `workers` is not positive
    :raises OSError: if nobody answers at the address

    >>> with connect(processes=False) as client:
    ...     client.submit(sum, [1, 2]).result()
    3

    Source: Rocklin, Dask: parallel computation with blocked algorithms, SciPy (2015).
    """
    if address is not None:
        return Client(address)
    if workers < 1:
        raise ValueError(f"workers must be at least 1, but is {workers}")
    return Client(
        n_workers=workers,
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


def over_samples(client, load, shards, theta):
    r"""Mean loss of a linear model and its gradient in the weights, sharded over the samples.

    .. math:: L = \sum_r \sum_n \ell_{rn} \Big/ \sum_r N_r

    Each shard r reports its sums and its number of samples.

    :param client: of Dask, as :func:`connect` returns it
    :param load: called on a worker with r = 0 … shards − 1, returns the shard's features of shape
        (N_r, D) and its integer labels of shape (N_r,)
    :param shards: their number
    :param theta: weights of shape (C, D)
    :returns: a number and an array of shape (C, D)
    :raises ValueError: without shards, and as :func:`~cebook_utils.streaming.batch_sums` does; and
        what `load` raises is passed on

    >>> def load(r):
    ...     return np.ones((r + 1, 1)), np.zeros(r + 1, int)
    >>> with connect(processes=False) as client:
    ...     L, gradient = over_samples(client, load, 3, np.zeros((2, 1)))
    >>> print(L.round(4), gradient.ravel())
    0.6931 [-0.5  0.5]
    """
    _refuse_none(shards)
    theta = _held(client, theta)
    sums = client.map(_sums_of_shard, range(shards), load=load, theta=theta, pure=False)
    return means(_combined(client, add_sums, sums).result())


def over_classes(client, load, shards, X, labels):
    r"""Mean loss of a linear model and its gradient in the weights, sharded over the classes.

    .. math:: L = \frac1N \sum_n \bigl((m_n - z_{nc}) + \log s_n\bigr)

    Here (m, s) merges the pairs of all shards. Then each shard alone finds its rows of the gradient.

    :param client: of Dask, as :func:`connect` returns it
    :param load: called on a worker with s = 0 … shards − 1, returns the number of the shard's first
        class and its rows of the weights, of shape (V_s, D)
    :param shards: their number
    :param X: features of shape (N, D)
    :param labels: integer classes of shape (N,)
    :returns: a number, and a list of one array of shape (V_s, D) for each shard
    :raises ValueError: without shards, and as
        :func:`~cebook_utils.streaming.streaming_softmax_cross_entropy` does; and what `load` raises
        is passed on

    >>> def load(s):
    ...     return 2 * s, np.zeros((2, 1))
    >>> with connect(processes=False) as client:
    ...     L, gradients = over_classes(client, load, 2, np.ones((1, 1)), np.array([0]))
    >>> print(L.round(4), np.concatenate(gradients).ravel())
    1.3863 [-0.75  0.25  0.25  0.25]
    """
    _refuse_none(shards)
    data = _held(client, (np.asarray(X), np.asarray(labels)))
    parts = client.map(_summary_of_shard, range(shards), load=load, data=data, pure=False)
    everything = _combined(client, merge_summaries, parts)
    loss = loss_of(everything.result(), labels).mean()
    gradients = client.map(
        _gradient_of_shard, range(shards), load=load, data=data, everything=everything, pure=False
    )
    return loss, client.gather(gradients)


def _refuse_none(shards):
    if shards < 1:
        raise ValueError(f"shards must be at least 1, but is {shards}")


def _sums_of_shard(r, load, theta):
    return batch_sums(*load(r), theta)


def _summary_of_shard(s, load, data):
    (X, labels), (start, theta) = data, load(s)
    return summary(X @ theta.T, labels, start)


def _gradient_of_shard(s, load, data, everything):
    (X, labels), (start, theta) = data, load(s)
    return gradient_of(X @ theta.T, labels, start, everything).T @ X / len(X)


def _held(client, value):
    """A value on the workers, as the result of a task: scattered data could not be made anew."""
    return client.submit(_itself, value, pure=False)


def _itself(value):
    return value


def _combined(client, merge, parts):
    """All reports merged on the workers, two by two."""
    while len(parts) > 1:
        merged = [
            client.submit(merge, *two, pure=False)
            for two in zip(parts[::2], parts[1::2], strict=False)
        ]
        parts = merged + parts[len(merged) * 2 :]
    return parts[0]
