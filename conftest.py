"""Make nbval strict: compare all of an output, and let no cell of a chapter go unchecked.

Pictures are compared by what they show (tools/same_picture.py), all else byte by byte.

Out of the box nbval lets pass a changed PNG, changed metadata, a changed execution count, outputs
in another order, and any cell that was never run; and a tag or a comment in a cell switches it off.
tests/book/test_strict_nbval.py shows that each of these fails here.
"""

import os
import sys
from copy import deepcopy

import progress
import pytest
import same_picture
from nbval.kernel import RunningKernel
from nbval.plugin import IPyNbCell, IPyNbFile

# The kernels inherit these: the order of sets may reach an output, and "optimised" means no asserts.
os.environ.setdefault("PYTHONHASHSEED", "0")
os.environ.pop("PYTHONOPTIMIZE", None)


@pytest.hookimpl(trylast=True)
def pytest_configure(config):
    if config.getoption("numprocesses", None):
        terminal = config.pluginmanager.get_plugin("terminalreporter")
        config.pluginmanager.register(progress.FileByFile(terminal))


def execute_in_history(kernel, source, allow_stdin=None):
    # nbval's own runs cells outside the history: counts stand still, and a trailing ";" prints.
    return kernel.kc.execute(
        source, store_history=True, allow_stdin=allow_stdin, stop_on_error=False
    )


RunningKernel.execute_cell_input = execute_in_history


compare_exactly = IPyNbCell.compare_outputs


def compare_outputs(self, test, ref, skip_compare=None):
    """nbval's own comparison, given the stored picture for each new one that shows the same."""
    test, differences = deepcopy(test), []
    for mime in same_picture.FAULTS:
        pictures = [
            [output.data for output in outputs if mime in output.get("data", ())]
            for outputs in (ref, test)
        ]
        for number, (stored, fresh) in enumerate(zip(*pictures, strict=False), 1):
            difference = same_picture.difference(mime, stored[mime], fresh[mime])
            if difference is None:
                fresh[mime] = stored[mime]
            else:
                differences.append(
                    f"{mime} {number} of the cell shows something else: {difference}"
                )
    same = compare_exactly(self, test, ref, skip_compare)
    self.comparison_traceback.extend(differences)
    return same


IPyNbCell.compare_outputs = compare_outputs


report_cell_error = IPyNbCell.repr_failure

ADVICE = """
See all of the difference:  {python} -m pytest -vv {path}
If the change was meant, store the new outputs, and read `git diff` before you commit them:
                            make notebooks CHAPTER={chapter}
"""


def repr_failure(self, excinfo):
    """nbval's report, and what to do about it."""
    path = self.nodeid.partition("::")[0]
    advice = ADVICE.format(python=sys.executable, path=path, chapter=self.path.stem)
    return f"{report_cell_error(self, excinfo)}\n{advice}"


IPyNbCell.repr_failure = repr_failure


def pytest_collectstart(collector):
    if isinstance(collector, IPyNbFile):
        collector.skip_compare = ()


def pytest_itemcollected(item):
    if isinstance(item, IPyNbCell):
        item.options.update(check=True, skip=False)
        # A cell runs in a process of its own. What is collected in this one meanwhile is not the cell's.
        item.add_marker(
            pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
        )
        if item.cell.execution_count is None:
            # nbval compares nothing in a cell without a count: a notebook never run would pass.
            item.cell.execution_count = 0
