/** What a person sees and opens when an import has ended. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { CorpusFormat, ImportResult } from '../../protocol/import.ts';

export function formatOf(file: string): CorpusFormat | undefined {
  if (/\.jsonl$/i.test(file)) return 'jsonl';
  return /\.csv$/i.test(file) ? 'csv' : undefined;
}

export async function openCorpus({ out }: ImportResult): Promise<void> {
  // Whatever editor fits: a corpus of hundreds of megabytes is not loaded as text without asking.
  await vscode.commands.executeCommand('vscode.open', vscode.Uri.file(out));
}

export async function openProblems({ problemsFile }: ImportResult): Promise<void> {
  if (problemsFile !== undefined) await vscode.window.showTextDocument(vscode.Uri.file(problemsFile));
}

/** One notification for an import without a panel. */
export async function tellOutcome(result: ImportResult): Promise<void> {
  const { added, failed, duplicateIds, groups, problemCount } = result;
  const parts = [
    vscode.l10n.t('{0} records imported into {1}.', added.toLocaleString(), path.basename(result.out)),
    ...(groups > 0 ? [vscode.l10n.t('{0} groups share a text or a family.', groups.toLocaleString())] : []),
    ...(duplicateIds > 0
      ? [vscode.l10n.t('{0} left out: their ids were taken.', duplicateIds.toLocaleString())]
      : []),
    ...(failed > 0 ? [vscode.l10n.t('{0} could not be read.', failed.toLocaleString())] : []),
  ];
  const open = vscode.l10n.t('Open Corpus');
  const problems = vscode.l10n.t('Show Problems');
  const buttons = problemCount > 0 ? [open, problems] : [open];
  const show = failed > 0 ? vscode.window.showWarningMessage : vscode.window.showInformationMessage;
  const chosen = await show(parts.join(' '), ...buttons);
  if (chosen === open) await openCorpus(result);
  else if (chosen === problems) await openProblems(result);
}
