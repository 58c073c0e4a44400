/**
 * How much memory a training takes, told before it begins. ONNX Runtime keeps what a graph once needed for its next run,
 * for every graph by itself; where that is too much for the machine, it gives everything back after each run, which takes
 * longer.
 */
import { PatentLabError } from '../../core/errors.ts';
import { memoryNeed as graphNeed } from '../../core/graph/memory.ts';
import type { Graph } from '../../core/graph/tensor.ts';
import type { MemoryUse } from '../onnx/runtime.ts';
import { freeMemory } from './free-memory.ts';

/** Bytes by how memory is used. */
export type MemoryNeed = Readonly<Record<MemoryUse, number>>;

/** ONNX Runtime packs weights for its products besides keeping them. [measured] */
const WEIGHT_COPIES = 2;
/** What is kept for the next run grows in doubling steps; what was given back is not at once the system's. [measured] */
const POOLED_GROWTH = 1.5;
const SPARING_GROWTH = 1.7;
/** Of the trained numbers: the state, the next one, the best parameters, and what is being read or written. [measured] */
const STATE_VECTORS = 8;
const BYTES = 4;

/**
 * @param graphs that stay loaded together
 * @param trained numbers
 * @param weights bytes of the published ones
 */
export function trainingNeed(graphs: readonly Graph[], trained: number, weights: number): MemoryNeed {
  const needs = graphs.map(graphNeed);
  const kept = needs.reduce((sum, need) => sum + WEIGHT_COPIES * need.constants, 0);
  // A graph is handed over as one piece, with its weights in it, while the ones before it are loaded.
  const constants = kept + Math.max(0, ...needs.map((need) => need.constants));
  const always = constants + weights + STATE_VECTORS * BYTES * trained;
  return {
    pooled: always + POOLED_GROWTH * needs.reduce((sum, { peak }) => sum + peak, 0),
    sparing: always + SPARING_GROWTH * Math.max(0, ...needs.map(({ peak }) => peak)),
  };
}

export interface MemoryPlan {
  readonly use: MemoryUse;
  /** Bytes. */
  readonly needed: number;
  readonly free: number;
}

/** What fits; the one that takes least where nothing does. */
export function memoryPlan({ pooled, sparing }: MemoryNeed, free = freeMemory()): MemoryPlan {
  return pooled <= free ? { use: 'pooled', needed: pooled, free } : { use: 'sparing', needed: sparing, free };
}

const REMEDY =
  'Choose smaller batches (training.batch in patent-lab.json, or --batch), a shorter view, or the method lora.';

/** @throws `memory-insufficient` before anything is computed */
export function requireMemory({ use, needed, free }: MemoryPlan, remedy = REMEDY): MemoryUse {
  if (needed <= free) return use;
  throw new PatentLabError({
    code: 'memory-insufficient',
    message: `This training needs about ${memorySize(needed)} of memory; ${memorySize(free)} are free.`,
    remedy,
  });
}

/** Of several that train at once, how many fit, at most `wanted`; one at least. */
export function threadsThatFit(
  { pooled, sparing }: MemoryNeed,
  wanted: number,
  free = freeMemory(),
): { readonly threads: number; readonly use: MemoryUse } {
  for (let threads = wanted; threads > 1; threads--) {
    if (threads * pooled <= free) return { threads, use: 'pooled' };
    if (threads * sparing <= free) return { threads, use: 'sparing' };
  }
  return { threads: 1, use: memoryPlan({ pooled, sparing }, free).use };
}

/** `1.4 GB`, `820 MB`. */
export function memorySize(bytes: number): string {
  const megabytes = bytes / 2 ** 20;
  return megabytes < 1000 ? `${Math.ceil(megabytes)} MB` : `${(megabytes / 1024).toFixed(1)} GB`;
}
