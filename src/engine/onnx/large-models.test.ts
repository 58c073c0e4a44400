/** A graph whose weights stand beside it computes what it computes with them inside. */
import { readdir } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { describe, expect, it } from 'vitest';
import { importEncoder } from '../../core/graph/import/encoder.ts';
import { readModel } from '../../core/graph/import/model.ts';
import { encoderBytes, SIZES, storedEncoder } from '../../core/graph/testing/encoders.ts';
import { computeOn, onnxCompute } from './compute.ts';

const folders = async (): Promise<readonly string[]> =>
  (await readdir(tmpdir())).filter((name) => name.startsWith('patent-lab-model-'));

describe('weights beside the model', () => {
  it('give the same bits, and leave nothing behind', async () => {
    const { hidden } = importEncoder(readModel(encoderBytes('bert-17')), SIZES, 'last_hidden_state');
    const { feeds } = storedEncoder('bert-17');
    const before = await folders();
    const results = [];
    for (const compute of [onnxCompute, computeOn({}, 0)]) {
      const executable = await compute.compile({ name: 'hidden', outputs: { hidden } });
      results.push(await executable.run(feeds));
      await executable.release();
    }
    expect(results[1]).toEqual(results[0]);
    expect(await folders()).toEqual(before);
  });
});
