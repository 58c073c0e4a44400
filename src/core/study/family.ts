/**
 * What a study needs of a kind of classifier: train on these documents so long with this loss, and score those. A family
 * whose training is not a graph of ours (a fine-tuned encoder, a language model) joins by implementing this.
 */
import type { LossId } from '../learning/losses/loss.ts';
import type { FamilyId } from './plan.ts';

/** How long. `steps` are optimiser steps; an epoch is one pass over the documents. */
export type Duration =
  | { readonly kind: 'epochs'; readonly epochs: number }
  | { readonly kind: 'steps'; readonly steps: number }
  | { readonly kind: 'convergence' };

/** What is trained on, by position among the study's documents. */
export interface TrainingSet {
  /**
   * Documents, copies standing there as often as they count. Each phase is shuffled anew for every pass; one phase is
   * over before the next begins (a curriculum has two, everything else one).
   */
  readonly phases: readonly Int32Array[];
  /** Weight of single documents; 1 where nothing is said. */
  readonly weights: ReadonlyMap<number, number>;
}

export interface FitRequest {
  readonly training: TrainingSet;
  readonly loss: LossId;
  readonly duration: Duration;
  /** Drives the start and the order: equal for all arms of a seed. */
  readonly seed: number;
  /** Documents to score. */
  readonly score: Int32Array;
  /** Where to start, if training can begin at another fit's end without changing where it ends. */
  readonly near?: Fit;
}

export interface Fit {
  /** Row-major `[scored documents, labels]`. */
  readonly logits: Float32Array;
  /** Optimiser steps, or rounds until convergence. */
  readonly steps: number;
  /** The family's own, for {@link FitRequest.near}. */
  readonly parameters?: readonly Float32Array[];
}

export interface Family {
  readonly id: FamilyId;
  /**
   * Optimiser steps that a training set of this size takes; 0 until convergence.
   * @param sizes of the phases
   */
  steps(sizes: readonly number[], duration: Duration): number;
  /** @param checkpoint called often; throws to stop */
  fit(request: FitRequest, checkpoint: () => Promise<void>): Promise<Fit>;
  release(): Promise<void>;
}

export const documentsIn = ({ phases }: TrainingSet): number =>
  phases.reduce((total, { length }) => total + length, 0);
