import { describe, expect, it } from 'vitest';
import type { FidelityCell, FidelityScores } from '../../src/protocol/fidelity-view.ts';
import { cellFigure, cellKey, cellKinds, reasonOf, selectCells } from './cell-rows.ts';

const few = { kind: 'too-few', reason: 'Two are too few.' } as const;
const scores = (synthetic: number, mmd2?: number): FidelityScores => ({
  n: { real: 20, synthetic, uniqueReal: 20, uniqueSynthetic: synthetic },
  mmd2:
    mmd2 === undefined
      ? few
      : { kind: 'measured', value: mmd2, p: 0.1, permutations: 200, null95: 0.1, medianDistance: 1 },
  frechet: few,
  prdc: few,
  diversity: few,
  lexical: few,
  copying: few,
});
const cell = (kind: FidelityCell['kind'], id: string, of: FidelityScores): FidelityCell => ({
  kind,
  id,
  name: id,
  scores: of,
  interpretation: [],
});
const CELLS = [
  cell('overall', '', scores(9, 0.2)),
  cell('label', 'b', scores(4, 0.3)),
  cell('label', 'a', scores(2)),
  cell('model', 'b', scores(7, 0.1)),
];
const keys = (
  ...args: Parameters<typeof selectCells> extends [unknown, ...infer Rest] ? Rest : never
): string[] => selectCells(CELLS, ...args).map(cellKey);

describe('selectCells', () => {
  it.each([
    ['all', { column: 'name', direction: 'ascending' }, ['overall:', 'label:a', 'label:b', 'model:b']],
    ['label', { column: 'name', direction: 'descending' }, ['overall:', 'label:b', 'label:a']],
    ['all', { column: 'mmd2', direction: 'ascending' }, ['overall:', 'model:b', 'label:b', 'label:a']],
    ['all', { column: 'mmd2', direction: 'descending' }, ['overall:', 'label:b', 'model:b', 'label:a']],
    ['all', { column: 'synthetic', direction: 'descending' }, ['overall:', 'model:b', 'label:b', 'label:a']],
  ] as const)('shows %s by %j', (selection, sort, expected) => {
    expect(keys(selection, sort)).toEqual(expected);
  });
});

it('says why there is no figure', () => {
  const { scores: of } = CELLS[2] ?? cell('label', '', scores(0));
  expect([cellFigure(of, 'mmd2'), reasonOf(of, 'mmd2'), reasonOf(of, 'labels')]).toEqual([
    undefined,
    'Two are too few.',
    undefined,
  ]);
});

it('knows which kinds of parts there are', () => {
  expect(cellKinds(CELLS)).toEqual(['label', 'model']);
});
