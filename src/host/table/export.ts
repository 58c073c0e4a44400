/** Writes predictions to a file that the person names; its ending decides the format. */
import path from 'node:path';
import * as vscode from 'vscode';
import { ExportRequest, type ClassifyOutcome } from '../../protocol/engine.ts';
import type { EngineClient } from '../engine/client.ts';
import { requireTrust } from '../workspace/trust.ts';

type ExportFormat = 'csv' | 'jsonl';

export async function exportOutcomes(
  engine: EngineClient,
  outcomes: readonly ClassifyOutcome[],
  where: { readonly folder: string | undefined; readonly name: string; readonly format?: ExportFormat },
): Promise<void> {
  requireTrust();
  const { folder, name, format = 'csv' } = where;
  const file = `${name.replace(/[^\p{L}\p{N}._-]+/gu, '-')}-predictions.${format}`;
  const csv = { [vscode.l10n.t('CSV table')]: ['csv'] };
  const jsonl = { [vscode.l10n.t('JSON Lines')]: ['jsonl'] };
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Export {0} predictions', outcomes.length),
    filters: format === 'csv' ? { ...csv, ...jsonl } : { ...jsonl, ...csv },
    ...(folder === undefined ? {} : { defaultUri: vscode.Uri.file(path.join(folder, file)) }),
  });
  if (!chosen) return;
  const { rows } = await engine.request(ExportRequest, {
    outcomes,
    format: formatOf(chosen.fsPath) ?? format,
    path: chosen.fsPath,
  });
  const openTitle = vscode.l10n.t('Open File');
  const message = vscode.l10n.t('Exported {0} rows to {1}.', rows, path.basename(chosen.fsPath));
  void vscode.window.showInformationMessage(message, openTitle).then((answer) => {
    if (answer === openTitle) void vscode.window.showTextDocument(chosen);
  });
}

function formatOf(file: string): ExportFormat | undefined {
  if (/\.csv$/i.test(file)) return 'csv';
  return /\.jsonl$/i.test(file) ? 'jsonl' : undefined;
}
