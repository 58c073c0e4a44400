/** The port through which `core` runs graphs. The engine's is ONNX Runtime; tests have a slow plain one as oracle. */
import type { Graph, TensorData } from './tensor.ts';

export type Feeds = Readonly<Record<string, TensorData>>;

/** A graph made ready to run many times. */
export interface Executable {
  /** Inputs by name, row-major in their declared shapes; results by output name. */
  run(feeds: Feeds): Promise<Readonly<Record<string, Float32Array>>>;
  /** Frees what the backend holds. */
  release(): Promise<void>;
}

export interface Compute {
  compile(graph: Graph): Promise<Executable>;
}

/** An output that the graph was built with. */
export function result(results: Readonly<Record<string, Float32Array>>, name: string): Float32Array {
  const values = results[name];
  if (!values) throw new Error(`the graph has no output ${name}`);
  return values;
}
