// @ts-check
/**
 * From a term to the formula that the built page shows: the layout is that of
 * cebook_utils/language/printer.py, and so is each string that comes out of it (tests/live).
 *
 *     Printer.mathml(term, setting, symbols)   one element to stand inside of <math>
 *     Printer.latex(term, setting, names)      the same formula in LaTeX
 *     Printer.text(term)                       what a reader types: read back as the same term
 *
 * `symbols` gives the MathML, one element, and `names` the LaTeX of each name for which an author
 * chose LaTeX. What two indices of one letter would make ambiguous is not shown: a RangeError.
 */
const Printer = (() => {
  "use strict";

  /**
   * @typedef {typeof import("./kernel.js")} Kernel
   * @typedef {ReturnType<Kernel["setting"]>} Setting
   * @typedef {ReturnType<Kernel["read"]>} Term
   * @typedef {Record<string, string>} Chosen what an author chose for a name, as it is written
   */

  // ── Layouts ──────────────────────────────────────────────────────────────────────────────────

  /**
   * A formula before it is written as MathML or as LaTeX. A group holds together, so that a script
   * belongs to all of it; an operator is a function that TeX knows; brackets may grow.
   * @typedef {{is: "letter" | "word" | "operator" | "chosen" | "number", text: string}
   *   | {is: "sign", text: string, stands: "between" | "before" | "tight"} | {is: "space", thin: boolean}
   *   | {is: "row", parts: Layout[]} | {is: "group" | "root", inside: Layout}
   *   | {is: "applied", name: Layout, to: Layout, parted: boolean} | {is: "fraction", over: Layout, under: Layout}
   *   | {is: "script", base: Layout, sub: Layout | null, sup: Layout | null}
   *   | {is: "big", text: string, under: Layout, over: Layout | null}
   *   | {is: "fence", text: string, inside: Layout, grows: boolean}} Layout
   */

  /** @param {"letter" | "word" | "operator" | "chosen" | "number"} is @param {string} text @returns {Layout} */
  const leaf = (is, text) => ({ is, text });
  /** @param {string} text @param {"between" | "before" | "tight"} [stands] @returns {Layout} */
  const sign = (text, stands = "between") => ({ is: "sign", text, stands });
  /** @param {...Layout} parts @returns {Layout} */
  const row = (...parts) => ({ is: "row", parts });
  /** @param {Layout} base @param {Layout | null} sub @param {Layout | null} [sup] @returns {Layout} */
  const script = (base, sub, sup = null) => ({ is: "script", base, sub, sup });
  /** @param {Layout} inside @returns {Layout} */
  const group = (inside) => ({ is: "group", inside });
  /** @param {Layout} over @param {Layout} under @returns {Layout} */
  const fraction = (over, under) => ({ is: "fraction", over, under });
  /** @param {Layout[]} parts @param {Layout} by what stands between them @returns {Layout} */
  const joined = (parts, by) => (parts.length > 1 ? row(...parts.flatMap((x, n) => (n ? [by, x] : [x]))) : parts[0]);

  const MINUS = sign("−", "before"), PARTIAL = sign("∂", "before"), COMMA = sign(",");
  /** @type {Layout} */ const THIN = { is: "space", thin: true };
  /** @type {Layout} */ const NOTHING = { is: "space", thin: false };

  /** @param {Layout} x @returns {Layout[]} */
  function inner(x) {
    switch (x.is) {
      case "row": return x.parts;
      case "group": case "root": case "fence": return [x.inside];
      case "applied": return [x.name, x.to];
      case "fraction": return [x.over, x.under];
      case "script": return [x.base, x.sub, x.sup].filter((y) => y !== null);
      case "big": return x.over ? [x.under, x.over] : [x.under];
      default: return [];
    }
  }

  /** The layout and all that is in it. @param {Layout} x @returns {Layout[]} */
  const everything = (x) => [x, ...inner(x).flatMap(everything)];
  /** Taller than letters with their scripts. @param {Layout} layout */
  const isTall = (layout) => everything(layout).some((x) => x.is === "fraction" || x.is === "root" || x.is === "big");

  /** What a reader meets first. @param {Layout} x */
  function leftmost(x) {
    while (x.is === "row" || x.is === "group" || x.is === "applied" || x.is === "script") [x] = inner(x);
    return x;
  }

  // ── From a term to its layout ────────────────────────────────────────────────────────────────

  // How tightly a piece holds together; a looser piece gets brackets inside a tighter one.
  const SUM = 1, PRODUCT = 2, PREFIX = 3, POWER = 4, ATOM = 5;

  /** @typedef {{layout: Layout, holds: number, opens: boolean}} Piece opens: what follows would be read as part of it */
  /** @param {Layout} layout @param {number} holds @param {boolean} [opens] @returns {Piece} */
  const piece = (layout, holds, opens = false) => ({ layout, holds, opens });

  // Words of the prelude that are shown as something else than their name, if they are the prelude's.
  /** @type {Record<string, [kind: string, head: string, body: string]>} */ const OPERATORS = {
    max: ["fold", "max(a, b)", "(a + b + abs(a - b))/2"],
    min: ["fold", "min(a, b)", "(a + b - abs(a - b))/2"],
    sqrt: ["let", "sqrt(t)", "t**(1/2)"],
    sinh: ["let", "sinh(t)", "(exp(t) - exp(-t))/2"],
    cosh: ["let", "cosh(t)", "(exp(t) + exp(-t))/2"],
    tanh: ["let", "tanh(t)", "(exp(t) - exp(-t))/(exp(t) + exp(-t))"],
  };

  /** @type {Record<string, string>} */ const SYMBOLS = { ell: "ℓ", oo: "∞" };

  /** The letter that an author wrote for an index, bound or not. @param {string} index */
  const letterOf = (index) => index.split("'")[0];

  /** As its author chose, a Greek letter, or upright when it has several letters. @param {string} name @param {Chosen} [chosen] @returns {Layout} */
  function nameOf(name, chosen = {}) {
    if (Object.hasOwn(chosen, name)) return leaf("chosen", chosen[name]);
    if (/^[^0-9][0-9]+$/u.test(name)) return script(nameOf(name[0]), leaf("number", name.slice(1)));
    if (/^[0-9]+$/.test(name)) return leaf("number", name);
    const known = Object.hasOwn(SYMBOLS, name) ? SYMBOLS[name] : name;
    return leaf(known.length === 1 ? "letter" : "word", known);
  }

  /** @param {string} index */
  const indexOf = (index) => nameOf(letterOf(index));

  /** All digits of a number that is not negative; null if they do not end. @param {bigint} n @param {bigint} d */
  function decimal(n, d) {
    let digits = 0;
    while (digits < 30 && (n * 10n ** BigInt(digits)) % d) digits++;
    const scaled = n * 10n ** BigInt(digits);
    if (scaled % d) return null;
    const all = `${scaled / d}`.padStart(digits + 1, "0");
    return digits ? `${all.slice(0, -digits)}.${all.slice(-digits)}` : all;
  }

  /** @param {Term} t @returns {boolean} */
  const isHalf = (t) => t.kind === "Div" && t.a.kind === "Num" && t.b.kind === "Num"
    && t.a.value.n === 1n && t.a.value.d === 1n && t.b.value.n === 2n && t.b.value.d === 1n;

  /** @param {Term} t @returns {Term[]} */
  function children(t) {
    switch (t.kind) {
      case "Neg": case "Fn": case "Over": return [t.a];
      case "Add": case "Mul": case "Div": case "Pow": return [t.a, t.b];
      case "Call": return t.args;
      case "D": return [t.a, t.by];
      default: return [];
    }
  }

  /** Indices that are written in a term, and those that it binds. @param {Term} t @returns {string[]} */
  function indicesIn(t) {
    const own = t.kind === "Name" ? t.indices : t.kind === "Delta" ? [t.i, t.j] : t.kind === "Over" ? [t.index, ...t.without] : [];
    return [...own, ...children(t).flatMap(indicesIn)];
  }

  /** Two indices are not shown by one letter: Σ(i, Σ(i, …)) would be read as something else. @param {Term & {kind: "Over"}} t */
  function checkLetter({ index, a, without }) {
    const others = [...indicesIn(a), ...without].filter((i) => i !== index);
    if (without.includes(index) || others.some((i) => letterOf(i) === letterOf(index))) {
      throw new RangeError(`two indices would both be shown as '${letterOf(index)}'`);
    }
  }

  /** max(max(a, b), c) is what max(a, b, c) was read as. @param {string} name @param {Term[]} args @returns {Term[]} */
  function unfolded(name, [first, ...rest]) {
    return [...(first.kind === "Call" && first.name === name ? unfolded(name, first.args) : [first]), ...rest];
  }

  /** -a * b is read as -(a * b): the product without its minus, or null if it has none. @param {Term} t @returns {Term | null} */
  function withoutLeadingMinus(t) {
    if (t.kind === "Neg") return t.a;
    const a = t.kind === "Mul" ? withoutLeadingMinus(t.a) : null;
    return a && t.kind === "Mul" ? { ...t, a } : null;
  }

  /** Brackets that grow with what they hold, and add no space before them. @param {Layout} inside @returns {Layout} */
  function bracketed(inside) {
    const grows = isTall(inside) || everything(inside).some((x) => x.is === "fence" && x.grows);
    /** @type {Layout} */ const fence = { is: "fence", text: "(", inside, grows };
    return grows ? group(fence) : fence;
  }

  /** A dot where two numbers or two fractions meet, else a thin space. @param {Layout} left @param {Layout} right */
  function times(left, right) {
    const first = leftmost(right);
    return first.is === "number" || (first.is === "fraction" && latexOf(left).endsWith("}")) ? sign("⋅") : THIN;
  }

  class Layouts {
    /** @param {Setting} setting @param {Chosen} names */
    constructor(setting, names) {
      this.setting = setting;
      this.names = names;
    }

    /** @param {Term} t @returns {Piece} */
    of(t) {
      switch (t.kind) {
        case "Num": return this.number(t.value);
        case "Size": case "Param": return piece(nameOf(t.name, this.names), ATOM);
        case "Name": return piece(this.indexed(t), ATOM);
        case "Delta": return piece(script(leaf("letter", "δ"), row(indexOf(t.i), NOTHING, indexOf(t.j))), ATOM);
        case "Neg": return this.negative(t.a);
        case "Add": return t.b.kind === "Neg" ? this.terms(t.a, "−", t.b.a) : this.terms(t.a, "+", t.b);
        case "Mul": return this.product(t);
        case "Div": return piece(fraction(this.of(t.a).layout, this.of(t.b).layout), POWER);
        case "Pow":
          if (isHalf(t.b)) return piece({ is: "root", inside: this.of(t.a).layout }, ATOM);
          return piece(script(group(this.within(t.a, ATOM)), null, this.of(t.b).layout), POWER);
        case "Fn": return this.basic(t.fn, t.a);
        case "Over": return this.over(t);
        case "Call": return this.call(t);
        case "D": return piece(this.derivative(t), POWER);
        default: throw new RangeError("a derivative inside a function is not shown");
      }
    }

    /** A part, in brackets where its neighbours would be read into it. @param {Term} t @param {number} tightness @param {boolean} [last] */
    within(t, tightness, last = true) {
      const { layout, holds, opens } = this.of(t);
      return holds < tightness || (opens && !last) ? bracketed(layout) : layout;
    }

    /** @param {{n: bigint, d: bigint}} value */
    number({ n, d }) {
      const above = n < 0n ? -n : n, digits = decimal(above, d);
      const shown = digits === null ? fraction(leaf("number", `${above}`), leaf("number", `${d}`)) : leaf("number", digits);
      return n < 0n ? piece(row(MINUS, shown), SUM) : piece(shown, digits === null ? POWER : ATOM);
    }

    /** @param {Term} a */
    negative(a) {
      return piece(row(MINUS, this.within(a, PRODUCT)), SUM, this.of(a).opens);
    }

    /** A sum sign reaches over a product and no further, so a sum on the left needs no bracket. @param {Term} a @param {string} by @param {Term} b */
    terms(a, by, b) {
      return piece(row(this.of(a).layout, sign(by), this.within(b, PRODUCT)), SUM, this.of(b).opens);
    }

    /** @param {Term & {kind: "Add" | "Mul" | "Div" | "Pow"}} t a product */
    product(t) {
      const negated = withoutLeadingMinus(t);
      if (negated) return this.negative(negated);
      const left = this.within(t.a, PRODUCT, false), right = this.within(t.b, t.b.kind === "Mul" ? PREFIX : PRODUCT);
      return piece(row(left, times(left, right), right), PRODUCT, this.of(t.b).opens);
    }

    /** @param {Term & {kind: "Name"}} t */
    indexed(t) {
      const name = nameOf(t.name, this.names), shown = t.indices.map(indexOf);
      if (!shown.length) return name;
      return script(name, shown.every((i) => latexOf(i).length === 1) ? row(...shown) : joined(shown, sign(",", "tight")));
    }

    /** @param {string} fn @param {Term} a */
    basic(fn, a) {
      const { layout, holds } = this.of(a);
      if (fn === "exp") return piece(script(leaf("letter", "e"), null, layout), POWER);
      if (fn === "abs") return piece({ is: "fence", text: "|", inside: layout, grows: true }, ATOM);
      const name = leaf("operator", "log");
      if (holds === ATOM) return piece({ is: "applied", name, to: layout, parted: true }, PREFIX, true);
      return piece({ is: "applied", name, to: bracketed(layout), parted: false }, POWER);
    }

    /** @param {Term & {kind: "Call"}} t */
    call({ name, args }) {
      if (this.setting.definitions.get(name)?.folds) args = unfolded(name, args);
      const inside = joined(args.map((x) => this.of(x).layout), COMMA);
      const ofPrelude = Object.hasOwn(OPERATORS, name)
        && this.setting.lines.some((line) => line.length === 3 && line.every((x, n) => x === OPERATORS[name][n]));
      if (ofPrelude && name === "sqrt") return piece({ is: "root", inside }, ATOM);
      const shown = ofPrelude ? leaf("operator", name) : nameOf(name, this.names);
      return piece({ is: "applied", name: shown, to: bracketed(inside), parted: false }, ofPrelude ? POWER : ATOM);
    }

    /** @param {Term & {kind: "Over"}} t */
    over(t) {
      checkLetter(t);
      const index = indexOf(t.index), text = t.op === "Σ" ? "∑" : "∏";
      /** @type {Layout} */ const big = t.without.length
        ? { is: "big", text, under: joined(t.without.map((i) => row(index, sign("≠"), indexOf(i))), COMMA), over: null }
        : { is: "big", text, under: row(index, sign("=", "tight"), leaf("number", "1")), over: nameOf(t.size, this.names) };
      return piece(row(big, NOTHING, this.within(t.a, PRODUCT)), PRODUCT, true);
    }

    /** @param {Term & {kind: "D"}} t @returns {Layout} */
    derivative({ a, by }) {
      const names = [this.of(by).layout];
      while (a.kind === "D") {
        names.push(this.of(a.by).layout);
        a = a.a;
      }
      const order = leaf("number", `${names.length}`), inside = this.of(a).layout;
      const over = names.length === 1 ? PARTIAL : script(PARTIAL, null, order);
      const alike = names.length > 1 && new Set(names.map((x) => JSON.stringify(x))).size === 1;
      const under = alike ? row(PARTIAL, NOTHING, script(group(names[0]), null, order))
        : joined(names.map((x) => row(PARTIAL, NOTHING, x)), THIN);
      if (a.kind === "Name" || a.kind === "Param") return fraction(row(over, NOTHING, inside), under);
      return row(fraction(over, under), { is: "fence", text: "[", inside, grows: true });
    }
  }

  // ── LaTeX ────────────────────────────────────────────────────────────────────────────────────

  /** @type {Record<string, string>} */ const LETTERS = Object.fromEntries(
    ("α alpha β beta γ gamma δ delta ε varepsilon ζ zeta η eta θ theta κ kappa λ lambda μ mu ν nu ξ xi π pi ρ rho σ sigma "
    + "τ tau φ varphi χ chi ψ psi ω omega Γ Gamma Δ Delta Θ Theta Λ Lambda Ξ Xi Π Pi Σ Sigma Φ Phi Ψ Psi Ω Omega ℓ ell ∞ infty")
      .match(/\S+ \S+/g)?.map((x) => [x[0], `\\${x.slice(2)}`]) ?? []);
  /** @type {Record<string, string>} */ const SIGNS = { "−": "-", "≠": "\\ne", "∂": "\\partial" };
  /** @type {Record<string, string>} */ const BETWEEN = { ",": ", ", "⋅": "\\cdot " };
  /** @type {Record<string, string>} */ const CLOSING = { "(": ")", "[": "]", "|": "|" };

  /** @param {Layout} x @returns {string} */
  function latexOf(x) {
    switch (x.is) {
      case "letter": return LETTERS[x.text] ?? x.text;
      case "word": return `\\mathrm{${x.text}}`.replaceAll("_", "\\_");
      case "operator": return `\\${x.text}`;
      case "chosen": case "number": return x.text;
      case "sign": return x.stands === "between" ? BETWEEN[x.text] ?? ` ${SIGNS[x.text] ?? x.text} ` : SIGNS[x.text] ?? x.text;
      case "space": return x.thin ? "\\," : " ";
      case "row": return x.parts.map(latexOf).join("");
      case "group": return `{${latexOf(x.inside)}}`;
      case "applied": return `${latexOf(x.name)}${x.parted ? " " : ""}${latexOf(x.to)}`;
      case "fraction": return `\\frac{${latexOf(x.over)}}{${latexOf(x.under)}}`;
      case "root": return `\\sqrt{${latexOf(x.inside)}}`;
      case "script": {
        const base = latexOf(x.base);
        // TeX takes no second subscript: a name that has one already (W_1) is put in braces.
        return (x.sub && base.includes("_") ? `{${base}}` : base) + scripts(x.sub, x.sup);
      }
      case "big": return (x.text === "∑" ? "\\sum" : "\\prod") + scripts(x.under, x.over);
      case "fence": {
        const [left, right] = x.grows ? ["\\left", "\\right"] : ["", ""];
        return `${left}${x.text}${latexOf(x.inside)}${right}${CLOSING[x.text]}`;
      }
    }
  }

  /** @param {Layout | null} sub @param {Layout | null} sup */
  const scripts = (sub, sup) => (sub ? `_{${latexOf(sub)}}` : "") + (sup ? `^{${latexOf(sup)}}` : "");

  // ── MathML ───────────────────────────────────────────────────────────────────────────────────

  const WIDTH = "0.1667em", APPLIED = "\u2061"; // the invisible sign between a function and its argument

  /** @typedef {{display: boolean, inScript: boolean}} Place a displayed sum has its limits under it, a script has no space in it */
  /** @type {Place} */ const IN_SCRIPT = { display: false, inScript: true };

  /** @param {string} tag @param {string} text @param {Record<string, string>} [attributes] */
  function element(tag, text, attributes = {}) {
    const written = Object.entries(attributes).map(([name, value]) => ` ${name}="${value}"`).join("");
    return text ? `<${tag}${written}>${text}</${tag}>` : `<${tag}${written} />`;
  }

  /** @param {Layout} x @param {Place} place @returns {string} */
  function mathmlOf(x, place) {
    switch (x.is) {
      case "letter": {
        // Capital Greek letters stand upright in TeX; a browser would slant them.
        const upright = (x.text >= "Α" && x.text <= "Ω") || x.text === "∞";
        return element("mi", x.text, upright ? { mathvariant: "normal" } : {});
      }
      case "word": return element("mi", x.text, { mathvariant: "normal" });
      case "operator": return element("mi", x.text);
      case "chosen": return x.text;
      case "number": return element("mn", x.text);
      case "sign": return x.text === "∂" ? element("mi", "∂") : signOf(x, place);
      case "space": return element("mspace", "", x.thin ? { width: WIDTH } : {});
      case "row": return rowOf(x.parts.filter((y) => y !== NOTHING), place);
      case "group": return mathmlOf(x.inside, place);
      case "applied": {
        const thin = x.parted ? element("mspace", "", { width: WIDTH }) : "";
        return element("mrow", mathmlOf(x.name, place) + element("mo", APPLIED) + thin + mathmlOf(x.to, place));
      }
      case "fraction": {
        const small = { ...place, display: false };
        return element("mfrac", mathmlOf(x.over, small) + mathmlOf(x.under, small));
      }
      case "root": return element("msqrt", mathmlOf(x.inside, place));
      case "script": return scriptOf(x, place);
      case "big": {
        const tag = place.display ? (x.over ? "munderover" : "munder") : x.over ? "msubsup" : "msub";
        // The limits stay where the tag puts them, whatever style the page is set in.
        const big = element("mo", x.text, { movablelimits: "false", lspace: "0" });
        return element(tag, big + mathmlOf(x.under, IN_SCRIPT) + (x.over ? mathmlOf(x.over, IN_SCRIPT) : ""));
      }
      case "fence": {
        const more = { fence: "true", stretchy: `${x.grows && isTall(x.inside)}` };
        return element("mrow", element("mo", x.text, { form: "prefix", ...more }) + mathmlOf(x.inside, place)
          + element("mo", CLOSING[x.text], { form: "postfix", ...more }));
      }
    }
  }

  /** @param {Layout & {is: "sign"}} x @param {Place} place @param {Record<string, string>} [more] */
  function signOf(x, { inScript }, more = {}) {
    return element("mo", x.text, {
      ...(x.stands === "before" ? { form: "prefix" } : {}), ...(inScript ? { lspace: "0", rspace: "0" } : {}), ...more,
    });
  }

  /** @param {Layout[]} parts @param {Place} place */
  function rowOf(parts, place) {
    if (parts.length === 1) return mathmlOf(parts[0], place);
    const [first, ...rest] = parts.map((x) => mathmlOf(x, place));
    const beforeSum = parts[0] === MINUS && leftmost(parts[1]).is === "big";
    return element("mrow", [beforeSum && MINUS.is === "sign" ? signOf(MINUS, place, { rspace: WIDTH }) : first, ...rest].join(""));
  }

  /** @param {Layout & {is: "script"}} x @param {Place} place */
  function scriptOf(x, place) {
    let base = mathmlOf(x.base, place), sup = x.sup && mathmlOf(x.sup, IN_SCRIPT);
    if (!x.sub) return element("msup", base + sup);
    if (!sup && x.base.is === "chosen" && base.startsWith("<msup>")) [base, sup] = elementsIn(base); // W¹ with the index k
    const sub = mathmlOf(x.sub, IN_SCRIPT);
    return sup ? element("msubsup", base + sub + sup) : element("msub", base + sub);
  }

  /** The elements that an element holds. @param {string} written @returns {string[]} */
  function elementsIn(written) {
    /** @type {string[]} */ const found = [];
    let depth = -1, start = 0;
    for (const { 0: tag, index } of written.matchAll(/<[^>]*>/g)) {
      if (!tag.startsWith("</") && ++depth === 1) start = index;
      if ((tag.startsWith("</") || tag.endsWith("/>")) && depth-- === 1) found.push(written.slice(start, index + tag.length));
    }
    return found;
  }

  // ── What a reader types ──────────────────────────────────────────────────────────────────────

  /** The text of a term, and how tightly it holds: PREFIX is a text that begins with a minus. @param {Term} t @returns {[string, number]} */
  function textOf(t) {
    switch (t.kind) {
      case "Num": {
        const { n, d } = t.value, above = n < 0n ? -n : n, digits = decimal(above, d);
        const [shown, holds] = digits === null ? [`${above}/${d}`, PRODUCT] : [digits, ATOM];
        return n < 0n ? [`-${shown}`, Math.min(holds, PREFIX)] : [shown, holds];
      }
      case "Size": case "Param": return [t.name, ATOM];
      case "Name": return [t.indices.length ? `${t.name}[${t.indices.map(letterOf)}]` : t.name, ATOM];
      case "Delta": return [`δ(${letterOf(t.i)},${letterOf(t.j)})`, ATOM];
      case "Neg": return [`-${textWithin(t.a, POWER)}`, PREFIX];
      case "Add": {
        const [by, b] = t.b.kind === "Neg" ? ["-", t.b.a] : ["+", t.b];
        return [`${textOf(t.a)[0]} ${by} ${textWithin(b, PRODUCT)}`, SUM];
      }
      case "Mul": case "Div": {
        const [a, holds] = textOf(t.a);
        const before = holds < PRODUCT ? `(${a})` : a;
        return [`${before}${t.kind === "Mul" ? "*" : "/"}${textWithin(t.b, PREFIX)}`, PRODUCT];
      }
      case "Pow": return [`${textWithin(t.a, ATOM)}**${textWithin(t.b, PREFIX)}`, POWER];
      case "Fn": return [`${t.fn}(${textOf(t.a)[0]})`, ATOM];
      case "Call": return [`${t.name}(${t.args.map((x) => textOf(x)[0]).join(", ")})`, ATOM];
      case "D": return [`D(${textOf(t.a)[0]}, ${textOf(t.by)[0]})`, ATOM];
      case "Over": {
        checkLetter(t);
        const letter = letterOf(t.index), others = t.without.map((i) => `, ${letter} != ${letterOf(i)}`).join("");
        return [`${t.op}(${letter}, ${textOf(t.a)[0]}${others})`, ATOM];
      }
      default: throw new RangeError("a derivative inside a function is not shown");
    }
  }

  /** A part behind a sign, in brackets where it is looser or begins with a minus. @param {Term} t @param {number} tightness */
  function textWithin(t, tightness) {
    const [shown, holds] = textOf(t);
    return holds < tightness || shown.startsWith("-") ? `(${shown})` : shown;
  }

  return {
    /** @param {Term} term @param {Setting} setting @param {Chosen} [symbols] @param {boolean} [display] limits of a sum under it */
    mathml: (term, setting, symbols = {}, display = true) =>
      mathmlOf(new Layouts(setting, symbols).of(term).layout, { display, inScript: false }),
    /** @param {Term} term @param {Setting} setting @param {Chosen} [names] */
    latex: (term, setting, names = {}) => latexOf(new Layouts(setting, names).of(term).layout),
    /** @param {Term} term */
    text: (term) => textOf(term)[0],
  };
})();

if (typeof module !== "undefined") module.exports = Printer;
