/** Small encoders as PyTorch exports them: read, put together again, named, and computing what PyTorch computes. */
import { describe, expect, it } from 'vitest';
import { onnxCompute } from '../../../engine/onnx/compute.ts';
import { result } from '../compute.ts';
import { topologicalOrder, type Tensor } from '../tensor.ts';
import { expectAllClose } from '../testing/close.ts';
import { ENCODERS, SIZES, storedEncoder, type EncoderName } from '../testing/encoders.ts';
import { importEncoder, type ImportedEncoder } from './encoder.ts';
import { readModel, type Sizes } from './model.ts';

const imported = (name: EncoderName, sizes: Sizes = SIZES): ImportedEncoder =>
  importEncoder(readModel(storedEncoder(name).bytes), sizes, 'last_hidden_state');

function operatorCounts(root: Tensor): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { source } of topologicalOrder([root])) {
    if (source.kind === 'node') counts[source.operator] = (counts[source.operator] ?? 0) + 1;
  }
  return counts;
}

describe.each(ENCODERS)('%s', (name) => {
  it('computes what PyTorch computes, padding included', async () => {
    const { hidden } = imported(name);
    expect(hidden.shape).toEqual([SIZES.batch, SIZES.length, SIZES.dimension]);
    const stored = storedEncoder(name);
    const executable = await onnxCompute.compile({ name, outputs: { hidden } });
    const found = result(await executable.run(stored.feeds), 'hidden');
    await executable.release();
    expectAllClose(found, stored.hidden, 2e-5, 'hidden');
  });

  it('takes any batch and length', () => {
    const { hidden, inputs } = imported(name, { ...SIZES, batch: 2, length: 5 });
    expect(hidden.shape).toEqual([2, 5, SIZES.dimension]);
    for (const input of inputs.values()) expect(input.shape).toEqual([2, 5]);
  });
});

describe('fusing', () => {
  it.each<[EncoderName, Readonly<Record<string, number>>]>([
    ['bert-11', { LayerNormalization: 5, Gelu: 2, Softmax: 2, ReduceMean: 0, Erf: 0, Pow: 0 }],
    ['bert-17', { LayerNormalization: 5, Gelu: 2, Softmax: 2, ReduceMean: 0, Erf: 0 }],
    ['roberta-14', { LayerNormalization: 5, Gelu: 2, Softmax: 2, ReduceMean: 0, Erf: 0, CumSum: 1 }],
    ['modernbert-14', { LayerNormalization: 9, Gelu: 4, Softmax: 4, ReduceMean: 0, Erf: 0, Pow: 0 }],
  ])('puts the layers of %s together', (name, expected) => {
    const counts = operatorCounts(imported(name).hidden);
    for (const [operator, count] of Object.entries(expected))
      expect(counts[operator] ?? 0, operator).toBe(count);
  });
});

describe('linear layers', () => {
  it.each<EncoderName>(['bert-11', 'bert-17', 'roberta-14'])('of %s have their names', (name) => {
    const of = (layer: number): readonly string[] =>
      [
        'attention.query',
        'attention.key',
        'attention.value',
        'attention.output',
        'intermediate',
        'output',
      ].map((part) => `layer.${layer}.${part}`);
    const { linear } = imported(name);
    expect(linear.map((layer) => layer.name).sort()).toEqual([...of(0), ...of(1)].sort());
    for (const { weight, transposed, input, output } of linear) {
      const [inner, outer] = transposed ? weight.shape.toReversed() : weight.shape;
      expect([inner, outer]).toEqual([input.shape.at(-1), output.shape.at(-1)]);
    }
  });

  it('without a bias are named after the path of their node', () => {
    const names = imported('modernbert-14').linear.map((layer) => layer.name);
    expect(names.sort()).toEqual(
      [0, 1, 2, 3].flatMap((i) => ['Wi', 'Wo', 'Wout', 'Wqkv'].map((part) => `layers.${i}.${part}`)),
    );
  });
});
