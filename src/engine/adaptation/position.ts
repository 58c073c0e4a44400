/** How far an adaptation is, as its checkpoint states it. */
import { z } from 'zod';

const epochSchema = z.object({
  epoch: z.number().int(),
  /** Mean loss over the epoch's steps; none before the first. */
  loss: z.number().optional(),
  /** On the held-out documents: mean loss, and share of the guesses that are right. */
  heldOutLoss: z.number(),
  heldOutAccuracy: z.number(),
});

export const positionSchema = z.object({
  fingerprint: z.string(),
  step: z.number().int(),
  epoch: z.number().int(),
  batch: z.number().int(),
  lossSum: z.number(),
  history: z.array(epochSchema).readonly(),
  bestEpoch: z.number().int(),
});
