// @ts-check
/**
 * What a derivation card does: its lines can be edited, each ✓ tells its evidence, and an edited
 * derivation has an address.
 */
/* global Dom, Live, Editor */
(() => {
  "use strict";
  const { el, copy } = Dom;

  /** What the page holds of a card as data. @param {Element} card */
  function recordOf(card) {
    const data = card.querySelector("script.record");
    return data && JSON.parse(/** @type {string} */ (data.textContent));
  }

  for (const card of document.querySelectorAll("section.card")) {
    const record = recordOf(card);
    if (record?.certificates.length === 1 && record.editable) makeEditable(card, record);
    if (record) makeTelling(card, record);
  }

  /** @param {Element} card @param {any} record */
  function makeEditable(card, record) {
    const head = /** @type {HTMLElement} */ (card.querySelector(".card-head"));
    const button = el("button", { type: "button", class: "try", "aria-expanded": "false", onclick: () => toggle(card, record, null) }, "try it");
    head.append(button);
    const slipped = slip(record.certificates[0]);
    if (card.matches(".play") && slipped) {
      head.append(el("button", { type: "button", class: "flip", onclick: () => {
        if (card.querySelector(".editing")) toggle(card, record, null);
        toggle(card, record, slipped);
      } }, "flip a sign"));
    }
  }

  /** The derivation with the last minus of its last line turned into a plus. @param {any} certificate */
  function slip({ start, steps }) {
    const lines = [{ sign: "", line: start }, ...steps.map((/** @type {any} */ x) => ({ ...x }))];
    const last = lines[lines.length - 1], at = last.line.lastIndexOf(" - ");
    if (at < 0) return null;
    last.line = `${last.line.slice(0, at)} + ${last.line.slice(at + 3)}`;
    return lines;
  }

  /** @param {Element} card @param {any} record @param {{sign: string, line: string}[] | null} lines */
  function toggle(card, record, lines) {
    const steps = /** @type {HTMLElement} */ (card.querySelector(".steps"));
    const button = /** @type {HTMLElement} */ (card.querySelector(".try"));
    let place = card.querySelector(".editing");
    const close = () => {
      place?.remove();
      card.classList.remove("is-edited", "play"); // what was seen once does not play again
      button.setAttribute("aria-expanded", "false");
      button.focus();
    };
    if (place) return close();
    place = el("div", { class: "editing" });
    steps.after(/** @type {Node} */ (place));
    card.classList.add("is-edited");
    button.setAttribute("aria-expanded", "true");
    const share = el("button", { type: "button", onclick: () => copyLink(card, editor) }, "copy link");
    const [certificate] = record.certificates;
    // Who changes a line begins at the first one; who was given a changed one sees what is said of it.
    const onjudged = () => lines && place?.querySelector(".wrong, .open")?.scrollIntoView({ block: "center" });
    const editor = Editor.open(/** @type {HTMLElement} */ (place), { certificate, symbols: record.symbols }, { onclose: close, lines, extra: [share], onjudged });
    if (!lines) editor.form.querySelector("input")?.focus({ preventScroll: true });
  }

  // ── Addresses ──────────────────────────────────────────────────────────────────────────────

  const LONGEST = 6000; // characters of an address; what is longer is not read

  /** @param {Element} card @param {any} editor */
  async function copyLink(card, editor) {
    const lines = editor.lines().map((/** @type {any} */ { sign, line }) => [sign, line]);
    const text = new URLSearchParams({ edit: card.id, lines: JSON.stringify(lines) });
    const address = `${location.href.split("#")[0]}#${text}`;
    const said = /** @type {HTMLElement} */ (card.querySelector(".said"));
    said.textContent = await copy(address);
  }

  let opened = ""; // the address whose derivation is open: to come back to it changes nothing

  /** The edited derivation of this address, opened as data: lines and signs, and nothing else. */
  function openShared() {
    if (!location.hash.startsWith("#edit=") || location.hash.length > LONGEST || location.hash === opened) return;
    const given = new URLSearchParams(location.hash.slice(1));
    const card = document.getElementById(given.get("edit") ?? "");
    const record = card?.matches("section.card") ? recordOf(card) : null;
    const lines = Editor.read(given.get("lines") ?? "");
    if (!card || !record?.editable || !lines) return;
    // What is cited stays with the lines of the page: an address cannot add to it.
    const steps = record.certificates[0].steps;
    const whole = lines.map((x, n) => (n ? { ...steps[Math.min(n, steps.length) - 1], ...x } : x));
    opened = location.hash;
    if (card.querySelector(".editing")) toggle(card, record, null);
    toggle(card, record, whole);
  }

  // ── Evidence ───────────────────────────────────────────────────────────────────────────────

  /** Each ✓ is a button that says what it rests on. @param {Element} card @param {any} record */
  function makeTelling(card, record) {
    card.querySelectorAll(".step").forEach((step, n) => {
      const mark = step.querySelector(".mark");
      if (!mark?.querySelector(".tick")) return;
      const button = el("button", { type: "button", class: "mark", "aria-expanded": "false", "aria-label": `Step ${n + 1} is proved: evidence` });
      button.append(...mark.childNodes);
      mark.replaceWith(button);
      button.addEventListener("click", () => tell(step, button, record, n));
    });
  }

  /** @param {Element} step @param {any} button @param {any} record @param {number} n */
  function tell(step, button, record, n) {
    const shown = step.querySelector(".evidence");
    button.setAttribute("aria-expanded", String(!shown));
    if (shown) return shown.remove();
    const rests = record.rests[n].length ? record.rests[n].join(", ") : "nothing else";
    const answer = el("span", { role: "status" });
    const replay = el("button", { type: "button", onclick: async () => {
      answer.textContent = "…";
      try {
        const { answer: found, took } = await Live.ask({ ask: "replay", certificates: record.certificates });
        const failed = found.find((/** @type {any} */ x) => x);
        answer.textContent = failed ? `refused: ${failed.message}` : `proved again in your browser in ${Math.max(1, Math.round(took))} ms`;
      } catch (error) {
        answer.textContent = /** @type {Error} */ (error).message;
      }
    } }, "replay now");
    const certificate = el("details", {}, el("summary", {}, "certificate"), el("pre", { tabindex: "0" }, JSON.stringify(record.certificates, null, 1)));
    step.append(el("div", { class: "evidence", role: "group", "aria-label": `Evidence for step ${n + 1}` },
      el("dl", {}, el("dt", {}, "proved"), el("dd", {}, record.holds), el("dt", {}, "uses"), el("dd", {}, rests)),
      el("p", { class: "acts" }, replay, " ", answer), certificate));
  }

  openShared();
  addEventListener("hashchange", openShared);
})();
