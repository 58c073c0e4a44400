/** Leakage audits in the Runs view. */
import * as vscode from 'vscode';
import { openReport, type RunPresenter } from '../runs/presenter.ts';
import { auditKind } from './panel.ts';

export const auditRuns: RunPresenter = {
  title: () => vscode.l10n.t('Leakage audits'),
  icon: 'shield',
  open: (services, run) => openReport(services, auditKind(), run),
};
