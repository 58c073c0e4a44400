import { fromBinary } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { Random } from '../random.ts';
import { add, apply, gemm, mean, multiply, reshape, sum } from './build.ts';
import {
  AttributeProto_AttributeType,
  ModelProtoSchema,
  TensorProto_DataType,
  type GraphProto,
  type NodeProto,
  type TensorProto,
  type ValueInfoProto,
} from './onnx_pb.ts';
import { operatorNamed, operatorNames } from './registry.ts';
import { serialiseGraph } from './serialise.ts';
import { constant, elementCount, input, integers, scalar, type Graph, type Tensor } from './tensor.ts';
import { randomGraph } from './testing/random-graph.ts';

function decoded(outputs: Graph['outputs'], name = 'g') {
  const model = fromBinary(ModelProtoSchema, serialiseGraph({ name, outputs }));
  if (!model.graph) throw new Error('the model has no graph');
  return { model, graph: model.graph };
}

const operators = (graph: GraphProto): string[] => graph.node.map((node) => node.opType);

function theNode(graph: GraphProto, operator: string): NodeProto {
  const [node, ...others] = graph.node.filter(({ opType }) => opType === operator);
  if (!node || others.length > 0) throw new Error(`expected one ${operator}, not ${operators(graph).join()}`);
  return node;
}

const attributesOf = (node: NodeProto): Record<string, unknown> =>
  Object.fromEntries(
    node.attribute.map(({ name, type, i, f, s, ints }) => {
      const value = {
        [AttributeProto_AttributeType.INT]: i,
        [AttributeProto_AttributeType.FLOAT]: f,
        [AttributeProto_AttributeType.STRING]: new TextDecoder().decode(s),
        [AttributeProto_AttributeType.INTS]: ints,
      };
      return [name, type in value ? value[type as keyof typeof value] : type];
    }),
  );

/** Type, shape and numbers of an initialiser. */
function contents({ dataType, dims, rawData }: TensorProto) {
  const bytes = rawData.slice().buffer;
  const data = {
    [TensorProto_DataType.INT64]: () => new BigInt64Array(bytes),
    [TensorProto_DataType.BOOL]: () => new Uint8Array(bytes),
  }[dataType];
  return {
    type: TensorProto_DataType[dataType],
    shape: dims.map(Number),
    data: Array.from(data?.() ?? new Float32Array(bytes), Number),
  };
}

function declared({ name, type }: ValueInfoProto) {
  if (type?.value.case !== 'tensorType') throw new Error(`${name} is no tensor`);
  const { elemType, shape } = type.value.value;
  const sizes = shape?.dim.map(({ value }) => (value.case === 'dimValue' ? Number(value.value) : undefined));
  return { name, type: TensorProto_DataType[elemType], shape: sizes };
}

const X = input('x', [2, 3]);

describe('a serialised graph', () => {
  it('states the format, the operator set and who made it', () => {
    const { model } = decoded({ y: add(X, X) }, 'doubling');
    expect(model).toMatchObject({ irVersion: 9n, producerName: 'patent-lab' });
    expect(model.opsetImport).toMatchObject([{ domain: '', version: 20n }]);
    expect(model.graph?.name).toBe('doubling');
  });

  it('declares inputs and outputs by name, type and shape', () => {
    const count = input('count', [], 'int64');
    const flag = input('flag', [1], 'bool');
    const { graph } = decoded({ y: add(X, scalar(1)), count, flag });
    expect(graph.input.map(declared)).toEqual([
      { name: 'x', type: 'FLOAT', shape: [2, 3] },
      { name: 'count', type: 'INT64', shape: [] },
      { name: 'flag', type: 'BOOL', shape: [1] },
    ]);
    expect(graph.output.map(declared)).toEqual([
      { name: 'y', type: 'FLOAT', shape: [2, 3] },
      { name: 'count', type: 'INT64', shape: [] },
      { name: 'flag', type: 'BOOL', shape: [1] },
    ]);
  });

  it('has its nodes in order, wired by name, and hands each output out under its own name', () => {
    const w = input('w', [4, 3]);
    const product = gemm(X, w, { transB: true });
    const { graph } = decoded({ product, shifted: add(product, scalar(0.5)) });
    expect(operators(graph)).toEqual(['Gemm', 'Add', 'Identity', 'Identity']);
    const [gemmNode, addNode, first, second] = graph.node;
    expect(gemmNode?.input).toEqual(['x', 'w']);
    expect(addNode?.input).toEqual([gemmNode?.output[0], graph.initializer[0]?.name]);
    expect([first?.input, first?.output]).toEqual([gemmNode?.output, ['product']]);
    expect([second?.input, second?.output]).toEqual([addNode?.output, ['shifted']]);
  });

  it('stores constants as little-endian bytes of their type', () => {
    const numbers = constant(Float32Array.of(1, -0.5, Number.MAX_VALUE, 0), [2, 2]);
    const { graph } = decoded({ numbers, counts: integers([3, -7]) });
    expect(graph.initializer.map(contents)).toEqual([
      { type: 'FLOAT', shape: [2, 2], data: [1, -0.5, Infinity, 0] },
      { type: 'INT64', shape: [2], data: [3, -7] },
    ]);
    expect([...(graph.initializer[0]?.rawData.subarray(0, 4) ?? [])]).toEqual([0, 0, 0x80, 0x3f]);
  });

  it('stores only its stretch of a larger buffer', () => {
    const all = Float32Array.of(1, 2, 3, 4, 5);
    const { graph } = decoded({ y: constant(all.subarray(1, 3), [2]) });
    expect(graph.initializer.map(contents)).toEqual([{ type: 'FLOAT', shape: [2], data: [2, 3] }]);
  });

  it.each<{ what: string; y: Tensor; operand: number[]; attributes: Record<string, unknown> }>([
    {
      what: 'the axes of a sum',
      y: sum(X, [1]),
      operand: [1],
      attributes: { keepdims: 0n, noop_with_empty_axes: 1n },
    },
    {
      what: 'the axes of a mean',
      y: mean(X, [0, 1], { keepDimensions: true }),
      operand: [0, 1],
      attributes: { keepdims: 1n, noop_with_empty_axes: 1n },
    },
    { what: 'no axes', y: sum(X, []), operand: [], attributes: { keepdims: 0n, noop_with_empty_axes: 1n } },
    { what: 'a new shape', y: reshape(X, [3, 2]), operand: [3, 2], attributes: { allowzero: 1n } },
    {
      what: 'a shape to expand to',
      y: apply('Expand', [X], { shape: [4, 2, 3] }),
      operand: [4, 2, 3],
      attributes: {},
    },
  ])('moves $what from the attributes to a last input of integers', ({ y, operand, attributes }) => {
    const { graph } = decoded({ y });
    const [node] = graph.node;
    expect(node && attributesOf(node)).toEqual(attributes);
    const name = node?.input[1] ?? '';
    const initialiser = graph.initializer.find((one) => one.name === name);
    expect(initialiser && contents(initialiser)).toEqual({
      type: 'INT64',
      shape: [operand.length],
      data: operand,
    });
  });

  it('writes each kind of attribute in its field', () => {
    const attributes = { whole: 3, half: { float: 0.5 }, mode: 'linear', list: [1, 2, 3] };
    const y: Tensor = { ...X, source: { kind: 'node', operator: 'Anything', inputs: [X], attributes } };
    expect(attributesOf(theNode(decoded({ y }).graph, 'Anything'))).toEqual({
      whole: 3n,
      half: 0.5,
      mode: 'linear',
      list: [1n, 2n, 3n],
    });
  });

  it('writes a shared subexpression once', () => {
    const square = multiply(X, X);
    const { graph } = decoded({ y: add(square, square), again: square });
    expect(operators(graph)).toEqual(['Mul', 'Add', 'Identity', 'Identity']);
  });

  it('takes one graph to the same bytes every time, and an equal graph too', () => {
    for (const seed of [1, 2, 3]) {
      const { graph } = randomGraph(new Random(seed));
      const bytes = serialiseGraph(graph);
      expect(serialiseGraph(graph)).toEqual(bytes);
      expect(serialiseGraph(randomGraph(new Random(seed)).graph)).toEqual(bytes);
    }
  });

  it('is sound for random graphs: every name made once, before it is used', () => {
    const random = new Random(41);
    for (let trial = 0; trial < 20; trial++) {
      const { outputs } = randomGraph(random).graph;
      const { graph } = decoded(outputs);
      const derivable = operatorNames().filter((name) => operatorNamed(name).gradient !== undefined);
      expect(derivable.filter((name) => !operators(graph).includes(name))).toEqual([]);
      const known = new Set<string>();
      const define = (name: string): void => {
        expect(known.has(name), `${name} is defined twice`).toBe(false);
        known.add(name);
      };
      for (const one of [...graph.input, ...graph.initializer]) define(one.name);
      for (const node of graph.node) {
        for (const name of node.input) expect(known.has(name), `${name} is not there yet`).toBe(true);
        node.output.forEach(define);
      }
      for (const initialiser of graph.initializer) {
        const { shape, data } = contents(initialiser);
        expect(data).toHaveLength(elementCount(shape));
      }
      expect(graph.output.map(declared)).toEqual(
        Object.entries(outputs).map(([name, { shape }]) => ({ name, type: 'FLOAT', shape: [...shape] })),
      );
    }
  });
});
