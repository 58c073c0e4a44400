/**
 * A {@link Compute} that compiles a graph once: graphs that have one name are taken to be one graph, so that a name must
 * tell everything that a graph depends on. Compiling takes longer than running a small graph does.
 */
import type { Compute, Executable } from './compute.ts';

/** Executables that are kept; the longest unused goes first. [ours] */
const MOST_KEPT = 64;

/** Runs `work`, and frees all that was compiled in it at its end. */
export async function reusing<T>(compute: Compute, work: (compute: Compute) => Promise<T>): Promise<T> {
  const kept = new Map<string, Promise<Executable>>();
  const free = async (compiled: Promise<Executable>): Promise<void> => {
    const executable = await compiled.catch(() => undefined);
    await executable?.release();
  };
  const compile: Compute['compile'] = async (graph) => {
    const known = kept.get(graph.name) ?? compute.compile(graph);
    kept.delete(graph.name);
    kept.set(graph.name, known);
    const executable = await known;
    for (const [oldest, compiled] of kept) {
      if (kept.size <= MOST_KEPT) break;
      kept.delete(oldest);
      await free(compiled);
    }
    return { run: (feeds) => executable.run(feeds), release: () => Promise.resolve() };
  };
  try {
    return await work({ compile });
  } finally {
    for (const compiled of kept.values()) await free(compiled);
  }
}
