/** The numerics requests of the host. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { toErrorReport } from '../../core/errors.ts';
import { CRITERION_NAMES } from '../../core/numerics/words.ts';
import type { View } from '../../core/patent/view.ts';
import {
  ACCELERATORS,
  type NumericsParams,
  type NumericsReport,
  type NumericsResult,
  type ProviderStanding,
} from '../../protocol/numerics.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import { DEFAULT_SEED, type Engine } from '../engine.ts';
import { hashInputs, workspaceFiles } from '../leakage/inputs.ts';
import type { Task } from '../task.ts';
import { classifierFolder, openWorkspace, workspacePath, type Workspace } from '../workspace/workspace.ts';
import { openPair } from './candidates.ts';
import type { ProviderGate } from './gate.ts';
import { writeNumericsRun } from './report-files.ts';
import { runNumerics, type NumericsCorpus } from './run.ts';

/** What is read where no classifier says what it reads. */
export const DEFAULT_VIEW: View = 'TAC';

/** Documents of a workspace that are compared at most: minutes at the speed of a laptop. [ours] */
const MOST_DOCUMENTS = 1000;

export class NumericsHandlers {
  readonly #engine: Engine;

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async check({ root, candidate }: NumericsParams, task: Task): Promise<NumericsResult> {
    task.progress('Reading documents');
    const workspace = await openWorkspace(root);
    const classifier = await classifierOf(this.#engine, workspace);
    const corpus = await workspaceNumericsCorpus(workspace, task);
    const own = classifier ? this.#engine.encoderSource(classifier) : this.#engine.defaultEncoder();
    task.progress('Loading both models');
    const pair = await openPair({ requested: candidate, own }, this.#engine.gate.providers);
    try {
      const view = classifier?.description.view ?? DEFAULT_VIEW;
      const options = { requested: candidate, view, seed: DEFAULT_SEED, limit: MOST_DOCUMENTS };
      const report = await runNumerics(corpus, classifier, pair, options, task);
      await rememberOutcome(this.#engine.gate, report);
      const folder = await writeNumericsRun(root, report);
      return { report, folder, problems: workspace.problems.map((problem) => toErrorReport(problem)) };
    } finally {
      await pair.release();
    }
  }

  providers(task: Task): Promise<readonly ProviderStanding[]> {
    return standings(this.#engine.gate, task);
  }
}

/** Every provider, one after another: two that start at once would fight for the device. */
export async function standings(gate: ProviderGate, task: Task): Promise<readonly ProviderStanding[]> {
  const all: ProviderStanding[] = [];
  for (const provider of ACCELERATORS) {
    await task.checkpoint();
    all.push(await gate.providers.standing(provider, task.signal));
  }
  return all;
}

/** What a check of a provider came to counts at the gate from then on. */
export async function rememberOutcome(gate: ProviderGate, report: NumericsReport): Promise<void> {
  const { requested, reference, candidate, criteria, verdict } = report;
  if (requested.kind !== 'provider') return;
  await gate.remember(reference.sha256, {
    provider: requested.provider,
    state: verdict === 'passed' ? 'passed' : 'refused',
    reason: criteria
      .filter(({ met }) => met === false)
      .map(({ name }) => CRITERION_NAMES[name])
      .join(', '),
    speed:
      reference.documentsPerSecond === 0 ? 0 : candidate.documentsPerSecond / reference.documentsPerSecond,
  });
}

/** The workspace's own classifier, if it has one. */
export async function classifierOf(
  engine: Engine,
  workspace: Workspace,
): Promise<StoredClassifier | undefined> {
  const folder = classifierFolder(workspace);
  return existsSync(path.join(folder, CLASSIFIER_FILE)) ? engine.classifier(folder) : undefined;
}

export async function workspaceNumericsCorpus(workspace: Workspace, task: Task): Promise<NumericsCorpus> {
  const shown = (file: string): string => {
    const inside = workspacePath(workspace.root, file);
    return inside.startsWith('../') ? file : inside;
  };
  const documents = workspace.documents.filter(({ provenance }) => provenance === 'real');
  const labels = workspace.taxonomy?.labels.map(({ id }) => id) ?? [];
  return { documents, labels, inputs: await hashInputs(workspaceFiles(workspace), shown, task) };
}
