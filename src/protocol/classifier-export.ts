/** A workspace's classifier as files for others. */
import { RequestType } from 'vscode-jsonrpc';
import type { ErrorReport } from './engine.ts';

export type ExportLayout =
  | { readonly kind: 'plain' }
  /** @param name of the model in a repository, which may hold others */
  | { readonly kind: 'triton'; readonly name: string };

export interface ExportClassifierParams {
  readonly root: string;
  /** Of the files, or the repository; it need not be there yet. */
  readonly folder: string;
  readonly layout: ExportLayout;
  readonly progress?: string;
}

export interface ExportedClassifier {
  readonly folder: string;
  /** Relative to the folder. */
  readonly files: readonly string[];
  /** Of the model's file. */
  readonly sha256: string;
}

export const ExportClassifierRequest = new RequestType<
  ExportClassifierParams,
  ExportedClassifier,
  ErrorReport
>('classifier/export');
