/** *Adapt Encoder* of a workspace: what it takes, the training, the encoder's folder, and the report. */
import { constants, existsSync } from 'node:fs';
import { access, mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ENCODERS_FOLDER } from '../../core/corpus/workspace-files.ts';
import { PatentLabError, unreachable } from '../../core/errors.ts';
import { USUAL_TEMPERATURE } from '../../core/learning/adaptation/contrastive.ts';
import { USUAL_SHARE } from '../../core/learning/adaptation/masks.ts';
import { USUAL_BATCH, USUAL_EPOCHS, USUAL_RATES } from '../../core/learning/adaptation/recipe.ts';
import { USUAL_TRAINING } from '../../core/learning/finetune/training-options.ts';
import type {
  AdaptationChoice,
  AdaptationEstimate,
  AdaptationEvent,
  AdaptationGoal,
  AdaptationPlan,
  AdaptParams,
  EstimateAdaptationParams,
} from '../../protocol/adaptation.ts';
import { encoderName } from '../encoder/spec.ts';
import { writeError } from '../files/errors.ts';
import { memoryPlan } from '../finetune/memory.ts';
import { methodOf } from '../finetune/workspace.ts';
import type { ProviderGate } from '../numerics/gate.ts';
import { computeOn } from '../onnx/compute.ts';
import { writeRun } from '../runs/write-run.ts';
import type { Task } from '../task.ts';
import { Turns } from '../turns.ts';
import { inWorkspaceWords } from '../workspace/wording.ts';
import { readConfig } from '../workspace/workspace.ts';
import { adapt } from './adapt.ts';
import { baseOf } from './bases.ts';
import type { LearningEvent } from './events.ts';
import { pace } from './pace.ts';
import { planOf, type Plan } from './plan.ts';
import { LossCurve } from './loss-curve.ts';
import {
  checkpointFile,
  interruptedPlans,
  readLosses,
  removeLosses,
  runFolder,
  writeLosses,
  writePlan,
} from './plan-file.ts';
import { prepare, type Prepared } from './prepare.ts';
import { adaptationFiles, adaptationReport } from './report.ts';
import type { AdaptationObjective, AdaptationRequest } from './request.ts';
import { AdaptationSessions } from './sessions.ts';
import { unlabelledWorkspace } from './workspace-documents.ts';

const SEED = 1;

interface Settled {
  readonly plan: AdaptationPlan;
  readonly request: AdaptationRequest;
  readonly estimate: AdaptationEstimate;
  readonly prepared: Prepared;
  readonly batches: Plan;
  readonly sessions: AdaptationSessions;
}

/** By the folder that is written to. */
const turns = new Turns();

/** @param onKnown told what is known before any step is measured, which takes a while */
export const estimateAdaptation = (
  { root, choice }: EstimateAdaptationParams,
  task: Task,
  onKnown: (estimate: AdaptationEstimate) => void = () => undefined,
): Promise<AdaptationEstimate> =>
  inWorkspaceWords('adaptation', root, () =>
    turns.beside(encoderFolder(root, choice), async () => {
      const plan = await planned(root, choice);
      const { estimate, prepared, batches, sessions } = await settled(root, plan, task);
      if (estimate.memory > estimate.free) return estimate;
      onKnown(estimate);
      try {
        const seconds = await pace(prepared, batches, estimate.plan.batch, sessions, task);
        return { ...estimate, seconds };
      } finally {
        await sessions.release();
      }
    }),
  );

export const adaptWorkspace = (
  { root, choice, restart }: AdaptParams,
  task: Task,
  onEvent: (event: AdaptationEvent) => void,
  gate?: ProviderGate,
): Promise<{ readonly run: string }> =>
  inWorkspaceWords('adaptation', root, () =>
    turns.take(encoderFolder(root, choice), async () => {
      const plan = await planned(root, choice);
      const how = { restart: restart === true, ...(gate ? { gate } : {}) };
      return { run: await adaptIn(root, plan, how, task, onEvent) };
    }),
  );

async function adaptIn(
  root: string,
  plan: AdaptationPlan,
  { restart, gate }: Pick<AdaptationRequest, 'restart' | 'gate'>,
  task: Task,
  onEvent: (event: AdaptationEvent) => void,
): Promise<string> {
  const started = performance.now();
  const others = (await interruptedPlans({ root })).filter(
    ({ name, createdAt }) => name === plan.name && createdAt !== plan.createdAt,
  );
  if (others.length > 0 && !restart) throw otherInterrupted(plan);
  const { request, estimate, batches } = await settled(root, plan, task);
  await requireWritable(path.dirname(request.folder));
  const losses = new LossCurve(await readLosses(root, plan));
  const told = (event: LearningEvent): void => {
    const shown = shownEvent(event, estimate, batches);
    if (shown?.kind === 'step') {
      for (const loss of losses.with(shown)) onEvent({ kind: 'step', steps: estimate.steps, ...loss });
    } else if (shown) onEvent(shown);
  };
  await forget(root, others);
  const result = await writePlan(root, plan)
    .then(() => adapt({ ...request, restart, ...(gate ? { gate } : {}), onEvent: told }, task))
    .catch(async (cause: unknown) => {
      if (isUseless(root, plan)) await forget(root, [plan]);
      else await writeLosses(root, plan, losses.all).catch(() => undefined);
      throw cause;
    });
  const seconds = (performance.now() - started) / 1000;
  const history = result.trained.history.map((scores) => ({
    ...scores,
    step: stepOf(scores.epoch, batches),
  }));
  const report = adaptationReport({
    setup: estimate,
    encoder: { base: baseOf(root, request.folder), spec: result.encoder.spec },
    losses: losses.all,
    history,
    result,
    seconds,
  });
  const folder = await writeRun(root, 'adaptation', plan.createdAt, adaptationFiles(report));
  await removeLosses(root, plan);
  return folder;
}

async function forget(root: string, plans: readonly AdaptationPlan[]): Promise<void> {
  for (const plan of plans) await rm(runFolder(root, plan), { recursive: true, force: true });
}

/** A run of which nothing was kept cannot be gone on with. */
const isUseless = (root: string, plan: AdaptationPlan): boolean => !existsSync(checkpointFile(root, plan));

const otherInterrupted = (plan: AdaptationPlan): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: `An interrupted adaptation of the name ${plan.name}, with other settings, is kept.`,
    remedy: 'Start anew, which forgets what it had done, or choose another name.',
  });

/** A loss that is no number is told by the error that follows. */
function shownEvent(
  event: LearningEvent,
  { steps }: AdaptationEstimate,
  batches: Plan,
): AdaptationEvent | undefined {
  switch (event.kind) {
    case 'step':
      return Number.isFinite(event.loss) ? { ...event, steps } : undefined;
    case 'epoch': {
      const { scores, kept } = event;
      return { kind: 'epoch', scores: { ...scores, step: stepOf(scores.epoch, batches) }, kept };
    }
    case 'provider':
      return event;
    // Its panel was told by the estimate.
    case 'plan':
      return undefined;
    default:
      return unreachable(event);
  }
}

/** Steps done after an epoch. */
const stepOf = (epoch: number, { epochs }: Plan): number =>
  epochs.slice(0, epoch).reduce((sum, { length }) => sum + length, 0);

const encoderFolder = (root: string, { name }: AdaptationChoice): string =>
  path.join(root, ENCODERS_FOLDER, name);

/** The plan of what is chosen; of an interrupted one where that was begun just so. */
async function planned(root: string, choice: AdaptationChoice | AdaptationPlan): Promise<AdaptationPlan> {
  if ('createdAt' in choice) return choice;
  const { adaptation } = await readConfig(root);
  const plan = {
    ...choice,
    epochs: adaptation.epochs ?? USUAL_EPOCHS,
    batch: adaptation.batch ?? USUAL_BATCH,
    rate: adaptation.rate ?? USUAL_RATES[methodOf(choice.family).kind],
    seed: SEED,
  };
  const createdAt = new Date().toISOString();
  const begun = (await interruptedPlans({ root })).find((other) =>
    isDeepStrictEqual({ ...other, createdAt }, { ...plan, createdAt }),
  );
  return begun ?? { ...plan, createdAt };
}

async function settled(root: string, plan: AdaptationPlan, task: Task): Promise<Settled> {
  const folder = encoderFolder(root, plan);
  const checkpoint = checkpointFile(root, plan);
  // What an interrupted training has there is half of what it was about to save.
  if (!existsSync(checkpoint)) await requireFree(folder, plan.name);
  task.progress('Reading patents');
  const config = await readConfig(root);
  const { documents, notes } = await unlabelledWorkspace({ root, config }, task);
  const { epochs, batch, rate, seed } = plan;
  const request: AdaptationRequest = {
    documents,
    objective: objectiveOf(plan.goal),
    method: methodOf(plan.family),
    epochs,
    batch,
    rate,
    training: USUAL_TRAINING,
    seed,
    base: path.resolve(root, plan.base),
    folder,
    checkpoint,
    restart: false,
  };
  const prepared = await prepare(request, task);
  const batches = planOf(request, prepared);
  const { base, layout, goal, optimiser } = prepared;
  const { method, training } = request;
  const setting = { base, method, layout, goal, batch, accumulate: training.accumulate, optimiser };
  const need = new AdaptationSessions(setting).memoryNeed(batches.lengths);
  const { use: memory, needed, free } = memoryPlan(need);
  const sessions = new AdaptationSessions({ ...setting, compute: computeOn({ memory }) });
  const { train, heldOut } = prepared.documents;
  const estimate: AdaptationEstimate = {
    plan,
    encoder: encoderName(base.spec),
    documents: documents.length,
    used: train.length + heldOut.length,
    held: heldOut.length,
    trained: layout.size,
    steps: stepOf(epochs, batches),
    memory: needed,
    free,
    notes: [...notes, ...prepared.documents.notes],
  };
  return { plan, request, estimate, prepared, batches, sessions };
}

/** What is there already stays. */
async function requireFree(folder: string, name: string): Promise<void> {
  // It names a folder that training writes to.
  if (name === '' || /^\.*$|[/\\:]/.test(name)) {
    throw new PatentLabError({
      code: 'usage',
      message: `"${name}" is no plain folder name.`,
      remedy: 'Choose another name.',
    });
  }
  const files = await readdir(folder).catch((): string[] => []);
  if (files.length === 0) return;
  throw new PatentLabError({
    code: 'usage',
    message: `There is already something in ${ENCODERS_FOLDER}/${name}.`,
    remedy: 'Choose another name, or delete that folder if you need it no more.',
  });
}

/** Known before hours of training, not after them. */
async function requireWritable(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true });
    await access(folder, constants.W_OK);
  } catch (cause) {
    throw writeError(folder, cause);
  }
}

function objectiveOf(goal: AdaptationGoal): AdaptationObjective {
  switch (goal) {
    case 'words':
      return { kind: 'mlm', share: USUAL_SHARE, view: 'TAC' };
    case 'abstract-claims':
    case 'title-abstract':
      return { kind: 'contrastive', temperature: USUAL_TEMPERATURE, pairs: goal };
    default:
      return unreachable(goal);
  }
}
