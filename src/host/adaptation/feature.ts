/** Adapting an encoder to the patents of a workspace, as commands. */
import path from 'node:path';
import * as vscode from 'vscode';
import type { AdaptationPlan } from '../../protocol/adaptation.ts';
import type { FeatureStart } from '../feature.ts';
import { pickOne } from '../quick-input.ts';
import { moment } from '../runs/words.ts';
import type { Services } from '../services.ts';
import { requireTrust } from '../workspace/trust.ts';
import { requireRoot } from '../workspace/require-root.ts';
import { continueAdaptation, interruptedAdaptations, prepareAdaptation, showAdaptation } from './panel.ts';
import { chooseAdaptation } from './wizard.ts';

export const adaptationFeature: FeatureStart<'patentLab.adaptEncoder' | 'patentLab.showAdaptation'> = (
  services,
) => ({
  commands: {
    'patentLab.adaptEncoder': () => adaptCurrent(services),
    'patentLab.showAdaptation': () => showAdaptation(services, requireRoot(services.roots)),
  },
});

/** What was interrupted is offered first. */
async function adaptCurrent(services: Services): Promise<void> {
  requireTrust();
  const root = requireRoot(services.roots);
  const plans = await interruptedAdaptations(services, root);
  const beginning = plans.length === 0 ? 'anew' : await continueOrAnew(plans);
  if (beginning === undefined) return;
  if (beginning !== 'anew') return continueAdaptation(services, root, beginning);
  const choice = await chooseAdaptation(services, root);
  if (choice) await prepareAdaptation(services, root, choice);
}

interface BeginningItem extends vscode.QuickPickItem {
  readonly beginning: AdaptationPlan | 'anew';
}

async function continueOrAnew(
  plans: readonly AdaptationPlan[],
): Promise<BeginningItem['beginning'] | undefined> {
  const items: readonly BeginningItem[] = [
    ...plans.map((plan): BeginningItem => ({
      beginning: plan,
      label: vscode.l10n.t('$(debug-continue) Continue {0}', plan.name),
      description: path.basename(plan.base),
      detail: vscode.l10n.t(
        'Begun {0} and interrupted; it goes on where it was',
        moment(new Date(plan.createdAt)),
      ),
    })),
    { beginning: 'anew', label: vscode.l10n.t('$(add) Adapt another encoder…') },
  ];
  const answer = await pickOne({
    frame: { title: vscode.l10n.t('Adapt Encoder to These Patents'), canGoBack: false },
    placeholder: vscode.l10n.t('Go on with what was interrupted?'),
    items,
  });
  return answer.kind === 'chosen' ? answer.value.beginning : undefined;
}
