"""Run the notebooks and the numeric tests under other arithmetic than this machine's (`make portable`).

    python tools/portable.py

Processors and libraries round the last digit differently, and a printed number that sits on the
edge of rounding shows it. Each perturbation makes this machine compute as another one would: it is a
set of environment variables, and a probe says which code then really runs. One that changes nothing
here is skipped, with the reason. Results are kept in .portable, named after the content of the tree,
so that an interrupted run goes on where it stopped. The exit status is 1 if anything failed.
"""

import hashlib
import json
import os
import re
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import command

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / ".portable"


@dataclass(frozen=True)
class Perturbation:
    """A name for the table, and what is set in the environment."""

    name: str
    environment: dict


# What is set unless a perturbation says otherwise; nothing of it is taken from the caller.
USUAL = {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}

# The levels of NumPy and the kernels of OpenBLAS on x86-64 and on ARM. To disable a level disables
# those above it. https://numpy.org/doc/stable/reference/simd/build-options.html
LEVELS = ("AVX512_SPR", "AVX512_ICL", "X86_V4", "X86_V3", "ASIMDFHM", "ASIMDDP", "ASIMDHP", "SVE")
# (Prescott calls itself Katmai, which has the same kernels.)
KERNELS = ("Prescott", "Haswell", "Zen", "SkylakeX", "ARMV8", "NEOVERSEN1")

PERTURBATIONS = (
    Perturbation("as it is", {}),
    *(
        Perturbation(f"NumPy without {level}", {"NPY_DISABLE_CPU_FEATURES": level})
        for level in LEVELS
    ),
    *(Perturbation(f"OpenBLAS for {kernel}", {"OPENBLAS_CORETYPE": kernel}) for kernel in KERNELS),
    Perturbation("two BLAS threads", {"OPENBLAS_NUM_THREADS": "2", "OMP_NUM_THREADS": "2"}),
    Perturbation(
        "a C library without AVX2 and FMA",
        {"GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F"},
    ),
    Perturbation("another order of sets", {"PYTHONHASHSEED": "7"}),
    Perturbation(
        "an old processor: all of these",
        {
            "NPY_DISABLE_CPU_FEATURES": "X86_V3",
            "OPENBLAS_CORETYPE": "Prescott",
            "GLIBC_TUNABLES": "glibc.cpu.hwcaps=-AVX2,-FMA,-FMA4,-AVX512F",
        },
    ),
)
PERTURBED = {name for perturbation in PERTURBATIONS for name in perturbation.environment}

# What computes, in so far as it can be asked: the code that NumPy chose, the kernels and the threads
# of each OpenBLAS, the order of a set, and the digits of the C library.
PROBE = """
import hashlib, json, math, warnings
warnings.simplefilter("ignore")  # NumPy warns of a level that the processor does not have
import numpy as np
import scipy.linalg
from threadpoolctl import threadpool_info

square = np.random.default_rng(7).normal(size=(200, 200))
np.linalg.inv(square @ square), scipy.linalg.inv(square)  # ends here if it cannot be run
functions = [f(0.01 * k) for f in (math.exp, math.log1p, math.tanh) for k in range(9999)]
print(json.dumps({
    "levels": np.show_config(mode="dicts")["SIMD Extensions"].get("found", []),
    "exp": np.lib.introspect.opt_func_info("^exp$", "float64")["exp"]["dd"]["current"],
    "kernels": sorted({library["architecture"] for library in threadpool_info()
                       if library["internal_api"] == "openblas"}),
    "threads": sorted({library["num_threads"] for library in threadpool_info()
                       if library["user_api"] == "blas"}),
    "set": list({"a", "b", "c", "d", "e"}),
    "libm": hashlib.sha256(repr(functions).encode()).hexdigest()[:6],
}))
"""


def environment(perturbation):
    """What a process of this perturbation sees: nothing that the caller set for the arithmetic."""
    kept = {name: value for name, value in os.environ.items() if name not in PERTURBED}
    return kept | USUAL | perturbation.environment


def probed(perturbation):
    """What computes under it, or None if the processor does not know an instruction of it."""
    run = _answer(PROBE, tuple(sorted((USUAL | perturbation.environment).items())))
    if run.returncode in (-signal.SIGILL, 0xC000001D):  # the second is what Windows says
        return None
    if run.returncode:
        sys.exit(f"{perturbation.name}: the probe failed\n{run.stderr}")
    return json.loads(run.stdout)


@cache
def _answer(probe, arithmetic):
    """The probe is run once for each arithmetic; the rest of the environment has no say in it."""
    return subprocess.run(
        [sys.executable, "-c", probe],
        env=environment(Perturbation("", dict(arithmetic))),
        capture_output=True,
        text=True,
        check=False,
    )


def plan(perturbations):
    """For each perturbation, what computes under it and the reason to skip it, or None."""
    earlier, usual = {}, probed(Perturbation("as it is", {}))
    for perturbation in perturbations:
        found = probed(perturbation)
        same = json.dumps(found, sort_keys=True)
        level = perturbation.environment.get("NPY_DISABLE_CPU_FEATURES")
        if level and level not in usual["levels"]:
            yield perturbation, found, f"NumPy has no {level} on this processor"
        elif found is None:
            yield perturbation, found, "the processor cannot run it"
        elif same in earlier:
            yield perturbation, found, f"computes here like {earlier[same]!r}"
        else:
            earlier[same] = perturbation.name
            yield perturbation, found, None


def described(found):
    kernels, threads = "/".join(found["kernels"]) or "none", "/".join(map(str, found["threads"]))
    return f"exp {found['exp']}, OpenBLAS {kernels} × {threads}, libm {found['libm']}"


def units(root):
    """What is run, a process each: every notebook, the numeric tests, the package's doctests."""
    notebooks = sorted((root / "chapters").glob("*.ipynb"), key=lambda path: -path.stat().st_size)
    tests = [
        path for folder in (".", "numerics") for path in (root / "tests" / folder).glob("test_*.py")
    ]
    paths = [*notebooks, *sorted(tests), root / "cebook_utils"]
    return [path.relative_to(root).as_posix() for path in paths if path.exists()]


def fingerprint(root):
    """A hash of all that a result may depend on in the tree, and of what runs it."""
    digest = hashlib.sha256(sys.version.encode())
    folders = ("chapters", "cebook_utils", "tests", "tools", "_ext")
    files = [path for folder in folders for path in (root / folder).rglob("*")]
    for path in sorted([*files, root / "conftest.py", *root.glob("*.toml"), *root.glob("*.txt")]):
        if path.is_file() and not {"__pycache__", ".ipynb_checkpoints"} & set(path.parts):
            digest.update(f"{path.relative_to(root).as_posix()}\n".encode())
            digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


@dataclass(frozen=True)
class Result:
    """One unit under one perturbation."""

    passed: bool
    seconds: float
    output: str


def result(root, folder, perturbation, unit):
    """Run one unit, or read what an earlier run found."""
    name = re.sub(r"[^\w.-]+", "-", f"{perturbation.name}--{unit}")
    file = folder / f"{name}.json"
    if file.exists():
        return Result(**json.loads(file.read_text(encoding="utf-8")))
    start = time.monotonic()
    run = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "--color=no", "-p", "no:cacheprovider", unit],
        cwd=root,
        env=environment(perturbation),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        errors="replace",
        check=False,
    )
    found = Result(run.returncode == 0, round(time.monotonic() - start, 1), run.stdout)
    command.write(file, json.dumps(vars(found)))
    return found


def run_all(root, folder, rows, show):
    """The result of every unit under every perturbation of the rows, two at a time."""
    folder.mkdir(parents=True, exist_ok=True)
    work = [(perturbation, unit) for perturbation in rows for unit in units(root)]
    found = {}
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        jobs = {pool.submit(result, root, folder, *pair): pair for pair in work}
        try:
            for number, job in enumerate(as_completed(jobs), 1):
                perturbation, unit = jobs[job]
                one = found[perturbation.name, unit] = job.result()
                verdict = "passed" if one.passed else "FAILED"
                show(
                    f"[{number}/{len(work)}] {perturbation.name}: {unit} {verdict}, {one.seconds} s"
                )
        except KeyboardInterrupt:
            pool.shutdown(cancel_futures=True)
            sys.exit("Stopped. `make portable` goes on from here.")
    return found


def table(planned, found):
    """A row for each perturbation: what computed, and what passed."""
    yield "| Perturbation | What computes | Result |"
    yield "|---|---|---|"
    for perturbation, computes, reason in planned:
        if reason is None:
            ones = [one for (name, _), one in found.items() if name == perturbation.name]
            passed = sum(one.passed for one in ones)
            verdict = f"{passed} of {len(ones)} passed, {sum(one.seconds for one in ones):.0f} s"
        else:
            verdict = f"skipped: {reason}"
        yield f"| {perturbation.name} | {described(computes) if computes else '–'} | {verdict} |"


def main(root=ROOT, results=RESULTS, perturbations=PERTURBATIONS, show=print):
    planned = list(plan(perturbations))
    rows = [perturbation for perturbation, _, reason in planned if reason is None]
    found = run_all(root, results / fingerprint(root), rows, show)
    for (name, unit), one in found.items():
        if not one.passed:
            show(f"\n{name}: {unit}\n{one.output}")
    show("\n".join(["", *table(planned, found)]))
    return 0 if all(one.passed for one in found.values()) else 1


if __name__ == "__main__":
    sys.stdout.reconfigure(line_buffering=True)
    command.run(main)
