import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import {
  fromLogOdds,
  GLOBAL_SHRINKAGE,
  LABEL_SHRINKAGE,
  logOdds,
  tuneThresholds,
  USUAL_THRESHOLD,
} from './thresholds.ts';

interface Cells {
  readonly documents: number;
  readonly labels: number;
  readonly logits: number[];
  readonly targets: number[];
}

/** Positives have higher logits; multiples of 1/8, so that ties are common. */
function randomCells(random: Random, documents: number, labels: number, share = 0.3): Cells {
  const targets = Array.from({ length: documents * labels }, () => (random.uniform() < share ? 1 : 0));
  const logits = targets.map((one) => Math.round(8 * (6 * random.uniform() - 4 + 2 * one)) / 8);
  return { documents, labels, logits, targets };
}

const tune = ({ logits, targets, documents, labels }: Cells) =>
  tuneThresholds(logits, targets, documents, labels);

/** F1 of assigning every cell whose logit is at least this. */
function f1At(threshold: number, logits: readonly number[], targets: readonly number[]): number {
  let [hits, wrong] = [0, 0];
  logits.forEach((logit, cell) => {
    const [assigned, is] = [logit >= threshold, targets[cell] === 1];
    if (assigned && is) hits++;
    else if (assigned || is) wrong++;
  });
  return hits === 0 ? 0 : (2 * hits) / (2 * hits + wrong);
}

const bestF1 = (logits: readonly number[], targets: readonly number[]): number =>
  Math.max(...[...logits, Infinity].map((threshold) => f1At(threshold, logits, targets)));

/** The threshold before it was shrunk towards the usual one. */
const unshrunk = (global: number, documents: number): number =>
  (global * (documents + GLOBAL_SHRINKAGE) - GLOBAL_SHRINKAGE * USUAL_THRESHOLD) / documents;

describe('log-odds', () => {
  it.each([0.5, 0.27, 1e-6, 1 - 1e-6])('of %s lead back to it', (probability) => {
    expect(fromLogOdds(logOdds(probability))).toBeCloseTo(probability, 12);
  });

  it('are 0 for one half, symmetric, and finite for certainty', () => {
    expect(logOdds(0.5)).toBe(0);
    expect(logOdds(0.2)).toBeCloseTo(-logOdds(0.8), 12);
    expect(Number.isFinite(logOdds(0))).toBe(true);
    expect(Number.isFinite(logOdds(1))).toBe(true);
    expect(fromLogOdds(-1000)).toBe(0);
    expect(fromLogOdds(1000)).toBe(1);
  });
});

describe('the global threshold', () => {
  it('comes from the threshold of highest micro-F1, which no other beats', () => {
    const random = new Random(1);
    for (let trial = 0; trial < 60; trial++) {
      const cells = randomCells(random, 2 + random.integer(30), 1 + random.integer(5));
      if (!cells.targets.includes(1)) continue;
      const tuned = logOdds(unshrunk(tune(cells).global, cells.documents));
      expect(f1At(tuned, cells.logits, cells.targets)).toBeCloseTo(bestF1(cells.logits, cells.targets), 12);
    }
  });

  it('stands half-way between the cells it divides', () => {
    const cells = { documents: 4, labels: 1, logits: [3, 1, -1, -3], targets: [1, 1, 0, 0] };
    expect(unshrunk(tune(cells).global, 4)).toBeCloseTo(0.5, 12);
  });

  it('stands below all cells where every one is positive', () => {
    const cells = { documents: 3, labels: 1, logits: [3, 1, -1], targets: [1, 1, 1] };
    expect(logOdds(unshrunk(tune(cells).global, 3))).toBeLessThan(-1);
  });

  it('does not depend on the order of the documents', () => {
    const random = new Random(2);
    const { documents, labels, logits, targets } = randomCells(random, 25, 3);
    const order = random.shuffle(Array.from({ length: documents }, (_, document) => document));
    const rows = (all: readonly number[]): number[] =>
      order.flatMap((document) => all.slice(document * labels, (document + 1) * labels));
    const shuffled = { documents, labels, logits: rows(logits), targets: rows(targets) };
    expect(tune(shuffled)).toEqual(tune({ documents, labels, logits, targets }));
  });

  it('weighs the documents against the usual threshold', () => {
    const few = { documents: 2, labels: 1, logits: [5, 3], targets: [1, 0] };
    expect(tune(few).global).toBeCloseTo((2 * fromLogOdds(4) + 300 * 0.27) / 302, 12);
    const rows = 3000;
    const many = {
      documents: rows,
      labels: 1,
      logits: Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 5 : 3)),
      targets: Array.from({ length: rows }, (_, i) => (i % 2 === 0 ? 1 : 0)),
    };
    expect(tune(many).global).toBeCloseTo((10 * fromLogOdds(4) + 0.27) / 11, 12);
  });

  it('is the usual one without documents', () => {
    expect(tuneThresholds([], [], 0, 2)).toEqual({
      global: USUAL_THRESHOLD,
      perLabel: Float64Array.of(USUAL_THRESHOLD, USUAL_THRESHOLD),
    });
  });
});

describe("a label's threshold", () => {
  /** `positives` cells at 1 and as many negatives at 0, for label 0; label 1 has its border at -1 and decides. */
  function twoLabels(positives: number): Cells {
    const documents = 5000;
    const logits: number[] = [];
    const targets: number[] = [];
    for (let document = 0; document < documents; document++) {
      const kind = document < positives ? 1 : 0;
      logits.push(document < 2 * positives ? kind : -9, document % 2 === 0 ? 0 : -2);
      targets.push(kind, document % 2 === 0 ? 1 : 0);
    }
    return { documents, labels: 2, logits, targets };
  }

  it.each([1, 5, 20, 50, 200, 2000])(
    'moves away from the global one by n/(n+50): %s positives',
    (positives) => {
      const { global, perLabel } = tune(twoLabels(positives));
      const [own, centre] = [0.5, logOdds(global)];
      const share = positives / (positives + LABEL_SHRINKAGE);
      const away = Math.min(1.5, own - centre);
      expect(logOdds(perLabel[0] ?? Number.NaN)).toBeCloseTo(centre + share * away, 9);
    },
  );

  it('is the global one without positives', () => {
    const random = new Random(3);
    const cells = randomCells(random, 40, 4);
    cells.targets.forEach((_, cell) => {
      if (cell % 4 === 2) cells.targets[cell] = 0;
    });
    const { global, perLabel } = tune(cells);
    expect(perLabel[2]).toBe(global);
    expect(perLabel[0]).not.toBe(global);
  });

  it('is nearly its own best one with thousands of positives', () => {
    const { perLabel } = tune(twoLabels(2400));
    expect(Math.abs(logOdds(perLabel[0] ?? Number.NaN) - 0.5)).toBeLessThan(0.1);
  });

  it('is the one of its own highest F1 before it is shrunk', () => {
    const random = new Random(4);
    for (let trial = 0; trial < 20; trial++) {
      const cells = randomCells(random, 60, 3);
      const { global, perLabel } = tune(cells);
      for (let label = 0; label < 3; label++) {
        const column = (all: readonly number[]): number[] => all.filter((_, cell) => cell % 3 === label);
        const [logits, targets] = [column(cells.logits), column(cells.targets)];
        const positives = targets.filter((one) => one === 1).length;
        const shrunk = logOdds(perLabel[label] ?? Number.NaN) - logOdds(global);
        const away = (shrunk * (positives + LABEL_SHRINKAGE)) / positives;
        if (Math.abs(away) > 1.49) continue;
        const own = logOdds(global) + away;
        expect(f1At(own, logits, targets)).toBeCloseTo(bestF1(logits, targets), 12);
      }
    }
  });

  it('strays at most 1.5 in log-odds, in either direction, however many positives call it away', () => {
    for (const border of [-20, 20]) {
      const documents = 4000;
      const logits = Array.from({ length: 2 * documents }, (_, cell) =>
        cell % 2 === 0 ? border + (cell % 4 === 0 ? 1 : -1) : cell % 4 === 1 ? 1 : -1,
      );
      const targets = Array.from({ length: 2 * documents }, (_, cell) =>
        cell % 4 === 0 || cell % 4 === 1 ? 1 : 0,
      );
      const { global, perLabel } = tuneThresholds(logits, targets, documents, 2);
      const away = logOdds(perLabel[0] ?? Number.NaN) - logOdds(global);
      expect(Math.abs(away)).toBeLessThanOrEqual(1.5);
      expect(Math.abs(away)).toBeGreaterThan(1.4);
      expect(Math.sign(away)).toBe(Math.sign(border));
    }
  });

  it('is a probability, whatever the logits', () => {
    const random = new Random(5);
    for (let trial = 0; trial < 20; trial++) {
      const cells = randomCells(random, 1 + random.integer(20), 3, 0.1);
      const scale = 10 ** random.integer(4);
      const { global, perLabel } = tune({ ...cells, logits: cells.logits.map((z) => scale * z) });
      for (const threshold of [global, ...perLabel]) {
        expect(threshold).toBeGreaterThan(0);
        expect(threshold).toBeLessThan(1);
      }
    }
  });
});
