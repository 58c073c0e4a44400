/** Writes predictions to a file that the person names; its ending decides the format. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import type { EngineClient } from '../engine/client.ts';
import { requireTrust } from '../workspace/trust.ts';
import { sendExport } from './send-export.ts';

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
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Exporting {0} rows', outcomes.length),
    cancellable: true,
  };
  const rows = await vscode.window.withProgress(progress, (reporter, token) => {
    let sent = 0;
    return sendExport(engine, outcomes, {
      path: chosen.fsPath,
      format: formatOf(chosen.fsPath) ?? format,
      isCancelled: () => token.isCancellationRequested,
      onSent: (done) => {
        reporter.report({ increment: (100 * (done - sent)) / outcomes.length });
        sent = done;
      },
    });
  });
  if (rows === undefined) return;
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
