/** An encoder folder's files in another folder, so that a classifier there needs nothing else. */
import { copyFile, mkdir } from 'node:fs/promises';
import path from 'node:path';
import { writeError } from '../files/errors.ts';
import { ENCODER_SPEC_FILE, readEncoderSpec } from './spec.ts';

export const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;

/** A model that keeps data beside its file is not copied whole. */
export async function copyEncoder(from: string, to: string): Promise<void> {
  const { model } = await readEncoderSpec(from);
  await mkdir(to, { recursive: true });
  for (const name of [model, ...TOKENIZER_FILES, ENCODER_SPEC_FILE]) await copyOne(from, to, name);
}

export async function copyOne(from: string, to: string, name: string): Promise<void> {
  await copyFile(path.join(from, name), path.join(to, name)).catch((cause: unknown) => {
    throw writeError(path.join(to, name), cause);
  });
}
