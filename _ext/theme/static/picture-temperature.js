// A temperature T: the prediction softmax(z/T) of four logits, and the gradient (p − y)/T.

"use strict";
{
  const { softmax, vector, written } = DRAWING;

  const LOGITS = [2, 1, 0, -1];

  PICTURES.temperature = {
    numbers({ T, c }) {
      const p = softmax(LOGITS.map(z => z / T));
      return { p, gradient: p.map((value, k) => (value - (k + 1 === c)) / T) };
    },

    draw(state, { p, gradient }, [prediction, slope]) {
      prediction.bars("p", ["cool", "cool"], p);
      slope.bars("g", ["cool", "warm"], gradient);
    },

    says: ({ T, c }, { p, gradient }) =>
      `T = ${written(T, 1)}, true class ${c}: p = ${vector(p)}; (p − y)/T = ${vector(gradient)}.`,
  };
}
