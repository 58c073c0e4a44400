/** Records decisions with the engine. The view shows them at once; a failure takes them back and says so. */
import type * as vscode from 'vscode';
import { DecideRequest } from '../../protocol/engine.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Roots } from '../workspace/roots.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { requireTrust } from '../workspace/trust.ts';
import { decided } from './decisions.ts';
import { replaceItem, type ClassifiedItem } from './file-session.ts';
import type { Sessions } from './sessions.ts';

export class DecisionRecorder {
  readonly #engine: EngineClient;
  readonly #roots: Roots;
  readonly #summaries: Summaries;
  readonly #sessions: Sessions;
  /** Decisions of a document are recorded in the order they were made: the last one wins. */
  #queue: Promise<void> = Promise.resolve();

  constructor(engine: EngineClient, roots: Roots, summaries: Summaries, sessions: Sessions) {
    this.#engine = engine;
    this.#roots = roots;
    this.#summaries = summaries;
    this.#sessions = sessions;
  }

  /** Throws when it could not be recorded; the item is then as it was before. */
  async record(uri: vscode.Uri, before: ClassifiedItem, after: ClassifiedItem): Promise<void> {
    requireTrust();
    this.#sessions.update(uri, (file) => replaceItem(file, after));
    const recording = this.#queue.then(() => this.#send(uri, after));
    this.#queue = recording.catch(() => undefined);
    try {
      await recording;
    } catch (error) {
      this.#sessions.update(uri, (file) => replaceItem(file, before));
      throw error;
    }
  }

  async #send(uri: vscode.Uri, item: ClassifiedItem): Promise<void> {
    const root = await this.#roots.of(uri);
    const { id, path } = item.prediction.document;
    const { decisionsSinceTraining } = await this.#engine.request(DecideRequest, {
      root,
      document: { id, path },
      ...decided(item),
    });
    this.#summaries.patch(root, { decisionsSinceTraining });
  }
}
