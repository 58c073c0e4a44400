/** Products of embeddings with themselves and each other, in double precision. */
import { cast, gemm, subtract } from '../../graph/build.ts';
import { doubles, type Compute } from '../../graph/compute.ts';
import { input } from '../../graph/tensor.ts';
import { slice, type Embeddings } from '../embeddings.ts';
import type { Matrix } from '../linear/reflect.ts';
import type { Pause } from '../pace.ts';
import { ranges, withGraphs } from './graphs.ts';

const ROWS = 1024;

/** (X − c)ᵀ (X − c), `[dimension, dimension]`. */
export function crossProduct(
  compute: Compute,
  of: Embeddings,
  centre: Float64Array,
  pause: Pause,
): Promise<Matrix> {
  const { dimension } = of;
  return withGraphs(compute, async (graphs) => {
    const total = new Float64Array(dimension * dimension);
    for (const [from, to] of ranges(of.rows, ROWS)) {
      const graph = await graphs.get([to - from], () => {
        const c = input('centre', [1, dimension], 'float64');
        const x = subtract(cast(input('x', [to - from, dimension]), 'float64'), c);
        return {
          name: `cross-product ${to - from} of ${dimension}`,
          outputs: { product: gemm(x, x, { transA: true }) },
        };
      });
      const part = doubles(await graph.run({ x: slice(of, from, to).data, centre }), 'product');
      for (let at = 0; at < part.length; at++) total[at] = (total[at] ?? 0) + (part[at] ?? 0);
      await pause();
    }
    return { data: total, rows: dimension, columns: dimension };
  });
}

/** A · Bᵀ of two matrices in double precision, `[rows of a, rows of b]`; for sizes whose product fits in memory. */
export async function productWith(compute: Compute, a: Matrix, b: Matrix): Promise<Matrix> {
  const product = gemm(
    input('a', [a.rows, a.columns], 'float64'),
    input('b', [b.rows, b.columns], 'float64'),
    { transB: true },
  );
  const graph = await compute.compile({
    name: `product ${a.rows}x${b.rows} of ${a.columns}`,
    outputs: { product },
  });
  try {
    const data = doubles(await graph.run({ a: a.data, b: b.data }), 'product');
    return { data, rows: a.rows, columns: b.rows };
  } finally {
    await graph.release();
  }
}

/** The rows less a centre, in double precision. */
export function centred(of: Embeddings, centre: Float64Array, scale = 1): Matrix {
  const data = new Float64Array(of.data.length);
  for (let at = 0; at < data.length; at++) {
    data[at] = ((of.data[at] ?? 0) - (centre[at % of.dimension] ?? 0)) * scale;
  }
  return { data, rows: of.rows, columns: of.dimension };
}
