/** The stored network with its loss and gradients (see reference.py), typed. */
import { readFileSync } from 'node:fs';
import type { Shape } from '../tensor.ts';

interface StoredTensor {
  readonly shape: Shape;
  readonly data: readonly number[];
}

export const INPUT_NAMES = ['x', 'y', 'w1', 'b1', 'w2', 'b2'] as const;
export const PARAMETER_NAMES = ['x', 'w1', 'b1', 'w2', 'b2'] as const;

export interface NetworkReference {
  readonly ridge: number;
  readonly inputs: Readonly<Record<(typeof INPUT_NAMES)[number], StoredTensor>>;
  readonly loss: number;
  readonly gradients: Readonly<Record<(typeof PARAMETER_NAMES)[number], StoredTensor>>;
}

export const networkReference = (): NetworkReference =>
  JSON.parse(readFileSync(new URL('./reference.json', import.meta.url), 'utf8')) as NetworkReference;
