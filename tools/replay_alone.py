"""Replay certificates in a process that knows the kernel alone; replay.py runs it.

    python -I -S tools/replay_alone.py chapters/data/proofs.json.gz cebook_utils

Only the standard library and the folder of the kernel are on the path. What it finds it prints as
JSON; the exit status is 1 if a certificate is refused or does not fit its hash.
"""

import gzip
import hashlib
import json
import sys
import time
from pathlib import Path


def unpacked(text):
    """The stored certificates: chapter, label, hash, and the certificate with all that it cites."""
    book = json.loads(text)
    chains = []
    for chain in book["chains"]:
        cited = [chains[number] for number in chain["cited"]]
        chains.append({**chain, "setting": book["settings"][chain["setting"]], "cited": cited})
    return [(x["chapter"], x["label"], x["sha256"], chains[x["chain"]]) for x in book["proofs"]]


def canonical(certificate):
    """The text of a certificate that its hash is made of."""
    return json.dumps(certificate, ensure_ascii=False, sort_keys=True)


def digest(certificate):
    return hashlib.sha256(canonical(certificate).encode()).hexdigest()


def judged_in(certificate):
    """How many steps are judged when a certificate is replayed, those of what it cites too."""
    return len(certificate["steps"]) + sum(map(judged_in, certificate["cited"]))


def strangers(kernel):
    """Modules that are neither of the standard library nor of the kernel."""
    found = []
    for name, module in list(sys.modules.items()):
        top, file = name.partition(".")[0], getattr(module, "__file__", None)
        if top == "kernel":
            at_home = Path(file).parent == kernel
        else:
            at_home = top in {*sys.stdlib_module_names, "__main__"}
            at_home &= "site-packages" not in (file or "")
        if not at_home:
            found.append(name)
    return found


def main(proofs, folder):
    sys.path.insert(0, folder)
    from kernel.certificates import replay
    from kernel.terms import Refused

    faults, times = [], []
    for chapter, label, sha256, certificate in unpacked(gzip.decompress(Path(proofs).read_bytes())):
        if digest(certificate) != sha256:
            faults.append(f"{chapter}, {label}: the certificate does not fit its hash")
            continue
        started = time.perf_counter()
        try:
            replay(certificate)
        except Refused as refusal:
            faults.append(f"{chapter}, {label}: refused: {refusal}")
        times.append((judged_in(certificate), time.perf_counter() - started))
    faults += [f"{name} is loaded" for name in strangers(Path(folder) / "kernel")]
    print(json.dumps({"faults": faults, "times": times}))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
