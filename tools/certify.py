"""Have Coq check theorems of the book that are proved a second time in proofs/ (`make certify`).

    python tools/certify.py

Compiles the files that proofs/axioms.json names, in a temporary folder, and prints for each theorem
its statement, the time of its proof and the axioms that `Print Assumptions` finds below it. The
exit status is 1 if a proof fails, if a source takes something for granted (`Admitted`, `Axiom`, …),
or if the axioms are not those that are stored.
"""

import json
import re
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent
PROOFS = ROOT / "proofs"
LIBRARY = "CrossEntropy"
DEFINITIONS = "definitions"  # compiled first: the other files import it
SECONDS_PER_FILE = 300

REMEDY = (
    "`make certify` needs Coq with Coquelicot; on Debian or Ubuntu: "
    "apt-get install coq libcoq-coquelicot"
)

# What states something without a proof, or has Coq check less.
SHORTCUTS = re.compile(
    r"\b(Admitted|admit|give_up|Axioms?|Parameters?|Conjectures?|Hypothes[ie]s|Variables?|Context"
    r"|Declare|Primitive|Unset|bypass_check|type_in_type)\b"
)
# What `coqc -time` writes after the output of each sentence; the offsets count bytes.
SENTENCE = re.compile(r"^Chars (\d+) - (\d+) \[.*\] ([\d.]+) secs.*\n", re.MULTILINE)


class Refused(Exception):
    """Why a file is not certified."""


@dataclass(frozen=True)
class Theorem:
    """What Coq says of a theorem: the seconds are those of its own proof, without its lemmas."""

    name: str
    statement: str
    seconds: float
    axioms: tuple[str, ...]


def stored_axioms(folder: Path = PROOFS) -> dict[str, dict[str, list[str]]]:
    """For each file of the folder, its theorems, and for each theorem its axioms."""
    stored: dict[str, dict[str, list[str]]] = json.loads(
        (folder / "axioms.json").read_text(encoding="utf-8")
    )
    return stored


def without_comments(source: str) -> str:
    """The source without its comments, which nest; the lines keep their numbers."""
    kept, depth = [], 0
    for token in re.findall(r'\(\*|\*\)|"[^"]*"|.', source, re.DOTALL):
        if token == "(*":
            depth += 1
        elif token == "*)" and depth:
            depth -= 1
        elif not depth or token == "\n":
            kept.append(token)
    return "".join(kept)


def source_of(part: str, folder: Path) -> str:
    """The source of a file; refused if something in it is taken for granted."""
    source = (folder / f"{part}.v").read_text(encoding="utf-8")
    for number, line in enumerate(without_comments(source).split("\n"), start=1):
        if found := SHORTCUTS.search(line):
            raise Refused(f"{part}.v, line {number}, takes something for granted: `{found[0]}`")
    return source


def theorems_in(part: str, folder: Path) -> list[str]:
    """The names of a file's theorems, each of whose assumptions it prints at its end."""
    code = without_comments(source_of(part, folder))
    names = re.findall(r"^Theorem (\w+)", code, re.MULTILINE)
    end = [f"Print Assumptions {name}." for name in names]
    if code.split("\n")[-len(end) - 1 :] != [*end, ""]:
        raise Refused(f"{part}.v must end with {' '.join(end)}")
    return names


def refuse_another_list(folder: Path) -> None:
    """Refuse a folder whose files and theorems are not those that axioms.json lists."""
    files = {path.stem for path in folder.glob("*.v")} - {DEFINITIONS}
    listed = {part: list(theorems) for part, theorems in stored_axioms(folder).items()}
    if files != set(listed):
        raise Refused(f"the files are {sorted(files)}, but axioms.json lists {sorted(listed)}")
    for part, names in listed.items():
        found = theorems_in(part, folder)
        if found != names:
            raise Refused(f"the theorems of {part}.v are {found}, but axioms.json lists {names}")


def coqc() -> str:
    """The path of Coq's compiler."""
    path = shutil.which("coqc")
    if path is None:
        raise Refused(f"coqc is not on the PATH. {REMEDY}")
    return path


def compiled(part: str, folder: Path) -> str:
    """What Coq prints, sentence by sentence, when it compiles a file without shortcuts."""
    source_of(part, folder)
    command = [coqc(), "-q", "-time", "-w", "none", "-Q", str(folder), LIBRARY, f"{part}.v"]
    try:
        run = subprocess.run(
            command,
            cwd=folder,
            capture_output=True,
            encoding="utf-8",
            timeout=SECONDS_PER_FILE,
            check=False,  # its message is what is wanted
        )
    except subprocess.TimeoutExpired:
        raise Refused(f"Coq was not done with {part}.v in {SECONDS_PER_FILE} s") from None
    if run.returncode:
        missing = "Coquelicot" in run.stderr and "Cannot find" in run.stderr
        raise Refused(run.stderr.strip() + (f"\n{REMEDY}" if missing else ""))
    return run.stdout


def axioms_in(printed: str) -> tuple[str, ...]:
    """The names that `Print Assumptions` printed; lines of another kind are kept whole."""
    if printed.strip() == "Closed under the global context":
        return ()
    heading, *lines = printed.strip().splitlines() or [""]
    if heading != "Axioms:":
        raise Refused(f"`Print Assumptions` printed {printed!r}, expected a list of axioms")
    entries = (line for line in lines if not line.startswith(" "))
    return tuple(sorted(re.sub(r" :( .*)?$", "", entry) for entry in entries))


def read_off(source: str, output: str) -> list[Theorem]:
    """The theorems of a source, from what Coq printed when it compiled it."""
    statements: dict[str, str] = {}
    seconds: dict[str, float] = {}
    axioms: dict[str, tuple[str, ...]] = {}
    name, printed_from = None, 0
    for sentence in SENTENCE.finditer(output):
        printed = output[printed_from : sentence.start()]
        printed_from = sentence.end()
        text = source.encode()[int(sentence[1]) : int(sentence[2])].decode()
        if start := re.match(r"Theorem (\w+)", text):
            name = start[1]
            statements[name], seconds[name] = text, 0.0
        elif asked := re.match(r"Print Assumptions (\w+)\.", text):
            axioms[asked[1]] = axioms_in(printed)
        if name is not None:
            seconds[name] += float(sentence[3])
        if text == "Qed.":
            name = None
    return [
        Theorem(name, statements[name], seconds[name], axioms[name])
        for name in statements
        if name in axioms
    ]


def certified(part: str, folder: Path) -> list[Theorem]:
    """The theorems of a file of the folder, which also holds the compiled definitions."""
    theorems = read_off(source_of(part, folder), compiled(part, folder))
    stored = stored_axioms(folder)[part]
    if [theorem.name for theorem in theorems] != list(stored):
        raise Refused(f"Coq's output on {part}.v does not tell of {', '.join(stored)}")
    for theorem in theorems:
        if theorem.axioms != tuple(stored[theorem.name]):
            raise Refused(
                f"{theorem.name} uses the axioms {', '.join(theorem.axioms) or 'none'}\n"
                f"but axioms.json lists {', '.join(stored[theorem.name]) or 'none'}"
            )
    return theorems


def show(theorem: Theorem) -> None:
    """Print what Coq says of a theorem."""
    print(f"\n{theorem.statement}")
    print(f"  proved in {1000 * theorem.seconds:.0f} ms, with the axioms")
    print("".join(f"    {axiom}\n" for axiom in theorem.axioms) or "    none\n", end="")


def main(proofs: Path = PROOFS) -> int:
    """Certify the files of a folder; nothing is written into it."""
    began = time.perf_counter()
    try:
        version = subprocess.check_output([coqc(), "--print-version"], text=True)
        print(f"Coq {version.split()[0]}")
        refuse_another_list(proofs)
        with TemporaryDirectory() as temporary:
            folder = Path(shutil.copytree(proofs, temporary, dirs_exist_ok=True))
            compiled(DEFINITIONS, folder)
            for part in stored_axioms(folder):
                for theorem in certified(part, folder):
                    show(theorem)
    except Refused as refusal:
        print(f"\nNot certified: {refusal}", file=sys.stderr)
        return 1
    print(f"\nCertified in {time.perf_counter() - began:.0f} s.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
