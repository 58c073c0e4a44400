/** Classifies what is open in editors; the answers go into the file's session, which the views show. */
import * as vscode from 'vscode';
import { toErrorReport, type ErrorReport } from '../../core/errors.ts';
import { ClassifyRequest, type ClassifyOutcome } from '../../protocol/engine.ts';
import { isAboutDocument } from '../errors/about.ts';
import type { PatentEditors } from '../documents/patent-editors.ts';
import type { EngineClient } from '../engine/client.ts';
import { begin, ended, progress, takeFailure, takeOutcomes, verify } from '../session/file-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { setting } from '../settings.ts';
import type { Roots } from '../workspace/roots.ts';
import { documentJob, selectionJob, type Job } from './job.ts';
import type { Preparation } from './prepare.ts';

export type ClassifyResult =
  | { readonly kind: 'done' }
  /** Nothing to say: the person declined or cancelled. */
  | { readonly kind: 'stopped' }
  /** What is wrong with the document itself also stands in its session, so that the Patent view shows it. */
  | { readonly kind: 'failed'; readonly error: unknown };

export class Classification implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #roots: Roots;
  readonly #editors: PatentEditors;
  readonly #sessions: Sessions;
  readonly #preparation: Preparation;
  readonly #running = new Map<string, vscode.CancellationTokenSource>();
  readonly #classified = new vscode.EventEmitter<vscode.Uri>();
  /** Fires with the file that has new predictions. */
  readonly onDidClassify = this.#classified.event;

  constructor(parts: {
    readonly engine: EngineClient;
    readonly roots: Roots;
    readonly editors: PatentEditors;
    readonly sessions: Sessions;
    readonly preparation: Preparation;
  }) {
    this.#engine = parts.engine;
    this.#roots = parts.roots;
    this.#editors = parts.editors;
    this.#sessions = parts.sessions;
    this.#preparation = parts.preparation;
  }

  /** The whole document, or the record at `offset`. */
  async classifyDocument(document: vscode.TextDocument, offset: number): Promise<ClassifyResult> {
    this.#editors.include(document.uri);
    await this.#editors.settle(document);
    const place = this.#editors.placeIn(document, { start: offset, end: offset });
    return this.#run(await documentJob(document, place));
  }

  async classifySelection(editor: vscode.TextEditor): Promise<ClassifyResult> {
    this.#editors.include(editor.document.uri);
    return this.#run(selectionJob(editor.document, this.#editors.place(editor).cursor));
  }

  cancel(uri: vscode.Uri | string): void {
    this.#running.get(uri.toString())?.cancel();
  }

  dispose(): void {
    for (const source of this.#running.values()) source.cancel();
    this.#classified.dispose();
  }

  /** A later request for the same file takes the place of an earlier one. */
  async #run(job: Job): Promise<ClassifyResult> {
    const { uri } = job.document;
    const key = uri.toString();
    this.cancel(uri);
    const source = new vscode.CancellationTokenSource();
    this.#running.set(key, source);
    this.#sessions.update(uri, (file) => begin(file, job.asked, vscode.l10n.t('Preparing…')));
    try {
      return await this.#classify(job, source.token);
    } catch (error) {
      return this.#failed(job, error, toErrorReport(error));
    } finally {
      if (this.#running.get(key) === source) {
        this.#running.delete(key);
        this.#sessions.update(uri, (file) => (file.running ? ended(file) : file));
      }
      source.dispose();
    }
  }

  async #classify(job: Job, token: vscode.CancellationToken): Promise<ClassifyResult> {
    const { uri } = job.document;
    const root = await this.#roots.of(uri);
    const readiness = await this.#preparation.ready(root, token, (message) =>
      this.#sessions.update(uri, (file) => progress(file, message)),
    );
    if (readiness.kind === 'declined' || token.isCancellationRequested) return { kind: 'stopped' };
    if (job.unreadable) return this.#failed(job, job.unreadable, job.unreadable);

    const streamed: ClassifyOutcome[] = [];
    const neighbours = setting('patentLab.neighbours', uri);
    const { outcomes } = await this.#engine.request(
      ClassifyRequest,
      { root, targets: [job.target], evidence: true, neighbours },
      {
        token,
        onProgress: (value) => {
          if (value.kind === 'outcome') streamed.push(value.outcome);
          else if (value.kind === 'step' && !token.isCancellationRequested) {
            this.#sessions.update(uri, (file) => progress(file, value.message));
          }
        },
      },
    );
    if (token.isCancellationRequested) return { kind: 'stopped' };
    this.#take(job, outcomes.length > 0 ? outcomes : streamed);
    return { kind: 'done' };
  }

  #take(job: Job, outcomes: readonly ClassifyOutcome[]): void {
    const { document, text, asked, selection } = job;
    this.#sessions.update(document.uri, (file) => {
      const taken = takeOutcomes(file, outcomes, { text, asked, selection });
      const now = document.getText();
      return now === text ? taken : verify(taken, now);
    });
    this.#classified.fire(document.uri);
  }

  /** What is wrong with the document becomes its state; anything else leaves what was known of it. */
  #failed(job: Job, error: unknown, report: ErrorReport): ClassifyResult {
    if (report.code === 'cancelled') return { kind: 'stopped' };
    if (isAboutDocument(report)) {
      this.#sessions.update(job.document.uri, (file) => takeFailure(file, report, job));
    }
    return { kind: 'failed', error };
  }
}
