/** The one place that loads ONNX Runtime. Sessions are made with explicit threads so that results do not depend on luck. */
import { availableParallelism } from 'node:os';
import * as ort from 'onnxruntime-node';
import type { Provider } from '../../protocol/numerics.ts';

export { ort };

/** Threads of one session: the machine's, at most 4, because short sequences do not scale further. [ours] */
export const THREADS = Math.max(1, Math.min(4, availableParallelism()));

/**
 * Threads that wait for each other spin for 50 µs, long enough from one operator to the next, and then sleep. The engine
 * runs beside an editor: on two cores with other work on them, spinning on (the default) made a text take twice as long,
 * at twice the processor time; not spinning at all costs a quarter of the speed when the machine is quiet.
 */
export const WAITING = { session: { intra_op: { spin_duration_us: '50' } } };

/**
 * `pooled`: what one run needed is kept for the next; `sparing`: it is given back, which takes a training a quarter to
 * half as long again. [measured]
 */
export type MemoryUse = 'pooled' | 'sparing';

export interface SessionOptions {
  readonly threads?: number;
  /** Operators that it does not have run on the CPU. Default: the CPU. */
  readonly provider?: Provider;
  /**
   * For graphs that need much for a moment; where nothing is said, the runtime lays out all of it beforehand, in one piece
   * beside what the first run took.
   */
  readonly memory?: MemoryUse;
  /** Outputs that stay on the provider's device, where it has memory of its own that can be kept. */
  readonly held?: readonly string[];
}

/** CUDA, DirectML and Core ML have no outputs that stay, in this binding. [measured] */
export const canHold = (provider: Provider = 'cpu'): boolean => provider === 'webgpu';

export function createSession(
  model: Uint8Array | string,
  { threads = THREADS, provider = 'cpu', memory, held = [] }: SessionOptions = {},
): Promise<ort.InferenceSession> {
  const options: ort.InferenceSession.SessionOptions = {
    executionProviders: [provider],
    intraOpNumThreads: threads,
    interOpNumThreads: 1,
    graphOptimizationLevel: 'all',
    logSeverityLevel: 3,
    extra: WAITING,
    ...(memory ? { enableMemPattern: false, enableCpuMemArena: memory === 'pooled' } : {}),
    ...(held.length > 0 && canHold(provider)
      ? { preferredOutputLocation: Object.fromEntries(held.map((name) => [name, 'gpu-buffer'])) }
      : {}),
  };
  return typeof model === 'string'
    ? ort.InferenceSession.create(model, options)
    : ort.InferenceSession.create(model, options);
}

export const runtimeVersion = (): string => ort.env.versions.node ?? ort.env.versions.common;
