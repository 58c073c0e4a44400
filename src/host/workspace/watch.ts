/**
 * Notices when the files that a workspace's summary was made from change. Watches only roots that somebody asked
 * about, and answers a burst of changes once.
 */
import path from 'node:path';
import * as vscode from 'vscode';
import type { Summaries } from './summaries.ts';

const DELAY_MS = 400;

/** Files that can change a summary: configuration, taxonomy, decisions, corpora. */
const WATCHED = '**/*.{json,jsonl,csv}';
const IGNORED = /(^|[\\/])(node_modules|\.git|\.patent-lab|synthetic)([\\/]|$)/;

export class WorkspaceWatcher implements vscode.Disposable {
  readonly #summaries: Summaries;
  readonly #watchers = new Map<string, vscode.Disposable>();
  readonly #timers = new Map<string, NodeJS.Timeout>();
  readonly #subscriptions: vscode.Disposable;

  constructor(summaries: Summaries) {
    this.#summaries = summaries;
    this.#subscriptions = vscode.Disposable.from(
      summaries.onDidChange((root) => this.#watch(root)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('patentLab.targetCount')) return;
        for (const root of summaries.roots()) this.#refresh(root);
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const watcher of this.#watchers.values()) watcher.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
  }

  #watch(root: string): void {
    if (this.#watchers.has(root)) return;
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(vscode.Uri.file(root), WATCHED),
    );
    const changed = ({ fsPath }: vscode.Uri): void => {
      if (this.#matters(root, fsPath)) this.#later(root);
    };
    this.#watchers.set(
      root,
      vscode.Disposable.from(
        watcher,
        watcher.onDidChange(changed),
        watcher.onDidCreate(changed),
        watcher.onDidDelete(changed),
      ),
    );
  }

  #matters(root: string, file: string): boolean {
    if (IGNORED.test(path.relative(root, file))) return false;
    if (!/\.json$/i.test(file)) return true;
    const taxonomy = this.#summaries.get(root)?.taxonomy?.path ?? path.join(root, 'taxonomy.json');
    return (
      file === taxonomy ||
      path.basename(file) === 'patent-lab.json' ||
      path.basename(file) === 'taxonomy.json'
    );
  }

  #later(root: string): void {
    clearTimeout(this.#timers.get(root));
    this.#timers.set(
      root,
      setTimeout(() => this.#refresh(root), DELAY_MS),
    );
  }

  /** What went wrong is in the summary's state, which the views show. */
  #refresh(root: string): void {
    this.#summaries.refresh(root).catch(() => undefined);
  }
}
