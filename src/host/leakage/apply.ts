/** Carries replacements out as one edit, which one undo takes back. */
import * as vscode from 'vscode';
import { rangeOf } from '../documents/open.ts';
import { usage } from '../errors/usage.ts';
import type { Replacement } from './mask-edits.ts';

export function workspaceEdit(
  document: vscode.TextDocument,
  replacements: readonly Replacement[],
): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  edit.set(
    document.uri,
    replacements.map(({ span, text }) => vscode.TextEdit.replace(rangeOf(document, span), text)),
  );
  return edit;
}

/** @throws PatentLabError `usage` where the editor refuses the edit. */
export async function apply(
  document: vscode.TextDocument,
  replacements: readonly Replacement[],
): Promise<void> {
  if (replacements.length === 0) return;
  if (await vscode.workspace.applyEdit(workspaceEdit(document, replacements))) return;
  throw usage(
    vscode.l10n.t('The document could not be edited.'),
    vscode.l10n.t('It may be read-only; save a copy and work on that.'),
  );
}
