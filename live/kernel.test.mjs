// node --test live/kernel.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import vm from "node:vm";
import { Worker } from "node:worker_threads";

const file = new URL("./kernel.js", import.meta.url), source = readFileSync(file, "utf8");
const Kernel = createRequire(import.meta.url)("./kernel.js");

const SOFTMAX = [
  ["index", "i j k", "C", "1"],
  ["real", "z[i]"],
  ["let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"],
  ["real", "b"],
  ["binary", "y"],
  ["let", "ell", "(b - z[i])**2"],
];
const setting = Kernel.setting(SOFTMAX);

/** "" if the step is proved, else the class of its refusal. */
const verdict = (before, sign, line, more = {}, here = setting) =>
  Kernel.verdict(() => Kernel.judge(here, before, { sign, line, ...more }))?.kind ?? "";

test("a witness may be written with a word that rests on no free name", () => {
  const halved = [["index", "i", "C", "1"], ["let", "half(t)", "t/2"], ["positive", "s[i]"]];
  const declared = (body) => Kernel.setting([...halved, ["where", "Σ(i, s[i])", "<=", "1", "s[i]", body]]);
  assert.equal(verdict("Σ(i, s[i])", "≤", "1", {}, declared("half(1/C)")), "");
  assert.equal(Kernel.verdict(() => declared("half(s[i])"))?.kind, "bad declaration");
});

test("right steps are proved, for every number of classes", () => {
  assert.equal(verdict("D(-log(p[k]), z[j])", "=", "p[j] - δ(j, k)"), "");
  assert.equal(verdict("log(Σ(i, exp(z[i])))", "≥", "z[k]"), "");
  assert.equal(verdict("exp(y*b)", "=", "1 - y + y*exp(b)"), "");
  assert.equal(verdict("abs(b + z[k])", "≤", "abs(b) + abs(z[k])"), "");
  assert.equal(verdict("2.71828", "<", "exp(1)"), "");
  assert.equal(verdict("exp(1)", "<", "2.71829"), "");
});

test("each refusal has the class of the specification", () => {
  const gap = { gap: "b**2" }, bad = (lines) => Kernel.verdict(() => Kernel.setting(lines)).kind;
  assert.equal(verdict("b^2", "=", "b"), "unreadable");
  assert.equal(verdict("b", "=", "q"), "undeclared");
  assert.equal(verdict("b", "=", "Σ(i, ell)"), "hidden index");
  assert.equal(bad([["real", "b"], ["real", "b"]]), "bad declaration");
  assert.equal(verdict("1/b", "=", "1/b"), "no value");
  assert.equal(verdict("D(y, y)", "=", "1"), "no derivative");
  assert.equal(verdict("b**65", "=", "b**65"), "beyond the rules");
  assert.equal(verdict("b", "=", "b + 1"), "not proved");
  assert.equal(verdict("b", "≥", "0", gap), "wrong gap");
  assert.equal(verdict("b", "≥", "0"), "not ordered");
  assert.equal(verdict("b", "=", "b", { using: ["y sums to one"] }), "bad citation");
  assert.equal(verdict("b", "=", "b", { point: [["b", "q"]] }), "undeclared");
  assert.equal(verdict("b", "=", "b", { point: [["q", "1"]] }), "bad point");
  assert.equal(verdict("b", "→", "b"), "bad chain");
  assert.equal(Kernel.verdict(() => Kernel.replay({})).kind, "bad certificate");
  assert.equal(verdict("(b + z[i] + z[j] + z[k] + 1)**64", "=", "0"), "too much work");
});

test("a message says what to write instead", () => {
  const message = (line) => Kernel.verdict(() => Kernel.read(setting, line)).message;
  assert.match(message("b^2"), /x\*\*2/);
  assert.match(message("2b"), /a star is missing/);
  assert.match(message("q"), /declare it, or define it with let/);
  assert.match(message("b = 1"), /sign stands apart/);
  assert.match(message("b·b"), /star/);
  assert.equal(Kernel.verdict(() => Kernel.read(setting, "b + q")).place, 4);
});

test("whatever it is given, it throws nothing but a Refused", () => {
  const odd = [null, undefined, 1, "x", [], {}, [[]], [[1]], { setting: [] }, Symbol.iterator];
  for (const x of odd) {
    // The empty list is a setting without a line; all others are refused.
    if (!(Array.isArray(x) && !x.length)) assert.ok(Kernel.verdict(() => Kernel.setting(x)));
    assert.ok(Kernel.verdict(() => Kernel.replay(x)));
    assert.ok(Kernel.verdict(() => Kernel.begin(setting, "t", x)));
    assert.ok(Kernel.verdict(() => Kernel.extend(x, { sign: "=", line: "b" })));
    assert.ok(Kernel.verdict(() => Kernel.extend(Kernel.begin(setting, "t", "b"), x)));
  }
  assert.ok(Kernel.verdict(() => Kernel.read(setting, "(".repeat(1999))));
  assert.ok(Kernel.verdict(() => Kernel.judge(setting, "exp(10**20)", { sign: ">", line: "1" })));
});

test("nobody can forge a chain, or change one that was judged", () => {
  const proved = Kernel.judge(setting, "b", { sign: "≤", line: "b + 1" });
  const forged = { ...proved, start: "7*b" }, step = { sign: "=", line: "b", results: [forged] };
  assert.equal(Kernel.verdict(() => Kernel.judge(setting, "b", step)).kind, "bad certificate");
  const given = { sign: "=", line: "b" }, chain = Kernel.judge(setting, "b", given);
  given.line = "b + 1";
  assert.equal(chain.steps[0].line, "b");
  assert.throws(() => { chain.start = "0"; }, TypeError);
});

test("a refuter sees names, kinds, sizes, definitions and conditions", () => {
  const s = Kernel.declare(setting, ["where", "b", "!=", "0", "b", "1"]);
  assert.equal(s.kinds.get("y"), "binary");
  assert.deepEqual(s.places.get("z"), ["C"]);
  assert.equal(s.sizes.get("C"), 1);
  assert.deepEqual(s.definitions.get("p").head, ["i"]);
  assert.deepEqual(s.conditions.map((c) => c.relation), ["!="]);
  assert.deepEqual(Kernel.read(s, "2*b"), {
    kind: "Mul", a: { kind: "Num", value: { n: 2n, d: 1n } }, b: { kind: "Name", name: "b", indices: [] },
  });
});

test("it says the same twice", () => {
  const work = () => Kernel.verdict(() => Kernel.judge(setting, "abs(b)*abs(y - 1)", { sign: "<", line: "abs(b)" }));
  assert.deepEqual({ ...work() }, { ...work() });
});

test("it is one script that needs nothing but the language", () => {
  // A page and a Web Worker have neither `module` nor `require`.
  const sandbox = vm.createContext({});
  vm.runInContext(`${source}; var kind = Kernel.verdict(() => Kernel.replay({})).kind;`, sandbox);
  assert.equal(sandbox.kind, "bad certificate");
  assert.doesNotMatch(source, /^\s*(import|export)\b|\brequire\(/m);
});

test("it runs in a worker that is started from text", async () => {
  const text = `${source}
    const s = Kernel.setting([["real", "z"]]);
    require("node:worker_threads").parentPort.postMessage(
      [Kernel.verdict(() => Kernel.judge(s, "z", { sign: "=", line: "z + 0" })),
       Kernel.verdict(() => Kernel.judge(s, "z", { sign: "=", line: "z + 1" })).kind]);`;
  const worker = new Worker(text, { eval: true });
  const said = await new Promise((resolve, reject) => {
    worker.once("message", resolve);
    worker.once("error", reject);
  });
  assert.deepEqual(said, [null, "not proved"]);
});
