/**
 * What the engine finds when it compares a document with the others of the workspace: contamination, copying,
 * instruction leaks. Asked when a document is opened, saved, or left alone for a while after an edit. That it cannot be
 * answered is no error to a person who only opened a file: it is logged, and the view says that it was not possible.
 */
import { ErrorCodes, ResponseError } from 'vscode-jsonrpc/node';
import * as vscode from 'vscode';
import { toErrorReport } from '../../core/errors.ts';
import { RelationsRequest, type DocumentFindings, type Finding } from '../../protocol/leakage.ts';
import { documentJob } from '../classify/job.ts';
import type { Edit } from '../documents/edits.ts';
import { fileKind } from '../documents/kinds.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Roots } from '../workspace/roots.ts';
import { moved } from './leak.ts';
import type { LeakageDocuments } from './documents.ts';

/** A pause after the last edit that is long enough to compare unsaved text. */
const QUIET_MS = 2000;

export type RelationsState = 'running' | 'done' | 'not-possible';

interface Entry {
  state: RelationsState;
  found: readonly DocumentFindings[];
  edits: Edit[];
  timer?: NodeJS.Timeout;
  cancellation?: vscode.CancellationTokenSource;
}

export class Relations implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #roots: Roots;
  readonly #log: vscode.LogOutputChannel;
  readonly #entries = new Map<string, Entry>();
  readonly #subscriptions: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<vscode.TextDocument>();
  readonly onDidChange = this.#changes.event;
  /** The engine that runs does not know the question. */
  #isUnknown = false;

  constructor(engine: EngineClient, roots: Roots, documents: LeakageDocuments, log: vscode.LogOutputChannel) {
    this.#engine = engine;
    this.#roots = roots;
    this.#log = log;
    const engineState = engine.onDidChangeState(({ kind }) => {
      if (kind === 'stopped' || kind === 'starting') this.#isUnknown = false;
      // What was opened before the engine ran is compared now.
      if (kind === 'idle') for (const document of documents.open) this.#opened(document);
    });
    this.#subscriptions = vscode.Disposable.from(
      engineState,
      documents.onDidChange((document) => {
        if (documents.get(document.uri) === undefined) this.#forget(document);
        else if (documents.get(document.uri)?.kind === 'checked') this.#opened(document);
      }),
      vscode.workspace.onDidChangeTextDocument((event) => this.#edited(event)),
      vscode.workspace.onDidSaveTextDocument((saved) => {
        // A corpus that is saved may be what the others are compared with.
        const concerned = isCorpus(saved) ? documents.open : documents.open.filter((one) => one === saved);
        for (const document of concerned) this.#ask(document);
      }),
      vscode.workspace.onDidGrantWorkspaceTrust(() => {
        for (const document of documents.open) this.#ask(document);
      }),
    );
  }

  state(uri: vscode.Uri | string): RelationsState {
    return this.#entries.get(uri.toString())?.state ?? 'not-possible';
  }

  /** Findings about the document of the file with this position, where they are now. */
  findings(uri: vscode.Uri | string, index: number): readonly Finding[] {
    const entry = this.#entries.get(uri.toString());
    const about = entry?.found.filter((document) => document.index === index) ?? [];
    return about.flatMap(({ findings }) =>
      findings.flatMap((finding) => moved(finding, entry?.edits ?? []) ?? []),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const { timer, cancellation } of this.#entries.values()) {
      clearTimeout(timer);
      cancellation?.cancel();
    }
    this.#entries.clear();
    this.#changes.dispose();
  }

  #opened(document: vscode.TextDocument): void {
    if (!this.#entries.has(document.uri.toString())) this.#ask(document);
  }

  /** Reading one patent starts no engine; a corpus is where documents are contaminated. */
  #canAsk(document: vscode.TextDocument): boolean {
    if (!vscode.workspace.isTrusted || this.#isUnknown) return false;
    const { kind } = this.#engine.state;
    return kind === 'idle' || kind === 'busy' || (isCorpus(document) && kind !== 'unavailable');
  }

  #edited({ document, contentChanges }: vscode.TextDocumentChangeEvent): void {
    const entry = this.#entries.get(document.uri.toString());
    if (!entry || contentChanges.length === 0) return;
    for (const { rangeOffset, rangeLength, text } of contentChanges) {
      entry.edits.push({ start: rangeOffset, removed: rangeLength, added: text.length });
    }
    clearTimeout(entry.timer);
    entry.timer = setTimeout(() => this.#ask(document), QUIET_MS);
  }

  #ask(document: vscode.TextDocument): void {
    if (document.isClosed || !this.#canAsk(document)) return;
    const key = document.uri.toString();
    const entry: Entry = this.#entries.get(key) ?? { state: 'running', found: [], edits: [] };
    this.#entries.set(key, entry);
    clearTimeout(entry.timer);
    entry.cancellation?.cancel();
    const cancellation = new vscode.CancellationTokenSource();
    entry.cancellation = cancellation;
    entry.state = 'running';
    this.#changes.fire(document);
    void this.#compare(document, entry, cancellation.token).finally(() => cancellation.dispose());
  }

  async #compare(
    document: vscode.TextDocument,
    entry: Entry,
    token: vscode.CancellationToken,
  ): Promise<void> {
    const isCurrent = (): boolean =>
      !token.isCancellationRequested && this.#entries.get(document.uri.toString()) === entry;
    try {
      const root = await this.#roots.of(document.uri);
      const nowhere = { start: 0, end: 0 };
      const job = documentJob(document, {
        uri: document.uri.toString(),
        file: document.uri.fsPath,
        cursor: nowhere,
      });
      const edits = entry.edits.length;
      const { target } = await job;
      const { documents } = await this.#engine.request(RelationsRequest, { root, target }, { token });
      if (!isCurrent()) return;
      entry.found = documents;
      entry.edits = entry.edits.slice(edits);
      entry.state = 'done';
    } catch (error) {
      if (!isCurrent()) return;
      entry.state = 'not-possible';
      if (isUnknownMethod(error)) this.#isUnknown = true;
      this.#log.debug(`No comparison of ${document.uri.fsPath}: ${toErrorReport(error).message}`);
    }
    this.#changes.fire(document);
  }

  #forget(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    const entry = this.#entries.get(key);
    clearTimeout(entry?.timer);
    entry?.cancellation?.cancel();
    this.#entries.delete(key);
  }
}

function isCorpus({ uri }: vscode.TextDocument): boolean {
  const kind = fileKind(uri.fsPath);
  return kind === 'jsonl' || kind === 'csv';
}

const isUnknownMethod = (error: unknown): boolean =>
  error instanceof Error &&
  error.cause instanceof ResponseError &&
  error.cause.code === ErrorCodes.MethodNotFound;
