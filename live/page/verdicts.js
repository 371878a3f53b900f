// @ts-check
/**
 * How a verdict is shown: ✓, or why not, with the counterexample as a table.
 */
/* global Dom, Numbers */
const Verdicts = (() => {
  "use strict";
  const { el, formula, mark, unseen, signed } = Dom;

  /** The mark beside a line. @param {Judged} line @param {boolean} first */
  function stamp(line, first) {
    if (line.error) return el("span", { class: "mark open" }, "…", unseen("cannot be read yet"));
    if (first) return el("span", { class: "mark" });
    if (line.right) return el("span", { class: "mark" }, mark("tick"), unseen("proved"));
    if (line.against?.counterexample) return el("span", { class: "mark" }, mark("cross"), unseen("refuted"));
    return el("span", { class: "mark open" }, "?", unseen("not proved"));
  }

  /** In words, for the live region. @param {Judged[]} lines */
  function summary(lines) {
    const unread = lines.findIndex((x) => x.error);
    if (unread >= 0) return `Line ${unread + 1} cannot be read: ${lines[unread].error?.message}`;
    const wrong = lines.findIndex((x, n) => n > 0 && !x.right);
    if (wrong < 0) return `All ${lines.length - 1} steps are proved.`;
    const { against, refused } = lines[wrong];
    if (against?.counterexample) return `Step ${wrong} is wrong: at a counterexample ${bothSides(against.counterexample)}.`;
    return `Step ${wrong} is not proved: ${against?.hole ?? refused?.message}`;
  }

  /** @param {Table} found */
  const bothSides = ({ left, right, difference }) =>
    difference ? `the sides differ by ${signed(difference)}` : `the left side is ${signed(left)}, the right side ${signed(right)}`;

  /** What stands under a line that is not proved. @param {Judged} line @param {string} text @param {Symbols} symbols */
  function details(line, text, symbols) {
    if (line.error) return place(line.error, text);
    if (line.right !== false) return null;
    const { against, refused } = line;
    if (against?.counterexample) return el("div", { class: "against" }, Numbers.offer(table(against.counterexample), { ...against, symbols }), hints(against.hints));
    const words = against?.hole ?? `Not proved, and no counterexample was found. The kernel says: ${refused?.message}.`;
    return el("p", { class: "against open" }, words);
  }

  /** The message of a line that cannot be read, with the place marked. @param {Reason} error @param {string} text */
  function place({ message, place: at }, text) {
    const line = typeof at === "number" ? [el("pre", {}, text.slice(0, at), el("mark", {}, text.slice(at, at + 1) || " "), text.slice(at + 1))] : [];
    return el("div", { class: "against open" }, message, ...line);
  }

  /** @param {Table} found */
  function table({ rows, sizes, left, right, difference }) {
    const columns = Math.max(1, ...rows.map((row) => row.values.length));
    const number = (/** @type {string} */ text, wide = 1) => el("td", { colspan: wide > 1 ? String(wide) : null }, signed(text));
    const caption = el("caption", {}, "Counterexample");
    sizes.forEach(({ html, value }, n) => caption.append(n ? ", " : " with ", formula(`${html}<mo>=</mo><mn>${Number(value)}</mn>`)));
    const body = el("tbody", {});
    for (const { html, values } of rows) {
      const wide = values.length === 1 ? columns : 1;
      body.append(el("tr", {}, el("th", { scope: "row" }, formula(html)), ...values.map((x) => number(x, wide))));
    }
    const sides = [["left side", left], ["right side", right]];
    if (difference) sides.push(["difference", difference]);
    sides.forEach(([name, value], n) => {
      body.append(el("tr", { class: n ? "sides" : "sides first" }, el("th", { scope: "row" }, name), number(value, columns)));
    });
    return el("div", { class: "counterexample" }, el("table", {}, caption, body));
  }

  /** @param {string[]} found */
  const hints = (found) => (found?.length ? el("p", { class: "hint" }, el("b", {}, "Hint"), ` ${found.join("; ")}`) : null);

  return { stamp, summary, details };
})();
