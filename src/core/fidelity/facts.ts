/**
 * What is found out once about each document, before any part of them is scored: copies, the nearest real document, the
 * words it shares with real ones (METHODS 3).
 */
import type { Compute } from '../graph/compute.ts';
import { CopyIndex, type CopiedRun } from '../text/copying.ts';
import { checkComparable, checkSet } from './check.ts';
import { nearest, nearestOthers } from './distance/neighbours.ts';
import { selectRows, type Embeddings } from './embeddings.ts';
import { noPause, pacedBy, type Pause } from './pace.ts';
import type { ClaimOf } from './text/claim-form.ts';
import { RunTable } from './text/overlap.ts';
import { EMPTY, firstOf, uniqueOf, wordsOnly } from './unique.ts';

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
  /** One row a document, of length 1; zeros for a text without words. */
  readonly embeddings: Embeddings;
  /** What made the embeddings. */
  readonly encoder?: string;
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

/** The real documents, ready to be compared with; worth keeping while they stay the same. */
export interface PreparedReal {
  readonly set: FidelitySet;
  /** For each document the first with the same text; see {@link firstOf}. */
  readonly first: Int32Array;
  readonly facts: readonly RealFacts[];
  /** Positions of the different texts, and their embeddings. */
  readonly pool: readonly number[];
  readonly rows: Embeddings;
  readonly table: RunTable;
  readonly parts: readonly IndexPart[];
}

interface IndexPart {
  readonly index: CopyIndex;
  readonly rows: readonly number[];
}

/** @throws PatentLabError `embeddings-invalid`. */
export async function prepareReal(
  compute: Compute,
  set: FidelitySet,
  pause: Pause = noPause,
): Promise<PreparedReal> {
  checkSet(set);
  const first = await firstOf(
    set.documents.map(({ text }) => text),
    pause,
  );
  const pool = uniqueOf([...set.documents.keys()], first);
  const rows = selectRows(set.embeddings, pool);
  const others = pool.length > 1 ? await nearestOthers(compute, rows, 1, pause) : undefined;
  const { table, parts } = await indexed(set, pool, pause);
  const textOf = (row: number): string => set.documents[row]?.text ?? '';
  const pace = pacedBy(pause, PACE);
  const known = new Map<number, RealFacts>();
  for (const [at, row] of pool.entries()) {
    await pace(textOf(row).length);
    const overlap = table.share(textOf(row), row);
    // For rows of length 1 the squared distance is twice the cosine distance.
    known.set(row, others ? { overlap, nearest: (others.squared[at] ?? 0) / 2 } : { overlap });
  }
  const facts = Array.from(first, (row) => known.get(row) ?? { overlap: 0 });
  return { set, first, facts, pool, rows, table, parts };
}

async function indexed(
  { documents }: FidelitySet,
  pool: readonly number[],
  pause: Pause,
): Promise<Pick<PreparedReal, 'table' | 'parts'>> {
  const textOf = (row: number): string => documents[row]?.text ?? '';
  const table = new RunTable();
  const parts: IndexPart[] = [];
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
  return { table, parts };
}

/** @throws PatentLabError `embeddings-invalid`, also where both sides are of different encoders. */
export async function factsOf(
  compute: Compute,
  real: PreparedReal,
  synthetic: FidelitySet,
  pause: Pause = noPause,
): Promise<Facts> {
  checkSet(synthetic);
  checkComparable(real.set, synthetic);
  const texts = synthetic.documents.map(({ text }) => text);
  const syntheticFirst = await firstOf(texts, pause);
  const near = await nearestReal(compute, real, synthetic, syntheticFirst, pause);
  const words = await sharedWords(real, synthetic, syntheticFirst, pause);
  const realOfWords = new Map(real.pool.map((row) => [wordsOnly(real.set.documents[row]?.text ?? ''), row]));
  return {
    realFirst: real.first,
    syntheticFirst,
    real: real.facts,
    synthetic: texts.map((text, row) => {
      const nearest = near.get(syntheticFirst[row] ?? EMPTY);
      const sameAs = realOfWords.get(wordsOnly(text));
      return {
        ...(words[row] ?? { overlap: 0 }),
        ...(nearest === undefined ? {} : { nearest }),
        ...(sameAs === undefined ? {} : { sameAs }),
      };
    }),
  };
}

type Near = NonNullable<SyntheticFacts['nearest']>;

/** By position of a document, the first of its text. */
async function nearestReal(
  compute: Compute,
  { rows, pool }: PreparedReal,
  synthetic: FidelitySet,
  syntheticFirst: Int32Array,
  pause: Pause,
): Promise<ReadonlyMap<number, Near>> {
  if (pool.length === 0) return new Map();
  const asked = uniqueOf([...synthetic.documents.keys()], syntheticFirst);
  const found = await nearest(compute, selectRows(synthetic.embeddings, asked), rows, 1, pause);
  return new Map(
    asked.map((row, at) => [
      row,
      { position: pool[found.positions[at] ?? 0] ?? 0, distance: (found.squared[at] ?? 0) / 2 },
    ]),
  );
}

type Words = Pick<SyntheticFacts, 'run' | 'overlap' | 'parentOverlap'>;

async function sharedWords(
  { set, table, parts }: PreparedReal,
  synthetic: FidelitySet,
  syntheticFirst: Int32Array,
  pause: Pause,
): Promise<readonly Words[]> {
  const pace = pacedBy(pause, PACE);
  const textOf = (row: number): string => set.documents[row]?.text ?? '';
  const positions = new Map(set.documents.map(({ id }, row) => [id, row]));
  const found: Words[] = [];
  for (const [row, { text, parents }] of synthetic.documents.entries()) {
    const first = syntheticFirst[row] ?? EMPTY;
    const known = first < row ? found[first] : undefined;
    await pace(text.length);
    const own = known ?? { overlap: table.share(text), ...longest(text, parts) };
    found.push({ ...own, ...parentOverlap(text, parents, positions, textOf) });
  }
  return found;
}

function longest(text: string, parts: readonly IndexPart[]): { readonly run?: CopiedRun } {
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
