/**
 * Exact nearest neighbours of embeddings. Each block of rows is compared with all others inside a graph, which gives
 * back the positions of the nearest only; their distances are then computed in double precision.
 */
import { cast, gemm, greatest, multiply, subtract } from '../../graph/build.ts';
import { result, type Compute } from '../../graph/compute.ts';
import { input, scalar } from '../../graph/tensor.ts';
import { slice, squaredDistance, squaredNorms, type Embeddings } from '../embeddings.ts';
import { noPause, type Pause } from '../pace.ts';
import { ranges, withGraphs } from './graphs.ts';

/** Similarities that one block holds: 64 MB. [ours] */
const BLOCK_NUMBERS = 1 << 24;

export interface Neighbours {
  readonly k: number;
  /** `[rows, k]`, nearest first. */
  readonly positions: Int32Array;
  /** Euclidean, squared. */
  readonly squared: Float64Array;
}

/** The `k` nearest of `pool` for each row of `queries`; `k` is at most the number of rows of the pool. */
export async function nearest(
  compute: Compute,
  queries: Embeddings,
  pool: Embeddings,
  k: number,
  pause: Pause = noPause,
): Promise<Neighbours> {
  const norms = Float32Array.from(squaredNorms(pool));
  const positions = new Int32Array(queries.rows * k);
  const rows = Math.max(1, Math.min(1024, Math.floor(BLOCK_NUMBERS / Math.max(1, pool.rows))));
  await withGraphs(compute, async (graphs) => {
    for (const [from, to] of ranges(queries.rows, rows)) {
      await pause();
      const graph = await graphs.get([to - from], () => {
        const product = gemm(
          input('x', [to - from, queries.dimension]),
          input('y', [pool.rows, pool.dimension]),
          {
            transB: true,
          },
        );
        // The order of 2x·y − |y|² is that of −|x − y|².
        const closeness = subtract(multiply(product, scalar(2)), input('norms', [1, pool.rows]));
        const name = `nearest ${k} of ${pool.rows} to ${to - from}, of ${pool.dimension}`;
        return { name, outputs: { positions: cast(greatest(closeness, k), 'float32') } };
      });
      const results = await graph.run({ x: slice(queries, from, to).data, y: pool.data, norms });
      positions.set(Int32Array.from(result(results, 'positions')), from * k);
    }
  });
  return withDistances(queries, pool, positions, k);
}

/** The `k` nearest other rows of the same set; `k` is less than the number of rows. */
export async function nearestOthers(
  compute: Compute,
  of: Embeddings,
  k: number,
  pause: Pause = noPause,
): Promise<Neighbours> {
  const found = await nearest(compute, of, of, k + 1, pause);
  const positions = new Int32Array(of.rows * k);
  for (let row = 0; row < of.rows; row++) {
    const those = found.positions.subarray(row * (k + 1), (row + 1) * (k + 1));
    // Among copies the row itself may be missing from its nearest; then the last one is one too many.
    positions.set(those.filter((position) => position !== row).subarray(0, k), row * k);
  }
  return withDistances(of, of, positions, k);
}

function withDistances(queries: Embeddings, pool: Embeddings, positions: Int32Array, k: number): Neighbours {
  const squared = new Float64Array(positions.length);
  for (let at = 0; at < positions.length; at++) {
    squared[at] = squaredDistance(queries, Math.floor(at / k), pool, positions[at] ?? 0);
  }
  return { k, positions, squared };
}

/** The squared distance of each row to its k-th nearest. */
export const radii = ({ squared, k }: Neighbours): Float64Array =>
  Float64Array.from({ length: squared.length / k }, (_, row) => {
    let largest = 0;
    for (let at = row * k; at < (row + 1) * k; at++) largest = Math.max(largest, squared[at] ?? 0);
    return largest;
  });
