/** What a person can do about leaks, from the palette, a quick fix or the Patent view. */
import * as vscode from 'vscode';
import { isTranscription } from '../documents/location.ts';
import type { ActivePatent } from '../documents/patent-editors.ts';
import { usage } from '../errors/usage.ts';
import type { Services } from '../services.ts';
import { apply } from './apply.ts';
import type { Checked } from './documents.ts';
import type { CheckedPatent, Leak } from './leak.ts';
import type { Replacement } from './mask-edits.ts';
import type { Leakage } from './leakage.ts';

/** What is masked in the patent in front. */
export type MaskScope =
  | { readonly kind: 'occurrence'; readonly span: Leak['span'] }
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'document' };

/** The patent of a checked document that stands at a place of its text now. */
export function patentAt(checked: Checked, { cursor, unit }: ActivePatent): CheckedPatent | undefined {
  const { patents } = checked;
  if (unit) return patents.find(({ patent }) => patent.source.index === unit.index);
  // Between two checks the places are a few characters off, which matters at the border of two patents only.
  return patents.findLast(({ patent }) => patent.source.span.start <= cursor.start) ?? patents[0];
}

export async function maskActive({ editors, leakage }: Services, scope: MaskScope): Promise<void> {
  const place = editors.active;
  const document = place && leakage.open.find(({ uri }) => uri.toString() === place.uri);
  if (!place || !document) {
    throw usage(vscode.l10n.t('No patent is in front.'), vscode.l10n.t('Open the patent, then try again.'));
  }
  if (isTranscription(document.uri)) {
    throw usage(
      vscode.l10n.t('This text is a transcription, which cannot be edited.'),
      vscode.l10n.t('Import the file as a corpus, and mask the label names there.'),
    );
  }
  const checked = await leakage.settled(document.uri);
  const patent = checked && patentAt(checked, place);
  if (!patent || checked.version !== document.version) {
    throw usage(
      vscode.l10n.t('The labels’ words in this document are not known.'),
      vscode.l10n.t('The workspace needs a taxonomy that can be read, and the document has to be a patent.'),
    );
  }
  await apply(document, await maskEdits(leakage, document, checked, patent, scope));
}

async function maskEdits(
  leakage: Leakage,
  document: vscode.TextDocument,
  checked: Checked,
  patent: CheckedPatent,
  scope: MaskScope,
): Promise<readonly Replacement[]> {
  if (scope.kind !== 'occurrence') return labelEdits(document, checked, patent, scope);
  const { span } = scope;
  const leak = leakage
    .leaksOf(document.uri, patent, checked)
    .find((one) => one.within && one.span.start === span.start && one.span.end === span.end);
  const { maskLeak } = await import('./fix-edits.ts');
  return leak ? maskLeak(document.getText(), patent, leak) : [];
}

/** Masks one label's words, or those of all labels. */
export async function labelEdits(
  document: vscode.TextDocument,
  { labels: { matcher } }: Checked,
  patent: CheckedPatent,
  scope: Exclude<MaskScope, { kind: 'occurrence' }>,
): Promise<readonly Replacement[]> {
  const { maskLabels } = await import('./fix-edits.ts');
  const text = document.getText();
  if (scope.kind === 'document') return maskLabels(text, patent, matcher);
  const position = matcher.taxonomy.labels.findIndex(({ id }) => id === scope.label);
  return maskLabels(text, patent, matcher, new Set([position]));
}

/** Lets a term stand in texts without being a leak of the label: writes it into the taxonomy's file. */
export async function allowTerm(
  leakage: Leakage,
  uri: vscode.Uri | string,
  label: string,
  term: string,
): Promise<void> {
  const state = leakage.state(uri);
  if (state?.kind !== 'checked') return;
  const file = vscode.Uri.file(state.labels.taxonomyFile);
  const taxonomy = await vscode.workspace.openTextDocument(file);
  const { allowEdit } = await import('./allow-edit.ts');
  const edit = allowEdit(taxonomy.getText(), label, term);
  if (!edit) return;
  const wasSaved = !taxonomy.isDirty;
  await apply(taxonomy, [edit]);
  // Whoever edits the taxonomy at the moment saves it when it is done.
  if (wasSaved) await taxonomy.save();
}
