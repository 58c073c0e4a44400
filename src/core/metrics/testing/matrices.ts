/** Short ways to write matrices in tests, random ones with plenty of ties, and resamples laid out as real rows. */
import type { Random } from '../../random.ts';
import type { LabelMatrix, ScoreMatrix } from '../matrix.ts';
import type { RowWeights } from '../row-weights.ts';

/** One string of 0s and 1s per document. */
export function labelsOf(...documents: string[]): LabelMatrix {
  const data = Uint8Array.from(documents.join(''), Number);
  return { rows: documents.length, columns: documents[0]?.length ?? 0, data };
}

/** One list of scores per document. */
export function scoresOf(...documents: number[][]): ScoreMatrix {
  return {
    rows: documents.length,
    columns: documents[0]?.length ?? 0,
    data: Float64Array.from(documents.flat()),
  };
}

export interface RandomCase {
  readonly truth: LabelMatrix;
  readonly scores: ScoreMatrix;
  readonly assigned: LabelMatrix;
}

/** Scores lean towards the truth and are multiples of 1/levels, so ties are common when `levels` is small. */
export function randomCase(
  random: Random,
  rows: number,
  columns: number,
  { density = 0.2, levels = 8, noise = 0.7 } = {},
): RandomCase {
  const truth = new Uint8Array(rows * columns).map(() => (random.uniform() < density ? 1 : 0));
  const scores = Float64Array.from(truth, (one) => {
    const raw = (1 - noise) * one + noise * random.uniform();
    return Math.round(raw * levels) / levels;
  });
  const assigned = Uint8Array.from(scores, (score) => (score >= 0.5 ? 1 : 0));
  return {
    truth: { rows, columns, data: truth },
    scores: { rows, columns, data: scores },
    assigned: { rows, columns, data: assigned },
  };
}

/** The case with document i written out `weights[i]` times. */
export function resampled({ truth, scores, assigned }: RandomCase, weights: RowWeights): RandomCase {
  const cells: number[] = [];
  weights.forEach((times, row) => {
    for (let copy = 0; copy < times; copy++) {
      for (let column = 0; column < truth.columns; column++) cells.push(row * truth.columns + column);
    }
  });
  const shape = { rows: cells.length / truth.columns, columns: truth.columns };
  return {
    truth: { ...shape, data: Uint8Array.from(cells, (cell) => truth.data[cell] ?? 0) },
    scores: { ...shape, data: Float64Array.from(cells, (cell) => scores.data[cell] ?? 0) },
    assigned: { ...shape, data: Uint8Array.from(cells, (cell) => assigned.data[cell] ?? 0) },
  };
}

/** How often each of `rows` documents is drawn in `rows` draws. */
export function randomWeights(random: Random, rows: number): RowWeights {
  const weights = new Uint32Array(rows);
  for (const row of random.choiceWithReplacement(rows, rows)) weights[row] = (weights[row] ?? 0) + 1;
  return weights;
}
