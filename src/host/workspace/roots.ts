/** Finds the root of a file, and the root that views without a file of their own speak of. */
import { access } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { PatentEditors } from '../documents/patent-editors.ts';
import { rootOf } from './root.ts';

const exists = (file: string): Promise<boolean> =>
  access(file).then(
    () => true,
    () => false,
  );

export class Roots implements vscode.Disposable {
  readonly #editors: PatentEditors;
  readonly #subscription: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Fires when {@link current} is another one. */
  readonly onDidChangeCurrent = this.#changes.event;
  #current: string | undefined;

  constructor(editors: PatentEditors) {
    this.#editors = editors;
    this.#current = firstFolder();
    this.#subscription = vscode.Disposable.from(
      editors.onDidChangeActive(() => void this.#follow()),
      vscode.workspace.onDidChangeWorkspaceFolders(() => void this.#follow()),
    );
  }

  /** The root of the patent in front, of the last one that was, or of the workspace. */
  get current(): string | undefined {
    return this.#current;
  }

  of(uri: vscode.Uri): Promise<string> {
    return rootOfDocument(uri);
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  async #follow(): Promise<void> {
    const active = this.#editors.active;
    const next = active ? await this.of(vscode.Uri.parse(active.uri)) : (this.#current ?? firstFolder());
    if (next === this.#current) return;
    this.#current = next;
    this.#changes.fire();
  }
}

/** A transcription belongs where its file lies. */
export function rootOfDocument(uri: vscode.Uri): Promise<string> {
  const folder = vscode.workspace.getWorkspaceFolder(uri.with({ scheme: 'file' }));
  return rootOf(uri.fsPath, folder?.uri.fsPath ?? firstFolder(), exists);
}

const firstFolder = (): string | undefined =>
  vscode.workspace.workspaceFolders?.find(({ uri }) => uri.scheme === 'file')?.uri.fsPath;
