/** What the classifier says of a patent with all labels' words masked, for every patent somebody asked about. */
import * as vscode from 'vscode';
import { toErrorReport } from '../../core/errors.ts';
import { MaskedPredictionRequest, type MaskedPrediction } from '../../protocol/leakage.ts';
import type { ErrorReport } from '../../protocol/engine.ts';
import { documentJob } from '../classify/job.ts';
import type { ActivePatent } from '../documents/patent-editors.ts';
import { fingerprint } from '../documents/fingerprint.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Roots } from '../workspace/roots.ts';
import { requireTrust } from '../workspace/trust.ts';

export type Comparison =
  | { readonly kind: 'running' }
  /** `text` is the fingerprint of what was compared. */
  | { readonly kind: 'done'; readonly prediction: MaskedPrediction; readonly text: string }
  | { readonly kind: 'failed'; readonly error: ErrorReport };

/** What of a file is compared. */
export interface ComparedText {
  /** Of the patent, in its file. */
  readonly id: string;
  readonly text: string;
  /** One of several patents of a file that has no records, so the engine gets it by itself. */
  readonly isPart: boolean;
}

export class Comparisons implements vscode.Disposable {
  readonly #engine: EngineClient;
  readonly #roots: Roots;
  readonly #known = new Map<string, Comparison>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly onDidChange = this.#changes.event;
  readonly #subscription: vscode.Disposable;

  constructor(engine: EngineClient, roots: Roots) {
    this.#engine = engine;
    this.#roots = roots;
    this.#subscription = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      for (const key of [...this.#known.keys()])
        if (key.startsWith(`${uri.toString()}\n`)) this.#known.delete(key);
    });
  }

  /** @param id of the patent in that file. */
  get(uri: string, id: string): Comparison | undefined {
    return this.#known.get(`${uri}\n${id}`);
  }

  /**
   * Asks the engine; what goes wrong becomes the state.
   * @throws PatentLabError `untrusted-workspace`
   */
  async compare(document: vscode.TextDocument, place: ActivePatent, patent: ComparedText): Promise<void> {
    requireTrust();
    const key = `${document.uri.toString()}\n${patent.id}`;
    if (this.#known.get(key)?.kind === 'running') return;
    this.#set(key, { kind: 'running' });
    try {
      const root = await this.#roots.of(document.uri);
      const { target } = patent.isPart
        ? { target: { path: document.uri.fsPath, text: patent.text } }
        : await documentJob(document, place);
      const prediction = await this.#engine.request(MaskedPredictionRequest, { root, target });
      this.#set(key, { kind: 'done', prediction, text: fingerprint(patent.text) });
    } catch (error) {
      this.#set(key, { kind: 'failed', error: toErrorReport(error) });
    }
  }

  dispose(): void {
    this.#subscription.dispose();
    this.#changes.dispose();
  }

  #set(key: string, comparison: Comparison): void {
    this.#known.set(key, comparison);
    this.#changes.fire();
  }
}
