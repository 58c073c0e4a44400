/** What a fine-tuning takes, told before anything is computed. */
import type { TunedFamily } from '../../core/corpus/workspace-config.ts';
import { encoderParameters } from '../../core/learning/finetune/method.ts';
import { USUAL_OPTIMISER } from '../../core/learning/finetune/optimiser.ts';
import { layoutOf } from '../../core/learning/finetune/parameters.ts';
import { headParameters } from '../../core/learning/finetune/step.ts';
import { Random } from '../../core/random.ts';
import type { FinetuneEstimate } from '../../protocol/finetune.ts';
import type { Embedder } from '../encoder/embedder.ts';
import { encoderName } from '../encoder/spec.ts';
import { computeOn } from '../onnx/compute.ts';
import type { Task } from '../task.ts';
import { stepsOf } from './loop.ts';
import { memoryPlan } from './memory.ts';
import { finetunePace } from './pace.ts';
import { prepare, usedBuckets } from './prepare.ts';
import type { FinetuneRequest } from './request.ts';
import { encoderAt, FEW_TOKENS, Sessions } from './sessions.ts';

interface Estimated {
  readonly estimate: FinetuneEstimate;
  /** How long it takes at most, by a few steps, in seconds; they take a while themselves. */
  measure(task: Task): Promise<number>;
}

export async function estimateFinetune(
  family: TunedFamily,
  request: FinetuneRequest,
  embedder: Embedder,
  task: Task,
): Promise<Estimated> {
  const prepared = await prepare(request, embedder, task);
  const { base, tokens, isHeld, options } = prepared;
  const { method, batch, epochs, documents, taxonomy } = request;
  const labels = taxonomy.labels.length;
  const layout = layoutOf([
    ...encoderParameters(encoderAt(base, 1, FEW_TOKENS), method, new Random(0)),
    ...headParameters(new Float32Array(labels * base.spec.dimension), new Float32Array(labels)),
  ]);
  const setting = { base, model: { method, layout, labels }, batch, optimiser: USUAL_OPTIMISER };
  const need = new Sessions(setting).memoryNeed(usedBuckets(prepared));
  const { use: memory, needed, free } = memoryPlan(need);
  const sessions = new Sessions({ ...setting, compute: computeOn({ memory }) });
  const trained = tokens.filter((_, i) => isHeld[i] === false);
  return {
    estimate: {
      family,
      ...(method.kind === 'last-k' ? { layers: method.layers } : {}),
      encoder: encoderName(base.spec),
      documents: documents.length,
      held: tokens.length - trained.length,
      labels,
      trained: layout.size,
      epochs,
      batch,
      steps: stepsOf(trained, options),
      memory: needed,
      free,
    },
    measure: (measuring) =>
      finetunePace(prepared, { layout, labels }, sessions, measuring).finally(() => sessions.release()),
  };
}
