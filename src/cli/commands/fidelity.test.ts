/** The object that `fidelity --json` prints. */
import { expect, it } from 'vitest';
import type { FidelityScores } from '../../core/fidelity/scores.ts';
import type { FidelityReport } from '../../protocol/fidelity.ts';
import { headless } from './fidelity.ts';

const few = { kind: 'too-few', reason: 'not enough' } as const;

const scores: FidelityScores = {
  n: { real: 3, synthetic: 2, uniqueReal: 3, uniqueSynthetic: 2 },
  mmd2: {
    kind: 'measured',
    value: 0.1,
    p: 0.5,
    permutations: 200,
    null95: 0.2,
    medianDistance: 1,
  },
  frechet: few,
  prdc: few,
  diversity: few,
  lexical: few,
  copying: few,
};

const report = {
  cells: [{ kind: 'overall', id: '', name: 'All', scores, interpretation: ['so it is'] }],
  documents: [],
  notes: [],
  options: { seed: 1, permutations: 200, splits: 5, k: 5, level: 0.95 },
  encoder: 'an encoder',
  inputs: [],
} as unknown as FidelityReport;

it('has every score by its name, null with a reason where there are too few documents', () => {
  expect(headless(report)).toMatchObject({
    n: { real: 3, synthetic: 2, uniqueReal: 3, uniqueSynthetic: 2 },
    mmd2: { value: 0.1, p: 0.5 },
    frechet: null,
    prdc: null,
    tooFew: { frechet: 'not enough', copying: 'not enough' },
    interpretation: ['so it is'],
  });
  expect(headless(report)).not.toHaveProperty('labelFidelity');
});
