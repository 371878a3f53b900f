// @ts-check
/**
 * A setting as a reader types it, one declaration a line, and as the kernel reads it.
 *
 *     index i j k: C            letters that run from 1 to C; `index i: C >= 2` for at least two
 *     real z[i]                 also positive, nonnegative, unit, binary
 *     y sums to one             a fact that lines may use; so is `y is one-hot at c`
 *     let p[i] = exp(z[i]) / Σ(j, exp(z[j]))
 *     fact the mean: m = Σ(n, x[n])/N
 *     where a > 0 (a = 1)       a condition, and numbers that fulfil it
 */
const Settings = (() => {
  "use strict";

  const KINDS = ["real", "positive", "nonnegative", "unit", "binary"];

  /** The kernel's lines. @param {string} text @returns {string[][]} */
  const parse = (text) => text.split("\n").map((x) => x.trim()).filter(Boolean).flatMap(line);

  /** @param {string} text @returns {string[][]} */
  function line(text) {
    /** @type {RegExpExecArray | null} */ let found;
    if ((found = /^index\s+([^:]+?)\s*:\s*(\S+?)(?:\s*(?:>=|≥)\s*(\d+))?$/u.exec(text))) return [["index", found[1], found[2], found[3] ?? "1"]];
    if ((found = /^(real|positive|nonnegative|unit|binary)\s+(.+)$/u.exec(text))) return declared(found[1], found[2]);
    if ((found = /^(\S+)\s+sums to one$/u.exec(text))) return [["sums to one", found[1]]];
    if ((found = /^(\S+)\s+is one-hot at\s+(\S+)$/u.exec(text))) return [["one-hot", found[1], found[2]]];
    if ((found = /^(let|lemma|fold)\s+(.+?)\s*:?=\s*(.+)$/u.exec(text))) return [[found[1], found[2], found[3]]];
    if ((found = /^fact\s+(.+?)\s*:\s*(.+?)\s*=\s*(.+)$/u.exec(text))) return [["fact", found[1], found[2], found[3]]];
    if ((found = /^where\s+(.+?)\s*(!=|≠|<=|>=|≤|≥|<|>)\s*(.+?)(?:\s*\(([^()]*=.*)\))?$/u.exec(text))) {
      return [["where", found[1], found[2].replace("≠", "!=").replace("≤", "<=").replace("≥", ">="), found[3], ...pairs(found[4] ?? "")]];
    }
    return [[text]]; // the kernel says what is wrong with it
  }

  /** `real w[j] x[n, j] b`: spaces inside brackets do not part. @param {string} kind @param {string} heads @returns {string[][]} */
  const declared = (kind, heads) => (heads.match(/[^\s[]+(?:\[[^\]]*\]?)?/gu) ?? []).map((x) => [kind, x]);

  /** `a = 1, y[n] = δ(n, 1)`: names and values in turn. @param {string} text */
  function pairs(text) {
    const parts = text.split(/,(?![^[(]*[\])])/u).filter((x) => x.trim());
    return parts.flatMap((part) => {
      const [name, ...value] = part.split("=");
      return [name.trim(), value.join("=").trim()];
    });
  }

  /** As it is typed. @param {string[][]} lines */
  const print = (lines) => lines.map(([word, a, b, c, ...more]) => {
    if (word === "index") return `index ${a}: ${b}` + (c && c !== "1" ? ` >= ${c}` : "");
    if (KINDS.includes(word)) return `${word} ${a}`;
    if (word === "sums to one") return `${a} sums to one`;
    if (word === "one-hot") return `${a} is one-hot at ${b}`;
    if (word === "fact") return `fact ${a}: ${b} = ${c}`;
    if (word === "where") return `where ${a} ${b} ${c}` + (more.length ? ` (${given(more)})` : "");
    return `${word} ${a} = ${b}`;
  }).join("\n");

  /** @param {string[]} more */
  const given = (more) => more.map((x, n) => (n % 2 ? `${x}${n < more.length - 1 ? ", " : ""}` : `${x} = `)).join("");

  const quoted = (/** @type {string} */ text) => JSON.stringify(text);

  const DEFINING = ["let", "lemma", "fold"];

  /**
   * The same setting in Python, every word of the reader's as a string; null if a line is no declaration.
   * @param {string[][]} lines
   */
  function python(lines) {
    const calls = [];
    for (let n = 0; n < lines.length; n++) {
      const [word, a, b, c, ...more] = lines[n], next = lines[n + 1] ?? [];
      if (!a) return null;
      const isDistribution = (word === "nonnegative" || word === "positive") && next[0] === "sums to one" && a.startsWith(`${next[1]}[`);
      if (isDistribution) {
        calls.push(`distribution(${quoted(a)}${word === "positive" ? ", positive=True" : ""})`);
        n++;
      } else if (word === "index") calls.push(`index(${quoted(a)}, ${quoted(b)}` + (c && c !== "1" ? `, least=${Number(c)})` : ")"));
      else if (KINDS.includes(word)) calls.push(`${word}(${quoted(a)})`);
      else if (word === "one-hot") calls.push(`one_hot(${quoted(headOf(lines, a))}, at=${quoted(b)})`);
      else if (word === "fact") calls.push(`fact(${quoted(a)}, ${quoted(b + " == " + c)})`);
      else if (word === "where") calls.push(`where(${quoted([a, b, c].join(" "))}` + (more.length ? `, witness=${quoted(given(more))})` : ")"));
      else if (DEFINING.includes(word) && b) calls.push(`${word}(${quoted(a)}, ${quoted(b)})`);
      else return null;
    }
    return ["setting = (Setting()", ...calls.map((x) => `    .${x}`)].join("\n") + ")";
  }

  /** The family as it was declared. @param {string[][]} lines @param {string} name */
  const headOf = (lines, name) => lines.find((x) => KINDS.includes(x[0]) && x[1].startsWith(`${name}[`))?.[1] ?? name;

  /** What the letters of a declaration name. @param {string[][]} lines */
  const names = (lines) => lines.flatMap(([word, a]) => (a && [...KINDS, "let", "fold"].includes(word) ? [a] : []));

  return { parse, print, python, names };
})();
