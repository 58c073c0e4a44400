/** The engine's {@link Compute}: graphs become ONNX models and run in ONNX Runtime. */
import type { Compute, Results } from '../../core/graph/compute.ts';
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
import { Held, Mover, type Vector } from './held.ts';
import { sessionFrom } from './large-models.ts';
import { canHold, createSession, ort, type SessionOptions } from './runtime.ts';

/** Inputs by name: in memory, or on the device. */
export type HeldFeeds = Readonly<Record<string, TensorData | Held>>;
/** Outputs by name. */
export type HeldResults = Readonly<Record<string, FloatData | Held>>;

export interface HoldingExecutable {
  run(feeds: HeldFeeds): Promise<HeldResults>;
  release(): Promise<void>;
}

export interface EngineCompute extends Compute {
  /** As `compile`, but the named outputs stay on the device, where there is one. */
  compileHolding(graph: Graph, held: readonly string[]): Promise<HoldingExecutable>;
  /** Onto the device, where there is one. */
  place(values: Float32Array): Promise<Vector>;
  read(vector: Vector): Promise<Float32Array>;
  /** Frees what carrying took; graphs are freed by themselves. */
  release(): Promise<void>;
}

export const onnxCompute: EngineCompute = computeOn();

/**
 * On one thread. Products of matrices are cut differently on two, and their sums then differ in the last digits: what
 * must be the same on every machine runs here.
 */
export const steadyCompute: EngineCompute = computeOn({ threads: 1 });

/** @param mostInside bytes of constants that a model holds in itself */
export function computeOn(options: SessionOptions = {}, mostInside = MOST_INSIDE): EngineCompute {
  const mover = new Mover(options);
  return {
    compile: async (graph) => {
      const { run, release } = await compiled(graph, options, mostInside);
      return { run: async (feeds) => inMemory(await run(feeds)), release };
    },
    compileHolding: (graph, held) => compiled(graph, { ...options, held }, mostInside),
    place: (values) => (canHold(options.provider) ? mover.place(values) : Promise.resolve(values)),
    read: (vector) => (vector instanceof Held ? mover.read(vector) : Promise.resolve(vector)),
    release: () => mover.release(),
  };
}

async function compiled(
  graph: Graph,
  options: SessionOptions,
  mostInside: number,
): Promise<HoldingExecutable> {
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
      return Object.fromEntries(Object.keys(graph.outputs).map((name) => [name, fromOrt(results[name])]));
    },
    release: () => session.release(),
  };
}

function inMemory(results: HeldResults): Results {
  return Object.fromEntries(
    Object.entries(results).map(([name, values]) => {
      if (values instanceof Held) throw new Error(`the output ${name} was not asked to stay`);
      return [name, values];
    }),
  );
}

/** A vector in single precision that the graph was built to give. */
export function vectorOf(results: HeldResults, name: string): Vector {
  const values = results[name];
  if (values instanceof Held || values instanceof Float32Array) return values;
  throw new Error(`the graph has no float32 output ${name}`);
}

/** A single number, in memory. */
export function numberOf(results: HeldResults, name: string): number {
  const values = results[name];
  return values instanceof Float32Array ? (values[0] ?? Number.NaN) : Number.NaN;
}

function graphInputs(graph: Graph): ReadonlyMap<string, Tensor> {
  const inputs = new Map<string, Tensor>();
  for (const tensor of topologicalOrder(Object.values(graph.outputs))) {
    if (tensor.source.kind === 'input') inputs.set(tensor.source.name, tensor);
  }
  return inputs;
}

const toOrt = (tensor: Tensor, data: TensorData | Held): ort.Tensor =>
  data instanceof Held ? data.tensor : new ort.Tensor(tensor.type, data, [...tensor.shape]);

function fromOrt(tensor: ort.Tensor | undefined): FloatData | Held {
  if (tensor?.location === 'gpu-buffer') return new Held(tensor);
  return tensor?.data as FloatData;
}
