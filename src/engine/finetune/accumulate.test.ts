/** Accumulated gradients: several batches make the step that one large batch makes. */
import { describe, expect, it } from 'vitest';
import { encoderParameters } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../../core/learning/finetune/parameters.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { Random } from '../../core/random.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openBase } from './base.ts';
import { encoderAt, Sessions, type BatchInput } from './sessions.ts';
import { stateAt } from './stepper.ts';
import { smallBase } from './testing/small-base.ts';

const LABELS = 3;
const LENGTH = 12;

describe('accumulated gradients', () => {
  it('are the mean over all texts, also where the last batch is smaller', async () => {
    const base = await openBase(await smallBase(await temporaryFolder()));
    const { dimension } = base.spec;
    const method = { kind: 'full' } as const;
    const random = new Random(4);
    const parameters = [
      ...encoderParameters(encoderAt(base, 1, 8), method, new Random(1)),
      ...headParameters(
        Float32Array.from({ length: LABELS * dimension }, () => random.uniform() - 0.5),
        new Float32Array(LABELS),
      ),
    ];
    const layout = layoutOf(parameters);
    const windows = Array.from({ length: 5 }, (_, text) =>
      Int32Array.from({ length: LENGTH - text }, () => 5 + random.integer(20)),
    );
    const targets = Float32Array.from({ length: 5 * LABELS }, () => random.integer(2));
    const stepped = async (batch: number, parts: readonly (readonly [number, number])[]) => {
      const model = { method, layout, labels: LABELS };
      const sessions = new Sessions({
        base,
        model,
        batch,
        optimiser: USUAL_OPTIMISER,
        accumulate: parts.length,
      });
      const batches = parts.map(([start, end]): BatchInput => ({
        windows: windows.slice(start, end),
        length: LENGTH,
        targets: targets.slice(start * LABELS, end * LABELS),
        offsets: new Float32Array((end - start) * LABELS),
        keep: new Float32Array(batch * dimension).fill(1),
      }));
      const state = stateAt(startValues(layout, parameters));
      const made = await sessions.step(state, { batches, rate: 0.01, step: 1 });
      await sessions.release();
      return { ...made, state: await sessions.read(made.state) };
    };
    const large = await stepped(5, [[0, 5]]);
    const several = await stepped(2, [
      [0, 2],
      [2, 4],
      [4, 5],
    ]);
    expect(several.loss).toBeCloseTo(large.loss, 6);
    expect(several.norm / large.norm).toBeCloseTo(1, 6);
    // After one step the running mean is the gradient itself.
    const scale = large.state.first.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    several.state.first.forEach((value, i) =>
      expect(Math.abs(value - (large.state.first[i] ?? 0)) / scale).toBeLessThan(1e-5),
    );
  });
});
