// @ts-check
/**
 * A derivation whose lines can be typed: every change is judged as the typing stops.
 *
 *     Editor.open(place, derivation, options)
 *
 * `derivation` is { certificate, symbols }; it is never changed, so that reset is exact.
 */
/* global Dom, Live, Typing, Verdicts */
const Editor = (() => {
  "use strict";
  const { el, formula, copy } = Dom;

  const PAUSE = 160; // ms without a key before a line is judged
  const SIGNS = ["=", "≤", "≥", "<", ">"];
  // What a phone's keyboard has not.
  const SYMBOLS = ["Σ(i, ", "δ(i, k)", "D(", "log(", "exp(", "**", "/", "*", "[", "]", "σ("];

  /**
   * @param {HTMLElement} place where the editor stands
   * @param {{certificate: any, symbols: Record<string, string>}} derivation
   * @param {{onclose?: () => void, lines?: {sign: string, line: string}[] | null, extra?: Node[], ask?: string, symbolsOf?: () => string[], onread?: (fault: string) => void, onjudged?: () => void}} [options]
   */
  function open(place, derivation, { onclose, lines = null, extra = [], ask = "chain", symbolsOf = () => [], onread = () => {}, onjudged = () => {} } = {}) {
    const original = [{ sign: "", line: derivation.certificate.start }, ...derivation.certificate.steps];
    /** @type {{sign: string, line: string, using?: string[]}[]} */
    let rows = (lines ?? original).map((x) => ({ ...x }));
    let last = /** @type {HTMLInputElement | null} */ (null);
    let timer = 0;
    let asked = 0;

    const list = el("ol", { class: "edited" });
    const said = el("p", { class: "said", role: "status", "aria-live": "polite" });
    const tools = el("div", { class: "tools" },
      ...extra,
      el("button", { type: "button", onclick: add }, "add a line"),
      el("button", { type: "button", onclick: reset }, "reset"),
      el("button", { type: "button", onclick: copyPython }, "copy as Python"),
      onclose ? el("button", { type: "button", onclick: onclose }, "done") : null);
    // As in any toolbar, Tab leads to it once, and the arrows along it.
    const bar = el("div", { class: "symbols", role: "toolbar", "aria-label": "Symbols", onkeydown: along },
      ...[...symbolsOf(), ...SYMBOLS].map((text, n) => el("button", { type: "button", tabindex: n ? "-1" : "0", onpointerdown: keep, onclick: () => insert(text) }, text.trim())));
    const form = el("form", { class: "editor", onsubmit: (/** @type {Event} */ e) => e.preventDefault() }, list, bar, said, tools);
    place.replaceChildren(form);
    draw();
    judge();

    /** A tap on a symbol leaves the caret where it is. @param {Event} event */
    function keep(event) { event.preventDefault(); }

    /** @param {KeyboardEvent} event */
    function along({ key }) {
      const beside = key === "ArrowRight" ? "nextElementSibling" : key === "ArrowLeft" ? "previousElementSibling" : null;
      if (beside) /** @type {HTMLElement | null} */ (document.activeElement?.[beside])?.focus();
    }

    /** @param {string} text */
    function insert(text) {
      const isThere = last?.isConnected, field = isThere ? last : list.querySelector("input");
      field.focus();
      if (!isThere) field.setSelectionRange(field.value.length, field.value.length);
      field.setRangeText(text, field.selectionStart, field.selectionEnd, "end");
      field.dispatchEvent(new Event("input"));
    }

    function draw() {
      list.replaceChildren(...rows.map((row, n) => {
        const name = n ? `Line ${n + 1}` : "First line";
        const sign = n === 0 ? el("span", { class: "sign" }) : el("select", {
          class: "sign", "aria-label": `Sign before line ${n + 1}`,
          onchange: (/** @type {any} */ e) => { row.sign = e.target.value; later(n); },
        }, ...SIGNS.map((x) => el("option", { value: x, selected: x === row.sign }, x)));
        const field = el("input", {
          "aria-label": name, value: row.line, spellcheck: "false", autocomplete: "off", autocapitalize: "off", autocorrect: "off", enterkeyhint: "next",
          onfocus: (/** @type {any} */ e) => { last = e.target; },
          oninput: (/** @type {any} */ e) => { Typing.spellOut(e.target); row.line = e.target.value; later(n); },
        });
        const gone = n > 0 && rows.length > 2
          ? el("button", { type: "button", class: "gone", "aria-label": `Remove line ${n + 1}`, onclick: () => { rows.splice(n, 1); draw(); judge(); } }, "×") : null;
        return el("li", {}, el("div", { class: "typed" }, sign, field, Typing.complete(field, () => derivation.certificate.setting), gone), el("div", { class: "answer" }));
      }));
    }

    function add() {
      rows.push({ sign: "=", line: rows[rows.length - 1].line });
      draw();
      list.lastElementChild.querySelector("input").focus();
      judge();
    }

    function reset() {
      rows = original.map((x) => ({ ...x }));
      draw();
      judge();
    }

    /** No verdict stands beside what it was not about: a line is judged with the one before it. @param {number} n */
    function later(n) {
      asked += 1;
      said.textContent = "";
      forget(n);
      forget(n + 1);
      clearTimeout(timer);
      timer = setTimeout(judge, PAUSE);
    }

    /** @param {number} n */
    function forget(n) {
      const item = list.children[n];
      if (!item) return;
      mark(item, "");
      item.querySelector(".mark")?.replaceChildren();
      item.querySelector(".against")?.remove();
    }

    async function judge() {
      const mine = ++asked;
      const [first, ...rest] = rows;
      const question = {
        ask, symbols: derivation.symbols,
        certificate: { ...derivation.certificate, start: first.line, steps: rest },
      };
      try {
        const { answer } = await Live.ask(question);
        if (mine !== asked) return;
        onread(answer.error?.message ?? "");
        if (answer.error) throw new Error(answer.error.message);
        answer.lines.forEach(show);
        rows.forEach((row, n) => { row.using = answer.lines[n].uses ?? row.using; });
        said.textContent = Verdicts.summary(answer.lines);
        if (mine === 1) onjudged();
      } catch (error) {
        if (mine !== asked) return;
        rows.forEach((_, n) => forget(n));
        said.textContent = `Not checked: ${/** @type {Error} */ (error).message}.`;
      }
    }

    /** How a line stands, to see and to hear. @param {Element} item @param {string} verdict */
    function mark(item, verdict) {
      item.className = verdict;
      item.querySelector("input")?.setAttribute("aria-invalid", String(verdict !== ""));
    }

    /** @param {any} line @param {number} n */
    function show(line, n) {
      const item = list.children[n];
      mark(item, line.error || (n && line.right === false) ? (line.against?.counterexample ? "wrong" : "open") : "");
      const math = line.html ? formula(line.html, true) : "";
      const details = Verdicts.details(line, rows[n].line, derivation.symbols);
      item.querySelector(".answer").replaceChildren(
        el("div", { class: "judged" }, el("span", { class: "shown" }, math), Verdicts.stamp(line, n === 0)),
        ...(details ? [details] : []));
    }

    async function copyPython() {
      said.textContent = await copy(python(derivation.certificate, rows));
    }

    return { lines: () => rows.map((x) => ({ ...x })), form, judge };
  }

  const MOST_LINES = 40, LONGEST_LINE = 2000;

  /** The lines that an address holds, as data; null if it holds something else. @param {string} text @returns {{sign: string, line: string}[] | null} */
  function read(text) {
    try {
      const lines = JSON.parse(text);
      const fits = Array.isArray(lines) && lines.length > 1 && lines.length <= MOST_LINES && lines.every((x, n) =>
        Array.isArray(x) && x.length === 2 && (n ? SIGNS.includes(x[0]) : x[0] === "")
        && typeof x[1] === "string" && x[1].length <= LONGEST_LINE);
      return fits ? lines.map(([sign, line]) => ({ sign, line })) : null;
    } catch {
      return null;
    }
  }

  const METHODS = new Map([["=", "equals"], ["≤", "at_most"], ["≥", "at_least"], ["<", "less_than"], [">", "greater_than"]]);

  /**
   * @param {{title: string, cited: {title: string}[]}} certificate
   * @param {{sign: string, line: string, using?: string[], results?: number[], gap?: string}[]} rows
   */
  function python({ title, cited }, [first, ...rest]) {
    const quoted = (/** @type {string} */ text) => JSON.stringify(text);
    const steps = rest.map(({ sign, line, using = [], results = [], gap }) => {
      const rests = results.map((n) => `  # cites the derivation ${quoted(cited[n].title)}`).join("");
      const titles = using.length === 1 ? quoted(using[0]) : `(${using.map(quoted).join(", ")})`;
      const facts = using.length ? `, using=${titles}` : "", more = gap ? `, gap=${quoted(gap)}` : "";
      return ` .${METHODS.get(sign)}(${quoted(line)}${facts}${more})${rests}`;
    });
    return [`(Derivation(${quoted(title)}, setting)`, ` .start(${quoted(first.line)})`, ...steps, ")"].join("\n");
  }

  return { open, python, read };
})();
