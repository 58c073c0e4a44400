/** What the *Fidelity* tab of the Patent view shows of the document in front, and what is done from it. */
import * as vscode from 'vscode';
import type { Patent } from '../../core/patent/model.ts';
import type { DocumentScore, FidelityTabState, Verdict } from '../../protocol/fidelity-view.ts';
import { documentJob } from '../classify/job.ts';
import { fingerprint } from '../documents/fingerprint.ts';
import type { ActivePatent, PatentEditors } from '../documents/patent-editors.ts';
import type { EngineClient } from '../engine/client.ts';
import type { Roots } from '../workspace/roots.ts';
import { movedFidelity } from './moved.ts';
import { recordText, syntheticRecord, type SyntheticRecord } from './record.ts';
import type { DocumentScores } from './scores.ts';
import type { Verdicts } from './verdicts.ts';

export interface FidelityTabParts {
  readonly engine: EngineClient;
  readonly editors: PatentEditors;
  readonly roots: Roots;
  readonly verdicts: Verdicts;
  readonly scores: DocumentScores;
}

export class FidelityTab implements vscode.Disposable {
  readonly #parts: FidelityTabParts;
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changes.event;
  /** Root of the file in front, found out with the first look at it. */
  #root: { readonly uri: string; readonly root: string } | undefined;

  constructor(parts: FidelityTabParts) {
    this.#parts = parts;
    const changed = (): void => this.#changes.fire();
    this.#subscriptions = vscode.Disposable.from(
      parts.verdicts.onDidChange(changed),
      parts.scores.onDidChange(changed),
      vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
        if (contentChanges.length > 0 && document.uri.toString() === parts.editors.active?.uri) changed();
      }),
    );
  }

  state(): FidelityTabState | undefined {
    const { editors } = this.#parts;
    const place = editors.active;
    const document = editors.activeEditor?.document;
    if (!place || !document) return undefined;
    // Only a record of a corpus can say that it was made.
    if (!place.unit) return { kind: 'real' };
    const patents = editors.parsed.peek(document)?.patents;
    if (!patents) {
      void editors.parsed.get(document).then((parsed) => parsed && this.#changes.fire());
      return { kind: 'reading' };
    }
    const record = recordAt(patents, place);
    if (!record) return { kind: 'real' };
    const verdict = this.#verdict(document, record.id);
    return {
      kind: 'synthetic',
      labels: record.labels,
      origin: record.origin,
      ...(verdict ? { verdict } : {}),
      score: this.#score(document, record),
    };
  }

  /** Scores the document in front and compares it with its nearest real one. */
  async score(): Promise<void> {
    const { editors, scores } = this.#parts;
    const place = editors.active;
    const document = editors.activeEditor?.document;
    if (!place?.unit || !document) return;
    const parsed = await editors.parsed.get(document);
    const record = parsed && recordAt(parsed.patents, place);
    if (!record) return;
    const { target } = await documentJob(document, place);
    await scores.compare({ document, id: record.id, span: record.span }, target);
  }

  async judge(verdict: Verdict | null): Promise<void> {
    const { editors, roots, verdicts } = this.#parts;
    const id = editors.active?.unit?.id;
    const document = editors.activeEditor?.document;
    if (id === undefined || !document) return;
    await verdicts.record(await roots.of(document.uri), [{ id, verdict }]);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #verdict({ uri }: vscode.TextDocument, id: string): Verdict | undefined {
    const { roots, verdicts } = this.#parts;
    const key = uri.toString();
    if (this.#root?.uri === key) return verdicts.get(this.#root.root).get(id);
    void roots.of(uri).then(async (root) => {
      await verdicts.load(root);
      this.#root = { uri: key, root };
      this.#changes.fire();
    });
    return undefined;
  }

  #score(document: vscode.TextDocument, { id, span }: SyntheticRecord): DocumentScore {
    const compared = this.#parts.scores.compared(document.uri, id);
    if (!compared) return { kind: 'not-scored' };
    if (compared.kind !== 'scored') return compared;
    return {
      kind: 'scored',
      fidelity: movedFidelity(compared.fidelity, span.start),
      real: compared.real,
      stale: fingerprint(recordText(document, span)) !== compared.fingerprint,
    };
  }
}

function recordAt(patents: readonly Patent[], { unit }: ActivePatent): SyntheticRecord | undefined {
  const patent = patents.find(({ source }) => source.index === unit?.index);
  return patent && syntheticRecord(patent);
}
