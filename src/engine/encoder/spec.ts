/** What an encoder folder states about its model, and the check that the weights are the ones it names. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { PatentLabError } from '../../core/errors.ts';
import { parseJson } from '../../core/json.ts';

export const encoderSpecSchema = z.object({
  /** Model id as hubs name it. */
  id: z.string(),
  /** Numeric precision of the weights, part of the identity: int8 and fp32 embeddings differ. */
  precision: z.enum(['fp32', 'fp16', 'int8', 'q4']),
  /** File name of the ONNX model in the folder. */
  model: z.string(),
  /** SHA-256 of that file, lower-case hexadecimal. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  dimension: z.number().int().positive(),
  /** Longest window in tokens, special tokens included. */
  maxTokens: z.number().int().min(8),
  /** The mean over the tokens, or the state of the first one. */
  pooling: z.enum(['mean', 'cls']),
  startToken: z.number().int(),
  endToken: z.number().int(),
  output: z.string(),
  licence: z.string(),
});

export type EncoderSpec = z.infer<typeof encoderSpecSchema>;

export const ENCODER_SPEC_FILE = 'encoder.json';

export const ENCODER_REMEDY =
  'Get the encoder again from where it came: the built-in one by deleting its folder and npm start, or by reinstalling the extension.';

/** Short name for people: `all-MiniLM-L6-v2 (int8)`. */
export const encoderName = (spec: { readonly id: string; readonly precision: string }): string =>
  `${spec.id.split('/').at(-1) ?? spec.id} (${spec.precision})`;

export async function readEncoderSpec(folder: string): Promise<EncoderSpec> {
  const file = path.join(folder, ENCODER_SPEC_FILE);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (cause) {
    throw new PatentLabError(
      {
        code: 'encoder-missing',
        message: `There is no encoder in ${folder}.`,
        remedy: ENCODER_REMEDY,
        place: { file },
      },
      { cause },
    );
  }
  return parseJson(text, encoderSpecSchema, {
    file,
    code: 'encoder-missing',
    remedy: ENCODER_REMEDY,
  }).value;
}

/** Throws `encoder-hash-mismatch` when the weights are not the ones the folder names. */
export async function verifyEncoder(folder: string, spec: EncoderSpec): Promise<void> {
  const file = path.join(folder, spec.model);
  const found = await sha256OfFile(file).catch((cause: unknown) => {
    throw new PatentLabError(
      {
        code: 'encoder-missing',
        message: `The encoder's weights cannot be read: ${file}.`,
        remedy: ENCODER_REMEDY,
        place: { file },
      },
      { cause },
    );
  });
  if (found === spec.sha256) return;
  throw new PatentLabError({
    code: 'encoder-hash-mismatch',
    message: `The encoder's weights are not the published ones: SHA-256 ${found.slice(0, 12)}…, expected ${spec.sha256.slice(0, 12)}….`,
    remedy: ENCODER_REMEDY,
    place: { file },
  });
}

export async function sha256OfFile(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
