/**
 * The labels of each workspace root that documents are checked against: read by the host itself, so that checking needs
 * no engine and works in a workspace that is not trusted. Follows the files on disk and, for what is being edited, the
 * editors; while a taxonomy cannot be read because it is half typed, the last good one counts.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import type { Labels } from './read-labels.ts';

export type LabelsState =
  | { readonly kind: 'present'; readonly labels: Labels }
  | { readonly kind: 'missing' }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

const DELAY_MS = 250;

interface Entry {
  state: LabelsState | undefined;
  loading: Promise<LabelsState>;
  taxonomyFile: string | undefined;
  /** Of the files with a fixed place, and of the taxonomy. */
  watchers: vscode.Disposable[];
  taxonomyWatcher: vscode.Disposable | undefined;
  timer?: NodeJS.Timeout;
}

export class LabelFiles implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  readonly #subscription: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<string>();
  /** Fires with the root whose labels are others now. */
  readonly onDidChange = this.#changes.event;

  constructor() {
    this.#subscription = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
      if (contentChanges.length === 0 || document.uri.scheme !== 'file') return;
      for (const [root, entry] of this.#entries) {
        if (document.uri.fsPath === entry.taxonomyFile) this.#later(root, entry);
      }
    });
  }

  get(root: string): LabelsState | undefined {
    return this.#entries.get(root)?.state;
  }

  /** What is known, or is being read already; never rejects. */
  load(root: string): Promise<LabelsState> {
    const known = this.#entries.get(root);
    if (known) return known.loading;
    const entry: Entry = {
      state: undefined,
      loading: Promise.resolve({ kind: 'missing' }),
      taxonomyFile: undefined,
      watchers: [],
      taxonomyWatcher: undefined,
    };
    this.#entries.set(root, entry);
    entry.loading = this.#read(root, entry);
    return entry.loading;
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
    for (const { watchers, taxonomyWatcher, timer } of this.#entries.values()) {
      clearTimeout(timer);
      for (const watcher of [...watchers, taxonomyWatcher]) watcher?.dispose();
    }
    this.#entries.clear();
  }

  #later(root: string, entry: Entry): void {
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => {
      const before = entry.state;
      entry.loading = entry.loading.then(() => this.#read(root, entry));
      void entry.loading.then((state) => {
        if (this.#entries.get(root) === entry && !isSame(before, state)) this.#changes.fire(root);
      });
    }, DELAY_MS);
  }

  async #read(root: string, entry: Entry): Promise<LabelsState> {
    const before = entry.state?.kind === 'present' ? entry.state.labels : undefined;
    try {
      const { labelFiles, readLabels, taxonomyFileOf } = await import('./read-labels.ts');
      if (entry.watchers.length === 0) {
        entry.watchers = labelFiles(root).map((file) => this.#watch(root, entry, file));
      }
      const taxonomyFile = await taxonomyFileOf(root, textOf);
      if (entry.taxonomyFile !== taxonomyFile) {
        entry.taxonomyFile = taxonomyFile;
        entry.taxonomyWatcher?.dispose();
        entry.taxonomyWatcher = this.#watch(root, entry, taxonomyFile);
      }
      const labels = await readLabels(root, taxonomyFile, textOf, before);
      entry.state = labels ? { kind: 'present', labels } : { kind: 'missing' };
    } catch (error) {
      if (!before) entry.state = { kind: 'failed', error: toErrorReport(error) };
    }
    return entry.state ?? { kind: 'missing' };
  }

  #watch(root: string, entry: Entry, file: string): vscode.Disposable {
    const folder = vscode.Uri.file(path.dirname(file));
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, path.basename(file)),
    );
    const changed = (): void => this.#later(root, entry);
    return vscode.Disposable.from(
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
    );
  }
}

function isSame(before: LabelsState | undefined, after: LabelsState): boolean {
  if (before?.kind !== 'present' || after.kind !== 'present') return false;
  return before.labels.matcher === after.labels.matcher && before.labels.decisions === after.labels.decisions;
}

async function textOf(file: string): Promise<string | undefined> {
  const key = vscode.Uri.file(file).toString();
  const open = vscode.workspace.textDocuments.find(({ uri }) => uri.toString() === key);
  if (open?.isDirty) return open.getText();
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
}
