// What the page's scripts say: node page_parity.mjs rows.json prints, for each claim, its
// counterexample or null, and for each line its MathML (displayed, in a line), LaTeX and text;
// and the milliseconds of the processor.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const require = createRequire(import.meta.url);
const Kernel = require("./kernel.js"), Printer = require("./printer.js"), Refuter = require("./refuter.js");

const settings = new Map();
const settingOf = (lines) => {
  const key = JSON.stringify(lines);
  if (!settings.has(key)) settings.set(key, Kernel.setting(lines));
  return settings.get(key);
};

const printed = ({ line, symbols, names }, setting) => {
  const term = Kernel.read(setting, line);
  return [Printer.mathml(term, setting, symbols), Printer.mathml(term, setting, symbols, false), Printer.latex(term, setting, names), Printer.text(term)];
};

const answers = JSON.parse(readFileSync(process.argv[2], "utf8")).map((row) => {
  const setting = settingOf(row.setting), before = process.cpuUsage();
  const said = "line" in row ? printed(row, setting) : Refuter.refute(Kernel, { ...row, setting });
  const { user, system } = process.cpuUsage(before);
  return { said, ms: (user + system) / 1000 };
});
process.stdout.write(JSON.stringify(answers));
