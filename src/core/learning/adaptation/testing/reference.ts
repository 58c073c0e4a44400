/** What PyTorch makes of both objectives over small encoders (see reference.py), typed. */
import { readFileSync } from 'node:fs';
import type { Feeds } from '../../../graph/compute.ts';
import type { Pooling } from '../../finetune/classifier-graph.ts';

interface Written {
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly loss: number;
  readonly hits: number;
  /** Packed, by PyTorch's names. */
  readonly gradients: Readonly<Record<string, string>>;
}

interface WrittenGuessing extends Written {
  readonly places: readonly number[];
  readonly words: readonly number[];
  readonly weights: readonly number[];
  readonly head: Readonly<Record<'weights' | 'shifts' | 'words', string>>;
}

interface WrittenPairing extends Written {
  readonly pooling: Pooling;
  readonly groups: readonly string[];
}

export const ADAPTED = ['bert-17', 'modernbert-14'] as const;
export type AdaptedName = (typeof ADAPTED)[number];

interface Reference {
  readonly sizes: { readonly length: number; readonly dimension: number };
  readonly guessing: Readonly<Record<AdaptedName, WrittenGuessing>>;
  readonly pairing: Readonly<Record<AdaptedName, WrittenPairing>>;
}

export const adaptationReference = (): Reference =>
  JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as Reference;

export const unpacked = (packed: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer);

export const integerFeeds = (values: Readonly<Record<string, readonly number[]>>): Feeds =>
  Object.fromEntries(Object.entries(values).map(([name, list]) => [name, BigInt64Array.from(list, BigInt)]));
