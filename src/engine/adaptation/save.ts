/** An adapted encoder on disk: an encoder folder like any other, with what was done to it. */
import path from 'node:path';
import { unreachable } from '../../core/errors.ts';
import type { ProviderDecision } from '../../protocol/numerics.ts';
import type { EncoderSpec } from '../encoder/spec.ts';
import type { BaseModel } from '../finetune/base.ts';
import { trainedOn } from '../finetune/provider.ts';
import { writeMergedEncoder } from '../finetune/merged.ts';
import { mergedWeights } from '../finetune/tuned.ts';
import { writeFileAtomically } from '../files/write.ts';
import { sha256 } from '../classifier/store.ts';
import { VERSION } from '../version.ts';
import type { AdaptedEpochs } from './adapt.ts';
import type { AdaptationDocuments } from './documents.ts';
import type { AdaptationRequest } from './request.ts';

export const ADAPTATION_FILE = 'adaptation.json';

export interface AdaptedEncoder {
  readonly folder: string;
  readonly spec: EncoderSpec;
  readonly documents: { readonly train: number; readonly heldOut: number };
  readonly notes: readonly string[];
  readonly seconds: number;
}

interface Outcome {
  readonly base: BaseModel;
  readonly documents: AdaptationDocuments;
  readonly trained: AdaptedEpochs;
  /** Where the steps were made; undefined where nothing but the CPU was asked for. */
  readonly decision: ProviderDecision | undefined;
  readonly seconds: number;
}

export async function saveAdapted(
  request: AdaptationRequest,
  { base, documents, trained, decision, seconds }: Outcome,
  tuned: { readonly bytes: Uint8Array },
): Promise<AdaptedEncoder> {
  const { folder, objective, method } = request;
  const values = new Float32Array(tuned.bytes.buffer);
  const weights = await mergedWeights(base, method, values);
  const id = `${base.spec.id}+${objective.kind}`;
  const { spec } = await writeMergedEncoder(base, weights, folder, { id });
  const counts = { train: documents.train.length, heldOut: documents.heldOut.length };
  const notes = [
    ...notesOf(request, documents, trained),
    ...(decision && decision.provider !== 'cpu' ? [trainedOn(decision)] : []),
  ];
  const { epochs, batch, rate, training, seed } = request;
  const description = {
    patentLab: VERSION,
    adaptedAt: new Date().toISOString(),
    base: { id: base.spec.id, sha256: base.spec.sha256 },
    settings: { objective, method, epochs, batch, rate, training, seed },
    documents: { ...counts, sha256: sha256(JSON.stringify(documents.read)) },
    history: trained.history,
    bestEpoch: trained.bestEpoch,
    steps: trained.steps,
    ...(trained.diverged === undefined ? {} : { diverged: trained.diverged }),
    seconds,
    notes,
  };
  await writeFileAtomically(path.join(folder, ADAPTATION_FILE), `${JSON.stringify(description, null, 2)}\n`);
  return { folder, spec, documents: counts, notes, seconds };
}

function notesOf(
  { objective }: AdaptationRequest,
  { train, heldOut, notes }: AdaptationDocuments,
  { bestEpoch, diverged, history }: AdaptedEpochs,
): readonly string[] {
  return [
    `Adapted to ${train.length} documents; ${heldOut.length} others, never in a family with them, chose the epoch.`,
    ...(bestEpoch === 0
      ? ['No epoch was better on the held-out documents than the start: the encoder is as published.']
      : []),
    ...(diverged === undefined
      ? []
      : [
          `The loss was no number any more at step ${diverged}; this is the state after epoch ${bestEpoch} of ${history.length - 1}.`,
        ]),
    ...aboutObjective(objective.kind),
    ...notes,
  ];
}

function aboutObjective(kind: AdaptationRequest['objective']['kind']): readonly string[] {
  switch (kind) {
    case 'mlm':
      return [
        'Words were guessed with a new head over the word embeddings, which is not kept; the loss before training is that of guessing by frequency.',
        'Guessing words changes what the mean over the tokens tells: fine-tune a classifier on this encoder, or compare it on labelled documents before you use it frozen.',
      ];
    case 'contrastive':
      return [];
    default:
      return unreachable(kind);
  }
}
