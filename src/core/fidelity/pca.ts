/** The two directions in which documents differ most: the axes of a map (principal components). */
import type { Compute } from '../graph/compute.ts';
import { Random } from '../random.ts';
import { crossProduct } from './distance/products.ts';
import { meanRow, type Embeddings } from './embeddings.ts';
import { noPause, type Pause } from './pace.ts';

/** Orthogonal iteration stops when neither axis turns by more than this, or after so many rounds. */
const SETTLED = 1e-9;
const MOST_ROUNDS = 500;

export interface Projection {
  /** One pair a row. */
  readonly points: readonly (readonly [number, number])[];
  /** Share of the variance along each axis. */
  readonly explained: readonly [number, number];
}

export async function principalPlane(
  compute: Compute,
  of: Embeddings,
  pause: Pause = noPause,
): Promise<Projection> {
  const { rows, dimension: d } = of;
  if (rows === 0) return { points: [], explained: [0, 0] };
  const mean = meanRow(of);
  const { data } = await crossProduct(compute, of, mean, pause);
  const total = mean.reduce((sum, _, k) => sum + (data[k * d + k] ?? 0), 0);
  const axes = await leadingPair(data, d, pause);
  const share = ({ value }: Axis): number => (total > 0 ? Math.max(0, value) / total : 0);
  const along = (row: number, { vector }: Axis): number => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += ((of.data[row * d + k] ?? 0) - (mean[k] ?? 0)) * (vector[k] ?? 0);
    return sum;
  };
  const [first, second] = axes;
  return {
    points: Array.from({ length: rows }, (_, row) => [along(row, first), along(row, second)] as const),
    explained: [share(first), share(second)],
  };
}

interface Axis {
  readonly vector: Float64Array;
  readonly value: number;
}

async function leadingPair(matrix: Float64Array, d: number, pause: Pause): Promise<readonly [Axis, Axis]> {
  const random = new Random(0);
  const start = (): Float64Array => Float64Array.from({ length: d }, () => random.uniform() - 0.5);
  let first = unit(start());
  let second = unit(less(start(), first));
  let [a, b] = [0, 0];
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (round % 16 === 0) await pause();
    const [x, y] = [product(matrix, first), product(matrix, second)];
    [a, b] = [inner(x, first), inner(y, second)];
    const next = unit(x);
    const other = unit(less(y, next));
    const turned = 1 - Math.min(Math.abs(inner(next, first)), Math.abs(inner(other, second)));
    [first, second] = [next, other];
    if (turned < SETTLED) break;
  }
  return [
    { vector: upright(first), value: a },
    { vector: upright(second), value: b },
  ];
}

function product(matrix: Float64Array, vector: Float64Array): Float64Array {
  const d = vector.length;
  return vector.map((_, row) => {
    let sum = 0;
    for (let k = 0; k < d; k++) sum += (matrix[row * d + k] ?? 0) * (vector[k] ?? 0);
    return sum;
  });
}

const inner = (a: Float64Array, b: Float64Array): number =>
  a.reduce((sum, value, k) => sum + value * (b[k] ?? 0), 0);

const less = (a: Float64Array, b: Float64Array): Float64Array => {
  const along = inner(a, b);
  return a.map((value, k) => value - along * (b[k] ?? 0));
};

/** Of length 1; what is 0 (all documents in one point, or on one line) stays 0. */
function unit(vector: Float64Array): Float64Array {
  const length = Math.sqrt(inner(vector, vector));
  return length > 0 ? vector.map((value) => value / length) : vector;
}

/** An axis has no direction of its own: its largest entry is made positive, so that a map is not mirrored at random. */
function upright(vector: Float64Array): Float64Array {
  let largest = 0;
  for (const value of vector) if (Math.abs(value) > Math.abs(largest)) largest = value;
  return largest < 0 ? vector.map((value) => -value) : vector;
}
