import { describe, expect, it } from 'vitest';
import type { LeakageShown, Mark, ShownFinding } from '../../src/protocol/leakage-view.ts';
import { generator } from '../dev/fixtures/random.ts';
import { clusters, pieces } from './leakage-clusters.ts';
import {
  bySeverity,
  countFindings,
  orderLabels,
  placesInText,
  selectFindings,
  unmarked,
  verdictOf,
} from './leakage-model.ts';

const finding = (
  kind: ShownFinding['kind'],
  severity: ShownFinding['severity'],
  label?: string,
): ShownFinding => ({
  kind,
  severity,
  text: '',
  reason: '',
  span: { start: 0, end: 0 },
  ...(label === undefined ? {} : { label }),
});

const findings = [
  finding('assigned-label', 'warning', 'a'),
  finding('contamination', 'warning'),
  finding('other-label', 'information', 'b'),
  finding('keyword', 'hint', 'a'),
];
const shown: LeakageShown = {
  kind: 'checked',
  labels: [],
  findings,
  leftOut: 0,
  relations: 'done',
  masked: { kind: 'not-asked' },
  passages: [
    {
      section: 'title',
      text: 'x'.repeat(30),
      marks: [
        { start: 2, end: 9, finding: 3 },
        { start: 4, end: 12, finding: 0 },
        { start: 12, end: 15, finding: 2 },
      ],
    },
  ],
};
const all = selectFindings(findings, undefined);

describe('clusters', () => {
  it('join marks that overlap and leave apart those that touch', () => {
    expect(clusters(shown.passages[0]?.marks ?? [], all)).toEqual([
      {
        start: 2,
        end: 12,
        findings: [3, 0],
        runs: [
          { start: 2, end: 4, findings: [3] },
          { start: 4, end: 9, findings: [3, 0] },
          { start: 9, end: 12, findings: [0] },
        ],
      },
      { start: 12, end: 15, findings: [2], runs: [{ start: 12, end: 15, findings: [2] }] },
    ]);
  });

  it('cover exactly the characters that are marked', () => {
    const random = generator(7);
    for (let round = 0; round < 200; round += 1) {
      const marks: Mark[] = Array.from({ length: 8 }, (_, index) => {
        const start = Math.floor(random() * 40);
        return { start, end: start + Math.floor(random() * 12), finding: index };
      }).sort((a, b) => a.start - b.start);
      const selected = new Set(marks.filter(() => random() < 0.7).map((mark) => mark.finding));
      const expected = Array.from({ length: 60 }, (_, at) =>
        marks
          .filter((mark) => selected.has(mark.finding) && mark.start <= at && at < mark.end)
          .map((mark) => mark.finding),
      );
      const found: number[][] = Array.from({ length: 60 }, () => []);
      for (const { runs } of clusters(marks, selected)) {
        for (const run of runs) {
          for (let at = run.start; at < run.end; at += 1) found[at]?.push(...run.findings);
        }
      }
      expect(found).toEqual(expected);
    }
  });
});

describe('pieces', () => {
  const drawn = (marks: readonly Mark[], wide: readonly number[]): string =>
    pieces(marks, new Set(marks.map((mark) => mark.finding)), (finding) => wide.includes(finding), 20)
      .map((piece) => {
        switch (piece.kind) {
          case 'text':
            return `${piece.wide ? '~' : ''}${piece.start}-${piece.end}`;
          case 'anchor':
            return `@${piece.findings.join('+')}`;
          case 'cluster':
            return `${piece.wide ? '~' : ''}[${piece.cluster.start}-${piece.cluster.end}]`;
        }
      })
      .join(' ');

  it('keep the words inside a wide mark apart from it', () => {
    const word = { start: 5, end: 8, finding: 0 };
    expect(drawn([word], [])).toBe('0-5 [5-8] 8-20');
    expect(drawn([{ start: 2, end: 12, finding: 1 }, word], [1])).toBe('0-2 @1 ~2-5 ~[5-8] ~8-12 12-20');
    expect(drawn([word, { start: 6, end: 20, finding: 1 }], [1])).toBe('0-5 @1 ~[5-8] ~8-20');
    expect(drawn([{ start: 0, end: 20, finding: 1 }], [1])).toBe('@1 ~0-20');
    expect(drawn([{ start: 0, end: 9, finding: 1 }, { start: 0, end: 4, finding: 2 }, word], [1, 2])).toBe(
      '@1+2 ~0-4 ~4-5 ~[5-8] ~8-9 9-20',
    );
    expect(drawn([], [])).toBe('0-20');
  });
});

describe('findings', () => {
  it('are counted by what they concern', () => {
    expect(countFindings(findings)).toEqual({ assigned: 1, other: 1, keywords: 1, related: 1, hidden: 0 });
  });

  it('are walked as the text is read, those without a place in it first', () => {
    expect(unmarked(shown, all)).toEqual([1]);
    expect(placesInText(shown, all)).toEqual([[1], [3, 0], [2]]);
    expect(placesInText(shown, selectFindings(findings, 'a'))).toEqual([[3, 0]]);
  });

  it('are listed by severity', () => {
    expect(bySeverity(findings, all)).toEqual([
      { severity: 'warning', findings: [0, 1] },
      { severity: 'information', findings: [2] },
      { severity: 'hint', findings: [3] },
    ]);
    expect(bySeverity(findings, selectFindings(findings, 'b'))).toEqual([
      { severity: 'information', findings: [2] },
    ]);
  });
});

it("puts the patent's own labels first", () => {
  const label = (id: string, standing: 'labelled' | 'predicted' | 'other', names: number) => ({
    id,
    name: id,
    standing,
    names,
    keywords: 0,
    hue: 0,
  });
  const labels = [
    label('a', 'other', 9),
    label('b', 'predicted', 1),
    label('c', 'labelled', 0),
    label('d', 'other', 9),
  ];
  expect(orderLabels(labels).map(({ id }) => id)).toEqual(['c', 'b', 'a', 'd']);
});

it.each([
  [0.9, 0.6, 'survives'],
  [0.5, 0.5, 'survives'],
  [0.9, 0.4, 'lost'],
  [0.4, 0.5, 'appears'],
  [0.4, 0.3, 'never'],
] as const)('judges %d masked to %d as %s', (probability, masked, verdict) => {
  expect(verdictOf({ id: '', name: '', threshold: 0.5, probability, masked })).toBe(verdict);
});
