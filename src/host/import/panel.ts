/** The Import panel: shows what the columns of a table mean, lets a person change it, and imports. */
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, unreachable } from '../../core/errors.ts';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import {
  ImportRequest,
  PreviewImportRequest,
  ProposeMappingRequest,
  type ExistingCorpus,
  type RememberedMapping,
  type TableFacts,
} from '../../protocol/import.ts';
import type {
  ImportColumn,
  ImportIntent,
  ImportRun,
  ImportState,
  PreviewState,
} from '../../protocol/import-view.ts';
import { openPlace } from '../documents/open.ts';
import type { Services } from '../services.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';
import { requireTrust } from '../workspace/trust.ts';
import { columnsOf, corpusName, mappingOf, previewRecord, withField } from './model.ts';
import { formatOf, openCorpus, openProblems } from './outcome.ts';
import { withRemembered } from './remember.ts';

const PREVIEW_RECORDS = 3;

export async function openImportPanel(
  services: Services,
  root: string,
  table: vscode.Uri,
  others: readonly vscode.Uri[],
): Promise<void> {
  const facts = await services.engine.request(ProposeMappingRequest, { root, path: table.fsPath });
  const panel = new ImportPanel(services, root, table, others, facts);
  await panel.start();
}

class ImportPanel {
  readonly #services: Services;
  readonly #root: string;
  readonly #table: vscode.Uri;
  readonly #others: readonly vscode.Uri[];
  readonly #facts: TableFacts;
  readonly #panel: vscode.WebviewPanel;
  #columns: readonly ImportColumn[];
  #separator: string | undefined;
  #out: string;
  #outExists = false;
  #remember = true;
  #preview: PreviewState = { kind: 'loading' };
  #run: ImportRun = { kind: 'idle' };
  #existing: ExistingCorpus = 'refuse';
  /** Cancels the preview that a later change makes stale. */
  #previewing: vscode.CancellationTokenSource | undefined;
  #importing: vscode.CancellationTokenSource | undefined;
  #disposed = false;

  constructor(
    services: Services,
    root: string,
    table: vscode.Uri,
    others: readonly vscode.Uri[],
    facts: TableFacts,
  ) {
    this.#services = services;
    this.#root = root;
    this.#table = table;
    this.#others = others;
    this.#facts = facts;
    this.#columns = columnsOf(facts);
    this.#separator = facts.mapping.separator;
    const name = path.basename(table.fsPath);
    this.#out = path.join(root, 'corpus', `${corpusName(name)}.jsonl`);
    const title = vscode.l10n.t('Import {0}', name);
    this.#panel = vscode.window.createWebviewPanel('patentLab.import', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(services.extension)],
    });
    this.#panel.webview.onDidReceiveMessage((intent: ImportIntent) => {
      this.#handle(intent).catch((error: unknown) => services.showError(error));
    });
    this.#panel.onDidDispose(() => {
      this.#disposed = true;
      this.#previewing?.cancel();
      this.#importing?.cancel();
    });
    this.#panel.webview.html = webviewHtml(this.#panel.webview, services.extension, 'import', title);
  }

  async start(): Promise<void> {
    await this.#look();
    await this.#readPreview();
  }

  async #handle(intent: ImportIntent): Promise<void> {
    switch (intent.kind) {
      case 'ready':
        return this.#send();
      case 'set-field':
        this.#columns = withField(this.#columns, intent.column, intent.field);
        return this.#readPreview();
      case 'set-separator':
        this.#separator = intent.separator;
        return this.#readPreview();
      case 'set-out':
        return this.#setOut(path.resolve(this.#root, intent.out));
      case 'choose-out':
        return this.#chooseOut();
      case 'set-remember':
        this.#remember = intent.remember;
        return this.#send();
      case 'import':
        this.#existing = intent.existing;
        return this.#import(false);
      case 'start-anew':
        return this.#import(true);
      case 'cancel':
        this.#importing?.cancel();
        return;
      case 'open-corpus':
        if (this.#run.kind === 'done') await openCorpus(this.#run.result);
        return;
      case 'show-problems':
        if (this.#run.kind === 'done') await openProblems(this.#run.result);
        return;
      case 'open-problem': {
        const place = this.#run.kind === 'done' ? this.#run.result.problems[intent.index]?.place : undefined;
        if (place) await openPlace(place);
        return;
      }
      default:
        return unreachable(intent);
    }
  }

  async #setOut(out: string): Promise<void> {
    // A corpus is a table or JSON lines, whatever else was typed.
    this.#out = formatOf(out) === undefined ? `${out}.jsonl` : out;
    if (this.#run.kind !== 'running') this.#run = { kind: 'idle' };
    await this.#look();
    this.#send();
  }

  async #chooseOut(): Promise<void> {
    const chosen = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Corpus file'),
      defaultUri: vscode.Uri.file(this.#out),
      filters: {
        [vscode.l10n.t('JSON Lines')]: ['jsonl'],
        [vscode.l10n.t('CSV table')]: ['csv'],
      },
    });
    if (chosen) await this.#setOut(chosen.fsPath);
  }

  async #look(): Promise<void> {
    this.#outExists = await stat(this.#out).then(
      (information) => information.isFile(),
      () => false,
    );
  }

  async #readPreview(): Promise<void> {
    this.#previewing?.cancel();
    const source = new vscode.CancellationTokenSource();
    this.#previewing = source;
    // A preview that is there stays until the new one comes, so that the page does not flicker.
    if (this.#preview.kind === 'failed') this.#preview = { kind: 'loading' };
    if (this.#run.kind !== 'running') this.#run = { kind: 'idle' };
    this.#send();
    const params = {
      path: this.#table.fsPath,
      header: this.#facts.header,
      mapping: mappingOf(this.#columns, this.#separator),
      records: PREVIEW_RECORDS,
    };
    let preview: PreviewState;
    try {
      const { records } = await this.#services.engine.request(PreviewImportRequest, params, {
        token: source.token,
      });
      preview = { kind: 'ready', records: records.map(previewRecord) };
    } catch (error) {
      preview = { kind: 'failed', error: toErrorReport(error) };
    }
    if (this.#previewing !== source) return;
    this.#preview = preview;
    this.#send();
  }

  async #import(restart: boolean): Promise<void> {
    if (this.#run.kind === 'running') return;
    requireTrust();
    const mapping: RememberedMapping = {
      ...mappingOf(this.#columns, this.#separator),
      header: [...this.#facts.header],
    };
    const source = new vscode.CancellationTokenSource();
    this.#importing = source;
    this.#show({ kind: 'running', message: vscode.l10n.t('Starting…') });
    try {
      if (this.#remember) await this.#rememberMapping(mapping);
      const result = await this.#services.engine.request(
        ImportRequest,
        {
          root: this.#root,
          sources: [this.#table, ...this.#others].map(({ fsPath }) => fsPath),
          out: this.#out,
          format: formatOf(this.#out) ?? 'jsonl',
          tables: [mapping],
          existing: this.#existing,
          restart,
        },
        {
          token: source.token,
          onProgress: (progress) => {
            if (progress.kind !== 'step' || this.#importing !== source) return;
            const { message, done, total } = progress;
            this.#show({
              kind: 'running',
              message,
              ...(done === undefined ? {} : { done }),
              ...(total === undefined ? {} : { total }),
            });
          },
        },
      );
      this.#show({ kind: 'done', result });
    } catch (error) {
      const report = toErrorReport(error);
      this.#show(report.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error: report });
    } finally {
      this.#importing = undefined;
      await this.#look();
      this.#send();
    }
  }

  async #rememberMapping(mapping: RememberedMapping): Promise<void> {
    const file = vscode.Uri.file(path.join(this.#root, WORKSPACE_CONFIG_FILE));
    const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === file.toString());
    const text = open?.getText() ?? (await readFile(file.fsPath, 'utf8').catch(() => ''));
    const changed = withRemembered(text, mapping);
    if (changed === text) return;
    if (!open) return vscode.workspace.fs.writeFile(file, Buffer.from(changed, 'utf8'));
    const edit = new vscode.WorkspaceEdit();
    edit.replace(file, new vscode.Range(open.positionAt(0), open.positionAt(text.length)), changed);
    await vscode.workspace.applyEdit(edit);
    await open.save();
  }

  #show(run: ImportRun): void {
    this.#run = run;
    this.#send();
  }

  #send(): void {
    if (this.#disposed) return;
    const { proposal, rows, delimiter, size } = this.#facts;
    const state: ImportState = {
      file: {
        name: path.basename(this.#table.fsPath),
        size,
        rows,
        delimiter,
        others: this.#others.length,
        ...(proposal.vendor === undefined ? {} : { vendor: proposal.vendor }),
      },
      columns: this.#columns,
      ...(this.#separator === undefined ? {} : { separator: this.#separator }),
      preview: this.#preview,
      out: this.#shownOut(),
      outExists: this.#outExists,
      remember: this.#remember,
      run: this.#run,
    };
    void this.#panel.webview.postMessage({ kind: 'state', state });
  }

  #shownOut(): string {
    const relative = path.relative(this.#root, this.#out);
    const isInside = !relative.startsWith('..') && !path.isAbsolute(relative);
    return isInside ? relative.split(path.sep).join('/') : this.#out;
  }
}
