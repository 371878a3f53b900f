// @ts-check
/**
 * Small parts of a page, made by scripts: elements, formulas, marks.
 */
const Dom = (() => {
  "use strict";

  /**
   * An element: `el("p", {class: "why"}, "words", child)`. Words are text, never markup.
   * @param {string} tag @param {Record<string, any>} [attributes] @param {...(Node | string | null)} children
   * @returns {any}
   */
  function el(tag, attributes = {}, ...children) {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
      else if (value !== null && value !== false) node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...children.filter((x) => x !== null));
    return node;
  }

  const MATHML = "http://www.w3.org/1998/Math/MathML";

  /** A formula of the printer. @param {string} inner @param {boolean} [display] */
  function formula(inner, display = false) {
    const math = document.createElementNS(MATHML, "math");
    if (display) math.setAttribute("displaystyle", "true");
    math.innerHTML = `<mrow>${inner}</mrow>`;
    return math;
  }

  const PATHS = { tick: "M4 12.8l5.2 5.2L20 6.5", cross: "M6 6l12 12M18 6L6 18" };

  /** ✓ or ✗ as the page draws them. @param {"tick" | "cross"} kind */
  function mark(kind) {
    const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    svg.setAttribute("class", kind);
    svg.setAttribute("viewBox", "0 0 24 24");
    svg.setAttribute("aria-hidden", "true");
    svg.innerHTML = `<path d="${PATHS[kind]}"/>`;
    return svg;
  }

  /** Words for those who do not see what is beside them. @param {string} words */
  const unseen = (words) => el("span", { class: "unseen" }, words);

  /** Puts a text on the clipboard, which a page without encryption has not, and says what became of it. @param {string} text */
  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return "Copied.";
    } catch {
      return `Your browser lets no page copy here. Copy it by hand:\n${text}`;
    }
  }

  /** A script of the site, when it has run: unlike other data it can be had from a file, too. @param {string} file @param {string} what it holds */
  function load(file, what) {
    return new Promise((done, fail) => {
      const script = el("script", { src: `${document.documentElement.dataset.content_root}_static/${file}`, onload: done, onerror: () => fail(new Error(`${what} could not be loaded`)) });
      document.head.append(script);
    });
  }

  /** A number with the sign for minus that is set. @param {string} text */
  const signed = (text) => text.replaceAll("-", "−");

  return { el, formula, mark, unseen, copy, load, signed };
})();
