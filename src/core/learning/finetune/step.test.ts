/** Training steps of small encoders against PyTorch: gradients of every parameter, and one step of AdamW. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../../engine/onnx/compute.ts';
import { result, type Feeds, type Results } from '../../graph/compute.ts';
import { importEncoder, type ImportedEncoder } from '../../graph/import/encoder.ts';
import { readModel } from '../../graph/import/model.ts';
import type { Graph } from '../../graph/tensor.ts';
import { expectAllClose } from '../../graph/testing/close.ts';
import {
  ENCODERS,
  SIZES,
  storedEncoder,
  type EncoderName,
  type StoredEncoder,
} from '../../graph/testing/encoders.ts';
import { Random } from '../../random.ts';
import { classifierLogits } from '../linear-classifier.ts';
import { encoderParameters, USUAL_LORA, type Method } from './method.ts';
import { correction, type OptimiserOptions } from './optimiser.ts';
import { layoutOf, startValues, valuesOf, type Layout } from './parameters.ts';
import {
  accumulationGraph,
  forwardGraph,
  HEAD_SHIFTS,
  HEAD_WEIGHTS,
  stepGraph,
  trainedHead,
  updateGraph,
  type Model,
} from './step.ts';

const OPTIONS: OptimiserOptions = { betas: [0.9, 0.98], epsilon: 1e-6, weightDecay: 0.1, maxNorm: 0.05 };
const RATE = 0.01;
const NO_LEXICON = { words: 0, lexical: new Float32Array() };
const NO_WORDS = { indices: new Int32Array(), values: new Float32Array() };

interface Prepared {
  readonly stored: StoredEncoder;
  readonly encoder: ImportedEncoder;
  readonly model: Model;
  readonly start: Float32Array;
}

function prepared(name: EncoderName, method: Method): Prepared {
  const stored = storedEncoder(name);
  const encoder = importEncoder(readModel(stored.bytes), SIZES, 'last_hidden_state');
  const parameters = [
    ...encoderParameters(encoder, method, new Random(1)),
    { name: HEAD_WEIGHTS, shape: [SIZES.labels, SIZES.dimension], start: stored.head },
    { name: HEAD_SHIFTS, shape: [SIZES.labels], start: stored.bias },
  ];
  const layout = layoutOf(parameters);
  const model: Model = { encoder, method, layout, labels: SIZES.labels, pooling: 'mean' };
  return { stored, encoder, model, start: startValues(layout, parameters) };
}

const zeros = ({ size }: Layout): Float32Array => new Float32Array(size);

function stepFeeds({ stored, model, start }: Prepared): Feeds {
  return {
    ...stored.feeds,
    targets: stored.targets,
    weights: new Float32Array(SIZES.batch).fill(1 / SIZES.batch),
    offsets: new Float32Array(SIZES.batch * SIZES.labels),
    keep: new Float32Array(SIZES.batch * SIZES.dimension).fill(1),
    parameters: start,
    first: zeros(model.layout),
    second: zeros(model.layout),
    sum: zeros(model.layout),
    rate: Float32Array.of(RATE),
    firstCorrection: Float32Array.of(correction(OPTIONS.betas[0], 1)),
    secondCorrection: Float32Array.of(correction(OPTIONS.betas[1], 1)),
  };
}

async function run(graph: Graph, feeds: Feeds): Promise<Results> {
  const executable = await onnxCompute.compile(graph);
  try {
    return await executable.run(feeds);
  } finally {
    await executable.release();
  }
}

/** PyTorch's numbers in the order and orientation of a stored tensor. */
function asStored(
  encoder: ImportedEncoder,
  all: Readonly<Record<string, Float32Array>>,
  name: string,
): Float32Array {
  const torchName = { [HEAD_WEIGHTS]: 'head', [HEAD_SHIFTS]: 'bias' }[name] ?? name;
  const direct = all[torchName];
  if (direct) return direct;
  const layer = encoder.linear.find(({ stored }) => stored === name);
  const values = layer && all[`${layer.name}.weight`];
  if (!layer || !values) throw new Error(`PyTorch has no ${name}`);
  const [inner = 0, outer = 0] = layer.weight.shape;
  // PyTorch keeps [outputs, inputs]; the exporter turned it around.
  return values.map((_, i) => values[(i % outer) * inner + Math.floor(i / outer)] ?? 0);
}

/** Within 1e-5 of the largest number of its kind, or of `floor` where those are all smaller. */
function expectRelative(found: Float32Array, expected: Float32Array, what: string, floor: number): void {
  const largest = expected.reduce((a, b) => Math.max(a, Math.abs(b)), floor);
  const scaled = (values: Float32Array) => values.map((value) => value / largest);
  expectAllClose(scaled(found), scaled(expected), 1e-5, what);
}

describe.each(ENCODERS)('a step of %s', (name) => {
  it("has PyTorch's loss and gradient in every trained parameter", async () => {
    const all = prepared(name, { kind: 'full' });
    const results = await run(accumulationGraph(all.model), stepFeeds(all));
    expectAllClose(results['loss'], [all.stored.loss], 1e-6, 'loss');
    const gradient = result(results, 'newSum');
    const floor = all.stored.norm / 100;
    for (const slot of all.model.layout.slots) {
      const expected = asStored(all.encoder, all.stored.gradients, slot.name);
      expectRelative(valuesOf(gradient, all.model.layout, slot.name), expected, slot.name, floor);
    }
    // Nothing that PyTorch trains is left out.
    const trained = all.model.layout.slots.reduce(
      (total, { shape }) => total + shape.reduce((a, b) => a * b, 1),
      0,
    );
    const inTorch = Object.values(all.stored.gradients).reduce((total, values) => total + values.length, 0);
    expect(trained).toBe(inTorch);
  });

  it('clips and moves as torch.optim.AdamW does, at once or with an accumulated gradient', async () => {
    const all = prepared(name, { kind: 'full' });
    const feeds = stepFeeds(all);
    const stepped = await run(stepGraph(all.model, OPTIONS), feeds);
    expectAllClose(stepped['norm'], [all.stored.norm], 1e-5, 'norm');
    for (const { name: slot } of all.model.layout.slots) {
      const expected = asStored(all.encoder, all.stored.stepped, slot);
      const found = valuesOf(result(stepped, 'newParameters'), all.model.layout, slot);
      // Where a gradient is nearly 0, AdamW's first step is the sign of a rounding error.
      const gradient = asStored(all.encoder, all.stored.gradients, slot);
      const certain = (values: Float32Array) => values.filter((_, i) => Math.abs(gradient[i] ?? 0) > 1e-4);
      expectAllClose(certain(found), certain(expected), 2e-5, slot);
    }
    const summed = await run(accumulationGraph(all.model), feeds);
    const later = await run(updateGraph(all.model, OPTIONS), { ...feeds, sum: result(summed, 'newSum') });
    expect(later['newParameters']).toEqual(stepped['newParameters']);
  });
});

describe('the head', () => {
  it('moves by its own share of the rate, and everything else by all of it', async () => {
    const all = prepared('bert-17', { kind: 'full' });
    const share = 0.25;
    const slow = {
      ...all.model,
      layout: {
        ...all.model.layout,
        slots: all.model.layout.slots.map((slot) =>
          slot.name.startsWith('head.') ? { ...slot, rate: share } : slot,
        ),
      },
    };
    const [usual, slower] = await Promise.all(
      [all.model, slow].map(async (model) =>
        result(await run(stepGraph(model, OPTIONS), stepFeeds(all)), 'newParameters'),
      ),
    );
    for (const { name } of all.model.layout.slots) {
      const moved = (parameters: Float32Array | undefined): Float32Array => {
        const start = valuesOf(all.start, all.model.layout, name);
        return valuesOf(parameters ?? all.start, all.model.layout, name).map(
          (value, i) => value - (start[i] ?? 0),
        );
      };
      const expected = moved(usual).map((move) => (name.startsWith('head.') ? share : 1) * move);
      expectAllClose(moved(slower), expected, 1e-6, name);
    }
  });

  it('adds to what a logit holds already', async () => {
    const all = prepared('bert-17', { kind: 'full' });
    const feeds = stepFeeds(all);
    const shift = 0.75;
    const shifts = all.model.layout.slots.find(({ name }) => name === HEAD_SHIFTS);
    const moved = all.start.slice();
    for (let label = 0; label < SIZES.labels; label++) {
      const at = (shifts?.offset ?? 0) + label;
      moved[at] = (moved[at] ?? 0) + shift;
    }
    const offsets = new Float32Array(SIZES.batch * SIZES.labels).fill(shift);
    const graph = accumulationGraph(all.model);
    const byOffset = await run(graph, { ...feeds, offsets });
    const byShift = await run(graph, { ...feeds, parameters: moved });
    expectAllClose(byOffset['loss'], [...(byShift['loss'] ?? [])].map(Number), 1e-6, 'loss');
    expect([...(byOffset['loss'] ?? [])]).not.toEqual([...((await run(graph, feeds))['loss'] ?? [])]);
  });
});

describe('adapters', () => {
  it('leave the encoder as it is at the start', async () => {
    const all = prepared('bert-17', USUAL_LORA);
    const { sums } = await run(forwardGraph(all.model), stepFeeds(all));
    const { dimension, length } = SIZES;
    const mask = all.stored.feeds['attention_mask'] ?? [];
    const expected = Float32Array.from({ length: SIZES.batch * dimension }, (_, at) => {
      const [text, d] = [Math.floor(at / dimension), at % dimension];
      let total = 0;
      for (let token = text * length; token < (text + 1) * length; token++)
        total += Number(mask[token]) * (all.stored.hidden[token * dimension + d] ?? 0);
      return total;
    });
    expectAllClose(sums, expected, 2e-5, 'sums');
  });

  it('end in the head that the loss was computed with', () => {
    const { stored, model, start } = prepared('bert-17', USUAL_LORA);
    const head = trainedHead(start, model, NO_LEXICON, new Float32Array(SIZES.dimension));
    const { length, dimension } = SIZES;
    const mask = stored.feeds['attention_mask'] ?? [];
    for (let text = 0; text < SIZES.batch; text++) {
      const mean = new Float64Array(dimension);
      for (let at = text * length * dimension; at < (text + 1) * length * dimension; at++) {
        const d = at % dimension;
        mean[d] = (mean[d] ?? 0) + Number(mask[Math.floor(at / dimension)]) * (stored.hidden[at] ?? 0);
      }
      const norm = Math.hypot(...mean);
      const logits = classifierLogits(
        head,
        mean.map((value) => value / norm),
        NO_WORDS,
      );
      const expected = stored.logits.slice(text * SIZES.labels, (text + 1) * SIZES.labels);
      expectAllClose(logits, expected, 1e-5, `text ${text}`);
    }
  });

  it('have the gradient that moving them shows', async () => {
    const all = prepared('modernbert-14', { ...USUAL_LORA, rank: 2 });
    const random = new Random(5);
    const start = all.start.map((value) => value + 0.1 * (random.uniform() - 0.5));
    const feeds = { ...stepFeeds(all), parameters: start };
    const executable = await onnxCompute.compile(accumulationGraph(all.model));
    const gradient = result(await executable.run(feeds), 'newSum');
    const norm = Math.sqrt(gradient.reduce((total, value) => total + value * value, 0));
    const lossAt = async (distance: number): Promise<number> => {
      const parameters = start.map((value, i) => value + (distance * (gradient[i] ?? 0)) / norm);
      return result(await executable.run({ ...feeds, parameters }), 'loss')[0] ?? Number.NaN;
    };
    const along = (await lossAt(0.002)) - (await lossAt(-0.002));
    await executable.release();
    expect(along / 0.004 / norm).toBeCloseTo(1, 3);
  });

  it('or the last layers alone: their matrices first, which decay', () => {
    const { encoder } = prepared('bert-17', USUAL_LORA);
    const lastLayer = encoderParameters(encoder, { kind: 'last-k', layers: 1 }, new Random(1));
    expect(lastLayer).toHaveLength(16);
    const layout = layoutOf(lastLayer);
    expect(layout.decayed).toBe(4 * 16 * 16 + 2 * 16 * 24);
  });

  it('are refused where no layer has such a name, and layers where there are not so many', () => {
    const { encoder } = prepared('bert-17', USUAL_LORA);
    const choose = (method: Method) => () => encoderParameters(encoder, method, new Random(1));
    expect(choose({ ...USUAL_LORA, targets: ['gate'] })).toThrow('no layer named gate');
    expect(choose({ kind: 'last-k', layers: 3 })).toThrow('2 layers, not 3');
  });
});
