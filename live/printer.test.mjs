// node --test live/printer.test.mjs
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import vm from "node:vm";

const require = createRequire(import.meta.url);
const Kernel = require("./kernel.js"), Printer = require("./printer.js");

const setting = Kernel.setting([
  ["index", "i j k", "C", "1"], ["real", "z[i]"], ["real", "W1[i, j]"], ["real", "a"], ["real", "ab"], ["let", "σ(t)", "1/(1 + exp(-t))"],
  ["fold", "max(x, y)", "(x + y + abs(x - y))/2"],
]);
const mathml = (line, ...more) => Printer.mathml(Kernel.read(setting, line), setting, ...more);

for (const [line, shown] of [
  ["-z[i]", '<mrow><mo form="prefix">−</mo><msub><mi>z</mi><mi>i</mi></msub></mrow>'],
  ["exp(a - 1)", '<msup><mi>e</mi><mrow><mi>a</mi><mo lspace="0" rspace="0">−</mo><mn>1</mn></mrow></msup>'],
  ["log(a)", '<mrow><mi>log</mi><mo>\u2061</mo><mspace width="0.1667em" /><mi>a</mi></mrow>'],
  ["ab + 0.5", '<mrow><mi mathvariant="normal">ab</mi><mo>+</mo><mn>0.5</mn></mrow>'],
]) test(`MathML of ${line}`, () => assert.equal(mathml(line), shown));

test("a chosen symbol stands for its name, and two scripts stand one above the other", () => {
  assert.equal(mathml("a", { a: "<mi>ζ</mi>" }), "<mi>ζ</mi>");
  const symbols = { W1: "<msup><mi>W</mi><mrow><mo>(</mo><mn>1</mn><mo>)</mo></mrow></msup>" };
  assert.equal(mathml("W1[i, j]", symbols), "<msubsup><mi>W</mi><mrow><mi>i</mi><mi>j</mi></mrow><mrow><mo>(</mo><mn>1</mn><mo>)</mo></mrow></msubsup>");
});

test("in a line of text, the limits of a sum stand beside it", () => {
  assert.match(mathml("Σ(i, z[i])"), /^<mrow><munderover>/);
  assert.match(mathml("Σ(i, z[i])", {}, false), /^<mrow><msubsup>/);
});

test("another function of a name of the prelude is shown as its name", () => {
  assert.match(mathml("max(a, ab)"), /^<mrow><mi mathvariant="normal">max<\/mi>/);
  assert.match(Printer.latex(Kernel.read(setting, "max(a, ab)"), setting), /^\\mathrm\{max\}/);
});

test("what a reader types is read as the same term", () => {
  for (const line of ["a - (ab - a)", "-a*(-ab)", "(-a)**2**-a", "1/2/(a/ab)", "Σ(i, z[i]*Π(j, a, i != j), i != k) - 0.25*C", "D(D(a, z[k]), z[1])", "max(a, ab, 1/3)", "δ(i, 1)*abs(log(a))"]) {
    const text = Printer.text(Kernel.read(setting, line));
    assert.deepEqual(Kernel.read(setting, text), Kernel.read(setting, line), text);
  }
});

test("two indices are not shown by one letter", () => {
  const sum = Kernel.read(setting, "Σ(i, z[i])");
  assert.throws(() => Printer.text({ ...sum, without: ["i"] }), RangeError);
  assert.throws(() => Printer.mathml({ ...sum, without: ["i"] }, setting), RangeError);
});

test("it is one script that needs nothing but the language", () => {
  const source = readFileSync(new URL("printer.js", import.meta.url), "utf8"), sandbox = vm.createContext({});
  vm.runInContext(`${source}; var shown = Printer.text({ kind: "Size", name: "C" });`, sandbox);
  assert.equal(sandbox.shown, "C");
  assert.doesNotMatch(source, /^\s*(import|export)\b|\brequire\(/m);
});
