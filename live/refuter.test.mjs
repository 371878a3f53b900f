// node --test live/refuter.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import vm from "node:vm";

const require = createRequire(import.meta.url);
const Kernel = require("./kernel.js"), Printer = require("./printer.js"), Refuter = require("./refuter.js");

const setting = Kernel.setting([
  ["index", "i j k c", "C", "1"], ["real", "z[i]"], ["let", "p[i]", "exp(z[i])/Σ(j, exp(z[j]))"],
  ["nonnegative", "y[i]"], ["sums to one", "y"], ["one-hot", "y", "c"], ["let", "L", "-Σ(k, y[k]*log(p[k]))"],
  ["real", "w"], ["real", "v"], ["positive", "s"], ["unit", "u"], ["binary", "b"], ["nonnegative", "q"],
  ["let", "sqrt(t)", "t**(1/2)"], ["fold", "max(a0, b0)", "(a0 + b0 + abs(a0 - b0))/2"],
]);
const refute = (left, sign, right, more = {}) => Refuter.refute(Kernel, { setting, left, sign, right, ...more });
const hole = (left, more = {}) => Refuter.hole(Kernel, { setting, left, sign: "=", right: left, ...more }, "left");

test("a flipped sign is refuted with two classes, numbers of one digit, and the hint", () => {
  assert.deepEqual(refute("D(L, z[j])", "=", "y[j] - p[j]", { using: ["y sums to one"] }), {
    sizes: { C: 2 }, indices: { j: 1 }, values: { y: ["0.3", "0.7"], z: ["-1", "3"] },
    left: "-0.28201379", right: "0.28201379", difference: "-0.56402758",
    hints: ["the two sides differ exactly by a sign"],
  });
});

for (const [left, sign, right, hint] of [
  ["D(L, z[j])", "=", "p[j] - y[j]", "the step is true if you cite the fact 'y sums to one'"],
  ["Σ(i, z[i])/C", "=", "Σ(i, z[i])", "the right side is C times the left one: sum or mean?"],
  ["D(w**2, w)", "=", "w", "the right side is 1/2 times the left one"],
  ["Σ(i, z[i])", "=", "z[k]", "it holds with a sum over k in front of the right side"],
  ["D(p[k], z[j])", "=", "p[k]*(1 - p[j])", "it holds only for j = k"],
  ["Σ(i, z[i], i != k)", "=", "Σ(i, z[i])", "it holds only if i = k is left out of the Σ over i"],
  ["w - v", "=", "v/2*2 - w", "the two sides differ exactly by a sign"],
  ["w*s", "=", "s", "a factor w is missing on the right side"],
]) {
  test(`a slip is named: ${hint}`, () => assert.deepEqual(refute(left, sign, right).hints, [hint]));
}

test("what fails only in a corner is refuted", () => {
  for (const [left, sign, right] of [
    ["abs(w)", "=", "w"], ["max(w, v)", ">", "w"], ["q", ">", "0"], ["b", "=", "1"], ["u", "<", "1/2"],
    ["w**2 + w + 1/5", "≥", "0"], ["w", "=", "w + 1/100000000000000000000000000000"],
    ["log(1 + exp(w))", "<", "max(w, 0) + exp(-50)"], ["Σ(i, y[i])", "=", "1"], ["y[i]**2", "≤", "y[i]"],
    ["δ(i, k)", "=", "1"], ["abs(w)*w", "=", "w**2"], ["D(abs(w)*w, w)", "=", "2*w"], ["2.71828", ">", "exp(1)"],
    ["sqrt(s)", "≤", "s"], ["Π(i, exp(z[i]), i != k)", "=", "exp(Σ(i, z[i]))"], ["D(D(p[k], z[k]), z[k])", "=", "p[k]*(1 - p[k])"],
  ]) assert.ok(refute(left, sign, right), `${left} ${sign} ${right}`);
});

test("what is true on the declared domain is not refuted", () => {
  const one = { using: ["y sums to one"] }, hot = { using: ["y is one-hot"] }, at = { point: [["w", "-3"], ["b", "1"]] };
  for (const [left, sign, right, more] of [
    ["D(L, z[j])", "=", "p[j] - y[j]", one], ["L", "=", "-log(p[c])", hot], ["y[i]", "≤", "1", one], ["y[i]**2", "=", "y[i]", hot],
    ["log(1 + exp(w))", ">", "max(w, 0)"], ["exp(w)", "≥", "1 + w"], ["abs(w*v)", "≤", "(w**2 + v**2)/2"], ["b**2", "=", "b"],
    ["u*(1 - u)", "≤", "1/4"], ["sqrt(s)**2", "=", "s"], ["w + b", "=", "-2", at], ["D(abs(w)*w, w)", "=", "2*abs(w)"],
    ["D(abs(w)**3/3, w)", "=", "w*abs(w)"], ["D(D(p[k], z[i]), z[j])", "=", "D(D(p[k], z[j]), z[i])"], ["exp(-10000*s)", ">", "0"],
    ["1 + exp(-100000)", ">", "1"], ["w/w", "=", "1"], ["Σ(i, Σ(j, z[i]*z[j], j != i))", "=", "Σ(i, z[i])**2 - Σ(i, z[i]**2)"],
  ]) assert.equal(refute(left, sign, right, more), null, `${left} ${sign} ${right}`);
});

test("conditions hold at every point that is shown", () => {
  const lines = [["real", "x"], ["real", "t"], ["where", "x", ">", "3", "x", "4"], ["where", "t", "!=", "x", "t", "0"]];
  const claim = { setting: Kernel.setting(lines), left: "x", sign: ">", right: "3" };
  assert.equal(Refuter.refute(Kernel, claim), null);
  assert.equal(Refuter.refute(Kernel, { ...claim, left: "(t - x)**2", right: "0" }), null);
  const { values } = Refuter.refute(Kernel, { ...claim, right: "5" });
  assert.ok(Number(values.x) > 3 && Number(values.x) <= 5);
});

test("facts and values that contradict, or are out of the domain, have no point", () => {
  const lines = [["real", "m"], ["real", "x"], ["fact", "m is 1", "m", "1"], ["fact", "m is x", "m", "x"]];
  const claim = { setting: Kernel.setting(lines), left: "m", sign: "=", right: "2" };
  assert.equal(Refuter.refute(Kernel, { ...claim, using: ["m is 1", "m is x"] }), null);
  assert.equal(Refuter.refute(Kernel, { ...claim, using: ["m is 1"], point: [["m", "3"]] }), null);
  assert.ok(Refuter.refute(Kernel, { ...claim, using: ["m is 1"] }));
  assert.equal(refute("s", ">", "0", { point: [["s", "-1"]] }), null);
  assert.equal(refute("1/w", "=", "2", { point: [["w", "0"]] }), null);
});

test("a point, the part and the remedy are told where a line has no value", () => {
  for (const [line, message] of [
    ["log(w + 3)", "w = -3 (the logarithm of w + 3): declare where w > -3"],
    ["log(2 - w)", "w = 2 (the logarithm of 2 - w): declare where w < 2"],
    ["1/w", "w = 0 (a division by w): declare where w != 0"],
    ["1/(2*w - v)", "(a division by 2*w - v): declare where 2*w - v != 0"],
    ["sqrt(w - 1/2)", "w = 0.5 (a broken power, or a root, of w - 1/2): declare where w > 1/2"],
    ["D(abs(w), w)", "w = 0 (a derivative of the absolute value of w): declare where w != 0"],
    ["D(max(w, 2*v), w)", "(a derivative of the absolute value of w - 2*v)"],
    ["q*log(q)", "q = 0 (the logarithm of q): declare where q > 0"],
    ["z[3]", "(the index 3 does not exist for C = 1)"],
    ["Σ(i, 1/z[i])", "(a division by z[i])"],
  ]) {
    const said = Refuter.describe(2, hole(line), Printer.text);
    assert.ok(said.startsWith("line 2 has no value at ") && said.includes(message), said);
  }
  for (const line of ["log(s)", "log(u) + log(1 - u)", "1/(1 + w**2)", "sqrt(s)*q", "p[i]/p[k]", "D(abs(w)*w, w)", "w**0"]) assert.equal(hole(line), null, line);
});

test("sliders: both sides at a given point, and whether it is one of the domain", () => {
  const claim = { setting, left: "D(L, z[j])", sign: "=", right: "y[j] - p[j]", using: ["y sums to one"] };
  const found = Refuter.refute(Kernel, claim), at = (change) => Refuter.at(Kernel, claim, { ...found, ...change });
  const { left, right, difference } = found;
  assert.deepEqual(at({}), { left, right, difference, holds: false, allowed: true, values: found.values, fixed: [], why: "" });
  assert.equal(at({ values: { y: ["0.5", "0.5"], z: ["0", "0"] } }).holds, true);
  assert.equal(at({ values: { y: ["0.5", "0.4"], z: ["0", "0"] } }).allowed, false);
  assert.equal(at({ values: { y: ["-1", "2"], z: ["0", "0"] } }).allowed, false);
  assert.match(at({ values: { y: ["1/3", "2/3"] } }).why, /z\[1\] has no value/);
  for (const change of [{ sizes: {} }, { sizes: { C: 1.5 } }, { sizes: { C: "2" } }, { indices: { j: 3 } }]) assert.match(at(change).why, /size or an index/);
  assert.match(at({ values: { z: ["1e9", "<b>"] } }).why, /has no value/);
  const agree = at({ values: { y: [".5", "0.5"], z: ["-.5", "-0.5"] } });
  assert.deepEqual([agree.holds, agree.allowed, agree.left, agree.difference, agree.why], [null, true, "0", "0", ""]);
});

test("sliders: what is outside of the domain is told, and what a fact says follows the index", () => {
  const lines = [["index", "i c", "C", "2"], ["real", "y[i]"], ["one-hot", "y", "c"], ["unit", "u"], ["binary", "b"], ["positive", "s"], ["nonnegative", "q"], ["real", "x"], ["where", "x", ">", "3", "x", "4"]];
  const claim = { setting: Kernel.setting(lines), left: "y[1]*u*b*s*q*x", sign: "=", right: "y[1]", using: ["y is one-hot"] };
  const good = { u: "0.5", b: "1", s: "3", q: "1", x: "4" };
  const at = (change, c = 1) => Refuter.at(Kernel, claim, { sizes: { C: 2 }, indices: { c }, values: { ...good, ...change } });
  for (const [change, why] of [
    [{ u: "1" }, "u is not between 0 and 1"], [{ b: "2" }, "b is not 0 or 1"], [{ s: "0" }, "s is not positive"],
    [{ q: "-1" }, "q is not zero or positive"], [{ x: "3" }, "a condition of the setting does not hold"], [{ x: "" }, "x has no value here"],
  ]) assert.deepEqual([at(change).why, at(change).allowed], [why, false]);
  assert.equal(at({}).allowed, true);
  assert.deepEqual([1, 2].map((c) => at({}, c)).map((x) => [x.values["y[1]"], x.fixed]), [["1", ["y"]], ["0", ["y"]]]);
});

test("balls hold the true value: with many digits, it lies between the ends that few digits gave", () => {
  const few = new Refuter.Reals(60), many = new Refuter.Reals(600);
  let seed = 7;
  const draw = () => (seed = (seed * 48271) % 2147483647);
  const inside = (narrow, wide) => {
    // (m ± r)·2^e of both, on one scale
    const e = Math.min(narrow.e, wide.e), at = (x, y) => x << BigInt(y.e - e);
    const gap = at(narrow.m, narrow) - at(wide.m, wide);
    assert.ok((gap < 0n ? -gap : gap) <= at(narrow.r, narrow) + at(wide.r, wide), "a ball has lost its value");
    assert.ok(wide.r < 1n << 40n);
  };
  for (let n = 0; n < 400; n++) {
    const [a, b] = [draw(), draw()].map((x) => ({ n: BigInt(x % 100000) - 50000n || 1n, d: BigInt(draw() % 1000) + 1n }));
    const both = (work) => inside(many.ball(work(many)), few.ball(work(few)));
    const positive = { n: a.n < 0n ? -a.n : a.n, d: a.d };
    const [x, y] = [(r) => r.ball(a), (r) => r.exp(b)];
    both((r) => r.exp(a));
    both((r) => r.log(positive));
    both((r) => r.add(x(r), y(r)));
    both((r) => r.mul(x(r), y(r)));
    both((r) => r.div(x(r), y(r)));
    both((r) => r.div(y(r), x(r)));
    both((r) => r.log(r.add(y(r), positive)));
    both((r) => r.power(positive, { n: BigInt(n % 7) - 3n, d: 3n }));
    both((r) => r.power(x(r), { n: BigInt(n % 9) - 4n || 5n, d: 1n }));
    both((r) => r.exp(r.div(x(r), { n: 1000n, d: 1n })));
  }
  const shown = (x) => Number(x.m) * 2 ** x.e;
  for (const x of [-700, -3, 0.001, 1, 12.5, 700]) {
    const q = { n: BigInt(x * 1000), d: 1000n };
    assert.ok(Math.abs(shown(few.exp(q)) / Math.exp(x) - 1) < 1e-13);
    assert.ok(Math.abs(shown(few.log(few.exp(q))) - x) < 1e-12);
  }
});

test("what a reader types cannot make it throw anything but a Refused", () => {
  for (const line of ["exp(exp(exp(exp(9))))", "9**9**9**9", "1/0", "log(0)", "(1/3)**(1/3)**99", "z[999]", "exp(10**29)", "abs(abs(abs(w)))**(-1)"]) {
    assert.doesNotThrow(() => [refute(line, "=", "1"), hole(line)], line);
  }
  assert.ok(Kernel.verdict(() => refute("(", "=", "1")));
});

test("it says the same twice", () => {
  const work = () => refute("D(D(p[k], z[i]), z[j])", "=", "p[k]*p[i]");
  assert.deepEqual(work(), work());
});

test("it is one script that needs nothing but the language", () => {
  const sandbox = vm.createContext({});
  const source = ["kernel.js", "refuter.js"].map((file) => readFileSync(new URL(file, import.meta.url), "utf8")).join("\n");
  vm.runInContext(`${source}; var found = Refuter.refute(Kernel, { setting: Kernel.setting([["real", "z"]]), left: "z", sign: "=", right: "2*z" });`, sandbox);
  assert.equal(sandbox.found.left === sandbox.found.right, false);
  assert.doesNotMatch(source, /^\s*(import|export)\b|\brequire\(/m);
});
