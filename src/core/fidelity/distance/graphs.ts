/**
 * Graphs over blocks of rows. Shapes are part of a graph, and the last block is shorter than the others, so that a few
 * graphs are compiled for one computation and kept until its end.
 */
import type { Compute, Executable } from '../../graph/compute.ts';
import type { Graph } from '../../graph/tensor.ts';

export class GraphSet {
  readonly #compute: Compute;
  readonly #known = new Map<string, Promise<Executable>>();

  constructor(compute: Compute) {
    this.#compute = compute;
  }

  /** The graph of these sizes, built and compiled where it is not known yet. */
  get(sizes: readonly number[], build: () => Graph): Promise<Executable> {
    const key = sizes.join('x');
    const known = this.#known.get(key);
    if (known) return known;
    const compiled = this.#compute.compile(build());
    this.#known.set(key, compiled);
    return compiled;
  }

  async release(): Promise<void> {
    for (const compiled of this.#known.values()) {
      const executable = await compiled.catch(() => undefined);
      await executable?.release();
    }
    this.#known.clear();
  }
}

/** Runs `work` with a set of graphs and frees them whatever comes. */
export async function withGraphs<T>(compute: Compute, work: (graphs: GraphSet) => Promise<T>): Promise<T> {
  const graphs = new GraphSet(compute);
  try {
    return await work(graphs);
  } finally {
    await graphs.release();
  }
}

/** `[from, to)` ranges of at most `size`, as equal as they can be. */
export function ranges(count: number, size: number): readonly (readonly [number, number])[] {
  const blocks = Math.ceil(count / size);
  return Array.from({ length: blocks }, (_, block) => [
    Math.floor((block * count) / blocks),
    Math.floor(((block + 1) * count) / blocks),
  ]);
}
