/** A fine-tuned classifier as a folder: what was trained of the encoder, the head, and what a person should know. */
import path from 'node:path';
import { MIN_POSITIVES } from '../../core/learning/head.ts';
import type { ProviderDecision } from '../../protocol/numerics.ts';
import { statedPlace } from '../classifier/encoder-place.ts';
import { FORMAT_VERSION, type ClassifierDescription } from '../classifier/format.ts';
import { saveClassifier, type StoredClassifier } from '../classifier/store.ts';
import { trainingGroupKeys } from '../training/seen.ts';
import { taxonomyHash, trainingHash } from '../training/train-classifier.ts';
import { VERSION } from '../version.ts';
import type { Progress } from './checkpoint.ts';
import { notesOf } from './notes.ts';
import type { Outcome } from './outcome.ts';
import type { Prepared, Stage } from './prepare.ts';
import type { FinetuneRequest } from './request.ts';
import { packTuned, saveTuned, tunedIdentity } from './tuned.ts';

export interface Finished {
  readonly outcome: Outcome;
  readonly progress: Progress;
  /** The step at which the loss was no number any more, and in which stage. */
  readonly diverged?: Pick<Progress, 'stage' | 'step'>;
  /** That the best epoch is better than the frozen encoder; none where no epoch was. */
  readonly certainty?: number;
  /** The best epoch, where that was too little. */
  readonly unproven?: number;
  readonly seconds: number;
  /** Where the steps were made; undefined where nothing but the CPU was asked for. */
  readonly decision: ProviderDecision | undefined;
}

export async function saveFinetuned(
  request: FinetuneRequest,
  prepared: Prepared,
  { layout }: Stage,
  finished: Finished,
): Promise<StoredClassifier> {
  const { taxonomy, documents, view, seed, method, folder, asOf: trainedAt } = request;
  const { base, texts } = prepared;
  const { outcome, progress, seconds } = finished;
  const tuned = packTuned(base, method, outcome.parameters, layout);
  const file = await saveTuned(folder, tuned);
  const description: Omit<ClassifierDescription, 'weights' | 'vocabulary'> = {
    format: 'patent-lab-classifier',
    version: FORMAT_VERSION,
    name: request.name ?? path.basename(folder),
    trainedAt: trainedAt ?? new Date().toISOString(),
    patentLab: VERSION,
    encoder: {
      id: base.spec.id,
      precision: base.spec.precision,
      sha256: tunedIdentity(base.spec.sha256, tuned.sha256),
      dimension: base.spec.dimension,
      maxTokens: base.spec.maxTokens,
    },
    finetuned: {
      method: method.kind === 'lora' ? { ...method, targets: [...method.targets] } : method,
      base: { folder: statedPlace(folder, request.base), sha256: base.spec.sha256 },
      file,
      sha256: tuned.sha256,
      bestEpoch: progress.bestEpoch,
      history: [...progress.history],
    },
    taxonomy: { name: taxonomy.name, sha256: taxonomyHash(taxonomy) },
    view,
    labels: taxonomy.labels.map((label, position) => {
      const positives = documents.filter((document) => document.labels.includes(position)).length;
      return {
        id: label.id,
        name: label.name,
        positives,
        basis: positives === 0 ? 'zero-shot' : positives < MIN_POSITIVES ? 'few' : 'trained',
        threshold: outcome.thresholds.perLabel[position] ?? outcome.thresholds.global,
      };
    }),
    thresholds: { global: outcome.thresholds.global },
    training: {
      documents: documents.length,
      groups: new Set(documents.map(({ group }) => group)).size,
      synthetic: documents.filter(({ provenance }) => provenance === 'synthetic').length,
      sha256: trainingHash(documents, texts),
      groupKeys: trainingGroupKeys(documents),
      seed,
      ...outcome.choices,
      seconds,
    },
    ...(outcome.metrics ? { metrics: outcome.metrics } : {}),
    notes: notesOf(request, prepared, finished),
  };
  return saveClassifier(folder, description, outcome.head, outcome.vocabulary);
}
