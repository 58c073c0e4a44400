/** Numerics checks in the Runs view. */
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { showNumericsRun } from './panel.ts';

export const numericsRuns: RunPresenter = {
  title: () => vscode.l10n.t('Numerics checks'),
  icon: 'pulse',
  open: showNumericsRun,
};
