/** From "Generate Synthetic Patents…" to a plan that is kept as a file: the steps, forwards and backwards. */
import * as vscode from 'vscode';
import {
  ProposePlanRequest,
  type GenerationPlan,
  type ProposePlanResult,
} from '../../../protocol/generation.ts';
import { usage } from '../../errors/usage.ts';
import type { Services } from '../../services.ts';
import { setting } from '../../settings.ts';
import { keepPlan, takenNames } from '../plan-file.ts';
import { byDeficit, freeName, newDraft, proposeParams, withChoices, type Draft } from './draft.ts';
import { overview, type Overview } from './overview.ts';
import { walk, type Answer } from '../../quick-input.ts';
import { rememberChoices, rememberedChoices } from './remembered.ts';
import { amountStep, genresStep, instructionStep, labelsStep, strategyStep, type Step } from './steps.ts';
import { modelStep } from './model-step.ts';

export interface Planned {
  readonly plan: GenerationPlan;
  /** Where it is kept. */
  readonly file: vscode.Uri;
  readonly then: Overview['then'];
}

/** @param only ids of labels to begin with; none: all that lack documents. */
export async function planGeneration(
  services: Services,
  root: string,
  only: readonly string[],
): Promise<Planned | undefined> {
  const { taxonomy } = await services.summaries.load(root);
  if (!taxonomy) {
    throw usage(
      vscode.l10n.t('This folder has no taxonomy.'),
      vscode.l10n.t('Describe your labels first: Create Workspace Files writes a start.'),
    );
  }
  const targetCount = setting('patentLab.targetCount', vscode.Uri.file(root));
  const lacking = byDeficit(taxonomy.labels, targetCount).filter(({ deficit }) => deficit > 0);
  const steps: readonly Step[] = [
    labelsStep(taxonomy.labels),
    strategyStep,
    genresStep,
    instructionStep,
    modelStep(services),
    amountStep(async (draft) => (await propose(services, root, draft))?.real ?? 0),
  ];
  const names = new Map(taxonomy.labels.map(({ id, name }) => [id, name]));
  const { memory } = services;
  const wanted = only.length > 0 ? only : lacking.map(({ id }) => id);
  const first = newDraft(wanted, targetCount, rememberedChoices(memory, root));
  const chosen = await walk(steps, first, async (draft) => {
    const answer = await lookAt(services, root, draft, names);
    if (answer.kind === 'chosen') await rememberChoices(memory, root, draft);
    return answer;
  });
  if (!chosen) return undefined;
  return { ...chosen, file: await keepPlan(root, chosen.plan) };
}

/** Undefined before a model is chosen. */
async function propose(
  { engine }: Services,
  root: string,
  draft: Draft,
): Promise<ProposePlanResult | undefined> {
  const { model } = draft;
  if (!model) return undefined;
  const name = freeName(today(), await takenNames(root));
  return vscode.window.withProgress(
    { location: vscode.ProgressLocation.Window, title: vscode.l10n.t('Making a plan…') },
    () => engine.request(ProposePlanRequest, proposeParams(root, draft, model, name)),
  );
}

async function lookAt(
  services: Services,
  root: string,
  draft: Draft,
  names: ReadonlyMap<string, string>,
): Promise<Answer<Overview>> {
  const proposal = await propose(services, root, draft);
  if (!proposal) return { kind: 'back' };
  if (proposal.documents === 0) {
    throw usage(
      vscode.l10n.t('There is nothing to write.'),
      proposal.notes[0] ?? vscode.l10n.t('Choose labels that lack documents, or raise the target.'),
    );
  }
  return overview({ ...proposal, plan: withChoices(proposal.plan, draft) }, (id) => names.get(id) ?? id);
}

const today = (): string => {
  const now = new Date();
  const two = (part: number): string => String(part).padStart(2, '0');
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
};
