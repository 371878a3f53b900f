// @ts-check
/**
 * What the page asks of the kernel, away from its main thread: one message, one answer.
 *
 *     { ask: "replay", certificates }             is each of them proved?
 *     { ask: "chain", certificate, symbols }      the lines of an edited derivation, each with its verdict
 *     { ask: "own", certificate, symbols }        the same, where a line may use every fact of the setting
 *     { ask: "latex", certificate }               the lines in LaTeX
 *     { ask: "at", claim, point, symbols }        both sides of a refuted line at a reader's own numbers
 *
 * Everything in a message is data that the kernel's own reader reads; nothing of it is ever run.
 */
/* global Kernel, Refuter, Printer */
(() => {
  "use strict";

  /** The classes of refusals for which numbers may tell more. */
  const SEARCHED = new Set(["not proved", "not ordered", "wrong gap", "no value", "no derivative", "beyond the rules", "too much work"]);

  /** @param {Certificate[]} certificates */
  function replay(certificates) {
    return certificates.map((certificate) => reason(Kernel.verdict(() => Kernel.replay(certificate))));
  }

  /** @param {ReturnType<typeof Kernel.verdict>} refused @returns {Reason | null} */
  const reason = (refused) => refused && { kind: refused.kind, message: refused.message, place: refused.place };

  /**
   * What some work gives, or why it was refused.
   * @template T @param {() => T} work @returns {{value: T, error: null} | {value: null, error: Reason}}
   */
  function attempt(work) {
    /** @type {{value: T} | null} */ let done = null;
    const error = reason(Kernel.verdict(() => { done = { value: work() }; }));
    return error ? { value: null, error } : { .../** @type {{value: T}} */ (/** @type {unknown} */ (done)), error };
  }

  /** The formula of a line, or why it cannot be read. @param {Setting} setting @param {string} line @param {Symbols} symbols @returns {Judged} */
  function shown(setting, line, symbols) {
    const { value, error } = attempt(() => Printer.mathml(Kernel.read(setting, line), setting, symbols));
    return { html: value, error };
  }

  /** The verdict on every line, each against the line before it. @param {Certificate} certificate @param {Symbols} symbols @returns {{error: Reason | null, lines: Judged[]}} */
  function chain({ setting: lines, cited, start, steps }, symbols, isOwn = false) {
    const { value, error } = attempt(() => ground(lines, cited, symbols));
    if (error) return { error, lines: [] };
    const { setting, results, judged } = value;
    const answers = steps.map((step, n) => {
      const before = n ? steps[n - 1].line : start, text = JSON.stringify([n, before, step, isOwn]);
      const answer = judged.get(text) ?? stepped(setting, before, step, results, symbols, n + 1, isOwn);
      judged.set(text, answer);
      return answer;
    });
    return { error: null, lines: [shown(setting, start, symbols), ...answers] };
  }

  /**
   * The formula of a step and the verdict on it.
   * @param {Setting} setting @param {string} before @param {Step} step @param {Chain[]} results @param {Symbols} symbols
   * @param {number} number @param {boolean} isOwn @returns {Judged}
   */
  function stepped(setting, before, step, results, symbols, number, isOwn) {
    const line = shown(setting, step.line, symbols);
    if (line.error) return line;
    const [given, refused] = asNeeded(setting, before, step, results, isOwn);
    const verdict = refused ? refusal(refused, setting, before, given, results, symbols, number) : { right: true };
    return { ...line, uses: given.using ?? [], ...verdict };
  }

  /** @typedef {{setting: Setting, results: Chain[], judged: Map<string, Judged>}} Ground */
  /** What was read last. @type {{text: string, ground: Ground} | null} */ let last = null;

  /**
   * The setting, what is cited, and the steps judged so far: while a line is typed, only the two steps that it touches are
   * judged anew.
   * @param {string[][]} lines @param {Certificate[]} cited @param {Symbols} symbols @returns {Ground}
   */
  function ground(lines, cited, symbols) {
    const text = JSON.stringify([lines, cited, symbols]);
    if (last?.text !== text) last = { text, ground: { setting: Kernel.setting(lines), results: cited.map(Kernel.replay), judged: new Map() } };
    return last.ground;
  }

  /**
   * The step as it is proved, or as it is given, with its refusal. A gap fits the line of its author: an edited line does
   * without. A reader's own lines may use every fact of his setting.
   * @param {Setting} setting @param {string} before @param {Step} step @param {Chain[]} results @param {boolean} isOwn
   * @returns {[Step, ReturnType<typeof Kernel.verdict>]}
   */
  function asNeeded(setting, before, step, results, isOwn) {
    const { gap, ...plain } = step;
    const ways = [step, ...(gap ? [plain] : []), ...(isOwn ? [{ ...plain, using: [...setting.facts.keys()] }] : [])];
    let refused = null;
    for (const way of ways) {
      refused = Kernel.verdict(() => judge(setting, before, way, results));
      if (!refused) return [way, null];
    }
    return [ways[ways.length - 1], refused];
  }

  /** @param {Setting} setting @param {string} before @param {Step} step @param {Chain[]} results */
  const judge = (setting, before, step, results) =>
    Kernel.judge(setting, before, { ...step, results: (step.results ?? []).map((n) => results[n]) });

  /** @param {Certificate} certificate */
  function latex({ setting: lines, start, steps }) {
    const setting = Kernel.setting(lines);
    const tex = (/** @type {string} */ line) => Printer.latex(Kernel.read(setting, line), setting);
    /** @type {Record<string, string>} */ const signs = { "=": "=", "≤": "\\le", "≥": "\\ge", "<": "<", ">": ">" };
    const rows = steps.map(({ sign, line }) => `&${signs[sign]} ${tex(line)}`);
    return `\\begin{aligned}\n${tex(start)} ${rows.join(" \\\\\n")}\n\\end{aligned}`;
  }

  /**
   * What is said of a step that the kernel refused.
   * @param {NonNullable<ReturnType<typeof Kernel.verdict>>} refused @param {Setting} setting @param {string} before
   * @param {Step} step @param {Chain[]} results @param {Symbols} symbols @param {number} number
   */
  function refusal(refused, setting, before, step, results, symbols, number) {
    const cited = (step.results ?? []).map((n) => results[n]);
    const using = [...(step.using ?? []), ...cited.flatMap((x) => x.facts)];
    const claim = { setting, left: before, sign: step.sign, right: step.line, using, point: step.point ?? [] };
    // What is refused for its form is not looked into.
    const against = SEARCHED.has(refused.kind) ? attempt(() => search(claim, symbols, number)).value : null;
    return { right: false, refused: reason(refused), against };
  }

  /** A counterexample, or where a line has no value. @param {Omit<Claim, "setting"> & {setting: Setting}} claim @param {Symbols} symbols @param {number} number @returns {Against | null} */
  function search(claim, symbols, number) {
    const found = Refuter.refute(Kernel, claim);
    if (found) {
      const { hints, sizes, indices, values } = found;
      return { counterexample: table(claim.setting, found, symbols), hints, claim: { ...claim, setting: claim.setting.lines }, point: { sizes, indices, values } };
    }
    for (const [side, line] of /** @type {["left" | "right", number][]} */ ([["left", number], ["right", number + 1]])) {
      const hole = Refuter.hole(Kernel, claim, side);
      if (hole) return { hole: Refuter.describe(line, hole, Printer.text) };
    }
    return null;
  }

  /** A name as a counterexample speaks of it: a family as a whole, or one of its entries. @param {Setting} setting @param {Symbols} symbols */
  const namer = (setting, symbols) => (/** @type {string} */ name) => {
    const term = name.includes("[") ? Kernel.read(setting, name) : { kind: /** @type {const} */ ("Param"), name };
    return Printer.mathml(term, setting, symbols);
  };

  /** Least, most and step of a slider. @type {Record<string, [number, number, number]>} */
  const RANGES = { real: [-5, 5, 0.1], positive: [0.1, 5, 0.1], nonnegative: [0, 5, 0.1], unit: [0.05, 0.95, 0.05], binary: [0, 1, 1] };

  /** Both sides of a claim at a point, and its numbers with how far they go; none for what a fact says. @param {{claim: Claim, point: Point, symbols: Symbols}} given @returns {Worked} */
  function at({ claim, point, symbols }) {
    const setting = Kernel.setting(claim.setting), html = namer(setting, symbols);
    const { values, fixed, ...found } = Refuter.at(Kernel, { ...claim, setting }, point);
    const letters = Object.entries(point.indices).map(([name, value]) =>
      ({ name, html: html(name), value, range: [1, point.sizes[/** @type {string} */ (setting.letters.get(name))], 1] }));
    const free = Object.entries(values).map(([name, value]) => {
      const [family] = name.split("["), isShare = [...setting.facts.values()].some((x) => x.name === family && !x.put);
      const range = isShare ? [0, 1, 0.05] : RANGES[/** @type {string} */ (setting.kinds.get(family))];
      return { name, html: html(name), value, range: fixed.includes(family) ? null : range };
    });
    return { ...found, letters, free };
  }

  /** @param {Setting} setting @param {NonNullable<ReturnType<typeof Refuter.refute>>} found @param {Symbols} symbols @returns {Table} */
  function table(setting, { sizes, indices, values, left, right, difference }, symbols) {
    const html = namer(setting, symbols);
    return {
      sizes: Object.entries(sizes).map(([name, value]) => ({ html: html(name), value })),
      rows: [
        ...Object.entries(indices).map(([name, value]) => ({ html: html(name), values: [String(value)] })),
        ...Object.entries(values).map(([name, value]) => ({ html: html(name), values: columns(value) })),
      ],
      left, right, difference: left === right ? difference : "",
    };
  }

  /** A family in columns; a table of numbers as one text. @param {Numbers} value @returns {string[]} */
  function columns(value) {
    /** @param {Numbers} x @returns {string} */
    const text = (x) => (typeof x === "string" ? x : `(${x.map(text).join(", ")})`);
    return Array.isArray(value) && value.every((x) => typeof x === "string") ? value : [text(value)];
  }

  /** @param {Certificate} certificate */
  function latexOrReason(certificate) {
    const { value, error } = attempt(() => latex(certificate));
    return { tex: value, error };
  }

  /** @param {string} ask @param {any} given */
  function answerTo(ask, given) {
    if (ask === "replay") return replay(given.certificates);
    if (ask === "latex") return latexOrReason(given.certificate);
    if (ask === "at") return at(given);
    return chain(given.certificate, given.symbols, ask === "own");
  }

  onmessage = ({ data: { id, ask, ...given } }) => {
    const began = performance.now();
    try {
      postMessage({ id, answer: answerTo(ask, given), took: performance.now() - began });
    } catch (error) {
      postMessage({ id, fault: String(error) });
    }
  };
})();
