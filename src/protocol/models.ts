/** The messages about models that run in the engine itself: which there are, and fetching one's weights. */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from '../core/errors.ts';

/** A model that needs no server. */
export interface BuiltInModel {
  /** What a plan names. */
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** Memory it needs, in megabytes. */
  readonly memory: number;
  /** What a person should know before trusting it, in a sentence. */
  readonly note?: string;
  /** Its texts are fluent and their content is poor: a trial, not a source of training documents. */
  readonly weak: boolean;
  /**
   * `ready`: its weights are there and were checked; `fetchable`: they can be had by {@link FetchModelRequest};
   * `missing`: a person has to put the file where `place` says.
   */
  readonly state: 'ready' | 'fetchable' | 'missing';
  /** Of the weights, in bytes. */
  readonly bytes: number;
  /** Who is asked for the weights, or where they belong; for a person. */
  readonly place: string;
}

export interface BuiltInModelsParams {
  /** Absent: the default one. */
  readonly modelFolder?: string;
}
export const BuiltInModelsRequest = new RequestType<
  BuiltInModelsParams,
  { readonly models: readonly BuiltInModel[] },
  ErrorReport
>('models/built-in');

export interface FetchModelParams extends BuiltInModelsParams {
  readonly id: string;
  /** Streams steps in bytes under this token. */
  readonly progress?: string;
}
/** Fetches and checks the weights; what was half fetched is gone on with. Throws `model-download-failed`. */
export const FetchModelRequest = new RequestType<FetchModelParams, { readonly file: string }, ErrorReport>(
  'models/fetch',
);
