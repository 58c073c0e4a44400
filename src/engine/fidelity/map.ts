/** Real and synthetic documents as points of a plane: by their principal components, and by UMAP. */
import { UMAP } from 'umap-js';
import { drawRows } from '../../core/fidelity/distance/median.ts';
import { nearestOthers } from '../../core/fidelity/distance/neighbours.ts';
import { rowOf, selectRows, type Embeddings } from '../../core/fidelity/embeddings.ts';
import { principalPlane } from '../../core/fidelity/pca.ts';
import { Random } from '../../core/random.ts';
import type { FidelityMap, MapPoint } from '../../protocol/fidelity.ts';
import { onnxCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { placed, type ScoredDocument } from './documents.ts';

/** Points that can be told apart and pointed at. [ours] */
const MOST_POINTS = 2000;
/** McInnes et al. 2018 and their program: 15 neighbours, the document itself among them. */
const UMAP_NEIGHBOURS = 15;
/** Rounds between two chances for other work. */
const EPOCHS = 5;

export interface Mapped {
  readonly documents: readonly ScoredDocument[];
  readonly embeddings: Embeddings;
  /** Positions of the different texts. */
  readonly rows: readonly number[];
}

export async function fidelityMap(
  real: Mapped,
  synthetic: Mapped,
  seed: number,
  task: Task,
): Promise<FidelityMap> {
  task.progress('Drawing the map');
  const random = new Random(seed);
  const total = real.rows.length + synthetic.rows.length;
  const share = Math.min(1, MOST_POINTS / Math.max(1, total));
  const [ours, theirs] = [sampled(real, share, random), sampled(synthetic, share, random)];
  const all = stacked(selectRows(real.embeddings, ours), selectRows(synthetic.embeddings, theirs));
  const plane = await principalPlane(onnxCompute, all, () => task.checkpoint());
  const umap = await umapPoints(all, seed, task);
  const point = (kind: MapPoint['kind'], from: Mapped, row: number, at: number): MapPoint[] => {
    const document = from.documents[row];
    const pca = plane.points[at];
    const near = umap.points?.[at];
    if (!document || !pca) return [];
    return [
      { ...placed(document), kind, labels: document.labels ?? [], pca, ...(near ? { umap: near } : {}) },
    ];
  };
  return {
    points: [
      ...ours.flatMap((row, at) => point('real', real, row, at)),
      ...theirs.flatMap((row, at) => point('synthetic', synthetic, row, ours.length + at)),
    ],
    documents: total,
    explained: plane.explained,
    umapNote: umap.note,
  };
}

function sampled({ rows }: Mapped, share: number, random: Random): readonly number[] {
  if (share === 1) return rows;
  const count = Math.max(1, Math.round(share * rows.length));
  return Array.from(drawRows(rows.length, Math.min(count, rows.length), random), (at) => rows[at] ?? 0);
}

function stacked(a: Embeddings, b: Embeddings): Embeddings {
  const data = new Float32Array(a.data.length + b.data.length);
  data.set(a.data);
  data.set(b.data, a.data.length);
  return { data, rows: a.rows + b.rows, dimension: a.dimension };
}

interface UmapPoints {
  readonly points?: readonly (readonly [number, number])[];
  readonly note: string;
}

async function umapPoints(all: Embeddings, seed: number, task: Task): Promise<UmapPoints> {
  if (all.rows <= UMAP_NEIGHBOURS) {
    return { note: `There is no UMAP: it needs more than ${UMAP_NEIGHBOURS} documents.` };
  }
  const others = await nearestOthers(onnxCompute, all, UMAP_NEIGHBOURS - 1, () => task.checkpoint());
  const row = <T extends Int32Array | Float64Array>(values: T, at: number): number[] =>
    Array.from(values.subarray(at * others.k, (at + 1) * others.k));
  const random = new Random(seed);
  const umap = new UMAP({ nNeighbors: UMAP_NEIGHBOURS, nComponents: 2, random: () => random.uniform() });
  const rows = Array.from({ length: all.rows }, (_, at) => at);
  umap.setPrecomputedKNN(
    rows.map((at) => [at, ...row(others.positions, at)]),
    rows.map((at) => [0, ...row(others.squared, at).map(Math.sqrt)]),
  );
  await task.checkpoint();
  const epochs = umap.initializeFit(rows.map((at) => Array.from(rowOf(all, at))));
  for (let epoch = 0; epoch < epochs; epoch++) {
    if (epoch % EPOCHS === 0) {
      task.progress('Drawing the map', epoch, epochs);
      await task.checkpoint();
    }
    umap.step();
  }
  const points = umap.getEmbedding().map(([x = 0, y = 0]) => [x, y] as const);
  return {
    points,
    note: `UMAP of the exact ${UMAP_NEIGHBOURS} nearest neighbours by cosine, ${epochs} rounds, seed ${seed}. Distances between far groups of points mean nothing.`,
  };
}
