/** Studies in the Runs view. */
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { compareStudies, openStudy, prepareStudy } from './panel.ts';

export const studyRuns: RunPresenter = {
  title: () => vscode.l10n.t('Studies of synthetic data'),
  icon: 'beaker',
  open: openStudy,
  resume: (services) => prepareStudy(services),
  compare: compareStudies,
};
