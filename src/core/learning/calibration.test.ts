import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import {
  calibrationOf,
  fitCalibration,
  fitScaling,
  IDENTITY_CALIBRATION,
  type Calibration,
} from './calibration.ts';

const sigmoid = (z: number): number => 1 / (1 + Math.exp(-z));

interface Cells {
  readonly logits: number[];
  readonly positives: number[];
}

/** Logits in [-6, 6) of labels with 0 to 400 positives. */
function randomCells(random: Random, count: number): Cells {
  return {
    logits: Array.from({ length: count }, () => 12 * random.uniform() - 6),
    positives: Array.from({ length: count }, () => Math.round(Math.expm1(6 * random.uniform()))),
  };
}

/** The probability of each cell when this calibration is the truth. */
const truthOf = (calibration: Calibration, { logits, positives }: Cells): number[] =>
  logits.map((z, cell) => {
    const { slope, shift } = calibrationOf(calibration, positives[cell] ?? 0);
    return sigmoid(slope * z + shift);
  });

/** What {@link fitCalibration} minimises, from its definition. */
function objective(calibration: readonly number[], { logits, positives }: Cells, targets: number[]): number {
  const [w0 = 0, w1 = 0, w2 = 0, w3 = 0] = calibration;
  let loss = 0.5 * ((w0 - 1) ** 2 + w1 ** 2 + w2 ** 2 + w3 ** 2);
  logits.forEach((z, cell) => {
    const size = Math.log1p(positives[cell] ?? 0);
    const logit = w0 * z + w1 + w2 * size + w3 * z * size;
    loss += Math.max(logit, 0) + Math.log1p(Math.exp(-Math.abs(logit))) - (targets[cell] ?? 0) * logit;
  });
  return loss;
}

describe('a calibration', () => {
  it('is affine in the logit, and in the logarithm of the number of positives', () => {
    const calibration: Calibration = [0.5, -1, 0.25, 0.125];
    expect(calibrationOf(calibration, 0)).toEqual({ slope: 0.5, shift: -1 });
    const size = Math.log(10);
    expect(calibrationOf(calibration, 9)).toEqual({ slope: 0.5 + 0.125 * size, shift: -1 + 0.25 * size });
    expect(calibrationOf(IDENTITY_CALIBRATION, 1000)).toEqual({ slope: 1, shift: 0 });
  });

  it.each<{ what: string; truth: Calibration }>([
    { what: 'leaving the logits as they are', truth: IDENTITY_CALIBRATION },
    { what: 'a slope and a shift', truth: [0.6, -0.8, 0, 0] },
    { what: 'a shift that grows with the positives', truth: [1, -1, 0.3, 0] },
    { what: 'a slope that grows with the positives', truth: [0.4, 0, 0, 0.2] },
    { what: 'both', truth: [0.5, 0.7, -0.25, 0.15] },
  ])('recovers $what', ({ truth }) => {
    const random = new Random(1);
    const cells = randomCells(random, 20_000);
    // Told the probabilities themselves, only the ridge is in the way; told what came of them, chance is too.
    const probabilities = truthOf(truth, cells);
    fitCalibration(cells.logits, cells.positives, probabilities).forEach((weight, i) => {
      expect(weight).toBeCloseTo(truth[i] ?? Number.NaN, 2);
    });
    const outcomes = probabilities.map((p) => (random.uniform() < p ? 1 : 0));
    fitCalibration(cells.logits, cells.positives, outcomes).forEach((weight, i) => {
      expect(Math.abs(weight - (truth[i] ?? Number.NaN))).toBeLessThan(0.15);
    });
  });

  it('is the minimum: there the objective is flat in every coefficient', () => {
    const random = new Random(2);
    const outcomes: readonly ((z: number, p: number) => number)[] = [
      (_z, p) => (random.uniform() < p ? 1 : 0),
      () => 0,
      () => 1,
      (z) => (z > 0 ? 1 : 0),
      (z) => (z > 0 ? 0 : 1),
    ];
    for (const count of [1, 5, 40, 300]) {
      for (const outcome of outcomes) {
        const cells = randomCells(random, count);
        const probabilities = truthOf([0.7, -0.5, 0.1, 0.05], cells);
        const targets = cells.logits.map((z, cell) => outcome(z, probabilities[cell] ?? 0));
        const fitted = fitCalibration(cells.logits, cells.positives, targets);
        const least = objective(fitted, cells, targets);
        fitted.forEach((_, i) => {
          const moved = (by: number): number =>
            objective(
              fitted.map((weight, j) => (j === i ? weight + by : weight)),
              cells,
              targets,
            );
          const slope = (moved(1e-4) - moved(-1e-4)) / 2e-4;
          const curvature = (moved(1e-4) + moved(-1e-4) - 2 * least) / 1e-8;
          // How far the minimum along this coefficient still is.
          expect(Math.abs(slope / curvature)).toBeLessThan(1e-4);
        });
      }
    }
  });

  it('keeps the order of the logits of labels with equally many positives', () => {
    const random = new Random(3);
    for (let trial = 0; trial < 10; trial++) {
      const cells = randomCells(random, 500);
      // Informative logits with a tenth of wrong targets.
      const targets = cells.logits.map((z) => (z > 0 !== random.uniform() < 0.1 ? 1 : 0));
      const fitted = fitCalibration(cells.logits, cells.positives, targets);
      for (const positives of [0, 1, 10, 100, 400]) {
        expect(calibrationOf(fitted, positives).slope).toBeGreaterThan(0);
      }
    }
  });

  it('trusts the logits of rare labels less where they are wrong more often', () => {
    const random = new Random(4);
    const cells = randomCells(random, 4000);
    const targets = cells.logits.map((z, cell) => {
      const wrong = (cells.positives[cell] ?? 0) < 20 ? 0.4 : 0.05;
      return z > 0 !== random.uniform() < wrong ? 1 : 0;
    });
    const fitted = fitCalibration(cells.logits, cells.positives, targets);
    expect(calibrationOf(fitted, 1).slope).toBeLessThan(0.5 * calibrationOf(fitted, 300).slope);
  });

  it('leaves the logits as they are when there are no cells', () => {
    expect(fitCalibration([], [], [])).toEqual(IDENTITY_CALIBRATION);
  });

  it.each([
    { what: 'no cell is positive', targets: () => 0, scale: 1 },
    { what: 'every cell is positive', targets: () => 1, scale: 1 },
    { what: 'the logits separate perfectly', targets: (z: number) => (z > 0 ? 1 : 0), scale: 1 },
    { what: 'the logits are wrong throughout', targets: (z: number) => (z > 0 ? 0 : 1), scale: 1 },
    { what: 'the logits are all 0', targets: (z: number) => (z > 0 ? 1 : 0), scale: 0 },
    { what: 'the logits are huge', targets: (z: number) => (z > 0 ? 0 : 1), scale: 1e4 },
  ])('stays finite where $what', ({ targets, scale }) => {
    const { logits, positives } = randomCells(new Random(5), 200);
    const fitted = fitCalibration(
      logits.map((z) => scale * z),
      positives,
      logits.map(targets),
    );
    for (const weight of fitted) expect(Number.isFinite(weight)).toBe(true);
    for (const n of [0, 10, 1000]) {
      const { slope, shift } = calibrationOf(fitted, n);
      expect(Number.isFinite(sigmoid(slope * 50 + shift))).toBe(true);
    }
  });

  it('lowers the probabilities where no cell is positive', () => {
    const { logits, positives } = randomCells(new Random(6), 200);
    const fitted = fitCalibration(logits, positives, new Array<number>(200).fill(0));
    const { slope, shift } = calibrationOf(fitted, 10);
    expect(sigmoid(shift)).toBeLessThan(0.1);
    expect(slope).toBeLessThan(1);
  });
});

describe('scaling one score', () => {
  it('recovers slope and shift', () => {
    const random = new Random(7);
    const scores = Array.from({ length: 5000 }, () => random.uniform() - 0.3);
    const targets = scores.map((score) => sigmoid(15 * score - 5));
    const { slope, shift } = fitScaling(scores, targets, [10, -4]);
    expect(slope).toBeCloseTo(15, 1);
    expect(shift).toBeCloseTo(-5, 1);
  });

  it('keeps to what is usual where nothing is known', () => {
    expect(fitScaling([], [], [15.8, -4.85])).toEqual({ slope: 15.8, shift: -4.85 });
    const one = fitScaling([0], [1], [15.8, -4.85]);
    expect(one.slope).toBe(15.8);
    expect(one.shift).toBeGreaterThan(-4.85);
  });

  it.each([0, 1])('stays finite where every target is %s', (target) => {
    const random = new Random(8);
    const scores = Array.from({ length: 100 }, () => random.uniform());
    const { slope, shift } = fitScaling(scores, new Array<number>(100).fill(target), [15.8, -4.85]);
    expect(Number.isFinite(slope) && Number.isFinite(shift)).toBe(true);
    expect(Math.sign(slope * 0.5 + shift)).toBe(target === 1 ? 1 : -1);
  });
});
