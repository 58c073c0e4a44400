/** What is said of a label's word beside the finding itself: why it matters, and how much where an audit measured it. */
import * as vscode from 'vscode';
import { plainMarkdown } from '../language/markdown.ts';
import type { AuditFigures, LabelFigures, MaskedFigures } from './audit-figures.ts';
import { markedLeaks } from './diagnostics.ts';
import { isTerm, type Leak } from './leak.ts';
import type { Leakage } from './leakage.ts';

/** A word may be a keyword of many labels. [ours] */
const MOST_REASONS = 5;

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
    const here = markedLeaks(this.#leakage, document, state).marked.filter(
      (leak) => isTerm(leak) && leak.span.start <= offset && offset <= leak.span.end,
    );
    const [first] = here;
    if (first?.label === undefined) return undefined;
    const figures = await this.#figures.of(state.root, first.label).catch(() => undefined);
    const text = new vscode.MarkdownString();
    // VS Code shows the message of a hint nowhere, so it stands here.
    for (const { kind, reason } of here.slice(0, MOST_REASONS)) {
      if (kind === 'keyword') text.appendMarkdown(plainMarkdown(reason)).appendMarkdown('\n\n');
    }
    text.appendMarkdown(plainMarkdown(why(first)));
    const known = first.kind === 'keyword' ? figures?.withKeywords : figures?.names;
    if (figures && known)
      text.appendMarkdown('\n\n').appendMarkdown(plainMarkdown(measured(first, figures, known)));
    return new vscode.Hover(text);
  }
}

function why({ kind }: Leak): string {
  if (kind === 'keyword') {
    return vscode.l10n.t(
      'A keyword may describe the invention as well as give the label away, so it is no warning.',
    );
  }
  return kind === 'assigned-label'
    ? vscode.l10n.t(
        'A classifier trained on texts that name their labels learns to look for the name, and is worse than it seems where the name is missing.',
      )
    : vscode.l10n.t(
        'Where labels’ words stand in texts, a classifier may go by them instead of the content.',
      );
}

const f1 = (value: number): string => value.toFixed(2);

function measured(
  { kind }: Leak,
  { auditedAt, unmasked }: LabelFigures,
  { masked, low, high }: MaskedFigures,
): string {
  const values = [new Date(auditedAt).toLocaleDateString(), f1(unmasked), f1(masked), f1(low), f1(high)];
  return kind === 'keyword'
    ? vscode.l10n.t(
        'In the audit of {0}, F1 of this label was {1} on the texts as they are and {2} with the names, aliases and keywords of all labels masked (difference {3} to {4}, 95 % interval).',
        ...values,
      )
    : vscode.l10n.t(
        'In the audit of {0}, F1 of this label was {1} on the texts as they are and {2} with the names and aliases of all labels masked (difference {3} to {4}, 95 % interval).',
        ...values,
      );
}
