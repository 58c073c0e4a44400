/**
 * A training's state on disk, so that a killed one goes on to the very numbers it would have had: one file, replaced
 * in one step, its numbers bit for bit.
 */
import { createHash } from 'node:crypto';
import { open, type FileHandle } from 'node:fs/promises';
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
  /** The epoch is chosen, and was not certain enough to be better: with less certainty asked for, it is fitted. */
  isUnproven: z.boolean().optional(),
  /** Steps of the choosing, once it is over. */
  choosingSteps: z.number().int(),
  /** The step of the choosing at which the loss was no number any more. */
  diverged: z.number().int().optional(),
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
  version: z.literal(3),
  /** Numbers of the state's three vectors each, and of the best parameters. */
  sizes: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
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
  for (const part of payload) for (const piece of pieces(part, PIECE)) hash.update(piece);
  const header = JSON.stringify({
    format: 'patent-lab-finetune-checkpoint',
    version: 3,
    sizes: [state.parameters.length, best.length],
    sha256: hash.digest('hex'),
    progress,
  });
  await writeFileAtomically(file, [Buffer.from(`${header}\n`), ...payload]);
}

/** Bytes that are read or hashed at once: files and buffers of more than 2 GiB are refused whole. */
const PIECE = 2 ** 26;

function* pieces(bytes: Uint8Array, size: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size);
}

/** Undefined when there is none. */
export const readCheckpoint = (file: string): Promise<Checkpoint | undefined> =>
  readState(file, progressSchema);

/**
 * The same of any training.
 * @param piece bytes that are read at once
 * @throws `training-interrupted` where it is damaged
 */
export async function readState<P>(
  file: string,
  schema: z.ZodType<P>,
  piece = PIECE,
): Promise<Checkpoint<P> | undefined> {
  try {
    const handle = await open(file);
    try {
      return (await readFrom(handle, schema, piece)) ?? damaged(file);
    } finally {
      await handle.close();
    }
  } catch (cause) {
    const error = readError(file, cause);
    if (error.code === 'file-not-found') return undefined;
    throw error;
  }
}

/** Undefined where it is damaged. */
async function readFrom<P>(
  handle: FileHandle,
  schema: z.ZodType<P>,
  piece: number,
): Promise<Checkpoint<P> | undefined> {
  const line = await firstLine(handle, piece);
  const header = headerSchema.safeParse(jsonOrUndefined(line?.toString('utf8') ?? ''));
  const progress = schema.safeParse(header.data?.progress);
  if (!line || !header.success || !progress.success) return undefined;
  const { sizes, sha256 } = header.data;
  const [ofState, ofBest] = sizes;
  let position = line.length + 1;
  if ((await handle.stat()).size !== position + BYTES * (3 * ofState + ofBest)) return undefined;
  const hash = createHash('sha256');
  const next = async (size: number): Promise<Float32Array> => {
    const numbers = new Float32Array(size);
    for (const part of pieces(bytesOf(numbers), piece)) {
      position += await readFully(handle, part, position);
      hash.update(part);
    }
    return numbers;
  };
  const state = {
    parameters: await next(ofState),
    first: await next(ofState),
    second: await next(ofState),
  };
  const best = await next(ofBest);
  return hash.digest('hex') === sha256 ? { progress: progress.data, state, best } : undefined;
}

/** How many bytes were there to be read, at most as many as `bytes` holds. */
async function readFully(handle: FileHandle, bytes: Uint8Array, position: number): Promise<number> {
  let read = 0;
  for (let last = 1; read < bytes.length && last > 0; read += last)
    ({ bytesRead: last } = await handle.read(bytes, read, bytes.length - read, position + read));
  return read;
}

/** Of a float. */
const BYTES = 4;
/** A header is a few thousand bytes, with every epoch in it. */
const LONGEST_HEADER = 2 ** 24;
const HEADER_PIECE = 2 ** 16;

async function firstLine(handle: FileHandle, piece: number): Promise<Buffer | undefined> {
  const parts: Buffer[] = [];
  for (let position = 0; position < LONGEST_HEADER;) {
    const part = Buffer.alloc(Math.min(piece, HEADER_PIECE));
    const { bytesRead } = await handle.read(part, 0, part.length, position);
    if (bytesRead === 0) return undefined;
    const end = part.subarray(0, bytesRead).indexOf(0x0a);
    parts.push(part.subarray(0, end < 0 ? bytesRead : end));
    if (end >= 0) return Buffer.concat(parts);
    position += bytesRead;
  }
  return undefined;
}

function damaged(file: string): never {
  throw new PatentLabError({
    code: 'training-interrupted',
    message: 'The state of the interrupted training cannot be read.',
    remedy: 'Start the training anew with --restart.',
    place: { file },
  });
}
