/** The plain backend: evaluates a graph operator by operator in TypeScript. Slow, obvious, the oracle of the tests. */
import type { Compute, Executable, Feeds, Results } from './compute.ts';
import { operatorNamed } from './registry.ts';
import { elementCount, floats, topologicalOrder, type Graph, type Tensor, type Values } from './tensor.ts';

export function evaluateGraph(graph: Graph, feeds: Feeds): Results {
  const values = new Map<Tensor, Values>();
  for (const tensor of topologicalOrder(Object.values(graph.outputs))) {
    values.set(tensor, { type: tensor.type, shape: tensor.shape, data: dataOf(tensor, values, feeds) });
  }
  return Object.fromEntries(
    Object.entries(graph.outputs).map(([name, tensor]) => {
      const data = values.get(tensor)?.data ?? new Float32Array();
      return [name, floats(tensor.type, data.length, (at) => Number(data[at]))];
    }),
  );
}

function dataOf(tensor: Tensor, values: ReadonlyMap<Tensor, Values>, feeds: Feeds): Values['data'] {
  const { source } = tensor;
  switch (source.kind) {
    case 'constant':
      return source.data;
    case 'input': {
      const data = feeds[source.name];
      if (data?.length !== elementCount(tensor.shape))
        throw new Error(`input ${source.name} has the wrong size`);
      return data;
    }
    case 'node':
      return operatorNamed(source.operator).evaluate(
        source.inputs.map((one) => known(one, values)),
        source.attributes,
        tensor,
      );
    case 'part': {
      const { source: of } = source.of;
      const rule = of.kind === 'node' ? operatorNamed(of.operator).parts?.[source.index - 1] : undefined;
      if (of.kind !== 'node' || !rule) throw new Error(`no output ${source.index}`);
      return rule.evaluate(
        of.inputs.map((one) => known(one, values)),
        of.attributes,
        tensor,
      );
    }
  }
}

function known(tensor: Tensor, values: ReadonlyMap<Tensor, Values>): Values {
  const value = values.get(tensor);
  if (!value) throw new Error('graph is not in topological order');
  return value;
}

export const plainCompute: Compute = {
  compile: (graph): Promise<Executable> =>
    Promise.resolve({
      run: (feeds) => Promise.resolve(evaluateGraph(graph, feeds)),
      release: () => Promise.resolve(),
    }),
};
