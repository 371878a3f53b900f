// @ts-check
/**
 * What the page asks of the kernel, away from its main thread: one message, one answer.
 *
 *     { ask: "replay", certificates }             is each of them proved?
 *     { ask: "chain", certificate, symbols }      the lines of an edited derivation, each with its verdict
 *
 * Everything in a message is data that the kernel's own reader reads; nothing of it is ever run.
 */
/* global Kernel, Refuter, Printer */
(() => {
  "use strict";

  /** @param {string[][]} certificates */
  function replay(certificates) {
    return certificates.map((certificate) => reason(Kernel.verdict(() => Kernel.replay(certificate))));
  }

  /** @param {any} refused */
  const reason = (refused) => refused && { kind: refused.kind, message: refused.message, place: refused.place };

  /** The formula of a line, or why it cannot be read. @param {any} setting @param {string} line @param {any} symbols */
  function shown(setting, line, symbols) {
    let html = null;
    const refused = Kernel.verdict(() => { html = Printer.mathml(Kernel.read(setting, line), setting, symbols); });
    return { html, error: reason(refused) };
  }

  /** The verdict on every line, each against the line before it. @param {any} certificate @param {any} symbols */
  function chain({ setting: lines, cited, start, steps }, symbols) {
    let setting = null;
    const refused = Kernel.verdict(() => { setting = Kernel.setting(lines); });
    if (refused) return { error: reason(refused), lines: [] };
    /** @type {any[]} */ let results = [];
    const uncitable = Kernel.verdict(() => { results = cited.map(Kernel.replay); });
    if (uncitable) return { error: reason(uncitable), lines: [] };
    const answers = [shown(setting, start, symbols)];
    let before = start;
    for (const step of steps) {
      answers.push({ ...shown(setting, step.line, symbols), ...verdict(setting, before, step, results) });
      before = step.line;
    }
    return { error: null, lines: answers };
  }

  /** @param {any} setting @param {string} before @param {any} step @param {any[]} results */
  function verdict(setting, before, step, results) {
    const cited = (step.results ?? []).map((/** @type {number} */ n) => results[n]);
    const refused = Kernel.verdict(() => Kernel.judge(setting, before, { ...step, results: cited }));
    if (!refused) return { right: true };
    const against = Refuter.refute(setting, before, { ...step, results: cited });
    return { right: false, refused: reason(refused), against };
  }

  onmessage = ({ data: { id, ask, ...given } }) => {
    const began = performance.now();
    const answer = ask === "replay" ? replay(given.certificates) : chain(given.certificate, given.symbols);
    postMessage({ id, answer, took: performance.now() - began });
  };
})();
