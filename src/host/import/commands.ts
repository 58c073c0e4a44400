/** "Import as Corpus…": a table opens the Import panel; everything else needs no questions but where to. */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport } from '../../core/errors.ts';
import { ImportRequest, type ExistingCorpus, type ImportParams } from '../../protocol/import.ts';
import { ProgressReporter } from '../progress.ts';
import type { Services } from '../services.ts';
import { requireTrust } from '../workspace/trust.ts';
import { corpusName } from './model.ts';
import { formatOf, tellOutcome } from './outcome.ts';

const TABLE = /\.(csv|tsv|xlsx|parquet)$/i;

export async function importDocuments(services: Services, clicked: readonly vscode.Uri[]): Promise<void> {
  const uris = clicked.length > 0 ? clicked : await pickFiles(services);
  const [first] = uris;
  if (!first) return;
  const root = await services.roots.of(first);
  const table = uris.find(({ fsPath }) => TABLE.test(fsPath));
  if (table) {
    const others = uris.filter((uri) => uri !== table);
    const { openImportPanel } = await import('./panel.ts');
    return openImportPanel(services, root, table, others);
  }
  await importDirectly(services, root, uris, corpusName(path.basename(first.fsPath)));
}

async function pickFiles({ roots }: Services): Promise<readonly vscode.Uri[]> {
  const root = roots.current;
  const chosen = await vscode.window.showOpenDialog({
    title: vscode.l10n.t('Import as Corpus'),
    openLabel: vscode.l10n.t('Import'),
    canSelectMany: true,
    filters: {
      [vscode.l10n.t('Patents and tables')]: [
        ...['csv', 'tsv', 'xlsx', 'parquet', 'jsonl', 'json', 'xml', 'zip', 'gz', 'pdf', 'txt', 'md'],
      ],
      [vscode.l10n.t('All files')]: ['*'],
    },
    ...(root === undefined ? {} : { defaultUri: vscode.Uri.file(root) }),
  });
  return chosen ?? [];
}

async function importDirectly(
  services: Services,
  root: string,
  uris: readonly vscode.Uri[],
  name: string,
): Promise<void> {
  requireTrust();
  const chosen = await vscode.window.showSaveDialog({
    title: vscode.l10n.t('Import as Corpus'),
    saveLabel: vscode.l10n.t('Import'),
    defaultUri: vscode.Uri.file(path.join(root, 'corpus', `${name}.jsonl`)),
    filters: { [vscode.l10n.t('JSON Lines')]: ['jsonl'], [vscode.l10n.t('CSV table')]: ['csv'] },
  });
  if (!chosen) return;
  const out = formatOf(chosen.fsPath) === undefined ? `${chosen.fsPath}.jsonl` : chosen.fsPath;
  const existing = await whatOfExisting(out);
  if (existing === undefined) return;
  const sources = uris.map(({ fsPath }) => fsPath);
  const format = formatOf(out) ?? 'jsonl';
  await run(services, { root, sources, out, format, tables: [], existing, restart: false });
}

async function whatOfExisting(out: string): Promise<ExistingCorpus | undefined> {
  const isThere = await stat(out).then(
    () => true,
    () => false,
  );
  if (!isThere) return 'refuse';
  const add = vscode.l10n.t('Add to It');
  const replace = vscode.l10n.t('Replace It');
  const chosen = await vscode.window.showWarningMessage(
    vscode.l10n.t('{0} is there already.', path.basename(out)),
    { modal: true, detail: vscode.l10n.t('Documents whose ids it has are left out when you add to it.') },
    add,
    replace,
  );
  if (chosen === undefined) return undefined;
  return chosen === add ? 'append' : 'overwrite';
}

async function run(services: Services, params: ImportParams): Promise<void> {
  const progress = {
    location: vscode.ProgressLocation.Notification,
    title: vscode.l10n.t('Importing into {0}', path.basename(params.out)),
    cancellable: true,
  };
  try {
    const result = await vscode.window.withProgress(progress, (sink, token) => {
      const reporter = new ProgressReporter(sink);
      return services.engine.request(ImportRequest, params, {
        token,
        onProgress: (step) => reporter.report(step),
      });
    });
    void tellOutcome(result);
  } catch (error) {
    const { code, message } = toErrorReport(error);
    if (code === 'cancelled') return tellCancelled(services, params);
    if (code !== 'usage' || params.restart) throw error;
    // An interrupted import is in the way.
    const anew = vscode.l10n.t('Start Anew');
    const chosen = await vscode.window.showWarningMessage(message, anew);
    if (chosen === anew) await run(services, { ...params, restart: true });
  }
}

async function tellCancelled(services: Services, params: ImportParams): Promise<void> {
  const again = vscode.l10n.t('Continue');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Cancelled. What was read is kept: importing again goes on from there.'),
    again,
  );
  if (chosen === again) await run(services, { ...params, restart: false });
}
