/** Choosing what *Train Classifier* trains: a head, adapters, or the whole encoder. Written to `patent-lab.json`. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import type { TrainingFamily } from '../../protocol/engine.ts';
import type { Services } from '../services.ts';
import { configWith, parsedConfig } from '../workspace/edit-config.ts';
import { requireTrust } from '../workspace/trust.ts';

interface FamilyItem extends vscode.QuickPickItem {
  readonly family: TrainingFamily;
}

/** @returns whether one was chosen */
export async function chooseFamily({ summaries }: Services, root: string): Promise<boolean> {
  requireTrust();
  const { family: current } = await summaries.load(root);
  const chosen = await vscode.window.showQuickPick(families(current), {
    title: vscode.l10n.t('What Is Trained'),
    placeHolder: vscode.l10n.t('The choice is written to {0}.', WORKSPACE_CONFIG_FILE),
  });
  if (!chosen) return false;
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const before = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  const named = chosen.family === 'frozen' ? undefined : await baseFor(root, before);
  if (chosen.family !== 'frozen' && named === undefined) return false;
  const withFamily = configWith(before, ['training', 'family'], chosen.family);
  const after = named === undefined ? withFamily : configWith(withFamily, ['training', 'base'], named);
  await writeFile(file, after, 'utf8');
  await summaries.refresh(root);
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
      family: 'full',
      label: vscode.l10n.t('Full fine-tuning'),
      detail: vscode.l10n.t('All weights of the encoder are trained. Takes the most time and memory.'),
    },
  ];
  return items.map((item) =>
    item.family === current ? { ...item, description: vscode.l10n.t('current') } : item,
  );
}

/** The encoder that is named already, or the one the person points at. Relative to the workspace where it lies in it. */
async function baseFor(root: string, config: string): Promise<string | undefined> {
  const { training } = parsedConfig(config) as { readonly training?: { readonly base?: unknown } };
  if (typeof training?.base === 'string') return training.base;
  const [folder] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t('Folder of the Encoder to Fine-Tune'),
      openLabel: vscode.l10n.t('Fine-Tune This Encoder'),
      canSelectFiles: false,
      canSelectFolders: true,
      defaultUri: vscode.Uri.file(root),
    })) ?? [];
  if (!folder) return undefined;
  const inside = path.relative(root, folder.fsPath);
  return inside.startsWith('..') || path.isAbsolute(inside)
    ? folder.fsPath
    : inside.split(path.sep).join('/');
}
