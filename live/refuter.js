// @ts-check
/**
 * Searches a counterexample: a point of the declared domain at which a step fails.
 *
 *     Refuter.refute(Kernel, claim)        a counterexample with hints, or null: none was found
 *     Refuter.hole(Kernel, claim, side)    a point at which a side has no value, or null
 *     Refuter.describe(n, hole, show)      line 2 has no value at z = -3 (the logarithm of z + 3) …
 *     Refuter.at(Kernel, claim, point)     both sides at a given point (for sliders)
 *     Refuter.placeText(point)             C = 2, k = 1, z = [1, 0.5]
 *
 * A claim is {setting, left, sign, right, using, point}: a setting of the kernel, two lines as
 * texts, titles of facts, pairs of a name and its value. A counterexample is {sizes, indices,
 * values, left, right, difference, hints}: numbers as texts, families as lists of them.
 *
 * The judge is not asked, and nothing of it is used but its reader. Numbers are exact fractions as
 * long as nothing but + - * / occurs, then balls (a middle and a radius) that hold the true value
 * by the bounds written beside them; slopes come from dual numbers. What a ball leaves open is
 * said (`Unsure`) and never shown; a counterexample is worked out a second time with twice as many
 * digits. The same points are tried on every run, as long as the count of parts allows.
 */
const Refuter = (() => {
  "use strict";

  /**
   * @typedef {typeof import("./kernel.js")} Kernel
   * @typedef {ReturnType<Kernel["setting"]>} Setting
   * @typedef {ReturnType<Kernel["read"]>} Term
   * @typedef {{readonly n: bigint, readonly d: bigint}} Q in lowest terms, d > 0
   * @typedef {{readonly m: bigint, readonly r: bigint, readonly e: number}} Ball all between (m - r)·2^e and (m + r)·2^e
   * @typedef {Q | Ball} Real
   * @typedef {{level: number, value: Value, slope: Value}} Dual value + slope·ε, each derivative with an ε of its own
   * @typedef {Real | Dual} Value
   * @typedef {{setting: Setting, left: string, sign: string, right: string,
   *   using?: string[], point?: [string, string][]}} Claim left (sign) right where the cited facts hold, at given values
   * @typedef {{setting: Setting, left: Term, sign: string, right: Term, using: string[],
   *   point: [string, Term][], alike: [string, string] | null}} Read a claim that is read; alike: two letters that agree
   * @typedef {{letters: string[], body: Term}} PutIn
   * @typedef {{sizes: Map<string, number>, indices: Map<string, number>}} Place
   * @typedef {{name: string, at: number[], value: Real}} Used
   */

  /** Not settled: too few digits, or too much work. Nothing is said about the claim. */
  class Unsure {
    /** @param {string} why @param {Sides | null} [sides] two sides that agree as far as the digits go */
    constructor(why, sides = null) {
      this.why = why;
      this.sides = sides;
    }
  }

  /** An operation without a value: `doing` it to `what`, which would have to be `wanted`. */
  class Undefined {
    /** @param {string} doing @param {string} what @param {string} wanted */
    constructor(doing, what, wanted) {
      this.doing = doing;
      this.what = what;
      this.wanted = wanted;
    }
  }

  /** A part of a term has no value at the point. */
  class NoValue {
    /** @param {string} why @param {string} doing @param {Term} part @param {string} wanted */
    constructor(why, doing, part, wanted) {
      this.why = why;
      this.doing = doing;
      this.part = part;
      this.wanted = wanted;
    }
  }

  /** A derivative meets |part| where the part is 0. */
  class AtKink {
    /** @param {Term} part */
    constructor(part) {
      this.part = part;
    }
  }

  // ── Real numbers ─────────────────────────────────────────────────────────────────────────────

  /** @param {Real} x @returns {x is Q} */
  const isQ = (x) => "d" in x;
  /** @param {Value} x @returns {x is Dual} */
  const isDual = (x) => "level" in x;
  /** @param {Value} x @returns {boolean} exactly 0 */
  const isZero = (x) => "n" in x && x.n === 0n;

  /** @param {bigint} a */
  const size = (a) => (a < 0n ? -a : a);

  const DOUBLE = new Float64Array(1), WORDS = new Uint32Array(DOUBLE.buffer);

  /** The count of binary digits; of a number just below a power of two, perhaps one more. @param {bigint} a */
  function bitsOf(a) {
    DOUBLE[0] = Number(a); // its exponent is read off, which is faster than writing its digits
    if (Number.isFinite(DOUBLE[0])) return a === 0n ? 0 : ((WORDS[1] >>> 20) & 2047) - 1022;
    const hex = size(a).toString(16);
    return 4 * hex.length - Math.clz32(parseInt(hex[0], 16)) + 28;
  }

  /** @param {bigint} n @param {bigint} [d] @returns {Q} */
  function q(n, d = 1n) {
    let [a, b] = [size(n), size(d)];
    while (b) [a, b] = [b, a % b];
    if (d < 0n) a = -a;
    return { n: n / a, d: d / a };
  }

  /** @param {Q} a @param {Q} b */
  const plusQ = (a, b) => q(a.n * b.d + b.n * a.d, a.d * b.d);

  const ZERO = q(0n), ONE = q(1n), LONGEST = 1n << 600n, LARGEST = 40;

  /** a·2^s, rounded down. @param {bigint} a @param {number} s */
  const shifted = (a, s) => (s >= 0 ? a << BigInt(s) : a >> BigInt(-s));

  /** @param {bigint} n @param {bigint} p @returns {bigint} artanh(1/n) · p; each term is off by less than 2 */
  function artanhOfOneOver(n, p) {
    let sum = 0n;
    for (let term = p / n, k = 1n; term; term /= n * n, k += 2n) sum += term / k;
    return sum;
  }

  /** bits → ln 2 with so many bits behind the point @type {Map<number, bigint>} */ const LN2 = new Map();
  /** Off by less than 2: fewer than `bits` terms, each off by at most 2·28, with 32 bits to spare. @param {number} bits */
  function ln2(bits) {
    let found = LN2.get(bits);
    if (found === undefined) {
      const one = 1n << BigInt(bits + 32);
      const sum = 18n * artanhOfOneOver(26n, one) - 2n * artanhOfOneOver(4801n, one) + 8n * artanhOfOneOver(8749n, one);
      LN2.set(bits, (found = sum >> 32n));
    }
    return found;
  }

  /** k·ln 2 with p bits behind the point, off by less than 2 for |k| < 2^60. @param {bigint} k @param {number} p */
  const timesLn2 = (k, p) => (k * ln2(p + 64)) >> 64n;

  /** @type {Map<string, Real>} */ const EXPS = new Map();
  const MOST_EXPS = 5000;

  /** Arithmetic with so many bits. */
  class Reals {
    /** @param {number} bits */
    constructor(bits) {
      this.bits = bits;
    }

    /** Cutting s bits off moves the middle by less than 1 and the radius by less than 1. @param {bigint} m @param {bigint} r @param {number} e @returns {Ball} */
    rounded(m, r, e) {
      const s = Math.max(bitsOf(m) - this.bits, bitsOf(r) - 32);
      if (Math.abs(e) > 2 ** 50) throw new Unsure("a number is too large or too small to be written down");
      return s > 0 ? { m: shifted(m, -s), r: shifted(r, -s) + 2n, e: e + s } : { m, r, e };
    }

    /** @param {Real} x @returns {Ball} */
    ball(x) {
      if (!isQ(x)) return x;
      if (x.n === 0n) return { m: 0n, r: 0n, e: 0 };
      const s = this.bits + bitsOf(x.d) - bitsOf(x.n);
      return s >= 0 ? this.rounded((x.n << BigInt(s)) / x.d, 1n, -s) : this.rounded(x.n / (x.d << BigInt(-s)), 1n, -s);
    }

    /** A fraction that is too long becomes a ball. @param {Q} x @returns {Real} */
    bounded(x) {
      return size(x.n) > LONGEST || x.d > LONGEST ? this.ball(x) : x;
    }

    /** @param {Real} x @param {Real} y @returns {Real} */
    add(x, y) {
      if (isQ(x) && isQ(y)) return this.bounded(x.d === 1n && y.d === 1n ? { n: x.n + y.n, d: 1n } : plusQ(x, y));
      if (isZero(x)) return y;
      if (isZero(y)) return x;
      let a = this.ball(x), b = this.ball(y);
      if (a.e < b.e) [a, b] = [b, a];
      const apart = a.e - b.e;
      if (apart > this.bits + 1 + Math.max(bitsOf(b.m), bitsOf(b.r))) {
        // b is less than one unit of a with `bits` zeros behind it.
        const zeros = BigInt(this.bits);
        return this.rounded(a.m << zeros, (a.r << zeros) + 1n, a.e - this.bits);
      }
      return this.rounded((a.m << BigInt(apart)) + b.m, (a.r << BigInt(apart)) + b.r, b.e);
    }

    /** @param {Real} x @returns {Real} */
    neg(x) {
      return isQ(x) ? { n: -x.n, d: x.d } : { m: -x.m, r: x.r, e: x.e };
    }

    /** @param {Real} x @param {Real} y @returns {Real} */
    mul(x, y) {
      if (isQ(x) && isQ(y)) return this.bounded(x.d === 1n && y.d === 1n ? { n: x.n * y.n, d: 1n } : q(x.n * y.n, x.d * y.d));
      if (isZero(x) || isZero(y)) return ZERO;
      const a = this.ball(x), b = this.ball(y);
      return this.rounded(a.m * b.m, size(a.m) * b.r + size(b.m) * a.r + a.r * b.r, a.e + b.e);
    }

    /** @param {Real} x @param {Real} y @returns {Real} */
    div(x, y) {
      if (this.sign(y) === 0) throw new Undefined("a division by", "0", "!= 0");
      if (isQ(x) && isQ(y)) return this.bounded(q(x.n * y.d, x.d * y.n));
      if (isZero(x)) return ZERO;
      const a = this.ball(x), b = this.ball(y), below = size(b.m);
      const s = Math.max(0, this.bits + bitsOf(b.m) - bitsOf(a.m));
      // |(a + α)/(b + β) - a/b| = |αb - βa| / |b(b + β)|, and rounding twice.
      const r = shifted(a.r * below + size(a.m) * b.r, s) / (below * (below - b.r)) + 2n;
      return this.rounded((a.m << BigInt(s)) / b.m, r, a.e - b.e - s);
    }

    /** -1, 0 or 1; 0 only of what is exactly 0. @param {Real} x */
    sign(x) {
      const m = isQ(x) ? x.n : x.m, r = isQ(x) ? 0n : x.r;
      if (size(m) > r) return m > 0n ? 1 : -1;
      if (r === 0n) return 0;
      throw new Unsure("the sign of a number is not settled by so many digits");
    }

    /** e^x; the trials of one claim and of its hints ask for few numbers, and for these again and again. @param {Real} x @returns {Real} */
    exp(x) {
      if (!isQ(x)) return this.expOf(x);
      const text = `${this.bits} ${x.n}/${x.d}`, found = EXPS.get(text) ?? this.expOf(x);
      if (EXPS.size > MOST_EXPS) EXPS.clear();
      EXPS.set(text, found);
      return found;
    }

    /** e^x = 2^k·(e^u)^(2^j), u = (x - k·ln 2)/2^j. @param {Real} x @returns {Real} */
    expOf(x) {
      if (isZero(x)) return ONE;
      const { m, r, e } = this.ball(x);
      if (bitsOf(m) + e > LARGEST || bitsOf(r) + e > 0) throw new Unsure("e to the power of this is not worked out");
      const j = Math.floor(Math.sqrt(this.bits)), p = this.bits + 2 * j + 32, P = BigInt(p);
      const t = shifted(m, e + p), k = (2n * t + ln2(p)) / (2n * ln2(p));
      const u = (t - timesLn2(k, p)) >> BigInt(j); // off by 1 + (1 + 2)/2^j, at most 4; |u| < 1/2
      // Each term is off by at most 3, and all behind the last one together by less than 8.
      let sum = 1n << P, count = 0n;
      for (let term = sum; term > 1n || term < -1n; sum += term) term = ((term * u) >> P) / ++count;
      for (let n = 0; n < j; n++) sum = (sum * sum) >> P; // doubles what it is off by, relatively
      const off = (3n * count + 20n) << BigInt(j + 2);
      // The radius: e^ρ - 1 < 2ρ for ρ < 1.
      return this.rounded(sum, off + (shifted(2n * (sum + off) * r, e) + 1n), Number(k) - p);
    }

    /** log(f·2^k) = 2·artanh((f - 1)/(f + 1)) + k·ln 2, 0.7 < f < 1.5. @param {Real} x @returns {Real} */
    log(x) {
      if (this.sign(x) <= 0) throw new Undefined("the logarithm of", isZero(x) ? "0" : "a number below 0", "> 0");
      if (isQ(x) && x.n === x.d) return ZERO;
      const { m, r, e } = this.ball(x), p = this.bits + 64, P = BigInt(p), one = 1n << P;
      let k = bitsOf(m), f = shifted(m, p - k);
      if (10n * f < 7n * one) [k, f] = [k - 1, shifted(m, p - k + 1)];
      const w = ((f - one) << P) / (f + one), square = (w * w) >> P; // off by 2 each; |w| < 1/5
      // Each term is off by at most 4, and all behind the last one together by less than 4.
      let sum = 0n, n = 1n;
      for (let term = w; term > 1n || term < -1n; n += 2n) [sum, term] = [sum + term / n, (term * square) >> P];
      const off = 8n * n + 24n;
      // The radius: log((m + r)/m) and log(m/(m - r)) are at most r/(m - r).
      return this.rounded(2n * sum + timesLn2(BigInt(k + e), p), off + (r << P) / (m - r) + 1n, -p);
    }

    /** x to a number as it is written; x**0 = 1; a broken power is one of what is above 0. @param {Real} x @param {Q} n @returns {Real} */
    power(x, n) {
      if (n.d !== 1n) return this.root(x, n);
      if (n.n < 0n && this.sign(x) === 0) throw new Undefined("a division by", "0", "!= 0");
      if (n.n === 0n) return ONE;
      if (bitsOf(n.n) > LARGEST) throw new Unsure("so high a power is not worked out");
      /** @type {Real} */ let found = ONE;
      for (let base = x, rest = size(n.n); rest; rest >>= 1n) {
        if (rest & 1n) found = this.mul(found, base);
        if (rest > 1n) base = this.mul(base, base);
      }
      return n.n < 0n ? this.div(ONE, found) : found;
    }

    /** @param {Real} x @param {Q} n @returns {Real} */
    root(x, n) {
      if (this.sign(x) <= 0) throw new Undefined("a broken power, or a root, of", isZero(x) ? "0" : "a number below 0", "> 0");
      if (isQ(x) && n.d === 2n) {
        const [above, below] = [wholeRoot(x.n), wholeRoot(x.d)];
        if (above * above === x.n && below * below === x.d) return this.power({ n: above, d: below }, { n: n.n, d: 1n });
      }
      return this.exp(this.mul(n, this.log(x)));
    }
  }

  /** @param {bigint} a @returns {bigint} the root, rounded down */
  function wholeRoot(a) {
    let x = 1n << BigInt((bitsOf(a) >> 1) + 1);
    for (let y = (x + a / x) >> 1n; y < x; y = (x + a / x) >> 1n) x = y;
    return x;
  }

  // ── Numbers with a slope ─────────────────────────────────────────────────────────────────────

  /** A number without its slopes. @param {Value} x @returns {Real} */
  function real(x) {
    while (isDual(x)) x = x.value;
    return x;
  }

  /** @param {number} level @param {Value} value @param {Value} slope @returns {Value} */
  const dual = (level, value, slope) => (isZero(slope) ? value : { level, value, slope });
  /** @param {Value} x @param {number} level @returns {[Value, Value]} value and slope at a level */
  const partsOf = (x, level) => (isDual(x) && x.level === level ? [x.value, x.slope] : [x, ZERO]);
  /** @param {Value} x @param {Value} y */
  const levelOf = (x, y) => Math.max(isDual(x) ? x.level : 0, isDual(y) ? y.level : 0);

  /** Arithmetic with slopes, from the rules of these numbers alone. */
  class Duals {
    /** @param {number} bits */
    constructor(bits) {
      this.reals = new Reals(bits);
    }

    /** @param {Value} x @param {Value} y @returns {Value} */
    add(x, y) {
      if (!isDual(x) && !isDual(y)) return this.reals.add(x, y);
      const level = levelOf(x, y), [a, da] = partsOf(x, level), [b, db] = partsOf(y, level);
      return dual(level, this.add(a, b), this.add(da, db));
    }

    /** @param {Value} x @returns {Value} */
    neg(x) {
      return isDual(x) ? { level: x.level, value: this.neg(x.value), slope: this.neg(x.slope) } : this.reals.neg(x);
    }

    /** @param {Value} x @param {Value} y @returns {Value} */
    mul(x, y) {
      if (!isDual(x) && !isDual(y)) return this.reals.mul(x, y);
      if (isZero(x) || isZero(y)) return ZERO;
      const level = levelOf(x, y), [a, da] = partsOf(x, level), [b, db] = partsOf(y, level);
      return dual(level, this.mul(a, b), this.add(this.mul(da, b), this.mul(a, db)));
    }

    /** @param {Value} x @param {Value} y @returns {Value} */
    div(x, y) {
      if (!isDual(x) && !isDual(y)) return this.reals.div(x, y);
      const level = levelOf(x, y), [a, da] = partsOf(x, level), [b, db] = partsOf(y, level);
      const quotient = this.div(a, b);
      return dual(level, quotient, this.div(this.add(da, this.neg(this.mul(quotient, db))), b));
    }

    /** @param {Value} x @returns {Value} */
    exp(x) {
      if (!isDual(x)) return this.reals.exp(x);
      const value = this.exp(x.value);
      return dual(x.level, value, this.mul(value, x.slope));
    }

    /** @param {Value} x @returns {Value} */
    log(x) {
      return isDual(x) ? dual(x.level, this.log(x.value), this.div(x.slope, x.value)) : this.reals.log(x);
    }

    /** @param {Value} x @param {Q} n @returns {Value} */
    power(x, n) {
      if (!isDual(x)) return this.reals.power(x, n);
      const value = this.power(x.value, n);
      if (n.n === 0n) return ONE;
      const outer = this.mul(n, this.power(x.value, q(n.n - n.d, n.d)));
      return dual(x.level, value, this.mul(outer, x.slope));
    }

    /** |x|; where it is 0 and x has a slope, with the slope on the given side; null without a side. @param {Value} x @param {number} side @returns {Value | null} */
    abs(x, side) {
      const sign = this.reals.sign(real(x));
      if (sign) return sign > 0 ? x : this.neg(x);
      if (!isDual(x)) return ZERO;
      if (!side || isDual(x.value) || isDual(x.slope)) return null;
      return dual(x.level, ZERO, this.reals.sign(x.slope) * side > 0 ? x.slope : this.neg(x.slope));
    }
  }

  // ── Terms ────────────────────────────────────────────────────────────────────────────────────

  /** A term with every part changed, from the inside out. @param {Term} t @param {(t: Term) => Term} change @returns {Term} */
  function rebuilt(t, change) {
    /** @param {Term} s */
    const inside = (s) => rebuilt(s, change);
    switch (t.kind) {
      case "Neg": case "Fn": case "Over": case "D": return change({ ...t, a: inside(t.a) });
      case "Add": case "Mul": case "Div": case "Pow": return change({ ...t, a: inside(t.a), b: inside(t.b) });
      case "Call": return change({ ...t, args: t.args.map(inside) });
      default: return change(t);
    }
  }

  /** Every part, the term itself first. @param {Term} t @returns {Term[]} */
  function partsIn(t) {
    /** @type {Term[]} */ const found = [];
    /** @param {Term} s */
    const visit = (s) => {
      found.push(s);
      if (s.kind === "D") visit(s.by);
      if ("a" in s) visit(s.a);
      if ("b" in s) visit(s.b);
      if (s.kind === "Call") s.args.forEach(visit);
    };
    visit(t);
    return found;
  }

  /** @param {string} index */
  const isWhole = (index) => index >= "0" && index < ":";
  /** The letter that an author wrote for an index. @param {string} index */
  const letterOf = (index) => index.split("'")[0];
  /** Names and functions as written. @param {...Term} terms */
  const namesIn = (...terms) => new Set(terms.flatMap(partsIn).flatMap((s) => (s.kind === "Name" || s.kind === "Call" ? [s.name] : [])));
  /** Free letters, also hidden ones. @param {Setting} setting @param {Term} t */
  const freeLetters = (setting, t) => new Set([...setting.written(t), ...setting.hiddenIn(t)]);

  // ── The value of a term at a point ───────────────────────────────────────────────────────────

  const MOST_VISITED = 60_000;

  /** @typedef {{letters: Map<string, number>, params: Map<string, Value>}} Env what bound letters and parameters stand for */
  /** @typedef {{name: string, key: string, value: Value, known: Map<string, Value>}} Moved a derivative that is worked out, and what follows it */

  /** @param {string} name @param {number[]} at */
  const keyOf = (name, at) => `${name}[${at}]`;

  /** Evaluates at one point; `lookUp` gives the value of a free name, drawn or given. */
  class Evaluator {
    /** @param {Setting} setting @param {Place} place @param {number} bits @param {Map<string, PutIn>} putIn @param {(name: string, at: number[]) => Q} lookUp */
    constructor(setting, place, bits, putIn, lookUp) {
      this.setting = setting;
      this.place = place;
      this.how = new Duals(bits);
      this.putIn = putIn;
      this.lookUp = lookUp;
      this.visited = 0;
      /** values of free names, as they were asked for @type {Map<string, Used>} */ this.used = new Map();
      /** @type {Moved[]} */ this.moved = [{ name: "", key: "", value: ZERO, known: new Map() }];
      this.side = 0; // on which side of a kink slopes are taken
    }

    /** The value; whatever goes wrong is a NoValue or an Unsure. @param {Term} t @returns {Real} */
    value(t) {
      try {
        return real(this.evaluate(t, { letters: new Map(), params: new Map() }));
      } catch (error) {
        if (error instanceof RangeError) throw new Unsure("this is nested too deep, or too large, to be worked out");
        throw error;
      }
    }

    /** @param {Term} t @param {Env} env @returns {Value} */
    evaluate(t, env) {
      if (++this.visited > MOST_VISITED) throw new Unsure("this takes too long to be worked out");
      const { how } = this;
      switch (t.kind) {
        case "Num": return how.reals.bounded(t.value);
        case "Size": return q(BigInt(/** @type {number} */ (this.place.sizes.get(t.name))));
        case "Param": return /** @type {Value} */ (env.params.get(t.name));
        case "Name": return this.name(t, env);
        case "Delta": return this.delta(t, env);
        case "Neg": return how.neg(this.evaluate(t.a, env));
        case "Add": return how.add(this.evaluate(t.a, env), this.evaluate(t.b, env));
        case "Mul": return how.mul(this.evaluate(t.a, env), this.evaluate(t.b, env));
        case "Div": {
          const above = this.evaluate(t.a, env), below = this.evaluate(t.b, env);
          return this.apply(() => how.div(above, below), t.b);
        }
        case "Pow": return this.power(t, env);
        case "Fn": {
          const x = this.evaluate(t.a, env);
          return t.fn === "exp" ? how.exp(x) : t.fn === "log" ? this.apply(() => how.log(x), t.a) : this.abs(x, t.a);
        }
        case "Over": return this.over(t, env);
        case "Call": return this.call(t, env);
        case "D": return this.derivative(t, env);
        default: throw new Unsure("a derivative that was carried out is no part of a line");
      }
    }

    /** @template T @param {() => T} work @param {Term} part to blame @returns {T} */
    apply(work, part) {
      try {
        return work();
      } catch (error) {
        if (!(error instanceof Undefined)) throw error;
        throw new NoValue(`${error.doing} ${error.what}`, error.doing, part, error.wanted);
      }
    }

    /** @param {string} index @param {Env} env @returns {number} */
    index(index, env) {
      if (isWhole(index)) return Number(index);
      return env.letters.get(index) ?? /** @type {number} */ (this.place.indices.get(index));
    }

    /** @param {Term} t @param {number} at @param {string} size */
    within(t, at, size) {
      const upper = /** @type {number} */ (this.place.sizes.get(size));
      if (at > upper) throw new NoValue(`the index ${at} does not exist for ${size} = ${upper}`, "the index of", t, "");
      return at;
    }

    /** @param {Term & {kind: "Delta"}} t @param {Env} env @returns {Real} */
    delta(t, env) {
      const at = [t.i, t.j].map((i) => this.index(i, env));
      for (const i of [t.i, t.j]) {
        const size = this.setting.letters.get(letterOf(i));
        if (size !== undefined) at.forEach((x) => this.within(t, x, size));
      }
      return at[0] === at[1] ? ONE : ZERO;
    }

    /** @param {Term & {kind: "Over"}} t @param {Env} env @returns {Value} */
    over(t, env) {
      const leftOut = t.without.map((i) => this.within(t, this.index(i, env), t.size));
      const adds = t.op === "Σ", upper = /** @type {number} */ (this.place.sizes.get(t.size));
      const inner = { letters: new Map(env.letters), params: env.params };
      /** @type {Value} */ let total = adds ? ZERO : ONE;
      for (let m = 1; m <= upper; m++) {
        if (leftOut.includes(m)) continue;
        const part = this.evaluate(t.a, { ...inner, letters: inner.letters.set(t.index, m) });
        total = adds ? this.how.add(total, part) : this.how.mul(total, part);
      }
      return total;
    }

    /** @param {Term & {kind: "Add" | "Mul" | "Div" | "Pow"}} t a power @param {Env} env @returns {Value} */
    power(t, env) {
      const { how } = this, base = this.evaluate(t.a, env), exponent = this.evaluate(t.b, env);
      const fixed = !partsIn(t.b).some((s) => ["Name", "Param", "Size", "Delta", "Call"].includes(s.kind));
      if (fixed && !isDual(exponent) && isQ(exponent)) return this.apply(() => how.power(base, exponent), t.a);
      if (fixed && how.reals.sign(real(base)) <= 0) throw new Unsure("the exponent may be a whole number");
      return this.apply(() => how.exp(how.mul(exponent, how.log(base))), t.a);
    }

    /** @param {Term & {kind: "Call"}} t @param {Env} env @returns {Value} */
    call(t, env) {
      const { head, body } = /** @type {{head: string[], body: Term}} */ (this.setting.definitions.get(t.name));
      const params = new Map(head.map((x, n) => [x, this.evaluate(t.args[n], env)]));
      try {
        return this.evaluate(body, { letters: new Map(), params });
      } catch (error) {
        if (error instanceof NoValue || error instanceof AtKink) error.part = blamed(error.part, head, t.args);
        throw error;
      }
    }

    /** @param {Term & {kind: "Name"}} t @param {Env} env @returns {Value} */
    name(t, env) {
      const sizes = /** @type {string[]} */ (this.setting.places.get(t.name));
      const at = t.indices.map((i, n) => this.within(t, this.index(i, env), sizes[n])), key = keyOf(t.name, at);
      for (let n = this.moved.length - 1; n > 0; n--) if (this.moved[n].key === key) return this.moved[n].value;
      const definition = this.setting.definitions.get(t.name);
      if (!definition) return this.free(t.name, at);
      const { known } = this.moved[this.depth(t.name)];
      let found = known.get(key);
      if (found === undefined) {
        found = this.evaluate(definition.body, { letters: new Map(definition.head.map((x, n) => [x, at[n]])), params: new Map() });
        known.set(key, found);
      }
      return found;
    }

    /** A free name: what a cited fact says it is, or its own value; it does not move. @param {string} name @param {number[]} at @returns {Real} */
    free(name, at) {
      const key = keyOf(name, at), known = this.used.get(key);
      if (known) return known.value;
      const put = this.putIn.get(name), { moved } = this;
      let /** @type {Real} */ value;
      if (!put) value = this.lookUp(name, at);
      else {
        this.moved = moved.slice(0, 1);
        try {
          value = real(this.evaluate(put.body, { letters: new Map(put.letters.map((x, n) => [x, at[n]])), params: new Map() }));
        } finally {
          this.moved = moved;
        }
      }
      this.used.set(key, { name, at, value });
      return value;
    }

    /** The innermost derivative that moves what this name is made of; 0 for none. @param {string} name */
    depth(name) {
      let n = this.moved.length - 1;
      while (n > 0 && !this.setting.reach.get(name)?.has(this.moved[n].name)) n--;
      return n;
    }

    /** @param {Term & {kind: "D"}} t @param {Env} env @returns {Value} */
    derivative({ a, by }, env) {
      const here = this.evaluate(by, env);
      if (by.kind === "Name") this.checkBy(by);
      try {
        return this.slope(a, by, here, env);
      } catch (error) {
        if (!(error instanceof AtKink) || this.moved.length > 1) throw error;
        return this.slopeAtKink(a, by, here, env, error.part);
      }
    }

    /** @param {Term} of @param {Term & {kind: "Name" | "Param"}} by @param {Value} here @param {Env} env @returns {Value} */
    slope(of, by, here, env) {
      const level = this.moved.length, value = { level, value: here, slope: ONE }, isParam = by.kind === "Param";
      const key = isParam ? "" : keyOf(by.name, by.indices.map((i) => this.index(i, env)));
      this.moved.push({ name: isParam ? "" : by.name, key: key || " ", value, known: new Map() });
      try {
        const params = isParam ? new Map(env.params).set(by.name, value) : env.params;
        return partsOf(this.evaluate(of, { letters: env.letters, params }), level)[1];
      } finally {
        this.moved.pop();
      }
    }

    /** The slopes on both sides of a kink: |x|·x has the same on both, |x| has not. @param {Term} of @param {Term & {kind: "Name" | "Param"}} by @param {Value} here @param {Env} env @param {Term} part @returns {Value} */
    slopeAtKink(of, by, here, env, part) {
      /** @type {Real[]} */ const sides = [];
      try {
        for (this.side of [1, -1]) sides.push(real(this.slope(of, by, here, env)));
      } catch (error) {
        if (!(error instanceof AtKink)) throw error;
        this.side = 0;
        this.evaluate(of, env); // a derivative inside may have no value
        throw new Unsure("a derivative of a derivative at a kink is not worked out");
      } finally {
        this.side = 0;
      }
      const { reals } = this.how;
      if (reals.sign(reals.add(sides[0], reals.neg(sides[1])))) {
        const doing = "a derivative of the absolute value of";
        throw new NoValue(`${doing} 0`, doing, part, "!= 0");
      }
      return sides[0];
    }

    /** @param {Term & {kind: "Name"}} by */
    checkBy(by) {
      const { setting } = this;
      for (const x of setting.reach.get(by.name) ?? []) {
        if (setting.kinds.get(x) === "binary") throw new NoValue(`${by.name} is 0 or 1: no derivative by it`, "a derivative by", by, "");
      }
      for (const { name } of this.moved) {
        if (name !== by.name && setting.reach.get(name)?.has(by.name)) throw new Unsure(`a derivative by ${by.name} inside one by ${name}`);
      }
    }

    /** @param {Value} x @param {Term} of @returns {Value} */
    abs(x, of) {
      if (isZero(x) && this.moved.length > 2 && this.follows(of)) throw new AtKink(of);
      const found = this.how.abs(x, this.side);
      if (!found) throw new AtKink(of);
      return found;
    }

    /** Whether a term may depend on something that is being moved. @param {Term} t */
    follows(t) {
      return partsIn(t).some((s) => s.kind === "Param" || ((s.kind === "Name" || s.kind === "Call") && this.depth(s.name) > 0));
    }
  }

  /** What is to blame in the body of a function, said of the arguments of the call. @param {Term} part @param {string[]} head @param {Term[]} args */
  function blamed(part, head, args) {
    if (partsIn(part).some((s) => s.kind === "D")) return part;
    return rebuilt(part, (s) => (s.kind === "Param" && head.includes(s.name) ? args[head.indexOf(s.name)] : s));
  }

  // ── What all points of a claim have in common ────────────────────────────────────────────────

  /** @typedef {{claim: Read, putIn: Map<string, PutIn>, toOne: Set<string>, sizes: string[], letters: string[],
   *    near: Q[], kinks: Q[], conditions: Setting["conditions"], possible: boolean}} Ground near: numbers of
   *    the claim, where a domain may end; kinks: these, and half and whole steps beside them */

  /** @param {Q} x @param {string | undefined} kind */
  function inDomain(x, kind) {
    switch (kind) {
      case "real": return true;
      case "positive": return x.n > 0n;
      case "nonnegative": return x.n >= 0n;
      case "unit": return x.n > 0n && x.n < x.d;
      case "binary": return x.d === 1n && (x.n === 0n || x.n === 1n);
      default: return false;
    }
  }

  /** The names that these rest on, also by what is put in for them. @param {Setting} setting @param {Iterable<string>} names @param {Map<string, PutIn>[]} puts */
  function reached(setting, names, puts) {
    /** @type {Set<string>} */ const found = new Set(), waiting = [...names];
    for (let name = waiting.pop(); name !== undefined; name = waiting.pop()) {
      if (found.has(name)) continue;
      found.add(name);
      waiting.push(...(setting.reach.get(name) ?? []));
      for (const put of puts) waiting.push(...namesIn(.../** @type {Term[]} */ ([put.get(name)?.body].filter(Boolean))));
    }
    return found;
  }

  /** @param {Read} claim @param {boolean} withUncited whether what is not cited sums to one too @returns {Ground} */
  function groundOf(claim, withUncited) {
    const { setting } = claim, cited = claim.using.flatMap((title) => setting.facts.get(title) ?? []);
    /** @type {Map<string, PutIn>} */ const putIn = new Map();
    for (const { name, put } of cited) if (put) putIn.set(name, put);
    // Two facts may contradict: then no point is known at which both hold. One-hot numbers sum to one.
    let possible = cited.every((f) => cited.every((g) => f === g || f.name !== g.name || Boolean(f.put) !== Boolean(g.put) && Boolean(f.at ?? g.at)));
    for (const [name, body] of claim.point) {
      const given = constantOf(setting, body);
      possible &&= !putIn.has(name) && given !== null && inDomain(given, setting.kinds.get(name));
      putIn.set(name, { letters: [], body });
    }
    const puts = setting.conditions.length ? [putIn, new Map(setting.witness)] : [putIn];
    let own = reached(setting, namesIn(claim.left, claim.right), puts), conditions = setting.conditions;
    for (let before = -1; before < own.size; ) {
      before = own.size;
      const bound = setting.conditions.map((c) => /** @type {const} */ ([c, reached(setting, namesIn(c.a, c.b), puts)]));
      const binding = bound.filter(([, names]) => [...names].some((x) => own.has(x)));
      conditions = binding.map(([c]) => c);
      own = new Set([...own, ...binding.flatMap(([, names]) => [...names])]);
    }
    const spoken = [claim.left, claim.right, ...conditions.flatMap((c) => [c.a, c.b])];
    const bodies = [...own].flatMap((x) => [setting.definitions.get(x), ...puts.map((p) => p.get(x))].flatMap((d) => d?.body ?? []));
    const letters = new Set([claim.left, claim.right, ...[...own].flatMap((x) => putIn.get(x)?.body ?? [])].flatMap((t) => [...freeLetters(setting, t)]));
    for (const name of own) for (const x of putIn.get(name)?.letters ?? []) letters.delete(x);
    for (const t of [claim.left, claim.right]) for (const x of freeLetters(setting, t)) letters.add(x);
    for (const c of conditions) for (const x of c.letters) letters.add(x);
    const parts = [...spoken, ...bodies].flatMap(partsIn), used = new Set([...letters].map((i) => setting.letters.get(i)));
    for (const s of parts) if (s.kind === "Over") used.add(s.size); else if (s.kind === "Size") used.add(s.name);
    for (const name of own) for (const size of setting.places.get(name) ?? []) used.add(size);
    const facts = withUncited ? [...setting.facts.values()] : cited, near = nearOf(setting, parts);
    return {
      claim, putIn, conditions, possible, near, kinks: [...near, ...near.flatMap((c) => STEPS.map((s) => plusQ(c, s)))],
      toOne: new Set(facts.flatMap((f) => (!f.put && own.has(f.name) && !putIn.has(f.name) ? [f.name] : []))),
      sizes: [...setting.sizes.keys()].filter((x) => used.has(x)),
      letters: [...letters].sort(),
    };
  }

  const STEPS = [1n, -1n, 2n, -2n].map((n) => q(n, 2n));

  /** 0, and the numbers of a claim with both signs, small ones first. @param {Setting} setting @param {Term[]} parts @returns {Q[]} */
  function nearOf(setting, parts) {
    const found = new Map([[0, ZERO]]);
    for (const t of parts) {
      const isRatio = t.kind === "Div" && t.a.kind === "Num" && t.b.kind === "Num" && t.b.value.n !== 0n;
      if (t.kind !== "Num" && !isRatio) continue;
      const x = /** @type {Q} */ (constantOf(setting, t)), number = Number(x.n) / Number(x.d);
      if (Math.abs(number) <= 1000) found.set(number, x).set(-number, { n: -x.n, d: x.d });
    }
    return [...found].sort(([a], [b]) => Math.abs(a) - Math.abs(b) || a - b).map(([, x]) => x);
  }

  /** The value of a term without names, if it is a fraction. @param {Setting} setting @param {Term} t @returns {Q | null} */
  function constantOf(setting, t) {
    if (partsIn(t).some((s) => ["Name", "Size", "Delta", "Over"].includes(s.kind))) return null;
    try {
      const value = new Evaluator(setting, { sizes: new Map(), indices: new Map() }, 64, new Map(), () => ZERO).value(t);
      return isQ(value) ? value : null;
    } catch (error) {
      return ruledOut(error);
    }
  }

  /** Null for what is said of a point; everything else is an error of this script. @param {unknown} error @returns {null} */
  function ruledOut(error) {
    if (error instanceof NoValue || error instanceof Unsure) return null;
    throw error;
  }

  /** -0.5 or 1/3. @param {string} text @returns {Q} */
  function ratio(text) {
    const [above, below] = text.split("/");
    return below && !/^0+$/.test(below) ? q(BigInt(above), BigInt(below)) : decimal(above);
  }

  // ── Points ───────────────────────────────────────────────────────────────────────────────────

  /** @param {string} text @returns {Q[]} */
  const numbers = (text) => text.split(" ").map(decimal);
  /** @param {string} text @returns {Q} */
  function decimal(text) {
    const [whole, broken = ""] = text.split(".");
    return q(BigInt(whole + broken), 10n ** BigInt(broken.length));
  }

  // What a name is drawn from, by the manner of a trial; a number keeps to two digits where it can.
  /** @type {Record<string, Q[]>} */ const SIGNED = {
    plain: numbers("1 2 -1 3 -2 0.5"), tenths: numbers("0.3 -0.7 1.2 -1.5 0.8 2.5 -0.2 1.9"),
    zeros: numbers("0 1 0 -1"), ties: numbers("1 -2 2 0 -1 3"), positive: numbers("0.5 2 1 3 0.2 0.9"),
    negative: numbers("-0.5 -2 -1 -3 -0.2 -4"), large: numbers("20 -30 9 -12 50 -80"),
    huge: numbers("900 -700 1000 -10000 100000 0.001"),
  };
  /** @type {Record<string, Q[]>} */ const ABOVE_ZERO = {
    plain: numbers("1 2 3 0.5 4 5"), tenths: numbers("0.3 1.2 0.7 2.5 0.1 1.9"), zeros: numbers("1 2 0.5"),
    ties: numbers("2 1 0.5 3 0.1 4"), positive: numbers("0.5 2 1 3 0.2 0.9"), negative: numbers("0.1 0.2 0.01 0.5"),
    large: numbers("20 90 0.1 30 0.05 9"), huge: numbers("1000 0.001 10000 0.0001"),
  };
  /** @type {Record<string, Q[]>} */ const BELOW_ONE = {
    plain: numbers("0.5 0.2 0.8 0.4 0.1 0.9"), ties: numbers("0.5 0.2 0.8 0.9 0.1 0.3"),
    large: numbers("0.01 0.99 0.9 0.05"), huge: numbers("0.001 0.999 0.0001"),
  };

  // Sizes and manners, in the order in which they are tried; the m-th size is the m-th number.
  const TRIALS = [
    "222 plain", "231 tenths", "312 plain", "111 plain", "213 ties", "321 zeros", "211 kinks", "123 negative",
    "223 positive", "322 tenths", "221 large", "112 kinks", "423 plain", "243 ties", "132 zeros", "512 plain",
    "222 huge", "512 tenths", "521 plain", "212 kinks", "234 ties", "111 zeros", "232 large", "111 huge",
    "212 zeros", "111 ties", "321 kinks", "111 tenths",
  ].map((text) => ({ row: [...text.slice(0, 3)].map(Number), manner: text.slice(4) }));
  const ENDS = { row: [1, 1, 1], manner: "ends" }; // all names are one number
  const ALL_TRIALS = TRIALS.map((_, n) => n);
  const ATTEMPTS = ["", "positive", "tenths", "negative", "plain", "large", "zeros", "ties"], MOST_PLACES = 8;

  /** The same whole number for the same text, on every run. @param {string} text */
  function numberOf(text) {
    let h = 0x811c9dc5;
    for (const c of text) h = Math.imul(h ^ /** @type {number} */ (c.codePointAt(0)), 0x01000193);
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return (h ^ (h >>> 16)) >>> 0;
  }

  /** The values of the free names in one trial. A value depends on the trial, the name and its indices alone. */
  class Draw {
    /** @param {Ground} ground @param {number} trial @param {string} manner @param {Place} place */
    constructor(ground, trial, manner, place) {
      this.ground = ground;
      this.trial = trial;
      this.manner = manner;
      this.place = place;
      this.putIn = ground.putIn;
      /** names that are drawn in another manner, for a condition @type {Map<string, string>} */ this.again = new Map();
    }

    /** @param {string} name @param {number[]} at @returns {Q} */
    value(name, at) {
      if (this.ground.toOne.has(name)) return this.share(name, at);
      const manner = this.again.get(name) ?? this.manner;
      if (manner === "ties") return this.pick(name, manner, this.number("ties"));
      if (manner === "zeros") return this.pick(name, manner, this.number(`${name}${at}${manner}`));
      const column = at[at.length - 1] ?? 0; // the entries of a row are different
      return this.pick(name, manner, this.number(`${name}${at.slice(0, -1)}${manner}`) + column);
    }

    /** @param {string} text */
    number(text) {
      return numberOf(`${this.trial}:${text}`);
    }

    /** @param {string} name @param {string} manner @param {number} number @returns {Q} */
    pick(name, manner, number) {
      const kind = this.ground.claim.setting.kinds.get(name), { kinks } = this.ground;
      if (kind === "binary") return number % 2 ? ONE : ZERO;
      let from = (kind === "unit" ? BELOW_ONE : kind === "real" ? SIGNED : ABOVE_ZERO), listed = from[manner] ?? from.plain;
      if (manner === "ends") {
        listed = kinks.filter((x) => inDomain(x, kind));
        return listed.length ? listed[this.trial % listed.length] : q(1n, 2n);
      }
      if (manner === "kinks") {
        const found = kinks.filter((x) => inDomain(x, kind));
        if (found.length) listed = found;
      }
      if (kind === "nonnegative" && (manner === "zeros" || manner === "ties")) listed = [ZERO, ...listed];
      return listed[number % listed.length];
    }

    /** One of a row of numbers that sum to one, in tenths or hundredths. @param {string} name @param {number[]} at @returns {Q} */
    share(name, at) {
      const { setting } = this.ground.claim, sizes = /** @type {string[]} */ (setting.places.get(name));
      const count = /** @type {number} */ (this.place.sizes.get(sizes[sizes.length - 1])), kind = setting.kinds.get(name);
      const row = at.slice(0, -1), own = at[at.length - 1] - 1, manner = this.again.get(name) ?? this.manner;
      if (manner === "ties" || count === 1) return q(1n, BigInt(count));
      const whole = manner === "large" || manner === "huge" ? 100 : 10;
      const lowest = kind === "nonnegative" && ["zeros", "kinks"].includes(manner) ? 0
        : kind === "real" && ["negative", "kinks"].includes(manner) ? -3 : 1;
      const few = ["zeros", "large", "huge"].includes(manner);
      let parts = Array.from({ length: count }, (_, m) => lowest + (few ? 0 : this.number(`${name}${row}${m}${manner}`) % 4));
      const chosen = this.number(`${name}${row}${manner}`) % count;
      parts[chosen] += whole - parts.reduce((a, b) => a + b);
      if (parts[chosen] >= lowest && parts[chosen]) return q(BigInt(parts[own]), BigInt(whole));
      parts = parts.map((x) => x * count);
      parts[chosen] = lowest || 1;
      return q(BigInt(parts[own]), BigInt(parts.reduce((a, b) => a + b)));
    }

    /** Draws again until the conditions hold, at last from their witness. */
    meetsConditions() {
      const { conditions, claim: { setting } } = this.ground;
      for (const [attempt, manner] of ATTEMPTS.entries()) {
        const broken = conditions.filter((c) => !this.holds(c));
        if (!broken.length) return true;
        for (const c of broken) {
          for (const name of setting.restsOn(c.a, c.b)) if (setting.kinds.has(name)) this.again.set(name, manner || this.manner);
        }
        this.trial += 1000 * (attempt + 1);
      }
      this.putIn = new Map([...setting.witness, ...this.putIn]);
      return conditions.every((c) => this.holds(c));
    }

    /** Whether a condition holds for all values of its letters. @param {Ground["conditions"][0]} condition */
    holds({ a, relation, b, letters }) {
      const { setting } = this.ground.claim;
      const uppers = letters.map((i) => this.place.sizes.get(/** @type {string} */ (setting.letters.get(i))) ?? 1);
      return countOf(uppers) <= MOST_COUNTED && everyPlace(uppers).every((at) => {
        const indices = new Map([...this.place.indices, ...letters.map((i, n) => /** @type {[string, number]} */ ([i, at[n]]))]);
        const machine = this.evaluator(80, { sizes: this.place.sizes, indices }), { reals } = machine.how;
        try {
          return HOLDS[relation](reals.sign(reals.add(machine.value(a), reals.neg(machine.value(b)))));
        } catch (error) {
          return ruledOut(error) ?? false;
        }
      });
    }

    /** @param {number} bits @param {Place} [place] */
    evaluator(bits, place = this.place) {
      return new Evaluator(this.ground.claim.setting, place, bits, this.putIn, (name, at) => this.value(name, at));
    }
  }

  /** @type {Record<string, (sign: number) => boolean>} */ const HOLDS = {
    "=": (s) => s === 0, "!=": (s) => s !== 0, "≤": (s) => s <= 0, "<=": (s) => s <= 0,
    "≥": (s) => s >= 0, ">=": (s) => s >= 0, "<": (s) => s < 0, ">": (s) => s > 0,
  };

  const MOST_COUNTED = 4096;
  /** How many places have these upper ends. @param {number[]} uppers */
  const countOf = (uppers) => uppers.reduce((a, b) => a * b, 1);
  /** 1, …, n. @param {number} n */
  const upTo = (n) => Array.from({ length: n }, (_, m) => m + 1);
  /** All places with these upper ends. @param {number[]} uppers @returns {number[][]} */
  const everyPlace = (uppers) => uppers.reduce((all, n) => all.flatMap((at) => upTo(n).map((m) => [...at, m])), [/** @type {number[]} */ ([])]);

  /** Values of the free letters: all alike first, all different last. @param {Ground} ground @param {Map<string, number>} sizes @param {number} trial */
  function placesOf({ claim: { setting, alike }, letters }, sizes, trial) {
    const uppers = letters.map((i) => /** @type {number} */ (sizes.get(/** @type {string} */ (setting.letters.get(i)))));
    let every = countOf(uppers) <= MOST_COUNTED ? everyPlace(uppers)
      : [0, 1, 2].map((step) => uppers.map((upper, m) => 1 + ((m * step) % upper)));
    every.sort((a, b) => new Set(a).size - new Set(b).size); // and as they came: the sort is stable
    if (every.length > MOST_PLACES) {
      const middle = every.slice(3, -3);
      every = [...every.slice(0, 3), ...middle.slice(trial % middle.length).slice(0, 2), ...every.slice(-3)];
    }
    const found = every.map((at) => new Map(letters.map((i, n) => [i, at[n]])));
    return found.filter((at) => !alike || at.get(alike[0]) === at.get(alike[1]));
  }

  /** @param {Ground} ground @param {number} trial @param {{row: number[], manner: string}} by @returns {Generator<Draw>} */
  function* drawn(ground, trial, { row, manner }) {
    if (!ground.possible) return;
    const { setting } = ground.claim;
    const sizes = new Map(ground.sizes.map((x, m) => [x, Math.max(row[m % row.length], /** @type {number} */ (setting.sizes.get(x)))]));
    for (const indices of placesOf(ground, sizes, trial)) {
      const draw = new Draw(ground, trial, manner, { sizes, indices });
      if (!ground.conditions.length || draw.meetsConditions()) yield draw;
    }
  }

  // ── The search ───────────────────────────────────────────────────────────────────────────────

  const BITS = 120, NATURAL_TRIALS = 6, MOST_WORK = 60_000;
  // More bits for what these leave open, where the terms have not too many parts.
  const MORE_BITS = [{ bits: 400, most: 4000, count: 4 }, { bits: 1600, most: 1000, count: 2 }, { bits: 16000, most: 25, count: 1 }];

  /** @typedef {{left: Real, right: Real, difference: Real}} Sides */
  /** @typedef {{draw: Draw, used: Used[]} & Sides} Example */

  /** @param {Read} claim @param {Evaluator} machine */
  function sidesAt(claim, machine) {
    const left = machine.value(claim.left), right = machine.value(claim.right), { reals } = machine.how;
    const difference = reals.add(left, reals.neg(right));
    try {
      return { holds: HOLDS[claim.sign](reals.sign(difference)), left, right, difference };
    } catch (error) {
      throw error instanceof Unsure ? new Unsure(error.why, { left, right, difference }) : error;
    }
  }

  /** The counterexample at a point, worked out with twice as many digits; null if they do not agree. @param {Read} claim @param {Draw} draw @param {number} bits @returns {Example | null} */
  function replayed(claim, draw, bits) {
    try {
      const machine = draw.evaluator(2 * bits), { holds, ...sides } = sidesAt(claim, machine);
      return holds ? null : { draw, used: [...machine.used.values()], ...sides };
    } catch (error) {
      return ruledOut(error);
    }
  }

  /** Points that are to be tried: at first those at which declared distributions are such. @param {Read} claim @param {number[]} trials */
  function* pointsOf(claim, trials) {
    const plain = groundOf(claim, false), natural = groundOf(claim, true);
    if (natural.toOne.size > plain.toOne.size) for (const n of trials.slice(0, NATURAL_TRIALS)) yield* drawn(natural, n, TRIALS[n]);
    for (const n of trials) yield* drawn(plain, n, TRIALS[n]);
    // Not for a hint: of what holds at size 1 alone, nothing is said.
    if (trials === ALL_TRIALS) for (const n of plain.kinks.keys()) yield* drawn(plain, n, ENDS);
  }

  /**
   * Looks for a point at which a claim fails; `held` counts the kinds of points at which it does not.
   * @param {Read} claim @param {number[]} trials @param {typeof MORE_BITS} moreBits @param {number} mostWork
   * @returns {{held: number, work: number, example: Example | null}}
   */
  function search(claim, trials = ALL_TRIALS, moreBits = MORE_BITS, mostWork = MOST_WORK) {
    /** @type {Set<string>} */ const held = new Set();
    /** @type {{cost: number, draw: Draw}[]} */ const unsure = [];
    let work = 0;
    for (const draw of pointsOf(claim, trials)) {
      const machine = draw.evaluator(BITS), kind = `${[...draw.place.sizes.values()]} ${draw.manner}`;
      try {
        if (sidesAt(claim, machine).holds) held.add(kind);
        else {
          const example = replayed(claim, draw, BITS);
          if (example) return { held: held.size, work, example };
        }
      } catch (error) {
        if (error instanceof Unsure) {
          unsure.push({ cost: machine.visited, draw });
          if (error.sides) held.add(kind);
        } else ruledOut(error);
      }
      work += machine.visited + 20;
      if (work > mostWork) break;
    }
    unsure.sort((a, b) => a.cost - b.cost);
    for (const { bits, most, count } of moreBits) {
      for (const { cost, draw } of unsure.slice(0, count)) {
        const example = cost <= most ? replayed(claim, draw, bits / 2) && replayed(claim, draw, bits) : null;
        if (example) return { held: held.size, work, example };
      }
    }
    return { held: held.size, work, example: null };
  }

  // ── Hints: each is itself tried before it is given ───────────────────────────────────────────

  // Different sizes first; each batch of trials has to hold something, and nothing that fails.
  const BATCHES = [[1, 2, 4, 5, 7, 8], ALL_TRIALS.filter((n) => [0, 3, 6].includes(n) || n > 8)];
  const ENOUGH_TRIALS = 2, MOST_WORK_OF_A_HINT = 12_000, MOST_WORK_OF_HINTS = 60_000;
  const FACTORS = [-8n, -4n, -2n, -1n, 1n, 2n, 3n, 6n, 8n, 12n, 16n].map((n) => q(n, 4n));

  /** @param {Q} value @returns {Term} */
  const num = (value) => ({ kind: "Num", value });
  /** @param {string} name @returns {Term} */
  const sizeTerm = (name) => ({ kind: "Size", name });
  /** @param {"Mul" | "Div"} kind @param {Term} a @param {Term} b @returns {Term} */
  const two = (kind, a, b) => ({ kind, a, b });

  /** The first hint that turns the refuted claim into one that held wherever it was tried. @param {Read} claim @param {Example} example @returns {string[]} */
  function hintsOf(claim, example) {
    let work = 0;
    /** @param {Partial<Read>} change */
    const holds = (change) => work < MOST_WORK_OF_HINTS && BATCHES.every((trials) => {
      const found = search({ ...claim, ...change }, trials, [], MOST_WORK_OF_A_HINT);
      work += found.work;
      return !found.example && found.held >= ENOUGH_TRIALS;
    });
    try {
      for (const candidates of claim.sign === "=" ? HINTS : [missingFact]) {
        for (const [hint, change] of candidates(claim, example)) if (holds(change)) return [hint];
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error; // too many parts to be changed one by one
    }
    return [];
  }

  /** @typedef {Generator<[string, Partial<Read>]>} Candidates a hint, and what would be true then */

  const REALS = new Reals(2 * BITS);
  /** Whether two values agree as far as their digits go: then a hint is worth a search. @param {Real} a @param {Real} b */
  function near(a, b) {
    try {
      return REALS.sign(REALS.add(a, REALS.neg(b))) === 0;
    } catch (error) {
      return error instanceof Unsure;
    }
  }

  /** @param {Read} claim @param {Example} example @returns {Candidates} */
  function* differentSign({ right }, example) {
    if (!isZero(example.left) && near(example.left, REALS.neg(example.right))) {
      yield ["the two sides differ exactly by a sign", { right: { kind: "Neg", a: right } }];
    }
  }

  /** @param {Read} claim @returns {Candidates} */
  function* missingFact({ setting, left, right, using, point }) {
    const spoken = setting.restsOn(left, right);
    for (const [title, { name }] of setting.facts) {
      if (using.includes(title) || !spoken.has(name) || point.some(([x]) => x === name)) continue;
      yield [`the step is true if you cite the fact '${title}'`, { using: [...using, title] }];
    }
  }

  /** @param {Read} claim @param {Example} example @returns {Candidates} */
  function* sumOrMean({ right }, { draw, left: a, right: b }) {
    for (const [size, n] of draw.place.sizes) {
      const times = (/** @type {Real} */ x) => REALS.mul(x, q(BigInt(n)));
      if (near(times(a), b)) yield [`the right side is ${size} times the left one: sum or mean?`, { right: two("Div", right, sizeTerm(size)) }];
      if (near(times(b), a)) yield [`the left side is ${size} times the right one: sum or mean?`, { right: two("Mul", right, sizeTerm(size)) }];
    }
  }

  /** @param {Read} claim @param {Example} example @returns {Candidates} */
  function* constantFactor({ left }, example) {
    for (const factor of FACTORS) {
      if (isZero(example.left) || !near(REALS.mul(example.left, factor), example.right)) continue;
      yield [`the right side is ${shown(factor, true)} times the left one`, { left: two("Mul", num(factor), left) }];
    }
  }

  /** A letter on the right side alone may have lost its sum. @param {Read} claim @returns {Candidates} */
  function* lostSum({ setting, left, right }) {
    const known = freeLetters(setting, left);
    for (const letter of setting.written(right)) {
      if (known.has(letter) || setting.hiddenIn(right).includes(letter)) continue;
      const index = `${letter}'hint`, size = /** @type {string} */ (setting.letters.get(letter));
      const put = (/** @type {string} */ i) => (i === letter ? index : i);
      const a = rebuilt(right, (t) => {
        if (t.kind === "Name") return { ...t, indices: t.indices.map(put) };
        if (t.kind === "Delta") return { ...t, i: put(t.i), j: put(t.j) };
        if (t.kind === "D" && t.by.kind === "Name") return { ...t, by: { ...t.by, indices: t.by.indices.map(put) } };
        return t.kind === "Over" ? { ...t, without: t.without.map(put) } : t;
      });
      /** @type {Term} */ const total = { kind: "Over", op: "Σ", index, size, a, without: [] };
      yield [`it holds with a sum over ${letter} in front of the right side`, { right: total }];
      yield [`it holds with the mean over ${letter} on the right side`, { right: two("Div", total, sizeTerm(size)) }];
    }
  }

  /** @param {Read} claim @param {Example} example @returns {Candidates} */
  function* onlyAlike({ setting }, { draw }) {
    const free = [...draw.place.indices.keys()];
    for (const [n, one] of free.entries()) {
      for (const other of free.slice(n + 1)) {
        if (setting.letters.get(one) === setting.letters.get(other)) yield [`it holds only for ${one} = ${other}`, { alike: [one, other] }];
      }
    }
  }

  /** A sum that should leave out an index, or should not. @param {Read} claim @returns {Candidates} */
  function* leftOut({ setting, left, right }) {
    const letters = [...new Set([...freeLetters(setting, left), ...freeLetters(setting, right)])].sort();
    const binders = partsIn(right).flatMap((t) => (t.kind === "Over" ? [t] : []));
    for (const { op, index, size, without } of binders) {
      const own = letterOf(index);
      const put = (/** @type {string[]} */ instead) => rebuilt(right, (t) => (t.kind === "Over" && t.index === index ? { ...t, without: instead } : t));
      for (const letter of letters) {
        if (setting.letters.get(letter) !== size || without.includes(letter)) continue;
        yield [`it holds only if ${own} = ${letter} is left out of the ${op} over ${own}`, { right: put([...without, letter]) }];
      }
      if (without.length) yield [`it holds only if nothing is left out of the ${op} over ${own}`, { right: put([]) }];
    }
  }

  /** @param {Read} claim @returns {Candidates} */
  function* exchanged({ setting, right }) {
    const names = [...new Set(partsIn(right).flatMap((t) => (t.kind === "Name" ? [t.name] : [])))].sort();
    for (const [n, one] of names.entries()) {
      for (const other of names.slice(n + 1)) {
        if (`${setting.places.get(one)}` !== `${setting.places.get(other)}`) continue;
        const put = (/** @type {string} */ x) => (x === one ? other : x === other ? one : x);
        const swapped = rebuilt(right, (t) => {
          if (t.kind === "D" && t.by.kind === "Name") return { ...t, by: { ...t.by, name: put(t.by.name) } };
          return t.kind === "Name" ? { ...t, name: put(t.name) } : t;
        });
        yield [`it holds with ${one} and ${other} exchanged on the right side`, { right: swapped }];
      }
    }
  }

  /** @param {Read} claim @returns {Candidates} */
  function* lostFactor({ setting, left, right }) {
    /** @type {Map<string, Term & {kind: "Name"}>} */ const names = new Map();
    for (const t of [left, right].flatMap(partsIn)) if (t.kind === "Name" && !t.indices.some((i) => i.includes("'"))) names.set(nameText(t), t);
    for (const [text, name] of [...names].sort(([a], [b]) => (a < b ? -1 : 1))) {
      yield [`a factor ${text} is missing on the right side`, { right: two("Mul", right, name) }];
      if (setting.kinds.get(name.name) !== "binary") yield [`there is a factor ${text} too many on the right side`, { right: two("Div", right, name) }];
    }
  }

  /** A name as an author writes it. @param {Term & {kind: "Name"}} t */
  const nameText = ({ name, indices }) => (indices.length ? `${name}[${indices.join(", ")}]` : name);

  const HINTS = [differentSign, missingFact, sumOrMean, constantFactor, lostSum, onlyAlike, leftOut, exchanged, lostFactor];

  // ── What is shown ────────────────────────────────────────────────────────────────────────────

  /** A number that can be put in: whole or decimal if it is, else a fraction or eight digits. @param {Real} x @param {boolean} [asFraction] */
  function shown(x, asFraction = false) {
    if (isQ(x)) {
      const whole = x.d === 1n, number = Number(x.n) / Number(x.d);
      if (whole && size(x.n) < 10n ** 8n) return `${x.n}`;
      const text = `${Number(number.toPrecision(8))}`;
      if (!asFraction && /^-?[0-9]+\.[0-9]+$/.test(text) && same(decimal(text), x)) return text;
      if (!whole && `${x.n}/${x.d}`.length <= 9) return `${x.n}/${x.d}`;
      x = new Reals(120).ball(x);
    }
    if (size(x.m) <= x.r) return "0";
    const digits = bitsOf(x.m), top = digits + x.e; // |x| = f·2^top, 1/2 ≤ f < 1
    const f = Number(shifted(x.m, 60 - digits)) / 2 ** 60;
    if (Math.abs(top) < 1000) return `${Number((f * 2 ** top).toPrecision(8))}`;
    const tens = top * Math.LOG10E * Math.LN2, power = Math.floor(tens); // beyond what a double holds
    const [mantissa, more = "+0"] = (f * 10 ** (tens - power)).toExponential(7).split("e");
    return `${Number(mantissa)}e${power + Number(more) < 0 ? "" : "+"}${power + Number(more)}`;
  }

  /** @param {Q} a @param {Q} b */
  const same = (a, b) => a.n === b.n && a.d === b.d;

  /** @typedef {string | string[] | string[][]} Shown a number, or a family of them */

  /** @param {Used} a @param {Used} b */
  function order(a, b) {
    if (a.name !== b.name) return a.name < b.name ? -1 : 1;
    const n = a.at.findIndex((i, k) => i !== b.at[k]);
    return n < 0 ? 0 : a.at[n] - b.at[n];
  }

  /** Values by name: a family as a list (of lists), or entry by entry where some were not needed. @param {Setting} setting @param {Map<string, number>} sizes @param {Used[]} used */
  function valuesOf(setting, sizes, used) {
    /** @type {Map<string, Map<string, Used>>} */ const families = new Map();
    for (const x of [...used].sort(order)) families.set(x.name, (families.get(x.name) ?? new Map()).set(`${x.at}`, x));
    /** @type {Record<string, Shown>} */ const found = {};
    for (const [name, entries] of families) {
      const shape = /** @type {string[]} */ (setting.places.get(name)).map((size) => /** @type {number} */ (sizes.get(size)));
      const [rows = 1, columns = 1] = shape;
      /** @param {...number} at */
      const entry = (...at) => shown(/** @type {Used} */ (entries.get(`${at}`)).value);
      if (shape.length > 2 || entries.size !== rows * columns) {
        for (const { at, value } of entries.values()) found[`${name}[${at.join(", ")}]`] = shown(value);
      } else if (!shape.length) found[name] = entry();
      else if (shape.length === 1) found[name] = upTo(rows).map((i) => entry(i));
      else found[name] = upTo(rows).map((i) => upTo(columns).map((j) => entry(i, j)));
    }
    return found;
  }

  /** @param {Shown} x @returns {string} */
  const textOf = (x) => (typeof x === "string" ? x : `[${x.map((y) => textOf(y)).join(", ")}]`);

  /** A point in words: C = 2, k = 1, z = [1, 0.5]. @param {Point} point */
  const placeText = ({ sizes, indices, values }) => [
    ...Object.entries({ ...sizes, ...indices }).map(([name, n]) => `${name} = ${n}`),
    ...Object.entries(values).map(([name, x]) => `${name} = ${textOf(x)}`),
  ].join(", ");

  /** @typedef {{sizes: Record<string, number>, indices: Record<string, number>, values: Record<string, Shown>}} Point */

  /** @param {Setting} setting @param {Draw} draw @param {Used[]} used @returns {Point} */
  const pointOf = (setting, { place: { sizes, indices } }, used) => ({
    sizes: Object.fromEntries(sizes), indices: Object.fromEntries(indices), values: valuesOf(setting, sizes, used),
  });

  /** @param {Kernel} kernel @param {Claim} claim @returns {Read} */
  function readClaim(kernel, { setting, left, sign, right, using = [], point = [] }) {
    const read = (/** @type {string} */ text) => kernel.read(setting, text);
    return { setting, left: read(left), sign, right: read(right), using, alike: null,
      point: point.map(([name, text]) => /** @type {[string, Term]} */ ([name, read(text)])) };
  }

  /**
   * A point of the domain at which a claim fails, with both sides and a hint; null if none was found.
   * What cannot be read is refused by the kernel's reader.
   * @param {Kernel} kernel @param {Claim} given
   */
  function refute(kernel, given) {
    const claim = readClaim(kernel, given), { example } = search(claim);
    if (!example) return null;
    const { left, right, difference } = example;
    return { ...pointOf(claim.setting, example.draw, example.used), left: shown(left), right: shown(right),
      difference: shown(difference), hints: hintsOf(claim, example) };
  }

  /**
   * Both sides at a given point, whether the claim holds there (null: that is not settled, as they agree
   * by all digits that were worked out), and whether the point is one of the domain; `why` says what has no value, or is outside. `values` are those that were
   * used, with what the facts say of the names in `fixed`.
   * @param {Kernel} kernel @param {Claim} given @param {Point} point
   */
  function at(kernel, given, { sizes, indices, values }) {
    const claim = readClaim(kernel, given), ground = groundOf(claim, false), { setting } = claim;
    const fixed = [...ground.putIn.keys()], none = { left: "", right: "", difference: "", holds: null, allowed: false, values, fixed };
    /** @type {Map<string, Q>} */ const known = new Map();
    /** @param {string} key @param {Shown} x */
    const enter = (key, x) => {
      if (typeof x !== "string") x.forEach((y, n) => enter(key.endsWith("]") ? `${key.slice(0, -1)},${n + 1}]` : `${key}[${n + 1}]`, y));
      else if (/^-?(?:[0-9]{1,30}(?:[./][0-9]{1,30})?|\.[0-9]{1,30})$/.test(x)) known.set((key.endsWith("]") ? key : `${key}[]`).replaceAll(" ", ""), ratio(x));
    };
    for (const [name, x] of Object.entries(values)) enter(name, x);
    /** @param {unknown} n @param {number} least @param {number} most */
    const isWholeFrom = (n, least, most) => Number.isInteger(n) && Number(n) >= least && Number(n) <= most;
    const isPlace = ground.sizes.every((x) => isWholeFrom(sizes[x], /** @type {number} */ (setting.sizes.get(x)), 99))
      && ground.letters.every((i) => isWholeFrom(indices[i], 1, sizes[/** @type {string} */ (setting.letters.get(i))]));
    if (!isPlace) return { ...none, why: "a size or an index is missing, or out of its range" };
    const place = { sizes: new Map(Object.entries(sizes)), indices: new Map(Object.entries(indices)) };
    const draw = new Draw(ground, 0, "", place);
    draw.value = (name, index) => known.get(keyOf(name, index)) ?? missing(keyOf(name, index));
    const machine = draw.evaluator(2 * BITS);
    try {
      const { holds, left, right, difference } = sidesOrUnsettled(claim, machine);
      const used = [...machine.used.values()], why = outside(draw, used);
      return { left: shown(left), right: shown(right), difference: shown(difference), holds, allowed: !why, values: valuesOf(setting, place.sizes, used), fixed, why };
    } catch (error) {
      ruledOut(error);
      return { ...none, why: /** @type {NoValue | Unsure} */ (error).why };
    }
  }

  /** @param {Read} claim @param {Evaluator} machine @returns {Sides & {holds: boolean | null}} */
  function sidesOrUnsettled(claim, machine) {
    try {
      return sidesAt(claim, machine);
    } catch (error) {
      if (error instanceof Unsure && error.sides) return { ...error.sides, holds: null };
      throw error;
    }
  }

  /** @param {string} key @returns {never} */
  const missing = (key) => {
    throw new Unsure(`${key.replace("[]", "")} has no value here`);
  };

  /** Why a point is none of the domain; "" if it is one. @param {Draw} draw @param {Used[]} used */
  function outside(draw, used) {
    const { claim: { setting }, putIn, possible, toOne, conditions } = draw.ground;
    const stray = used.find((x) => !putIn.has(x.name) && !(isQ(x.value) && inDomain(x.value, setting.kinds.get(x.name))));
    if (stray) return `${stray.name} is not ${DOMAINS[/** @type {string} */ (setting.kinds.get(stray.name))]}`;
    if (!possible) return "what is cited has no value that fits all of it";
    const other = [...toOne].find((name) => !sumsToOne(draw, name));
    if (other) return `${other} does not sum to one`;
    return conditions.every((c) => draw.holds(c)) ? "" : "a condition of the setting does not hold";
  }

  /** @type {Record<string, string>} */ const DOMAINS = {
    real: "a fraction", positive: "positive", nonnegative: "zero or positive", unit: "between 0 and 1", binary: "0 or 1",
  };

  /** Whether every row of a family sums to one. @param {Draw} draw @param {string} name */
  function sumsToOne(draw, name) {
    const sizes = /** @type {string[]} */ (draw.ground.claim.setting.places.get(name)).map((x) => /** @type {number} */ (draw.place.sizes.get(x)));
    return everyPlace(sizes.slice(0, -1)).every((row) => {
      const total = upTo(sizes[sizes.length - 1]).map((i) => draw.value(name, [...row, i])).reduce(plusQ);
      return same(total, ONE);
    });
  }

  // ── Where a line has no value ────────────────────────────────────────────────────────────────

  /** @typedef {Point & {doing: string, part: Term, wanted: string, why: string, condition: {part: Term, relation: string, value: string} | null}} Hole
   *    `doing` it to `part`, which is not `wanted`; the condition, if it is clear, would mend it */

  // Where a denominator is 0 or a logarithm ends: at kinks, zeros and ties before anywhere else.
  const HOLES_FIRST = ["kinks", "zeros", "ties"];
  const HOLE_TRIALS = [...ALL_TRIALS].sort((a, b) => Number(!HOLES_FIRST.includes(TRIALS[a].manner)) - Number(!HOLES_FIRST.includes(TRIALS[b].manner)));

  /** @param {Ground} ground */
  function* holePoints(ground) {
    for (const n of ground.near.keys()) yield* drawn(ground, n, ENDS);
    for (const n of HOLE_TRIALS) yield* drawn(ground, n, TRIALS[n]);
  }

  /**
   * A point of the domain at which a side has no value; null if none was found.
   * @param {Kernel} kernel @param {Claim} given @param {"left" | "right"} side @returns {Hole | null}
   */
  function hole(kernel, given, side) {
    const claim = readClaim(kernel, { ...given, left: given[side], right: given[side] }), { setting } = claim;
    /** @type {Hole | null} */ let found = null;
    let work = 0;
    for (const draw of holePoints(groundOf(claim, false))) {
      const machine = draw.evaluator(BITS);
      try {
        machine.value(claim.left);
      } catch (error) {
        if (error instanceof NoValue) {
          const { doing, part, wanted, why } = error, point = pointOf(setting, draw, [...machine.used.values()]);
          const here = { ...point, doing, part, wanted, why, condition: conditionOf(setting, part, wanted) };
          if (wanted !== "> 0" || why.endsWith(" of 0")) return here;
          found ??= here; // rather where the part is just 0, where its domain ends
        } else ruledOut(error);
      }
      work += machine.visited + 20;
      if (work > MOST_WORK) break;
    }
    return found;
  }

  /** What could be declared so that a part has a value; null if that is not clear. @param {Setting} setting @param {Term} part @param {string} wanted */
  function conditionOf(setting, part, wanted) {
    const unclear = partsIn(part).some((t) => t.kind === "Param" || (t.kind === "Name" && t.indices.some((i) => i.includes("'")))
      || (t.kind === "Delta" && (t.i + t.j).includes("'")) || (t.kind === "Over" && t.without.some((i) => i.includes("'"))));
    if (!wanted || unclear) return null;
    const relation = wanted.split(" ")[0];
    if (part.kind === "Add") {
      const { a, b } = part, c = constantOf(setting, a.kind === "Name" ? b : a);
      if (a.kind === "Name" && c) return { part: a, relation, value: shown(REALS.neg(c), true) };
      if (b.kind === "Neg" && b.a.kind === "Name" && c) return { part: b.a, relation: relation === ">" ? "<" : relation, value: shown(c, true) };
    }
    return { part, relation, value: "0" };
  }

  /** line 2 has no value at z = -3 (the logarithm of z + 3): declare where z > -3. @param {number} number @param {Hole} hole @param {(t: Term) => string} show */
  function describe(number, hole, show) {
    const where = placeText(hole), { condition } = hole;
    const blame = hole.wanted ? `${hole.doing} ${show(hole.part)}` : hole.why;
    const remedy = condition ? `: declare where ${show(condition.part)} ${condition.relation} ${condition.value}` : "";
    return `line ${number} has no value${where && " at "}${where} (${blame})${remedy}`;
  }

  return { refute, at, hole, describe, placeText, Reals };
})();

if (typeof module !== "undefined") module.exports = Refuter;
