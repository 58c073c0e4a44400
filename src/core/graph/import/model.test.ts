/** What a model may hold, and what is said of one that cannot be trained. */
import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { evaluateGraph } from '../evaluate.ts';
import {
  AttributeProto_AttributeType,
  AttributeProtoSchema,
  ModelProtoSchema,
  NodeProtoSchema,
  TensorProto_DataLocation,
  TensorProto_DataType,
  TensorProtoSchema,
  ValueInfoProtoSchema,
  type NodeProto,
  type TensorProto,
} from '../onnx_pb.ts';
import type { StoreData } from '../serialise.ts';
import type { Tensor } from '../tensor.ts';
import { encoderBytes } from '../testing/encoders.ts';
import { importEncoder } from './encoder.ts';
import { importGraph, readModel } from './model.ts';
import { withWeights } from './patch.ts';

const SIZES = { batch: 2, length: 3 };

const whole = (name: string, ...values: number[]): TensorProto =>
  create(TensorProtoSchema, {
    name,
    dims: [BigInt(values.length)],
    dataType: TensorProto_DataType.INT64,
    int64Data: values.map(BigInt),
  });

const numbersAttribute = (...floats: number[]) => [
  create(AttributeProtoSchema, { name: 'value_floats', type: AttributeProto_AttributeType.FLOATS, floats }),
];

function node(opType: string, input: string[], attributes: Readonly<Record<string, number>> = {}): NodeProto {
  return create(NodeProtoSchema, {
    opType,
    name: `/layer/${opType}`,
    input,
    output: ['y'],
    attribute: Object.entries(attributes).map(([name, value]) =>
      create(AttributeProtoSchema, { name, type: AttributeProto_AttributeType.INT, i: BigInt(value) }),
    ),
  });
}

/** A model y = node(x, …) with x of [batch, length]. */
function model(made: NodeProto, stored: readonly TensorProto[] = [], version = 17n): Uint8Array {
  return toBinary(
    ModelProtoSchema,
    create(ModelProtoSchema, {
      opsetImport: [{ domain: '', version }],
      graph: {
        node: [made],
        initializer: [...stored],
        input: [
          create(ValueInfoProtoSchema, {
            name: 'x',
            type: {
              value: {
                case: 'tensorType',
                value: {
                  elemType: TensorProto_DataType.FLOAT,
                  shape: {
                    dim: ['b', 's'].map((name) => ({ value: { case: 'dimParam' as const, value: name } })),
                  },
                },
              },
            },
          }),
        ],
      },
    }),
  );
}

function computed(bytes: Uint8Array): {
  readonly shape: readonly number[];
  readonly data: readonly number[];
} {
  const y = importGraph(readModel(bytes), SIZES, ['y']).outputs.get('y');
  if (!y) throw new Error('no y');
  const feeds = { x: Float32Array.of(1, 2, 3, 4, 5, 6) };
  return { shape: y.shape, data: [...(evaluateGraph({ name: 'g', outputs: { y } }, feeds)['y'] ?? [])] };
}

describe('lowering', () => {
  it.each<{ what: string; bytes: Uint8Array; shape: readonly number[]; data: readonly number[] }>([
    {
      what: 'Reshape with a kept and an open size',
      bytes: model(node('Reshape', ['x', 's']), [whole('s', 0, -1, 1)]),
      shape: [2, 3, 1],
      data: [1, 2, 3, 4, 5, 6],
    },
    {
      what: 'Slice with negative bounds beyond the end',
      bytes: model(node('Slice', ['x', 'a', 'b', 'c']), [
        whole('a', -2),
        whole('b', Number.MAX_SAFE_INTEGER),
        whole('c', -1),
      ]),
      shape: [2, 2],
      data: [2, 3, 5, 6],
    },
    {
      what: 'ReduceSum over all axes',
      bytes: model(node('ReduceSum', ['x'], { keepdims: 0 })),
      shape: [],
      data: [21],
    },
    {
      what: 'ReduceL2 over an axis',
      bytes: model(node('ReduceL2', ['x', 'a'], { keepdims: 0 }), [whole('a', 0)], 18n),
      shape: [3],
      data: [Math.fround(Math.sqrt(17)), Math.fround(Math.sqrt(29)), Math.fround(Math.sqrt(45))],
    },
    {
      what: 'Unsqueeze at the end',
      bytes: model(node('Unsqueeze', ['x', 'a']), [whole('a', -1)]),
      shape: [2, 3, 1],
      data: [1, 2, 3, 4, 5, 6],
    },
    {
      what: 'Transpose without an order',
      bytes: model(node('Transpose', ['x'])),
      shape: [3, 2],
      data: [1, 4, 2, 5, 3, 6],
    },
    {
      what: 'a Constant of numbers',
      bytes: model({ ...node('Constant', []), attribute: numbersAttribute(0.5, -2) }),
      shape: [2],
      data: [0.5, -2],
    },
    { what: 'Shape', bytes: model(node('Shape', ['x'])), shape: [2], data: [2, 3] },
    {
      what: 'Expand that only widens',
      bytes: model(node('Expand', ['x', 's']), [whole('s', 2, 1, 3)]),
      shape: [2, 2, 3],
      data: [1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6],
    },
    {
      what: 'Clip at the bottom',
      bytes: model(node('Clip', ['x', 'a']), [
        create(TensorProtoSchema, { name: 'a', dataType: TensorProto_DataType.FLOAT, floatData: [3] }),
      ]),
      shape: [2, 3],
      data: [3, 3, 3, 4, 5, 6],
    },
  ])('of $what', ({ bytes, shape, data }) => {
    expect(computed(bytes)).toEqual({ shape, data });
  });

  it('of Softmax before version 13 is refused over axes that it would take together', () => {
    expect(() => computed(model(node('Softmax', ['x'], { axis: 0 }), [], 11n))).toThrow('over axis 0 of 2');
  });
});

describe('a model that cannot be trained', () => {
  it('names an operator without a rule, and its place', () => {
    expect(() => computed(model(node('Einsum', ['x'])))).toThrow('uses Einsum at /layer/Einsum');
  });

  it('names a Constant of what is no number, and its place', () => {
    expect(() => computed(model(node('Constant', [], { value_strings: 0 })))).toThrow(
      'uses Constant at /layer/Constant, that is neither a tensor nor numbers',
    );
  });

  it('names an operator without a derivative between the weights and the output, and its place', () => {
    const weights = create(TensorProtoSchema, {
      name: 'w',
      dims: [3n],
      dataType: TensorProto_DataType.FLOAT,
      floatData: [1, 2, 3],
    });
    const parsed = fromBinary(ModelProtoSchema, model(node('Mul', ['x', 'w']), [weights, whole('a', 1)]));
    parsed.graph?.node.push({ ...node('CumSum', ['y', 'a']), output: ['z'] });
    const source = readModel(toBinary(ModelProtoSchema, parsed));
    expect(importEncoder(source, SIZES, 'y').hidden.shape).toEqual([2, 3]);
    expect(() => importEncoder(source, SIZES, 'z')).toThrow(
      'uses CumSum at /layer/CumSum, which has no derivative here',
    );
  });

  it('does without an operator that the wanted output does not need', () => {
    const unneeded = { ...node('Einsum', ['x']), output: ['z'] };
    const bytes = model(node('Identity', ['x']));
    const parsed = fromBinary(ModelProtoSchema, bytes);
    parsed.graph?.node.push(unneeded);
    expect(computed(toBinary(ModelProtoSchema, parsed)).data).toHaveLength(6);
  });

  it('says where it is quantised', () => {
    expect(() => readModel(model(node('MatMulInteger', ['x', 'x'])))).toThrow(
      'quantised (MatMulInteger at /layer/MatMulInteger)',
    );
  });

  it.each<[string, Uint8Array, string]>([
    ['no ONNX', Uint8Array.of(1, 2, 3), 'cannot be read as ONNX'],
    ['empty', new Uint8Array(), 'it has no graph'],
    [
      'of another length than stated',
      model(node('Identity', ['x']), [{ ...whole('w', 1, 2), dims: [3n] }]),
      'w holds 2 numbers for the shape [3]',
    ],
    [
      'of strings',
      model(node('Identity', ['x']), [{ ...whole('w'), dataType: TensorProto_DataType.STRING }]),
      'w holds numbers of the type STRING',
    ],
    [
      'kept beside the file, which nobody can read',
      model(node('Identity', ['x']), [{ ...whole('w'), dataLocation: TensorProto_DataLocation.EXTERNAL }]),
      'w lies outside the file',
    ],
    ['without the tensor it names', model(node('Add', ['x', 'none'])), 'there is no tensor none'],
  ])('that is %s is refused', (_what, bytes, message) => {
    expect(() => computed(bytes)).toThrow(message);
  });
});

describe('stored tensors', () => {
  it('in half precision, doubles and narrow integers become the types of the library', () => {
    const stored = (dataType: TensorProto_DataType, bytes: Uint8Array): readonly number[] => {
      const count =
        { [TensorProto_DataType.FLOAT16]: 2, [TensorProto_DataType.DOUBLE]: 8 }[dataType as number] ?? 4;
      const tensor = create(TensorProtoSchema, {
        name: 'w',
        dims: [BigInt(bytes.length / count)],
        dataType,
        rawData: bytes,
      });
      const made = readModel(model(node('Identity', ['x']), [tensor])).weights.get('w');
      return made?.source.kind === 'constant' ? Array.from(made.source.data, Number) : [];
    };
    const halves = new Uint8Array(Uint16Array.of(0x3c00, 0xc000, 0x0001, 0x7c00).buffer);
    expect(stored(TensorProto_DataType.FLOAT16, halves)).toEqual([1, -2, 2 ** -24, Infinity]);
    expect(stored(TensorProto_DataType.DOUBLE, new Uint8Array(Float64Array.of(0.5).buffer))).toEqual([0.5]);
    expect(stored(TensorProto_DataType.INT32, new Uint8Array(Int32Array.of(-7).buffer))).toEqual([-7]);
  });

  it('that lie unaligned in the file are read all the same', () => {
    const bytes = encoderBytes('bert-17');
    const shifted = Buffer.concat([Buffer.from('x'), bytes]).subarray(1);
    const numbers = (from: Uint8Array) =>
      [...readModel(from).weights.values()].map(({ source }) =>
        source.kind === 'constant' ? source.data : [],
      );
    expect(numbers(shifted)).toEqual(numbers(bytes));
  });
});

describe('exchanging weights', () => {
  it('changes the named tensor and nothing else', () => {
    const bytes = encoderBytes('bert-17');
    const [name = ''] = readModel(bytes).weights.keys();
    const count =
      readModel(bytes)
        .weights.get(name)
        ?.shape.reduce((a, b) => a * b, 1) ?? 0;
    const changed = withWeights(bytes, new Map([[name, new Float32Array(count).fill(2)]]));
    for (const [one, { source }] of readModel(changed).weights) {
      const before = readModel(bytes).weights.get(one)?.source;
      if (source.kind !== 'constant' || before?.kind !== 'constant') throw new Error('constants');
      expect(source.data).toEqual(one === name ? new Float32Array(count).fill(2) : before.data);
    }
    expect(() => withWeights(bytes, new Map([['none', new Float32Array()]]))).toThrow(
      'no stored tensor none',
    );
    expect(() => withWeights(bytes, new Map([[name, new Float32Array(1)]]))).toThrow('numbers, not 1');
  });

  it('puts weights beside the file where it cannot hold them, or says so', () => {
    const bytes = encoderBytes('bert-17');
    const beside: Uint8Array[] = [];
    const store: StoreData = (data) => {
      const offset = beside.reduce((total, { length }) => total + length, 0);
      beside.push(data);
      return { location: 'weights.bin', offset };
    };
    const parted = withWeights(bytes, new Map(), { store, mostInside: 0 });
    expect(parted.length).toBeLessThan(bytes.length);
    const all = Buffer.concat(beside);
    const read = readModel(parted, ({ offset, length }) => all.subarray(offset, offset + (length ?? 0)));
    const values = ({ source }: Tensor) => (source.kind === 'constant' ? source.data : undefined);
    for (const [name, tensor] of readModel(bytes).weights)
      expect(values(read.weights.get(name) ?? tensor), name).toEqual(values(tensor));
    expect(() => withWeights(bytes, new Map(), { mostInside: 0 })).toThrow(
      'one file of this format holds 2 GB',
    );
  });
});
