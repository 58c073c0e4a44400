/** The audit's numbers on hand-made matrices, and its reports word for word. */
import { describe, expect, it } from 'vitest';
import type { LabelMatrix } from '../../metrics/matrix.ts';
import { Random } from '../../random.ts';
import { auditLeakage, type AuditInput } from './audit.ts';
import { labelOverlap } from './overlap.ts';
import { auditCsv, auditMarkdown, conclusion } from './report.ts';

const matrix = (...rows: readonly string[]): LabelMatrix => ({
  rows: rows.length,
  columns: rows[0]?.length ?? 0,
  data: Uint8Array.from(rows.join(''), Number),
});
const LABELS = [
  { id: 'A', name: 'Wheel | chair' },
  { id: '=B', name: 'Walking "aid"' },
];
/** A test set in which each document has one label; `assigned` says whether a classifier finds it. */
const many = (rows: number, assigned: (row: number) => boolean): LabelMatrix =>
  matrix(...Array.from({ length: rows }, (_, row) => (assigned(row) ? (row % 2 === 0 ? '10' : '01') : '00')));

function input(masked: (row: number) => boolean): AuditInput {
  const truth = many(60, () => true);
  const contains = many(60, (row) => row < 30);
  return {
    labels: LABELS,
    real: { has: truth, contains },
    synthetic: { has: truth, contains: truth },
    test: { truth, contains, unmasked: many(60, (row) => row < 40), masked: many(60, masked) },
  };
}

describe('overlap', () => {
  it('counts documents that have a label and those that do not', () => {
    const found = labelOverlap({
      has: matrix('10', '10', '01', '00'),
      contains: matrix('10', '01', '01', '01'),
    });
    expect(found.perLabel).toEqual([
      { having: 2, notHaving: 2, shareHaving: 0.5, shareNotHaving: 0 },
      { having: 1, notHaving: 3, shareHaving: 1, shareNotHaving: 2 / 3 },
    ]);
    expect(found.overall?.value).toBeCloseTo(2 / 3, 12);
    expect(labelOverlap({ has: matrix('00'), contains: matrix('11') })).toMatchObject({
      overall: null,
      perLabel: [{ shareHaving: null, shareNotHaving: 1 }, {}],
    });
  });
});

describe('audit', () => {
  it('computes each figure as its definition says', () => {
    const { classifier } = auditLeakage(input((row) => row < 10));
    const value = (figure: keyof NonNullable<typeof classifier>['overall']): number =>
      classifier?.overall[figure]?.value ?? Number.NaN;
    const f1 = (hits: number, support: number): number => (2 * hits) / (hits + support);
    expect(value('unmasked')).toBeCloseTo(f1(40, 60), 12);
    expect(value('masked')).toBeCloseTo(f1(10, 60), 12);
    expect(value('masking')).toBeCloseTo(f1(10, 60) - f1(40, 60), 12);
    expect(value('withWords')).toBeCloseTo(1, 12);
    expect(value('withoutWords')).toBeCloseTo(f1(10, 30), 12);
    expect(value('survival')).toBeCloseTo(0.25, 12);
    expect(classifier?.perLabel[0]?.survival?.value).toBeCloseTo(0.25, 12);
  });

  it('has no figure where there is nothing to compute it from', () => {
    const { classifier } = auditLeakage({
      labels: LABELS,
      real: { has: matrix('00'), contains: matrix('00') },
      test: { truth: matrix('10'), contains: matrix('00'), unmasked: matrix('00'), masked: matrix('00') },
    });
    expect(classifier?.overall).toMatchObject({ withWords: null, words: null, survival: null });
    expect(classifier?.overall.withoutWords?.value).toBe(0);
    expect(classifier?.perLabel[1]).toMatchObject({ unmasked: null, masking: null });
  });

  it('makes wider intervals of families than of documents', () => {
    const base = input((row) => row < 10);
    const groups = Array.from({ length: 60 }, (_, row) => `${Math.floor(row / 10)}`);
    const grouped = auditLeakage({ ...base, ...(base.test ? { test: { ...base.test, groups } } : {}) });
    const width = (audit: typeof grouped): number => {
      const { low = 0, high = 0 } = audit.classifier?.overall.masking ?? {};
      return high - low;
    };
    expect(width(grouped)).toBeGreaterThan(1.5 * width(auditLeakage(base)));
  });

  it.each([[3], [1]])('refuses %d labels for two columns', (count) => {
    const labels = Array.from({ length: count }, (_, at) => ({ id: `${at}`, name: `${at}` }));
    expect(() => auditLeakage({ ...input(() => true), labels })).toThrow(RangeError);
  });
});

describe('the conclusion', () => {
  it.each([
    ['a loss', (row: number) => row < 10, /masking them lowers micro-F1/],
    ['a gain', (row: number) => row < 60, /raises micro-F1/],
    ['nothing', (row: number) => row < 40, /No effect of masking on micro-F1 is measurable/],
  ])('says %s only when the interval does', (_, masked, expected) => {
    expect(conclusion(auditLeakage(input(masked)))).toMatch(expected);
  });

  it('claims nothing from a point estimate whose interval holds zero', () => {
    const random = new Random(1);
    const lost = new Set([random.integer(40), 3]);
    const audit = auditLeakage(input((row) => (row < 40 && !lost.has(row)) || row === 50 || row === 51));
    expect(audit.classifier?.overall.masking?.value).toBeCloseTo(0, 1);
    expect(conclusion(audit)).toMatch(/No effect of masking/);
  });

  it('says what it knows without a classifier or synthetic documents', () => {
    const { labels, real } = input(() => true);
    expect(conclusion(auditLeakage({ labels, real }))).toMatchInlineSnapshot(
      `"In real documents 50.0 % (36.7 to 63.3) of the assigned labels are named in the text. No classifier was tested, so nothing is said about what it owes to these words."`,
    );
  });
});

describe('reports', () => {
  const audit = auditLeakage(input((row) => row < 10));
  it('are Markdown', () => {
    expect(auditMarkdown(audit)).toMatchInlineSnapshot(`
      "# Leakage audit

      In real documents 50.0 % (36.7 to 63.3) of the assigned labels are named in the text; in synthetic ones 100.0 % (100.0 to 100.0) of the assigned labels are named in the text. Synthetic documents name their labels more often. The classifier reads labels' words: masking them lowers micro-F1 (−51.4 points, −65.3 to −39.0, 95 % interval). It scores higher where a label's words stand in the text (+50.0 points, +32.1 to +71.4). Masking lowers F1 for 2 of 2 labels: “Wheel | chair”, “Walking "aid"” (intervals not corrected for 2 comparisons). Of the right assignments, 25.0 % (11.9 to 38.1) survive masking.

      ## What the classifier owes to labels’ words

      Micro-averaged over 60 test documents, with 95 % bootstrap intervals.

      | figure | value | from | to |
      |---|---:|---:|---:|
      | F1, text as it is | 0.800 | 0.710 | 0.879 |
      | F1, masked | 0.286 | 0.154 | 0.421 |
      | masked − as it is | -0.514 | -0.653 | -0.390 |
      | F1 with the words | 1.000 | 1.000 | 1.000 |
      | F1 without them | 0.500 | 0.286 | 0.679 |
      | with − without | 0.500 | 0.321 | 0.714 |
      | right assignments that survive | 0.250 | 0.119 | 0.381 |

      ## Per label

      | label | F1, text as it is | F1, masked | masked − as it is | F1 with the words | F1 without them | with − without | right assignments that survive |
      |---|---:|---:|---:|---:|---:|---:|---:|
      | Wheel \\| chair | 0.800 (0.667 to 0.912) | 0.286 (0.071 to 0.485) | -0.514 (-0.701 to -0.327) | 1.000 (1.000 to 1.000) | 0.500 (0.200 to 0.737) | 0.500 (0.263 to 0.800) | 0.250 (0.063 to 0.462) |
      | Walking "aid" | 0.800 (0.654 to 0.906) | 0.286 (0.087 to 0.457) | -0.514 (-0.721 to -0.334) | 1.000 (1.000 to 1.000) | 0.500 (0.181 to 0.733) | 0.500 (0.267 to 0.819) | 0.250 (0.071 to 0.444) |

      ## How often a label’s words stand in the text

      Share of documents, of those that have the label and of those that do not; in brackets their number.

      | label | real, having | real, not having | synthetic, having | synthetic, not having |
      |---|---:|---:|---:|---:|
      | Wheel \\| chair | 50.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |
      | Walking "aid" | 50.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |
      "
    `);
  });

  it('are CSV that no spreadsheet takes for formulas', () => {
    const [header, all, first, second] = auditCsv(audit).split('\n');
    expect(header?.split(',').slice(0, 6)).toEqual([
      'label',
      'name',
      'real_having',
      'real_share_having',
      'real_not_having',
      'real_share_not_having',
    ]);
    expect(all?.startsWith(',all labels,,,,,,,,,0.8,')).toBe(true);
    expect(first?.startsWith('A,Wheel | chair,30,0.5,30,0,30,1,30,0,')).toBe(true);
    expect(second?.startsWith(`'=B,"Walking ""aid""",`)).toBe(true);
  });
});
