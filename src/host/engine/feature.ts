/** The engine's commands. */
import * as vscode from 'vscode';
import type { FeatureStart } from '../feature.ts';

export const engineFeature: FeatureStart<'patentLab.restartEngine' | 'patentLab.showLog'> = ({
  engine,
  log,
}) => ({
  commands: {
    'patentLab.restartEngine': () =>
      vscode.window.withProgress(
        { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Restarting the engine') },
        () => engine.restart(),
      ),
    'patentLab.showLog': () => log.show(),
  },
});
