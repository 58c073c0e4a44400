/** Batches of documents as inputs of an objective's graphs. */
import { unreachable } from '../../core/errors.ts';
import type { Feeds } from '../../core/graph/compute.ts';
import { blockedPairs } from '../../core/learning/adaptation/contrastive.ts';
import type { Objective } from '../../core/learning/adaptation/graphs.ts';
import { masked, mostGuessed, type MaskOptions } from '../../core/learning/adaptation/masks.ts';
import { batchesOf, type Batch } from '../../core/learning/finetune/batches.ts';
import type { Pooling } from '../../core/learning/finetune/classifier-graph.ts';
import type { Random } from '../../core/random.ts';
import { encoderFeeds, windowOf, type ReadText } from '../finetune/texts.ts';
import type { Item } from './documents.ts';

/** What is learned, with what it needs of the encoder. */
export type Goal =
  | ({ readonly kind: 'mlm' } & MaskOptions)
  | { readonly kind: 'contrastive'; readonly temperature: number; readonly pooling: Pooling };

/** One run of a graph. */
export interface Run {
  readonly length: number;
  readonly feeds: Feeds;
  /** 1 for each thing that is learned from, 0 for what fills up. */
  readonly weights: Float32Array;
  readonly count: number;
}

/** Texts that the encoder reads in one run of a batch of this size. */
export const rowsOf = ({ kind }: Goal, batch: number): number => (kind === 'contrastive' ? 2 * batch : batch);

export function objectiveOf(goal: Goal, length: number, batch: number): Objective {
  switch (goal.kind) {
    case 'mlm':
      return { kind: 'mlm', slots: batch * mostGuessed(length, goal.share) };
    case 'contrastive':
      return goal;
    default:
      return unreachable(goal);
  }
}

/** @param turn which window of long texts is read */
export function batchesOfItems(
  items: readonly Item[],
  { kind }: Goal,
  setting: { readonly buckets: readonly number[]; readonly batch: number; readonly seed: number },
  turn: number,
): readonly Batch[] {
  const { buckets, batch, seed } = setting;
  const lengths = items.map(({ texts }) => Math.max(...texts.map((text) => windowOf(text, turn).length)));
  const batches = batchesOf(lengths, buckets, batch, seed, turn);
  // A pair alone has nothing to be told apart from; in another epoch's order it stands among others.
  return kind === 'contrastive' ? batches.filter(({ texts }) => texts.length > 1) : batches;
}

export function runOf(
  items: readonly Item[],
  batch: Batch,
  goal: Goal,
  setting: { readonly size: number; readonly turn: number; readonly random: Random },
): Run {
  const chosen = batch.texts.flatMap((position) => items[position] ?? []);
  switch (goal.kind) {
    case 'mlm':
      return maskedRun(chosen, batch.length, goal, setting);
    case 'contrastive':
      return pairedRun(chosen, batch.length, setting);
    default:
      return unreachable(goal);
  }
}

interface Setting {
  readonly size: number;
  readonly turn: number;
  readonly random: Random;
}

/** Missing rows repeat the first one. */
function filledUp(windows: readonly Int32Array[], size: number): readonly Int32Array[] {
  return Array.from({ length: size }, (_, row) => windows[row] ?? windows[0] ?? new Int32Array());
}

const windowsAt = (items: readonly Item[], which: number, turn: number): readonly Int32Array[] =>
  items.flatMap(({ texts }) => {
    const text: ReadText | undefined = texts[which];
    return text ? [windowOf(text, turn)] : [];
  });

function maskedRun(
  items: readonly Item[],
  length: number,
  options: MaskOptions,
  { size, turn, random }: Setting,
): Run {
  const windows = windowsAt(items, 0, turn).map((window) => masked(window, options, random));
  const slots = size * mostGuessed(length, options.share);
  const [places, words] = [new BigInt64Array(slots), new BigInt64Array(slots)];
  const weights = new Float32Array(slots);
  let slot = 0;
  windows.forEach((window, row) => {
    window.places.forEach((place, i) => {
      places[slot] = BigInt(row * length + place);
      words[slot] = BigInt(window.targets[i] ?? 0);
      weights[slot++] = 1;
    });
  });
  const ids = filledUp(
    windows.map((window) => window.ids),
    size,
  );
  return { length, feeds: { ...encoderFeeds(ids, length), places, words }, weights, count: slot };
}

function pairedRun(items: readonly Item[], length: number, { size, turn }: Setting): Run {
  const [abstracts, claims] = [0, 1].map((which) => filledUp(windowsAt(items, which, turn), size));
  const rows = [...(abstracts ?? []), ...(claims ?? [])];
  const blocked = blockedPairs(
    items.map(({ group }) => group),
    size,
  );
  const weights = Float32Array.from({ length: size }, (_, row) => (row < items.length ? 1 : 0));
  return { length, feeds: { ...encoderFeeds(rows, length), blocked }, weights, count: items.length };
}
