/** How much memory the intermediate results of a graph need at once, when each is freed after its last use. */
import {
  dependencies,
  elementCount,
  topologicalOrder,
  type DataType,
  type Graph,
  type Tensor,
} from './tensor.ts';

const BYTES: Readonly<Record<DataType, number>> = { float32: 4, float64: 8, int64: 8, bool: 1 };

export const bytesOf = ({ type, shape }: Tensor): number => BYTES[type] * elementCount(shape);

export interface MemoryNeed {
  /** Constants: the weights. */
  readonly constants: number;
  /** The most that inputs, intermediate results and outputs take together. */
  readonly peak: number;
}

/** Walks the graph in the order it is serialised in. A runtime that shares buffers needs less, one that packs weights more. */
export function memoryNeed(graph: Graph): MemoryNeed {
  const outputs = Object.values(graph.outputs);
  const order = topologicalOrder(outputs);
  const lastUse = new Map<Tensor, number>();
  order.forEach((tensor, position) => {
    for (const one of dependencies(tensor)) lastUse.set(one, position);
  });
  for (const output of outputs) lastUse.set(output, order.length);
  let constants = 0;
  let held = 0;
  let peak = 0;
  order.forEach((tensor, position) => {
    if (tensor.source.kind === 'constant') {
      constants += bytesOf(tensor);
      return;
    }
    held += bytesOf(tensor);
    peak = Math.max(peak, held);
    for (const one of new Set(dependencies(tensor))) {
      if (one.source.kind !== 'constant' && lastUse.get(one) === position) held -= bytesOf(one);
    }
  });
  return { constants, peak };
}
