/** What one classification in an editor is about: which text, which part of it, and how the engine gets it. */
import { stat } from 'node:fs/promises';
import type * as vscode from 'vscode';
import type { DocumentTarget, ErrorReport, Span } from '../../protocol/engine.ts';
import { isTranscription } from '../documents/location.ts';
import type { ActivePatent } from '../documents/patent-editors.ts';
import { mustSendText } from '../documents/send-text.ts';

export interface Job {
  readonly document: vscode.TextDocument;
  /** The text as it is classified; offsets in the answer refer to it. */
  readonly text: string;
  /** Range the answer is about. */
  readonly asked: Span;
  readonly target: DocumentTarget;
  readonly selection: boolean;
  /** The record cannot be read, so there is nothing to send. */
  readonly unreadable?: ErrorReport;
}

/** The whole document, or the record under the cursor. */
export async function documentJob(document: vscode.TextDocument, { unit }: ActivePatent): Promise<Job> {
  const text = document.getText();
  const base = { document, text, selection: false };
  const target: DocumentTarget = {
    path: document.uri.fsPath,
    // The engine wrote a transcription itself, and nobody can edit one.
    ...(isTranscription(document.uri) ? {} : await unsavedText(document, text)),
    ...(unit?.id === undefined ? {} : { id: unit.id }),
  };
  const asked = unit?.span ?? { start: 0, end: text.length };
  return unit?.error ? { ...base, asked, target, unreadable: unit.error } : { ...base, asked, target };
}

/** A passage by itself; the engine takes it from the text that is sent, or from its own transcription. */
export function selectionJob(document: vscode.TextDocument, selection: Span): Job {
  const text = document.getText();
  const sent = isTranscription(document.uri) ? {} : { text };
  const target: DocumentTarget = { path: document.uri.fsPath, ...sent, selection };
  return { document, text, asked: selection, target, selection: true };
}

async function unsavedText(document: vscode.TextDocument, text: string): Promise<{ readonly text?: string }> {
  const size = await stat(document.uri.fsPath).then(
    (information) => information.size,
    () => undefined,
  );
  return mustSendText({ text, isDirty: document.isDirty, size }) ? { text } : {};
}
