// @ts-check
/**
 * A derivation of the reader's own: its setting as text, its lines in the editor, a link to it.
 */
/* global Dom, Live, Editor, Settings */
(() => {
  "use strict";
  const { el, copy } = Dom;
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".own"));
  if (!place) return;
  /** @type {{prelude: string[][], examples: {title: string, lines: string[][], start: string, steps: Step[]}[]}} */
  const { prelude, examples } = JSON.parse(/** @type {string} */ (place.querySelector("script.record")?.textContent));
  const LONGEST = 12000; // characters of an address; what is longer is not read

  /** @param {string} head */
  function nameOf(head) { return head.split(/[[(]/u)[0].trim(); }

  /** The reader's lines behind those words of the prelude that he does not define himself. @param {string} text */
  function linesOf(text) {
    const own = Settings.parse(text);
    const defined = new Set(own.filter((x) => x.length > 1).flatMap((x) => x[1].split(/\s+/u).map(nameOf)));
    return [...prelude.filter((x) => !defined.has(nameOf(x[1]))), ...own];
  }

  /** Without the words of the prelude. @param {string[][]} lines */
  const ownOf = (lines) => lines.filter((x) => !prelude.some((y) => JSON.stringify(x) === JSON.stringify(y)));

  const given = shared();
  const choices = given ? [given, ...examples] : examples;
  const select = el("select", { id: "own-example", onchange: () => { place.classList.add("filled"); load(choices[select.value]); } },
    ...choices.map((/** @type {any} */ x, /** @type {number} */ n) => el("option", { value: String(n) }, x.title)));
  const declared = el("textarea", { id: "own-setting", rows: "7", spellcheck: "false", autocapitalize: "off", autocorrect: "off", "aria-describedby": "own-fault", oninput: later });
  const fault = el("p", { id: "own-fault", class: "fault" });
  const lines = el("div", { class: "editing" });
  place.querySelector("p")?.remove();
  place.append(
    el("div", { class: "field" }, el("label", { for: "own-example" }, "Start from"), select),
    el("div", { class: "field" }, el("label", { for: "own-setting" }, "Setting, one declaration a line"), declared, fault),
    lines);

  /** @type {any} */ let editor = null;
  /** @type {any} */ let derivation = null;
  let timer = 0;

  /** @param {any} example */
  function load({ title, setting: text, lines: stored, start, steps }) {
    const setting = text ?? Settings.print(stored);
    declared.value = setting;
    derivation = { symbols: {}, certificate: { title, setting: linesOf(setting), cited: [], start, steps } };
    const extra = [
      el("button", { type: "button", onclick: copyLink }, "copy link"),
      el("button", { type: "button", onclick: copyLatex }, "copy as LaTeX"),
      el("button", { type: "button", onclick: copyAll }, "copy setting as Python"),
    ];
    editor = Editor.open(lines, derivation, { ask: "own", extra, onread, symbolsOf: () => Settings.names(ownOf(derivation.certificate.setting)) });
  }

  /** A fault of the setting stands under it, and of a line under the line. @param {string} message */
  function onread(message) {
    fault.textContent = message;
    declared.setAttribute("aria-invalid", String(!!message));
  }

  function later() {
    clearTimeout(timer);
    timer = setTimeout(() => {
      derivation.certificate.setting = linesOf(declared.value);
      editor.judge();
    }, 200);
  }

  /** @param {string} text */
  const say = (text) => { /** @type {HTMLElement} */ (lines.querySelector(".said")).textContent = text; };

  /** @param {string} text */
  const copyAndSay = async (text) => say(await copy(text));

  function copyLink() {
    const rows = editor.lines().map((/** @type {any} */ { sign, line }) => [sign, line]);
    const text = new URLSearchParams({ own: "1", setting: declared.value, lines: JSON.stringify(rows) });
    copyAndSay(`${location.href.split("#")[0]}#${text}`);
  }

  function copyAll() {
    const text = Settings.python(ownOf(linesOf(declared.value)));
    if (text) copyAndSay(text);
    else say("A line of the setting is no declaration.");
  }

  async function copyLatex() {
    const [first, ...steps] = editor.lines();
    try {
      const { answer } = await Live.ask({ ask: "latex", certificate: { setting: linesOf(declared.value), start: first.line, steps } });
      if (answer.error) say(`Not copied: ${answer.error.message}.`);
      else await copyAndSay(answer.tex);
    } catch (error) {
      say(`Not copied: ${/** @type {Error} */ (error).message}.`);
    }
  }

  /** What an address holds: text for the kernel's reader, and nothing else. */
  function shared() {
    if (!location.hash.startsWith("#own=") || location.hash.length > LONGEST) return null;
    const given = new URLSearchParams(location.hash.slice(1));
    const rows = Editor.read(given.get("lines") ?? "");
    if (!rows) return null;
    const [{ line: start }, ...steps] = rows;
    return { title: "A shared derivation", setting: given.get("setting") ?? "", start, steps };
  }

  load(choices[0]);
})();
