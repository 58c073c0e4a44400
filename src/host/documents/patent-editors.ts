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
import { TableMappings, type Mappings } from './mappings.ts';
import { ParsedDocuments } from './parsed.ts';
import type * as Records from './records.ts';

/** What the cursor's place needs beyond what the view shows. */
export interface ActivePatent extends ActivePlace {
  readonly unit?: Records.RecordPlace;
}

const CURSOR_DELAY_MS = 80;

interface Records {
  readonly version: number;
  readonly mappings: Mappings | undefined;
  readonly file: Records.RecordFile;
}

export class PatentEditors implements vscode.Disposable {
  readonly #mappings = new TableMappings();
  /** What stands in the open documents. */
  readonly parsed = new ParsedDocuments(this.#mappings);
  readonly #recognised = new Map<string, boolean | Promise<boolean>>();
  readonly #records = new Map<string, Records>();
  readonly #subscriptions: vscode.Disposable;
  readonly #activeChanges = new vscode.EventEmitter<void>();
  readonly #openChanges = new vscode.EventEmitter<void>();
  readonly #cursorMoves = new vscode.EventEmitter<void>();
  /** Another file, or none, is in front. */
  readonly onDidChangeActive = this.#activeChanges.event;
  readonly onDidChangeOpen = this.#openChanges.event;
  /** The cursor moved in the patent in front. */
  readonly onDidMoveCursor = this.#cursorMoves.event;
  #readers: typeof Records | undefined;
  #loading: Promise<typeof Records> | undefined;
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
      this.#mappings.onDidChange(() => this.#readAgain()),
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
    const unit = this.#recordFile(document)?.at(cursor.start);
    const base = { uri: document.uri.toString(), file: document.uri.fsPath, cursor };
    return unit ? { ...base, unit } : base;
  }

  /** Whether the Patent view lists this document; nothing of ours appears in any other. */
  isPatent({ uri }: vscode.TextDocument): Promise<boolean> {
    if (!isOnDisk(uri)) return Promise.resolve(false);
    return new Promise((resolve) => this.#decide(uri, () => headOf(uri), resolve));
  }

  /** Finds out what {@link placeIn} needs. */
  async settle(document: vscode.TextDocument): Promise<void> {
    const readers = recordKind(document.uri.fsPath) && this.#loadReaders();
    await Promise.all([readers, this.#mappings.load(document.uri)]);
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
    this.#mappings.dispose();
    this.#activeChanges.dispose();
    this.#openChanges.dispose();
    this.#cursorMoves.dispose();
  }

  /** The records of a corpus or a table, at first without what is remembered of its columns. */
  #recordFile(document: vscode.TextDocument): Records.RecordFile | undefined {
    const { uri, version } = document;
    const kind = recordKind(uri.fsPath);
    if (kind === undefined) return undefined;
    const readers = this.#readers;
    if (readers === undefined) {
      void this.#loadReaders().then(() => this.#cursorMoves.fire());
      return undefined;
    }
    const key = uri.toString();
    const mappings = this.#mappings.peek(uri);
    if (mappings === undefined) {
      void this.#mappings.load(uri).then(({ length }) => {
        if (length > 0) this.#cursorMoves.fire();
      });
    }
    const known = this.#records.get(key);
    if (known?.version === version && known.mappings === mappings) return known.file;
    const file = new readers.RecordFile(document.getText(), uri.fsPath, kind, mappings);
    this.#records.set(key, { version, mappings, file });
    return file;
  }

  /** What is remembered of columns is something else now: a table may be one of patents, and its records others. */
  #readAgain(): void {
    for (const [key, isPatent] of this.#recognised) if (isPatent === false) this.#recognised.delete(key);
    this.#list();
    this.#follow();
    this.#cursorMoves.fire();
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
    const verdict = this.#recognise(uri, head).then((isPatent) => {
      // It may have been included by request meanwhile.
      const isListed = isPatent || this.#recognised.get(key) === true;
      this.#recognised.set(key, isListed);
      return isListed;
    });
    this.#recognised.set(key, verdict);
    return verdict;
  }

  /** With the first corpus that has to be looked at, not with the extension. */
  #loadReaders(): Promise<typeof Records> {
    this.#loading ??= import('./records.ts').then((readers) => (this.#readers = readers));
    return this.#loading;
  }

  /** The readers are loaded with the first file that has to be looked at, not with the extension. */
  async #recognise(uri: vscode.Uri, head: () => string | Promise<string>): Promise<boolean> {
    try {
      const [{ looksLikePatents }, text, tables] = await Promise.all([
        import('./recognise.ts'),
        head(),
        this.#mappings.load(uri),
        this.#loadReaders(),
      ]);
      return looksLikePatents(text, uri.fsPath, tables);
    } catch {
      return false;
    }
  }

  #reconsider({ uri }: vscode.TextDocument): void {
    if (this.#recognised.get(uri.toString()) !== false) return;
    this.#recognised.delete(uri.toString());
    this.#list();
    this.#follow();
  }
}

function recordKind(file: string): 'jsonl' | 'csv' | undefined {
  const kind = fileKind(file);
  // A spreadsheet's transcription is a table like any other.
  if (kind === 'table') return 'csv';
  return kind === 'jsonl' || kind === 'csv' ? kind : undefined;
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
