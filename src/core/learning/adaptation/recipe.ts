/** How an encoder is adapted where nobody says otherwise. All numbers are this tool's defaults. [ours] */
import type { Method } from '../finetune/method.ts';

export const USUAL_EPOCHS = 3;
/** Documents of one run. */
export const USUAL_BATCH = 8;

/** Highest rates: adapters start from nothing and take larger steps than published weights. */
export const USUAL_RATES: Readonly<Record<Method['kind'], number>> = {
  lora: 5e-4,
  'last-k': 5e-5,
  full: 3e-5,
};
