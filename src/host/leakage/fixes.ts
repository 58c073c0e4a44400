/** Quick fixes for leaks. The edits are made when one is chosen: masking a long document takes a moment. */
import * as vscode from 'vscode';
import { isTranscription } from '../documents/location.ts';
import { allowTerm, labelEdits } from './actions.ts';
import { workspaceEdit } from './apply.ts';
import { markedLeaks, SOURCE } from './diagnostics.ts';
import type { Checked } from './documents.ts';
import { isRelation, isTerm, otherSide, type CheckedPatent, type Leak } from './leak.ts';
import type { Leakage } from './leakage.ts';
import type { Replacement } from './mask-edits.ts';

type Edits = () => Promise<readonly Replacement[]>;

class LeakFix extends vscode.CodeAction {
  readonly edits: Edits | undefined;
  readonly document: vscode.TextDocument;
  readonly version: number;

  constructor(title: string, document: vscode.TextDocument, edits?: Edits) {
    super(title, vscode.CodeActionKind.QuickFix);
    this.edits = edits;
    this.document = document;
    this.version = document.version;
  }
}

/** Findings at one place that fixes are offered for; a word may be one of many labels. [ours] */
const MOST_AT_ONCE = 6;

export const ALLOW_COMMAND = 'patentLab.allowTerm';

export class LeakFixes implements vscode.CodeActionProvider<LeakFix> {
  static readonly metadata = { providedCodeActionKinds: [vscode.CodeActionKind.QuickFix] };
  readonly #leakage: Leakage;

  constructor(leakage: Leakage) {
    this.#leakage = leakage;
  }

  async provideCodeActions(
    document: vscode.TextDocument,
    range: vscode.Range,
    context: vscode.CodeActionContext,
    token: vscode.CancellationToken,
  ): Promise<LeakFix[]> {
    if (this.#leakage.state(document.uri) === undefined) return [];
    const checked = await this.#leakage.settled(document.uri);
    if (!checked || checked.version !== document.version || token.isCancellationRequested) return [];
    const [start, end] = [document.offsetAt(range.start), document.offsetAt(range.end)];
    const here = markedLeaks(this.#leakage, document, checked)
      .marked.filter(({ span }) => span.start <= end && span.end >= start)
      .slice(0, MOST_AT_ONCE);
    const fixes = new Map<string, LeakFix>();
    for (const leak of here) {
      const patent = patentOf(checked, leak);
      if (!patent) continue;
      const diagnostics = context.diagnostics.filter(
        ({ source, code, range: place }) =>
          source === SOURCE && code === leak.kind && document.offsetAt(place.start) === leak.span.start,
      );
      for (const fix of this.#fixes(document, checked, patent, leak)) {
        const known = fixes.get(fix.title);
        if (known) known.diagnostics = [...(known.diagnostics ?? []), ...diagnostics];
        else {
          fix.diagnostics = diagnostics;
          fixes.set(fix.title, fix);
        }
      }
    }
    return [...fixes.values()];
  }

  async resolveCodeAction(fix: LeakFix): Promise<LeakFix> {
    const replacements = (await fix.edits?.()) ?? [];
    if (replacements.length > 0 && fix.document.version === fix.version) {
      fix.edit = workspaceEdit(fix.document, replacements);
    }
    return fix;
  }

  *#fixes(
    document: vscode.TextDocument,
    checked: Checked,
    patent: CheckedPatent,
    leak: Leak,
  ): Generator<LeakFix> {
    const canEdit = !isTranscription(document.uri);
    if (isTerm(leak)) {
      if (canEdit) yield* maskFixes(document, checked, patent, leak);
      if (leak.label !== undefined && leak.term !== undefined) yield allowFix(document, checked, leak);
    } else if (!canEdit) return;
    else if (leak.kind === 'hidden-text') yield* hiddenFixes(document, patent, leak);
    else if (isRelation(leak)) yield* recordFixes(document, patent, leak);
  }
}

function patentOf({ patents }: Checked, { span }: Leak): CheckedPatent | undefined {
  return patents.findLast(({ patent }) => patent.source.span.start <= span.start);
}

const labelName = ({ labels }: Checked, id: string): string =>
  labels.matcher.taxonomy.labels.find((label) => label.id === id)?.name ?? id;

function* maskFixes(
  document: vscode.TextDocument,
  checked: Checked,
  patent: CheckedPatent,
  leak: Leak,
): Generator<LeakFix> {
  const one = new LeakFix(vscode.l10n.t('Mask “{0}”', leak.text), document, async () => {
    const { maskLeak } = await import('./fix-edits.ts');
    return maskLeak(document.getText(), patent, leak);
  });
  one.isPreferred = true;
  yield one;
  const { label } = leak;
  if (label !== undefined) {
    const count = patent.leaks.filter((other) => isTerm(other) && other.label === label).length;
    const title = vscode.l10n.t(
      'Mask all words of “{0}” in this patent ({1})',
      labelName(checked, label),
      count,
    );
    yield new LeakFix(title, document, () => labelEdits(document, checked, patent, { kind: 'label', label }));
  }
  yield new LeakFix(vscode.l10n.t('Mask the words of all labels in this patent'), document, () =>
    labelEdits(document, checked, patent, { kind: 'document' }),
  );
}

function allowFix(document: vscode.TextDocument, checked: Checked, { label = '', term = '' }: Leak): LeakFix {
  const title = vscode.l10n.t('Allow “{0}” for “{1}”', term, labelName(checked, label));
  const fix = new LeakFix(title, document);
  fix.command = { title, command: ALLOW_COMMAND, arguments: [document.uri.toString(), label, term] };
  return fix;
}

function* hiddenFixes(document: vscode.TextDocument, patent: CheckedPatent, leak: Leak): Generator<LeakFix> {
  const remove = (title: string, leaks: readonly Leak[]): LeakFix =>
    new LeakFix(title, document, async () => {
      const { removeHidden } = await import('./fix-edits.ts');
      return removeHidden(document.getText(), patent, leaks);
    });
  const one = remove(vscode.l10n.t('Remove the hidden characters'), [leak]);
  one.isPreferred = true;
  yield one;
  const all = patent.leaks.filter(({ kind }) => kind === 'hidden-text');
  if (all.length > 1)
    yield remove(vscode.l10n.t('Remove all hidden characters in this patent ({0})', all.length), all);
}

function* recordFixes(document: vscode.TextDocument, checked: CheckedPatent, leak: Leak): Generator<LeakFix> {
  const { format, record, id } = checked.patent;
  if (format !== 'jsonl' && format !== 'csv') return;
  if (record?.provenance === 'synthetic') {
    yield new LeakFix(vscode.l10n.t('Drop the synthetic document {0}', id), document, async () => {
      const { dropRecord } = await import('./fix-edits.ts');
      return [dropRecord(document.getText(), checked)];
    });
  }
  // A made document is no fair test of anything, so it is dropped, or leaves the test split, but never enters it.
  if (record?.provenance === 'synthetic' && otherSide(record.split) === 'test') return;
  // A table without a column for the side has no place for it.
  if (leak.kind !== 'contamination' || (format === 'csv' && record?.split === undefined)) return;
  const split = otherSide(record?.split);
  yield new LeakFix(vscode.l10n.t('Move {0} to the split “{1}”', id, split), document, async () => {
    const { setSplit } = await import('./record-edits.ts');
    const edit = setSplit(document.getText(), checked.patent, split);
    return edit ? [edit] : [];
  });
}

/** The command behind {@link allowFix}. */
export const allowFromFix = (leakage: Leakage, [uri, label, term]: readonly unknown[]): Promise<void> =>
  typeof uri === 'string' && typeof label === 'string' && typeof term === 'string'
    ? allowTerm(leakage, uri, label, term)
    : Promise.resolve();
