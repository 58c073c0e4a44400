/** The stored scikit-learn values (see reference.py), typed. */
import { readFileSync } from 'node:fs';
import type { RandomCase } from './matrices.ts';
import { labelsOf } from './matrices.ts';

interface Averages<Value> {
  readonly precision: Value;
  readonly recall: Value;
  readonly f1: Value;
}

export interface Expected {
  readonly micro: Averages<number>;
  readonly macro: Averages<number>;
  readonly weighted: Averages<number>;
  readonly perLabel: Averages<number[]>;
  readonly microAveragePrecision: number;
  /** Per label; 0 for a label no document has. */
  readonly averagePrecision: number[];
  readonly labelRankingAveragePrecision: number;
  readonly rankingLoss: number;
  readonly coverageError: number;
  readonly hammingLoss: number;
  readonly subsetAccuracy: number;
  readonly brierScore: number;
}

export interface ReferenceCase extends RandomCase {
  readonly name: string;
  readonly weights: Uint32Array;
  /** Every document once. */
  readonly plain: Expected;
  /** Every document as often as its weight says. */
  readonly reweighted: Expected;
  readonly calibration?: { readonly counts: number[]; readonly expectedCalibrationError: number };
}

interface StoredCase {
  readonly name: string;
  readonly rows: number;
  readonly columns: number;
  readonly truth: string[];
  readonly assigned: string[];
  readonly scores: number[];
  readonly weights: number[];
  readonly plain: Expected;
  readonly reweighted: Expected;
  readonly calibration?: { readonly counts: number[]; readonly expectedCalibrationError: number };
}

export function referenceCases(): ReferenceCase[] {
  const text = readFileSync(new URL('./reference.json', import.meta.url), 'utf8');
  const { cases } = JSON.parse(text) as { cases: StoredCase[] };
  return cases.map((stored) => ({
    ...stored,
    truth: labelsOf(...stored.truth),
    assigned: labelsOf(...stored.assigned),
    scores: { rows: stored.rows, columns: stored.columns, data: Float64Array.from(stored.scores) },
    weights: Uint32Array.from(stored.weights),
  }));
}
