"""What `make test` says while it runs: a line for each file whose tests are done.

Several processes test at once, and a dot for each of thousands of tests tells nobody which chapter is
being tested, nor how many are left.
"""

from collections import Counter

import pytest


class FileByFile:
    """Replaces the dots of a distributed run; failures are reported at the end as ever."""

    def __init__(self, terminal):
        self._terminal = terminal
        self._left, self._seconds, self._failed = Counter(), Counter(), Counter()
        self._files = 0

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_node_collection_finished(self, ids):
        # Each process collects the same tests.
        self._left = Counter(map(_file, ids))
        self._files = len(self._left)

    @pytest.hookimpl(tryfirst=True)
    def pytest_report_teststatus(self, report):
        if report.when == "call" and report.outcome in ("passed", "failed"):
            return report.outcome, "", ""
        return None

    def pytest_runtest_logreport(self, report):
        file = _file(report.nodeid)
        self._seconds[file] += report.duration
        self._failed[file] += report.failed
        if report.when != "teardown":
            return
        self._left[file] -= 1
        if self._left[file] == 0:
            del self._left[file]
            verdict = f"{self._failed[file]} FAILED" if self._failed[file] else "passed"
            self._terminal.write_line(
                f"[{self._files - len(self._left)}/{self._files}] {file} {verdict},"
                f" {self._seconds[file]:.0f} s"
            )


def _file(nodeid):
    return nodeid.partition("::")[0]
