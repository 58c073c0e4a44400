/**
 * The patents a person has open: which files, which one is in front, and where in it the cursor stands. A file counts
 * when its content looks like patents, or when it was classified on request.
 */
import { open } from 'node:fs/promises';
import * as vscode from 'vscode';
import type { Span } from '../../core/text/span.ts';
import { setContext } from '../context-keys.ts';
import type { ActivePlace, OpenFile } from '../session/view-state.ts';
import { fileKind, HEAD_LENGTH } from './kinds.ts';
import { isOnDisk, isTranscription } from './location.ts';
import { ParsedDocuments } from './parsed.ts';
import { RecordFile, type RecordPlace } from './records.ts';

/** What the cursor's place needs beyond what the view shows. */
export interface ActivePatent extends ActivePlace {
  readonly unit?: RecordPlace;
}

const CURSOR_DELAY_MS = 80;

export class PatentEditors implements vscode.Disposable {
  /** What stands in the open documents. */
  readonly parsed = new ParsedDocuments();
  readonly #recognised = new Map<string, boolean | Promise<boolean>>();
  readonly #records = new Map<string, { readonly version: number; readonly file: RecordFile }>();
  readonly #subscriptions: vscode.Disposable;
  readonly #activeChanges = new vscode.EventEmitter<void>();
  readonly #openChanges = new vscode.EventEmitter<void>();
  readonly #cursorMoves = new vscode.EventEmitter<void>();
  /** Another file, or none, is in front. */
  readonly onDidChangeActive = this.#activeChanges.event;
  readonly onDidChangeOpen = this.#openChanges.event;
  /** The cursor moved in the patent in front. */
  readonly onDidMoveCursor = this.#cursorMoves.event;
  #active: vscode.TextEditor | undefined;
  #open: readonly OpenFile[] = [];
  #cursorTimer: NodeJS.Timeout | undefined;

  constructor() {
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeActiveTextEditor(() => this.#follow()),
      vscode.window.onDidChangeVisibleTextEditors(() => this.#follow()),
      vscode.window.tabGroups.onDidChangeTabs(() => this.#list()),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor }) => this.#moved(textEditor)),
      vscode.workspace.onDidSaveTextDocument((document) => this.#reconsider(document)),
      vscode.workspace.onDidCloseTextDocument((document) => this.#records.delete(document.uri.toString())),
    );
  }

  /** Looks at what is open already. */
  start(): void {
    this.#list();
    this.#follow();
  }

  get open(): readonly OpenFile[] {
    return this.#open;
  }

  get activeEditor(): vscode.TextEditor | undefined {
    return this.#active;
  }

  get active(): ActivePatent | undefined {
    return this.#active && this.place(this.#active);
  }

  /** Where an editor's cursor stands, whether or not its file is known to hold patents. */
  place({ document, selection }: vscode.TextEditor): ActivePatent {
    const cursor = { start: document.offsetAt(selection.start), end: document.offsetAt(selection.end) };
    return { ...this.placeIn(document, cursor), cursor };
  }

  placeIn(document: vscode.TextDocument, cursor: Span): ActivePatent {
    const unit = this.#recordFile(document)?.at(cursor.start) ?? this.#tableRow(document, cursor);
    const base = { uri: document.uri.toString(), file: document.uri.fsPath, cursor };
    return unit ? { ...base, unit } : base;
  }

  /** Whether the Patent view lists this document; nothing of ours appears in any other. */
  isPatent({ uri }: vscode.TextDocument): Promise<boolean> {
    if (!isOnDisk(uri)) return Promise.resolve(false);
    return new Promise((resolve) => this.#decide(uri, () => headOf(uri), resolve));
  }

  /** Finds out what {@link placeIn} needs; never rejects. */
  async settle(document: vscode.TextDocument): Promise<void> {
    if (fileKind(document.uri.fsPath) === 'table') await this.parsed.get(document).catch(() => undefined);
  }

  /** A person asked for this file to be classified, so it is listed from now on. */
  include(uri: vscode.Uri): void {
    if (this.#recognised.get(uri.toString()) === true) return;
    this.#recognised.set(uri.toString(), true);
    this.#list();
    this.#follow();
  }

  dispose(): void {
    clearTimeout(this.#cursorTimer);
    this.#subscriptions.dispose();
    this.parsed.dispose();
    this.#activeChanges.dispose();
    this.#openChanges.dispose();
    this.#cursorMoves.dispose();
  }

  /** A record of a spreadsheet's transcription; known once the document has been read. */
  #tableRow(document: vscode.TextDocument, cursor: Span): RecordPlace | undefined {
    if (fileKind(document.uri.fsPath) !== 'table') return undefined;
    const patents = this.parsed.peek(document)?.patents ?? [];
    const patent = patents.findLast(({ source }) => source.span.start <= cursor.start) ?? patents[0];
    return patent && { span: patent.source.span, index: patent.source.index, id: patent.id };
  }

  #recordFile(document: vscode.TextDocument): RecordFile | undefined {
    const kind = fileKind(document.uri.fsPath);
    if (kind !== 'jsonl' && kind !== 'csv') return undefined;
    const key = document.uri.toString();
    const known = this.#records.get(key);
    if (known?.version === document.version) return known.file;
    const file = new RecordFile(document.getText(), document.uri.fsPath, kind);
    this.#records.set(key, { version: document.version, file });
    return file;
  }

  /** The patent in front; it stays in front while a panel or a view without a text editor has the focus. */
  #follow(): void {
    const active = vscode.window.activeTextEditor;
    if (active && isOnDisk(active.document.uri)) {
      this.#decide(
        active.document.uri,
        () => active.document.getText().slice(0, HEAD_LENGTH),
        (isPatent) => {
          if (vscode.window.activeTextEditor === active) this.#setActive(isPatent ? active : undefined);
        },
      );
      return;
    }
    const isVisible = vscode.window.visibleTextEditors.some((editor) => editor === this.#active);
    if (!isVisible) this.#setActive(undefined);
  }

  #setActive(editor: vscode.TextEditor | undefined): void {
    setContext('activePatent', editor !== undefined);
    if (this.#active === editor) return;
    this.#active = editor;
    this.#activeChanges.fire();
  }

  #moved(editor: vscode.TextEditor): void {
    if (editor !== this.#active) return;
    clearTimeout(this.#cursorTimer);
    this.#cursorTimer = setTimeout(() => this.#cursorMoves.fire(), CURSOR_DELAY_MS);
  }

  #list(): void {
    const uris = new Map<string, vscode.Uri>();
    for (const { input } of vscode.window.tabGroups.all.flatMap(({ tabs }) => tabs)) {
      if (input instanceof vscode.TabInputText && isOnDisk(input.uri)) {
        uris.set(input.uri.toString(), input.uri);
      }
    }
    let isSettled = false;
    for (const uri of uris.values()) {
      this.#decide(
        uri,
        () => headOf(uri),
        () => {
          if (isSettled) this.#list();
        },
      );
    }
    isSettled = true;
    const listed = [...uris].filter(([key]) => this.#recognised.get(key) === true);
    const next = listed.map(([uri, { fsPath }]) => ({ uri, file: fsPath }));
    if (next.map(({ uri }) => uri).join('\n') === this.#open.map(({ uri }) => uri).join('\n')) return;
    this.#open = next;
    this.#openChanges.fire();
  }

  /** Calls back at once when it is known already, else when it has been found out. */
  #decide(uri: vscode.Uri, head: () => string | Promise<string>, then: (isPatent: boolean) => void): void {
    const key = uri.toString();
    if (fileKind(uri.fsPath) === undefined) return then(false);
    // Nothing is transcribed but what a person asked for.
    const known = isTranscription(uri) || this.#recognised.get(key);
    if (typeof known === 'boolean') return then(known);
    const verdict = known ?? this.#lookAt(uri, head);
    void verdict.then(then);
  }

  #lookAt(uri: vscode.Uri, head: () => string | Promise<string>): Promise<boolean> {
    const key = uri.toString();
    const verdict = recognise(uri, head).then((isPatent) => {
      // It may have been included by request meanwhile.
      const isListed = isPatent || this.#recognised.get(key) === true;
      this.#recognised.set(key, isListed);
      return isListed;
    });
    this.#recognised.set(key, verdict);
    return verdict;
  }

  #reconsider({ uri }: vscode.TextDocument): void {
    if (this.#recognised.get(uri.toString()) !== false) return;
    this.#recognised.delete(uri.toString());
    this.#list();
    this.#follow();
  }
}

/** The readers are loaded with the first file that has to be looked at, not with the extension. */
async function recognise({ fsPath }: vscode.Uri, head: () => string | Promise<string>): Promise<boolean> {
  try {
    const [{ looksLikePatents }, text] = await Promise.all([import('./recognise.ts'), head()]);
    return looksLikePatents(text, fsPath);
  } catch {
    return false;
  }
}

/** The first part of a file that may be open in a tab without being loaded. */
async function headOf(uri: vscode.Uri): Promise<string> {
  const key = uri.toString();
  const loaded = vscode.workspace.textDocuments.find((document) => document.uri.toString() === key);
  return loaded?.getText().slice(0, HEAD_LENGTH) ?? readHead(uri);
}

async function readHead({ fsPath }: vscode.Uri): Promise<string> {
  const file = await open(fsPath);
  try {
    const { buffer, bytesRead } = await file.read({ buffer: Buffer.alloc(HEAD_LENGTH) });
    return buffer.toString('utf8', 0, bytesRead);
  } finally {
    await file.close();
  }
}
