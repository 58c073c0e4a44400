/**
 * Highlights the passages that carried a label, in every editor that shows the document. A file remembers its own
 * label. When the text of the document is edited the marks go: they would speak of a text that is no longer there.
 */
import * as vscode from 'vscode';
import type { LabelPrediction, Span } from '../../protocol/engine.ts';
import { rangeOf } from '../documents/open.ts';
import { drift, type ClassifiedItem, type FileSession } from '../session/file-session.ts';
import type { Sessions } from '../session/sessions.ts';
import { createDecorations, type GradeDecorations } from './decorations.ts';
import { GRADES, marks, signed } from './grade.ts';

interface Highlight {
  readonly label: string;
  readonly document: string;
  readonly partial: boolean;
}

export class Highlighter implements vscode.Disposable {
  readonly #sessions: Sessions;
  readonly #highlights = new Map<string, Highlight>();
  readonly #subscriptions: vscode.Disposable;
  readonly #changes = new vscode.EventEmitter<void>();
  /** Fires when another label, or none, is highlighted in some file. */
  readonly onDidChange = this.#changes.event;
  #decorations: GradeDecorations | undefined;

  constructor(sessions: Sessions) {
    this.#sessions = sessions;
    this.#subscriptions = vscode.Disposable.from(
      vscode.window.onDidChangeVisibleTextEditors(() => this.#renderAll()),
      sessions.onDidChange((uri) => this.#follow(uri)),
    );
  }

  highlighted(uri: string | undefined): string | undefined {
    return uri === undefined ? undefined : this.#highlights.get(uri)?.label;
  }

  /** Where the passage stands that speaks most strongly for the highlighted label. */
  strongest(uri: string): Span | undefined {
    const highlight = this.#highlights.get(uri);
    const item = highlight && find(this.#sessions.get(uri), highlight);
    if (!item || item.stale) return undefined;
    const [first] = marks(item.prediction, highlight.label).toSorted(
      (a, b) => b.contribution - a.contribution,
    );
    return first && shifted(first.span, drift(item));
  }

  highlight(uri: string, item: ClassifiedItem, label: string): void {
    const { id, partial } = item.prediction.document;
    this.#highlights.set(uri, { label, document: id, partial });
    this.#changed(uri);
  }

  clear(uri: string): void {
    if (this.#highlights.delete(uri)) this.#changed(uri);
  }

  clearAll(): void {
    for (const uri of [...this.#highlights.keys()]) this.clear(uri);
  }

  dispose(): void {
    this.#subscriptions.dispose();
    this.#changes.dispose();
    for (const decoration of this.#decorations?.values() ?? []) decoration.dispose();
  }

  #changed(uri: string): void {
    this.#render(uri);
    this.#changes.fire();
  }

  #follow(uri: string): void {
    const highlight = this.#highlights.get(uri);
    if (!highlight) return;
    const file = this.#sessions.get(uri);
    const item = find(file, highlight);
    if (item && !item.stale) this.#render(uri);
    // While it is being classified again, the old marks are no longer true but the label is still wanted.
    else if (!file.running) this.clear(uri);
  }

  #renderAll(): void {
    for (const uri of this.#highlights.keys()) this.#render(uri);
  }

  #render(uri: string): void {
    const highlight = this.#highlights.get(uri);
    const item = highlight && find(this.#sessions.get(uri), highlight);
    const editors = vscode.window.visibleTextEditors.filter(
      ({ document }) => document.uri.toString() === uri,
    );
    for (const editor of editors) this.#paint(editor, item, highlight?.label);
  }

  #paint(editor: vscode.TextEditor, item: ClassifiedItem | undefined, labelId: string | undefined): void {
    this.#decorations ??= createDecorations();
    const label = item?.prediction.labels.find(({ id }) => id === labelId);
    const found = item && label && !item.stale ? marks(item.prediction, label.id) : [];
    const by = item ? drift(item) : 0;
    for (const grade of GRADES) {
      const type = this.#decorations.get(grade);
      if (!type) continue;
      const options = found
        .filter((mark) => mark.grade === grade)
        .map(({ span, contribution }) => ({
          range: rangeOf(editor.document, shifted(span, by)),
          hoverMessage: label ? hover(label, contribution) : '',
        }));
      editor.setDecorations(type, options);
    }
  }
}

function find(file: FileSession, { document, partial }: Highlight): ClassifiedItem | undefined {
  const items = partial ? [file.selection] : file.items;
  return items.find(
    (item): item is ClassifiedItem => item?.kind === 'classified' && item.prediction.document.id === document,
  );
}

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** Names of labels are shown as they are, whatever they contain. */
function hover({ name, logit, probability }: LabelPrediction, contribution: number): vscode.MarkdownString {
  const percent = (100 * probability).toFixed(0);
  return new vscode.MarkdownString()
    .appendMarkdown(`**${signed(contribution)}** `)
    .appendText(
      vscode.l10n.t('of the logit {0} for “{1}” ({2} %)', signed(logit).replace('+', ''), name, percent),
    );
}
