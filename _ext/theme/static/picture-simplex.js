// Three logits, their prediction p in a triangle, the label y there too, and p − y between them.

"use strict";
{
  const { softmax, vector, written } = DRAWING;

  const CORNER = Math.sqrt(3) / 2;
  const place = shares => [shares[1] + shares[2] / 2, shares[2] * CORNER];
  const logits = state => [state.z1, state.z2, state.z3];
  const shares = state => [state.y1, state.y2, state.y3];

  // How far it is from start to end on the page, and the unit vector; upwards if they meet.
  function direction(panel, start, end) {
    const across = panel.x(end[0]) - panel.x(start[0]), down = panel.y(end[1]) - panel.y(start[1]);
    const length = Math.hypot(across, down);
    return length ? [length, across / length, down / length] : [0, 0, -1];
  }

  // A place for the name of the end, away from the start.
  function beyond(panel, start, end) {
    const [, ex, ey] = direction(panel, start, end);
    return [panel.x(end[0]) + 16 * ex, panel.y(end[1]) + 16 * ey];
  }

  // A line with a head of two strokes, which ends outside the points; none where they meet.
  function arrow(panel, start, end) {
    const [length, ex, ey] = direction(panel, start, end);
    if (length < 26) return "";
    const [x0, y0] = [panel.x(start[0]) + 9 * ex, panel.y(start[1]) + 9 * ey];
    const [x1, y1] = [panel.x(end[0]) - 9 * ex, panel.y(end[1]) - 9 * ey];
    const points = [
      [x0, y0], [x1, y1],
      [x1 - 9 * ex + 5 * ey, y1 - 9 * ey - 5 * ex], [x1, y1], [x1 - 9 * ex - 5 * ey, y1 - 9 * ey + 5 * ex],
    ];
    return points.map((at, i) => "MLMLL"[i] + at.map(value => value.toFixed(1)).join(" ")).join("");
  }

  PICTURES.simplex = {
    handle: {
      part: "y-point", label: "label y, in the triangle", low: 0, high: 1, free: true,
      now: state => state.y1,
      says: state => `y = ${vector(shares(state))}`,
    },

    numbers(state) {
      const z = logits(state), y = shares(state), p = softmax(z);
      const largest = Math.max(...z);
      const normaliser = largest + Math.log(z.reduce((sum, value) => sum + Math.exp(value - largest), 0));
      return {
        p,
        gradient: p.map((value, k) => value - y[k]),
        loss: y.reduce((sum, share, k) => sum + share * (normaliser - z[k]), 0),
      };
    },

    draw(state, { p, gradient }, [triangle, bars]) {
      const at = place(p), label = place(shares(state));
      triangle.set("arrow", { d: arrow(triangle, label, at) });
      triangle.name("p-name", ...beyond(triangle, label, at));
      triangle.name("y-name", ...beyond(triangle, at, label));
      triangle.point("p-point", ...at);
      triangle.point("y-point", ...label);
      bars.bars("g", ["cool", "warm"], gradient);
    },

    says: (state, { p, gradient, loss }) =>
      `p = ${vector(p)}, y = ${vector(shares(state))}: p\u00a0−\u00a0y = ${vector(gradient)}; ` +
      `cross-entropy ${written(loss)}.`,

    // The nearest label to a point of the plane, in hundredths that sum to one.
    drag(x, up) {
      const third = up / CORNER, second = x - third / 2;
      const inside = [1 - second - third, second, third].map(share => Math.max(share, 0));
      const sum = inside.reduce((a, b) => a + b);
      const [y1, y2] = inside.map(share => Math.round(100 * share / sum));
      return { y1: y1 / 100, y2: y2 / 100, y3: Math.max(100 - y1 - y2, 0) / 100 };
    },

    arrowLength: 0.04,
    step(state, right, up) {
      const [x, y] = place(shares(state));
      return this.drag(x + this.arrowLength * right, y + this.arrowLength * up);
    },

    // Nothing, where the step would leave the sliders.
    descend(state) {
      const { gradient } = this.numbers(state);
      const next = logits(state).map((z, k) => z - gradient[k]);
      return next.some(z => Math.abs(z) > 5) ? null : { z1: next[0], z2: next[1], z3: next[2] };
    },
  };
}
