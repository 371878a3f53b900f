// One logit z and its label y: the cross-entropy and half the squared error, and their slopes.

"use strict";
{
  const { spread, written } = DRAWING;

  const GRID = spread(-6, 6, 121);

  function lossesOf(z, y) {
    const e = Math.exp(-Math.abs(z));
    const p = (z < 0 ? e : 1) / (1 + e);
    return {
      // −y log p − (1 − y) log(1 − p), without a logarithm of what was rounded to 0
      crossEntropy: Math.max(z, 0) - y * z + Math.log1p(e),
      crossEntropySlope: p - y,
      squaredError: (p - y) ** 2 / 2,
      squaredErrorSlope: (p - y) * p * (1 - p),
    };
  }

  PICTURES.logit = {
    handle: {
      part: "ce-point", label: "logit z", low: -6, high: 6,
      now: ({ z }) => z,
      says: ({ z }) => `z = ${written(z, 1)}`,
    },

    numbers: ({ z, y }) => lossesOf(z, y),

    draw({ z, y }, now, [losses, slopes]) {
      const all = GRID.map(z => lossesOf(z, y));
      const near = [Math.max(z - 1, -6), Math.min(z + 1, 6)];
      for (const panel of [losses, slopes]) panel.upright("guide", z);
      for (const [name, loss] of [["ce", "crossEntropy"], ["se", "squaredError"]]) {
        const slope = `${loss}Slope`;
        losses.curve(name, GRID, all.map(at => at[loss]));
        losses.curve(`${name}-tangent`, near, near.map(x => now[loss] + (x - z) * now[slope]));
        losses.point(`${name}-point`, z, now[loss]);
        slopes.curve(name, GRID, all.map(at => at[slope]));
        slopes.point(`${name}-point`, z, now[slope]);
      }
    },

    says: ({ z, y }, now) =>
      `z = ${written(z, 1)}, y = ${y}: cross-entropy ${written(now.crossEntropy)}, slope ` +
      `${written(now.crossEntropySlope)}; squared error ${written(now.squaredError)}, slope ` +
      `${written(now.squaredErrorSlope)}.`,

    drag: x => ({ z: x }),
    step: ({ z }, right, up) => ({ z: z + 0.1 * (right + up) }),
  };
}
