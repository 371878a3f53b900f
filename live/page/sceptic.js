// @ts-check
/**
 * For who believes nothing: the browser replays every proof of the book, and refuses a tampered one.
 */
/* global Dom, Live */
(() => {
  "use strict";
  const { el, mark } = Dom;
  const place = document.querySelector(".sceptic");
  if (!place) return;
  const AT_ONCE = 8; // proofs in one message, so that the bar moves

  const bar = el("progress", { max: "1", value: "0", "aria-label": "proofs replayed" });
  const said = el("p", { role: "status" });
  const failures = el("ul", {});
  const start = el("button", { type: "button", class: "main", onclick: replayAll }, "Replay every proof");
  const chosen = el("select", { id: "sceptic-proof", onchange: show });
  const text = el("textarea", { id: "sceptic-text", rows: "12", spellcheck: "false" });
  const verdict = el("div", { class: "verdict", role: "status" });
  place.replaceChildren(
    el("div", { class: "tools" }, start), bar, said, failures,
    el("div", { class: "field" }, el("label", { for: "sceptic-proof" }, "Tamper with a certificate"), chosen),
    el("div", { class: "field" }, el("label", { for: "sceptic-text" }, "Change anything in it"), text),
    el("div", { class: "tools" }, el("button", { type: "button", onclick: judge }, "Replay this text")), verdict);

  /** @type {Promise<any[]> | undefined} */ let loading;
  function proofs() {
    loading ??= Dom.load("proofs.js", "the proofs").then(() => window.PROOFS);
    return loading;
  }

  async function replayAll() {
    start.disabled = true;
    failures.replaceChildren();
    try {
      await replayEach(await proofs());
    } catch (error) {
      said.textContent = `Stopped: ${/** @type {Error} */ (error).message}.`;
    }
    start.disabled = false;
  }

  /** @param {any[]} all */
  async function replayEach(all) {
    let done = 0, refused = 0, took = 0;
    bar.max = all.length;
    for (let n = 0; n < all.length; n += AT_ONCE) {
      const part = all.slice(n, n + AT_ONCE);
      const { answer, took: ms } = await Live.ask({ ask: "replay", certificates: part.map((x) => x.certificate) }, 20000);
      took += ms;
      answer.forEach((/** @type {any} */ why, /** @type {number} */ m) => {
        if (!why) return;
        refused += 1;
        failures.append(el("li", {}, mark("cross"), ` ${part[m].title}: ${why.message}`));
      });
      done += part.length;
      bar.value = done;
      said.textContent = `${done} of ${all.length} proofs`;
    }
    said.replaceChildren(mark(refused ? "cross" : "tick"),
      refused ? ` ${refused} of ${all.length} proofs were refused` : ` ${all.length} proofs, each judged again by your browser in ${(took / 1000).toFixed(1)} s`);
  }

  proofs().then((all) => {
    chosen.replaceChildren(...all.map((x, n) => el("option", { value: String(n) }, x.title.replaceAll("$", ""))));
    show();
  }, (error) => { said.textContent = error.message; });

  async function show() {
    const all = await proofs();
    text.value = JSON.stringify(all[Number(chosen.value)].certificate, null, 1);
    verdict.replaceChildren();
  }

  async function judge() {
    try {
      const { answer } = await Live.ask({ ask: "replay", certificates: [JSON.parse(text.value)] });
      if (answer[0]) verdict.replaceChildren(mark("cross"), ` Refused: ${answer[0].message}.`);
      else verdict.replaceChildren(mark("tick"), " Every step of this text is proved.");
    } catch (error) {
      const kind = error instanceof SyntaxError ? "Refused, for this is no JSON: " : "";
      verdict.replaceChildren(mark("cross"), ` ${kind}${/** @type {Error} */ (error).message}.`);
    }
  }
})();
