/**
 * The analyst's decisions, `labels.jsonl`: append-only, one JSON object a line, the last line of a document wins.
 * A line cut off by a crash costs only itself and is reported with its line number.
 */
import { z } from 'zod';
import { PatentLabError } from '../errors.ts';
import { jsonOrUndefined } from '../json.ts';
import { decisionKey } from './decision-keys.ts';

export const decisionSchema = z.object({
  id: z.string().min(1),
  /** Accepted labels: a document with some counts as labelled by exactly these. With `rejected` empty too, the decision is taken back. */
  labels: z.array(z.string()),
  rejected: z.array(z.string()).optional(),
  /** Where the document stands, relative to the workspace, for training on its text. */
  path: z.string().optional(),
  /** ISO 8601. */
  at: z.string(),
});

export type DocumentDecision = z.infer<typeof decisionSchema>;

export interface Decisions {
  /** By {@link decisionKey}. */
  readonly byId: ReadonlyMap<string, DocumentDecision>;
  readonly problems: readonly PatentLabError[];
}

export function parseDecisions(text: string, file: string): Decisions {
  const byId = new Map<string, DocumentDecision>();
  const problems: PatentLabError[] = [];
  const lines = text.replace(/^\uFEFF/, '').split('\n');
  lines.forEach((line, index) => {
    if (line.trim() === '') return;
    const parsed = decisionSchema.safeParse(jsonOrUndefined(line));
    if (parsed.success) {
      const key = decisionKey(parsed.data.id, parsed.data.path);
      if (isWithdrawn(parsed.data)) byId.delete(key);
      else byId.set(key, parsed.data);
    } else {
      problems.push(
        new PatentLabError({
          code: 'record-malformed',
          message: `Line ${index + 1} of ${file} is no decision and was left out.`,
          remedy: 'Correct or delete the line; the other decisions were read.',
          place: { file, line: index + 1, column: 1 },
        }),
      );
    }
  });
  return { byId, problems };
}

/** All ticks were taken back: the document is as if nobody had decided on it. */
const isWithdrawn = ({ labels, rejected }: DocumentDecision): boolean =>
  labels.length === 0 && rejected !== undefined && rejected.length === 0;

export const formatDecision = (decision: DocumentDecision): string => `${JSON.stringify(decision)}\n`;
