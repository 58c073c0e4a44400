/** All scores of one part of the synthetic documents beside one part of the real ones (METHODS 3). */
import type { Compute } from '../graph/compute.ts';
import { frechetDistance } from './distance/frechet.ts';
import { mmd } from './distance/mmd.ts';
import { prdc } from './distance/prdc.ts';
import { baselineOf, medianOf, splitHalves, type Split } from './baseline.ts';
import { copyingScore } from './copying.ts';
import { diversityScore } from './diversity.ts';
import { selectRows, type Embeddings } from './embeddings.ts';
import type { Facts, FidelitySet } from './facts.ts';
import { labelFidelity, type Assignments } from './label-fidelity.ts';
import { lexicalScore } from './lexical.ts';
import { FEWEST_FRECHET, FEWEST_MMD, FEWEST_PRDC, NEIGHBOURS, PERMUTATIONS, SPLITS } from './limits.ts';
import { noPause, type Pause } from './pace.ts';
import type { FidelityScores, Frechet, Measured, Mmd, Prdc, PrdcFigures } from './scores.ts';
import { sideOf, tooFew } from './side.ts';
import { uniqueOf } from './unique.ts';

export interface FidelityData {
  readonly real: FidelitySet;
  readonly synthetic: FidelitySet;
  readonly facts: Facts;
  /** What a classifier of real documents makes of the synthetic ones. */
  readonly assignments?: Assignments;
}

export interface ScoreOptions {
  readonly seed: number;
  readonly permutations?: number;
  readonly splits?: number;
  readonly pause?: Pause;
}

/** @param realRows positions of the real documents that count, copies included; `syntheticRows` likewise. */
export async function scoreRows(
  compute: Compute,
  data: FidelityData,
  realRows: readonly number[],
  syntheticRows: readonly number[],
  options: ScoreOptions,
): Promise<FidelityScores> {
  const { seed, pause = noPause, splits: times = SPLITS, permutations = PERMUTATIONS } = options;
  const real = sideOf(data.real, uniqueOf(realRows, data.facts.realFirst));
  const synthetic = sideOf(data.synthetic, uniqueOf(syntheticRows, data.facts.syntheticFirst));
  const splits = splitHalves(real.rows.length, synthetic.rows.length, seed, times);
  const run: Run = { compute, real: real.embeddings, synthetic: synthetic.embeddings, splits, pause };
  const { assignments } = data;
  return {
    n: {
      real: realRows.length,
      synthetic: syntheticRows.length,
      uniqueReal: real.rows.length,
      uniqueSynthetic: synthetic.rows.length,
    },
    mmd2: await mmdScore(run, seed, permutations),
    frechet: await frechetScore(run),
    prdc: await prdcScore(run),
    diversity: await diversityScore(compute, real, synthetic, seed, pause),
    lexical: await lexicalScore(real, synthetic, splits, pause),
    copying: await copyingScore(data, real, synthetic, seed, pause),
    ...(assignments ? { labelFidelity: labelFidelity(assignments, synthetic.rows, seed) } : {}),
  };
}

interface Run {
  readonly compute: Compute;
  readonly real: Embeddings;
  readonly synthetic: Embeddings;
  readonly splits: readonly Split[];
  readonly pause: Pause;
}

async function mmdScore(
  { compute, real, synthetic, pause }: Run,
  seed: number,
  permutations: number,
): Promise<Measured<Mmd>> {
  const reason = tooFew(real.rows, synthetic.rows, FEWEST_MMD);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const score = await mmd(compute, real, synthetic, { seed, permutations, pause });
  if (score) return { kind: 'measured', ...score };
  return {
    kind: 'too-few',
    reason: 'Most real documents have one and the same embedding, so that their distances set no scale.',
  };
}

async function frechetScore({ compute, real, synthetic, splits, pause }: Run): Promise<Measured<Frechet>> {
  const reason = tooFew(real.rows, synthetic.rows, FEWEST_FRECHET);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const value = await frechetDistance(compute, real, synthetic, pause);
  const { halves, same } = await againstHalves(splits, real, synthetic, (a, b) =>
    frechetDistance(compute, a, b, pause),
  );
  const size = splits[0]?.first.length ?? 0;
  const isSame = real.rows === size && synthetic.rows === size;
  return {
    kind: 'measured',
    value,
    baseline: baselineOf(halves, size, isSame),
    ...(same.length > 0 && !isSame ? { atBaselineSize: medianOf(same) } : {}),
    dimensions: real.dimension,
    singular: Math.min(real.rows, synthetic.rows) <= real.dimension,
  };
}

const PRDC_FIGURES = ['precision', 'recall', 'density', 'coverage'] as const;

async function prdcScore({ compute, real, synthetic, splits, pause }: Run): Promise<Measured<Prdc>> {
  const reason = tooFew(real.rows, synthetic.rows, FEWEST_PRDC);
  if (reason !== undefined) return { kind: 'too-few', reason };
  const figures = await prdc(compute, real, synthetic, { pause });
  const { halves, same } = await againstHalves(splits, real, synthetic, (a, b) =>
    prdc(compute, a, b, { pause }),
  );
  const size = splits[0]?.first.length ?? 0;
  const isSame = real.rows === size && synthetic.rows === size;
  return {
    kind: 'measured',
    ...figures,
    k: NEIGHBOURS,
    baseline: prdcBaseline(halves, size, isSame),
    ...(same.length > 0 && !isSame ? { atBaselineSize: medianFigures(same) } : {}),
  };
}

function medianFigures(all: readonly PrdcFigures[]): PrdcFigures {
  const [precision = 0, recall = 0, density = 0, coverage = 0] = PRDC_FIGURES.map((figure) =>
    medianOf(all.map((one) => one[figure])),
  );
  return { precision, recall, density, coverage };
}

function prdcBaseline(halves: readonly PrdcFigures[], size: number, isSame: boolean): Prdc['baseline'] {
  const [precision, recall, density, coverage] = PRDC_FIGURES.map((figure) =>
    baselineOf(
      halves.map((half) => half[figure]),
      size,
      isSame,
    ),
  );
  return precision && recall && density && coverage ? { precision, recall, density, coverage } : null;
}

/** A figure between the halves of each split, and between a half and as many synthetic documents. */
async function againstHalves<T>(
  splits: readonly Split[],
  real: Embeddings,
  synthetic: Embeddings,
  figure: (a: Embeddings, b: Embeddings) => Promise<T>,
): Promise<{ readonly halves: readonly T[]; readonly same: readonly T[] }> {
  const halves: T[] = [];
  const same: T[] = [];
  for (const split of splits) {
    const first = selectRows(real, split.first);
    halves.push(await figure(first, selectRows(real, split.second)));
    same.push(await figure(first, selectRows(synthetic, split.synthetic)));
  }
  return { halves, same };
}
