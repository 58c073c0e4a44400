/** An encoder folder's files in another folder, so that a classifier there needs nothing else. */
import { copyFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readError, writeError } from '../files/errors.ts';
import { isSamePlace } from '../files/places.ts';
import { externalFiles } from './external-data.ts';
import { ENCODER_SPEC_FILE, readEncoderSpec } from './spec.ts';

export const TOKENIZER_FILES = ['tokenizer.json', 'tokenizer_config.json'] as const;

/** With what the model keeps beside its file. @throws `model-external-data` where that lies outside the folder */
export async function copyEncoder(from: string, to: string): Promise<void> {
  if (await isSamePlace(from, to)) return;
  const { model } = await readEncoderSpec(from);
  const file = path.join(from, model);
  const bytes = await readFile(file).catch((cause: unknown) => {
    throw readError(file, cause);
  });
  const beside = externalFiles(bytes, path.dirname(file)).map((name) => path.join(path.dirname(model), name));
  for (const name of [...beside, model, ...TOKENIZER_FILES, ENCODER_SPEC_FILE]) await copyOne(from, to, name);
}

export async function copyOne(from: string, to: string, name: string): Promise<void> {
  const target = path.join(to, name);
  try {
    await mkdir(path.dirname(target), { recursive: true });
    await copyFile(path.join(from, name), target);
  } catch (cause) {
    throw writeError(target, cause);
  }
}
