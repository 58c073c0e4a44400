/** Everything that is known of the leaks of open documents: what their text shows, and what the comparison adds. */
import * as vscode from 'vscode';
import { byImportance } from '../../core/leakage/finding.ts';
import type { PatentEditors } from '../documents/patent-editors.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Sessions } from '../session/sessions.ts';
import type { Roots } from '../workspace/roots.ts';
import { LeakageDocuments, standing, type CheckState, type Checked } from './documents.ts';
import { LabelFiles } from './label-files.ts';
import type { CheckedPatent, Leak } from './leak.ts';
import { Relations, type RelationsState } from './relations.ts';

export interface LeakageParts {
  readonly editors: PatentEditors;
  readonly roots: Roots;
  readonly sessions: Sessions;
  readonly engine: EngineClient;
  readonly log: vscode.LogOutputChannel;
}

export class Leakage implements vscode.Disposable {
  readonly #documents: LeakageDocuments;
  readonly #relations: Relations;
  readonly #parts: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<vscode.TextDocument>();
  /** Fires with the document whose leaks are others now, or are known no more. */
  readonly onDidChange = this.#changes.event;

  constructor({ editors, roots, sessions, engine, log }: LeakageParts) {
    const labels = new LabelFiles();
    this.#documents = new LeakageDocuments(editors, roots, sessions, labels);
    this.#relations = new Relations(engine, roots, this.#documents, log);
    this.#parts = vscode.Disposable.from(
      this.#relations,
      this.#documents,
      labels,
      this.#documents.onDidChange((document) => this.#changes.fire(document)),
      this.#relations.onDidChange((document) => this.#changes.fire(document)),
    );
  }

  /** Looks at what is open already. */
  start(): void {
    this.#documents.start();
  }

  get open(): readonly vscode.TextDocument[] {
    return this.#documents.open;
  }

  state(uri: vscode.Uri | string): CheckState | undefined {
    return this.#documents.get(uri);
  }

  relations(uri: vscode.Uri | string): RelationsState {
    return this.#relations.state(uri);
  }

  /** The leaks of the document as it is when the check ends; undefined where none can be found. */
  settled(uri: vscode.Uri | string): Promise<Checked | undefined> {
    return this.#documents.settled(uri);
  }

  /** All leaks of a patent where they are now, most important first. */
  leaksOf(uri: vscode.Uri | string, { patent, leaks }: CheckedPatent, { edits }: Checked): readonly Leak[] {
    const related = this.#relations.findings(uri, patent.source.index);
    const own = standing(leaks, edits);
    return related.length === 0 ? own : [...own, ...related].sort(byImportance);
  }

  dispose(): void {
    this.#parts.dispose();
    this.#changes.dispose();
  }
}
