/** What an adaptation is asked for. */
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import type { Method } from '../../core/learning/finetune/method.ts';
import type { TrainingOptions } from '../../core/learning/finetune/training-options.ts';
import type { View } from '../../core/patent/view.ts';
import type { ProviderGate } from '../numerics/gate.ts';
import type { LearningEvent } from './events.ts';

/** What belongs together: an abstract and its claims, or, where claims are not at hand, a title and its abstract. [ours] */
export const PAIRS = ['abstract-claims', 'title-abstract'] as const;
export type Pairs = (typeof PAIRS)[number];

export type AdaptationObjective =
  | { readonly kind: 'mlm'; readonly share: number; readonly view: View }
  | { readonly kind: 'contrastive'; readonly temperature: number; readonly pairs: Pairs };

export interface AdaptationRequest {
  readonly documents: readonly LabelledDocument[];
  readonly objective: AdaptationObjective;
  readonly method: Method;
  readonly epochs: number;
  /** Documents of one run. */
  readonly batch: number;
  /** Highest learning rate of the encoder. */
  readonly rate: number;
  readonly training: Omit<TrainingOptions, 'dropout'>;
  readonly seed: number;
  /** Folder of the base encoder. */
  readonly base: string;
  readonly folder: string;
  /** Where the file for going on is kept until the encoder is there; in the folder by default. */
  readonly checkpoint?: string;
  /** Forget an interrupted training. */
  readonly restart: boolean;
  /** Lets an accelerator make the steps; the CPU does where nothing is said. */
  readonly gate?: ProviderGate;
  readonly onEvent?: (event: LearningEvent) => void;
}
