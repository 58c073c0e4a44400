/** Where the repository keeps what tests run against: the encoder, the sample workspace. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

export const REPOSITORY = path.resolve(fileURLToPath(new URL('../../..', import.meta.url)));
export const ENCODERS = path.join(REPOSITORY, 'encoders');
export const ENCODER = path.join(ENCODERS, 'all-MiniLM-L6-v2-int8');
export const SAMPLES = path.join(REPOSITORY, 'samples');
export const SAMPLE_PATENTS = path.join(SAMPLES, 'patents');

export const readRepositoryText = (...parts: readonly string[]): string =>
  readFileSync(path.join(REPOSITORY, ...parts), 'utf8');

/** Encoders in single precision, where they were fetched. */
export const TRAINABLE_ENCODERS = path.join(REPOSITORY, '.cache', 'encoders');
