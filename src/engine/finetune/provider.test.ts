/** An accelerator trains only after it made the CPU's steps: wrong kernels, updates and failures leave it to the CPU. */
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { apply } from '../../core/graph/build.ts';
import { rewrite } from '../../core/graph/rewrite.ts';
import { scalar, type Graph, type Tensor } from '../../core/graph/tensor.ts';
import { encoderParameters, type Method } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../../core/learning/finetune/parameters.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { Random } from '../../core/random.ts';
import { ProviderGate } from '../numerics/gate.ts';
import { Outcomes } from '../numerics/outcomes.ts';
import { fakeProviders } from '../numerics/testing/fake-providers.ts';
import { onnxCompute, type EngineCompute } from '../onnx/compute.ts';
import { cancelled, quietTask, type Task } from '../task.ts';
import { temporaryFolder } from '../testing/folder.ts';
import { openBase } from './base.ts';
import { withTrainer, type OpenedTrainer, type Trainable } from './provider.ts';
import { encoderAt, Sessions } from './sessions.ts';
import { stateAt } from './stepper.ts';
import { smallBase } from './testing/small-base.ts';

const LABELS = 3;
const LENGTH = 12;
const BATCH = 2;
const METHOD: Method = { kind: 'full' };

let trainable: Trainable<Sessions>;
let cache: string;

beforeAll(async () => {
  const base = await openBase(await smallBase(await temporaryFolder()));
  const random = new Random(4);
  const parameters = [
    ...encoderParameters(encoderAt(base, 1, 8), METHOD, random),
    ...headParameters(
      Float32Array.from({ length: LABELS * base.spec.dimension }, () => random.uniform() - 0.5),
      new Float32Array(LABELS),
    ),
  ];
  const layout = layoutOf(parameters);
  const setting = {
    base,
    model: { method: METHOD, layout, labels: LABELS },
    batch: BATCH,
    optimiser: USUAL_OPTIMISER,
  };
  const batch = {
    windows: [0, 1].map(() => Int32Array.from({ length: LENGTH }, () => 5 + random.integer(20))),
    length: LENGTH,
    targets: Float32Array.of(1, 0, 0, 0, 1, 1),
    offsets: new Float32Array(BATCH * LABELS),
    keep: new Float32Array(BATCH * base.spec.dimension).fill(1),
  };
  trainable = {
    id: 'a training of a test',
    start: stateAt(startValues(layout, parameters)),
    on: (compute) => new Sessions({ ...setting, compute }),
    step: (sessions, state, step) => sessions.step(state, { batches: [batch], rate: 1e-3, step }),
  };
});

beforeEach(async () => {
  cache = await temporaryFolder();
});

interface Tried extends OpenedTrainer<Sessions> {
  /** How many graphs the accelerator was given. */
  readonly compiled: number;
}

/** Opens the training where an accelerator calculates so. @param use what is done with it */
async function opened(
  change: (graph: Graph) => Graph,
  task: Task = quietTask,
  use: (trainer: OpenedTrainer<Sessions>) => Promise<unknown> = () => Promise.resolve(),
): Promise<Tried> {
  let compiled = 0;
  const accelerator: EngineCompute = {
    ...onnxCompute,
    compileHolding: (graph, held) => {
      compiled++;
      return onnxCompute.compileHolding(change(graph), held);
    },
  };
  const gate = new ProviderGate({
    choice: 'webgpu',
    providers: fakeProviders({ webgpu: { kind: 'right' } }, cache),
    outcomes: new Outcomes(cache),
    machine: () => Promise.resolve('this machine'),
  });
  return withTrainer(
    trainable,
    { gate, memory: 'pooled' },
    task,
    async (trainer) => {
      await use(trainer);
      return { ...trainer, compiled };
    },
    (provider) => (provider === 'cpu' ? onnxCompute : accelerator),
  );
}

const right = (graph: Graph): Graph => graph;

/** Graphs in which one operator is calculated as something else, wherever it stands. */
const planted =
  (operator: string, wrong: (right: Tensor) => Tensor) =>
  (graph: Graph): Graph => {
    const outputs = Object.values(graph.outputs);
    const become = rewrite(outputs, (tensor) =>
      tensor.source.kind === 'node' && tensor.source.operator === operator ? wrong(tensor) : tensor,
    );
    const exchanged = Object.entries(graph.outputs).map(([name, tensor]) => [
      name,
      become.get(tensor) ?? tensor,
    ]);
    return { ...graph, outputs: Object.fromEntries(exchanged) as Graph['outputs'] };
  };

const scaled =
  (by: number) =>
  (tensor: Tensor): Tensor =>
    apply('Mul', [tensor, scalar(by)]);

describe('an accelerator', () => {
  it('that makes the same steps is used, and remembered', async () => {
    const first = await opened(right);
    expect(first.decision).toMatchObject({ provider: 'webgpu' });
    expect(first.compiled).toBe(1);
    expect((await opened(right)).compiled).toBe(0);
  });

  it.each([
    ['a kernel of the encoder', planted('Softmax', scaled(1.1)), 'the loss'],
    ['a kernel that only derivatives use', planted('ReduceSum', scaled(2)), 'the gradient'],
    ['an optimiser', planted('Sqrt', scaled(2)), 'what the weights move by'],
    [
      'a kernel that gives infinity',
      planted('Softmax', scaled(Number.POSITIVE_INFINITY)),
      'no finite number',
    ],
  ])('with %s calculating wrongly is refused, and that is remembered', async (_, change, reason) => {
    for (const compiled of [1, 0]) {
      const tried = await opened(change);
      expect(tried.decision?.provider).toBe('cpu');
      expect(tried.decision?.reason).toContain('WebGPU: it did not pass the numerics check');
      expect(tried.decision?.reason).toContain(reason);
      expect(tried.compiled).toBe(compiled);
    }
  });

  it('that fails gives way to the CPU, which trains', async () => {
    const { decision } = await opened(() => {
      throw new Error('CUDA out of memory');
    });
    expect(decision?.provider).toBe('cpu');
    expect(decision?.reason).toContain('its memory does not suffice');
  });

  it('whose check was cancelled is tried again', async () => {
    let asked = 0;
    const impatient = {
      ...quietTask,
      checkpoint: () => (++asked > 3 ? Promise.reject(cancelled()) : Promise.resolve()),
    };
    await expect(opened(right, impatient)).rejects.toMatchObject({ code: 'cancelled' });
    expect((await opened(right)).decision?.provider).toBe('webgpu');
  });
});

describe('an accelerator that fails while it trains', () => {
  const step = async ({ sessions }: OpenedTrainer<Sessions>): Promise<void> => {
    await trainable.step(sessions, await sessions.place(trainable.start), 1);
  };
  /** Right when it is checked, and then no more. */
  const failing = (): ((graph: Graph) => Graph) => {
    let graphs = 0;
    return (graph) => {
      if (++graphs > 1) throw new Error('Failed to allocate memory for buffer');
      return graph;
    };
  };

  it('is told, and the next training goes on on the CPU', async () => {
    await expect(opened(failing(), quietTask, step)).rejects.toMatchObject({
      code: 'provider-failed',
      message: 'WebGPU failed while it trained: its memory does not suffice.',
    });
    const { decision } = await opened(right, quietTask, step);
    expect(decision?.provider).toBe('cpu');
    expect(decision?.reason).toContain('its memory does not suffice');
  });

  it('is not blamed for what else goes wrong', async () => {
    const other = new Error('no space left');
    await expect(opened(right, quietTask, () => Promise.reject(other))).rejects.toBe(other);
    expect((await opened(right, quietTask, step)).decision?.provider).toBe('webgpu');
  });
});

it('the CPU is not asked about', async () => {
  const gate = new ProviderGate({ choice: 'cpu', outcomes: new Outcomes(cache) });
  const decided = withTrainer(trainable, { gate, memory: 'sparing' }, quietTask, ({ decision }) =>
    Promise.resolve(decision),
  );
  expect(await decided).toBeUndefined();
});
