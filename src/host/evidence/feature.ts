/** Highlighting evidence, as commands. */
import * as vscode from 'vscode';
import { setContext } from '../context-keys.ts';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { activeClassified } from '../session/active.ts';
import { LabelElement } from '../taxonomy/label-element.ts';
import { pickEvidence } from './pick-label.ts';

export const evidenceFeature: FeatureStart<'patentLab.highlightEvidence' | 'patentLab.clearHighlights'> = (
  services,
) => ({
  commands: {
    'patentLab.highlightEvidence': (element) => highlightEvidence(services, element),
    'patentLab.clearHighlights': () => clearHighlights(services),
  },
  disposables: [
    services.highlighter.onDidChange(() => setHighlighting(services)),
    services.editors.onDidChangeActive(() => setHighlighting(services)),
  ],
});

function setHighlighting({ editors, highlighter }: Services): void {
  setContext('highlighting', highlighter.highlighted(editors.active?.uri) !== undefined);
}

/** Of the patent in front; from the palette without one, of all. */
function clearHighlights({ editors, highlighter }: Services): void {
  const active = editors.active;
  if (active) highlighter.clear(active.uri);
  else highlighter.clearAll();
}

/** For the label of a row of the taxonomy; else one is picked. */
function highlightEvidence({ editors, sessions, highlighter }: Services, element: unknown): void {
  const active = activeClassified(editors, sessions);
  if (!active) {
    throw usage(
      vscode.l10n.t('No classified patent is in front.'),
      vscode.l10n.t('Classify a patent first; then its evidence can be highlighted.'),
    );
  }
  const { place, item } = active;
  if (element instanceof LabelElement) highlighter.highlight(place.uri, item, element.label.id);
  else pickEvidence(place.uri, item, highlighter);
}
