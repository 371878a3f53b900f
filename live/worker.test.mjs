// node --test live/worker.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import vm from "node:vm";

const SOURCES = ["kernel", "printer", "refuter", "worker"].map((x) => readFileSync(new URL(`./${x}.js`, import.meta.url), "utf8"));

/** A worker of its own, with how many steps its kernel has judged. */
function worker() {
  const said = [], context = vm.createContext({ performance, postMessage: (message) => said.push(message) });
  for (const source of SOURCES) vm.runInContext(source, context);
  vm.runInContext("let judged = 0; const judge = Kernel.judge; Kernel.judge = (...given) => { judged++; return judge(...given); };", context);
  const chain = (steps, { ask = "chain", rows = setting, names = {} } = {}) => {
    const certificate = { setting: rows, cited: [], title: "", start: steps[0], steps: steps.slice(1).map((line) => ({ sign: "=", line })) };
    context.onmessage({ data: { id: 1, ask, certificate, symbols: names } });
    return JSON.parse(JSON.stringify(said.pop().answer.lines));
  };
  return { chain, judged: () => vm.runInContext("judged", context) };
}

const setting = [["index", "i j", "C", "1"], ["real", "z[i]"], ["real", "w"]];
const LINES = ["Σ(i, z[i] + z[i])", "Σ(i, 2*z[i])", "2*Σ(i, z[i])", "Σ(i, z[i])*2"];

for (const [n, line] of [[1, "Σ(i, 3*z[i])"], [2, "2*Σ(i, z[i]"], [2, "3*Σ(i, z[i])"], [3, "Σ(i, z[i])*2*w"], [0, "Σ(i, z[i] - z[i])"]]) {
  test(`line ${n} becomes ${line}: what is remembered is what is judged anew, and so it is when it is undone`, () => {
    const { chain } = worker(), edited = LINES.with(n, line);
    const right = chain(LINES);
    assert.ok(right.slice(1).every((x) => x.right));
    assert.deepEqual(chain(edited), worker().chain(edited));
    assert.ok(chain(edited).some((x) => !x.right && x.html === null || x.right === false));
    assert.deepEqual(chain(LINES), right);
  });
}

test("an edited line has its own step and the next one judged, no others", () => {
  const { chain, judged } = worker();
  chain(LINES);
  assert.equal(judged(), 3);
  chain(LINES.with(1, "Σ(i, z[i]*2)"));
  assert.equal(judged(), 5);
});

test("another setting, other symbols and a reader's own setting have nothing from before", () => {
  const { chain, judged } = worker(), own = [...setting, ["sums to one", "z"]], lines = ["Σ(i, z[i])", "1"];
  assert.equal(chain(lines, { rows: own })[1].right, false);
  assert.equal(chain(lines, { rows: own, ask: "own" })[1].right, true);
  assert.equal(chain(lines, { rows: own })[1].right, false);
  const positive = [["positive", "w"]], real = [["real", "w"]], size = ["abs(w)", "w"];
  assert.equal(chain(size, { rows: positive })[1].right, true);
  assert.equal(chain(size, { rows: real })[1].right, false);
  chain(lines);
  const before = judged();
  chain(lines, { names: { z: "ζ" } });
  assert.equal(judged(), before + 1);
});
