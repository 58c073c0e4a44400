/**
 * What a run has received, as `answers.jsonl` of its folder: every answer word for word, before anything is made of it,
 * and what was made of it. A resumed run reads it and pays for nothing twice.
 */
import path from 'node:path';
import { z } from 'zod';
import { FINISH_REASONS } from '../../../core/generation/chat.ts';
import { PatentLabError } from '../../../core/errors.ts';
import { jsonOrUndefined } from '../../../core/json.ts';
import { REJECTION_REASONS } from '../../../core/generation/rejection.ts';
import { readIfThere } from '../../workspace/records.ts';
import { LineFile } from './line-file.ts';

export const ANSWERS_FILE = 'answers.jsonl';

const answerSchema = z.object({
  kind: z.literal('answer'),
  slot: z.int().min(1),
  /** From 1. */
  attempt: z.int().min(1),
  /** ISO 8601, when it had come. */
  at: z.string(),
  milliseconds: z.number(),
  /** SHA-256 of the messages it answers. */
  promptHash: z.string(),
  text: z.string(),
  finish: z.enum(FINISH_REASONS),
  promptTokens: z.number().optional(),
  completionTokens: z.number().optional(),
  model: z.string(),
});

const judgementSchema = z.object({
  kind: z.literal('judgement'),
  slot: z.int().min(1),
  attempt: z.int().min(1),
  /** Id of the record. */
  accepted: z.string().optional(),
  reason: z.enum(REJECTION_REASONS).optional(),
  detail: z.string().optional(),
});

/** A request without an answer. */
const failureSchema = z.object({
  kind: z.literal('failure'),
  slot: z.int().min(1),
  at: z.string(),
  code: z.string(),
  message: z.string(),
});

/** A run of the run began or ended. */
const sessionSchema = z.object({
  kind: z.literal('session'),
  at: z.string(),
  event: z.enum(['begun', 'ended']),
  pid: z.number(),
  detail: z.string().optional(),
});

const entrySchema = z.discriminatedUnion('kind', [
  answerSchema,
  judgementSchema,
  failureSchema,
  sessionSchema,
]);

export type AnswerEntry = z.infer<typeof answerSchema>;
export type JudgementEntry = z.infer<typeof judgementSchema>;
export type FailureEntry = z.infer<typeof failureSchema>;
export type JournalEntry = z.infer<typeof entrySchema>;

export const answersFile = (folder: string): string => path.join(folder, ANSWERS_FILE);

export const openJournal = (folder: string): Promise<LineFile> => LineFile.open(answersFile(folder));

/** Undefined for a line that is none. */
export const entryOf = (line: string): JournalEntry | undefined =>
  entrySchema.safeParse(jsonOrUndefined(line)).data;

/** Entries in their order. A line that is none is a problem and costs only itself. */
export async function readJournal(
  folder: string,
): Promise<{ readonly entries: readonly JournalEntry[]; readonly problems: readonly PatentLabError[] }> {
  const file = answersFile(folder);
  const text = (await readIfThere(file)) ?? '';
  const entries: JournalEntry[] = [];
  const problems: PatentLabError[] = [];
  const lines = text.split('\n');
  for (const [at, line] of lines.entries()) {
    if (line.trim() === '') continue;
    const entry = entryOf(line);
    if (entry) entries.push(entry);
    // The last line without its line break is a torn tail, which is cut off when the file is opened for writing.
    else if (at < lines.length - 1) problems.push(damaged(file, at + 1));
  }
  return { entries, problems };
}

const damaged = (file: string, line: number): PatentLabError =>
  new PatentLabError({
    code: 'generation-journal-damaged',
    message: `Line ${line} of ${file} is no entry of a run's journal and was left out.`,
    remedy:
      'Restore the file from a backup if you have one; the answer on that line will be asked for again.',
    place: { file, line, column: 1 },
  });
