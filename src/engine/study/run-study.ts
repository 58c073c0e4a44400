/**
 * A study from its plan to its report (METHODS 2 and 5): documents are read, checked and encoded, the arms are trained,
 * each outcome kept as it is made, and the findings computed. The same seed gives the same report to the last digit:
 * everything numeric runs on one thread (see {@link steadyCompute}), and several threads share out what knows nothing of
 * each other.
 */
import path from 'node:path';
import { embeddings } from '../../core/fidelity/embeddings.ts';
import { firstOf } from '../../core/fidelity/unique.ts';
import { LEVEL } from '../../core/metrics/bootstrap.ts';
import { armsOf, type Arm } from '../../core/study/arms.ts';
import { targetsOf } from '../../core/study/corpus.ts';
import { drawAll, workOf, type Unit } from '../../core/study/execute.ts';
import type { EncodedDocuments } from '../../core/study/findings/fidelity.ts';
import { findingsOf } from '../../core/study/findings/findings.ts';
import { ADAMW, BATCH, CONVERGENCE } from '../../core/study/network-family.ts';
import { THRESHOLD_FOLDS, type StudySetting } from '../../core/study/outcomes.ts';
import { regimesOf, type Regime } from '../../core/study/regimes.ts';
import type { StudyFindings } from '../../core/study/report.ts';
import { FEW_RESAMPLES } from '../../core/study/statistics/resampling.ts';
import type { Draw } from '../../core/study/training-sets.ts';
import { STUDY_FORMAT, STUDY_VERSION, type StudyInput, type StudyReport } from '../../protocol/study.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { encoderName } from '../encoder/spec.ts';
import { writeFileAtomically } from '../files/write.ts';
import { threadsThatFit } from '../finetune/memory.ts';
import { steadyCompute } from '../onnx/compute.ts';
import { runtimeVersion, THREADS, type MemoryUse } from '../onnx/runtime.ts';
import type { Task } from '../task.ts';
import { VERSION } from '../version.ts';
import { measurePace, SECONDS_PER_ARM, secondsOf, type Pace } from './clock.ts';
import { crewSize, makeCrew } from './crew/crew.ts';
import { unitsIn, type StudyLayout } from './crew/layout.ts';
import { isTuned } from '../../core/study/plan.ts';
import { familyFeatures } from './families.ts';
import { measureTunedPace, openTunable, type OpenedTunable } from './tunable.ts';
import { readStudyInputs, type StudyInputs } from './inputs.ts';
import { RunLock } from '../generation/storage/lock.ts';
import { OutcomeFiles } from './outcome-store.ts';
import type { PlannedStudy } from './plan-file.ts';
import { StudyProgressTeller, type OnStudyProgress } from './progress.ts';
import { REPORT_FORMATS, reportText } from './report-files.ts';
import {
  beginRun,
  differencesFrom,
  edited,
  REPORT_FILE,
  saveState,
  unfinishedRun,
  type StudyRun,
} from './run-state.ts';

/**
 * `required`: goes on with the unfinished run and is refused where something changed; `if-same`: goes on where nothing
 * did; `never`: begins anew.
 */
export type Resuming = 'required' | 'if-same' | 'never';

export interface StudyRequestParts {
  readonly root: string;
  readonly study: PlannedStudy;
  readonly embedder: Embedder;
  /** At most; by default as many as the machine has use for. The findings are the same with any number. */
  readonly threads?: number;
}

/** What a plan and its documents come to, before anything is trained. */
export interface LaidOut {
  readonly inputs: StudyInputs;
  readonly hashes: readonly StudyInput[];
  readonly setting: StudySetting;
  readonly regimes: readonly Regime[];
  readonly arms: readonly Arm[];
  readonly draws: readonly (readonly Draw[])[];
  readonly pace: ReadonlyMap<string, Pace>;
  /** Where a family trains the encoder. */
  readonly tunable: OpenedTunable | undefined;
  readonly notes: readonly string[];
}

export async function layOut({ root, study, embedder }: StudyRequestParts, task: Task): Promise<LaidOut> {
  const inputs = await readStudyInputs(root, study, task);
  const { spec } = embedder.encoder;
  const setting: StudySetting = {
    corpus: inputs.corpus,
    plan: study.plan,
    targets: targetsOf(inputs.corpus),
  };
  const notes: string[] = [...inputs.notes];
  const regimes = regimesOf(study.plan, inputs.corpus.real.length);
  for (const regime of study.plan.regimes) {
    if (typeof regime === 'number' && regime > inputs.corpus.real.length) {
      notes.push(
        `The plan asks for ${regime} real documents and there are ${inputs.corpus.real.length}: that regime has all of them.`,
      );
    }
  }
  await task.checkpoint();
  const { families } = study.plan;
  const labels = inputs.corpus.labels.length;
  const frozen = families.flatMap((id) => (isTuned(id) ? [] : [id]));
  const tunable = await openTunable(root, study, inputs.texts, labels);
  const networks = await measurePace(frozen, embedder.encoder.dimension, labels);
  const tuned = await measureTunedPace(families, tunable, labels, inputs.corpus.test.length);
  const encoders = [spec, ...(tunable ? [tunable.spec] : [])];
  return {
    inputs,
    hashes: [
      ...inputs.hashes,
      ...encoders.map((one): StudyInput => ({ role: 'encoder', path: encoderName(one), sha256: one.sha256 })),
    ],
    setting,
    regimes,
    arms: armsOf(study.plan, inputs.corpus, notes),
    draws: drawAll(setting, regimes),
    tunable,
    pace: new Map([...networks, ...tuned]),
    notes,
  };
}

/** Seconds of training and of statistics, for each unit. */
export function estimateOf(laidOut: LaidOut, unit: Unit): number {
  const pace = laidOut.pace.get(unit.family.id);
  const training = pace ? secondsOf(workOf(unit, laidOut.setting, laidOut.arms), pace) : 0;
  return training + SECONDS_PER_ARM / laidOut.draws.length;
}

/** One study of a workspace at a time: a second one would take over the outcomes of the first. */
export async function runStudy(
  parts: StudyRequestParts,
  resuming: Resuming,
  task: Task,
  onProgress: OnStudyProgress,
): Promise<{ readonly report: StudyReport; readonly folder: string }> {
  const lock = await RunLock.take(parts.root, 'study', 'study');
  try {
    return await locked(parts, resuming, task, onProgress);
  } finally {
    await lock.release();
  }
}

async function locked(
  parts: StudyRequestParts,
  resuming: Resuming,
  task: Task,
  onProgress: OnStudyProgress,
): Promise<{ readonly report: StudyReport; readonly folder: string }> {
  const started = performance.now();
  const laidOut = await layOut(parts, task);
  const run = await openRun(parts, laidOut, resuming);
  const { setting, inputs } = laidOut;
  const encoded = await encodedDocuments(parts, laidOut, task);
  const { threads, memory } = threadsOf(laidOut, parts);
  const layout: StudyLayout = {
    ...laidOut,
    features: await familyFeatures(
      setting.plan.families,
      inputs.corpus,
      inputs.texts,
      encoded?.embeddings.data ?? new Float32Array(),
      laidOut.tunable && { base: laidOut.tunable.base, texts: laidOut.tunable.texts, memory },
      task,
    ),
    folder: run.folder,
  };
  const study = unitsIn(layout);
  const estimates = new Map(study.units.map((unit) => [unit, estimateOf(laidOut, unit)]));
  const size = crewSize(study.units, threads);
  const estimate = sumOf(estimates.values()) / size;
  const crew = makeCrew({ ...study, layout, estimates, task }, size);
  const progress = new StudyProgressTeller(estimate, { size, estimates, task, onProgress });
  try {
    const failed = await crew.train(progress);
    const findings = await findingsOf(
      setting,
      { units: study.units, failed, notes: laidOut.notes, ...(encoded ? { encoded } : {}) },
      {
        compute: steadyCompute,
        measure: (cells) => {
          progress.onCell(0, cells.length);
          return crew.measure(cells, (done) => progress.onCell(done, cells.length));
        },
        checkpoint: () => task.checkpoint(),
      },
    );
    const report: StudyReport = {
      ...envelope(parts, laidOut, run, estimate),
      ...findings,
      seconds: run.state.seconds + (performance.now() - started) / 1000,
      failures: [...inputs.problems.map((problem) => problem.report()), ...failed.map(({ error }) => error)],
    };
    for (const format of REPORT_FORMATS) {
      await writeFileAtomically(
        path.join(run.folder, format === 'json' ? REPORT_FILE : `report.${format}`),
        reportText(report, format),
      );
    }
    await new OutcomeFiles(run.folder).clear();
    return { report, folder: run.folder };
  } catch (cause) {
    const seconds = run.state.seconds + (performance.now() - started) / 1000;
    await saveState({ ...run, state: { ...run.state, seconds } });
    throw cause;
  } finally {
    await crew.release();
  }
}

/** Each thread that trains an encoder has graphs of its own. */
export function threadsOf(
  { tunable }: Pick<LaidOut, 'tunable'>,
  { threads = THREADS }: Pick<StudyRequestParts, 'threads'>,
): { readonly threads: number; readonly memory: MemoryUse } {
  if (!tunable) return { threads, memory: 'pooled' };
  const fits = threadsThatFit(tunable.need, threads);
  return { threads: fits.threads, memory: fits.use };
}

const sumOf = (values: Iterable<number>): number => {
  let total = 0;
  for (const value of values) total += value;
  return total;
};

/** Whether a family or fidelity against gain does. */
export const needsEncoder = ({ setting: { plan }, arms }: LaidOut): boolean =>
  plan.families.some((id) => id !== 'tfidf-linear') || arms.some(({ kind }) => kind === 'cells');

async function encodedDocuments(
  { embedder }: StudyRequestParts,
  laidOut: LaidOut,
  task: Task,
): Promise<EncodedDocuments | undefined> {
  if (!needsEncoder(laidOut)) return undefined;
  const { texts } = laidOut.inputs;
  const data = await embedder.embedAll(texts, task, 'Encoding');
  return {
    embeddings: embeddings(data, embedder.encoder.dimension),
    first: await firstOf(texts, () => task.checkpoint()),
  };
}

async function openRun(
  { root, study }: StudyRequestParts,
  laidOut: LaidOut,
  resuming: Resuming,
): Promise<StudyRun> {
  const before = resuming === 'never' ? undefined : await unfinishedRun(root, study);
  if (before) {
    const differences = differencesFrom(before, study, laidOut.hashes);
    if (differences.length === 0) return before;
    if (resuming === 'required') throw edited(differences, before.folder);
  }
  return beginRun(root, study, laidOut.hashes);
}

/** What a report says of itself and its inputs. */
function envelope(
  { study, embedder }: StudyRequestParts,
  { inputs, setting, regimes, draws, hashes }: LaidOut,
  { state }: StudyRun,
  estimate: number,
): Omit<StudyReport, keyof StudyFindings | 'seconds' | 'failures'> {
  const { corpus, plan } = setting;
  const [first = []] = draws;
  return {
    format: STUDY_FORMAT,
    version: STUDY_VERSION,
    createdAt: state.createdAt,
    patentLab: VERSION,
    onnxruntime: runtimeVersion(),
    encoder: encoderName(embedder.encoder.spec),
    name: study.name,
    taxonomy: inputs.taxonomyFile,
    plan,
    documents: {
      real: corpus.real.length,
      synthetic: corpus.synthetic.length,
      test: corpus.test.length,
      testSha256: inputs.testSha256,
      testGroups: new Set(Array.from(corpus.test, (row) => corpus.documents[row]?.group)).size,
      regimes: regimes.map(({ name }, at) => ({
        regime: name,
        real: first[at]?.real.length ?? 0,
        synthetic: first[at]?.synthetic.length ?? 0,
      })),
    },
    training: {
      optimiser: 'AdamW; L-BFGS to convergence',
      ...ADAMW,
      batch: BATCH,
      l2: CONVERGENCE.l2,
      folds: THRESHOLD_FOLDS,
      resamples: plan.resamples,
      otherResamples: Math.min(FEW_RESAMPLES, plan.resamples),
      level: LEVEL,
    },
    estimate: { seconds: estimate },
    inputs: hashes,
  };
}
