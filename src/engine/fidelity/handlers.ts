/** The fidelity requests of the host. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import type { View } from '../../core/patent/view.ts';
import type {
  DocumentFidelityParams,
  DocumentFidelityResult,
  FidelityParams,
  FidelityResult,
} from '../../protocol/fidelity.ts';
import { CLASSIFIER_FILE } from '../classifier/format.ts';
import { DEFAULT_SEED, type Engine } from '../engine.ts';
import type { Task } from '../task.ts';
import { classifierFolder, openWorkspace, type Workspace } from '../workspace/workspace.ts';
import { workspaceDocuments } from './corpus.ts';
import { documentFidelity } from './document.ts';
import { measuredGains } from './measured-gains.ts';
import { RealDocuments } from './real-documents.ts';
import { writeFidelityRun } from './report-files.ts';
import { scoreFidelity, type FidelityClassifier } from './score.ts';

/** What is compared where no classifier says what it reads. */
export const DEFAULT_VIEW: View = 'TAC';

export class FidelityHandlers {
  readonly #engine: Engine;
  readonly #reals = new RealDocuments();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  async score({ root, scope }: FidelityParams, task: Task): Promise<FidelityResult> {
    task.progress('Reading documents');
    const workspace = await openWorkspace(root);
    const classifier = await workspaceClassifier(this.#engine, workspace);
    const view = classifier?.classifier.description.view ?? DEFAULT_VIEW;
    const corpus = await workspaceDocuments(workspace, scope, view, task);
    const embedder = await this.#engine.embedder(root);
    const gains = await measuredGains(root);
    const options = { seed: DEFAULT_SEED, view, gains };
    const report = await scoreFidelity(corpus, classifier, embedder, options, task);
    const folder = await writeFidelityRun(root, report);
    return { report, folder, problems: corpus.problems };
  }

  async document(
    { root, target, compare }: DocumentFidelityParams,
    task: Task,
  ): Promise<DocumentFidelityResult> {
    const workspace = await openWorkspace(root);
    const classifier = await workspaceClassifier(this.#engine, workspace);
    const embedder = await this.#engine.embedder(root);
    return documentFidelity(
      { target, compare },
      {
        workspace,
        view: classifier?.classifier.description.view ?? DEFAULT_VIEW,
        ...(classifier ? { judge: classifier } : {}),
        embedder,
        reals: this.#reals,
      },
      task,
    );
  }
}

/** The workspace's own classifier, if it has one. */
export async function workspaceClassifier(
  engine: Engine,
  workspace: Workspace,
): Promise<FidelityClassifier | undefined> {
  const folder = classifierFolder(workspace);
  if (!existsSync(path.join(folder, CLASSIFIER_FILE))) return undefined;
  const classifier = await engine.classifier(folder);
  return { folder, classifier, embedder: await engine.embedderOf(classifier, workspace.root) };
}
