// Costs u of a false yes and v of a false no, the cheapest threshold t, and the reader's own, s.

"use strict";
{
  const { spread, written } = DRAWING;

  const THRESHOLDS = spread(0, 1, 101);

  // Yes above s and no below, over predictions from 0 to 1: ∫ (1 − p)u above, ∫ pv below.
  const meanCost = (s, u, v) => u * (1 - s) ** 2 / 2 + v * s ** 2 / 2;

  PICTURES.threshold = {
    handle: {
      part: "s-point", label: "your threshold", low: 0, high: 1,
      now: ({ s }) => s,
      says: ({ s }) => written(s),
    },

    numbers({ u, v, s }) {
      const t = u / (u + v);
      return { t, least: meanCost(t, u, v), here: meanCost(s, u, v) };
    },

    draw({ u, v, s }, { t, least, here }, [costs, means]) {
      for (const panel of [costs, means]) {
        panel.upright("best", t);
        panel.upright("guide", s);
        panel.name("t", panel.x(t) - 9, 40);
      }
      costs.set("lost", { d: `${costs.line([t, s, s], [u * (1 - t), u * (1 - s), v * s])}Z` });
      costs.curve("yes", [0, 1], [u, 0]);
      costs.curve("no", [0, 1], [0, v]);
      costs.point("s-point", s, Math.min(u * (1 - s), v * s));
      means.curve("mean", THRESHOLDS, THRESHOLDS.map(at => meanCost(at, u, v)));
      means.point("t-point", t, least);
      means.point("s-point", s, here);
    },

    says: ({ s }, { t, least, here }) =>
      `The cheapest threshold is t = ${written(t)}, with a mean cost of ${written(least, 3)}; yours, ` +
      `${written(s)}, costs ${written(here, 3)}, which is ${written(here - least, 3)} more.`,

    drag: x => ({ s: x }),
    step: ({ s }, right, up) => ({ s: s + 0.01 * (right + up) }),
  };
}
