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
    case 'node': {
      const inputs = source.inputs.map((one) => {
        const value = values.get(one);
        if (!value) throw new Error('graph is not in topological order');
        return value;
      });
      return operatorNamed(source.operator).evaluate(inputs, source.attributes, tensor);
    }
  }
}

export const plainCompute: Compute = {
  compile: (graph): Promise<Executable> =>
    Promise.resolve({
      run: (feeds) => Promise.resolve(evaluateGraph(graph, feeds)),
      release: () => Promise.resolve(),
    }),
};
