import { describe, expect, it } from 'vitest';
import { STUDY_REPORT } from '../dev/fixtures/study-report.ts';
import { armName } from './arm-names.ts';
import { armRows, doneArm, groupOf, type ArmRow, type ArmSort } from './arm-rows.ts';
import { isOf, keyOf, leadingOf, matrixOf, overallOf, shownCell } from './cells.ts';
import { labelRows, selectLabels, sortLabels } from './label-rows.ts';
import { about, cellName, regimeName, toneOf } from './wording.ts';

const [first] = STUDY_REPORT.verdicts;
if (!first) throw new Error('the fixture has no verdicts');
const CELL = first;
const BY_SCORE: ArmSort = { column: 'score', direction: 'descending' };
const ids = (rows: readonly ArmRow[]): readonly string[] => rows.map(({ id }) => id);

describe('cells', () => {
  it('span every schedule, policy and regime', () => {
    const { regimes, columns } = matrixOf(STUDY_REPORT);
    expect(regimes).toEqual(['165', '100%']);
    expect(columns.map(({ schedule, thresholds }) => `${schedule} ${thresholds}`)).toEqual([
      'fixed-epochs fixed',
      'fixed-epochs tuned',
      'convergence fixed',
      'convergence tuned',
    ]);
  });

  it('show the one that is asked for, else the strictest', () => {
    expect(shownCell(STUDY_REPORT, keyOf(CELL))).toBe(CELL);
    expect(shownCell(STUDY_REPORT, 'of another report')).toMatchObject({
      regime: '165',
      schedule: 'convergence',
      thresholds: 'tuned',
    });
    expect(leadingOf(STUDY_REPORT).map(({ regime }) => regime)).toEqual(['165', '100%']);
    expect(shownCell({ verdicts: [] }, '')).toBeUndefined();
  });

  it('match what has no thresholds whichever policy they have', () => {
    const { regime, schedule, family } = CELL;
    const without = { regime, schedule, family };
    expect(isOf(CELL, without)).toBe(true);
    expect(isOf({ ...CELL, regime: '10%' }, without)).toBe(false);
  });

  it('agree on an answer, or it depends', () => {
    const of = (...verdicts: readonly (typeof CELL.verdict)[]) =>
      overallOf(verdicts.map((verdict) => ({ verdict })));
    expect(of('helps', 'helps', null)).toBe('helps');
    expect(of('helps', 'hurts')).toBe('mixed');
    expect(of(null)).toBe('unknown');
    expect(of()).toBe('unknown');
  });
});

describe('rows of arms', () => {
  it('hold every arm of the cell once, under its group', () => {
    const rows = armRows(STUDY_REPORT, CELL, 'microF1', BY_SCORE);
    const arms = ids(rows.filter(({ heading }) => !heading));
    expect([...arms].sort()).toEqual(
      STUDY_REPORT.arms
        .filter((arm) => isOf(arm, CELL))
        .map(({ id }) => id)
        .sort(),
    );
    let group = '';
    for (const { id, heading } of rows) {
      if (heading) group = id;
      else expect(`group:${groupOf(id)}`).toBe(group);
    }
  });

  it('stand by score within a group, the one that failed last in both directions', () => {
    for (const direction of ['ascending', 'descending'] as const) {
      const rows = armRows(STUDY_REPORT, CELL, 'microF1', { column: 'score', direction });
      const scores = rows.filter(({ id }) => groupOf(id) === 'mixes').map(({ score }) => score?.mean ?? 0);
      const sign = direction === 'ascending' ? 1 : -1;
      expect(scores).toEqual([...scores].sort((a, b) => sign * (a - b)));
      expect(ids(rows.filter(({ id }) => id.startsWith('paraphrase-'))).at(-1)).toBe('paraphrase-10');
    }
  });

  it('say what is missing by not being there', () => {
    expect(doneArm(STUDY_REPORT, CELL, 'paraphrase-10')).toBeUndefined();
    expect(doneArm(STUDY_REPORT, CELL, 'augmented')?.synthetic).toBe(1485);
    const baseline = armRows(STUDY_REPORT, CELL, 'microF1', BY_SCORE).find(({ id }) => id === 'real-only');
    expect(baseline?.gain).toBeUndefined();
  });

  it.each([
    ['mix-0.2', 'Mix with 20\u202f% real'],
    ['paraphrase-5', 'Real + paraphrases, 5×'],
    ['cell:qwen/conditioned', 'qwen, conditioned'],
    ['augmented', 'Real + synthetic'],
    ['something-new', 'something-new'],
  ])('%s is called %s', (id, name) => {
    expect(armName(id)).toBe(name);
  });
});

describe('rows of labels', () => {
  const decomposition = STUDY_REPORT.decompositions.find((one) => isOf(CELL, one));

  it('take the part that is asked for, and none where there is no such part', () => {
    const rows = labelRows(STUDY_REPORT, decomposition, 'volume');
    expect(rows).toHaveLength(STUDY_REPORT.labels.length);
    const [row] = rows;
    expect(row?.gain).toBe(row?.label.steps.find(({ step }) => step === 'volume')?.change);
    const converged = STUDY_REPORT.decompositions.find(({ schedule }) => schedule === 'convergence');
    expect(labelRows(STUDY_REPORT, converged, 'steps').every(({ gain }) => gain === undefined)).toBe(true);
    expect(labelRows(STUDY_REPORT, undefined, 'steps')).toEqual([]);
  });

  it('are found by name and sorted by a column', () => {
    const rows = labelRows(STUDY_REPORT, decomposition, 'synthetic');
    expect(selectLabels(rows, 'BRAILLE displays').map(({ name }) => name)).toEqual(['Braille displays']);
    const gains = sortLabels(rows, { column: 'gain', direction: 'ascending' }).map(
      ({ gain }) => gain?.mean ?? 0,
    );
    expect(gains).toEqual([...gains].sort((a, b) => a - b));
  });
});

it('says regimes, cells and times in words', () => {
  expect(regimeName('165', STUDY_REPORT)).toBe('165 real');
  expect(regimeName('100%', STUDY_REPORT)).toBe('All 1,501 real');
  expect(regimeName('7', STUDY_REPORT)).toBe('7');
  expect(cellName(CELL, STUDY_REPORT)).toBe('165 real, fixed epochs, threshold 0.5');
  expect([0.2, 89, 124, 7200].map(about)).toEqual(['about 1 s', 'about 89 s', 'about 2 min', 'about 2.0 h']);
});

it.each([
  [0.01, 0.1, 'gain'],
  [-0.1, -0.01, 'loss'],
  [0, 0.1, 'open'],
  [-0.1, 0.1, 'open'],
] as const)(
  'claims a difference only where the interval excludes zero: %d to %d is %s',
  (low, high, tone) => {
    expect(toneOf({ mean: (low + high) / 2, low, high })).toBe(tone);
  },
);
