/** The study of whether synthetic data helps, as a command. */
import * as vscode from 'vscode';
import type { FeatureStart } from '../feature.ts';
import { prepare, showStudy } from './panel.ts';
import { sessionsWithPlan } from './session.ts';

export const studyFeature: FeatureStart<'patentLab.study'> = (services) => ({
  commands: {
    'patentLab.study': (plan) => showStudy(services, plan instanceof vscode.Uri ? plan.fsPath : undefined),
  },
  disposables: [
    vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      for (const session of sessionsWithPlan(uri.fsPath)) {
        // What stands before a run follows the plan; a report stays as it was made.
        if (session.setup && session.panel) void prepare(session, session.panel);
      }
    }),
  ],
});
