/** Adaptations of encoders in the Runs view. */
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { openAdaptation, resumeAdaptation } from './panel.ts';

export const adaptationRuns: RunPresenter = {
  title: () => vscode.l10n.t('Encoder adaptations'),
  icon: 'layers',
  open: openAdaptation,
  resume: resumeAdaptation,
};
