/** The port through which `core` runs graphs. The engine's is ONNX Runtime; tests have a slow plain one as oracle. */
import type { FloatData, Graph, TensorData } from './tensor.ts';

export type Feeds = Readonly<Record<string, TensorData>>;

/** Results by output name, in the type of the output. */
export type Results = Readonly<Record<string, FloatData>>;

/** A graph made ready to run many times. */
export interface Executable {
  /** Inputs by name, row-major in their declared shapes; results by output name. */
  run(feeds: Feeds): Promise<Results>;
  /** Frees what the backend holds. */
  release(): Promise<void>;
}

export interface Compute {
  compile(graph: Graph): Promise<Executable>;
}

/** An output in single precision that the graph was built with. */
export function result(results: Results, name: string): Float32Array {
  const values = results[name];
  if (!(values instanceof Float32Array)) throw new Error(`the graph has no float32 output ${name}`);
  return values;
}

/** An output in double precision that the graph was built with. */
export function doubles(results: Results, name: string): Float64Array {
  const values = results[name];
  if (!(values instanceof Float64Array)) throw new Error(`the graph has no float64 output ${name}`);
  return values;
}
