/**
 * A training's state on disk, so that a killed one goes on to the very numbers it would have had: one file, replaced
 * in one step, its numbers bit for bit.
 */
import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { PatentLabError } from '../../core/errors.ts';
import { jsonOrUndefined } from '../../core/json.ts';
import { readError } from '../files/errors.ts';
import { writeFileAtomically } from '../files/write.ts';
import type { TrainingState } from './stepper.ts';

export const CHECKPOINT_FILE = 'finetune.checkpoint';

const epochSchema = z.object({
  epoch: z.number().int(),
  /** Mean loss over the epoch's steps; none before the first. */
  loss: z.number().optional(),
  /** Micro average precision and micro-F1 (at the best global threshold) on the validation documents. */
  averagePrecision: z.number(),
  microF1: z.number(),
});

const progressSchema = z.object({
  /** Of everything that determines the numbers. */
  fingerprint: z.string(),
  /** First the epoch is chosen on documents held out; then as many epochs are fitted on all of them. */
  stage: z.enum(['choosing', 'fitting']),
  /** Steps of the choosing, once it is over. */
  choosingSteps: z.number().int(),
  /** Steps done in this stage. */
  step: z.number().int(),
  epoch: z.number().int(),
  /** Batches of the epoch done, and their losses added up. */
  batch: z.number().int(),
  lossSum: z.number(),
  history: z.array(epochSchema).readonly(),
  bestEpoch: z.number().int(),
});

export type EpochRecord = z.infer<typeof epochSchema>;
export type Progress = z.infer<typeof progressSchema>;

/** @typeParam P how far the training is */
export interface Checkpoint<P = Progress> {
  readonly progress: P;
  readonly state: TrainingState;
  /** Parameters of the best epoch of the choosing so far. */
  readonly best: Float32Array;
}

const headerSchema = z.object({
  format: z.literal('patent-lab-finetune-checkpoint'),
  version: z.literal(2),
  size: z.number().int(),
  sha256: z.string(),
  progress: z.unknown(),
});

const bytesOf = (numbers: Float32Array): Uint8Array =>
  new Uint8Array(numbers.buffer, numbers.byteOffset, numbers.byteLength);

export async function writeCheckpoint<P>(
  file: string,
  { progress, state, best }: Checkpoint<P>,
): Promise<void> {
  const payload = [state.parameters, state.first, state.second, best].map(bytesOf);
  const hash = createHash('sha256');
  for (const part of payload) hash.update(part);
  const header = JSON.stringify({
    format: 'patent-lab-finetune-checkpoint',
    version: 2,
    size: best.length,
    sha256: hash.digest('hex'),
    progress,
  });
  await writeFileAtomically(file, [Buffer.from(`${header}\n`), ...payload]);
}

/** Undefined when there is none. */
export const readCheckpoint = (file: string): Promise<Checkpoint | undefined> =>
  readState(file, progressSchema);

/** The same of any training. @throws `training-interrupted` where it is damaged */
export async function readState<P>(file: string, schema: z.ZodType<P>): Promise<Checkpoint<P> | undefined> {
  let content: Buffer;
  try {
    content = await readFile(file);
  } catch (cause) {
    const error = readError(file, cause);
    if (error.code === 'file-not-found') return undefined;
    throw error;
  }
  const end = content.indexOf(0x0a);
  const header = headerSchema.safeParse(
    jsonOrUndefined(content.subarray(0, Math.max(0, end)).toString('utf8')),
  );
  const payload = content.subarray(end + 1);
  const progress = schema.safeParse(header.data?.progress);
  if (
    !header.success ||
    !progress.success ||
    payload.length !== 16 * header.data.size ||
    createHash('sha256').update(payload).digest('hex') !== header.data.sha256
  ) {
    throw new PatentLabError({
      code: 'training-interrupted',
      message: 'The state of the interrupted training cannot be read.',
      remedy: 'Start the training anew with --restart.',
      place: { file },
    });
  }
  const { size } = header.data;
  const numbers = new Float32Array(new Uint8Array(payload).buffer);
  const [parameters, first, second, best] = [0, 1, 2, 3].map((i) => numbers.slice(i * size, (i + 1) * size));
  const none = new Float32Array();
  return {
    progress: progress.data,
    state: { parameters: parameters ?? none, first: first ?? none, second: second ?? none },
    best: best ?? none,
  };
}
