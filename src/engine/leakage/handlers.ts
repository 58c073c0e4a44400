/** The leakage requests of the host. */
import { toErrorReport } from '../../core/errors.ts';
import type { AuditParams, AuditResult } from '../../protocol/audit.ts';
import type {
  MaskedPrediction,
  MaskedPredictionParams,
  RelationsParams,
  RelationsResult,
} from '../../protocol/leakage.ts';
import { DEFAULT_SEED, type Engine } from '../engine.ts';
import type { Task } from '../task.ts';
import { classifierFolder, noTaxonomy, openWorkspace } from '../workspace/workspace.ts';
import { workspaceClassifier, workspaceCorpus } from './audit-corpora.ts';
import { writeAuditRun } from './audit-report.ts';
import { runAudit } from './audit.ts';
import { maskedPrediction } from './masked.ts';
import { relations } from './relations.ts';
import { WorkspaceIndexes } from './workspace-index.ts';

export class LeakageHandlers {
  readonly #engine: Engine;
  readonly #indexes = new WorkspaceIndexes();

  constructor(engine: Engine) {
    this.#engine = engine;
  }

  relations(params: RelationsParams, task: Task): Promise<RelationsResult> {
    return relations(params, this.#indexes, task);
  }

  async maskedPrediction({ root, target }: MaskedPredictionParams, task: Task): Promise<MaskedPrediction> {
    const workspace = await openWorkspace(root);
    if (!workspace.taxonomy) throw noTaxonomy(workspace);
    const classifier = await this.#engine.classifier(classifierFolder(workspace));
    const embedder = await this.#engine.embedderOf(classifier, root);
    return maskedPrediction(target, workspace.taxonomy, classifier, embedder, task);
  }

  async audit({ root }: AuditParams, task: Task): Promise<AuditResult> {
    task.progress('Reading labelled documents');
    const workspace = await openWorkspace(root);
    const classifier = await workspaceClassifier(this.#engine, workspace);
    const corpus = await workspaceCorpus(workspace, classifier, task);
    const report = await runAudit(corpus, classifier, { seed: DEFAULT_SEED }, task);
    const folder = await writeAuditRun(root, report);
    return { report, folder, problems: workspace.problems.map((problem) => toErrorReport(problem)) };
  }
}
