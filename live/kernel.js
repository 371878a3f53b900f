// @ts-check
/**
 * The second kernel: it judges the same lines as the first, by the rules of docs/kernel.md alone.
 *
 * One plain script without imports, so that it runs in node, in a page and in a Web Worker that is
 * started from a blob. Nothing it is given makes it throw anything but a `Refused`.
 *
 *     Kernel.setting(lines)                 the declarations of a certificate, judged one by one
 *     Kernel.read(setting, text)            a term (for a printer, or a search for counterexamples)
 *     Kernel.begin(setting, title, start)   a chain without steps
 *     Kernel.extend(chain, step)            the chain with one more step, which is judged
 *     Kernel.judge(setting, before, step)   the same for one step by itself
 *     Kernel.replay(certificate)            the chain of a certificate, with all that it cites
 *     Kernel.verdict(() => …)               null, or the Refused that was thrown
 *
 * The names of the sections are those of the specification.
 */
const Kernel = (() => {
  "use strict";

  // ── Refusals ─────────────────────────────────────────────────────────────────────────────────

  /** The only thing that is thrown: a class of the specification, and a reason for the reader. */
  class Refused extends Error {
    /** @param {string} kind @param {string} message @param {number} [place] in the text of a line */
    constructor(kind, message, place) {
      super(message);
      this.kind = kind;
      this.place = place;
    }
  }

  const UNREADABLE = "unreadable", UNDECLARED = "undeclared", HIDDEN = "hidden index";
  const BAD_DECLARATION = "bad declaration", NO_VALUE = "no value", NO_DERIVATIVE = "no derivative";
  const BEYOND = "beyond the rules", NOT_PROVED = "not proved", WRONG_GAP = "wrong gap";
  const NOT_ORDERED = "not ordered", BAD_CITATION = "bad citation", BAD_POINT = "bad point";
  const BAD_CHAIN = "bad chain", BAD_CERTIFICATE = "bad certificate", SPENT = "too much work";

  /** @param {string} kind @param {string} message @param {number} [place] @returns {never} */
  function refuse(kind, message, place) {
    throw new Refused(kind, message, place);
  }

  /**
   * What `work` returns. A full stack and a number too long for the language are work, too.
   * @template T @param {() => T} work @returns {T}
   */
  function bounded(work) {
    try {
      return work();
    } catch (error) {
      if (error instanceof RangeError) refuse(SPENT, "this takes too long: it is nested too deep");
      throw error;
    }
  }

  // ── Rational numbers ─────────────────────────────────────────────────────────────────────────

  /** @typedef {{readonly n: bigint, readonly d: bigint}} Q in lowest terms, d > 0 */

  const LONGEST = 1n << 3000n;

  /** @param {bigint} a @returns {bigint} */
  const size = (a) => (a < 0n ? -a : a);

  /** @param {bigint} a @param {bigint} b @returns {bigint} */
  function gcd(a, b) {
    [a, b] = [size(a), size(b)];
    while (b) [a, b] = [b, a % b];
    return a;
  }

  /** @param {bigint} n @param {bigint} [d] @returns {Q} */
  function q(n, d = 1n) {
    if (d !== 1n) {
      const g = d < 0n ? -gcd(n, d) : gcd(n, d);
      if (g !== 1n) [n, d] = [n / g, d / g];
    }
    if (size(n) >= LONGEST || d >= LONGEST) refuse(SPENT, "this takes too long: a number is too long");
    return { n, d };
  }

  const Q0 = q(0n), Q1 = q(1n), MINUS = q(-1n);
  /** @param {Q} a @param {Q} b */
  const qAdd = (a, b) => (a.d === 1n && b.d === 1n ? q(a.n + b.n) : q(a.n * b.d + b.n * a.d, a.d * b.d));
  /** @param {Q} a @param {Q} b */
  const qMul = (a, b) => (a.d === 1n && b.d === 1n ? q(a.n * b.n) : q(a.n * b.n, a.d * b.d));
  /** @param {Q} a @returns {Q} */
  const qNeg = (a) => ({ n: -a.n, d: a.d });
  /** @param {Q} a */
  const qInverse = (a) => q(a.d, a.n);
  /** @param {Q} a @param {Q} b @returns {number} */
  const qOrder = (a, b) => {
    const x = a.n * b.d, y = b.n * a.d;
    return x < y ? -1 : x > y ? 1 : 0;
  };
  /** @param {Q} a @param {Q} b */
  const qSame = (a, b) => a.n === b.n && a.d === b.d;
  /** @param {Q} a @returns {bigint} */
  const qFloor = (a) => (a.n >= 0n ? a.n / a.d : -((-a.n + a.d - 1n) / a.d));
  /** @param {Q} a */
  const qText = (a) => (a.d === 1n ? `${a.n}` : `${a.n}/${a.d}`);
  /** @param {Q} a */
  const isWhole = (a) => a.d === 1n;
  /** @param {Q} a @param {bigint} e */
  function qPower(a, e) {
    const longest = Math.max(size(a.n).toString(2).length, a.d.toString(2).length) - 1;
    if (BigInt(longest) * size(e) > 6000n) refuse(SPENT, "this takes too long: a number is too long");
    return e >= 0n ? q(a.n ** e, a.d ** e) : q(a.d ** -e, a.n ** -e);
  }

  // ── Terms ────────────────────────────────────────────────────────────────────────────────────

  /**
   * What is read. "Done" is a derivative that was carried out where a call was unfolded: `a` is the
   * derivative by `by`, and `f`, which was differentiated, still has to have a value.
   * @typedef {{kind: "Num", value: Q} | {kind: "Size", name: string} | {kind: "Param", name: string}
   *   | {kind: "Name", name: string, indices: string[]} | {kind: "Delta", i: string, j: string}
   *   | {kind: "Neg", a: Term} | {kind: "Add" | "Mul" | "Div" | "Pow", a: Term, b: Term}
   *   | {kind: "Fn", fn: string, a: Term} | {kind: "Call", name: string, args: Term[]}
   *   | {kind: "Over", op: string, index: string, size: string, a: Term, without: string[]}
   *   | {kind: "D", a: Term, by: Named} | {kind: "Done", a: Term, f: Term, by: Named}} Term
   * @typedef {{kind: "Name", name: string, indices: string[]} | {kind: "Param", name: string}} Named
   */

  /** @param {Q} value @returns {Term} */
  const num = (value) => ({ kind: "Num", value });
  /** @param {Term} a @returns {Term} */
  const neg = (a) => ({ kind: "Neg", a });
  /** @param {"Add" | "Mul" | "Div" | "Pow"} kind @param {Term} a @param {Term} b @returns {Term} */
  const two = (kind, a, b) => ({ kind, a, b });
  /** @param {Term} a @param {Term} b */
  const minus = (a, b) => two("Add", a, neg(b));
  const ZERO_TERM = num(Q0), ONE_TERM = num(Q1);

  /** @param {Term} t @returns {Term[]} */
  function children(t) {
    switch (t.kind) {
      case "Neg": case "Fn": case "Over": return [t.a];
      case "Add": case "Mul": case "Div": case "Pow": return [t.a, t.b];
      case "Call": return t.args;
      case "D": return [t.a, t.by];
      case "Done": return [t.a, t.f, t.by];
      default: return [];
    }
  }

  /** Every subterm, the term itself first. @param {Term} t @returns {Generator<Term>} */
  function* subterms(t) {
    yield t;
    for (const child of children(t)) yield* subterms(child);
  }

  /** The words of a term: names and functions as written. @param {Term} t */
  function wordsOf(t) {
    const words = new Set();
    for (const s of subterms(t)) if (s.kind === "Name" || s.kind === "Call") words.add(s.name);
    return words;
  }

  /** @param {string} index */
  const isNumber = (index) => index >= "0" && index < ":";

  /** Indices written in a term, bound ones too. @param {Term} t @returns {string[]} */
  function indicesOf(t) {
    if (t.kind === "Name") return t.indices;
    if (t.kind === "Delta") return [t.i, t.j];
    return t.kind === "Over" ? t.without : [];
  }

  /**
   * The term with other indices and with terms for parameters; binders get fresh identities, so
   * that nothing is captured. `carry` is what a derivative becomes before arguments are put in.
   * @param {Term} t @param {Map<string, string>} letters @param {Map<string, Term> | null} params
   * @param {() => string} fresh @param {(t: Term & {kind: "D"}) => Term} carry @returns {Term}
   */
  function put(t, letters, params, fresh, carry) {
    /** @param {Term} s */
    const inside = (s) => put(s, letters, params, fresh, carry);
    /** @param {string} i */
    const index = (i) => letters.get(i) ?? i;
    switch (t.kind) {
      case "Name": return { ...t, indices: t.indices.map(index) };
      case "Delta": return { ...t, i: index(t.i), j: index(t.j) };
      case "Param": return params?.get(t.name) ?? t;
      case "Neg": case "Fn": return { ...t, a: inside(t.a) };
      case "Add": case "Mul": case "Div": case "Pow": return { ...t, a: inside(t.a), b: inside(t.b) };
      case "Call": return { ...t, args: t.args.map(inside) };
      case "Over": {
        const bound = fresh(), more = new Map(letters).set(t.index, bound);
        const a = put(t.a, more, params, fresh, carry);
        return { ...t, index: bound, a, without: t.without.map(index) };
      }
      case "D":
        if (params) return inside(carry(t));
        return { ...t, a: inside(t.a), by: /** @type {Named} */ (inside(t.by)) };
      case "Done": {
        // The letter of the differentiation is no place of use: a parameter stays what it was.
        const by = t.by.kind === "Param" ? t.by : /** @type {Named} */ (inside(t.by));
        return { ...t, a: inside(t.a), f: inside(t.f), by };
      }
      default: return t;
    }
  }

  // ── Settings ─────────────────────────────────────────────────────────────────────────────────

  /**
   * @typedef {{head: string[], body: Term, isFunction: boolean, folds: boolean, isLemma: boolean}} Definition
   * @typedef {{letters: string[], body: Term}} PutIn what a name is, at the letters of its head
   * @typedef {{title: string, name: string, put: PutIn | null, at: string | null}} Fact
   *   put: what the name is; at: the letter of a one-hot fact; without `put`, it sums to one
   * @typedef {{a: Term, relation: string, b: Term, letters: string[]}} Condition
   */

  /** What the lines declare. A setting is not changed: a declaration gives a new one. */
  class Setting {
    /** @type {readonly (readonly string[])[]} */ lines = [];
    /** size → least @type {ReadonlyMap<string, number>} */ sizes = new Map();
    /** letter → size @type {ReadonlyMap<string, string>} */ letters = new Map();
    /** free name → kind @type {ReadonlyMap<string, string>} */ kinds = new Map();
    /** name → sizes of its places @type {ReadonlyMap<string, string[]>} */ places = new Map();
    /** name or function → definition @type {ReadonlyMap<string, Definition>} */ definitions = new Map();
    /** word → letters it hides @type {ReadonlyMap<string, Set<string>>} */ hidden = new Map();
    /** word → names it rests on, itself too @type {ReadonlyMap<string, Set<string>>} */ reach = new Map();
    /** title → fact @type {ReadonlyMap<string, Fact>} */ facts = new Map();
    /** @type {readonly Condition[]} */ conditions = [];
    /** free name → its value at the witness @type {ReadonlyMap<string, PutIn>} */ witness = new Map();

    /** @param {Partial<Setting>} changes @returns {Setting} */
    with(changes) {
      return Object.assign(Object.create(Setting.prototype), this, changes);
    }

    /** @param {string} word */
    isFunction(word) {
      return this.definitions.get(word)?.isFunction ?? false;
    }

    /** Names that a term rests on, through definitions. @param {...Term} terms */
    restsOn(...terms) {
      /** @type {Set<string>} */ const names = new Set();
      for (const t of terms) for (const w of wordsOf(t)) for (const n of this.reach.get(w) ?? []) names.add(n);
      return names;
    }

    /** The first word of a term that hides one of these letters. @param {Term} t @param {string[]} letters */
    hiding(t, letters) {
      for (const word of wordsOf(t)) {
        const letter = letters.find((x) => this.hidden.get(word)?.has(x));
        if (letter) return { word, letter };
      }
      return null;
    }

    /** Letters written in a term and not bound in it. @param {Term} t @returns {string[]} */
    written(t) {
      const found = new Set([...subterms(t)].flatMap(indicesOf).filter((i) => this.letters.has(i)));
      return [...found].sort();
    }

    /** Letters hidden in the words of a term. @param {Term} t @returns {string[]} */
    hiddenIn(t) {
      return [...wordsOf(t)].flatMap((w) => [...(this.hidden.get(w) ?? [])]);
    }
  }

  /** @template K, V @param {ReadonlyMap<K, V>} map @param {...[K, V]} entries @returns {Map<K, V>} */
  const plus = (map, ...entries) => new Map([...map, ...entries]);

  // ── Reading ──────────────────────────────────────────────────────────────────────────────────

  /** @typedef {{kind: "number" | "word" | "sign" | "end", text: string, at: number}} Token */

  const LETTER = "A-Za-z_αβγδεζηθκλμνξπρστφχψωΓΔΘΛΞΠΣΦΨΩ";
  const TOKEN = new RegExp(`([0-9]+(?:\\.[0-9]+)?)|([${LETTER}][${LETTER}0-9]*)|(\\*\\*|!=|[-+*/()\\[\\],])`, "y");
  const SPACE = /[\u0009-\u000D\u001C-\u0020\u0085\u00A0\u1680\u2000-\u200A\u2028\u2029\u202F\u205F\u3000]+/g;
  const RESERVED = new Set(["Σ", "Sum", "Π", "Prod", "δ", "delta", "exp", "log", "abs", "D", "oo"]);
  const OVER = new Map([["Σ", "Σ"], ["Sum", "Σ"], ["Π", "Π"], ["Prod", "Π"]]);
  const FN = new Set(["exp", "log", "abs"]), DELTA = new Set(["δ", "delta"]);
  const MOST_CHARACTERS = 2000, MOST_DIGITS = 30, DEEPEST = 40;

  /** @param {string} text @returns {Token[]} */
  function tokensOf(text) {
    if ([...text].length > MOST_CHARACTERS) refuse(UNREADABLE, "a line has at most 2000 characters");
    const line = text.replace(SPACE, " ").replace(/^ | $/g, "");
    if (!line) refuse(UNREADABLE, "there is nothing to read: the line is empty", 0);
    /** @type {Token[]} */ const tokens = [];
    for (let at = 0; at < line.length; at = TOKEN.lastIndex) {
      if (line[at] === " ") at++;
      TOKEN.lastIndex = at;
      const match = TOKEN.exec(line);
      if (!match) unknownCharacter(line, at);
      const [found, number, word] = /** @type {RegExpExecArray} */ (match);
      if (number && number.length > MOST_DIGITS) refuse(UNREADABLE, "a number has at most 30 characters", at);
      tokens.push({ kind: number ? "number" : word ? "word" : "sign", text: found, at });
    }
    tokens.push({ kind: "end", text: "", at: line.length });
    return tokens;
  }

  /** @param {string} line @param {number} at @returns {never} */
  function unknownCharacter(line, at) {
    const found = String.fromCodePoint(/** @type {number} */ (line.codePointAt(at)));
    if (found === "^") refuse(UNREADABLE, "write a power with two stars: x**2", at);
    if (found === ".") refuse(UNREADABLE, "a number has digits before and after its point: 0.5", at);
    if ("=<>≤≥".includes(found)) refuse(UNREADABLE, "one side of a step is asked for: its sign stands apart", at);
    if ("·×".includes(found)) refuse(UNREADABLE, "write a product with a star: x*y", at);
    return refuse(UNREADABLE, `'${found}' is no sign that the kernel knows`, at);
  }

  const LIMITS = "limits are SymPy's: in a notebook, a derivation takes one by .tends_to(…)";
  /** What is said of functions that others write. */
  const CALLS = new Map([["ln", "write log(…)"], ["sum", "write Σ(i, …)"], ["lim", LIMITS], ["limit", LIMITS]]);

  /** Reads one line: recursive descent along the grammar. */
  class Reader {
    /** @param {Setting} setting @param {string} text @param {Iterable<string>} [params] */
    constructor(setting, text, params = []) {
      this.setting = setting;
      this.params = new Set(params);
      this.tokens = tokensOf(text);
      this.next = 0;
      this.deep = 0;
      this.binders = 0;
      /** letter → identity @type {Map<string, string>} */ this.bound = new Map();
      /** identity → size @type {Map<string, string>} */ this.sizeOf = new Map();
    }

    get token() {
      return this.tokens[this.next];
    }

    /** @param {string} text */
    at(text) {
      return this.token.kind === "sign" && this.token.text === text;
    }

    /** @param {string} text */
    takes(text) {
      if (!this.at(text)) return false;
      this.next++;
      return true;
    }

    /** @param {string} text */
    expect(text) {
      if (!this.takes(text)) this.unexpected(`'${text}' is missing here`);
    }

    /** @param {string} wanted @returns {never} */
    unexpected(wanted) {
      const { kind, text, at } = this.token;
      if (kind === "end") refuse(UNREADABLE, `the line ends too early: ${wanted}`, at);
      const before = this.tokens[this.next - 1];
      const ended = before && (before.kind !== "sign" || before.text === ")" || before.text === "]");
      if (ended && (kind === "number" || kind === "word" || text === "(")) {
        refuse(UNREADABLE, `a star is missing before '${text}': write a product as x*y`, at);
      }
      return refuse(UNREADABLE, `'${text}' does not belong here: ${wanted}`, at);
    }

    line() {
      const t = this.sum();
      if (this.token.kind !== "end") this.unexpected("the line should end");
      return t;
    }

    /** @template T @param {() => T} read @returns {T} */
    deeper(read) {
      if (++this.deep > DEEPEST) refuse(UNREADABLE, "this is nested too deep: 40 is the most", this.token.at);
      const found = read();
      this.deep--;
      return found;
    }

    /** @returns {Term} */
    sum() {
      return this.deeper(() => {
        let t = this.term();
        for (;;) {
          if (this.takes("+")) t = two("Add", t, this.term());
          else if (this.takes("-")) t = minus(t, this.term());
          else return t;
        }
      });
    }

    /** @returns {Term} */
    term() {
      let t = this.unary();
      for (;;) {
        if (this.takes("*")) t = two("Mul", t, this.unary());
        else if (this.takes("/")) t = two("Div", t, this.unary());
        else return t;
      }
    }

    /** @returns {Term} */
    unary() {
      let signs = 0, negative = false;
      while (this.at("+") || this.at("-")) {
        if (++signs > DEEPEST) refuse(UNREADABLE, "at most 40 signs stand before a term", this.token.at);
        if (this.at("-")) negative = !negative;
        this.next++;
      }
      let t = this.primary();
      if (this.takes("**")) t = two("Pow", t, this.deeper(() => this.unary()));
      return negative ? neg(t) : t;
    }

    /** @returns {Term} */
    primary() {
      const token = this.token;
      if (this.takes("(")) {
        const t = this.sum();
        this.expect(")");
        return t;
      }
      if (token.kind === "number") {
        this.next++;
        const [whole, broken = ""] = token.text.split(".");
        return num(q(BigInt(whole + broken), 10n ** BigInt(broken.length)));
      }
      if (token.kind !== "word") this.unexpected("a number, a name or a bracket is wanted");
      this.next++;
      return this.word(token);
    }

    /** @param {Token} token @returns {Term} */
    word({ text, at }) {
      const { setting } = this;
      if (this.params.has(text)) return { kind: "Param", name: text };
      if (this.at("(") && !setting.places.has(text)) return this.call(text, at);
      if (setting.sizes.has(text) && !this.at("[")) return { kind: "Size", name: text };
      if (setting.places.has(text)) return this.name(text, at);
      if (setting.letters.has(text)) refuse(UNREADABLE, `'${text}' is a letter for an index, not a number`, at);
      if (setting.isFunction(text) || RESERVED.has(text)) refuse(UNREADABLE, `'${text}' needs brackets: ${text}(…)`, at);
      if (setting.sizes.has(text)) refuse(UNREADABLE, `'${text}' is a size and has no index`, at);
      return refuse(UNDECLARED, `there is no name '${text}': declare it, or define it with let`, at);
    }

    /** @param {string} name @param {number} at @returns {Term} */
    name(name, at) {
      const places = /** @type {string[]} */ (this.setting.places.get(name));
      /** @type {string[]} */ const indices = [];
      if (this.takes("[")) {
        do indices.push(this.index()); while (this.takes(","));
        this.expect("]");
      }
      if (indices.length !== places.length) {
        refuse(UNREADABLE, `'${name}' has ${places.length} indices, not ${indices.length}`, at);
      }
      indices.forEach((i, n) => this.checkSize(i, places[n], at));
      return { kind: "Name", name, indices };
    }

    /** An index: a whole number, or a letter, by its identity if it is bound. @returns {string} */
    index() {
      const { kind, text, at } = this.token;
      if (kind === "sign" || kind === "end") this.unexpected("an index is wanted");
      if (kind === "number") {
        const whole = /^[0-9]+$/.test(text) ? Number(text) : 0;
        if (whole < 1 || whole > 999) refuse(UNREADABLE, `an index is a whole number from 1 to 999, not ${text}`, at);
        this.next++;
        return `${whole}`;
      }
      if ( !this.setting.letters.has(text)) refuse(UNREADABLE, `there is no index '${text}': declare it`, at);
      this.next++;
      return this.bound.get(text) ?? text;
    }

    /** A letter has to run over the size of its place. @param {string} index @param {string} wanted @param {number} at */
    checkSize(index, wanted, at) {
      const found = this.sizeOfIndex(index);
      if (found !== undefined && found !== wanted) {
        refuse(UNREADABLE, `'${index.split("'")[0]}' runs over ${found}, and ${wanted} is wanted here`, at);
      }
    }

    /** @param {string} index */
    sizeOfIndex(index) {
      return this.sizeOf.get(index) ?? this.setting.letters.get(index);
    }

    /** @param {string} word @param {number} at @returns {Term} */
    call(word, at) {
      this.expect("(");
      const op = OVER.get(word);
      return op ? this.over(op) : DELTA.has(word) ? this.delta(at) : this.applied(word, at);
    }

    /** @param {string} op @returns {Term} */
    over(op) {
      const { text: letter, at, kind } = this.token, { setting } = this;
      if (kind !== "word") this.unexpected("a letter to sum over is wanted");
      const size = setting.letters.get(letter);
      if (size === undefined) return refuse(UNREADABLE, `there is no index '${letter}': declare it`, at);
      if (this.bound.has(letter)) refuse(UNREADABLE, `'${letter}' is bound already: take another letter`, at);
      this.next++;
      this.expect(",");
      const index = `${letter}'${++this.binders}`;
      this.bound.set(letter, index);
      this.sizeOf.set(index, size);
      const a = this.sum();
      /** @type {string[]} */ const without = [];
      while (this.takes(",")) {
        const place = this.token.at, i = this.index();
        this.expect("!=");
        const j = this.index();
        for (const k of [i, j]) this.checkSize(k, size, place);
        if ((i === index) === (j === index)) refuse(UNREADABLE, `one side of '!=' is ${letter}, the other is not`, place);
        without.push(i === index ? j : i);
      }
      this.expect(")");
      this.bound.delete(letter);
      const found = setting.hiding(a, [letter]);
      if (found) refuse(HIDDEN, `'${found.word}' stands for something with the index '${letter}', which cannot be bound here`, at);
      return { kind: "Over", op, index, size, a, without };
    }

    /** @param {number} at @returns {Term} */
    delta(at) {
      const i = this.index();
      this.expect(",");
      const j = this.index();
      this.expect(")");
      const [a, b] = [i, j].map((x) => this.sizeOfIndex(x));
      if (a === undefined && b === undefined) refuse(UNREADABLE, "one of the two indices of δ is a letter", at);
      if (a !== undefined && b !== undefined && a !== b) refuse(UNREADABLE, "the two indices of δ run over one size", at);
      return { kind: "Delta", i, j };
    }

    /** exp, log, abs, D or a function. @param {string} word @param {number} at @returns {Term} */
    applied(word, at) {
      const args = [this.sum()];
      while (this.takes(",")) args.push(this.sum());
      this.expect(")");
      const definition = this.setting.definitions.get(word);
      if (word === "oo" || !(RESERVED.has(word) || definition?.isFunction)) {
        refuse(UNDECLARED, CALLS.get(word) ?? `there is no function '${word}': define it with let`, at);
      }
      const wanted = word === "D" ? 2 : definition?.isFunction ? definition.head.length : 1;
      if (args.length !== wanted && !(definition?.folds && args.length > wanted)) {
        refuse(UNREADABLE, `'${word}' takes ${wanted} arguments, not ${args.length}`, at);
      }
      if (FN.has(word)) return { kind: "Fn", fn: word, a: args[0] };
      if (word === "D") {
        const [a, by] = args;
        if (by.kind !== "Name" && by.kind !== "Param") return refuse(UNREADABLE, "a derivative is by a name", at);
        return { kind: "D", a, by };
      }
      if (args.length === wanted) return { kind: "Call", name: word, args };
      return args.reduce((a, b) => ({ kind: "Call", name: word, args: [a, b] }));
    }
  }

  /** @param {Setting} setting @param {string} text @param {Iterable<string>} [params] @returns {Term} */
  const read = (setting, text, params) => new Reader(setting, text, params).line();

  // ── Atoms, monomials, polynomials ────────────────────────────────────────────────────────────

  /** @typedef {readonly [Atom, Q]} Factor an atom and its exponent */
  /** @typedef {{readonly m: Mono, readonly c: Q}} Part a monomial and its coefficient */

  const LONGEST_KEY = 20000;

  /** An atom; which fields have a meaning depends on its kind. Two are the same if their keys are. */
  class Atom {
    /** @param {string} kind @param {string} inside the key between its brackets */
    constructor(kind, inside) {
      this.kind = kind;
      this.key = `${kind}(${inside})`;
      if (this.key.length > LONGEST_KEY) refuse(SPENT, "this takes too long: an expression is too long");
      /** n, s: the name @type {string} */ this.name = "";
      /** n, d: the indices @type {readonly string[]} */ this.indices = [];
      /** l, a, p: what it is made of @type {Poly} */ this.poly = ZERO;
      /** e, S @type {Mono} */ this.mono = UNIT;
      /** S: of its own indices @type {readonly string[]} */ this.sizes = [];
      /** S: the number of its first own index */ this.first = 0;
      /** q @type {bigint} */ this.prime = 0n;
      /** its value is 0 or 1 */ this.binary = false;
      /** no name, size, δ or sum is in it */ this.constant = true;
      /** free indices @type {ReadonlySet<string>} */ this.free = NO_INDICES;
      this.height = 0;
    }

    /** The own indices of an S. */
    get own() {
      return ownIndices(this.first, this.sizes);
    }

    /** Takes over what is known of the atoms inside. @param {Iterable<Atom>} inside */
    over(inside) {
      const free = new Set();
      for (const x of inside) {
        for (const i of x.free) free.add(i);
        this.height = Math.max(this.height, x.height);
        this.constant &&= x.constant;
      }
      this.free = free;
      return this;
    }
  }

  /** Names that tell the size, so that nothing seen of an index of one size is believed of another. @param {number} first @param {readonly string[]} sizes */
  const ownIndices = (first, sizes) => sizes.map((size, n) => `@${first + n}${size}`);

  /** @type {ReadonlySet<string>} */ const NO_INDICES = new Set();

  /** A product of different atoms to exponents that are not 0, in the order of their keys. */
  class Mono {
    /** @param {readonly Factor[]} factors in order */
    constructor(factors) {
      this.factors = factors;
      const texts = factors.map(([x, e]) => `(${x.key} ${qText(e)})`);
      this.text = `(${texts.join(" ")})`;
    }

    /** @param {string} key */
    exponent(key) {
      return this.factors.find(([x]) => x.key === key)?.[1] ?? Q0;
    }
  }

  const UNIT = new Mono([]);

  /** @param {Mono} a @param {Mono} b @returns {number} */
  function monoOrder(a, b) {
    for (let n = 0; n < a.factors.length && n < b.factors.length; n++) {
      const [x, e] = a.factors[n], [y, f] = b.factors[n];
      const order = x.key < y.key ? -1 : x.key > y.key ? 1 : qOrder(e, f);
      if (order) return order;
    }
    return a.factors.length - b.factors.length;
  }

  /** A finite sum of monomials with coefficients that are not 0. */
  class Poly {
    /** @param {readonly Part[]} parts each monomial once */
    constructor(parts) {
      /** in order @type {readonly Part[]} */
      this.parts = parts.length > 1 ? [...parts].sort((a, b) => monoOrder(a.m, b.m)) : parts;
      /** @type {string | null} */ this._text = null;
    }

    get text() {
      const texts = () => this.parts.map(({ m, c }) => `(${m.text} ${qText(c)})`);
      return (this._text ??= `(${texts().join(" ")})`);
    }

    get isEmpty() {
      return this.parts.length === 0;
    }

    /** Its atoms at the top, in the order of their keys. @returns {Atom[]} */
    get atoms() {
      const found = new Map(this.parts.flatMap(({ m }) => m.factors.map(([x]) => [x.key, x])));
      return [...found.values()].sort(byKey);
    }

    /** Free indices, in order. @returns {string[]} */
    get free() {
      return [...new Set(this.atoms.flatMap((x) => [...x.free]))].sort();
    }

    /** The rational number that it is, or null. @returns {Q | null} */
    get number() {
      if (this.isEmpty) return Q0;
      const [{ m, c }] = this.parts;
      return this.parts.length === 1 && m === UNIT ? c : null;
    }
  }

  /** @param {Atom} a @param {Atom} b */
  const byKey = (a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0);
  const ZERO = new Poly([]);
  /** @param {Q} c @returns {Poly} */
  const constant = (c) => (c.n === 0n ? ZERO : new Poly([{ m: UNIT, c }]));
  const ONE = constant(Q1);

  /** The number c with p = c·r, or null. @param {Poly} p @param {Poly} r @returns {Q | null} */
  function multiple(p, r) {
    if (p.isEmpty || p.parts.length !== r.parts.length) return null;
    const c = qMul(p.parts[0].c, qInverse(r.parts[0].c));
    const fits = p.parts.every((x, n) => x.m.text === r.parts[n].m.text && qSame(x.c, qMul(c, r.parts[n].c)));
    return fits ? c : null;
  }

  /** @param {Mono} m */
  const eAtom = (m) => Object.assign(new Atom("e", m.text), { mono: m }).over(m.factors.map(([x]) => x));
  /** @param {"l" | "a" | "p"} kind @param {Poly} poly */
  const polyAtom = (kind, poly) => Object.assign(new Atom(kind, poly.text), { poly }).over(poly.atoms);
  /** @param {string} name */
  const sizeAtom = (name) => Object.assign(new Atom("s", name), { name, constant: false });
  /** @param {bigint} prime */
  const primeAtom = (prime) => Object.assign(new Atom("q", `${prime}`), { prime });
  /** @param {string} i @param {string} j */
  function deltaAtom(i, j) {
    const indices = [i, j].sort();
    return Object.assign(new Atom("d", `${indices[0]},${indices[1]}`), { indices, free: new Set(indices), binary: true, constant: false });
  }
  /** @param {string[]} sizes @param {Mono} mono @param {number} first */
  function sumAtom(sizes, mono, first) {
    const x = Object.assign(new Atom("S", `(${sizes.join(" ")}),${mono.text},${first}`), { sizes, mono, first });
    x.over(mono.factors.map(([y]) => y));
    const own = new Set(x.own);
    return Object.assign(x, { constant: false, height: first + sizes.length, free: new Set([...x.free].filter((i) => !own.has(i))) });
  }

  /** @param {readonly string[]} a @param {readonly string[]} b @returns {number} */
  function listOrder(a, b) {
    const n = a.findIndex((x, k) => x !== b[k]);
    return n < 0 ? 0 : a[n] < b[n] ? -1 : 1;
  }

  /** @template T @param {readonly T[]} list @returns {T[][]} */
  function permutations(list) {
    if (list.length < 2) return [[...list]];
    return list.flatMap((x, n) => permutations([...list.slice(0, n), ...list.slice(n + 1)]).map((rest) => [x, ...rest]));
  }

  /** All choices of one of each list, the last list fastest. @template T @param {readonly T[][]} lists @returns {Generator<T[]>} */
  function* choices(lists) {
    if (!lists.length) yield [];
    else for (const first of lists[0]) for (const rest of choices(lists.slice(1))) yield [first, ...rest];
  }

  /** c as prime numbers and their exponents; c > 0. What 10000 trials leave counts as a prime. @param {bigint} n */
  function primesOf(n) {
    /** @type {Map<bigint, bigint>} */ const found = new Map();
    for (let d = 2n; d <= 10000n && d * d <= n; d++) {
      while (n % d === 0n) {
        found.set(d, (found.get(d) ?? 0n) + 1n);
        n /= d;
      }
    }
    if (n > 1n) found.set(n, (found.get(n) ?? 0n) + 1n);
    return found;
  }

  // ── Bounds ───────────────────────────────────────────────────────────────────────────────────

  /** @typedef {readonly [bigint, bigint]} Interval ends in units of 2⁻¹⁶⁰ */

  const BITS = 160n, UNIT_OF_BOUNDS = 1n << BITS, REST = 1n << 5n; // the rest is 2⁻¹⁵⁵
  /** @param {bigint} a @param {bigint} b positive */
  const floorDiv = (a, b) => (a >= 0n ? a / b : -((-a + b - 1n) / b));
  /** @param {bigint} a @param {bigint} b positive */
  const ceilDiv = (a, b) => -floorDiv(-a, b);
  /** @param {Q} c @returns {Interval} */
  const boundsOfNumber = ({ n, d }) => [floorDiv(n * UNIT_OF_BOUNDS, d), ceilDiv(n * UNIT_OF_BOUNDS, d)];
  /** @param {bigint[]} list */
  const least = (list) => list.reduce((a, b) => (b < a ? b : a));
  /** @param {bigint[]} list */
  const greatest = (list) => list.reduce((a, b) => (b > a ? b : a));
  /** @param {string} why @returns {never} */
  const unbounded = (why) => refuse(BEYOND, why);

  /** @param {Interval} a @param {Interval} b @returns {Interval} */
  function boundsOfProduct([a, b], [c, d]) {
    const all = [a * c, a * d, b * c, b * d];
    return [least(all) >> BITS, ceilDiv(greatest(all), UNIT_OF_BOUNDS)];
  }

  /** @param {Interval} x @param {bigint} n @returns {Interval} */
  function boundsOfPower([a, b], n) {
    const length = BigInt(greatest([size(a), size(b)]).toString(2).length);
    if (size(n) * (length + BITS) > 200000n) unbounded("a power is too large for bounds");
    if (n < 0n) {
      if (a <= 0n && b >= 0n) unbounded("a denominator may be 0");
      // Inverses fall where both ends are on one side of 0.
      const square = UNIT_OF_BOUNDS * UNIT_OF_BOUNDS;
      const inverse = (/** @type {bigint} */ x) => (x > 0n ? [floorDiv(square, x), ceilDiv(square, x)] : [-ceilDiv(square, -x), -floorDiv(square, -x)]);
      return boundsOfPower([inverse(b)[0], inverse(a)[1]], -n);
    }
    if (n === 0n) return [UNIT_OF_BOUNDS, UNIT_OF_BOUNDS];
    const ends = [a ** n, b ** n], unit = UNIT_OF_BOUNDS ** (n - 1n);
    const low = n % 2n === 0n && a < 0n && b > 0n ? 0n : least(ends);
    return [floorDiv(low, unit), ceilDiv(greatest(ends), unit)];
  }

  /** exp of one end, rounded down (−1) or up (1). @param {bigint} x @param {-1 | 1} side */
  function expOfEnd(x, side) {
    if (size(x) > 2000n * UNIT_OF_BOUNDS) unbounded("an exponent is too large for bounds");
    const rounded = side < 0 ? floorDiv : ceilDiv;
    let halvings = 0n;
    while (size(x) > UNIT_OF_BOUNDS >> 1n << halvings) halvings++;
    const y = rounded(x, 1n << halvings);
    let sum = UNIT_OF_BOUNDS;
    for (let k = 36n; k > 0n; k--) sum = UNIT_OF_BOUNDS + rounded(sum * y, k * UNIT_OF_BOUNDS);
    sum += side < 0 ? -REST : REST;
    for (; halvings > 0n; halvings--) sum = rounded(sum * sum, UNIT_OF_BOUNDS);
    return sum;
  }

  /** 2 artanh(t) for |t| ≤ 1/3, rounded down (−1) or up (1). @param {bigint} t @param {-1 | 1} side */
  function artanhTwice(t, side) {
    const square = (t * t) >> BITS;
    let sum = 0n;
    for (let k = 131n; k > 0n; k -= 2n) sum = UNIT_OF_BOUNDS / k + ((sum * square) >> BITS);
    return ((2n * t * sum) >> BITS) + (side < 0 ? -REST : REST);
  }

  /** log of one end, which is above 0. @param {bigint} x @param {-1 | 1} side */
  function logOfEnd(x, side) {
    const rounded = side < 0 ? floorDiv : ceilDiv;
    let m = x, twos = 0n;
    // m = x/2^twos between 2/3 and 4/3
    while (3n * m > 4n * UNIT_OF_BOUNDS) m = x >> ++twos;
    while (3n * m < 2n * UNIT_OF_BOUNDS) m = x << -(--twos);
    if (twos > 0n) m = rounded(x, 1n << twos);
    const t = rounded((m - UNIT_OF_BOUNDS) * UNIT_OF_BOUNDS, m + UNIT_OF_BOUNDS);
    const log2Side = twos < 0n ? (side < 0 ? 1 : -1) : side;
    const third = log2Side < 0 ? UNIT_OF_BOUNDS / 3n : UNIT_OF_BOUNDS / 3n + 1n;
    return artanhTwice(t, side) + twos * artanhTwice(third, log2Side); // log 2 = 2 artanh(1/3)
  }

  /** @param {Interval} x @returns {Interval} */
  const boundsOfExp = ([a, b]) => [expOfEnd(a, -1), expOfEnd(b, 1)];
  /** @param {Interval} x @returns {Interval} */
  function boundsOfLog([a, b]) {
    if (a <= 0n) unbounded("a logarithm of what may be 0");
    return [logOfEnd(a, -1), logOfEnd(b, 1)];
  }

  /** @param {Atom} x @returns {Interval} */
  function boundsOfAtom(x, spend = (/** @type {number} */ _) => {}) {
    spend(200);
    switch (x.kind) {
      case "l": return boundsOfLog(boundsOf(x.poly, spend));
      case "p": return boundsOf(x.poly, spend);
      case "q": return boundsOfNumber(q(x.prime));
      case "a": {
        const [a, b] = boundsOf(x.poly, spend);
        return [a <= 0n && b >= 0n ? 0n : least([size(a), size(b)]), greatest([size(a), size(b)])];
      }
      default: return unbounded("this is no constant");
    }
  }

  /** Bounds of a constant. @param {Poly} p @param {(work: number) => void} spend @returns {Interval} */
  function boundsOf(p, spend) {
    let low = 0n, high = 0n;
    for (const { m, c } of p.parts) {
      let part = boundsOfNumber(c);
      for (const [x, e] of m.factors) {
        /** @type {Interval} */ let power;
        if (x.kind === "e") {
          spend(200);
          power = boundsOfExp(boundsOfProduct(boundsOfNumber(e), boundsOf(new Poly([{ m: x.mono, c: Q1 }]), spend)));
        } else {
          const base = boundsOfAtom(x, spend);
          power = isWhole(e) ? boundsOfPower(base, e.n) : boundsOfExp(boundsOfProduct(boundsOfNumber(e), boundsOfLog(base)));
        }
        part = boundsOfProduct(part, power);
      }
      [low, high] = [low + part[0], high + part[1]];
    }
    return [low, high];
  }

  // ── A check ──────────────────────────────────────────────────────────────────────────────────

  /** @typedef {2 | 1 | 0 | -1 | -2 | 3} Sign above 0, at least 0, unknown, at most 0, below 0, not 0 */

  /** @param {Sign} s */
  const isNonZero = (s) => s === 2 || s === -2 || s === 3;
  /** @param {Q} c @returns {Sign} */
  const signOf = (c) => (c.n > 0n ? 2 : c.n < 0n ? -2 : 1);

  /** The sign of a product. @param {Sign} s @param {Sign} t @returns {Sign} */
  function times(s, t) {
    if (s === 0 || t === 0) return 0;
    if (s === 3 || t === 3) return isNonZero(s) && isNonZero(t) ? 3 : 0;
    return /** @type {Sign} */ (Math.sign(s) * Math.sign(t) * Math.min(Math.abs(s), Math.abs(t)));
  }

  /** The sign of a power of what has a sign. @param {Sign} s @param {Q} e @returns {Sign} */
  function power(s, e) {
    if (!isWhole(e)) return 2;
    if (e.n % 2n === 0n) return isNonZero(s) || e.n < 0n ? 2 : 1;
    return e.n < 0n && (s === 1 || s === -1) ? /** @type {Sign} */ (2 * s) : s;
  }

  /** A sign that is at least or at most 0, together with an assumed one. @param {Sign} known @param {Sign} assumed @returns {Sign} */
  function combined(known, assumed) {
    if (known === 3 || !known || !assumed || Math.abs(assumed) === 2) return assumed || known;
    return assumed === 3 ? /** @type {Sign} */ (2 * known) : known;
  }

  /** The sign of a sum. @param {Sign[]} signs @returns {Sign} */
  function strongest(signs) {
    if (!signs.length) return 1;
    if (signs.length === 1) return signs[0];
    if (signs.some((s) => s === 0 || s === 3)) return 0;
    if (signs.every((s) => s > 0)) return /** @type {Sign} */ (Math.max(...signs));
    return signs.every((s) => s < 0) ? /** @type {Sign} */ (Math.min(...signs)) : 0;
  }

  /**
   * @typedef {{term: Term, sign: Sign, letters: string[]}} Assumption the term has the sign at all
   *   values of the letters
   * @typedef {{put: ReadonlyMap<string, PutIn>, ones: ReadonlySet<string>,
   *   assumptions: readonly Assumption[]}} Premises what names are, which sum to one, what holds
   * @typedef {{letters: ReadonlyMap<string, string>, params: ReadonlyMap<string, Poly>,
   *   inFunction: boolean, values: Map<Term, Poly>, signs: Map<Term, Sign>,
   *   inner: Map<Term, Env>}} Env what letters and parameters are where a term stands, and what is
   *   known of terms there
   */

  /** @param {ReadonlyMap<string, string>} letters @param {ReadonlyMap<string, Poly>} params @param {boolean} inFunction @returns {Env} */
  const environment = (letters = new Map(), params = new Map(), inFunction = false) =>
    ({ letters, params, inFunction, values: new Map(), signs: new Map(), inner: new Map() });

  /** What is learnt in a check, and forgotten after a world where two indices are the same. */
  class Memory {
    /** keys of p-atoms that are above 0 @type {Set<string>} */ positive = new Set();
    /** @type {Map<string, Sign>} */ signs = new Map();
    /** @type {Map<string, Sign>} */ atomSigns = new Map();
    /** @type {Map<string, Poly | null>} */ assumed = new Map();
    /** @type {Map<string, Env>} */ definitions = new Map();

    /** @param {Set<string>} positive */
    copy(positive) {
      const memory = new Memory();
      memory.positive = positive;
      memory.signs = new Map(this.signs);
      memory.atomSigns = new Map(this.atomSigns);
      memory.assumed = new Map(this.assumed);
      return memory;
    }
  }

  /** The work of all checks of one claim. */
  class Budget {
    work = 0;
    checks = 0;

    /** @param {number} work */
    spend(work) {
      if ((this.work += work) > 120000) refuse(SPENT, "this takes too long");
    }
  }

  const MOST_POWER = 64n, MOST_ROUNDS = 200, MOST_CLEARED = 40, MOST_BOUND = 6, MOST_PERMUTED = 4;
  const DEPTH = 3, MOST_CHOICES = 64;
  const NO_PREMISES = { put: new Map(), ones: new Set(), assumptions: [] };

  class Check {
    /** @param {Setting} setting @param {Premises} premises @param {Budget} budget @param {Poly[]} held */
    constructor(setting, premises, budget = new Budget(), held = []) {
      this.setting = setting;
      this.premises = premises;
      this.budget = budget;
      /** polynomials that are at least 0 in this case, and sums of two or three of them */
      this.held = sumsOfUpToThree(held);
      this.memory = new Memory();
      /** of bound indices in work @type {Map<string, string>} */ this.sizeOf = new Map();
      this.bound = 0;
      this.fresh = 0;
      /** absolute values that appeared @type {Map<string, Poly>} */ this.absolutes = new Map();
      /** @type {Set<string>} */ this.asking = new Set();
      /** @type {Map<Term, Term>} */ this.derivatives = new Map();
    }

    /** @param {number} work */
    spend(work) {
      this.budget.spend(work);
    }

    // Indices

    /** @param {string} index */
    sizeOfIndex(index) {
      return this.setting.letters.get(index) ?? this.sizeOf.get(index);
    }

    /** @param {string} size */
    leastOf(size) {
      return /** @type {number} */ (this.setting.sizes.get(size));
    }

    /** A new bound index. @param {string} size */
    newIndex(size) {
      const index = `#${++this.bound}`;
      this.sizeOf.set(index, size);
      return index;
    }

    /** @param {string} index @param {string | undefined} size */
    exists(index, size) {
      if (isNumber(index) && size !== undefined && Number(index) > this.leastOf(size)) {
        refuse(NO_VALUE, `the index ${index} may not exist: ${size} may be ${this.leastOf(size)}; declare a larger least size`);
      }
    }

    /** @param {string} index @param {string} size */
    runsOver(index, size) {
      return isNumber(index) ? Number(index) <= this.leastOf(size) : this.sizeOfIndex(index) === size;
    }

    // Sums and products of polynomials

    /** @param {string} name @param {readonly string[]} indices */
    nameAtom(name, indices) {
      const x = new Atom("n", `${name},(${indices.join(" ")})`);
      return Object.assign(x, { name, indices, free: new Set(indices), binary: this.setting.kinds.get(name) === "binary", constant: false });
    }

    /** @param {Poly} p @param {Q} c */
    scale(p, c) {
      if (c.n === 0n) return ZERO;
      return qSame(c, Q1) ? p : new Poly(p.parts.map((x) => ({ m: x.m, c: qMul(x.c, c) })));
    }

    /** @param {Poly[]} polys */
    sum(polys) {
      if (polys.length === 1) return polys[0];
      for (const p of polys) this.spend(p.parts.length);
      return added(polys);
    }

    /** @param {Poly} p @param {Poly} r */
    minus(p, r) {
      return this.sum([p, this.scale(r, MINUS)]);
    }

    /** @param {Poly} p @param {Poly} r */
    mul(p, r) {
      if (p === ONE) return r;
      if (r === ONE) return p;
      this.spend(p.parts.length * r.parts.length);
      const products = p.parts.flatMap((x) => r.parts.map((y) => this.product(qMul(x.c, y.c), [...x.m.factors, ...y.m.factors])));
      return products.length ? this.sum(products) : ZERO;
    }

    /** c times atoms to powers, by the rules of products. @param {Q} c @param {readonly Factor[]} factors @returns {Poly} */
    product(c, factors) {
      /** @type {Map<string, Factor>} */ const powers = new Map();
      for (const [x, e] of factors) {
        const found = powers.get(x.key);
        powers.set(x.key, [x, found ? qAdd(found[1], e) : e]);
      }
      /** @type {Factor[]} */ const kept = [];
      /** polynomials to multiply out @type {Poly[]} */ const opened = [];
      for (let [x, e] of powers.values()) {
        if (x.binary && e.n > 0n) e = Q1;
        else if (x.kind === "p" && qOrder(e, Q1) >= 0) {
          const whole = qFloor(e);
          for (let n = 0n; n < whole; n++) this.open(opened, x.poly);
          e = qAdd(e, q(-whole));
        } else if (x.kind === "a" && isWhole(e) && size(e.n) >= 2n) {
          const half = e.n / 2n, square = this.mul(x.poly, x.poly);
          if (half < 0n) this.open(opened, this.power(square, q(half), 2));
          for (let n = 0n; n < half; n++) this.open(opened, square);
          e = q(e.n % 2n);
        } else if (x.kind === "q") {
          const whole = qFloor(e);
          c = qMul(c, qPower(q(x.prime), whole));
          e = qAdd(e, q(-whole));
        }
        if (e.n !== 0n) kept.push([x, e]);
      }
      kept.sort(([x], [y]) => byKey(x, y));
      const p = new Poly([{ m: kept.length ? new Mono(kept) : UNIT, c }]);
      return opened.reduce((a, b) => this.mul(a, b), p);
    }

    /** @param {Poly[]} opened @param {Poly} p */
    open(opened, p) {
      if (opened.push(p) > 64) refuse(BEYOND, "at most 64 polynomials are multiplied out at once");
    }

    /** One atom to a power. @param {Atom} x @param {Q} [e] */
    atom(x, e = Q1) {
      return this.product(Q1, [[x, e]]);
    }

    // Taking out factors

    /** p without denominators, and the denominators it was multiplied by. @param {Poly} p */
    together(p) {
      /** @type {Factor[]} */ const cleared = [];
      for (;;) {
        /** @type {Atom | null} */ let next = null;
        for (const { m } of p.parts) {
          for (const [x, e] of m.factors) {
            if (x.kind === "p" && e.n < 0n && (!next || laterCleared(x, next))) next = x;
          }
        }
        if (!next) return { p, cleared };
        if (cleared.length >= MOST_CLEARED) refuse(BEYOND, "there are too many denominators: 40 at most are cleared");
        this.spend(p.parts.length);
        const x = next, n = -qFloor(leastExponent(p, x));
        cleared.push([x, q(n)]);
        p = this.sum(p.parts.map(({ m, c }) => this.product(c, [...m.factors, [x, q(n)]])));
        if (p.isEmpty) return { p, cleared };
      }
    }

    /**
     * What was brought together is c·Πpowers·rest, with powers of atoms that `allowed` takes, and all denominators.
     * @param {{p: Poly, cleared: Factor[]}} together @param {(x: Atom) => boolean} allowed
     */
    split({ p, cleared }, allowed) {
      if (p.isEmpty) return refuse(NO_VALUE, "a denominator may be 0");
      /** @type {Factor[]} */ const shared = [];
      for (const x of p.atoms) {
        const e = leastExponent(p, x);
        if (e.n !== 0n && allowed(x)) shared.push([x, e]);
      }
      /** @type {Factor[]} */ const inverse = shared.map(([x, e]) => [x, qNeg(e)]);
      let rest = shared.length ? this.sum(p.parts.map(({ m, c }) => this.product(c, [...m.factors, ...inverse]))) : p;
      if (rest.isEmpty) refuse(NO_VALUE, "a denominator may be 0");
      const numerators = rest.parts.map(({ c }) => c.n), denominators = rest.parts.map(({ c }) => c.d);
      let c = q(numerators.reduce(gcd, 0n), denominators.reduce((a, b) => (a / gcd(a, b)) * b, 1n));
      if (rest.parts[0].c.n < 0n) c = qNeg(c);
      rest = this.scale(rest, qInverse(c));
      /** @type {Map<string, Factor>} */ const powers = new Map();
      for (const [x, e] of shared) powers.set(x.key, [x, e]);
      for (const [x, e] of cleared) {
        const sum = qAdd(powers.get(x.key)?.[1] ?? Q0, qNeg(e));
        if (sum.n === 0n) powers.delete(x.key);
        else powers.set(x.key, [x, sum]);
      }
      return { c, powers: [...powers.values()], rest, cleared };
    }

    /**
     * p = c·Πpowers·Π|x|^e·rest, where all but rest are above 0 or c. Of x that is only known not to
     * be 0, the even powers are those of |x|.
     * @param {Poly} p @returns {{c: Q, powers: Factor[], absolutes: Factor[], rest: Poly}}
     */
    splitPositive(p) {
      const { c, powers, rest } = this.split(this.together(p), (x) => isNonZero(this.signOfAtom(x)));
      /** @type {Factor[]} */ const above = [], /** @type {Factor[]} */ absolutes = [], /** @type {Factor[]} */ left = [];
      for (const [x, e] of powers) {
        if (this.signOfAtom(x) === 2) above.push([x, e]);
        else {
          const even = q(2n * (e.n / (2n * e.d))), odd = qAdd(e, qNeg(even));
          if (odd.n < 0n && x.kind === "p") return { c: Q1, powers: [], absolutes: [], rest: p };
          if (even.n !== 0n) absolutes.push([x, even]);
          if (odd.n !== 0n) left.push([x, odd]);
        }
      }
      return { c, powers: above, absolutes, rest: left.length ? this.mul(this.product(Q1, left), rest) : rest };
    }

    /** |x| of an atom. @param {Atom} x */
    absoluteOf(x) {
      return this.abs(x.kind === "p" ? x.poly : this.atom(x), this.signOfAtom(x));
    }

    // What is 0 or 1

    /** p where a binary atom is 0, and where it is 1. @param {Poly} p @param {Atom} b @returns {[Poly, Poly]} */
    halves(p, b) {
      const without = p.parts.filter(({ m }) => m.exponent(b.key).n === 0n);
      const one = p.parts.map(({ m, c }) => this.product(c, m.factors.filter(([x]) => x.key !== b.key)));
      return [new Poly(without), one.length ? this.sum(one) : ZERO];
    }

    /**
     * (1 − b)·f(p₀) + b·f(p₁), if both halves have by themselves a sign that f can use, else null.
     * @param {Poly} p @param {(s: Sign) => boolean} usable @param {(half: Poly, s: Sign) => Poly} f
     */
    lifted(p, usable, f) {
      const b = p.atoms.find((x) => x.binary);
      if (!b) return null;
      const halves = this.halves(p, b);
      const signs = halves.map((half) => this.sign(half));
      if (!signs.every(usable)) return null;
      const [zero, one] = halves.map((half, n) => f(half, signs[n]));
      return this.sum([zero, this.mul(this.atom(b), this.minus(one, zero))]);
    }

    // Powers

    /** p to e; p has the sign s. @param {Poly} p @param {Q} e @param {Sign} s @returns {Poly} */
    power(p, e, s) {
      checkPower(e);
      if (isWhole(e) && e.n >= 0n) return this.powerMultiplied(p, e);
      if (p.isEmpty) refuse(NO_VALUE, "a denominator may be 0");
      if (isWhole(e)) return this.lifted(p, isNonZero, (half, t) => this.power(half, e, t)) ?? this.inverse(p, e, s);
      return this.lifted(p, (t) => t === 2, (half, t) => this.power(half, e, t)) ?? this.root(p, e);
    }

    /** @param {Poly} p @param {Q} e */
    powerMultiplied(p, e) {
      if (e.n > 0n && p.parts.length === 1) {
        const [{ m, c }] = p.parts;
        return this.product(qPower(c, e.n), m.factors.map(([x, f]) => [x, qMul(f, e)]));
      }
      let product = ONE;
      for (let n = 0n; n < e.n; n++) product = this.mul(product, p);
      return product;
    }

    /** A negative whole power of what is not 0. @param {Poly} p @param {Q} e @param {Sign} s */
    inverse(p, e, s) {
      let { c, powers, rest } = this.split(this.together(p), () => true);
      /** @type {Factor[]} */ const factors = powers.map(([x, f]) => [x, qMul(f, e)]);
      if (rest.number) return this.product(qPower(qMul(c, rest.number), e.n), factors);
      const known = powers.reduce((t, [x, f]) => times(t, power(this.signOfAtom(x), f)), times(s, signOf(c)));
      // The sign of rest is that of p, c and the factors together.
      if (known === -2) [c, rest] = [qNeg(c), this.scale(rest, MINUS)];
      const x = polyAtom("p", rest);
      if (known === 2 || known === -2) this.memory.positive.add(x.key);
      return this.product(qPower(c, e.n), [...factors, [x, e]]);
    }

    /** A broken power of what is above 0. @param {Poly} p @param {Q} e */
    root(p, e) {
      let { c, powers, absolutes, rest } = this.splitPositive(p);
      if (c.n < 0n) [c, rest] = [qNeg(c), this.scale(rest, MINUS)];
      /** @type {Factor[]} */ const factors = powers.map(([x, f]) => [x, qMul(f, e)]);
      for (const [prime, n] of this.primes(c)) factors.push([primeAtom(prime), qMul(q(n), e)]);
      if (!rest.number) {
        const x = polyAtom("p", rest);
        this.memory.positive.add(x.key);
        factors.push([x, e]);
      }
      return absolutes.reduce((a, [x, f]) => this.mul(a, this.power(this.absoluteOf(x), qMul(f, e), 2)), this.product(Q1, factors));
    }

    /** The primes of c > 0 with their exponents. @param {Q} c @returns {[bigint, bigint][]} */
    primes({ n, d }) {
      if (n > 1000n || d > 1000n) this.spend(30);
      return [...primesOf(n), .../** @type {[bigint, bigint][]} */ ([...primesOf(d)].map(([p, e]) => [p, -e]))];
    }

    // exp and log

    /** @param {Poly} p @returns {Poly} */
    exp(p) {
      return this.takenApart(p, null).parts.reduce((product, { m, c }) => this.mul(product, this.expOfPart(m, c)), ONE);
    }

    /** @param {Mono} m @param {Q} c @returns {Poly} */
    expOfPart(m, c) {
      const b = m.factors.find(([x, e]) => x.binary && e.n > 0n);
      if (b) {
        const inner = this.exp(this.product(c, m.factors.filter((f) => f !== b)));
        return this.sum([ONE, this.mul(this.atom(b[0]), this.minus(inner, ONE))]);
      }
      if (m.factors.length === 1 && size(c.n) <= MOST_POWER * c.d) {
        const [x, e] = m.factors[0];
        if (x.kind === "l" && qSame(e, Q1)) return this.power(x.poly, c, 2);
      }
      return this.atom(eAtom(m), c);
    }

    /** The logarithm of what is above 0. @param {Poly} p @returns {Poly} */
    log(p) {
      const lifted = this.lifted(p, (t) => t === 2, (half) => this.log(half));
      if (lifted) return lifted;
      let { c, powers, absolutes, rest } = this.splitPositive(p);
      if (c.n < 0n) [c, rest] = [qNeg(c), this.scale(rest, MINUS)];
      const logs = powers.map(([x, e]) => this.scale(this.logOfAtom(x), e));
      for (const [prime, n] of this.primes(c)) logs.push(this.scale(this.atom(polyAtom("l", constant(q(prime)))), q(n)));
      for (const [x, e] of absolutes) logs.push(this.scale(this.log(this.absoluteOf(x)), e));
      if (!rest.number) logs.push(this.atom(polyAtom("l", rest)));
      return logs.length ? this.sum(logs) : ZERO;
    }

    /** @param {Atom} x */
    logOfAtom(x) {
      if (x.kind === "e") return new Poly([{ m: x.mono, c: Q1 }]);
      if (x.kind === "p") return this.atom(polyAtom("l", x.poly));
      return this.atom(polyAtom("l", x.kind === "q" ? constant(q(x.prime)) : this.atom(x)));
    }

    // Absolute values

    /** |p|, where p has the sign s. @param {Poly} p @param {Sign} s @returns {Poly} */
    abs(p, s) {
      if (s === 2 || s === 1) return p;
      if (s === -2 || s === -1) return this.scale(p, MINUS);
      const lifted = this.lifted(p, () => true, (half, t) => this.abs(half, t));
      if (lifted) return lifted;
      const { c, powers, rest } = this.split(this.together(p), () => true);
      let sign = c.n;
      /** @type {Factor[]} */ const factors = powers.map(([x, e]) => {
        const t = power(this.signOfAtom(x), e);
        if (t === 0 || t === 3) return [this.absolute(x.kind === "p" ? x.poly : this.atom(x)), e];
        if (t < 0) sign = -sign;
        return [x, e];
      });
      const product = this.product(sign < 0n ? qNeg(c) : c, factors);
      if (rest.number) return product;
      const t = this.sign(rest);
      if (t === 0 || t === 3) return this.mul(product, this.atom(this.absolute(rest)));
      return this.mul(product, this.scale(rest, t < 0 ? MINUS : Q1));
    }

    /** @param {Poly} u */
    absolute(u) {
      const x = polyAtom("a", u);
      // A case speaks of free letters only, and of nothing that a look has put in.
      if (![...x.free].some((i) => "#@".includes(i[0])) && !x.key.includes("~")) this.absolutes.set(x.key, u);
      return x;
    }

    /** The absolute value that makes the next cases. @returns {Poly | null} */
    nextAbsolute() {
      const simple = [...this.absolutes].filter(([, u]) => u.atoms.every((x) => x.kind !== "a"));
      return simple.length ? simple.reduce((a, b) => ((b[0].length - a[0].length || (b[0] < a[0] ? -1 : 1)) < 0 ? b : a))[1] : null;
    }

    // Quotients

    /** p with its quotients taken apart; in a sum, those with one of the indices. @param {Poly} p @param {string[] | null} over */
    takenApart(p, over) {
      for (let round = 0; ; round++) {
        const found = this.quotient(p, over);
        if (!found) return p;
        if (round >= MOST_ROUNDS) refuse(BEYOND, "a quotient cannot be taken apart in 200 rounds");
        p = found;
      }
    }

    /** One quotient taken apart, or null if there is none. @param {Poly} p @param {string[] | null} over @returns {Poly | null} */
    quotient(p, over) {
      for (const part of p.parts) {
        for (const [x, e] of part.m.factors) {
          if (x.kind !== "p" || qOrder(e, MINUS) > 0 || (over && !over.some((i) => x.free.has(i)))) continue;
          const apart = this.divided(part, x);
          if (apart) return this.sum([new Poly(p.parts.filter((y) => y !== part)), apart]);
        }
      }
      return null;
    }

    /** m by a denominator x that one term of x cancels, or null. @param {Part} part @param {Atom} x @returns {Poly | null} */
    divided({ m, c }, x) {
      const terms = x.poly.parts, leading = terms.reduce((a, b) => (qOrder(degree(b.m), degree(a.m)) > 0 ? b : a));
      const others = terms.filter((y) => y !== leading), L = leading.m.factors;
      /** (m/by)·x/d − Σ (dᵢ/d)·(m/by)·Mᵢ @param {Part} by @param {readonly Part[]} rest */
      const apart = (by, rest) => {
        /** @type {Factor[]} */ const quotient = [...m.factors, ...by.m.factors.map(([y, e]) => /** @type {Factor} */ ([y, qNeg(e)]))];
        const scaled = qMul(c, qInverse(by.c));
        return this.sum([
          this.product(scaled, [...quotient, [x, Q1]]),
          ...rest.map((y) => this.product(qNeg(qMul(scaled, y.c)), [...quotient, ...y.m.factors])),
        ]);
      };
      if (!L.length) return null;
      if (L.every(([y, e]) => e.n > 0n && qOrder(m.exponent(y.key), e) >= 0)) return apart(leading, others);
      if (others.length !== 1 || !L.every(([y, e]) => qOrder(m.exponent(y.key), qNeg(e)) <= 0)) return null;
      const directed = others[0].m.factors.every(([y]) => Math.abs(this.signOfAtom(y)) === 2);
      return directed ? apart(others[0], [leading]) : null;
    }

    // Sums over indices

    /** Σ of p over bound indices. @param {Poly} p @param {string[]} over @returns {Poly} */
    sumOver(p, over) {
      const parts = this.takenApart(p, over).parts.map(({ m, c }) => this.scale(this.sumOfMono(m, over), c));
      return parts.length ? this.sum(parts) : ZERO;
    }

    /** @param {Mono} m @param {string[]} all @returns {Poly} */
    sumOfMono(m, all) {
      const over = all.filter((i) => m.factors.some(([x]) => x.free.has(i)));
      /** @type {Factor[]} */
      const sizes = all.filter((i) => !over.includes(i)).map((i) => [sizeAtom(/** @type {string} */ (this.sizeOfIndex(i))), Q1]);
      const has = (/** @type {Factor} */ [x]) => over.some((i) => x.free.has(i));
      const outside = this.product(Q1, [...sizes, ...m.factors.filter((f) => !has(f))]);
      const inside = m.factors.filter(has);
      return over.length ? this.mul(outside, this.sumOfFactors(inside, over)) : outside;
    }

    /** Σ of factors that all have an index of the sum, and every index is in one. @param {Factor[]} factors @param {string[]} over @returns {Poly} */
    sumOfFactors(factors, over) {
      const opened = this.sumOfOpened(factors, over);
      if (opened) return opened;
      const group = connected(factors, over);
      if (group.length < over.length) {
        const inGroup = (/** @type {Factor} */ [x]) => group.some((i) => x.free.has(i));
        return this.mul(
          this.sumOfFactors(factors.filter(inGroup), group),
          this.sumOfFactors(factors.filter((f) => !inGroup(f)), over.filter((i) => !group.includes(i))),
        );
      }
      for (const b of over) {
        const rest = over.filter((i) => i !== b);
        const those = factors.filter(([x]) => x.free.has(b)), others = factors.filter(([x]) => !x.free.has(b));
        if (those.length === 1 && this.sumsToOne(those[0], b)) return this.sumOver(this.product(Q1, others), rest);
        if (!rest.length || those.some(([x]) => x.kind === "d")) continue;
        const s = this.closed(those, [b]), atom = s.parts[0].m.factors[0][0];
        if (others.some(([x, e]) => x.key === atom.key && e.n < 0n)) return this.sumOver(this.mul(s, this.product(Q1, others)), rest);
      }
      return this.closed(factors, over);
    }

    /** A δ replaces an index; a sum to a whole power is opened once. @param {Factor[]} factors @param {string[]} over @returns {Poly | null} */
    sumOfOpened(factors, over) {
      for (const factor of factors) {
        const [x, e] = factor, others = factors.filter((f) => f !== factor);
        if (x.kind === "d" && e.n > 0n) {
          const [i, j] = over.includes(x.indices[0]) ? x.indices : [x.indices[1], x.indices[0]];
          this.exists(j, this.sizeOfIndex(i));
          return this.sumOver(this.moved(this.product(Q1, others), new Map([[i, j]])), over.filter((k) => k !== i));
        }
        if (x.kind === "S" && isWhole(e) && e.n > 0n) {
          if (over.length + x.sizes.length > MOST_BOUND) refuse(BEYOND, "at most 6 sums stand within one another");
          const { body, indices } = this.openSum(x, new Map());
          const rest = this.product(Q1, [...others, [x, q(e.n - 1n)]]);
          return this.sumOver(this.mul(rest, body), [...over, ...indices]);
        }
      }
      return null;
    }

    /** @param {Factor} factor @param {string} b */
    sumsToOne([x, e], b) {
      return x.kind === "n" && qSame(e, Q1) && this.premises.ones.has(x.name) && x.indices.indexOf(b) === x.indices.length - 1;
    }

    /** The sum as one atom: its indices get names that do not depend on how it was written. @param {Factor[]} factors @param {string[]} over @returns {Poly} */
    closed(factors, over) {
      const p = this.product(Q1, factors), free = new Set(p.free);
      let first = Math.max(0, ...factors.map(([x]) => x.height));
      const all = over.map((i) => /** @type {string} */ (this.sizeOfIndex(i)));
      while (over.some((_, n) => all.some((size) => free.has(`@${first + n}${size}`)))) first++;
      const orders = over.length <= MOST_PERMUTED ? permutations(over) : [over];
      /** @type {{sizes: string[], m: Mono, c: Q} | null} */ let best = null;
      for (const order of orders) {
        this.spend(factors.length);
        const sizes = order.map((i) => /** @type {string} */ (this.sizeOfIndex(i)));
        const own = ownIndices(first, sizes);
        const moved = this.moved(p, new Map(order.map((i, n) => [i, own[n]])));
        if (moved.parts.length !== 1) refuse(BEYOND, "a sum cannot be brought into a form of its own");
        const [{ m, c }] = moved.parts;
        if (!best || (listOrder(sizes, best.sizes) || monoOrder(m, best.m)) < 0) best = { sizes, m, c };
      }
      const { sizes, m, c } = /** @type {{sizes: string[], m: Mono, c: Q}} */ (best);
      return new Poly([{ m: new Mono([[sumAtom(sizes, m, first), Q1]]), c }]);
    }

    /** The body of a sum at new indices. @param {Atom} x @param {ReadonlyMap<string, string>} map */
    openSum(x, map) {
      const indices = x.sizes.map((size) => this.newIndex(size));
      const all = new Map([...map, ...x.own.map((i, n) => /** @type {[string, string]} */ ([i, indices[n]]))]);
      return { body: this.moved(new Poly([{ m: x.mono, c: Q1 }]), all), indices };
    }

    /** p with other indices: every atom that has one of them is formed anew. @param {Poly} p @param {ReadonlyMap<string, string>} map */
    moved(p, map) {
      const has = (/** @type {Factor} */ [x]) => [...map.keys()].some((i) => x.free.has(i));
      const parts = p.parts.map(({ m, c }) => {
        const kept = this.product(c, m.factors.filter((f) => !has(f)));
        return m.factors.filter(has).reduce((a, [x, e]) => this.mul(a, this.movedAtom(x, e, map)), kept);
      });
      return parts.length ? this.sum(parts) : ZERO;
    }

    /** @param {Atom} x @param {Q} e @param {ReadonlyMap<string, string>} map @returns {Poly} */
    movedAtom(x, e, map) {
      const [i, j] = x.indices.map((k) => map.get(k) ?? k);
      // What was shown for all values of an index holds for each.
      const proved = () => {
        const s = isWhole(e) ? this.signOfAtom(x) : 2;
        return s === 2 || s === -2 ? s : 3;
      };
      switch (x.kind) {
        case "n": return this.atom(this.nameAtom(x.name, x.indices.map((k) => map.get(k) ?? k)), e);
        case "d":
          if (i === j) return ONE;
          return isNumber(i) && isNumber(j) ? ZERO : this.atom(deltaAtom(i, j), e);
        case "e": return this.exp(this.scale(this.moved(new Poly([{ m: x.mono, c: Q1 }]), map), e));
        case "l": return this.power(this.log(this.moved(x.poly, map)), e, proved());
        case "a": {
          const u = this.moved(x.poly, map);
          return this.power(this.abs(u, this.sign(u)), e, proved());
        }
        case "p": return this.power(this.moved(x.poly, map), e, proved());
        default: {
          const inner = new Map([...map].filter(([k]) => x.free.has(k)));
          const { body, indices } = this.openSum(x, inner);
          return this.power(this.sumOver(body, indices), e, proved());
        }
      }
    }

    // Zero

    /** Whether p is 0, where some pairs of indices are held apart. @param {Poly} whole @param {readonly [string, string][]} apart @returns {boolean} */
    isZero(whole, apart = []) {
      let { p } = this.together(whole);
      this.spend(p.parts.length);
      const isApart = (/** @type {Atom} */ x) => x.kind === "d" && apart.some((pair) => pair.every((i) => x.free.has(i)));
      for (const d of p.atoms.filter(isApart)) p = this.halves(p, d)[0];
      if (p.isEmpty) return true;
      const d = p.atoms.find((x) => x.kind === "d");
      if (!d) return false;
      const [i, j] = isNumber(d.indices[0]) ? [d.indices[1], d.indices[0]] : d.indices;
      if (!this.isZero(this.halves(p, d)[0], [...apart, [i, j]])) return false;
      const moved = apart.map((pair) => /** @type {[string, string]} */ (pair.map((k) => (k === i ? j : k))));
      // Where j for i would make one index of two that are held apart, there is nothing to show.
      if (moved.some(([k, l]) => k === l)) return true;
      return this.inWorld(() => this.isZero(this.moved(p, new Map([[i, j]])), moved));
    }

    /** What is learnt where two indices are the same is forgotten after it. @template T @param {() => T} work @returns {T} */
    inWorld(work) {
      const before = this.memory;
      this.memory = before.copy(new Set(before.positive));
      try {
        return work();
      } finally {
        this.memory = before;
      }
    }

    // Signs

    /** @param {Atom} x @returns {Sign} */
    signOfAtom(x) {
      if (x.kind === "p" && this.memory.positive.has(x.key)) return 2;
      const known = this.memory.atomSigns.get(x.key);
      if (known !== undefined) return known;
      this.memory.atomSigns.set(x.key, 0);
      const own = this.lookAtAtom(x), askable = "nla".includes(x.kind) && !x.name.startsWith("~");
      const s = Math.abs(own) === 2 || !askable ? own : combined(own, this.assumed(this.atom(x)));
      this.memory.atomSigns.set(x.key, s);
      return s;
    }

    /** @param {Atom} x @returns {Sign} */
    lookAtAtom(x) {
      switch (x.kind) {
        case "n": return this.signOfName(x);
        case "d": return 1;
        case "l": return this.sign(this.minus(x.poly, ONE));
        case "p": return this.sign(x.poly) || 3;
        case "a": return isNonZero(this.sign(x.poly)) ? 2 : 1;
        case "S": {
          /** @type {Sign} */
          let s = x.mono.factors.reduce((t, [y, e]) => times(t, power(this.signOfAtom(y), e)), /** @type {Sign} */ (2));
          if ((s === 0 || s === 3) && this.assumes) s = this.sign(this.openSum(x, new Map()).body);
          return s === 3 ? 0 : s;
        }
        default: return 2;
      }
    }

    /** @param {Atom} x @returns {Sign} */
    signOfName(x) {
      if (x.name.startsWith("~")) return x.name.endsWith("+") ? 2 : 1;
      const kind = this.setting.kinds.get(x.name);
      if (kind === "positive" || kind === "unit") return 2;
      return kind === "real" ? 0 : 1;
    }

    /** The sign of a polynomial. @param {Poly} p @returns {Sign} */
    sign(p, depth = DEPTH) {
      if (p.isEmpty) return 1;
      const first = strongest(p.parts.map((x) => this.signOfPart(x)));
      if (Math.abs(first) === 2 || depth === 0) return first;
      const key = `${depth}${p.text}`, known = this.memory.signs.get(key);
      if (known !== undefined) return known;
      this.memory.signs.set(key, first);
      this.spend(10 * p.parts.length);
      const s = this.constantSign(p) ?? this.firstOf(this.looks(p, depth).map((look) => () => this.looked(look)));
      this.memory.signs.set(key, s || first);
      return s || first;
    }

    /** @param {Part} part @returns {Sign} */
    signOfPart({ m, c }) {
      return m.factors.reduce((s, [x, e]) => (s ? times(s, power(this.signOfAtom(x), e)) : 0), signOf(c));
    }

    /** The first sign that is above or below 0, else the first that is known. @param {Iterable<() => Sign>} looks @returns {Sign} */
    firstOf(looks) {
      /** @type {Sign} */ let found = 0;
      for (const look of looks) {
        const s = look();
        if (Math.abs(s) === 2) return s;
        found ||= s;
      }
      return found;
    }

    /** A look that is refused leads nowhere. @param {() => Sign} look @returns {Sign} */
    looked(look) {
      try {
        return look();
      } catch (error) {
        if (error instanceof Refused && error.kind !== SPENT) return 0;
        throw error;
      }
    }

    /** The sign of a constant by bounds; null if p is none. @param {Poly} p @returns {Sign | null} */
    constantSign(p) {
      if (!p.atoms.every((x) => x.constant)) return null;
      return this.looked(() => {
        const [low, high] = boundsOf(p, (work) => this.spend(work));
        return low > 0n ? 2 : high < 0n ? -2 : 0;
      });
    }

    /** @param {Poly} p @param {number} depth @returns {(() => Sign)[]} */
    looks(p, depth) {
      return [
        () => this.assumed(p) || this.assumedOfRest(p),
        () => this.byFactors(p, depth),
        () => this.byBinary(p, depth),
        () => this.bySize(p, depth),
        () => this.byUnit(p, depth),
        () => this.byDistribution(p, depth),
        () => this.byMember(p, depth),
        () => this.byExp(p, depth),
        () => this.byLog(p, depth),
        () => this.bySquare(p, depth),
      ];
    }

    /** Without the factors above 0. @param {Poly} p @returns {Poly} */
    stripped(p) {
      if (p.isEmpty) return p;
      const { c, rest } = this.splitPositive(p);
      return this.scale(rest, c);
    }

    /** @param {Poly} p @returns {Sign} */
    assumedOfRest(p) {
      return this.premises.assumptions.length ? this.assumed(this.stripped(p)) : 0;
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byFactors(p, depth) {
      const together = this.together(p);
      if (together.p.isEmpty) return 1;
      const { c, powers, rest } = this.split(together, () => true);
      const s = powers.reduce((t, [x, e]) => times(t, power(this.signOfAtom(x), e)), signOf(c));
      if (rest.number || s === 0) return s;
      return times(s, this.assumed(rest) || (powers.length ? this.sign(rest, depth) : 0));
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byBinary(p, depth) {
      const b = p.atoms.find((x) => x.binary);
      if (!b) return 0;
      const [s, t] = this.halves(p, b).map((half) => this.sign(half, depth));
      if (s !== 3 && t !== 3 && s * t > 0) return Math.abs(s) < Math.abs(t) ? s : t;
      return isNonZero(s) && isNonZero(t) ? 3 : 0;
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    bySize(p, depth) {
      const x = p.atoms.find((y) => y.kind === "s");
      if (!x) return 0;
      const t = this.atom(this.nameAtom(`~${x.name}`, []));
      return this.replaced(p, x, this.sum([constant(q(BigInt(this.leastOf(x.name)))), t]), depth);
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byUnit(p, depth) {
      const x = p.atoms.find((y) => y.kind === "n" && this.setting.kinds.get(y.name) === "unit");
      if (!x) return 0;
      const t = this.atom(this.nameAtom(`~${x.name}+`, x.indices));
      return this.replaced(p, x, this.mul(t, this.power(this.sum([ONE, t]), MINUS, 2)), depth);
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byDistribution(p, depth) {
      const x = p.atoms.find((y) => y.kind === "n" && this.premises.ones.has(y.name) && this.setting.kinds.get(y.name) !== "real");
      if (!x) return 0;
      const t = this.atom(this.nameAtom(`~${x.name}${this.signOfAtom(x) === 2 ? "+" : ""}`, x.indices));
      const all = this.sum([t, this.atom(this.nameAtom(`~${x.name}'`, x.indices))]);
      const exponents = p.parts.map(({ m }) => m.exponent(x.key));
      if (!exponents.every((e) => isWhole(e) && e.n >= 0n)) return 0;
      const most = greatest(exponents.map((e) => e.n));
      if (most > 64n) return 0;
      return this.sign(this.sum(p.parts.map(({ m, c }, n) => {
        const rest = this.product(c, m.factors.filter(([y]) => y.key !== x.key));
        const share = this.mul(this.power(t, exponents[n], 1), this.power(all, q(most - exponents[n].n), 1));
        return this.mul(rest, share);
      })), depth - 1);
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byMember(p, depth) {
      for (const x of p.atoms) {
        if (x.kind !== "S" || x.sizes.length !== 1) continue;
        const s = this.signOfAtom(x), [size] = x.sizes, more = s === 2 && this.leastOf(size) >= 2;
        if (s !== 2 && s !== 1) continue;
        for (const i of p.free.filter((k) => this.runsOver(k, size))) {
          const member = this.moved(new Poly([{ m: x.mono, c: Q1 }]), new Map([[x.own[0], i]]));
          const others = this.atom(this.nameAtom(`~${x.key}${more ? "+" : ""}`, [i]));
          const found = this.replaced(p, x, this.sum([member, others]), depth);
          if (found) return found;
        }
      }
      return 0;
    }

    /** The sign with something else in place of an atom, at the top. @param {Poly} p @param {Atom} x @param {Poly} by @param {number} depth @returns {Sign} */
    replaced(p, x, by, depth) {
      if (!p.parts.map(({ m }) => m.exponent(x.key)).every((e) => isWhole(e) && e.n >= 0n)) return 0;
      return this.sign(this.sum(p.parts.map(({ m, c }) => {
        const rest = this.product(c, m.factors.filter(([y]) => y.key !== x.key));
        return this.mul(rest, this.power(by, m.exponent(x.key), 0));
      })), depth - 1);
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byExp(p, depth) {
      const isLog = (/** @type {Part} */ { m }) => m.factors.length === 1 && m.factors[0][0].kind === "l" && qSame(m.factors[0][1], Q1);
      const small = p.parts.every(({ c }) => size(c.n) <= MOST_POWER * c.d && c.d <= MOST_POWER);
      return p.parts.some(isLog) && small ? this.sign(this.minus(this.exp(p), ONE), depth - 1) : 0;
    }

    /** @param {Poly} p @param {number} depth @returns {Sign} */
    byLog(p, depth) {
      if (p.parts.length !== 2 || p.parts[0].c.n > 0n === p.parts[1].c.n > 0n) return 0;
      const [more, less] = p.parts[0].c.n > 0n ? p.parts : [p.parts[1], p.parts[0]];
      const M = new Poly([more]), N = new Poly([{ m: less.m, c: qNeg(less.c) }]);
      if (this.signOfPart(M.parts[0]) !== 2 || this.signOfPart(N.parts[0]) !== 2) return 0;
      return this.sign(this.minus(this.log(M), this.log(N)), depth - 1);
    }

    /** A·x² + B·x + C with 4AC − B² ≥ 0. @param {Poly} p @param {number} depth @returns {Sign} */
    bySquare(p, depth) {
      const exponents = (/** @type {Atom} */ x) => new Set(p.parts.map(({ m }) => qText(m.exponent(x.key))));
      const x = p.atoms.find((y) => [...exponents(y)].sort().join() === "0,1,2");
      if (!x) return 0;
      const [C, B, A] = [0n, 1n, 2n].map((n) => {
        const those = p.parts.filter(({ m }) => m.exponent(x.key).n === n);
        return this.sum(those.map(({ m, c }) => this.product(c, m.factors.filter(([y]) => y.key !== x.key))));
      });
      const s = this.sign(A, depth - 1);
      if (Math.abs(s) !== 2) return 0;
      const t = this.sign(this.minus(this.scale(this.mul(A, C), q(4n)), this.mul(B, B)), depth - 1);
      return t === 2 || t === 1 ? times(s, t) : 0;
    }

    // What is assumed

    /** Whether the step rests on a condition, an order or a case. */
    get assumes() {
      return this.premises.assumptions.length > 0 || this.held.length > 0;
    }

    /** What is held by the case and what is assumed, together. @param {Poly} p @returns {Sign} */
    assumed(p) {
      return combined(this.heldOf(p), this.assumedOf(p));
    }

    /** @param {Poly} p @returns {1 | -1 | 0} */
    heldOf(p) {
      for (const h of this.held) {
        const c = multiple(p, h);
        if (c) return c.n > 0n ? 1 : -1;
      }
      return 0;
    }

    /** @param {Poly} p @returns {Sign} */
    assumedOf(p) {
      if (!this.premises.assumptions.length) return 0;
      const free = p.free;
      for (const [n, { letters, sign }] of this.premises.assumptions.entries()) {
        let tried = 0;
        const candidates = letters.map((x) => free.filter((i) => this.runsOver(i, /** @type {string} */ (this.setting.letters.get(x)))));
        for (const choice of choices(candidates)) {
          if (++tried > MOST_CHOICES) break;
          this.spend(1);
          const value = this.assumedValue(n, choice), c = value && multiple(p, value);
          if (c) return times(sign, signOf(c));
        }
      }
      return 0;
    }

    /** What an assumption speaks of, at these indices, without factors above 0; null if it says nothing. @param {number} n @param {string[]} choice @returns {Poly | null} */
    assumedValue(n, choice) {
      const key = [n, ...choice].join(" ");
      if (this.asking.has(key)) return null;
      const known = this.memory.assumed.get(key);
      if (known !== undefined) return known;
      this.asking.add(key);
      this.spend(10);
      // Signs that are found without this assumption are found anew after.
      const before = this.memory;
      this.memory = before.copy(before.positive);
      /** @type {Poly | null} */ let value = null;
      try {
        const { term, letters } = this.premises.assumptions[n];
        value = this.stripped(this.value(term, environment(new Map(letters.map((x, k) => [x, choice[k]])))));
      } catch (error) {
        if (!(error instanceof Refused) || error.kind === SPENT) throw error;
      } finally {
        this.asking.delete(key);
        this.memory = before;
      }
      this.memory.assumed.set(key, value);
      return value;
    }

    // Values

    /** The value of a term where it stands, or a refusal: every subterm has to have one. @param {Term} t @param {Env} env @returns {Poly} */
    value(t, env) {
      const known = env.values.get(t);
      if (known) return known;
      this.spend(1);
      const found = this.evaluated(t, env);
      env.values.set(t, found);
      return found;
    }

    /** @param {Term} t @param {Env} env @returns {Poly} */
    evaluated(t, env) {
      switch (t.kind) {
        case "Num": return constant(t.value);
        case "Size": return this.atom(sizeAtom(t.name));
        case "Param": return /** @type {Poly} */ (env.params.get(t.name));
        case "Name": return this.valueOfName(t, env);
        case "Delta": return this.valueOfDelta(t, env);
        case "Neg": return this.scale(this.value(t.a, env), MINUS);
        case "Add": return this.sum([this.value(t.a, env), this.value(t.b, env)]);
        case "Mul": return this.mul(this.value(t.a, env), this.value(t.b, env));
        case "Div": {
          const a = this.value(t.a, env);
          this.value(t.b, env);
          return this.mul(a, this.inverseOf(t.b, 1n, env));
        }
        case "Pow": return this.valueOfPower(t, env);
        case "Fn": {
          const a = this.value(t.a, env);
          if (t.fn === "exp") return this.exp(a);
          if (t.fn === "abs") return this.abs(a, this.signOfTerm(t.a, env));
          this.positive(t.a, env, "a logarithm of what may be 0 or below 0 has no value");
          return this.log(a);
        }
        case "Over": return this.valueOfOver(t, env);
        case "Call": {
          const body = this.bodyOf(t, env);
          return this.value(body.term, body.env);
        }
        case "D":
          this.value(t.a, env);
          this.value(t.by, env);
          return this.value(this.derivativeOf(t), env);
        case "Done":
          this.value(t.f, env);
          return this.value(t.a, env);
      }
    }

    /** @param {Term} t @param {Env} env @param {string} message */
    positive(t, env, message) {
      if (this.signOfTerm(t, env) !== 2) refuse(NO_VALUE, message);
    }

    /** @param {string} index @param {Env} env */
    indexIn(index, env) {
      return env.letters.get(index) ?? index;
    }

    /** @param {Term & {kind: "Name"}} t @param {Env} env @returns {Poly} */
    valueOfName(t, env) {
      const indices = t.indices.map((i) => this.indexIn(i, env));
      const places = /** @type {string[]} */ (this.setting.places.get(t.name));
      indices.forEach((i, n) => this.exists(i, places[n]));
      const body = this.definitionOf(t.name, indices);
      return body ? this.value(body.term, body.env) : this.atom(this.nameAtom(t.name, indices));
    }

    /** What a name stands for: its definition, or what a fact, a point or a witness puts in; null for an atom. @param {string} name @param {string[]} indices */
    definitionOf(name, indices) {
      const definition = this.setting.definitions.get(name), put = this.premises.put.get(name);
      const head = definition?.head ?? put?.letters, term = definition?.body ?? put?.body;
      if (!head || !term) return null;
      const key = `${name}[${indices.join(" ")}]`;
      const env = this.memory.definitions.get(key) ?? environment(new Map(head.map((x, n) => [x, indices[n]])));
      this.memory.definitions.set(key, env);
      return { term, env };
    }

    /** @param {Term & {kind: "Delta"}} t @param {Env} env @returns {Poly} */
    valueOfDelta(t, env) {
      const [i, j] = [t.i, t.j].map((k) => this.indexIn(k, env));
      // The sizes of the letters as written count, too: with q[i] := δ(i, 2), q[1] needs an index 2.
      for (const size of [t.i, t.j, i, j].map((k) => this.sizeOfIndex(k))) {
        this.exists(i, size);
        this.exists(j, size);
      }
      if (i === j) return ONE;
      return isNumber(i) && isNumber(j) ? ZERO : this.atom(deltaAtom(i, j));
    }

    /** The value of b to the −n, b taken apart as it is written. @param {Term} b @param {bigint} n @param {Env} env @returns {Poly} */
    inverseOf(b, n, env) {
      if (b.kind === "Mul") return this.mul(this.inverseOf(b.a, n, env), this.inverseOf(b.b, n, env));
      if (b.kind === "Neg") return this.scale(this.inverseOf(b.a, n, env), n % 2n ? MINUS : Q1);
      if (b.kind === "Pow" && b.b.kind === "Num" && isWhole(b.b.value) && b.b.value.n > 0n && b.b.value.n <= MOST_POWER) {
        return this.inverseOf(b.a, n * b.b.value.n, env);
      }
      const s = this.signOfTerm(b, env);
      if (!isNonZero(s)) refuse(NO_VALUE, "a denominator may be 0: it is not seen to be non-zero everywhere");
      return this.power(this.value(b, env), q(-n), s);
    }

    /** @param {Term & {a: Term, b: Term}} t @param {Env} env @returns {Poly} */
    valueOfPower(t, env) {
      const a = this.value(t.a, env), b = this.value(t.b, env), e = isFixed(t.b) ? b.number : null;
      if (e) checkPower(e);
      if (e && isWhole(e) && e.n >= 0n) return this.power(a, e, 0);
      if (e && isWhole(e)) {
        const s = this.signOfTerm(t.a, env);
        if (!isNonZero(s)) refuse(NO_VALUE, "a denominator may be 0: it is not seen to be non-zero everywhere");
        return this.power(a, e, s);
      }
      this.positive(t.a, env, "a power of what may be 0 or below 0 has no value");
      return e ? this.power(a, e, 2) : this.exp(this.mul(b, this.log(a)));
    }

    /** Where the body of a Σ or Π is evaluated: its index is a new one. @param {Term & {kind: "Over"}} t @param {Env} env */
    innerOf(t, env) {
      const known = env.inner.get(t);
      if (known) return known;
      const inner = environment(plus(env.letters, [t.index, this.newIndex(t.size)]), env.params, env.inFunction);
      env.inner.set(t, inner);
      return inner;
    }

    /** @param {Term & {kind: "Over"}} t @param {Env} env @returns {Poly} */
    valueOfOver(t, env) {
      const inner = this.innerOf(t, env), index = /** @type {string} */ (inner.letters.get(t.index));
      const body = this.value(t.a, inner);
      let kept = ONE;
      for (const k of t.without) {
        const d = this.valueOfDelta({ kind: "Delta", i: t.index, j: k }, inner);
        kept = this.mul(kept, this.minus(ONE, d));
      }
      if (t.op === "Σ") return this.sumOver(this.mul(kept, body), [index]);
      this.positive(t.a, inner, "a factor of a product that may be 0 or below 0");
      return this.exp(this.sumOver(this.log(this.sum([this.mul(kept, body), this.minus(ONE, kept)])), [index]));
    }

    /** The body of a call, and where it is evaluated. @param {Term & {kind: "Call"}} t @param {Env} env */
    bodyOf(t, env) {
      const { head, body } = /** @type {Definition} */ (this.setting.definitions.get(t.name));
      const args = t.args.map((a) => this.value(a, env));
      const known = env.inner.get(t);
      const inner = known ?? environment(new Map(), new Map(head.map((x, n) => [x, args[n]])), true);
      env.inner.set(t, inner);
      return { term: body, env: inner };
    }

    // The sign of a term

    /** @param {Term} t @param {Env} env @returns {Sign} */
    signOfTerm(t, env) {
      const known = env.signs.get(t);
      if (known !== undefined) return known;
      const s = this.sign(this.value(t, env));
      const found = Math.abs(s) === 2 ? s : joined(s, this.signAsWritten(t, env));
      env.signs.set(t, found);
      return found;
    }

    /** @param {Term} t @param {Env} env @returns {Sign} */
    signAsWritten(t, env) {
      this.spend(5);
      const sign = (/** @type {Term} */ a) => this.signOfTerm(a, env);
      switch (t.kind) {
        case "Neg": return times(-2, sign(t.a));
        case "Add": return this.signOfSum(t, env);
        case "Mul": return times(sign(t.a), sign(t.b));
        case "Div": return times(sign(t.a), power(sign(t.b), MINUS));
        case "Pow": return isWholeTerm(t.b) ? power(sign(t.a), /** @type {Q} */ (numberOf(t.b))) : 0;
        case "Fn": return t.fn === "abs" ? power(sign(t.a), q(2n)) : 0;
        case "Over": {
          if (t.op !== "Σ" || t.without.length) return 0;
          const s = this.signOfTerm(t.a, this.innerOf(t, env));
          return s === 3 ? 0 : s;
        }
        case "Name": {
          const body = this.setting.definitions.has(t.name) ? this.definitionOf(t.name, t.indices.map((i) => this.indexIn(i, env))) : null;
          return body ? this.signOfTerm(body.term, body.env) : 0;
        }
        case "Call": {
          const { isLemma } = /** @type {Definition} */ (this.setting.definitions.get(t.name));
          if (isLemma && sign(t.args[0]) === 2) return 1;
          const body = this.bodyOf(t, env);
          return this.signOfTerm(body.term, body.env);
        }
        case "D": return env.inFunction ? sign(this.derivativeOf(t)) : 0;
        case "Done": return sign(t.a);
        default: return 0;
      }
    }

    /** The sign of a sum as written: the same term is counted once. @param {Term} t @param {Env} env @returns {Sign} */
    signOfSum(t, env) {
      /** @type {Map<string, {t: Term, c: Q}>} */ const terms = new Map();
      for (const [term, c] of flattened(t, Q1)) {
        const key = JSON.stringify(term, (_, x) => (typeof x === "bigint" ? `${x}` : x));
        terms.set(key, { t: term, c: qAdd(terms.get(key)?.c ?? Q0, c) });
      }
      const left = [...terms.values()].filter((x) => x.c.n !== 0n && !this.value(x.t, env).isEmpty);
      return strongest(left.map((x) => times(signOf(x.c), this.signOfTerm(x.t, env))));
    }

    // Derivatives

    /** The derivative that a term asks for, as a term. @param {Term & {kind: "D"}} t @returns {Term} */
    derivativeOf(t) {
      const known = this.derivatives.get(t);
      if (known) return known;
      const { by } = t;
      if (by.kind === "Name") {
        const binary = [...(this.setting.reach.get(by.name) ?? [])].find((x) => this.setting.kinds.get(x) === "binary");
        if (binary) refuse(NO_DERIVATIVE, `'${binary}' is 0 or 1, so there is no derivative by '${by.name}'`);
      }
      const found = this.derivative(t.a, by);
      this.derivatives.set(t, found);
      return found;
    }

    /** A new identity for a binder. */
    freshIdentity() {
      return `'${++this.fresh}`;
    }

    /** @param {Term} t @param {ReadonlyMap<string, string>} letters @param {Map<string, Term> | null} params */
    putIn(t, letters, params) {
      return put(t, new Map(letters), params, () => this.freshIdentity(), (d) => ({ kind: "Done", a: this.derivativeOf(d), f: d.a, by: d.by }));
    }

    /** Whether a word or parameter that rests on x is written in a term. @param {Term} t @param {Named} x */
    dependsOn(t, x) {
      for (const s of subterms(t)) {
        if (x.kind === "Param" ? s.kind === "Param" && s.name === x.name : this.wordRestsOn(s, x.name)) return true;
      }
      return false;
    }

    /** @param {Term} s @param {string} name */
    wordRestsOn(s, name) {
      return (s.kind === "Name" || s.kind === "Call") && (this.setting.reach.get(s.name)?.has(name) ?? false);
    }

    /** f′ by x, on terms. @param {Term} f @param {Named} x @returns {Term} */
    derivative(f, x) {
      this.spend(1);
      const d = (/** @type {Term} */ t) => this.derivative(t, x);
      switch (f.kind) {
        case "Num": case "Size": case "Delta": return ZERO_TERM;
        case "Param": return x.kind === "Param" && x.name === f.name ? ONE_TERM : ZERO_TERM;
        case "Name": return this.derivativeOfName(f, x);
        case "Neg": return neg(d(f.a));
        case "Add": return two("Add", d(f.a), d(f.b));
        case "Mul": return two("Add", two("Mul", d(f.a), f.b), two("Mul", f.a, d(f.b)));
        case "Div": {
          const square = two("Pow", f.b, num(q(2n)));
          return minus(two("Div", d(f.a), f.b), two("Div", two("Mul", f.a, d(f.b)), square));
        }
        case "Pow": return this.derivativeOfPower(f, x);
        case "Fn": {
          if (!this.dependsOn(f.a, x)) return ZERO_TERM;
          if (f.fn === "exp") return two("Mul", f, d(f.a));
          return f.fn === "log" ? two("Div", d(f.a), f.a) : two("Mul", two("Div", f, f.a), d(f.a));
        }
        case "Over": {
          if (f.op === "Σ") return { ...f, a: d(f.a) };
          const letters = new Map([[f.index, this.freshIdentity()]]), index = /** @type {string} */ (letters.get(f.index));
          const sum = this.putIn(two("Div", d(f.a), f.a), letters, null);
          return two("Mul", f, { ...f, op: "Σ", index, a: sum });
        }
        case "Call": {
          const { head, body } = /** @type {Definition} */ (this.setting.definitions.get(f.name));
          return d(this.putIn(body, new Map(), new Map(head.map((p, n) => [p, f.args[n]]))));
        }
        case "D":
          this.wentThrough(f.by, x);
          return d(this.derivativeOf(f));
        case "Done":
          this.wentThrough(f.by, x);
          return d(f.a);
      }
    }

    /** A derivative by a defined name, of one that went through it, is none. @param {Named} inner @param {Named} x */
    wentThrough(inner, x) {
      if (inner.kind === "Name" && x.kind === "Name" && inner.name !== x.name && this.setting.reach.get(x.name)?.has(inner.name)) {
        refuse(NO_DERIVATIVE, `the derivative by ${inner.name} went through ${x.name}, so none is left by ${x.name}`);
      }
    }

    /** @param {Term & {kind: "Name"}} f @param {Named} x @returns {Term} */
    derivativeOfName(f, x) {
      if (x.kind === "Param") return ZERO_TERM;
      if (f.name !== x.name) {
        const definition = this.setting.definitions.get(f.name);
        if (!definition || !this.wordRestsOn(f, x.name)) return ZERO_TERM;
        return this.derivative(this.putIn(definition.body, new Map(definition.head.map((k, n) => [k, f.indices[n]])), null), x);
      }
      const pairs = f.indices.map((i, n) => [i, x.indices[n]]).filter(([i, k]) => i !== k);
      if (pairs.some(([i, k]) => isNumber(i) && isNumber(k))) return ZERO_TERM;
      return pairs.reduce((t, [i, j]) => two("Mul", t, { kind: "Delta", i, j }), ONE_TERM);
    }

    /** @param {Term & {a: Term, b: Term}} f @param {Named} x @returns {Term} */
    derivativeOfPower(f, x) {
      const { a, b } = f;
      if (this.dependsOn(b, x)) {
        const inner = two("Add", two("Mul", this.derivative(b, x), { kind: "Fn", fn: "log", a }), two("Div", two("Mul", b, this.derivative(a, x)), a));
        return two("Mul", f, inner);
      }
      if (b.kind === "Num" && b.value.n === 0n) return ZERO_TERM;
      if (a.kind === "Fn" && a.fn === "abs" && b.kind === "Num" && isWhole(b.value) && b.value.n % 2n === 0n) {
        return this.derivative(two("Pow", a.a, b), x);
      }
      const less = b.kind === "Num" ? num(qAdd(b.value, MINUS)) : minus(b, ONE_TERM);
      return two("Mul", two("Mul", b, two("Pow", a, less)), this.derivative(a, x));
    }
  }

  // Small questions about polynomials and terms

  /** The smallest exponent of an atom in the terms, 0 where it is missing. @param {Poly} p @param {Atom} x @returns {Q} */
  const leastExponent = (p, x) => p.parts.map(({ m }) => m.exponent(x.key)).reduce((a, b) => (qOrder(b, a) < 0 ? b : a));

  /** Whether the denominator x is cleared before y. @param {Atom} x @param {Atom} y */
  const laterCleared = (x, y) => (x.height - y.height || x.key.length - y.key.length || (x.key > y.key ? 1 : -1)) > 0;

  /** @param {Q} e */
  function checkPower(e) {
    if (size(e.n) > MOST_POWER * e.d || e.d > MOST_POWER) refuse(BEYOND, "a power is at most 64, and a root at most the 64th");
  }

  /** @param {Mono} m */
  const degree = (m) => m.factors.reduce((sum, [, e]) => qAdd(sum, e), Q0);

  /** The indices that hang together with the one that is first as a text. @param {Factor[]} factors @param {string[]} over */
  function connected(factors, over) {
    const group = new Set([[...over].sort()[0]]);
    for (let before = 0; before < group.size; ) {
      before = group.size;
      for (const [x] of factors) {
        const here = over.filter((i) => x.free.has(i));
        if (here.some((i) => group.has(i))) here.forEach((i) => group.add(i));
      }
    }
    return over.filter((i) => group.has(i));
  }

  /** @param {Poly[]} polys */
  function added(polys) {
    /** @type {Map<string, Part>} */ const parts = new Map();
    for (const { m, c } of polys.flatMap((p) => p.parts)) {
      const found = parts.get(m.text), sum = found ? qAdd(found.c, c) : c;
      if (sum.n === 0n) parts.delete(m.text);
      else parts.set(m.text, { m, c: sum });
    }
    return new Poly([...parts.values()]);
  }

  /** Sums of one, two or three different polynomials that are at least 0. @param {Poly[]} held */
  function sumsOfUpToThree(held) {
    const found = [...held];
    held.forEach((a, i) => held.slice(i + 1).forEach((b, j) => {
      found.push(added([a, b]));
      held.slice(i + j + 2).forEach((c) => found.push(added([a, b, c])));
    }));
    return found.filter((p) => !p.isEmpty);
  }

  /** The sign of a term from that of its value and that as written; both hold of one number. @param {Sign} value @param {Sign} written @returns {Sign} */
  function joined(value, written) {
    if (value === 3 && Math.abs(written) === 1) return written > 0 ? 2 : -2;
    return written === 0 || written === 3 ? value || written : written;
  }

  /** The terms of a sum as written, with their factors. @param {Term} t @param {Q} c @returns {Generator<[Term, Q]>} */
  function* flattened(t, c) {
    if (t.kind === "Add") {
      yield* flattened(t.a, c);
      yield* flattened(t.b, c);
    } else if (t.kind === "Neg") yield* flattened(t.a, qNeg(c));
    else if (t.kind === "Mul" && t.a.kind === "Num") yield* flattened(t.b, qMul(c, t.a.value));
    else if (t.kind === "Mul" && t.b.kind === "Num") yield* flattened(t.a, qMul(c, t.b.value));
    else yield [t, c];
  }

  /** The number that a term is as written, or null. @param {Term} t @returns {Q | null} */
  function numberOf(t) {
    if (t.kind === "Num") return t.value;
    return t.kind === "Neg" && t.a.kind === "Num" ? qNeg(t.a.value) : null;
  }

  /** Whether a term is written as a whole number. @param {Term} t */
  const isWholeTerm = (t) => isWhole(numberOf(t) ?? { n: 1n, d: 2n });

  /** Whether an exponent is fixed, if its value is a number. @param {Term} t */
  const isFixed = (t) => [...subterms(t)].every((s) => !["Name", "Param", "Size", "Delta", "Call"].includes(s.kind));

  // ── What a step may rest on ──────────────────────────────────────────────────────────────────

  /** @type {ReadonlyMap<string, Sign>} */
  const RELATIONS = new Map([["!=", 3], ["<", -2], ["<=", -1], [">", 2], [">=", 1]]);

  /** The conditions of a setting as assumptions. @param {Setting} setting @returns {Assumption[]} */
  const assumedIn = (setting) => setting.conditions.map(({ a, relation, b, letters }) =>
    ({ term: minus(a, b), sign: /** @type {Sign} */ (RELATIONS.get(relation)), letters }));

  /** The facts of these titles, if they may be cited together. @param {Setting} setting @param {Iterable<string>} titles @returns {Fact[]} */
  function citedFacts(setting, titles) {
    const facts = [...new Set(titles)].map((title) => {
      const fact = setting.facts.get(title);
      const known = [...setting.facts.keys()].map((x) => `'${x}'`).join(", ") || "none";
      return fact ?? refuse(BAD_CITATION, `there is no fact '${title}' to cite; there is ${known}`);
    });
    const conditioned = setting.restsOn(...setting.conditions.flatMap(({ a, b }) => [a, b]));
    /** @type {Map<string, Fact>} */ const said = new Map();
    for (const fact of facts) {
      const other = said.get(fact.name);
      // Σδ = 1: one-hot and "sums to one" go together.
      const goTogether = other && !(fact.put && other.put) && (fact.at ?? other.at);
      if (other && !goTogether) refuse(BAD_CITATION, `'${other.title}' and '${fact.title}' both say what ${fact.name} is`);
      if (fact.put && conditioned.has(fact.name)) {
        refuse(BAD_CITATION, `a condition rests on ${fact.name}, so '${fact.title}' cannot be cited`);
      }
      if (!other || fact.put) said.set(fact.name, fact);
    }
    for (const fact of facts) {
      const names = fact.put ? setting.restsOn(fact.put.body) : new Set();
      const set = facts.find((x) => x.put && names.has(x.name));
      if (set) refuse(BAD_CITATION, `'${fact.title}' rests on ${set.name}, which '${set.title}' sets`);
    }
    return facts;
  }

  /** @param {Setting} setting @param {readonly Fact[]} facts @param {readonly Assumption[]} orders @returns {Premises} */
  function premisesOf(setting, facts, orders) {
    /** @type {Map<string, PutIn>} */ const put = new Map();
    for (const fact of facts) if (fact.put) put.set(fact.name, fact.put);
    const ones = new Set(facts.filter((x) => !x.put).map((x) => x.name));
    return { put, ones, assumptions: [...assumedIn(setting), ...orders] };
  }

  /** The premises at a point: names without indices that have one value each. @param {Setting} setting @param {Premises} premises @param {readonly (readonly [string, string])[]} point @returns {Premises} */
  function atPoint(setting, premises, point) {
    if (!point.length) return premises;
    const put = new Map(premises.put);
    for (const [name, text] of point) {
      const places = setting.places.get(name);
      if (!setting.kinds.has(name) || !places || places.length) refuse(BAD_POINT, `'${name}' is no free name without indices, so a point cannot set it`);
      if (put.has(name)) refuse(BAD_POINT, `the value of ${name} at a point is set twice, or by a cited fact as well`);
      const body = read(setting, text), check = new Check(setting, NO_PREMISES);
      const value = [...subterms(body)].some((t) => t.kind === "Name" || t.kind === "Call") ? null : check.value(body, environment()).number;
      if (!value) return refuse(BAD_POINT, `the value of ${name} at a point is a rational number`);
      if (!inDomain(/** @type {string} */ (setting.kinds.get(name)), value)) refuse(BAD_POINT, `the value of ${name} at a point is out of its domain: ${qText(value)}`);
      put.set(name, { letters: [], body: num(value) });
    }
    const here = { ...premises, put };
    for (const condition of setting.conditions) {
      if (!point.some(([name]) => setting.restsOn(condition.a, condition.b).has(name))) continue;
      const check = new Check(setting, { ...here, assumptions: [] });
      if (!holds(check, condition)) refuse(BAD_POINT, "a condition is not seen to hold at this point");
    }
    return here;
  }

  /** @param {string} kind @param {Q} value */
  function inDomain(kind, value) {
    const above = value.n > 0n, one = qOrder(value, Q1);
    if (kind === "binary") return value.n === 0n || one === 0;
    return kind === "real" || (kind === "nonnegative" ? value.n >= 0n : above && (kind === "positive" || one < 0));
  }

  /** Whether a condition is seen to hold. @param {Check} check @param {Condition} condition */
  function holds(check, { a, relation, b }) {
    const difference = minus(a, b), env = environment();
    if (check.value(difference, env).isEmpty) return relation === "<=" || relation === ">=";
    const s = check.signOfTerm(difference, env);
    switch (relation) {
      case "!=": return isNonZero(s);
      case "<": return s === -2;
      case "<=": return s === -2 || s === -1;
      case ">": return s === 2;
      default: return s === 2 || s === 1;
    }
  }

  // ── Judgement ────────────────────────────────────────────────────────────────────────────────

  const MOST_CHECKS = 40;

  /**
   * Shows a claim, if need be in the cases of absolute values: |u| = u where u ≥ 0, |u| = −u where
   * −u ≥ 0. Every case begins anew, with the work that is left.
   * @param {Setting} setting @param {Premises} premises @param {(check: Check) => void} claim
   * @param {Budget} budget @param {Poly[]} held @returns {void}
   */
  function show(setting, premises, claim, budget = new Budget(), held = []) {
    if (++budget.checks > MOST_CHECKS) refuse(SPENT, "this takes too long: there are too many cases");
    const check = new Check(setting, premises, budget, held);
    try {
      return claim(check);
    } catch (error) {
      const u = check.nextAbsolute();
      if (!(error instanceof Refused) || error.kind === SPENT || !u) throw error;
      show(setting, premises, claim, budget, [...held, u]);
      show(setting, premises, claim, budget, [...held, check.scale(u, MINUS)]);
    }
  }

  /** @param {Setting} setting @param {Premises} premises @param {Term} a @param {Term} b @param {string} kind @param {string} message */
  function showEqual(setting, premises, a, b, kind, message) {
    show(setting, premises, (check) => {
      const env = environment(), left = check.value(a, env);
      if (!check.isZero(check.minus(left, check.value(b, env)))) refuse(kind, message);
    });
  }

  /** Judges one step: lines that were read, and what it rests on. @param {Setting} setting @param {Premises} premises @param {Term} before @param {string} sign @param {Term} after @param {Term | null} gap */
  function judge(setting, premises, before, sign, after, gap) {
    if (sign === "=") return showEqual(setting, premises, before, after, NOT_PROVED, "the two lines are not seen to be equal");
    const difference = "≥>".includes(sign) ? minus(before, after) : minus(after, before);
    if (gap) showEqual(setting, premises, difference, gap, WRONG_GAP, "the gap is not seen to be the difference of the two lines");
    show(setting, premises, (check) => {
      const s = check.signOfTerm(gap ?? difference, environment());
      if (s !== 2 && (s !== 1 || "<>".includes(sign))) refuse(NOT_ORDERED, "the two lines are not seen to be ordered");
    });
  }

  // ── Declarations ─────────────────────────────────────────────────────────────────────────────

  const KINDS = new Set(["real", "positive", "nonnegative", "unit", "binary"]);
  const GAP = SPACE.source.replace("+", "*"), A_WORD = `[${LETTER}][${LETTER}0-9]*`;
  const WORD = new RegExp(`^${A_WORD}$`);
  const LIST = `(${GAP}${A_WORD}${GAP}(?:,${GAP}${A_WORD}${GAP})*)`;
  const HEAD = new RegExp(`^${GAP}(${A_WORD})${GAP}(?:\\[${LIST}\\]|\\(${LIST}\\))?${GAP}$`);

  /** @param {string} message @returns {never} */
  const badDeclaration = (message) => refuse(BAD_DECLARATION, message);

  /** @param {Setting} setting @param {string} word */
  function checkNew(setting, word) {
    if (!WORD.test(word) || word.startsWith("_")) badDeclaration(`'${word}' is no word that can be declared`);
    if (RESERVED.has(word)) badDeclaration(`'${word}' has a meaning of its own`);
    if (setting.letters.has(word) || setting.sizes.has(word) || setting.places.has(word) || setting.definitions.has(word)) {
      badDeclaration(`'${word}' is declared already`);
    }
  }

  /** `x`, `x[i, j]` or `f(a, b)`. @param {string} text */
  function headOf(text) {
    const match = HEAD.exec(text);
    if (!match) return badDeclaration(`'${text}' cannot be declared: write x, x[i, j] or f(a, b)`);
    const [, word, family, parameters] = match, listed = family ?? parameters;
    const inside = listed === undefined ? [] : listed.split(",").map((x) => x.replace(SPACE, ""));
    return { word, inside, isFunction: parameters !== undefined };
  }

  /** The head of a name, with the sizes of its places. @param {Setting} setting @param {string} text */
  function nameHead(setting, text) {
    const { word, inside, isFunction } = headOf(text);
    if (isFunction) badDeclaration(`'${text}' is the head of a function`);
    checkNew(setting, word);
    const places = inside.map((i) => setting.letters.get(i) ?? badDeclaration(`there is no index '${i}'`));
    return { word, inside, places };
  }

  /** @param {readonly string[]} list */
  const areDifferent = (list) => new Set(list).size === list.length;

  /** The setting with one more line, which is judged. @param {Setting} setting @param {readonly string[]} line @returns {Setting} */
  function declare(setting, line) {
    if (setting.lines.length >= 200) badDeclaration("a setting has at most 200 lines");
    const [keyword, ...parts] = line;
    const known = DECLARATIONS.get(keyword);
    if (!known) return badDeclaration(`'${keyword}' declares nothing`);
    const { least, most, then } = known;
    if (parts.length < least || parts.length > most) badDeclaration(`"${keyword}" has another number of parts`);
    return then(setting, keyword, parts).with({ lines: [...setting.lines, [...line]] });
  }

  /** @typedef {(setting: Setting, keyword: string, parts: string[]) => Setting} Declaration */

  /** @type {Declaration} */
  function declareIndex(setting, _, [letters, size, least = "1"]) {
    const words = letters.split(SPACE).filter(Boolean), known = setting.sizes.get(size);
    if (!areDifferent(words)) badDeclaration("a letter is declared once");
    for (const word of words) checkNew(setting, word);
    if (!/^[1-9][0-9]?$/.test(least)) badDeclaration(`the least size is a whole number from 1 to 99, not '${least}'`);
    if (known === undefined && size !== "D") checkNew(setting, size);
    if (words.includes(size)) badDeclaration(`'${size}' cannot be both a letter and a size`);
    if (known !== undefined && known !== Number(least)) badDeclaration(`the least ${size} is ${known} already`);
    return setting.with({
      sizes: plus(setting.sizes, [size, Number(least)]),
      letters: plus(setting.letters, ...words.map((w) => /** @type {[string, string]} */ ([w, size]))),
    });
  }

  /** @type {Declaration} */
  function declareFree(setting, kind, [head]) {
    const { word, places } = nameHead(setting, head);
    return setting.with({
      kinds: plus(setting.kinds, [word, kind]),
      places: plus(setting.places, [word, places]),
      reach: plus(setting.reach, [word, new Set([word])]),
    });
  }

  /** @type {Declaration} */
  function declareLet(setting, keyword, [text, bodyText]) {
    const { word, inside, isFunction } = headOf(text), isLemma = keyword === "lemma", folds = keyword === "fold";
    if (keyword !== "let" && !isFunction) badDeclaration(`'${text}': a ${keyword} is a function`);
    if (folds && inside.length !== 2) badDeclaration(`'${text}': a fold is a function of two`);
    checkNew(setting, word);
    if (!areDifferent(inside)) badDeclaration(`'${text}' names one letter twice`);
    if (isFunction) for (const p of inside) checkNew(setting, p);
    const places = isFunction ? [] : inside.map((i) => setting.letters.get(i) ?? badDeclaration(`there is no index '${i}'`));
    const body = read(setting, bodyText, isFunction ? inside : []);
    const hides = isFunction ? null : setting.hiding(body, inside);
    if (hides) refuse(HIDDEN, `'${hides.word}' stands for something with the index '${hides.letter}'`);
    const hidden = new Set([...setting.written(body), ...setting.hiddenIn(body)]);
    if (!isFunction) for (const i of inside) hidden.delete(i);
    const made = setting.with({
      places: isFunction ? setting.places : plus(setting.places, [word, places]),
      definitions: plus(setting.definitions, [word, { head: inside, body, isFunction, folds, isLemma }]),
      hidden: plus(setting.hidden, [word, hidden]),
      reach: plus(setting.reach, [word, new Set([word, ...setting.restsOn(body)])]),
    });
    if (isLemma) checkLemma(made, inside, body);
    return made;
  }

  /** g is convex, and touches 0 at 1. @param {Setting} setting @param {string[]} head @param {Term} g */
  function checkLemma(setting, [t, ...more], g) {
    if (more.length || wordsOf(g).size || setting.written(g).length) badDeclaration("a lemma speaks of its parameter alone");
    const check = new Check(setting, NO_PREMISES);
    const at = (/** @type {Poly} */ p) => environment(new Map(), new Map([[t, p]]));
    const slope = check.derivative(g, { kind: "Param", name: t }), bend = check.derivative(slope, { kind: "Param", name: t });
    const positive = at(check.atom(check.nameAtom("~t+", []))), one = at(ONE);
    check.value(g, positive);
    check.value(slope, positive);
    if (!check.value(g, one).isEmpty || !check.value(slope, one).isEmpty) badDeclaration("a lemma is 0 at 1, and its slope too");
    if (check.signOfTerm(bend, positive) !== 2) badDeclaration("a lemma is convex: its second derivative is not seen to be above 0");
  }

  /** @param {Setting} setting @param {Fact} fact */
  function withFact(setting, fact) {
    if (setting.facts.has(fact.title)) badDeclaration(`there is a fact '${fact.title}' already`);
    return setting.with({ facts: plus(setting.facts, [fact.title, fact]) });
  }

  /** @type {Declaration} */
  function declareSum(setting, _, [name]) {
    const kind = setting.kinds.get(name), places = setting.places.get(name) ?? [];
    if (!kind || !places.length || kind === "binary") badDeclaration(`'${name}' cannot sum to one`);
    const last = places[places.length - 1];
    if (kind === "unit" && /** @type {number} */ (setting.sizes.get(last)) < 2) badDeclaration(`'${name}' cannot sum to one: one number below 1 is not 1`);
    const made = withFact(setting, { title: `${name} sums to one`, name, put: null, at: null });
    checkWitness(made);
    return made;
  }

  /** @type {Declaration} */
  function declareOneHot(setting, _, [name, letter]) {
    const kind = setting.kinds.get(name), places = setting.places.get(name) ?? [];
    if (!kind || !places.length || !["nonnegative", "real", "binary"].includes(kind)) badDeclaration(`'${name}' cannot be one-hot`);
    if (setting.letters.get(letter) !== places[places.length - 1]) badDeclaration(`'${letter}' is no index of the last size of ${name}`);
    const letters = places.map((_, n) => `'head${n}`);
    const put = { letters, body: /** @type {Term} */ ({ kind: "Delta", i: letters[letters.length - 1], j: letter }) };
    return withFact(setting, { title: `${name} is one-hot`, name, put, at: letter });
  }

  /** A free name and what is put in for it. @param {Setting} setting @param {string} text @param {string} bodyText @returns {PutIn & {name: string}} */
  function putInOf(setting, text, bodyText) {
    const { word: name, inside, isFunction } = headOf(text), places = setting.places.get(name) ?? [];
    if (isFunction || !setting.kinds.has(name)) badDeclaration(`'${name}' is no free name`);
    const fits = inside.length === places.length && inside.every((i, n) => setting.letters.get(i) === places[n]);
    if (!fits || !areDifferent(inside)) badDeclaration(`the head '${text}' is not that of ${name}: one letter for each index, all different`);
    const body = read(setting, bodyText);
    const other = setting.written(body).find((i) => !inside.includes(i)) ?? setting.hiddenIn(body).find((i) => !inside.includes(i));
    const hides = setting.hiding(body, inside);
    if (hides) refuse(HIDDEN, `'${hides.word}' stands for something with the index '${hides.letter}'`);
    if (other) badDeclaration(`'${other}' is free, and not in the head '${text}'`);
    return { name, letters: inside, body };
  }

  /** @type {Declaration} */
  function declareFact(setting, _, [title, head, bodyText]) {
    if (setting.facts.has(title)) badDeclaration(`there is a fact '${title}' already`);
    const { name, letters, body } = putInOf(setting, head, bodyText);
    if (setting.restsOn(body).has(name)) badDeclaration(`what ${name} is cannot rest on ${name} itself`);
    const made = withFact(setting, { title, name, put: { letters, body }, at: null });
    checkDomain(setting, premisesOf(setting, [], []), name, body);
    return made;
  }

  /** What is put in for a name is in its domain. @param {Setting} setting @param {Premises} premises @param {string} name @param {Term} body */
  function checkDomain(setting, premises, name, body) {
    const kind = setting.kinds.get(name);
    const check = new Check(setting, premises), env = environment(), p = check.value(body, env);
    const sign = (/** @type {Term} */ t) => check.signOfTerm(t, env);
    const fits = kind === "real"
      || (kind === "binary" && check.isZero(check.minus(check.mul(p, p), p)))
      || (kind === "nonnegative" && [1, 2].includes(sign(body)))
      || (kind === "positive" && sign(body) === 2)
      || (kind === "unit" && sign(body) === 2 && sign(minus(ONE_TERM, body)) === 2);
    if (!fits) badDeclaration(`a value of '${name}' is not seen to be in its domain`);
  }

  /** @type {Declaration} */
  function declareWhere(setting, _, [aText, relation, bText, ...witness]) {
    const a = read(setting, aText);
    if (!RELATIONS.has(relation)) badDeclaration(`'${relation}' is no relation: != < <= > >=`);
    const b = read(setting, bText), difference = minus(a, b);
    if (witness.length % 2) badDeclaration("a witness is pairs of a name and its value");
    const word = [...wordsOf(difference)].find((w) => setting.hidden.get(w)?.size);
    if (word) refuse(HIDDEN, `'${word}' stands for something with an index, so no condition can name it`);
    /** @type {Map<string, PutIn>} */ const values = new Map(setting.witness);
    for (let n = 0; n < witness.length; n += 2) {
      const { name, letters, body } = putInOf(setting, witness[n], witness[n + 1]);
      if ([...setting.restsOn(body)].some((x) => setting.kinds.has(x))) badDeclaration(`the witness of ${name} rests on a name`);
      values.set(name, { letters, body });
    }
    new Check(setting, premisesOf(setting, [], [])).value(difference, environment());
    const made = setting.with({ conditions: [...setting.conditions, { a, relation, b, letters: setting.written(difference) }], witness: values });
    checkWitness(made);
    return made;
  }

  /** At the witness, every value is in its domain, what sums to one does, and all conditions hold. @param {Setting} setting */
  function checkWitness(setting) {
    const premises = { put: setting.witness, ones: new Set(), assumptions: [] };
    for (const name of setting.restsOn(...setting.conditions.flatMap(({ a, b }) => [a, b]))) {
      if (setting.kinds.has(name) && !setting.witness.has(name)) badDeclaration(`the condition needs a witness: a value of ${name} at which it holds`);
    }
    for (const [name, { body }] of setting.witness) checkDomain(setting, NO_PREMISES, name, body);
    for (const condition of setting.conditions) {
      if (!holds(new Check(setting, premises), condition)) badDeclaration("a condition is not seen to hold at its witness");
    }
    for (const { name, put } of setting.facts.values()) {
      const value = setting.witness.get(name);
      if (put || !value) continue;
      const index = /** @type {string} */ (value.letters[value.letters.length - 1]);
      /** @type {Term} */ const sum = { kind: "Over", op: "Σ", index, size: /** @type {string} */ (setting.letters.get(index)), a: value.body, without: [] };
      const check = new Check(setting, NO_PREMISES);
      if (!check.isZero(check.minus(check.value(sum, environment()), ONE))) badDeclaration(`the witness of ${name} is not seen to sum to one`);
    }
  }

  /** @type {Map<string, {least: number, most: number, then: Declaration}>} */
  const DECLARATIONS = new Map([
    ["index", { least: 2, most: 3, then: declareIndex }],
    ...[...KINDS].map((kind) => /** @type {[string, {least: number, most: number, then: Declaration}]} */ ([kind, { least: 1, most: 1, then: declareFree }])),
    ["let", { least: 2, most: 2, then: declareLet }],
    ["fold", { least: 2, most: 2, then: declareLet }],
    ["lemma", { least: 2, most: 2, then: declareLet }],
    ["sums to one", { least: 1, most: 1, then: declareSum }],
    ["one-hot", { least: 2, most: 2, then: declareOneHot }],
    ["fact", { least: 3, most: 3, then: declareFact }],
    ["where", { least: 3, most: Infinity, then: declareWhere }],
  ]);

  // ── Chains and certificates ──────────────────────────────────────────────────────────────────

  /**
   * @typedef {{sign: string, line: string, using?: readonly string[], results?: readonly Chain[],
   *   gap?: string, point?: readonly (readonly [string, string])[]}} Step
   * @typedef {{setting: Setting, title: string, start: string, steps: readonly Step[],
   *   sign: string, facts: readonly string[], point: ReadonlyMap<string, string>, count: number}} Chain
   *   sign: of the whole chain; facts: all titles that its steps rest on; point: what is fixed now
   */

  /** The chains that were judged here: nothing else can be extended or cited. @type {WeakSet<object>} */
  const CHAINS = new WeakSet();
  /** @param {unknown} x */
  const isChain = (x) => typeof x === "object" && x !== null && CHAINS.has(x);
  /** @param {Chain} chain @returns {Chain} */
  function judged(chain) {
    CHAINS.add(Object.freeze(chain));
    return chain;
  }

  const SIGNS = ["=", "≤", "≥", "<", ">"];

  /** @param {Setting} setting @param {string} title @param {string} start @returns {Chain} */
  function begin(setting, title, start) {
    if (!(setting instanceof Setting) || !isText(title) || !isText(start)) badCertificate("its title and its start are texts");
    read(setting, start);
    return judged({ setting, title, start, steps: [], sign: "=", facts: [], point: new Map(), count: 1 });
  }

  /** @param {Chain} chain */
  const lastLine = (chain) => chain.steps[chain.steps.length - 1]?.line ?? chain.start;

  /** The sign of a chain with one more step. @param {string} sign @param {string} next */
  function signOfChain(sign, next) {
    if (!SIGNS.includes(next)) refuse(BAD_CHAIN, `'${next}' is no sign of a step: ${SIGNS.join(" ")}`);
    const both = sign + next;
    if (/[≤<]/.test(both) && /[≥>]/.test(both)) refuse(BAD_CHAIN, "a chain cannot go both up and down");
    return ["<", ">", "≤", "≥"].find((x) => both.includes(x)) ?? "=";
  }

  /** The order that a cited chain proves, as an assumption. @param {Chain} chain @returns {Assumption[]} */
  function orderOf(chain) {
    if (chain.sign === "=") return [];
    const { setting } = chain, term = minus(read(setting, lastLine(chain)), renumbered(read(setting, chain.start)));
    const fixed = chain.facts.map((title) => setting.facts.get(title)?.at);
    const letters = setting.hiddenIn(term).length ? [] : setting.written(term).filter((x) => !fixed.includes(x));
    return [{ term, sign: /** @type {Sign} */ ({ "≤": 1, "<": 2, "≥": -1, ">": -2 }[chain.sign]), letters }];
  }

  /** A term with other identities than those of any line. @param {Term} t */
  function renumbered(t) {
    let n = 0;
    return put(t, new Map(), null, () => `''${++n}`, (d) => d);
  }

  /** @param {Chain} cited @param {Setting} setting */
  function checkCited(cited, setting) {
    if (!cited.steps.length) refuse(BAD_CITATION, `'${cited.title}' has no step, so it proves nothing`);
    if (cited.point.size) refuse(BAD_CITATION, `'${cited.title}' has a step at a point, so it cannot be cited`);
    const same = cited.setting.lines.every((line, n) => JSON.stringify(line) === JSON.stringify(setting.lines[n]));
    if (!same) refuse(BAD_CITATION, `'${cited.title}' is a result of another setting`);
  }

  /** The chain with one more step, which is judged. @param {Chain} chain @param {Step} given @returns {Chain} */
  function extend(chain, given) {
    return bounded(() => {
      // What is judged is a copy: nobody changes it afterwards.
      const step = typeof given === "object" ? Object.freeze({ ...given }) : given;
      if (!isChain(chain)) badCertificate("this chain was not made by this kernel");
      checkStepForm(step, isChain, "results are chains of this kernel");
      const { setting } = chain, { line, using = [], results = [], gap = null, point = [] } = step;
      const sign = signOfChain(chain.sign, step.sign), here = new Map(point);
      for (const [name, value] of chain.point) {
        if (here.get(name) !== value) refuse(BAD_CHAIN, `${name} = ${value} was fixed at a point, and every later step fixes it too`);
      }
      if (gap !== null && step.sign === "=") refuse(BAD_CHAIN, "a gap belongs to an order, not to '='");
      for (const cited of results) checkCited(cited, setting);
      const count = chain.count + results.reduce((n, x) => n + x.count, 0);
      if (count > 1000) refuse(SPENT, "this takes too long: too many results are cited");
      const before = read(setting, lastLine(chain)), after = renumbered(read(setting, line));
      const difference = gap === null ? null : read(setting, gap);
      const titles = [...using, ...results.flatMap((x) => x.facts)];
      const premises = premisesOf(setting, citedFacts(setting, titles), results.flatMap(orderOf));
      judge(setting, atPoint(setting, premises, point), before, step.sign, after, difference);
      const facts = [...new Set([...chain.facts, ...titles])];
      const together = premisesOf(setting, citedFacts(setting, facts), []);
      if (point.length) atPoint(setting, together, point);
      return judged({ ...chain, steps: [...chain.steps, step], sign, facts, point: here, count });
    });
  }

  /** The setting of these lines, each of them judged. @param {readonly (readonly string[])[]} lines @returns {Setting} */
  const settingOf = (lines) => bounded(() => {
    if (!isListOf(lines, (line) => isListOf(line, isText))) badDeclaration("a setting is a list of lists of texts");
    return lines.reduce(declare, new Setting());
  });

  /** @param {string} message @returns {never} */
  const badCertificate = (message) => refuse(BAD_CERTIFICATE, `this is not a certificate: ${message}`);
  /** @param {unknown} x @returns {x is string} */
  const isText = (x) => typeof x === "string";
  /** @param {unknown} x @param {(y: unknown) => boolean} fits @returns {boolean} */
  const isListOf = (x, fits) => Array.isArray(x) && x.every(fits);

  /** @param {unknown} x @param {string[]} needed @param {string[]} allowed @returns {Record<string, unknown>} */
  function record(x, needed, allowed = []) {
    if (typeof x !== "object" || x === null || Array.isArray(x)) return badCertificate("a part of it is of another type");
    const parts = Object.keys(x), missing = needed.find((k) => !parts.includes(k));
    if (missing) badCertificate(`"${missing}" is missing`);
    const unknown = parts.find((k) => !needed.includes(k) && !allowed.includes(k));
    if (unknown) badCertificate(`"${unknown}" is unknown`);
    return /** @type {Record<string, unknown>} */ (x);
  }

  /** Checks the form of a step. @param {unknown} x @param {(result: unknown) => boolean} isResult @param {string} otherwise */
  function checkStepForm(x, isResult, otherwise) {
    const s = record(x, ["sign", "line"], ["using", "results", "gap", "point"]);
    const isPair = (/** @type {unknown} */ y) => isListOf(y, isText) && /** @type {unknown[]} */ (y).length === 2;
    if (!isText(s.sign) || !isText(s.line)) badCertificate("a sign and a line are texts");
    if ("using" in s && !isListOf(s.using, isText)) badCertificate("facts are a list of titles");
    if ("gap" in s && !isText(s.gap)) badCertificate("a gap is a text");
    if ("point" in s && !isListOf(s.point, isPair)) badCertificate("a point is pairs of a name and its value");
    if ("results" in s && !isListOf(s.results, isResult)) badCertificate(otherwise);
    return s;
  }

  /**
   * The chain of a certificate, everything in it judged.
   * @param {unknown} certificate @returns {Chain}
   */
  function replay(certificate) {
    let chains = 0;
    /** @param {unknown} x @returns {Chain} */
    const chainOf = (x) => {
      if (++chains > 1000) refuse(SPENT, "this takes too long: too many results are cited");
      const { setting, cited, title, start, steps } = record(x, ["setting", "cited", "title", "start", "steps"]);
      if (!isListOf(setting, (line) => isListOf(line, isText))) badCertificate("its setting is no list of lists of texts");
      if (!isText(title) || !isText(start)) return badCertificate("its title and its start are texts");
      if (!Array.isArray(cited)) return badCertificate("what it cites is a list");
      const results = cited.map(chainOf), used = new Set();
      let chain = begin(settingOf(/** @type {string[][]} */ (setting)), title, start);
      if (!Array.isArray(steps)) return badCertificate("its steps are a list");
      for (const y of steps) {
        const isNumberOfOne = (/** @type {unknown} */ n) => Number.isInteger(n) && Number(n) >= 0 && Number(n) < results.length;
        const step = checkStepForm(y, isNumberOfOne, "results are numbers of what it cites");
        const numbers = /** @type {number[]} */ (step.results ?? []);
        numbers.forEach((n) => used.add(n));
        chain = extend(chain, /** @type {Step} */ (/** @type {unknown} */ ({ ...step, results: numbers.map((n) => results[n]) })));
      }
      if (used.size !== results.length) badCertificate("something is cited that no step uses");
      return chain;
    };
    return bounded(() => chainOf(certificate));
  }

  /** What was refused in some work, or null. @param {() => unknown} work @returns {Refused | null} */
  function verdict(work) {
    try {
      work();
      return null;
    } catch (error) {
      if (error instanceof Refused) return error;
      throw error;
    }
  }

  return {
    Refused,
    setting: settingOf,
    /** The setting with one more line. @param {Setting} setting @param {readonly string[]} line */
    declare: (setting, line) => bounded(() => declare(setting, line)),
    /** @param {Setting} setting @param {string} text */
    read: (setting, text) => bounded(() => read(setting, text)),
    /** @param {Setting} setting @param {string} title @param {string} start */
    begin: (setting, title, start) => bounded(() => begin(setting, title, start)),
    extend,
    /** One step by itself. @param {Setting} setting @param {string} before @param {Step} step */
    judge: (setting, before, step) => extend(bounded(() => begin(setting, "", before)), step),
    replay,
    verdict,
  };
})();

if (typeof module !== "undefined") module.exports = Kernel;
