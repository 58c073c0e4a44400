/** The engine's {@link Compute}: graphs become ONNX models and run in ONNX Runtime. */
import type { Compute, Executable } from '../../core/graph/compute.ts';
import { MOST_INSIDE } from '../../core/graph/import/patch.ts';
import { memoryNeed } from '../../core/graph/memory.ts';
import { serialiseGraph } from '../../core/graph/serialise.ts';
import {
  topologicalOrder,
  type FloatData,
  type Graph,
  type Tensor,
  type TensorData,
} from '../../core/graph/tensor.ts';
import { sessionFrom } from './large-models.ts';
import { createSession, ort, type SessionOptions } from './runtime.ts';

export const onnxCompute: Compute = computeOn();

/**
 * On one thread. Products of matrices are cut differently on two, and their sums then differ in the last digits: what
 * must be the same on every machine runs here.
 */
export const steadyCompute: Compute = computeOn({ threads: 1 });

/** @param mostInside bytes of constants that a model holds in itself */
export function computeOn(options: SessionOptions = {}, mostInside = MOST_INSIDE): Compute {
  return { compile: (graph) => compiled(graph, options, mostInside) };
}

async function compiled(graph: Graph, options: SessionOptions, mostInside: number): Promise<Executable> {
  const isLarge = memoryNeed(graph).constants > mostInside;
  const session = isLarge
    ? await sessionFrom((store) => serialiseGraph(graph, store), options)
    : await createSession(serialiseGraph(graph), options);
  const inputs = graphInputs(graph);
  return {
    async run(feeds) {
      const tensors: Record<string, ort.Tensor> = {};
      for (const [name, tensor] of inputs) {
        const data = feeds[name];
        if (!data) throw new Error(`input ${name} was not given`);
        tensors[name] = toOrt(tensor, data);
      }
      const results = await session.run(tensors);
      return Object.fromEntries(
        Object.keys(graph.outputs).map((name) => [name, results[name]?.data as FloatData]),
      );
    },
    release: () => session.release(),
  };
}

function graphInputs(graph: Graph): ReadonlyMap<string, Tensor> {
  const inputs = new Map<string, Tensor>();
  for (const tensor of topologicalOrder(Object.values(graph.outputs))) {
    if (tensor.source.kind === 'input') inputs.set(tensor.source.name, tensor);
  }
  return inputs;
}

function toOrt(tensor: Tensor, data: TensorData): ort.Tensor {
  return new ort.Tensor(tensor.type, data, [...tensor.shape]);
}
