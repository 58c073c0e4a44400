/** The study requests of the host. */
import path from 'node:path';
import { unitsOf, workOf } from '../../core/study/execute.ts';
import { linearNetwork } from '../../core/learning/training/network.ts';
import { NetworkFamily } from '../../core/study/network-family.ts';
import { isTuned } from '../../core/study/plan.ts';
import type {
  CompareStudiesParams,
  StudyComparison,
  StudyEstimate,
  StudyParams,
  StudyProgress,
  StudyResult,
  StudySummary,
} from '../../protocol/study.ts';
import type { Engine } from '../engine.ts';
import { steadyCompute } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { crewSize } from './crew/crew.ts';
import { OutcomeFiles } from './outcome-store.ts';
import { TunedFamily } from './tuned-family.ts';
import { defaultStudy, readPlan, type PlannedStudy } from './plan-file.ts';
import { differencesFrom, unfinishedRun } from './run-state.ts';
import { estimateOf, layOut, threadsOf, needsEncoder, runStudy } from './run-study.ts';
import { compareStudies, listStudies, readReport } from './saved-reports.ts';

export class StudyHandlers {
  readonly #engine: Engine;
  readonly #tell: (progress: StudyProgress) => void;

  constructor(engine: Engine, tell: (progress: StudyProgress) => void) {
    this.#engine = engine;
    this.#tell = tell;
  }

  async run({ root, plan, resume }: StudyParams, task: Task): Promise<StudyResult> {
    const study = await studyOf(plan);
    const embedder = await this.#engine.embedder(root);
    const resuming = resume === undefined ? 'if-same' : resume ? 'required' : 'never';
    return runStudy({ root, study, embedder }, resuming, task, (progress) =>
      this.#tell({ root, ...progress }),
    );
  }

  async estimate({ root, plan }: StudyParams, task: Task): Promise<StudyEstimate> {
    const study = await studyOf(plan);
    const embedder = await this.#engine.embedder(root);
    return estimateStudy(root, study, embedder, task);
  }

  async list({ root }: { readonly root: string }): Promise<{ readonly studies: readonly StudySummary[] }> {
    return { studies: await listStudies(root) };
  }

  async read({ folder }: { readonly folder: string }): Promise<StudyResult> {
    return { report: await readReport(folder), folder };
  }

  compare({ left, right }: CompareStudiesParams): Promise<StudyComparison> {
    return compareStudies(left, right);
  }
}

const studyOf = async (plan: string | undefined): Promise<PlannedStudy> =>
  plan === undefined ? defaultStudy() : readPlan(path.resolve(plan));

type Embedder = Awaited<ReturnType<Engine['embedder']>>;

/** @param threads at most; see {@link StudyRequestParts} */
export async function estimateStudy(
  root: string,
  study: PlannedStudy,
  embedder: Embedder,
  task: Task,
  threads?: number,
): Promise<StudyEstimate> {
  const laidOut = await layOut({ root, study, embedder }, task);
  const { setting, arms, draws, regimes, inputs, hashes } = laidOut;
  const { corpus } = setting;
  // Only asked for its number of steps: it is given no document.
  const empty = { features: new Float32Array(), targets: new Float32Array() };
  const labels = corpus.labels.length;
  const families = study.plan.families.map((id) =>
    isTuned(id)
      ? new TunedFamily(id, { base: '', texts: [], targets: empty.targets, labels })
      : new NetworkFamily(id, steadyCompute, linearNetwork(2, labels), empty),
  );
  const units = unitsOf(setting, arms, families, regimes, draws);
  const run = await unfinishedRun(root, study);
  const store =
    run && differencesFrom(run, study, hashes).length === 0 ? new OutcomeFiles(run.folder) : undefined;
  const totals = { fits: 0, done: 0, steps: 0, seconds: 0 };
  for (const unit of units) {
    const { fits, steps } = workOf(unit, setting, arms);
    totals.fits += fits;
    totals.steps += steps;
    if (store && (await store.read(unit))) totals.done += fits;
    else totals.seconds += estimateOf(laidOut, unit);
    await task.checkpoint();
  }
  totals.seconds /= crewSize(units, threadsOf(laidOut, threads === undefined ? {} : { threads }).threads);
  const texts = needsEncoder(laidOut) ? inputs.texts.filter((text) => !embedder.knows(text)).length : 0;
  return {
    arms: arms.length,
    ...totals,
    texts,
    real: corpus.real.length,
    synthetic: corpus.synthetic.length,
    test: corpus.test.length,
    plan: study.plan,
    notes: [
      ...laidOut.notes,
      ...(study.plan.seeds === 1
        ? ['One seed tells nothing about another subsample, start or order; use at least five.']
        : []),
    ],
  };
}
