"""Make nbval strict: compare all of an output, and let no cell of a chapter go unchecked.

Out of the box nbval lets pass a changed PNG, changed metadata, a changed execution count, outputs
in another order, and any cell that was never run; and a tag or a comment in a cell switches it off.
tests/book/test_strict_nbval.py shows that each of these fails here.
"""

import os

from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile

# The kernels inherit these: the order of sets may reach an output, and "optimised" means no asserts.
os.environ["PYTHONHASHSEED"] = "0"
os.environ.pop("PYTHONOPTIMIZE", None)


def execute_in_history(kernel, source, allow_stdin=None):
    # nbval's own runs cells outside the history: counts stand still, and a trailing ";" prints.
    return kernel.kc.execute(
        source, store_history=True, allow_stdin=allow_stdin, stop_on_error=False
    )


RunningKernel.execute_cell_input = execute_in_history


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):
        collector.skip_compare = ()


def pytest_itemcollected(item):
    if isinstance(item, IPyNbCell):
        item.options.update(check=True, skip=False)
        if item.cell.execution_count is None:
            # nbval compares nothing in a cell without a count: a notebook never run would pass.
            item.cell.execution_count = 0
