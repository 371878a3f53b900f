// @ts-check
/**
 * What helps while a line is typed: \sum and its like become what the kernel reads, and a list under
 * the field completes the names that are declared.
 *
 *     Typing.spellOut(field)           after each change
 *     Typing.complete(field, lines)    the list; `lines` gives the setting as it is now
 */
/* global Dom, Settings */
const Typing = (() => {
  "use strict";
  const { el } = Dom;

  const NAMED = new Map(Object.entries({
    sum: "Σ(", prod: "Π(", delta: "δ(", partial: "D(", log: "log(", exp: "exp(", sigma: "σ", alpha: "α", beta: "β",
    gamma: "γ", epsilon: "ε", eta: "η", theta: "θ", kappa: "κ", lambda: "λ", mu: "μ", pi: "π", tau: "τ", phi: "φ",
    omega: "ω", cdot: "*", le: "≤", ge: "≥",
  }));

  /** `\sum` and its like become what the kernel reads. @param {HTMLInputElement} field */
  function spellOut(field) {
    const at = field.selectionStart ?? field.value.length;
    const found = /\\([A-Za-z]+)([^A-Za-z])$/.exec(field.value.slice(0, at));
    const sign = found && NAMED.get(found[1]);
    if (!found || !sign) return;
    const rest = /[ (]/.test(found[2]) ? "" : found[2];
    const begin = at - found[0].length;
    field.setRangeText(sign + rest, begin, at, "end");
  }

  /** @typedef {{shown: string, text: string, names: string[]}} Choice what it looks like, what it writes, and what calls it up */

  /** `p[i]` or `max(a, b)`, by its name up to the bracket. @param {string} head @returns {Choice} */
  function choiceOf(head) {
    const [text, name] = /** @type {RegExpExecArray} */ (/^([^[(]*)[[(]?/u.exec(head));
    return { shown: head, text, names: [name, ...[...NAMED].flatMap(([word, sign]) => (sign === name || sign === text ? [word] : []))] };
  }

  const OF_THE_LANGUAGE = ["Σ(i, …)", "Π(i, …)", "δ(i, k)", "D(f, x)", "log(x)", "exp(x)", "abs(x)"].map(choiceOf);
  const MOST = 5; // choices: more would hide the page of a phone

  /** Those that begin as what is typed, with the last declared first. @param {string} typed @param {string[][]} lines */
  function choices(typed, lines) {
    const all = [...Settings.names(lines).map(choiceOf).reverse(), ...OF_THE_LANGUAGE];
    return all.filter(({ text, names }) => text !== typed && names.some((x) => x.startsWith(typed.replace("\\", "")))).slice(0, MOST);
  }

  let count = 0;

  /**
   * The list of choices for a field, to be put after it: a combobox whose list opens by itself and takes
   * nothing by itself.
   * @param {HTMLInputElement} field @param {() => string[][]} lines @returns {HTMLElement}
   */
  function complete(field, lines) {
    const list = el("ul", { class: "choices", role: "listbox", id: `choices-${++count}`, "aria-label": "Names", hidden: true, onpointerdown: (/** @type {Event} */ e) => e.preventDefault() });
    /** @type {Choice[]} */ let found = [];
    let chosen = -1;
    for (const [name, value] of Object.entries({ role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id })) field.setAttribute(name, value);
    close();
    field.addEventListener("input", offer);
    field.addEventListener("blur", close);
    field.addEventListener("keydown", (event) => {
      if (!found.length) return;
      if (event.key === "ArrowDown") choose((chosen + 1) % found.length);
      else if (event.key === "ArrowUp") choose((chosen < 1 ? found.length : chosen) - 1);
      else if (event.key === "Enter" && chosen >= 0) take(found[chosen]);
      else if (event.key === "Escape") close();
      else return;
      event.preventDefault();
    });
    return list;

    /** The word that ends at the caret. */
    function typed() {
      return /(?:\\|[\p{L}_])[\p{L}\p{N}_]*$/u.exec(field.value.slice(0, field.selectionStart ?? 0))?.[0] ?? "";
    }

    function offer() {
      const word = typed();
      show(word ? choices(word, lines()) : []);
    }

    function close() {
      show([]);
    }

    /** @param {Choice[]} given */
    function show(given) {
      found = given;
      list.replaceChildren(...found.map((x, n) => el("li", { role: "option", id: `${list.id}-${n}`, onclick: () => take(x) }, x.shown)));
      list.hidden = !found.length;
      field.setAttribute("aria-expanded", String(!list.hidden));
      choose(-1);
    }

    /** @param {number} n */
    function choose(n) {
      chosen = n;
      [...list.children].forEach((item, m) => item.setAttribute("aria-selected", String(m === n)));
      if (n < 0) field.removeAttribute("aria-activedescendant");
      else field.setAttribute("aria-activedescendant", `${list.id}-${n}`);
    }

    /** @param {Choice} choice */
    function take({ text }) {
      const end = field.selectionStart ?? 0;
      field.setRangeText(text, end - typed().length, end, "end");
      field.dispatchEvent(new Event("input"));
      close();
    }
  }

  return { spellOut, complete };
})();
