/** Gradient × input against finite differences: a word moved a little away from the average one, or towards it. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../../engine/onnx/compute.ts';
import { add, multiply } from '../../graph/build.ts';
import { result } from '../../graph/compute.ts';
import { importEncoder } from '../../graph/import/encoder.ts';
import { readModel } from '../../graph/import/model.ts';
import { rewrite } from '../../graph/rewrite.ts';
import { input } from '../../graph/tensor.ts';
import { ENCODERS, SIZES, storedEncoder } from '../../graph/testing/encoders.ts';
import { Random } from '../../random.ts';
import { attributionGraph, weighedHidden, wordDifferences, wordEmbeddings } from './attribution.ts';

const STEP = 1 / 128;

const CASES = ENCODERS.flatMap((name) => (['mean', 'cls'] as const).map((pooling) => ({ name, pooling })));

describe.each(CASES)('the effects of the words of $name, pooled by $pooling', ({ name, pooling }) => {
  it('are what a small change of their embeddings shows', async () => {
    const stored = storedEncoder(name);
    const encoder = importEncoder(readModel(stored.bytes), SIZES, 'last_hidden_state');
    const random = new Random(7);
    const direction = Float32Array.from({ length: SIZES.dimension }, () => random.uniform() - 0.5);
    const exact = await onnxCompute.compile(attributionGraph(encoder, pooling));
    const effects = result(await exact.run({ ...stored.feeds, direction }), 'effects');
    await exact.release();

    const words = wordEmbeddings(encoder);
    const distances = input('distances', [SIZES.batch, SIZES.length, 1]);
    const further = add(words, multiply(wordDifferences(encoder), distances));
    const changed = rewrite([encoder.hidden], (tensor, original) =>
      original === words ? further : tensor,
    ).get(encoder.hidden);
    const moved = await onnxCompute.compile({
      name: 'moved',
      outputs: { value: weighedHidden(encoder, pooling, changed) },
    });
    const at = async (token: number, distance: number): Promise<number> => {
      const all = new Float32Array(SIZES.batch * SIZES.length);
      all[token] = distance;
      return result(await moved.run({ ...stored.feeds, direction, distances: all }), 'value')[0] ?? 0;
    };
    const largest = effects.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest).toBeGreaterThan(0);
    for (let token = 0; token < SIZES.batch * SIZES.length; token++) {
      const slope = ((await at(token, STEP)) - (await at(token, -STEP))) / (2 * STEP);
      expect(Math.abs((effects[token] ?? 0) - slope)).toBeLessThan(0.01 * largest);
    }
    await moved.release();
  });
});
