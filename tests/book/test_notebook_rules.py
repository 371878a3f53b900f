"""Each rule passes a good notebook and fails one that breaks it; test_assert_rules.py has the others."""

import assert_rules
import notebook_rules as rules
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output
from notebooks import normalise

OPENING = """# A title

:::{admonition} What you will do, learn and need
- **Do.** Derive.
- **Learn.** Why.
- **Need.** Sums.
:::
"""


def good_notebook():
    """Two cells that ran: a figure, and a step that is refuted on purpose."""
    figure = new_code_cell("draw()", execution_count=1)
    figure.outputs = [new_output("display_data", {"image/svg+xml": "<svg/>", "text/plain": "<F>"})]
    figure.metadata["mystnb"] = {
        "image": {"alt": "A falling curve."},
        "figure": {"caption": "The loss.", "name": "fig-loss"},
    }
    refuted = new_code_cell("Derivation('x', S).start('y').equals('-y')", execution_count=2)
    refuted.metadata["tags"] = ["raises-exception"]
    refuted.outputs = [new_output("error", ename="StepError", evalue="wrong", traceback=["wrong"])]
    cells = [new_markdown_cell(OPENING), figure, refuted]
    cells += [new_markdown_cell(f"{heading}\n\nText.") for heading in rules.CLOSING]
    notebook = new_notebook(cells=cells)
    notebook.metadata["myst"] = {"html_meta": {"description": "A sentence that tells " * 4}}
    return normalise(notebook)


def never_run(notebook):
    for cell in rules.code_cells(notebook):
        cell.execution_count = None
        cell.outputs = []


def run_out_of_order(notebook):
    notebook.cells[1].execution_count, notebook.cells[2].execution_count = 2, 1


def untagged_error(notebook):
    del notebook.cells[2].metadata["tags"]


def tag_without_error(notebook):
    notebook.cells[2].outputs = []


def warning(notebook):
    notebook.cells[1].outputs.append(new_output("stream", name="stderr", text="careful"))


def skip_tag(notebook):
    notebook.cells[2].metadata["tags"].append("nbval-skip")


def ignore_tag(notebook):
    notebook.cells[2].metadata["tags"].append("nbval-ignore-output")


def skip_comment(notebook):
    notebook.cells[1].source = "# NBVAL_SKIP\ndraw()"


def unknown_tag(notebook):
    notebook.cells[1].metadata["tags"] = ["remove_cell"]


def output_removed_by_a_tag(notebook):
    notebook.cells[1].metadata["tags"] = ["remove-output"]


def source_removed_by_metadata(notebook):
    notebook.cells[1].metadata["mystnb"]["remove_code_source"] = True


def hidden_refutation(notebook):
    notebook.cells[2].metadata["tags"].append("hide-input")


def derive(notebook, source):
    """Make the first cell one that shows a derivation."""
    cell = notebook.cells[1]
    cell.source, cell.metadata["mystnb"] = source, {}
    shown = {
        rules.RECORD: {"title": "Slope", "label": "eq-slope"},
        "text/markdown": "$$\nx\n$$ (eq-slope)",
        "text/latex": "$$x$$",
    }
    cell.outputs = [new_output("execute_result", shown, execution_count=1)]
    return cell


def hidden_derivation_under_another_name(notebook):
    cell = derive(notebook, "Derived('Slope', S).start('x').equals('x')")
    cell.metadata["tags"] = ["hide-input"]


def hidden_setting(notebook):
    cell = notebook.cells[1]
    cell.outputs = [new_output("execute_result", {"text/latex": "$p_i$"}, execution_count=1)]
    cell.metadata["tags"] = ["remove-input"]


def derivation_that_ends_with_a_semicolon(notebook):
    derive(notebook, "Derivation('Slope', S).start('x').equals('x');").outputs = []


def derivation_kept_in_a_variable(notebook):
    derive(notebook, "kept = D('Slope', S).start('x').at_most('x')").outputs = []


def steps_kept_in_a_variable(notebook):
    derive(notebook, "step = kept.equals\nstep('x')").outputs = []


def one_of_two_derivations_shown(notebook):
    first = "first = Derivation('Other', S).start('x').equals('x')\n"
    derive(notebook, first + "Derivation('Slope', S).start('x').equals('x')")


def derivation_stored_but_not_drawn(notebook):
    cell = derive(notebook, "kept.equals('x')")
    cell.outputs[0].data["text/markdown"] = "Nothing to see."


def no_alternative_text(notebook):
    del notebook.cells[1].metadata["mystnb"]["image"]


def blank_alternative_text(notebook):
    notebook.cells[1].metadata["mystnb"]["image"]["alt"] = " "


def no_caption(notebook):
    del notebook.cells[1].metadata["mystnb"]["figure"]["caption"]


def no_figure_name(notebook):
    del notebook.cells[1].metadata["mystnb"]["figure"]["name"]


def long_cell(notebook):
    notebook.cells[1].source = "x = 1\n" * 41


def long_cells(notebook):
    for cell in rules.code_cells(notebook):
        cell.source = "x = 1\n" * 6


def timestamps(notebook):
    notebook.cells[1].metadata["execution"] = {"iopub.execute_input": "2026-01-01T00:00:00Z"}


def another_kernel(notebook):
    notebook.metadata["kernelspec"]["name"] = "mine"


def language_version(notebook):
    notebook.metadata["language_info"] = {"name": "python", "version": "3.12.1"}


def another_cell_id(notebook):
    notebook.cells[0].id = "mine"


def no_description(notebook):
    del notebook.metadata["myst"]


def no_title(notebook):
    notebook.cells[0].source = "Text."


def no_need(notebook):
    notebook.cells[0].source = OPENING.replace("**Need.**", "Need:")


def no_exercises(notebook):
    del notebook.cells[-2]


def exercises_after_what_comes_next(notebook):
    notebook.cells[-2:] = notebook.cells[:-3:-1]


def bar_in_a_table(notebook):
    notebook.cells[-1].source += "\n\n| a | b |\n|---|---|\n| $|z|$ | large |"


def bar_in_a_table_that_a_cell_made(notebook):
    table = "| a | b |\n|---|---|\n| |z| | large |"
    notebook.cells[1].outputs.append(new_output("execute_result", {"text/markdown": table}))


def relative_tolerance_alone(notebook):
    notebook.cells[1].source = "assert np.allclose(p - y, slope, rtol=1e-13)"


def temporary_path(notebook):
    notebook.cells[1].outputs.append(new_output("stream", text="/tmp/ipykernel_7/8.py:1: careful"))


def memory_address(notebook):
    notebook.cells[1].outputs[0].data["text/plain"] = "<Axes at 0x7f1a2b3c4d5e>"


def path_in_a_traceback(notebook):
    notebook.cells[2].outputs[0].traceback = ["File /home/me/losses.py:3"]


BROKEN = [
    (rules.is_executed_in_order, never_run),
    (rules.is_executed_in_order, run_out_of_order),
    (rules.has_no_unexpected_error, untagged_error),
    (rules.has_no_unexpected_error, tag_without_error),
    (rules.has_no_warning, warning),
    (rules.is_not_exempt_from_tests, skip_tag),
    (rules.is_not_exempt_from_tests, ignore_tag),
    (rules.is_not_exempt_from_tests, skip_comment),
    (rules.has_known_tags, unknown_tag),
    (rules.has_known_tags, output_removed_by_a_tag),
    (rules.has_known_tags, source_removed_by_metadata),
    (rules.hides_no_derivation, hidden_refutation),
    (rules.hides_no_derivation, hidden_derivation_under_another_name),
    (rules.hides_no_derivation, hidden_setting),
    (rules.shows_every_derivation, derivation_that_ends_with_a_semicolon),
    (rules.shows_every_derivation, derivation_kept_in_a_variable),
    (rules.shows_every_derivation, steps_kept_in_a_variable),
    (rules.shows_every_derivation, one_of_two_derivations_shown),
    (rules.shows_every_derivation, derivation_stored_but_not_drawn),
    (rules.describes_every_image, no_alternative_text),
    (rules.describes_every_image, blank_alternative_text),
    (rules.describes_every_image, no_caption),
    (rules.describes_every_image, no_figure_name),
    (rules.has_short_cells, long_cell),
    (rules.has_short_cells, long_cells),
    (rules.is_normal, timestamps),
    (rules.is_normal, another_kernel),
    (rules.is_normal, language_version),
    (rules.is_normal, another_cell_id),
    (rules.has_a_description, no_description),
    (rules.opens_with_do_learn_need, no_title),
    (rules.opens_with_do_learn_need, no_need),
    (rules.closes_with_summary_exercises_and_next, no_exercises),
    (rules.closes_with_summary_exercises_and_next, exercises_after_what_comes_next),
    (rules.has_even_tables, bar_in_a_table),
    (rules.has_even_tables, bar_in_a_table_that_a_cell_made),
    (rules.states_both_tolerances, relative_tolerance_alone),
    (rules.prints_nothing_that_varies, temporary_path),
    (rules.prints_nothing_that_varies, memory_address),
    (rules.prints_nothing_that_varies, path_in_a_traceback),
]


def test_every_rule_is_shown_to_fail():
    assert {rule for rule, _ in BROKEN} == set(rules.RULES) - set(assert_rules.RULES)


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_good_notebook_passes(rule):
    assert list(rule(good_notebook(), "without-asserts")) == []


@pytest.mark.parametrize("rule", rules.RULES, ids=lambda rule: rule.__name__)
def test_a_shown_derivation_passes(rule):
    notebook = good_notebook()
    derive(notebook, "(Derivation('Slope', S)\n .start('x')\n .equals('y')\n .equals('x'))")
    assert list(rule(normalise(notebook), "without-asserts")) == []


@pytest.mark.parametrize(("rule", "damage"), BROKEN, ids=lambda function: function.__name__)
def test_a_broken_notebook_fails(rule, damage):
    notebook = good_notebook()
    damage(notebook)
    assert list(rule(notebook, "entropy"))


def test_a_notebook_outside_chapters_is_found(tmp_path):
    for name in ("chapters/entropy", "chapters/drafts/old", "scratch", "_build/entropy", ".x/y"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / f"{name}.ipynb").write_text("{}")
    found = " ".join(rules.outside_chapters(tmp_path))
    assert "scratch.ipynb" in found and "drafts/old.ipynb" in found
    assert "chapters/entropy" not in found and "_build" not in found and ".x" not in found
