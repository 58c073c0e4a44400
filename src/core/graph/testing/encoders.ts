/** The stored small encoders (see encoders.py), typed. */
import { readFileSync } from 'node:fs';
import type { Feeds } from '../compute.ts';

export const ENCODERS = ['bert-11', 'bert-17', 'roberta-14', 'modernbert-14'] as const;
export type EncoderName = (typeof ENCODERS)[number];

export interface StoredEncoder {
  readonly bytes: Uint8Array;
  readonly feeds: Feeds;
  readonly targets: Float32Array;
  readonly head: Float32Array;
  readonly bias: Float32Array;
  readonly hidden: Float32Array;
  readonly logits: readonly number[];
  readonly loss: number;
  /** Norm of all gradients together. */
  readonly norm: number;
  /** By PyTorch's names, matrices as [outputs, inputs]. */
  readonly gradients: Readonly<Record<string, Float32Array>>;
  /** The parameters after one step of AdamW. */
  readonly stepped: Readonly<Record<string, Float32Array>>;
}

export const SIZES = { batch: 3, length: 10, labels: 3, dimension: 16 } as const;

interface Written {
  readonly inputs: Readonly<Record<string, readonly number[]>>;
  readonly targets: readonly number[];
  readonly head: string;
  readonly bias: string;
  readonly hidden: string;
  readonly logits: readonly number[];
  readonly loss: number;
  readonly norm: number;
  readonly gradients: Readonly<Record<string, string>>;
  readonly stepped: Readonly<Record<string, string>>;
}

const folder = new URL('./', import.meta.url);
const numbers = (packed: string): Float32Array =>
  new Float32Array(new Uint8Array(Buffer.from(packed, 'base64')).buffer);
const unpacked = (all: Readonly<Record<string, string>>): Readonly<Record<string, Float32Array>> =>
  Object.fromEntries(Object.entries(all).map(([name, packed]) => [name, numbers(packed)]));

export const encoderBytes = (name: EncoderName): Uint8Array =>
  new Uint8Array(readFileSync(new URL(`exported/${name}.onnx`, folder)));

export function storedEncoder(name: EncoderName): StoredEncoder {
  const file = readFileSync(new URL('encoders.json', folder), 'utf8');
  const { models } = JSON.parse(file) as { readonly models: Readonly<Record<EncoderName, Written>> };
  const { inputs, targets, head, bias, hidden, gradients, stepped, ...rest } = models[name];
  return {
    ...rest,
    bytes: encoderBytes(name),
    feeds: Object.fromEntries(
      Object.entries(inputs).map(([input, values]) => [input, BigInt64Array.from(values, BigInt)]),
    ),
    targets: Float32Array.from(targets),
    head: numbers(head),
    bias: numbers(bias),
    hidden: numbers(hidden),
    gradients: unpacked(gradients),
    stepped: unpacked(stepped),
  };
}
