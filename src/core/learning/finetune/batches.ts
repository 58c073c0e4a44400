/**
 * Which texts are trained on together: in random order, but only with texts of about their length, because padding is
 * wasted work. The same seed and epoch give the same batches.
 */
import { Random } from '../../random.ts';

export interface Batch {
  /** Padded length in tokens. */
  readonly length: number;
  /** Positions of the texts; fewer than the batch size at the end of an epoch. */
  readonly texts: readonly number[];
}

/** Each length is a graph of its own with its own memory, so they are few: doubled, no text is padded to more than that. [ours] */
export function bucketLengths(longest: number): readonly number[] {
  const lengths: number[] = [];
  for (let length = SHORTEST; length < longest; length *= 2) lengths.push(length);
  return [...lengths, longest];
}

const SHORTEST = 64;

/** Keeps the streams of different seeds apart. */
const EPOCHS = 4096;

/** @param lengths tokens of each text, none above the last bucket */
export function batchesOf(
  lengths: readonly number[],
  buckets: readonly number[],
  size: number,
  seed: number,
  epoch: number,
): readonly Batch[] {
  const random = new Random(seed * EPOCHS + epoch);
  const order = random.shuffle(lengths.map((_, text) => text));
  const waiting = new Map<number, number[]>(buckets.map((length) => [length, []]));
  const batches: Batch[] = [];
  for (const text of order) {
    const length = buckets.find((bucket) => (lengths[text] ?? 0) <= bucket);
    const texts = length === undefined ? undefined : waiting.get(length);
    if (length === undefined || !texts) throw new Error(`a text of ${lengths[text]} tokens fits no bucket`);
    texts.push(text);
    if (texts.length === size) {
      batches.push({ length, texts: [...texts] });
      texts.length = 0;
    }
  }
  for (const [length, texts] of waiting) if (texts.length > 0) batches.push({ length, texts });
  return batches;
}

/** Batches that make one step together, in order; fewer at the end. */
export function inSteps<T>(batches: readonly T[], accumulate: number): readonly (readonly T[])[] {
  return Array.from({ length: Math.ceil(batches.length / accumulate) }, (_, step) =>
    batches.slice(step * accumulate, (step + 1) * accumulate),
  );
}

/** The batches of each step of each epoch. */
export type BatchPlan = readonly (readonly (readonly Batch[])[])[];

/** The step with the longest batch, of several the one whose batch has the most texts, of these the first. */
export function heaviest(plan: BatchPlan): { readonly epoch: number; readonly batches: readonly Batch[] } {
  let found: { readonly epoch: number; readonly batches: readonly Batch[] } = { epoch: 0, batches: [] };
  let most: readonly [length: number, texts: number] = [0, 0];
  plan.forEach((steps, epoch) => {
    for (const batches of steps) {
      for (const { length, texts } of batches) {
        if (length < most[0] || (length === most[0] && texts.length <= most[1])) continue;
        most = [length, texts.length];
        found = { epoch, batches };
      }
    }
  });
  return found;
}
