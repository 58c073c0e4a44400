/**
 * A panel that shows the report of a run: the last one at once, or the first one made now. It tells how far a run is,
 * cancels it, and exports what the run left behind. One panel of a kind for each root. What is particular to a kind of
 * report is its {@link ReportKind}.
 */
import { copyFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunKind } from '../../core/corpus/workspace-files.ts';
import { toErrorReport, unreachable, type ErrorReport } from '../../core/errors.ts';
import type { Progress } from '../../protocol/engine.ts';
import type {
  ReportRun,
  ReportViewIntent,
  ReportViewMessage,
  ReportViewState,
} from '../../protocol/report-view.ts';
import { textUri } from '../documents/location.ts';
import { openSpan } from '../documents/open.ts';
import type { Services } from '../services.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';
import { requireRoot } from '../workspace/require-root.ts';
import { requireTrust } from '../workspace/trust.ts';
import { lastReport, type StoredReport } from './newest-run.ts';

/** Least time between two words on how far a run is, in milliseconds. [ours] */
const TELLING_MS = 100;

export interface ReportResult<Report> extends StoredReport<Report> {
  /** Records and labels that could not be taken over; unknown for an earlier report. */
  readonly problems?: readonly ErrorReport[];
}

/** What a run is told and given. */
export interface RunContext {
  readonly root: string;
  readonly token: vscode.CancellationToken;
  readonly onProgress: (progress: Progress) => void;
}

export interface ReportKind<Report, Intent extends { readonly kind: string } = ReportViewIntent> {
  readonly kind: RunKind;
  /** Tells apart panels of one kind and root, such as those about different files. */
  readonly about?: string;
  /** Workspace it is about; without it, the one in front. */
  readonly root?: string;
  /** Bundle of the webview, and the last part of its view type. */
  readonly view: string;
  readonly title: string;
  /** Of the save dialog. */
  readonly exportTitle: string;
  /** Proposed name of an export, without an ending. */
  readonly fileName: string;
  /** Whether a report on disk is whole and of this version. */
  isReport(value: unknown): value is Report;
  run(services: Services, context: RunContext): Promise<ReportResult<Report>>;
  /** Intents beyond those that all panels know. @returns whether it was one of them. */
  handle?(panel: ReportPanel<Report, Intent>, intent: Exclude<Intent, ReportViewIntent>): Promise<void>;
  /** What the view shows beside the report. */
  extend?(panel: ReportPanel<Report, Intent>): object;
  /** Called once; what it returns is disposed of with the panel. */
  opened?(panel: ReportPanel<Report, Intent>): vscode.Disposable;
  /** Whether opening the panel without an earlier report makes the first one. Default: true. */
  readonly runsAtOnce?: boolean;
}

const open = new Map<string, unknown>();

/** Shows the report of the kind's root in its panel. */
export async function showReport<Report, Intent extends { readonly kind: string } = ReportViewIntent>(
  services: Services,
  kind: ReportKind<Report, Intent>,
  shown?: StoredReport<Report>,
): Promise<ReportPanel<Report, Intent>> {
  requireTrust();
  const root = kind.root ?? requireRoot(services.roots);
  const key = `${kind.view}\n${root}\n${kind.about ?? ''}`;
  const known = () => open.get(key) as ReportPanel<Report, Intent> | undefined;
  const last = known() ? undefined : (shown ?? (await lastReport(root, kind.kind, kind.isReport)));
  const before = known();
  const panel = before ?? new ReportPanel(services, kind, root, last, () => open.delete(key));
  open.set(key, panel);
  if (before && shown) panel.show(shown);
  panel.reveal();
  if (!before && !last && (kind.runsAtOnce ?? true)) await panel.run();
  return panel;
}

export class ReportPanel<Report, Intent extends { readonly kind: string } = ReportViewIntent> {
  readonly services: Services;
  readonly root: string;
  readonly #kind: ReportKind<Report, Intent>;
  readonly #panel: vscode.WebviewPanel;
  #run: ReportRun = { kind: 'idle' };
  #result: ReportResult<Report> | undefined;
  #running: vscode.CancellationTokenSource | undefined;
  #telling: NodeJS.Timeout | undefined;
  #disposed = false;

  constructor(
    services: Services,
    kind: ReportKind<Report, Intent>,
    root: string,
    last: StoredReport<Report> | undefined,
    onClose: () => void,
  ) {
    this.services = services;
    this.root = root;
    this.#kind = kind;
    this.#result = last;
    const { view, title } = kind;
    this.#panel = vscode.window.createWebviewPanel(`patentLab.${view}`, title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(services.extension)],
    });
    this.#panel.webview.onDidReceiveMessage((intent: Intent | ReportViewIntent) => {
      this.#handle(intent).catch((error: unknown) => services.showError(error));
    });
    const opened = kind.opened?.(this);
    this.#panel.onDidDispose(() => {
      this.#disposed = true;
      clearTimeout(this.#telling);
      this.#running?.cancel();
      opened?.dispose();
      onClose();
    });
    this.#panel.webview.html = webviewHtml(this.#panel.webview, services.extension, view, title);
  }

  get result(): ReportResult<Report> | undefined {
    return this.#result;
  }

  reveal(): void {
    this.#panel.reveal();
  }

  /** Shows another report of the same kind, such as an older run. */
  show(report: StoredReport<Report>): void {
    this.#result = report;
    this.send();
  }

  /** Resolves when the run has ended in whatever way; the panel shows which. */
  async run(): Promise<void> {
    if (this.#running) return;
    requireTrust();
    const source = new vscode.CancellationTokenSource();
    this.#running = source;
    this.#show({ kind: 'running', message: vscode.l10n.t('Starting…') });
    try {
      this.#result = await this.#kind.run(this.services, {
        root: this.root,
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
      });
      this.#show({ kind: 'idle' });
    } catch (error) {
      const report = toErrorReport(error);
      this.#show(report.code === 'cancelled' ? { kind: 'cancelled' } : { kind: 'failed', error: report });
    } finally {
      this.#running = undefined;
      source.dispose();
    }
  }

  /** Sends the whole state to the view. */
  send(): void {
    if (this.#disposed) return;
    const { report, problems } = this.#result ?? {};
    const state: ReportViewState<Report> = {
      folder: path.basename(this.root),
      run: this.#run,
      ...(report === undefined ? {} : { report }),
      // Those of an earlier run are not kept; they stand in the Problems panel while they last.
      ...(this.#result && !problems ? { earlier: true } : {}),
      problems: problems?.length ?? 0,
      ...this.#kind.extend?.(this),
    };
    void this.#panel.webview.postMessage({ kind: 'state', state } satisfies ReportViewMessage<typeof state>);
  }

  /** Tells the view something that only this kind of report has. */
  post<Message extends { readonly kind: string }>(message: Message): void {
    if (!this.#disposed) void this.#panel.webview.postMessage(message);
  }

  async #handle(intent: Intent | ReportViewIntent): Promise<void> {
    if (isCommon(intent)) return this.#handleCommon(intent);
    await this.#kind.handle?.(this, intent as Exclude<Intent, ReportViewIntent>);
  }

  async #handleCommon(intent: ReportViewIntent): Promise<void> {
    switch (intent.kind) {
      case 'ready':
        return this.send();
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
        await this.services.summaries.refresh(this.root).catch(() => undefined);
        await vscode.commands.executeCommand('workbench.actions.view.problems');
        return;
      default:
        return unreachable(intent);
    }
  }

  async #export(intent: Extract<ReportViewIntent, { kind: 'export' }>): Promise<void> {
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

  async #copy(ending: 'md' | 'csv', kind: string): Promise<void> {
    const folder = this.#result?.folder;
    if (folder === undefined) return;
    await this.#save(`${this.#kind.fileName}.${ending}`, kind, (file) =>
      copyFile(path.join(folder, `report.${ending}`), file),
    );
  }

  async #save(name: string, kind: string, write: (file: string) => Promise<void>): Promise<void> {
    const chosen = await vscode.window.showSaveDialog({
      title: this.#kind.exportTitle,
      defaultUri: vscode.Uri.file(path.join(this.root, name)),
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
  #tell(run: ReportRun): void {
    this.#run = run;
    this.#telling ??= setTimeout(() => {
      this.#telling = undefined;
      if (this.#disposed || this.#run.kind !== 'running') return;
      void this.#panel.webview.postMessage({ kind: 'run', run: this.#run });
    }, TELLING_MS);
  }

  #show(run: ReportRun): void {
    this.#run = run;
    this.send();
  }
}

const COMMON: Readonly<Record<ReportViewIntent['kind'], true>> = {
  ready: true,
  run: true,
  cancel: true,
  open: true,
  export: true,
  'show-problems': true,
};

const isCommon = (intent: { readonly kind: string }): intent is ReportViewIntent =>
  Object.hasOwn(COMMON, intent.kind);
