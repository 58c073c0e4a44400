/** Trains the workspace's classifier as a study recommends: with the synthetic documents it found to help, or without. */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import { WORKSPACE_CONFIG_FILE } from '../../core/corpus/workspace-files.ts';
import { unreachable } from '../../core/errors.ts';
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
    { modal: true, detail: `${useText(recipe.syntheticUse)}\n\n${recipe.reason}` },
    train,
  );
  if (chosen !== train) return;
  await writeUse(root, recipe.syntheticUse);
  await services.summaries.refresh(root).catch(() => undefined);
  void announceTraining(await services.training.train(root));
}

async function writeUse(root: string, use: Recipe['syntheticUse']): Promise<void> {
  const file = path.join(root, WORKSPACE_CONFIG_FILE);
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  if (parsedConfig(text)['syntheticUse'] === use) return;
  await writeFile(file, configWith(text, ['syntheticUse'], use), 'utf8');
}

function useText(use: Recipe['syntheticUse']): string {
  switch (use) {
    case 'all':
      return vscode.l10n.t(
        'All synthetic documents that no review rejected are trained on; {0} will say so.',
        WORKSPACE_CONFIG_FILE,
      );
    case 'accepted':
      return vscode.l10n.t(
        'The synthetic documents that a review accepted are trained on; {0} will say so.',
        WORKSPACE_CONFIG_FILE,
      );
    case 'none':
      return vscode.l10n.t('No synthetic documents are trained on; {0} will say so.', WORKSPACE_CONFIG_FILE);
    default:
      return unreachable(use);
  }
}
