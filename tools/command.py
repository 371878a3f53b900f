"""What the commands of this folder share: a file is written whole, and Ctrl-C ends in one line."""

import os
import sys

# What a shell reports of a command that Ctrl-C ended: 128 and the number of the signal.
INTERRUPTED = 130


def write(path, content):
    """Write a file beside its place and then put it there: a fault on the way leaves the old one.

    :param content: text, which is stored as UTF-8, or bytes
    """
    beside = path.with_name(f".{path.name}.part")
    try:
        beside.write_bytes(content.encode() if isinstance(content, str) else content)
        os.replace(beside, path)
    finally:
        beside.unlink(missing_ok=True)


def append(path, line):
    """Add a line to a file, which is whole at every moment."""
    before = path.read_text(encoding="utf-8") if path.exists() else ""
    write(path, f"{before}{line}\n")


def run(main, *arguments):
    """Exit with what `main` returns, or without a traceback when Ctrl-C ends it."""
    try:
        sys.exit(main(*arguments))
    except KeyboardInterrupt:
        print("\nInterrupted; what was written before is whole.", file=sys.stderr)
        sys.exit(INTERRUPTED)
