/** Chooses a label of the patent in front; its evidence shows in the editor while one moves through the list. */
import * as vscode from 'vscode';
import type { LabelPrediction } from '../../protocol/engine.ts';
import type { ClassifiedItem } from '../session/file-session.ts';
import type { Highlighter } from './highlighter.ts';

interface LabelItem extends vscode.QuickPickItem {
  readonly label: string;
  readonly id: string;
}

export function pickEvidence(uri: string, item: ClassifiedItem, highlighter: Highlighter): void {
  const before = highlighter.highlighted(uri);
  const pick = vscode.window.createQuickPick<LabelItem>();
  pick.placeholder = vscode.l10n.t('Label whose evidence to highlight');
  pick.matchOnDescription = true;
  pick.items = item.prediction.labels.map(labelItem);
  const current = pick.items.find(({ id }) => id === before);
  if (current) pick.activeItems = [current];
  let isAccepted = false;
  pick.onDidChangeActive(([active]) => {
    if (active) highlighter.highlight(uri, item, active.id);
  });
  pick.onDidAccept(() => {
    isAccepted = true;
    pick.hide();
  });
  pick.onDidHide(() => {
    if (!isAccepted && before === undefined) highlighter.clear(uri);
    else if (!isAccepted && before !== undefined) highlighter.highlight(uri, item, before);
    pick.dispose();
  });
  pick.show();
}

function labelItem({ id, name, probability, status }: LabelPrediction): LabelItem {
  const icon =
    status === 'assigned' ? 'pass-filled' : status === 'borderline' ? 'question' : 'circle-outline';
  return {
    id,
    label: name,
    description: `${(100 * probability).toFixed(0)} %`,
    iconPath: new vscode.ThemeIcon(icon),
  };
}
