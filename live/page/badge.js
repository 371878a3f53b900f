// @ts-check
/**
 * How many proofs of this page the reader's own browser has just replayed, and which it refused.
 */
/* global Dom, Live */
(() => {
  "use strict";
  const place = document.querySelector(".badge");
  const records = [...document.querySelectorAll("section.card script.record")].map((x) => JSON.parse(/** @type {string} */ (x.textContent)));
  const certificates = records.flatMap((record) => record.certificates);
  if (!place || !certificates.length) return;
  const whenIdle = window.requestIdleCallback ?? ((/** @type {() => void} */ then) => setTimeout(then, 500));

  addEventListener("load", () => whenIdle(async () => {
    try {
      const { answer, took } = await Live.ask({ ask: "replay", certificates }, 20000);
      const refused = certificates.filter((_, n) => answer[n]).map((x) => x.title);
      const noun = certificates.length === 1 ? "proof" : "proofs";
      const words = refused.length
        ? `${refused.length} of ${certificates.length} ${noun} on this page were refused by your browser: ${refused.join("; ")}`
        : `${certificates.length} ${noun} on this page, replayed in your browser just now in ${Math.max(1, Math.round(took))} ms`;
      place.replaceChildren(Dom.mark(refused.length ? "cross" : "tick"), ` ${words}`);
    } catch {
      place.textContent = "";
    }
  }));
})();
