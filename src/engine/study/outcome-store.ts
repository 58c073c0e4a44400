/**
 * Outcomes of arms on disk while a study runs, one file each, whole or not there: what a killed study had trained is not
 * trained again. A file is a line of JSON with the numbers and the lengths of the arrays, then the arrays.
 */
import { readFile, rm } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { OutcomeStore, Unit } from '../../core/study/execute.ts';
import type { Outcome } from '../../core/study/outcomes.ts';
import { writeFileAtomically } from '../files/write.ts';

const FITS_FOLDER = 'fits';

const headSchema = z.object({
  threshold: z.number().nullable(),
  steps: z.number(),
  real: z.number(),
  synthetic: z.number(),
  logits: z.number().int(),
  others: z.number().int().optional(),
  heldOut: z.number().int().optional(),
});

export class OutcomeFiles implements OutcomeStore {
  readonly #folder: string;

  constructor(run: string) {
    this.#folder = path.join(run, FITS_FOLDER);
  }

  async read(unit: Unit): Promise<Outcome | undefined> {
    let bytes: Buffer;
    try {
      bytes = await readFile(this.#file(unit));
    } catch {
      return undefined;
    }
    return decoded(bytes);
  }

  async write(
    unit: Unit,
    { threshold, steps, real, synthetic, logits, others, heldOut }: Outcome,
  ): Promise<void> {
    const head = {
      threshold,
      steps,
      real,
      synthetic,
      logits: logits.length,
      ...(others ? { others: others.length } : {}),
      ...(heldOut ? { heldOut: heldOut.length } : {}),
    };
    const arrays = [logits, ...(others ? [others] : []), ...(heldOut ? [heldOut] : [])];
    const parts = arrays.map(({ buffer, byteOffset, byteLength }) =>
      Buffer.from(buffer, byteOffset, byteLength),
    );
    await writeFileAtomically(
      this.#file(unit),
      Buffer.concat([Buffer.from(`${JSON.stringify(head)}\n`), ...parts]),
    );
  }

  /** What the report was made from is not needed once it stands. */
  clear(): Promise<void> {
    return rm(this.#folder, { recursive: true, force: true });
  }

  #file({ family, regime, schedule, arm, draw }: Unit): string {
    const name = [family.id, regime.name, schedule, arm.id, draw.seed].map((part) =>
      encodeURIComponent(part),
    );
    return path.join(this.#folder, `${name.join('.')}.bin`);
  }
}

/** Undefined for anything that is not a whole outcome: it is then made again. */
function decoded(bytes: Buffer): Outcome | undefined {
  const end = bytes.indexOf(0x0a);
  const head = headSchema.safeParse(jsonOrUndefined(bytes.subarray(0, Math.max(0, end)).toString('utf8')));
  if (!head.success) return undefined;
  const { threshold, steps, real, synthetic, logits, others = 0, heldOut = 0 } = head.data;
  if (bytes.length !== end + 1 + 4 * (logits + others + heldOut)) return undefined;
  let at = end + 1;
  const take = (length: number): Float32Array => {
    const values = new Float32Array(length);
    new Uint8Array(values.buffer).set(bytes.subarray(at, at + 4 * length));
    at += 4 * length;
    return values;
  };
  return {
    threshold,
    steps,
    real,
    synthetic,
    logits: take(logits),
    ...(head.data.others === undefined ? {} : { others: take(others) }),
    ...(head.data.heldOut === undefined ? {} : { heldOut: take(heldOut) }),
  };
}

function jsonOrUndefined(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
