/** A {@link Compute} that notes what passes through it and what it still holds. */
import type { Compute, Feeds, Results } from '../../graph/compute.ts';

export interface RecordedRun {
  readonly graph: string;
  /** Copies, because callers reuse their arrays. */
  readonly feeds: Feeds;
  readonly results: Results;
}

export class SpyCompute implements Compute {
  readonly runs: RecordedRun[] = [];
  compiled = 0;
  /** Executables that were compiled and not released. */
  held = 0;
  readonly #inner: Compute;

  constructor(inner: Compute) {
    this.#inner = inner;
  }

  readonly compile: Compute['compile'] = async (graph) => {
    const executable = await this.#inner.compile(graph);
    this.compiled++;
    this.held++;
    let released = false;
    return {
      run: async (feeds) => {
        if (released) throw new Error('run after release');
        const copies = Object.entries(feeds).map(([name, data]) => [name, data.slice()] as const);
        const results = await executable.run(feeds);
        this.runs.push({ graph: graph.name, feeds: Object.fromEntries(copies), results });
        return results;
      },
      release: async () => {
        if (released) throw new Error('released twice');
        released = true;
        this.held--;
        await executable.release();
      },
    };
  };
}
