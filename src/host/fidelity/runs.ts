/** Fidelity reports in the Runs view. */
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { fidelityHeadline } from './headline.ts';
import { isFidelityReport, showFidelityRun } from './report.ts';

export const fidelityRuns: RunPresenter = {
  title: () => vscode.l10n.t('Fidelity of synthetic documents'),
  icon: 'telescope',
  headline: (report) => (isFidelityReport(report) ? fidelityHeadline(report, vscode.l10n) : undefined),
  open: async (services, { folder }) =>
    showFidelityRun(services, await services.roots.of(vscode.Uri.file(folder)), folder),
};
