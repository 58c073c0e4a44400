/** From unlabelled patents and a base encoder to an encoder folder that was trained on them. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import { heaviest, type Batch } from '../../core/learning/finetune/batches.ts';
import { USUAL_WARMUP } from '../../core/learning/finetune/schedule.ts';
import { Random } from '../../core/random.ts';
import type { ProviderDecision } from '../../protocol/numerics.ts';
import { sha256 } from '../classifier/store.ts';
import { requireApart } from '../files/places.ts';
import { readState, writeCheckpoint, type Checkpoint } from '../finetune/checkpoint.ts';
import {
  firstCheckpoint,
  trainEpochs,
  type EpochOptions,
  type EpochPorts,
  type Measuring,
  type Position,
  type TrainedEpochs,
} from '../finetune/epochs.ts';
import { forgettingDiverged } from '../finetune/interruption.ts';
import { memoryPlan, requireMemory } from '../finetune/memory.ts';
import { withTrainer, type Trainable } from '../finetune/provider.ts';
import { stateAt } from '../finetune/stepper.ts';
import { packTuned } from '../finetune/tuned.ts';
import type { Task } from '../task.ts';
import type { HeldOutScores } from './held-out.ts';
import { positionSchema } from './position.ts';
import { planOf, type Plan } from './plan.ts';
import { prepare, type Prepared } from './prepare.ts';
import type { AdaptationRequest } from './request.ts';
import { runOf, type Run } from './runs.ts';
import { AdaptationSessions } from './sessions.ts';
import { saveAdapted, type AdaptedEncoder } from './save.ts';

export const CHECKPOINT_FILE = 'adaptation.checkpoint';

export interface AdaptationResult {
  readonly encoder: AdaptedEncoder;
  readonly trained: AdaptedEpochs;
  /** Where the steps were made; undefined where nothing but the CPU was asked for. */
  readonly decision: ProviderDecision | undefined;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
}

/** What the epochs came to. */
export type AdaptedEpochs = Pick<Position<HeldOutScores>, 'history' | 'bestEpoch'> & {
  readonly steps: number;
  /** The step at which the loss was no number any more. */
  readonly diverged?: number;
};

const PATIENCE = 3;
const CHECKPOINT_EVERY = 100;
/** Keeps the streams of different seeds apart. */
const STEPS = 2 ** 24;

/**
 * @throws `adaptation-unsupported`, `adaptation-too-small`, `memory-insufficient`, `training-diverged`,
 * `training-interrupted`, and what reading the base throws
 */
export async function adapt(request: AdaptationRequest, task: Task): Promise<AdaptationResult> {
  const started = performance.now();
  await requireApart([request.folder], [{ folder: request.base, name: 'the base encoder' }]);
  const prepared = await prepare(request, task);
  const { base, goal, documents, layout, optimiser } = prepared;
  const { method, batch, folder, checkpoint: file = path.join(folder, CHECKPOINT_FILE) } = request;
  const fingerprint = fingerprintOf(request, prepared);
  const interrupted = await interruptedAt(file, request, fingerprint);
  const plan = planOf(request, prepared);
  const { accumulate } = request.training;
  const setting = { base, method, layout, goal, batch, accumulate, optimiser };
  const need = memoryPlan(new AdaptationSessions(setting).memoryNeed(plan.lengths));
  const memory = requireMemory(need);
  const steps = plan.epochs.reduce((sum, { length }) => sum + length, 0);
  const resumed = interrupted?.progress.step ?? 0;
  request.onEvent?.({ ...need, kind: 'plan', steps, resumed });
  const runs = runsOf(request, prepared);
  const { epoch, batches } = heaviest(plan.epochs);
  const longest = Math.max(...batches.map(({ length }) => length));
  const trainable: Trainable<AdaptationSessions> = {
    id: ['adaptation', base.spec.sha256, method, goal, optimiser, batch, accumulate, longest],
    start: stateAt(prepared.start),
    on: (compute) => new AdaptationSessions({ ...setting, compute }),
    step: (on, state, step) => on.step(state, runs(batches, { epoch, step: 0 }), request.rate, step),
  };
  return withTrainer(trainable, { gate: request.gate, memory }, task, async ({ sessions, decision }) => {
    const save = (checkpoint: Interrupted): Promise<void> => writeCheckpoint(file, checkpoint);
    if (decision) request.onEvent?.({ kind: 'provider', decision });
    const ports = epochPorts(request, plan, runs, sessions, save, task);
    const { measuring } = ports;
    const start = stateAt(prepared.start);
    const from =
      interrupted ?? (await firstCheckpoint(start, (at) => at, fingerprint, measuring, save, task));
    const training = trainEpochs(from, epochOptions(request), ports);
    const { best, ...ran } = await forgettingDiverged(training, file);
    const trained = adaptedEpochs(ran);
    task.progress('Saving');
    const values = packTuned(base, method, best, layout);
    const seconds = (performance.now() - started) / 1000;
    const encoder = await saveAdapted(request, { base, documents, trained, decision, seconds }, values);
    await rm(file, { force: true });
    return { encoder, trained, decision, resumed };
  });
}

type Interrupted = Checkpoint<Position<HeldOutScores>>;

async function interruptedAt(
  file: string,
  { restart }: AdaptationRequest,
  fingerprint: string,
): Promise<Interrupted | undefined> {
  if (restart) await rm(file, { force: true });
  const interrupted = await readState(file, positionSchema);
  if (interrupted && interrupted.progress.fingerprint !== fingerprint) throw otherTraining(file);
  return interrupted;
}

const adaptedEpochs = ({
  progress: { history, bestEpoch, step },
  diverged,
}: Pick<TrainedEpochs<Position<HeldOutScores>>, 'progress' | 'diverged'>): AdaptedEpochs => ({
  history,
  bestEpoch,
  steps: step,
  ...(diverged === undefined ? {} : { diverged }),
});

const epochOptions = ({ epochs, rate, training }: AdaptationRequest): EpochOptions => ({
  epochs,
  schedule: { kind: training.schedule, peak: rate, warmup: USUAL_WARMUP },
  patience: PATIENCE,
  checkpointEvery: CHECKPOINT_EVERY,
});

type RunsOf = (batches: readonly Batch[], at: Pick<Position<unknown>, 'epoch' | 'step'>) => readonly Run[];

/** What a step reads. */
const runsOf =
  ({ batch, seed }: AdaptationRequest, { goal, documents }: Prepared): RunsOf =>
  (batches, { epoch, step }) => {
    const random = new Random(seed * STEPS + step);
    return batches.map((one) => runOf(documents.train, one, goal, { size: batch, turn: epoch, random }));
  };

function epochPorts(
  { epochs: most, onEvent }: AdaptationRequest,
  { epochs, heldOut }: Plan,
  runs: RunsOf,
  sessions: AdaptationSessions,
  save: (checkpoint: Interrupted) => Promise<void>,
  task: Task,
): EpochPorts<HeldOutScores, Position<HeldOutScores>> & { readonly measuring: Measuring<HeldOutScores> } {
  return {
    sessions,
    stepsOf: (epoch) => epochs[epoch]?.length ?? 0,
    step: (before, at, rate) =>
      sessions.step(before, runs(epochs[at.epoch]?.[at.batch] ?? [], at), rate, at.step + 1),
    measuring: {
      measure: (parameters) => heldOut.measure(parameters, sessions, task),
      isBetter: (scores, than) => scores.heldOutLoss < than.heldOutLoss,
    },
    save,
    onStep: ({ step }, loss) => onEvent?.({ kind: 'step', step, loss }),
    onEpoch: (scores, kept) => onEvent?.({ kind: 'epoch', scores, kept }),
    messageOf: ({ epoch }) => `Training, epoch ${epoch + 1} of ${most}`,
    task,
  };
}

/** Of everything that determines the numbers of a training. */
function fingerprintOf(request: AdaptationRequest, { base, goal, documents, optimiser }: Prepared): string {
  const { method, objective, epochs, batch, training, rate, seed } = request;
  const { train, heldOut, read } = documents;
  return sha256(
    JSON.stringify([
      base.spec,
      { method, objective, goal, epochs, batch, training, rate, seed, optimiser, USUAL_WARMUP, PATIENCE },
      [train, heldOut].map((items) => items.map(({ group }) => group)),
      sha256(JSON.stringify(read)),
    ]),
  );
}

const otherTraining = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: 'An interrupted adaptation with other documents or settings is kept here.',
    remedy: 'Continue it with its own settings, start anew with --restart, or choose another --out.',
    place: { file },
  });
