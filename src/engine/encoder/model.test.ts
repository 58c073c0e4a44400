/** The simplified model computes the same numbers as the original, bit by bit, and only what is understood is simplified. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  GraphProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  OperatorSetIdProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type ModelProto,
  type NodeProto,
} from '../../core/graph/onnx_pb.ts';
import { Random } from '../../core/random.ts';
import { createSession, ort } from '../onnx/runtime.ts';
import { ENCODER } from '../testing/repository.ts';
import { modelForSingleTexts, POOLED_OUTPUT } from './model.ts';

const HEADS = 2;
const WIDTH = 4;
const HIDDEN = HEADS * WIDTH;
const WORDS = 11;

interface AttentionOptions {
  readonly version?: number;
  /** A constant that is added to the scores beside the mask. */
  readonly bias?: number;
  /** What the mask is subtracted from. */
  readonly unmasked?: number;
}

/** One attention block over embedded words, as exporters write it. */
function attentionModel({ version = 11, bias, unmasked = 1 }: AttentionOptions = {}): ModelProto {
  const random = new Random(1);
  const node = (
    opType: string,
    input: string[],
    output: string,
    ints: Record<string, number[]> = {},
  ): NodeProto =>
    create(NodeProtoSchema, {
      opType,
      input,
      output: [output],
      attribute: Object.entries(ints).map(([name, values]) =>
        name === 'axis'
          ? create(AttributeProtoSchema, {
              name,
              type: AttributeProto_AttributeType.INT,
              i: BigInt(values[0] ?? 0),
            })
          : create(AttributeProtoSchema, {
              name,
              type: AttributeProto_AttributeType.INTS,
              ints: values.map(BigInt),
            }),
      ),
    });
  const floats = (name: string, dims: number[], values: number[]) =>
    create(TensorProtoSchema, {
      name,
      dims: dims.map(BigInt),
      dataType: TensorProto_DataType.FLOAT,
      rawData: new Uint8Array(Float32Array.from(values).buffer),
    });
  const weights = (name: string, dims: number[]) =>
    floats(
      name,
      dims,
      Array.from({ length: dims.reduce((a, b) => a * b, 1) }, () => 2 * random.uniform() - 1),
    );
  const integers = (name: string, values: number[]) =>
    create(TensorProtoSchema, {
      name,
      dims: [BigInt(values.length)],
      dataType: TensorProto_DataType.INT64,
      rawData: new Uint8Array(BigInt64Array.from(values, BigInt).buffer),
    });
  const wide =
    version < 13
      ? node('Unsqueeze', ['attention_mask'], 'wide', { axes: [1, 2] })
      : node('Unsqueeze', ['attention_mask', 'wide_axes'], 'wide');
  const cast = node('Cast', ['wide'], 'cast');
  cast.attribute = [
    create(AttributeProtoSchema, {
      name: 'to',
      type: AttributeProto_AttributeType.INT,
      i: BigInt(TensorProto_DataType.FLOAT),
    }),
  ];
  const projections = ['q', 'k', 'v'].flatMap((name) => [
    node('MatMul', ['x', `w_${name}`], `${name}_flat`),
    node('Reshape', [`${name}_flat`, 'split'], `${name}_heads`),
    node('Transpose', [`${name}_heads`], name, { perm: name === 'k' ? [0, 2, 3, 1] : [0, 2, 1, 3] }),
  ]);
  const shifted = bias === undefined ? [] : [node('Add', ['mask', 'bias'], 'shift')];
  const value = (name: string, elemType: TensorProto_DataType) =>
    create(ValueInfoProtoSchema, {
      name,
      type: {
        value: {
          case: 'tensorType',
          value: {
            elemType,
            shape: {
              dim: [
                { value: { case: 'dimParam', value: 'batch' } },
                { value: { case: 'dimParam', value: 'length' } },
                ...(name === 'hidden'
                  ? [{ value: { case: 'dimValue' as const, value: BigInt(HIDDEN) } }]
                  : []),
              ],
            },
          },
        },
      },
    });
  return create(ModelProtoSchema, {
    irVersion: 8n,
    opsetImport: [create(OperatorSetIdProtoSchema, { domain: '', version: BigInt(version) })],
    graph: create(GraphProtoSchema, {
      name: 'attention',
      input: ['input_ids', 'attention_mask'].map((name) => value(name, TensorProto_DataType.INT64)),
      output: [value('hidden', TensorProto_DataType.FLOAT)],
      initializer: [
        weights('words', [WORDS, HIDDEN]),
        ...['w_q', 'w_k', 'w_v'].map((name) => weights(name, [HIDDEN, HIDDEN])),
        integers('split', [0, 0, HEADS, WIDTH]),
        integers('joined', [0, 0, HIDDEN]),
        integers('wide_axes', [1, 2]),
        floats('unmasked', [], [unmasked]),
        floats('lowest', [], [-10_000]),
        floats('root', [], [Math.sqrt(WIDTH)]),
        floats('bias', [], [bias ?? 0]),
      ],
      node: [
        node('Gather', ['words', 'input_ids'], 'x', { axis: [0] }),
        wide,
        cast,
        node('Sub', ['unmasked', 'cast'], 'inverted'),
        node('Mul', ['inverted', 'lowest'], 'mask'),
        ...shifted,
        ...projections,
        node('MatMul', ['q', 'k'], 'products'),
        node('Div', ['products', 'root'], 'scaled'),
        node('Add', ['scaled', bias === undefined ? 'mask' : 'shift'], 'masked'),
        node('Softmax', ['masked'], 'shares', { axis: [3] }),
        node('MatMul', ['shares', 'v'], 'mixed'),
        node('Transpose', ['mixed'], 'mixed_heads', { perm: [0, 2, 1, 3] }),
        node('Reshape', ['mixed_heads', 'joined'], 'hidden'),
      ],
    }),
  });
}

const operators = (bytes: Uint8Array): readonly string[] =>
  (fromBinary(ModelProtoSchema, bytes).graph?.node ?? []).map(({ opType }) => opType);

function simplified(model: ModelProto | Uint8Array, hidden = 'hidden'): Uint8Array {
  const bytes = model instanceof Uint8Array ? model : toBinary(ModelProtoSchema, model);
  const found = modelForSingleTexts(bytes, hidden, 'mean');
  if (!found) throw new Error('the model was refused');
  return found;
}

async function run(
  model: Uint8Array,
  ids: readonly number[],
): Promise<Readonly<Record<string, Float32Array>>> {
  const session = await createSession(model);
  const shape = [1, ids.length];
  const feeds: Record<string, ort.Tensor> = {};
  for (const name of session.inputNames) {
    const fill = name === 'attention_mask' ? 1n : 0n;
    const values =
      name === 'input_ids' ? BigInt64Array.from(ids, BigInt) : new BigInt64Array(ids.length).fill(fill);
    feeds[name] = new ort.Tensor('int64', values, shape);
  }
  const results = await session.run(feeds);
  await session.release();
  return Object.fromEntries(Object.entries(results).map(([name, { data }]) => [name, data as Float32Array]));
}

function sumOfRows(rows: Float32Array | undefined, width: number): Float64Array {
  const sum = new Float64Array(width);
  rows?.forEach((value, i) => (sum[i % width] = (sum[i % width] ?? 0) + value));
  return sum;
}

const IDS = [3, 1, 4, 1, 5, 9, 2, 6, 5];

describe('a model made ready for single texts', () => {
  it.each([11, 13, 17])(
    'gives the same hidden states, bit by bit, and their sum (operators of %i)',
    async (version) => {
      const original = toBinary(ModelProtoSchema, attentionModel({ version }));
      const found = simplified(original);
      expect(operators(found).filter((name) => name === 'FusedMatMul')).toHaveLength(2);
      expect(operators(found).filter((name) => name === 'Transpose')).toHaveLength(1);
      for (const ids of [IDS.slice(0, 1), IDS]) {
        const [before, after] = [await run(original, ids), await run(found, ids)];
        expect(after['hidden']).toEqual(before['hidden']);
        sumOfRows(before['hidden'], HIDDEN).forEach((value, d) => {
          expect(after[POOLED_OUTPUT]?.[d]).toBeCloseTo(value, 5);
        });
      }
    },
  );

  it.each([
    ['something else is added to the scores', { bias: 0.5 }],
    ['the mask is not 0 where all is read', { unmasked: 2 }],
  ])('is left as it is where %s', async (_where, options) => {
    const original = toBinary(ModelProtoSchema, attentionModel(options));
    const found = simplified(original);
    expect(operators(found)).not.toContain('FusedMatMul');
    expect((await run(found, IDS))['hidden']).toEqual((await run(original, IDS))['hidden']);
  });

  it('is refused when its weights lie in another file', () => {
    const model = attentionModel();
    const [words] = model.graph?.initializer ?? [];
    if (words) words.dataLocation = TensorProto_DataLocation.EXTERNAL;
    expect(modelForSingleTexts(toBinary(ModelProtoSchema, model), 'hidden', 'mean')).toBeUndefined();
  });
});

describe('the built-in encoder', () => {
  it('has the same hidden states, bit by bit, in all six layers’ simplification', async () => {
    const original = await readFile(path.join(ENCODER, 'model.onnx'));
    const found = simplified(original, 'last_hidden_state');
    expect(operators(found).filter((name) => name === 'FusedMatMul')).toHaveLength(12);
    const random = new Random(2);
    for (const length of [2, 3, 17, 140, 256]) {
      const ids = Array.from({ length }, () => 1000 + random.integer(20_000));
      const [before, after] = [await run(original, ids), await run(found, ids)];
      expect(after['last_hidden_state']).toEqual(before['last_hidden_state']);
      sumOfRows(before['last_hidden_state'], 384).forEach((value, d) => {
        expect(Math.abs((after[POOLED_OUTPUT]?.[d] ?? Number.NaN) - value) / length).toBeLessThan(1e-6);
      });
    }
  });
});
