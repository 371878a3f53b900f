"""The page answers: a reader's line is proved or refuted in the browser, from a file and from a server."""

import ast
import gzip
import json
import re
from urllib.parse import urlencode

import barrier_checks
import page_checks
import pytest
from notebooks import CHAPTERS, ROOT
from pages import EVERY, SITE
from playwright.sync_api import expect
from visitor import DESK, PHONE, Visitor

from cebook_utils.derivation.exercise import EXERCISE
from tools import parity

LIVE = ROOT / "live"
HOME = SITE / "index.html"
TOUCH = 44  # px: what a finger needs
PATIENCE = 20_000  # ms: many tests share the machine


@pytest.fixture(params=["file:", "http:"])
def visitor(browser, served, request):
    visitor = Visitor(browser, home=request.param)
    visitor.site = SITE.as_uri() + "/" if request.param == "file:" else served
    yield visitor
    assert list(page_checks.is_quiet(visitor)) == []
    assert list(page_checks.needs_no_network(visitor)) == []
    visitor.close()


@pytest.fixture
def reader(browser):
    visitor = Visitor(browser)
    yield visitor
    assert list(page_checks.is_quiet(visitor)) == []
    visitor.close()


def said(page, words):
    expect(page.locator(".said").first).to_contain_text(words, timeout=PATIENCE)


def try_it(page):
    page.locator("section.card .try").first.click()
    said(page, "steps are proved")
    return page.locator(".edited input").last


def test_a_line_is_proved_refuted_or_pointed_at(visitor):
    page = visitor.open(visitor.site + "index.html")
    line = try_it(page)
    line.fill("y[k] - p[k]")
    said(page, "Step 4 is wrong")
    against = page.locator(".against")
    expect(against.locator(".hint")).to_contain_text("differ exactly by a sign")
    assert against.locator("tr.sides td").count() == 2 and against.locator("math").count() >= 3
    line.fill("p[k] - y[k] + 1000")
    said(page, "Step 4 is wrong")
    left, right = (
        float(x.replace("−", "-")) for x in against.locator("tr.sides td").all_inner_texts()
    )
    assert right - left == pytest.approx(1000)
    texts = against.locator("tr.sides td").all_inner_texts()
    said(page, f"the left side is {texts[0]}, the right side {texts[1]}.")  # for who hears the page
    assert line.get_attribute("aria-invalid") == "true"
    line.fill("p[k] - y[k] + 0*z[k]")
    said(page, "All 4 steps are proved")
    assert line.get_attribute("aria-invalid") == "false"
    line.fill("p[k] ^ 2")
    said(page, "write a power with two stars")
    expect(page.locator(".against mark")).to_have_text("^")
    page.get_by_role("button", name="reset").click()
    said(page, "All 4 steps are proved")
    assert line.input_value() == "p[k] - y[k]"


def test_a_line_for_the_notebook_is_told_so(reader):
    line = try_it(reader.open(HOME))
    line.fill("lim(p[k], 0, p[k] - y[k])")
    said(reader.page, "limits are SymPy's: in a notebook")
    line.fill("ln(p[k])")
    said(reader.page, "write log(…)")


def test_signs_are_spelt_out_as_they_are_typed(reader):
    line = try_it(reader.open(HOME))
    line.fill("")
    line.press_sequentially(r"p[k]*\sum(i, y[i]) - \sum(i, y[i]*\delta(i,k))")
    assert line.input_value() == "p[k]*Σ(i, y[i]) - Σ(i, y[i]*δ(i,k))"
    said(reader.page, "All 4 steps are proved")


def test_where_a_line_has_no_value_is_said(reader):
    page = reader.open(HOME)
    try_it(page).fill("p[k] - y[k] + 1/z[k] - 1/z[k]")
    said(page, "line 5 has no value at")


def changeable(place):
    """The counterexample of a card with its numbers as fields: what is said of them, and the sides."""
    place.get_by_role("button", name="change the numbers").click()
    said = place.locator(".counterexample .said")
    expect(said).to_contain_text("Here the line fails", timeout=PATIENCE)
    return said, place.locator("tr.sides td")


def test_the_numbers_of_a_counterexample_can_be_changed(visitor):
    page = visitor.open(visitor.site + "index.html")
    try_it(page).fill("y[k] - p[k]")
    said(page, "Step 4 is wrong")
    against = page.locator(".against")
    stored = against.locator("tr.sides td").all_inner_texts()
    told, sides = changeable(against)
    before = sides.all_inner_texts()
    assert before[:2] == stored and before[2] != "0"
    y1, y2, z1, z2 = (against.get_by_label(x, exact=True) for x in ("y[1]", "y[2]", "z[1]", "z[2]"))
    y1.fill("0.9")
    expect(told).to_contain_text("y does not sum to one", timeout=PATIENCE)
    y1.fill("0.5")
    y2.fill("0.5")
    z1.fill("-.5")
    expect(told).to_contain_text("Here the line fails", timeout=PATIENCE)
    assert sides.all_inner_texts() != before
    z2.fill("-0.5")
    expect(told).to_contain_text("Here both sides agree, by all digits", timeout=PATIENCE)
    assert sides.nth(2).inner_text() == "0"
    z1.fill("0")
    z2.fill("0")
    expect(told).to_contain_text("Here the line holds", timeout=PATIENCE)
    assert sides.all_inner_texts() == ["0", "0", "0"]
    y1.fill("")
    expect(told).to_contain_text("No value: y[1] has no value here", timeout=PATIENCE)
    assert sides.all_inner_texts() == ["–", "–", "–"]
    against.get_by_role("button", name="reset the numbers").click()
    expect(told).to_contain_text("Here the line fails", timeout=PATIENCE)
    assert sides.all_inner_texts() == before


def test_no_side_stands_beside_numbers_that_it_is_not_of(reader):
    page = reader.open(HOME)
    card = page.locator("section.card.no").first
    told, sides = changeable(card)
    page.evaluate("Live.ask = () => Promise.reject(new Error('it is broken')), 0")
    card.get_by_label("y[1]", exact=True).fill("0.3")
    assert sides.all_inner_texts() == ["…", "…", "…"]
    expect(told).to_contain_text("Not worked out: it is broken", timeout=PATIENCE)


def test_an_edited_line_s_numbers_move_by_keyboard_and_by_touch(browser):
    visitor = Visitor(browser, PHONE)
    page = visitor.open(HOME)
    page.get_by_role("button", name="flip a sign").click()
    said(page, "Step 4 is wrong")
    against = page.locator(".against")
    told, sides = changeable(against)
    before = sides.all_inner_texts()
    focused = page.locator(":focus")
    expect(focused).to_have_attribute("type", "range")
    name = focused.get_attribute("aria-label")
    assert name == "k, slider"
    page.keyboard.press("ArrowRight")
    expect(told).to_contain_text("Here the line fails", timeout=PATIENCE)
    assert against.get_by_label("k", exact=True).input_value() == "2"
    assert sides.all_inner_texts() != before
    twin = page.locator("section.card.no").first
    changeable(twin)
    for place in (against, twin.locator(".counterexample")):
        inputs = place.locator("input, button").all()
        assert len(inputs) > 8
        for one in inputs:
            box = one.bounding_box()
            assert min(box["width"], box["height"]) >= TOUCH
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    for check in barrier_checks.CHECKS:
        assert list(check(visitor)) == []
    assert list(page_checks.is_quiet(visitor)) == []
    visitor.close()


def test_every_refuted_line_of_the_book_is_worked_out_again(reader):
    """At the numbers that a page shows, the worker finds the values that the page shows."""
    count = 0
    for path in EVERY:
        if 'class="refuted"' in path.read_text(encoding="utf-8"):
            page = reader.open(path)
            for stored, found in page.evaluate(REWORKED):
                count += 1
                assert (found["holds"], found["allowed"], found["why"]) == (False, True, "")
                shown = [float(x.replace("−", "-")) for x in stored[:2]]
                assert [float(found["left"]), float(found["right"])] == shown
    assert count > 60


REWORKED = """Promise.all([...document.querySelectorAll("script.refuted")].map(async data => {
    const stored = [...data.closest(".card").querySelectorAll("tr.sides td")].map(x => x.textContent);
    const {answer} = await Live.ask({ask: "at", ...JSON.parse(data.textContent)}, 20000);
    return [stored, answer];
}))"""


def test_the_first_page_slips_a_sign_at_one_tap(browser):
    visitor = Visitor(browser, PHONE)
    page = visitor.open(HOME)
    page.get_by_role("button", name="flip a sign").click()
    expect(page.locator(".counterexample").first).to_be_visible(timeout=PATIENCE)
    said(page, "Step 4 is wrong")
    expect(page.locator(".counterexample").first).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.close()


def test_the_keyboard_is_enough(reader):
    page = reader.open(HOME)
    page.locator("section.card .try").first.focus()
    page.keyboard.press("Enter")
    said(page, "steps are proved")
    assert page.evaluate("document.activeElement.matches('.edited input')")
    page.locator(".edited input").last.focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("p[k] - y[k] + \\sum ")
    assert page.locator(".edited input").last.input_value().endswith("+ Σ(")
    page.get_by_role("button", name="done").focus()
    page.keyboard.press("Enter")
    assert page.locator(".editor").count() == 0
    assert page.evaluate("document.activeElement.matches('.try')")


def test_declared_names_are_completed_by_keyboard(visitor):
    page = visitor.open(visitor.site + "index.html")
    line = try_it(page)
    choices = page.get_by_role("listbox", name="Names").get_by_role("option")
    line.fill("")
    line.press_sequentially("p[k] - softp")
    assert choices.all_inner_texts() == ["softplus(t)"]
    expect(line).to_have_attribute("aria-expanded", "true")
    for check in barrier_checks.CHECKS:
        assert list(check(visitor)) == []
    page.keyboard.press("ArrowDown")
    chosen = line.get_attribute("aria-activedescendant")
    assert page.locator(f"#{chosen}[aria-selected=true]").inner_text() == "softplus(t)"
    page.keyboard.press("Enter")
    assert line.input_value() == "p[k] - softplus(" and choices.count() == 0
    expect(line).to_have_attribute("aria-expanded", "false")
    line.press_sequentially("0) + \\su")
    assert choices.all_inner_texts() == ["Σ(i, …)"]
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert line.input_value() == "p[k] - softplus(0) + Σ("
    line.press_sequentially("i, e")
    assert choices.all_inner_texts() == ["ell", "exp(x)"]
    page.keyboard.press("Enter")  # nothing is taken that was not chosen
    assert line.input_value() == "p[k] - softplus(0) + Σ(i, e"
    page.keyboard.press("Escape")
    assert choices.count() == 0
    line.press_sequentially("l")
    assert choices.all_inner_texts() == ["ell"]
    page.keyboard.press("Tab")
    assert choices.count() == 0 and line.input_value().endswith("el")


def test_names_of_ones_own_are_completed_by_touch(browser):
    visitor = Visitor(browser, PHONE)
    page = visitor.open(SITE / "chapters/check.html")
    said(page, "steps are proved")
    page.locator("#own-setting").fill("index i: C\nreal θ[i]\nlet half = 1/2")
    said(page, "cannot be read")
    line = page.locator(".own .edited input").last
    line.fill("")
    line.press_sequentially("theta")
    choices = page.get_by_role("listbox", name="Names").get_by_role("option")
    option = choices.get_by_text("θ[i]")
    assert option.bounding_box()["height"] >= TOUCH
    option.click()
    assert line.input_value() == "θ[" and choices.count() == 0
    assert page.evaluate("document.activeElement.matches('.edited input')")
    line.press_sequentially("1] + ha")
    choices.get_by_text("half").click()
    assert line.input_value() == "θ[1] + half"
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    visitor.close()


def test_an_open_editor_keeps_nobody_out(reader):
    page = reader.open(HOME)
    try_it(page).fill("y[k] - p[k]")
    said(page, "Step 4 is wrong")
    for check in barrier_checks.CHECKS:
        assert list(check(reader)) == []


@pytest.mark.parametrize("size", [DESK, PHONE], ids=["desk", "phone"])
def test_an_edited_derivation_has_an_address(browser, size):
    visitor = Visitor(browser, size)
    page = visitor.open(f"{HOME.as_uri()}#{edited(['', 'D(ell, z[k])'], ['=', 'p[k] + y[k]'])}")
    said(page, "Step 1 is wrong")
    assert page.locator(".edited input").last.input_value() == "p[k] + y[k]"
    visitor.close()


def test_an_edited_derivation_within_a_fold_is_seen(reader):
    card = "equation-eq-erratum-gradients-1-with-the-label"
    lines = edited(["", "D(ell, z[k])"], ["=", "p[k] + y[k]"], card=card)
    page = reader.open(f"{(SITE / 'chapters/errata.html').as_uri()}#{lines}")
    said(page, "Step 1 is wrong")
    assert page.locator(".proofs[open]").count() == 1


def edited(*lines, card="equation-eq-prediction-minus-label"):
    return urlencode({"edit": card, "lines": json.dumps(lines)})


HOSTILE = [
    "<img src=x onerror=alert(1)>",
    '"><script>alert(1)</script>',
    "${alert(1)}",
    "__proto__",
    "constructor",
    "((((" * 300,
    "exp(" * 400,
    "10**64**64",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_an_address_holds_data_and_never_code(reader, text):
    dialogs = []
    reader.page.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
    page = reader.open(f"{HOME.as_uri()}#{edited(['', 'D(ell, z[k])'], ['=', text])}")
    expect(page.locator(".said").first).not_to_be_empty(timeout=PATIENCE)
    assert dialogs == [] and page.locator(".editor img, .editor script").count() == 0
    assert page.locator(".edited input").last.input_value() == text
    assert "are proved" not in page.locator(".said").first.inner_text()


@pytest.mark.parametrize(
    "address",
    [
        "edit=nothing&lines=[]",
        "edit=equation-eq-prediction-minus-label&lines={",
        "edit=equation-eq-prediction-minus-label&lines=" + json.dumps([["", 1], ["=", None]]),
        "edit=text&lines=" + json.dumps([["", "z"], ["=", "z"]]),
        edited(["", "z[k]"], ["=", "z" * 7000]),
        *(
            edited(["", "z[k]"], [sign, "z[k]"])
            for sign in ("!=", "==", "→", "", "__proto__", "=≤")
        ),
        edited(["=", "z[k]"], ["=", "z[k]"]),
    ],
)
def test_an_address_that_is_none_is_passed_over(reader, address):
    page = reader.open(f"{HOME.as_uri()}#{address}")
    expect(page.locator(".badge")).to_contain_text("replayed", timeout=PATIENCE)
    assert page.locator(".editor").count() == 0


def test_a_tick_tells_its_evidence_and_is_replayed(reader):
    page = reader.open(HOME)
    tick = page.locator("section.card button.mark").last
    tick.focus()
    page.keyboard.press("Enter")
    evidence = page.locator(".evidence")
    expect(evidence).to_contain_text("y sums to one")
    expect(evidence).to_contain_text("for every C ≥ 1")
    evidence.get_by_role("button", name="replay now").click()
    expect(evidence).to_contain_text("proved again in your browser", timeout=PATIENCE)
    page.keyboard.press("Tab")
    tick.click()
    assert page.locator(".evidence").count() == 0


def test_each_tick_tells_the_evidence_of_its_own_step(reader):
    page = reader.open(SITE / "chapters/softmax-jacobian.html")
    page.locator(".proofs").evaluate_all("folds => folds.forEach(e => { e.open = true; })")
    cards = page.locator("section.card:has(script.record)").all()
    told = set()
    for card in cards:
        (record,) = records(card, "script.record")
        if len({tuple(x) for x in record["rests"]}) == 1:
            continue
        for step, rests in zip(card.locator(".step").all(), record["rests"], strict=True):
            if step.locator("button.mark").count():
                step.locator("button.mark").click()
                uses = step.locator(".evidence dd").nth(1).inner_text()
                assert uses == (", ".join(rests) or "nothing else")
                told.add(uses)
    assert len(told) > 1


def test_every_proof_of_a_page_is_replayed(visitor):
    page = visitor.open(visitor.site + "chapters/softmax-jacobian.html")
    expect(page.locator(".badge")).to_contain_text("replayed in your browser", timeout=PATIENCE)
    count = int(re.match(r"\s*(\d+) proofs", page.locator(".badge").inner_text())[1])
    records = page.eval_on_selector_all(
        "section.card script.record", "all => all.map(e => JSON.parse(e.textContent).certificates)"
    )
    assert count == sum(map(len, records)) > 10
    assert page.locator(".badge .tick").count() == 1 and page.locator(".badge .cross").count() == 0


def test_the_badge_names_a_proof_that_was_tampered_with(browser):
    visitor = Visitor(browser)
    visitor.page.route(
        "**/index.html",
        lambda route: route.fulfill(
            body=HOME.read_text(encoding="utf-8").replace(
                '"line": "p[k] - y[k]"', '"line": "p[k] + y[k]"'
            ),
            content_type="text/html; charset=utf-8",
        ),
    )
    page = visitor.open(HOME)
    expect(page.locator(".badge")).to_contain_text("Prediction minus label", timeout=PATIENCE)
    assert "refused" in page.locator(".badge").inner_text()
    assert page.locator(".badge .tick").count() == 0 and page.locator(".badge .cross").count() == 1
    page.locator("section.card button.mark").last.click()
    page.get_by_role("button", name="replay now").click()
    expect(page.locator(".evidence")).to_contain_text("refused: ", timeout=PATIENCE)
    assert "proved again" not in page.locator(".evidence").inner_text()
    visitor.close()


def test_an_exercise_is_solved_kept_and_cleared(visitor):
    address = visitor.site + "chapters/categorical-cross-entropy.html"
    page = visitor.open(address)
    box = page.locator(".answer").first
    answer = solution_of(page, box)
    box.locator("input").fill(f"{answer} + 1")
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".verdict")).to_contain_text("Not yet.", timeout=PATIENCE)
    assert box.locator(".verdict .counterexample").count() == 1
    assert box.locator(".verdict .tick").count() == 0
    assert page.evaluate("localStorage.getItem('solved exercises')") in (None, "{}")
    box.locator("input").fill(answer)
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".verdict")).to_contain_text("Right.", timeout=PATIENCE)
    page.reload()
    expect(page.locator(".answer .verdict").first).to_contain_text("Right.", timeout=PATIENCE)
    page.goto(visitor.site + "chapters/exercises.html")
    expect(page.locator(".progress")).to_contain_text("1 of")
    page.get_by_role("button", name="forget what I solved").click()
    expect(page.locator(".progress")).to_contain_text("0 of")


def solution_of(page, box):
    """The answer that the notebook checks: the line in the solution's own call of check."""
    name = box.get_attribute("data-exercise")
    solution = page.locator(f"details.solution[data-exercise='{name}']").first
    return re.search(r'check\(\s*"([^"]+)"', solution.locator("pre").first.text_content())[1]


def test_hints_come_one_at_a_time(reader):
    page = reader.open(SITE / "chapters/categorical-cross-entropy.html")
    box = page.locator(".answer").first
    box.get_by_role("button", name="hint").click()
    assert box.locator(".hint").count() == 1


def test_a_reader_checks_his_own(visitor):
    page = visitor.open(visitor.site + "chapters/check.html")
    said(page, "steps are proved")
    page.locator("#own-setting").fill("real z\nlet p = σ(z)")
    lines = page.locator(".own .edited input")
    while lines.count() > 2:
        page.locator(".own .gone").last.click()
    lines.first.fill("D(p, z)")
    lines.last.fill("p*(1 - p)")
    said(page, "All 1 steps are proved")
    lines.last.fill("p*(1 + p)")
    said(page, "Step 1 is wrong")
    page.locator("#own-setting").fill("real z\nlet p = σ(w)")
    said(page, "there is no name 'w'")


def test_every_example_to_start_from_is_proved(reader):
    page = reader.open(SITE / "chapters/check.html")
    for value in range(page.locator("#own-example option").count()):
        page.select_option("#own-example", str(value))
        said(page, "steps are proved")
    assert value >= 12


def test_a_derivation_of_ones_own_has_an_address(reader):
    lines = json.dumps([["", "z + w"], ["=", "w + z"]])
    given = urlencode({"own": "1", "setting": "real z\nreal w", "lines": lines})
    page = reader.open(f"{(SITE / 'chapters/check.html').as_uri()}#{given}")
    said(page, "All 1 steps are proved")
    assert page.locator("#own-setting").input_value() == "real z\nreal w"


@pytest.mark.parametrize(
    "line",
    [
        'real("a"), __import__("os").system("id")) #',
        "real",
        "let p",
        "import os",
        'let p") or print("x = z',
    ],
)
def test_a_setting_is_copied_as_python_without_running_anything(reader, line):
    """What a shared setting says is a string of the copied program, or is not copied."""
    given = urlencode(
        {"own": "1", "setting": f"real z\n{line}", "lines": '[["", "z"], ["=", "z"]]'}
    )
    page = reader.open(f"{(SITE / 'chapters/check.html').as_uri()}#{given}")
    page.evaluate("navigator.clipboard.writeText = x => (window.copied = x, Promise.resolve())")
    page.get_by_role("button", name="copy setting as Python").click()
    copied = page.evaluate("window.copied ?? ''")
    if not copied:
        said(page, "no declaration")
        return
    calls = [node for node in ast.walk(ast.parse(copied)) if isinstance(node, ast.Call)]
    assert all(isinstance(x.func, ast.Attribute) or x.func.id == "Setting" for x in calls)
    assert all(isinstance(x, ast.Constant) for call in calls for x in call.args)


def test_every_exercise_of_the_book_is_listed(reader):
    page = reader.open(SITE / "chapters/exercises.html")
    listed = page.locator(".checklist a").all()
    stored = [
        "".join(cell["source"])
        for path in CHAPTERS.glob("*.ipynb")
        for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]
        for output in cell.get("outputs", ())
        if EXERCISE in output.get("data", ())
    ]
    # One asks for more than a line (which step is wrong), and one stands in no exercise.
    more = [x for x in stored if "wrong = 1" in x]
    alone = [x for x in stored if "Slope of the squared hinge loss" in x]
    assert len(more) == len(alone) == 1
    assert len(listed) == len(stored) - len(more) - len(alone) > 15
    assert len({link.inner_text() for link in listed}) == len(listed)
    for link in listed:
        name, _, place = link.get_attribute("href").partition("#")
        file = (SITE / "chapters" / name).resolve()
        assert f'id="{place}"' in file.read_text(encoding="utf-8")


def test_the_sceptic_replays_and_tampers(reader):
    page = reader.open(SITE / "chapters/replay.html")
    text = page.locator("#sceptic-text")
    expect(text).to_have_value(re.compile("certificate|start"), timeout=PATIENCE)
    verdict = page.locator(".sceptic .verdict")
    page.get_by_role("button", name="Replay this text").click()
    expect(verdict).to_contain_text("Every step of this text is proved", timeout=PATIENCE)
    certificate = json.loads(text.input_value())
    certificate["steps"][-1]["line"] += " + 1"
    text.fill(json.dumps(certificate))
    page.get_by_role("button", name="Replay this text").click()
    expect(verdict).to_contain_text("Refused", timeout=PATIENCE)


def test_the_sceptic_replays_the_whole_book(reader):
    page = reader.open(SITE / "chapters/replay.html")
    page.get_by_role("button", name="Replay every proof").click()
    said = page.locator(".sceptic [role=status]").first
    expect(said).to_contain_text("each judged again by your browser", timeout=6 * PATIENCE)
    count = len(list(parity.of_the_book()))
    assert said.inner_text().strip().startswith(f"{count} proofs") and count > 100
    assert page.locator(".sceptic progress").evaluate("bar => bar.value") == count


def test_the_sceptic_is_told_which_proof_was_refused(browser):
    visitor = Visitor(browser)
    proofs = (SITE / "_static/proofs.js").read_text(encoding="utf-8")
    body = proofs.replace('"line": "p[k] - y[k]"', '"line": "p[k] + y[k]"', 1)
    visitor.page.route("**/proofs.js", lambda route: route.fulfill(body=body))
    page = visitor.open(SITE / "chapters/replay.html")
    page.get_by_role("button", name="Replay every proof").click()
    said = page.locator(".sceptic [role=status]").first
    expect(said).to_contain_text("proofs were refused", timeout=6 * PATIENCE)
    count = int(re.match(r"\s*(\d+) of", said.inner_text())[1])
    assert page.locator(".sceptic li").count() == count >= 1
    assert said.locator(".cross").count() == 1 and said.locator(".tick").count() == 0
    visitor.close()


def test_without_scripts_nothing_is_promised(browser):
    visitor = Visitor(browser, scripts=False)
    for name in ("index.html", "chapters/check.html", "chapters/replay.html"):
        page = visitor.open(SITE / name)
        assert page.locator(".try, button.mark, .answer form").count() == 0
        assert page.locator(".badge").inner_text().strip() == ""
    visitor.close()


def test_a_question_that_takes_too_long_is_given_up(reader):
    page = reader.open(HOME)
    why = page.evaluate(
        """() => {
            const record = JSON.parse(document.querySelector("script.record").textContent);
            const certificates = Array(3000).fill(record.certificates[0]);
            return Live.ask({ask: "replay", certificates}, 5).then(() => "answered", e => e.message);
        }"""
    )
    assert "split it into smaller steps" in why
    said_then = page.evaluate(
        'Live.ask({ask: "replay", certificates: []}, 20000).then(x => x.answer.length)'
    )
    assert said_then == 0  # by a new worker


MOST_BYTES = 60_000  # of all scripts of live/, compressed, more than any one page asks for


def test_what_answers_is_small():
    files = [SITE / "_static/live-program.js"]
    files += [SITE / "_static" / script.name for script in (LIVE / "page").glob("*.js")]
    assert len(files) > 10
    assert sum(len(gzip.compress(file.read_bytes())) for file in files) <= MOST_BYTES


# What a reader who attacked the page found; each was so once.


def test_a_symbol_goes_where_it_is_seen(reader):
    page = reader.open(HOME)
    try_it(page).fill("p[k] - y[k")
    said(page, "cannot be read")
    page.locator(".gone").first.click()
    page.get_by_role("button", name="]", exact=True).click()
    first, *_, last = page.locator(".edited input").all()
    assert last.input_value() == "p[k] - y[k" and first.input_value() == "D(ell, z[k])]"
    said(page, "cannot be read")


def test_no_verdict_stands_beside_a_line_that_it_was_not_about(reader):
    page = reader.open(HOME)
    line = try_it(page)
    marks = page.locator(".edited .mark .tick")
    assert marks.count() == 4
    held = page.evaluate("Live.ask = () => new Promise(() => {}), 0")
    line.fill("p[k] + y[k]")
    assert page.locator(".said").first.inner_text() == ""
    assert held == 0 and marks.count() == 3  # the other steps were judged as they stand
    page.locator(".edited input").nth(1).fill("z[k]")  # with the line after it, two verdicts go
    assert marks.count() == 1


def test_where_nothing_can_be_asked_no_tick_is_left(reader):
    page = reader.open(HOME)
    line = try_it(page)
    page.evaluate("Live.ask = () => Promise.reject(new Error('it is broken')), 0")
    line.fill("p[k] + y[k]")
    said(page, "Not checked: it is broken")
    assert page.locator(".edited .mark .tick").count() == 0


def test_an_answer_is_right_only_as_long_as_it_stands(reader):
    page = reader.open(SITE / "chapters/categorical-cross-entropy.html")
    box = page.locator(".answer").first
    box.locator("input").fill(solution_of(page, box))
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".verdict")).to_contain_text("Right.", timeout=PATIENCE)
    box.locator("input").fill("12345")
    assert box.locator(".verdict").inner_text() == ""


@pytest.mark.parametrize("kept", ["null", "5", '"x"', "[1]", '{"ex-intro-slope": {"a": 1}}', "{"])
def test_what_a_browser_keeps_is_data(reader, kept):
    page = reader.open(HOME)
    page.evaluate("kept => localStorage.setItem('solved exercises', kept)", kept)
    page.reload()
    assert page.locator(".answer input").input_value() == ""
    page.goto((SITE / "chapters/exercises.html").as_uri())
    expect(page.locator(".progress")).to_contain_text("0 of")


def test_a_kept_answer_that_is_wrong_is_forgotten(reader):
    page = reader.open(HOME)
    page.evaluate(
        """localStorage.setItem("solved exercises", '{"ex-intro-slope": "p[k] + y[k]"}')"""
    )
    page.reload()
    expect(page.locator(".answer .verdict")).to_contain_text("Not yet", timeout=PATIENCE)
    assert page.evaluate("localStorage.getItem('solved exercises')") == "{}"


def test_a_page_that_is_printed_while_it_is_edited_shows_its_lines(reader):
    page = reader.open(HOME)
    try_it(page)
    page.emulate_media(media="print")
    assert page.locator("section.card .steps").first.is_visible()
    assert not page.locator(".editor").is_visible()


def test_back_to_a_shared_link_keeps_what_was_edited(reader):
    page = reader.open(f"{HOME.as_uri()}#{edited(['', 'D(ell, z[k])'], ['=', 'p[k] + y[k]'])}")
    said(page, "Step 1 is wrong")
    line = page.locator(".edited input").last
    line.fill("p[k] + y[k] + 1")
    page.evaluate("location.hash = '#text'")
    page.go_back()
    assert line.input_value() == "p[k] + y[k] + 1"


def test_without_a_clipboard_the_text_is_shown(reader):
    page = reader.open(HOME)
    try_it(page)
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    page.get_by_role("button", name="copy as Python").click()
    said(page, "Copy it by hand")
    said(page, 'using="y sums to one"')
    page.get_by_role("button", name="copy link").click()
    said(page, "#edit=")


@pytest.mark.parametrize(
    "program", ["throw new Error('old')", "const x = ;", "onmessage = () => x"]
)
def test_a_checker_that_cannot_run_says_so_at_once(browser, program):
    visitor = Visitor(browser)
    body = f"window.LIVE_PROGRAM = {json.dumps(program)};"
    visitor.page.route("**/live-program.js", lambda route: route.fulfill(body=body))
    page = visitor.open(SITE / "chapters/glossary.html")
    asked = 'Live.ask({ask: "replay", certificates: []}, 20000).then(() => "", e => e.message)'
    assert "could not be started" in page.evaluate(asked)
    visitor.close()


def test_a_question_that_the_checker_stumbles_over_is_answered(reader):
    page = reader.open(SITE / "chapters/glossary.html")
    asked = 'Live.ask({ask: "chain", certificate: null}).then(() => "", e => e.message)'
    assert "the checker failed" in page.evaluate(asked)


def test_a_copied_derivation_of_ones_own_names_its_facts(reader):
    page = reader.open(SITE / "chapters/check.html")
    said(page, "steps are proved")
    page.evaluate("navigator.clipboard.writeText = x => (window.copied = x, Promise.resolve())")
    page.get_by_role("button", name="copy as Python").click()
    said(page, "Copied")
    assert 'using="y sums to one"' in page.evaluate("window.copied")


def test_a_fault_of_a_setting_stands_under_the_setting(reader):
    page = reader.open(SITE / "chapters/check.html")
    said(page, "steps are proved")
    setting, fault = page.locator("#own-setting"), page.locator("#own-fault")
    whole = setting.input_value()
    setting.fill("index i j k: C\nreal z[i")
    expect(fault).to_contain_text("z[i")  # the head as it stands, not what is left of it
    assert setting.get_attribute("aria-invalid") == "true"
    under = fault.bounding_box()["y"] - page.locator("#own-setting").bounding_box()["y"]
    assert under < setting.bounding_box()["height"] + 10
    setting.fill(whole)
    said(page, "steps are proved")
    expect(fault).to_be_empty()
    assert setting.get_attribute("aria-invalid") == "false"


def test_a_short_example_leaves_no_empty_room(reader):
    page = reader.open(SITE / "chapters/check.html")
    page.locator("#own-example").select_option(label="Attention backward")
    said(page, "All 2 steps are proved")
    bottom = "e => e.getBoundingClientRect().bottom"
    room = page.locator(".own").evaluate(bottom) - page.locator(".own .tools").evaluate(bottom)
    assert room < 40


def test_ticks_that_were_seen_do_not_play_again(reader):
    page = reader.open(HOME)
    card = page.locator(".card.play").first
    name = card.get_attribute("id")
    try_it(page)
    page.get_by_role("button", name="done").click()
    drawn = f"#{name} .tick path"
    expect(page.locator(drawn).last).to_be_visible()
    assert page.locator(drawn).evaluate_all("x => x.every(y => !y.getAnimations().length)")


def test_a_hint_comes_where_it_is_seen(reader):
    page = reader.open(HOME)
    page.set_viewport_size({"width": 375, "height": 600})
    page.locator(".answer input").first.fill("p[k] - y[k]")
    page.locator(".answer .main").first.click()
    expect(page.locator(".answer .against").first).to_be_visible()
    page.locator(".answer button", has_text="hint").first.click()
    expect(page.locator(".answer .verdict > .hint").first).to_be_in_viewport()


def test_a_text_that_is_no_certificate_is_called_so(reader):
    page = reader.open(SITE / "chapters/replay.html")
    page.locator("#sceptic-text").fill("{")
    page.get_by_role("button", name="Replay this text").click()
    expect(page.locator(".sceptic .verdict")).to_contain_text("this is no JSON")


# Breakages that no test noticed, each of them put into a script once.

COPY = "navigator.clipboard.writeText = x => (window.copied = x, Promise.resolve())"


def copied_link(page):
    page.evaluate(COPY)
    page.get_by_role("button", name="copy link").click()
    said(page, "Copied")
    return page.evaluate("window.copied")


def test_a_sign_is_judged_and_goes_with_the_link(reader):
    page = reader.open(HOME)
    try_it(page)
    page.get_by_label("Sign before line 5").select_option("<")
    said(page, "Step 4 is wrong")
    link = copied_link(page)
    page = reader.open(HOME)  # to change the part behind # alone would load nothing
    page = reader.open(link)
    said(page, "Step 4 is wrong")
    assert page.get_by_label("Sign before line 5").input_value() == "<"


def test_a_sign_of_ones_own_goes_with_the_link(reader):
    lines = json.dumps([["", "z"], ["≤", "z + 1"]])
    address = f"{(SITE / 'chapters/check.html').as_uri()}#"
    page = reader.open(address + urlencode({"own": "1", "setting": "real z", "lines": lines}))
    said(page, "All 1 steps are proved")
    link = copied_link(page)
    reader.open(HOME)
    page = reader.open(link)
    said(page, "All 1 steps are proved")
    assert page.get_by_label("Sign before line 2").input_value() == "≤"


# The next answer about lines comes when it is released, and not before.
HELD = """() => {
    const ask = Live.ask;
    window.held = new Promise(held => {
        Live.ask = question => {
            if (question.ask !== "chain") return ask(question);
            Live.ask = ask;
            held();
            const answer = ask(question);
            return new Promise(done => { window.release = () => answer.then(done); });
        };
    });
    return 0;
}"""


def test_an_answer_that_comes_late_is_not_shown(reader):
    page = reader.open(HOME)
    line = try_it(page)
    page.evaluate(HELD)
    line.fill("p[k] + y[k]")
    page.evaluate("window.held")
    line.fill("p[k] - y[k] + 0")
    said(page, "All 4 steps are proved")
    page.evaluate("window.release().then(() => 0)")
    said(page, "All 4 steps are proved")
    assert page.locator(".edited .mark .tick").count() == 4


def test_a_verdict_that_comes_late_is_not_shown(reader):
    page = reader.open(SITE / "chapters/categorical-cross-entropy.html")
    box = page.locator(".answer").first
    answer = solution_of(page, box)
    page.evaluate(HELD)
    box.locator("input").fill(answer)
    box.get_by_role("button", name="Check").click()
    page.evaluate("window.held")
    box.locator("input").fill(f"{answer} + 1")
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".verdict")).to_contain_text("Not yet", timeout=PATIENCE)
    page.evaluate("window.release().then(() => 0)")
    assert "Right" not in box.locator(".verdict").inner_text()
    assert page.evaluate("localStorage.getItem('solved exercises')") in (None, "{}")


def judged(page, ask, record, **changes):
    certificate = record["certificates"][0] | changes
    question = {"ask": ask, "certificate": certificate, "symbols": {}}
    answer = page.evaluate("question => Live.ask(question, 20000)", question)["answer"]
    assert answer["error"] is None
    return [line["right"] for line in answer["lines"][1:]]


def records(page, selector="section.card script.record"):
    texts = page.locator(selector).all_text_contents()
    return [json.loads(text) for text in texts]


def test_only_ones_own_lines_use_what_is_not_cited(reader):
    page = reader.open(HOME)
    record = records(page)[0]
    steps = record["certificates"][0]["steps"]
    assert judged(page, "chain", record) == [True] * 4
    bare = [{key: x[key] for key in ("sign", "line")} for x in steps]
    assert judged(page, "chain", record, steps=bare) == [True, True, True, False]
    assert judged(page, "own", record, steps=bare) == [True] * 4


def test_a_gap_proves_no_other_line(reader):
    page = reader.open(SITE / "chapters/entropy.html")
    record = next(
        x for x in records(page) if x["editable"] and "gap" in json.dumps(x["certificates"])
    )
    steps = record["certificates"][0]["steps"]
    assert judged(page, "chain", record) == [True] * len(steps)
    at = next(n for n, x in enumerate(steps) if "gap" in x)
    by = {"≤": "- 10**9", "<": "- 10**9", "≥": "+ 10**9", ">": "+ 10**9"}[steps[at]["sign"]]
    other = steps[at] | {"line": f"{steps[at]['line']} {by}"}
    assert judged(page, "chain", record, steps=[*steps[:at], other]) == [True] * at + [False]


def test_an_answer_does_without_what_it_has_to_do_without(reader):
    path = next(x for x in EVERY if '"without": ["' in x.read_text(encoding="utf-8"))
    page = reader.open(path)
    boxes = page.locator(".answer").all()
    box = next(x for x in boxes if records(x, "script.record")[0]["without"])
    word = records(box, "script.record")[0]["without"][0]
    box.locator("input").fill(f"{word} + 1")
    box.get_by_role("button", name="Check").click()
    expect(box.locator(".verdict")).to_have_text(f"Write the line without {word}.")
