/** What the *Leakage* tab of the Patent view shows of the patent in front. */
import * as vscode from 'vscode';
import type { LeakageViewState, MaskedState } from '../../protocol/leakage-view.ts';
import { moveThrough } from '../documents/edits.ts';
import { fingerprint } from '../documents/fingerprint.ts';
import type { ActivePatent, PatentEditors } from '../documents/patent-editors.ts';
import type { Summaries } from '../workspace/summaries.ts';
import { patentAt } from './actions.ts';
import type { ComparedText, Comparisons } from './comparisons.ts';
import type { Checked } from './documents.ts';
import type { CheckedPatent } from './leak.ts';
import type { Leakage } from './leakage.ts';
import { shownLeakage } from './shown.ts';

export interface TabParts {
  readonly editors: PatentEditors;
  readonly leakage: Leakage;
  readonly comparisons: Comparisons;
  readonly summaries: Summaries;
}

export class LeakageTab implements vscode.Disposable {
  readonly #parts: TabParts;
  /** Files of which everything is shown, however long. */
  readonly #all = new Set<string>();
  readonly #changes = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  readonly onDidChange = this.#changes.event;

  constructor(parts: TabParts) {
    this.#parts = parts;
    const changed = (): void => this.#changes.fire();
    this.#subscriptions = vscode.Disposable.from(
      parts.leakage.onDidChange(changed),
      parts.comparisons.onDidChange(changed),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => this.#all.delete(uri.toString())),
    );
  }

  state(): LeakageViewState | undefined {
    const { editors, leakage } = this.#parts;
    const place = editors.active;
    const state = place && leakage.state(place.uri);
    if (!place || !state) return undefined;
    if (state.kind !== 'checked') return state;
    const checked = patentAt(state, place);
    if (!checked) return undefined;
    const { labels } = state.labels.matcher.taxonomy;
    return shownLeakage({
      checked,
      leaks: leakage.leaksOf(place.uri, checked, state),
      labelName: (id) => labels.find((label) => label.id === id)?.name ?? id,
      relations: leakage.relations(place.uri),
      masked: this.#masked(place, state, checked),
      all: this.#all.has(place.uri),
    });
  }

  /** Position of the patent that is shown among those of its file. */
  get shown(): number | undefined {
    const place = this.#parts.editors.active;
    const state = place && this.#parts.leakage.state(place.uri);
    return place && state?.kind === 'checked' ? patentAt(state, place)?.patent.source.index : undefined;
  }

  showAll(all: boolean): void {
    const place = this.#parts.editors.active;
    if (!place) return;
    if (all) this.#all.add(place.uri);
    else this.#all.delete(place.uri);
    this.#changes.fire();
  }

  /** Asks what the classifier says with all labels' words masked. */
  async compare(): Promise<void> {
    const { editors, leakage, comparisons } = this.#parts;
    const place = editors.active;
    const state = place && leakage.state(place.uri);
    const document = place && leakage.open.find(({ uri }) => uri.toString() === place.uri);
    const checked = place && state?.kind === 'checked' ? patentAt(state, place) : undefined;
    if (!place || !document || !checked || state?.kind !== 'checked') return;
    await comparisons.compare(document, place, comparedText(document, place, state, checked));
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
  }

  #masked(place: ActivePatent, state: Checked, checked: CheckedPatent): MaskedState {
    const { comparisons, summaries, leakage } = this.#parts;
    const comparison = comparisons.get(place.uri, checked.patent.id);
    if (!comparison) {
      const summary = summaries.get(state.root);
      return { kind: summary && !summary.classifier ? 'no-classifier' : 'not-asked' };
    }
    if (comparison.kind !== 'done') return comparison;
    const { prediction, text } = comparison;
    const document = leakage.open.find(({ uri }) => uri.toString() === place.uri);
    const now = document && comparedText(document, place, state, checked).text;
    const stale = now === undefined || fingerprint(now) !== text;
    return { kind: 'done', masks: prediction.masks, labels: prediction.labels, stale };
  }
}

function comparedText(
  document: vscode.TextDocument,
  { unit }: ActivePatent,
  { patents, edits }: Checked,
  { patent }: CheckedPatent,
): ComparedText {
  const whole = document.getText();
  const isPart = unit === undefined && patents.length > 1;
  const span = unit?.span ?? (isPart ? moveThrough(patent.source.span, edits).span : undefined);
  return { id: patent.id, isPart, text: span ? whole.slice(span.start, span.end) : whole };
}
