/** The review of synthetic documents: what the engine is asked to write into the review file of a workspace. */
import { RequestType } from 'vscode-jsonrpc';
import type { Verdict } from '../core/corpus/synthetic-review.ts';
import type { ErrorReport } from '../core/errors.ts';

export type { Verdict };

export interface RecordVerdictsParams {
  readonly root: string;
  /** In this order; the last verdict on a document wins, and null takes it back. */
  readonly verdicts: readonly { readonly id: string; readonly verdict: Verdict | null }[];
}

export interface RecordVerdictsResult {
  /** The review file. */
  readonly file: string;
}

export const RecordVerdictsRequest = new RequestType<RecordVerdictsParams, RecordVerdictsResult, ErrorReport>(
  'synthetic/verdict',
);
