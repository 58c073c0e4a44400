/**
 * Shows what is no text as text: the engine transcribes a PDF, a spreadsheet or a member of an archive. It is a file
 * system that nobody can write to, because VS Code opens tabs of a file system again with the next window.
 */
import { stat } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { TranscribeRequest } from '../../protocol/transcription.ts';
import type { EngineClient } from '../engine/client.ts';
import { isTranscription, TRANSCRIPTION_SCHEME } from './location.ts';

/** VS Code passes on only the words of an error, so the error itself is kept for whoever opened the document. */
const failures = new Map<string, unknown>();

/** Opens a document; a transcription that fails throws the engine's own error. */
export async function openDocument(uri: vscode.Uri): Promise<vscode.TextDocument> {
  const key = uri.toString();
  failures.delete(key);
  try {
    return await vscode.workspace.openTextDocument(uri);
  } catch (error) {
    throw failures.get(key) ?? error;
  }
}

export class Transcriptions implements vscode.FileSystemProvider, vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #changes = new vscode.EventEmitter<vscode.FileChangeEvent[]>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChangeFile = this.#changes.event;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{pdf,xlsx,parquet,zip,gz}');
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidChange((uri) => this.#changed(uri)),
      watcher.onDidCreate((uri) => this.#changed(uri)),
      vscode.workspace.registerFileSystemProvider(TRANSCRIPTION_SCHEME, this, {
        isCaseSensitive: true,
        isReadonly: new vscode.MarkdownString(
          vscode.l10n.t('This is the text that was read from the file; it cannot be edited here.'),
        ),
      }),
    );
  }

  async stat({ fsPath }: vscode.Uri): Promise<vscode.FileStat> {
    const { mtimeMs, ctimeMs } = await fileOf(fsPath);
    // How long the text is shows only when it is read, and nothing depends on it.
    return { type: vscode.FileType.File, ctime: ctimeMs, mtime: mtimeMs, size: 0 };
  }

  async readFile(uri: vscode.Uri): Promise<Uint8Array> {
    try {
      const { text } = await this.#engine.request(TranscribeRequest, { path: uri.fsPath });
      // The mark says UTF-8, whatever encoding the settings name for files; it is no part of the document.
      return Buffer.from(`\uFEFF${text}`);
    } catch (error) {
      failures.set(uri.toString(), error);
      throw error;
    }
  }

  /** Changes of the files themselves are watched, for all documents together. */
  watch(): vscode.Disposable {
    return new vscode.Disposable(() => undefined);
  }

  readDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.FileNotADirectory(uri);
  }

  createDirectory(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  writeFile(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  delete(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  rename(uri: vscode.Uri): never {
    throw vscode.FileSystemError.NoPermissions(uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  /** The file itself, or the archive that open members stand in. */
  #changed({ path: changed }: vscode.Uri): void {
    const uris = vscode.workspace.textDocuments.map(({ uri }) => uri).filter(isTranscription);
    const ours = uris.filter((uri) => uri.path === changed || uri.path.startsWith(`${changed}/`));
    if (ours.length === 0) return;
    this.#changes.fire(ours.map((uri) => ({ type: vscode.FileChangeType.Changed, uri })));
  }
}

/** The file on disk, or the archive that a member stands in; whether there is such a member, reading it tells. */
async function fileOf(file: string): Promise<{ readonly mtimeMs: number; readonly ctimeMs: number }> {
  for (let at = file; ; at = path.dirname(at)) {
    const information = await stat(at).catch(() => undefined);
    if (information?.isFile()) return information;
    if (information || at === path.dirname(at)) throw vscode.FileSystemError.FileNotFound(file);
  }
}
