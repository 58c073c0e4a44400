/**
 * Entry of the extension. Activation registers and does no work: the engine starts with the first command or view that
 * needs it. A feature is one line in {@link FEATURES}.
 */
import * as vscode from 'vscode';
import { adaptationFeature } from './adaptation/feature.ts';
import { classifyFeature } from './classify/feature.ts';
import type { CommandId } from './contributions.ts';
import { engineFeature } from './engine/feature.ts';
import { evidenceFeature } from './evidence/feature.ts';
import type { CommandHandler, Feature, FeatureStart } from './feature.ts';
import { generationFeature } from './generation/feature.ts';
import { fidelityFeature } from './fidelity/feature.ts';
import { importFeature } from './import/feature.ts';
import { languageFeature } from './language/feature.ts';
import { leakageFeature } from './leakage/feature.ts';
import { numericsFeature } from './numerics/feature.ts';
import { patentViewFeature } from './patent-view/feature.ts';
import { previewFeature } from './preview/feature.ts';
import { runsFeature } from './runs/feature.ts';
import { createServices } from './services.ts';
import { statusFeature } from './status/feature.ts';
import { studyFeature } from './study/feature.ts';
import { taxonomyFeature } from './taxonomy/feature.ts';
import { trainingFeature } from './training/feature.ts';
import { workspaceFeature } from './workspace/feature.ts';

const FEATURES = [
  classifyFeature,
  trainingFeature,
  adaptationFeature,
  evidenceFeature,
  leakageFeature,
  fidelityFeature,
  patentViewFeature,
  languageFeature,
  previewFeature,
  taxonomyFeature,
  studyFeature,
  numericsFeature,
  runsFeature,
  importFeature,
  generationFeature,
  workspaceFeature,
  statusFeature,
  engineFeature,
] as const;

type Handled<F> = F extends FeatureStart<infer C> ? C : never;
type None<Left extends never> = Left;

/** Does not compile when a registered command is handled by no feature. */
export type Unhandled = None<Exclude<CommandId, Handled<(typeof FEATURES)[number]>>>;

export function activate(context: vscode.ExtensionContext): void {
  const services = createServices(context);
  for (const start of FEATURES) {
    const { commands, disposables = [] }: Feature<CommandId> | Feature = start(services);
    context.subscriptions.push(...disposables);
    for (const [id, handler] of Object.entries<CommandHandler>(commands)) {
      context.subscriptions.push(vscode.commands.registerCommand(id, guarded(handler, services.showError)));
    }
  }
  services.editors.start();
  services.leakage.start();
}

/** A command that fails says so once, in our words. */
const guarded =
  (handler: CommandHandler, showError: (error: unknown) => void): CommandHandler =>
  async (...args) => {
    try {
      return await handler(...args);
    } catch (error) {
      showError(error);
      return undefined;
    }
  };
