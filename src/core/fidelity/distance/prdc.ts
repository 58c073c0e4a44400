/**
 * Precision and recall of Kynkäänniemi et al. 2019, density and coverage of Naeem et al. 2020 (METHODS 3). The ball of
 * a document reaches to its k-th nearest neighbour of its own set, border included.
 */
import {
  add,
  cast,
  gemm,
  lessOrEqual,
  greatestAlong,
  leastAlong,
  multiply,
  subtract,
  sum,
} from '../../graph/build.ts';
import { result, type Compute } from '../../graph/compute.ts';
import { input, scalar, type Graph } from '../../graph/tensor.ts';
import { slice, squaredNorms, type Embeddings } from '../embeddings.ts';
import { NEIGHBOURS } from '../limits.ts';
import { noPause, type Pause } from '../pace.ts';
import type { PrdcFigures } from '../scores.ts';
import { ranges, withGraphs } from './graphs.ts';
import { nearestOthers, radii } from './neighbours.ts';

const ROWS = 1024;
const COLUMNS = 2048;

export interface PrdcOptions {
  readonly k?: number;
  readonly pause?: Pause;
}

/** Of more than `k` documents on each side. */
export async function prdc(
  compute: Compute,
  real: Embeddings,
  synthetic: Embeddings,
  { k = NEIGHBOURS, pause = noPause }: PrdcOptions = {},
): Promise<PrdcFigures> {
  const realRadii = radii(await nearestOthers(compute, real, k, pause));
  const syntheticRadii = radii(await nearestOthers(compute, synthetic, k, pause));
  const met = await meetings(compute, real, synthetic, realRadii, syntheticRadii, pause);
  const [n, m] = [real.rows, synthetic.rows];
  const count = (values: ArrayLike<number>, counts: (value: number, at: number) => boolean): number =>
    Array.from(values).filter(counts).length;
  return {
    precision: count(met.balls, (balls) => balls > 0) / m,
    recall: count(met.inside, (inside) => inside > 0) / n,
    density: met.balls.reduce((total, balls) => total + balls, 0) / (k * m),
    coverage: count(met.nearest, (distance, row) => distance <= (realRadii[row] ?? 0)) / n,
  };
}

interface Meetings {
  /** For each synthetic document, how many balls of real ones it lies in. */
  readonly balls: Float64Array;
  /** For each real document, whether it lies in the ball of a synthetic one. */
  readonly inside: Uint8Array;
  /** For each real document, the squared distance to the nearest synthetic one. */
  readonly nearest: Float64Array;
}

async function meetings(
  compute: Compute,
  real: Embeddings,
  synthetic: Embeddings,
  realRadii: Float64Array,
  syntheticRadii: Float64Array,
  pause: Pause,
): Promise<Meetings> {
  const balls = new Float64Array(synthetic.rows);
  const inside = new Uint8Array(real.rows);
  const nearest = new Float64Array(real.rows).fill(Infinity);
  const [nx, ny] = [squaredNorms(real), squaredNorms(synthetic)].map((norms) => Float32Array.from(norms));
  const [rx, ry] = [Float32Array.from(realRadii), Float32Array.from(syntheticRadii)];
  if (!nx || !ny) return { balls, inside, nearest };
  await withGraphs(compute, async (graphs) => {
    for (const [from, to] of ranges(real.rows, ROWS)) {
      for (const [other, end] of ranges(synthetic.rows, COLUMNS)) {
        await pause();
        const graph = await graphs.get([to - from, end - other], () =>
          meetingGraph(to - from, end - other, real.dimension),
        );
        const results = await graph.run({
          x: slice(real, from, to).data,
          y: slice(synthetic, other, end).data,
          nx: nx.subarray(from, to),
          ny: ny.subarray(other, end),
          rx: rx.subarray(from, to),
          ry: ry.subarray(other, end),
        });
        result(results, 'balls').forEach((count, at) => {
          balls[other + at] = (balls[other + at] ?? 0) + count;
        });
        result(results, 'inside').forEach((hit, at) => {
          if (hit > 0) inside[from + at] = 1;
        });
        result(results, 'nearest').forEach((distance, at) => {
          nearest[from + at] = Math.min(nearest[from + at] ?? Infinity, distance);
        });
      }
    }
  });
  return { balls, inside, nearest };
}

function meetingGraph(rows: number, columns: number, dimension: number): Graph {
  const product = gemm(input('x', [rows, dimension]), input('y', [columns, dimension]), { transB: true });
  const squared = subtract(
    add(input('nx', [rows, 1]), input('ny', [1, columns])),
    multiply(product, scalar(2)),
  );
  const inReal = cast(lessOrEqual(squared, input('rx', [rows, 1])), 'float32');
  const inSynthetic = cast(lessOrEqual(squared, input('ry', [1, columns])), 'float32');
  return {
    name: `prdc ${rows}x${columns} of ${dimension}`,
    outputs: {
      balls: sum(inReal, [0]),
      inside: greatestAlong(inSynthetic, [1]),
      nearest: leastAlong(squared, [1]),
    },
  };
}
