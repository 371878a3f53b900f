// What the scripts of a page and of its worker know of one another, for the check of their types alone:
// those before, which each finds as a global name, and the data that go between them.

declare const Kernel: typeof import("./kernel.js");
declare const Refuter: typeof import("./refuter.js");
declare const Printer: typeof import("./printer.js");

type Setting = ReturnType<typeof Kernel.setting>;
type Chain = ReturnType<typeof Kernel.replay>;

/** MathML by the name that it stands for. */
type Symbols = Record<string, string>;
/** As a certificate says it: results are numbers of what it cites. */
type Step = { sign: string; line: string; using?: string[]; results?: number[]; gap?: string; point?: [string, string][] };
type Certificate = { setting: string[][]; cited: Certificate[]; title: string; start: string; steps: Step[] };

type Reason = { kind: string; message: string; place?: number | null };
type Numbers = string | string[] | string[][];
type Point = { sizes: Record<string, number>; indices: Record<string, number>; values: Record<string, Numbers> };
type Claim = { setting: readonly (readonly string[])[]; left: string; sign: string; right: string; using?: string[]; point?: [string, string][] };

type Table = {
  sizes: { html: string; value: number }[];
  rows: { html: string; values: string[] }[];
  left: string; right: string; difference: string;
};
/** Why a line is not proved, if numbers tell: a counterexample, or where it has no value. */
type Against = { counterexample: Table; hints: string[]; claim: Claim; point: Point; hole?: undefined } | { hole: string; counterexample?: undefined };
/** A line with its verdict; the first one has none. */
type Judged = { html: string | null; error: Reason | null; uses?: string[]; right?: boolean; refused?: Reason | null; against?: Against | null };

/** A number that a reader may change, with the least, the most and the step of its slider; none of what a fact says. */
type Free = { name: string; html: string; value: Numbers | number; range: number[] | null };
type Worked = {
  left: string; right: string; difference: string; holds: boolean | null; allowed: boolean; why: string;
  letters: Free[]; free: Free[];
};

interface Window {
  LIVE_PROGRAM: string;
  PROOFS: { title: string; certificate: Certificate }[];
}
