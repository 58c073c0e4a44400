/**
 * Fidelity against gain (METHODS 3): for the documents of each generator and strategy, how far they lie from the real ones
 * of the regime, and what they gain over as many copies. Distances are mean MMD² over the seeds' draws, of different
 * documents only.
 */
import { mmd } from '../../fidelity/distance/mmd.ts';
import { selectRows, type Embeddings } from '../../fidelity/embeddings.ts';
import { gainCorrelations } from '../../fidelity/gains.ts';
import { FEWEST_MMD } from '../../fidelity/limits.ts';
import { uniqueOf } from '../../fidelity/unique.ts';
import type { Compute } from '../../graph/compute.ts';
import { cellCopiesId, cellId } from '../arms.ts';
import { cellOf, type StudyCorpus } from '../corpus.ts';
import type { StudyPlan } from '../plan.ts';
import type { FidelityCell, FidelityCorrelation, FidelityDifference } from '../report.ts';
import { estimate, minus } from '../statistics/estimates.ts';
import { microF1Of, type MeasuredCell } from './cell.ts';
import { identityOf } from './gains.ts';

/** The documents of a study as an encoder sees them. */
export interface EncodedDocuments {
  /** One row a document, of length 1. */
  readonly embeddings: Embeddings;
  /** For each document the first with the same text; see `firstOf` of fidelity. */
  readonly first: Int32Array;
}

/** No permutation: here only the distance counts, not whether chance explains it. */
const PERMUTATIONS = 0;

export interface DistancePorts {
  readonly compute: Compute;
  checkpoint(): Promise<void>;
}

/** Remembers distances: cells of other schedules and families are of the same documents, and so may be other seeds'. */
export class CellDistances {
  readonly #encoded: EncodedDocuments;
  readonly #corpus: StudyCorpus;
  readonly #plan: StudyPlan;
  readonly #ports: DistancePorts;
  readonly #known = new Map<string, number | undefined>();
  readonly #left = new Set<string>();

  constructor(encoded: EncodedDocuments, corpus: StudyCorpus, plan: StudyPlan, ports: DistancePorts) {
    this.#encoded = encoded;
    this.#corpus = corpus;
    this.#plan = plan;
    this.#ports = ports;
  }

  /** What was left out, as sentences for a person. */
  get notes(): readonly string[] {
    return [...this.#left].map(
      (cell) =>
        `${cell}: fewer than ${FEWEST_MMD} different documents in some draw, too few to measure their distance from the real ones.`,
    );
  }

  /** Of each generator and strategy that was an arm; one with too few documents in some draw is left out, and noted. */
  async of({ draws, arms }: MeasuredCell): Promise<ReadonlyMap<string, CellDistance>> {
    const distances = new Map<string, CellDistance>();
    for (const { arm } of arms.values()) {
      if (arm.kind !== 'cells' || arm.copies) continue;
      const found: CellDistance[] = [];
      for (const { real, synthetic } of draws) {
        const rows = synthetic.filter((row) => this.#cellOf(row) === arm.cell);
        const mmd2 = await this.#distance(real, rows);
        if (mmd2 !== undefined) found.push({ mmd2, documents: rows.length });
      }
      if (found.length < draws.length) {
        this.#left.add(arm.cell);
        continue;
      }
      const mean = (pick: (one: CellDistance) => number): number =>
        found.reduce((total, one) => total + pick(one), 0) / found.length;
      distances.set(arm.cell, {
        mmd2: mean(({ mmd2 }) => mmd2),
        documents: Math.round(mean(({ documents }) => documents)),
      });
    }
    return distances;
  }

  #cellOf(row: number): string | undefined {
    const document = this.#corpus.documents[row];
    return document && cellOf(document);
  }

  async #distance(real: Int32Array, synthetic: Int32Array): Promise<number | undefined> {
    const { embeddings, first } = this.#encoded;
    const [a, b] = [uniqueOf([...real].sort(ascending), first), uniqueOf([...synthetic], first)];
    if (a.length < FEWEST_MMD || b.length < FEWEST_MMD) return undefined;
    const key = `${a.join(' ')}|${b.join(' ')}`;
    if (!this.#known.has(key)) {
      const found = await mmd(this.#ports.compute, selectRows(embeddings, a), selectRows(embeddings, b), {
        seed: this.#plan.seed,
        permutations: PERMUTATIONS,
        pause: () => this.#ports.checkpoint(),
      });
      this.#known.set(key, found?.value);
    }
    return this.#known.get(key);
  }
}

const ascending = (a: number, b: number): number => a - b;

export interface CellDistance {
  readonly mmd2: number;
  readonly documents: number;
}

/** @param distances of the cell's generators and strategies */
export function fidelityOf(
  cell: MeasuredCell,
  policies: StudyPlan['thresholds'],
  distances: ReadonlyMap<string, CellDistance>,
  { documents }: StudyCorpus,
): readonly FidelityCell[] {
  return policies.flatMap((policy) =>
    [...distances].flatMap(([id, { mmd2, documents: count }]): FidelityCell[] => {
      const [own, copies] = [microF1Of(cell, cellId(id), policy), microF1Of(cell, cellCopiesId(id), policy)];
      const one = documents.find((document) => document.role === 'synthetic' && cellOf(document) === id);
      if (!own || !copies || !one) return [];
      const { model, strategy } = one;
      const gain = estimate(minus(own, copies));
      return [{ ...identityOf(cell, policy), cell: id, model, strategy, documents: count, mmd2, gain }];
    }),
  );
}

/** Correlations of each regime, and whether regimes differ, in each schedule, policy and family. */
export function correlationsOf(cells: readonly FidelityCell[]): {
  readonly correlations: readonly FidelityCorrelation[];
  readonly differences: readonly FidelityDifference[];
} {
  const correlations: FidelityCorrelation[] = [];
  const differences: FidelityDifference[] = [];
  const settings = new Map<string, FidelityCell[]>();
  for (const cell of cells) {
    const key = `${cell.family} ${cell.schedule} ${cell.thresholds}`;
    settings.set(key, [...(settings.get(key) ?? []), cell]);
  }
  for (const members of settings.values()) {
    const [first] = members;
    if (!first) continue;
    const { family, schedule, thresholds } = first;
    const found = gainCorrelations(
      members.map(({ mmd2, gain, regime }) => ({ fidelity: mmd2, gain: gain.mean, regime })),
    );
    for (const { regime, cells: count, correlation } of found.regimes) {
      if (!correlation) continue;
      const { r: mean, low, high } = correlation;
      correlations.push({ regime, schedule, thresholds, family, cells: count, r: { mean, low, high } });
    }
    for (const { first: one, second, difference } of found.differences) {
      differences.push({ first: one, second, schedule, thresholds, family, ...difference });
    }
  }
  return { correlations, differences };
}
