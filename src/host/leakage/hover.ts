/** What is said of a label's word beside the finding itself: why it matters, and how much where an audit measured it. */
import * as vscode from 'vscode';
import type { AuditFigures, LabelFigures } from './audit-figures.ts';
import { markedLeaks } from './diagnostics.ts';
import { isTerm, type Leak } from './leak.ts';
import type { Leakage } from './leakage.ts';

export class LeakHover implements vscode.HoverProvider {
  readonly #leakage: Leakage;
  readonly #figures: AuditFigures;

  constructor(leakage: Leakage, figures: AuditFigures) {
    this.#leakage = leakage;
    this.#figures = figures;
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const state = this.#leakage.state(document.uri);
    if (state?.kind !== 'checked') return undefined;
    const offset = document.offsetAt(position);
    const here = markedLeaks(this.#leakage, document, state).marked.find(
      (leak) => isTerm(leak) && leak.span.start <= offset && offset <= leak.span.end,
    );
    if (here?.label === undefined) return undefined;
    const figures = await this.#figures.of(state.root, here.label).catch(() => undefined);
    const text = new vscode.MarkdownString().appendText(why(here));
    if (figures) text.appendMarkdown('\n\n').appendText(measured(figures));
    return new vscode.Hover(text);
  }
}

function why({ kind }: Leak): string {
  return kind === 'assigned-label'
    ? vscode.l10n.t(
        'A classifier trained on texts that name their labels learns to look for the name, and is worse than it seems where the name is missing.',
      )
    : vscode.l10n.t(
        'Where labels’ words stand in texts, a classifier may go by them instead of the content.',
      );
}

const f1 = (value: number): string => value.toFixed(2);

function measured({ auditedAt, unmasked, masked, low, high }: LabelFigures): string {
  return vscode.l10n.t(
    'In the audit of {0}, F1 of this label was {1} with its words and {2} with them masked (difference {3} to {4}, 95 % interval).',
    new Date(auditedAt).toLocaleDateString(),
    f1(unmasked),
    f1(masked),
    f1(low),
    f1(high),
  );
}
