"""Measure what the chapter on scale draws: memory and time over C, speed-up over the workers.

    python tools/bench_scale.py
    python tools/bench_scale.py workers

The first writes chapters/data/scale.json, with a description of the machine. The second only prints how
much two workers gain over one on half a minute's work. Run it when nothing else runs.
"""

import json
import os
import signal
import sys
import time
import tracemalloc
from functools import partial

import command
import numpy as np
import psutil
from machine import machine
from notebooks import CHAPTERS
from threadpoolctl import threadpool_limits

from cebook_utils.numerics.distributed import connect, over_samples
from cebook_utils.numerics.losses import softmax_cross_entropy, softmax_cross_entropy_grad
from cebook_utils.numerics.streaming import (
    ClassChunks,
    gradient_of,
    loss_of,
    mean_over_batches,
    numbered,
    summary_of_all,
)

RESULT = CHAPTERS / "data" / "scale.json"

SAMPLES, FEATURES, CHUNK = 16, 8, 4096
CLASSES = [1000, 3000, 10_000, 30_000, 100_000, 300_000, 1_000_000]

SHARDS, SHARD_FEATURES, SHARD_CLASSES = 16, 64, 100
SHARD_SAMPLES = [16, 128, 1024, 4096, 16_384]
WORKERS = [1, 2]
MANY_SHARDS = 512  # of the largest number of samples: a core has half a minute to do

REPEATS = 5


def plain(X, theta, labels):
    """Loss, and gradient in the features, with the logits of all classes in memory."""
    z = X @ theta.T
    return softmax_cross_entropy(z, labels), softmax_cross_entropy_grad(z, labels) @ theta


def streaming(X, theta, labels):
    """The same, one chunk of classes at a time."""
    chunks = ClassChunks(X, theta, CHUNK)
    everything = summary_of_all(chunks, labels)
    gradient = np.zeros_like(X)
    for start, z in numbered(chunks):
        gradient += gradient_of(z, labels, start, everything) @ theta[start : start + CHUNK]
    return loss_of(everything, labels), gradient


def peak_memory(task):
    """The most bytes that NumPy and Python held during a task, beyond what was there before."""
    tracemalloc.start()
    task()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most


def seconds(task, repeats=REPEATS):
    """The shortest time of a task, after one run that is not counted: what else the machine does
    can only add to it."""
    task()
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        task()
        times.append(time.perf_counter() - start)
    return min(times)


def over_the_classes():
    rng = np.random.default_rng(1)
    rows = []
    for C in CLASSES:
        X, theta = rng.normal(size=(SAMPLES, FEATURES)), rng.normal(size=(C, FEATURES))
        labels = rng.integers(C, size=SAMPLES)
        tasks = {f.__name__: partial(f, X, theta, labels) for f in (plain, streaming)}
        for one, other in zip(tasks["plain"](), tasks["streaming"](), strict=True):
            np.testing.assert_allclose(one, other, rtol=1e-10, atol=1e-12)
        row = {"classes": C}
        for name, task in tasks.items():
            with threadpool_limits(1):
                row[name] = {"bytes": peak_memory(task), "seconds": round(seconds(task, 3), 6)}
        rows.append(row)
        print(row, file=sys.stderr)
    return rows


def load(samples, r):
    """Shard r of a data set that nobody stores: made from the shard's own seed."""
    rng = np.random.default_rng([samples, r])
    return rng.uniform(-1, 1, (samples, SHARD_FEATURES)), rng.integers(SHARD_CLASSES, size=samples)


def over_the_workers():
    theta = np.random.default_rng(2).normal(size=(SHARD_CLASSES, SHARD_FEATURES))
    rows = []
    for samples in SHARD_SAMPLES:
        shard = partial(load, samples)
        # One thread, as each worker has.
        with threadpool_limits(1):
            here = seconds(lambda s=shard: mean_over_batches(map(s, range(SHARDS)), theta))
        bytes_in_all = SHARDS * shard(0)[0].nbytes
        rows.append({"bytes": bytes_in_all, "plain": round(here, 6), "workers": {}})
    for workers in WORKERS:
        # Processes inherit what is ignored: Ctrl-C is for this one, which ends the workers.
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        client = connect(workers=workers, memory_limit="512MB")
        signal.signal(signal.SIGINT, heard)
        with client:
            for row, samples in zip(rows, SHARD_SAMPLES, strict=True):
                shard = partial(load, samples)
                there = seconds(lambda c=client, s=shard: over_samples(c, s, SHARDS, theta))
                row["workers"][str(workers)] = round(there, 6)
                print(workers, row, file=sys.stderr)
    return rows


def processor_seconds():
    """The processors' time so far, of this process and those that it started."""
    here = psutil.Process()
    times = [process.cpu_times() for process in (here, *here.children(recursive=True))]
    return sum(time.user + time.system for time in times)


def once(task):
    """The time of a long task on the clock and on the processors: where others are busy, the second
    still says how much there was to do."""
    start, before = time.perf_counter(), processor_seconds()
    task()
    return {
        "seconds": round(time.perf_counter() - start, 3),
        "processors": round(processor_seconds() - before, 3),
    }


def over_many_shards():
    """What occupies a core for long, with the number of tasks that waited for one as it began."""
    theta = np.random.default_rng(2).normal(size=(SHARD_CLASSES, SHARD_FEATURES))
    shard = partial(load, SHARD_SAMPLES[-1])
    load_before = round(os.getloadavg()[0], 2) if hasattr(os, "getloadavg") else None
    with threadpool_limits(1):
        here = once(lambda: mean_over_batches(map(shard, range(MANY_SHARDS)), theta))
    row = {"shards": MANY_SHARDS, "load before": load_before, "plain": here, "workers": {}}
    for workers in WORKERS:
        heard = signal.signal(signal.SIGINT, signal.SIG_IGN)
        client = connect(workers=workers, memory_limit="512MB")
        signal.signal(signal.SIGINT, heard)
        with client:
            over_samples(client, shard, workers, theta)  # loads code
            row["workers"][str(workers)] = once(
                lambda c=client: over_samples(c, shard, MANY_SHARDS, theta)
            )
    one, two = (row["workers"][str(workers)]["seconds"] for workers in WORKERS)
    print(f"{row}\n2 workers: {one / two:.2f} × one worker", file=sys.stderr)
    return row


def main():
    if sys.argv[1:] == ["workers"]:
        over_many_shards()
        return
    measured = {
        "machine": machine("numpy", "distributed"),
        "samples": SAMPLES,
        "features": FEATURES,
        "chunk": CHUNK,
        "over_classes": over_the_classes(),
        "shards": SHARDS,
        "over_workers": over_the_workers(),
        "many_shards": over_many_shards(),
    }
    command.write(RESULT, json.dumps(measured, indent=1) + "\n")
    print(f"wrote {RESULT.relative_to(CHAPTERS.parent)}")


if __name__ == "__main__":
    command.run(main)
