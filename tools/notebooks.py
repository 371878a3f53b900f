"""Re-execute the chapters and store them in one normal form.

    python tools/notebooks.py                 every chapter
    python tools/notebooks.py entropy intro   these chapters

A file is written only if its content changed, so a second run changes nothing.
"""

import asyncio
import hashlib
import os
import sys
from contextlib import suppress
from copy import deepcopy
from pathlib import Path

import command
import nbformat
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError, DeadKernelError

ROOT = Path(__file__).resolve().parent.parent
CHAPTERS = ROOT / "chapters"

# These pages are made from the stored outputs of the others, so they come last.
MADE_FROM_OTHERS = ("coverage", "questions", "results")

KERNELSPEC = {"display_name": "Python 3", "language": "python", "name": "python3"}
NOTEBOOK_METADATA = ("myst",)
CELL_METADATA = ("tags", "mystnb")


def normalise(notebook):
    """Return a copy that holds only what an author wrote and what the kernel answered.

    Metadata that varies between editors, machines and runs is dropped. A cell's id is made from
    its source, so that inserting a cell changes no other cell.
    """
    notebook = deepcopy(notebook)
    notebook.nbformat, notebook.nbformat_minor = 4, 5
    notebook.metadata = nbformat.from_dict(
        {"kernelspec": KERNELSPEC, **_only(notebook.metadata, NOTEBOOK_METADATA)}
    )
    seen = {}
    for cell in notebook.cells:
        digest = hashlib.sha256(f"{cell.cell_type}\n{cell.source}".encode()).hexdigest()[:8]
        seen[digest] = seen.get(digest, 0) + 1
        cell.id = digest if seen[digest] == 1 else f"{digest}-{seen[digest]}"
        cell.metadata = nbformat.from_dict(_only(cell.metadata, CELL_METADATA))
        cell.pop("attachments", None)
    return notebook


def _only(metadata, keys):
    return {key: metadata[key] for key in keys if metadata.get(key)}


def text(notebook):
    """The exact file content of a notebook."""
    return nbformat.writes(notebook).rstrip("\n") + "\n"


class Loop(asyncio.SelectorEventLoop):
    """Leaves Ctrl-C to Python: nbclient would take it, and then fall over its own cleaning up."""

    def add_signal_handler(self, *_):
        raise NotImplementedError


def execute(notebook, folder=CHAPTERS):
    """Return a copy with every code cell run, in order, in a fresh kernel."""
    notebook = deepcopy(notebook)
    client = NotebookClient(
        notebook,
        kernel_name=KERNELSPEC["name"],
        resources={"metadata": {"path": str(folder)}},
        timeout=300,
        record_timing=False,
        coalesce_streams=True,
        extra_arguments=["--log-level=ERROR"],
    )
    with asyncio.Runner(loop_factory=Loop) as runner:
        runner.run(_executed(client))
    return notebook


async def _executed(client):
    running = asyncio.ensure_future(client.async_execute())
    try:
        await asyncio.shield(running)
    except asyncio.CancelledError:
        # A kernel that is asked to stop in the middle of a cell waits, and then complains.
        client.shutdown_kernel = "immediate"
        running.cancel()
        with suppress(asyncio.CancelledError, DeadKernelError):
            await running
        raise


def refresh(path):
    """Re-execute one chapter; return whether its file changed."""
    notebook = nbformat.read(path, as_version=4)
    fresh = normalise(execute(normalise(notebook), folder=path.parent))
    nbformat.validate(fresh)
    if text(fresh) == path.read_text(encoding="utf-8"):
        return False
    command.write(path, text(fresh))
    return True


def chosen(names):
    """The files of the named chapters, or of all of them if none is named."""
    if not names:
        return sorted(
            CHAPTERS.glob("*.ipynb"), key=lambda path: (path.stem in MADE_FROM_OTHERS, path.stem)
        )
    paths = [CHAPTERS / f"{name}.ipynb" for name in names]
    missing = [path.stem for path in paths if not path.exists()]
    if missing:
        known = ", ".join(path.stem for path in sorted(CHAPTERS.glob("*.ipynb")))
        sys.exit(f"There is no chapter {', '.join(missing)}. The chapters are: {known}.")
    return paths


def main(names):
    # Before a kernel starts: it inherits these. The order of sets may reach an output, and
    # "optimised" means without asserts.
    os.environ.setdefault("PYTHONHASHSEED", "0")
    os.environ.pop("PYTHONOPTIMIZE", None)
    failed = False
    for path in chosen(names):
        try:
            print(f"{path.stem}: {'changed' if refresh(path) else 'unchanged'}", flush=True)
        except CellExecutionError as error:
            failed = True
            print(f"{path.stem}: not written, a cell failed\n{error}", file=sys.stderr, flush=True)
    return 1 if failed else 0


if __name__ == "__main__":
    command.run(main, sys.argv[1:])
