/** The status bar item: what classifies here, and the way to everything one can do with it. */
import * as vscode from 'vscode';
import { COMMANDS, type CommandId } from '../contributions.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { statusText } from './text.ts';

export const statusFeature: FeatureStart<'patentLab.showActions'> = (services) => {
  const item = vscode.window.createStatusBarItem('patentLab.status', vscode.StatusBarAlignment.Right, 90);
  item.name = 'Patent Lab';
  item.command = 'patentLab.showActions' satisfies CommandId;
  render(item, services);
  item.show();
  return {
    commands: { 'patentLab.showActions': () => showActions(services) },
    disposables: [
      item,
      services.engine.onDidChangeState(() => render(item, services)),
      services.summaries.onDidChange(() => render(item, services)),
      services.roots.onDidChangeCurrent(() => render(item, services)),
    ],
  };
};

function render(item: vscode.StatusBarItem, { engine, summaries, roots }: Services): void {
  const summary = summaries.get(roots.current);
  const { text, tooltip, warning } = statusText(
    {
      engine: engine.state,
      decisionsSinceTraining: summary?.decisionsSinceTraining ?? 0,
      ...(summary?.classifier ? { classifier: summary.classifier } : {}),
    },
    vscode.l10n,
  );
  item.text = text;
  const lines = new vscode.MarkdownString();
  tooltip.forEach((line, at) => lines.appendMarkdown(at === 0 ? '' : '\n\n').appendText(line));
  item.tooltip = lines;
  item.backgroundColor = warning ? new vscode.ThemeColor('statusBarItem.errorBackground') : undefined;
}

async function showActions({ editors, summaries, roots, engine }: Services): Promise<void> {
  const hasClassifier = summaries.get(roots.current)?.classifier !== undefined;
  const actions: readonly (CommandId | false)[] = [
    editors.active !== undefined && 'patentLab.classify',
    'patentLab.classifyFolder',
    'patentLab.train',
    hasClassifier && 'patentLab.openCard',
    hasClassifier && 'patentLab.exportClassifier',
    'patentLab.generate',
    'patentLab.reviewSynthetic',
    'patentLab.showPatentView',
    'patentLab.showTaxonomy',
    engine.state.kind !== 'stopped' && 'patentLab.restartEngine',
    'patentLab.showLog',
  ];
  const items = actions
    .filter((id) => id !== false)
    .map((id) => {
      const command = COMMANDS[id];
      const icon = 'icon' in command ? command.icon : '$(play)';
      return { id, label: command.title, iconPath: new vscode.ThemeIcon(icon.slice(2, -1)) };
    });
  const chosen = await vscode.window.showQuickPick(items, { placeHolder: 'Patent Lab' });
  if (chosen) await vscode.commands.executeCommand(chosen.id);
}
