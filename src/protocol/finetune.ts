/** What a fine-tuning tells while it runs. */

/** First the epoch is chosen on documents held out; then as many epochs are fitted on all of them. */
export type FinetuneStage = 'choosing' | 'fitting';

/** How the state after an epoch does on the held-out documents. */
export interface EpochScores {
  /** 0: before the first step, which is the frozen encoder's own classifier. */
  readonly epoch: number;
  /** Mean loss over the epoch's steps; none before the first. */
  readonly loss?: number | undefined;
  readonly averagePrecision: number;
  /** At the best global threshold. */
  readonly microF1: number;
}

export type FinetuneEvent =
  | {
      readonly kind: 'step';
      readonly stage: FinetuneStage;
      /** From 1. */
      readonly step: number;
      /** Steps of the stage, at most. */
      readonly steps: number;
      readonly loss: number;
    }
  | { readonly kind: 'epoch'; readonly scores: EpochScores; readonly kept: boolean };
