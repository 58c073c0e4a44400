/**
 * Published encoders in single precision: read, fused and computing what ONNX Runtime makes of the published file; and
 * a step of training lowers the loss. They are large, so they are tried only where they were fetched
 * (`node scripts/fetch-encoder.mjs …`).
 */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { result } from '../../core/graph/compute.ts';
import { topologicalOrder } from '../../core/graph/tensor.ts';
import { expectAllClose } from '../../core/graph/testing/close.ts';
import { encoderParameters, USUAL_LORA } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../../core/learning/finetune/parameters.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { Random } from '../../core/random.ts';
import { onnxCompute } from '../onnx/compute.ts';
import { createSession, ort } from '../onnx/runtime.ts';
import { TRAINABLE_ENCODERS } from '../testing/repository.ts';
import { openBase } from './base.ts';
import { encoderAt, Sessions } from './sessions.ts';
import { stateAt, type PlacedState } from './stepper.ts';
import { encoderFeeds } from './texts.ts';

const LENGTH = 24;
const LABELS = 4;

describe.each([
  { name: 'all-MiniLM-L6-v2-fp32', layers: 6 },
  { name: 'gte-small-fp32', layers: 12 },
])('$name', ({ name, layers }) => {
  const folder = path.join(TRAINABLE_ENCODERS, name);
  const random = new Random(9);
  const windows = [LENGTH, 11].map((length) =>
    Int32Array.from({ length }, (_, i) =>
      i === 0 ? 101 : i === length - 1 ? 102 : 1000 + random.integer(20000),
    ),
  );
  const feeds = encoderFeeds(windows, LENGTH);

  it.skipIf(!existsSync(folder))(
    'computes what its file says, from fused layers',
    async () => {
      const base = await openBase(folder);
      const encoder = encoderAt(base, windows.length, LENGTH);
      expect(encoder.linear).toHaveLength(6 * layers);
      const operators = topologicalOrder([encoder.hidden]).flatMap(({ source }) =>
        source.kind === 'node' ? [source.operator] : [],
      );
      const count = (operator: string): number => operators.filter((one) => one === operator).length;
      expect(['LayerNormalization', 'Gelu', 'ReduceMean', 'Erf'].map(count)).toEqual([
        2 * layers + 1,
        layers,
        0,
        0,
      ]);

      const ours = await onnxCompute.compile({ name, outputs: { hidden: encoder.hidden } });
      const hidden = result(await ours.run(feeds), 'hidden');
      await ours.release();
      const session = await createSession(await readFile(path.join(folder, base.spec.model)));
      const shape = [windows.length, LENGTH];
      const tensors = Object.entries(feeds).map(([one, data]) => [one, new ort.Tensor('int64', data, shape)]);
      const published = (await session.run(Object.fromEntries(tensors) as Record<string, ort.Tensor>))[
        'last_hidden_state'
      ];
      await session.release();
      expectAllClose(hidden, published?.data as Float32Array, 2e-4, 'hidden');
    },
    120_000,
  );

  it.skipIf(!existsSync(folder))(
    'learns with adapters',
    async () => {
      const base = await openBase(folder);
      const parameters = [
        ...encoderParameters(encoderAt(base, 1, 8), USUAL_LORA, new Random(1)),
        ...headParameters(new Float32Array(LABELS * base.spec.dimension), new Float32Array(LABELS)),
      ];
      const layout = layoutOf(parameters);
      const sessions = new Sessions({
        base,
        model: { method: USUAL_LORA, layout, labels: LABELS },
        batch: 2,
        optimiser: USUAL_OPTIMISER,
      });
      let state: PlacedState = stateAt(startValues(layout, parameters));
      const losses: number[] = [];
      for (let step = 1; step <= 4; step++) {
        const batch = {
          windows,
          length: LENGTH,
          targets: Float32Array.of(1, 0, 0, 1, 0, 1, 0, 0),
          offsets: new Float32Array(2 * LABELS),
          keep: new Float32Array(2 * base.spec.dimension).fill(1),
        };
        const made = await sessions.step(state, { batches: [batch], rate: 1e-3, step });
        losses.push(made.loss);
        state = made.state;
      }
      await sessions.release();
      expect(losses[0]).toBeCloseTo(Math.LN2, 5);
      expect(losses[3]).toBeLessThan(losses[0] ?? 0);
    },
    120_000,
  );
});
