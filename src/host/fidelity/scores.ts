/**
 * What was measured of single synthetic documents in this session or by the last report: for the lines above their
 * records and for the *Fidelity* tab. Nothing is measured that nobody asked for.
 */
import { createHash } from 'node:crypto';
import * as vscode from 'vscode';
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import {
  DocumentFidelityRequest,
  type DocumentFidelity,
  type FidelityDocument,
  type FidelityReport,
} from '../../protocol/fidelity.ts';
import type { DocumentTarget, Span } from '../../protocol/engine.ts';
import { fingerprint } from '../documents/fingerprint.ts';
import { lastReport } from '../reports/newest-run.ts';
import type { EngineClient } from '../engine/client.ts';
import { rootOfDocument } from '../workspace/roots.ts';
import { requireTrust } from '../workspace/trust.ts';

/** A synthetic document as it was scored. */
export interface ScoredDocument {
  readonly document: FidelityDocument;
  /** Of the record's text that was scored; undefined where the file is another one than the report's. */
  readonly fingerprint: string | undefined;
}

export type FileScores =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | { readonly kind: 'scored'; readonly documents: ReadonlyMap<string, ScoredDocument> };

export type Compared =
  | { readonly kind: 'running' }
  | { readonly kind: 'failed'; readonly error: ErrorReport }
  | {
      readonly kind: 'scored';
      readonly fidelity: DocumentFidelity;
      readonly real: number;
      readonly fingerprint: string;
    };

/** A record of an open file. */
export interface RecordInFile {
  readonly document: vscode.TextDocument;
  readonly id: string;
  readonly span: Span;
}

export class DocumentScores implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #files = new Map<string, FileScores>();
  readonly #compared = new Map<string, Compared>();
  /** Files whose last report was looked for. */
  readonly #lookedFor = new Set<string>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  readonly onDidChange = this.#changes.event;

  constructor(engine: EngineClient) {
    this.#engine = engine;
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      const file = uri.toString();
      this.#files.delete(file);
      this.#lookedFor.delete(file);
      for (const key of [...this.#compared.keys()])
        if (key.startsWith(`${file}\n`)) this.#compared.delete(key);
    });
  }

  /** What is known of a file's documents; with the first question, the last report is looked for. */
  file(document: vscode.TextDocument): FileScores | undefined {
    const key = document.uri.toString();
    if (!this.#files.has(key) && !this.#lookedFor.has(key)) {
      this.#lookedFor.add(key);
      void this.#fromReport(document);
    }
    return this.#files.get(key);
  }

  compared(uri: vscode.Uri | string, id: string): Compared | undefined {
    return this.#compared.get(`${uri.toString()}\n${id}`);
  }

  /** A report was made: it tells of all files in it. */
  take(report: FidelityReport): void {
    for (const document of vscode.workspace.textDocuments) this.#take(document, report);
  }

  /** Scores every record of a file; what goes wrong becomes the state. */
  async scoreFile(document: vscode.TextDocument): Promise<void> {
    requireTrust();
    const key = document.uri.toString();
    if (this.#files.get(key)?.kind === 'running') return;
    this.#set(this.#files, key, { kind: 'running' });
    try {
      const text = document.getText();
      const target: DocumentTarget = { path: document.uri.fsPath, ...(document.isDirty ? { text } : {}) };
      const root = await rootOfDocument(document.uri);
      const { documents } = await this.#engine.request(DocumentFidelityRequest, {
        root,
        target,
        compare: false,
      });
      const scored = documents.map((one) => [one.document.id, scoredIn(text, one.document)] as const);
      this.#set(this.#files, key, { kind: 'scored', documents: new Map(scored) });
    } catch (error) {
      this.#set(this.#files, key, { kind: 'failed', error: toErrorReport(error) });
    }
  }

  /** Scores one record and compares it with its nearest real document; what goes wrong becomes the state. */
  async compare({ document, id, span }: RecordInFile, target: DocumentTarget): Promise<void> {
    requireTrust();
    const key = `${document.uri.toString()}\n${id}`;
    if (this.#compared.get(key)?.kind === 'running') return;
    const text = document.getText().slice(span.start, span.end);
    this.#set(this.#compared, key, { kind: 'running' });
    try {
      const root = await rootOfDocument(document.uri);
      const params = { root, target, compare: true };
      const { documents, real } = await this.#engine.request(DocumentFidelityRequest, params);
      const fidelity = documents.find((one) => one.document.id === id) ?? documents[0];
      if (fidelity) {
        this.#set(this.#compared, key, { kind: 'scored', fidelity, real, fingerprint: fingerprint(text) });
      } else {
        this.#compared.delete(key);
        this.#changes.fire();
      }
    } catch (error) {
      this.#set(this.#compared, key, { kind: 'failed', error: toErrorReport(error) });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  async #fromReport(document: vscode.TextDocument): Promise<void> {
    const { isFidelityReport } = await import('./report.ts');
    const isAbout = (value: unknown): value is FidelityReport =>
      isFidelityReport(value) && value.documents.some(({ file }) => file === document.uri.fsPath);
    const root = await rootOfDocument(document.uri);
    const last = await lastReport(root, 'fidelity', isAbout).catch(() => undefined);
    if (last && !document.isClosed && !this.#files.has(document.uri.toString()))
      this.#take(document, last.report);
  }

  #take(document: vscode.TextDocument, report: FidelityReport): void {
    const file = document.uri.fsPath;
    const own = report.documents.filter((one) => one.file === file);
    if (own.length === 0) return;
    const text = document.getText();
    const hash = createHash('sha256').update(text).digest('hex');
    const isSame = report.inputs.some(({ sha256 }) => sha256 === hash);
    const scored = own.map((one): readonly [string, ScoredDocument] => [
      one.id,
      isSame ? scoredIn(text, one) : { document: one, fingerprint: undefined },
    ]);
    this.#set(this.#files, document.uri.toString(), { kind: 'scored', documents: new Map(scored) });
  }

  #set<T>(states: Map<string, T>, key: string, state: T): void {
    states.set(key, state);
    this.#changes.fire();
  }
}

const scoredIn = (text: string, document: FidelityDocument): ScoredDocument => ({
  document,
  fingerprint: fingerprint(text.slice(document.span.start, document.span.end)),
});
