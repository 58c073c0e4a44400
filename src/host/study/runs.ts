/** Studies in the Runs view. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import * as vscode from 'vscode';
import type { RunPresenter } from '../runs/presenter.ts';
import { studyHeadline } from './headline.ts';
import { compareStudies, openStudy, prepareStudy } from './panel.ts';

export const studyRuns: RunPresenter = {
  title: () => vscode.l10n.t('Studies of synthetic data'),
  icon: 'beaker',
  headline: (report) => studyHeadline(report, vscode.l10n),
  open: openStudy,
  resume: async (services, { folder }) => prepareStudy(services, await planOf(folder)),
  compare: compareStudies,
};

/** The plan's file of a run that was stopped; undefined where it was the default plan, or nothing tells. */
async function planOf(folder: string): Promise<string | undefined> {
  const text = await readFile(path.join(folder, 'study.json'), 'utf8').catch(() => '{}');
  try {
    const { planFile } = JSON.parse(text) as { readonly planFile?: unknown };
    return typeof planFile === 'string' ? planFile : undefined;
  } catch {
    return undefined;
  }
}
