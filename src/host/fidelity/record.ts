/** Which records of a corpus file are synthetic, and what they say of themselves. */
import type * as vscode from 'vscode';
import { originOf, type Origin } from '../../core/corpus/origin.ts';
import type { Patent } from '../../core/patent/model.ts';

export interface SyntheticRecord {
  readonly id: string;
  readonly span: { readonly start: number; readonly end: number };
  readonly labels: readonly string[];
  readonly origin: Origin;
}

export const isSynthetic = ({ record }: Patent): boolean => record?.provenance === 'synthetic';

export function syntheticRecord(patent: Patent): SyntheticRecord | undefined {
  if (!isSynthetic(patent)) return undefined;
  const { id, source, record } = patent;
  return { id, span: source.span, labels: record?.labels ?? [], origin: originOf(patent) };
}

export const recordText = (document: vscode.TextDocument, span: SyntheticRecord['span']): string =>
  document.getText().slice(span.start, span.end);
