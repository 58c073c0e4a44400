/**
 * Families of a study whose encoder is trained: LoRA and full fine-tuning. Every fit begins at the published encoder and
 * a head of zeros, so that what arms differ in is what they were trained on and for how many steps.
 */
import { PatentLabError } from '../../core/errors.ts';
import { bucketLengths } from '../../core/learning/finetune/batches.ts';
import { encoderParameters, USUAL_LORA, type Method } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf, startValues } from '../../core/learning/finetune/parameters.ts';
import { RECIPES } from '../../core/learning/finetune/recipe.ts';
import { rateAt, USUAL_WARMUP, type Schedule } from '../../core/learning/finetune/schedule.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import type { LinearClassifier } from '../../core/learning/linear-classifier.ts';
import { LOSSES } from '../../core/learning/losses/all.ts';
import type { LossId } from '../../core/learning/losses/loss.ts';
import type { Batch } from '../../core/learning/training/adamw.ts';
import { Random } from '../../core/random.ts';
import type { Duration, Family, Fit, FitRequest } from '../../core/study/family.ts';
import { batchesOf, frequenciesOf, stepsOf } from '../../core/study/passes.ts';
import type { TunedFamilyId } from '../../core/study/plan.ts';
import type { MemoryNeed } from '../finetune/memory.ts';
import { openBase, type BaseModel } from '../finetune/base.ts';
import {
  encoderAt,
  FEW_TOKENS,
  Sessions,
  type BatchInput,
  type SessionsSetting,
} from '../finetune/sessions.ts';
import { stateAt, type PlacedState } from '../finetune/stepper.ts';
import { windowOf, type ReadText } from '../finetune/texts.ts';
import { validated } from '../finetune/validation.ts';
import { computeOn } from '../onnx/compute.ts';
import type { MemoryUse } from '../onnx/runtime.ts';
import { makeTask } from '../task.ts';

/** Documents of one step, as a person fine-tunes. [ours] */
export const TUNED_BATCH = 8;
/** A head of zeros has a long way to go, unlike one that was solved first. [ours] */
const HEAD_RATE = 2e-3;

/** Streams of random numbers of one seed that must not be the same. */
const START_STREAM = 0x10a57;
const ORDER_STREAM = 0x10a0d;

/** Plain data, so that it can come from another thread. */
export interface TunedFamilyData {
  /** Folder of the encoder. */
  readonly base: string;
  /** All documents of the study. */
  readonly texts: readonly ReadText[];
  /** How each thread uses memory, decided for all of them together; as is fastest where nothing is said. */
  readonly memory?: MemoryUse;
  /** 0/1, row-major `[documents, labels]`. */
  readonly targets: Float32Array;
  readonly labels: number;
}

/** The encoder that families train, and all documents as it reads them. */
export type Tunable = Pick<TunedFamilyData, 'base' | 'texts' | 'memory'>;

const methodOf = (id: TunedFamilyId): Method => (id === 'lora' ? USUAL_LORA : { kind: 'full' });

export class TunedFamily implements Family {
  readonly id: TunedFamilyId;
  readonly #data: TunedFamilyData;
  /** Of one loss at a time: each has graphs of its own. */
  #sessions: { readonly loss: LossId; readonly made: Sessions } | undefined;
  #base: Promise<BaseModel> | undefined;

  constructor(id: TunedFamilyId, data: TunedFamilyData) {
    this.id = id;
    this.#data = data;
  }

  steps(sizes: readonly number[], duration: Duration): number {
    return stepsOf(sizes, duration, TUNED_BATCH);
  }

  async fit(request: FitRequest, checkpoint: () => Promise<void>): Promise<Fit> {
    const { training, loss, duration, seed, score } = request;
    if (duration.kind === 'convergence') throw noConvergence();
    const { targets, labels } = this.#data;
    const base = await this.#opened();
    const lossRows = LOSSES[loss].rows(frequenciesOf(training, targets, labels));
    const batches = batchesOf(training, duration, TUNED_BATCH, new Random(seed ^ ORDER_STREAM));
    const { layout, start } = this.#start(base, seed);
    const sessions = await this.#sessionsFor(base, loss);
    const { rate: peak } = RECIPES[methodOf(this.id).kind];
    const schedule: Schedule = { kind: 'linear', peak, warmup: USUAL_WARMUP };
    const passes = new Map<number, number>();
    let state: PlacedState = stateAt(start);
    for (const [step, batch] of batches.entries()) {
      await checkpoint();
      const rate = rateAt(schedule, step, batches.length);
      const made = await sessions.step(state, {
        batches: [{ ...this.#input(base, batch, passes), lossRows }],
        rate,
        step: step + 1,
      });
      if (!Number.isFinite(made.loss) || !Number.isFinite(made.norm)) throw diverged(step + 1);
      state = made.state;
    }
    const head = emptyHead(labels, base.spec.dimension);
    const texts = Array.from(score, (row) => this.#text(row));
    const held = { texts, words: [], targets: new Uint8Array(), labels, dimension: base.spec.dimension };
    const { parameters } = await sessions.read(state);
    const { logits } = await validated(
      parameters,
      { layout, labels },
      head,
      held,
      sessions,
      (tokens) => lengthFor(base, tokens),
      { ...makeTask(nothing, () => false), checkpoint },
    );
    return { logits: Float32Array.from(logits), steps: batches.length };
  }

  /** Of one thread, whatever the loss. */
  async memoryNeed(): Promise<MemoryNeed> {
    const base = await this.#opened();
    const lengths = this.#data.texts.flatMap(({ windows }) =>
      windows.map(({ length }) => lengthFor(base, length)),
    );
    return new Sessions(this.#setting(base, 'binary-cross-entropy')).memoryNeed([...new Set(lengths)]);
  }

  async release(): Promise<void> {
    await this.#sessions?.made.release();
    this.#sessions = undefined;
  }

  #opened(): Promise<BaseModel> {
    return (this.#base ??= openBase(this.#data.base));
  }

  #start(base: BaseModel, seed: number) {
    const { labels } = this.#data;
    const { rate } = RECIPES[methodOf(this.id).kind];
    const head = emptyHead(labels, base.spec.dimension);
    const parameters = [
      ...encoderParameters(
        encoderAt(base, 1, FEW_TOKENS),
        methodOf(this.id),
        new Random(seed ^ START_STREAM),
      ),
      ...headParameters(head.dense, head.intercepts, HEAD_RATE / rate),
    ];
    const layout = layoutOf(parameters);
    return { layout, start: startValues(layout, parameters) };
  }

  async #sessionsFor(base: BaseModel, loss: LossId): Promise<Sessions> {
    if (this.#sessions?.loss === loss) return this.#sessions.made;
    await this.release();
    // One thread, as everything of a study: see steadyCompute.
    const compute = computeOn({ threads: 1, memory: this.#data.memory ?? 'pooled' });
    const made = new Sessions({ ...this.#setting(base, loss), compute });
    this.#sessions = { loss, made };
    return made;
  }

  #setting(base: BaseModel, loss: LossId): SessionsSetting {
    const { labels } = this.#data;
    const { layout } = this.#start(base, 0);
    const model = { method: methodOf(this.id), layout, labels, loss: LOSSES[loss] };
    return { base, model, batch: TUNED_BATCH, optimiser: USUAL_OPTIMISER };
  }

  /** A document shows another of its windows each time it is met. @param passes how often each was */
  #input(base: BaseModel, { rows, weights }: Batch, passes: Map<number, number>): BatchInput {
    const { labels, targets } = this.#data;
    const documents = Array.from(rows);
    const windows = documents.map((row) => {
      const pass = passes.get(row) ?? 0;
      passes.set(row, pass + 1);
      return windowOf(this.#text(row), pass);
    });
    const ofBatch = new Float32Array(documents.length * labels);
    documents.forEach((row, at) =>
      ofBatch.set(targets.subarray(row * labels, (row + 1) * labels), at * labels),
    );
    return {
      windows,
      length: lengthFor(base, Math.max(...windows.map(({ length }) => length))),
      targets: ofBatch,
      offsets: new Float32Array(documents.length * labels),
      keep: new Float32Array(TUNED_BATCH * base.spec.dimension).fill(1),
      ...(weights ? { shares: weights } : {}),
    };
  }

  #text(row: number): ReadText {
    const text = this.#data.texts[row];
    if (!text) throw new Error(`no document ${row}`);
    return text;
  }
}

const lengthFor = ({ spec: { maxTokens } }: BaseModel, tokens: number): number =>
  bucketLengths(maxTokens).find((length) => tokens <= length) ?? maxTokens;

const nothing = (): void => undefined;

const emptyHead = (labels: number, dimension: number): LinearClassifier => ({
  labels,
  dimension,
  words: 0,
  dense: new Float32Array(labels * dimension),
  lexical: new Float32Array(),
  intercepts: new Float32Array(labels),
  centre: new Float32Array(dimension),
});

export const noConvergence = (): PatentLabError =>
  new PatentLabError({
    code: 'study-invalid',
    message: 'A fine-tuned encoder cannot be trained to convergence: its loss goes on falling.',
    remedy: 'Ask for the schedules fixed-epochs or step-matched.',
  });

const diverged = (step: number): PatentLabError =>
  new PatentLabError({
    code: 'training-diverged',
    message: `The loss was no number any more at step ${step}.`,
    remedy: 'Study another family, or fewer epochs.',
  });

export const noTunable = (): PatentLabError =>
  new PatentLabError({
    code: 'study-invalid',
    message: 'The study asks for a fine-tuned encoder and does not say which: "base" is missing.',
    remedy:
      'Name the folder of an encoder in single precision as "base" in the plan, or as training.base in patent-lab.json.',
  });
