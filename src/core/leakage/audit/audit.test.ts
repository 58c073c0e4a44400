/** The audit's numbers on hand-made matrices, and its reports word for word. */
import { describe, expect, it } from 'vitest';
import type { LabelMatrix } from '../../metrics/matrix.ts';
import { Random } from '../../random.ts';
import { auditLeakage, auditSteps, type AuditInput } from './audit.ts';
import { runSteps } from '../../metrics/steps.ts';
import { overlapSteps, type WordedDocuments } from './overlap.ts';
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
  const names = many(60, (row) => row < 12);
  return {
    labels: LABELS,
    real: { has: truth, names, contains },
    synthetic: { has: truth, names: truth, contains: truth },
    test: {
      truth,
      contains,
      unmasked: many(60, (row) => row < 40),
      masked: many(60, masked),
      maskedAll: many(60, (row) => row < 5),
    },
  };
}

describe('overlap', () => {
  it('counts documents that have a label and those that do not', () => {
    const labelOverlap = (documents: WordedDocuments) => runSteps(overlapSteps(documents));
    const { names, words } = labelOverlap({
      has: matrix('10', '10', '01', '00'),
      names: matrix('00', '00', '01', '00'),
      contains: matrix('10', '01', '01', '01'),
    });
    expect(names.perLabel.map(({ shareHaving }) => shareHaving)).toEqual([0, 1]);
    expect(names.overall?.value).toBeCloseTo(1 / 3, 12);
    expect(words.perLabel).toEqual([
      { having: 2, notHaving: 2, shareHaving: 0.5, shareNotHaving: 0 },
      { having: 1, notHaving: 3, shareHaving: 1, shareNotHaving: 2 / 3 },
    ]);
    expect(words.overall?.value).toBeCloseTo(2 / 3, 12);
    expect(labelOverlap({ has: matrix('00'), names: matrix('00'), contains: matrix('11') })).toMatchObject({
      words: { overall: null, perLabel: [{ shareHaving: null, shareNotHaving: 1 }, {}] },
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
    expect(value('maskedAll')).toBeCloseTo(f1(5, 60), 12);
    expect(value('maskingAll')).toBeCloseTo(f1(5, 60) - f1(40, 60), 12);
    expect(value('survivalAll')).toBeCloseTo(0.125, 12);
    expect(classifier?.perLabel[0]?.survival?.value).toBeCloseTo(0.25, 12);
  });

  it('has no figure where there is nothing to compute it from', () => {
    const { classifier } = auditLeakage({
      labels: LABELS,
      real: { has: matrix('00'), names: matrix('00'), contains: matrix('00') },
      test: {
        truth: matrix('10'),
        contains: matrix('00'),
        unmasked: matrix('00'),
        masked: matrix('00'),
        maskedAll: matrix('00'),
      },
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

  it('can be stopped between two resamples, of which each figure has as many as asked', () => {
    const seen = [
      ...auditSteps(
        input(() => true),
        { resamples: 7 },
      ),
    ];
    // Real and synthetic overlap by names and by words, and the classifier's figures.
    expect(seen.map(({ done }) => done)).toEqual(
      Array.from({ length: 5 }, () => [1, 2, 3, 4, 5, 6, 7]).flat(),
    );
  });

  it.each([[3], [1]])('refuses %d labels for two columns', (count) => {
    const labels = Array.from({ length: count }, (_, at) => ({ id: `${at}`, name: `${at}` }));
    expect(() => auditLeakage({ ...input(() => true), labels })).toThrow(RangeError);
  });
});

describe('the conclusion', () => {
  it.each([
    ['a loss', (row: number) => row < 10, /masking names and aliases lowers micro-F1/],
    ['a gain', (row: number) => row < 60, /Masking names and aliases raises micro-F1/],
    ['nothing', (row: number) => row < 40, /No effect of masking names and aliases on micro-F1/],
  ])('says %s only when the interval does', (_, masked, expected) => {
    expect(conclusion(auditLeakage(input(masked)))).toMatch(expected);
  });

  it('claims nothing from a point estimate whose interval holds zero', () => {
    const random = new Random(1);
    const lost = new Set([random.integer(40), 3]);
    const audit = auditLeakage(input((row) => (row < 40 && !lost.has(row)) || row === 50 || row === 51));
    expect(audit.classifier?.overall.masking?.value).toBeCloseTo(0, 1);
    expect(conclusion(audit)).toMatch(/No effect of masking names/);
  });

  it('says what it knows without a classifier or synthetic documents', () => {
    const { labels, real } = input(() => true);
    expect(conclusion(auditLeakage({ labels, real }))).toMatchInlineSnapshot(
      `"In real documents the text names 20.0 % (10.0 to 30.0) of the assigned labels by name or alias, and has a name, alias or keyword of 50.0 % (36.7 to 63.3). No classifier was tested, so nothing is said about what it owes to these words."`,
    );
  });
});

describe('reports', () => {
  const audit = auditLeakage(input((row) => row < 10));
  it('are Markdown', () => {
    expect(auditMarkdown(audit)).toMatchInlineSnapshot(`
      "# Leakage audit

      In real documents the text names 20.0 % (10.0 to 30.0) of the assigned labels by name or alias, and has a name, alias or keyword of 50.0 % (36.7 to 63.3); in synthetic ones the text names 100.0 % (100.0 to 100.0) of the assigned labels by name or alias, and has a name, alias or keyword of 100.0 % (100.0 to 100.0). Synthetic documents name their labels more often. The classifier reads labels' names: masking names and aliases lowers micro-F1 (−51.4 points, −65.3 to −39.0, 95 % interval). Masking names and aliases lowers F1 for 2 of 2 labels: “Wheel | chair”, “Walking "aid"” (intervals not corrected for 2 comparisons). With keywords masked too, micro-F1 is lower than on the texts as they are (−64.6 points, −77.6 to −51.5); keywords describe the invention, so part of this it reads rightly. It scores higher where a name, alias or keyword of the label stands in the text (+50.0 points, +32.1 to +71.4). Of the right assignments, 25.0 % (11.9 to 38.1) survive masking names and aliases, 12.5 % (2.7 to 23.7) masking keywords too.

      ## What the classifier owes to labels’ words

      Micro-averaged over 60 test documents, with 95 % bootstrap intervals.

      | figure | value | from | to |
      |---|---:|---:|---:|
      | F1, text as it is | 0.800 | 0.710 | 0.879 |
      | F1, names and aliases masked | 0.286 | 0.154 | 0.421 |
      | names and aliases masked − as it is | -0.514 | -0.653 | -0.390 |
      | right assignments kept with names and aliases masked | 0.250 | 0.119 | 0.381 |
      | F1, keywords masked too | 0.154 | 0.033 | 0.286 |
      | keywords masked too − as it is | -0.646 | -0.776 | -0.515 |
      | right assignments kept with keywords masked too | 0.125 | 0.027 | 0.237 |
      | F1 with a name, alias or keyword in the text | 1.000 | 1.000 | 1.000 |
      | F1 without one | 0.500 | 0.286 | 0.679 |
      | with − without | 0.500 | 0.321 | 0.714 |

      ## Per label

      | label | F1, text as it is | F1, names and aliases masked | names and aliases masked − as it is | right assignments kept with names and aliases masked | F1, keywords masked too | keywords masked too − as it is | right assignments kept with keywords masked too | F1 with a name, alias or keyword in the text | F1 without one | with − without |
      |---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|
      | Wheel \\| chair | 0.800 (0.667 to 0.912) | 0.286 (0.071 to 0.485) | -0.514 (-0.701 to -0.327) | 0.250 (0.063 to 0.462) | 0.182 (0.000 to 0.359) | -0.618 (-0.800 to -0.432) | 0.150 (0.000 to 0.318) | 1.000 (1.000 to 1.000) | 0.500 (0.200 to 0.737) | 0.500 (0.263 to 0.800) |
      | Walking "aid" | 0.800 (0.654 to 0.906) | 0.286 (0.087 to 0.457) | -0.514 (-0.721 to -0.334) | 0.250 (0.071 to 0.444) | 0.125 (0.000 to 0.286) | -0.675 (-0.841 to -0.491) | 0.100 (0.000 to 0.250) | 1.000 (1.000 to 1.000) | 0.500 (0.181 to 0.733) | 0.500 (0.267 to 0.819) |

      ## How often a label’s words stand in the text

      Share of documents, of those that have the label and of those that do not; in brackets their number.

      ### Name or alias

      | label | real, having | real, not having | synthetic, having | synthetic, not having |
      |---|---:|---:|---:|---:|
      | Wheel \\| chair | 20.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |
      | Walking "aid" | 20.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |

      ### Name, alias or keyword

      | label | real, having | real, not having | synthetic, having | synthetic, not having |
      |---|---:|---:|---:|---:|
      | Wheel \\| chair | 50.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |
      | Walking "aid" | 50.0 % (30) | 0.0 % (30) | 100.0 % (30) | 0.0 % (30) |
      "
    `);
  });

  it('are CSV that no spreadsheet takes for formulas', () => {
    const [header, all, first, second] = auditCsv(audit).split('\n');
    expect(header?.split(',').slice(0, 8)).toEqual([
      'label',
      'name',
      'real_having',
      'real_share_named_having',
      'real_share_words_having',
      'real_not_having',
      'real_share_named_not_having',
      'real_share_words_not_having',
    ]);
    expect(all?.startsWith(',all labels,,,,,,,,,,,,,0.8,')).toBe(true);
    expect(first?.startsWith('A,Wheel | chair,30,0.2,0.5,30,0,0,30,1,1,30,0,0,')).toBe(true);
    expect(second?.startsWith(`'=B,"Walking ""aid""",`)).toBe(true);
  });
});
