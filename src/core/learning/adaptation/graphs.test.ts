/** Both objectives over small encoders against PyTorch: loss, right guesses, and the gradient of every parameter. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../../engine/onnx/compute.ts';
import { result, type Feeds, type Results } from '../../graph/compute.ts';
import { importEncoder, type ImportedEncoder } from '../../graph/import/encoder.ts';
import { readModel } from '../../graph/import/model.ts';
import type { Graph } from '../../graph/tensor.ts';
import { expectAllClose } from '../../graph/testing/close.ts';
import { encoderBytes } from '../../graph/testing/encoders.ts';
import { Random } from '../../random.ts';
import { encoderParameters } from '../finetune/method.ts';
import { correction, USUAL_OPTIMISER } from '../finetune/optimiser.ts';
import { layoutOf, startValues, valuesOf, type Parameter } from '../finetune/parameters.ts';
import { updateGraph } from '../finetune/step.ts';
import { blockedPairs, USUAL_TEMPERATURE } from './contrastive.ts';
import {
  adaptationAccumulation,
  adaptationEvaluation,
  adaptationStep,
  type AdaptationModel,
  type Objective,
} from './graphs.ts';
import { guessingParameters, MAP_SHIFTS, MAP_WEIGHTS, WORD_SHIFTS } from './masked-language.ts';
import {
  ADAPTED,
  adaptationReference,
  integerFeeds,
  unpacked,
  type AdaptedName,
} from './testing/reference.ts';
import { wordTable } from './word-table.ts';

const REFERENCE = adaptationReference();
const { length, dimension } = REFERENCE.sizes;
const METHOD = { kind: 'full' } as const;

interface Case {
  readonly model: AdaptationModel;
  readonly start: Float32Array;
  readonly feeds: Feeds;
  readonly expected: { readonly loss: number; readonly hits: number };
  readonly gradients: Readonly<Record<string, string>>;
}

const imported = (name: AdaptedName, batch: number): ImportedEncoder =>
  importEncoder(readModel(encoderBytes(name)), { batch, length }, 'last_hidden_state');

function caseOf(
  encoder: ImportedEncoder,
  head: readonly Parameter[],
  objective: Objective,
  rest: Pick<Case, 'feeds' | 'expected' | 'gradients'>,
): Case {
  const parameters = [...encoderParameters(encoder, METHOD, new Random(1)), ...head];
  const layout = layoutOf(parameters);
  return {
    model: { encoder, method: METHOD, layout, objective },
    start: startValues(layout, parameters),
    ...rest,
  };
}

function guessing(name: AdaptedName): Case {
  const { inputs, places, words, weights, head, gradients, ...expected } = REFERENCE.guessing[name];
  const encoder = imported(name, 3);
  const { table } = wordTable(encoder);
  const parameters: readonly Parameter[] = [
    { name: MAP_WEIGHTS, shape: [dimension, dimension], start: unpacked(head.weights) },
    { name: MAP_SHIFTS, shape: [dimension], start: unpacked(head.shifts) },
    { name: WORD_SHIFTS, shape: [table.shape[0] ?? 0], start: unpacked(head.words) },
  ];
  const feeds = { ...integerFeeds({ ...inputs, places, words }), weights: Float32Array.from(weights) };
  return caseOf(encoder, parameters, { kind: 'mlm', slots: places.length }, { feeds, expected, gradients });
}

function pairing(name: AdaptedName): Case {
  const { inputs, pooling, groups, gradients, ...expected } = REFERENCE.pairing[name];
  const pairs = groups.length;
  const feeds = {
    ...integerFeeds(inputs),
    blocked: blockedPairs(groups, pairs),
    weights: new Float32Array(pairs).fill(1 / pairs),
  };
  const objective: Objective = { kind: 'contrastive', temperature: USUAL_TEMPERATURE, pooling };
  return caseOf(imported(name, 2 * pairs), [], objective, { feeds, expected, gradients });
}

async function run(graph: Graph, feeds: Feeds): Promise<Results> {
  const executable = await onnxCompute.compile(graph);
  try {
    return await executable.run(feeds);
  } finally {
    await executable.release();
  }
}

/** PyTorch's gradient in the order of the stored tensor. */
function stored({ model: { encoder }, gradients }: Case, name: string): Float32Array {
  const direct = gradients[name];
  if (direct !== undefined) return unpacked(direct);
  const layer = encoder.linear.find((one) => one.stored === name);
  const values = unpacked(gradients[`${layer?.name ?? ''}.weight`] ?? '');
  if (!layer || values.length === 0) throw new Error(`PyTorch has no ${name}`);
  const [inner = 0, outer = 0] = layer.weight.shape;
  // PyTorch keeps [outputs, inputs]; the exporter turned it around.
  return values.map((_, i) => values[(i % outer) * inner + Math.floor(i / outer)] ?? 0);
}

const CASES = ADAPTED.flatMap((name) => [
  { what: `guessing words over ${name}`, make: () => guessing(name) },
  { what: `telling pairs apart over ${name}`, make: () => pairing(name) },
]);

describe.each(CASES)('$what', ({ make }) => {
  it("has PyTorch's loss, right guesses and gradients", async () => {
    const one = make();
    const { layout } = one.model;
    const feeds = { ...one.feeds, parameters: one.start, sum: new Float32Array(layout.size) };
    const measured = await run(adaptationEvaluation(one.model), feeds);
    expectAllClose(measured['loss'], [one.expected.loss], 1e-5, 'loss');
    expectAllClose(measured['hits'], [one.expected.hits], 1e-6, 'hits');
    const gradient = result(await run(adaptationAccumulation(one.model), feeds), 'newSum');
    const largest = gradient.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    expect(largest).toBeGreaterThan(0.01);
    for (const { name } of layout.slots) {
      const scale = (values: Float32Array) => values.map((value) => value / largest);
      expectAllClose(scale(valuesOf(gradient, layout, name)), scale(stored(one, name)), 1e-5, name);
    }
  });

  it('makes one step at once or from an accumulated gradient', async () => {
    const { model, start, feeds: given } = make();
    const zeros = new Float32Array(model.layout.size);
    const feeds = {
      ...given,
      parameters: start,
      first: zeros,
      second: zeros,
      rate: Float32Array.of(0.01),
      firstCorrection: Float32Array.of(correction(USUAL_OPTIMISER.betas[0], 1)),
      secondCorrection: Float32Array.of(correction(USUAL_OPTIMISER.betas[1], 1)),
    };
    const stepped = await run(adaptationStep(model, USUAL_OPTIMISER), feeds);
    const { newSum } = await run(adaptationAccumulation(model), { ...feeds, sum: zeros });
    const later = await run(updateGraph(model, USUAL_OPTIMISER), { ...feeds, sum: newSum ?? zeros });
    expect(later['newParameters']).toEqual(stepped['newParameters']);
  });
});

describe('the head that guesses', () => {
  it('begins at the frequencies of the words, whatever was read', async () => {
    const one = guessing('bert-17');
    const words = one.model.layout.slots.find(({ name }) => name === WORD_SHIFTS)?.shape[0] ?? 0;
    const counts = Array.from({ length: words }, (_, word) => word);
    const fresh = guessingParameters(dimension, counts);
    const { encoder } = one.model;
    const parameters = [...encoderParameters(encoder, METHOD, new Random(1)), ...fresh];
    const start = startValues(one.model.layout, parameters);
    const { loss } = await run(adaptationEvaluation(one.model), { ...one.feeds, parameters: start });
    const total = counts.reduce((sum, count) => sum + count + 1, 0);
    const guessed = [5, 39, 7, 5];
    const mean = guessed.reduce((sum, word) => sum - Math.log((word + 1) / total), 0) / guessed.length;
    expect(loss?.[0]).toBeCloseTo(mean, 4);
  });

  it('is refused where the output is not as wide as the word embeddings, or words are not looked up', () => {
    const encoder = imported('bert-17', 1);
    expect(() => wordTable({ ...encoder, weights: new Map() })).toThrow('not looked up in one stored table');
    const narrow = { ...encoder, hidden: { ...encoder.hidden, shape: [1, length, 8] } };
    expect(() => wordTable(narrow)).toThrow('16 wide and its output 8');
  });
});
