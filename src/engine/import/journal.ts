/**
 * The small file beside a growing corpus that says how far the import is. It is replaced in one step after the files it
 * speaks of are safely written, so whatever stands behind its lengths is a torn tail and is cut off before going on.
 */
import { createHash } from 'node:crypto';
import { open, readFile, rename } from 'node:fs/promises';
import { z } from 'zod';
import { rememberedMappingSchema } from '../../core/patent/tables/mapping.ts';
import { writeError } from '../files/errors.ts';
import { journalDamaged } from './errors.ts';

const inputSchema = z.strictObject({
  path: z.string(),
  size: z.number(),
  /** Milliseconds. */
  modified: z.number(),
  /** SHA-256 of the first bytes. */
  head: z.string(),
});

const planSchema = z.strictObject({
  format: z.enum(['jsonl', 'csv']),
  existing: z.enum(['new', 'append']),
  tables: z.array(rememberedMappingSchema),
  inputs: z.array(inputSchema),
});

const countsSchema = z.strictObject({
  /** Records in the partial file. */
  records: z.number(),
  /** Those of them that the corpus had before. */
  before: z.number(),
  failed: z.number(),
  duplicateIds: z.number(),
  withGaps: z.number(),
  problems: z.number(),
});

const lengthsSchema = z.strictObject({ partial: z.number(), keys: z.number(), problemLines: z.number() });

const journalSchema = z.strictObject({
  version: z.literal(1),
  /** The process that writes, so that two never write the same file. */
  writer: z.number(),
  plan: planSchema,
  /** `renaming`: all is written, and the finished corpus takes its place or has taken it. */
  phase: z.enum(['reading', 'renaming']),
  /** Documents read of each input, in order; an input is done when the next one has begun, or one more stands here. */
  read: z.array(z.number()),
  /** Where the last of these inputs is read on; absent where that is its beginning. */
  point: z
    .strictObject({ file: z.string(), offset: z.number(), index: z.number(), before: z.number() })
    .optional(),
  lengths: lengthsSchema,
  counts: countsSchema,
  /** Filled in the last phase. */
  linked: z.strictObject({ groups: z.number(), grouped: z.number(), sameText: z.number() }).optional(),
});

export type ImportInput = z.infer<typeof inputSchema>;
export type ImportPlan = z.infer<typeof planSchema>;
export type ImportCounts = z.infer<typeof countsSchema>;
export type PartialLengths = z.infer<typeof lengthsSchema>;
export type Journal = z.infer<typeof journalSchema>;

export const NO_COUNTS: ImportCounts = {
  records: 0,
  before: 0,
  failed: 0,
  duplicateIds: 0,
  withGaps: 0,
  problems: 0,
};

/** Undefined where there is none; throws where it cannot be understood. */
export async function readJournal(file: string): Promise<Journal | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return journalSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw journalDamaged(file, cause);
  }
}

/** Where a journal is written before it takes its place; of one name, so that a kill leaves one file at most. */
export const unfinishedJournal = (file: string): string => `${file}.tmp`;

/** Replaces the journal in one step. */
export async function writeJournal(file: string, journal: Journal): Promise<void> {
  const temporary = unfinishedJournal(file);
  try {
    const handle = await open(temporary, 'w');
    try {
      await handle.writeFile(`${JSON.stringify(journal, undefined, 1)}\n`);
      await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(temporary, file);
  } catch (cause) {
    throw writeError(file, cause);
  }
}

/** Enough of a file to tell it from another one of the same size and time. [ours] */
const HEAD_BYTES = 64 * 1024;

/** What identifies an input. Throws as the file system does. */
export async function describeInput(path: string): Promise<ImportInput> {
  const handle = await open(path, 'r');
  try {
    const { size, mtimeMs } = await handle.stat();
    const head = Buffer.alloc(Math.min(size, HEAD_BYTES));
    await handle.read(head, 0, head.length, 0);
    const hash = createHash('sha256').update(head).digest('hex');
    return { path, size, modified: Math.round(mtimeMs), head: hash };
  } finally {
    await handle.close();
  }
}

/** In what a plan differs from the one an interrupted import followed, in words; undefined when in nothing. */
export function planDifference(before: ImportPlan, now: ImportPlan): string | undefined {
  if (before.format !== now.format)
    return `it writes ${before.format.toUpperCase()}, not ${now.format.toUpperCase()}`;
  if (before.existing !== now.existing)
    return before.existing === 'append'
      ? 'it adds to the corpus that was there'
      : 'it makes a new corpus instead of adding to one';
  if (JSON.stringify(before.tables) !== JSON.stringify(now.tables)) return 'the column mapping is another';
  const inputs = new Map(now.inputs.map((input) => [input.path, input]));
  for (const input of before.inputs) {
    const same = inputs.get(input.path);
    if (!same) return `${input.path} is no longer among the inputs`;
    if (same.size !== input.size)
      return `${input.path} has ${same.size} bytes now and had ${input.size} then`;
    if (same.head !== input.head || same.modified !== input.modified)
      return `${input.path} was changed since`;
    inputs.delete(input.path);
  }
  const [added] = inputs.keys();
  if (added !== undefined) return `${added} is a new input`;
  const isSameOrder = before.inputs.every(({ path }, at) => path === now.inputs[at]?.path);
  return isSameOrder ? undefined : 'the inputs come in another order';
}
