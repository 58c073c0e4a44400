/**
 * The patents of open documents as the core readers see them, one reading for each version of a document. Outline,
 * hovers, folding and the preview all work on this. A document that is being typed in is read when the typing pauses.
 */
import * as vscode from 'vscode';
import type { ErrorReport } from '../../core/errors.ts';
import type { Patent } from '../../core/patent/model.ts';
import type { TableMappings } from './mappings.ts';

/** Longer texts are not read for the outline and the preview: it would take seconds with every edit. [ours] */
export const LONGEST_READ = 20 * 1024 * 1024;

/** A pause in typing after which a document is read. */
const QUIET_MS = 250;

export interface ParsedDocument {
  readonly version: number;
  readonly patents: readonly Patent[];
  /** Documents of the file that could not be read. */
  readonly failures: readonly ErrorReport[];
  /** The text is longer than {@link LONGEST_READ}, so nothing was read. */
  readonly tooLong: boolean;
}

interface Entry {
  readonly version: number;
  readonly reading: Promise<ParsedDocument | undefined>;
  parsed?: ParsedDocument;
  isWanted: boolean;
}

export class ParsedDocuments implements vscode.Disposable {
  readonly #entries = new Map<string, Entry>();
  /** When a document was last edited, in milliseconds. */
  readonly #edited = new Map<string, number>();
  readonly #mappings: TableMappings;
  readonly #subscriptions: vscode.Disposable;

  constructor(mappings: TableMappings) {
    this.#mappings = mappings;
    this.#subscriptions = vscode.Disposable.from(
      mappings.onDidChange(() => this.#forgetAll()),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        const key = document.uri.toString();
        if (contentChanges.length > 0 && this.#entries.has(key)) this.#edited.set(key, Date.now());
      }),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#forget(uri.toString())),
    );
  }

  /** What is known of the present version, without reading it. */
  peek({ uri, version }: vscode.TextDocument): ParsedDocument | undefined {
    const entry = this.#entries.get(uri.toString());
    return entry?.version === version ? entry.parsed : undefined;
  }

  /**
   * The patents of the document as it is when reading ends. Undefined when nobody wants them any more: the document
   * was closed, or the token was cancelled (the reading itself goes on for whoever asks next).
   */
  async get(
    document: vscode.TextDocument,
    token?: vscode.CancellationToken,
  ): Promise<ParsedDocument | undefined> {
    const isWanted = (): boolean => token?.isCancellationRequested !== true && !document.isClosed;
    const key = document.uri.toString();
    while (isWanted()) {
      const quietIn = (this.#edited.get(key) ?? 0) + QUIET_MS - Date.now();
      if (quietIn > 0) {
        await new Promise((resolve) => setTimeout(resolve, quietIn));
        continue;
      }
      const parsed = await this.#entry(document).reading;
      if (parsed?.version === document.version) return isWanted() ? parsed : undefined;
    }
    return undefined;
  }

  dispose(): void {
    this.#forgetAll();
    this.#subscriptions.dispose();
  }

  #forgetAll(): void {
    for (const key of [...this.#entries.keys()]) this.#forget(key);
  }

  /** The reading of the present version; one of an older version stops at its next slice. */
  #entry(document: vscode.TextDocument): Entry {
    const key = document.uri.toString();
    const known = this.#entries.get(key);
    const { version } = document;
    if (known?.version === version) return known;
    if (known) known.isWanted = false;
    const entry: Entry = {
      version,
      isWanted: true,
      reading: this.#read(document, () => entry.isWanted && document.version === version).then((parsed) => {
        if (parsed) entry.parsed = parsed;
        return parsed;
      }),
    };
    this.#entries.set(key, entry);
    return entry;
  }

  /** The readers are loaded with the first document that is read, not with the extension. */
  async #read(document: vscode.TextDocument, isWanted: () => boolean): Promise<ParsedDocument | undefined> {
    const { version } = document;
    const text = document.getText();
    if (text.length > LONGEST_READ) return { version, patents: [], failures: [], tooLong: true };
    const tables = await this.#mappings.load(document.uri);
    const { readSlices } = await import('./read-slices.ts');
    const reading = await readSlices(text, document.uri.fsPath, isWanted, { tables });
    return reading && { version, ...reading, tooLong: false };
  }

  #forget(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) entry.isWanted = false;
    this.#entries.delete(key);
    this.#edited.delete(key);
  }
}
