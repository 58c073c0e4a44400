/**
 * What is found out once about each document, before any part of them is scored: copies, the nearest real document, the
 * words it shares with real ones (METHODS 3).
 */
import type { Compute } from '../graph/compute.ts';
import { CopyIndex, type CopiedRun } from '../text/copying.ts';
import { nearest, nearestOthers, type Neighbours } from './distance/neighbours.ts';
import { selectRows, type Embeddings } from './embeddings.ts';
import { noPause, pacedBy, type Pause } from './pace.ts';
import type { ClaimOf } from './text/claim-form.ts';
import { RunTable } from './text/overlap.ts';
import { EMPTY, firstOf, uniqueOf } from './unique.ts';

export interface FidelityText {
  readonly id: string;
  /** What is compared: the view that is encoded. */
  readonly text: string;
  readonly claims: readonly ClaimOf[];
  /** Ids of the real documents it was made from. */
  readonly parents: readonly string[];
}

export interface FidelitySet {
  readonly documents: readonly FidelityText[];
  /** One row a document. */
  readonly embeddings: Embeddings;
}

/** Shortest run of words that is looked for: shorter ones are the language's, not a document's. [ours] */
export const SHORTEST_RUN = 12;

/** Texts between two pauses, in characters: a twentieth of a second. */
const PACE = 500_000;

export interface SyntheticFacts {
  /** The nearest real document and the cosine distance to it; undefined where there is none or no text. */
  readonly nearest?: { readonly position: number; readonly distance: number };
  /** The longest run of words it shares with a real document, of at least {@link SHORTEST_RUN}. */
  readonly run?: CopiedRun;
  /** Share of its 8-word runs that stand in any real document. */
  readonly overlap: number;
  /** The same in the documents it was made from, where they are among the real ones. */
  readonly parentOverlap?: number;
  /** The first real document with the same words. */
  readonly sameAs?: number;
}

export interface RealFacts {
  /** Cosine distance to the nearest other real document; undefined where there is none. */
  readonly nearest?: number;
  /** Share of its 8-word runs that stand in another real document. */
  readonly overlap: number;
}

export interface Facts {
  /** For each document the first with the same text; see {@link firstOf}. */
  readonly realFirst: Int32Array;
  readonly syntheticFirst: Int32Array;
  readonly real: readonly RealFacts[];
  readonly synthetic: readonly SyntheticFacts[];
}

export async function factsOf(
  compute: Compute,
  real: FidelitySet,
  synthetic: FidelitySet,
  pause: Pause = noPause,
): Promise<Facts> {
  const realTexts = real.documents.map(({ text }) => text);
  // One numbering, real documents first, tells which synthetic texts are those of real ones.
  const together = await firstOf([...realTexts, ...synthetic.documents.map(({ text }) => text)], pause);
  const count = realTexts.length;
  const realFirst = together.slice(0, count);
  const syntheticFirst = await firstOf(
    synthetic.documents.map(({ text }) => text),
    pause,
  );
  const pool = uniqueOf(
    realTexts.map((_, row) => row),
    realFirst,
  );
  const distances = await nearestReal(compute, real, synthetic, pool, syntheticFirst, pause);
  const words = await sharedWords(real, synthetic, pool, syntheticFirst, pause);
  return {
    realFirst,
    syntheticFirst,
    real: real.documents.map((_, row) => {
      const distance = distances.real.get(realFirst[row] ?? EMPTY);
      return {
        overlap: words.real.get(realFirst[row] ?? EMPTY) ?? 0,
        ...(distance === undefined ? {} : { nearest: distance }),
      };
    }),
    synthetic: synthetic.documents.map((_, row) => {
      const first = syntheticFirst[row] ?? EMPTY;
      const near = distances.synthetic.get(first);
      const same = together[count + row] ?? EMPTY;
      return {
        ...(words.synthetic[row] ?? { overlap: 0 }),
        ...(near === undefined ? {} : { nearest: near }),
        ...(same !== EMPTY && same < count ? { sameAs: same } : {}),
      };
    }),
  };
}

interface Distances {
  /** By position of a document, the first of its text. */
  readonly real: ReadonlyMap<number, number>;
  readonly synthetic: ReadonlyMap<number, { readonly position: number; readonly distance: number }>;
}

async function nearestReal(
  compute: Compute,
  real: FidelitySet,
  synthetic: FidelitySet,
  pool: readonly number[],
  syntheticFirst: Int32Array,
  pause: Pause,
): Promise<Distances> {
  const found: Distances = { real: new Map(), synthetic: new Map() };
  if (pool.length === 0) return found;
  const realRows = selectRows(real.embeddings, pool);
  const asked = uniqueOf(
    synthetic.documents.map((_, row) => row),
    syntheticFirst,
  );
  const near = await nearest(compute, selectRows(synthetic.embeddings, asked), realRows, 1, pause);
  const others: Neighbours | undefined =
    pool.length > 1 ? await nearestOthers(compute, realRows, 1, pause) : undefined;
  return {
    // For rows of length 1 the squared distance is twice the cosine distance.
    real: new Map(pool.flatMap((row, at) => (others ? [[row, (others.squared[at] ?? 0) / 2] as const] : []))),
    synthetic: new Map(
      asked.map((row, at) => [
        row,
        { position: pool[near.positions[at] ?? 0] ?? 0, distance: (near.squared[at] ?? 0) / 2 },
      ]),
    ),
  };
}

interface SharedWords {
  readonly real: ReadonlyMap<number, number>;
  readonly synthetic: readonly Pick<SyntheticFacts, 'run' | 'overlap' | 'parentOverlap'>[];
}

async function sharedWords(
  real: FidelitySet,
  synthetic: FidelitySet,
  pool: readonly number[],
  syntheticFirst: Int32Array,
  pause: Pause,
): Promise<SharedWords> {
  const pace = pacedBy(pause, PACE);
  const textOf = (row: number): string => real.documents[row]?.text ?? '';
  const table = new RunTable();
  const parts: { readonly index: CopyIndex; readonly rows: readonly number[] }[] = [];
  let rows: number[] = [];
  let length = 0;
  for (const [at, row] of pool.entries()) {
    table.add(row, textOf(row));
    rows.push(row);
    length += textOf(row).length;
    if (length > PACE || at === pool.length - 1) {
      parts.push({ index: new CopyIndex(rows.map(textOf), SHORTEST_RUN), rows });
      [rows, length] = [[], 0];
      await pause();
    }
  }
  const overlaps = new Map<number, number>();
  for (const row of pool) {
    await pace(textOf(row).length);
    overlaps.set(row, table.share(textOf(row), row));
  }
  const positions = new Map(real.documents.map(({ id }, row) => [id, row]));
  const found: SharedWords['synthetic'][number][] = [];
  for (const [row, { text, parents }] of synthetic.documents.entries()) {
    const first = syntheticFirst[row] ?? EMPTY;
    const known = first < row ? found[first] : undefined;
    await pace(text.length);
    const own = known ?? { overlap: table.share(text), ...longest(text, parts) };
    found.push({ ...own, ...parentOverlap(text, parents, positions, textOf) });
  }
  return { real: overlaps, synthetic: found };
}

function longest(
  text: string,
  parts: readonly { readonly index: CopyIndex; readonly rows: readonly number[] }[],
): { readonly run?: CopiedRun } {
  let best: CopiedRun | undefined;
  for (const { index, rows } of parts) {
    for (const run of index.runs(text)) {
      if (run.words > (best?.words ?? 0)) best = { ...run, source: rows[run.source] ?? 0 };
    }
  }
  return best ? { run: best } : {};
}

function parentOverlap(
  text: string,
  parents: readonly string[],
  positions: ReadonlyMap<string, number>,
  textOf: (row: number) => string,
): { readonly parentOverlap?: number } {
  const known = parents.flatMap((id) => positions.get(id) ?? []);
  if (known.length === 0) return {};
  const table = new RunTable();
  for (const row of known) table.add(row, textOf(row));
  return { parentOverlap: table.share(text) };
}
