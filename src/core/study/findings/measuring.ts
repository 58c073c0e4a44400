/**
 * Measures cells of a study: what is the same for all of them (the truth, the resamples, retrieval in the families' own
 * spaces) is made once. Cells are measured one after the other, so that the logits of one are in memory at a time.
 */
import type { Compute } from '../../graph/compute.ts';
import type { LabelMatrix } from '../../metrics/matrix.ts';
import { relevanceTable } from '../../retrieval/label-relevance.ts';
import type { Unit } from '../execute.ts';
import type { Outcome, StudySetting } from '../outcomes.ts';
import type { FamilyId } from '../plan.ts';
import type { Resamplings } from '../statistics/arm-figures.ts';
import { drawResampling, FEW_RESAMPLES, firstResamples } from '../statistics/resampling.ts';
import { ResampledSums } from '../statistics/sums.ts';
import { measureCell, type MeasuredCell } from './cell.ts';
import type { ExecutedCell } from './findings.ts';
import { RetrievalBase } from './retrieval.ts';

export interface CellMeasurerPorts {
  readonly compute: Compute;
  read(unit: Unit): Promise<Outcome | undefined>;
  checkpoint(): Promise<void>;
}

export class CellMeasurer {
  readonly #setting: StudySetting;
  readonly #ports: CellMeasurerPorts;
  readonly #truth: LabelMatrix;
  readonly #resamplings: Resamplings;
  readonly #sums: ResampledSums;
  readonly #bases = new Map<FamilyId, Promise<RetrievalBase>>();
  readonly #spaces: ReadonlyMap<FamilyId, Float32Array>;

  /** @param spaces vectors of the test documents in each family's own space, row-major; for retrieval */
  constructor(setting: StudySetting, spaces: ReadonlyMap<FamilyId, Float32Array>, ports: CellMeasurerPorts) {
    const { corpus, plan, targets } = setting;
    this.#setting = setting;
    this.#spaces = spaces;
    this.#ports = ports;
    const columns = corpus.labels.length;
    const truth = new Uint8Array(corpus.test.length * columns);
    corpus.test.forEach((row, at) => {
      truth.set(targets.subarray(row * columns, (row + 1) * columns), at * columns);
    });
    this.#truth = { rows: corpus.test.length, columns, data: truth };
    const groups = Array.from(corpus.test, (row) => corpus.documents[row]?.group ?? '');
    const all = drawResampling(groups, plan.resamples, plan.seed);
    this.#resamplings = { all, few: firstResamples(all, FEW_RESAMPLES) };
    this.#sums = new ResampledSums(ports.compute);
  }

  async measure({ units, failed }: ExecutedCell): Promise<MeasuredCell | undefined> {
    const [first] = units;
    const retrieval = first && (await this.#retrieval(first.family.id));
    return measureCell(
      units,
      failed,
      {
        truth: this.#truth,
        policies: this.#setting.plan.thresholds,
        resamplings: this.#resamplings,
        ...(retrieval ? { retrieval } : {}),
      },
      { ...this.#ports, sums: this.#sums },
    );
  }

  async release(): Promise<void> {
    await this.#sums.release();
    for (const base of this.#bases.values()) await (await base).release();
    this.#bases.clear();
  }

  #retrieval(family: FamilyId): Promise<RetrievalBase> | undefined {
    const { corpus, plan } = this.#setting;
    const space = this.#spaces.get(family);
    if (plan.retrieval === 'none' || !space) return undefined;
    const known = this.#bases.get(family);
    if (known) return known;
    const test = Array.from(corpus.test, (row) => corpus.documents[row]);
    const table = relevanceTable(
      test.map((document) => document?.labels ?? []),
      test.map((document) => document?.id ?? ''),
      plan.retrieval,
    );
    const { compute } = this.#ports;
    const columns = corpus.labels.length;
    const made = RetrievalBase.make(compute, table, space, columns, this.#resamplings.all, this.#sums);
    this.#bases.set(family, made);
    return made;
  }
}
