/** The Patent view: registers it, keeps it in step with everything it shows, and exports what is open. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { ClassifyOutcome } from '../../protocol/engine.ts';
import { setContext } from '../context-keys.ts';
import { PATENT_VIEW } from '../contributions.ts';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { exportOutcomes } from '../table/export.ts';

export const patentViewFeature: FeatureStart<'patentLab.showPatentView' | 'patentLab.exportPredictions'> = (
  services,
) => {
  const { editors, sessions, summaries, roots, highlighter, patentView } = services;
  const update = (): void => patentView.update();
  return {
    commands: {
      'patentLab.showPatentView': () => vscode.commands.executeCommand(`${PATENT_VIEW}.focus`),
      'patentLab.exportPredictions': () => exportPredictions(services),
    },
    disposables: [
      vscode.window.registerWebviewViewProvider(PATENT_VIEW, patentView),
      editors.onDidChangeActive(update),
      editors.onDidChangeOpen(update),
      editors.onDidMoveCursor(() => patentView.follow()),
      sessions.onDidChange(() => {
        setExportable(services);
        update();
      }),
      services.tables.onDidChange(() => setExportable(services)),
      summaries.onDidChange(update),
      roots.onDidChangeCurrent(() => {
        const root = roots.current;
        if (root !== undefined && patentView.visible) summaries.load(root).catch(() => undefined);
        update();
      }),
      highlighter.onDidChange(update),
      services.leakageTab.onDidChange(update),
      services.fidelity.tab.onDidChange(update),
    ],
  };
};

const setExportable = (services: Services): void =>
  setContext('exportable', services.tables.current !== undefined || openOutcomes(services).length > 0);

/** The table in front; else what is known of the patents in editors. */
async function exportPredictions(services: Services): Promise<void> {
  const { tables, roots, engine, editors } = services;
  const open = openOutcomes(services);
  const table = tables.isInFront || open.length === 0 ? tables.current : undefined;
  const outcomes = table?.outcomes ?? open;
  if (outcomes.length === 0) {
    throw usage(
      vscode.l10n.t('There are no predictions yet.'),
      vscode.l10n.t('Classify a patent or a folder first.'),
    );
  }
  const active = editors.active?.file;
  const name = table?.title ?? (active === undefined ? 'patents' : path.parse(active).name);
  await exportOutcomes(engine, outcomes, { folder: roots.current, name });
}

function openOutcomes({ editors, sessions }: Services): readonly ClassifyOutcome[] {
  return editors.open.flatMap(({ uri }) =>
    sessions
      .get(uri)
      .items.flatMap((item): ClassifyOutcome[] =>
        item.kind === 'classified' ? [{ kind: 'classified', prediction: item.prediction }] : [],
      ),
  );
}
