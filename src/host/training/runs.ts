/** Trainings of the encoder in the Runs view. */
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { openTraining } from './panel.ts';

export const trainingRuns: RunPresenter = {
  title: () => vscode.l10n.t('Classifier trainings'),
  icon: 'mortar-board',
  open: openTraining,
};
