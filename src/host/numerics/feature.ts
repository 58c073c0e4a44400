/** The numerics check and the choice of what encoders run on, as commands and as a setting. */
import * as vscode from 'vscode';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { requireTrust } from '../workspace/trust.ts';
import { checkCuda } from './cuda.ts';
import { showNumerics } from './panel.ts';
import { pickCandidate } from './pick.ts';

export const numericsFeature: FeatureStart<'patentLab.checkNumerics' | 'patentLab.checkCuda'> = (
  services,
) => ({
  commands: {
    'patentLab.checkNumerics': () => checkNumerics(services),
    'patentLab.checkCuda': () => checkCuda(services),
  },
  disposables: [
    vscode.workspace.onDidChangeConfiguration((change) => {
      // The engine is told when it starts; one that is not running will be told then.
      const running = services.engine.state.kind === 'idle' || services.engine.state.kind === 'busy';
      if (!change.affectsConfiguration('patentLab.provider') || !running) return;
      services.engine.restart().catch((error: unknown) => services.showError(error));
    }),
  ],
});

async function checkNumerics(services: Services): Promise<void> {
  requireTrust();
  const candidate = await pickCandidate(services.engine);
  if (candidate) await showNumerics(services, candidate);
}
