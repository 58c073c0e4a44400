/** The Runs view and its commands. */
import * as vscode from 'vscode';
import { RUNS_VIEW } from '../contributions.ts';
import type { FeatureStart } from '../feature.ts';
import { compareRun, deleteRun, openRun, resumeRun, revealRun, scoreRun } from './actions.ts';
import { RunElement } from './element.ts';
import type { Run } from './run.ts';
import { RunReference, RunsView } from './view.ts';

type Commands =
  | 'patentLab.showRuns'
  | 'patentLab.refreshRuns'
  | 'patentLab.openRun'
  | 'patentLab.resumeRun'
  | 'patentLab.compareRun'
  | 'patentLab.scoreRun'
  | 'patentLab.revealRun'
  | 'patentLab.deleteRun';

export const runsFeature: FeatureStart<Commands> = (services) => {
  const view = new RunsView(services);
  const withRun =
    (act: (run: Run) => Promise<void>) =>
    async (element: unknown): Promise<void> => {
      if (element instanceof RunElement || element instanceof RunReference) await act(element.run);
    };
  return {
    commands: {
      'patentLab.showRuns': () => vscode.commands.executeCommand(`${RUNS_VIEW}.focus`),
      'patentLab.refreshRuns': () => view.refresh(),
      'patentLab.openRun': withRun((run) => openRun(services, run)),
      'patentLab.resumeRun': withRun((run) => resumeRun(services, run)),
      'patentLab.compareRun': withRun((run) => compareRun(services, run)),
      'patentLab.scoreRun': withRun((run) => scoreRun(services, run)),
      'patentLab.revealRun': withRun(revealRun),
      'patentLab.deleteRun': withRun((run) => deleteRun(run, view)),
    },
    disposables: [view],
  };
};
