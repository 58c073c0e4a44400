/**
 * Leaks as squiggles and in the Problems panel. VS Code moves what it shows with the edits, so nothing is sent while a
 * person types in clean text; what goes because its words are edited goes at once, what is new comes with the check.
 */
import * as vscode from 'vscode';
import type { Severity } from '../../core/leakage/finding.ts';
import { rangeOf } from '../documents/open.ts';
import { isTranscribed } from '../documents/kinds.ts';
import { textUri } from '../documents/location.ts';
import { setting } from '../settings.ts';
import { chooseMarked, type Chosen } from './choose.ts';
import type { Checked } from './documents.ts';
import type { Leak } from './leak.ts';
import type { Leakage } from './leakage.ts';
import { Places } from './places.ts';

export const SOURCE = 'Patent Lab';

const SEVERITIES: Readonly<Record<Severity, vscode.DiagnosticSeverity>> = {
  warning: vscode.DiagnosticSeverity.Warning,
  information: vscode.DiagnosticSeverity.Information,
  hint: vscode.DiagnosticSeverity.Hint,
};

/** Edits are answered at most this often, in milliseconds. */
const INTERVAL_MS = 60;

export class LeakageDiagnostics implements vscode.Disposable {
  readonly #leakage: Leakage;
  readonly #collection = vscode.languages.createDiagnosticCollection('patent-lab-leakage');
  readonly #places = new Places();
  readonly #subscriptions: vscode.Disposable;
  readonly #timers = new Map<string, NodeJS.Timeout>();
  /** How many findings were sent, of which check: to notice what was sent already. */
  readonly #sent = new Map<string, { readonly checked: Checked['patents']; readonly count: number }>();

  constructor(leakage: Leakage) {
    this.#leakage = leakage;
    this.#subscriptions = vscode.Disposable.from(
      leakage.onDidChange((document) => this.#later(document)),
      vscode.workspace.onDidChangeConfiguration((event) => {
        if (!event.affectsConfiguration('patentLab.leakage')) return;
        this.#sent.clear();
        for (const document of leakage.open) this.#show(document);
      }),
    );
  }

  dispose(): void {
    this.#subscriptions.dispose();
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#collection.dispose();
  }

  #later(document: vscode.TextDocument): void {
    const key = document.uri.toString();
    if (this.#leakage.state(key) === undefined) {
      clearTimeout(this.#timers.get(key));
      this.#timers.delete(key);
      this.#sent.delete(key);
      this.#collection.delete(document.uri);
    } else if (!this.#timers.has(key)) {
      const show = (): void => {
        this.#timers.delete(key);
        this.#show(document);
      };
      this.#timers.set(key, setTimeout(show, INTERVAL_MS));
    }
  }

  #show(document: vscode.TextDocument): void {
    const { uri } = document;
    const key = uri.toString();
    const state = this.#leakage.state(uri);
    if (state?.kind === 'checking') return;
    if (state?.kind !== 'checked') {
      this.#sent.delete(key);
      this.#collection.delete(uri);
      return;
    }
    const chosen = markedLeaks(this.#leakage, document, state);
    const sent = this.#sent.get(key);
    const isMoved =
      state.edits.length > 0 && sent?.checked === state.patents && sent.count === chosen.marked.length;
    if (isMoved) return;
    this.#sent.set(key, { checked: state.patents, count: chosen.marked.length });
    this.#collection.set(uri, this.#diagnostics(document, chosen));
    void this.#lead(document, chosen.marked);
  }

  /** Once the other files were read, the places in them are right. */
  async #lead(document: vscode.TextDocument, leaks: readonly Leak[]): Promise<void> {
    const files = new Set(leaks.flatMap(({ related }) => (related ? [related.file] : [])));
    let isNew = false;
    for (const file of files) if (!isTranscribed(file) && (await this.#places.refresh(file))) isNew = true;
    if (!isNew) return;
    this.#sent.delete(document.uri.toString());
    this.#later(document);
  }

  #diagnostics(document: vscode.TextDocument, { marked, leftOut, first }: Chosen): vscode.Diagnostic[] {
    const shown = marked.map((leak) => this.#diagnostic(document, leak));
    if (!first) return shown;
    const more = new vscode.Diagnostic(
      rangeOf(document, first.span),
      vscode.l10n.t('{0} more findings in this document are not marked.', leftOut),
      vscode.DiagnosticSeverity.Information,
    );
    more.source = SOURCE;
    return [...shown, more];
  }

  #diagnostic(document: vscode.TextDocument, leak: Leak): vscode.Diagnostic {
    const range = rangeOf(document, leak.span);
    const diagnostic = new vscode.Diagnostic(range, leak.reason, SEVERITIES[leak.severity]);
    diagnostic.source = SOURCE;
    diagnostic.code = leak.kind;
    const { related } = leak;
    if (related) {
      const other = vscode.l10n.t('The other document: {0}', related.id);
      const message =
        related.passage === undefined || related.passage === '' ? other : `${other} — ${related.passage}`;
      const place = new vscode.Location(textUri(related.file), this.#rangeIn(related.file, related.span));
      diagnostic.relatedInformation = [new vscode.DiagnosticRelatedInformation(place, message)];
    }
    return diagnostic;
  }

  #rangeIn(file: string, { start, end }: Leak['span']): vscode.Range {
    const lines = this.#places.known(file);
    if (!lines) return new vscode.Range(0, 0, 0, 0);
    const [from, to] = [lines.at(start), lines.at(end)];
    return new vscode.Range(from.line, from.character, to.line, to.character);
  }
}

/** The findings of a document that are marked in its editors. */
export function markedLeaks(leakage: Leakage, { uri }: vscode.TextDocument, checked: Checked): Chosen {
  const leaks = checked.patents.map((patent) => leakage.leaksOf(uri, patent, checked));
  return chooseMarked(leaks, setting('patentLab.leakage', uri));
}
