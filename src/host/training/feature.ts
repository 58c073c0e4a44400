/** Training and the classifier card, as commands. */
import * as vscode from 'vscode';
import { usage } from '../errors/usage.ts';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { announceTraining, openCard } from './training.ts';

export const trainingFeature: FeatureStart<'patentLab.train' | 'patentLab.openCard'> = (services) => ({
  commands: {
    'patentLab.train': () => trainCurrent(services),
    'patentLab.openCard': () => openCurrentCard(services),
  },
});

/** Trains the classifier of the root in front; refuses with the way out where there is no taxonomy. */
export async function trainCurrent({ roots, training }: Services): Promise<void> {
  const info = await training.train(requireRoot(roots.current));
  void announceTraining(info);
}

async function openCurrentCard({ roots, summaries }: Services): Promise<void> {
  const { classifier } = await summaries.load(requireRoot(roots.current));
  if (!classifier) {
    throw usage(vscode.l10n.t('There is no classifier yet.'), vscode.l10n.t('Train one first.'));
  }
  await openCard(classifier);
}

function requireRoot(root: string | undefined): string {
  if (root !== undefined) return root;
  throw usage(vscode.l10n.t('No folder is open.'), vscode.l10n.t('Open the folder with your patents.'));
}
