/** What an encoder comes to on the held-out documents: the same batches and the same hidden words every time. */
import type { Batch } from '../../core/learning/finetune/batches.ts';
import { Random } from '../../core/random.ts';
import { windowOf } from '../finetune/texts.ts';
import type { Task } from '../task.ts';
import type { Item } from './documents.ts';
import { batchesOfItems, runOf, type Goal } from './runs.ts';
import type { AdaptationSessions } from './sessions.ts';

export interface HeldOutScores {
  /** Mean over the hidden words, or over the pairs. */
  readonly heldOutLoss: number;
  /** Share of the hidden words, or of the pairs, for which the right one is the first guess. */
  readonly heldOutAccuracy: number;
}

/** The first window of every document. */
const TURN = 0;

/** Pairs are all padded to one length: they are few, and none is to stand alone. */
function bucketsFor(items: readonly Item[], { kind }: Goal, buckets: readonly number[]): readonly number[] {
  if (kind !== 'contrastive') return buckets;
  const longest = Math.max(...items.flatMap(({ texts }) => texts.map((text) => windowOf(text, TURN).length)));
  return buckets.filter((bucket) => bucket >= longest).slice(0, 1);
}

export class HeldOut {
  readonly batches: readonly Batch[];
  readonly #items: readonly Item[];
  readonly #goal: Goal;
  readonly #setting: { readonly batch: number; readonly seed: number };

  constructor(
    items: readonly Item[],
    goal: Goal,
    setting: { readonly buckets: readonly number[]; readonly batch: number; readonly seed: number },
  ) {
    this.#items = items;
    this.#goal = goal;
    this.#setting = setting;
    this.batches = batchesOfItems(
      items,
      goal,
      { ...setting, buckets: bucketsFor(items, goal, setting.buckets) },
      TURN,
    );
  }

  async measure(
    parameters: Float32Array,
    sessions: Pick<AdaptationSessions, 'evaluating'>,
    task: Task,
  ): Promise<HeldOutScores> {
    const { batch: size, seed } = this.#setting;
    const random = new Random(seed);
    let [loss, hits, count] = [0, 0, 0];
    await sessions.evaluating(parameters, async (evaluate) => {
      for (const batch of this.batches) {
        await task.checkpoint();
        const run = runOf(this.#items, batch, this.#goal, { size, turn: TURN, random });
        const found = await evaluate(run);
        loss += found.loss;
        hits += found.hits;
        count += run.count;
      }
    });
    const mean = loss / Math.max(1, count);
    // No number is the worst there is, and can be stated in a file.
    return {
      heldOutLoss: Number.isFinite(mean) ? mean : Number.MAX_VALUE,
      heldOutAccuracy: hits / Math.max(1, count),
    };
  }
}
