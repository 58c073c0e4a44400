/** Training by steps against PyTorch's AdamW, and training to convergence by what must hold of it. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Compute } from '../../graph/compute.ts';
import { plainCompute } from '../../graph/evaluate.ts';
import { Random } from '../../random.ts';
import { LOSSES } from '../losses/all.ts';
import { AdamTrainer } from './adamw.ts';
import { ConvergenceTrainer } from './converge.ts';
import { hiddenLayerNetwork, linearNetwork, type Network } from './network.ts';

interface Trained {
  readonly start: readonly (readonly number[])[];
  readonly end: readonly (readonly number[])[];
}
interface Reference {
  readonly settings: { readonly rate: number; readonly decay: number; readonly batch: number };
  readonly shape: {
    readonly documents: number;
    readonly width: number;
    readonly hidden: number;
    readonly labels: number;
  };
  readonly features: readonly number[];
  readonly targets: readonly number[];
  readonly batches: readonly (readonly number[])[];
  readonly linear: Trained;
  readonly hidden: Trained;
}

const reference = JSON.parse(
  readFileSync(new URL('./testing/reference.json', import.meta.url), 'utf8'),
) as Reference;
const { settings, batches } = reference;
const { width, hidden, labels, documents } = reference.shape;
const data = {
  features: Float32Array.from(reference.features),
  targets: Float32Array.from(reference.targets),
};
const loss = LOSSES['binary-cross-entropy'];
const networks: readonly (readonly ['linear' | 'hidden', Network])[] = [
  ['linear', linearNetwork(width, labels)],
  ['hidden', hiddenLayerNetwork(width, hidden, labels)],
];
const startOf = (name: 'linear' | 'hidden'): readonly Float32Array[] =>
  reference[name].start.map((values) => Float32Array.from(values));
const furthest = (a: readonly Float32Array[], b: readonly ArrayLike<number>[]): number =>
  Math.max(
    ...a.flatMap((values, at) => [...values].map((value, i) => Math.abs(value - (b[at]?.[i] ?? NaN)))),
  );

describe.each(networks)('AdamW on a %s classifier', (name, network) => {
  const train = async (weights?: readonly number[]): Promise<readonly Float32Array[]> => {
    const trainer = await AdamTrainer.make(plainCompute, network, loss, settings.batch, {
      learningRate: settings.rate,
      weightDecay: settings.decay,
    });
    const weighted = batches.map((rows) =>
      weights ? { rows, weights: rows.map((row) => weights[row] ?? 1) } : { rows },
    );
    return trainer.train(data, startOf(name), weighted, [], () => undefined);
  };

  it('takes the steps that PyTorch takes, a batch that is not full among them', async () => {
    expect(furthest(await train(), reference[name].end)).toBeLessThan(1e-5);
  });

  it('lets the weight of a document matter', async () => {
    expect(
      furthest(await train([5, ...new Array<number>(7).fill(0.2)]), reference[name].end),
    ).toBeGreaterThan(0.01);
  });
});

describe.each(networks)('convergence of a %s classifier', (name, network) => {
  const converge = async (rows: readonly number[], weights: readonly number[], start = startOf(name)) => {
    const options = { l2: 0.5, maxRounds: name === 'linear' ? 300 : 40, tolerance: 1e-4 };
    const trainer = new ConvergenceTrainer(plainCompute, network, loss, options);
    return (await trainer.train(data, start, { rows, weights }, [], () => undefined)).parameters;
  };
  const all = Array.from({ length: documents }, (_, row) => row);

  it('does not change when every document is there three times', async () => {
    const once = await converge(
      all,
      all.map(() => 1),
    );
    expect(
      furthest(
        await converge(
          all,
          all.map(() => 3),
        ),
        once,
      ),
    ).toBeLessThan(1e-6);
    expect(
      furthest(
        await converge(
          all.slice(1),
          all.map(() => 1),
        ),
        once,
      ),
    ).toBeGreaterThan(1e-3);
  });

  it.runIf(name === 'linear')('ends at the same place from anywhere, because it is convex', async () => {
    const weights = all.map((row) => 1 + row / 8);
    const zero = startOf(name).map((values) => values.map(() => 0));
    // The intercept of the label that no document has is next to free, so the tolerance leaves it some room.
    const slopes = (ends: readonly Float32Array[]): readonly Float32Array[] =>
      ends.map((values) => values.slice(0, -labels));
    const wanted = slopes(await converge(all, weights));
    expect(furthest(slopes(await converge(all, weights, zero)), wanted)).toBeLessThan(5e-3);
  });
});

describe('convergence of many labels', () => {
  const [rows, columns, width] = [60, 40, 6];
  const random = new Random(4);
  const features = Float32Array.from({ length: rows * width }, (_, at) =>
    at % width === width - 1 ? 1 : random.uniform() - 0.5,
  );
  // From labels that one feature decides, which take many rounds, to labels that nothing does.
  const targets = Float32Array.from({ length: rows * columns }, (_, at) => {
    const [row, label] = [Math.floor(at / columns), at % columns];
    const signal = (features[row * width + (label % (width - 1))] ?? 0) * (label % 4);
    return signal + 0.6 * (random.uniform() - 0.5) > 0 ? 1 : 0;
  });
  const all = Array.from({ length: rows }, (_, row) => row);
  const trained = async (given: typeof loss, lossRows: readonly Float32Array[] = []) => {
    const sizes = new Set<number>();
    const compute: Compute = {
      compile: (graph) => {
        sizes.add(graph.outputs['costs']?.shape[0] ?? 0);
        return plainCompute.compile(graph);
      },
    };
    const network = linearNetwork(width, columns);
    const trainer = new ConvergenceTrainer(compute, network, given, {
      l2: 0.1,
      maxRounds: 200,
      tolerance: 1e-4,
    });
    const start = [new Float32Array(width * columns)];
    const documents = { rows: all, weights: all.map(() => 1) };
    const { parameters } = await trainer.train(
      { features, targets },
      start,
      documents,
      lossRows,
      () => undefined,
    );
    return { parameters, sizes: [...sizes] };
  };

  it('goes on with the labels that are left, and ends where all of them together do', async () => {
    const together = await trained({ ...loss, acrossLabels: true });
    expect(together.sizes).toEqual([columns]);
    const fewer = await trained(loss);
    expect(fewer.sizes).toEqual([columns, 32, 16]);
    expect(furthest(fewer.parameters, together.parameters)).toBeLessThan(1e-5);
  });

  it('takes the rows of a loss along with their labels', async () => {
    const weighted = LOSSES['inverse-frequency'];
    const positives = Float32Array.from({ length: columns }, (_, label) =>
      all.reduce((total, row) => total + (targets[row * columns + label] ?? 0), 0),
    );
    const lossRows = weighted.rows({ positives, documents: rows });
    const together = await trained({ ...weighted, acrossLabels: true }, lossRows);
    const fewer = await trained(weighted, lossRows);
    expect(fewer.sizes.length).toBeGreaterThan(1);
    expect(furthest(fewer.parameters, together.parameters)).toBeLessThan(1e-5);
  });
});
