/** From labelled documents and a base encoder to a classifier folder with a fine-tuned encoder. */
import { rm } from 'node:fs/promises';
import path from 'node:path';
import { PatentLabError } from '../../core/errors.ts';
import type { LabelledDocument } from '../../core/corpus/labelled.ts';
import { certaintyOf, USUAL_CERTAINTY } from '../../core/learning/finetune/certainty.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { USUAL_TRAINING } from '../../core/learning/finetune/training-options.ts';
import type { ProviderDecision } from '../../protocol/numerics.ts';
import type { StoredClassifier } from '../classifier/store.ts';
import type { Embedder } from '../encoder/embedder.ts';
import type { Task } from '../task.ts';
import {
  CHECKPOINT_FILE,
  readCheckpoint,
  writeCheckpoint,
  type Checkpoint,
  type Progress,
} from './checkpoint.ts';
import type { TrainedEpochs } from './epochs.ts';
import {
  beginChoosing,
  beginFitting,
  chooseEpoch,
  fitAll,
  heaviestStep,
  stepsOf as plannedSteps,
  type ChoosingPorts,
} from './loop.ts';
import { forgettingDiverged } from './interruption.ts';
import { memoryPlan, requireMemory } from './memory.ts';
import { frozenOutcome, tunedOutcome, type Outcome } from './outcome.ts';
import { beginStage, heldOut, prepare, usedBuckets, type Prepared, type Stage } from './prepare.ts';
import { withTrainer, type Trainable } from './provider.ts';
import { fingerprintOf, type FinetuneRequest } from './request.ts';
import { saveFinetuned, type Finished } from './save.ts';
import { Sessions, type StepInput } from './sessions.ts';
import { stateAt } from './stepper.ts';
import { validated, validationScores, type Validated } from './validation.ts';

export interface FinetuneResult {
  readonly classifier: StoredClassifier;
  /** How each epoch of the choosing did, and which was best. */
  readonly history: Checkpoint['progress']['history'];
  readonly bestEpoch: number;
  /** Of both stages. */
  readonly steps: number;
  readonly diverged?: Finished['diverged'];
  readonly certainty?: Finished['certainty'];
  /** Where the steps were made; undefined where nothing but the CPU was asked for. */
  readonly decision: ProviderDecision | undefined;
  /** Steps that an interrupted training had done before. */
  readonly resumed: number;
}

/** @param embedder of the base encoder */
export async function finetune(
  request: FinetuneRequest,
  embedder: Embedder,
  task: Task,
): Promise<FinetuneResult> {
  const started = performance.now();
  const prepared = await prepare(request, embedder, task);
  const { base, options, texts, isHeld } = prepared;
  const file = path.join(request.folder, CHECKPOINT_FILE);
  if (request.restart) await rm(file, { force: true });
  const fingerprint = fingerprintOf(request, base.spec, options, texts);
  const interrupted = await keptAt(file, fingerprint);
  const choosing = await beginStage(
    request,
    prepared,
    isHeld.map((held) => !held),
    embedder,
    task,
  );
  const model = { method: request.method, layout: choosing.layout, labels: choosing.data.labels };
  const { accumulate, maxNorm } = request.training ?? USUAL_TRAINING;
  const optimiser = { ...USUAL_OPTIMISER, maxNorm };
  const setting = { base, model, batch: request.batch, optimiser, accumulate };
  const need = memoryPlan(new Sessions(setting).memoryNeed(usedBuckets(prepared)));
  const memory = requireMemory(need);
  const steps = plannedSteps(choosing.data.texts, options) + plannedSteps(prepared.tokens, options);
  const resumed = interrupted ? stepsOf(interrupted) : 0;
  request.onEvent?.({ ...need, kind: 'plan', steps, resumed });
  const heaviest = (step: number): StepInput => heaviestStep(choosing.data, options, step);
  const longest = Math.max(...heaviest(1).batches.map(({ length }) => length));
  const trainable: Trainable<Sessions> = {
    id: ['fine-tuning', base.spec.sha256, request.method, optimiser, request.batch, accumulate, longest],
    start: stateAt(choosing.start),
    on: (compute) => new Sessions({ ...setting, compute }),
    step: (on, state, step) => on.step(state, heaviest(step)),
  };
  return withTrainer(trainable, { gate: request.gate, memory }, task, async ({ sessions, decision }) => {
    if (decision) request.onEvent?.({ kind: 'provider', decision });
    const run = new Run(request, prepared, choosing, sessions, embedder, task, file);
    const finished = await forgettingDiverged(run.finish(interrupted, fingerprint), file);
    task.progress('Saving');
    const seconds = (performance.now() - started) / 1000;
    const classifier = await saveFinetuned(request, prepared, choosing, { ...finished, seconds, decision });
    if (finished.unproven === undefined) await rm(file, { force: true });
    const { history, bestEpoch } = finished.progress;
    return {
      classifier,
      history,
      bestEpoch,
      steps: stepsOf(finished),
      ...(finished.diverged ? { diverged: finished.diverged } : {}),
      ...(finished.certainty === undefined ? {} : { certainty: finished.certainty }),
      decision,
      resumed,
    };
  });
}

/** What a training of these numbers left here. @throws `training-interrupted` where another one is not finished */
async function keptAt(file: string, fingerprint: string): Promise<Checkpoint | undefined> {
  const kept = await readCheckpoint(file);
  if (!kept || kept.progress.fingerprint === fingerprint) return kept;
  if (kept.progress.isUnproven !== true) throw otherTraining(file);
  return undefined;
}

const stepsOf = ({ progress: { choosingSteps, step } }: Pick<Checkpoint, 'progress'>): number =>
  choosingSteps + step;

/** Both stages of one training; holds what they share. */
class Run {
  readonly #request: FinetuneRequest;
  readonly #prepared: Prepared;
  readonly #choosing: Stage;
  readonly #sessions: Sessions;
  readonly #embedder: Embedder;
  readonly #task: Task;
  readonly #ports: ChoosingPorts;

  constructor(
    request: FinetuneRequest,
    prepared: Prepared,
    choosing: Stage,
    sessions: Sessions,
    embedder: Embedder,
    task: Task,
    file: string,
  ) {
    this.#request = request;
    this.#prepared = prepared;
    this.#choosing = choosing;
    this.#sessions = sessions;
    this.#embedder = embedder;
    this.#task = task;
    const data = heldOut(prepared, choosing);
    this.#ports = {
      sessions,
      task,
      save: (checkpoint) => writeCheckpoint(file, checkpoint),
      onEvent: (event) => request.onEvent?.(event),
      validate: async (parameters) => validationScores(await this.#validated(parameters, choosing), data),
    };
  }

  async finish(
    interrupted: Checkpoint | undefined,
    fingerprint: string,
  ): Promise<Omit<Finished, 'seconds' | 'decision'>> {
    const { data, start } = this.#choosing;
    const { options } = this.#prepared;
    const first = interrupted ?? (await beginChoosing(stateAt(start), fingerprint, this.#ports));
    const isChosen = first.progress.stage === 'fitting' || first.progress.isUnproven === true;
    const chosen: Chosen = isChosen ? first : await chooseEpoch(first, data, options, this.#ports);
    const everything = this.#prepared.documents.map(() => true);
    const fitting = await beginStage(this.#request, this.#prepared, everything, this.#embedder, this.#task);
    const inChoosing = divergedIn(chosen, 'choosing', chosen.progress.diverged);
    const frozen = (): Outcome => frozenOutcome(this.#request, fitting.frozen, fitting.start);
    if (chosen.progress.bestEpoch === 0)
      return { outcome: frozen(), progress: chosen.progress, ...inChoosing };
    const judged = await this.#validated(chosen.best, this.#choosing);
    const certainty = await this.#certainty(judged);
    if (certainty < (this.#request.certainty ?? USUAL_CERTAINTY)) {
      await this.#ports.save(unprovenAt(chosen));
      const { bestEpoch: unproven } = chosen.progress;
      const progress = { ...chosen.progress, bestEpoch: 0 };
      return { outcome: frozen(), progress, certainty, unproven, ...inChoosing };
    }
    const begun = first.progress.stage === 'fitting' ? first : beginFitting(chosen, stateAt(fitting.start));
    const fitted = await fitAll(begun, fitting.data, options, this.#ports);
    const inFitting = divergedIn(fitted, 'fitting');
    this.#task.progress('Validating');
    const stage = inFitting.diverged ? this.#choosing : fitting;
    const parameters = fitted.last;
    const { head } = inFitting.diverged ? judged : await this.#validated(parameters, fitting);
    const outcome = tunedOutcome(
      this.#request,
      { parameters, head, start: stage.frozen, logits: judged.logits },
      this.#heldDocuments(),
      heldOut(this.#prepared, this.#choosing),
    );
    return { outcome, progress: fitted.progress, certainty, ...inChoosing, ...inFitting };
  }

  /** That the best epoch is better than the start, on the documents held out. */
  async #certainty({ logits: trained }: Validated): Promise<number> {
    this.#task.progress('Validating');
    const { logits: start } = await this.#validated(this.#choosing.start, this.#choosing);
    const { targets, labels } = heldOut(this.#prepared, this.#choosing);
    const groups = this.#heldDocuments().map(({ group }) => group);
    return certaintyOf({ trained, start, targets, labels, groups }, this.#request.seed);
  }

  #heldDocuments(): readonly LabelledDocument[] {
    return this.#prepared.documents.filter((_, i) => this.#prepared.isHeld[i]);
  }

  #validated(parameters: Float32Array, stage: Stage): Promise<Validated> {
    const { base, options } = this.#prepared;
    const { layout, frozen } = stage;
    const { classifier } = frozen.head;
    return validated(
      parameters,
      { layout, labels: classifier.labels },
      classifier,
      heldOut(this.#prepared, stage),
      this.#sessions,
      (tokens) => options.buckets.find((length) => tokens <= length) ?? base.spec.maxTokens,
      this.#task,
    );
  }
}

/** What the first stage came to. */
type Chosen = Pick<TrainedEpochs<Progress>, 'progress' | 'best' | 'diverged'>;

/** What it learned is kept, in case that less certainty is asked for; no step will be made from here. */
const unprovenAt = ({ progress, best, diverged = progress.diverged }: Chosen): Checkpoint => ({
  progress: { ...progress, isUnproven: true, ...(diverged === undefined ? {} : { diverged }) },
  state: stateAt(new Float32Array()),
  best,
});

/** @param before where that was before an interruption */
function divergedIn(
  { diverged }: Pick<Chosen, 'diverged'>,
  stage: 'choosing' | 'fitting',
  before?: number,
): Pick<Finished, 'diverged'> {
  const step = diverged ?? before;
  return step === undefined ? {} : { diverged: { stage, step } };
}

const otherTraining = (file: string): PatentLabError =>
  new PatentLabError({
    code: 'training-interrupted',
    message: 'An interrupted training with other documents or settings is kept here.',
    remedy: 'Continue it with its own settings, start anew with --restart, or choose another --out.',
    place: { file },
  });
