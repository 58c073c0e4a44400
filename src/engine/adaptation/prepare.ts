/** From a request to what an adaptation starts from. */
import { PatentLabError } from '../../core/errors.ts';
import type { ImportedEncoder } from '../../core/graph/import/encoder.ts';
import { guessingParameters } from '../../core/learning/adaptation/masked-language.ts';
import { wordTable } from '../../core/learning/adaptation/word-table.ts';
import { bucketLengths } from '../../core/learning/finetune/batches.ts';
import { encoderParameters } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER, type OptimiserOptions } from '../../core/learning/finetune/optimiser.ts';
import {
  layoutOf,
  startValues,
  type Layout,
  type Parameter,
} from '../../core/learning/finetune/parameters.ts';
import { Random } from '../../core/random.ts';
import { TextReader } from '../encoder/reader.ts';
import { openBase, type BaseModel } from '../finetune/base.ts';
import { encoderAt, FEW_TOKENS } from '../finetune/sessions.ts';
import type { Task } from '../task.ts';
import { adaptationDocuments, pairOf, wholeView, type AdaptationDocuments } from './documents.ts';
import type { AdaptationObjective, AdaptationRequest } from './request.ts';
import type { Goal } from './runs.ts';

/** Highest rate of the head that guesses words: it is new, whatever of the encoder is trained. [ours] */
const HEAD_RATE = 1e-3;

export interface Prepared {
  readonly base: BaseModel;
  readonly goal: Goal;
  readonly documents: AdaptationDocuments;
  readonly layout: Layout;
  readonly start: Float32Array;
  readonly buckets: readonly number[];
  readonly optimiser: OptimiserOptions;
}

export async function prepare(request: AdaptationRequest, task: Task): Promise<Prepared> {
  const { objective, method, seed } = request;
  task.progress('Reading the model');
  const base = await openBase(request.base);
  const reader = await TextReader.open(base.folder, base.spec);
  const encoder = encoderAt(base, 1, FEW_TOKENS);
  const goal = goalOf(objective, encoder, reader);
  const documents = await adaptationDocuments(
    request.documents,
    objective.kind === 'mlm' ? wholeView(objective.view) : pairOf(objective.pairs),
    reader,
    seed,
    task,
  );
  const parameters = [
    ...encoderParameters(encoder, method, new Random(seed)),
    ...headParameters(goal, documents, base.spec.dimension, HEAD_RATE / request.rate),
  ];
  const layout = layoutOf(parameters);
  return {
    base,
    goal,
    documents,
    layout,
    start: startValues(layout, parameters),
    buckets: bucketLengths(base.spec.maxTokens),
    optimiser: { ...USUAL_OPTIMISER, maxNorm: request.training.maxNorm },
  };
}

function goalOf(
  objective: AdaptationObjective,
  encoder: ImportedEncoder,
  { maskToken, spec }: TextReader,
): Goal {
  if (objective.kind === 'contrastive') {
    return { kind: 'contrastive', temperature: objective.temperature, pooling: spec.pooling };
  }
  const { table } = wordTable(encoder);
  if (maskToken === undefined) throw noMaskToken();
  return { kind: 'mlm', share: objective.share, maskToken, vocabulary: table.shape[0] ?? 0 };
}

/** @param rate the head's learning rate over the encoder's */
function headParameters(
  goal: Goal,
  { train }: AdaptationDocuments,
  dimension: number,
  rate: number,
): readonly Parameter[] {
  if (goal.kind === 'contrastive') return [];
  const counts = new Float64Array(goal.vocabulary);
  for (const { texts } of train)
    for (const { windows } of texts)
      for (const window of windows)
        for (const id of window.subarray(1, -1)) counts[id] = (counts[id] ?? 0) + 1;
  return guessingParameters(dimension, counts, rate);
}

const noMaskToken = (): PatentLabError =>
  new PatentLabError({
    code: 'adaptation-unsupported',
    message: "The encoder's tokenizer has no mask token, so that no word can be hidden.",
    remedy: 'Adapt it with --objective contrastive, or take another encoder.',
  });
