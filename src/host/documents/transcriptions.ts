/** Shows what is no text as text: the engine transcribes a PDF, a spreadsheet or a member of an archive. */
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

export class Transcriptions implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #changes = new vscode.EventEmitter<vscode.Uri>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changes.event;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    const watcher = vscode.workspace.createFileSystemWatcher('**/*.{pdf,xlsx,parquet,zip,gz}');
    this.#subscriptions = vscode.Disposable.from(
      watcher,
      watcher.onDidChange((uri) => this.#changed(uri)),
      watcher.onDidCreate((uri) => this.#changed(uri)),
      vscode.workspace.registerTextDocumentContentProvider(TRANSCRIPTION_SCHEME, this),
    );
  }

  async provideTextDocumentContent(uri: vscode.Uri, token: vscode.CancellationToken): Promise<string> {
    try {
      const { text } = await this.#engine.request(TranscribeRequest, { path: uri.fsPath }, { token });
      return text;
    } catch (error) {
      failures.set(uri.toString(), error);
      throw error;
    }
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  /** The file itself, or the archive that open members stand in. */
  #changed({ path }: vscode.Uri): void {
    for (const { uri } of vscode.workspace.textDocuments) {
      if (!isTranscription(uri)) continue;
      if (uri.path === path || uri.path.startsWith(`${path}/`)) this.#changes.fire(uri);
    }
  }
}
