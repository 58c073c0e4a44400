/** How long an encoder is trained, and how much of it: what may be asked for, in a workspace as on the command line. */
import { z } from 'zod';

export const TRAINING_NUMBERS = {
  /** Passes over the documents at most. */
  epochs: z.number().int().min(1).max(1000),
  /** Documents of a step. */
  batch: z.number().int().min(1).max(1024),
  /** Epochs without a better one after which training ends. */
  patience: z.number().int().min(1).max(1000),
  /** Share of the resamples of held-out documents in which training must have helped for its result to be kept. */
  certainty: z.number().min(0).max(1),
  /** Last layers of the encoder that are trained, where not all are. */
  layers: z.number().int().min(1).max(1000),
  /** Of the adapters. */
  rank: z.number().int().min(1).max(1024),
  /** The adapters' product is scaled by alpha / rank. */
  alpha: z.number().int().min(1).max(4096),
  /** Highest learning rate of the encoder. */
  rate: z.number().positive().max(1),
} as const;

export type WholeNumber = (typeof TRAINING_NUMBERS)[Exclude<
  keyof typeof TRAINING_NUMBERS,
  'certainty' | 'rate'
>];
