/** Which batches an adaptation will read, and how long their texts are: known before anything is computed. */
import { inSteps, type BatchPlan } from '../../core/learning/finetune/batches.ts';
import { PatentLabError } from '../../core/errors.ts';
import { HeldOut } from './held-out.ts';
import type { Prepared } from './prepare.ts';
import type { AdaptationRequest } from './request.ts';
import { batchesOfItems } from './runs.ts';

export interface Plan {
  readonly epochs: BatchPlan;
  readonly heldOut: HeldOut;
  /** Lengths that occur. */
  readonly lengths: readonly number[];
}

/** @throws `adaptation-too-small` */
export function planOf(
  { epochs: count, batch, seed, training }: Pick<AdaptationRequest, 'epochs' | 'batch' | 'seed' | 'training'>,
  { goal, documents, buckets }: Pick<Prepared, 'goal' | 'documents' | 'buckets'>,
): Plan {
  const setting = { buckets, batch, seed };
  const epochs = Array.from({ length: count }, (_, epoch) =>
    inSteps(batchesOfItems(documents.train, goal, setting, epoch), training.accumulate),
  );
  const heldOut = new HeldOut(documents.heldOut, goal, setting);
  if (epochs.some(({ length }) => length === 0) || heldOut.batches.length === 0) throw nothingToLearn();
  const lengths = [...epochs.flat(2), ...heldOut.batches].map(({ length }) => length);
  return { epochs, heldOut, lengths: [...new Set(lengths)] };
}

const nothingToLearn = (): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-too-small',
    message:
      'Not every epoch has a batch of two documents or more, so that no pair can be told from another.',
    remedy: 'Choose larger batches (--batch) or give more documents.',
  });
