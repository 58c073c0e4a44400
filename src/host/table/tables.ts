/** The tables of classified folders, in editor panels: rows stream in, Cancel stops at once. */
import * as vscode from 'vscode';
import { unreachable } from '../../core/errors.ts';
import { ClassifyRequest, type ClassifyOutcome } from '../../protocol/engine.ts';
import type { TableIntent } from '../../protocol/table-view.ts';
import type { Preparation } from '../classify/prepare.ts';
import type { EngineClient } from '../engine/client.ts';
import { webviewFolder, webviewHtml } from '../webview-html.ts';
import type { Roots } from '../workspace/roots.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { TableRun } from './run.ts';

const BATCH_MS = 100;

/** What a table asks of the rest of the extension. */
export interface TableActions {
  openOutcome(outcome: ClassifyOutcome): Promise<void>;
  exportOutcomes(outcomes: readonly ClassifyOutcome[], name: string, format?: 'csv' | 'jsonl'): Promise<void>;
  showError(error: unknown): void;
}

export interface Table {
  readonly title: string;
  readonly outcomes: readonly ClassifyOutcome[];
}

interface TableParts {
  readonly extension: vscode.Uri;
  readonly engine: EngineClient;
  readonly roots: Roots;
  readonly summaries: Summaries;
  readonly preparation: Preparation;
}

export class Tables implements vscode.Disposable {
  readonly #parts: TableParts;
  readonly #panels = new Map<vscode.WebviewPanel, { readonly title: string; readonly run: TableRun }>();
  readonly #changes = new vscode.EventEmitter<void>();
  /** Fires when a table opens or closes. */
  readonly onDidChange = this.#changes.event;

  constructor(parts: TableParts) {
    this.#parts = parts;
  }

  /** The table in front, else the one that was opened last. */
  get current(): Table | undefined {
    const panels = [...this.#panels];
    const [, table] = panels.find(([panel]) => panel.active) ?? panels.at(-1) ?? [];
    return table && { title: table.title, outcomes: table.run.outcomes };
  }

  /** Whether a table has the focus. */
  get isInFront(): boolean {
    return [...this.#panels.keys()].some((panel) => panel.active);
  }

  /** Opens a table for files and folders and fills it; resolves when the run ended. */
  async classify(targets: readonly vscode.Uri[], title: string, actions: TableActions): Promise<void> {
    const [first] = targets;
    if (!first) return;
    const { roots, summaries, preparation, engine } = this.#parts;
    const root = await roots.of(first);
    const source = new vscode.CancellationTokenSource();
    const panel = this.#createPanel(title);
    const run = new TableRun({
      title,
      root,
      classifier: summaries.get(root)?.classifier?.name ?? '',
      batch: BATCH_MS,
      send: (message) => void panel.webview.postMessage(message),
    });
    this.#connect(panel, title, run, source, actions);
    try {
      const readiness = await preparation.ready(root, source.token, () => undefined);
      if (readiness.kind === 'declined') return panel.dispose();
      run.named(readiness.summary.classifier?.name ?? '');
      const paths = targets.map(({ fsPath }) => ({ path: fsPath }));
      const { outcomes } = await engine.request(
        ClassifyRequest,
        { root, targets: paths, evidence: false, neighbours: 0 },
        { token: source.token, onProgress: (progress) => run.progress(progress) },
      );
      run.add(outcomes);
      run.end('finished');
    } catch (error) {
      run.end('cancelled');
      actions.showError(error);
    }
  }

  dispose(): void {
    for (const panel of this.#panels.keys()) panel.dispose();
    this.#changes.dispose();
  }

  #createPanel(title: string): vscode.WebviewPanel {
    const { extension } = this.#parts;
    const panel = vscode.window.createWebviewPanel('patentLab.table', title, vscode.ViewColumn.Active, {
      enableScripts: true,
      localResourceRoots: [webviewFolder(extension)],
      // Thousands of rows and a scroll position are dear to rebuild, and tables are few.
      retainContextWhenHidden: true,
    });
    panel.webview.html = webviewHtml(panel.webview, extension, 'table', title);
    return panel;
  }

  #connect(
    panel: vscode.WebviewPanel,
    title: string,
    run: TableRun,
    source: vscode.CancellationTokenSource,
    actions: TableActions,
  ): void {
    this.#panels.set(panel, { title, run });
    this.#changes.fire();
    panel.webview.onDidReceiveMessage((intent: TableIntent) => {
      handle(intent).catch((error: unknown) => actions.showError(error));
    });
    panel.onDidDispose(() => {
      source.cancel();
      run.dispose();
      this.#panels.delete(panel);
      this.#changes.fire();
    });

    async function handle(intent: TableIntent): Promise<void> {
      switch (intent.kind) {
        case 'ready':
          return run.ready();
        case 'cancel':
          source.cancel();
          return run.end('cancelled');
        case 'open': {
          const outcome = run.outcome(intent.key);
          return outcome && actions.openOutcome(outcome);
        }
        case 'export':
          return actions.exportOutcomes(run.outcomes, title, intent.format);
        default:
          return unreachable(intent);
      }
    }
  }
}
