/** Holds the session of every file, and keeps it in step with the editor. */
import * as vscode from 'vscode';
import { applyEdits, EMPTY_FILE, verify, type FileSession } from './file-session.ts';

export class Sessions implements vscode.Disposable {
  readonly #files = new Map<string, FileSession>();
  readonly #changes = new vscode.EventEmitter<string>();
  readonly #subscriptions: vscode.Disposable;
  /** Fires with the URI of the file whose session is another one now. */
  readonly onDidChange = this.#changes.event;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length === 0 || !this.#files.has(document.uri.toString())) return;
        const edits = contentChanges.map(({ rangeOffset, rangeLength, text }) => ({
          start: rangeOffset,
          removed: rangeLength,
          added: text.length,
        }));
        this.update(document.uri, (file) => applyEdits(file, edits, document.getText()));
      }),
      vscode.workspace.onDidOpenTextDocument((document) => {
        if (this.#files.has(document.uri.toString())) {
          this.update(document.uri, (file) => verify(file, document.getText()));
        }
      }),
    );
  }

  get all(): ReadonlyMap<string, FileSession> {
    return this.#files;
  }

  get(uri: vscode.Uri | string): FileSession {
    return this.#files.get(uri.toString()) ?? EMPTY_FILE;
  }

  update(uri: vscode.Uri | string, change: (file: FileSession) => FileSession): void {
    const key = uri.toString();
    const before = this.get(key);
    const after = change(before);
    if (after === before) return;
    this.#files.set(key, after);
    this.#changes.fire(key);
  }

  forget(uri: string): void {
    if (this.#files.delete(uri)) this.#changes.fire(uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }
}
