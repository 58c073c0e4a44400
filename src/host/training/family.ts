/** Choosing what *Train Classifier* trains: a head, adapters, or the whole encoder. Written to `patent-lab.json`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { USUAL_LAYERS } from '../../core/learning/finetune/recipe.ts';
import type { TrainingFamily } from '../../protocol/engine.ts';
import {
  BUILT_IN,
  canCarryHead,
  chooseBase,
  chooseHeadBase,
  knownBases,
  pointedAt,
  type HeadBase,
} from '../encoders/choose-base.ts';
import type { Services } from '../services.ts';
import { configWith, parsedConfig } from '../workspace/edit-config.ts';
import { requireTrust } from '../workspace/trust.ts';

interface FamilyItem extends vscode.QuickPickItem {
  readonly family: TrainingFamily;
}

/**
 * @param base the encoder that learns, or that a head is trained on; where it is not given, the person is asked
 * @returns whether one was chosen
 */
export async function chooseFamily(services: Services, root: string, base?: string): Promise<boolean> {
  requireTrust();
  const { family: current } = await services.summaries.load(root);
  const chosen = await vscode.window.showQuickPick(families(current), {
    title: vscode.l10n.t('What Is Trained'),
    placeHolder: vscode.l10n.t('The choice is written to {0}.', WORKSPACE_CONFIG_FILE),
  });
  if (!chosen) return false;
  const askFor = chosen.family === 'frozen' ? headBaseFor : baseFor;
  const named = base ?? (await askFor(services, root, namedBase(await configOf(root))));
  if (named === undefined) return false;
  await changeConfig(services, root, (before) => {
    const withFamily = configWith(before, ['training', 'family'], chosen.family);
    return configWith(withFamily, ['training', 'base'], named === BUILT_IN ? undefined : named);
  });
  return true;
}

function families(current: TrainingFamily): readonly FamilyItem[] {
  const items: readonly FamilyItem[] = [
    {
      family: 'frozen',
      label: vscode.l10n.t('Head only'),
      detail: vscode.l10n.t('The encoder stays as it is. Trained in seconds; evidence adds up exactly.'),
    },
    {
      family: 'lora',
      label: vscode.l10n.t('LoRA'),
      detail: vscode.l10n.t(
        'Small adapters in the encoder are trained too. Takes minutes and an encoder in single precision.',
      ),
    },
    {
      family: 'last-k',
      label: vscode.l10n.t('Last layers'),
      detail: vscode.l10n.t(
        'The last layers of the encoder are trained, as many as training.layers in {0} says; {1} by default.',
        WORKSPACE_CONFIG_FILE,
        USUAL_LAYERS,
      ),
    },
    {
      family: 'full',
      label: vscode.l10n.t('Full fine-tuning'),
      detail: vscode.l10n.t('All weights of the encoder are trained. Takes the most time and memory.'),
    },
  ];
  return items.map((item) =>
    item.family === current ? { ...item, description: vscode.l10n.t('current') } : item,
  );
}

function namedBase(config: string): string | undefined {
  const { training } = parsedConfig(config) as { readonly training?: { readonly base?: unknown } };
  return typeof training?.base === 'string' ? training.base : undefined;
}

/** The built-in encoder; where others are at hand, the person says which. */
async function headBaseFor(
  { engine }: Services,
  root: string,
  current: string | undefined,
): Promise<HeadBase | undefined> {
  const bases = await knownBases(engine, root);
  if (current === undefined && !bases.some(canCarryHead)) return BUILT_IN;
  const answer = await chooseHeadBase(root, bases, {
    frame: { title: vscode.l10n.t('What Is Trained'), canGoBack: false },
    placeholder: vscode.l10n.t('Which encoder does the head read from?'),
    current: current ?? BUILT_IN,
  });
  return answer.kind === 'chosen' ? answer.value : undefined;
}

/** The encoder that is named already; where others are at hand, the person says which. */
async function baseFor(
  { engine }: Services,
  root: string,
  current: string | undefined,
): Promise<string | undefined> {
  const bases = await knownBases(engine, root);
  const others = bases.filter(({ base, problem }) => base !== current && !problem);
  if (others.length === 0) return current ?? pointedAt(root);
  const answer = await chooseBase(root, bases, {
    frame: { title: vscode.l10n.t('What Is Trained'), canGoBack: false },
    placeholder: vscode.l10n.t('Which encoder learns?'),
    current,
  });
  return answer.kind === 'chosen' ? answer.value : undefined;
}

/** The family with which a classifier is trained on another encoder; asked for where the encoder stays as it is so far. */
export async function trainOn(services: Services, root: string, base: string): Promise<boolean> {
  requireTrust();
  const { family } = await services.summaries.load(root);
  if (family === 'frozen') return chooseFamily(services, root, base);
  await changeConfig(services, root, (before) => configWith(before, ['training', 'base'], base));
  return true;
}

async function changeConfig(
  { summaries }: Services,
  root: string,
  change: (before: string) => string,
): Promise<void> {
  await writeFile(path.join(root, WORKSPACE_CONFIG_FILE), change(await configOf(root)), 'utf8');
  await summaries.refresh(root);
}

/** Empty where there is none. */
const configOf = (root: string): Promise<string> =>
  readFile(path.join(root, WORKSPACE_CONFIG_FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
