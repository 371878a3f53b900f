// @ts-check
/**
 * Boxes for answers: the verdict of the kernel, what is solved, and the list of all exercises.
 */
/* global Dom, Live, Verdicts */
(() => {
  "use strict";
  const { el, formula, mark } = Dom;

  // What is solved stays in the reader's own browser.
  const KEY = "solved exercises";
  /** Lines by the names of exercises, and nothing else that somebody may have put there. @returns {Record<string, string>} */
  function solved() {
    try {
      const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
      return Object.fromEntries(Object.entries(kept ?? {}).filter(([, line]) => typeof line === "string"));
    } catch {
      return {};
    }
  }
  /** @param {Record<string, string>} answers */
  function keep(answers) {
    try {
      localStorage.setItem(KEY, JSON.stringify(answers));
    } catch {
      // A browser may keep nothing for a file: then it is solved until the page is closed.
    }
  }

  for (const box of document.querySelectorAll(".answer")) {
    const data = box.querySelector("script.record");
    if (data) take(/** @type {HTMLElement} */ (box), JSON.parse(/** @type {string} */ (data.textContent)));
  }

  /** @param {HTMLElement} box @param {any} exercise */
  function take(box, exercise) {
    const name = box.dataset.exercise ?? exercise.title;
    const before = exercise.certificate.steps.at(-1)?.line ?? exercise.certificate.start;
    const field = el("input", { "aria-label": "The next line", spellcheck: "false", autocomplete: "off", autocapitalize: "off", autocorrect: "off", value: solved()[name] ?? "", oninput: forget });
    let asked = 0;
    const verdict = el("div", { class: "verdict", role: "status", "aria-live": "polite" });
    const first = el("span", { class: "before" });
    const hint = el("button", { type: "button", onclick: nextHint }, "hint");
    const clear = el("button", { type: "button", onclick: reset }, "clear");
    const form = el("form", { onsubmit: check },
      el("label", {}, first, field), el("div", { class: "tools" }, el("button", { class: "main" }, "Check"), hint, clear), verdict);
    box.querySelector("p")?.remove();
    box.append(form);
    // The cell with the dots says to notebooks what the box says here.
    box.closest(".cell")?.querySelector(".cell_input")?.setAttribute("hidden", "");
    if (field.value) form.requestSubmit();
    show();

    async function show() {
      try {
        const { answer } = await Live.ask({ ask: "chain", symbols: exercise.symbols, certificate: { ...exercise.certificate, start: before, steps: [] } });
        const html = answer.lines[0]?.html;
        if (html) first.replaceChildren(formula(`${html}<mo>=</mo>`, true));
      } catch {
        first.textContent = `${before} = `;
      }
    }

    const given = hintsOf(exercise);
    let told = 0;
    function nextHint() {
      if (told < given.length) verdict.append(el("p", { class: "hint" }, el("b", {}, "Hint"), ` ${given[told++]}`));
      hint.hidden = told >= given.length;
      const solution = document.querySelector(`details.solution[data-exercise="${CSS.escape(name)}"]`);
      if (hint.hidden && solution) verdict.append(el("p", {}, "The next hint is the solution: ", el("a", { href: `#${solution.id}`, onclick: () => solution.setAttribute("open", "") }, "open it"), "."));
      verdict.lastElementChild?.scrollIntoView({ block: "nearest" });
    }

    /** No verdict stands beside another answer than its own. */
    function forget() {
      asked += 1;
      verdict.replaceChildren();
      told = 0;
      hint.hidden = false;
    }

    function drop() {
      const { [name]: _, ...others } = solved();
      keep(others);
    }

    function reset() {
      field.value = "";
      forget();
      drop();
      field.focus();
    }

    /** @param {Event} event */
    async function check(event) {
      event.preventDefault();
      const mine = ++asked, line = field.value.trim();
      if (!line) return verdict.replaceChildren("Write the next line first.");
      const forbidden = exercise.without.find((/** @type {string} */ word) => uses(line, word));
      if (forbidden) return verdict.replaceChildren(`Write the line without ${forbidden}.`);
      const step = { sign: "=", line, using: exercise.using, results: exercise.results.map((/** @type {any} */ _, /** @type {number} */ n) => n) };
      const certificate = { ...exercise.certificate, start: before, steps: [step], cited: exercise.results };
      try {
        const { answer } = await Live.ask({ ask: "chain", symbols: exercise.symbols, certificate });
        if (mine !== asked) return;
        if (answer.error) throw new Error(answer.error.message);
        const found = answer.lines[1];
        if (found.right) {
          keep({ ...solved(), [name]: line });
          verdict.replaceChildren(mark("tick"), el("b", {}, " Right. "), "The kernel proves it for all values and all sizes.");
          return;
        }
        if (solved()[name] === line) drop(); // it was right when the exercise was another one
        verdict.replaceChildren(found.error ? "" : el("b", {}, "Not yet."), Verdicts.details(found, line, exercise.symbols) ?? "");
      } catch (error) {
        if (mine === asked) verdict.replaceChildren(`Not checked: ${/** @type {Error} */ (error).message}.`);
      }
    }
  }

  /** @param {string} line @param {string} word */
  function uses(line, word) {
    /** @type {string[]} */ const words = line.match(/[\p{L}_][\p{L}\p{N}_]*|[^\s]/gu) ?? [];
    return words.includes(word);
  }

  /** @param {any} exercise @returns {string[]} */
  function hintsOf({ using, without, because, certificate }) {
    /** @type {string[]} */ const given = [];
    if (because) given.push(`The reason: ${because.replaceAll("$", "")}.`);
    if (using.length) given.push(`You may use that ${using.join(", and that ")}.`);
    if (without.length) given.push(`Do without ${without.join(" and ")}: put in what it stands for.`);
    const defined = certificate.setting.filter((/** @type {string[]} */ x) => x[0] === "let").slice(-2);
    if (defined.length) given.push(`Put in the definitions: ${defined.map((/** @type {string[]} */ x) => x.slice(1).join(" = ")).join("; ")}.`);
    return given;
  }

  // The page of all exercises.
  const lists = [...document.querySelectorAll(".checklist [data-exercise]")];
  if (lists.length) tick();
  function tick() {
    const answers = solved();
    let count = 0;
    for (const item of /** @type {HTMLElement[]} */ (lists)) {
      const done = (item.dataset.exercise ?? "") in answers;
      count += Number(done);
      item.querySelector(".done")?.remove();
      if (done) item.append(el("span", { class: "done" }, "solved")); // no ✓: only a proof has one
    }
    const forget = el("button", { type: "button", onclick: () => { keep({}); tick(); } }, "forget what I solved");
    document.querySelector(".progress")?.replaceChildren(
      el("p", { role: "status" }, `${count} of ${lists.length} solved`),
      el("progress", { max: String(lists.length), value: String(count), "aria-label": "solved exercises" }),
      ...(count ? [forget] : []));
  }
})();
