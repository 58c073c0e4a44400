/** What a fine-tuning is asked for, and what makes two of them the same. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Taxonomy } from '../../core/corpus/taxonomy.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { USUAL_TRAINING, type TrainingOptions } from '../../core/learning/finetune/training-options.ts';
import type { View } from '../../core/patent/view.ts';
import type { FinetuneEvent } from '../../protocol/finetune.ts';
import type { EncoderSpec } from '../encoder/spec.ts';
import { sha256 } from '../classifier/store.ts';
import type { ProviderGate } from '../numerics/gate.ts';
import { taxonomyHash } from '../training/train-classifier.ts';
import type { LoopOptions } from './loop.ts';
import type { PlanEvent } from './plan-event.ts';

export interface FinetuneRequest {
  readonly taxonomy: Taxonomy;
  readonly documents: readonly LabelledDocument[];
  readonly view: View;
  readonly method: Method;
  readonly epochs: number;
  readonly batch: number;
  /** Highest learning rate of the encoder. */
  readonly rate: number;
  /** Highest learning rate of the head. */
  readonly headRate: number;
  /** Epochs without a better one after which training ends; what is usual by default. */
  readonly patience?: number;
  /** Of its being better than the frozen encoder, for which it is kept; the usual one by default. */
  readonly certainty?: number;
  /** {@link USUAL_TRAINING} by default. */
  readonly training?: TrainingOptions;
  readonly seed: number;
  /** Of the base encoder. */
  readonly base: string;
  readonly folder: string;
  /** The folder's own by default. */
  readonly name?: string;
  /** Forget an interrupted training. */
  readonly restart: boolean;
  /** When the documents were read (ISO 8601): decisions from then on are newer than the classifier. Now by default. */
  readonly asOf?: string;
  /** Lets an accelerator make the steps; the CPU does where nothing is said. */
  readonly gate?: ProviderGate;
  readonly onEvent?: (event: FinetuneEvent | PlanEvent) => void;
}

/** Of everything that determines the numbers of a training. @param texts what is read of each document */
export function fingerprintOf(
  { method, taxonomy, documents, view, headRate, training = USUAL_TRAINING }: FinetuneRequest,
  encoder: EncoderSpec,
  options: LoopOptions,
  texts: readonly string[],
): string {
  return sha256(
    JSON.stringify([
      encoder,
      method,
      options,
      headRate,
      view,
      taxonomyHash(taxonomy),
      documents.map(({ labels, group }, i) => [sha256(texts[i] ?? ''), labels, group]),
      { ...USUAL_OPTIMISER, maxNorm: training.maxNorm },
    ]),
  );
}
