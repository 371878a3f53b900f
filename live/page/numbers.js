// @ts-check
/**
 * A counterexample whose numbers can be changed: the worker works out both sides again.
 */
/* global Dom, Live */
const Numbers = (() => {
  "use strict";
  const { el, formula, signed } = Dom;

  const PAUSE = 40; // ms without a change before the worker is asked

  /**
   * A counterexample with a button that makes its numbers fields and sliders.
   * @template {Element} T @param {T} shown @param {{claim: Claim, point: Point, symbols: Symbols}} given @returns {T}
   */
  function offer(shown, given) {
    const acts = el("p", { class: "acts" }, el("button", { type: "button", onclick: () => open(shown, acts, given) }, "change the numbers"));
    shown.append(acts);
    return shown;
  }

  /** @param {Element} shown @param {HTMLElement} acts @param {{claim: Claim, point: Point, symbols: Symbols}} given */
  function open(shown, acts, { claim, point: original, symbols }) {
    const body = /** @type {HTMLElement} */ (shown.querySelector("tbody"));
    const said = el("p", { class: "said", role: "status", "aria-live": "polite" });
    const left = el("td", {}), right = el("td", {}), difference = el("td", {});
    /** cells of what a fact says, by name @type {Map<string, HTMLElement>} */ const told = new Map();
    let point = structuredClone(original), asked = 0, timer = 0;
    acts.replaceChildren(el("button", { type: "button", onclick: start }, "reset the numbers"));
    acts.before(said);
    // A slider, as a number would call up a phone's keyboard.
    start().then(() => /** @type {HTMLElement | null} */ (body.querySelector("[type=range]"))?.focus());

    async function start() {
      point = structuredClone(original);
      const answer = await work();
      if (answer) draw(answer);
    }

    /** The sides at the present numbers, which are said. @returns {Promise<Worked | null>} */
    async function work() {
      const mine = ++asked;
      try {
        const { answer } = await Live.ask({ ask: "at", claim, point, symbols });
        if (mine !== asked) return null;
        say(answer);
        return answer;
      } catch (error) {
        if (mine === asked) said.textContent = `Not worked out: ${/** @type {Error} */ (error).message}.`;
        return null;
      }
    }

    /** No value stands beside numbers that it is not of. */
    function later() {
      asked += 1;
      for (const side of [left, right, difference]) side.textContent = "…";
      said.textContent = "";
      clearTimeout(timer);
      timer = setTimeout(work, PAUSE);
    }

    /** @param {Worked} answer */
    function say({ holds, allowed, why, free, ...sides }) {
      left.textContent = signed(sides.left || "–");
      right.textContent = signed(sides.right || "–");
      difference.textContent = signed(sides.difference || "–");
      for (const { name, value } of free) if (told.has(name)) /** @type {HTMLElement} */ (told.get(name)).textContent = written(value);
      body.classList.toggle("holds", holds !== false || !allowed);
      const stillWrong = "It is wrong all the same: one point at which it fails is enough.";
      if (!allowed) said.textContent = sides.left ? `Not among the numbers of the setting: ${why}.` : `No value: ${why}.`;
      else if (holds) said.textContent = `Here the line holds. ${stillWrong}`;
      else if (holds === null) said.textContent = `Here both sides agree, by all digits that were worked out. ${stillWrong}`;
      else said.textContent = `Here the line fails: ${claim.sign === "=" ? "its sides differ" : "its sides are not ordered so"}.`;
    }

    /** @param {Worked} answer */
    function draw({ letters, free }) {
      told.clear();
      const side = (/** @type {string} */ name, /** @type {HTMLElement} */ cell, kind = "sides") =>
        el("tr", { class: kind }, el("th", { scope: "row" }, name), cell);
      body.replaceChildren(
        ...letters.map((x) => row(x, (text) => { point.indices[x.name] = Number(text); })),
        ...free.map((x) => row(x, (text, place) => { point.values[x.name] = changed(point.values[x.name], place, text); })),
        side("left side", left, "sides first"), side("right side", right), side("difference", difference));
    }

    /** @param {Free} given @param {(text: string, place: number[]) => void} change */
    function row({ name, html, value, range }, change) {
      const cell = el("td", {});
      if (range) cell.append(el("div", { class: "numbers" }, ...entries(value).map(([place, text]) => number(name, place, text, range, change))));
      else {
        cell.textContent = written(value);
        told.set(name, cell);
      }
      return el("tr", {}, el("th", { scope: "row" }, formula(html)), cell);
    }

    /** @param {string} name @param {number[]} place @param {string} text @param {number[]} range @param {(text: string, place: number[]) => void} change */
    function number(name, place, text, [least, most, step], change) {
      const label = place.length ? `${name}[${place.map((x) => x + 1)}]` : name;
      const now = near(text);
      const field = el("input", { type: text.includes("/") ? "text" : "number", step: String(step), "aria-label": label, value: text, autocomplete: "off" });
      const slider = el("input", { type: "range", "aria-label": `${label}, slider`, min: String(Math.min(least, now)), max: String(Math.max(most, now)), step: String(step) });
      slider.value = String(now);
      const take = () => {
        change(field.value, place);
        later();
      };
      field.addEventListener("input", () => { slider.value = String(near(field.value)); take(); });
      slider.addEventListener("input", () => { field.value = slider.value; take(); });
      return el("span", { class: "number" }, field, slider);
    }
  }

  /** Each number of a family with its place. @param {Free["value"]} value @param {number[]} [place] @returns {[number[], string][]} */
  const entries = (value, place = []) => (Array.isArray(value) ? value.flatMap((x, n) => entries(x, [...place, n])) : [[place, String(value)]]);

  /** @param {any} value @param {number[]} place @param {string} text @returns {any} */
  const changed = (value, [at, ...more], text) => (at === undefined ? text : value.map((/** @type {any} */ x, /** @type {number} */ n) => (n === at ? changed(x, more, text) : x)));

  /** Where a slider stands for a number or a fraction. @param {string} text */
  function near(text) {
    const [above, below = "1"] = text.split("/");
    return Number(above) / Number(below) || 0;
  }

  /** @param {Free["value"]} value @returns {string} */
  const written = (value) => (Array.isArray(value) ? `(${value.map(written).join(", ")})` : signed(String(value)));

  // The refuted lines of the page itself.
  for (const data of document.querySelectorAll("section.card script.refuted")) {
    const shown = /** @type {Element} */ (data.closest(".card")?.querySelector(".counterexample"));
    offer(shown, JSON.parse(/** @type {string} */ (data.textContent)));
  }

  return { offer };
})();
