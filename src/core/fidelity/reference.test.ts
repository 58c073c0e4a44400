/** The scores against numpy, scipy and scikit-learn: a relative difference of at most 1e-6. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../engine/onnx/compute.ts';
import { plainCompute } from '../graph/evaluate.ts';
import { frechetDistance } from './distance/frechet.ts';
import { mmd } from './distance/mmd.ts';
import { prdc } from './distance/prdc.ts';
import { vendiScore } from './distance/vendi.ts';
import { embeddings, meanCosine } from './embeddings.ts';
import { symmetricEigenvalues } from './linear/eigenvalues.ts';
import { singularValues } from './linear/singular-values.ts';
import { reference } from './testing/reference.ts';
import { distinct, selfBleu4 } from './text/diversity.ts';
import { jensenShannon } from './text/divergence.ts';
import { Vocabulary } from './text/vocabulary.ts';

const TOLERANCE = 1e-6;
const { cases, words, linear } = reference();

function expectClose(actual: number | undefined, expected: number, tolerance = TOLERANCE): void {
  const difference = Math.abs((actual ?? Number.NaN) - expected);
  expect(difference, `${actual} instead of ${expected}`).toBeLessThanOrEqual(tolerance * Math.abs(expected));
}

describe.each([
  { backend: 'ONNX Runtime', compute: onnxCompute },
  { backend: 'the plain evaluation', compute: plainCompute },
])('in $backend', ({ compute }) => {
  it.each(cases)('agrees on $mmd2', async (one) => {
    const real = embeddings(Float32Array.from(one.real), one.dimension);
    const synthetic = embeddings(Float32Array.from(one.synthetic), one.dimension);
    const found = await mmd(compute, real, synthetic, { seed: 1, permutations: 20 });
    expectClose(found?.medianDistance, one.medianDistance);
    expectClose(found?.value, one.mmd2);
    expectClose(await frechetDistance(compute, real, synthetic), one.frechet);
    const figures = await prdc(compute, real, synthetic);
    expectClose(figures.precision, one.prdc.precision);
    expectClose(figures.recall, one.prdc.recall);
    expectClose(figures.density, one.prdc.density);
    expectClose(figures.coverage, one.prdc.coverage);
    expectClose(await vendiScore(compute, synthetic), one.vendi);
    expectClose(meanCosine(synthetic), one.meanCosine);
  });
});

describe('words', () => {
  const vocabulary = new Vocabulary();
  const [real, synthetic] = [words.real, words.synthetic].map((texts) =>
    texts.map((text) => vocabulary.words(text)),
  );

  it('agree', async () => {
    expectClose(jensenShannon(real ?? [], synthetic ?? [], vocabulary.size), words.jsd);
    expectClose(await selfBleu4(synthetic ?? [], vocabulary.size), words.selfBleu4);
    expectClose(await distinct(synthetic ?? [], 1, vocabulary.size), words.distinct1);
    expectClose(await distinct(synthetic ?? [], 2, vocabulary.size), words.distinct2);
  });
});

describe('linear algebra', () => {
  it('finds eigenvalues', async () => {
    const data = Float64Array.from(linear.symmetric);
    const found = await symmetricEigenvalues({ data, rows: 9, columns: 9 });
    found.forEach((value, at) => expectClose(value, linear.eigenvalues[at] ?? Number.NaN, 1e-12));
  });

  it('finds singular values over seven powers of ten, and those of the transposed matrix', async () => {
    const data = Float64Array.from(linear.tall);
    for (const matrix of [
      { data, rows: 9, columns: 5 },
      {
        data: Float64Array.from(data, (_, at) => data[(at % 9) * 5 + Math.floor(at / 9)] ?? 0),
        rows: 5,
        columns: 9,
      },
    ]) {
      const found = await singularValues(matrix);
      expect(found).toHaveLength(5);
      const largest = linear.singularValues[0] ?? 0;
      found.forEach((value, at) => {
        expect(Math.abs(value - (linear.singularValues[at] ?? 0))).toBeLessThan(1e-14 * largest);
      });
    }
  });
});
