// @ts-check
/**
 * The page's side of the kernel: a worker made from a text, so that it starts from a file too.
 *
 *     Live.ask({ ask: "chain", … })   a promise of { answer, took }
 */
/* global Dom */
const Live = (() => {
  "use strict";

  const PATIENCE = 2000; // ms: then the question is given up, and a new worker takes the next one

  /** @type {Worker | null} */ let worker = null;
  /** @type {Map<number, {done: (reply: any) => void, fail: (why: Error) => void, timer: number}>} */
  const waiting = new Map();
  let count = 0;

  /** The program of the worker is fetched once, and only when something is asked. @type {Promise<string> | undefined} */
  let source;
  function program() {
    source ??= Dom.load("live-program.js", "the checker").then(() => window.LIVE_PROGRAM);
    return source;
  }

  /** @param {string} text */
  function start(text) {
    const address = URL.createObjectURL(new Blob([text], { type: "text/javascript" }));
    worker = new Worker(address);
    URL.revokeObjectURL(address);
    worker.onmessage = ({ data }) => {
      const asked = waiting.get(data.id);
      waiting.delete(data.id);
      clearTimeout(asked?.timer);
      if (data.fault) asked?.fail(new Error(`the checker failed: ${data.fault}`));
      else asked?.done(data);
    };
    worker.onerror = (event) => giveUp(`the checker could not be started: ${event.message ?? "the browser refused it"}`);
    return worker;
  }

  /** @param {string} why */
  function giveUp(why) {
    worker?.terminate();
    worker = null;
    for (const { fail, timer } of waiting.values()) {
      clearTimeout(timer);
      fail(new Error(why));
    }
    waiting.clear();
  }

  /** @param {object} question @param {number} [patience] @returns {Promise<{answer: any, took: number}>} */
  async function ask(question, patience = PATIENCE) {
    const text = await program();
    const running = worker ?? start(text);
    const id = ++count;
    return new Promise((done, fail) => {
      waiting.set(id, { done, fail, timer: setTimeout(giveUp, patience, "this takes too long to check here: split it into smaller steps") });
      running.postMessage({ id, ...question });
    });
  }

  return { ask };
})();
