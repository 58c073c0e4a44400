/**
 * The analyst's verdicts on synthetic documents, `review.jsonl` in the folder of synthetic documents: append-only, one
 * JSON object a line, the last line of a document wins. A line cut off by a crash costs only itself.
 */
import { z } from 'zod';
import { PatentLabError, unreachable } from '../errors.ts';
import { jsonOrUndefined } from '../json.ts';
import type { SyntheticUse } from './workspace-config.ts';

export const REVIEW_FILE = 'review.jsonl';

export const VERDICTS = ['accepted', 'rejected'] as const;
export type Verdict = (typeof VERDICTS)[number];

export const reviewSchema = z.object({
  /** Of the synthetic record. */
  id: z.string().min(1),
  /** Null takes the verdict back. */
  verdict: z.enum(VERDICTS).nullable(),
  /** ISO 8601. */
  at: z.string(),
});

export type Review = z.infer<typeof reviewSchema>;

export interface Reviews {
  readonly verdicts: ReadonlyMap<string, Verdict>;
  readonly problems: readonly PatentLabError[];
}

export function parseReviews(text: string, file: string): Reviews {
  const verdicts = new Map<string, Verdict>();
  const problems: PatentLabError[] = [];
  text
    .replace(/^\uFEFF/, '')
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const parsed = reviewSchema.safeParse(jsonOrUndefined(line));
      if (!parsed.success) problems.push(malformed(file, index + 1));
      else if (parsed.data.verdict === null) verdicts.delete(parsed.data.id);
      else verdicts.set(parsed.data.id, parsed.data.verdict);
    });
  return { verdicts, problems };
}

export const formatReview = (review: Review): string => `${JSON.stringify(review)}\n`;

const malformed = (file: string, line: number): PatentLabError =>
  new PatentLabError({
    code: 'record-malformed',
    message: `Line ${line} of ${file} is no verdict and was left out.`,
    remedy: 'Correct or delete the line; the other verdicts were read.',
    place: { file, line, column: 1 },
  });

/** Whether a synthetic document is trained on. */
export function counts(use: SyntheticUse, verdict: Verdict | undefined): boolean {
  switch (use) {
    case 'none':
      return false;
    case 'accepted':
      return verdict === 'accepted';
    case 'all':
      return verdict !== 'rejected';
    default:
      return unreachable(use);
  }
}
