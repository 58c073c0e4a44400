/** Where the run of this window is. */
import type { ErrorReport } from '../../../core/errors.ts';
import type { GenerationCounts } from '../../../protocol/generation.ts';

export interface RunFigures {
  readonly counts: GenerationCounts;
  /** Documents of this part of the run: the samples, or all. */
  readonly total: number;
  /** Words on speed and cost. */
  readonly note: string;
  /** The same for the status bar. */
  readonly short: string;
}

export type RunState =
  | { readonly kind: 'idle' }
  | (About & { readonly kind: 'sampling' | 'running'; readonly figures: RunFigures })
  /** The samples are there; `rest` more are to be written. */
  | (About & { readonly kind: 'asking'; readonly rest: number; readonly note: string })
  | (About & { readonly kind: 'stopped'; readonly missing: number; readonly error?: ErrorReport });

interface About {
  readonly root: string;
  /** Name of the plan. */
  readonly run: string;
  readonly model: string;
}

export const isBusy = ({ kind }: RunState): boolean =>
  kind === 'sampling' || kind === 'running' || kind === 'asking';

export const NO_COUNTS: GenerationCounts = {
  planned: 0,
  accepted: 0,
  rejected: 0,
  rejections: {},
  failures: {},
  answers: 0,
  promptTokens: 0,
  completionTokens: 0,
  uncounted: 0,
  cost: { kind: 'unknown', why: 'no-price' },
};
