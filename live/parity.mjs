// What the second kernel says of certificates: node parity.mjs rows.json prints, for each, the class
// of the refusal ("" if it is proved), the message, the milliseconds of the processor, and how many steps were judged.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const Kernel = createRequire(import.meta.url)("./kernel.js");

/** The steps of a certificate and of what it cites; 0 of what is none. */
const judged = (c) =>
  Array.isArray(c?.steps) && Array.isArray(c.cited) ? c.cited.reduce((n, x) => n + judged(x), c.steps.length) : 0;

const rows = JSON.parse(readFileSync(process.argv[2], "utf8"));
const answers = rows.map((certificate) => {
  const before = process.cpuUsage();
  const refused = Kernel.verdict(() => Kernel.replay(certificate));
  const { user, system } = process.cpuUsage(before);
  const ms = (user + system) / 1000;
  return { class: refused?.kind ?? "", message: refused?.message ?? "", ms, judged: judged(certificate) };
});
process.stdout.write(JSON.stringify(answers));
