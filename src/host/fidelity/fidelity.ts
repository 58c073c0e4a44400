/** Everything the host knows of synthetic documents: the verdicts on them, and what was measured of them. */
import * as vscode from 'vscode';
import type { PatentEditors } from '../documents/patent-editors.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Roots } from '../workspace/roots.ts';
import { DocumentScores } from './scores.ts';
import { FidelityTab } from './tab.ts';
import { Verdicts } from './verdicts.ts';

export class Fidelity implements vscode.Disposable {
  readonly verdicts: Verdicts;
  readonly scores: DocumentScores;
  readonly tab: FidelityTab;
  readonly #parts: vscode.Disposable;

  constructor(parts: {
    readonly engine: EngineClient;
    readonly editors: PatentEditors;
    readonly roots: Roots;
  }) {
    this.verdicts = new Verdicts(parts.engine);
    this.scores = new DocumentScores(parts.engine);
    this.tab = new FidelityTab({ ...parts, verdicts: this.verdicts, scores: this.scores });
    this.#parts = vscode.Disposable.from(this.tab, this.scores, this.verdicts);
  }

  dispose(): void {
    this.#parts.dispose();
  }
}
