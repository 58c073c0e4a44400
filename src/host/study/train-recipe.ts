/** Trains the workspace's classifier as a study recommends: with the synthetic documents it found to help, or without. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import type { Recipe } from '../../protocol/study.ts';
import { announceTraining } from '../training/training.ts';
import { configWith, parsedConfig } from '../workspace/edit-config.ts';
import { requireTrust } from '../workspace/trust.ts';
import type { StudyPanel } from './session.ts';

export async function trainRecipe({ result, root, services }: StudyPanel): Promise<void> {
  requireTrust();
  const recipe = result?.report.recipe;
  if (!recipe) return;
  const train = vscode.l10n.t('Train');
  const chosen = await vscode.window.showInformationMessage(
    vscode.l10n.t('Train the classifier with this recipe?'),
    { modal: true, detail: detailOf(recipe) },
    train,
  );
  if (chosen !== train) return;
  await writeUse(root, recipe.syntheticUse);
  await services.summaries.refresh(root).catch(() => undefined);
  void announceTraining(await services.training.train(root));
}

/** What is applied and what is not, before anything is. */
const detailOf = ({ applied, notApplied, reason }: Recipe): string =>
  [
    vscode.l10n.t('Applied: {0} {1} will say so.', applied.join(' '), WORKSPACE_CONFIG_FILE),
    ...(notApplied.length > 0 ? [vscode.l10n.t('Not taken over: {0}', notApplied.join(' '))] : []),
    reason,
  ].join('\n\n');

async function writeUse(root: string, use: Recipe['syntheticUse']): Promise<void> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  if (parsedConfig(text)['syntheticUse'] === use) return;
  await writeFile(file, configWith(text, ['syntheticUse'], use), 'utf8');
}
