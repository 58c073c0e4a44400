import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { describe, expect, it } from 'vitest';
import { AttributeProto_AttributeType, ModelProtoSchema } from '../onnx_pb.ts';
import { partFor } from './part.ts';

type Graph = NonNullable<MessageInitShape<typeof ModelProtoSchema>['graph']>;

/** hidden = ids + table; score = hidden · weights + bias; the head's output alone is one of the model. */
const GRAPH = {
  node: [
    { opType: 'Add', input: ['ids', 'table'], output: ['hidden'] },
    { opType: 'MatMul', input: ['hidden', 'weights'], output: ['product'] },
    { opType: 'Add', input: ['product', 'bias'], output: ['score'] },
  ],
  initializer: [{ name: 'table' }, { name: 'weights' }],
  // As older exports do, with a stored tensor among the inputs.
  input: [{ name: 'ids' }, { name: 'table' }, { name: 'bias' }],
  output: [{ name: 'score' }],
  valueInfo: [{ name: 'hidden', docString: 'as it was declared' }],
} satisfies Graph;

const bytesOf = (graph: Graph): Uint8Array => toBinary(ModelProtoSchema, create(ModelProtoSchema, { graph }));

function named(bytes: Uint8Array) {
  const { graph } = fromBinary(ModelProtoSchema, bytes);
  const names = (list: readonly { readonly name: string }[] = []): readonly string[] =>
    list.map(({ name }) => name);
  return {
    nodes: (graph?.node ?? []).flatMap(({ output }) => output),
    stored: names(graph?.initializer),
    inputs: names(graph?.input),
    outputs: (graph?.output ?? []).map(({ name, docString }) => ({ name, docString })),
  };
}

describe('the part of a model that a tensor needs', () => {
  it('is without what only the rest needs', () => {
    expect(named(partFor(bytesOf(GRAPH), 'hidden'))).toEqual({
      nodes: ['hidden'],
      stored: ['table'],
      inputs: ['ids', 'table'],
      outputs: [{ name: 'hidden', docString: 'as it was declared' }],
    });
  });

  it('has what its branches read', () => {
    const branch = {
      node: [{ opType: 'Add', input: ['product', 'inner'], output: ['chosen'] }],
      output: [{ name: 'chosen' }],
    };
    const choice = {
      opType: 'If',
      input: ['bias'],
      output: ['either'],
      attribute: [{ name: 'then_branch', type: AttributeProto_AttributeType.GRAPH, g: branch }],
    };
    const graph: Graph = {
      ...GRAPH,
      node: [...GRAPH.node.slice(0, 2), choice, { opType: 'Neg', input: ['either'], output: ['more'] }],
      initializer: [...GRAPH.initializer, { name: 'inner' }, { name: 'none' }],
    };
    expect(named(partFor(bytesOf(graph), 'either'))).toMatchObject({
      nodes: ['hidden', 'product', 'either'],
      stored: ['table', 'weights', 'inner'],
    });
  });

  it.each([
    { what: 'all inputs are needed', tensor: 'score' },
    { what: 'there is no such tensor', tensor: 'none' },
  ])('is the very model where $what', ({ tensor }) => {
    const bytes = bytesOf(GRAPH);
    expect(partFor(bytes, tensor)).toBe(bytes);
  });
});
