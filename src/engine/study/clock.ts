/**
 * How long a study takes: before it, from a short measurement on this machine; during it, from what the estimate was
 * wrong by so far.
 */
import type { UnitWork } from '../../core/study/execute.ts';
import { hiddenLayerNetwork, linearNetwork } from '../../core/learning/training/network.ts';
import { parameterCount } from '../../core/learning/training/adamw.ts';
import { NetworkFamily } from '../../core/study/network-family.ts';
import { unreachable } from '../../core/errors.ts';
import type { FamilyId, TunedFamilyId } from '../../core/study/plan.ts';
import { steadyCompute } from '../onnx/compute.ts';
import { HIDDEN_UNITS } from './families.ts';

/** Seconds of one step, of one document that is trained on to convergence, and of a fit beside both. */
export interface Pace {
  readonly step: number;
  readonly document: number;
  readonly fit: number;
}

/** What is measured: so many documents and steps. [ours] */
const MEASURED_DOCUMENTS = 256;
const MEASURED_STEPS = 64;
/** Rounds of a measurement against those of real documents, which are harder. [ours, measured] */
const HARDER = 2.5;
/** Words that a TF-IDF family has at most (MAX_WORDS) and that the measurement stands in for. */
const WORDS = 4096;
const SECONDS_PER_FIT = 0.004;

/** Statistics of one arm in one cell, under both policies, with 10,000 resamples and 677 test documents. [ours, measured] */
export const SECONDS_PER_ARM = 0.35;

export async function measurePace(
  ids: readonly Exclude<FamilyId, TunedFamilyId>[],
  dimension: number,
  labels: number,
): Promise<ReadonlyMap<FamilyId, Pace>> {
  const width = dimension + 1;
  const features = new Float32Array(MEASURED_DOCUMENTS * width).map(
    (_, at) => Math.sin(at * 1.7) / Math.sqrt(width),
  );
  const targets = new Float32Array(MEASURED_DOCUMENTS * labels).map((_, at) => (at % 37 === 0 ? 1 : 0));
  const network = linearNetwork(width, labels);
  const family = new NetworkFamily('encoder-linear', steadyCompute, network, { features, targets });
  const rows = Int32Array.from({ length: MEASURED_DOCUMENTS }, (_, row) => row);
  const time = async (
    duration: { kind: 'steps'; steps: number } | { kind: 'convergence' },
  ): Promise<number> => {
    const started = performance.now();
    await family.fit(
      {
        training: { phases: [rows], weights: new Map() },
        loss: 'binary-cross-entropy',
        duration,
        seed: 0,
        score: rows,
      },
      () => Promise.resolve(),
    );
    return (performance.now() - started) / 1000;
  };
  await time({ kind: 'steps', steps: 1 });
  const step = (await time({ kind: 'steps', steps: MEASURED_STEPS })) / MEASURED_STEPS;
  const document = (HARDER * (await time({ kind: 'convergence' }))) / MEASURED_DOCUMENTS;
  await family.release();
  const ofSize = (size: number): Pace => {
    const factor = size / parameterCount(network);
    return { step: step * factor, document: document * factor, fit: SECONDS_PER_FIT };
  };
  return new Map(
    ids.map((id) => {
      switch (id) {
        case 'encoder-linear':
          return [id, ofSize(parameterCount(network))];
        case 'encoder-mlp':
          return [id, ofSize(parameterCount(hiddenLayerNetwork(width, HIDDEN_UNITS, labels)))];
        case 'tfidf-linear':
          return [id, ofSize((WORDS + 1) * labels)];
        default:
          return unreachable(id);
      }
    }),
  );
}

export const secondsOf = ({ fits, steps, converging }: UnitWork, pace: Pace): number =>
  fits * pace.fit + steps * pace.step + converging * pace.document;

/** Tells how much is done and how long the rest takes. */
export class StudyClock {
  readonly #total: number;
  #done = 0;
  /** Estimated and real seconds of what was done in this run. */
  #estimated = 0;
  #spent = 0;

  constructor(total: number) {
    this.#total = total;
  }

  /** @param spent undefined for what was done before this run */
  done(estimated: number, spent: number | undefined): void {
    this.#done += estimated;
    if (spent === undefined) return;
    this.#estimated += estimated;
    this.#spent += spent;
  }

  get fraction(): number {
    return this.#total === 0 ? 1 : Math.min(1, this.#done / this.#total);
  }

  get secondsLeft(): number {
    const pace = this.#estimated > 0 ? this.#spent / this.#estimated : 1;
    return Math.max(0, this.#total - this.#done) * pace;
  }
}
