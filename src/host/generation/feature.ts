/** Generation: its commands, the status bar, and the offer to resume a run that stopped. */
import * as vscode from 'vscode';
import type { FeatureStart } from '../feature.ts';
import type { Services } from '../services.ts';
import { ResumeOffer } from './resume-offer.ts';
import { RunStatus } from './run/status.ts';

type Commands =
  | 'patentLab.generate'
  | 'patentLab.runPlan'
  | 'patentLab.resumeGeneration'
  | 'patentLab.stopGeneration'
  | 'patentLab.reviewSynthetic'
  | 'patentLab.setModelKey'
  | 'patentLab.forgetModelKey';

export const generationFeature: FeatureStart<Commands> = (services) => ({
  commands: {
    'patentLab.generate': async (element) => (await commands()).generate(services, element),
    'patentLab.runPlan': async (uri) => (await commands()).runPlan(services, asUri(uri)),
    'patentLab.resumeGeneration': async (run) =>
      (await commands()).resume(services, typeof run === 'string' ? run : undefined),
    'patentLab.stopGeneration': () => services.generation.stop(),
    'patentLab.reviewSynthetic': async (uri) => (await commands()).review(services, asUri(uri)),
    'patentLab.setModelKey': async () => (await keys()).setModelKey(services.models),
    'patentLab.forgetModelKey': async () => (await keys()).forgetModelKey(services.models),
  },
  disposables: [new RunStatus(services.generation), resumeOffer(services)],
});

// Loaded with the first use: schemas and dialogs have no part in the activation.
const commands = () => import('./commands.ts');
const keys = () => import('./models/keys.ts');

const asUri = (argument: unknown): vscode.Uri | undefined =>
  argument instanceof vscode.Uri ? argument : undefined;

const resumeOffer = ({ engine, summaries, generation, memory }: Services): vscode.Disposable =>
  new ResumeOffer(engine, summaries, generation, memory);
