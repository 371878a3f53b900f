"""The code that README.md and CONTRIBUTING.md show runs, and does what the text around it says."""

import re
import runpy
import subprocess
import sys

import pytest
from notebooks import ROOT

from cebook_utils import StepError

DOCUMENTS = ("README.md", "CONTRIBUTING.md")


def text(document):
    return (ROOT / document).read_text(encoding="utf-8")


def programs(document):
    return re.findall(r"^```python\n(.*?)^```", text(document), re.DOTALL | re.MULTILINE)


@pytest.fixture
def run(tmp_path):
    def run_program(program):
        path = tmp_path / "example.py"
        path.write_text(program, encoding="utf-8")
        runpy.run_path(str(path))

    return run_program


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_examples_run(document, run):
    assert programs(document)
    for program in programs(document):
        run(program)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_an_example_with_a_wrong_sign_does_not_run(document, run):
    (program,) = programs(document)
    wrong = program.replace('"p[k] - y[k]"', '"p[k] + y[k]"')
    assert wrong != program
    with pytest.raises(StepError, match="counterexample"):
        run(wrong)


def test_without_the_fact_that_it_cites_the_last_step_is_refuted(run):
    """As README.md says below the example."""
    (program,) = programs("README.md")
    uncited = program.replace(', using="y sums to one"', "")
    assert uncited != program and "without `using=`, the last step is refuted" in text("README.md")
    with pytest.raises(StepError, match="Step 2 .* is wrong(.|\n)*counterexample"):
        run(uncited)


@pytest.mark.parametrize("document", DOCUMENTS)
def test_the_commands_that_are_named_exist(document):
    makefile = text("Makefile")
    named = set(re.findall(r"(?:^ *|`|[A-Z]+=\w+ )make ([a-z-]+)\b", text(document), re.MULTILINE))
    assert {"book", "test"} <= named
    for command in named:
        assert re.search(rf"^{command}:.*## ", makefile, re.MULTILINE), command


SCRIPTS = sorted(set(re.findall(r"\$\(BIN\)/python (tools/[a-z_]+\.py)", text("Makefile"))))


@pytest.mark.parametrize("script", SCRIPTS)
def test_a_script_that_a_command_runs_finds_what_it_needs(script):
    """Nothing that only the tests have on their path."""
    start = (
        f"import runpy, sys; sys.path[0] = 'tools'; runpy.run_path({script!r}, run_name='begun')"
    )
    ran = subprocess.run(
        [sys.executable, "-c", start], cwd=ROOT, capture_output=True, encoding="utf-8", check=False
    )
    assert ran.returncode == 0, ran.stderr
