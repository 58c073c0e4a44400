/** Training and the classifier card, as commands. */
import * as vscode from 'vscode';
import type { ClassifierInfo } from '../../protocol/engine.ts';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { requireRoot } from '../workspace/require-root.ts';
import { requireTrust } from '../workspace/trust.ts';
import { exportClassifier } from './export.ts';
import { chooseFamily } from './family.ts';
import { showTraining, trainInPanel } from './panel.ts';
import { announceTraining, openCard } from './training.ts';

export const trainingFeature: FeatureStart<
  | 'patentLab.train'
  | 'patentLab.showTraining'
  | 'patentLab.chooseFamily'
  | 'patentLab.openCard'
  | 'patentLab.exportClassifier'
> = (services) => ({
  commands: {
    'patentLab.train': () => trainCurrent(services),
    'patentLab.showTraining': () => showTraining(services, requireRoot(services.roots)),
    'patentLab.chooseFamily': () => chooseCurrentFamily(services),
    'patentLab.openCard': () => openCurrentCard(services),
    'patentLab.exportClassifier': () => exportCurrent(services),
  },
});

/**
 * Trains the classifier of the root in front, in a panel of its own where that takes long; refuses with the way out
 * where there is no taxonomy.
 */
export async function trainCurrent(services: Services): Promise<void> {
  const root = requireRoot(services.roots);
  const { family } = await services.summaries.load(root);
  if (family !== 'frozen') return trainInPanel(services, root);
  void announceTraining(await services.training.train(root));
}

/** Another family may have been chosen in the panel that shows what training would take. */
async function chooseCurrentFamily(services: Services): Promise<void> {
  const root = requireRoot(services.roots);
  if (await chooseFamily(services, root)) await showTraining(services, root);
}

async function openCurrentCard(services: Services): Promise<void> {
  await openCard(await currentClassifier(services));
}

async function exportCurrent(services: Services): Promise<void> {
  requireTrust();
  await exportClassifier(services.engine, requireRoot(services.roots), await currentClassifier(services));
}

async function currentClassifier({ roots, summaries }: Services): Promise<ClassifierInfo> {
  const { classifier } = await summaries.load(requireRoot(roots));
  if (classifier) return classifier;
  throw usage(vscode.l10n.t('There is no classifier yet.'), vscode.l10n.t('Train one first.'));
}
