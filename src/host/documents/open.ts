/** Opening files at a place: where an error is, where a record stands, where a passage is read. */
import * as vscode from 'vscode';
import type { Place } from '../../core/errors.ts';
import type { Span } from '../../core/text/span.ts';
import { textUri } from './location.ts';
import { openDocument } from './transcriptions.ts';

export const rangeOf = (document: vscode.TextDocument, span: Span): vscode.Range =>
  new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));

export async function openPlace(place: Place): Promise<void> {
  if (place.file === undefined) return;
  const document = await openDocument(textUri(place.file));
  const position =
    place.line === undefined
      ? document.positionAt(place.offset ?? 0)
      : new vscode.Position(place.line - 1, (place.column ?? 1) - 1);
  const selection = new vscode.Range(position, position);
  await vscode.window.showTextDocument(document, { selection });
}

/** Opens a file and puts the cursor at the start of a span, with the span in sight. */
export async function openSpan(uri: vscode.Uri, span: Span): Promise<vscode.TextEditor> {
  const editor = await showDocument(uri);
  const range = rangeOf(editor.document, span);
  editor.selection = new vscode.Selection(range.start, range.start);
  editor.revealRange(range, vscode.TextEditorRevealType.AtTop);
  return editor;
}

/** Shows a file in the group that has a tab of it already. */
export async function showDocument(uri: vscode.Uri): Promise<vscode.TextEditor> {
  const group = vscode.window.tabGroups.all.find((candidate) =>
    candidate.tabs.some(
      ({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === uri.toString(),
    ),
  );
  const document = await openDocument(uri);
  return vscode.window.showTextDocument(document, group ? { viewColumn: group.viewColumn } : {});
}
