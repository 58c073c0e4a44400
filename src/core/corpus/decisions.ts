/**
 * The analyst's decisions, `labels.jsonl`: append-only, one JSON object a line, the last line of a document wins.
 * A line cut off by a crash costs only itself and is reported with its line number.
 */
import { z } from 'zod';
import { PatentLabError } from '../errors.ts';

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

/**
 * Publication numbers name a document wherever it stands; any other id may be a mere file name, so it only counts
 * together with its path: two files `spec.txt` are two documents.
 * @param path relative to the workspace, with forward slashes
 */
export function decisionKey(id: string, path: string | undefined): string {
  return path === undefined || PUBLICATION_NUMBER.test(id) ? id : `${path}\n${id}`;
}

/** The decision on a document; one that names no path counts for every document of its id. */
export function findDecision(
  decisions: ReadonlyMap<string, DocumentDecision>,
  id: string,
  path: string,
): DocumentDecision | undefined {
  return decisions.get(decisionKey(id, path)) ?? decisions.get(id);
}

const PUBLICATION_NUMBER = /^[A-Z]{2}[A-Z]{0,2}\d{5,}/;

/** All ticks were taken back: the document is as if nobody had decided on it. */
const isWithdrawn = ({ labels, rejected }: DocumentDecision): boolean =>
  labels.length === 0 && rejected !== undefined && rejected.length === 0;

function jsonOrUndefined(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

export const formatDecision = (decision: DocumentDecision): string => `${JSON.stringify(decision)}\n`;
