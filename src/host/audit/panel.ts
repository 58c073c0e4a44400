/**
 * The audit panel: shows the last leakage audit of a workspace or runs the first one, and exports its report. One panel
 * for each root.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, unreachable } from '../../core/errors.ts';
import { AuditRequest, type AuditResult } from '../../protocol/audit.ts';
import type {
  AuditRun,
  AuditViewIntent,
  AuditViewMessage,
  AuditViewState,
} from '../../protocol/audit-view.ts';
import { textUri } from '../documents/location.ts';
import { openSpan } from '../documents/open.ts';
import { usage } from '../errors/usage.ts';
import type { Services } from '../services.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';
import { requireTrust } from '../workspace/trust.ts';
import { lastReport, type LastReport } from './last-report.ts';

/** Least time between two words on how far a run is, in milliseconds. [ours] */
const TELLING_MS = 100;

const open = new Map<string, AuditPanel>();

/** Shows the audit of the root in front in its panel; without a report it is run. */
export async function showAudit(services: Services): Promise<void> {
  requireTrust();
  const root = services.roots.current;
  if (root === undefined) {
    throw usage(vscode.l10n.t('No folder is open.'), vscode.l10n.t('Open the folder with your patents.'));
  }
  const known = open.get(root);
  if (known) return known.reveal();
  const last = await lastReport(root);
  const panel = open.get(root) ?? new AuditPanel(services, root, last, () => open.delete(root));
  open.set(root, panel);
  panel.reveal();
  if (!last) await panel.run();
}

class AuditPanel {
  readonly #services: Services;
  readonly #root: string;
  readonly #panel: vscode.WebviewPanel;
  #run: AuditRun = { kind: 'idle' };
  #result: (LastReport & Partial<Pick<AuditResult, 'problems'>>) | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #telling: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(services: Services, root: string, last: LastReport | undefined, onClose: () => void) {
    this.#services = services;
    this.#root = root;
    this.#result = last;
    const title = vscode.l10n.t('Leakage Audit');
    this.#panel = vscode.window.createWebviewPanel('patentLab.audit', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(services.extension)],
    });
    this.#panel.webview.onDidReceiveMessage((intent: AuditViewIntent) => {
      this.#handle(intent).catch((error: unknown) => services.showError(error));
    });
    this.#panel.onDidDispose(() => {
      this.#disposed = true;
      clearTimeout(this.#telling);
      this.#running?.cancel();
      onClose();
    });
    this.#panel.webview.html = webviewHtml(this.#panel.webview, services.extension, 'audit', title);
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Resolves when the audit has ended in whatever way; the panel shows which. */
  async run(): Promise<void> {
    if (this.#running) return;
    requireTrust();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    this.#show({ kind: 'running', message: vscode.l10n.t('Starting…') });
    try {
      this.#result = await this.#services.engine.request(
        AuditRequest,
        { root: this.#root },
        {
          token: source.token,
          onProgress: (progress) => {
            if (progress.kind !== 'step' || this.#running !== source) return;
            const { message, done, total } = progress;
            this.#tell({
              kind: 'running',
              message,
              ...(done === undefined ? {} : { done }),
              ...(total === undefined ? {} : { total }),
            });
          },
        },
      );
      this.#show({ kind: 'idle' });
    } catch (error) {
      const report = toErrorReport(error);
      this.#show(report.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error: report });
    } finally {
      this.#running = undefined;
      source.dispose();
    }
  }

  async #handle(intent: AuditViewIntent): Promise<void> {
    switch (intent.kind) {
      case 'ready':
        return this.#send();
      case 'run':
        return this.run();
      case 'cancel':
        this.#running?.cancel();
        return;
      case 'open':
        await openSpan(textUri(intent.path), intent.span);
        return;
      case 'export':
        return this.#export(intent);
      case 'show-problems':
        // What is wrong in the workspace's files stands there already.
        await this.#services.summaries.refresh(this.#root).catch(() => undefined);
        await vscode.commands.executeCommand('workbench.actions.view.problems');
        return;
      default:
        return unreachable(intent);
    }
  }

  async #export(intent: Extract<AuditViewIntent, { kind: 'export' }>): Promise<void> {
    switch (intent.format) {
      case 'svg':
        return this.#save(`${intent.name}.svg`, vscode.l10n.t('SVG image'), (file) =>
          writeFile(file, intent.svg, 'utf8'),
        );
      case 'markdown':
        return this.#copy('md', vscode.l10n.t('Markdown'));
      case 'csv':
        return this.#copy('csv', vscode.l10n.t('CSV table'));
    }
  }

  /** The run keeps the report in every format. */
  async #copy(ending: 'md' | 'csv', kind: string): Promise<void> {
    const folder = this.#result?.folder;
    if (folder === undefined) return;
    await this.#save(`leakage-audit.${ending}`, kind, (file) =>
      copyFile(path.join(folder, `report.${ending}`), file),
    );
  }

  async #save(name: string, kind: string, write: (file: string) => Promise<void>): Promise<void> {
    const chosen = await vscode.window.showSaveDialog({
      title: vscode.l10n.t('Export Leakage Audit'),
      defaultUri: vscode.Uri.file(path.join(this.#root, name)),
      filters: { [kind]: [path.extname(name).slice(1)] },
    });
    if (!chosen) return;
    await write(chosen.fsPath);
    const openTitle = vscode.l10n.t('Open File');
    const message = vscode.l10n.t('Exported to {0}.', path.basename(chosen.fsPath));
    void vscode.window.showInformationMessage(message, openTitle).then((answer) => {
      if (answer === openTitle) void vscode.commands.executeCommand('vscode.open', chosen);
    });
  }

  /** Tells how far a run is, not more often than a person can read. */
  #tell(run: AuditRun): void {
    this.#run = run;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      if (this.#disposed || this.#run.kind !== 'running') return;
      const message: AuditViewMessage = { kind: 'run', run: this.#run };
      void this.#panel.webview.postMessage(message);
    }, TELLING_MS);
  }

  #show(run: AuditRun): void {
    this.#run = run;
    this.#send();
  }

  #send(): void {
    if (this.#disposed) return;
    const state: AuditViewState = {
      folder: path.basename(this.#root),
      run: this.#run,
      ...(this.#result ? { report: this.#result.report } : {}),
      // Those of an earlier audit are not kept; they stand in the Problems panel while they last.
      ...(this.#result && !this.#result.problems ? { earlier: true } : {}),
      problems: this.#result?.problems?.length ?? 0,
    };
    const message: AuditViewMessage = { kind: 'state', state };
    void this.#panel.webview.postMessage(message);
  }
}
