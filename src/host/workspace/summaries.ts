/**
 * What the engine says of each workspace root: taxonomy, counts, classifier. Kept until something changes on disk, so
 * that views and commands share one answer.
 */
import * as vscode from 'vscode';
import { PatentLabError, toErrorReport, type ErrorReport } from '../../core/errors.ts';
import { WorkspaceRequest, type WorkspaceSummary } from '../../protocol/engine.ts';
import type { EngineClient } from '../engine/client.ts';
import { setting } from '../settings.ts';

export type SummaryState =
  | { readonly kind: 'loaded'; readonly summary: WorkspaceSummary }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

interface Loading {
  readonly result: Promise<WorkspaceSummary>;
  next?: Promise<WorkspaceSummary>;
}

export class Summaries implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #states = new Map<string, SummaryState>();
  readonly #loading = new Map<string, Loading>();
  readonly #changes = new vscode.EventEmitter<string>();
  /** Fires with the root whose summary is another one now. */
  readonly onDidChange = this.#changes.event;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  state(root: string | undefined): SummaryState | undefined {
    return root === undefined ? undefined : this.#states.get(root);
  }

  get(root: string | undefined): WorkspaceSummary | undefined {
    const state = this.state(root);
    return state?.kind === 'loaded' ? state.summary : undefined;
  }

  /** Roots somebody asked about. */
  roots(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** What is known, or is being found out already. */
  async load(root: string): Promise<WorkspaceSummary> {
    return this.get(root) ?? this.#loading.get(root)?.result ?? this.refresh(root);
  }

  /** What holds now. One request at a time for each root; whoever asks meanwhile gets the answer of the next one. */
  refresh(root: string): Promise<WorkspaceSummary> {
    const running = this.#loading.get(root);
    if (!running) return this.#begin(root);
    running.next ??= running.result.catch(() => undefined).then(() => this.#begin(root));
    return running.next;
  }

  /** Takes over what an answer of the engine said about a part of the summary. */
  patch(root: string, part: Partial<WorkspaceSummary>): void {
    const summary = this.get(root);
    if (summary) this.#set(root, { kind: 'loaded', summary: { ...summary, ...part } });
  }

  dispose(): void {
    this.#changes.dispose();
  }

  #begin(root: string): Promise<WorkspaceSummary> {
    const entry: Loading = { result: this.#fetch(root) };
    this.#loading.set(root, entry);
    const ended = (): void => {
      if (this.#loading.get(root) === entry) this.#loading.delete(root);
    };
    entry.result.then(ended, ended);
    return entry.result;
  }

  async #fetch(root: string): Promise<WorkspaceSummary> {
    try {
      const targetCount = setting('patentLab.targetCount', vscode.Uri.file(root));
      const summary = await this.#engine.request(WorkspaceRequest, { root, targetCount });
      this.#set(root, { kind: 'loaded', summary });
      return summary;
    } catch (error) {
      this.#set(root, { kind: 'failed', error: toErrorReport(error) });
      throw error instanceof PatentLabError
        ? error
        : new PatentLabError(toErrorReport(error), { cause: error });
    }
  }

  #set(root: string, state: SummaryState): void {
    this.#states.set(root, state);
    this.#changes.fire(root);
  }
}
