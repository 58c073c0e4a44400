/**
 * How each method is trained where nobody says otherwise. The head starts as the frozen encoder's own (Kumar et al.
 * 2022: first the head, then all) and moves slowly, because it is solved already: with the encoder's rate it would leave
 * its optimum before the encoder had changed. All numbers are this tool's defaults. [ours]
 */
import type { Method } from './method.ts';

/** Epochs without a better one after which training ends. */
export const USUAL_PATIENCE = 3;
/** Layers that `last-k` trains. */
export const USUAL_LAYERS = 2;

export interface Recipe {
  readonly epochs: number;
  readonly batch: number;
  /** Highest learning rate of the encoder. */
  readonly rate: number;
  /** Highest learning rate of the head. */
  readonly headRate: number;
}

/** Adapters start from nothing and take larger steps than published weights. */
export const RECIPES: Readonly<Record<Method['kind'], Recipe>> = {
  lora: { epochs: 10, batch: 8, rate: 1e-3, headRate: 1e-4 },
  'last-k': { epochs: 10, batch: 8, rate: 1e-4, headRate: 1e-4 },
  full: { epochs: 10, batch: 8, rate: 1e-4, headRate: 1e-4 },
};
