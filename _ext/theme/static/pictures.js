// Pictures that move. The page has each as a still drawing with its controls; a script of its own says
// what follows from the numbers that the reader sets. Here is what they share: to find the parts of the
// drawing, to place them as book_site/panels.py placed them, and to hear the reader.

"use strict";
{
  // Each by its name, and what they use.
  window.PICTURES = {};
  window.DRAWING = { written, vector, spread, softmax };

  const LEFT = 38, RIGHT = 312, TOP = 30, BOTTOM = 200, WIDTH = 320;

  function written(value, digits = 2) {
    const text = value.toFixed(digits);
    return Number(text) === 0 ? text.replace("-", "") : text.replace("-", "−");
  }

  function vector(values) {
    return `(${values.map(value => written(value)).join(", ")})`;
  }

  // As many numbers from low to high.
  function spread(low, high, count) {
    return Array.from({ length: count }, (_, i) => low + (high - low) * i / (count - 1));
  }

  function softmax(z) {
    const largest = Math.max(...z);
    const e = z.map(value => Math.exp(value - largest));
    const sum = e.reduce((a, b) => a + b);
    return e.map(value => value / sum);
  }

  class Panel {
    constructor(svg) {
      this.svg = svg;
      this.across = svg.dataset.x.split(" ").map(Number);
      this.up = svg.dataset.y.split(" ").map(Number);
    }

    part(name) {
      return this.svg.querySelector(`[data-part="${name}"]`);
    }

    x(value) {
      const [low, high] = this.across;
      return LEFT + (value - low) / (high - low) * (RIGHT - LEFT);
    }

    y(value) {
      const [low, high] = this.up;
      return BOTTOM - (value - low) / (high - low) * (BOTTOM - TOP);
    }

    // The numbers under the pointer.
    under(event) {
      const box = this.svg.getBoundingClientRect();
      const scale = WIDTH / box.width;
      const [left, right] = this.across, [low, high] = this.up;
      return [
        left + ((event.clientX - box.left) * scale - LEFT) / (RIGHT - LEFT) * (right - left),
        low + (BOTTOM - (event.clientY - box.top) * scale) / (BOTTOM - TOP) * (high - low),
      ];
    }

    set(name, attributes) {
      for (const [key, value] of Object.entries(attributes)) {
        this.part(name).setAttribute(key, typeof value === "number" ? value.toFixed(1) : value);
      }
    }

    line(xs, ys) {
      return "M" + xs.map((x, i) => `${this.x(x).toFixed(1)} ${this.y(ys[i]).toFixed(1)}`).join("L");
    }

    curve(name, xs, ys) {
      this.set(name, { d: this.line(xs, ys) });
    }

    upright(name, x) {
      this.set(name, { d: `M${this.x(x).toFixed(1)} ${TOP}V${BOTTOM}` });
    }

    point(name, x, y) {
      this.set(name, { transform: `translate(${this.x(x).toFixed(1)} ${this.y(y).toFixed(1)})` });
    }

    // A letter in the middle of a place.
    name(name, x, y) {
      this.set(name, { x, y: y + 5 });
    }

    bars(name, kinds, values) {
      values.forEach((value, i) => {
        const zero = this.y(0), end = this.y(value), bar = `${name}${i + 1}`;
        const kind = kinds[Number(value < 0)];
        this.set(bar, { class: `bar ${kind}`, y: Math.min(zero, end), height: Math.abs(zero - end) });
        this.set(`${bar}-value`, { y: value >= 0 ? end - 5 : end + 14 });
        this.part(`${bar}-value`).textContent = written(value);
      });
    }
  }

  const ARROWS = { ArrowRight: [1, 0], ArrowLeft: [-1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] };

  function start(root) {
    const picture = PICTURES[root.dataset.picture];
    const panels = [...root.querySelectorAll("svg.plot")].map(svg => new Panel(svg));
    const inputs = [...root.querySelectorAll("input")];
    const says = root.querySelector(".says");
    // Radio buttons of two pictures on one page would be one choice if their names did not differ.
    const named = input => input.name.split("-").at(-1);

    const read = () => Object.fromEntries(
      inputs.filter(input => input.type !== "radio" || input.checked)
        .map(input => [named(input), Number(input.value)]));

    function change(changes) {
      for (const input of inputs) {
        // An input of a range takes the nearest number that it can hold.
        if (named(input) in changes) input.value = changes[named(input)];
      }
      show();
    }

    function show() {
      const state = read();
      const numbers = picture.numbers(state);
      picture.draw(state, numbers, panels);
      says.textContent = picture.says(state, numbers);
      for (const input of inputs.filter(input => input.type === "range")) {
        const output = input.parentNode.querySelector("output");
        output.textContent = written(Number(input.value), Number(input.dataset.digits));
      }
      for (const button of root.querySelectorAll("button")) {
        button.disabled = picture[button.dataset.does](state) === null;
      }
      if (handle) {
        handle.setAttribute("aria-valuenow", picture.handle.now(state));
        handle.setAttribute("aria-valuetext", picture.handle.says(state));
      }
    }

    const handle = picture.handle && panels[0].part(picture.handle.part);
    if (handle) {
      const { label, low, high } = picture.handle;
      handle.setAttribute("tabindex", "0");
      handle.setAttribute("role", "slider");
      handle.setAttribute("aria-label", label);
      handle.setAttribute("aria-valuemin", low);
      handle.setAttribute("aria-valuemax", high);
      // A finger on the point does not scroll; `touch-action` has no effect inside an SVG.
    handle.addEventListener("touchstart", event => event.preventDefault(), { passive: false });
    handle.addEventListener("keydown", event => {
        const arrow = ARROWS[event.key];
        if (!arrow) return;
        event.preventDefault();
        change(picture.step(read(), ...arrow));
      });
    }

    for (const panel of panels.filter(panel => panel.svg.dataset.drag)) {
      panel.svg.setAttribute("role", "group"); // no longer an image: a part of it is a control
      const move = event => change(picture.drag(...panel.under(event)));
      let held = false;
      panel.svg.addEventListener("pointerdown", event => {
        // A point that moves both ways is held by itself: elsewhere a finger scrolls the page.
        if (picture.handle.free && !handle.contains(event.target)) return;
        held = true;
        panel.svg.setPointerCapture(event.pointerId);
      });
      panel.svg.addEventListener("pointermove", event => held && move(event));
      panel.svg.addEventListener("pointerup", event => {
        if (held) move(event);
        held = false;
      });
      panel.svg.addEventListener("pointercancel", () => { held = false; });
    }

    root.addEventListener("input", show);
    for (const button of root.querySelectorAll("button")) {
      button.addEventListener("click", () => change(picture[button.dataset.does](read())));
    }
    show();
  }

  addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-picture]").forEach(start));
}
